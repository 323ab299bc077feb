//! New registers: an empty one, and the worked example.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use include_dir::{Dir, include_dir};
use serde_json::Value;

use super::load::load_text;
use crate::domain::catalogue::Catalogue;
use crate::domain::id::RecordId;
use crate::domain::partnership::{Agency, Partnership};
use crate::domain::revision::{Author, Change, Edit};
use crate::session::document::Document;
use crate::session::error::Result;
use crate::store::{DocumentKind, Passphrase, Store};

/// The audits of the worked example, as data files.
static DEMO: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/demo");

/// Makes a new register with its partnership and every agency the program knows.
///
/// # Errors
/// When there is a file already, or it cannot be written.
pub fn new_register(
    path: &Path,
    passphrase: Option<&Passphrase>,
    partnership: Partnership,
    author: &Author,
    now: DateTime<Utc>,
    catalogue: &Arc<Catalogue>,
) -> Result<Document> {
    make(
        path,
        passphrase,
        partnership,
        author,
        now,
        catalogue,
        |_| Ok(()),
    )
}

/// Makes a new register, whole with what `fill` adds, or not at all.
fn make(
    path: &Path,
    passphrase: Option<&Passphrase>,
    partnership: Partnership,
    author: &Author,
    now: DateTime<Utc>,
    catalogue: &Arc<Catalogue>,
    fill: impl FnOnce(&mut Document) -> Result<()>,
) -> Result<Document> {
    let agencies = catalogue.agencies.iter();
    let agencies = agencies.map(|agency| Edit::put(Agency::id(&agency.code), agency.clone()));
    let change = Change {
        edits: std::iter::once(Edit::put(RecordId::fresh(), partnership))
            .chain(agencies)
            .collect(),
        author: author.clone(),
        at: now,
        reason: None,
    };
    let kind = DocumentKind::Register;
    let store = Store::create_with(path, kind, passphrase, &author.device, |store| {
        let mut document = Document::of(store, Arc::clone(catalogue))?;
        document.commit(&change)?;
        fill(&mut document)
    })?;
    Ok(Document::of(store, Arc::clone(catalogue))?)
}

/// Makes the worked example: a programme of audits with invented cases, modelled on published
/// findings. When anything fails, no file is left.
///
/// # Errors
/// As [`new_register`].
pub fn demo(
    path: &Path,
    passphrase: Option<&Passphrase>,
    author: &Author,
    now: DateTime<Utc>,
    catalogue: &Arc<Catalogue>,
) -> Result<Document> {
    let partnership = Partnership {
        name: "Nottingham City Safeguarding Children Partnership (worked example)".into(),
        worked_example: true,
        local_rules: Some("Nottingham City and Nottinghamshire".into()),
        keep_months: None,
    };
    make(
        path,
        passphrase,
        partnership,
        author,
        now,
        catalogue,
        |document| {
            in_order()
                .iter()
                .try_for_each(|(name, text)| load_text(document, text, name, author, now).map(drop))
        },
    )
}

/// First audits before the audits that repeat them; otherwise by the start of their period, so that
/// the file reads as if they had been made in that order.
fn in_order() -> Vec<(String, &'static str)> {
    let files = DEMO.files().filter(|file| {
        let extension = file.path().extension();
        extension.is_some_and(|extension| extension == "json")
    });
    let mut files: Vec<_> = files
        .filter_map(|file| {
            let text = file.contents_utf8()?;
            let audit: Value = serde_json::from_str::<Value>(text).ok()?["audit"].take();
            let begins = audit["from"].as_str().unwrap_or_default().to_owned();
            let repeats = !audit["re_audit_of"].is_null();
            let name = file.path().display().to_string();
            Some(((repeats, begins), name, text))
        })
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|(_, name, text)| (name, text))
        .collect()
}
