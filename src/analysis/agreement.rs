//! How far agencies agree about the same child: pairs of answers to the same question of the same
//! case, and Krippendorff's alpha.

use super::facts::{AuditFacts, Basis};
use super::{AskedQuestion, Filter};
use crate::domain::id::RecordId;
use crate::domain::tool::Kind;

/// From how many pairable units on alpha is given.
pub const FEWEST_UNITS: usize = 20;

/// Why there is no alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAlpha {
    /// Fewer than [`FEWEST_UNITS`] questions of a case were graded by two agencies or more.
    TooFew,
    /// Every grade is the same, so that chance agreement cannot be told from agreement.
    NoVariation,
}

impl NoAlpha {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::TooFew => "too few to say",
            Self::NoVariation => "every grade is the same",
        }
    }
}

/// Agreement in one audit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// Pairs of agencies that answered the same question of the same case.
    pub pairs: usize,
    /// Pairs with the same answer.
    pub same: usize,
    /// Pairs one step apart on a scale. Choices from a list have no steps.
    pub adjacent: usize,
    /// Every other pair.
    pub further: usize,
    /// Krippendorff's alpha, ordinal, over all graded questions together: 1 is full agreement, 0
    /// what chance would give.
    pub alpha: Result<f64, NoAlpha>,
}

/// How two different values count against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Different is different.
    Nominal,
    /// The further apart on the scale, the worse; counted in how many values lie between.
    Ordinal,
}

/// Compares the agencies' answers of one audit. Scored questions with one value each: grades,
/// yes/partly/no and single choices.
pub fn agreement(facts: &AuditFacts, filter: &Filter) -> Agreement {
    let mut found = Agreement::none();
    let mut graded = Vec::new();
    for unit in units(facts, filter) {
        let kind = facts.questions[unit.question].kind;
        found.count_pairs(kind, &unit.values);
        if kind == Kind::Grade {
            graded.push(unit.values);
        }
    }
    if graded.len() >= FEWEST_UNITS {
        found.alpha = alpha(&graded, Metric::Ordinal).ok_or(NoAlpha::NoVariation);
    }
    found
}

/// How agencies answered one question about the same children.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionAgreement {
    /// The question.
    pub question: String,
    /// Pairs of agencies over the cases; no alpha.
    pub pairs: Agreement,
    /// The cases in which two agencies or more answered and not all gave the same.
    pub differing: Vec<RecordId>,
}

/// Compares the agencies' answers question by question, in the order of the form. Questions that
/// no two agencies answered for the same case are left out.
pub fn agreement_by_question(facts: &AuditFacts, filter: &Filter) -> Vec<QuestionAgreement> {
    let mut found: Vec<QuestionAgreement> = Vec::new();
    // Units come by question.
    for unit in units(facts, filter) {
        let asked = &facts.questions[unit.question];
        if found.last().is_none_or(|last| last.question != asked.id) {
            found.push(QuestionAgreement {
                question: asked.id.clone(),
                pairs: Agreement::none(),
                differing: Vec::new(),
            });
        }
        if let Some(last) = found.last_mut() {
            last.pairs.count_pairs(asked.kind, &unit.values);
            if unit.values.iter().any(|value| *value != unit.values[0]) {
                last.differing.push(facts.cases[unit.case].0);
            }
        }
    }
    found
}

impl Agreement {
    fn none() -> Self {
        Self {
            pairs: 0,
            same: 0,
            adjacent: 0,
            further: 0,
            alpha: Err(NoAlpha::TooFew),
        }
    }

    fn count_pairs(&mut self, kind: Kind, values: &[usize]) {
        for (nth, a) in values.iter().enumerate() {
            for b in &values[nth + 1..] {
                self.count(kind, *a, *b);
            }
        }
    }

    fn count(&mut self, kind: Kind, a: usize, b: usize) {
        self.pairs += 1;
        match a.abs_diff(b) {
            0 => self.same += 1,
            1 if kind != Kind::PickOne => self.adjacent += 1,
            _ => self.further += 1,
        }
    }
}

/// Alpha of one question over the cases: ordinal for scales, nominal for a list of choices.
///
/// # Errors
/// [`NoAlpha`] says why there is none.
pub fn alpha_of(facts: &AuditFacts, question: &str, filter: &Filter) -> Result<f64, NoAlpha> {
    let units = units(facts, filter).into_iter();
    let (kinds, values): (Vec<Kind>, Vec<_>) = units
        .filter(|unit| facts.questions[unit.question].id == question)
        .map(|unit| (facts.questions[unit.question].kind, unit.values))
        .unzip();
    if values.len() < FEWEST_UNITS {
        return Err(NoAlpha::TooFew);
    }
    let metric = match kinds.first() {
        Some(Kind::PickOne) => Metric::Nominal,
        _ => Metric::Ordinal,
    };
    alpha(&values, metric).ok_or(NoAlpha::NoVariation)
}

