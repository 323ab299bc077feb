//! Timescale rules applied to the cases of an audit. The three kinds of rule (statutory, local,
//! indicative) are listed apart and never added up.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Filter;
use super::facts::AuditFacts;
use crate::domain::catalogue::Catalogue;
use crate::domain::id::RecordId;
use crate::domain::timescale::{Limit, Outcome, Reading, Rule, RuleKind, Unit};

/// Why a case has no reading although dates were given.
pub const DATES_DIFFER: &str = "agencies give different dates";

/// Below this many cases the middle one says nothing that their range does not.
pub const FEWEST_FOR_MEDIAN: usize = 10;

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
    /// The limits that the cases were held to, such as "at most 15 working days"; several where
    /// the rule changed between them.
    pub limits: Vec<String>,
    /// What the limits count; calendar days where they differ in it, or where there is none.
    pub unit: Unit,
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
    /// Working days likewise, counted from the day after the start.
    pub working_days: Option<DaysSpread>,
    /// The reading of each case, by reference.
    pub readings: Vec<(RecordId, Reading)>,
}

impl RuleSummary {
    /// Cases with a verdict.
    pub fn with_verdict(&self) -> usize {
        self.met + self.missed + self.one_convention_only
    }

    /// The rule with its limit: "Initial child protection conference (at most 15 working days)".
    pub fn title_with_limit(&self) -> String {
        match self.limits.is_empty() {
            true => self.title.clone(),
            false => format!("{} ({})", self.title, self.limits.join("; ")),
        }
    }

    /// How long it took, in what the limit counts: "From 9 to 16 working days", and from
    /// [`FEWEST_FOR_MEDIAN`] cases on "Median 12 working days, from 9 to 16". `None` where no case
    /// has both dates.
    pub fn length_words(&self) -> Option<String> {
        let (spread, what) = match self.unit {
            Unit::WorkingDays => (self.working_days?, "working day"),
            _ => (self.days?, "day"),
        };
        Some(spread.words(what))
    }
}

impl DaysSpread {
    fn words(&self, what: &str) -> String {
        let Self {
            median,
            shortest,
            longest,
            ..
        } = self;
        let plural = if *longest == 1 { "" } else { "s" };
        if shortest == longest {
            format!("{longest} {what}{plural}")
        } else if self.cases < FEWEST_FOR_MEDIAN {
            format!("From {shortest} to {longest} {what}s")
        } else {
            format!("Median {median} {what}s, from {shortest} to {longest}")
        }
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
        let date = |case: usize, field: usize| dates.get(&(case as u32, field as u16)).copied();
        let cases = facts.cases.iter().enumerate();
        let cases = cases.filter(|(_, (id, case))| filter.takes_case(*id, case));
        let (mut readings, mut limits) = (Vec::new(), Vec::new());
        for (at, (id, _)) in cases {
            let (start, end) = (date(at, from), date(at, to));
            let limit = start
                .flatten()
                .and_then(|start| rule.limit_on(start, local_rules));
            limits.extend(limit);
            readings.push((*id, read(rule, start, end, catalogue, local_rules)));
        }
        Some(added_up(rule, &limits, readings))
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

/// What limits count where all count the same.
fn unit_of(limits: &[&Limit]) -> Unit {
    let unit = limits.first().map_or(Unit::Days, |limit| limit.unit);
    match limits.iter().all(|limit| limit.unit == unit) {
        true => unit,
        false => Unit::Days,
    }
}

fn added_up(rule: &Rule, limits: &[&Limit], readings: Vec<(RecordId, Reading)>) -> RuleSummary {
    let mut held_to: Vec<String> = Vec::new();
    for limit in limits {
        let words = format!("{} {}", rule.bound.words(), limit.words());
        if !held_to.contains(&words) {
            held_to.push(words);
        }
    }
    let count = |wanted: fn(&Outcome) -> bool| {
        let outcomes = readings.iter().map(|(_, reading)| &reading.outcome);
        outcomes.filter(|outcome| wanted(outcome)).count()
    };
    let all = || readings.iter().map(|(_, reading)| reading);
    RuleSummary {
        rule: rule.id.clone(),
        title: rule.title.clone(),
        kind: rule.kind,
        limits: held_to,
        unit: unit_of(limits),
        met: count(|outcome| *outcome == Outcome::Met),
        missed: count(|outcome| *outcome == Outcome::Missed),
        one_convention_only: count(|outcome| *outcome == Outcome::OneConventionOnly),
        cannot_compute: count(|outcome| matches!(outcome, Outcome::CannotCompute(_))),
        no_limit: count(|outcome| *outcome == Outcome::NoLimit),
        days: spread(all().filter_map(|reading| reading.days).collect()),
        working_days: spread(
            all()
                .filter_map(|reading| reading.working_days.map(i64::from))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_told_from_ten_cases_on() {
        let words = |days: &[i64]| spread(days.to_vec()).unwrap().words("working day");
        assert_eq!(words(&[1]), "1 working day");
        assert_eq!(words(&[12, 12]), "12 working days");
        let nine = [16, 9, 10, 11, 12, 13, 14, 15, 12];
        assert_eq!(words(&nine), "From 9 to 16 working days");
        let ten = [&nine[..], &[13]].concat();
        assert_eq!(words(&ten), "Median 12.5 working days, from 9 to 16");
    }

    #[test]
    fn the_unit_is_the_limits_own_where_they_agree_in_it() {
        let limit = |unit| Limit {
            place: None,
            from: None,
            until: None,
            count: 1,
            unit,
            source: String::new(),
        };
        let (working, weeks) = (limit(Unit::WorkingDays), limit(Unit::Weeks));
        assert_eq!(unit_of(&[&working, &working]), Unit::WorkingDays);
        assert_eq!(unit_of(&[&working, &weeks]), Unit::Days);
        assert_eq!(unit_of(&[]), Unit::Days);
    }
}
