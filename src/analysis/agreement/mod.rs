//! How far agencies agree about the same child: pairs of answers to the same question of the same
//! case, by question and by pair of agencies, and Krippendorff's alpha.
//!
//! Covered are scored questions with one answer each (grades, yes/partly/no, one of a list) that
//! the audit asks of two agencies or more; [`Agreement::covered`] and [`Agreement::not_covered`]
//! name them. Answers left blank for a reason are in no pair. Always all agencies are compared: the
//! filter's agency is passed over, because one agency has nothing to be compared with.

pub mod alpha;
mod pairs;
mod samples;
mod units;

use std::ops::Range;
use std::sync::Arc;

pub use alpha::{Alpha, FEWEST_UNITS};
pub use pairs::{Apart, Pair, Pairs, pairs};
pub use samples::{Alphas, Found, Over, Sample, Samples};
use units::{Unit, Units};

use super::facts::{AuditFacts, Basis, Behind};
use super::{AskedQuestion, Filter};
use crate::domain::id::RecordId;
use crate::domain::tool::Kind;

/// From how many pairs on a question is listed among those that are read differently.
pub const FEWEST_PAIRS: usize = 5;

/// Why there is no alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAlpha {
    /// Fewer than [`FEWEST_UNITS`] questions of a case were answered by two agencies or more.
    TooFew,
    /// Every answer is the same, so that chance agreement cannot be told from agreement.
    NoVariation,
}

impl NoAlpha {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::TooFew => "too few to say",
            Self::NoVariation => "every answer is the same",
        }
    }
}

/// Why a question's answers are not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCovered {
    /// The audit asks it of one agency only, or of none.
    OneAgency,
    /// It gives context and is not scored.
    NotScored,
    /// It is answered in words, numbers, dates or with several choices at once.
    NotOneChoice,
}

impl NotCovered {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::OneAgency => "asked of one agency only",
            Self::NotScored => "gives context, is not scored",
            Self::NotOneChoice => "is not answered with one choice",
        }
    }
}

/// Agreement on one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnQuestion {
    /// The question.
    pub question: String,
    /// How it is answered.
    pub kind: Kind,
    /// Cases that two agencies or more answered.
    pub units: usize,
    /// Its pairs.
    pub pairs: Pairs,
    /// Which of all units are its own.
    which: Range<usize>,
}

/// Agreement between two agencies, the one first in the audit's order first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BetweenAgencies {
    /// Codes of the two.
    pub agencies: (String, String),
    /// Their pairs over all questions covered.
    pub pairs: Pairs,
}

/// Agreement in one audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// All pairs of agencies that answered the same question of the same case.
    pub pairs: Pairs,
    /// Question by question, those that people read most differently first: by the share of pairs
    /// further apart, then by the share not the same, then in the order of the form. Questions with
    /// fewer than [`FEWEST_PAIRS`] pairs come after the others, and lists of choices after those,
    /// because a list has no steps and every difference in it counts as further apart.
    pub by_question: Vec<OnQuestion>,
    /// Every two agencies that have a pair, in the audit's order.
    pub by_agencies: Vec<BetweenAgencies>,
    /// Questions covered, in the order of the form.
    pub covered: Vec<String>,
    /// The other questions that the filter leaves, and why they are not covered.
    pub not_covered: Vec<(String, NotCovered)>,
}

/// Compares the agencies' answers of one audit: the counts, and what the alphas are worked out of.
pub fn agreement(facts: &AuditFacts, filter: &Filter) -> (Agreement, Samples) {
    let units = Arc::new(Units::of(facts, filter));
    let (covered, not_covered) = coverage(facts, filter);
    let by_question = read_differently_first(by_question(facts, &units));
    let agreement = Agreement {
        pairs: by_question.iter().map(|question| question.pairs).sum(),
        by_question,
        by_agencies: by_agencies(facts, &units),
        covered,
        not_covered,
    };
    let samples = Samples::of(&units, &agreement.by_question);
    (agreement, samples)
}

/// The answers behind a number of agreement: of one question and of two agencies where they are
/// given, and only those pairs that are `apart` so far where that is given. By question, case and
/// agency, each answer once.
pub fn behind(
    facts: &AuditFacts,
    filter: &Filter,
    question: Option<&str>,
    agencies: Option<(&str, &str)>,
    apart: Option<Apart>,
) -> Vec<Behind> {
    let pairs = pairs(facts, filter).into_iter();
    let wanted = pairs.filter(|pair| {
        question.is_none_or(|wanted| wanted == pair.question)
            && agencies.is_none_or(|wanted| pair.is_between(wanted))
            && apart.is_none_or(|wanted| wanted == pair.apart)
    });
    let mut seen = std::collections::HashSet::new();
    let answers = wanted.flat_map(|pair| pair.answers);
    answers
        .filter(|answer| seen.insert((answer.case, answer.agency.clone(), answer.question.clone())))
        .collect()
}

