//! One thing that a search found: what it is, and the words with what stands around them.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontFamily, FontId, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2};
use egui::{CornerRadius, Rect, WidgetInfo, pos2};

use super::keep_in_view;
use crate::domain::search::Excerpt;
use crate::ui::fonts;
use crate::ui::theme::{Palette, size};

/// Space around the words, in points.
const PADDING: Vec2 = Vec2::new(14.0, 7.0);

/// Draws the line; `here` marks the one that Enter leads to.
pub fn found_line(ui: &mut Ui, here: bool, title: &str, excerpt: &Excerpt) -> Response {
    let palette = Palette::of(ui.ctx());
    let width = ui.available_width();
    let title_font = FontId::new(size::BODY, fonts::strong());
    let room = width - 2.0 * PADDING.x;
    let title_words = ui
        .painter()
        .layout(title.to_owned(), title_font, palette.accent, room);
    let words = ui.painter().layout_job(marked(excerpt, palette, room));
    let height = title_words.size().y + words.size().y + 2.0 * PADDING.y;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, height), Sense::click());
    let spoken = format!("{title}: {}", excerpt.text);
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), here, &spoken));
    keep_in_view(&response);
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        let ground = if here || response.hovered() {
            palette.accent_ground
        } else {
            Color32::TRANSPARENT
        };
        painter.rect_filled(rect, CornerRadius::same(6), ground);
        if here {
            let thread = Rect::from_min_max(rect.min, pos2(rect.min.x + 4.0, rect.max.y));
            painter.rect_filled(thread, CornerRadius::same(2), palette.thread);
        }
        if response.has_focus() {
            let ring = Stroke::new(2.0, palette.focus);
            painter.rect_stroke(rect, CornerRadius::same(6), ring, StrokeKind::Inside);
        }
        let at = rect.min + PADDING;
        let below = pos2(at.x, at.y + title_words.size().y);
        painter.galley(at, title_words, palette.accent);
        painter.galley(below, words, palette.text);
    }
    response
}

/// The excerpt with the words that were looked for in the heavier weight and underlined.
fn marked(excerpt: &Excerpt, palette: &Palette, width: f32) -> LayoutJob {
    let format = |marked: bool| TextFormat {
        font_id: FontId::new(
            size::BODY,
            if marked {
                fonts::strong()
            } else {
                FontFamily::Proportional
            },
        ),
        color: palette.text,
        underline: Stroke::new(if marked { 1.0 } else { 0.0 }, palette.thread),
        ..TextFormat::default()
    };
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let mut at = 0;
    for mark in &excerpt.marks {
        job.append(&excerpt.text[at..mark.start], 0.0, format(false));
        job.append(&excerpt.text[mark.clone()], 0.0, format(true));
        at = mark.end;
    }
    job.append(&excerpt.text[at..], 0.0, format(false));
    job
}
