//! What a rule says to one case, in words: the limit it was judged by, both ways of counting with
//! their dates, and why it cannot be computed. The form and the panel say it with the same words.

use chrono::{Datelike, Days, NaiveDate};

use super::{Bound, Limit, Outcome, Reading, Rule, Unit};
use crate::domain::dates::written_date;
use crate::domain::working_days::WorkingDays;

impl Outcome {
    /// The verdict in a word or two.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Met => "Met",
            Self::Missed => "Missed",
            Self::OneConventionOnly => "Met under one counting only",
            Self::NoLimit => "No limit",
            Self::CannotCompute(_) => "Cannot be computed",
        }
    }
}

impl Bound {
    /// "at most", "at least".
    pub fn words(self) -> &'static str {
        match self {
            Self::AtMost => "at most",
            Self::AtLeast => "at least",
        }
    }
}

impl Reading {
    /// How long it took, what the limit counts first: "15 working days (21 days)", or "21 days (15
    /// working days)" where it counts anything else. Empty where a date is missing.
    pub fn length_words(&self, unit: Option<Unit>) -> String {
        let plural = |count: i64, what: &str| match count {
            1 => format!("1 {what}"),
            count => format!("{count} {what}s"),
        };
        let days = self.days.map(|count| plural(count, "day"));
        let working = self.working_days.map(i64::from);
        let working = working.map(|count| plural(count, "working day"));
        let (first, second) = match unit {
            Some(Unit::WorkingDays) => (working, days),
            _ => (days, working),
        };
        match (first, second) {
            (Some(first), Some(second)) => format!("{first} ({second})"),
            (first, second) => first.or(second).unwrap_or_default(),
        }
    }
}

/// What a rule was applied to, to say why it says what it says.
#[derive(Clone, Debug)]
pub struct Applied<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// What it says.
    pub reading: &'a Reading,
    /// The day it runs from, where that is known.
    pub start: Option<NaiveDate>,
    /// The area whose local limits apply.
    pub place: Option<&'a str>,
    /// Bank holidays.
    pub calendar: &'a WorkingDays,
    /// Why exactly it cannot be computed, where more is known than the reading says.
    pub because: Option<String>,
}

impl Applied<'_> {
    /// Why the rule says what it says: a sentence each, the most important first.
    pub fn sentences(&self) -> Vec<String> {
        let start = self.start;
        let limit = start.and_then(|start| self.rule.limit_on(start, self.place));
        let mut said = vec![self.in_short(limit)];
        if let (Some(start), Some(limit)) = (start, limit) {
            said.extend(version(limit));
            if let Some(days) = self.reading.days {
                let end = start + Days::new(days.unsigned_abs());
                said.extend(self.countings(limit, start, end));
            }
        } else if let (Some(start), false) = (start, self.rule.limits.is_empty()) {
            let whose = self.place.unwrap_or("this partnership");
            said.push(format!(
                "No limit that holds for {whose} was in force on {}.",
                written_date(start)
            ));
        }
        said
    }

    /// "Statutory, at most 15 working days. Took 13 working days (19 days)."
    fn in_short(&self, limit: Option<&Limit>) -> String {
        let unit = limit.map(|limit| limit.unit);
        let bound = self.rule.bound.words();
        let limit = limit.map_or_else(String::new, |limit| format!(", {bound} {}", limit.words()));
        let kind = self.rule.kind.label();
        let result = match (&self.reading.outcome, self.reading.days) {
            (Outcome::CannotCompute(why), _) => {
                let why = self.because.as_deref().unwrap_or(why);
                format!("Cannot be computed: {why}.")
            }
            (_, Some(_)) => format!("Took {}.", self.reading.length_words(unit)),
            (_, None) => String::new(),
        };
        format!("{kind}{limit}. {result}")
    }

    /// Each way of counting with the day it leads to and whether that was kept.
    fn countings(&self, limit: &Limit, start: NaiveDate, end: NaiveDate) -> Vec<String> {
        let kept = |day: NaiveDate| {
            let (edge, met) = match self.rule.bound {
                Bound::AtMost => ("by", end <= day),
                Bound::AtLeast => ("not before", end >= day),
            };
            let met = if met { "met" } else { "missed" };
            format!("{edge} {}, {met}", written_date(day))
        };
        let [first, second] = limit.last_days(start, self.calendar);
        match limit.unit {
            Unit::WorkingDays => vec![
                format!("Counted from the day after: {}.", kept(first)),
                format!(
                    "Counted with the first day as day 1: {}{}.",
                    kept(second),
                    rolled(start, self.calendar)
                ),
            ],
            Unit::CalendarMonths => vec![
                format!(
                    "In calendar months: {}{}.",
                    kept(first),
                    clipped(start, first)
                ),
                format!(
                    "Counted as {} days: {}.",
                    (second - start).num_days(),
                    kept(second)
                ),
            ],
            Unit::Days | Unit::Weeks | Unit::Hours => {
                vec![format!("Counted in days: {}.", kept(first))]
            }
        }
    }
}

