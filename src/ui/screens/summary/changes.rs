//! What changed at the panel.

use egui::Ui;

use super::Part;
use crate::ui::widgets;

/// Draws the table.
pub(super) fn show(ui: &mut Ui, _part: &mut Part<'_>) {
    widgets::heading(ui, "What changed at the panel");
}
