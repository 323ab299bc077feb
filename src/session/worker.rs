//! The worker: the only owner of the open file. In the window it is a thread of its own, so that
//! the window never waits for a disk; in tests it works at once, in order, in the same thread.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use chrono::{DateTime, Utc};

use super::document::{Document, FormContent};
use super::error::Error;
use super::jobs::{
    self, ExportRequest, IssueRequest, Issued, MergePreview, MergeRequest, MergedReturns, Progress,
};
use super::opening;
use crate::analysis::Facts;
use crate::domain::catalogue::Catalogue;
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::domain::revision::{Author, Change};
use crate::store::{DocumentKind, Entry, Passphrase, StoreError};

/// A number that ties an answer of the worker to its request.
pub type Ticket = u64;

/// Which file to open, and how.
#[derive(Clone, Debug)]
pub enum Opening {
    /// An existing file.
    Open(PathBuf, Option<Passphrase>),
    /// A read-only copy of a file that is open elsewhere.
    Snapshot(PathBuf, Option<Passphrase>),
    /// A new, empty register.
    Create(PathBuf, Option<Passphrase>),
    /// A new register with the worked example in it.
    Demo(PathBuf),
}

impl Opening {
    /// The same, with a passphrase.
    pub fn with_passphrase(self, passphrase: Passphrase) -> Self {
        match self {
            Self::Open(path, _) => Self::Open(path, Some(passphrase)),
            Self::Snapshot(path, _) => Self::Snapshot(path, Some(passphrase)),
            Self::Create(path, _) => Self::Create(path, Some(passphrase)),
            Self::Demo(path) => Self::Demo(path),
        }
    }

    /// The file.
    pub fn path(&self) -> &PathBuf {
        match self {
            Self::Open(path, _)
            | Self::Snapshot(path, _)
            | Self::Create(path, _)
            | Self::Demo(path) => path,
        }
    }
}

/// What the worker is asked.
#[derive(Debug)]
pub(super) enum Request {
    Commit(Ticket, Change),
    /// Go on committing after a failure.
    Retry,
    ReadForm(RecordId),
    ReadCase(RecordId),
    ReadFacts,
    ReadHistory(RecordId),
    Export(ExportRequest),
    Issue(IssueRequest),
    PreviewMerge(MergeRequest),
    Merge(MergeRequest),
    Backup(PathBuf),
}

/// What the worker answers.
#[derive(Debug)]
pub(super) enum Event {
    Opened(Box<Register>, OpenedFile),
    NotOpened(Error),
    Saved(Ticket, DateTime<Utc>),
    NotSaved(String),
    Form(RecordId, FormContent, Option<String>),
    Case(RecordId, BTreeMap<RecordId, FormContent>),
    Facts(Arc<Facts>),
    History(RecordId, Vec<Entry>),
    Progress(Progress),
    Exported(PathBuf, String),
    /// The register after a return file was made.
    Issued(Box<Register>, Issued),
    MergePreviewed(MergePreview),
    /// The register after a merge.
    Merged(Box<Register>, MergedReturns),
    BackedUp(PathBuf),
    Failed(String),
}

/// What is known of a file once it is open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenedFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Whether nothing can be changed in it.
    pub read_only: bool,
    /// Whether this is one agency's return and not the whole register.
    pub is_return: bool,
}

/// Called whenever an event waits, so that the window draws again.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// The worker as its owner sees it.
pub(super) enum Worker {
    Thread {
        requests: Option<Sender<Request>>,
        events: Receiver<Event>,
        cancel: Arc<AtomicBool>,
        thread: Option<JoinHandle<()>>,
    },
    Inline {
        desk: Option<Box<Desk>>,
        events: VecDeque<Event>,
        cancel: AtomicBool,
    },
}

impl Worker {
    /// Opens the file in a thread of its own.
    pub(super) fn in_thread(
        opening: Opening,
        author: Author,
        catalogue: Arc<Catalogue>,
        wake: Wake,
    ) -> std::io::Result<Self> {
        let (requests, inbox) = channel();
        let (outbox, events) = channel();
        let cancel = Arc::new(AtomicBool::new(false));
        let cancelled = Arc::clone(&cancel);
        let work = move || {
            let mut emit = |event| {
                // Nobody listens any more once the window is gone.
                let _ = outbox.send(event);
                wake();
            };
            let Some(mut desk) = Desk::open(&opening, &author, &catalogue, &mut emit) else {
                return;
            };
            while let Ok(request) = inbox.recv() {
                desk.handle(request, &mut emit, &cancelled);
            }
        };
        let thread = std::thread::Builder::new()
            .name("goldthread file".into())
            .spawn(work)?;
        Ok(Self::Thread {
            requests: Some(requests),
            events,
            cancel,
            thread: Some(thread),
        })
    }

    /// Opens the file and works in this thread.
    pub(super) fn inline(opening: &Opening, author: &Author, catalogue: &Arc<Catalogue>) -> Self {
        let mut events = VecDeque::new();
        let desk = Desk::open(opening, author, catalogue, &mut |event| {
            events.push_back(event);
        });
        Self::Inline {
            desk: desk.map(Box::new),
            events,
            cancel: AtomicBool::new(false),
        }
    }

    pub(super) fn send(&mut self, request: Request) {
        match self {
            Self::Thread {
                requests, cancel, ..
            } => {
                cancel.store(false, Ordering::Relaxed);
                if let Some(requests) = requests {
                    // A worker that is gone shows as writes that are never acknowledged.
                    let _ = requests.send(request);
                }
            }
            Self::Inline {
                desk,
                events,
                cancel,
            } => {
                if let Some(desk) = desk {
                    desk.handle(request, &mut |event| events.push_back(event), cancel);
                }
            }
        }
    }

