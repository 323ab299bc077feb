//! Dialogs of the panel: agreeing where all who answered agree, and a grade above the suggestion.

use egui::{Id, Modal, Ui};

use super::answers::Look;
use super::fields::{judge, with_value};
use super::{Dialog, PanelScreen, Scene};
use crate::domain::answer::Value;
use crate::session::command::Command;
use crate::ui::act::Act;
use crate::ui::dialogs::Asked;
use crate::ui::theme::space;
use crate::ui::widgets::{heading, label, paragraph, primary, secondary};

/// Lists what agreeing would do, and asks.
#[derive(Default)]
pub(super) struct AgreeDialog {
    shown: bool,
}

const WIDTH: f32 = 560.0;
/// Highest the list grows before it scrolls, in points.
const LIST: f32 = 300.0;

impl AgreeDialog {
    /// Draws it; the answer once there is one.
    fn show(&mut self, ui: &mut Ui, scene: Scene<'_>) -> Option<bool> {
        let agreed = scene.open.to_agree(scene.session.register());
        let mut answer = None;
        let modal = Modal::new(Id::unique("agree all")).show(ui.ctx(), |ui| {
            ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 60.0));
            heading(ui, "Agree where all who answered agree");
            paragraph(
                ui,
                "The panel takes over the answer that all who answered gave; how many that were is kept as the reason. Questions judged already stay as they are.",
            );
            let scroll = egui::ScrollArea::vertical().max_height(LIST);
            scroll.show(ui, |ui| {
                for (question, value) in &agreed {
                    ui.push_id(&question.id, |ui| {
                        label(ui, &format!("{}  {}", question.code, question.text));
                        let who = match scene.open.answers_to(question).len() {
                            2 => "Both who answered".to_owned(),
                            count => format!("All {count} who answered"),
                        };
                        Look::value(&scene.open.tool, question, value).brief(ui, &who);
                        ui.add_space(space::TIGHT);
                    });
                }
            });
            let alone = scene.open.to_judge_alone(scene.session.register());
            if !alone.is_empty() {
                let codes: Vec<&str> = alone.iter().map(|own| own.code.as_str()).collect();
                paragraph(
                    ui,
                    &format!("Not in this list, because whether a child is safe is judged by itself: {}.", codes.join(", ")),
                );
            }
            let open = scene.open.forms.iter().filter(|form| form.form.status.is_open());
            let open: Vec<&str> = open.map(|form| scene.agency(&form.agency)).collect();
            if !open.is_empty() {
                paragraph(ui, &format!("Not submitted, and not counted here: {}.", open.join(", ")));
            }
            ui.add_space(space::NEAR);
            ui.horizontal(|ui| {
                let words = match agreed.len() {
                    1 => "Make this judgement".to_owned(),
                    count => format!("Make these {count} judgements"),
                };
                let yes = primary(ui, "", &words);
                if !self.shown {
                    yes.request_focus();
                }
                if yes.clicked() {
                    answer = Some(true);
                }
                if secondary(ui, "", "Cancel").clicked() {
                    answer = Some(false);
                }
            });
        });
        self.shown = true;
        if modal.should_close() && answer.is_none() {
            answer = Some(false);
        }
        answer
    }
}

impl PanelScreen {
    pub(super) fn dialogs(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        let act = match &mut self.dialog {
            None => return,
            Some(Dialog::Agree(dialog)) => match dialog.show(ui, scene) {
                None => return,
                Some(agreed) => agreed.then_some(Act::Do(Command::AgreeAll(scene.open.case))),
            },
            Some(Dialog::Above(grade, ask)) => match ask.show(ui) {
                Asked::Waiting => return,
                Asked::Cancelled => None,
                Asked::Answered(reason) => {
                    let mut judgement = with_value(scene, None, Value::one(grade.as_str()));
                    judgement.reason = reason;
                    Some(judge(judgement))
                }
            },
            Some(Dialog::Date(dialog)) => match dialog.show(ui) {
                None => return,
                Some(act) => act,
            },
        };
        acts.extend(act);
        self.dialog = None;
    }
}
