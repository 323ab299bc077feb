//! Registers of any size with made-up answers, for measuring. Not for people: the cases mean nothing.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};

use crate::domain::answer::{Answer, Blank, Given, Value};
use crate::domain::audit::{Audit, AuditState, Scope};
use crate::domain::case::{AGE_BANDS, Case, Choices, ETHNICITY_GROUPS, PLANS, SEXES};
use crate::domain::form::{AgencyReturn, CaseForm, FormStatus};
use crate::domain::id::RecordId;
use crate::domain::revision::{Author, Change, Edit};
use crate::domain::tool::{EVERY_AGENCY, Kind, Question, Tool};
use crate::session::document::Document;
use crate::session::error::Result;

/// How large a register is to be.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Forms, all submitted.
    pub forms: usize,
    /// Answers on each.
    pub answers: usize,
    /// Forms of one audit at most.
    pub forms_of_audit: usize,
}

/// Forms kept in one transaction.
const AT_ONCE: usize = 200;

/// The agencies of every generated audit.
const AGENCIES: [&str; 7] = ["CSC", "POL", "GP", "HP", "CAMHS", "EDU", "CPR"];

/// Fills a register with audits until it holds so many forms. The same size gives the same answers.
///
/// The questions are those of `model` that are answered with one choice, over and over.
///
/// # Errors
/// When the file cannot be written.
pub fn generate(
    document: &mut Document,
    model: &Tool,
    size: Size,
    author: &Author,
    now: DateTime<Utc>,
) -> Result<()> {
    let tool = tool(model, size.answers);
    let mut keep = |edits: Vec<Edit>| {
        document.commit(&Change {
            edits,
            author: author.clone(),
            at: now,
            reason: None,
        })
    };
    keep(vec![Edit::put(Tool::id(&tool.name()), tool.clone())])?;
    let (mut left, mut number, mut dice) = (size.forms, 0, 1);
    while left > 0 {
        let forms = left.min(size.forms_of_audit.max(1));
        let (edits, ids) = audit(&tool, number, forms, now, &mut dice);
        keep(edits)?;
        for ids in ids.chunks(AT_ONCE) {
            let answers = ids.iter().flat_map(|form| answers(*form, &tool, &mut dice));
            keep(answers.collect())?;
        }
        left -= forms;
        number += 1;
    }
    Ok(())
}

/// A tool of so many questions with one choice each, asked of everybody.
fn tool(model: &Tool, questions: usize) -> Tool {
    let choosable = model
        .questions
        .iter()
        .filter(|question| matches!(question.kind, Kind::Grade | Kind::YesPartlyNo));
    let asked = choosable.cycle().take(questions).enumerate();
    Tool {
        slug: format!("generated-{questions}"),
        safety_question: None,
        hypotheses: Vec::new(),
        questions: asked
            .map(|(at, question)| Question {
                id: format!("Q{at}"),
                code: format!("Q{at}"),
                agencies: vec![EVERY_AGENCY.into()],
                safety: None,
                asked_if: None,
                part_of: None,
                ..question.clone()
            })
            .collect(),
        ..model.clone()
    }
}

/// An audit with its cases, returns and forms; the ids of the forms.
fn audit(
    tool: &Tool,
    number: usize,
    forms: usize,
    now: DateTime<Utc>,
    dice: &mut u64,
) -> (Vec<Edit>, Vec<RecordId>) {
    let id = RecordId::fresh();
    let record = Audit {
        title: format!("Generated {}", number + 1),
        tool: tool.name(),
        agencies: AGENCIES.map(ToOwned::to_owned).to_vec(),
        state: AuditState::Closed,
        scope: Scope {
            to: NaiveDate::from_yo_opt(now.year() - 10 + (number / 12) as i32, 1),
            ..Scope::default()
        },
        re_audit_of: None,
    };
    let mut edits = vec![Edit::put(id, record)];
    edits.extend(AGENCIES.map(|agency| {
        let own = AgencyReturn {
            audit: id,
            agency: agency.into(),
            issued: None,
            due: None,
            merged: None,
            cover: String::new(),
            arrivals: Default::default(),
        };
        Edit::put(AgencyReturn::id(id, agency), own)
    }));
    let mut ids = Vec::with_capacity(forms);
    for nth in 0..forms.div_ceil(AGENCIES.len()) {
        let case = RecordId::fresh();
        edits.push(Edit::put(case, child(id, number, nth, dice)));
        for agency in AGENCIES.iter().take(forms - nth * AGENCIES.len()) {
            let agency_return = AgencyReturn::id(id, agency);
            let form = CaseForm {
                status: FormStatus::Submitted,
                submitted: Some(now),
                ..CaseForm::new(agency_return, case)
            };
            ids.push(CaseForm::id(agency_return, case));
            edits.push(Edit::put(CaseForm::id(agency_return, case), form));
        }
    }
    (edits, ids)
}

fn child(audit: RecordId, number: usize, nth: usize, dice: &mut u64) -> Case {
    let mut one_of = |list: Choices| Some(list[roll(dice, list.len())].0.to_owned());
    Case {
        audit,
        reference: format!("G{number}-{nth}"),
        age_band: one_of(AGE_BANDS),
        sex: one_of(SEXES),
        ethnicity: one_of(ETHNICITY_GROUPS),
        plan: one_of(PLANS),
        same_as: None,
    }
}

fn answers(form: RecordId, tool: &Tool, dice: &mut u64) -> Vec<Edit> {
    let answer = |question: &Question| {
        let options = tool.options(question);
        let mut answer = Answer::empty(form, &question.id);
        answer.given = Some(match roll(dice, options.len() + 2) {
            0 => Given::Blank(Blank::NotApplicable),
            1 => Given::Blank(Blank::NotEvidenced),
            at => Given::Value(Value::one(options[at - 2].id.clone())),
        });
        Edit::put(Answer::id(form, &question.id), answer)
    };
    tool.questions.iter().map(answer).collect()
}

/// A number below `end` (Numerical Recipes' 64-bit linear congruence; the high half is good enough).
fn roll(dice: &mut u64, end: usize) -> usize {
    *dice = dice
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (((*dice >> 32) * end as u64) >> 32) as usize
}
