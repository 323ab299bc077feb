//! One question: every agency's answer side by side, then the panel's judgement.

use egui::Ui;

use super::answers::{self, Look};
use super::{PanelScreen, Scene};
use crate::domain::answer::Answer;
use crate::domain::form::FormStatus;
use crate::domain::tool::Question;
use crate::session::{Accord, PanelForm};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Tone, size, space};
use crate::ui::widgets::{self, badge, caption, hint, marked_card};

impl PanelScreen {
    pub(super) fn question_card(
        &mut self,
        ui: &mut Ui,
        scene: Scene<'_>,
        question: &Question,
        acts: &mut Vec<Act>,
    ) {
        let here = self.current.as_deref() == Some(&question.id);
        let shown = marked_card(ui, here, |ui| {
            question_head(ui, scene, question);
            if here {
                side_by_side(ui, scene, question);
                self.judgement(ui, scene, question, acts);
            } else {
                self.brief(ui, scene, question);
            }
        });
        let rect = shown.response.rect;
        // Only once it is open: a question just chosen is drawn open in the next frame.
        if here && self.scroll_to.as_deref() == Some(&question.id) {
            ui.scroll_to_rect(rect.expand(12.0), Some(egui::Align::TOP));
            self.scroll_to = None;
        }
        if !here && self.dialog.is_none() && was_pressed(ui, rect) {
            self.go_to(question.id.clone());
        }
    }

    /// A question that is not worked on: its answers and judgement in a line.
    fn brief(&mut self, ui: &mut Ui, scene: Scene<'_>, question: &Question) {
        let tool = &scene.open.tool;
        ui.horizontal_wrapped(|ui| {
            for (form, answer) in scene.open.answers_to(question) {
                if let Some(given) = &answer.given {
                    let look = Look::given(tool, question, given);
                    look.brief(ui, scene.agency(&form.agency));
                }
            }
        });
        ui.horizontal_wrapped(|ui| {
            let read = widgets::quiet(ui, icons::NEXT, "Read and judge");
            let read = read.accessible_name(format!("Read and judge, {}", question.code));
            if read.clicked() {
                self.go_to(question.id.clone());
            }
            if let Some(judgement) = scene.judgement(Some(&question.id)) {
                ui.label(widgets::strong("Panel"));
                let look = Look::value(tool, question, &judgement.value);
                look.full(ui);
                hint(ui, &judgement.reason);
            }
        });
    }
}

fn question_head(ui: &mut Ui, scene: Scene<'_>, question: &Question) {
    ui.horizontal_wrapped(|ui| {
        caption(ui, &question.code);
        if let Some(theme) = scene.session.catalogue().theme(&question.theme) {
            caption(ui, &format!("· {}", theme.short));
        }
        if question.safety.is_some() {
            badge(ui, Tone::Poor, icons::SAFETY, "Safety-critical");
        }
        match scene.open.accord(question) {
            Accord::Differ => badge(ui, Tone::Mixed, icons::ATTENTION, "Agencies differ"),
            Accord::Agree => badge(ui, Tone::Neutral, icons::TICK, "All agree"),
            Accord::One => badge(ui, Tone::Neutral, icons::INFO, "One answer"),
            Accord::Nobody => badge(ui, Tone::Neutral, icons::NOT_STARTED, "No answer"),
        };
        if !question.is_scored() {
            badge(ui, Tone::Neutral, icons::INFO, "For context, not scored");
        }
    });
    ui.label(widgets::strong(&question.text).size(size::QUESTION));
}

/// Every answer in a line, then what the agencies wrote, each in a column of its own.
fn side_by_side(ui: &mut Ui, scene: Scene<'_>, question: &Question) {
    let tool = &scene.open.tool;
    let looks = scene.open.answers_to(question).into_iter();
    let said: Vec<(&PanelForm, &Answer, Look)> = looks
        .filter_map(|(form, answer)| {
            let given = answer.given.as_ref()?;
            Some((form, answer, Look::given(tool, question, given)))
        })
        .collect();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        for (form, _, look) in said.iter().filter(|(_, _, look)| look.is_short()) {
            look.brief(ui, scene.agency(&form.agency));
        }
    });
    let written: Vec<_> = said
        .iter()
        .filter(|(_, answer, look)| answers::says_more(answer) || !look.is_short())
        .collect();
    answers::cells(ui, written.len(), |ui, at| {
        let (form, answer, look) = written[at];
        ui.label(widgets::strong(scene.agency(&form.agency)));
        if !look.is_short() {
            look.full(ui);
        }
        answers::notes(ui, answer);
    });
    let silent = silent(scene, question);
    if !silent.is_empty() {
        caption(ui, &format!("Nothing from: {}", silent.join(", ")));
    }
}

/// The agencies that were to answer and have not, and why.
fn silent(scene: Scene<'_>, question: &Question) -> Vec<String> {
    let said = scene.open.answers_to(question);
    let forms = scene.open.forms.iter();
    let quiet = forms
        .filter(|form| question.is_for(&form.agency))
        .filter(|form| said.iter().all(|(other, _)| other.id != form.id));
    quiet
        .map(|form| {
            let agency = scene.agency(&form.agency);
            match form.form.status {
                FormStatus::Submitted => format!("{agency} (not asked in this case)"),
                status => format!("{agency} ({})", status.label().to_lowercase()),
            }
        })
        .collect()
}

fn was_pressed(ui: &Ui, rect: egui::Rect) -> bool {
    // What has scrolled under the head is not pressed with it.
    let seen = rect.intersect(ui.clip_rect());
    let pressed = ui.input(|input| {
        let at = input.pointer.interact_pos();
        input.pointer.primary_pressed() && at.is_some_and(|at| seen.contains(at))
    });
    pressed && ui.ctx().layer_id_at(seen.center()) == Some(ui.layer_id())
}
