//! The worker: the only owner of the open file. In the window it is a thread of its own, so that
//! the window never waits for a disk; in tests it works at once, in order, in the same thread.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use chrono::{DateTime, Utc};

use super::agreement::AlphaJob;
use super::behind::Marked;
use super::desk::Desk;
use super::document::{FormContent, JudgedAt};
use super::error::Error;
use super::evidence::Evidence;
use super::guard::{GuardRequest, Guarded};
use super::jobs::{
    Dropped, ExportRequest, IssueOutcome, IssueRequest, MergePreview, MergeRequest, MergeRestored,
    MergeStep, MergedReturns, OtherRegister, PictureRequest, Progress, RedactRequest, TextFound,
    ToSend,
};
use super::newest::Asked;
use super::opening::Opening;
use super::others::Shown;
use super::retention::{Retained, RetentionRequest};
use super::search::{Found, Search};
use crate::analysis::Facts;
use crate::analysis::agreement::{Found as FoundAlpha, Over};
use crate::analysis::several::PartnershipThemes;
use crate::domain::catalogue::Catalogue;
use crate::domain::id::RecordId;
use crate::domain::redaction::Sought;
use crate::domain::register::Register;
use crate::domain::revision::{Author, Change};
use crate::exchange::decisions::DecisionPreview;
use crate::store::whereabouts::Place;
use crate::store::{Conflict, CopyBeside, Entry, Redacted, Rejoined, SeenVersion, Stood};

/// A number that ties an answer of the worker to its request.
pub type Ticket = u64;

/// A change on its way to the disk.
#[derive(Clone, Debug)]
pub(super) struct Unsaved {
    pub(super) ticket: Ticket,
    pub(super) change: Change,
    /// How each record stood that it edits.
    pub(super) stood: Vec<Stood>,
}

/// A conflict that is to be settled.
#[derive(Debug)]
pub(super) struct Settling {
    pub(super) change: Change,
    pub(super) record: RecordId,
    /// The versions that the person saw.
    pub(super) seen: Vec<SeenVersion>,
    /// Which it is, in words.
    pub(super) name: String,
}

/// What the worker is asked.
#[derive(Debug)]
pub(super) enum Request {
    Commit(Unsaved),
    /// Go on committing after a failure.
    Retry,
    /// Look whether another program did something to the file, or put a copy beside it.
    LookUnderneath,
    ReadForm(RecordId),
    ReadCase(RecordId),
    ReadFacts,
    WorkOut(AlphaJob),
    ReadAnswers(Vec<RecordId>),
    ReadMarked,
    SavePicture(Box<PictureRequest>),
    ReadOthers(Vec<OtherRegister>, Shown),
    ReadHistory(RecordId),
    ReadEvidence,
    PreviewDecisions(PathBuf),
    Export(ExportRequest),
    Issue(Vec<IssueRequest>),
    Search(Search),
    LookAtDropped(Vec<PathBuf>),
    ReadConflicts,
    /// Settle a conflict.
    Settle(Settling),
    SaveToSend,
    PreviewMerge(MergeRequest),
    Merge(MergeRequest),
    FindText(Sought),
    Redact(Box<RedactRequest>),
    TakeBack(MergeStep),
    BringAgain(MergeStep),
    Guard(GuardRequest),
    Retain(RetentionRequest),
}

impl Request {
    /// Whether it builds on everything that was done before it, so that this has to be on disk.
    pub(super) fn comes_after_what_is_kept(&self) -> bool {
        matches!(
            self,
            Self::Settle(_)
                | Self::Issue(_)
                | Self::SaveToSend
                | Self::Merge(_)
                | Self::Redact(_)
                | Self::TakeBack(_)
                | Self::BringAgain(_)
        )
    }

    /// Whether it reads the open file.
    pub(super) fn reads(&self) -> bool {
        !matches!(
            self,
            Self::Commit(_)
                | Self::Retry
                | Self::LookUnderneath
                | Self::WorkOut(_)
                | Self::SavePicture(_)
        )
    }
}

