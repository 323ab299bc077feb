//! The answers behind a number: what it stands for, and the side that shows them.

mod gathered;
mod number;

use egui::{Panel, ScrollArea, Ui};

use crate::analysis::Basis;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::Palette;
use crate::ui::widgets::{self, caption, hint, quiet};

use gathered::Gathered;
pub use gathered::given_words;
pub use number::{Number, Only, Place, What};

/// What the page keeps beside the side where there is not room for both, in points: enough for a
/// table of five audits.
const PAGE: f32 = 600.0;

/// How wide the side is of so much room, in points. It gives way to the page before the page does.
fn side_width(room: f32) -> f32 {
    (room * 0.36).min(room - PAGE).clamp(250.0, 420.0)
}

/// The side beside a page with numbers: what is chosen on it and what stands behind that.
#[derive(Default)]
pub struct BehindSide {
    chosen: Option<(RecordId, Number)>,
    gathered: Option<Gathered>,
}

impl BehindSide {
    /// Looks behind a number; once more closes it.
    pub fn choose(&mut self, audit: RecordId, number: Number) {
        let chosen = Some((audit, number));
        self.chosen = if self.chosen == chosen { None } else { chosen };
        self.gathered = None;
    }

    /// Looks behind nothing.
    pub fn close(&mut self) {
        *self = Self::default();
    }

    /// Gathers anew: the facts or the view have changed.
    pub fn stale(&mut self) {
        self.gathered = None;
    }

    /// The number that is looked behind.
    pub fn chosen(&self) -> Option<&(RecordId, Number)> {
        self.chosen.as_ref()
    }

    /// Draws it at the right, if a number is chosen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, basis: Basis, acts: &mut Vec<Act>) {
        let Some((audit, number)) = &self.chosen else {
            return;
        };
        if self.gathered.is_none() {
            self.gathered = Gathered::of(session, *audit, basis, number);
        }
        let palette = Palette::of(ui.ctx());
        let frame = egui::Frame::new()
            .fill(palette.side)
            .inner_margin(egui::Margin::symmetric(14, 12));
        let width = side_width(ui.available_width());
        let panel = Panel::right("behind").exact_size(width).resizable(false);
        let gathered = &mut self.gathered;
        let shown = panel.frame(frame).show(ui, |ui| {
            let close = quiet(ui, icons::REMOVE, "Close").clicked();
            ui.push_id("behind", |ui| widgets::heading(ui, &number.title));
            if !number.about.is_empty() {
                caption(ui, &number.about);
            }
            let scroll = ScrollArea::vertical().auto_shrink([false, false]);
            scroll.show(ui, |ui| match gathered {
                Some(gathered) => gathered.show(ui, session, acts),
                None => drop(hint(ui, "Counting…")),
            });
            close
        });
        if shown.inner {
            self.close();
        }
    }
}
