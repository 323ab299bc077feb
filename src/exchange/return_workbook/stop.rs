//! The safety stop on a case sheet.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::CaseSheet;
use super::layout::{ContactField, Line, Told, column, safety_question};
use super::lists;
use super::sheet::SheetReader;
use super::write::Shown;
use crate::domain::flow::FormState;
use crate::domain::safety_stop::{Contact, SafetyStop};

/// What stands in the answer cell of a row of the safety stop; nothing for other rows.
pub(super) fn shown(sheet: &CaseSheet, line: Line<'_>) -> Option<Shown> {
    let stop = sheet.stop.as_ref();
    Some(match line {
        Line::Contact(told, field) => {
            let contact = stop.map(|stop| match told {
                Told::Lead => &stop.lead,
                Told::FrontDoor => &stop.front_door,
            });
            contact.map_or(Shown::Empty, |contact| shown_contact(contact, field))
        }
        Line::Called999 if stop.is_some_and(|stop| stop.called_999) => Shown::text(lists::YES),
        Line::Called999 => Shown::Empty,
        Line::OpenedInError => Shown::text(stop.map_or("", |stop| &stop.opened_in_error)),
        _ => return None,
    })
}

fn shown_contact(contact: &Contact, field: ContactField) -> Shown {
    match field {
        ContactField::Role => Shown::text(&contact.role),
        ContactField::Date => contact.at.map_or(Shown::Empty, |at| Shown::Date(at.date())),
        ContactField::Time => contact.at.map_or(Shown::Empty, |at| Shown::Time(at.time())),
        ContactField::Route => Shown::text(&contact.route),
        ContactField::Response => Shown::text(&contact.response),
    }
}

/// Reads the safety stop of a sheet whose answers are read already: there is one where the child
/// may not be safe, and where there was one when the workbook was made.
pub(super) fn read(
    reader: &mut SheetReader<'_>,
    sheet: &CaseSheet,
    saved: DateTime<Utc>,
) -> Option<SafetyStop> {
    let question = safety_question(reader.tool, reader.agency)?;
    let state = FormState {
        tool: reader.tool,
        agency: reader.agency,
        answers: &sheet.answers,
    };
    let because = state.unsafe_answer();
    let stop = SafetyStop {
        lead: contact(reader, Told::Lead),
        front_door: contact(reader, Told::FrontDoor),
        called_999: reader.yes(Line::Called999, column::ANSWER),
        opened_in_error: reader.text(Line::OpenedInError, column::ANSWER),
        ..SafetyStop::open(sheet.id(), because.unwrap_or_default(), saved)
    };
    let known = sheet.versions.contains_key(&SafetyStop::id(sheet.id()));
    let code = &question.code;
    if because.is_some() && !stop.opened_in_error.is_empty() {
        let message = format!(
            "{code} says that the child may not be safe, so the stop was no slip; answer {code} again, or take this away"
        );
        reader.say(Line::OpenedInError, column::ANSWER, message);
    }
    if because.is_some() || known {
        return Some(stop);
    }
    if let Some(line) = first_filled(reader) {
        let message = format!(
            "the safety stop is filled in, but {code} does not say that the child may not be safe; answer {code} so, or take this away"
        );
        reader.say(line, column::ANSWER, message);
    }
    None
}

/// Somebody told. The day without the time, or the other way about, is a problem.
fn contact(reader: &mut SheetReader<'_>, told: Told) -> Contact {
    let line = |field| Line::Contact(told, field);
    let (date, time) = (line(ContactField::Date), line(ContactField::Time));
    let filled = [date, time].map(|line| reader.is_filled(line, column::ANSWER));
    match filled {
        [true, false] => reader.say(
            time,
            column::ANSWER,
            "the time is missing; give one such as 14:05",
        ),
        [false, true] => reader.say(
            date,
            column::ANSWER,
            "the day is missing; give one such as 04/01/2019",
        ),
        _ => (),
    }
    let day = reader.date(date);
    let at = day
        .zip(reader.time(time))
        .map(|(day, time)| NaiveDateTime::new(day, time));
    Contact {
        role: reader.text(line(ContactField::Role), column::ANSWER),
        at,
        route: reader.text(line(ContactField::Route), column::ANSWER),
        response: reader.text(line(ContactField::Response), column::ANSWER),
    }
}

fn first_filled<'a>(reader: &SheetReader<'_>) -> Option<Line<'a>> {
    let contacts = [Told::Lead, Told::FrontDoor].into_iter();
    let contacts = contacts.flat_map(|told| {
        let fields = ContactField::ALL.into_iter();
        fields.map(move |field| Line::Contact(told, field))
    });
    let mut lines = contacts.chain([Line::Called999, Line::OpenedInError]);
    lines.find(|line| reader.is_filled(*line, column::ANSWER))
}
