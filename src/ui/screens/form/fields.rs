//! What is typed on the form: the fields, and what keeping their words means.

use chrono::NaiveDate;
use egui::Ui;

use super::{FormScreen, Scene};
use crate::domain::answer::{Given, Note, Value};
use crate::session::command::{Command, FormCommand};
use crate::session::{OpenForm, Session};
use crate::ui::act::Act;
use crate::ui::widgets;

/// A field one types in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum FieldKey {
    Note(String, Note),
    /// A question answered in words.
    Words(String),
    /// A question answered with a number.
    Number(String),
    /// The part of a ratio.
    Part(String),
    /// The whole of a ratio.
    Whole(String),
    Role,
    OverallReason,
}

/// A date one types.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum DateKey {
    /// The answer to a question.
    Answer(String),
    /// A key date.
    Key(String),
}

/// What is to get the keyboard in the next frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    /// A text field.
    Field(FieldKey),
    /// The date of a question.
    Date(String),
}

impl FormScreen {
    /// What is typed and not kept yet, as commands; called before a field goes out of sight.
    pub fn flush(&mut self, session: &Session) -> Vec<Act> {
        let Some(open) = session.form().filter(|open| Some(open.form) == self.form) else {
            return Vec::new();
        };
        let typed = self.drafts.flush();
        let mut commands: Vec<FormCommand> = typed
            .into_iter()
            .filter_map(|(key, text)| self.command(key, text))
            .collect();
        for (key, field) in &mut self.dates {
            if let Some(date) = field.take_typed(key.kept(open)) {
                commands.push(key.command(date));
            }
        }
        commands.extend(self.typed_stop(session));
        commands
            .into_iter()
            .map(|command| Act::Do(Command::Form(open.form, Box::new(command))))
            .collect()
    }

    /// A text field of the form; keeps its words when it is time to.
    pub(super) fn text_field(
        &mut self,
        ui: &mut Ui,
        scene: Scene<'_>,
        key: FieldKey,
        kept: &str,
        field: &widgets::Field<'_>,
        acts: &mut Vec<Act>,
    ) {
        let wants_focus = self.focus == Some(Focus::Field(key.clone()));
        let (response, due) = self.drafts.show(ui, key.clone(), kept, field);
        if wants_focus {
            response.request_focus();
            self.focus = None;
        }
        if let Some(command) = due.and_then(|text| self.command(key, text)) {
            acts.push(scene.act(command));
        }
    }

    /// Whether this question's date is to get the keyboard now.
    pub(super) fn takes_focus(&mut self, question: &str) -> bool {
        let wanted = self.focus == Some(Focus::Date(question.to_owned()));
        if wanted {
            self.focus = None;
        }
        wanted
    }

    /// What keeping `text` in this field means; nothing while half of a ratio is missing.
    fn command(&self, key: FieldKey, text: String) -> Option<FormCommand> {
        let number = |key: &FieldKey| self.drafts.text(key).parse::<u32>().ok();
        let give = |question, value: Option<Value>| FormCommand::Give {
            question,
            given: value.map(Given::Value),
        };
        Some(match key {
            FieldKey::Note(question, note) => FormCommand::WriteNote {
                question,
                note,
                text,
            },
            FieldKey::Words(question) => give(
                question,
                (!text.trim().is_empty()).then_some(Value::One(text)),
            ),
            FieldKey::Number(question) => give(question, text.parse().ok().map(Value::Number)),
            FieldKey::Part(question) | FieldKey::Whole(question) => {
                let part = number(&FieldKey::Part(question.clone()));
                let whole = number(&FieldKey::Whole(question.clone()));
                match (part, whole) {
                    (Some(part), Some(whole)) => give(question, Some(Value::Ratio { part, whole })),
                    (None, None) => give(question, None),
                    _ => return None,
                }
            }
            FieldKey::Role => FormCommand::SetRole(text),
            FieldKey::OverallReason => FormCommand::SetOverallReason(text),
        })
    }
}

impl DateKey {
    /// The date the document has.
    pub(super) fn kept(&self, open: &OpenForm) -> Option<NaiveDate> {
        match self {
            Self::Key(date_id) => open.content.dates.get(date_id).copied(),
            Self::Answer(question) => match open.content.answers.get(question)?.value()? {
                Value::One(text) => text.parse().ok(),
                _ => None,
            },
        }
    }

    pub(super) fn command(&self, date: Option<NaiveDate>) -> FormCommand {
        match self {
            Self::Key(date_id) => FormCommand::SetDate {
                date_id: date_id.clone(),
                date,
            },
            Self::Answer(question) => FormCommand::Give {
                question: question.clone(),
                given: date.map(|date| Given::Value(Value::one(date.to_string()))),
            },
        }
    }
}
