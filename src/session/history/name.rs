//! What a record is called: "Answer to C01, NEG20-03, GP".

use crate::domain::dates::written_date;
use crate::domain::form::CaseForm;
use crate::domain::id::RecordId;
use crate::domain::record::Record;
use crate::domain::register::Register;
use crate::domain::tool::Tool;

/// The name of a record. What it belongs to and is no longer in the register is left out.
pub fn name(record: &Record, register: &Register) -> String {
    let of_audit = |words: String, audit: RecordId| {
        let audit = register.audits.get(&audit);
        placed(words, audit.map(|audit| audit.title.clone()))
    };
    match record {
        Record::Partnership(own) => format!("Partnership: {}", own.name),
        Record::Agency(own) => format!("Agency: {}", own.name),
        Record::Tool(own) => format!("Tool: {}", own.name()),
        Record::Audit(own) => format!("Audit: {}", own.title),
        Record::Hypothesis(own) => of_audit(format!("Hypothesis {}", own.code), own.audit),
        Record::Case(own) => of_audit(format!("Case {}", own.reference), own.audit),
        Record::AgencyReturn(own) => {
            let agency = register.agency_short(&own.agency);
            of_audit(format!("Return of {agency}"), own.audit)
        }
        Record::Attendance(own) => {
            let agency = match own.agency.as_str() {
                "" => "the partnership",
                code => register.agency_short(code),
            };
            let day = written_date(own.day);
            of_audit(format!("Attendance of {agency} on {day}"), own.audit)
        }
        Record::Finding(own) => of_audit(format!("Finding {}", own.number), own.audit),
        Record::Dismissal(own) => of_audit("Suggestion set aside".into(), own.audit),
        Record::Action(own) => of_audit("Action".into(), own.audit),
        Record::Retention(own) => of_audit("Retention of the forms".into(), own.audit),
        Record::ActionUpdate(own) => {
            let words = "Progress of an action".into();
            match register.actions.get(&own.action) {
                Some(action) => of_audit(words, action.audit),
                None => words,
            }
        }
        Record::Judgement(_) | Record::AgreedDate(_) => on_case(record, register),
        _ => on_form(record, register),
    }
}

fn placed(words: String, place: Option<String>) -> String {
    match place {
        Some(place) => format!("{words}, {place}"),
        None => words,
    }
}

/// What the panel says of a case.
fn on_case(record: &Record, register: &Register) -> String {
    let (words, case) = match record {
        Record::Judgement(own) => {
            let what = match &own.question {
                None => "the overall grade".into(),
                Some(id) => question_code(tool_of_case(register, own.case), id),
            };
            (format!("Panel judgement on {what}"), own.case)
        }
        Record::AgreedDate(own) => {
            let label = date_label(tool_of_case(register, own.case), &own.date_id);
            (format!("Agreed date “{label}”"), own.case)
        }
        _ => return String::new(),
    };
    let case = register.cases.get(&case);
    placed(words, case.map(|case| case.reference.clone()))
}

/// A form and what stands on it.
fn on_form(record: &Record, register: &Register) -> String {
    let (words, form) = match record {
        Record::CaseForm(own) => {
            let id = CaseForm::id(own.agency_return, own.case);
            ("Form".into(), id)
        }
        Record::Answer(own) => {
            let code = question_code(tool_of_form(register, own.form), &own.question);
            (format!("Answer to {code}"), own.form)
        }
        Record::KeyDate(own) => {
            let label = date_label(tool_of_form(register, own.form), &own.date_id);
            (format!("Key date “{label}”"), own.form)
        }
        Record::SafetyStop(own) => ("Safety stop".into(), own.form),
        Record::ConcernFollowUp(own) => {
            let code = question_code(tool_of_form(register, own.form), &own.question);
            let words = format!("Follow-up of the practice concern in {code}");
            (words, own.form)
        }
        _ => return String::new(),
    };
    placed(words, form_place(register, form))
}

/// "NEG20-03, GP"
fn form_place(register: &Register, form: RecordId) -> Option<String> {
    let (_, agency, case) = register.place_of(form)?;
    let reference = &register.cases.get(&case)?.reference;
    Some(format!("{reference}, {}", register.agency_short(agency)))
}

pub(super) fn tool_of_form(register: &Register, form: RecordId) -> Option<&Tool> {
    register.tool_of(register.place_of(form)?.0)
}

pub(super) fn tool_of_case(register: &Register, case: RecordId) -> Option<&Tool> {
    register.tool_of(register.cases.get(&case)?.audit)
}

/// The printed code of a question; its identity where the tool is not known.
pub(super) fn question_code(tool: Option<&Tool>, id: &str) -> String {
    let question = tool.and_then(|tool| tool.question(id));
    question.map_or_else(|| id.to_owned(), |question| question.code.clone())
}

fn date_label(tool: Option<&Tool>, id: &str) -> String {
    let mut fields = tool.map_or(&[][..], |tool| &tool.key_dates).iter();
    let field = fields.find(|field| field.id == id);
    field.map_or_else(|| id.to_owned(), |field| field.label.clone())
}