/// What the worker answers.
#[derive(Debug)]
pub(super) enum Event {
    Opened(Box<Register>, OpenedFile),
    NotOpened(Error),
    Saved(Ticket, DateTime<Utc>),
    NotSaved(String),
    /// The register after a change came to stand beside what it was not made in view of.
    BesideAnother(Box<Register>),
    /// The register after a step stopped half way: as it is on disk.
    ReadAnew(Box<Register>),
    /// The register after the file was brought together with another state of it.
    Rejoined(Box<Register>, Rejoined),
    /// The copies that lie beside the file.
    Beside(Vec<CopyBeside>),
    Form(RecordId, FormContent, Option<String>),
    Case(RecordId, BTreeMap<RecordId, FormContent>, JudgedAt),
    Facts(Box<Facts>),
    /// The facts could not be read, or reading was cancelled.
    NoFacts(String),
    /// An alpha, and what it is over.
    Alpha(Asked, Over, FoundAlpha),
    /// Something else goes first; this is to be asked once more.
    AlphasPutOff(AlphaJob),
    Answers(BTreeMap<RecordId, FormContent>),
    Marked(Marked),
    PictureSaved(PathBuf),
    Others(Vec<OtherRegister>, Shown, Vec<PartnershipThemes>),
    OtherRefused(PathBuf, Error),
    History(RecordId, Vec<Entry>),
    Evidence(Arc<Evidence>),
    DecisionsPreviewed(PathBuf, DecisionPreview),
    DecisionsRefused(String),
    Progress(Progress),
    Exported(PathBuf, String),
    /// The register after return files were made.
    Issued(Box<Register>, Vec<IssueOutcome>),
    Found(Found),
    Dropped(Dropped),
    Conflicts(Vec<Conflict>),
    /// The register after a conflict was settled, and which.
    Settled(Box<Register>, String),
    SavedToSend(ToSend),
    MergePreviewed(MergePreview),
    /// The register after a merge.
    Merged(Box<Register>, MergedReturns),
    TextFound(Vec<TextFound>),
    /// The register after a text was taken out.
    Redacted(Box<Register>, Redacted),
    /// The register after a merge was taken back or brought again.
    MergeRestored(Box<Register>, MergeRestored),
    Guarded(Guarded),
    /// The register after the forms of an audit were removed.
    FormsRemoved(Box<Register>, RecordId),
    Retained(Retained),
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
    /// Whether it has a passphrase.
    pub protected: bool,
    /// Where it lies, if that endangers it.
    pub place: Option<Place>,
}

/// Called whenever an event waits, so that the window draws again.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What the worker still has before it; where it works at once, nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue(Option<Arc<AtomicUsize>>);

impl Queue {
    #[cfg(test)]
    pub(super) fn of(open: usize) -> Self {
        Self(Some(Arc::new(AtomicUsize::new(open))))
    }

    /// Whether anything was asked behind what is done now.
    pub(super) fn has_more(&self) -> bool {
        let open = self.0.as_ref();
        open.is_some_and(|open| open.load(Ordering::Acquire) > 1)
    }
}

/// The worker as its owner sees it.
pub(super) enum Worker {
    Thread {
        requests: Option<Sender<Request>>,
        events: Receiver<Event>,
        cancel: Arc<AtomicBool>,
        /// Requests that are not finished.
        open: Arc<AtomicUsize>,
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
        let open = Arc::new(AtomicUsize::new(0));
        let finished = Arc::clone(&open);
        let work = move || {
            let wake_up = Arc::clone(&wake);
            let mut emit = |event| {
                // Nobody listens any more once the window is gone.
                let _ = outbox.send(event);
                wake_up();
            };
            let Some(mut desk) = Desk::open(&opening, &author, &catalogue, &mut emit) else {
                return;
            };
            while let Ok(request) = inbox.recv() {
                desk.handle(request, &mut emit, &cancelled);
                finished.fetch_sub(1, Ordering::AcqRel);
                wake();
            }
        };
        let thread = std::thread::Builder::new()
            .name("goldthread file".into())
            .spawn(work)?;
        Ok(Self::Thread {
            requests: Some(requests),
            events,
            cancel,
            open,
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
                requests,
                cancel,
                open,
                ..
            } => {
                cancel.store(false, Ordering::Relaxed);
                open.fetch_add(1, Ordering::AcqRel);
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

    /// Whether anything that was asked is not finished. A thread that ended finishes nothing more.
    pub(super) fn is_busy(&self) -> bool {
        match self {
            Self::Thread { open, thread, .. } => {
                let works = thread.as_ref().is_some_and(|thread| !thread.is_finished());
                works && open.load(Ordering::Acquire) > 0
            }
            Self::Inline { .. } => false,
        }
    }

    /// What it still has before it, for a job that lets others go first.
    pub(super) fn queue(&self) -> Queue {
        match self {
            Self::Thread { open, .. } => Queue(Some(Arc::clone(open))),
            Self::Inline { .. } => Queue(None),
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
