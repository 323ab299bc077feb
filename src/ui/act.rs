//! What a screen asks for. Screens read the session and return these; only the app carries them out.

use std::path::PathBuf;

use crate::domain::id::RecordId;
use crate::session::command::Command;
use crate::session::settings::Settings;
use crate::session::{ExportRequest, IssueRequest, MergeRequest, Opening};

use super::route::Route;

/// What a file is picked for.
#[derive(Clone, Debug, PartialEq)]
pub enum PickFor {
    /// To open it.
    Open,
    /// As the place of a new register.
    NewRegister,
    /// As the place of the worked example.
    Demo,
    /// A list of cases.
    Cases,
    /// As the place of an export, with a proposed name.
    Export(String),
    /// As the place of a return file, with a proposed name.
    ReturnFile(String),
    /// A return to merge.
    Returned,
}

/// One request of a screen.
#[derive(Clone, Debug)]
pub enum Act {
    /// Change the document.
    Do(Command),
    /// Go to a screen.
    Go(Route),
    /// Go back.
    Back,
    /// Open or make a file.
    Open(Opening),
    /// Close the file.
    CloseFile,
    /// Ask for a file.
    Pick(PickFor),
    /// Read a list of cases from a file.
    ReadCases(PathBuf),
    /// Make a new register here, set up like this.
    MakeRegister(Box<NewFile>),
    /// Ask for the history of a record.
    ReadHistory(RecordId),
    /// Export.
    Export(ExportRequest),
    /// Make a return file.
    Issue(Box<IssueRequest>),
    /// Say what merging these files would do.
    PreviewMerge(MergeRequest),
    /// Merge these files.
    Merge(MergeRequest),
    /// Write a copy of the file, to send or to keep.
    SaveCopy(PathBuf),
    /// Stop the job under way.
    CancelJob,
    /// Show a file in its folder.
    ShowInFolder(PathBuf),
    /// Open a file that was written, with the system's own program for it.
    OpenWritten(PathBuf),
    /// Write what is not on disk yet once more.
    TryAgain,
    /// Keep these settings.
    Keep(Box<Settings>),
}

/// A register that is to be made.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// Where.
    pub path: PathBuf,
    /// Its passphrase, if it is to have one.
    pub passphrase: Option<crate::store::Passphrase>,
    /// Partnership and agencies.
    pub register: crate::session::command::NewRegister,
}
