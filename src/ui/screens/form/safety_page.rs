//! The safety stop: a child who may not be safe today holds the form until it is recorded who was
//! told, when, by which route and what they said.

use chrono::{NaiveDateTime, NaiveTime};
use egui::{TextEdit, Ui};

use super::{FormScreen, Scene};
use crate::domain::answer::{Given, Value};
use crate::domain::safety_stop::{Contact, SafetyStop};
use crate::session::Session;
use crate::session::command::FormCommand;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{
    self, AnswerButton, TypedLine, caption, card, hint, label, notice, paragraph, primary,
    secondary, tone_icon, value_tone,
};

impl FormScreen {
    pub(super) fn safety_page(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        let register = scene.session.register();
        let because = scene.open.state().unsafe_answer();
        let kept = register
            .safety_stop(scene.open.form)
            .cloned()
            .unwrap_or_else(|| {
                SafetyStop::open(
                    scene.open.form,
                    because.unwrap_or_default(),
                    scene.session.now(),
                )
            });
        if self.stop.is_none() {
            self.begin_stop(&kept);
        }
        notice(ui, Tone::Poor, icons::SAFETY, |ui| {
            widgets::title(ui, "Stop. This child may not be safe today.");
            paragraph(ui, "If a child is in immediate danger, call 999 now.");
            paragraph(
                ui,
                "Tell your agency's safeguarding lead for this case and the front door of children's social care today, by the normal referral route. This program tells nobody: it only records that you did.",
            );
        });
        ui.add_space(space::NEAR);
        let Some(mut stop) = self.stop.take() else {
            return;
        };
        card(ui, |ui| {
            self.contact(ui, 0, "Safeguarding lead for this case", &mut stop.lead);
        });
        ui.add_space(space::NEAR);
        card(ui, |ui| {
            self.contact(
                ui,
                1,
                "Front door of children's social care",
                &mut stop.front_door,
            );
        });
        ui.add_space(space::NEAR);
        card(ui, |ui| {
            widgets::keep_in_view(&ui.checkbox(&mut stop.called_999, "999 was called"));
            hint(
                ui,
                "Where serious harm from abuse or neglect is suspected, ask your lead whether it is a serious incident to be notified within five working days.",
            );
        });
        ui.add_space(space::NEAR);
        let done = self.with_times(&stop);
        self.keep_typed(ui, scene, &kept, &done, acts);
        record(ui, scene, &done, acts);
        ui.add_space(space::PART);
        card(ui, |ui| slip(ui, scene, &mut stop, acts));
        ui.add_space(space::PART);
        self.stop = Some(stop);
    }

    fn begin_stop(&mut self, kept: &SafetyStop) {
        let hours = |contact: &Contact| {
            contact
                .at
                .map(|at| at.format("%H:%M").to_string())
                .unwrap_or_default()
        };
        self.stop_hours = [hours(&kept.lead), hours(&kept.front_door)];
        self.stop = Some(kept.clone());
        self.stop_begun = true;
    }

    fn contact(&mut self, ui: &mut Ui, at: usize, who: &str, contact: &mut Contact) {
        ui.push_id(who, |ui| {
            widgets::heading(ui, who);
            let role = line(
                ui,
                who,
                "Role of the person told (never a name)",
                &mut contact.role,
            );
            if std::mem::take(&mut self.stop_begun) && at == 0 {
                role.request_focus();
            }
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    let kept = contact.at.map(|at| at.date());
                    let spoken = format!("Date told, {}", who.to_lowercase());
                    if let Some(date) =
                        self.stop_times[at].show_named(ui, "Date told", &spoken, "", kept)
                    {
                        let time = contact.at.map_or(NaiveTime::MIN, |at| at.time());
                        contact.at = date.map(|date| date.and_time(time));
                    }
                });
                ui.vertical(|ui| {
                    label(ui, "Time, such as 14:05");
                    let edit = TextEdit::singleline(&mut self.stop_hours[at])
                        .desired_width(90.0)
                        .char_limit(5)
                        .margin(egui::Margin::symmetric(8, 6));
                    let response = ui.add(edit);
                    widgets::keep_in_view(&response);
                    response.accessible_name(format!("Time told, {}", who.to_lowercase()));
                });
            });
            line(
                ui,
                who,
                "Route: telephone, secure e-mail, in person",
                &mut contact.route,
            );
            line(
                ui,
                who,
                "What they said they would do",
                &mut contact.response,
            );
        });
    }

    fn with_times(&self, stop: &SafetyStop) -> SafetyStop {
        let timed = |contact: &Contact, hours: &str| Contact {
            at: with_time(contact.at, hours),
            ..contact.clone()
        };
        SafetyStop {
            lead: timed(&stop.lead, &self.stop_hours[0]),
            front_door: timed(&stop.front_door, &self.stop_hours[1]),
            ..stop.clone()
        }
    }

    /// Keeps what is typed here as any other words: on leaving a field and after one idle second.
    fn keep_typed(
        &mut self,
        ui: &Ui,
        scene: Scene<'_>,
        kept: &SafetyStop,
        typed: &SafetyStop,
        acts: &mut Vec<Act>,
    ) {
        let now = ui.input(|input| input.time);
        if self
            .stop_typed
            .as_ref()
            .is_none_or(|(before, _)| before != typed)
        {
            self.stop_typed = Some((typed.clone(), now));
            ui.ctx()
                .request_repaint_after(std::time::Duration::from_secs(1));
        }
        let idle = self
            .stop_typed
            .as_ref()
            .is_some_and(|(_, at)| now - at >= 1.0);
        if idle || !ui.ctx().text_edit_focused() {
            acts.extend(unfinished(kept, typed).map(|command| scene.act(command)));
        }
    }

    /// What is typed on the page of the stop and not kept yet.
    pub(super) fn typed_stop(&mut self, session: &Session) -> Option<FormCommand> {
        let (typed, _) = self.stop_typed.take()?;
        unfinished(session.register().safety_stop(self.form?)?, &typed)
    }

    /// An alarming answer elsewhere asks the safety question again, on whatever page one is.
    pub(super) fn alarms(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        self.stop = None;
        let alarms = scene.open.state().unseen_alarms();
        if alarms.is_empty() || !scene.editable() {
            return;
        }
        let codes: Vec<_> = alarms
            .iter()
            .map(|question| question.code.as_str())
            .collect();
        notice(ui, Tone::Poor, icons::SAFETY, |ui| {
            ui.label(widgets::strong(&format!(
                "Your answer to {} raises a safety question. Please answer again:",
                codes.join(" and ")
            )));
            safety_answers(ui, scene, acts);
        });
        ui.add_space(space::APART);
    }
}