    pub(super) fn next_event(&mut self) -> Option<Event> {
        match self {
            Self::Thread { events, .. } => events.try_recv().ok(),
            Self::Inline { events, .. } => events.pop_front(),
        }
    }

    /// Asks the job under way to stop.
    pub(super) fn cancel(&self) {
        match self {
            Self::Thread { cancel, .. } => cancel.store(true, Ordering::Relaxed),
            Self::Inline { cancel, .. } => cancel.store(true, Ordering::Relaxed),
        }
    }
}

impl Drop for Worker {
    /// Finishes what was asked and closes the file before the window goes.
    fn drop(&mut self) {
        if let Self::Thread {
            requests, thread, ..
        } = self
        {
            *requests = None;
            if let Some(thread) = thread.take()
                && thread.join().is_err()
            {
                tracing::error!("the file's thread ended by a panic");
            }
        }
    }
}

/// The document and the one rule of writing: after a failed write nothing further is written until
/// the person says to try again, so that the order of changes is kept.
pub(super) struct Desk {
    document: Document,
    author: Author,
    blocked: bool,
}

impl Desk {
    fn open(
        opening: &Opening,
        author: &Author,
        catalogue: &Arc<Catalogue>,
        emit: &mut dyn FnMut(Event),
    ) -> Option<Self> {
        match opening::open(opening, author, catalogue) {
            Ok(document) => {
                let file = OpenedFile {
                    path: opening.path().clone(),
                    read_only: document.store().is_read_only(),
                    is_return: document.store().kind() == DocumentKind::Return,
                };
                emit(Event::Opened(Box::new(document.register().clone()), file));
                Some(Self {
                    document,
                    author: author.clone(),
                    blocked: false,
                })
            }
            Err(error) => {
                emit(Event::NotOpened(error));
                None
            }
        }
    }

    fn handle(&mut self, request: Request, emit: &mut dyn FnMut(Event), cancel: &AtomicBool) {
        match request {
            Request::Commit(ticket, change) => emit(self.commit(ticket, &change)),
            Request::Retry => self.blocked = false,
            Request::ReadForm(form) => emit(self.read_form(form)),
            Request::ReadCase(case) => emit(self.read_case(case)),
            Request::ReadFacts => {
                let facts = jobs::facts(
                    &self.document,
                    &mut |progress| emit(Event::Progress(progress)),
                    cancel,
                );
                emit(facts.map_or_else(failed, |facts| Event::Facts(Arc::new(facts))));
            }
            Request::ReadHistory(record) => {
                let history = self.document.store().history(record);
                emit(history.map_or_else(failed, |entries| Event::History(record, entries)));
            }
            Request::Export(export) => {
                let done = jobs::export(
                    &self.document,
                    &export,
                    &self.author,
                    &mut |progress| emit(Event::Progress(progress)),
                    cancel,
                );
                emit(done.map_or_else(failed, |words| Event::Exported(export.to.clone(), words)));
            }
            Request::Issue(request) => emit(self.issue(&request)),
            Request::PreviewMerge(request) => {
                let report = &mut |progress| emit(Event::Progress(progress));
                let preview = jobs::merge_preview(&self.document, &request, report, cancel);
                emit(preview.map_or_else(failed, Event::MergePreviewed));
            }
            Request::Merge(request) => {
                let report = &mut |progress| emit(Event::Progress(progress));
                let (document, author) = (&mut self.document, &self.author);
                let merged = jobs::merge(document, &request, author, Utc::now(), report, cancel);
                emit(merged.map_or_else(failed, |merged| {
                    Event::Merged(Box::new(self.document.register().clone()), merged)
                }));
            }
            Request::Backup(to) => {
                let done = self.document.store().backup(&to);
                emit(done.map_or_else(failed, |()| Event::BackedUp(to)));
            }
        }
    }

    fn issue(&mut self, request: &IssueRequest) -> Event {
        match jobs::issue(&mut self.document, request, &self.author, Utc::now()) {
            Ok(issued) => Event::Issued(Box::new(self.document.register().clone()), issued),
            Err(error) => failed(error),
        }
    }

    fn commit(&mut self, ticket: Ticket, change: &Change) -> Event {
        if self.blocked {
            return Event::NotSaved(String::new());
        }
        match self.document.commit(change) {
            Ok(saved) => Event::Saved(ticket, saved.at),
            Err(error) => {
                self.blocked = true;
                Event::NotSaved(error.to_string())
            }
        }
    }

    fn read_form(&self, form: RecordId) -> Event {
        let read = || {
            let content = self.document.form_content(form)?;
            let left_off_at = self.document.store().last_touched(form)?;
            Ok::<_, StoreError>(Event::Form(form, content, left_off_at))
        };
        read().unwrap_or_else(failed)
    }

    /// The content of every agency's form for a case.
    fn read_case(&self, case: RecordId) -> Event {
        let forms = self.document.register().forms.iter();
        let read = forms
            .filter(|(_, form)| form.case == case)
            .map(|(id, _)| Ok::<_, StoreError>((*id, self.document.form_content(*id)?)))
            .collect::<Result<_, _>>();
        read.map_or_else(failed, |contents| Event::Case(case, contents))
    }
}

fn failed(error: impl std::fmt::Display) -> Event {
    Event::Failed(error.to_string())
}
