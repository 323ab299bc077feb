//! Reading the open cells of one case sheet. Whatever a cell holds that it should not is noted as a
//! problem of that cell, and read as nothing.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime};

use super::cells::{Cells, Held};
use super::layout::{Line, column};
use super::lists::{self, ListOf};
use super::problem::CellProblem;
use super::rows::Places;
use super::text::plain;
use crate::domain::dates::{parse_date, written_date};
use crate::domain::tool::{LONGEST_TEXT, Tool};

/// The first and the last year in which a date may lie, as in the window.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;
/// The largest number that can be given.
pub(super) const LARGEST_NUMBER: u32 = 1_000_000;

/// One case sheet that is being read.
pub(super) struct SheetReader<'a> {
    pub(super) name: &'a str,
    pub(super) tool: &'a Tool,
    pub(super) agency: &'a str,
    cells: &'a Cells,
    places: &'a Places,
    pub(super) problems: Vec<CellProblem>,
}

impl<'a> SheetReader<'a> {
    pub(super) fn new(
        name: &'a str,
        tool: &'a Tool,
        agency: &'a str,
        cells: &'a Cells,
        places: &'a Places,
    ) -> Self {
        Self {
            name,
            tool,
            agency,
            cells,
            places,
            problems: Vec::new(),
        }
    }

    /// Notes what is wrong with a cell of a row.
    pub(super) fn say(&mut self, line: Line<'_>, at: u16, message: impl Into<String>) {
        if let Some(row) = self.places.get(&line.id()) {
            let problem = CellProblem::at(self.name, (*row, at), message);
            self.problems.push(problem);
        }
    }

    /// Whether a problem of the cell was noted already.
    pub(super) fn is_told(&self, line: Line<'_>, at: u16) -> bool {
        let place = self.places.get(&line.id()).map(|row| (*row, at));
        self.problems.iter().any(|problem| problem.place == place)
    }

