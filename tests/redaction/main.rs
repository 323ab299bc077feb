//! A name that was typed by mistake is taken out of the file and stays out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../merge/office.rs"]
#[allow(dead_code)]
mod office;

mod file;
mod held;
mod merging;
mod removal;

use std::collections::BTreeSet;

use goldthread::domain::answer::Answer;
use goldthread::domain::id::{RecordId, RevisionId};
use goldthread::domain::record::{Record, RecordKind};
use goldthread::domain::redaction::{REPLACEMENT, Sought};
use goldthread::domain::revision::{Change, Edit};
use goldthread::store::{RedactError, Redacted, Redaction, Store};

use office::{author, noon};

/// The invented name.
const NAME: &str = "Zebedee Quill";

fn sought() -> Sought {
    Sought::new(NAME).unwrap()
}

/// An answer with this note.
fn noted(form: RecordId, worries: &str) -> Edit {
    let mut answer = Answer::empty(form, "C01");
    answer.worries = worries.into();
    Edit::put(Answer::id(form, "C01"), answer)
}

fn worries(store: &Store, form: RecordId) -> Option<String> {
    match store
        .record(RecordKind::Answer, Answer::id(form, "C01"))
        .unwrap()
    {
        Some(Record::Answer(answer)) => Some(answer.worries),
        _ => None,
    }
}

fn commit(store: &mut Store, agency: &str, edit: Edit) {
    let change = Change {
        edits: vec![edit],
        author: author(agency),
        at: noon(),
        reason: None,
    };
    store.commit(&change).unwrap();
}

/// Takes the name out of everything that holds it.
fn redact(store: &mut Store) -> Result<Redacted, RedactError> {
    let mentions = store.mentions(&sought())?;
    let revisions: BTreeSet<RevisionId> = mentions.iter().map(|found| found.revision).collect();
    let redaction = Redaction {
        sought: &sought(),
        revisions: &revisions,
        replacement: REPLACEMENT,
        reason: "A name was typed in a note",
    };
    store.redact(&redaction, &author(""), noon())
}
