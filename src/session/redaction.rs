//! Taking a text out of the open document.

use super::jobs::RedactRequest;
use super::worker::Request;
use super::{Notice, Session};
use crate::domain::redaction::Sought;
use crate::domain::register::Register;
use crate::store::Redacted;

impl Session {
    /// Asks which changes hold a text; [`Notice::TextFound`] follows.
    pub fn find_text(&mut self, sought: Sought) {
        self.worker.send(Request::FindText(sought));
    }

    /// Asks for a text to be taken out; [`Notice::Redacted`] follows.
    pub fn redact(&mut self, request: Box<RedactRequest>) {
        self.worker.send(Request::Redact(request));
    }

    /// What was read before holds the text: undo forgets it, and the open form, the case and the
    /// conflicts are read anew.
    pub(super) fn take_redacted(&mut self, register: Register, redacted: Redacted) -> Notice {
        self.forget_what_was_read(register);
        Notice::Redacted(redacted)
    }
}
