//! From the records of an audit to the file. Lists come in the order in which they were made or,
//! where they have one, in the order of the tool and of the audit's agencies.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::contents::{
    ActionData, AgreedDateData, AnswerData, AttendanceData, AuditData, CarriedData, CaseData,
    ConcernFollowUpData, ContactData, DataFile, DismissalData, FindingData, FormData,
    HypothesisData, JudgementData, OVERALL, SafetyStopData, ScopeData, UpdateData,
};
use super::records::holds_answers;
use super::{FormContents, SCHEMA};
use crate::domain::action::Action;
use crate::domain::agreed_date::AgreedDate;
use crate::domain::answer::Answer;
use crate::domain::attendance::{Attendance, panel_days};
use crate::domain::audit::Audit;
use crate::domain::concern::ConcernFollowUp;
use crate::domain::flow::{Answers, FormState};
use crate::domain::form::CaseForm;
use crate::domain::id::RecordId;
use crate::domain::judgement::Judgement;
use crate::domain::register::Register;
use crate::domain::safety_stop::Contact;
use crate::domain::tool::{KeyDateField, Tool};

/// The data of one audit; `None` when the audit or its tool is not in the register. Left out are
/// forms nobody has begun, and answers that are no longer asked for after another answer on the
/// same form was changed.
pub fn export(register: &Register, audit: RecordId, contents: &FormContents) -> Option<DataFile> {
    let export = Export {
        register,
        id: audit,
        audit: register.audits.get(&audit)?,
        tool: register.tool_of(audit)?,
        // In the order in which they were made, so that a list comes back as it was loaded.
        cases: register
            .cases
            .iter()
            .filter(|(_, case)| case.audit == audit)
            .map(|(id, case)| (*id, case.reference.as_str()))
            .collect(),
        contents,
    };
    Some(DataFile {
        schema: SCHEMA.into(),
        worked_example: register.is_worked_example(),
        audit: export.audit(),
        cases: export.cases(),
        forms: export.forms(),
        judgements: export.judgements(),
        hypotheses: export.hypotheses(),
        findings: export.findings(),
        actions: export.actions(),
        safety_stops: export.safety_stops(),
        agreed_dates: export.agreed_dates(),
        attendance: export.attendance(),
        concern_follow_ups: export.concern_follow_ups(),
        dismissals: export.dismissals(),
    })
}

struct Export<'a> {
    register: &'a Register,
    id: RecordId,
    audit: &'a Audit,
    tool: &'a Tool,
    cases: Vec<(RecordId, &'a str)>,
    contents: &'a FormContents,
}

impl<'a> Export<'a> {
    fn audit(&self) -> AuditData {
        let scope = &self.audit.scope;
        let first = self.audit.re_audit_of;
        let first = first.and_then(|first| self.register.audits.get(&first));
        AuditData {
            title: self.audit.title.clone(),
            tool: self.audit.tool.clone(),
            from: scope.from,
            to: scope.to,
            agencies: self.audit.agencies.clone(),
            re_audit_of: first.map(|first| first.title.clone()),
            state: self.audit.state,
            scope: ScopeData {
                question: scope.question.clone(),
                cohort: scope.cohort.clone(),
                population: scope.population,
                method: scope.method.clone(),
                children: scope.children.clone(),
                parents: scope.parents.clone(),
                carers: scope.carers.clone(),
                lead_role: scope.lead_role.clone(),
                due: scope.due,
                carried: self.carried(),
            },
        }
    }

    fn carried(&self) -> Vec<CarriedData> {
        let carried = self.audit.scope.carried.iter();
        carried.filter_map(|id| self.carried_data(*id)).collect()
    }

    fn carried_data(&self, id: RecordId) -> Option<CarriedData> {
        if let Some(finding) = self.register.findings.get(&id) {
            return Some(CarriedData::Finding(finding.number));
        }
        let action = self.register.actions.get(&id)?;
        let all = self.register.actions.iter();
        let mut own = all.filter(|(_, other)| other.audit == action.audit);
        let place = own.position(|(other, _)| *other == id)?;
        Some(CarriedData::Action(place as u32 + 1))
    }

    fn cases(&self) -> Vec<CaseData> {
        let cases = self.cases.iter();
        cases
            .filter_map(|(id, _)| self.register.cases.get(id))
            .map(|case| CaseData {
                reference: case.reference.clone(),
                age_band: case.age_band.clone(),
                sex: case.sex.clone(),
                ethnicity: case.ethnicity.clone(),
                plan: case.plan.clone(),
                same_as: case.same_as.clone(),
            })
            .collect()
    }

