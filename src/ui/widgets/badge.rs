//! A word with a shape on a tint: never colour alone.

use egui::{
    Align2, Color32, CornerRadius, FontFamily, FontId, Response, Role, Sense, Ui, Vec2, WidgetInfo,
    pos2,
};

use crate::domain::form::FormStatus;
use crate::ui::icons;
use crate::ui::theme::{Palette, Tone, size};

/// How wide a badge with an icon and these words is, in points.
pub fn badge_width(ui: &Ui, words: &str) -> f32 {
    let font = FontId::new(size::SMALL, FontFamily::Proportional);
    let line = ui
        .painter()
        .layout_no_wrap(words.to_owned(), font, Color32::PLACEHOLDER);
    line.size().x + LEAD + TRAIL
}

/// Before the words where an icon stands there, and after them, in points.
const LEAD: f32 = 26.0;
const TRAIL: f32 = 9.0;

/// A badge.
pub fn badge(ui: &mut Ui, tone: Tone, icon: &str, words: &str) -> Response {
    let pair = Palette::of(ui.ctx()).tone(tone);
    let font = FontId::new(size::SMALL, FontFamily::Proportional);
    let galley = ui
        .painter()
        .layout_no_wrap(words.to_owned(), font.clone(), pair.ink);
    let lead = if icon.is_empty() { 8.0 } else { LEAD };
    let wanted = Vec2::new(galley.size().x + lead + TRAIL, galley.size().y + 7.0);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(11), pair.ground);
    let middle = rect.center().y;
    painter.text(
        pos2(rect.min.x + 14.0, middle),
        Align2::CENTER_CENTER,
        icon,
        font,
        pair.ink,
    );
    painter.galley(
        pos2(rect.min.x + lead, middle - galley.size().y / 2.0),
        galley,
        pair.ink,
    );
    response
}

/// The badge of a form's status.
pub fn status_badge(ui: &mut Ui, status: FormStatus) -> Response {
    let (tone, icon) = match status {
        FormStatus::NotStarted => (Tone::Neutral, icons::NOT_STARTED),
        FormStatus::InProgress => (Tone::Mixed, icons::BEGUN),
        FormStatus::Submitted => (Tone::Good, icons::DONE),
        FormStatus::NotKnown => (Tone::Neutral, icons::NOT_APPLICABLE),
        FormStatus::Declined => (Tone::Poor, icons::NO),
    };
    badge(ui, tone, icon, status.label())
}
