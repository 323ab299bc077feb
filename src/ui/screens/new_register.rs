//! Setting up a new register: the partnership, its agencies, where the file lies, its passphrase.

use std::collections::BTreeSet;
use std::path::PathBuf;

use egui::Ui;

use crate::domain::catalogue::Catalogue;
use crate::session::command::NewRegister;
use crate::ui::act::{Act, NewFile, PickFor};
use crate::ui::icons;
use crate::ui::theme::space;
use crate::ui::widgets::{
    self, ErrorLine, TypedLine, TypedSecret, card, error_summary, hint, label, new_passphrase,
    primary, secondary, ticked,
};

/// What is typed so far.
#[derive(Default)]
pub struct NewRegisterScreen {
    name: String,
    left_out: BTreeSet<String>,
    /// Where the file is to lie, as typed or picked.
    pub path: String,
    passphrase: [TypedSecret; 2],
    shown: bool,
    unprotected: bool,
    wrong: Vec<String>,
    /// The errors were found in this frame, and are out of sight above the button.
    look_up: bool,
}

impl NewRegisterScreen {
    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, catalogue: &Catalogue) -> Vec<Act> {
        let mut acts = Vec::new();
        widgets::page(ui, 700.0, |ui| {
            if widgets::back_button(ui, "Back").clicked() {
                acts.push(Act::Back);
            }
            widgets::title(ui, "New register");
            hint(ui, "One file holds everything of one partnership.");
            if !self.wrong.is_empty() {
                let lines = self.wrong.iter().map(|words| ErrorLine::<()> {
                    words: words.clone(),
                    to: None,
                });
                let summary = ui.scope(|ui| {
                    error_summary(ui, "Before the register can be made", lines.collect());
                });
                if std::mem::take(&mut self.look_up) {
                    summary.response.scroll_to_me(Some(egui::Align::TOP));
                }
            }
            ui.add_space(space::NEAR);
            card(ui, |ui| {
                TypedLine::new("Name of the partnership")
                    .hint("As it appears on its papers.")
                    .show(ui, &mut self.name);
            });
            ui.add_space(space::NEAR);
            card(ui, |ui| self.agencies(ui, catalogue));
            ui.add_space(space::NEAR);
            card(ui, |ui| self.place(ui, &mut acts));
            ui.add_space(space::NEAR);
            card(ui, |ui| self.protection(ui));
            ui.add_space(space::APART);
            if primary(ui, icons::NEW_FILE, "Make the register").clicked() {
                self.wrong = self.problems();
                self.look_up = true;
                if self.wrong.is_empty() {
                    acts.push(Act::MakeRegister(Box::new(self.made(catalogue))));
                }
            }
            ui.add_space(space::PART);
        });
        acts
    }

    fn agencies(&mut self, ui: &mut Ui, catalogue: &Catalogue) {
        let all = catalogue.agencies.iter();
        let all = all.map(|agency| (agency.code.as_str(), agency.name.as_str()));
        ticked(ui, "Agencies that take part", all, &mut self.left_out);
    }

    fn place(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        TypedLine::new("Where to keep it")
            .hint("A folder only your office can read. The file's name ends in .goldthread.")
            .show(ui, &mut self.path);
        if secondary(ui, icons::FOLDER, "Choose…").clicked() {
            acts.push(Act::Pick(PickFor::NewRegister));
        }
    }

    fn protection(&mut self, ui: &mut Ui) {
        label(ui, "Passphrase");
        if !cfg!(feature = "encryption") {
            hint(
                ui,
                "This build of the program cannot protect files with a passphrase. Keep the file in a protected folder.",
            );
            self.unprotected = true;
            return;
        }
        hint(
            ui,
            "Three words or more that do not belong together are strong and easy to remember. Nobody can open the file without it, not even us: if it is forgotten, the file is lost. Write it down and lock the paper away.",
        );
        ui.add_enabled_ui(!self.unprotected, |ui| {
            let [first, second] = &mut self.passphrase;
            new_passphrase(ui, "Passphrase for the new file", self.shown, first);
            let again = TypedLine::new("The same again");
            let again = if self.shown { again } else { again.secret() };
            again.show(ui, second);
            widgets::keep_in_view(&ui.checkbox(&mut self.shown, "Show what I type"));
        });
        let response = ui.checkbox(
            &mut self.unprotected,
            "No passphrase: the folder is protected another way",
        );
        widgets::keep_in_view(&response);
    }

    fn problems(&self) -> Vec<String> {
        let [first, second] = &self.passphrase;
        let checks = [
            (
                self.name.trim().is_empty(),
                "Give the name of the partnership.",
            ),
            (self.path.trim().is_empty(), "Say where to keep the file."),
            (
                !self.unprotected && first.is_empty(),
                "Give a passphrase, or choose to have none.",
            ),
            (
                !self.unprotected && first.as_str() != second.as_str(),
                "The two passphrases differ.",
            ),
        ];
        checks
            .iter()
            .filter(|(wrong, _)| *wrong)
            .map(|(_, words)| (*words).to_owned())
            .collect()
    }

    /// The words leave the fields; the passphrase is wiped when the file is closed.
    fn made(&mut self, catalogue: &Catalogue) -> NewFile {
        let mut path = PathBuf::from(self.path.trim());
        if path.extension().is_none() {
            path.set_extension("goldthread");
        }
        let [mut first, _] = std::mem::take(&mut self.passphrase);
        let agencies = catalogue
            .agencies
            .iter()
            .filter(|agency| !self.left_out.contains(&agency.code));
        NewFile {
            path,
            passphrase: (!self.unprotected).then_some(first.take()),
            register: NewRegister {
                partnership: self.name.trim().to_owned(),
                agencies: agencies.cloned().collect(),
            },
        }
    }
}
