//! One window for each file, where it was left.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use egui::Context;

use super::App;
use crate::ui::window_place;

impl App {
    /// From now on this window comes forward when its file is to be opened again.
    pub(super) fn answer_the_bell(&mut self, ctx: &Context, document: &Path) {
        self.answering = None;
        let read_only = self
            .session
            .as_ref()
            .is_some_and(|session| session.file().read_only);
        let Some(bell) = self.setup.doorbell.as_ref().filter(|_| !read_only) else {
            return;
        };
        let (asked, ctx) = (Arc::clone(&self.asked_for), ctx.clone());
        let rung = move || {
            asked.store(true, Ordering::Relaxed);
            ctx.request_repaint();
        };
        // A window that cannot be asked for is no worse than before.
        self.answering = bell.answer(document, rung).ok();
    }

    /// Asks for the window of this person that has the file; the sentence, if there is one.
    pub(super) fn ring_the_bell(&mut self) -> Option<String> {
        let (bell, document) = (
            self.setup.doorbell.clone()?,
            self.screens.start.locked.clone()?,
        );
        if !bell.is_answered(&document) {
            return None;
        }
        let name = document.file_name()?.to_string_lossy().into_owned();
        let ring = move || {
            let answered = bell.ring(&document);
            tracing::debug!(answered, "the other window was asked for");
        };
        let thread = std::thread::Builder::new().name("goldthread bell".into());
        thread.spawn(ring).ok()?;
        Some(format!(
            "{name} is open in another window of yours, which comes forward now."
        ))
    }

    /// Follows where the window stands, and brings it forward when it is asked for.
    pub(super) fn come_forward(&mut self, ctx: &Context) {
        let zoom = ctx.zoom_factor();
        let before = self.place.take().or_else(|| self.settings.window.clone());
        self.place = ctx.input(|input| window_place::now(input.viewport(), zoom, before.as_ref()));
        if self.asked_for.swap(false, Ordering::Relaxed) {
            window_place::come_forward(ctx);
        }
    }
}
