//! A locked file: nothing of it is shown until its passphrase is given.

use egui::{Key, Ui};

use crate::store::Passphrase;
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, TypedLine, TypedSecret, card, hint, notice, primary, secondary};

/// What is typed on the page, and why the last passphrase did not do.
#[derive(Default)]
pub struct UnlockScreen {
    text: TypedSecret,
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
    With(Passphrase),
    /// To leave it closed.
    Close,
    /// To stop the job under way.
    StopJob,
    /// To write once more what the disk refused.
    TryAgain,
}

/// What keeps a locked file from being closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum UnderWay {
    /// It is closed.
    #[default]
    Nothing,
    /// A job, in words.
    Job(String),
    /// The disk refuses the last changes, and why.
    NotSaved(String),
}

impl UnlockScreen {
    /// Draws the page for the file called `file`.
    pub fn show(&mut self, ui: &mut Ui, file: &str, under_way: &UnderWay) -> Unlocking {
        let mut unlocking = Unlocking::Waiting;
        widgets::page(ui, 460.0, |ui| {
            ui.add_space(space::PART);
            widgets::title(ui, &format!("{}  Locked", icons::LOCKED));
            if let Some(asked) = stands(ui, file, under_way) {
                unlocking = asked;
            }
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
                        unlocking = Unlocking::With(self.text.take());
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

/// What of the file is still going on behind the page, and what can be done about it.
fn stands(ui: &mut Ui, file: &str, under_way: &UnderWay) -> Option<Unlocking> {
    match under_way {
        UnderWay::Nothing => {
            let words = format!("{file} is closed. Everything you had typed is kept in it.");
            hint(ui, &words);
            None
        }
        UnderWay::Job(words) => {
            let told = format!("{file} is closed as soon as this is done: {words}.");
            hint(ui, &told);
            secondary(ui, "", "Stop it")
                .clicked()
                .then_some(Unlocking::StopJob)
        }
        UnderWay::NotSaved(why) => {
            let mut asked = None;
            notice(ui, Tone::Poor, icons::ATTENTION, |ui| {
                widgets::paragraph(
                    ui,
                    &format!(
                        "Your last changes are not on disk, and {file} stays open behind this page until they are. {why}"
                    ),
                );
                let again = secondary(ui, "", "Try again").clicked();
                asked = again.then_some(Unlocking::TryAgain);
            });
            asked
        }
    }
}
