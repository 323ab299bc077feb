//! The daily copies of the open file: where they are, and one brought back after a comparison.

use std::path::PathBuf;

use chrono::NaiveDate;
use egui::Ui;

use super::SafekeepingScreen;
use crate::session::Session;
use crate::session::settings::Settings;
use crate::store::Comparison;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, hint, notice, primary, quiet, secondary};

impl SafekeepingScreen {
    pub(super) fn copies(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        settings: &Settings,
        acts: &mut Vec<Act>,
    ) {
        widgets::heading(ui, "Copies");
        hint(
            ui,
            "A copy is kept the first time the file is opened each day, with the file's own passphrase. The newest of each of the last 7 days, 8 weeks and 12 months stay.",
        );
        let folder = settings.copies_folder(&session.file().path);
        if !std::mem::replace(&mut self.asked, true) {
            acts.push(Act::ListCopies(folder.clone()));
        }
        self.chosen_folder(ui, settings, acts);
        ui.add_space(space::NEAR);
        if let Some(trouble) = &self.trouble {
            notice(ui, Tone::Poor, icons::ATTENTION, |ui| {
                ui.add(egui::Label::new(trouble).wrap());
            });
        }
        if let Some(comparison) = &self.comparison {
            compared(ui, comparison, acts);
        }
        let copies = self.copies.as_deref().unwrap_or_default();
        match copies.first() {
            None => drop(hint(ui, "There is no copy yet.")),
            Some((_, newest)) => {
                if secondary(ui, icons::FOLDER, "Show copies").clicked() {
                    acts.push(Act::ShowInFolder(newest.clone()));
                }
            }
        }
        for (date, path) in copies {
            row(ui, *date, path, acts);
        }
    }
}

fn row(ui: &mut Ui, date: NaiveDate, path: &PathBuf, acts: &mut Vec<Act>) {
    ui.horizontal(|ui| {
        let date = date.format("%-d %B %Y").to_string();
        ui.label(&date);
        let compare = quiet(ui, "", "Compare…");
        if compare
            .accessible_name(format!("Compare with {date}…"))
            .clicked()
        {
            acts.push(Act::CompareCopy(path.clone()));
        }
    });
}

fn compared(ui: &mut Ui, comparison: &Comparison, acts: &mut Vec<Act>) {
    notice(ui, Tone::Neutral, icons::INFO, |ui| {
        let name = comparison.copy.file_name().unwrap_or_default();
        ui.label(widgets::strong(&name.to_string_lossy()));
        for words in differences(comparison) {
            ui.add(egui::Label::new(words).wrap());
        }
        hint(
            ui,
            "The copy is opened as a document of its own beside this file. This file and the copy stay as they are.",
        );
        if primary(ui, icons::OPEN, "Open it as a document of its own").clicked() {
            acts.push(Act::RestoreCopy(comparison.copy.clone()));
        }
    });
}

/// What each has that the other lacks, in sentences.
fn differences(comparison: &Comparison) -> [String; 2] {
    let changes = |count: usize| match count {
        0 => "no change".to_owned(),
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    if comparison.both == 0 {
        return [
            "The copy and this file have no change in common: it is not a copy of this file."
                .into(),
            format!(
                "This file has {}, the copy {}.",
                changes(comparison.only_here),
                changes(comparison.only_there)
            ),
        ];
    }
    [
        format!(
            "This file has {} that the copy lacks.",
            changes(comparison.only_here)
        ),
        format!(
            "The copy has {} that this file lacks.",
            changes(comparison.only_there)
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_in_words() {
        let words = |both, only_here, only_there| {
            let copy = PathBuf::from("c");
            differences(&Comparison {
                copy,
                both,
                only_here,
                only_there,
            })
            .join(" ")
        };
        assert_eq!(
            words(9, 3, 0),
            "This file has 3 changes that the copy lacks. The copy has no change that this file lacks."
        );
        assert!(words(9, 1, 0).starts_with("This file has 1 change that"));
        assert!(words(0, 3, 4).contains("it is not a copy of this file"));
    }
}
