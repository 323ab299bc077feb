//! From what the numbers suggest to findings, actions and the BMG's decisions, without a window.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod decisions;
mod suggestions;

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::revision::{Author, Change, Edit};
use goldthread::session::{Document, jobs};
use goldthread::store::Store;

fn now() -> DateTime<Utc> {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

fn author() -> Author {
    Author {
        role: "chair".into(),
        agency: String::new(),
        device: "test".into(),
    }
}

fn catalogue() -> Arc<Catalogue> {
    static BUILT_IN: OnceLock<Arc<Catalogue>> = OnceLock::new();
    Arc::clone(BUILT_IN.get_or_init(|| Arc::new(Catalogue::built_in().unwrap())))
}

/// An empty register in memory.
fn empty() -> Document {
    Document::of(Store::in_memory().unwrap(), catalogue()).unwrap()
}

/// The worked example, with the folder it lies in.
fn example() -> (Document, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("example.goldthread");
    jobs::demo(&path, None, &author(), now(), &catalogue()).unwrap();
    (
        Document::open(&path, None, "test", catalogue()).unwrap(),
        folder,
    )
}

fn commit(document: &mut Document, edits: Vec<Edit>) {
    let change = Change {
        edits,
        author: author(),
        at: now(),
        reason: None,
    };
    document.commit(&change).unwrap();
}
