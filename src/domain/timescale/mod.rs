//! Timescale rules: how long practice may take between two key dates.
//!
//! Two people count working days differently: from the day *after* the event (day 0, the national
//! dataset's way) or with the event day as day 1 (several local manuals, the children's social
//! care census). Both are computed, and a result that holds under one only is said to be so.
//! Calendar months are likewise checked against their length in days (91 for 3, 183 for 6).

mod words;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::working_days::WorkingDays;

pub use words::Applied;

/// How binding a rule is. The three are never added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// In statutory guidance.
    Statutory,
    /// Set by an area for itself.
    Local,
    /// Good practice or a cohort test.
    Indicative,
}

impl RuleKind {
    /// The word shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Statutory => "Statutory",
            Self::Local => "Local",
            Self::Indicative => "Indicative",
        }
    }
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Working days.
    WorkingDays,
    /// Calendar days.
    Days,
    /// Calendar months; the end of a shorter month counts as the same day.
    CalendarMonths,
    /// Weeks of seven days.
    Weeks,
    /// Clock hours; with dates alone, whole days rounded up.
    Hours,
}

/// Whether the limit is a longest or a shortest time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// No later than.
    #[default]
    AtMost,
    /// No nearer than (a report some days before a conference).
    AtLeast,
}

/// One version of a rule's limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// The area whose rule it is; everywhere when absent.
    pub place: Option<String>,
    /// First day on which it was in force.
    pub from: Option<NaiveDate>,
    /// Last day on which it was in force.
    pub until: Option<NaiveDate>,
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
    /// Who set it.
    pub source: String,
}

impl Limit {
    fn in_force(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// The limit in words, such as "15 working days".
    pub fn words(&self) -> String {
        let unit = match self.unit {
            Unit::WorkingDays => "working day",
            Unit::Days => "day",
            Unit::CalendarMonths => "calendar month",
            Unit::Weeks => "week",
            Unit::Hours => "hour",
        };
        let plural = if self.count == 1 { "" } else { "s" };
        format!("{} {unit}{plural}", self.count)
    }

    /// The last day allowed, under the first and the second way of counting.
    fn last_days(&self, start: NaiveDate, calendar: &WorkingDays) -> [NaiveDate; 2] {
        let days = |count: u32| start + Days::new(u64::from(count));
        match self.unit {
            Unit::WorkingDays => [
                calendar.after(start, self.count),
                calendar.after(calendar.rolled_forward(start), self.count.saturating_sub(1)),
            ],
            Unit::CalendarMonths => [
                start + Months::new(self.count),
                // 365/12 days a month, rounded half up: 91 for 3 months, 183 for 6.
                days((self.count * 365 + 6) / 12),
            ],
            Unit::Days => [days(self.count); 2],
            Unit::Weeks => [days(self.count * 7); 2],
            Unit::Hours => [days(self.count.div_ceil(24)); 2],
        }
    }
}

/// A timescale rule of `assets/rules/timescales.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// R1 to R17.
    pub id: String,
    /// Title.
    pub title: String,
    /// Id of the key date it runs from.
    pub from: String,
    /// Id of the key date it runs to.
    pub to: String,
    /// How binding it is.
    pub kind: RuleKind,
    /// Whether its limits are longest or shortest times.
    #[serde(default)]
    pub bound: Bound,
    /// Which guidance, of which years.
    pub vintage: String,
    /// Where it is set down.
    pub source: String,
    /// Edge cases.
    pub note: String,
    /// Versions of the limit, national and local. Without one in force, the interval is only reported.
    pub limits: Vec<Limit>,
}

/// What a rule says about one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Met under both ways of counting.
    Met,
    /// Missed under both.
    Missed,
    /// Met under one way of counting only.
    OneConventionOnly,
    /// There is no limit in force: the interval is reported without a verdict.
    NoLimit,
    /// It cannot be computed, and why. Never the same as missed.
    CannotCompute(&'static str),
}

/// A rule applied to the dates of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What it says.
    pub outcome: Outcome,
    /// Calendar days from start to end, where both are known and in order.
    pub days: Option<i64>,
    /// Working days likewise, counted from the day after the start.
    pub working_days: Option<u32>,
}

impl Reading {
    fn cannot(why: &'static str) -> Self {
        Self {
            outcome: Outcome::CannotCompute(why),
            days: None,
            working_days: None,
        }
    }
}

