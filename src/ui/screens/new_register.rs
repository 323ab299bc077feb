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
    self, TypedLine, TypedSecret, Wrong, card, hint, label, new_passphrase, passphrase_again,
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
    wrong: Wrong<Needed>,
}

/// What must be there before a register can be made.
#[derive(Clone, Copy, PartialEq)]
enum Needed {
    Name,
    Path,
    Passphrase,
    Again,
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
            ui.add_space(space::NEAR);
            let problems = self.problems();
            self.wrong
                .summary(ui, "Before the register can be made", problems);
            card(ui, |ui| {
                TypedLine::new("Name of the partnership")
                    .hint("As it appears on its papers.")
                    .told(self.wrong.field(&Needed::Name))
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
                if self.problems().is_empty() {
                    acts.push(Act::MakeRegister(Box::new(self.made(catalogue))));
                } else {
                    self.wrong.tell();
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
            .told(self.wrong.field(&Needed::Path))
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
            let told = self.wrong.field(&Needed::Passphrase);
            new_passphrase(ui, "Passphrase for the new file", self.shown, told, first);
            let told = self.wrong.field(&Needed::Again);
            passphrase_again(ui, "The same again", self.shown, (first, told), second);
            widgets::keep_in_view(&ui.checkbox(&mut self.shown, "Show what I type"));
        });
        let response = ui.checkbox(
            &mut self.unprotected,
            "No passphrase: the folder is protected another way",
        );
        widgets::keep_in_view(&response);
    }

    fn problems(&self) -> Vec<(Needed, String)> {
        let [first, second] = &self.passphrase;
        let checks = [
            (
                Needed::Name,
                self.name.trim().is_empty(),
                "Give the name of the partnership.",
            ),
            (
                Needed::Path,
                self.path.trim().is_empty(),
                "Say where to keep the file.",
            ),
            (
                Needed::Passphrase,
                !self.unprotected && first.is_empty(),
                "Give a passphrase, or choose to have none.",
            ),
            (
                Needed::Again,
                !self.unprotected && first.as_str() != second.as_str(),
                "The two passphrases differ.",
            ),
        ];
        checks
            .into_iter()
            .filter(|(_, wrong, _)| *wrong)
            .map(|(field, _, words)| (field, words.to_owned()))
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
