//! What must not be overlooked in a case: safety stops and practice concerns.

use egui::Ui;

use super::{Page, PanelScreen, Scene};
use crate::domain::answer::Note;
use crate::domain::dates::written_date;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, link, notice, paragraph};

impl PanelScreen {
    /// Safety stops first, then practice concerns; nothing when there are none.
    pub(super) fn concerns(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        stops(ui, scene, acts);
        let concerns = practice_concerns(scene);
        if concerns.is_empty() {
            return;
        }
        notice(ui, Tone::Poor, icons::CONCERN, |ui| {
            ui.label(widgets::strong("Practice concerns"));
            for (agency, code, question, words) in concerns {
                ui.push_id((&agency, &question), |ui| {
                    ui.horizontal_wrapped(|ui| {
                        if link(ui, &format!("{code}, {agency}")).clicked() {
                            self.page = Page::Questions;
                            self.go_to(question.clone());
                        }
                        paragraph(ui, &words);
                    });
                });
            }
        });
        ui.add_space(space::NEAR);
    }
}

fn stops(ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
    let register = scene.session.register();
    for form in &scene.open.forms {
        let Some(stop) = register.safety_stop(form.id) else {
            continue;
        };
        let agency = scene.agency(&form.agency);
        let opened = written_date(stop.opened.date_naive());
        let (tone, words) = if !stop.opened_in_error.trim().is_empty() {
            let why = stop.opened_in_error.trim();
            let words = format!("Safety stop, {agency}, {opened}: opened in error. {why}");
            (Tone::Neutral, words)
        } else if stop.is_resolved() {
            let words = format!(
                "Safety stop, {agency}, {opened}: {} and {} were told.",
                stop.lead.role.trim(),
                stop.front_door.role.trim()
            );
            (Tone::Mixed, words)
        } else {
            let words = format!(
                "Safety stop, {agency}, {opened}: OPEN. It is not recorded yet who was told that this child may not be safe."
            );
            (Tone::Poor, words)
        };
        ui.push_id(form.id, |ui| {
            notice(ui, tone, icons::SAFETY, |ui| {
                paragraph(ui, &words);
                if link(ui, &format!("Read the form, {agency}")).clicked() {
                    acts.push(Act::Go(Route::Form(form.id)));
                }
            });
            ui.add_space(space::NEAR);
        });
    }
}

/// Agency, printed code, question id and what worries the agency.
fn practice_concerns(scene: Scene<'_>) -> Vec<(String, String, String, String)> {
    let questions = scene.open.tool.questions.iter();
    let marked = questions.flat_map(|question| {
        let answers = scene.open.answers_to(question).into_iter();
        let concerning = answers.filter(|(_, answer)| answer.practice_concern);
        concerning.map(move |(form, answer)| {
            (
                scene.agency(&form.agency).to_owned(),
                question.code.clone(),
                question.id.clone(),
                answer.note(Note::Worries).trim().to_owned(),
            )
        })
    });
    marked.collect()
}
