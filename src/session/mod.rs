//! An open document without a window: commands in, views out; undo; the worker.
//!
//! Knows `domain`, `store`, `analysis` and `exchange`; the window and the command line are its two
//! clients. The command line uses [`Document`] directly; the window uses [`Session`], which keeps
//! its own copy of the register, answers at once, and lets the worker write behind it.

mod apply;
pub mod cases;
pub mod command;
mod document;
mod error;
pub mod folder;
mod form;
pub mod history;
pub mod jobs;
mod opening;
mod panel;
pub mod settings;
mod undo;
mod worker;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::analysis::Facts;
use crate::domain::catalogue::Catalogue;
use crate::domain::id::RecordId;
use crate::domain::record::RecordKind;
use crate::domain::register::Register;
use crate::domain::revision::{Author, Change, Edit};
use crate::store::Entry;

use apply::{Ground, Step};
use command::{Command, Refused};
use undo::Undo;
use worker::{Event, Request, Ticket, Worker};

pub use crate::exchange::papers::Year;
pub use document::{Document, FormContent};
pub use error::{Error, Result};
pub use form::OpenForm;
pub use jobs::{
    ExportKind, ExportRequest, FormRequest, IssueRequest, Issued, MergePreview, MergeRequest,
    MergedReturns, PaperKind, Progress,
};
pub use panel::{Accord, OpenCase, PanelForm};
pub use settings::{Settings, SettingsFile};
pub use worker::{OpenedFile, Opening, Wake};

/// Tells the time; a fixed one in tests.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// What the status line says about saving.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum SaveState {
    /// Nothing was changed since the file was opened.
    #[default]
    Unchanged,
    /// A change is on its way to the disk.
    Saving,
    /// Everything is on disk since this moment.
    Saved(DateTime<Utc>),
    /// The disk refused; the changes are kept in memory and can be tried again.
    Failed(String),
}

/// Something the window has to show or do.
#[derive(Debug)]
pub enum Notice {
    /// The file is open.
    Opened(OpenedFile),
    /// The file could not be opened.
    NotOpened(Error),
    /// The form that was asked for is open.
    FormOpened,
    /// The case that was asked for is open for the panel.
    CaseOpened,
    /// The counts are up to date.
    FactsRead,
    /// The history that was asked for.
    History(RecordId, Vec<Entry>),
    /// A job is under way.
    Progress(Progress),
    /// An export is on disk.
    Exported(PathBuf, String),
    /// A return file was made.
    Issued(Issued),
    /// What merging the chosen files would do.
    MergePreviewed(MergePreview),
    /// Returns were merged.
    Merged(MergedReturns),
    /// A copy of the file is on disk.
    BackedUp(PathBuf),
    /// Something did not work.
    Failed(String),
}

/// How to start a session.
pub struct Start {
    /// The file and how to open it.
    pub opening: Opening,
    /// The built-in data.
    pub catalogue: Arc<Catalogue>,
    /// Who works here.
    pub author: Author,
    /// Tells the time.
    pub clock: Clock,
    /// Called when something waits; without it the work is done in this thread, at once.
    pub wake: Option<Wake>,
}

/// An open document as the window uses it.
pub struct Session {
    register: Register,
    catalogue: Arc<Catalogue>,
    file: OpenedFile,
    form: Option<OpenForm>,
    case: Option<OpenCase>,
    facts: Option<Arc<Facts>>,
    /// Counts up with every change, so that views know when to be made anew.
    revision: u64,
    /// The revision whose answers `facts` counts.
    facts_at: u64,
    undo: Undo,
    author: Author,
    clock: Clock,
    worker: Worker,
    next_ticket: Ticket,
    /// Changes that are not known to be on disk yet, oldest first.
    unsaved: VecDeque<(Ticket, Change)>,
    save: SaveState,
}

