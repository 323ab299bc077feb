//! Copies that another program put beside the open file: looked for when it is opened and whenever
//! somebody comes back to the window, said on its first page, and merged as a return is.

use super::desk::Desk;
use super::jobs::MergeRequest;
use super::settings::Settings;
use super::worker::Event;
use super::{Notice, Session};
use crate::store::CopyBeside;

impl Session {
    /// The copies beside the file that the person has not left lying.
    pub fn copies_beside<'a>(
        &'a self,
        settings: &'a Settings,
    ) -> impl Iterator<Item = &'a CopyBeside> {
        let all = self.beside.iter();
        all.filter(|copy| copy.is_news() && !settings.leaves(copy))
    }

    pub(super) fn take_beside(&mut self, copies: Vec<CopyBeside>) -> Option<Notice> {
        let known = std::mem::replace(&mut self.beside, copies);
        let new = |copy: &&CopyBeside| !known.iter().any(|known| known.mark == copy.mark);
        let copy = self.beside.iter().find(new)?;
        Some(Notice::CopyBeside(copy.clone()))
    }
}

impl Desk {
    /// Says which copies there are, where that is not as it was.
    pub(super) fn look_beside(&mut self, emit: &mut dyn FnMut(Event)) {
        let copies = self.document.store().copies_beside(&self.beside);
        if copies != self.beside {
            self.beside.clone_from(&copies);
            emit(Event::Beside(copies));
        }
    }

    /// A copy of the file has its passphrase; and so may a return.
    pub(super) fn with_own_passphrase(&self, mut request: MergeRequest) -> MergeRequest {
        request.passphrases.extend(self.passphrase.clone());
        request
    }
}
