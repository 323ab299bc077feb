//! Working days: Monday to Friday without the bank holidays of England and Wales.

use std::collections::BTreeSet;
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
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !self.holidays.contains(&day)
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
        let days = from.iter_days().skip(1).take_while(|day| *day <= to);
        days.filter(|day| self.is_working(*day)).count() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
