//! What changed at the panel: each agency's answer beside the panel's judgement of the same question
//! of the same case. Neither replaces the other; this only says where they differ, and which way.
//!
//! Covered are scored questions on submitted forms. A judgement moves *towards favourable* where it
//! stands higher on the question's scale than the answer, and by how many steps; a list has no steps,
//! so there only the side counts. Answers that the panel did not judge, and answers left blank for a
//! reason that the panel then judged, are counted apart.

use std::collections::BTreeMap;

use super::Filter;
use super::facts::{AuditFacts, Basis, Behind, Outcome, What};
use crate::domain::answer::Value;
use crate::domain::judgement::Judgement;
use crate::domain::register::Register;
use crate::domain::tool::{Kind, Scale};

/// Which way the panel's judgement lies from an agency's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Move {
    /// The same value.
    Same,
    /// Towards favourable, by so many steps of the scale; `None` where there are no steps.
    Favourable(Option<usize>),
    /// Towards unfavourable, likewise.
    Unfavourable(Option<usize>),
    /// Another choice from a list, or another count, on the same side.
    Sideways,
    /// The agency left it blank for a reason; the panel judged.
    FromBlank,
    /// The panel did not judge it.
    Unjudged,
}

impl Move {
    fn steps(from: usize, to: usize) -> Self {
        match to.cmp(&from) {
            std::cmp::Ordering::Equal => Self::Same,
            // The best value of a scale stands first.
            std::cmp::Ordering::Less => Self::Favourable(Some(from - to)),
            std::cmp::Ordering::Greater => Self::Unfavourable(Some(to - from)),
        }
    }

    fn between(kind: Kind, answer: &Outcome, judged: &Outcome) -> Self {
        let on_a_scale = matches!(kind, Kind::Grade | Kind::YesPartlyNo);
        match (
            answer.rank,
            judged.rank,
            answer.favourable,
            judged.favourable,
        ) {
            _ if matches!(answer.what, What::Blank(_)) => Self::FromBlank,
            (Some(from), Some(to), ..) if on_a_scale => Self::steps(from, to),
            _ if answer == judged => Self::Same,
            (.., Some(false), Some(true)) => Self::Favourable(None),
            (.., Some(true), Some(false)) => Self::Unfavourable(None),
            _ => Self::Sideways,
        }
    }
}

/// How many answers moved which way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// How many, by the way they moved.
    pub counts: BTreeMap<Move, usize>,
}

impl Moves {
    fn add(&mut self, moved: Move, count: usize) {
        *self.counts.entry(moved).or_default() += count;
    }

    fn sum(&self, wanted: impl Fn(Move) -> bool) -> usize {
        let counts = self.counts.iter();
        counts
            .filter(|(moved, _)| wanted(**moved))
            .map(|(_, count)| count)
            .sum()
    }

    /// Answers that the panel judged and that were not blank.
    pub fn judged(&self) -> usize {
        self.sum(|moved| !matches!(moved, Move::FromBlank | Move::Unjudged))
    }

    /// Of those, judged the same.
    pub fn same(&self) -> usize {
        self.sum(|moved| moved == Move::Same)
    }

    /// Judged more favourably.
    pub fn favourable(&self) -> usize {
        self.sum(|moved| matches!(moved, Move::Favourable(_)))
    }

    /// Judged less favourably.
    pub fn unfavourable(&self) -> usize {
        self.sum(|moved| matches!(moved, Move::Unfavourable(_)))
    }

    /// Another choice from a list, or another count, on the same side.
    pub fn sideways(&self) -> usize {
        self.sum(|moved| moved == Move::Sideways)
    }

    /// Blank for a reason, and judged by the panel.
    pub fn from_blank(&self) -> usize {
        self.sum(|moved| moved == Move::FromBlank)
    }

    /// Not judged by the panel.
    pub fn unjudged(&self) -> usize {
        self.sum(|moved| moved == Move::Unjudged)
    }

    /// Judged otherwise than answered.
    pub fn changed(&self) -> usize {
        self.judged() - self.same()
    }
}

/// What changed at the panel of one audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelChanges {
    /// Over all agencies.
    pub all: Moves,
    /// Agency by agency in the audit's order.
    pub by_agency: Vec<(String, Moves)>,
    /// Question by question in the order of the form; only those with an answer.
    pub by_question: Vec<(String, Moves)>,
    /// The overall grades, agency by agency.
    pub overall: Vec<(String, Moves)>,
}

