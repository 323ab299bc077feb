//! Timescale rules applied to the cases of an audit. The three kinds of rule (statutory, local,
//! indicative) are listed apart and never added up.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Filter;
use super::facts::AuditFacts;
use crate::domain::catalogue::Catalogue;
use crate::domain::id::RecordId;
use crate::domain::timescale::{Outcome, Reading, Rule, RuleKind};

/// Why a case has no reading although dates were given.
pub const DATES_DIFFER: &str = "agencies give different dates";

/// Days from start to end over the cases that have both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DaysSpread {
    /// How many cases.
    pub cases: usize,
    /// The middle one; halfway between the two middle ones where their number is even.
    pub median: f64,
    /// Shortest.
    pub shortest: i64,
    /// Longest.
    pub longest: i64,
}

/// One rule over the cases of an audit.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSummary {
    /// The rule's id.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// How binding it is.
    pub kind: RuleKind,
    /// Met under both ways of counting.
    pub met: usize,
    /// Missed under both.
    pub missed: usize,
    /// Met under one way of counting only.
    pub one_convention_only: usize,
    /// A date is missing, impossible, or given differently by two agencies.
    pub cannot_compute: usize,
    /// No limit was in force: reported without a verdict.
    pub no_limit: usize,
    /// Calendar days, where any case has both dates.
    pub days: Option<DaysSpread>,
    /// The reading of each case, by reference.
    pub readings: Vec<(RecordId, Reading)>,
}

impl RuleSummary {
    /// Cases with a verdict.
    pub fn with_verdict(&self) -> usize {
        self.met + self.missed + self.one_convention_only
    }
}

/// Applies every rule whose two dates the audit's tool asks for. A case's date is the one the panel
/// agreed; where it agreed none, the one on which all agencies that give it on a submitted form agree. `local_rules` is the area
/// whose own limits apply. The filter's cases count; its agency, section and theme do not, because
/// a date belongs to the case.
pub fn timescales(
    facts: &AuditFacts,
    catalogue: &Catalogue,
    local_rules: Option<&str>,
    filter: &Filter,
) -> Vec<RuleSummary> {
    let dates = agreed_dates(facts);
    let field = |id: &String| facts.date_fields.iter().position(|field| field == id);
    let rules = catalogue.rules.iter().filter_map(|rule| {
        let (from, to) = (field(&rule.from)?, field(&rule.to)?);
        let cases = facts.cases.iter().enumerate();
        let readings = cases
            .filter(|(_, (id, case))| filter.takes_case(*id, case))
            .map(|(at, (id, _))| {
                let date = |field: usize| dates.get(&(at as u32, field as u16)).copied();
                let reading = read(rule, date(from), date(to), catalogue, local_rules);
                (*id, reading)
            });
        Some(added_up(rule, readings.collect()))
    });
    rules.collect()
}

/// A date on which the agencies agree, or `None` where they differ.
pub(super) type Agreed = Option<NaiveDate>;

fn agreed_dates(facts: &AuditFacts) -> HashMap<(u32, u16), Agreed> {
    let mut dates: HashMap<(u32, u16), Agreed> = HashMap::new();
    for sheet in facts.forms.iter().filter(|sheet| sheet.submitted) {
        for (field, date) in &sheet.dates {
            let agreed = dates.entry((sheet.case, *field)).or_insert(Some(*date));
            if *agreed != Some(*date) {
                *agreed = None;
            }
        }
    }
    for sheet in &facts.judged {
        let agreed = sheet.dates.iter();
        dates.extend(agreed.map(|(field, date)| ((sheet.case, *field), Some(*date))));
    }
    dates
}

/// Applies a rule to the dates of one case, as far as the agencies agree on them.
pub(super) fn read(
    rule: &Rule,
    from: Option<Agreed>,
    to: Option<Agreed>,
    catalogue: &Catalogue,
    local_rules: Option<&str>,
) -> Reading {
    if from == Some(None) || to == Some(None) {
        return Reading {
            outcome: Outcome::CannotCompute(DATES_DIFFER),
            days: None,
            working_days: None,
        };
    }
    rule.read(
        from.flatten(),
        to.flatten(),
        local_rules,
        &catalogue.calendar,
    )
}

fn added_up(rule: &Rule, readings: Vec<(RecordId, Reading)>) -> RuleSummary {
    let count = |wanted: fn(&Outcome) -> bool| {
        let outcomes = readings.iter().map(|(_, reading)| &reading.outcome);
        outcomes.filter(|outcome| wanted(outcome)).count()
    };
    RuleSummary {
        rule: rule.id.clone(),
        title: rule.title.clone(),
        kind: rule.kind,
        met: count(|outcome| *outcome == Outcome::Met),
        missed: count(|outcome| *outcome == Outcome::Missed),
        one_convention_only: count(|outcome| *outcome == Outcome::OneConventionOnly),
        cannot_compute: count(|outcome| matches!(outcome, Outcome::CannotCompute(_))),
        no_limit: count(|outcome| *outcome == Outcome::NoLimit),
        days: spread(
            readings
                .iter()
                .filter_map(|(_, reading)| reading.days)
                .collect(),
        ),
        readings,
    }
}

fn spread(mut days: Vec<i64>) -> Option<DaysSpread> {
    days.sort_unstable();
    let (shortest, longest) = (*days.first()?, *days.last()?);
    let middle = days.len() / 2;
    let median = if days.len() % 2 == 1 {
        days[middle] as f64
    } else {
        (days[middle - 1] + days[middle]) as f64 / 2.0
    };
    Some(DaysSpread {
        cases: days.len(),
        median,
        shortest,
        longest,
    })
}
