//! The fields of a record in words, lined up between its versions.

use chrono::{DateTime, Local, Utc};
use serde_json::Value as Json;

use super::{Field, Says};
use crate::domain::answer::{Answer, Flag, Given, Note};
use crate::domain::dates::written_date;
use crate::domain::form::CaseForm;
use crate::domain::record::Record;
use crate::domain::safety_stop::{Contact, SafetyStop};
use crate::domain::tool::Tool;

/// A label and what stands there.
type Line = (String, String);

/// The fields of each version, in one order for all, without those that are empty in all.
pub(super) fn side_by_side(versions: &[Says], tool: Option<&Tool>) -> Vec<Vec<Field>> {
    let lines: Vec<Vec<Line>> = versions.iter().map(|says| lines(says, tool)).collect();
    let mut labels: Vec<&String> = Vec::new();
    for (label, words) in lines.iter().flatten() {
        if !words.is_empty() && !labels.contains(&label) {
            labels.push(label);
        }
    }
    let words = |lines: &[Line], label: &String| {
        let found = lines.iter().find(|(known, _)| known == label);
        found.map_or_else(String::new, |(_, words)| words.clone())
    };
    let field = |own: &[Line], label: &String| {
        let own = words(own, label);
        Field {
            label: label.clone(),
            differs: lines.iter().any(|other| words(other, label) != own),
            words: own,
        }
    };
    let of = |own: &Vec<Line>| labels.iter().map(|label| field(own, label)).collect();
    lines.iter().map(of).collect()
}

fn lines(says: &Says, tool: Option<&Tool>) -> Vec<Line> {
    let Says::Record(record) = says else {
        return Vec::new();
    };
    match record.as_ref() {
        Record::Answer(answer) => of_answer(answer, tool),
        Record::CaseForm(form) => of_form(form, tool),
        Record::SafetyStop(stop) => of_stop(stop),
        Record::KeyDate(date) => vec![line("Date", written_date(date.date))],
        other => in_general(other),
    }
}

fn line(label: &str, words: impl Into<String>) -> Line {
    (label.to_owned(), words.into())
}

fn of_answer(answer: &Answer, tool: Option<&Tool>) -> Vec<Line> {
    let question = tool.and_then(|tool| Some((tool, tool.question(&answer.question)?)));
    let given = match (&answer.given, question) {
        (None, _) => String::new(),
        (Some(Given::Blank(blank)), _) => blank.label().to_owned(),
        (Some(Given::Value(value)), Some((tool, question))) => tool.words(question, value),
        (Some(Given::Value(value)), None) => value.chosen().join(", "),
    };
    let marks = [Flag::GoodPractice, Flag::PracticeConcern];
    let marks = marks.into_iter().filter(|flag| answer.flag(*flag));
    let marks: Vec<_> = marks.map(Flag::label).collect();
    let notes = Note::ALL.map(|note| line(note.label(), answer.note(note)));
    let mut lines = vec![line("Answer", given)];
    lines.extend(notes);
    lines.push(line("Marked", marks.join(", ")));
    lines
}

fn of_form(form: &CaseForm, tool: Option<&Tool>) -> Vec<Line> {
    let grade = form.overall.as_deref().map(|id| {
        let label = tool.map(|tool| tool.grade_label(id));
        label.unwrap_or(id).to_owned()
    });
    vec![
        line("Status", form.status.label()),
        line("Submitted", form.submitted.map(moment).unwrap_or_default()),
        line("Why declined", form.declined_reason.as_str()),
        line("Auditor's role", form.role.as_str()),
        line("Overall grade", grade.unwrap_or_default()),
        line("Why this grade", form.overall_reason.as_str()),
    ]
}

fn of_stop(stop: &SafetyStop) -> Vec<Line> {
    let called = if stop.called_999 { "Yes" } else { "No" };
    vec![
        line("Opened", moment(stop.opened)),
        line("Safeguarding lead", told(&stop.lead)),
        line("Front door", told(&stop.front_door)),
        line("999 called", called),
        line("Opened in error", stop.opened_in_error.as_str()),
    ]
}

