//! What a sheet still lacks that says that it is complete, and what contradicts where it stands.

use super::CaseSheet;
use super::layout::{ContactField, Line, Told, column};
use super::sheet::SheetReader;
use crate::domain::flow::{FormState, Missing};
use crate::domain::form::FormStatus;
use crate::domain::safety_stop::{Contact, SafetyStop};
use crate::domain::tool::Question;

/// Notes what stands between the sheet and the status it gives.
pub(super) fn check(reader: &mut SheetReader<'_>, sheet: &CaseSheet) {
    let form = &sheet.form;
    match form.status {
        FormStatus::Submitted => {
            for missing in state(reader, sheet).missing(form, sheet.stop.as_ref()) {
                say(reader, sheet, &missing);
            }
        }
        FormStatus::NotKnown | FormStatus::Declined => no_answers(reader, sheet),
        FormStatus::NotStarted | FormStatus::InProgress => (),
    }
    let declined = form.status == FormStatus::Declined;
    match (declined, form.declined_reason.is_empty()) {
        (true, true) => reader.say(
            Line::DeclinedReason,
            column::ANSWER,
            "the form is declined; say why",
        ),
        (false, false) => {
            let message = "a reason for declining is given, but the form is not declined; choose “Declined”, or take the reason away";
            reader.say(Line::DeclinedReason, column::ANSWER, message);
        }
        _ => (),
    }
}

fn state<'a>(reader: &SheetReader<'a>, sheet: &'a CaseSheet) -> FormState<'a> {
    FormState {
        tool: reader.tool,
        agency: reader.agency,
        answers: &sheet.answers,
    }
}

/// A form that is not known or declined holds no answers, dates or grade.
fn no_answers(reader: &mut SheetReader<'_>, sheet: &CaseSheet) {
    let form = &sheet.form;
    let filled = !sheet.answers.is_empty()
        || !sheet.dates.is_empty()
        || form.overall.is_some()
        || !form.overall_reason.is_empty();
    if filled {
        let status = form.status.label();
        let message = format!(
            "the form is “{status}”, but answers, dates or an overall grade are filled in; take them away, or choose what fits"
        );
        reader.say(Line::Status, column::ANSWER, message);
    }
}

fn say(reader: &mut SheetReader<'_>, sheet: &CaseSheet, missing: &Missing) {
    let tool = reader.tool;
    let question = |id: &str| tool.question(id);
    let code = |id: &str| question(id).map_or(String::new(), |one| one.code.clone());
    let submitted = "the form is submitted, but";
    let (line, at, message) = match missing {
        Missing::Answer(id) => {
            let code = code(id);
            (
                question(id).map(answer_line),
                column::ANSWER,
                format!("{submitted} {code} has no answer; give one, or say why there is none"),
            )
        }
        Missing::Note(id) => {
            let code = code(id);
            (
                question(id).map(Line::Question),
                column::NOTES[1],
                format!(
                    "{submitted} the answer to {code} needs a note; write what worked, what worries you, or what it means for the child"
                ),
            )
        }
        Missing::SafetyAgain {
            question: safety,
            because,
        } => {
            let line = question(safety).zip(question(because));
            let (safety, because) = (code(safety), code(because));
            (
                line.map(|(safety, alarm)| Line::Again(safety, alarm)),
                column::ANSWER,
                format!(
                    "your answer to {because} raises a worry; ask yourself {safety} again, and choose Yes here when you have"
                ),
            )
        }
        Missing::SafetyStop => return say_stop(reader, sheet.stop.as_ref()),
        Missing::Role => (
            Some(Line::Role),
            column::ANSWER,
            format!("{submitted} your role is missing"),
        ),
        Missing::Overall => (
            Some(Line::Overall),
            column::ANSWER,
            format!("{submitted} the overall grade is missing"),
        ),
        Missing::OverallReason => (
            Some(Line::OverallReason),
            column::ANSWER,
            format!("{submitted} the overall grade needs a reason"),
        ),
    };
    // What cannot be read is told already.
    if let Some(line) = line
        && !reader.is_filled(line, at)
        && !reader.is_told(line, at)
    {
        reader.say(line, at, message);
    }
}

/// The first cell in which the answer to a question goes.
fn answer_line(question: &Question) -> Line<'_> {
    let line = Line::Question(question);
    if line.is_open(column::ANSWER) {
        return line;
    }
    let choice = question.choices.first();
    choice.map_or(Line::Part(question), |choice| {
        Line::Choice(question, choice)
    })
}

/// Each thing that is not recorded about a safety stop yet.
fn say_stop(reader: &mut SheetReader<'_>, stop: Option<&SafetyStop>) {
    let none = Contact::default();
    let told = [
        (Told::Lead, stop.map_or(&none, |stop| &stop.lead)),
        (Told::FrontDoor, stop.map_or(&none, |stop| &stop.front_door)),
    ];
    for (told, contact) in told {
        let lacks = [
            (ContactField::Role, contact.role.is_empty(), "who was told"),
            (
                ContactField::Date,
                contact.at.is_none(),
                "when they were told",
            ),
            (
                ContactField::Route,
                contact.route.is_empty(),
                "how they were told",
            ),
            (
                ContactField::Response,
                contact.response.is_empty(),
                "what they said",
            ),
        ];
        for (field, missing, what) in lacks {
            let line = Line::Contact(told, field);
            // A day or time that cannot be read is told already.
            if missing && !reader.is_filled(line, column::ANSWER) {
                let message = format!(
                    "the child may not be safe today, and the safety stop is not complete: record {what}"
                );
                reader.say(line, column::ANSWER, message);
            }
        }
    }
}
