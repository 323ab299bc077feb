//! The key dates of one case in order, who gave them, which one the panel agreed, and what each
//! timescale rule says to them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::timescales::{self, Agreed};
use crate::domain::agreed_date::AgreedDate;
use crate::domain::catalogue::Catalogue;
use crate::domain::register::Register;
use crate::domain::timescale::{Reading, Rule};
use crate::domain::tool::{KeyDateField, Tool};

/// One agency's key dates by date id.
pub type DatesOf<'a> = (&'a str, &'a BTreeMap<String, NaiveDate>);

/// The key dates of one case.
#[derive(Clone, Debug, Default)]
pub struct CaseDates<'a> {
    /// As the agencies give them on their submitted forms.
    pub given: Vec<DatesOf<'a>>,
    /// As the panel agreed them, by date id. They stand before what the agencies give.
    pub agreed: BTreeMap<&'a str, &'a AgreedDate>,
}

impl<'a> CaseDates<'a> {
    /// One key date as it stands among these.
    pub fn moment(&self, field: &'a KeyDateField) -> Moment<'a> {
        Moment {
            field,
            given: given(&field.id, &self.given),
            agreed: self.agreed.get(field.id.as_str()).copied(),
        }
    }
}

/// One key date as the agencies give it and as the panel agreed it.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment<'a> {
    /// What date it is.
    pub field: &'a KeyDateField,
    /// Each date given, earliest first, with the codes of the agencies that give it.
    pub given: Vec<(NaiveDate, Vec<&'a str>)>,
    /// What the panel agreed.
    pub agreed: Option<&'a AgreedDate>,
}

impl Moment<'_> {
    /// Whether the agencies give different dates.
    pub fn differs(&self) -> bool {
        self.given.len() > 1
    }

    /// Whether nobody gives it, neither an agency nor the panel.
    pub fn is_missing(&self) -> bool {
        self.given.is_empty() && self.agreed.is_none()
    }

    /// The date that counts: `None` where nobody gives one, `Some(None)` where the agencies differ
    /// and the panel agreed none.
    pub fn counts(&self) -> Option<Agreed> {
        match (self.agreed, self.given.as_slice()) {
            (Some(agreed), _) => Some(Some(agreed.date)),
            (None, []) => None,
            (None, [(date, _)]) => Some(Some(*date)),
            (None, _) => Some(None),
        }
    }

    /// Whether the agencies give different dates and the panel has not agreed one.
    pub fn is_open(&self) -> bool {
        self.counts() == Some(None)
    }

    /// Whether the panel has to say why it agrees this date: only a date that every agency gives
    /// which gives one speaks for itself.
    pub fn needs_reason(&self, date: NaiveDate) -> bool {
        !matches!(self.given.as_slice(), [(given, _)] if *given == date)
    }

    fn place_in_time(&self) -> Option<NaiveDate> {
        let earliest = self.given.first().map(|(date, _)| *date);
        self.agreed.map(|agreed| agreed.date).or(earliest)
    }
}

/// What a rule says to one case.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleReading<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// What it says.
    pub reading: Reading,
    /// The key date it runs from.
    pub from: Moment<'a>,
    /// The key date it runs to.
    pub to: Moment<'a>,
}

impl RuleReading<'_> {
    /// Why exactly the rule cannot be computed, where a date is open or missing.
    pub fn because(&self, register: &Register) -> Option<String> {
        let ends = [&self.from, &self.to];
        if let Some(open) = ends.into_iter().find(|moment| moment.is_open()) {
            let codes = open.given.iter().flat_map(|(_, codes)| codes);
            let names: Vec<&str> = codes.map(|code| register.agency_short(code)).collect();
            return Some(format!(
                "{} give different dates for “{}”",
                listed(&names),
                open.field.label
            ));
        }
        let missing = ends.into_iter().find(|moment| moment.is_missing());
        missing.map(|missing| format!("no date for “{}”", missing.field.label))
    }
}

/// "Police, Health and Education"
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The key dates that anybody gives, the earliest first.
pub fn moments<'a>(tool: &'a Tool, dates: &CaseDates<'a>) -> Vec<Moment<'a>> {
    let all = tool.key_dates.iter().map(|field| dates.moment(field));
    let mut moments: Vec<Moment<'a>> = all.filter(|moment| !moment.is_missing()).collect();
    moments.sort_by_key(Moment::place_in_time);
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
    tool: &'a Tool,
    dates: &CaseDates<'a>,
    catalogue: &'a Catalogue,
    local_rules: Option<&str>,
) -> Vec<RuleReading<'a>> {
    let moment = |id: &String| {
        let field = tool.key_dates.iter().find(|field| field.id == *id)?;
        Some(dates.moment(field))
    };
    let rules = catalogue.rules.iter().filter_map(|rule| {
        let (from, to) = (moment(&rule.from)?, moment(&rule.to)?);
        let reading = timescales::read(rule, from.counts(), to.counts(), catalogue, local_rules);
        Some(RuleReading {
            rule,
            reading,
            from,
            to,
        })
    });
    rules.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::RecordId;
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
        let all = CaseDates {
            given: vec![("CSC", &care), ("POL", &police), ("CPR", &chairs)],
            ..CaseDates::default()
        };
        let moments = moments(tool, &all);
        let ids: Vec<&str> = moments.iter().map(|m| m.field.id.as_str()).collect();
        assert_eq!(ids, ["first_concern", "referral", "icpc"]);
        assert_eq!(moments[1].given[0].1, ["CSC", "POL"]);
        assert!(!moments[1].differs());
        assert!(moments[2].differs());
        assert_eq!(moments[2].given.len(), 2);
    }

    #[test]
    fn a_rule_is_read_on_dates_all_agree_on_or_the_panel_agreed() {
        let catalogue = Catalogue::built_in().unwrap();
        let tool = catalogue.tool("neglect").unwrap();
        let care = dates(&[
            ("strategy_s47", "2020-01-23"),
            ("icpc", "2020-02-11"),
            ("core_group_first", "2020-02-24"),
        ]);
        let chairs = dates(&[("icpc", "2020-02-14")]);
        let agreed = AgreedDate {
            case: RecordId::fresh(),
            date_id: "icpc".into(),
            date: "2020-02-14".parse().unwrap(),
            reason: "The conference's own minutes".into(),
        };
        let outcome = |given: &[DatesOf<'_>], agreed: &[&AgreedDate], id: &str| {
            let all = CaseDates {
                given: given.to_vec(),
                agreed: agreed
                    .iter()
                    .map(|one| (one.date_id.as_str(), *one))
                    .collect(),
            };
            let readings = readings(tool, &all, &catalogue, None);
            let found = readings.into_iter().find(|found| found.rule.id == id);
            found.map(|found| found.reading.outcome)
        };
        let same = [("CSC", &care)];
        let differing = [("CSC", &care), ("CPR", &chairs)];
        let cannot = Outcome::CannotCompute(timescales::DATES_DIFFER);
        let missing = Outcome::CannotCompute("a date is missing");
        let cases: [(&[DatesOf<'_>], &[&AgreedDate], &str, Outcome); 5] = [
            (&same, &[], "R4", Outcome::Met),
            (&differing, &[], "R4", cannot),
            (&differing, &[&agreed], "R4", Outcome::Missed),
            (&same, &[&agreed], "R4", Outcome::Missed),
            (&same, &[], "R6", missing),
        ];
        for (given, agreed, id, expected) in cases {
            assert_eq!(
                outcome(given, agreed, id),
                Some(expected),
                "{id} {agreed:?}"
            );
        }
    }
}
