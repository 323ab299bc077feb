//! What can go wrong with a job on an open document. `Display` is the sentence for the person.

use std::path::PathBuf;

use super::command::Refused;
use super::jobs::{MergePreview, StillMarked};
use crate::exchange::ExchangeError;
use crate::store::{MergeError, RedactError, RemoveError, StoreError};

/// An error of a job.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Of the document's own file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Of a file in or out.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    /// Of a return that is not merged.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// Of a text that is not taken out.
    #[error(transparent)]
    Redact(#[from] RedactError),
    /// Of forms that are not removed.
    #[error(transparent)]
    Remove(#[from] RemoveError),
    /// The title that was typed is not the audit's.
    #[error(
        "To remove its forms, give the title of the audit exactly as it is: “{0}”. Nothing was removed."
    )]
    OtherTitle(String),
    /// There is no certificate.
    #[error("The forms of this audit are still there; there is no certificate of their removal.")]
    NotRemoved,
    /// The agency takes no part in the audit.
    #[error("{agency} takes no part in “{audit}”; its agencies are {others}.")]
    NoAgency {
        /// The code that was given.
        agency: String,
        /// The audit's title.
        audit: String,
        /// The codes of those that do.
        others: String,
    },
    /// Themes are those of a whole partnership.
    #[error("{} is one agency's return; choose the partnership's register.", .0.display())]
    NoRegister(PathBuf),
    /// A return file makes no return file.
    #[error("{} is itself a return; return files are made from the partnership's register.", .0.display())]
    IssuedFromReturn(PathBuf),
    /// A workbook has no passphrase.
    #[error(
        "A workbook cannot carry a passphrase; leave it out, and send the workbook by a secure route."
    )]
    WorkbookPassphrase,
    /// Some files are refused, and so nothing was merged.
    #[error("{why}")]
    SomeRefused {
        /// The sentence.
        why: String,
        /// What each file would have brought, or why it is refused.
        preview: Box<MergePreview>,
    },
    /// Of a command that is not carried out.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No audit has this id or title.
    #[error("There is no audit called “{0}” in this file.")]
    NoAudit(String),
    /// The export is of one audit, and none was named.
    #[error("This export is of one audit; name it with --audit.")]
    WhichAudit,
    /// A form was asked for filled in, and no agency named.
    #[error("Each agency fills in its own form; name the agency with --agency.")]
    WhichAgency,
    /// No agency has this code.
    #[error("There is no agency “{0}”.")]
    UnknownAgency(String),
    /// No tool has this name.
    #[error("There is no audit tool “{0}”.")]
    NoTool(String),
    /// No case of the audit has this reference.
    #[error("There is no form for a case “{0}” in this audit.")]
    NoCase(String),
    /// No audit falls into the year.
    #[error(
        "No audit falls into {0}: an audit belongs to the year (April to March) in which its forms were due."
    )]
    NoAuditInYear(String),
    /// What stands case by case was asked for to be published.
    #[error(
        "Case-level data, forms and feedback to one agency are never published; export bmg-json instead."
    )]
    NeverPublished,
    /// Notes were asked for to be published.
    #[error("What people wrote on forms is never published; leave the notes out.")]
    NotesNeverPublished,
    /// Texts of an export may identify somebody.
    #[error("{}", marked_sentence(.0))]
    StillMarked(Vec<StillMarked>),
    /// The action plan was asked for to be published.
    #[error("The action plan goes to the BMG and is not published; export bmg-json to publish.")]
    PlanNeverPublished,
    /// The file is damaged; its numbers cannot be relied on.
    #[error("{} is damaged ({what}); nothing was counted or exported. Go back to the last backup.", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The first fault found.
        what: String,
    },
    /// Stopped by the person.
    #[error("Cancelled; nothing was changed.")]
    Cancelled,
}

/// Places are told, words are not: what identifies somebody does not belong on a terminal.
fn marked_sentence(marked: &[StillMarked]) -> String {
    let (count, more) = match marked {
        [one] => ("1 text".to_owned(), format!("it is at {}", one.place)),
        _ => (
            format!("{} texts", marked.len()),
            marked.first().map_or_else(String::new, |first| {
                format!("the first is at {}", first.place)
            }),
        ),
    };
    format!(
        "{count} of this export may identify somebody ({more}); nothing was written. Look at them, and export again with --names-checked if nobody is identified."
    )
}

/// The result of a job.
pub type Result<T> = std::result::Result<T, Error>;
