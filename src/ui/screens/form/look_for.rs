//! What good evidence looks like for the question worked on, and what other rules say.

use egui::{ScrollArea, Ui};

use super::{FormScreen, Scene, dates_page};
use crate::domain::tool::{EVERY_AGENCY, Question};
use crate::ui::icons;
use crate::ui::theme::{Palette, size, space};
use crate::ui::widgets::{self, caption, hint};

/// Above the look-for lines: without it their ticks look like things that are ticked already.
pub(super) const HEADING: &str = "What good evidence looks like";

impl FormScreen {
    pub(super) fn look_for(&mut self, ui: &mut Ui, scene: Scene<'_>) {
        let current = self
            .current
            .as_deref()
            .and_then(|id| scene.open.tool.question(id));
        let Some(question) = current else {
            hint(
                ui,
                "Choose a question to see what good evidence looks like.",
            );
            return;
        };
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                widgets::label(ui, HEADING);
                caption(ui, &format!("for {}", question.code));
                ui.add_space(space::TIGHT);
                lines(ui, question);
                self.rules(ui, scene, question);
            });
    }

    fn rules(&self, ui: &mut Ui, scene: Scene<'_>, question: &Question) {
        let catalogue = scene.session.catalogue();
        if let Some(scale) = scene.open.tool.scale_of(question) {
            part(ui, "What the answers mean");
            for value in &scale.values {
                ui.label(widgets::strong(&value.label).size(size::SMALL));
                caption(ui, &value.means);
            }
        }
        let readings = dates_page::readings(scene, &question.timescales);
        if !readings.is_empty() {
            part(ui, "Timescales from your key dates");
            for read in readings {
                let title = format!("{}: {}", read.rule.title, read.outcome.label());
                ui.label(widgets::strong(&title).size(size::SMALL));
                for sentence in &read.sentences {
                    caption(ui, sentence);
                }
            }
        }
        if let Some(theme) = catalogue.theme(&question.theme) {
            part(ui, "Theme");
            caption(ui, &format!("{}. {}", theme.name, theme.about));
        }
        part(ui, "Also asked of");
        caption(ui, &also_asked(scene, question));
        if !question.source.is_empty() {
            part(ui, "Where it comes from");
            caption(ui, &question.source);
        }
    }
}

fn part(ui: &mut Ui, heading: &str) {
    ui.add_space(space::APART);
    caption(ui, heading);
    ui.separator();
}

fn also_asked(scene: Scene<'_>, question: &Question) -> String {
    if question.agencies.iter().any(|code| code == EVERY_AGENCY) {
        return "Every agency".into();
    }
    let others = question
        .agencies
        .iter()
        .filter(|code| **code != scene.open.agency);
    let names: Vec<_> = others
        .map(|code| scene.session.register().agency_short(code))
        .collect();
    if names.is_empty() {
        "Nobody else".into()
    } else {
        names.join(", ")
    }
}

/// The look-for lines of a question.
pub(super) fn lines(ui: &mut Ui, question: &Question) {
    let colour = Palette::of(ui.ctx()).thread;
    for (at, line) in question.look_for.iter().enumerate() {
        ui.push_id(at, |ui| {
            ui.horizontal_top(|ui| {
                widgets::icon(ui, icons::TICK, 14.0, colour);
                ui.add(egui::Label::new(line).wrap());
            });
        });
    }
}
