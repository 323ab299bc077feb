//! Another program did something to the open file: noticed, said in the status line, and brought
//! together when the person says to try again.

use super::desk::Desk;
use super::worker::{Event, Request};
use super::{Notice, SaveState, Session};
use crate::domain::register::Register;
use crate::store::Rejoined;

impl Session {
    /// Looks whether another program did something to the file meanwhile, as when the window comes to
    /// the front again; the save state says so. [`Notice::CopyBeside`] follows where one put a copy
    /// beside it.
    pub fn look_underneath(&mut self) {
        self.worker.send(Request::LookUnderneath);
    }

    pub(super) fn take_rejoined(&mut self, register: Register, rejoined: &Rejoined) -> Notice {
        self.replace_register(register);
        self.read_again();
        if let Some(form) = self.form.as_ref().map(|open| open.form) {
            self.worker.send(Request::ReadForm(form));
        }
        if self.unsaved.is_empty() {
            self.save = SaveState::Saved(self.now());
        }
        Notice::Rejoined(rejoined.to_string())
    }

    /// The register changed behind the window: what is typed and not on disk yet stands on top.
    pub(super) fn replace_register(&mut self, register: Register) {
        self.register = register;
        for (_, change) in &self.unsaved {
            for edit in &change.edits {
                self.register.apply(edit);
            }
        }
        self.undo.forget();
        self.revision += 1;
        if self.counts.forget() {
            self.read_facts();
        }
    }

    /// Conflicts, and the answers of the case that is open for the panel, changed behind the window
    /// too.
    pub(super) fn read_again(&mut self) {
        self.worker.send(Request::ReadConflicts);
        if let Some(case) = self.case.as_ref().map(|open| open.case) {
            self.worker.send(Request::ReadCase(case));
        }
    }
}

impl Desk {
    /// Goes on after a failure: with the file as it is, or brought together with another state of it.
    pub(super) fn try_again(&mut self, emit: &mut dyn FnMut(Event)) {
        if self.lost {
            return;
        }
        let (passphrase, device) = (self.passphrase.as_ref(), &self.author.device);
        match self.document.rejoin(passphrase, device) {
            Ok(None) => self.blocked = false,
            Ok(Some(rejoined)) => {
                self.blocked = false;
                emit(Event::Rejoined(
                    Box::new(self.document.register().clone()),
                    rejoined,
                ));
            }
            Err(error) => {
                self.blocked = true;
                emit(Event::NotSaved(error.to_string()));
            }
        }
    }

    pub(super) fn look_underneath(&mut self, emit: &mut dyn FnMut(Event)) {
        if self.blocked || self.document.store().is_read_only() {
            return;
        }
        if let Err(error) = self.document.store().still_there() {
            self.blocked = true;
            emit(Event::NotSaved(error.to_string()));
        }
    }
}