fn record(ui: &mut Ui, scene: Scene<'_>, done: &SafetyStop, acts: &mut Vec<Act>) {
    if primary(ui, icons::TICK, "Record and go on").clicked() {
        acts.push(scene.act(FormCommand::RecordSafetyStop(done.clone())));
    }
    let missing = done.missing();
    if !missing.is_empty() {
        caption(
            ui,
            &format!("The form goes on once it says {}.", missing.join("; and ")),
        );
    }
    if secondary(ui, "", "Leave the form to make the calls").clicked() {
        acts.push(Act::Go(crate::ui::route::Route::Audit(scene.open.audit)));
    }
}

/// Keeps a stop that is not complete yet; completing it is a step of its own, the button.
fn unfinished(kept: &SafetyStop, typed: &SafetyStop) -> Option<FormCommand> {
    let unfinished = SafetyStop {
        opened_in_error: String::new(),
        ..typed.clone()
    };
    let changed = unfinished != *kept && !unfinished.is_resolved() && !kept.is_resolved();
    changed.then_some(FormCommand::RecordSafetyStop(unfinished))
}

/// The safety question with its answers.
fn safety_answers(ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
    let tool = &scene.open.tool;
    let question = tool
        .safety_question
        .as_deref()
        .and_then(|id| tool.question(id));
    let Some(question) = question else { return };
    paragraph(ui, &question.text);
    let given = scene
        .open
        .content
        .answers
        .get(&question.id)
        .and_then(|answer| answer.value());
    ui.horizontal_wrapped(|ui| {
        for option in tool.options(question) {
            let tone = value_tone(&option.id);
            let button = AnswerButton {
                words: &option.label,
                spoken: format!("{}, {} asked again", option.label, question.code),
                key: "",
                picked: given.is_some_and(|value| value.chosen().contains(&option.id)),
                many: false,
                tone,
                icon: tone_icon(tone),
            };
            if button.show(ui).clicked() {
                let given = Some(Given::Value(Value::one(option.id.clone())));
                acts.push(scene.act(FormCommand::Give {
                    question: question.id.clone(),
                    given,
                }));
            }
        }
    });
}

/// A way out for a slip of the finger: change the answer, then say so.
fn slip(ui: &mut Ui, scene: Scene<'_>, stop: &mut SafetyStop, acts: &mut Vec<Act>) {
    label(ui, "Was it a slip?");
    hint(
        ui,
        "If the child is safe and the answer was a mistake, change the answer here and say why. Both stay in the history.",
    );
    ui.push_id("slip", |ui| safety_answers(ui, scene, acts));
    if scene.open.state().unsafe_answer().is_none() {
        line(
            ui,
            "Slip",
            "Why the first answer was a mistake",
            &mut stop.opened_in_error,
        );
        if secondary(ui, "", "The child is safe: go on").clicked() {
            acts.push(scene.act(FormCommand::RecordSafetyStop(stop.clone())));
        }
    }
}

fn line(ui: &mut Ui, who: &str, words: &str, text: &mut String) -> egui::Response {
    let spoken = format!("{words}, {}", who.to_lowercase());
    TypedLine::new(words)
        .spoken(spoken)
        .of_a_case()
        .show(ui, text)
}

/// The date with the time typed beside it; nothing while the time does not read.
fn with_time(at: Option<NaiveDateTime>, hours: &str) -> Option<NaiveDateTime> {
    let time = NaiveTime::parse_from_str(hours.trim(), "%H:%M").ok()?;
    Some(at?.date().and_time(time))
}
