//! Buttons: verbs, with an icon where it helps.

use egui::{
    Align2, Button, CornerRadius, Direction, FontFamily, FontId, Rect, Response, RichText, Role,
    Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
};

use super::keep_in_view;
use super::text::strong;
use crate::ui::fonts;
use crate::ui::theme::{Pair, Palette, Tone, size, space};

fn named(response: Response, words: &str) -> Response {
    keep_in_view(&response);
    response.accessible_name(words)
}

pub(super) fn face(icon: &str, words: &str) -> String {
    match (icon, words) {
        ("", words) => words.to_owned(),
        (icon, "") => icon.to_owned(),
        (icon, words) => format!("{icon}  {words}"),
    }
}

/// The one thing to do on a page.
pub fn primary(ui: &mut Ui, icon: &str, words: &str) -> Response {
    let palette = Palette::of(ui.ctx());
    let pair = Pair {
        ink: palette.on_accent,
        ground: palette.accent,
    };
    filled(ui, icon, words, pair)
}

/// What takes something away for good.
pub fn dangerous(ui: &mut Ui, icon: &str, words: &str) -> Response {
    let poor = Palette::of(ui.ctx()).tone(Tone::Poor);
    let pair = Pair {
        ink: poor.ground,
        ground: poor.ink,
    };
    filled(ui, icon, words, pair)
}

fn filled(ui: &mut Ui, icon: &str, words: &str, pair: Pair) -> Response {
    let text = strong(&face(icon, words)).color(pair.ink);
    let button = Button::new(text)
        .fill(pair.ground)
        .min_size(Vec2::new(0.0, space::BUTTON));
    named(ui.add(button), words)
}

/// Anything else one can do.
pub fn secondary(ui: &mut Ui, icon: &str, words: &str) -> Response {
    let button = Button::new(face(icon, words)).min_size(Vec2::new(0.0, space::BUTTON));
    named(ui.add(button), words)
}

/// A small button without an edge.
pub fn quiet(ui: &mut Ui, icon: &str, words: &str) -> Response {
    let colour = Palette::of(ui.ctx()).accent;
    let text = RichText::new(face(icon, words)).color(colour);
    named(ui.add(Button::new(text).frame_when_inactive(false)), words)
}

/// Words that lead somewhere.
pub fn link(ui: &mut Ui, words: &str) -> Response {
    let response = ui.link(words);
    keep_in_view(&response);
    response
}

/// The way back.
pub fn back_button(ui: &mut Ui, words: &str) -> Response {
    quiet(ui, crate::ui::icons::BACK, words)
}

/// One line of a list of places: icon, words, a count at the right; the thread marks where one is.
pub fn nav_item(
    ui: &mut Ui,
    here: bool,
    icon: (&str, egui::Color32),
    words: &str,
    count: &str,
) -> Response {
    let palette = Palette::of(ui.ctx());
    let font = FontId::new(
        size::BODY,
        if here {
            fonts::strong()
        } else {
            FontFamily::Proportional
        },
    );
    let count_width = if count.is_empty() { 0.0 } else { 52.0 };
    let text_width = ui.available_width() - 46.0 - count_width;
    let galley = ui
        .painter()
        .layout(words.to_owned(), font, palette.text, text_width);
    let height = (galley.size().y + 14.0).max(36.0);
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::click());
    let spoken = if count.is_empty() {
        words.to_owned()
    } else {
        format!("{words}, {count}")
    };
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), here, &spoken));
    keep_in_view(&response);
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        let ground = if here {
            palette.card
        } else if response.hovered() {
            palette.accent_ground
        } else {
            egui::Color32::TRANSPARENT
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
        let middle = rect.center().y;
        let icon_font = FontId::new(16.0, FontFamily::Proportional);
        painter.text(
            pos2(rect.min.x + 22.0, middle),
            Align2::CENTER_CENTER,
            icon.0,
            icon_font,
            icon.1,
        );
        let text_at = pos2(rect.min.x + 38.0, middle - galley.size().y / 2.0);
        painter.galley(text_at, galley, palette.text);
        let small = FontId::new(size::SMALL, FontFamily::Proportional);
        let count_at = pos2(rect.max.x - 10.0, middle);
        painter.text(
            count_at,
            Align2::RIGHT_CENTER,
            count,
            small,
            palette.soft_text,
        );
    }
    response
}

/// A count that leads to what it counts; plain words where there is nothing to lead to. `name` is
/// what an assistive program says: row, column and count.
pub fn number_link(ui: &mut Ui, words: &str, name: &str, leads: bool) -> bool {
    sized_number(ui, words, name, leads, size::BODY)
}

/// The same in small type.
pub fn small_number(ui: &mut Ui, words: &str, name: &str, leads: bool) -> bool {
    sized_number(ui, words, name, leads, size::SMALL)
}

/// Above and below a count, in points.
const OVER_A_COUNT: f32 = 2.0;
/// How far the edge round a count that is pointed at lies outside of it: its words stand under the
/// text above, and nothing moves.
const ROUND_A_COUNT: f32 = 4.0;
/// Between a count and the next one on a line, on top of the usual.
const AFTER_A_COUNT: f32 = 8.0;

fn sized_number(ui: &mut Ui, words: &str, name: &str, leads: bool, points: f32) -> bool {
    let palette = Palette::of(ui.ctx());
    let padding = Vec2::new(0.0, OVER_A_COUNT);
    let padding = std::mem::replace(&mut ui.spacing_mut().button_padding, padding);
    let before = edge_outside(ui, ROUND_A_COUNT);
    let clicked = if leads {
        let text = strong(words).color(palette.accent).size(points);
        let button = Button::new(text).frame_when_inactive(false);
        named(ui.add(button), name).clicked()
    } else {
        // Drawn like the others, so that counts stand under one another.
        let text = RichText::new(words).color(palette.soft_text).size(points);
        let plain = Button::new(text)
            .fill(egui::Color32::TRANSPARENT)
            .stroke(Stroke::NONE)
            .sense(Sense::hover());
        let response = ui.add(plain);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
        false
    };
    edge_outside(ui, before);
    ui.spacing_mut().button_padding = padding;
    let to_the_right = ui.layout().main_dir() == Direction::LeftToRight;
    // At the end of a line it would widen what the line stands in.
    if to_the_right && ui.available_size_before_wrap().x > AFTER_A_COUNT {
        ui.add_space(AFTER_A_COUNT);
    }
    clicked
}

/// Lets the edge of what comes next lie so far outside of it; returns how far it lay before.
fn edge_outside(ui: &mut Ui, points: f32) -> f32 {
    let widgets = &mut ui.visuals_mut().widgets;
    let before = widgets.inactive.expansion;
    for state in [
        &mut widgets.inactive,
        &mut widgets.hovered,
        &mut widgets.active,
    ] {
        state.expansion = points;
    }
    before
}
