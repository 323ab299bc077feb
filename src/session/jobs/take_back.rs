//! Takes a merge back as one step, and brings it again.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::domain::merge::{Restoring, label};
use crate::domain::revision::Author;
use crate::session::document::Document;
use crate::session::error::Result;
use crate::store::{Restored, Restorer, Span};

/// A merge as a step of undo and redo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MergeStep {
    /// What it left in the file.
    pub span: Span,
    /// How many returns brought something.
    pub returns: usize,
}

impl MergeStep {
    /// What undo calls it, such as "merge of 3 returns".
    pub fn label(self) -> String {
        label(self.returns)
    }
}

/// A merge that was taken back or brought again. `Display` is the sentence for the person.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeRestored {
    /// The merge.
    pub merge: MergeStep,
    /// Whether it was taken back and not brought again.
    pub taken_back: bool,
    /// What came of it.
    pub restored: Restored,
}

impl fmt::Display for MergeRestored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.taken_back {
            "Undone"
        } else {
            "Done again"
        };
        let Restored { answers, left, .. } = self.restored;
        let answers = counted(answers, "answer");
        write!(f, "{what}: {}, {answers}.", self.merge.label())?;
        match left {
            0 => Ok(()),
            1 => write!(
                f,
                " 1 record was changed since or holds a safety stop, and stays."
            ),
            more => write!(
                f,
                " {more} records were changed since or hold a safety stop, and stay."
            ),
        }
    }
}

fn counted(number: usize, what: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {what}{s}")
}

/// Takes a merge back: every record stands as before it again, except what was changed since and
/// safety stops.
///
/// # Errors
/// When the register cannot be written; then nothing is taken back.
pub fn take_back(
    document: &mut Document,
    merge: MergeStep,
    author: &Author,
    at: DateTime<Utc>,
) -> Result<MergeRestored> {
    let by = restorer(Restoring::Undo, merge, author, at);
    let restored = document.store.take_back(merge.span, &by)?;
    told(document, merge, true, restored)
}

/// Brings a merge that was taken back again, except what was changed since.
///
/// # Errors
/// As [`take_back`].
pub fn bring_again(
    document: &mut Document,
    merge: MergeStep,
    taken_back: Span,
    author: &Author,
    at: DateTime<Utc>,
) -> Result<MergeRestored> {
    let by = restorer(Restoring::Redo, merge, author, at);
    let restored = document.store.bring_again(merge.span, taken_back, &by)?;
    told(document, merge, false, restored)
}

fn restorer(why: Restoring, merge: MergeStep, author: &Author, at: DateTime<Utc>) -> Restorer<'_> {
    let reason = why.reason(merge.returns);
    Restorer { author, at, reason }
}

fn told(
    document: &mut Document,
    merge: MergeStep,
    taken_back: bool,
    restored: Restored,
) -> Result<MergeRestored> {
    document.register = document.store.register()?;
    Ok(MergeRestored {
        merge,
        taken_back,
        restored,
    })
}
