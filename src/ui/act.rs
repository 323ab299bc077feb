//! What a screen asks for. Screens read the session and return these; only the app carries them out.

use std::path::PathBuf;
use std::sync::Arc;

use crate::analysis::agreement::Samples;
use crate::analysis::{Basis, Filter};
use crate::domain::finding::Finding;
use crate::domain::id::RecordId;
use crate::domain::redaction::Sought;
use crate::exchange::chart::Picture;
use crate::session::command::{Command, FormCommand};
use crate::session::search::{Place, SearchRequest};
use crate::session::settings::Settings;
use crate::session::{
    ExportRequest, IssueRequest, MergeRequest, NewPassphrase, Opening, OtherRegister,
    PictureRequest, RedactRequest, Settlement, Shown,
};

use super::route::Route;
use super::screens::Topic;

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
    /// Decisions of the BMG.
    Decisions,
    /// As the place of an export, with a proposed name.
    Export(String),
    /// As the folder of return files.
    ReturnFolder,
    /// Returns to merge; several can be picked.
    Returned,
    /// As the place of a picture.
    Picture,
    /// Another partnership's register, to set its themes beside one's own.
    Other,
}

/// One request of a screen.
#[derive(Clone, Debug)]
pub enum Act {
    /// Change the document.
    Do(Command),
    /// Go to a screen.
    Go(Route),
    /// Go to a topic of an audit's summary.
    GoToTopic(RecordId, Topic),
    /// Go to a theme's page: in whose view, of which part.
    GoToTheme(String, Basis, Box<Filter>),
    /// Go to export what is counted, of one audit or of all: whose view, of which part.
    ExportPart(Option<RecordId>, Basis, Box<Filter>),
    /// Open the help at what it says of this screen.
    BeginHelp,
    /// Go to the document for what this screen shows, to be written, opened and printed.
    Print,
    /// Open the search.
    BeginSearch,
    /// Look for words.
    Search(SearchRequest),
    /// Go to something that was found.
    GoToFound(Place),
    /// Go to a question of a form, or to its overall grade.
    GoToAnswer(RecordId, Option<String>),
    /// Go to a question with its counts in the summary of an audit.
    GoToCounts(RecordId, String),
    /// Go to the panel's page of a case, at a question or at the overall grade.
    GoToJudgement(RecordId, Option<String>),
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
    /// Begin a finding with this draft.
    DraftFinding(Box<Finding>),
    /// Say what taking the decisions in a file would do.
    PreviewDecisions(PathBuf),
    /// Read the answers and notes of these forms.
    ReadAnswers(Vec<RecordId>),
    /// Work out the alphas of an audit and a part of it, of these samples.
    WorkOutAlphas(RecordId, Box<Filter>, Arc<Samples>),
    /// Read the answers that auditors marked.
    ReadMarked,
    /// Set another partnership's themes beside one's own.
    AddOther(OtherRegister, Box<Shown>),
    /// Read the other registers in this view.
    ReadOthers(Box<Shown>),
    /// Show another register no longer.
    CloseOther(usize),
    /// Show a picture to copy or save.
    ShowPicture(Box<Picture>),
    /// Write a picture.
    SavePicture(Box<PictureRequest>),
    /// Export.
    Export(Box<ExportRequest>),
    /// Make return files.
    Issue(Vec<IssueRequest>),
    /// Say what merging these files would do.
    PreviewMerge(MergeRequest),
    /// Go to what merging a copy of the file that lies beside it would do.
    MergeCopy(PathBuf),
    /// Merge these files.
    Merge(MergeRequest),
    /// Remove the forms of an audit for good; its title as it was typed.
    RemoveForms(RecordId, String),
    /// Write the certificate of a removal beside the file.
    SaveCertificate(RecordId),
    /// Look which copies in a folder still hold the forms of an audit.
    FindCopiesHolding(RecordId, PathBuf),
    /// Delete these copies of the file.
    DeleteCopies(RecordId, Vec<PathBuf>, PathBuf),
    /// Find the changes that hold a text.
    FindText(Sought),
    /// Take a text out of the file.
    Redact(Box<RedactRequest>),
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
    /// Open a file that was written, with the system's own program for it.
    OpenWritten(PathBuf),
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
