//! The answers on a case sheet.

use super::CaseSheet;
use super::layout::{Line, column};
use super::lists;
use super::sheet::SheetReader;
use super::write::Shown;
use crate::domain::answer::{Answer, Flag, Given, Note, Value};
use crate::domain::flow::FormState;
use crate::domain::tool::{Kind, Question, Tool};

/// What stands in an open cell of a question's rows; nothing for other rows.
pub(super) fn shown(tool: &Tool, sheet: &CaseSheet, line: Line<'_>, at: u16) -> Option<Shown> {
    let answer = |question: &Question| sheet.answers.get(&question.id);
    let value = |question| answer(question).and_then(Answer::value);
    Some(match line {
        Line::Question(question) => {
            answer(question).map_or(Shown::Empty, |answer| of_answer(tool, question, answer, at))
        }
        Line::Choice(question, choice) => {
            let chosen = value(question).is_some_and(|value| value.chosen().contains(&choice.id));
            Shown::text(if chosen { lists::YES } else { "" })
        }
        Line::Part(question) | Line::Whole(question) => match (value(question), line) {
            (Some(Value::Ratio { part, .. }), Line::Part(_)) => Shown::Number((*part).into()),
            (Some(Value::Ratio { whole, .. }), _) => Shown::Number((*whole).into()),
            _ => Shown::Empty,
        },
        Line::Again(safety, alarm) => {
            let seen = answer(safety).is_some_and(|answer| answer.in_view_of.contains(&alarm.id));
            Shown::text(if seen { lists::YES } else { "" })
        }
        _ => return None,
    })
}

fn of_answer(tool: &Tool, question: &Question, answer: &Answer, at: u16) -> Shown {
    let notes = column::NOTES.iter().zip(Note::ALL);
    let flags = column::FLAGS
        .iter()
        .zip([Flag::GoodPractice, Flag::PracticeConcern]);
    match at {
        column::ANSWER => of_given(tool, question, answer),
        column::BLANK => Shown::text(answer.blank().map_or("", |blank| blank.label())),
        at => {
            let note = notes.into_iter().find(|(note_at, _)| **note_at == at);
            let flag = flags.into_iter().find(|(flag_at, _)| **flag_at == at);
            match (note, flag) {
                (Some((_, note)), _) => Shown::text(answer.note(note)),
                (_, Some((_, flag))) if answer.flag(flag) => Shown::text(lists::YES),
                _ => Shown::Empty,
            }
        }
    }
}

fn of_given(tool: &Tool, question: &Question, answer: &Answer) -> Shown {
    let listed = || {
        let answers = lists::answers(tool, question);
        let named = answers
            .iter()
            .find(|(given, _)| Some(given) == answer.given.as_ref());
        Shown::text(named.map_or("", |(_, words)| words))
    };
    match (question.kind, answer.value()) {
        (Kind::Grade | Kind::YesPartlyNo | Kind::PickOne, _) => listed(),
        (Kind::Date, Some(Value::One(date))) => date.parse().map_or(Shown::Empty, Shown::Date),
        (Kind::Number, Some(Value::Number(number))) => Shown::Number(*number),
        (Kind::Text, Some(Value::One(text))) => Shown::text(text),
        _ => Shown::Empty,
    }
}

/// Reads every answer into `sheet`.
pub(super) fn read(reader: &mut SheetReader<'_>, lines: &[Line<'_>], sheet: &mut CaseSheet) {
    let form = sheet.id();
    for line in lines {
        if let Line::Question(question) = line {
            let mut answer = Answer::empty(form, &question.id);
            answer.given = given(reader, question);
            let notes = column::NOTES.iter().zip(Note::ALL);
            for (at, note) in notes {
                *answer.note_mut(note) = reader.text(*line, *at);
            }
            let flags = column::FLAGS
                .iter()
                .zip([Flag::GoodPractice, Flag::PracticeConcern]);
            for (at, flag) in flags {
                answer.set_flag(flag, reader.yes(*line, *at));
            }
            if answer != Answer::empty(form, &question.id) {
                sheet.answers.insert(question.id.clone(), answer);
            }
        }
    }
    keep_alarms_in_view(reader, lines, sheet);
}

/// The alarming answers in view of which the safety question was answered again.
fn keep_alarms_in_view(reader: &mut SheetReader<'_>, lines: &[Line<'_>], sheet: &mut CaseSheet) {
    let mut seen = Vec::new();
    let mut safety = None;
    for line in lines {
        if let Line::Again(question, alarm) = line {
            safety = Some(question.id.as_str());
            if reader.yes(*line, column::ANSWER) {
                seen.push(alarm.id.clone());
            }
        }
    }
    let state = FormState {
        tool: reader.tool,
        agency: reader.agency,
        answers: &sheet.answers,
    };
    let alarms: Vec<String> = state
        .alarms()
        .iter()
        .map(|alarm| alarm.id.clone())
        .collect();
    seen.retain(|alarm| alarms.contains(alarm));
    let answer = safety.and_then(|safety| sheet.answers.get_mut(safety));
    if let Some(answer) = answer.filter(|answer| answer.value().is_some()) {
        answer.in_view_of = seen;
    }
}

/// What was given to one question: a value, a blank, or nothing.
fn given(reader: &mut SheetReader<'_>, question: &Question) -> Option<Given> {
    let line = Line::Question(question);
    let value = match question.kind {
        Kind::Grade | Kind::YesPartlyNo | Kind::PickOne => {
            let answers = lists::answers(reader.tool, question);
            return reader.one_of(line, column::ANSWER, &answers);
        }
        Kind::Date => reader.date(line).map(|date| Value::One(date.to_string())),
        Kind::Number => reader
            .number(line)
            .map(|number| Value::Number(number.into())),
        Kind::Text => {
            let text = reader.text(line, column::ANSWER);
            (!text.is_empty()).then_some(Value::One(text))
        }
        Kind::PickMany => chosen(reader, question),
        Kind::Ratio => ratio(reader, question),
    };
    let blank = reader.one_of(line, column::BLANK, &lists::blanks());
    if value.is_some() && blank.is_some() {
        let code = &question.code;
        reader.say(
            line,
            column::BLANK,
            format!("{code} has an answer and a reason for having none; take one of them away"),
        );
    }
    value.map(Given::Value).or(blank.map(Given::Blank))
}

fn chosen(reader: &mut SheetReader<'_>, question: &Question) -> Option<Value> {
    let mut ids = Vec::new();
    for choice in &question.choices {
        if reader.yes(Line::Choice(question, choice), column::ANSWER) {
            ids.push(choice.id.clone());
        }
    }
    (!ids.is_empty()).then_some(Value::Many(ids))
}

fn ratio(reader: &mut SheetReader<'_>, question: &Question) -> Option<Value> {
    let (part_line, whole_line) = (Line::Part(question), Line::Whole(question));
    let filled = [part_line, whole_line].map(|line| reader.is_filled(line, column::ANSWER));
    match filled {
        [true, false] => reader.say(
            whole_line,
            column::ANSWER,
            "the second number is missing; give both or neither",
        ),
        [false, true] => reader.say(
            part_line,
            column::ANSWER,
            "the first number is missing; give both or neither",
        ),
        _ => (),
    }
    let (part, whole) = (reader.number(part_line), reader.number(whole_line));
    let (part, whole) = part.zip(whole)?;
    let value = Value::Ratio { part, whole };
    if let Some(why) = question.kind.refuses(&value, &[]) {
        reader.say(
            part_line,
            column::ANSWER,
            format!("{part} of {whole} cannot be: {why}"),
        );
        return None;
    }
    Some(value)
}
