//! Decisions of the BMG on actions, read from `goldthread/actions/1` or from the sheet *Actions* of
//! a workbook, and held against the actions as they stand. Everything wrong is told at once, and
//! nothing is taken then.

mod compare;
mod json;
mod problem;
mod workbook;

use chrono::NaiveDate;

pub use compare::{Decided, DecisionPreview, Field, FieldChange, Known, compare};
pub use problem::{BadDecisions, Misread};

use crate::domain::action::{ActionStatus, DueTerm};
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::partnership::Agency;

/// What is said about one action. `None` says nothing about that field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// Where in the file, such as "Actions, row 4".
    pub place: String,
    /// The action, as its id is written.
    pub id: String,
    /// The revision the file was written from; workbooks do not carry it.
    pub revision: Option<RevisionId>,
    /// What will change.
    pub what: Option<String>,
    /// Code of the owner's agency; empty takes it away.
    pub owner_agency: Option<String>,
    /// The owner's role; empty takes it away.
    pub owner_role: Option<String>,
    /// The term; `Some(None)` takes it away.
    pub due_term: Option<Option<DueTerm>>,
    /// The date; `Some(None)` takes it away.
    pub due: Option<Option<NaiveDate>>,
    /// Where it stands.
    pub status: Option<ActionStatus>,
    /// How we will know, and what was seen.
    pub evidence_of_impact: Option<String>,
    /// A note on its progress.
    pub update: Option<String>,
}

impl Said {
    /// The id, where it is one.
    fn record(&self) -> Option<RecordId> {
        self.id.trim().parse().ok()
    }
}

/// Reads a file of decisions: a workbook where it begins like one, JSON otherwise. `agencies` are
/// those that an owner can be of.
///
/// # Errors
/// Everything in it that cannot be read, with its place.
pub fn read(bytes: &[u8], agencies: &[&Agency]) -> Result<Vec<Said>, BadDecisions> {
    // Every .xlsx is a zip archive.
    if bytes.starts_with(b"PK") {
        workbook::read(bytes, agencies)
    } else {
        json::read(bytes)
    }
}