    fn held(&self, line: Line<'_>, at: u16) -> Option<&'a Held> {
        let row = self.places.get(&line.id())?;
        self.cells.get(&(*row, at))
    }

    /// Whether the cell holds anything.
    pub(super) fn is_filled(&self, line: Line<'_>, at: u16) -> bool {
        self.held(line, at).is_some()
    }

    /// Words, as they are kept.
    pub(super) fn text(&mut self, line: Line<'_>, at: u16) -> String {
        let text = match self.held(line, at) {
            None => return String::new(),
            Some(Held::Text(text)) => plain(text),
            Some(Held::Number(number)) => number.to_string(),
            Some(Held::Moment(moment)) => {
                let shown = moment.format("%d/%m/%Y %H:%M").to_string();
                self.say(
                    line,
                    at,
                    format!(
                        "this is a date ({shown}), and words belong here; write it out in words"
                    ),
                );
                return String::new();
            }
            Some(Held::Other(what)) => {
                self.say(
                    line,
                    at,
                    format!("{what} stands here, and words belong here; type the words themselves"),
                );
                return String::new();
            }
        };
        if text.chars().count() > LONGEST_TEXT {
            self.say(
                line,
                at,
                format!("the text is longer than {LONGEST_TEXT} characters; shorten it"),
            );
            return String::new();
        }
        text
    }

    /// An entry of a list.
    pub(super) fn one_of<T: Clone>(
        &mut self,
        line: Line<'_>,
        at: u16,
        list: &[(T, impl AsRef<str>)],
    ) -> Option<T> {
        let held = self.held(line, at)?;
        let found = match held {
            Held::Text(text) => lists::named(list, text),
            _ => None,
        };
        if found.is_none() {
            let what = shown(held);
            let offered: Vec<_> = list
                .iter()
                .map(|(_, words)| format!("“{}”", words.as_ref()))
                .collect();
            let offered = offered.join(", ");
            self.say(
                line,
                at,
                format!("{what} is not on the list; choose one of {offered}"),
            );
        }
        found
    }

    /// Yes, or nothing.
    pub(super) fn yes(&mut self, line: Line<'_>, at: u16) -> bool {
        let words = ListOf::Yes.words(self.tool);
        let list: Vec<_> = words.iter().map(|words| ((), words.as_str())).collect();
        self.one_of(line, at, &list).is_some()
    }

    /// A date.
    pub(super) fn date(&mut self, line: Line<'_>) -> Option<NaiveDate> {
        let at = column::ANSWER;
        match self.held(line, at)? {
            Held::Moment(moment) => {
                let date = moment.date();
                if YEARS.contains(&date.year()) {
                    return Some(date);
                }
                let shown = written_date(date);
                let (first, last) = (YEARS.start(), YEARS.end());
                self.say(
                    line,
                    at,
                    format!("{shown} is not a date between {first} and {last}; mend the year"),
                );
            }
            Held::Text(text) => {
                let typed = plain(text);
                let message = match parse_date(&typed) {
                    Ok(_) => format!(
                        "“{typed}” is text and not a date: which day is meant is not certain; type it again as a date, such as 04/01/2019, so that it stands at the right of the cell"
                    ),
                    Err(_) => format!(
                        "“{typed}” is not a date; give one such as 04/01/2019, or leave the cell empty"
                    ),
                };
                self.say(line, at, message);
            }
            other => {
                let what = shown(other);
                self.say(
                    line,
                    at,
                    format!(
                        "{what} is not a date; give one such as 04/01/2019, or leave the cell empty"
                    ),
                );
            }
        }
        None
    }

    /// A time of day.
    pub(super) fn time(&mut self, line: Line<'_>) -> Option<NaiveTime> {
        let at = column::ANSWER;
        let held = self.held(line, at)?;
        let time = match held {
            Held::Moment(moment) if is_time_alone(*moment) => Some(moment.time()),
            Held::Text(text) => NaiveTime::parse_from_str(text.trim(), "%H:%M").ok(),
            _ => None,
        };
        if time.is_none() {
            let what = shown(held);
            self.say(
                line,
                at,
                format!("{what} is not a time of day; give one such as 14:05"),
            );
        }
        time
    }

    /// A whole number from 0 to a million.
    pub(super) fn number(&mut self, line: Line<'_>) -> Option<u32> {
        let at = column::ANSWER;
        let held = self.held(line, at)?;
        let number = match held {
            Held::Number(number) => Some(*number),
            Held::Text(text) => text.trim().parse::<u32>().ok().map(f64::from),
            _ => None,
        };
        let whole = number.filter(|number| {
            number.fract() == 0.0 && (0.0..=f64::from(LARGEST_NUMBER)).contains(number)
        });
        if whole.is_none() {
            let what = shown(held);
            self.say(
                line,
                at,
                format!("{what} is not a whole number between 0 and 1,000,000"),
            );
        }
        whole.map(|number| number as u32)
    }

    /// The words of the version cell.
    pub(super) fn version(&self, line: Line<'_>) -> String {
        let held = self.held(line, column::VERSION);
        held.map(super::rows::in_words).unwrap_or_default()
    }
}

/// A time alone is kept as a moment of the day on which the calendar of a workbook begins.
fn is_time_alone(moment: NaiveDateTime) -> bool {
    [1899, 1904].contains(&moment.year())
}

/// What a cell holds, as a message names it.
fn shown(held: &Held) -> String {
    match held {
        Held::Text(text) => {
            let text = plain(text);
            let begins: String = text.chars().take(40).collect();
            let more = if begins == text { "" } else { "…" };
            format!("“{begins}{more}”")
        }
        Held::Number(number) => format!("{number}"),
        Held::Moment(moment) if is_time_alone(*moment) => moment.format("%H:%M").to_string(),
        Held::Moment(moment) => written_date(moment.date()),
        Held::Other(what) => (*what).to_owned(),
    }
}
