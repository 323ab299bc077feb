//! Setting, changing and removing the passphrase of the open file.

use egui::Ui;

use crate::session::NewPassphrase;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{
    self, Told, TypedLine, TypedSecret, hint, new_passphrase, notice, passphrase_again, primary,
    secondary,
};

/// What is typed, and what came of the last change.
#[derive(Default)]
pub(super) struct PassphraseFields {
    present: TypedSecret,
    new: [TypedSecret; 2],
    shown: bool,
    /// Good news or bad, in words.
    outcome: Option<(Tone, String)>,
}

impl PassphraseFields {
    /// The fields are empty again, with a word on how things stand now.
    pub(super) fn after(protected: bool) -> Self {
        let words = match protected {
            true => "The file has its new passphrase.",
            false => "The file has no passphrase any more: anybody who has it can read it.",
        };
        let words = format!(
            "{words} Copies made before are as they were, with the passphrase of their time or none."
        );
        Self {
            outcome: Some((Tone::Good, words)),
            ..Self::default()
        }
    }

    /// The change was refused.
    pub(super) fn refused(&mut self, why: String) {
        self.outcome = Some((Tone::Poor, why));
    }

    pub(super) fn show(&mut self, ui: &mut Ui, protected: bool, acts: &mut Vec<Act>) {
        widgets::heading(ui, "Passphrase");
        if !cfg!(feature = "encryption") {
            hint(
                ui,
                "This build of the program cannot protect files with a passphrase. Keep the file in a protected folder.",
            );
            return;
        }
        let words = match protected {
            true => "This file is encrypted: it opens with its passphrase only.",
            false => "This file has no passphrase: anybody who has it can read it.",
        };
        widgets::paragraph(ui, words);
        hint(
            ui,
            "Nobody can open the file without its passphrase, not even us. If it is forgotten, the file is lost; write it down and lock the paper away.",
        );
        if let Some((tone, words)) = &self.outcome {
            let sign = match tone {
                Tone::Good => icons::DONE,
                _ => icons::ATTENTION,
            };
            notice(ui, *tone, sign, |ui| {
                ui.add(egui::Label::new(words).wrap());
            });
        }
        self.fields(ui, protected);
        ui.add_space(space::NEAR);
        self.buttons(ui, protected, acts);
    }

    fn fields(&mut self, ui: &mut Ui, protected: bool) {
        if protected {
            let field = TypedLine::new("Current passphrase");
            let field = if self.shown { field } else { field.secret() };
            field.show(ui, &mut self.present);
        }
        let [first, second] = &mut self.new;
        let (shown, told) = (self.shown, Told::default());
        new_passphrase(ui, "New passphrase", shown, told, first);
        let words = "New passphrase, the same again";
        passphrase_again(ui, words, shown, (first, Told::default()), second);
        widgets::keep_in_view(&ui.checkbox(&mut self.shown, "Show what I type"));
    }

    fn buttons(&mut self, ui: &mut Ui, protected: bool, acts: &mut Vec<Act>) {
        ui.horizontal(|ui| {
            let words = match protected {
                true => "Change the passphrase",
                false => "Set the passphrase",
            };
            if primary(ui, icons::LOCKED, words).clicked() {
                let [first, second] = &self.new;
                match (first.is_empty(), first.as_str() == second.as_str()) {
                    (true, _) => self.refused("Give the new passphrase.".into()),
                    (_, false) => self.refused("The two new passphrases differ.".into()),
                    _ => acts.push(self.change(protected, true)),
                }
            }
            if protected && secondary(ui, "", "Remove the passphrase").clicked() {
                acts.push(self.change(protected, false));
            }
        });
    }

    /// The words leave the fields; the passphrases are wiped when the worker is done with them.
    fn change(&mut self, protected: bool, to_new: bool) -> Act {
        let present = self.present.take();
        let [mut first, _] = std::mem::take(&mut self.new);
        let new = first.take();
        self.outcome = None;
        Act::SetPassphrase(Box::new(NewPassphrase {
            present: protected.then_some(present),
            new: to_new.then_some(new),
        }))
    }
}
