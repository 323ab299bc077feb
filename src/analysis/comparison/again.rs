//! The same children looked at again: a case of the later audit names the reference that the child
//! had in the earlier one ([`crate::domain::case::Case::same_as`]).

use std::collections::BTreeMap;

use crate::analysis::Filter;
use crate::analysis::facts::{AuditFacts, Basis, Sheet};
use crate::domain::id::RecordId;

/// How an answer about the same child, by the same agency to the same question, turned out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// Favourable both times.
    StillFavourable,
    /// Unfavourable, then favourable.
    BecameFavourable,
    /// Favourable, then unfavourable.
    BecameUnfavourable,
    /// Unfavourable both times.
    StillUnfavourable,
}

impl Turn {
    fn of(before: bool, after: bool) -> Self {
        match (before, after) {
            (true, true) => Self::StillFavourable,
            (false, true) => Self::BecameFavourable,
            (true, false) => Self::BecameUnfavourable,
            (false, false) => Self::StillUnfavourable,
        }
    }

    /// The words shown.
    pub fn words(self) -> &'static str {
        match self {
            Self::StillFavourable => "favourable both times",
            Self::BecameFavourable => "became favourable",
            Self::BecameUnfavourable => "became unfavourable",
            Self::StillUnfavourable => "unfavourable both times",
        }
    }
}

/// How many answers turned out how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turns {
    /// By the way they turned out.
    pub counts: BTreeMap<Turn, usize>,
    /// Each: question, agency (`None` for the panel), how it turned out; in the later audit's order.
    pub answers: Vec<(String, Option<String>, Turn)>,
}

impl Turns {
    /// How many answers turned out this way.
    pub fn count(&self, turn: Turn) -> usize {
        self.counts.get(&turn).copied().unwrap_or_default()
    }
}

/// A child whose case was looked at in both audits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameCase {
    /// The case in the earlier audit.
    pub earlier: RecordId,
    /// Its reference there.
    pub earlier_reference: String,
    /// The case in the later audit.
    pub later: RecordId,
    /// Its reference there.
    pub later_reference: String,
    /// Answers that count in both, by the same agency to the same question.
    pub turns: Turns,
}

/// The pairs of cases, in the order of the later audit; only those that the filter leaves there.
/// `comparable` are the questions that both audits ask in the same way.
pub(super) fn same_cases(
    earlier: &AuditFacts,
    later: &AuditFacts,
    basis: Basis,
    filter: &Filter,
    comparable: &[&str],
) -> Vec<SameCase> {
    let cases = (0..).zip(&later.cases);
    let pairs = cases.filter_map(|(at, (id, case))| {
        let named = case.same_as.as_ref()?;
        let first = earlier
            .cases
            .iter()
            .position(|(_, case)| case.reference == *named)?;
        filter.takes_case(*id, case).then(|| SameCase {
            earlier: earlier.cases[first].0,
            earlier_reference: named.clone(),
            later: *id,
            later_reference: case.reference.clone(),
            turns: turns(
                (earlier, first as u32),
                (later, at),
                basis,
                filter,
                comparable,
            ),
        })
    });
    pairs.collect()
}

fn turns(
    (earlier, first): (&AuditFacts, u32),
    (later, second): (&AuditFacts, u32),
    basis: Basis,
    filter: &Filter,
    comparable: &[&str],
) -> Turns {
    let taken = later.taken(basis, filter);
    let sheets = later.sheets(basis).iter();
    let mut of_case: Vec<_> = sheets
        .filter(|sheet| sheet.case == second && taken.takes(sheet))
        .collect();
    of_case.sort_by_key(|sheet| sheet.agency);
    let mut turns = Turns::default();
    for after in of_case {
        let agency = later.agency_at(basis, usize::from(after.agency));
        let Some(before) = sheet_of(earlier, first, agency, basis) else {
            continue;
        };
        let mut rows: Vec<_> = after.counted().map(|row| row.question).collect();
        rows.sort_unstable();
        for at in rows
            .into_iter()
            .filter(|at| taken.questions[usize::from(*at)])
        {
            let question = later.questions[usize::from(at)].id.as_str();
            if comparable.contains(&question)
                && let Some(was) = favourable(earlier, before, question)
                && let Some(is) = favourable(later, after, question)
            {
                let turn = Turn::of(was, is);
                *turns.counts.entry(turn).or_default() += 1;
                let agency = agency.map(ToOwned::to_owned);
                turns.answers.push((question.to_owned(), agency, turn));
            }
        }
    }
    turns
}

fn sheet_of<'a>(
    facts: &'a AuditFacts,
    case: u32,
    agency: Option<&str>,
    basis: Basis,
) -> Option<&'a Sheet> {
    let mut sheets = facts.sheets(basis).iter();
    sheets.find(|sheet| {
        let own = facts.agency_at(basis, usize::from(sheet.agency));
        sheet.submitted && sheet.case == case && own == agency
    })
}

/// Whether the answer to a question speaks well of practice; `None` where there is none that counts.
fn favourable(facts: &AuditFacts, sheet: &Sheet, question: &str) -> Option<bool> {
    let at = facts
        .questions
        .iter()
        .position(|asked| asked.id == question)?;
    let outcome = sheet.outcome(u16::try_from(at).ok()?)?;
    facts.questions[at].outcomes.get(outcome).favourable
}
