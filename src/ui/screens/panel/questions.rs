//! The list of questions: those on which the agencies differ first, or in the tool's order.

use egui::Ui;

use super::agree::AgreeDialog;
use super::head::NARROW;
use super::{Dialog, Order, PanelScreen, Scene};
use crate::domain::tool::Question;
use crate::session::Accord;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::space;
use crate::ui::widgets::{self, caption, secondary};

const KEYS: &str = "Up, Down: question · the key on a button: judge · Enter: reason · Esc: leave the field · Page Up, Page Down: case · Ctrl+1, 2, 3: parts · Ctrl+4: attendance · Ctrl+Up, Down: scroll";

/// A heading and the questions under it.
type Group<'a> = (String, Vec<&'a Question>);

impl PanelScreen {
    pub(super) fn questions_page(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        self.concerns(ui, scene, acts);
        Self::presence(ui, scene, acts);
        self.list_head(ui, scene);
        // In type twice as large the keys are read in the help.
        if ui.available_width() >= NARROW {
            caption(ui, KEYS);
        }
        for (title, questions) in self.groups(scene) {
            ui.add_space(space::NEAR);
            widgets::heading(ui, &title);
            for question in questions {
                ui.push_id(&question.id, |ui| {
                    self.question_card(ui, scene, question, acts);
                });
                ui.add_space(space::TIGHT);
            }
        }
    }

    fn list_head(&mut self, ui: &mut Ui, scene: Scene<'_>) {
        ui.horizontal_wrapped(|ui| {
            for (order, words) in [
                (Order::Differences, "Differences first"),
                (Order::Tool, "All in order"),
            ] {
                let chosen = self.order == order;
                let button = ui.add(egui::Button::selectable(chosen, words));
                widgets::keep_in_view(&button);
                if button.clicked() {
                    self.order = order;
                }
            }
            ui.add_space(space::APART);
            let agreed = scene.open.to_agree(scene.session.register());
            let ready = scene.editable() && !agreed.is_empty();
            let button = ui.add_enabled_ui(ready, |ui| {
                secondary(ui, icons::DONE, "Agree where all who answered agree…")
            });
            if button.inner.clicked() {
                self.dialog = Some(Dialog::Agree(AgreeDialog::default()));
            }
            if agreed.is_empty() {
                caption(ui, "Nothing is left on which all who answered agree.");
            }
        });
    }

    /// The questions as they are listed.
    pub(super) fn groups<'a>(&self, scene: Scene<'a>) -> Vec<Group<'a>> {
        let mut groups = match self.order {
            Order::Differences => by_accord(scene),
            Order::Tool => by_section(scene),
        };
        groups.retain(|(_, questions)| !questions.is_empty());
        groups
    }
}

fn by_accord<'a>(scene: Scene<'a>) -> Vec<Group<'a>> {
    let groups = [
        (Accord::Differ, "The agencies differ"),
        (Accord::Agree, "All who answered agree"),
        (Accord::One, "One agency answered"),
        (Accord::Nobody, "Nobody answered"),
    ];
    let all = &scene.open.tool.questions;
    let counted = |title: &str, questions: Vec<&'a Question>| {
        (format!("{title} ({})", questions.len()), questions)
    };
    let scored = groups.into_iter().map(|(accord, title)| {
        let own = all
            .iter()
            .filter(|question| question.is_scored() && scene.open.accord(question) == accord);
        counted(title, own.collect())
    });
    // Numbers, dates and words nearly always differ: they are not what the panel has to settle.
    let context = all.iter().filter(|question| !question.is_scored());
    let context = counted("For context, not scored", context.collect());
    scored.chain([context]).collect()
}

fn by_section<'a>(scene: Scene<'a>) -> Vec<Group<'a>> {
    let sections = scene.open.tool.sections.iter();
    sections
        .map(|section| {
            let questions = scene.open.tool.questions.iter();
            let own = questions.filter(|question| question.section == section.id);
            (section.title.clone(), own.collect())
        })
        .collect()
}
