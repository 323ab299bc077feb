//! What stands in a row: the question with its condition, and what good evidence looks like.

use super::layout::{ContactField, Line, Told};
use crate::domain::tool::{Kind, Question, Tool};

/// The printed code of a row, or the words of a heading.
pub(super) fn code(line: Line<'_>) -> String {
    match line {
        // A heading runs over all columns.
        Line::Heading(_, words) => words.into(),
        Line::Section(section) => section.title.clone(),
        Line::Question(question) | Line::Again(question, _) => question.code.clone(),
        _ => String::new(),
    }
}

/// What a row asks.
pub(super) fn words(tool: &Tool, line: Line<'_>) -> String {
    match line {
        Line::Heading(..) | Line::Section(_) => String::new(),
        Line::Status => "Where this form stands. Choose “Submitted” when it is complete, “Not known to us” if your agency has no record of the child, brothers or sisters, or carers.".into(),
        Line::DeclinedReason => "If declined: why".into(),
        Line::Role => "Your role, such as practice manager. Never your name.".into(),
        Line::Overall => "Overall grade of your own agency’s practice. Give it last, when all questions are answered; it is never worked out for you.".into(),
        Line::OverallReason => "Why this grade".into(),
        Line::KeyDate(field) => under(&field.label, [field.hint.as_str()]),
        Line::Contact(told, field) => contact(told, field),
        Line::Called999 => "999 was called".into(),
        Line::OpenedInError => "If an earlier safety stop was a slip and the child is safe: why".into(),
        Line::Question(question) => question_words(tool, question),
        Line::Choice(_, choice) => format!("– {}", choice.label),
        Line::Part(question) => format!("– {}", ratio(question).0),
        Line::Whole(question) => format!("– out of: {}", ratio(question).1),
        Line::Again(safety, alarm) => again(tool, safety, alarm),
    }
}

fn ratio(question: &Question) -> (&str, &str) {
    let words = question.ratio.as_ref();
    words.map_or(("how many", "how many in all"), |words| {
        (words.part.as_str(), words.whole.as_str())
    })
}

fn contact(told: Told, field: ContactField) -> String {
    let whom = match told {
        Told::Lead => "your agency’s safeguarding lead",
        Told::FrontDoor => "the front door of children’s social care",
    };
    match field {
        ContactField::Role => format!("Told at {whom}: the role of the person, never a name"),
        ContactField::Date => format!("The day on which {whom} was told"),
        ContactField::Time => "The time, such as 14:05".into(),
        ContactField::Route => "How: telephone, secure e-mail, in person".into(),
        ContactField::Response => "What they said they would do".into(),
    }
}

fn question_words(tool: &Tool, question: &Question) -> String {
    let how = match question.kind {
        Kind::PickMany => "Choose Yes beside each that applies, in the rows below.",
        Kind::Ratio => "Give the two numbers in the rows below.",
        _ => "",
    };
    let unit = match question.unit.as_str() {
        "" => String::new(),
        unit => format!("As a whole number of {unit}."),
    };
    let condition = condition(tool, question);
    under(
        &question.text,
        [question.hint.as_str(), how, &unit, &condition],
    )
}

/// "Answer only if N04 is Yes or Partly."
fn condition(tool: &Tool, question: &Question) -> String {
    let Some(asked_if) = &question.asked_if else {
        return String::new();
    };
    let Some(earlier) = tool.question(&asked_if.question) else {
        return String::new();
    };
    let options = tool.options(earlier).into_iter();
    let after = options.filter(|option| asked_if.is.contains(&option.id));
    let after: Vec<_> = after.map(|option| format!("“{}”", option.label)).collect();
    format!("Answer only if {} is {}.", earlier.code, after.join(" or "))
}

fn again(tool: &Tool, safety: &Question, alarm: &Question) -> String {
    let when = alarm.safety.as_ref().map_or(&[][..], |safety| &safety.when);
    let options = tool.options(alarm).into_iter();
    let alarming = options.filter(|option| when.contains(&option.id));
    let alarming: Vec<_> = alarming
        .map(|option| format!("“{}”", option.label))
        .collect();
    format!(
        "Only if {} is {}: ask yourself {} once more in view of that. Choose Yes when you have, and the answer above still stands.",
        alarm.code,
        alarming.join(" or "),
        safety.code
    )
}

fn under<'a>(first: &'a str, more: impl IntoIterator<Item = &'a str>) -> String {
    let mut lines = vec![first];
    lines.extend(more.into_iter().filter(|line| !line.is_empty()));
    lines.join("\n")
}

/// What good evidence looks like, for the note on a question's cell.
pub(super) fn look_for(question: &Question) -> Option<String> {
    if question.look_for.is_empty() {
        return None;
    }
    let points = question.look_for.iter().map(|point| format!("• {point}"));
    let points: Vec<_> = points.collect();
    Some(format!("Look for:\n{}", points.join("\n")))
}
