//! A locked file: nothing of it is shown until its passphrase is given.

use egui::{Key, Ui};

use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, TypedLine, card, hint, notice, primary, secondary};

/// What is typed on the page, and why the last passphrase did not do.
#[derive(Default)]
pub struct UnlockScreen {
    text: String,
    shown: bool,
    /// Why the file is still locked.
    pub trouble: Option<String>,
}

/// What the person wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unlocking {
    /// Nothing yet.
    Waiting,
    /// To open it with this passphrase.
    With(String),
    /// To leave it closed.
    Close,
}

impl UnlockScreen {
    /// Draws the page for the file called `file`.
    pub fn show(&mut self, ui: &mut Ui, file: &str) -> Unlocking {
        let mut unlocking = Unlocking::Waiting;
        widgets::page(ui, 460.0, |ui| {
            ui.add_space(space::PART);
            widgets::title(ui, &format!("{}  Locked", icons::LOCKED));
            hint(
                ui,
                &format!("{file} is closed. Everything you had typed is kept in it."),
            );
            ui.add_space(space::NEAR);
            if let Some(trouble) = &self.trouble {
                notice(ui, Tone::Poor, icons::ATTENTION, |ui| {
                    widgets::paragraph(ui, trouble);
                });
                ui.add_space(space::NEAR);
            }
            card(ui, |ui| {
                let field = TypedLine::new("Passphrase").secret();
                let response = field.show(ui, &mut self.text);
                if !std::mem::replace(&mut self.shown, true) {
                    response.request_focus();
                }
                let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
                ui.add_space(space::NEAR);
                ui.horizontal(|ui| {
                    let clicked = primary(ui, "", "Unlock").clicked();
                    if (clicked || entered) && !self.text.is_empty() {
                        widgets::forget_typed(ui.ctx(), response.id);
                        unlocking = Unlocking::With(std::mem::take(&mut self.text));
                        self.shown = false;
                    }
                    if secondary(ui, "", "Leave it closed").clicked() {
                        unlocking = Unlocking::Close;
                    }
                });
            });
        });
        unlocking
    }
}
