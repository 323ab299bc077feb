//! From the register and a stream of answers to columns.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::outcome::What;
use super::{AskedQuestion, AuditFacts, Condition, Facts, GivenDate, Outcomes, Rows};
use crate::domain::answer::Given;
use crate::domain::audit::Audit;
use crate::domain::form::FormStatus;
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::domain::tool::{Question, Tool};

/// Where a submitted form stands among the facts.
#[derive(Clone, Copy)]
struct Place {
    audit: usize,
    case: u32,
    agency: u8,
}

/// Gathers the answers and key dates of submitted forms. Those of other forms, of questions that
/// the audit's tool does not ask of the form's agency, and of forms that are not there, are
/// passed over.
pub struct FactsBuilder<'a> {
    register: &'a Register,
    audits: Vec<AuditFacts>,
    forms: HashMap<RecordId, Place>,
    /// For each audit, its tool and the position of each question.
    tools: Vec<Option<(&'a Tool, HashMap<&'a str, u16>)>>,
}

impl<'a> FactsBuilder<'a> {
    /// An empty set of facts for the audits, cases and forms of `register`.
    pub fn new(register: &'a Register) -> Self {
        let mut builder = Self {
            register,
            audits: Vec::new(),
            forms: HashMap::new(),
            tools: Vec::new(),
        };
        for (id, audit) in register.audits_in_order() {
            let tool = register.tool(&audit.tool);
            builder.audits.push(audit_facts(register, id, audit, tool));
            builder.tools.push(tool.map(|tool| (tool, positions(tool))));
        }
        builder.place_forms();
        builder
    }

    fn place_forms(&mut self) {
        let mut audits = HashMap::new();
        let cases = self.places_of_cases();
        for (at, facts) in self.audits.iter().enumerate() {
            audits.insert(facts.audit, at);
        }
        for (id, form) in &self.register.forms {
            let place = || {
                let agency_return = self.register.returns.get(&form.agency_return)?;
                let audit = *audits.get(&agency_return.audit)?;
                let (of_case, case) = *cases.get(&form.case)?;
                let codes = &self.audits[audit].agencies;
                let agency = codes
                    .iter()
                    .position(|code| *code == agency_return.agency)?;
                let agency = u8::try_from(agency).ok()?;
                (of_case == audit).then_some(Place {
                    audit,
                    case,
                    agency,
                })
            };
            if form.status == FormStatus::Submitted
                && let Some(place) = place()
            {
                self.forms.insert(*id, place);
            }
        }
    }

    /// Takes one answer.
    pub fn answer(&mut self, form: RecordId, question: &str, given: Option<&Given>) {
        let (Some(place), Some(given)) = (self.forms.get(&form).copied(), given) else {
            return;
        };
        let Some((tool, positions)) = &self.tools[place.audit] else {
            return;
        };
        let Some(at) = positions.get(question).copied() else {
            return;
        };
        let facts = &mut self.audits[place.audit];
        let asked = &mut facts.questions[at as usize];
        if asked.asked_of[place.agency as usize] {
            let outcome = asked
                .outcomes
                .number(tool, &tool.questions[at as usize], given);
            facts.answers.push(place.case, place.agency, at, outcome);
        }
    }

    /// Takes one key date.
    pub fn date(&mut self, form: RecordId, date_id: &str, date: NaiveDate) {
        let Some(place) = self.forms.get(&form).copied() else {
            return;
        };
        let facts = &mut self.audits[place.audit];
        let field = facts.date_fields.iter().position(|field| field == date_id);
        if let Some(field) = field.and_then(|field| u16::try_from(field).ok()) {
            facts.dates.push(GivenDate {
                case: place.case,
                field,
                date,
            });
        }
    }

    /// The facts, with what the panel judged and the key dates it agreed.
    pub fn finish(mut self) -> Facts {
        for facts in &mut self.audits {
            drop_unasked(facts);
        }
        let cases = self.places_of_cases();
        self.judge(&cases);
        self.agree_dates(&cases);
        Facts {
            audits: self.audits,
        }
    }

    /// The audit and the position in it of every case.
    fn places_of_cases(&self) -> HashMap<RecordId, (usize, u32)> {
        let audits = self.audits.iter().enumerate();
        let cases = audits.flat_map(|(at, facts)| {
            let cases = facts.cases.iter().zip(0..);
            cases.map(move |((case, _), nth)| (*case, (at, nth)))
        });
        cases.collect()
    }

    fn agree_dates(&mut self, cases: &HashMap<RecordId, (usize, u32)>) {
        for agreed in self.register.agreed_dates.values() {
            let Some((at, case)) = cases.get(&agreed.case).copied() else {
                continue;
            };
            let facts = &mut self.audits[at];
            let fields = facts.date_fields.iter().zip(0..);
            let mut fields = fields.filter(|(field, _)| **field == agreed.date_id);
            if let Some((_, field)) = fields.next() {
                facts.agreed_dates.push(GivenDate {
                    case,
                    field,
                    date: agreed.date,
                });
            }
        }
    }

