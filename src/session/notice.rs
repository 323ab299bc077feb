//! What the worker's answers mean for the window.

use std::path::PathBuf;

use super::error::Error;
use super::form::OpenForm;
use super::guard::Guarded;
use super::jobs::{
    Dropped, IssueOutcome, MergePreview, MergeRestored, MergedReturns, Progress, TextFound, ToSend,
};
use super::retention::Retained;
use super::search::Found;
use super::worker::{Event, OpenedFile, Request};
use super::{SaveState, Session};
use crate::domain::id::RecordId;
use crate::exchange::decisions::DecisionPreview;
use crate::store::{CopyBeside, Entry, Redacted};

/// Something the window has to show or do.
#[derive(Debug)]
pub enum Notice {
    /// The file is open.
    Opened(OpenedFile),
    /// The file could not be opened.
    NotOpened(Error),
    /// The file was brought together with what another program made of it, in words.
    Rejoined(String),
    /// Another program put a copy beside the file.
    CopyBeside(CopyBeside),
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

impl Session {
    /// Takes in what the worker answered; the notice says what the window has to do about it.
    pub(super) fn take_in(&mut self, event: Event) -> Option<Notice> {
        match event {
            Event::Opened(register, file) => {
                self.register = *register;
                self.file = file.clone();
                self.revision += 1;
                self.worker.send(Request::ReadConflicts);
                self.look_underneath();
                Some(Notice::Opened(file))
            }
            Event::NotOpened(error) => Some(Notice::NotOpened(error)),
            Event::Saved(ticket, at) => {
                self.unsaved.retain(|waiting| waiting.ticket != ticket);
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
            Event::BesideAnother(register) => Some(self.take_beside_another(*register)),
            Event::ReadAnew(register) => {
                self.forget_what_was_read(*register);
                None
            }
            Event::Beside(copies) => self.take_beside(copies),
            Event::Rejoined(register, rejoined) => Some(self.take_rejoined(*register, &rejoined)),
            Event::Form(form, content, left_off_at) => {
                self.form = OpenForm::new(&self.register, form, content, left_off_at);
                if let Some(open) = &mut self.form {
                    // What is not on disk yet was not read from there.
                    let unsaved = self.unsaved.iter().flat_map(|own| &own.change.edits);
                    unsaved.for_each(|edit| open.apply(edit));
                }
                let refused = self.do_on_opening(form);
                Some(refused.map_or(Notice::FormOpened, Notice::Failed))
            }
            Event::Case(case, contents, judged) => Some(self.take_case(case, contents, judged)),
            Event::Facts(facts) => self.take_facts(*facts),
            Event::NoFacts(why) => self.no_facts(why),
            Event::Evidence(evidence) => {
                self.evidence = Some(evidence);
                Some(Notice::EvidenceRead)
            }
            Event::DecisionsPreviewed(path, preview) => {
                Some(Notice::DecisionsPreviewed(path, preview))
            }
            Event::DecisionsRefused(why) => Some(Notice::DecisionsRefused(why)),
            Event::Answers(forms) => Some(self.take_answers(forms)),
            Event::Marked(marked) => Some(self.take_marked(marked)),
            Event::Others(registers, shown, themes) => {
                Some(self.take_others(registers, shown, themes))
            }
            Event::OtherRefused(path, error) => Some(Notice::OtherRefused(path, error)),
            Event::PictureSaved(path) => Some(Notice::PictureSaved(path)),
            Event::History(record, entries) => Some(Notice::History(record, entries)),
            Event::Alpha(asked, over, found) => self.take_alpha(&asked, over, found),
            Event::AlphasPutOff(job) => self.go_on_with(job),
            Event::Progress(progress) => Some(Notice::Progress(progress)),
            Event::Exported(path, words) => Some(Notice::Exported(path, words)),
            Event::Issued(register, outcomes) => {
                self.replace_register(*register);
                Some(Notice::Issued(outcomes))
            }
            Event::Found(found) => Some(Notice::Found(found)),
            Event::Dropped(dropped) => Some(Notice::Dropped(dropped)),
            Event::Conflicts(conflicts) => {
                self.take_conflicts(&conflicts);
                None
            }
            Event::Settled(register, what) => {
                self.replace_register(*register);
                self.worker.send(Request::ReadConflicts);
                Some(Notice::Settled(what))
            }
            Event::SavedToSend(saved) => Some(Notice::SavedToSend(saved)),
            Event::MergePreviewed(preview) => Some(Notice::MergePreviewed(preview)),
            Event::Merged(register, merged) => {
                self.replace_register(*register);
                if let Some(step) = merged.step {
                    self.undo.remember_merge(step, self.now());
                }
                self.read_again();
                self.look_underneath();
                Some(Notice::Merged(merged))
            }
            Event::TextFound(found) => Some(Notice::TextFound(found)),
            Event::Redacted(register, redacted) => Some(self.take_redacted(*register, redacted)),
            Event::MergeRestored(register, restored) => {
                self.replace_register(*register);
                self.read_again();
                Some(Notice::MergeRestored(restored))
            }
            Event::Guarded(guarded) => Some(self.take_guarded(guarded)),
            Event::FormsRemoved(register, audit) => Some(self.take_removed(*register, audit)),
            Event::Retained(retained) => Some(Notice::Retained(retained)),
            Event::Failed(why) => Some(Notice::Failed(why)),
        }
    }
}
