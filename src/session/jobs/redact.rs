//! Finds a text in everything a file ever held, and takes it out.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use crate::domain::id::{RecordId, RevisionId};
use crate::domain::record::Record;
use crate::domain::redaction::Sought;
use crate::domain::register::Register;
use crate::domain::revision::Author;
use crate::session::document::Document;
use crate::session::error::Result;
use crate::session::history::{local_time, name};
use crate::store::{Mention, Redacted, Redaction};

/// What to take out.
#[derive(Clone, Debug)]
pub struct RedactRequest {
    /// The text.
    pub sought: Sought,
    /// The changes it is taken out of.
    pub revisions: BTreeSet<RevisionId>,
    /// What takes its place in what stands now.
    pub replacement: String,
    /// Why.
    pub reason: String,
}

/// A change that holds the text, in words without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFound {
    /// The change.
    pub revision: RevisionId,
    /// The record it changed.
    pub record: RecordId,
    /// What that is, such as "Answer to C01, NEG20-03, GP".
    pub title: String,
    /// Who made the change.
    pub who: String,
    /// When, in local time.
    pub when: String,
    /// Whether it is how the record stands now.
    pub stands: bool,
}

/// Every change that holds the text, oldest first.
///
/// # Errors
/// When the file cannot be read.
pub fn find_text(document: &Document, sought: &Sought) -> Result<Vec<TextFound>> {
    let mentions = document.store().mentions(sought)?;
    let mut titles: HashMap<RecordId, String> = HashMap::new();
    for mention in &mentions {
        if let Entry::Vacant(place) = titles.entry(mention.record) {
            let title = title(document, mention)?;
            place.insert(sought.replaced(&title, "…"));
        }
    }
    let found = mentions.into_iter().map(|mention| TextFound {
        title: titles.get(&mention.record).cloned().unwrap_or_default(),
        who: sought.replaced(&who(&mention.author, document.register()), "…"),
        when: local_time(mention.at),
        revision: mention.revision,
        record: mention.record,
        stands: mention.stands,
    });
    Ok(found.collect())
}

fn who(author: &Author, register: &Register) -> String {
    match register.agency_short(&author.agency) {
        "" => author.role.clone(),
        agency => format!("{}, {agency}", author.role),
    }
}

/// The name of the record as it was last called.
fn title(document: &Document, mention: &Mention) -> Result<String> {
    let history = document.store().history(mention.record)?;
    let mut bodies = history
        .iter()
        .rev()
        .filter_map(|entry| entry.after.as_deref());
    let last = bodies.find_map(|body| Record::read(mention.kind, body).ok());
    Ok(match last {
        Some(record) => name(&record, document.register()),
        None => mention.kind.name().replace('_', " "),
    })
}

/// Takes the text out of the file.
///
/// # Errors
/// As [`crate::store::Store::redact`].
pub fn redact(
    document: &mut Document,
    request: &RedactRequest,
    author: &Author,
    now: DateTime<Utc>,
) -> Result<Redacted> {
    let redaction = Redaction {
        sought: &request.sought,
        revisions: &request.revisions,
        replacement: request.replacement.trim(),
        reason: &request.reason,
    };
    let redacted = document.store.redact(&redaction, author, now)?;
    document.register = document.store.register()?;
    Ok(redacted)
}