/// A question of a case with every agency's answer, as alpha counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnCase {
    /// The question.
    pub question: String,
    /// The case.
    pub case: RecordId,
    /// Two answers or more, in the audit's order of agencies.
    pub answers: Vec<Behind>,
}

/// What an alpha rests on: every unit of the questions that are wanted, by question and case.
pub fn units_behind(
    facts: &AuditFacts,
    filter: &Filter,
    wanted: impl Fn(&str, Kind) -> bool,
) -> Vec<OnCase> {
    let question = |unit: &Unit<'_>| facts.questions[usize::from(unit.question)].id.as_str();
    let units = Units::of(facts, filter);
    let wanted = units
        .each()
        .filter(|unit| wanted(question(unit), unit.kind));
    let on_case = wanted.map(|unit| OnCase {
        question: question(&unit).to_owned(),
        case: facts.cases[unit.case as usize].0,
        answers: (unit.answers.iter())
            .map(|own| {
                let (agency, outcome) = (own.agency, own.outcome);
                facts.answer_behind(Basis::Agency, unit.question, unit.case, agency, outcome)
            })
            .collect(),
    });
    on_case.collect()
}

/// The filter as agreement takes it: without an agency.
pub fn everyone(filter: &Filter) -> Filter {
    filter.of_agency(None)
}

fn is_comparable(question: &AskedQuestion) -> bool {
    not_covered(question).is_none()
}

fn not_covered(question: &AskedQuestion) -> Option<NotCovered> {
    let one_choice = matches!(
        question.kind,
        Kind::Grade | Kind::YesPartlyNo | Kind::PickOne
    );
    let asked = question.asked_of.iter().filter(|asked| **asked).count();
    match (one_choice, question.scored, asked) {
        (false, ..) => Some(NotCovered::NotOneChoice),
        (_, false, _) => Some(NotCovered::NotScored),
        (.., 0 | 1) => Some(NotCovered::OneAgency),
        _ => None,
    }
}

fn coverage(facts: &AuditFacts, filter: &Filter) -> (Vec<String>, Vec<(String, NotCovered)>) {
    let taken = facts.taken(Basis::Agency, &everyone(filter));
    let (mut covered, mut others) = (Vec::new(), Vec::new());
    for (question, taken) in facts.questions.iter().zip(&taken.questions) {
        match not_covered(question) {
            _ if !taken => (),
            None => covered.push(question.id.clone()),
            Some(why) => others.push((question.id.clone(), why)),
        }
    }
    (covered, others)
}

/// Questions with a unit, in the order of the form.
fn by_question(facts: &AuditFacts, units: &Units) -> Vec<OnQuestion> {
    let on_question = |which: Range<usize>| {
        let own = || units.within(which.clone());
        let question = usize::from(own().next()?.question);
        Some(OnQuestion {
            question: facts.questions[question].id.clone(),
            kind: facts.questions[question].kind,
            units: which.len(),
            pairs: own().flat_map(Unit::pairs).map(|pair| pair.2).collect(),
            which: which.clone(),
        })
    };
    units.by_question().filter_map(on_question).collect()
}

fn read_differently_first(mut questions: Vec<OnQuestion>) -> Vec<OnQuestion> {
    let share = |part: usize, of: &OnQuestion| part as f64 / of.pairs.all.max(1) as f64;
    questions.sort_by(|a, b| {
        let last = |on: &OnQuestion| (on.kind == Kind::PickOne, on.pairs.all < FEWEST_PAIRS);
        let further = |on: &OnQuestion| share(on.pairs.further, on);
        let different = |on: &OnQuestion| share(on.pairs.all - on.pairs.same, on);
        last(a)
            .cmp(&last(b))
            .then(further(b).total_cmp(&further(a)))
            .then(different(b).total_cmp(&different(a)))
    });
    questions
}

fn by_agencies(facts: &AuditFacts, units: &Units) -> Vec<BetweenAgencies> {
    let agencies = facts.agencies.len();
    let mut found = vec![Pairs::default(); agencies * agencies];
    for (first, second, apart) in units.each().flat_map(Unit::pairs) {
        found[usize::from(first.agency) * agencies + usize::from(second.agency)].add(apart);
    }
    let code = |at: usize| facts.agencies[at].clone();
    let found = found.into_iter().enumerate();
    let between = found.filter(|(_, pairs)| pairs.all > 0);
    between
        .map(|(at, pairs)| BetweenAgencies {
            agencies: (code(at / agencies), code(at % agencies)),
            pairs,
        })
        .collect()
}
