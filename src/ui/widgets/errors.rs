//! What is missing or wrong: a list at the top of a page, each line leading to its place, and a line
//! beside each field.

use egui::{Response, Ui};

use super::card::notice;
use super::text::strong;
use super::{hint, link};
use crate::ui::icons;
use crate::ui::theme::{Palette, Tone, size, space};

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

/// What is wrong on a page of fields, told from the moment somebody tried to go on. The list at the
/// top leads to the fields; each field says its own.
pub struct Wrong<F> {
    told: bool,
    look_up: bool,
    lines: Vec<(F, String)>,
    wanted: Option<F>,
}

impl<F> Default for Wrong<F> {
    fn default() -> Self {
        Self {
            told: false,
            look_up: false,
            lines: Vec::new(),
            wanted: None,
        }
    }
}

impl<F: Clone + PartialEq> Wrong<F> {
    /// From now on it is told; the list, which may be out of sight above the button, comes into view.
    pub fn tell(&mut self) {
        self.told = true;
        self.look_up = true;
    }

    /// Draws the list of what is wrong now, if it is told and there is anything.
    pub fn summary(&mut self, ui: &mut Ui, heading: &str, lines: Vec<(F, String)>) {
        self.lines = if self.told { lines } else { Vec::new() };
        if self.lines.is_empty() {
            return;
        }
        let lines = self.lines.iter().cloned();
        let lines = lines.map(|(field, words)| ErrorLine {
            words,
            to: Some(field),
        });
        let summary = ui.scope(|ui| error_summary(ui, heading, lines.collect()));
        if std::mem::take(&mut self.look_up) {
            summary.response.scroll_to_me(Some(egui::Align::TOP));
        }
        self.wanted = summary.inner;
        ui.add_space(space::NEAR);
    }

    /// What a field has to say and do in this frame.
    pub fn field(&mut self, field: &F) -> Told {
        let own = self.lines.iter().find(|(known, _)| known == field);
        let wanted = self.wanted.as_ref() == Some(field);
        if wanted {
            self.wanted = None;
        }
        Told {
            words: own.map(|(_, words)| words.clone()),
            wanted,
        }
    }
}

/// What one field is told: what is wrong in it, and whether the keyboard is to go there.
#[derive(Default)]
pub struct Told {
    words: Option<String>,
    wanted: bool,
}

impl Told {
    /// Whether anything is wrong.
    pub fn is_wrong(&self) -> bool {
        self.words.is_some()
    }

    /// Says what is wrong, between the label and the field.
    pub fn words(&self, ui: &mut Ui) {
        if let Some(words) = &self.words {
            wrong_here(ui, words);
        }
    }

    /// Leads the keyboard to the field.
    pub fn lead(&self, field: &Response) {
        if self.wanted {
            field.request_focus();
        }
    }
}

/// What is wrong in a field, beside it.
pub fn wrong_here(ui: &mut Ui, words: &str) {
    let ink = Palette::of(ui.ctx()).tone(Tone::Poor).ink;
    let text = egui::RichText::new(words).size(size::SMALL).color(ink);
    ui.add(egui::Label::new(text).wrap());
}
