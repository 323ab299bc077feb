//! What a record is called: "Answer to C01, NEG20-03, GP".

use crate::domain::dates::written_date;
use crate::domain::id::RecordId;
use crate::domain::record::Record;
use crate::domain::register::Register;
use crate::domain::tool::Tool;

/// The name of a record. What it belongs to and is no longer in the register is left out.
pub fn name(record: &Record, register: &Register) -> String {
    let named = |words: String, place: Option<String>| match place {
        Some(place) => format!("{words}, {place}"),
        None => words,
    };
    let on_form = |form: RecordId| form_place(register, form);
    let of_case = |case: RecordId| register.cases.get(&case).map(|case| case.reference.clone());
    let of_audit = |audit: RecordId| register.audits.get(&audit).map(|audit| audit.title.clone());
    match record {
        Record::Partnership(own) => format!("Partnership: {}", own.name),
        Record::Agency(own) => format!("Agency: {}", own.name),
        Record::Tool(own) => format!("Tool: {}", own.name()),
        Record::Audit(own) => format!("Audit: {}", own.title),
        Record::Hypothesis(own) => named(format!("Hypothesis {}", own.code), of_audit(own.audit)),
        Record::Case(own) => named(format!("Case {}", own.reference), of_audit(own.audit)),
        Record::AgencyReturn(own) => {
            let agency = register.agency_short(&own.agency);
            named(format!("Return of {agency}"), of_audit(own.audit))
        }
        Record::CaseForm(own) => {
            let agency = register.returns.get(&own.agency_return);
            let agency = agency.map(|own| register.agency_short(&own.agency).to_owned());
            named(named("Form".into(), of_case(own.case)), agency)
        }
        Record::Answer(own) => {
            let code = question_code(tool_of_form(register, own.form), &own.question);
            named(format!("Answer to {code}"), on_form(own.form))
        }
        Record::KeyDate(own) => {
            let label = date_label(tool_of_form(register, own.form), &own.date_id);
            named(format!("Key date “{label}”"), on_form(own.form))
        }
        Record::SafetyStop(own) => named("Safety stop".into(), on_form(own.form)),
        Record::Judgement(own) => {
            let what = match &own.question {
                None => "the overall grade".into(),
                Some(id) => question_code(tool_of_case(register, own.case), id),
            };
            named(format!("Panel judgement on {what}"), of_case(own.case))
        }
        Record::AgreedDate(own) => {
            let label = date_label(tool_of_case(register, own.case), &own.date_id);
            named(format!("Agreed date “{label}”"), of_case(own.case))
        }
        Record::Attendance(own) => {
            let agency = match own.agency.as_str() {
                "" => "the partnership",
                code => register.agency_short(code),
            };
            let day = written_date(own.day);
            named(
                format!("Attendance of {agency} on {day}"),
                of_audit(own.audit),
            )
        }
        Record::ConcernFollowUp(own) => {
            let code = question_code(tool_of_form(register, own.form), &own.question);
            named(
                format!("Follow-up of the practice concern in {code}"),
                on_form(own.form),
            )
        }
        Record::Finding(own) => named(format!("Finding {}", own.number), of_audit(own.audit)),
        Record::Dismissal(own) => named("Suggestion set aside".into(), of_audit(own.audit)),
        Record::Action(own) => named("Action".into(), of_audit(own.audit)),
        Record::ActionUpdate(own) => {
            let action = register.actions.get(&own.action);
            let audit = action.and_then(|action| of_audit(action.audit));
            named("Progress of an action".into(), audit)
        }
    }
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
