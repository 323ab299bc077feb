//! An open document without a window: commands in, views out; undo; the worker.
//!
//! Knows `domain`, `store`, `analysis` and `exchange`; the window and the command line are its two
//! clients. The command line uses [`Document`] directly; the window uses [`Session`], which keeps
//! its own copy of the register, answers at once, and lets the worker write behind it.

mod agreement;
mod apply;
mod behind;
mod beside;
pub mod cases;
pub mod chase;
pub mod command;
pub mod conflict;
mod counts;
pub mod cover;
pub mod crash;
mod decisions;
mod desk;
mod document;
pub mod doorbell;
mod error;
mod evidence;
pub mod first_audit;
pub mod folder;
mod form;
pub mod guard;
pub mod history;
pub mod jobs;
mod newest;
mod notice;
mod opening;
mod others;
mod own_return;
mod panel;
mod redaction;
mod rejoin;
mod retention;
mod returns;
pub mod search;
pub mod settings;
mod undo;
mod worker;

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::domain::catalogue::Catalogue;
use crate::domain::id::RecordId;
use crate::domain::record::{Record, RecordKind};
use crate::domain::register::Register;
use crate::domain::revision::{Author, Change, Edit};

use agreement::AlphasAsked;
use apply::{Ground, Step};
use behind::ReadBehind;
use command::{Command, FormCommand, Refused};
use counts::Counts;
use others::Others;
use undo::Undo;
use worker::{Request, Ticket, Unsaved, Worker};

pub use crate::exchange::papers::Year;
use crate::store::Stood;
pub use crate::store::{Redacted, SeenVersion};
pub use conflict::{OpenConflict, Settlement};
pub use decisions::Decisions;
pub use document::{Document, FormContent};
pub use error::{Error, Result};
pub use evidence::{Changed, Concern, Evidence};
pub use form::OpenForm;
pub use guard::{Guarded, NewPassphrase};
pub use jobs::{
    Dropped, ExportKind, ExportRequest, FormRequest, IssueOutcome, IssueRequest, Issued,
    MergePreview, MergeRequest, MergeRestored, MergedReturns, OtherRegister, PaperKind,
    PictureRequest, Progress, RedactRequest, ReturnFormat, TextFound, ToSend,
};
pub use notice::Notice;
pub use opening::Opening;
pub use others::Shown;
pub use panel::{Accord, OpenCase, PanelDay, PanelForm};
pub use retention::Retained;
pub use settings::{Settings, SettingsFile};
pub use worker::{OpenedFile, Wake};

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
    conflicts: Vec<OpenConflict>,
    /// What waits for a form to be open.
    on_opening: Option<(RecordId, FormCommand)>,
    behind: ReadBehind,
    others: Others,
    counts: Counts,
    /// The copies that lie beside the file.
    beside: Vec<crate::store::CopyBeside>,
    alphas: AlphasAsked,
    searches: newest::Newest,
    /// Counts up with every change, so that views know when to be made anew.
    revision: u64,
    evidence: Option<Arc<Evidence>>,
    /// The revision whose changes `evidence` knows.
    evidence_at: u64,
    undo: Undo,
    author: Author,
    clock: Clock,
    worker: Worker,
    next_ticket: Ticket,
    /// Changes that are not known to be on disk yet, oldest first.
    unsaved: VecDeque<Unsaved>,
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
            conflicts: Vec::new(),
            on_opening: None,
            behind: ReadBehind::default(),
            others: Others::default(),
            counts: Counts::default(),
            beside: Vec::new(),
            alphas: AlphasAsked::default(),
            searches: newest::Newest::default(),
            revision: 0,
            evidence: None,
            evidence_at: 0,
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

    /// Whether the file is still worked on: a job, or changes on their way to the disk.
    pub fn is_busy(&self) -> bool {
        self.worker.is_busy()
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
                Ok(())
            }
        }
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

    /// How the record stands that an edit is of, as far as it is in sight here.
    fn stood(&self, edit: &Edit) -> Stood {
        let stands = self.current(edit.kind, edit.record).after;
        let form = match &edit.after {
            Some(Record::Answer(answer)) => Some(answer.form),
            Some(Record::KeyDate(date)) => Some(date.form),
            _ => None,
        };
        let open = self.form.as_ref().map(|open| open.form);
        match edit.kind {
            RecordKind::Answer | RecordKind::KeyDate if stands.is_none() && form != open => {
                Stood::Unseen
            }
            _ => Stood::As(stands.map(Box::new)),
        }
    }

    fn commit(&mut self, edits: Vec<Edit>, reason: Option<String>) {
        let stood = edits.iter().map(|edit| self.stood(edit)).collect();
        let in_conflict = |edit: &Edit| {
            let mut open = self.conflicts.iter();
            open.any(|conflict| conflict.record == edit.record)
        };
        let in_conflict = edits.iter().any(in_conflict);
        for edit in &edits {
            self.register.apply(edit);
            if let Some(form) = &mut self.form {
                form.apply(edit);
            }
            if let (Some(case), RecordKind::Judgement) = (&mut self.case, edit.kind) {
                case.judged.insert(edit.record, (self.clock)());
            }
        }
        let followed = self
            .counts
            .follow(&self.register, &edits, self.form.as_ref());
        let change = Change {
            edits,
            author: self.author_here(),
            at: self.now(),
            reason,
        };
        self.next_ticket += 1;
        self.revision += 1;
        let unsaved = Unsaved {
            ticket: self.next_ticket,
            change,
            stood,
        };
        self.unsaved.push_back(unsaved.clone());
        if !matches!(self.save, SaveState::Failed(_)) {
            self.save = SaveState::Saving;
        }
        self.worker.send(Request::Commit(unsaved));
        if in_conflict {
            self.worker.send(Request::ReadConflicts);
        }
        if followed.is_err() {
            self.read_facts();
        }
    }

    /// Sends everything unsaved once more, in order.
    pub fn try_again(&mut self) {
        self.worker.send(Request::Retry);
        self.save = SaveState::Saving;
        for unsaved in &self.unsaved {
            self.worker.send(Request::Commit(unsaved.clone()));
        }
    }

    /// Asks for a form; [`Notice::FormOpened`] follows. What was done before can no longer be
    /// undone in this window: on a form the author is its auditor. Merges can again once it is left.
    pub fn open_form(&mut self, form: RecordId) {
        self.undo.enter_form();
        self.worker.send(Request::ReadForm(form));
    }

    /// Leaves the open form. What was done to it can no longer be undone in this window.
    pub fn close_form(&mut self) {
        self.form = None;
        self.undo.leave_form();
    }

    /// Asks for the history of a record; [`Notice::History`] follows.
    pub fn read_history(&mut self, record: RecordId) {
        self.worker.send(Request::ReadHistory(record));
    }

    /// Asks for an export; [`Notice::Progress`] and [`Notice::Exported`] follow.
    pub fn export(&mut self, request: ExportRequest) {
        self.worker.send(Request::Export(request));
    }

    /// Asks for a picture to be written; [`Notice::PictureSaved`] follows.
    pub fn save_picture(&mut self, request: PictureRequest) {
        self.worker.send(Request::SavePicture(Box::new(request)));
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
}