/// "named nurse, 02/03/2026 14:05, telephone: strategy discussion today"
fn told(contact: &Contact) -> String {
    let at = contact.at.map(|at| at.format("%d/%m/%Y %H:%M").to_string());
    let parts = [Some(contact.role.clone()), at, Some(contact.route.clone())];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    let parts = parts.collect::<Vec<_>>().join(", ");
    match contact.response.trim() {
        "" => parts,
        response => format!("{parts}: {response}"),
    }
}

fn moment(at: DateTime<Utc>) -> String {
    let at = at.with_timezone(&Local);
    at.format("%d/%m/%Y %H:%M").to_string()
}

/// Any other record by the names its body has.
fn in_general(record: &Record) -> Vec<Line> {
    let body = serde_json::from_str(&record.body()).unwrap_or(Json::Null);
    let mut lines = Vec::new();
    flatten("", &body, &mut lines);
    lines
}

/// Fields that say where a record stands, not what it says.
const PLACE: [&str; 5] = ["form", "question", "return", "case", "audit"];

fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Json::Bool(true) => "yes".into(),
        Json::Bool(false) => "no".into(),
        Json::Null => "nothing".into(),
        other => other.to_string(),
    }
}

fn flatten(name: &str, value: &Json, lines: &mut Vec<Line>) {
    let Json::Object(fields) = value else {
        let mut label = name.replace('_', " ");
        if let Some(first) = label.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        return lines.push((label, shown(value)));
    };
    let told = fields.iter();
    // What a scope asks is called a question too, and is no place.
    let is_place = |key: &str| name.is_empty() && (PLACE.contains(&key) || key == "re_audit_of");
    let told = told.filter(|(key, _)| !is_place(key));
    for (key, value) in told {
        let name = if name.is_empty() {
            key.clone()
        } else {
            format!("{name}, {key}")
        };
        flatten(&name, value, lines);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::Value;
    use crate::domain::audit::{Audit, AuditState, Scope};
    use crate::domain::catalogue::Catalogue;
    use crate::domain::id::RecordId;

    fn shown_as(versions: &[Says], tool: Option<&Tool>) -> Vec<Vec<String>> {
        let sides = side_by_side(versions, tool).into_iter();
        let words = |field: Field| {
            let differs = if field.differs { " (differs)" } else { "" };
            format!("{}: {}{differs}", field.label, field.words)
        };
        sides
            .map(|fields| fields.into_iter().map(words).collect())
            .collect()
    }

    fn record(record: impl Into<Record>) -> Says {
        Says::Record(Box::new(record.into()))
    }

    #[test]
    fn only_what_differs_is_said_to() {
        let catalogue = Catalogue::built_in().unwrap();
        let tool = catalogue.tool("neglect@1").unwrap();
        let mut one = Answer::empty(RecordId::fresh(), "C01");
        one.given = Some(Given::Value(Value::one("good")));
        one.worked = "Seen alone".into();
        let mut two = one.clone();
        two.given = Some(Given::Value(Value::one("inadequate")));
        two.worries = "Not asked".into();
        assert_eq!(
            shown_as(&[record(one), record(two), Says::Gone], Some(tool)),
            [
                vec![
                    "Answer: Good (differs)",
                    "What worked: Seen alone (differs)",
                    "What worries us:  (differs)",
                ],
                vec![
                    "Answer: Inadequate (differs)",
                    "What worked: Seen alone (differs)",
                    "What worries us: Not asked (differs)",
                ],
                vec![
                    "Answer:  (differs)",
                    "What worked:  (differs)",
                    "What worries us:  (differs)",
                ],
            ]
        );
    }

    #[test]
    fn the_scope_of_an_audit_is_told_field_by_field() {
        let audit = |question: &str| Audit {
            title: "Neglect 2026".into(),
            tool: "neglect@1".into(),
            agencies: vec!["CSC".into(), "POL".into()],
            state: AuditState::Open,
            scope: Scope {
                question: question.into(),
                ..Scope::default()
            },
            re_audit_of: None,
        };
        let sides = shown_as(&[record(audit("Old?")), record(audit("New?"))], None);
        assert!(
            sides[0].contains(&"Scope, question: Old? (differs)".to_owned()),
            "{sides:?}"
        );
        assert!(
            sides[1].contains(&"Agencies: CSC, POL".to_owned()),
            "{sides:?}"
        );
    }
}