impl Session {
    /// Begins to open a file; [`Notice::Opened`] or [`Notice::NotOpened`] follows.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(start: Start) -> std::io::Result<Self> {
        let catalogue = Arc::clone(&start.catalogue);
        let worker = match start.wake {
            Some(wake) => Worker::in_thread(start.opening, start.author.clone(), catalogue, wake)?,
            None => Worker::inline(&start.opening, &start.author, &catalogue),
        };
        Ok(Self {
            register: Register::default(),
            catalogue: start.catalogue,
            file: OpenedFile::default(),
            form: None,
            case: None,
            facts: None,
            revision: 0,
            facts_at: 0,
            undo: Undo::default(),
            author: start.author,
            clock: start.clock,
            worker,
            next_ticket: 0,
            unsaved: VecDeque::new(),
            save: SaveState::Unchanged,
        })
    }

    /// The light records.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// The built-in data.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The open form.
    pub fn form(&self) -> Option<&OpenForm> {
        self.form.as_ref()
    }

    /// The open file.
    pub fn file(&self) -> &OpenedFile {
        &self.file
    }

    /// The counts, as far as they are read.
    pub fn facts(&self) -> Option<&Arc<Facts>> {
        self.facts.as_ref()
    }

    /// What the status line says.
    pub fn save_state(&self) -> &SaveState {
        &self.save
    }

    /// Counts up with every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether a change is not known to be on disk yet.
    pub fn has_unsaved(&self) -> bool {
        !self.unsaved.is_empty()
    }

    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.undo_label()
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.undo.redo_label()
    }

    /// Now, by the session's clock.
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// Carries out a command: at once in memory, behind that on disk.
    ///
    /// # Errors
    /// [`Refused`] with the sentence for the person; nothing was changed then.
    pub fn apply(&mut self, command: &Command) -> std::result::Result<(), Refused> {
        if self.file.read_only {
            return Err(Refused::ReadOnly);
        }
        match command {
            Command::Undo => self.take_back(),
            Command::Redo => self.do_again(),
            _ => {
                let now = self.now();
                let ground = Ground {
                    register: &self.register,
                    catalogue: &self.catalogue,
                    form: self.form.as_ref(),
                    case: self.case.as_ref(),
                    now,
                };
                let step = apply::step(&ground, command)?;
                self.carry_out(step, now);
            }
        }
        Ok(())
    }

    fn carry_out(&mut self, step: Step, now: DateTime<Utc>) {
        let changed: Vec<Edit> = step
            .edits
            .into_iter()
            .filter(|edit| self.current(edit.kind, edit.record) != *edit)
            .collect();
        if changed.is_empty() {
            return;
        }
        match step.label {
            Some(label) => {
                // A safety stop is not undone: it is completed, or said to be a slip with a reason.
                let undoable = || {
                    changed
                        .iter()
                        .filter(|edit| edit.kind != RecordKind::SafetyStop)
                };
                let before: Vec<Edit> = undoable()
                    .map(|edit| self.current(edit.kind, edit.record))
                    .collect();
                if !before.is_empty() {
                    let after = undoable().cloned().collect();
                    self.undo
                        .remember(label, before, after, step.typing_in, now);
                }
            }
            None => self.undo.forget(),
        }
        self.commit(changed, step.reason);
    }

    /// The edit that would leave a record as it is.
    fn current(&self, kind: RecordKind, record: RecordId) -> Edit {
        let after = match kind {
            RecordKind::Answer | RecordKind::KeyDate => {
                self.form.as_ref().and_then(|form| form.get(kind, record))
            }
            _ => self.register.get(kind, record),
        };
        Edit {
            record,
            kind,
            after,
        }
    }

    fn take_back(&mut self) {
        if let Some(step) = self.undo.undo() {
            self.commit(step.before, Some(format!("Undo: {}", step.label)));
        }
    }

    fn do_again(&mut self) {
        if let Some(step) = self.undo.redo() {
            self.commit(step.after, Some(format!("Redo: {}", step.label)));
        }
    }

    fn commit(&mut self, edits: Vec<Edit>, reason: Option<String>) {
        for edit in &edits {
            self.register.apply(edit);
            if let Some(form) = &mut self.form {
                form.apply(edit);
            }
        }
        let change = Change {
            edits,
            author: self.author_here(),
            at: self.now(),
            reason,
        };
        self.next_ticket += 1;
        self.revision += 1;
        self.unsaved.push_back((self.next_ticket, change.clone()));
        if !matches!(self.save, SaveState::Failed(_)) {
            self.save = SaveState::Saving;
        }
        self.worker.send(Request::Commit(self.next_ticket, change));
    }

    /// On a form the author is its auditor; elsewhere whoever works in this window.
    fn author_here(&self) -> Author {
        let Some(open) = &self.form else {
            return self.author.clone();
        };
        let role = self
            .register
            .forms
            .get(&open.form)
            .map(|form| form.role.trim());
        Author {
            role: role
                .filter(|role| !role.is_empty())
                .unwrap_or(&self.author.role)
                .to_owned(),
            agency: open.agency.clone(),
            device: self.author.device.clone(),
        }
    }

    /// Sends everything unsaved once more, in order.
    pub fn try_again(&mut self) {
        self.worker.send(Request::Retry);
        self.save = SaveState::Saving;
        for (ticket, change) in &self.unsaved {
            self.worker.send(Request::Commit(*ticket, change.clone()));
        }
    }

    /// Asks for a form; [`Notice::FormOpened`] follows. What was done before can no longer be
    /// undone in this window: on a form the author is its auditor.
    pub fn open_form(&mut self, form: RecordId) {
        self.undo.forget();
        self.worker.send(Request::ReadForm(form));
    }

    /// Leaves the open form. What was done to it can no longer be undone in this window.
    pub fn close_form(&mut self) {
        if self.form.take().is_some() {
            self.undo.forget();
        }
    }

    /// Asks for the counts, unless they are up to date; [`Notice::FactsRead`] follows.
    pub fn read_facts(&mut self) {
        if self.facts.is_none() || self.facts_at != self.revision {
            self.facts_at = self.revision;
            self.worker.send(Request::ReadFacts);
        }
    }

    /// Asks for the history of a record; [`Notice::History`] follows.
    pub fn read_history(&mut self, record: RecordId) {
        self.worker.send(Request::ReadHistory(record));
    }

    /// Asks for an export; [`Notice::Progress`] and [`Notice::Exported`] follow.
    pub fn export(&mut self, request: ExportRequest) {
        self.worker.send(Request::Export(request));
    }

    /// Asks for a return file; [`Notice::Issued`] follows.
    pub fn issue(&mut self, request: IssueRequest) {
        self.worker.send(Request::Issue(request));
    }

    /// Asks what merging these files would do; [`Notice::MergePreviewed`] follows.
    pub fn preview_merge(&mut self, request: MergeRequest) {
        self.worker.send(Request::PreviewMerge(request));
    }

    /// Asks for a merge; [`Notice::Merged`] follows.
    pub fn merge(&mut self, request: MergeRequest) {
        self.worker.send(Request::Merge(request));
    }

    /// Asks for a copy of the file; [`Notice::BackedUp`] follows.
    pub fn backup(&mut self, to: PathBuf) {
        self.worker.send(Request::Backup(to));
    }

    /// Asks the job under way to stop.
    pub fn cancel_job(&self) {
        self.worker.cancel();
    }

    /// What happened since the last call.
    pub fn notices(&mut self) -> Vec<Notice> {
        let mut notices = Vec::new();
        while let Some(event) = self.worker.next_event() {
            notices.extend(self.take_in(event));
        }
        notices
    }

    /// The register changed behind the window: what is typed and not on disk yet stands on top.
    fn replace_register(&mut self, register: Register) {
        self.register = register;
        for (_, change) in &self.unsaved {
            for edit in &change.edits {
                self.register.apply(edit);
            }
        }
        self.undo.forget();
        self.revision += 1;
    }

    fn take_in(&mut self, event: Event) -> Option<Notice> {
        match event {
            Event::Opened(register, file) => {
                self.register = *register;
                self.file = file.clone();
                self.revision += 1;
                Some(Notice::Opened(file))
            }
            Event::NotOpened(error) => Some(Notice::NotOpened(error)),
            Event::Saved(ticket, at) => {
                self.unsaved.retain(|(waiting, _)| *waiting != ticket);
                if self.unsaved.is_empty() {
                    self.save = SaveState::Saved(at);
                }
                None
            }
            Event::NotSaved(why) => {
                if !why.is_empty() {
                    self.save = SaveState::Failed(why);
                }
                None
            }
            Event::Form(form, content, left_off_at) => {
                self.form = OpenForm::new(&self.register, form, content, left_off_at);
                Some(Notice::FormOpened)
            }
            Event::Case(case, contents) => Some(self.take_case(case, contents)),
            Event::Facts(facts) => {
                self.facts = Some(facts);
                Some(Notice::FactsRead)
            }
            Event::History(record, entries) => Some(Notice::History(record, entries)),
            Event::Progress(progress) => Some(Notice::Progress(progress)),
            Event::Exported(path, words) => Some(Notice::Exported(path, words)),
            Event::Issued(register, issued) => {
                self.replace_register(*register);
                Some(Notice::Issued(issued))
            }
            Event::MergePreviewed(preview) => Some(Notice::MergePreviewed(preview)),
            Event::Merged(register, merged) => {
                self.replace_register(*register);
                Some(Notice::Merged(merged))
            }
            Event::BackedUp(path) => Some(Notice::BackedUp(path)),
            Event::Failed(why) => Some(Notice::Failed(why)),
        }
    }
}
