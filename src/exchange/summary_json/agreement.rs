//! Agreement between agencies.

use serde::Serialize;

use super::rounded;
use crate::analysis::agreement::{
    Agreement, Alphas, Found, NoAlpha, OnQuestion, Over, Pairs, agreement,
};
use crate::analysis::{AuditFacts, Filter};

#[derive(Clone, Debug, Serialize)]
pub(super) struct AgreementPart {
    #[serde(flatten)]
    pairs: PairsPart,
    #[serde(flatten)]
    grades: AlphaPart,
    yes_partly_no: AlphaPart,
    by_question: Vec<QuestionPart>,
    by_agencies: Vec<AgenciesPart>,
    covered: Vec<String>,
    not_covered: Vec<NotCoveredPart>,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct PairsPart {
    pairs: usize,
    same: usize,
    adjacent: usize,
    further: usize,
}

/// Alpha, or the reason why there is none.
#[derive(Clone, Copy, Debug, Serialize)]
struct AlphaPart {
    alpha: Option<f64>,
    alpha_low: Option<f64>,
    alpha_high: Option<f64>,
    alpha_reason: Option<&'static str>,
}

#[derive(Clone, Debug, Serialize)]
struct QuestionPart {
    question: String,
    units: usize,
    #[serde(flatten)]
    pairs: PairsPart,
    #[serde(flatten)]
    alpha: AlphaPart,
}

#[derive(Clone, Debug, Serialize)]
struct AgenciesPart {
    agencies: [String; 2],
    #[serde(flatten)]
    pairs: PairsPart,
}

#[derive(Clone, Debug, Serialize)]
struct NotCoveredPart {
    question: String,
    reason: &'static str,
}

pub(super) fn part(facts: &AuditFacts) -> AgreementPart {
    let (found, samples) = agreement(facts, &Filter::default());
    let alphas = samples.alphas();
    let Agreement {
        pairs,
        by_question,
        by_agencies,
        covered,
        not_covered,
    } = found;
    let agencies = by_agencies.into_iter().map(|between| AgenciesPart {
        agencies: between.agencies.into(),
        pairs: between.pairs.into(),
    });
    let not_covered = not_covered
        .into_iter()
        .map(|(question, why)| NotCoveredPart {
            question,
            reason: why.words(),
        });
    let questions = by_question
        .into_iter()
        .map(|on| QuestionPart::of(on, &alphas));
    AgreementPart {
        pairs: pairs.into(),
        grades: AlphaPart::of(&alphas, &Over::Grades),
        yes_partly_no: AlphaPart::of(&alphas, &Over::YesPartlyNo),
        by_question: questions.collect(),
        by_agencies: agencies.collect(),
        covered,
        not_covered: not_covered.collect(),
    }
}

impl QuestionPart {
    fn of(on: OnQuestion, alphas: &Alphas) -> Self {
        Self {
            alpha: AlphaPart::of(alphas, &Over::Question(on.question.clone())),
            question: on.question,
            units: on.units,
            pairs: on.pairs.into(),
        }
    }
}

impl From<Pairs> for PairsPart {
    fn from(pairs: Pairs) -> Self {
        Self {
            pairs: pairs.all,
            same: pairs.same,
            adjacent: pairs.adjacent,
            further: pairs.further,
        }
    }
}

impl AlphaPart {
    fn of(alphas: &Alphas, over: &Over) -> Self {
        let found: Found = alphas.over(over).unwrap_or(Err(NoAlpha::TooFew));
        let known = found.ok();
        Self {
            alpha: known.map(|alpha| rounded(alpha.value)),
            alpha_low: known.map(|alpha| rounded(alpha.low)),
            alpha_high: known.map(|alpha| rounded(alpha.high)),
            alpha_reason: found.err().map(NoAlpha::words),
        }
    }
}
