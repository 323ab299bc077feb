//! What a record says, field by field, in words: labels for identities, dates as people write
//! them. Where it stands (its case, form, question) is in its name.

use chrono::{DateTime, NaiveDate, Utc};

use super::name::{question_code, tool_of_case, tool_of_form};
use super::{FieldText, Words, local_time};
use crate::domain::action::{Action, ActionStatus};
use crate::domain::answer::{Answer, Flag, Given, Note, Value};
use crate::domain::audit::{Audit, Hypothesis};
use crate::domain::case::{AGE_BANDS, Case, ETHNICITY_GROUPS, PLANS, SEXES, label_of};
use crate::domain::dates::written_date;
use crate::domain::finding::Finding;
use crate::domain::form::CaseForm;
use crate::domain::id::RecordId;
use crate::domain::judgement::Judgement;
use crate::domain::record::Record;
use crate::domain::retention::Retention;
use crate::domain::safety_stop::{Contact, SafetyStop};
use crate::domain::tool::Tool;

/// The fields that say something.
pub(in crate::session) fn fields(record: &Record, words: Words<'_>) -> Vec<FieldText> {
    let mut said = Said::default();
    match record {
        Record::Partnership(own) => {
            said.text("Name", &own.name);
            said.text("Local rules of", own.local_rules.as_deref().unwrap_or(""));
            said.flag("Worked example", own.worked_example);
            let months = own.keep_months.map(|months| months.to_string());
            said.text("Months forms are kept", &months.unwrap_or_default());
        }
        Record::Agency(own) => {
            said.text("Code", &own.code);
            said.text("Name", &own.name);
            said.text("Short name", &own.short);
        }
        Record::Tool(own) => {
            said.text("Title", &own.title);
            said.text("Questions", &own.questions.len().to_string());
        }
        Record::Audit(own) => audit(own, words, &mut said),
        Record::Hypothesis(own) => hypothesis(own, words, &mut said),
        Record::Case(own) => case(own, &mut said),
        Record::AgencyReturn(own) => {
            said.date("Sent out", own.issued);
            said.date("Due", own.due);
            said.instant("Merged", own.merged);
        }
        Record::CaseForm(own) => form(own, words, &mut said),
        Record::Answer(own) => answer(own, words, &mut said),
        Record::KeyDate(own) => said.date("Date", Some(own.date)),
        Record::SafetyStop(own) => safety_stop(own, &mut said),
        Record::Judgement(own) => judgement(own, words, &mut said),
        Record::AgreedDate(own) => {
            said.date("Date", Some(own.date));
            said.text("Reason", &own.reason);
        }
        Record::Attendance(own) => {
            said.text("Presence", own.presence.label());
            said.text("Roles", &own.roles);
        }
        Record::ConcernFollowUp(own) => {
            said.date("Reviewed", own.reviewed);
            said.text("By", &own.by_role);
            said.text("Outcome", &own.outcome);
        }
        Record::Finding(own) => finding(own, words, &mut said),
        Record::Dismissal(own) => {
            said.text("Suggestion", &own.suggestion);
            said.text("Reason", &own.reason);
        }
        Record::Action(own) => action(own, words, &mut said),
        Record::ActionUpdate(own) => {
            said.instant("Written", Some(own.at));
            said.text("Progress", &own.text);
        }
        Record::Retention(own) => retention(own, &mut said),
    }
    said.0
}

/// The fields gathered so far; what is empty says nothing.
#[derive(Default)]
struct Said(Vec<FieldText>);

impl Said {
    fn text(&mut self, label: &str, text: &str) {
        if !text.trim().is_empty() {
            self.0.push((label.into(), text.trim().into()));
        }
    }

    fn flag(&mut self, label: &str, on: bool) {
        self.text(label, if on { "yes" } else { "" });
    }

    fn date(&mut self, label: &str, date: Option<NaiveDate>) {
        self.text(label, &date.map(written_date).unwrap_or_default());
    }

