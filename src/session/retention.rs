//! How long forms are kept: removing them, their certificate, and the copies that still hold them.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use chrono::{Local, NaiveDate, Utc};

use super::desk::{Desk, NOT_ON_DISK};
use super::jobs;
use super::worker::{Event, Request};
use super::{Notice, Session};
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::session::jobs::Kept;
use crate::session::undo::Undo;

/// What the worker is asked to do about the forms of an audit.
#[derive(Debug)]
pub(super) enum RetentionRequest {
    /// Remove them; the title of the audit as it was typed.
    Remove(RecordId, String),
    SaveCertificate(RecordId),
    /// Look which copies still hold them.
    FindCopies(RecordId, PathBuf),
    /// Delete copies, and keep a new one of this day.
    DeleteCopies {
        audit: RecordId,
        copies: Vec<PathBuf>,
        folder: PathBuf,
        today: NaiveDate,
    },
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Retained {
    /// The forms of the audit are removed.
    Removed(RecordId),
    /// They are still there, and why.
    NotRemoved(String),
    /// The certificate is on disk.
    CertificateSaved(PathBuf),
    /// The copies that still hold the forms of the audit.
    CopiesHolding(RecordId, Vec<PathBuf>),
}

impl Session {
    /// The role in which one works here.
    pub fn role(&self) -> String {
        self.author_here().role
    }

    /// How the retention of every audit's forms stands today.
    pub fn kept_forms(&self) -> Vec<Kept> {
        let today = self.now().with_timezone(&Local).date_naive();
        jobs::kept_forms(&self.register, today)
    }

    /// Whether the forms of an audit can be removed today.
    pub fn forms_due(&self, audit: RecordId) -> bool {
        let today = self.now().with_timezone(&Local).date_naive();
        let retention = self.register.retention_of(audit);
        retention.removable("", today).is_ok()
    }

    /// Removes the forms of an audit for good; `typed` is its title as the person typed it.
    /// [`Retained::Removed`] or [`Retained::NotRemoved`] follows.
    pub fn remove_forms(&mut self, audit: RecordId, typed: String) {
        self.retain(RetentionRequest::Remove(audit, typed));
    }

    /// Writes the certificate of a removal beside the file; [`Retained::CertificateSaved`] follows.
    pub fn save_certificate(&mut self, audit: RecordId) {
        self.retain(RetentionRequest::SaveCertificate(audit));
    }

    /// Asks which copies still hold the forms of an audit; [`Retained::CopiesHolding`] follows.
    pub fn find_copies_holding(&mut self, audit: RecordId, folder: PathBuf) {
        self.retain(RetentionRequest::FindCopies(audit, folder));
    }

    /// Deletes these copies of the file and keeps a new one of today; [`Retained::CopiesHolding`]
    /// follows, with what is still there.
    pub fn delete_copies(&mut self, audit: RecordId, copies: Vec<PathBuf>, folder: PathBuf) {
        let today = self.now().with_timezone(&Local).date_naive();
        self.retain(RetentionRequest::DeleteCopies {
            audit,
            copies,
            folder,
            today,
        });
    }

    fn retain(&mut self, request: RetentionRequest) {
        self.worker.send(Request::Retain(request));
    }

    /// What was read before may hold what was removed: it is forgotten, and undo with it.
    pub(super) fn take_removed(&mut self, register: Register, audit: RecordId) -> Notice {
        self.forget_what_was_read(register);
        self.undo = Undo::default();
        self.evidence = None;
        self.read_facts();
        Notice::Retained(Retained::Removed(audit))
    }
}

impl Desk {
    pub(super) fn retain(
        &mut self,
        request: RetentionRequest,
        emit: &mut dyn FnMut(Event),
        cancel: &AtomicBool,
    ) {
        match request {
            RetentionRequest::Remove(audit, typed) => {
                let event = self.remove_forms(audit, &typed, emit, cancel);
                let stopped = !matches!(event, Event::FormsRemoved(..));
                emit(event);
                if stopped {
                    self.read_anew(emit);
                }
            }
            RetentionRequest::SaveCertificate(audit) => {
                let to = jobs::usual_certificate(&self.document, audit);
                let saved = jobs::save_certificate(&self.document, audit, &to);
                emit(match saved {
                    Ok(()) => Event::Retained(Retained::CertificateSaved(to)),
                    Err(error) => Event::Failed(error.to_string()),
                });
            }
            RetentionRequest::FindCopies(audit, folder) => {
                emit(self.copies_holding(audit, &folder));
            }
            RetentionRequest::DeleteCopies {
                audit,
                copies,
                folder,
                today,
            } => {
                let store = self.document.store();
                for (copy, error) in store.delete_copies(&copies, &folder) {
                    let copy = copy.display();
                    emit(Event::Failed(format!("{copy} was not deleted. {error}")));
                }
                if let Err(error) = store.keep_daily(&folder, today) {
                    emit(Event::Failed(format!("No new copy was kept. {error}")));
                }
                emit(self.copies_holding(audit, &folder));
            }
        }
    }

    fn remove_forms(
        &mut self,
        audit: RecordId,
        typed: &str,
        emit: &mut dyn FnMut(Event),
        cancel: &AtomicBool,
    ) -> Event {
        if self.blocked {
            return Event::Retained(Retained::NotRemoved(NOT_ON_DISK.into()));
        }
        let report = &mut |progress| emit(Event::Progress(progress));
        let (document, author) = (&mut self.document, &self.author);
        match jobs::remove_forms(document, audit, typed, author, Utc::now(), report, cancel) {
            Ok(_) => Event::FormsRemoved(Box::new(self.document.register().clone()), audit),
            Err(why) => Event::Retained(Retained::NotRemoved(why.to_string())),
        }
    }

    fn copies_holding(&self, audit: RecordId, folder: &Path) -> Event {
        let passphrase = self.passphrase.as_ref();
        let copies = jobs::older_copies(&self.document, audit, folder, passphrase);
        Event::Retained(Retained::CopiesHolding(audit, copies))
    }
}
