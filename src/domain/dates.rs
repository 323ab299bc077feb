//! Dates as people here write them: day, month, year.

use chrono::NaiveDate;

/// Why a typed date was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadDate {
    /// Not three numbers.
    #[error("write the date as day/month/year, such as 04/01/2019")]
    NotADate,
    /// Three numbers that name no day.
    #[error("there is no such day")]
    NoSuchDay,
    /// A year outside 1990 to 2100: most likely a slip.
    #[error("the year should be between 1990 and 2100")]
    Year,
}

/// Reads `dd/mm/yyyy`. One-figure days and months, two-figure years (20xx), and `.`, `-` or spaces
/// between the parts are understood too; a year first (ISO) is understood when it has four figures.
///
/// # Errors
/// [`BadDate`] says what is wrong with it.
pub fn parse_date(text: &str) -> Result<NaiveDate, BadDate> {
    let parts: Vec<&str> = text
        .trim()
        .split(['/', '.', '-', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let [first, month, last] = parts[..] else {
        return Err(BadDate::NotADate);
    };
    let (day, year) = if first.len() == 4 {
        (last, first)
    } else {
        (first, last)
    };
    let number = |part: &str, most: usize| {
        (part.len() <= most && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u32>().ok())
            .flatten()
            .ok_or(BadDate::NotADate)
    };
    let short_year = year.len() == 2;
    let year = number(year, 4)? + if short_year { 2000 } else { 0 };
    if !(1990..=2100).contains(&year) {
        return Err(BadDate::Year);
    }
    NaiveDate::from_ymd_opt(year as i32, number(month, 2)?, number(day, 2)?)
        .ok_or(BadDate::NoSuchDay)
}

/// Writes a date as dd/mm/yyyy.
pub fn written_date(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_typed() {
        let day = |y, m, d| Ok(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        let cases = [
            ("04/01/2019", day(2019, 1, 4)),
            (" 4/1/19 ", day(2019, 1, 4)),
            ("4.1.2019", day(2019, 1, 4)),
            ("4 1 2019", day(2019, 1, 4)),
            ("2019-01-04", day(2019, 1, 4)),
            ("29/02/2020", day(2020, 2, 29)),
            ("29/02/2019", Err(BadDate::NoSuchDay)),
            ("13/13/2019", Err(BadDate::NoSuchDay)),
            ("01/04/1066", Err(BadDate::Year)),
            ("04/01", Err(BadDate::NotADate)),
            ("", Err(BadDate::NotADate)),
            ("yesterday", Err(BadDate::NotADate)),
            ("1/2/3/4", Err(BadDate::NotADate)),
            ("+4/1/2019", Err(BadDate::NotADate)),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_date(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let date = NaiveDate::from_ymd_opt(2020, 5, 8).unwrap();
        assert_eq!(written_date(date), "08/05/2020");
        assert_eq!(parse_date(&written_date(date)), Ok(date));
    }
}