    fn instant(&mut self, label: &str, at: Option<DateTime<Utc>>) {
        self.text(label, &at.map(local_time).unwrap_or_default());
    }

    fn list(&mut self, label: &str, items: impl IntoIterator<Item = String>) {
        let items: Vec<String> = items.into_iter().collect();
        self.text(label, &items.join(", "));
    }
}

impl Words<'_> {
    fn agencies(self, codes: &[String]) -> Vec<String> {
        let names = codes.iter().map(|code| self.register.agency_short(code));
        names.map(str::to_owned).collect()
    }
}

fn codes(tool: Option<&Tool>, ids: &[String]) -> Vec<String> {
    ids.iter().map(|id| question_code(tool, id)).collect()
}

fn retention(own: &Retention, said: &mut Said) {
    said.date("Kept until", own.keep_until);
    if let Some(hold) = &own.hold {
        said.text("Legal hold", &hold.reason);
        said.text("Placed by", &hold.by);
    }
    let removed = own.removed.as_ref();
    said.instant("Forms removed", removed.map(|removed| removed.at));
}

fn audit(own: &Audit, words: Words<'_>, said: &mut Said) {
    let scope = &own.scope;
    said.text("Title", &own.title);
    said.text("State", own.state.label());
    said.text("Tool", &own.tool);
    said.list("Agencies", words.agencies(&own.agencies));
    said.text("Question", &scope.question);
    said.date("Practice from", scope.from);
    said.date("Practice to", scope.to);
    said.text("Whose cases", &scope.cohort);
    let population = scope.population.map(|count| count.to_string());
    said.text("Out of", &population.unwrap_or_default());
    said.text("How they were picked", &scope.method);
    said.text("Children", &scope.children);
    said.text("Parents", &scope.parents);
    said.text("Carers", &scope.carers);
    said.text("Lead auditor", &scope.lead_role);
    said.date("Forms due", scope.due);
    let first = own
        .re_audit_of
        .and_then(|first| words.register.audits.get(&first));
    said.text("Re-audit of", first.map_or("", |first| &first.title));
}

fn hypothesis(own: &Hypothesis, words: Words<'_>, said: &mut Said) {
    said.text("Hypothesis", &own.text);
    let tool = words.register.tool_of(own.audit);
    said.list("Questions", codes(tool, &own.questions));
    said.text("Verdict", own.verdict.map_or("", |verdict| verdict.label()));
    said.text("Rationale", &own.rationale);
}

fn case(own: &Case, said: &mut Said) {
    said.text("Reference", &own.reference);
    for (label, list, id) in [
        ("Age band", AGE_BANDS, &own.age_band),
        ("Sex", SEXES, &own.sex),
        ("Ethnicity", ETHNICITY_GROUPS, &own.ethnicity),
        ("Plan", PLANS, &own.plan),
    ] {
        said.text(label, id.as_deref().map_or("", |id| label_of(list, id)));
    }
    said.text("Same child as", own.same_as.as_deref().unwrap_or(""));
}

fn form(own: &CaseForm, words: Words<'_>, said: &mut Said) {
    let tool = tool_of_case(words.register, own.case);
    let grade = own.overall.as_deref();
    said.text("Status", own.status.label());
    said.text("Role", &own.role);
    said.text("Declined because", &own.declined_reason);
    said.text(
        "Overall grade",
        grade.map_or("", |id| tool.map_or(id, |tool| tool.grade_label(id))),
    );
    said.text("Reason for the overall grade", &own.overall_reason);
    said.instant("Submitted", own.submitted);
}

/// A value in the words of the tool; as it is kept where the tool or question is not known.
fn value_words(tool: Option<&Tool>, question: &str, value: &Value) -> String {
    let known = tool.and_then(|tool| Some((tool, tool.question(question)?)));
    match (known, value) {
        (Some((tool, question)), _) => tool.words(question, value),
        (None, Value::Number(number)) => number.to_string(),
        (None, Value::Ratio { part, whole }) => format!("{part} of {whole}"),
        (None, Value::Many(_) | Value::One(_)) => value.chosen().join(", "),
    }
}

