//! Working days: Monday to Friday without the bank holidays of England and Wales.

use std::collections::BTreeSet;
use std::ops::Bound::{Excluded, Included};
use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Days on which offices are closed, for a known range of years.
#[derive(Clone, Debug, Default)]
pub struct WorkingDays {
    holidays: BTreeSet<NaiveDate>,
    years: Option<RangeInclusive<i32>>,
}

impl WorkingDays {
    /// A calendar with these bank holidays, complete for `years`.
    pub fn new(holidays: impl IntoIterator<Item = NaiveDate>, years: RangeInclusive<i32>) -> Self {
        Self {
            holidays: holidays.into_iter().collect(),
            years: Some(years),
        }
    }

    /// Whether the bank holidays of this day's year are known.
    pub fn knows(&self, day: NaiveDate) -> bool {
        self.years
            .as_ref()
            .is_some_and(|years| years.contains(&day.year()))
    }

    /// Whether `day` is a working day.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        is_weekday(day) && !self.holidays.contains(&day)
    }

    /// `day` itself when it is a working day, otherwise the next one.
    pub fn rolled_forward(&self, day: NaiveDate) -> NaiveDate {
        let mut day = day;
        while !self.is_working(day) {
            day = day + Days::new(1);
        }
        day
    }

    /// The working day `count` working days after `day`; `day` itself is not counted. With
    /// `count` 0 it is `day` unchanged.
    pub fn after(&self, day: NaiveDate, count: u32) -> NaiveDate {
        let mut day = day;
        for _ in 0..count {
            day = self.rolled_forward(day + Days::new(1));
        }
        day
    }

    /// How many working days lie after `from` up to and including `to`; 0 when `to` is not later.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        if to <= from {
            return 0;
        }
        // Week by week: dates may lie thousands of years apart.
        let weeks = (to - from).num_days() / 7;
        let rest = from + Days::new(weeks as u64 * 7);
        let rest = rest.iter_days().skip(1).take_while(|day| *day <= to);
        let rest = rest.filter(|day| is_weekday(*day)).count();
        let closed = self.holidays.range((Excluded(from), Included(to)));
        let closed = closed.filter(|day| is_weekday(**day)).count();
        (weeks as usize * 5 + rest - closed) as u32
    }
}

fn is_weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::Catalogue;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar() -> WorkingDays {
        // Easter 2019 and the bank holidays around it.
        WorkingDays::new(
            ["2019-04-19", "2019-04-22", "2019-05-06"].map(day),
            2019..=2019,
        )
    }

    #[test]
    fn weekends_and_bank_holidays_do_not_count() {
        let cases = [
            ("2019-04-18", 1, "2019-04-23"), // Maundy Thursday to the Tuesday after Easter
            ("2019-04-18", 0, "2019-04-18"),
            ("2019-04-20", 1, "2019-04-23"), // from a Saturday
            ("2019-03-01", 15, "2019-03-22"),
            ("2019-04-29", 5, "2019-05-07"),
        ];
        for (from, count, to) in cases {
            assert_eq!(
                calendar().after(day(from), count),
                day(to),
                "{from} + {count}"
            );
        }
    }

    #[test]
    fn years_apart_are_counted_as_days_are() {
        let calendar = built_in();
        for (from, to) in [
            ("2015-01-01", "2030-12-31"),
            ("2019-04-18", "2019-04-23"),
            ("2019-04-20", "2019-04-21"),
            ("2019-04-23", "2019-04-18"),
            ("2019-04-23", "2019-04-23"),
        ] {
            let (from, to) = (day(from), day(to));
            let days = from.iter_days().skip(1).take_while(|day| *day <= to);
            let counted = days.filter(|day| calendar.is_working(*day)).count();
            assert_eq!(calendar.between(from, to) as usize, counted, "{from} {to}");
        }
        // 521,722 whole weeks, and four days of one.
        let ages = WorkingDays::default().between(day("0001-01-01"), day("9999-12-31"));
        assert_eq!(ages, 2_608_614);
    }

    #[test]
    fn a_saturday_rolls_to_monday() {
        assert_eq!(
            calendar().rolled_forward(day("2019-03-02")),
            day("2019-03-04")
        );
        assert_eq!(
            calendar().rolled_forward(day("2019-04-19")),
            day("2019-04-23")
        );
    }

    /// England and Wales, 2015 to 2030.
    fn built_in() -> WorkingDays {
        let catalogue = Catalogue::built_in().unwrap();
        catalogue.calendar
    }

    /// Every day from 2015 to 2030 with whether offices are open, told by looking at each alone.
    fn days() -> Vec<(NaiveDate, bool)> {
        let calendar = built_in();
        let all = day("2015-01-01").iter_days();
        let all = all.take_while(|day| *day <= self::day("2030-12-31"));
        all.map(|day| {
            let weekend = [Weekday::Sat, Weekday::Sun].contains(&day.weekday());
            (day, !weekend && !calendar.holidays.contains(&day))
        })
        .collect()
    }

    #[test]
    fn every_year_has_its_eight_bank_holidays_and_none_on_a_weekend() {
        let calendar = built_in();
        for year in 2015..=2030 {
            let own = calendar.holidays.iter().filter(|day| day.year() == year);
            let own: Vec<_> = own.collect();
            // Two more for jubilee and funeral in 2022, one for the coronation in 2023.
            let expected = match year {
                2022 => 10,
                2023 => 9,
                _ => 8,
            };
            assert_eq!(own.len(), expected, "{year}: {own:?}");
            assert!(own.iter().all(|day| day.weekday().number_from_monday() < 6));
            assert!(calendar.knows(day(&format!("{year}-06-01"))));
        }
    }

    #[test]
    fn counting_agrees_with_a_plain_count_from_every_day_from_2015_to_2030() {
        let (calendar, days) = (built_in(), days());
        let mut tried = 0;
        for (at, (from, open)) in days.iter().enumerate() {
            assert_eq!(calendar.is_working(*from), *open, "{from}");
            // Day by day, forty days on.
            let mut count = 0;
            let mut first = open.then_some(*from);
            for (to, open) in days[at + 1..].iter().take(40) {
                count += u32::from(*open);
                first = first.or(open.then_some(*to));
                assert_eq!(calendar.between(*from, *to), count, "{from} to {to}");
                if *open {
                    assert_eq!(calendar.after(*from, count), *to, "{from} + {count}");
                    tried += 1;
                }
            }
            if let Some(first) = first {
                assert_eq!(calendar.rolled_forward(*from), first, "{from}");
            }
        }
        assert!(tried > 100_000, "only {tried}");
    }

    proptest! {
        #[test]
        fn after_and_between_agree(offset in 0u64..300, count in 1u32..60) {
            let from = day("2019-01-01") + Days::new(offset);
            let to = calendar().after(from, count);
            prop_assert_eq!(calendar().between(from, to), count);
            prop_assert!(calendar().is_working(to));
        }
    }
}
