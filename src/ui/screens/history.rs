//! The history of one record: who, when, before and after.

use egui::Ui;

use crate::domain::id::RecordId;
use crate::session::Session;
use crate::session::history::{Step, Story, story};
use crate::store::Entry;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, Tone, space};
use crate::ui::widgets::{self, badge, caption, card, hint, quiet};

/// The history last asked for.
#[derive(Default)]
pub struct HistoryScreen {
    read: Option<(RecordId, Story)>,
}

impl HistoryScreen {
    /// Takes over a history that was read.
    pub fn take(&mut self, record: RecordId, entries: &[Entry], session: &Session) {
        let story = story(entries, session.register(), session.catalogue());
        self.read = Some((record, story));
    }

    /// Draws the screen.
    pub fn show(&self, ui: &mut Ui, session: &Session, record: RecordId) -> Vec<Act> {
        let mut acts = Vec::new();
        widgets::page(ui, 820.0, |ui| {
            if widgets::back_button(ui, "Back").clicked() {
                acts.push(Act::Back);
            }
            let Some((_, story)) = self.read.as_ref().filter(|(read, _)| *read == record) else {
                widgets::title(ui, "History");
                hint(ui, "Reading…");
                return;
            };
            widgets::title(ui, "History");
            widgets::heading(ui, &story.title);
            hint(ui, "Every change, newest first. None is overwritten.");
            if !session.file().read_only {
                let remove = quiet(ui, icons::REMOVE, "Take a name out…");
                if remove.clicked() {
                    acts.push(Act::Go(Route::Redact));
                }
            }
            ui.add_space(space::NEAR);
            for (at, step) in story.steps.iter().enumerate().rev() {
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
    for mark in &step.marks {
        badge(ui, Tone::Mixed, icons::ATTENTION, mark);
    }
    for change in &step.changes {
        // The text font has no arrow, and an icon is not read out.
        let shown = egui::Label::new(change.replace('→', icons::NEXT)).wrap();
        ui.add(shown)
            .accessible_name(change.replace(" → ", ", now "));
    }
}
