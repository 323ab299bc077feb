//! The list of what is missing or wrong, at the top of a page; each line leads to its place.

use egui::Ui;

use super::card::notice;
use super::text::strong;
use super::{hint, link};
use crate::ui::icons;
use crate::ui::theme::Tone;

/// One line of the list.
pub struct ErrorLine<T> {
    /// The words.
    pub words: String,
    /// Where it leads; nowhere when the place is on this very page.
    pub to: Option<T>,
}

/// Draws the list; returns where the person wants to go.
pub fn error_summary<T>(ui: &mut Ui, heading: &str, lines: Vec<ErrorLine<T>>) -> Option<T> {
    let mut chosen = None;
    notice(ui, Tone::Poor, icons::ATTENTION, |ui| {
        ui.label(strong(heading));
        for (at, line) in lines.into_iter().enumerate() {
            ui.push_id(at, |ui| match line.to {
                Some(to) => {
                    if link(ui, &line.words).clicked() {
                        chosen = Some(to);
                    }
                }
                None => {
                    hint(ui, &line.words);
                }
            });
        }
    });
    chosen
}