/// A question of a case that two agencies or more answered: positions of both, and of what each
/// answered on the scale.
struct Unit {
    question: usize,
    case: usize,
    values: Vec<usize>,
}

/// The units by question, then by case.
fn units(facts: &AuditFacts, filter: &Filter) -> Vec<Unit> {
    // With one agency alone there would be nothing to compare it with.
    let everyone = Filter {
        agency: None,
        ..filter.clone()
    };
    let taken = facts.taken(Basis::Agency, &everyone);
    let rows = &facts.answers;
    let cases = facts.cases.len();
    let mut units: Vec<Vec<usize>> = vec![Vec::new(); facts.questions.len() * cases];
    for at in 0..rows.len() {
        let (question, case) = (rows.question[at], rows.case[at]);
        if !taken.takes(question, case, rows.agency[at]) {
            continue;
        }
        let asked = &facts.questions[question as usize];
        if is_comparable(asked)
            && let Some(rank) = asked.outcomes.get(rows.outcome[at]).rank
        {
            units[question as usize * cases + case as usize].push(rank);
        }
    }
    let paired = units
        .into_iter()
        .enumerate()
        .filter(|(_, values)| values.len() > 1);
    paired
        .map(|(at, values)| Unit {
            question: at / cases,
            case: at % cases,
            values,
        })
        .collect()
}

fn is_comparable(question: &AskedQuestion) -> bool {
    question.scored
        && matches!(
            question.kind,
            Kind::Grade | Kind::YesPartlyNo | Kind::PickOne
        )
}

/// Krippendorff's alpha over units with two values or more each; `None` when all values are the
/// same. Values are positions on the scale.
///
/// K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), sections C and D: observed
/// coincidences o(c,k), each unit's pairs weighted by one over its values less one, against those
/// expected by chance; the ordinal metric counts the values between c and k.
pub fn alpha(units: &[Vec<usize>], metric: Metric) -> Option<f64> {
    let paired = || units.iter().filter(|values| values.len() > 1);
    let size = paired().flatten().max()? + 1;
    let mut coincidences = vec![vec![0.0; size]; size];
    for values in paired() {
        let weight = 1.0 / (values.len() - 1) as f64;
        for (at, c) in values.iter().enumerate() {
            for (other, k) in values.iter().enumerate() {
                if at != other {
                    coincidences[*c][*k] += weight;
                }
            }
        }
    }
    let totals: Vec<f64> = coincidences.iter().map(|row| row.iter().sum()).collect();
    let n: f64 = totals.iter().sum();
    let (mut observed, mut expected) = (0.0, 0.0);
    for c in 0..size {
        for k in c + 1..size {
            let distance = squared_distance(&totals, c, k, metric);
            observed += coincidences[c][k] * distance;
            expected += totals[c] * totals[k] * distance;
        }
    }
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

/// The squared difference of two values, `c` above `k` on the scale.
fn squared_distance(totals: &[f64], c: usize, k: usize, metric: Metric) -> f64 {
    match metric {
        Metric::Nominal => 1.0,
        Metric::Ordinal => {
            let between: f64 = totals[c..=k].iter().sum();
            (between - (totals[c] + totals[k]) / 2.0).powi(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reliability data of Krippendorff 2011, section C: four observers, twelve units, values
    /// 1 to 5, 0 where one is missing.
    const OBSERVERS: [[usize; 12]; 4] = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];

    fn published() -> Vec<Vec<usize>> {
        (0..12)
            .map(|unit| {
                let values = OBSERVERS.iter().map(|observer| observer[unit]);
                values
                    .filter(|value| *value > 0)
                    .map(|value| value - 1)
                    .collect()
            })
            .collect()
    }

    #[test]
    fn krippendorffs_published_alphas() {
        for (metric, expected) in [(Metric::Nominal, 0.743), (Metric::Ordinal, 0.815)] {
            let found = alpha(&published(), metric).unwrap();
            assert!((found - expected).abs() < 5e-4, "{metric:?}: {found}");
        }
    }

    #[test]
    fn full_agreement_is_one_and_no_variation_is_nothing() {
        let agreed = vec![vec![0, 0], vec![1, 1], vec![3, 3, 3]];
        assert_eq!(alpha(&agreed, Metric::Ordinal), Some(1.0));
        assert_eq!(alpha(&[vec![2, 2], vec![2, 2]], Metric::Ordinal), None);
        assert_eq!(alpha(&[vec![2]], Metric::Nominal), None);
    }
}