    fn judge(&mut self, cases: &HashMap<RecordId, (usize, u32)>) {
        for judgement in self.register.judgements.values() {
            let (Some((at, case)), Some(question)) =
                (cases.get(&judgement.case), &judgement.question)
            else {
                continue;
            };
            let Some((tool, positions)) = &self.tools[*at] else {
                continue;
            };
            if let Some(nth) = positions.get(question.as_str()) {
                let facts = &mut self.audits[*at];
                let given = Given::Value(judgement.value.clone());
                let asked = &mut facts.questions[*nth as usize];
                let question = &tool.questions[*nth as usize];
                let outcome = asked.outcomes.number(tool, question, &given);
                facts.judgements.push(*case, 0, *nth, outcome);
            }
        }
    }
}

fn positions(tool: &Tool) -> HashMap<&str, u16> {
    let ids = tool.questions.iter().map(|question| question.id.as_str());
    ids.zip(0..).collect()
}

fn audit_facts(
    register: &Register,
    id: RecordId,
    audit: &Audit,
    tool: Option<&Tool>,
) -> AuditFacts {
    let cases = register.cases_of(id).into_iter();
    let questions = tool.map_or(&[][..], |tool| &tool.questions);
    AuditFacts {
        audit: id,
        cases: cases.map(|(id, case)| (id, case.clone())).collect(),
        agencies: audit.agencies.clone(),
        questions: questions
            .iter()
            .map(|question| asked(question, questions, &audit.agencies))
            .collect(),
        sections: tool.map_or_else(Vec::new, |tool| {
            tool.sections
                .iter()
                .map(|section| section.id.clone())
                .collect()
        }),
        date_fields: tool.map_or_else(Vec::new, |tool| {
            tool.key_dates.iter().map(|date| date.id.clone()).collect()
        }),
        answers: Rows::default(),
        judgements: Rows::default(),
        dates: Vec::new(),
        agreed_dates: Vec::new(),
    }
}

fn asked(question: &Question, all: &[Question], agencies: &[String]) -> AskedQuestion {
    let condition = question.asked_if.as_ref().and_then(|condition| {
        let earlier = all.iter().position(|other| other.id == condition.question);
        earlier.map(|question| Condition {
            question,
            is: condition.is.clone(),
        })
    });
    AskedQuestion {
        id: question.id.clone(),
        section: question.section.clone(),
        theme: question.theme.clone(),
        kind: question.kind,
        scored: question.is_scored(),
        asked_of: agencies.iter().map(|code| question.is_for(code)).collect(),
        condition,
        outcomes: Outcomes::default(),
    }
}

/// Takes out answers to questions that are not asked after the other answers on the same form
/// (left over from an answer that was changed later).
fn drop_unasked(facts: &mut AuditFacts) {
    let gates = Gates::of(facts);
    if gates.outcome_of.is_empty() {
        return;
    }
    let rows = std::mem::take(&mut facts.answers);
    for at in 0..rows.len() {
        let form = gates.form(rows.case[at], rows.agency[at]);
        let question = rows.question[at];
        if gates.asks(facts, usize::from(question), form) {
            let (case, agency) = (rows.case[at], rows.agency[at]);
            facts.answers.push(case, agency, question, rows.outcome[at]);
        }
    }
}

/// What each form answered to the questions on which others depend.
struct Gates {
    agencies: usize,
    /// By question: the outcome on each form.
    outcome_of: HashMap<usize, Vec<Option<u32>>>,
}

impl Gates {
    fn of(facts: &AuditFacts) -> Self {
        let conditions = facts.questions.iter().filter_map(|q| q.condition.as_ref());
        let forms = facts.cases.len() * facts.agencies.len();
        let mut gates = Self {
            agencies: facts.agencies.len(),
            outcome_of: conditions
                .map(|condition| (condition.question, vec![None; forms]))
                .collect(),
        };
        let rows = &facts.answers;
        for at in 0..rows.len() {
            let form = gates.form(rows.case[at], rows.agency[at]);
            if let Some(outcomes) = gates.outcome_of.get_mut(&usize::from(rows.question[at])) {
                outcomes[form] = Some(rows.outcome[at]);
            }
        }
        gates
    }

    fn form(&self, case: u32, agency: u8) -> usize {
        case as usize * self.agencies + usize::from(agency)
    }

    fn asks(&self, facts: &AuditFacts, question: usize, form: usize) -> bool {
        let Some(condition) = &facts.questions[question].condition else {
            return true;
        };
        let earlier = &facts.questions[condition.question];
        let outcome = self
            .outcome_of
            .get(&condition.question)
            .and_then(|o| o[form]);
        let holds = outcome.is_some_and(|number| match &earlier.outcomes.get(number).what {
            What::Picked(ids) => ids.iter().any(|id| condition.is.contains(id)),
            What::Typed | What::Blank(_) => false,
        });
        holds && self.asks(facts, condition.question, form)
    }
}
