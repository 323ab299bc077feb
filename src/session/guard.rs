//! Keeping the open file safe: its passphrase, its daily copies, and a copy brought back.

use std::path::{Path, PathBuf};

use chrono::{Local, NaiveDate};

use super::desk::{Desk, NOT_ON_DISK};
use super::jobs::StillMarked;
use super::worker::{Event, Request};
use super::{Notice, Session};
use crate::store::{self, Comparison, Passphrase, StoreError};

/// Another passphrase for the file, or none.
#[derive(Clone, Debug)]
pub struct NewPassphrase {
    /// The one it has now, typed once more.
    pub present: Option<Passphrase>,
    /// The one it is to have.
    pub new: Option<Passphrase>,
}

/// What the worker is asked to do for the file's safety.
#[derive(Debug)]
pub(super) enum GuardRequest {
    SetPassphrase(NewPassphrase),
    /// Keep the copy of this day in this folder.
    KeepDaily(PathBuf, NaiveDate),
    ListCopies(PathBuf),
    Compare(PathBuf),
    Restore(PathBuf),
}

/// What came of it.
#[derive(Debug)]
pub enum Guarded {
    /// Texts of an export may identify somebody; nothing was written.
    StillMarked(Vec<StillMarked>),
    /// The file has a passphrase now, or none.
    PassphraseSet(bool),
    /// The passphrase stays as it was, and why.
    PassphraseKept(String),
    /// The copy of today could not be kept, and why.
    CopyNotKept(String),
    /// The daily copies there are, newest first.
    Copies(Vec<(NaiveDate, PathBuf)>),
    /// How a copy and the file differ.
    Compared(Comparison),
    /// A copy is a document of its own now.
    Restored(PathBuf),
    /// A copy did not open, or was not brought back, and why.
    NotRestored(String),
}

/// Where daily copies of a file go unless a person chose another folder: beside it.
pub fn usual_copies_folder(file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!("{stem} copies"))
}

impl Session {
    /// Gives the file another passphrase, or none; [`Guarded::PassphraseSet`] or
    /// [`Guarded::PassphraseKept`] follows.
    pub fn set_passphrase(&mut self, new: NewPassphrase) {
        self.guard(GuardRequest::SetPassphrase(new));
    }

    /// Keeps today's copy, unless there is one. Neither a read-only copy nor a return has any.
    pub fn keep_daily(&mut self, folder: PathBuf) {
        if !self.file().read_only && !self.file().is_return {
            let today = self.now().with_timezone(&Local).date_naive();
            self.guard(GuardRequest::KeepDaily(folder, today));
        }
    }

    /// Asks which daily copies there are; [`Guarded::Copies`] follows.
    pub fn list_copies(&mut self, folder: PathBuf) {
        self.guard(GuardRequest::ListCopies(folder));
    }

    /// Compares a copy with the file; [`Guarded::Compared`] or [`Guarded::NotRestored`] follows.
    pub fn compare_copy(&mut self, copy: PathBuf) {
        self.guard(GuardRequest::Compare(copy));
    }

    /// Makes a copy a document of its own; [`Guarded::Restored`] or [`Guarded::NotRestored`]
    /// follows.
    pub fn restore_copy(&mut self, copy: PathBuf) {
        self.guard(GuardRequest::Restore(copy));
    }

    fn guard(&mut self, request: GuardRequest) {
        self.worker.send(Request::Guard(request));
    }

    pub(super) fn take_guarded(&mut self, guarded: Guarded) -> Notice {
        if let Guarded::PassphraseSet(protected) = guarded {
            self.file.protected = protected;
        }
        Notice::Guarded(guarded)
    }
}

impl Desk {
    pub(super) fn guard(&mut self, request: GuardRequest, emit: &mut dyn FnMut(Event)) {
        let told = Event::Guarded;
        match request {
            GuardRequest::SetPassphrase(new) => emit(self.set_passphrase(new)),
            GuardRequest::KeepDaily(folder, today) => {
                if let Err(error) = self.document.store().keep_daily(&folder, today) {
                    emit(told(Guarded::CopyNotKept(error.to_string())));
                }
            }
            GuardRequest::ListCopies(folder) => {
                let mut copies = self.document.store().daily_copies(&folder);
                copies.reverse();
                emit(told(Guarded::Copies(copies)));
            }
            GuardRequest::Compare(copy) => {
                let store = self.document.store();
                let compared = store.compare(&copy, self.passphrase.as_ref());
                emit(told(compared.map_or_else(not_restored, Guarded::Compared)));
            }
            GuardRequest::Restore(copy) => {
                let restored = store::restore(&copy, self.document.store().path());
                emit(told(restored.map_or_else(not_restored, Guarded::Restored)));
            }
        }
    }

    /// The current passphrase is asked for once more: whoever finds the window open cannot lock
    /// its owner out.
    fn set_passphrase(&mut self, change: NewPassphrase) -> Event {
        if self.blocked {
            return Event::Guarded(Guarded::PassphraseKept(NOT_ON_DISK.into()));
        }
        let store = self.document.store();
        if store.is_read_only() {
            let why = StoreError::ReadOnlyCopy(store.path().to_owned());
            return Event::Guarded(Guarded::PassphraseKept(why.to_string()));
        }
        if change.present != self.passphrase {
            let words = "The current passphrase is not right; nothing was changed.";
            return Event::Guarded(Guarded::PassphraseKept(words.into()));
        }
        let (present, new) = (change.present.as_ref(), change.new.as_ref());
        let device = &self.author.device;
        match self.document.set_passphrase(present, new, device) {
            Ok(Ok(())) => {
                self.passphrase = change.new;
                Event::Guarded(Guarded::PassphraseSet(self.passphrase.is_some()))
            }
            Ok(Err(why)) => Event::Guarded(Guarded::PassphraseKept(why.to_string())),
            Err(lost) => {
                self.lost = true;
                self.blocked = true;
                Event::NotOpened(lost.into())
            }
        }
    }
}

fn not_restored(error: StoreError) -> Guarded {
    Guarded::NotRestored(match error {
        StoreError::NeedsPassphrase(copy) | StoreError::WrongPassphrase(copy) => format!(
            "{} has another passphrase, the one of its day. Close this file and open the copy with that one.",
            copy.display()
        ),
        other => other.to_string(),
    })
}
