//! A third version of an answer: the question's own control, and its notes, each of which can be
//! taken from either version.

use egui::{Ui, Vec2};

use crate::domain::answer::{Answer, Blank, Flag, Given, Note, Value};
use crate::domain::record::Record;
use crate::domain::tool::{Kind, Question, Tool};
use crate::session::OpenConflict;
use crate::session::conflict::Says;
use crate::ui::icons;
use crate::ui::screens::form::keys::toggled;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{
    self, AnswerButton, DateField, TypedLine, option_icon, option_tone, quiet,
};

/// What is written so far; at first what stands for the time being.
#[derive(Default)]
pub(super) struct Third {
    answer: Option<Answer>,
    /// The text, the number, or the two parts of a ratio, as typed.
    typed: [String; 2],
    date: DateField,
}

impl Third {
    /// Begins with the first version that says anything.
    pub(super) fn of(conflict: &OpenConflict) -> Self {
        let answer = answers(conflict).next().map(|(_, answer)| answer.clone());
        let typed = match answer.as_ref().and_then(Answer::value) {
            Some(Value::One(text)) => [text.clone(), String::new()],
            Some(Value::Number(number)) => [number.to_string(), String::new()],
            Some(Value::Ratio { part, whole }) => [part.to_string(), whole.to_string()],
            _ => Default::default(),
        };
        Self {
            answer,
            typed,
            date: DateField::default(),
        }
    }

    /// The answer as written, or what is wrong with it.
    pub(super) fn answer(&self, conflict: &OpenConflict) -> Result<Answer, String> {
        let nothing = "There is no answer to begin with; choose one of the versions.";
        let mut answer = self.answer.clone().ok_or(nothing)?;
        let (_, question) = conflict.question().ok_or(nothing)?;
        if !question.kind.is_picked() && question.kind != Kind::Date && answer.blank().is_none() {
            answer.given = self.as_typed(question.kind)?.map(Given::Value);
        }
        Ok(answer)
    }

    fn as_typed(&self, kind: Kind) -> Result<Option<Value>, String> {
        let [first, second] = [self.typed[0].trim(), self.typed[1].trim()];
        if first.is_empty() && second.is_empty() {
            return Ok(None);
        }
        let wrong = || "Write whole numbers in figures.".to_owned();
        match kind {
            Kind::Number => first.parse().ok().map(Value::Number).ok_or_else(wrong),
            Kind::Ratio => match (first.parse(), second.parse()) {
                (Ok(part), Ok(whole)) => Ok(Value::Ratio { part, whole }),
                _ => Err(wrong()),
            },
            _ => Ok(Value::one(first)),
        }
        .map(Some)
    }

    /// Draws the controls.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        tool: &Tool,
        question: &Question,
        conflict: &OpenConflict,
    ) {
        let Some(answer) = &mut self.answer else {
            return;
        };
        match question.kind {
            Kind::Date => {
                let kept = match answer.value() {
                    Some(Value::One(text)) => text.parse().ok(),
                    _ => None,
                };
                if let Some(date) = self.date.show(ui, "Date", "", kept) {
                    answer.given = date.map(|date| Given::Value(Value::one(date.to_string())));
                }
            }
            kind if kind.is_picked() => picks(ui, tool, question, answer),
            kind => typed(ui, kind, question, &mut self.typed, answer),
        }
        blanks(ui, question, answer);
        ui.add_space(space::TIGHT);
        for note in Note::ALL {
            ui.push_id(note.label(), |ui| note_field(ui, note, answer, conflict));
        }
        ui.horizontal(|ui| {
            for flag in [Flag::GoodPractice, Flag::PracticeConcern] {
                let mut on = answer.flag(flag);
                let response = ui.checkbox(&mut on, flag.label());
                widgets::keep_in_view(&response);
                answer.set_flag(flag, on);
            }
        });
    }
}

/// The versions that are answers, with their numbers from 1.
fn answers(conflict: &OpenConflict) -> impl Iterator<Item = (usize, &Answer)> {
    let versions = conflict.versions.iter().enumerate();
    versions.filter_map(|(at, version)| match &version.says {
        Says::Record(record) => match record.as_ref() {
            Record::Answer(answer) => Some((at + 1, answer)),
            _ => None,
        },
        _ => None,
    })
}

