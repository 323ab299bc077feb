//! What a screen asks for. Screens read the session and return these; only the app carries them out.

use std::path::PathBuf;

use crate::domain::id::RecordId;
use crate::exchange::chart::Picture;
use crate::session::command::{Command, FormCommand};
use crate::session::settings::Settings;
use crate::session::{
    ExportRequest, IssueRequest, MergeRequest, NewPassphrase, Opening, PictureRequest, Settlement,
};

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
    /// As the folder of return files.
    ReturnFolder,
    /// Returns to merge; several can be picked.
    Returned,
    /// As the place of a picture.
    Picture,
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
    /// Read the answers and notes of these forms.
    ReadAnswers(Vec<RecordId>),
    /// Read the answers that auditors marked.
    ReadMarked,
    /// Show a picture to copy or save.
    ShowPicture(Box<Picture>),
    /// Write a picture.
    SavePicture(Box<PictureRequest>),
    /// Export.
    Export(ExportRequest),
    /// Make return files.
    Issue(Vec<IssueRequest>),
    /// Say what merging these files would do.
    PreviewMerge(MergeRequest),
    /// Merge these files.
    Merge(MergeRequest),
    /// Settle a conflict.
    Settle(Box<Settlement>),
    /// Write a checked copy of this return, to send back.
    SaveToSend,
    /// Do something to a form that need not be open.
    DoToForm(RecordId, Box<FormCommand>),
    /// Stop the job under way.
    CancelJob,
    /// Show a file in its folder.
    ShowInFolder(PathBuf),
    /// Give the file another passphrase, or none.
    SetPassphrase(Box<NewPassphrase>),
    /// Say which daily copies there are in this folder.
    ListCopies(PathBuf),
    /// Say how this copy and the file differ.
    CompareCopy(PathBuf),
    /// Open this copy as a document of its own.
    RestoreCopy(PathBuf),
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
