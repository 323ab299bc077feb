//! Counts in words, and days as they are typed.

use chrono::{Datelike as _, NaiveDate};

/// "1 case", "8 cases".
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// A day as yyyy-mm-dd, in a year that an audit can have to do with.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    let day = text.parse::<NaiveDate>().ok();
    let day = day.filter(|day| (1900..2200).contains(&day.year()));
    day.ok_or_else(|| "a day as yyyy-mm-dd, such as 2027-03-31, from 1900 to 2199".to_owned())
}
