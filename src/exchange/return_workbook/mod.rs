//! The Excel return: a workbook for an agency whose laptops may not run the program.
//!
//! A first sheet says what it is and carries its identity in plain sight; then comes one sheet a
//! case, and last the lists that the answers are chosen from. Everything is protected but the cells
//! to fill in, nothing is hidden, and there is no formula and no macro. `layout` says which row
//! asks what; [`write()`] and [`read`](OpenWorkbook::read) both follow it, so that what is written is
//! what is read.
//!
//! Reading is strict where a guess could put an answer to the wrong question or child: every row
//! carries its id, every sheet its case, and whatever is not as it was sent out is a
//! [`CellProblem`]. All of them are told at once, and nothing is taken then.

mod about;
mod cells;
mod complete;
mod form;
mod heights;
mod layout;
mod lists;
mod named;
pub(super) mod package;
mod problem;
mod questions;
mod read;
mod rows;
mod sheet;
mod stop;
mod styles;
mod text;
mod words;
mod write;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::flow::Answers;
use crate::domain::form::CaseForm;
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::safety_stop::SafetyStop;

pub use about::FORMAT;
pub use package::is_package;
pub use problem::{BadWorkbook, CellProblem};
pub use read::OpenWorkbook;
pub use text::plain;
pub use write::write;

/// What a workbook is and whom it is for; it stands on its first sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// This workbook: another one each time one is made.
    pub workbook: RecordId,
    /// The partnership.
    pub partnership: RecordId,
    /// The audit.
    pub audit: RecordId,
    /// The agency's code.
    pub agency: String,
    /// The version of the tool it is filled in with, as `slug@version`.
    pub tool: String,
    /// When it was made.
    pub made: DateTime<Utc>,
}

/// The names that the first sheet gives to what [`Identity`] names by ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cover {
    /// The partnership.
    pub partnership: String,
    /// The audit's title.
    pub audit: String,
    /// The agency.
    pub agency: String,
    /// When it is due back.
    pub due: Option<NaiveDate>,
    /// What the auditor reads first.
    pub text: String,
    /// Whether every case is invented.
    pub worked_example: bool,
}

/// One agency's form for one case, as a sheet holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseSheet {
    /// The case.
    pub case: RecordId,
    /// Its reference.
    pub reference: String,
    /// The form: status, role, overall grade. A sheet does not hold when it was submitted.
    pub form: CaseForm,
    /// Answers by question id.
    pub answers: Answers,
    /// Key dates by date id.
    pub dates: BTreeMap<String, NaiveDate>,
    /// The safety stop. A sheet holds neither the answer that opened it nor when: they are those of
    /// the sheet as it is read.
    pub stop: Option<SafetyStop>,
    /// The revisions that the sheet was made from, by record. Of a record that was not there, none.
    pub versions: BTreeMap<RecordId, Vec<RevisionId>>,
}

impl CaseSheet {
    /// The identity of the form.
    pub fn id(&self) -> RecordId {
        CaseForm::id(self.form.agency_return, self.case)
    }
}

/// A case and the sheet it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SheetOf {
    sheet: String,
    reference: String,
    case: RecordId,
}
