//! Where the worker works: it owns the open document, carries out what is asked and says what came
//! of it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chrono::Utc;

use super::behind::{answers_of, marked_of};
use super::document::Document;
use super::error::Error;
use super::guard::Guarded;
use super::jobs::{self, IssueRequest, MergeStep, OtherRegister, Progress};
use super::opening::{self, Opening};
use super::others::Shown;
use super::worker::{Event, OpenedFile, Request, Settling, Unsaved};
use crate::domain::catalogue::Catalogue;
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::domain::revision::Author;
use crate::store::{CopyBeside, DocumentKind, Passphrase, Span, StoreError, whereabouts};

/// The document and the one rule of writing: after a failed write nothing further is written until
/// the person says to try again, so that the order of changes is kept.
pub(super) struct Desk {
    pub(super) document: Document,
    pub(super) author: Author,
    /// The one the file was opened with, to open copies of it.
    pub(super) passphrase: Option<Passphrase>,
    pub(super) blocked: bool,
    /// The file could not be opened again: nothing more can be kept.
    pub(super) lost: bool,
    /// Merges that were taken back, and what that left in the file.
    pub(super) taken_back: HashMap<Span, Span>,
    /// The copies that lay beside the file when they were last looked for.
    pub(super) beside: Vec<CopyBeside>,
}

