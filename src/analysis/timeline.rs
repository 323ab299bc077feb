//! The key dates of one case in order, who gave them, and what each timescale rule says to them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::timescales::{self, Agreed};
use crate::domain::catalogue::Catalogue;
use crate::domain::timescale::{Limit, Reading, Rule};
use crate::domain::tool::{KeyDateField, Tool};

/// One agency's key dates by date id.
pub type DatesOf<'a> = (&'a str, &'a BTreeMap<String, NaiveDate>);

/// One key date as the agencies give it.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment<'a> {
    /// What date it is.
    pub field: &'a KeyDateField,
    /// Each date given, earliest first, with the codes of the agencies that give it.
    pub given: Vec<(NaiveDate, Vec<&'a str>)>,
}

impl Moment<'_> {
    /// Whether the agencies give different dates.
    pub fn differs(&self) -> bool {
        self.given.len() > 1
    }
}

/// What a rule says to one case.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleReading<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// What it says.
    pub reading: Reading,
    /// The limit in force on the day it began to run, where that day is known.
    pub limit: Option<&'a Limit>,
}

/// The key dates that any agency gives, the earliest first.
pub fn moments<'a>(tool: &'a Tool, dates: &[DatesOf<'a>]) -> Vec<Moment<'a>> {
    let mut moments: Vec<Moment<'a>> = tool
        .key_dates
        .iter()
        .map(|field| Moment {
            field,
            given: given(&field.id, dates),
        })
        .filter(|moment| !moment.given.is_empty())
        .collect();
    moments.sort_by_key(|moment| moment.given.first().map(|(date, _)| *date));
    moments
}

fn given<'a>(field: &str, dates: &[DatesOf<'a>]) -> Vec<(NaiveDate, Vec<&'a str>)> {
    let mut given: BTreeMap<NaiveDate, Vec<&'a str>> = BTreeMap::new();
    for (agency, own) in dates {
        if let Some(date) = own.get(field) {
            given.entry(*date).or_default().push(agency);
        }
    }
    given.into_iter().collect()
}

/// What every rule both of whose dates the tool asks for says to the case.
pub fn readings<'a>(
    tool: &Tool,
    dates: &[DatesOf<'_>],
    catalogue: &'a Catalogue,
    local_rules: Option<&str>,
) -> Vec<RuleReading<'a>> {
    let asked = |id: &String| tool.key_dates.iter().any(|field| field.id == *id);
    let rules = catalogue.rules.iter();
    rules
        .filter(|rule| asked(&rule.from) && asked(&rule.to))
        .map(|rule| {
            let from = agreed(&rule.from, dates);
            RuleReading {
                rule,
                reading: timescales::read(
                    rule,
                    from,
                    agreed(&rule.to, dates),
                    catalogue,
                    local_rules,
                ),
                limit: from
                    .flatten()
                    .and_then(|start| rule.limit_on(start, local_rules)),
            }
        })
        .collect()
}

fn agreed(field: &str, dates: &[DatesOf<'_>]) -> Option<Agreed> {
    let given = given(field, dates);
    match given.as_slice() {
        [] => None,
        [(date, _)] => Some(Some(*date)),
        _ => Some(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::timescale::Outcome;

    fn dates(given: &[(&str, &str)]) -> BTreeMap<String, NaiveDate> {
        let pairs = given.iter();
        pairs
            .map(|(id, date)| ((*id).to_owned(), date.parse().unwrap()))
            .collect()
    }

    #[test]
    fn dates_stand_in_order_with_who_gave_them_and_differences_kept() {
        let catalogue = Catalogue::built_in().unwrap();
        let tool = catalogue.tool("neglect").unwrap();
        let care = dates(&[("referral", "2020-01-20"), ("icpc", "2020-02-11")]);
        let police = dates(&[("referral", "2020-01-20"), ("first_concern", "2019-06-15")]);
        let chairs = dates(&[("icpc", "2020-02-12")]);
        let all = [("CSC", &care), ("POL", &police), ("CPR", &chairs)];
        let moments = moments(tool, &all);
        let ids: Vec<&str> = moments.iter().map(|m| m.field.id.as_str()).collect();
        assert_eq!(ids, ["first_concern", "referral", "icpc"]);
        assert_eq!(moments[1].given[0].1, ["CSC", "POL"]);
        assert!(!moments[1].differs());
        assert!(moments[2].differs());
        assert_eq!(moments[2].given.len(), 2);
    }

    #[test]
    fn a_rule_is_read_only_on_dates_all_agree_on() {
        let catalogue = Catalogue::built_in().unwrap();
        let tool = catalogue.tool("neglect").unwrap();
        let care = dates(&[
            ("strategy_s47", "2020-01-23"),
            ("icpc", "2020-02-11"),
            ("core_group_first", "2020-02-24"),
        ]);
        let outcome = |all: &[DatesOf<'_>], id: &str| {
            let readings = readings(tool, all, &catalogue, None);
            let found = readings.into_iter().find(|found| found.rule.id == id);
            found.map(|found| (found.reading.outcome, found.limit.map(Limit::words)))
        };
        let agreed = [("CSC", &care)];
        let limit = Some("15 working days".to_owned());
        assert_eq!(outcome(&agreed, "R4"), Some((Outcome::Met, limit.clone())));
        let chairs = dates(&[("icpc", "2020-02-12")]);
        let differing = [("CSC", &care), ("CPR", &chairs)];
        let cannot = Outcome::CannotCompute(timescales::DATES_DIFFER);
        assert_eq!(outcome(&differing, "R4"), Some((cannot, limit)));
        let missing = outcome(&agreed, "R6").unwrap();
        assert_eq!(missing.0, Outcome::CannotCompute("a date is missing"));
    }
}
