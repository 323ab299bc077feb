//! Jobs that take time: reading the facts, loading data, making and merging returns, exporting,
//! summing up. Plain functions on
//! a document; they tell how far they are and stop when asked to, so that the worker's thread and
//! the command line can both run them.

mod actions;
mod case_list;
mod decisions;
mod evidence;
mod export;
mod facts;
mod generate;
mod issue;
mod load;
mod merge;
mod names;
mod picture;
mod redact;
mod retention;
mod search;
mod send;
mod setup;
mod several;
mod summary;
mod take_back;
mod workbook;

use std::sync::atomic::{AtomicBool, Ordering};

pub use actions::action_plan;
pub use case_list::case_list;
pub use decisions::{preview_decisions, take_decisions};
pub use evidence::evidence;
pub use export::{ExportKind, ExportRequest, FormRequest, PaperKind, export};
pub use facts::facts;
pub use generate::{Size, generate};
pub use issue::{IssueOutcome, IssueRequest, Issued, ReturnFormat, issue, issue_all};
pub use load::{load, load_text};
pub use merge::{
    Brought, Dropped, FormBrought, Hurdle, MergePreview, MergeRequest, MergedReturns,
    ReturnPreview, dropped, merge, merge_preview,
};
pub use names::{StillMarked, check_names};
pub use picture::{PictureRequest, save_picture};
pub use redact::{RedactRequest, TextFound, find_text, redact};
pub use retention::{
    Kept, kept_forms, older_copies, remove_forms, save_certificate, set_retention,
    usual_certificate,
};
pub use search::{MOST as MOST_FOUND, search};
pub use send::{ToSend, name_of_return, save_to_send};
pub use setup::{demo, new_register};
pub use several::{OtherRegister, themes_of_several};
pub use summary::summary;
pub use take_back::{MergeRestored, MergeStep, bring_again, take_back};

use super::error::{Error, Result};

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done, such as "Reading answers".
    pub stage: String,
    /// How much of it is done.
    pub done: usize,
    /// Out of how much; 0 where that is not known.
    pub total: usize,
}

/// Takes a job's progress and tells it when to stop.
struct Watch<'a> {
    report: &'a mut dyn FnMut(Progress),
    cancel: &'a AtomicBool,
}

impl Watch<'_> {
    /// Reports, and stops the job if it was cancelled.
    fn step(&mut self, stage: &str, done: usize, total: usize) -> Result<()> {
        if self.cancel.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        (self.report)(Progress {
            stage: stage.to_owned(),
            done,
            total,
        });
        Ok(())
    }
}
