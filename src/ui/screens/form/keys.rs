//! The form by keyboard. While a text field has the keyboard, only Ctrl+Enter and Esc are ours.

use egui::{Event, Key, Modifiers, Ui};

use super::{FieldKey, Focus, FormScreen, Page, Scene};
use crate::domain::answer::{Blank, Given, Note, Value};
use crate::domain::tool::{Kind, Question};
use crate::session::command::FormCommand;
use crate::ui::act::Act;
use crate::ui::route::Route;

impl FormScreen {
    pub(super) fn keys(&mut self, ui: &Ui, scene: Scene<'_>) -> Vec<Act> {
        if self.dialog.is_some() || Self::is_stopped(scene) {
            return Vec::new();
        }
        if pressed(ui, Modifiers::COMMAND, Key::Enter) {
            return self.onward_by_key(ui, scene);
        }
        if ui.ctx().text_edit_focused() {
            if pressed(ui, Modifiers::NONE, Key::Escape) {
                leave_field(ui);
            }
            return Vec::new();
        }
        match self.page() {
            Page::Section(section) => self.question_keys(ui, scene, &section),
            Page::Overall if scene.editable() => self.overall_keys(ui, scene),
            _ => Vec::new(),
        }
    }

    /// Ctrl+Enter: to the next unanswered question, then to the overall grade, then to the review.
    fn onward_by_key(&mut self, ui: &Ui, scene: Scene<'_>) -> Vec<Act> {
        let mut acts = self.flush(scene.session);
        leave_field(ui);
        if self.page() == Page::Overall && scene.open.state().progress().is_complete() {
            acts.push(Act::Go(Route::Review(scene.open.form)));
        } else {
            self.next_unanswered(scene);
        }
        acts
    }

    fn question_keys(&mut self, ui: &Ui, scene: Scene<'_>, section: &str) -> Vec<Act> {
        self.move_by_keys(ui, scene, section);
        let Some(question) = self.current_question(scene).filter(|_| scene.editable()) else {
            return Vec::new();
        };
        if nothing_focused(ui) && pressed(ui, Modifiers::NONE, Key::Enter) {
            self.focus = Some(field_of(scene, question));
        }
        let given = typed(ui)
            .into_iter()
            .filter_map(|key| answer_by_key(scene, question, &key));
        given
            .map(|given| {
                scene.act(FormCommand::Give {
                    question: question.id.clone(),
                    given,
                })
            })
            .collect()
    }

    fn overall_keys(&mut self, ui: &Ui, scene: Scene<'_>) -> Vec<Act> {
        if nothing_focused(ui) && pressed(ui, Modifiers::NONE, Key::Enter) {
            self.focus = Some(Focus::Field(FieldKey::OverallReason));
        }
        let tool = &scene.open.tool;
        let Some(scale) = tool.scale(&tool.grade_scale) else {
            return Vec::new();
        };
        let grade = |key: String| {
            scale
                .values
                .iter()
                .find(|value| value.key.eq_ignore_ascii_case(&key))
        };
        let grades = typed(ui).into_iter().filter_map(grade);
        grades
            .map(|value| scene.act(FormCommand::SetOverall(Some(value.id.clone()))))
            .collect()
    }

    fn current_question<'a>(&self, scene: Scene<'a>) -> Option<&'a Question> {
        let asked = scene.open.state().asked();
        asked
            .into_iter()
            .find(|question| Some(&question.id) == self.current.as_ref())
    }

    /// Up and down through the questions of the section.
    fn move_by_keys(&mut self, ui: &Ui, scene: Scene<'_>, section: &str) {
        let asked = scene.open.state().asked();
        let ids: Vec<&String> = asked
            .iter()
            .filter(|q| q.section == section)
            .map(|q| &q.id)
            .collect();
        let here = ids.iter().position(|id| Some(*id) == self.current.as_ref());
        let to = if pressed(ui, Modifiers::NONE, Key::ArrowDown) {
            here.map_or(Some(0), |here| {
                Some((here + 1).min(ids.len().saturating_sub(1)))
            })
        } else if pressed(ui, Modifiers::NONE, Key::ArrowUp) {
            here.map(|here| here.saturating_sub(1))
        } else if here.is_none() {
            // A section just entered: its first unanswered question, or its first.
            let open = ids
                .iter()
                .position(|id| !scene.open.state().is_answered(id));
            self.current = ids.get(open.unwrap_or(0)).map(|id| (*id).clone());
            return;
        } else {
            None
        };
        if let Some(id) = to.and_then(|to| ids.get(to)) {
            self.current = Some((*id).clone());
            self.scroll_to = Some((*id).clone());
            leave_field(ui);
        }
    }
}

