//! From a checked data file to the records of a new audit.

use std::collections::{BTreeMap, HashMap};

use super::check::built_in;
use super::contents::{CarriedData, ContactData, DataFile, FormData, OVERALL};
use crate::domain::action::{Action, ActionUpdate};
use crate::domain::agreed_date::AgreedDate;
use crate::domain::answer::Answer;
use crate::domain::attendance::Attendance;
use crate::domain::audit::{Audit, Hypothesis, Scope};
use crate::domain::case::Case;
use crate::domain::catalogue::Catalogue;
use crate::domain::concern::ConcernFollowUp;
use crate::domain::dismissal::Dismissal;
use crate::domain::finding::Finding;
use crate::domain::flow::{Answers, FormState};
use crate::domain::form::{AgencyReturn, CaseForm, FormStatus};
use crate::domain::id::RecordId;
use crate::domain::judgement::Judgement;
use crate::domain::key_date::KeyDate;
use crate::domain::partnership::Agency;
use crate::domain::register::Register;
use crate::domain::revision::Edit;
use crate::domain::safety_stop::{Contact, SafetyStop};
use crate::domain::tool::Tool;

/// What a data file becomes.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The new audit.
    pub audit: RecordId,
    /// Its title.
    pub title: String,
    /// Everything to be kept, in one change.
    pub edits: Vec<Edit>,
    /// How many cases.
    pub cases: usize,
    /// How many forms the data held.
    pub forms: usize,
    /// How many answers the data held.
    pub answers: usize,
    /// What a person should know although nothing is wrong with the data.
    pub notices: Vec<String>,
}

/// The records of `data`; `None` when its tool is neither in the register nor built in.
pub(super) fn records(
    data: &DataFile,
    register: &Register,
    catalogue: &Catalogue,
) -> Option<Loaded> {
    let name = &data.audit.tool;
    let tool = register.tool(name).or_else(|| built_in(catalogue, name))?;
    let mut records = Records::new(data);
    if register.tool(name).is_none() {
        records.put(Tool::id(name), tool.clone());
    }
    records.agencies(register, catalogue);
    records.audit(register);
    records.cases();
    records.forms();
    records.judgements();
    records.findings();
    records.actions();
    records.safety_stops();
    records.panel_day();
    records.concern_follow_ups();
    records.dismissals();
    Some(Loaded {
        audit: records.audit,
        title: data.audit.title.clone(),
        cases: data.cases.len(),
        forms: data.forms.len(),
        answers: data.forms.iter().map(|form| form.answers.len()).sum(),
        notices: notices(data, tool),
        edits: records.edits,
    })
}

/// The answers of a form in the data, as records on `form`.
pub(super) fn answers(form: RecordId, data: &FormData) -> Answers {
    let answer = |(question, data): &(String, super::contents::AnswerData)| {
        let answer = Answer {
            given: data.given.clone(),
            worked: data.worked.clone(),
            worries: data.worries.clone(),
            so_what: data.so_what.clone(),
            good_practice: data.good_practice,
            practice_concern: data.practice_concern,
            in_view_of: data.in_view_of.clone(),
            ..Answer::empty(form, question)
        };
        (question.clone(), answer)
    };
    data.answers.iter().map(answer).collect()
}

/// Children who may not be safe, with nobody recorded as told. Data from elsewhere may lack it; it
/// is taken, and said.
fn notices(data: &DataFile, tool: &Tool) -> Vec<String> {
    let told = |form: &FormData| {
        let mut stops = data.safety_stops.iter();
        stops.any(|stop| stop.case == form.case && stop.agency == form.agency)
    };
    let held = data.forms.iter().filter(|form| {
        let answers = answers(RecordId::derived("form", &[]), form);
        let state = FormState {
            tool,
            agency: &form.agency,
            answers: &answers,
        };
        state.unsafe_answer().is_some() && !told(form)
    });
    held.map(|form| {
        format!(
            "{} of {} says that the child is not, or may not be, safe, and nobody is recorded as told.",
            form.agency, form.case
        )
    })
    .collect()
}

struct Records<'a> {
    data: &'a DataFile,
    audit: RecordId,
    cases: HashMap<&'a str, RecordId>,
    findings: HashMap<u32, RecordId>,
    edits: Vec<Edit>,
}

impl<'a> Records<'a> {
    fn new(data: &'a DataFile) -> Self {
        Self {
            data,
            audit: RecordId::fresh(),
            cases: HashMap::new(),
            findings: HashMap::new(),
            edits: Vec::new(),
        }
    }

    fn put(&mut self, id: RecordId, record: impl Into<crate::domain::record::Record>) {
        self.edits.push(Edit::put(id, record));
    }

    /// The checked data names only cases of its own.
    fn case(&self, reference: &str) -> RecordId {
        self.cases.get(reference).copied().unwrap_or(self.audit)
    }

