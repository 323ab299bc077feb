//! The history of one record: who, when, before and after.

use egui::Ui;

use crate::domain::id::RecordId;
use crate::session::Session;
use crate::session::history::{Step, steps};
use crate::store::Entry;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Palette, space};
use crate::ui::widgets::{self, caption, card, hint};

/// The history last asked for.
#[derive(Default)]
pub struct HistoryScreen {
    read: Option<(RecordId, Vec<Step>)>,
}

impl HistoryScreen {
    /// Takes over a history that was read.
    pub fn take(&mut self, record: RecordId, entries: &[Entry], session: &Session) {
        self.read = Some((record, steps(entries, session.register())));
    }

    /// Draws the screen.
    pub fn show(&self, ui: &mut Ui, record: RecordId) -> Vec<Act> {
        let mut acts = Vec::new();
        widgets::page(ui, 820.0, |ui| {
            if widgets::back_button(ui, "Back").clicked() {
                acts.push(Act::Back);
            }
            widgets::title(ui, "History");
            let Some((_, steps)) = self.read.as_ref().filter(|(read, _)| *read == record) else {
                hint(ui, "Reading…");
                return;
            };
            hint(
                ui,
                "Every kept change, newest first. Nothing here can be overwritten.",
            );
            ui.add_space(space::NEAR);
            for (at, step) in steps.iter().enumerate().rev() {
                ui.push_id(at, |ui| card(ui, |ui| entry(ui, step)));
                ui.add_space(space::TIGHT);
            }
        });
        acts
    }
}

fn entry(ui: &mut Ui, step: &Step) {
    ui.horizontal(|ui| {
        let colour = Palette::of(ui.ctx()).thread;
        widgets::icon(ui, icons::CLOCK, 15.0, colour);
        ui.label(widgets::strong(&step.when));
        caption(ui, &step.who);
    });
    if let Some(reason) = &step.reason {
        hint(ui, &format!("Reason: {reason}"));
    }
    for change in &step.changes {
        // The text font has no arrow.
        ui.label(change.replace('→', icons::NEXT));
    }
}
