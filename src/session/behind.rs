//! Answers with their notes, read from the file for looking behind a number.

use std::collections::BTreeMap;

use super::document::{Document, FormContent};
use super::worker::Request;
use super::{Notice, Session};
use crate::domain::answer::{Answer, Flag};
use crate::domain::form::FormStatus;
use crate::domain::id::RecordId;
use crate::store;

/// The most forms kept at once: what a person reads through, and no more memory than that takes.
pub const MOST_FORMS: usize = 400;

/// The answers marked as good practice or practice concern on submitted forms.
pub type Marked = Vec<Answer>;

/// What was read so far, as the file was at `revision`.
#[derive(Debug, Default)]
pub(super) struct ReadBehind {
    revision: u64,
    forms: BTreeMap<RecordId, FormContent>,
    asked: Vec<RecordId>,
    marked: Option<Marked>,
    marked_asked: bool,
}

impl Session {
    /// An answer with its notes, once [`Session::read_answers`] has read its form.
    pub fn answer_behind(&self, form: RecordId, question: &str) -> Option<&Answer> {
        self.behind.forms.get(&form)?.answers.get(question)
    }

    /// Asks for the answers and notes of these forms, unless they are read already;
    /// [`Notice::AnswersRead`] follows.
    pub fn read_answers(&mut self, forms: &[RecordId]) {
        self.forget_old_answers();
        let behind = &mut self.behind;
        let mut wanted: Vec<RecordId> = forms
            .iter()
            .filter(|form| !behind.asked.contains(form))
            .copied()
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        wanted.truncate(MOST_FORMS);
        if wanted.is_empty() {
            return;
        }
        if behind.asked.len() + wanted.len() > MOST_FORMS {
            behind.forms.clear();
            behind.asked.clear();
        }
        behind.asked.extend(&wanted);
        self.worker.send(Request::ReadAnswers(wanted));
    }

    /// The answers marked on submitted forms, once [`Session::read_marked`] has read them.
    pub fn marked(&self) -> Option<&Marked> {
        self.behind.marked.as_ref()
    }

    /// The marked answers of one audit with this mark.
    pub fn marked_in(&self, audit: RecordId, flag: Flag) -> Vec<&Answer> {
        let marked = self.behind.marked.iter().flatten();
        let own = |answer: &&Answer| {
            let place = self.register.place_of(answer.form);
            answer.flag(flag) && place.is_some_and(|(of, ..)| of == audit)
        };
        marked.filter(own).collect()
    }

    /// Asks for the marked answers, unless they are read already; [`Notice::AnswersRead`] follows.
    pub fn read_marked(&mut self) {
        self.forget_old_answers();
        if !std::mem::replace(&mut self.behind.marked_asked, true) {
            self.worker.send(Request::ReadMarked);
        }
    }

    /// A change may have touched what was read.
    fn forget_old_answers(&mut self) {
        if self.behind.revision != self.revision {
            self.behind = ReadBehind {
                revision: self.revision,
                ..ReadBehind::default()
            };
        }
    }

    pub(super) fn take_answers(&mut self, forms: BTreeMap<RecordId, FormContent>) -> Notice {
        self.behind.forms.extend(forms);
        Notice::AnswersRead
    }

    pub(super) fn take_marked(&mut self, marked: Marked) -> Notice {
        self.behind.marked = Some(marked);
        Notice::AnswersRead
    }
}

/// The content of some forms.
pub(super) fn answers_of(
    document: &Document,
    forms: &[RecordId],
) -> store::Result<BTreeMap<RecordId, FormContent>> {
    let read = forms
        .iter()
        .map(|form| Ok((*form, document.form_content(*form)?)));
    read.collect()
}

/// The marked answers that count: those on submitted forms.
pub(super) fn marked_of(document: &Document) -> store::Result<Marked> {
    let mut marked = document.store().marked_answers()?;
    let forms = &document.register().forms;
    marked.retain(|answer| {
        forms
            .get(&answer.form)
            .is_some_and(|form| form.status == FormStatus::Submitted)
    });
    Ok(marked)
}