pub(in crate::ui::screens) fn pressed(ui: &Ui, modifiers: Modifiers, key: Key) -> bool {
    ui.ctx()
        .input_mut(|input| input.consume_key(modifiers, key))
}

pub(in crate::ui::screens) fn nothing_focused(ui: &Ui) -> bool {
    ui.ctx().memory(|memory| memory.focused().is_none())
}

/// The characters typed in this frame, in capitals.
pub(in crate::ui::screens) fn typed(ui: &Ui) -> Vec<String> {
    ui.ctx().input(|input| {
        let texts = input.events.iter().filter_map(|event| match event {
            Event::Text(text) => Some(text.to_uppercase()),
            _ => None,
        });
        texts.collect()
    })
}

pub(in crate::ui::screens) fn leave_field(ui: &Ui) {
    ui.ctx().memory_mut(|memory| {
        if let Some(focused) = memory.focused() {
            memory.surrender_focus(focused);
        }
    });
}

/// Where Enter leads: into the answer where it is typed, otherwise into the notes, and there to
/// what worries us when the answer is one that has to be explained.
fn field_of(scene: Scene<'_>, question: &Question) -> Focus {
    let answer = scene.open.content.answers.get(&question.id);
    let value = answer.and_then(|answer| answer.value());
    let worries = value.is_some_and(|value| scene.open.tool.needs_note(question, value));
    let note = if worries { Note::Worries } else { Note::Worked };
    match question.kind {
        Kind::Text => Focus::Field(FieldKey::Words(question.id.clone())),
        Kind::Number => Focus::Field(FieldKey::Number(question.id.clone())),
        Kind::Ratio => Focus::Field(FieldKey::Part(question.id.clone())),
        Kind::Date => Focus::Date(question.id.clone()),
        _ => Focus::Field(FieldKey::Note(question.id.clone(), note)),
    }
}

/// The answer a key stands for; `Some(None)` takes the same answer back.
fn answer_by_key(scene: Scene<'_>, question: &Question, key: &str) -> Option<Option<Given>> {
    let answer = scene.open.content.answers.get(&question.id);
    let now = answer.and_then(|answer| answer.given.clone());
    let given = match key {
        "A" => Given::Blank(Blank::NotApplicable),
        "E" => Given::Blank(Blank::NotEvidenced),
        _ => Given::Value(value_by_key(scene, question, key, now.as_ref())?),
    };
    let emptied = matches!(&given, Given::Value(Value::Many(ids)) if ids.is_empty());
    Some((now.as_ref() != Some(&given) && !emptied).then_some(given))
}

fn value_by_key(
    scene: Scene<'_>,
    question: &Question,
    key: &str,
    now: Option<&Given>,
) -> Option<Value> {
    let tool = &scene.open.tool;
    if let Some(scale) = tool.scale_of(question) {
        let value = scale
            .values
            .iter()
            .find(|value| value.key.eq_ignore_ascii_case(key))?;
        return Some(Value::one(value.id.clone()));
    }
    let nth: usize = key.parse().ok()?;
    let id = question.choices.get(nth.checked_sub(1)?)?.id.clone();
    match question.kind {
        Kind::PickOne => Some(Value::One(id)),
        Kind::PickMany => Some(toggled(question, now, &id)),
        _ => None,
    }
}

/// The picks with one more or one less, in the order of the tool.
pub(in crate::ui::screens) fn toggled(question: &Question, now: Option<&Given>, id: &str) -> Value {
    let picked: &[String] = match now {
        Some(Given::Value(value)) => value.chosen(),
        _ => &[],
    };
    let is_picked = |choice: &str| picked.iter().any(|known| known == choice);
    let ids = question.choices.iter().map(|choice| choice.id.as_str());
    let after = ids.filter(|choice| is_picked(choice) != (*choice == id));
    Value::Many(after.map(str::to_owned).collect())
}