impl Rule {
    /// The limit that applied on `start`: the area's own where it has one, otherwise the national.
    pub fn limit_on(&self, start: NaiveDate, place: Option<&str>) -> Option<&Limit> {
        let of = |wanted: Option<&str>| {
            self.limits
                .iter()
                .find(|limit| limit.place.as_deref() == wanted && limit.in_force(start))
        };
        place.and_then(|place| of(Some(place))).or_else(|| of(None))
    }

    /// Applies the rule as it stood on the day it started to run.
    pub fn read(
        &self,
        start: Option<NaiveDate>,
        end: Option<NaiveDate>,
        place: Option<&str>,
        calendar: &WorkingDays,
    ) -> Reading {
        let (Some(start), Some(end)) = (start, end) else {
            return Reading::cannot("a date is missing");
        };
        if end < start {
            return Reading::cannot("it ends before it starts: one of the dates is wrong");
        }
        let limit = self.limit_on(start, place);
        let needs_calendar = limit.is_some_and(|limit| limit.unit == Unit::WorkingDays);
        if needs_calendar && !(calendar.knows(start) && calendar.knows(end)) {
            return Reading::cannot("the bank holidays of that year are not known");
        }
        let outcome = limit.map_or(Outcome::NoLimit, |limit| {
            let kept = limit
                .last_days(start, calendar)
                .map(|last| match self.bound {
                    Bound::AtMost => end <= last,
                    Bound::AtLeast => end >= last,
                });
            match kept {
                [true, true] => Outcome::Met,
                [false, false] => Outcome::Missed,
                _ => Outcome::OneConventionOnly,
            }
        });
        Reading {
            outcome,
            days: Some((end - start).num_days()),
            working_days: Some(calendar.between(start, end)),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::Datelike as _;

    use super::*;
    use crate::domain::catalogue::Catalogue;

    pub fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    pub fn rule(count: u32, unit: Unit) -> Rule {
        Rule {
            id: "R4".into(),
            title: String::new(),
            from: "strategy_s47".into(),
            to: "icpc".into(),
            kind: RuleKind::Statutory,
            bound: Bound::AtMost,
            vintage: String::new(),
            source: String::new(),
            note: String::new(),
            limits: vec![Limit {
                place: None,
                from: None,
                until: None,
                count,
                unit,
                source: String::new(),
            }],
        }
    }

    fn outcome(rule: &Rule, start: &str, end: &str) -> Outcome {
        let calendar = WorkingDays::new(["2019-04-19", "2019-04-22"].map(day), 2018..=2023);
        rule.read(
            Some(day(start)),
            Some(day(end)),
            Some("Nottingham"),
            &calendar,
        )
        .outcome
    }

    #[test]
    fn fifteen_working_days_under_both_conventions() {
        let rule = rule(15, Unit::WorkingDays);
        let cases = [
            ("2019-03-01", "2019-03-21", Outcome::Met), // 14 after, or the 15th day counted from day 1
            ("2019-03-01", "2019-03-22", Outcome::OneConventionOnly),
            ("2019-03-01", "2019-03-25", Outcome::Missed),
            ("2019-03-02", "2019-03-22", Outcome::Met), // a Saturday starts on Monday under day 1
            ("2019-03-02", "2019-03-25", Outcome::Missed),
            ("2019-04-15", "2019-05-08", Outcome::OneConventionOnly), // across Easter
        ];
        for (start, end, expected) in cases {
            assert_eq!(outcome(&rule, start, end), expected, "{start} to {end}");
        }
    }

    #[test]
    fn calendar_months_and_month_ends() {
        let rule = rule(3, Unit::CalendarMonths);
        let cases = [
            ("2019-01-04", "2019-04-04", Outcome::Met),
            ("2019-01-04", "2019-04-05", Outcome::OneConventionOnly), // 91 days
            ("2019-01-04", "2019-04-06", Outcome::Missed),
            ("2018-11-30", "2019-02-28", Outcome::Met),
            ("2018-11-30", "2019-03-01", Outcome::OneConventionOnly),
            ("2019-05-31", "2019-08-31", Outcome::OneConventionOnly), // 92 days, 3 months
        ];
        for (start, end, expected) in cases {
            assert_eq!(outcome(&rule, start, end), expected, "{start} to {end}");
        }
    }

    /// The last day of `count` calendar months by counting on the paper: the same day of the month,
    /// or the month's last where it has no such day.
    fn by_hand(start: NaiveDate, count: u32) -> NaiveDate {
        let (year, month) = (start.year(), start.month0() + count);
        let (year, month) = (year + (month / 12) as i32, month % 12 + 1);
        let mut days = (28..=start.day()).rev().chain([start.day()]);
        let found = days.find_map(|day| NaiveDate::from_ymd_opt(year, month, day));
        found.unwrap()
    }

    #[test]
    fn months_end_as_by_hand_from_every_day_from_2015_to_2030() {
        let every = day("2015-01-01").iter_days();
        let calendar = WorkingDays::default();
        let mut month_ends = 0;
        for start in every.take_while(|start| *start <= day("2030-12-31")) {
            for count in [1, 3, 6] {
                let limit = &rule(count, Unit::CalendarMonths).limits[0];
                let [by_months, by_days] = limit.last_days(start, &calendar);
                assert_eq!(by_months, by_hand(start, count), "{start} + {count}");
                month_ends += usize::from(by_months.day() != start.day());
                // 30, 91 and 183 days.
                let days = [30, 91, 183][[1, 3, 6].iter().position(|own| *own == count).unwrap()];
                assert_eq!((by_days - start).num_days(), days, "{start} + {count}");
            }
        }
        assert!(month_ends > 250, "only {month_ends} month ends");
    }

    #[test]
    fn both_ways_of_counting_working_days_agree_with_a_plain_count_from_2015_to_2030() {
        let calendar = Catalogue::built_in().unwrap().calendar;
        let every = day("2015-01-01").iter_days();
        for start in every.take_while(|start| *start <= day("2030-10-01")) {
            let open = start.iter_days().filter(|day| calendar.is_working(*day));
            // The first way the first open day after the start is day 1, the second way the start
            // itself or, where offices are closed, the first day on which they are open.
            let second: Vec<NaiveDate> = open.take(21).collect();
            let skipped = usize::from(second[0] == start);
            for count in [1, 2, 5, 10, 15, 20] {
                let limit = &rule(count, Unit::WorkingDays).limits[0];
                let at = count as usize - 1;
                let expected = [second[at + skipped], second[at]];
                assert_eq!(
                    limit.last_days(start, &calendar),
                    expected,
                    "{start} + {count}"
                );
            }
        }
    }

    #[test]
    fn a_missing_or_impossible_date_is_not_a_missed_timescale() {
        let calendar = WorkingDays::default();
        let rule = rule(15, Unit::WorkingDays);
        let start = Some(day("2019-03-01"));
        for (from, to) in [
            (None, start),
            (start, None),
            (start, Some(day("2019-02-01"))),
        ] {
            let reading = rule.read(from, to, None, &calendar);
            assert!(
                matches!(reading.outcome, Outcome::CannotCompute(_)),
                "{reading:?}"
            );
        }
        let unknown_year = rule.read(start, Some(day("2019-03-05")), None, &calendar);
        assert!(matches!(unknown_year.outcome, Outcome::CannotCompute(_)));
    }

    #[test]
    fn the_local_rule_in_force_on_the_day_is_used() {
        let mut rule = rule(3, Unit::Days);
        rule.limits[0].place = Some("Nottingham".into());
        rule.limits[0].until = Some(day("2023-06-30"));
        let later = Limit {
            count: 5,
            from: Some(day("2023-07-01")),
            until: None,
            ..rule.limits[0].clone()
        };
        rule.limits.push(later);
        assert_eq!(outcome(&rule, "2023-06-30", "2023-07-04"), Outcome::Missed);
        assert_eq!(outcome(&rule, "2023-07-01", "2023-07-05"), Outcome::Met);
        let elsewhere = rule.read(
            Some(day("2023-07-01")),
            Some(day("2023-07-05")),
            Some("Leeds"),
            &WorkingDays::default(),
        );
        assert_eq!(elsewhere.outcome, Outcome::NoLimit);
        assert_eq!(elsewhere.days, Some(4));
    }

    #[test]
    fn a_shortest_time_is_the_other_way_round() {
        let mut rule = rule(5, Unit::Days);
        rule.bound = Bound::AtLeast;
        assert_eq!(outcome(&rule, "2019-03-01", "2019-03-06"), Outcome::Met);
        assert_eq!(outcome(&rule, "2019-03-01", "2019-03-05"), Outcome::Missed);
    }
}
