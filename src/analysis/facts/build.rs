//! From the register and a stream of answers to facts.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::sheet::Sheet;
use super::{AskedQuestion, AuditFacts, Condition, Facts, Outcomes};
use crate::domain::answer::Given;
use crate::domain::audit::Audit;
use crate::domain::form::{CaseForm, FormStatus};
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::domain::tool::{Question, Tool};

/// Gathers the answers and key dates of all forms. Those of questions that the audit's tool does
/// not ask of the form's agency, and of forms that are not there, are passed over.
pub struct FactsBuilder<'a> {
    register: &'a Register,
    facts: Facts,
    tools: Vec<Option<&'a Tool>>,
}

impl<'a> FactsBuilder<'a> {
    /// An empty set of facts for the audits, cases and forms of `register`.
    pub fn new(register: &'a Register) -> Self {
        let audits = register.audits_in_order();
        let tool = |audit: &Audit| register.tool(&audit.tool);
        let tools: Vec<_> = audits.iter().map(|(_, audit)| tool(audit)).collect();
        let with_tools = audits.into_iter().zip(&tools);
        let audits = with_tools.map(|((id, audit), tool)| audit_facts(register, id, audit, *tool));
        let mut facts = Facts {
            audits: audits.collect(),
            forms: HashMap::with_capacity(register.forms.len()),
        };
        facts.place_forms(register);
        Self {
            register,
            facts,
            tools,
        }
    }

    /// Takes one answer.
    pub fn answer(&mut self, form: RecordId, question: &str, given: Option<&Given>) {
        if let Some((audit, sheet)) = self.facts.forms.get(&form).copied()
            && let Some(tool) = self.tools[audit as usize]
        {
            let facts = &mut self.facts.audits[audit as usize];
            facts.set_answer(tool, sheet as usize, question, given);
        }
    }

    /// Takes that something is written beside an answer that was taken.
    pub fn noted(&mut self, form: RecordId, question: &str) {
        if let Some((audit, sheet)) = self.facts.forms.get(&form).copied() {
            self.facts.audits[audit as usize].set_noted(sheet as usize, question, true);
        }
    }

    /// Takes one key date.
    pub fn date(&mut self, form: RecordId, date_id: &str, date: NaiveDate) {
        if let Some((audit, sheet)) = self.facts.forms.get(&form).copied() {
            self.facts.audits[audit as usize].set_date(sheet as usize, date_id, Some(date));
        }
    }

    /// The facts, with what the panel judged and the key dates it agreed.
    pub fn finish(mut self) -> Facts {
        for audit in &mut self.facts.audits {
            let questions = &audit.questions;
            if questions
                .iter()
                .any(|question| question.condition.is_some())
            {
                let forms = audit.forms.iter_mut();
                forms.for_each(|sheet| sheet.mark_asked(questions));
            }
        }
        self.facts.judge(self.register);
        self.facts
    }
}

impl Facts {
    fn place_forms(&mut self, register: &Register) {
        let audits: HashMap<_, _> = (0..)
            .zip(&self.audits)
            .map(|(at, f)| (f.audit, at))
            .collect();
        let cases = self.places_of_cases();
        for (id, form) in &register.forms {
            if let Some((audit, sheet)) = place(register, &self.audits, &audits, &cases, form) {
                let forms = &mut self.audits[audit as usize].forms;
                let at = forms.len();
                self.forms.insert(*id, (audit, at as u32));
                forms.push(sheet);
                self.audits[audit as usize].set_overall(at, form.overall.as_ref());
            }
        }
    }

    /// Where each case stands: position of its audit, then among its cases.
    pub(super) fn places_of_cases(&self) -> HashMap<RecordId, (u32, u32)> {
        let audits = (0..).zip(&self.audits);
        audits
            .flat_map(|(audit, facts)| {
                let cases = (0..).zip(&facts.cases);
                cases.map(move |(at, (case, _))| (*case, (audit, at)))
            })
            .collect()
    }

    /// Takes the panel's judgements and agreed dates anew.
    pub(super) fn judge(&mut self, register: &Register) {
        for facts in &mut self.audits {
            let cases = 0..facts.cases.len() as u32;
            facts.judged = cases.map(|case| Sheet::new(case, 0, true)).collect();
        }
        let cases = self.places_of_cases();
        let audits = self.audits.iter();
        let tools: Vec<_> = audits.map(|facts| register.tool(&facts.tool)).collect();
        for judgement in register.judgements.values() {
            if let Some((audit, case)) = cases.get(&judgement.case).copied()
                && let Some(question) = &judgement.question
                && let Some(tool) = tools[audit as usize]
            {
                let given = Given::Value(judgement.value.clone());
                let facts = &mut self.audits[audit as usize];
                facts.set_judgement(tool, case as usize, question, &given);
            }
        }
        for agreed in register.agreed_dates.values() {
            if let Some((audit, case)) = cases.get(&agreed.case).copied() {
                let facts = &mut self.audits[audit as usize];
                facts.set_agreed(case as usize, &agreed.date_id, agreed.date);
            }
        }
    }
}

/// An empty sheet for a form, and the position of its audit.
fn place(
    register: &Register,
    facts: &[AuditFacts],
    audits: &HashMap<RecordId, u32>,
    cases: &HashMap<RecordId, (u32, u32)>,
    form: &CaseForm,
) -> Option<(u32, Sheet)> {
    let agency_return = register.returns.get(&form.agency_return)?;
    let audit = *audits.get(&agency_return.audit)?;
    let (of_case, case) = *cases.get(&form.case)?;
    let mut codes = facts[audit as usize].agencies.iter();
    let agency = codes.position(|code| *code == agency_return.agency)?;
    let agency = u8::try_from(agency).ok()?;
    let submitted = form.status == FormStatus::Submitted;
    (of_case == audit).then(|| (audit, Sheet::new(case, agency, submitted)))
}

fn audit_facts(
    register: &Register,
    id: RecordId,
    audit: &Audit,
    tool: Option<&Tool>,
) -> AuditFacts {
    let cases = register.cases_of(id).into_iter();
    let questions = tool.map_or(&[][..], |tool| &tool.questions);
    let ids = questions.iter().map(|question| question.id.clone());
    AuditFacts {
        audit: id,
        tool: audit.tool.clone(),
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
        grades: Vec::new(),
        forms: Vec::new(),
        judged: Vec::new(),
        positions: ids.zip(0..).collect(),
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