    fn form(&self, reference: &str, agency: &str) -> RecordId {
        CaseForm::id(AgencyReturn::id(self.audit, agency), self.case(reference))
    }

    fn agencies(&mut self, register: &Register, catalogue: &Catalogue) {
        let owners = self.data.actions.iter().map(|action| &action.owner_agency);
        let mut codes: Vec<&String> = self.data.audit.agencies.iter().chain(owners).collect();
        codes.sort();
        codes.dedup();
        for code in codes {
            if register.agency(code).is_none()
                && let Some(agency) = catalogue.agency(code)
            {
                self.put(Agency::id(code), agency.clone());
            }
        }
    }

    fn audit(&mut self, register: &Register) {
        let data = &self.data.audit;
        let scope = data.scope.clone();
        let first = data.re_audit_of.as_ref().and_then(|title| {
            let mut audits = register.audits.iter();
            audits
                .find(|(_, audit)| audit.title == *title)
                .map(|(id, _)| *id)
        });
        let audit = Audit {
            title: data.title.clone(),
            tool: data.tool.clone(),
            agencies: data.agencies.clone(),
            state: data.state,
            scope: Scope {
                question: scope.question,
                from: data.from,
                to: data.to,
                cohort: scope.cohort,
                population: scope.population,
                method: scope.method,
                children: scope.children,
                parents: scope.parents,
                carers: scope.carers,
                lead_role: scope.lead_role,
                due: scope.due,
                carried: carried(register, first, &scope.carried),
            },
            re_audit_of: first,
        };
        self.put(self.audit, audit);
        for hypothesis in &self.data.hypotheses {
            let hypothesis = Hypothesis {
                audit: self.audit,
                code: hypothesis.code.clone(),
                text: hypothesis.text.clone(),
                questions: hypothesis.questions.clone(),
                verdict: hypothesis.verdict,
                rationale: hypothesis.rationale.clone(),
            };
            self.put(RecordId::fresh(), hypothesis);
        }
    }

    fn cases(&mut self) {
        for case in &self.data.cases {
            let id = RecordId::fresh();
            self.cases.insert(&case.reference, id);
            let case = Case {
                audit: self.audit,
                reference: case.reference.clone(),
                age_band: case.age_band.clone(),
                sex: case.sex.clone(),
                ethnicity: case.ethnicity.clone(),
                plan: case.plan.clone(),
                same_as: case.same_as.clone(),
            };
            self.put(id, case);
        }
    }

    /// A return for every agency and a form for every agency and case, so that coverage and
    /// screens have them all; then what the data holds of them.
    fn forms(&mut self) {
        let data = self.data;
        let given: HashMap<(&str, &str), &FormData> = data
            .forms
            .iter()
            .map(|form| ((form.case.as_str(), form.agency.as_str()), form))
            .collect();
        for agency in &data.audit.agencies {
            let agency_return = AgencyReturn::id(self.audit, agency);
            let record = AgencyReturn {
                audit: self.audit,
                agency: agency.clone(),
                issued: None,
                due: data.audit.scope.due,
                merged: None,
                cover: String::new(),
                arrivals: BTreeMap::new(),
            };
            self.put(agency_return, record);
            for case in &data.cases {
                let id = self.form(&case.reference, agency);
                let empty = CaseForm::new(agency_return, self.case(&case.reference));
                match given.get(&(case.reference.as_str(), agency.as_str())) {
                    None => self.put(id, empty),
                    Some(form) => self.filled_form(id, &empty, form),
                }
            }
        }
    }

    fn filled_form(&mut self, id: RecordId, empty: &CaseForm, data: &FormData) {
        let form = CaseForm {
            status: data.status,
            role: data.role.clone(),
            declined_reason: data.declined_reason.clone(),
            overall: data.overall.clone(),
            overall_reason: data.overall_reason.clone(),
            submitted: data.submitted,
            ..empty.clone()
        };
        self.put(id, form);
        for (question, answer) in answers(id, data) {
            self.put(Answer::id(id, &question), answer);
        }
        for (date_id, date) in &data.dates {
            let record = KeyDate {
                form: id,
                date_id: date_id.clone(),
                date: *date,
            };
            self.put(KeyDate::id(id, date_id), record);
        }
    }

    fn judgements(&mut self) {
        for judgement in &self.data.judgements {
            let case = self.case(&judgement.case);
            let question = Some(&judgement.question).filter(|question| *question != OVERALL);
            let record = Judgement {
                case,
                question: question.cloned(),
                value: judgement.value.clone(),
                reason: judgement.reason.clone(),
                dissent: judgement.dissent.clone(),
            };
            self.put(Judgement::id(case, question.map(String::as_str)), record);
        }
    }

