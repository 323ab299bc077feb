//! The auditor's overall grade of the own agency's practice, with what the answers suggest.

use egui::{Ui, Vec2};

use super::{FieldKey, FormScreen, Scene};
use crate::domain::score::Tally;
use crate::domain::tool::Kind;
use crate::session::command::FormCommand;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::space;
use crate::ui::widgets::{
    self, AnswerButton, Field, caption, card, hint, primary, tone_icon, value_tone,
};

impl FormScreen {
    pub(super) fn overall_page(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        widgets::title(ui, "Overall grade");
        hint(
            ui,
            "Your judgement of your own agency's practice in this case. It is never worked out from the answers.",
        );
        ui.add_space(space::NEAR);
        card(ui, |ui| {
            ui.add_enabled_ui(scene.editable(), |ui| {
                grades(ui, scene, acts);
                ui.add_space(space::NEAR);
                let field = Field {
                    label: "Why this grade",
                    hint: "Needed for the lower grades. What weighed most?",
                    spoken: "Why this grade",
                    rows: 4,
                    figures: false,
                };
                self.text_field(
                    ui,
                    scene,
                    FieldKey::OverallReason,
                    &scene.form.overall_reason,
                    &field,
                    acts,
                );
            });
        });
        ui.add_space(space::NEAR);
        card(ui, |ui| spread(ui, scene));
        ui.add_space(space::APART);
        let words = if scene.form.status.is_open() {
            "Review and submit"
        } else {
            "Read the answers"
        };
        if primary(ui, icons::NEXT, words).clicked() {
            acts.extend(self.flush(scene.session));
            acts.push(Act::Go(Route::Review(scene.open.form)));
        }
    }
}

fn grades(ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
    let Some(scale) = scene.open.tool.scale(&scene.open.tool.grade_scale) else {
        return;
    };
    caption(ui, &scale.title);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(space::NEAR);
        for value in &scale.values {
            let picked = scene.form.overall.as_deref() == Some(&value.id);
            let tone = value_tone(&value.id);
            let button = AnswerButton {
                words: &value.label,
                spoken: format!("{}, overall grade", value.label),
                key: "",
                picked,
                many: false,
                tone,
                icon: tone_icon(tone),
            };
            if button.show(ui).on_hover_text(&value.means).clicked() {
                let grade = (!picked).then(|| value.id.clone());
                acts.push(scene.act(FormCommand::SetOverall(grade)));
            }
        }
    });
}

/// The grades given question by question: a spread, not a mean.
fn spread(ui: &mut Ui, scene: Scene<'_>) {
    widgets::heading(ui, "Your grades, question by question");
    let mut tally = Tally::default();
    for question in scene.open.state().asked() {
        if question.kind == Kind::Grade
            && let Some(given) = scene
                .open
                .content
                .answers
                .get(&question.id)
                .and_then(|a| a.given.as_ref())
        {
            tally.add(&scene.open.tool, question, given);
        }
    }
    if tally.scored == 0 {
        hint(ui, "No graded question is answered yet.");
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (id, count) in &tally.counts {
            let tone = value_tone(id);
            let words = format!("{} {count}", scene.open.tool.grade_label(id));
            widgets::badge(ui, tone, tone_icon(tone), &words);
        }
    });
}
