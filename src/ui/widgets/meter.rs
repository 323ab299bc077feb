//! Counts drawn as lengths, always beside the count itself.

use egui::{CornerRadius, Rect, Sense, Ui, Vec2, pos2};

use crate::ui::theme::{Pair, Palette};

/// A thin bar that is filled as far as `done` of `all`.
pub fn meter(ui: &mut Ui, width: f32, done: usize, all: usize) {
    let palette = Palette::of(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(Vec2::new(width, 6.0), Sense::hover());
    bar(ui, rect, done, all, palette.line, palette.accent);
}

/// The bar at the foot of a heat cell.
pub fn share_bar(ui: &Ui, rect: Rect, pair: Pair, favourable: usize, scored: usize) {
    bar(
        ui,
        rect,
        favourable,
        scored,
        pair.ink.gamma_multiply(0.18),
        pair.ink,
    );
}

fn bar(ui: &Ui, rect: Rect, part: usize, whole: usize, ground: egui::Color32, ink: egui::Color32) {
    let corners = CornerRadius::same(3);
    ui.painter().rect_filled(rect, corners, ground);
    if whole > 0 && part > 0 {
        let width = rect.width() * part as f32 / whole as f32;
        let filled = Rect::from_min_max(rect.min, pos2(rect.min.x + width, rect.max.y));
        ui.painter().rect_filled(filled, corners, ink);
    }
}
