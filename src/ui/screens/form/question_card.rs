//! One question: its words, its answer, its notes.

use egui::{Align, Ui};

use super::{FieldKey, FormScreen, Scene, look_for};
use crate::domain::answer::{Answer, Flag, Note};
use crate::domain::tool::{Kind, Question};
use crate::session::command::FormCommand;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, Tone, size, space};
use crate::ui::widgets::{self, Field, badge, caption, marked_card, quiet};

impl FormScreen {
    pub(super) fn question_card(
        &mut self,
        ui: &mut Ui,
        scene: Scene<'_>,
        question: &Question,
        acts: &mut Vec<Act>,
    ) {
        let here = self.current.as_deref() == Some(&question.id);
        let shown = marked_card(ui, here, |ui| {
            self.question_head(ui, scene, question, here);
            ui.add_space(space::TIGHT);
            ui.add_enabled_ui(scene.editable(), |ui| {
                self.answer_control(ui, scene, question, acts);
            });
            self.notes(ui, scene, question, here, acts);
        });
        let rect = shown.response.rect;
        if self.scroll_to.as_deref() == Some(&question.id) {
            ui.scroll_to_rect(rect.expand(12.0), None);
            self.scroll_to = None;
        }
        self.notice_work_on(ui, rect, question);
    }

    /// A card becomes the current one when anything in it is clicked or gets the keyboard.
    fn notice_work_on(&mut self, ui: &Ui, rect: egui::Rect, question: &Question) {
        let clicked = ui.input(|input| {
            input.pointer.primary_pressed()
                && input
                    .pointer
                    .interact_pos()
                    .is_some_and(|at| rect.contains(at))
        });
        let on_top = ui.ctx().layer_id_at(rect.center()) == Some(ui.layer_id());
        let has_keyboard = ui.ctx().memory(egui::Memory::focused).is_some_and(|id| {
            ui.ctx()
                .read_response(id)
                .is_some_and(|response| rect.contains_rect(response.rect))
        });
        if (clicked && on_top) || has_keyboard {
            self.current = Some(question.id.clone());
        }
    }

    fn question_head(&mut self, ui: &mut Ui, scene: Scene<'_>, question: &Question, here: bool) {
        ui.horizontal_wrapped(|ui| {
            caption(ui, &question.code);
            if let Some(theme) = scene.session.catalogue().theme(&question.theme) {
                caption(ui, &format!("· {}", theme.short));
            }
            if question.safety.is_some() {
                badge(ui, Tone::Poor, icons::SAFETY, "Safety-critical");
            }
            if !question.is_scored() && question.kind.is_picked() {
                badge(ui, Tone::Neutral, icons::INFO, "For context, not scored");
            }
            if scene.open.state().lacks_note(question) {
                badge(ui, Tone::Mixed, icons::CHANGE, "Say why in a note");
            }
        });
        ui.label(widgets::strong(&question.text).size(size::QUESTION));
        if !question.hint.is_empty() {
            widgets::hint(ui, &question.hint);
        }
        if !scene.wide && here {
            caption(ui, look_for::HEADING);
            look_for::lines(ui, question);
        }
    }

    fn notes(
        &mut self,
        ui: &mut Ui,
        scene: Scene<'_>,
        question: &Question,
        here: bool,
        acts: &mut Vec<Act>,
    ) {
        let empty = Answer::empty(scene.open.form, &question.id);
        let answer = scene
            .open
            .content
            .answers
            .get(&question.id)
            .unwrap_or(&empty);
        if here && scene.editable() {
            if question.kind != Kind::Text {
                self.note_fields(ui, scene, question, answer, acts);
            }
            marks(ui, scene, question, answer, acts);
        } else {
            written_notes(ui, answer);
        }
    }

    fn note_fields(
        &mut self,
        ui: &mut Ui,
        scene: Scene<'_>,
        question: &Question,
        answer: &Answer,
        acts: &mut Vec<Act>,
    ) {
        ui.add_space(space::TIGHT);
        for note in Note::ALL {
            let spoken = format!("{}, {}", note.label(), question.code);
            let field = Field {
                label: "",
                hint: note.label(),
                spoken: &spoken,
                rows: 2,
                figures: false,
            };
            let key = FieldKey::Note(question.id.clone(), note);
            ui.push_id(note.label(), |ui| {
                self.text_field(ui, scene, key, answer.note(note), &field, acts);
            });
        }
    }
}

fn marks(ui: &mut Ui, scene: Scene<'_>, question: &Question, answer: &Answer, acts: &mut Vec<Act>) {
    ui.add_space(space::TIGHT);
    ui.horizontal(|ui| {
        for flag in [Flag::GoodPractice, Flag::PracticeConcern] {
            let mut on = answer.flag(flag);
            let response = ui.checkbox(&mut on, flag.label());
            widgets::keep_in_view(&response);
            let response = response.accessible_name(format!("{}, {}", flag.label(), question.code));
            if response.changed() {
                let question = question.id.clone();
                acts.push(scene.act(FormCommand::SetFlag { question, flag, on }));
            }
        }
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            let known = scene.open.content.answers.contains_key(&question.id);
            if !known {
                return;
            }
            let history = quiet(ui, icons::HISTORY, "History");
            let name = format!("History, {}", question.code);
            if history.accessible_name(name).clicked() {
                let record = Answer::id(scene.open.form, &question.id);
                acts.extend([Act::ReadHistory(record), Act::Go(Route::History(record))]);
            }
        });
    });
}

/// The notes of a question that is not being worked on, to read.
fn written_notes(ui: &mut Ui, answer: &Answer) {
    let palette = Palette::of(ui.ctx());
    for note in Note::ALL {
        let text = answer.note(note);
        if !text.trim().is_empty() {
            ui.horizontal_wrapped(|ui| {
                ui.label(
                    egui::RichText::new(format!("{}:", note.label())).color(palette.soft_text),
                );
                ui.label(text);
            });
        }
    }
    ui.horizontal(|ui| {
        if answer.good_practice {
            badge(
                ui,
                Tone::Good,
                icons::GOOD_PRACTICE,
                Flag::GoodPractice.label(),
            );
        }
        if answer.practice_concern {
            badge(
                ui,
                Tone::Poor,
                icons::CONCERN,
                Flag::PracticeConcern.label(),
            );
        }
    });
}
