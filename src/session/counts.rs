//! The counts of an open document: read once, then brought in line with every change.

use std::collections::VecDeque;

use super::form::OpenForm;
use super::worker::{Request, Unsaved};
use super::{Notice, SaveState, Session};
use crate::analysis::{Facts, ReadAnew};
use crate::domain::register::Register;
use crate::domain::revision::Edit;

/// The facts, where they are read, and what to do to them.
#[derive(Debug, Default)]
pub(super) struct Counts {
    facts: Option<Facts>,
    version: u64,
    /// Whether they were asked for and are on their way; then what was changed since.
    missed: Option<Vec<Edit>>,
}

impl Counts {
    pub(super) fn facts(&self) -> Option<&Facts> {
        self.facts.as_ref()
    }

    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// Whether they have to be asked for now. Changes that are not on disk yet may be missing from
    /// what is read.
    pub(super) fn ask(&mut self, unsaved: &VecDeque<Unsaved>) -> bool {
        let needed = self.facts.is_none() && self.missed.is_none();
        if needed {
            let edits = unsaved.iter().flat_map(|own| &own.change.edits);
            self.missed = Some(edits.cloned().collect());
        }
        needed
    }

    /// Follows edits that `register` and `form` already hold.
    ///
    /// # Errors
    /// [`ReadAnew`]: there are no facts any more.
    pub(super) fn follow(
        &mut self,
        register: &Register,
        edits: &[Edit],
        form: Option<&OpenForm>,
    ) -> Result<(), ReadAnew> {
        if let Some(missed) = &mut self.missed {
            missed.extend_from_slice(edits);
        } else if let Some(facts) = &mut self.facts {
            self.version += 1;
            let followed = facts.follow(register, edits, form.map(|open| open.form));
            return followed.inspect_err(|_| self.facts = None);
        }
        Ok(())
    }

    /// Takes what was read, and puts what was changed meanwhile on top.
    ///
    /// # Errors
    /// As [`Counts::follow`].
    pub(super) fn take(
        &mut self,
        facts: Facts,
        register: &Register,
        form: Option<&OpenForm>,
    ) -> Result<(), ReadAnew> {
        self.version += 1;
        self.facts = Some(facts);
        let missed = self.missed.take().unwrap_or_default();
        self.follow(register, &missed, form)
    }

    /// Drops them; whether there were any.
    pub(super) fn forget(&mut self) -> bool {
        self.missed = None;
        self.facts.take().is_some()
    }
}

impl Session {
    /// The counts, once they are read; they follow every change.
    pub fn facts(&self) -> Option<&Facts> {
        self.counts.facts()
    }

    /// Counts up whenever [`Session::facts`] changes, so that tables know when to be made anew.
    pub fn facts_version(&self) -> u64 {
        self.counts.version()
    }

    /// Asks for the counts, unless they are at hand or on their way; [`Notice::FactsRead`] follows.
    pub fn read_facts(&mut self) {
        if self.counts.ask(&self.unsaved) {
            self.worker.send(Request::ReadFacts);
        }
    }

    /// Counts that were read. Where what was changed meanwhile cannot be put on top they are read
    /// once more, unless the disk refuses changes: they would be the same again.
    pub(super) fn take_facts(&mut self, facts: Facts) -> Option<Notice> {
        let taken = self.counts.take(facts, &self.register, self.form.as_ref());
        if taken.is_ok() {
            return Some(Notice::FactsRead);
        }
        if !matches!(self.save, SaveState::Failed(_)) {
            self.read_facts();
        }
        None
    }

    /// They could not be read: they can be asked for once more.
    pub(super) fn no_facts(&mut self, why: String) -> Option<Notice> {
        self.counts.forget();
        Some(Notice::Failed(why))
    }
}
