//! One agency's form for one case as a button in a table: shape, word, colour, and a line below.
//! The name that an assistive program reads carries row and column.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align2, CornerRadius, FontFamily, FontId, Galley, Response, Role, Sense, Stroke, StrokeKind,
    Ui, Vec2, WidgetInfo, pos2,
};

use super::keep_in_view;
use crate::domain::form::FormStatus;
use crate::ui::icons;
use crate::ui::theme::{Palette, Tone, size};

/// A form in a table of cases and agencies.
pub struct FormCell<'a> {
    /// Row, column and everything that can be said.
    pub name: &'a str,
    /// Where the form stands.
    pub status: FormStatus,
    /// Whether a safety stop holds it.
    pub stopped: bool,
    /// Whether it is late.
    pub late: bool,
    /// A second line: the first of these that fits; none when empty.
    pub below: &'a [String],
}

/// The word in a cell, which has no room for many.
pub fn status_word(status: FormStatus) -> &'static str {
    match status {
        FormStatus::NotStarted => "Not started",
        FormStatus::InProgress => "In progress",
        FormStatus::Submitted => "Submitted",
        FormStatus::NotKnown => "Not known",
        FormStatus::Declined => "Declined",
    }
}

impl FormCell<'_> {
    /// Draws it as large as `wanted`.
    pub fn show(self, ui: &mut Ui, wanted: Vec2) -> Response {
        let palette = Palette::of(ui.ctx());
        let (tone, icon, words) = self.look();
        let pair = palette.tone(tone);
        let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, self.name));
        keep_in_view(&response);
        let edge = if response.has_focus() {
            Stroke::new(2.5, palette.focus)
        } else if response.hovered() {
            Stroke::new(1.5, pair.ink)
        } else {
            Stroke::NONE
        };
        let painter = ui.painter_at(rect);
        let corners = CornerRadius::same(6);
        painter.rect(rect, corners, pair.ground, edge, StrokeKind::Inside);
        let font = |points| FontId::new(points, FontFamily::Proportional);
        let two = !self.below.is_empty();
        let first = rect.center().y - if two { 9.0 } else { 0.0 };
        let sign = pos2(rect.min.x + 15.0, first);
        painter.text(sign, Align2::CENTER_CENTER, icon, font(15.0), pair.ink);
        let room = rect.width() - 30.0;
        let laid = |words: &str| {
            let text = LayoutJob::simple_singleline(words.into(), font(size::SMALL), pair.ink);
            let wrap = TextWrapping::truncate_at_width(room);
            painter.layout_job(LayoutJob { wrap, ..text })
        };
        let line = |y: f32, galley: Arc<Galley>| {
            let at = pos2(rect.min.x + 26.0, y - galley.size().y / 2.0);
            painter.galley(at, galley, pair.ink);
        };
        line(first, laid(words));
        let below = self.below.iter().map(|words| laid(words));
        if let Some(below) = below.reduce(|wider, next| if wider.elided { next } else { wider }) {
            line(rect.center().y + 9.0, below);
        }
        response
    }

    fn look(&self) -> (Tone, &'static str, &'static str) {
        let word = status_word(self.status);
        match (self.status, self.stopped) {
            (_, true) => (Tone::Poor, icons::SAFETY, "Safety stop"),
            (FormStatus::NotStarted, _) if self.late => (Tone::Poor, icons::CLOCK, word),
            (FormStatus::NotStarted, _) => (Tone::Neutral, icons::NOT_STARTED, word),
            (FormStatus::InProgress, _) => (Tone::Mixed, icons::BEGUN, word),
            (FormStatus::Submitted, _) => (Tone::Good, icons::DONE, word),
            (FormStatus::NotKnown, _) => (Tone::Neutral, icons::NOT_APPLICABLE, word),
            (FormStatus::Declined, _) => (Tone::Poor, icons::NO, word),
        }
    }
}
