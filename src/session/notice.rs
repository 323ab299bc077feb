//! What the worker's answers mean for the window.

use std::path::PathBuf;

use super::error::Error;
use super::guard::Guarded;
use super::jobs::{
    Dropped, IssueOutcome, MergePreview, MergeRestored, MergedReturns, Progress, TextFound, ToSend,
};
use super::retention::Retained;
use super::search::Found;
use super::worker::OpenedFile;
use crate::domain::id::RecordId;
use crate::exchange::decisions::DecisionPreview;
use crate::store::{Entry, Redacted};

/// Something the window has to show or do.
#[derive(Debug)]
pub enum Notice {
    /// The file is open.
    Opened(OpenedFile),
    /// The file could not be opened.
    NotOpened(Error),
    /// The file was brought together with what another program made of it, in words.
    Rejoined(String),
    /// The form that was asked for is open.
    FormOpened,
    /// The case that was asked for is open for the panel.
    CaseOpened,
    /// The counts are up to date.
    FactsRead,
    /// The answers behind a number are read.
    AnswersRead,
    /// Other partnerships' themes are read.
    OthersRead,
    /// Another register needs a passphrase, or another one; or it cannot be read.
    OtherRefused(PathBuf, Error),
    /// A picture is on disk.
    PictureSaved(PathBuf),
    /// The history that was asked for.
    History(RecordId, Vec<Entry>),
    /// What findings rest on is up to date.
    EvidenceRead,
    /// What taking these decisions would do.
    DecisionsPreviewed(PathBuf, DecisionPreview),
    /// The file of decisions is refused, with the sentence.
    DecisionsRefused(String),
    /// A job is under way.
    Progress(Progress),
    /// An export is on disk.
    Exported(PathBuf, String),
    /// What came of the return files that were asked for.
    Issued(Vec<IssueOutcome>),
    /// What the last search found.
    Found(Found),
    /// What to do with the files that were dropped on the window.
    Dropped(Dropped),
    /// A conflict was settled: which, in words.
    Settled(String),
    /// A return is ready to be sent.
    SavedToSend(ToSend),
    /// What merging the chosen files would do.
    MergePreviewed(MergePreview),
    /// Returns were merged.
    Merged(MergedReturns),
    /// The changes that hold a text.
    TextFound(Vec<TextFound>),
    /// A text was taken out of the file.
    Redacted(Redacted),
    /// A merge was taken back, or brought again.
    MergeRestored(MergeRestored),
    /// What came of keeping the file safe: names, passphrase, copies.
    Guarded(Guarded),
    /// What came of keeping or removing forms.
    Retained(Retained),
    /// Something did not work.
    Failed(String),
}