/// Which version of the limit was in force, where there are several or it is an area's own.
fn version(limit: &Limit) -> Option<String> {
    let since = limit.from.map(written_date);
    let until = limit.until.map(written_date);
    let dates = match (since, until) {
        (Some(since), Some(until)) => format!(" in force from {since} to {until}"),
        (Some(since), None) => format!(" in force since {since}"),
        (None, Some(until)) => format!(" in force until {until}"),
        (None, None) => String::new(),
    };
    match &limit.place {
        Some(place) => Some(format!("Judged by the limit of {place}{dates}.")),
        None if dates.is_empty() => None,
        None => Some(format!("Judged by the limit{dates}.")),
    }
}

/// Where day 1 is not the first day itself because that is no working day.
fn rolled(start: NaiveDate, calendar: &WorkingDays) -> String {
    let first = calendar.rolled_forward(start);
    if first == start {
        return String::new();
    }
    format!(
        " ({} is no working day, so day 1 is {})",
        written_date(start),
        written_date(first)
    )
}

/// Where the month it ends in is too short for the day it began on.
fn clipped(start: NaiveDate, last: NaiveDate) -> String {
    if start.day() == last.day() {
        return String::new();
    }
    " (that month is shorter, so its last day counts)".into()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, rule};
    use super::*;

    fn sentences(rule: &Rule, start: &str, end: &str) -> Vec<String> {
        let holidays = ["2019-04-19", "2019-04-22"].map(day);
        let calendar = WorkingDays::new(holidays, 2018..=2023);
        let place = Some("Nottingham");
        let reading = rule.read(Some(day(start)), Some(day(end)), place, &calendar);
        let applied = Applied {
            rule,
            reading: &reading,
            start: Some(day(start)),
            place,
            calendar: &calendar,
            because: None,
        };
        applied.sentences()
    }

    #[test]
    fn working_days_are_said_both_ways_with_their_dates() {
        let rule = rule(15, Unit::WorkingDays);
        assert_eq!(
            sentences(&rule, "2019-03-01", "2019-03-22"),
            [
                "Statutory, at most 15 working days. Took 15 working days (21 days).",
                "Counted from the day after: by 22/03/2019, met.",
                "Counted with the first day as day 1: by 21/03/2019, missed.",
            ]
        );
        let rolled = sentences(&rule, "2019-03-02", "2019-03-25");
        assert_eq!(
            rolled[2],
            "Counted with the first day as day 1: by 22/03/2019, missed (02/03/2019 is no working day, so day 1 is 04/03/2019)."
        );
    }

    #[test]
    fn months_and_their_ends_are_said() {
        let rule = rule(3, Unit::CalendarMonths);
        assert_eq!(
            sentences(&rule, "2018-11-30", "2019-03-01")[1..],
            [
                "In calendar months: by 28/02/2019, missed (that month is shorter, so its last day counts).",
                "Counted as 91 days: by 01/03/2019, met.",
            ]
        );
    }

    #[test]
    fn the_version_of_a_local_limit_is_said_and_so_is_its_absence() {
        let mut rule = rule(3, Unit::Days);
        rule.limits[0].place = Some("Nottingham".into());
        rule.limits[0].until = Some(day("2023-06-30"));
        assert_eq!(
            sentences(&rule, "2023-06-30", "2023-07-04"),
            [
                "Statutory, at most 3 days. Took 4 days (2 working days).",
                "Judged by the limit of Nottingham in force until 30/06/2023.",
                "Counted in days: by 03/07/2023, missed.",
            ]
        );
        assert_eq!(
            sentences(&rule, "2023-07-01", "2023-07-03"),
            [
                "Statutory. Took 2 days (1 working day).",
                "No limit that holds for Nottingham was in force on 01/07/2023.",
            ]
        );
    }

    #[test]
    fn a_shortest_time_and_a_better_known_reason_are_said() {
        let mut least = rule(5, Unit::Days);
        least.bound = Bound::AtLeast;
        assert_eq!(
            sentences(&least, "2019-03-01", "2019-03-05"),
            [
                "Statutory, at least 5 days. Took 4 days (2 working days).",
                "Counted in days: not before 06/03/2019, missed.",
            ]
        );
        let reading = rule(5, Unit::Days).read(None, None, None, &WorkingDays::default());
        let applied = Applied {
            rule: &rule(5, Unit::Days),
            reading: &reading,
            start: None,
            place: None,
            calendar: &WorkingDays::default(),
            because: Some("Police and Health give different dates".into()),
        };
        assert_eq!(
            applied.sentences(),
            ["Statutory. Cannot be computed: Police and Health give different dates."]
        );
    }
}
