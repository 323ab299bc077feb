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

use std::collections::BTreeMap;

pub use alpha::{Alpha, FEWEST_UNITS};
pub use pairs::{Apart, Pair, Pairs, pairs};
pub use samples::{Alphas, Found, Over, Sample, Samples};

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
    /// Where its units begin among those of all questions.
    first_unit: usize,
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
    let units = units(facts, filter);
    let (covered, not_covered) = coverage(facts, filter);
    let by_question = read_differently_first(by_question(facts, &units));
    let samples = Samples::of(&units, &by_question);
    let agreement = Agreement {
        pairs: by_question.iter().map(|question| question.pairs).sum(),
        by_question,
        by_agencies: by_agencies(facts, &units),
        covered,
        not_covered,
    };
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
    let question = |unit: &Unit| facts.questions[usize::from(unit.question)].id.as_str();
    let units = units(facts, filter).into_iter();
    let units = units.filter(|unit| wanted(question(unit), unit.kind));
    let on_case = units.map(|unit| OnCase {
        question: question(&unit).to_owned(),
        case: facts.cases[unit.case as usize].0,
        answers: (unit.answers.iter())
            .map(|(agency, _, outcome)| {
                facts.answer_behind(Basis::Agency, unit.question, unit.case, *agency, *outcome)
            })
            .collect(),
    });
    on_case.collect()
}

/// One question of one case that two agencies or more answered.
struct Unit {
    question: u16,
    case: u32,
    kind: Kind,
    /// Position of the agency, place of its answer among the options, and its number.
    answers: Vec<(u8, usize, u32)>,
}

impl Unit {
    fn values(&self) -> Vec<usize> {
        self.answers.iter().map(|(_, rank, _)| *rank).collect()
    }

    /// Every two answers and how far they are apart.
    fn pairs(&self) -> impl Iterator<Item = ((u8, u32), (u8, u32), Apart)> + '_ {
        self.answers.iter().enumerate().flat_map(|(nth, first)| {
            let later = self.answers[nth + 1..].iter();
            later.map(|second| {
                let apart = Apart::of(self.kind, first.1, second.1);
                ((first.0, first.2), (second.0, second.2), apart)
            })
        })
    }
}

/// The units by question and case, in each the agencies in the audit's order.
fn units(facts: &AuditFacts, filter: &Filter) -> Vec<Unit> {
    let taken = facts.taken(Basis::Agency, &everyone(filter));
    let comparable: Vec<bool> = facts.questions.iter().map(is_comparable).collect();
    let cases = facts.cases.len();
    let mut answers = vec![Vec::new(); facts.questions.len() * cases];
    for sheet in facts.forms.iter().filter(|sheet| taken.takes(sheet)) {
        for row in sheet.counted() {
            let question = usize::from(row.question);
            let outcome = facts.questions[question].outcomes.get(row.outcome);
            if taken.questions[question]
                && comparable[question]
                && let Some(rank) = outcome.rank
            {
                let unit = question * cases + sheet.case as usize;
                answers[unit].push((sheet.agency, rank, row.outcome));
            }
        }
    }
    let all = answers.into_iter().enumerate();
    all.filter(|(_, answers)| answers.len() > 1)
        .map(|(at, mut answers)| {
            answers.sort_unstable();
            let question = at / cases;
            Unit {
                question: question as u16,
                case: (at % cases) as u32,
                kind: facts.questions[question].kind,
                answers,
            }
        })
        .collect()
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
fn by_question(facts: &AuditFacts, units: &[Unit]) -> Vec<OnQuestion> {
    let mut first_unit = 0;
    let questions = units.chunk_by(|a, b| a.question == b.question);
    let on_question = |own: &[Unit]| {
        let question = &facts.questions[usize::from(own[0].question)];
        let on = OnQuestion {
            question: question.id.clone(),
            kind: question.kind,
            units: own.len(),
            pairs: (own.iter().flat_map(Unit::pairs))
                .map(|pair| pair.2)
                .collect(),
            first_unit,
        };
        first_unit += own.len();
        on
    };
    questions.map(on_question).collect()
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

fn by_agencies(facts: &AuditFacts, units: &[Unit]) -> Vec<BetweenAgencies> {
    let mut found: BTreeMap<(u8, u8), Pairs> = BTreeMap::new();
    for ((first, _), (second, _), apart) in units.iter().flat_map(Unit::pairs) {
        found.entry((first, second)).or_default().add(apart);
    }
    let code = |at: u8| facts.agencies[usize::from(at)].clone();
    let between = |((first, second), pairs)| BetweenAgencies {
        agencies: (code(first), code(second)),
        pairs,
    };
    found.into_iter().map(between).collect()
}
