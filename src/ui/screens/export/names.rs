//! Texts of an export that may identify somebody: looked at by a person before it is written.

use egui::Ui;

use super::kind::Kind;
use crate::domain::id::RecordId;
use crate::session::jobs::StillMarked;
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, hint, notice};

/// Which export, of which audit, and whether with the notes.
type Chosen = (Kind, Option<RecordId>, bool);

/// What is still marked, and whether a person said yes to it.
#[derive(Default)]
pub(super) struct NamesToCheck {
    pub(super) marked: Vec<StillMarked>,
    ticked: bool,
    asked_for: Option<Chosen>,
}

impl NamesToCheck {
    /// The export is asked for; says whether a person looked at its names. A yes holds for the
    /// export whose list was shown, and once.
    pub(super) fn ask(&mut self, chosen: Chosen) -> bool {
        let shown = self.asked_for == Some(chosen) && !self.marked.is_empty();
        self.asked_for = Some(chosen);
        self.marked.clear();
        std::mem::take(&mut self.ticked) && shown
    }

    /// Lists them, with the tick that is needed before the export is written.
    pub(super) fn show(&mut self, ui: &mut Ui) {
        if self.marked.is_empty() {
            return;
        }
        notice(ui, Tone::Mixed, icons::ATTENTION, |ui| {
            let heading = match self.marked.len() {
                1 => "Nothing was written: one text may identify somebody".to_owned(),
                count => format!("Nothing was written: {count} texts may identify somebody"),
            };
            ui.label(widgets::strong(&heading));
            for marked in &self.marked {
                let words = format!("{}: {}", marked.place, marked.warning);
                ui.add(egui::Label::new(words).wrap());
            }
            hint(
                ui,
                "Change them where they stand, or say that they identify nobody and write the export again.",
            );
            let words = "I looked at each of these: nobody is identified";
            widgets::keep_in_view(&ui.checkbox(&mut self.ticked, words));
        });
        ui.add_space(space::NEAR);
    }
}
