//! Keeping the open file safe: its passphrase, when it locks, its daily copies.

mod copies;
mod passphrase;

use std::path::PathBuf;

use chrono::NaiveDate;
use egui::Ui;

use self::passphrase::PassphraseFields;
use crate::session::Session;
use crate::session::settings::Settings;
use crate::store::Comparison;
use crate::ui::act::Act;
use crate::ui::theme::space;
use crate::ui::widgets::{self, TypedLine, caption, card, hint, label};

/// What is typed, and what the worker answered.
#[derive(Default)]
pub struct SafekeepingScreen {
    passphrase: PassphraseFields,
    /// The daily copies there are, newest first; nothing before they are listed.
    pub copies: Option<Vec<(NaiveDate, PathBuf)>>,
    asked: bool,
    comparison: Option<Comparison>,
    trouble: Option<String>,
    minutes: Option<String>,
    folder: Option<String>,
}

impl SafekeepingScreen {
    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, settings: &Settings) -> Vec<Act> {
        let mut acts = Vec::new();
        let file = session.file();
        widgets::page(ui, 720.0, |ui| {
            if widgets::back_button(ui, "Back").clicked() {
                acts.push(Act::Back);
            }
            widgets::title(ui, "Keep this file safe");
            let name = file.path.file_name().unwrap_or_default().to_string_lossy();
            hint(ui, &name);
            if let Some(place) = file.place {
                ui.add_space(space::NEAR);
                card(ui, |ui| {
                    widgets::heading(ui, "Where it lies");
                    hint(ui, &place.to_string());
                });
            }
            ui.add_space(space::NEAR);
            if !file.read_only {
                card(ui, |ui| self.passphrase.show(ui, file.protected, &mut acts));
                ui.add_space(space::NEAR);
            }
            card(ui, |ui| self.lock(ui, file.protected, settings, &mut acts));
            ui.add_space(space::NEAR);
            if !file.read_only && !file.is_return {
                card(ui, |ui| self.copies(ui, session, settings, &mut acts));
            }
            ui.add_space(space::PART);
        });
        acts
    }

    /// The file has another passphrase, or none.
    pub fn passphrase_set(&mut self, protected: bool) {
        self.passphrase = PassphraseFields::after(protected);
    }

    /// The passphrase stays as it was.
    pub fn passphrase_kept(&mut self, why: String) {
        self.passphrase.refused(why);
    }

    /// How a copy and the file differ.
    pub fn compared(&mut self, comparison: Comparison) {
        self.comparison = Some(comparison);
        self.trouble = None;
    }

    /// A copy does not open, or was not brought back.
    pub fn not_restored(&mut self, why: String) {
        self.comparison = None;
        self.trouble = Some(why);
    }

    fn lock(&mut self, ui: &mut Ui, protected: bool, settings: &Settings, acts: &mut Vec<Act>) {
        widgets::heading(ui, "Lock");
        let words = if protected {
            "Ctrl+L locks the file at once: the window shows nothing of it, and it opens again with its passphrase only."
        } else {
            "A file without a passphrase cannot be locked."
        };
        hint(ui, words);
        let minutes = self
            .minutes
            .get_or_insert_with(|| settings.lock_after.to_string());
        label(
            ui,
            "Minutes without a key or the mouse until it locks by itself",
        );
        caption(
            ui,
            "0 for never. For every file with a passphrase that you open on this computer.",
        );
        let edit = egui::TextEdit::singleline(minutes)
            .desired_width(56.0)
            .char_limit(3)
            .margin(egui::Margin::symmetric(8, 6));
        let response = ui.add(edit);
        widgets::keep_in_view(&response);
        let given = minutes.trim().parse().ok();
        if let Some(lock_after) = given.filter(|given| *given != settings.lock_after) {
            acts.push(keep(Settings {
                lock_after,
                ..settings.clone()
            }));
        }
        response.accessible_name("Minutes until the file locks by itself");
    }

    fn chosen_folder(&mut self, ui: &mut Ui, settings: &Settings, acts: &mut Vec<Act>) {
        let kept = settings.copies.as_ref();
        let kept = kept.map_or_else(String::new, |folder| folder.display().to_string());
        let folder = self.folder.get_or_insert_with(|| kept.clone());
        let response = TypedLine::new("Folder for the copies")
            .hint("Leave it empty to keep them in a folder beside each file. Best on another disk.")
            .show(ui, folder);
        if response.lost_focus() && folder.trim() != kept {
            let copies = Some(folder.trim()).filter(|path| !path.is_empty());
            acts.push(keep(Settings {
                copies: copies.map(PathBuf::from),
                ..settings.clone()
            }));
            self.asked = false;
        }
    }
}

fn keep(settings: Settings) -> Act {
    Act::Keep(Box::new(settings))
}
