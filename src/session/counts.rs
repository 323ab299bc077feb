//! The counts of an open document: read once, then brought in line with every change.

use std::collections::VecDeque;

use super::form::OpenForm;
use super::worker::Ticket;
use crate::analysis::{Facts, ReadAnew};
use crate::domain::register::Register;
use crate::domain::revision::{Change, Edit};

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
    pub(super) fn ask(&mut self, unsaved: &VecDeque<(Ticket, Change)>) -> bool {
        let needed = self.facts.is_none() && self.missed.is_none();
        if needed {
            let edits = unsaved.iter().flat_map(|(_, change)| &change.edits);
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