    /// Every form of the audit: case, agency, id and record, case by case.
    fn each_form(&self) -> impl Iterator<Item = (&'a str, &'a str, RecordId, &'a CaseForm)> + '_ {
        self.cases.iter().flat_map(move |(case, reference)| {
            let agencies = self.audit.agencies.iter();
            agencies.filter_map(move |agency| {
                let (id, form) = self.register.form_of(self.id, agency, *case)?;
                Some((*reference, agency.as_str(), id, form))
            })
        })
    }

    fn forms(&self) -> Vec<FormData> {
        let forms = self.each_form();
        forms
            .filter_map(|(case, agency, id, form)| {
                let data = self.form(case, agency, id, form);
                let untouched = *form == CaseForm::new(form.agency_return, form.case)
                    && data.answers.is_empty()
                    && data.dates.is_empty();
                (!untouched).then_some(data)
            })
            .collect()
    }

    fn form(&self, case: &str, agency: &str, id: RecordId, form: &CaseForm) -> FormData {
        let contents = self
            .contents
            .get(&id)
            .filter(|_| holds_answers(form.status));
        FormData {
            case: case.into(),
            agency: agency.into(),
            status: form.status,
            role: form.role.clone(),
            overall: form.overall.clone(),
            overall_reason: form.overall_reason.clone(),
            declined_reason: form.declined_reason.clone(),
            submitted: form.submitted,
            answers: contents.map_or_else(Vec::new, |(answers, _)| self.answers(agency, answers)),
            dates: contents.map_or_else(Vec::new, |(_, dates)| self.dates(dates)),
        }
    }

    fn answers(&self, agency: &str, answers: &Answers) -> Vec<(String, AnswerData)> {
        let state = FormState {
            tool: self.tool,
            agency,
            answers,
        };
        let asked = state.asked().into_iter();
        asked
            .filter_map(|question| {
                let answer = answers.get(&question.id)?;
                Some((question.id.clone(), answer_data(answer)))
            })
            .collect()
    }

    fn dates(&self, dates: &BTreeMap<String, NaiveDate>) -> Vec<(String, NaiveDate)> {
        let fields = self.tool.key_dates.iter();
        fields
            .filter_map(|field| Some((field.id.clone(), *dates.get(&field.id)?)))
            .collect()
    }

    /// Case by case, in the order of the form, the judgement on the whole case last.
    fn judgements(&self) -> Vec<JudgementData> {
        let questions = self
            .tool
            .questions
            .iter()
            .map(|question| Some(question.id.as_str()));
        let questions: Vec<Option<&str>> = questions.chain([None]).collect();
        let of_case = |(case, reference): &(RecordId, &str)| {
            let judgement = |question: &Option<&str>| {
                let id = Judgement::id(*case, *question);
                let judgement = self.register.judgements.get(&id)?;
                Some(JudgementData {
                    case: (*reference).into(),
                    question: question.unwrap_or(OVERALL).into(),
                    value: judgement.value.clone(),
                    reason: judgement.reason.clone(),
                    dissent: judgement.dissent.clone(),
                })
            };
            questions.iter().filter_map(judgement).collect::<Vec<_>>()
        };
        self.cases.iter().flat_map(of_case).collect()
    }

    fn hypotheses(&self) -> Vec<HypothesisData> {
        let all = self.register.hypotheses.values();
        all.filter(|hypothesis| hypothesis.audit == self.id)
            .map(|hypothesis| HypothesisData {
                code: hypothesis.code.clone(),
                text: hypothesis.text.clone(),
                questions: hypothesis.questions.clone(),
                verdict: hypothesis.verdict,
                rationale: hypothesis.rationale.clone(),
            })
            .collect()
    }

    fn findings(&self) -> Vec<FindingData> {
        let references: HashMap<RecordId, &str> = self.cases.iter().copied().collect();
        let all = self.register.findings.values();
        all.filter(|finding| finding.audit == self.id)
            .map(|finding| FindingData {
                number: finding.number,
                kind: finding.kind,
                theme: finding.theme.clone(),
                text: finding.text.clone(),
                agencies: finding.agencies.clone(),
                cases: finding
                    .cases
                    .iter()
                    .filter_map(|case| references.get(case).map(|text| (*text).to_owned()))
                    .collect(),
                questions: finding.questions.clone(),
                looked_at: finding.looked_at,
            })
            .collect()
    }

    fn actions(&self) -> Vec<ActionData> {
        let all = self.register.actions.iter();
        all.filter(|(_, action)| action.audit == self.id)
            .map(|(id, action)| self.action(*id, action))
            .collect()
    }

    fn action(&self, id: RecordId, action: &Action) -> ActionData {
        let finding = action
            .finding
            .and_then(|id| self.register.findings.get(&id));
        let updates = self.register.action_updates.values();
        let own = updates.filter(|update| update.action == id);
        ActionData {
            finding: finding.map(|finding| finding.number),
            what: action.what.clone(),
            owner_agency: action.owner_agency.clone(),
            owner_role: action.owner_role.clone(),
            due: action.due,
            due_term: action.due_term,
            agreed: action.agreed,
            status: action.status,
            evidence_of_impact: action.evidence_of_impact.clone(),
            updates: own
                .map(|update| UpdateData {
                    at: update.at,
                    text: update.text.clone(),
                })
                .collect(),
        }
    }

    /// Case by case, in the order of the tool's key dates.
    fn agreed_dates(&self) -> Vec<AgreedDateData> {
        let of_case = |(case, reference): &(RecordId, &str)| {
            let agreed = |field: &KeyDateField| {
                let id = AgreedDate::id(*case, &field.id);
                let agreed = self.register.agreed_dates.get(&id)?;
                Some(AgreedDateData {
                    case: (*reference).into(),
                    date: agreed.date_id.clone(),
                    agreed: agreed.date,
                    reason: agreed.reason.clone(),
                })
            };
            let fields = self.tool.key_dates.iter();
            fields.filter_map(agreed).collect::<Vec<_>>()
        };
        self.cases.iter().flat_map(of_case).collect()
    }

    /// Day by day: the partnership itself, then the agencies in the audit's order.
    fn attendance(&self) -> Vec<AttendanceData> {
        let days = panel_days(self.register, self.id);
        let codes: Vec<&str> = self.audit.agencies.iter().map(String::as_str).collect();
        let of_day = |(_, mut day): (NaiveDate, Vec<&Attendance>)| {
            day.sort_by_key(|own| codes.iter().position(|code| *code == own.agency));
            let data = day.into_iter().map(|own| AttendanceData {
                day: own.day,
                agency: own.agency.clone(),
                presence: own.presence,
                roles: own.roles.clone(),
            });
            data.collect::<Vec<_>>()
        };
        days.into_iter().flat_map(of_day).collect()
    }

    fn safety_stops(&self) -> Vec<SafetyStopData> {
        let forms = self.each_form();
        forms
            .filter_map(|(case, agency, id, _)| {
                let stop = self.register.safety_stop(id)?;
                Some(SafetyStopData {
                    case: case.into(),
                    agency: agency.into(),
                    because: stop.because.clone(),
                    opened: stop.opened,
                    lead: contact_data(&stop.lead),
                    front_door: contact_data(&stop.front_door),
                    called_999: stop.called_999,
                    opened_in_error: stop.opened_in_error.clone(),
                })
            })
            .collect()
    }

    /// Form by form, in the order of the tool's questions.
    fn concern_follow_ups(&self) -> Vec<ConcernFollowUpData> {
        let of_form = |(case, agency, form, _): (&str, &str, RecordId, &CaseForm)| {
            let questions = self.tool.questions.iter();
            let followed = questions.filter_map(|question| {
                let id = ConcernFollowUp::id(form, &question.id);
                let follow_up = self.register.concern_follow_ups.get(&id)?;
                Some(ConcernFollowUpData {
                    case: case.into(),
                    agency: agency.into(),
                    question: question.id.clone(),
                    reviewed: follow_up.reviewed,
                    by_role: follow_up.by_role.clone(),
                    outcome: follow_up.outcome.clone(),
                })
            });
            followed.collect::<Vec<_>>()
        };
        self.each_form().flat_map(of_form).collect()
    }

    /// By what the suggestions are known by.
    fn dismissals(&self) -> Vec<DismissalData> {
        let all = self.register.dismissals.values();
        let mut own: Vec<_> = all.filter(|dismissal| dismissal.audit == self.id).collect();
        own.sort_by(|a, b| a.suggestion.cmp(&b.suggestion));
        own.into_iter()
            .map(|dismissal| DismissalData {
                suggestion: dismissal.suggestion.clone(),
                reason: dismissal.reason.clone(),
            })
            .collect()
    }
}

fn answer_data(answer: &Answer) -> AnswerData {
    AnswerData {
        given: answer.given.clone(),
        worked: answer.worked.clone(),
        worries: answer.worries.clone(),
        so_what: answer.so_what.clone(),
        good_practice: answer.good_practice,
        practice_concern: answer.practice_concern,
        in_view_of: answer.in_view_of.clone(),
    }
}

fn contact_data(contact: &Contact) -> ContactData {
    ContactData {
        role: contact.role.clone(),
        at: contact.at,
        route: contact.route.clone(),
        response: contact.response.clone(),
    }
}