fn answer(own: &Answer, words: Words<'_>, said: &mut Said) {
    let tool = tool_of_form(words.register, own.form);
    let given = match &own.given {
        None => String::new(),
        Some(Given::Blank(blank)) => blank.label().to_owned(),
        Some(Given::Value(value)) => value_words(tool, &own.question, value),
    };
    said.text("Answer", &given);
    for note in Note::ALL {
        said.text(note.label(), own.note(note));
    }
    said.flag(Flag::GoodPractice.label(), own.good_practice);
    said.flag(Flag::PracticeConcern.label(), own.practice_concern);
    said.list("Given in view of", codes(tool, &own.in_view_of));
}

fn safety_stop(own: &SafetyStop, said: &mut Said) {
    said.text("Opened by the answer", &own.because.replace('_', " "));
    said.instant("Opened", Some(own.opened));
    contact("Agency's safeguarding lead", &own.lead, said);
    contact("Front door", &own.front_door, said);
    said.flag("999 called", own.called_999);
    said.text("Opened in error", &own.opened_in_error);
}

fn contact(who: &str, own: &Contact, said: &mut Said) {
    said.text(&format!("{who}, role"), &own.role);
    let at = own.at.map(|at| at.format("%d/%m/%Y %H:%M").to_string());
    said.text(&format!("{who}, told"), &at.unwrap_or_default());
    said.text(&format!("{who}, route"), &own.route);
    said.text(&format!("{who}, response"), &own.response);
}

fn judgement(own: &Judgement, words: Words<'_>, said: &mut Said) {
    let tool = tool_of_case(words.register, own.case);
    let value = match (&own.question, own.value.chosen(), tool) {
        (Some(question), ..) => value_words(tool, question, &own.value),
        (None, [grade], Some(tool)) => tool.grade_label(grade).to_owned(),
        (None, chosen, _) => chosen.join(", "),
    };
    said.text("Judgement", &value);
    said.text("Reason", &own.reason);
    said.text("Seen differently", &own.dissent);
}

fn finding(own: &Finding, words: Words<'_>, said: &mut Said) {
    said.text("Number", &own.number.to_string());
    said.text("Kind", own.kind.label());
    let theme = words.catalogue.theme(&own.theme);
    said.text("Theme", theme.map_or(&own.theme, |theme| &theme.name));
    said.text("Finding", &own.text);
    said.list("Agencies", words.agencies(&own.agencies));
    let reference = |id: &RecordId| {
        let case = words.register.cases.get(id);
        case.map_or_else(
            || "a case that was withdrawn".into(),
            |case| case.reference.clone(),
        )
    };
    said.list("Cases", own.cases.iter().map(reference));
    let tool = words.register.tool_of(own.audit);
    said.list("Questions", codes(tool, &own.questions));
}

fn action(own: &Action, words: Words<'_>, said: &mut Said) {
    let finding = own.finding.and_then(|id| words.register.findings.get(&id));
    said.text("What", &own.what);
    let number = finding.map(|finding| format!("finding {}", finding.number));
    said.text("From", &number.unwrap_or_default());
    said.text("Owner", words.register.agency_short(&own.owner_agency));
    said.text("Owner's role", &own.owner_role);
    said.date("Due", own.due);
    said.text("Term", own.due_term.map_or("", |term| term.label()));
    said.text("Status", status(own.status));
    said.text("Evidence of impact", &own.evidence_of_impact);
}

fn status(status: ActionStatus) -> &'static str {
    match status {
        ActionStatus::Proposed => "Proposed",
        ActionStatus::Agreed => "Agreed",
        ActionStatus::InProgress => "In progress",
        ActionStatus::Done => "Done",
        ActionStatus::NotDone => "Not done",
        ActionStatus::Superseded => "Superseded",
    }
}