    fn findings(&mut self) {
        for finding in &self.data.findings {
            let id = RecordId::fresh();
            self.findings.insert(finding.number, id);
            let cases = finding.cases.iter();
            let record = Finding {
                audit: self.audit,
                number: finding.number,
                kind: finding.kind,
                theme: finding.theme.clone(),
                text: finding.text.clone(),
                agencies: finding.agencies.clone(),
                cases: cases.map(|reference| self.case(reference)).collect(),
                questions: finding.questions.clone(),
                looked_at: finding.looked_at,
            };
            self.put(id, record);
        }
    }

    fn actions(&mut self) {
        for action in &self.data.actions {
            let id = RecordId::fresh();
            let finding = action.finding.and_then(|number| self.findings.get(&number));
            let record = Action {
                audit: self.audit,
                finding: finding.copied(),
                what: action.what.clone(),
                owner_agency: action.owner_agency.clone(),
                owner_role: action.owner_role.clone(),
                due: action.due,
                due_term: action.due_term,
                agreed: action.agreed,
                status: action.status,
                evidence_of_impact: action.evidence_of_impact.clone(),
            };
            self.put(id, record);
            for update in &action.updates {
                let record = ActionUpdate {
                    action: id,
                    at: update.at,
                    text: update.text.clone(),
                };
                self.put(RecordId::fresh(), record);
            }
        }
    }

    fn panel_day(&mut self) {
        for agreed in &self.data.agreed_dates {
            let case = self.case(&agreed.case);
            let record = AgreedDate {
                case,
                date_id: agreed.date.clone(),
                date: agreed.agreed,
                reason: agreed.reason.clone(),
            };
            self.put(AgreedDate::id(case, &agreed.date), record);
        }
        for attendance in &self.data.attendance {
            let record = Attendance {
                audit: self.audit,
                day: attendance.day,
                agency: attendance.agency.clone(),
                presence: attendance.presence,
                roles: attendance.roles.clone(),
            };
            let id = Attendance::id(self.audit, attendance.day, &attendance.agency);
            self.put(id, record);
        }
    }

    fn safety_stops(&mut self) {
        for stop in &self.data.safety_stops {
            let form = self.form(&stop.case, &stop.agency);
            let record = SafetyStop {
                form,
                because: stop.because.clone(),
                opened: stop.opened,
                lead: contact(&stop.lead),
                front_door: contact(&stop.front_door),
                called_999: stop.called_999,
                opened_in_error: stop.opened_in_error.clone(),
            };
            self.put(SafetyStop::id(form), record);
        }
    }

    fn concern_follow_ups(&mut self) {
        for follow_up in &self.data.concern_follow_ups {
            let form = self.form(&follow_up.case, &follow_up.agency);
            let record = ConcernFollowUp {
                form,
                question: follow_up.question.clone(),
                reviewed: follow_up.reviewed,
                by_role: follow_up.by_role.clone(),
                outcome: follow_up.outcome.clone(),
            };
            self.put(ConcernFollowUp::id(form, &follow_up.question), record);
        }
    }

    fn dismissals(&mut self) {
        for dismissal in &self.data.dismissals {
            let record = Dismissal {
                audit: self.audit,
                suggestion: dismissal.suggestion.clone(),
                reason: dismissal.reason.clone(),
            };
            self.put(Dismissal::id(self.audit, &dismissal.suggestion), record);
        }
    }
}

/// What of `carried` there is in the earlier audit.
fn carried(register: &Register, first: Option<RecordId>, carried: &[CarriedData]) -> Vec<RecordId> {
    let Some(first) = first else {
        return Vec::new();
    };
    let known = carried.iter();
    known
        .filter_map(|carried| carried_record(register, first, *carried))
        .collect()
}

/// The finding or action of an earlier audit that is meant.
pub(super) fn carried_record(
    register: &Register,
    first: RecordId,
    carried: CarriedData,
) -> Option<RecordId> {
    match carried {
        CarriedData::Finding(number) => {
            let mut findings = register.findings.iter();
            let found =
                findings.find(|(_, finding)| finding.audit == first && finding.number == number);
            found.map(|(id, _)| *id)
        }
        CarriedData::Action(place) => {
            let actions = register.actions.iter();
            let mut own = actions.filter(|(_, action)| action.audit == first);
            own.nth((place as usize).checked_sub(1)?).map(|(id, _)| *id)
        }
    }
}

fn contact(data: &ContactData) -> Contact {
    Contact {
        role: data.role.clone(),
        at: data.at,
        route: data.route.clone(),
        response: data.response.clone(),
    }
}

/// Whether forms of this status hold answers.
pub(super) fn holds_answers(status: FormStatus) -> bool {
    matches!(status, FormStatus::InProgress | FormStatus::Submitted)
}
