//! What must not be overlooked in a case: safety stops and practice concerns.

use egui::Ui;

use super::super::marked::to_finding;
use super::{Page, PanelScreen, Scene};
use crate::analysis::suggestions::Marked;
use crate::domain::answer::{Flag, Note};
use crate::domain::dates::written_date;
use crate::session::PanelForm;
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
            for (form, code, mark) in concerns {
                let agency = scene.agency(&form.agency);
                ui.push_id((form.id, &mark.question), |ui| {
                    ui.horizontal_wrapped(|ui| {
                        if link(ui, &format!("{code}, {agency}")).clicked() {
                            self.page = Page::Questions;
                            self.go_to(mark.question.clone());
                        }
                        paragraph(ui, &mark.words);
                        let place = format!("{}, {agency}, {code}", scene.open.reference);
                        to_finding(ui, scene.session, &mark, &place, acts);
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

/// Each answer marked as a practice concern, with its form and the question's printed code.
fn practice_concerns(scene: Scene<'_>) -> Vec<(&PanelForm, &str, Marked)> {
    let open = scene.open;
    let marked = open.tool.questions.iter().flat_map(|question| {
        let answers = open.answers_to(question).into_iter();
        let concerning = answers.filter(|(_, answer)| answer.practice_concern);
        concerning.map(move |(form, answer)| {
            let mark = Marked {
                audit: open.audit,
                case: open.case,
                agency: form.agency.clone(),
                form: form.id,
                question: question.id.clone(),
                flag: Flag::PracticeConcern,
                words: answer.note(Note::Worries).trim().to_owned(),
            };
            (form, question.code.as_str(), mark)
        })
    });
    marked.collect()
}
