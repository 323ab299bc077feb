//! Answers that are not there. On a submitted form a question may be *unanswered*, or *not asked*
//! because of what was answered before it; on the panel's basis a question of a case may be *not
//! judged*. None of these is *not applicable* or *not evidenced*, which are answers.

use std::collections::BTreeMap;

use super::Filter;
use super::facts::{AuditFacts, Basis, Sheet};
use crate::domain::id::RecordId;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Absence {
    /// The form asks it and has no answer.
    Unanswered,
    /// The form does not come to ask it, after what was answered before.
    NotAsked,
    /// The panel has not judged it.
    NotJudged,
}

impl Absence {
    /// Each, in the order shown.
    pub const ALL: [Self; 3] = [Self::Unanswered, Self::NotAsked, Self::NotJudged];

    /// The words shown after a count.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::NotAsked => "not asked",
            Self::NotJudged => "not judged",
        }
    }
}

/// How many answers are not there, by why.
pub type Absences = BTreeMap<Absence, usize>;

/// An answer that is not there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The question.
    pub question: String,
    /// The case.
    pub case: RecordId,
    /// The agency's code; `None` for the panel.
    pub agency: Option<String>,
    /// Why.
    pub why: Absence,
}

/// How many answers are not there, question by question and agency by agency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MissingCounts {
    rows: BTreeMap<String, BTreeMap<Option<String>, Absences>>,
}

impl MissingCounts {
    /// Of one question, by one agency (the panel is `None`).
    pub fn by(&self, question: &str, agency: &Option<String>) -> Absences {
        let row = self.rows.get(question).and_then(|row| row.get(agency));
        row.cloned().unwrap_or_default()
    }

    /// Of these questions, over all agencies.
    pub fn of<'a>(&self, questions: impl Iterator<Item = &'a str>) -> Absences {
        let mut sum = Absences::new();
        let rows = questions.filter_map(|question| self.rows.get(question));
        for (why, count) in rows.flat_map(BTreeMap::values).flatten() {
            *sum.entry(*why).or_default() += count;
        }
        sum
    }
}

/// Counts what is not there in the part that `filter` leaves.
pub fn missing(facts: &AuditFacts, basis: Basis, filter: &Filter) -> MissingCounts {
    let width = facts.width(basis);
    let mut counts = vec![[0_usize; Absence::ALL.len()]; facts.questions.len() * width];
    each(facts, basis, filter, |at, sheet, why| {
        counts[at * width + usize::from(sheet.agency)][why as usize] += 1;
    });
    let mut rows: BTreeMap<String, BTreeMap<Option<String>, Absences>> = BTreeMap::new();
    for (cell, counts) in counts.iter().enumerate() {
        let found = Absence::ALL.into_iter().zip(*counts);
        let found: Absences = found.filter(|(_, count)| *count > 0).collect();
        if !found.is_empty() {
            let agency = facts.agency_at(basis, cell % width);
            let row = rows.entry(facts.questions[cell / width].id.clone());
            row.or_default()
                .insert(agency.map(ToOwned::to_owned), found);
        }
    }
    MissingCounts { rows }
}

/// What is not there of these questions for this reason; by question, case and agency.
pub fn behind(
    facts: &AuditFacts,
    basis: Basis,
    filter: &Filter,
    questions: &[&str],
    wanted: Absence,
) -> Vec<Missing> {
    let mut found = Vec::new();
    each(facts, basis, filter, |at, sheet, why| {
        if why == wanted && questions.contains(&facts.questions[at].id.as_str()) {
            found.push((at, sheet.case, sheet.agency));
        }
    });
    found.sort_unstable();
    let missing = |(at, case, agency): (usize, u32, u8)| Missing {
        question: facts.questions[at].id.clone(),
        case: facts.cases[case as usize].0,
        agency: facts
            .agency_at(basis, usize::from(agency))
            .map(ToOwned::to_owned),
        why: wanted,
    };
    found.into_iter().map(missing).collect()
}

/// Visits each question that a taken sheet has no answer to: its position, the sheet and why.
fn each(
    facts: &AuditFacts,
    basis: Basis,
    filter: &Filter,
    mut visit: impl FnMut(usize, &Sheet, Absence),
) {
    let taken = facts.taken(basis, filter);
    let mut answered = vec![false; facts.questions.len()];
    for sheet in facts.sheets(basis).iter().filter(|own| taken.takes(own)) {
        answered.fill(false);
        for row in sheet.counted() {
            answered[usize::from(row.question)] = true;
        }
        for (at, question) in facts.questions.iter().enumerate() {
            let asked_of = || question.asked_of[usize::from(sheet.agency)];
            if answered[at] || !taken.questions[at] {
                continue;
            }
            match basis {
                Basis::Panel => visit(at, sheet, Absence::NotJudged),
                Basis::Agency if !asked_of() => (),
                Basis::Agency if sheet.asks(&facts.questions, at) => {
                    visit(at, sheet, Absence::Unanswered);
                }
                Basis::Agency => visit(at, sheet, Absence::NotAsked),
            }
        }
    }
}
