//! Units: one question of one case with the answers of two agencies or more. All their answers stand
//! in one list, so that tens of thousands of units are gathered within a frame of a window.

use std::ops::Range;

use super::{Apart, everyone, is_comparable};
use crate::analysis::Filter;
use crate::analysis::facts::{AuditFacts, Basis};
use crate::domain::tool::Kind;

/// One agency's answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Answer {
    /// Position of the agency.
    pub(super) agency: u8,
    /// Its place among the question's options.
    pub(super) rank: u16,
    /// Its number.
    pub(super) outcome: u32,
}

/// A question of a case with its answers, in the audit's order of agencies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'a> {
    pub(super) question: u16,
    pub(super) case: u32,
    pub(super) kind: Kind,
    pub(super) answers: &'a [Answer],
}

impl<'a> Unit<'a> {
    /// Places of the answers among the options.
    pub(super) fn values(&self) -> Vec<usize> {
        let ranks = self.answers.iter().map(|own| usize::from(own.rank));
        ranks.collect()
    }

    /// Every two answers and how far they are apart.
    pub(super) fn pairs(self) -> impl Iterator<Item = (Answer, Answer, Apart)> + use<'a> {
        let (answers, kind) = (self.answers, self.kind);
        answers.iter().enumerate().flat_map(move |(nth, first)| {
            let later = answers[nth + 1..].iter();
            later.map(move |second| {
                let apart = Apart::of(kind, first.rank.into(), second.rank.into());
                (*first, *second, apart)
            })
        })
    }
}

/// Where the answers of a unit stand.
#[derive(Clone, Debug)]
struct Span {
    question: u16,
    case: u32,
    kind: Kind,
    answers: Range<usize>,
}

/// The units of an audit by question and case.
#[derive(Clone, Debug)]
pub(super) struct Units {
    answers: Vec<Answer>,
    spans: Vec<Span>,
}

impl Units {
    /// Gathered by counting how many answers each question of each case has, then putting them in.
    pub(super) fn of(facts: &AuditFacts, filter: &Filter) -> Self {
        let cases = facts.cases.len();
        let mut starts = vec![0; facts.questions.len() * cases + 1];
        each_answer(facts, filter, |place, _| starts[place + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut answers = vec![Answer::default(); starts.last().copied().unwrap_or_default()];
        each_answer(facts, filter, |place, answer| {
            answers[next[place]] = answer;
            next[place] += 1;
        });
        let mut spans = Vec::new();
        for (place, ends) in starts.windows(2).enumerate() {
            let own = ends[0]..ends[1];
            if own.len() > 1 {
                answers[own.clone()].sort_unstable();
                spans.push(Span {
                    question: (place / cases) as u16,
                    case: (place % cases) as u32,
                    kind: facts.questions[place / cases].kind,
                    answers: own,
                });
            }
        }
        Self { answers, spans }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.spans.len()
    }

    /// Some of them.
    pub(super) fn within(&self, which: Range<usize>) -> impl Iterator<Item = Unit<'_>> {
        self.spans[which].iter().map(|span| Unit {
            question: span.question,
            case: span.case,
            kind: span.kind,
            answers: &self.answers[span.answers.clone()],
        })
    }

    /// Each of them.
    pub(super) fn each(&self) -> impl Iterator<Item = Unit<'_>> {
        self.within(0..self.count())
    }

    /// Which are of the same question, question by question.
    pub(super) fn by_question(&self) -> impl Iterator<Item = Range<usize>> {
        let mut start = 0;
        let questions = self.spans.chunk_by(|a, b| a.question == b.question);
        questions.map(move |own| {
            let which = start..start + own.len();
            start = which.end;
            which
        })
    }
}

/// Visits each answer that can be compared: its place by question and case, and what it is.
fn each_answer(facts: &AuditFacts, filter: &Filter, mut visit: impl FnMut(usize, Answer)) {
    let taken = facts.taken(Basis::Agency, &everyone(filter));
    let questions = facts.questions.iter().zip(&taken.questions);
    let wanted: Vec<bool> = questions
        .map(|(question, taken)| *taken && is_comparable(question))
        .collect();
    let cases = facts.cases.len();
    for sheet in facts.forms.iter().filter(|sheet| taken.takes(sheet)) {
        for row in sheet.counted() {
            let question = usize::from(row.question);
            if wanted[question]
                && let Some(rank) = facts.questions[question].outcomes.get(row.outcome).rank
            {
                let answer = Answer {
                    agency: sheet.agency,
                    rank: rank as u16,
                    outcome: row.outcome,
                };
                visit(question * cases + sheet.case as usize, answer);
            }
        }
    }
}
