//! Grounds to put things on.

use egui::{CornerRadius, Frame, InnerResponse, Margin, Rect, Stroke, Ui, pos2};

use super::text::icon;
use crate::ui::theme::{Palette, Tone};

fn frame(palette: &Palette) -> Frame {
    Frame::new()
        .fill(palette.card)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(CornerRadius::same(10))
        .inner_margin(Margin::symmetric(18, 14))
}

/// A card as wide as its column.
pub fn card<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let palette = Palette::of(ui.ctx());
    frame(palette).show(ui, |ui| {
        ui.set_width(ui.available_width());
        contents(ui)
    })
}

/// A card with the thread at its left edge when it is the one being worked on.
pub fn marked_card<R>(
    ui: &mut Ui,
    here: bool,
    contents: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let palette = Palette::of(ui.ctx());
    let shown = card(ui, contents);
    if here {
        let rect = shown.response.rect;
        let thread = Rect::from_min_max(rect.min, pos2(rect.min.x + 5.0, rect.max.y));
        let corners = CornerRadius {
            nw: 10,
            sw: 10,
            ne: 0,
            se: 0,
        };
        ui.painter().rect_filled(thread, corners, palette.thread);
    }
    shown
}

/// A tinted line or two that must not be overlooked.
pub fn notice(ui: &mut Ui, tone: Tone, sign: &str, contents: impl FnOnce(&mut Ui)) {
    let pair = Palette::of(ui.ctx()).tone(tone);
    Frame::new()
        .fill(pair.ground)
        .stroke(Stroke::new(1.0, pair.ink))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::symmetric(14, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_top(|ui| {
                icon(ui, sign, 18.0, pair.ink);
                ui.vertical(contents);
            });
        });
}
