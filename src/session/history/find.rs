//! Finding a record by the words a person has for it.

use crate::domain::agreed_date::AgreedDate;
use crate::domain::answer::Answer;
use crate::domain::form::{AgencyReturn, CaseForm};
use crate::domain::id::RecordId;
use crate::domain::judgement::Judgement;
use crate::domain::key_date::KeyDate;
use crate::domain::register::Register;
use crate::domain::retention::Retention;
use crate::domain::safety_stop::SafetyStop;
use crate::domain::tool::Tool;

/// The record meant by an id, the title of an audit, or words for where it stands:
///
/// - `NEG20-03`, `NEG20-03 GP`, `NEG20-03 GP C01`, `NEG20-03 GP icpc`, `NEG20-03 GP safety stop`
/// - `NEG20-03 panel`, `NEG20-03 panel overall`, `NEG20-03 panel C01`, `NEG20-03 panel icpc`
/// - `finding 2 of Neglect 2019`, `action 1 of Neglect 2019`, `hypothesis H1 of Neglect 2019`
///
/// Questions by their printed code or identity, agencies by their code. Actions are counted in the
/// order in which they were made. Nothing when two audits have a case of that reference.
pub fn find(register: &Register, words: &str) -> Option<RecordId> {
    let by_id = words.parse::<RecordId>().ok();
    by_id
        .or_else(|| register.find_audit(words))
        .or_else(|| of_audit(register, words))
        .or_else(|| of_case(register, words))
}

/// "finding 2 of Neglect 2019"
fn of_audit(register: &Register, words: &str) -> Option<RecordId> {
    let (what, title) = words.split_once(" of ")?;
    let audit = register.find_audit(title.trim())?;
    if what.trim() == "retention" {
        return Some(Retention::id(audit));
    }
    let (kind, which) = what.trim().split_once(' ')?;
    match kind.to_lowercase().as_str() {
        "finding" => {
            let number: u32 = which.parse().ok()?;
            let mut findings = register.findings.iter();
            let found = findings.find(|(_, own)| own.audit == audit && own.number == number);
            found.map(|(id, _)| *id)
        }
        "action" => {
            let nth: usize = which.parse().ok()?;
            let mut actions = register
                .actions
                .iter()
                .filter(|(_, own)| own.audit == audit);
            actions.nth(nth.checked_sub(1)?).map(|(id, _)| *id)
        }
        "hypothesis" => {
            let mut all = register.hypotheses_of(audit).into_iter();
            all.find(|(_, own)| own.code == which).map(|(id, _)| id)
        }
        _ => None,
    }
}

/// A case, or what stands on one.
fn of_case(register: &Register, words: &str) -> Option<RecordId> {
    let mut words = words.split_whitespace();
    let reference = words.next()?;
    let mut cases = register
        .cases
        .iter()
        .filter(|(_, case)| case.reference == reference);
    let (id, case) = cases.next()?;
    if cases.next().is_some() {
        return None;
    }
    let tool = register.tool_of(case.audit);
    let rest: Vec<&str> = words.collect();
    match rest.as_slice() {
        [] => Some(*id),
        ["panel"] | ["panel", "overall"] => Some(Judgement::id(*id, None)),
        ["panel", what] => {
            let date = || {
                tool.filter(|tool| asks_date(tool, what))
                    .map(|_| AgreedDate::id(*id, what))
            };
            let judgement = || Some(Judgement::id(*id, Some(question(tool, what))));
            date().or_else(judgement)
        }
        [agency, rest @ ..] => {
            let form = CaseForm::id(AgencyReturn::id(case.audit, agency), *id);
            on_form(tool, form, rest)
        }
    }
}

fn on_form(tool: Option<&Tool>, form: RecordId, words: &[&str]) -> Option<RecordId> {
    match words {
        [] => Some(form),
        ["safety", "stop"] => Some(SafetyStop::id(form)),
        [what] if tool.is_some_and(|tool| asks_date(tool, what)) => Some(KeyDate::id(form, what)),
        [what] => Some(Answer::id(form, question(tool, what))),
        _ => None,
    }
}

fn asks_date(tool: &Tool, id: &str) -> bool {
    tool.key_dates.iter().any(|field| field.id == id)
}

/// The identity of the question with this printed code or identity.
fn question<'a>(tool: Option<&'a Tool>, word: &'a str) -> &'a str {
    let questions = tool.map_or(&[][..], |tool| &tool.questions);
    let mut by_code = questions.iter().filter(|question| question.code == word);
    by_code.next().map_or(word, |question| question.id.as_str())
}
