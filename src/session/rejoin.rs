//! Another program did something to the open file: noticed, said in the status line, and brought
//! together when the person says to try again.

use super::desk::Desk;
use super::worker::{Event, Request};
use super::{Notice, SaveState, Session};
use crate::domain::register::Register;
use crate::session::undo::Undo;
use crate::store::{Rejoined, Underneath};

impl Session {
    /// Looks whether another program did something to the file meanwhile, as when the window comes to
    /// the front again; the save state says so. [`Notice::CopyBeside`] follows where one put a copy
    /// beside it.
    pub fn look_underneath(&mut self) {
        self.worker.send(Request::LookUnderneath);
    }

    pub(super) fn take_rejoined(&mut self, register: Register, rejoined: &Rejoined) -> Notice {
        self.replace_register(register);
        if rejoined.what != Underneath::Removed {
            // What the other state brought arrived under the numbers that a merge's steps go by.
            self.undo = Undo::default();
        }
        self.read_again();
        if self.unsaved.is_empty() {
            self.save = SaveState::Saved(self.now());
        }
        Notice::Rejoined(rejoined.to_string())
    }

    /// The register changed behind the window: what is typed and not on disk yet stands on top.
    pub(super) fn replace_register(&mut self, register: Register) {
        self.register = register;
        for edit in self.unsaved.iter().flat_map(|own| &own.change.edits) {
            self.register.apply(edit);
        }
        self.undo.forget();
        self.revision += 1;
        if self.counts.forget() {
            self.read_facts();
        }
    }

    /// A change stands beside one that came in while it waited; nothing shown is quite what stands.
    pub(super) fn take_beside_another(&mut self, register: Register) -> Notice {
        self.replace_register(register);
        self.read_again();
        Notice::Rejoined(
            "What you just changed was changed by somebody else as well, which came in before yours was saved. Both versions are kept, to be settled under the audit’s returns.".into(),
        )
    }

    /// The file is otherwise than what was read of it: that is read anew when it is next shown.
    pub(super) fn forget_what_was_read(&mut self, register: Register) {
        self.replace_register(register);
        self.form = None;
        self.case = None;
        self.conflicts.clear();
        self.worker.send(Request::ReadConflicts);
    }

    /// Conflicts, and the answers of the form that is open, or of the case that is open for the panel,
    /// changed behind the window too.
    pub(super) fn read_again(&mut self) {
        self.worker.send(Request::ReadConflicts);
        if let Some(form) = self.form.as_ref().map(|open| open.form) {
            self.worker.send(Request::ReadForm(form));
        }
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
                self.taken_back.clear();
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
