//! Two agencies' answers to the same question of the same case.

use super::units::{Answer, Units};
use crate::analysis::Filter;
use crate::analysis::facts::{AuditFacts, Basis, Behind};
use crate::domain::tool::Kind;

/// How far two answers are apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Apart {
    /// The same answer.
    Same,
    /// One step apart on a scale. Choices from a list have no steps.
    Adjacent,
    /// Two steps or more apart on a scale, or different choices from a list.
    Further,
}

impl Apart {
    /// Of two places among a question's options.
    pub(super) fn of(kind: Kind, first: usize, second: usize) -> Self {
        match first.abs_diff(second) {
            0 => Self::Same,
            1 if kind != Kind::PickOne => Self::Adjacent,
            _ => Self::Further,
        }
    }

    /// The words shown.
    pub fn words(self) -> &'static str {
        match self {
            Self::Same => "the same",
            Self::Adjacent => "one step apart",
            Self::Further => "further apart",
        }
    }
}

/// How many pairs, by how far they are apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// All of them.
    pub all: usize,
    /// The same answer.
    pub same: usize,
    /// One step apart.
    pub adjacent: usize,
    /// Further apart.
    pub further: usize,
}

impl Pairs {
    /// Counts one more.
    pub(super) fn add(&mut self, apart: Apart) {
        self.all += 1;
        match apart {
            Apart::Same => self.same += 1,
            Apart::Adjacent => self.adjacent += 1,
            Apart::Further => self.further += 1,
        }
    }
}

impl FromIterator<Apart> for Pairs {
    fn from_iter<T: IntoIterator<Item = Apart>>(pairs: T) -> Self {
        let mut counted = Self::default();
        pairs.into_iter().for_each(|apart| counted.add(apart));
        counted
    }
}

impl std::iter::Sum for Pairs {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |sum, part| Self {
            all: sum.all + part.all,
            same: sum.same + part.same,
            adjacent: sum.adjacent + part.adjacent,
            further: sum.further + part.further,
        })
    }
}

/// One pair of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The question.
    pub question: String,
    /// How far they are apart.
    pub apart: Apart,
    /// The two answers, in the audit's order of agencies.
    pub answers: [Behind; 2],
}

impl Pair {
    /// Whether it is between these two agencies, in either order.
    pub(super) fn is_between(&self, (one, other): (&str, &str)) -> bool {
        let [first, second] = &self.answers;
        let codes = (first.agency.as_deref(), second.agency.as_deref());
        codes == (Some(one), Some(other)) || codes == (Some(other), Some(one))
    }
}

/// Every pair of answers that agreement counts, by question, case and agencies.
pub fn pairs(facts: &AuditFacts, filter: &Filter) -> Vec<Pair> {
    let units = Units::of(facts, filter);
    let of_unit = units.each().flat_map(|unit| {
        unit.pairs().map(move |(first, second, apart)| {
            let answer = |own: Answer| {
                let (agency, outcome) = (own.agency, own.outcome);
                facts.answer_behind(Basis::Agency, unit.question, unit.case, agency, outcome)
            };
            Pair {
                question: facts.questions[usize::from(unit.question)].id.clone(),
                apart,
                answers: [answer(first), answer(second)],
            }
        })
    });
    of_unit.collect()
}