fn picks(ui: &mut Ui, tool: &Tool, question: &Question, answer: &mut Answer) {
    let many = question.kind == Kind::PickMany;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(6.0);
        for option in tool.options(question) {
            let chosen = answer.value().map(Value::chosen).unwrap_or_default();
            let picked = chosen.contains(&option.id);
            let tone = option_tone(question, &option);
            let button = AnswerButton {
                words: &option.label,
                spoken: format!("{}, third version", option.label),
                key: "",
                picked,
                many,
                tone,
                icon: option_icon(tone, many, picked),
            };
            if button.show(ui).clicked() {
                let value = if many {
                    toggled(question, answer.given.as_ref(), &option.id)
                } else {
                    Value::one(option.id)
                };
                let emptied = matches!(&value, Value::Many(ids) if ids.is_empty());
                answer.given = (!emptied).then_some(Given::Value(value));
            }
        }
    });
}

/// The field or fields of an answer in words or figures; typing takes a blank back.
fn typed(
    ui: &mut Ui,
    kind: Kind,
    question: &Question,
    typed: &mut [String; 2],
    answer: &mut Answer,
) {
    let [first, second] = typed;
    let rows = if kind == Kind::Text { 3 } else { 1 };
    let (one, two) = match &question.ratio {
        Some(words) if kind == Kind::Ratio => (words.part.as_str(), Some(words.whole.as_str())),
        _ => ("Answer", None),
    };
    let mut changed = TypedLine::new(one)
        .rows(rows)
        .of_a_case()
        .show(ui, first)
        .changed();
    if let Some(two) = two {
        changed |= TypedLine::new(two).of_a_case().show(ui, second).changed();
    }
    if changed {
        answer.given = None;
    }
}

fn blanks(ui: &mut Ui, question: &Question, answer: &mut Answer) {
    ui.horizontal_wrapped(|ui| {
        for blank in Blank::ALL {
            let this = Given::Blank(blank);
            let picked = answer.given.as_ref() == Some(&this);
            let button = AnswerButton {
                words: blank.label(),
                spoken: format!("{}, {}, third version", blank.label(), question.code),
                key: "",
                picked,
                many: false,
                tone: Tone::Neutral,
                icon: match blank {
                    Blank::NotApplicable => icons::NOT_APPLICABLE,
                    Blank::NotEvidenced => icons::NOT_EVIDENCED,
                },
            };
            if button.show(ui).clicked() {
                answer.given = (!picked).then_some(this);
            }
        }
    });
}

fn note_field(ui: &mut Ui, note: Note, answer: &mut Answer, conflict: &OpenConflict) {
    let spoken = format!("{}, third version", note.label());
    let field = TypedLine::new(note.label())
        .spoken(spoken)
        .rows(2)
        .of_a_case();
    field.show(ui, answer.note_mut(note));
    ui.horizontal(|ui| {
        for (number, other) in answers(conflict) {
            let text = other.note(note);
            if text.trim().is_empty() || text == answer.note(note) {
                continue;
            }
            let take = quiet(ui, icons::CHANGE, &format!("Take version {number}"));
            let name = format!("{}: take version {number}", note.label());
            if take.accessible_name(name).clicked() {
                text.clone_into(answer.note_mut(note));
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_by_kind() {
        let third = |first: &str, second: &str| Third {
            typed: [first.into(), second.into()],
            ..Third::default()
        };
        let cases = [
            (Kind::Number, "4", "", Ok(Some(Value::Number(4)))),
            (Kind::Number, "four", "", Err(())),
            (Kind::Number, "", "", Ok(None)),
            (
                Kind::Ratio,
                "3",
                "4",
                Ok(Some(Value::Ratio { part: 3, whole: 4 })),
            ),
            (Kind::Ratio, "3", "", Err(())),
            (Kind::Text, " seen ", "", Ok(Some(Value::one("seen")))),
        ];
        for (kind, first, second, expected) in cases {
            let read = third(first, second).as_typed(kind).map_err(drop);
            assert_eq!(read, expected, "{kind:?} {first} {second}");
        }
    }
}