/// Compares answers and judgements of one audit.
pub fn panel_changes(register: &Register, facts: &AuditFacts, filter: &Filter) -> PanelChanges {
    let questions = facts.questions.len();
    let mut unjudged = vec![0; facts.agencies.len() * questions];
    let mut cells: Vec<Vec<(Move, usize)>> = vec![Vec::new(); unjudged.len()];
    each_move(facts, filter, |_, agency, question, moved| {
        let at = questions * usize::from(agency) + usize::from(question);
        if moved == Move::Unjudged {
            // Mostly nothing is judged: that has to cost next to nothing.
            unjudged[at] += 1;
            return;
        }
        // There are a handful of moves: looking through them is quicker than any map.
        match cells[at].iter_mut().find(|(known, _)| *known == moved) {
            Some((_, count)) => *count += 1,
            None => cells[at].push((moved, 1)),
        }
    });
    let mut all = Moves::default();
    let mut by_agency = vec![Moves::default(); facts.agencies.len()];
    let mut by_question = vec![Moves::default(); questions];
    for (at, (cell, unjudged)) in cells.into_iter().zip(unjudged).enumerate() {
        let none = (unjudged > 0).then_some((Move::Unjudged, unjudged));
        for (moved, count) in cell.into_iter().chain(none) {
            all.add(moved, count);
            by_agency[at / questions].add(moved, count);
            by_question[at % questions].add(moved, count);
        }
    }
    let taken = facts.agencies.iter().zip(by_agency);
    let questions = facts.questions.iter().zip(by_question);
    PanelChanges {
        all,
        by_agency: taken
            .filter(|(code, _)| filter.takes_agency(code))
            .map(|(code, moves)| (code.clone(), moves))
            .collect(),
        by_question: questions
            .filter(|(_, moves)| !moves.counts.is_empty())
            .map(|(question, moves)| (question.id.clone(), moves))
            .collect(),
        overall: overall(register, facts, filter),
    }
}

/// The answers that moved in a wanted way, of one agency and one question where they are given; by
/// question, case and agency.
pub fn behind(
    facts: &AuditFacts,
    filter: &Filter,
    agency: Option<&str>,
    question: Option<&str>,
    wanted: impl Fn(Move) -> bool,
) -> Vec<Behind> {
    let mut found: Vec<Behind> = Vec::new();
    let mut answers = Vec::new();
    each_move(facts, filter, |sheet, agency, question, moved| {
        if wanted(moved) {
            answers.push((question, facts.forms[sheet].case, agency, sheet));
        }
    });
    answers.sort_unstable();
    for (at, case, of, sheet) in answers {
        let is = |wanted: Option<&str>, found: &str| wanted.is_none_or(|wanted| wanted == found);
        if is(agency, &facts.agencies[usize::from(of)])
            && is(question, &facts.questions[usize::from(at)].id)
            && let Some(outcome) = facts.forms[sheet].outcome(at)
        {
            found.push(facts.answer_behind(Basis::Agency, at, case, of, outcome));
        }
    }
    found
}

/// Visits each answer: its sheet, agency and question, and which way the panel moved it.
fn each_move(facts: &AuditFacts, filter: &Filter, mut visit: impl FnMut(usize, u8, u16, Move)) {
    let taken = facts.taken(Basis::Agency, filter);
    let judged = judged(facts);
    let wanted: Vec<bool> = (facts.questions.iter().zip(&taken.questions))
        .map(|(question, taken)| *taken && question.scored)
        .collect();
    let sheets = facts.forms.iter().enumerate();
    for (at, sheet) in sheets.filter(|(_, sheet)| taken.takes(sheet)) {
        let judged = &judged[facts.questions.len() * sheet.case as usize..];
        for row in sheet.counted() {
            let question = usize::from(row.question);
            if !wanted[question] {
                continue;
            }
            let moved = judged[question].map_or(Move::Unjudged, |judged| {
                let question = &facts.questions[question];
                let outcome = |number| question.outcomes.get(number);
                Move::between(question.kind, outcome(row.outcome), outcome(judged))
            });
            visit(at, sheet.agency, row.question, moved);
        }
    }
}

/// What the panel judged: case after case, question by question.
fn judged(facts: &AuditFacts) -> Vec<Option<u32>> {
    let mut judged = vec![None; facts.questions.len() * facts.cases.len()];
    for sheet in &facts.judged {
        for row in sheet.counted() {
            let at = facts.questions.len() * sheet.case as usize + usize::from(row.question);
            judged[at] = Some(row.outcome);
        }
    }
    judged
}

/// The agencies' overall grades beside the panel's.
fn overall(register: &Register, facts: &AuditFacts, filter: &Filter) -> Vec<(String, Moves)> {
    let tool = register.tool(&facts.tool);
    let scale = tool.and_then(|tool| tool.scale(&tool.grade_scale));
    let cases = facts.cases.iter();
    let judged: Vec<Option<&Value>> = cases
        .map(|(case, _)| {
            let judgement = register.judgements.get(&Judgement::id(*case, None))?;
            Some(&judgement.value)
        })
        .collect();
    let mut moves = vec![Moves::default(); facts.agencies.len()];
    for (sheet, grade) in facts.graded(filter) {
        let grade = &facts.grades[usize::from(grade)];
        let moved = overall_move(scale, judged[sheet.case as usize], grade);
        moves[usize::from(sheet.agency)].add(moved, 1);
    }
    let agencies = facts.agencies.iter().zip(moves);
    agencies
        .filter(|(code, _)| filter.takes_agency(code))
        .map(|(code, moves)| (code.clone(), moves))
        .collect()
}

fn overall_move(scale: Option<&Scale>, judged: Option<&Value>, grade: &str) -> Move {
    match judged {
        Some(Value::One(judged)) => {
            let rank = |grade: &str| scale.and_then(|scale| scale.rank(grade));
            match (rank(grade), rank(judged)) {
                (Some(from), Some(to)) => Move::steps(from, to),
                _ if grade == judged => Move::Same,
                _ => Move::Sideways,
            }
        }
        _ => Move::Unjudged,
    }
}