impl Desk {
    pub(super) fn open(
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
                    protected: opening.passphrase().is_some(),
                    place: whereabouts::of(opening.path()),
                };
                emit(Event::Opened(Box::new(document.register().clone()), file));
                Some(Self {
                    document,
                    author: author.clone(),
                    passphrase: opening.passphrase().cloned(),
                    blocked: false,
                    lost: false,
                    taken_back: HashMap::new(),
                    beside: Vec::new(),
                })
            }
            Err(error) => {
                emit(Event::NotOpened(error));
                None
            }
        }
    }

    pub(super) fn handle(
        &mut self,
        request: Request,
        emit: &mut dyn FnMut(Event),
        cancel: &AtomicBool,
    ) {
        match self.refuses(&request) {
            Some(event) => emit(event),
            None => self.carry_out(request, emit, cancel),
        }
        // A job that another program's file stopped can be tried again once both are together.
        self.look_underneath(emit);
    }

    /// What cannot be done as the file is now. While earlier changes are not on disk nothing is done
    /// that they would have to come before; while the file is closed between two states of it,
    /// nothing can be read.
    fn refuses(&self, request: &Request) -> Option<Event> {
        if self.blocked && request.comes_after_what_is_kept() {
            return Some(failed(NOT_ON_DISK));
        }
        let closed = self.document.store().is_closed() && request.reads();
        closed.then(|| match request {
            Request::ReadFacts => Event::NoFacts(NOT_OPEN.into()),
            _ => failed(NOT_OPEN),
        })
    }

    fn carry_out(&mut self, request: Request, emit: &mut dyn FnMut(Event), cancel: &AtomicBool) {
        match request {
            Request::Commit(unsaved) => self.commit(&unsaved, emit),
            Request::Retry => self.try_again(emit),
            // That is done after every request.
            Request::LookUnderneath => self.look_beside(emit),
            Request::Guard(request) => self.guard(request, emit),
            Request::Retain(request) => self.retain(request, emit, cancel),
            Request::ReadForm(form) => emit(self.read_form(form)),
            Request::ReadCase(case) => emit(self.read_case(case)),
            Request::ReadFacts => {
                let facts = jobs::facts(
                    &self.document,
                    &mut |progress| emit(Event::Progress(progress)),
                    cancel,
                );
                emit(facts.map_or_else(
                    |error| Event::NoFacts(error.to_string()),
                    |facts| Event::Facts(Box::new(facts)),
                ));
            }
            Request::WorkOut(job) => job.run(emit),
            Request::ReadAnswers(forms) => {
                let read = answers_of(&self.document, &forms);
                emit(read.map_or_else(failed, Event::Answers));
            }
            Request::ReadMarked => {
                emit(marked_of(&self.document).map_or_else(failed, Event::Marked))
            }
            Request::ReadOthers(registers, basis) => {
                let report = &mut |progress| emit(Event::Progress(progress));
                let event = read_others(&self.document, registers, basis, report, cancel);
                emit(event);
            }
            Request::SavePicture(request) => {
                let saved = jobs::save_picture(&request);
                emit(saved.map_or_else(failed, |()| Event::PictureSaved(request.to)));
            }
            Request::ReadHistory(record) => {
                let history = self.document.store().history(record);
                emit(history.map_or_else(failed, |entries| Event::History(record, entries)));
            }
            Request::ReadEvidence => {
                let read = jobs::evidence(&self.document);
                emit(read.map_or_else(failed, |read| Event::Evidence(Arc::new(read))));
            }
            Request::PreviewDecisions(path) => {
                let preview = jobs::preview_decisions(&self.document, &path);
                emit(match preview {
                    Ok(preview) => Event::DecisionsPreviewed(path, preview),
                    Err(error) => Event::DecisionsRefused(error.to_string()),
                });
            }
            Request::Export(export) => {
                let done = jobs::export(
                    &self.document,
                    &export,
                    &self.author,
                    &mut |progress| emit(Event::Progress(progress)),
                    cancel,
                );
                emit(match done {
                    Ok(words) => Event::Exported(export.to, words),
                    Err(Error::StillMarked(marked)) => Event::Guarded(Guarded::StillMarked(marked)),
                    Err(error) => failed(error),
                });
            }
            Request::Issue(requests) => self.issue(&requests, emit, cancel),
            Request::Search(search) => search.run(&self.document, emit),
            Request::LookAtDropped(files) => {
                emit(Event::Dropped(jobs::dropped(&self.document, files)));
            }
            Request::ReadConflicts => self.read_conflicts(emit),
            Request::Settle(settling) => self.settle(settling, emit),
            Request::SaveToSend => emit(self.save_to_send()),
            Request::PreviewMerge(request) => {
                let request = self.with_own_passphrase(request);
                let report = &mut |progress| emit(Event::Progress(progress));
                let preview = jobs::merge_preview(&self.document, &request, report, cancel);
                emit(preview.map_or_else(failed, Event::MergePreviewed));
            }
            Request::Merge(request) => {
                let request = self.with_own_passphrase(request);
                let report = &mut |progress| emit(Event::Progress(progress));
                let (document, author) = (&mut self.document, &self.author);
                let merged = jobs::merge(document, &request, author, Utc::now(), report, cancel);
                self.done(merged, emit, Event::Merged);
            }
            Request::FindText(sought) => {
                let found = jobs::find_text(&self.document, &sought);
                emit(found.map_or_else(failed, Event::TextFound));
            }
            Request::Redact(request) => {
                let (document, author) = (&mut self.document, &self.author);
                let redacted = jobs::redact(document, &request, author, Utc::now());
                self.done(redacted, emit, Event::Redacted);
            }
            Request::TakeBack(merge) => self.take_back(merge, emit),
            Request::BringAgain(merge) => self.bring_again(merge, emit),
        }
    }

    fn issue(
        &mut self,
        requests: &[IssueRequest],
        emit: &mut dyn FnMut(Event),
        cancel: &AtomicBool,
    ) {
        let report = &mut |progress| emit(Event::Progress(progress));
        let (document, author) = (&mut self.document, &self.author);
        let outcomes = jobs::issue_all(document, requests, author, Utc::now(), report, cancel);
        emit(outcomes.map_or_else(failed, |outcomes| {
            Event::Issued(Box::new(self.document.register().clone()), outcomes)
        }));
    }

    fn settle(&mut self, settling: Settling, emit: &mut dyn FnMut(Event)) {
        let Settling {
            change,
            record,
            seen,
            name,
        } = settling;
        match self.document.settle(&change, record, &seen) {
            Ok(_) => emit(Event::Settled(
                Box::new(self.document.register().clone()),
                name,
            )),
            Err(error) => {
                emit(failed(error));
                // What is shown may be what is not so any more.
                self.read_conflicts(emit);
            }
        }
    }

    fn read_conflicts(&self, emit: &mut dyn FnMut(Event)) {
        let conflicts = self.document.store().conflicts();
        emit(conflicts.map_or_else(failed, Event::Conflicts));
    }

    /// A step that failed may have stopped between what it did to the file and what it was to do next.
    pub(super) fn read_anew(&mut self, emit: &mut dyn FnMut(Event)) {
        if self.document.store().is_closed() {
            return;
        }
        match self.document.read_anew() {
            Ok(false) => (),
            Ok(true) => emit(Event::ReadAnew(Box::new(self.document.register().clone()))),
            Err(error) => emit(failed(error)),
        }
    }

    /// A copy holds everything that was typed, or there is none.
    fn save_to_send(&self) -> Event {
        let (passphrase, device) = (self.passphrase.as_ref(), &self.author.device);
        let saved = jobs::save_to_send(&self.document, passphrase, device);
        saved.map_or_else(failed, Event::SavedToSend)
    }

    fn take_back(&mut self, merge: MergeStep, emit: &mut dyn FnMut(Event)) {
        let done = jobs::take_back(&mut self.document, merge, &self.author, Utc::now());
        if let Ok(done) = &done {
            self.taken_back.insert(merge.span, done.restored.span);
        }
        self.done(done, emit, Event::MergeRestored);
    }

    fn bring_again(&mut self, merge: MergeStep, emit: &mut dyn FnMut(Event)) {
        // What could not be taken back is still there.
        let taken_back = *self.taken_back.get(&merge.span).unwrap_or(&merge.span);
        let (document, author) = (&mut self.document, &self.author);
        let done = jobs::bring_again(document, merge, taken_back, author, Utc::now());
        self.done(done, emit, Event::MergeRestored);
    }

    /// Says what came of a step that changed the register.
    fn done<T>(
        &mut self,
        done: super::Result<T>,
        emit: &mut dyn FnMut(Event),
        event: fn(Box<Register>, T) -> Event,
    ) {
        match done {
            Ok(done) => emit(event(Box::new(self.document.register().clone()), done)),
            Err(error) => {
                emit(failed(error));
                self.read_anew(emit);
            }
        }
    }

    fn commit(&mut self, unsaved: &Unsaved, emit: &mut dyn FnMut(Event)) {
        if self.blocked {
            return emit(Event::NotSaved(String::new()));
        }
        match self
            .document
            .commit_in_view(&unsaved.change, &unsaved.stood)
        {
            Ok(saved) => {
                emit(Event::Saved(unsaved.ticket, saved.at));
                if saved.beside {
                    let register = self.document.register().clone();
                    emit(Event::BesideAnother(Box::new(register)));
                }
            }
            Err(error) => {
                self.blocked = true;
                emit(Event::NotSaved(error.to_string()));
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

    fn read_case(&self, case: RecordId) -> Event {
        let read = self.document.case_content(case);
        read.map_or_else(failed, |(forms, judged)| Event::Case(case, forms, judged))
    }
}

/// The themes of other registers; the one added last is the one that may be refused.
fn read_others(
    document: &Document,
    registers: Vec<OtherRegister>,
    shown: Shown,
    report: &mut dyn FnMut(Progress),
    cancel: &AtomicBool,
) -> Event {
    let (basis, filter) = &shown;
    match jobs::themes_of_several(document, &registers, *basis, filter, report, cancel) {
        Ok(themes) => Event::Others(registers, shown, themes),
        Err(error) => {
            let last = registers.last().map(|register| register.path.clone());
            Event::OtherRefused(last.unwrap_or_default(), error)
        }
    }
}
/// Why nothing else is done before earlier changes are kept.
pub(super) const NOT_ON_DISK: &str =
    "Your last changes are not on disk. Choose “Try again” below, then do this once more.";

/// Why nothing is read between two states of the file.
const NOT_OPEN: &str =
    "The file was changed by another program and is closed. Choose “Try again” below first.";

fn failed(error: impl std::fmt::Display) -> Event {
    Event::Failed(error.to_string())
}
