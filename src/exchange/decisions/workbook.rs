//! Decisions from the sheet *Actions* of a workbook. Columns are found by their headings.

use std::io::Cursor;

use calamine::{Cell, Data, DataRef, Range, Reader as _, Xlsx, XlsxError};
use chrono::{Datelike as _, NaiveDate};

use super::Said;
use super::problem::{BadDecisions, Misread};
use crate::domain::action::{ActionStatus, DueTerm};
use crate::domain::dates::parse_date;
use crate::domain::partnership::Agency;
use crate::exchange::return_workbook::package;

/// The sheet's name.
const SHEET: &str = "Actions";
/// Headings stand in one of the first rows: above them may be who, when and which filters.
const HEADINGS_WITHIN: usize = 20;
/// The column without which no row can be told.
const ID: &str = "Action id";
/// More rows than any partnership has actions.
const MOST_ROWS: usize = 5_000;
/// More columns than anybody adds.
const MOST_COLUMNS: u32 = 100;
/// More cells than both together would fill in earnest.
const MOST_CELLS: usize = 100_000;
/// The most bytes of text in them.
const MOST_TEXT: usize = 10_000_000;

const DAMAGED: &str =
    "it is not a workbook that can be read, or is damaged; open it in Excel and save it as .xlsx";
const TOO_MANY: &str = "it holds far more cells than any action plan";

pub(super) fn read(bytes: &[u8], agencies: &[&Agency]) -> Result<Vec<Said>, BadDecisions> {
    if let Err(why) = package::look_through(bytes) {
        return Err(BadDecisions::one("", why));
    }
    let damaged = |error: XlsxError| {
        tracing::debug!(%error, "a workbook does not read");
        BadDecisions::one("", DAMAGED)
    };
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = book.sheet_names();
    let Some(name) = names
        .iter()
        .find(|name| name.trim().eq_ignore_ascii_case(SHEET))
    else {
        let message = format!(
            "there is no sheet “{SHEET}”; its sheets are {}",
            names.join(", ")
        );
        return Err(BadDecisions::one("", message));
    };
    let range = range(&mut book, name).map_err(damaged)?;
    let range = range.ok_or_else(|| BadDecisions::one(SHEET, TOO_MANY))?;
    let mut sheet = Sheet::new(&range, agencies)?;
    let said = sheet.rows();
    if sheet.problems.is_empty() {
        Ok(said)
    } else {
        Err(BadDecisions::of(sheet.problems))
    }
}

/// The cells of a sheet; nothing when there are too many, or they lie further apart than any plan's.
fn range(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Option<Range<Data>>, XlsxError> {
    let (mut cells, mut text) = (Vec::new(), 0);
    let mut reader = book.worksheet_cells_reader(name)?;
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        text += match cell.get_value() {
            DataRef::String(text) => text.len(),
            DataRef::SharedString(text) => text.len(),
            _ => 0,
        };
        let apart = row as usize >= MOST_ROWS || column >= MOST_COLUMNS;
        if apart || cells.len() >= MOST_CELLS || text > MOST_TEXT {
            return Ok(None);
        }
        cells.push(Cell::new(
            (row, column),
            Data::from(cell.get_value().clone()),
        ));
    }
    Ok(Some(Range::from_sparse(cells)))
}

struct Sheet<'a> {
    range: &'a Range<Data>,
    agencies: &'a [&'a Agency],
    /// Row of the headings, and the columns by heading.
    headings: usize,
    columns: Vec<(String, usize)>,
    problems: Vec<Misread>,
}

impl<'a> Sheet<'a> {
    fn new(range: &'a Range<Data>, agencies: &'a [&'a Agency]) -> Result<Self, BadDecisions> {
        let is_id = |cell: &Data| plain(&written(cell)) == plain(ID);
        let rows = range.rows().take(HEADINGS_WITHIN);
        let found = rows.enumerate().find(|(_, row)| row.iter().any(is_id));
        let Some((headings, row)) = found else {
            let message = format!("there is no column “{ID}”");
            return Err(BadDecisions::one(SHEET, message));
        };
        let columns = row.iter().enumerate();
        let columns = columns.map(|(at, cell)| (plain(&written(cell)), at));
        let mut sheet = Self {
            range,
            agencies,
            headings,
            columns: columns.filter(|(heading, _)| !heading.is_empty()).collect(),
            problems: Vec::new(),
        };
        sheet.columns_once();
        Ok(sheet)
    }

    /// Two columns of one heading: nobody could say which is meant.
    fn columns_once(&mut self) {
        let twice: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .filter(|(at, (heading, _))| {
                self.columns[..*at]
                    .iter()
                    .any(|(other, _)| other == heading)
            })
            .map(|(_, (_, column))| *column)
            .collect();
        for column in twice {
            self.say(self.headings, column, "this heading is there twice");
        }
    }

    fn rows(&mut self) -> Vec<Said> {
        let range = self.range;
        let mut said = Vec::new();
        for (at, row) in range.rows().enumerate().skip(self.headings + 1) {
            if row.iter().all(|cell| written(cell).trim().is_empty()) {
                continue;
            }
            let id = self.text(at, ID).unwrap_or_default();
            if id.trim().is_empty() {
                let message = "there is no action id; make a new action in the register instead";
                self.say(at, self.column(ID).unwrap_or(0), message);
                continue;
            }
            said.push(self.row(at, id));
        }
        said
    }

    fn row(&mut self, at: usize, id: String) -> Said {
        Said {
            place: self.place(at, self.column(ID).unwrap_or(0)),
            id,
            revision: None,
            what: self.text(at, "What will change"),
            owner_agency: self.agency(at),
            owner_role: self.text(at, "Owner role"),
            due_term: self.term(at),
            due: self.date(at),
            status: self.status(at),
            evidence_of_impact: self.text(at, "Evidence of impact"),
            update: self.text(at, "Update"),
        }
    }

    fn column(&self, heading: &str) -> Option<usize> {
        let wanted = plain(heading);
        let mut columns = self.columns.iter();
        columns
            .find(|(known, _)| *known == wanted)
            .map(|(_, at)| *at)
    }

    /// A cell of a row; `None` where the workbook has no such column.
    fn cell(&self, at: usize, heading: &str) -> Option<(usize, &'a Data)> {
        let column = self.column(heading)?;
        Some((column, self.range.get((at, column)).unwrap_or(&Data::Empty)))
    }

    fn text(&self, at: usize, heading: &str) -> Option<String> {
        self.cell(at, heading).map(|(_, cell)| written(cell))
    }

    /// A code, or an agency's name as it is shown.
    fn agency(&mut self, at: usize) -> Option<String> {
        let (column, cell) = self.cell(at, "Owner agency")?;
        let text = written(cell);
        if text.trim().is_empty() {
            return Some(String::new());
        }
        let wanted = plain(&text);
        let names = |agency: &Agency| {
            [
                plain(&agency.code),
                plain(&agency.short),
                plain(&agency.name),
            ]
        };
        let found = self
            .agencies
            .iter()
            .find(|agency| names(agency).contains(&wanted));
        if found.is_none() {
            self.say(at, column, format!("there is no agency “{}”", brief(&text)));
        }
        found.map(|agency| agency.code.clone())
    }

    fn term(&mut self, at: usize) -> Option<Option<DueTerm>> {
        let (column, cell) = self.cell(at, "Due term")?;
        let text = plain(&written(cell));
        if text.is_empty() || text == "a date" {
            return Some(None);
        }
        let found = DueTerm::ALL
            .into_iter()
            .find(|term| plain(term.label()) == text);
        if found.is_none() {
            let all = DueTerm::ALL.map(DueTerm::label).join(", ");
            let message = format!("“{}” is not one of {all}", brief(&written(cell)));
            self.say(at, column, message);
        }
        found.map(Some)
    }

    fn status(&mut self, at: usize) -> Option<ActionStatus> {
        let (column, cell) = self.cell(at, "Status")?;
        let text = plain(&written(cell));
        let mut all = ActionStatus::ALL.into_iter();
        let found = all.find(|status| plain(status.label()) == text);
        if found.is_none() {
            let all = ActionStatus::ALL.map(ActionStatus::label).join(", ");
            let message = format!("“{}” is not one of {all}", brief(&written(cell)));
            self.say(at, column, message);
        }
        found
    }

    fn date(&mut self, at: usize) -> Option<Option<NaiveDate>> {
        let (column, cell) = self.cell(at, "Due")?;
        let text = written(cell);
        if text.trim().is_empty() {
            return Some(None);
        }
        let day = match cell {
            Data::DateTime(time) => time.as_datetime().map(|time| time.date()),
            _ => parse_date(text.get(..10).unwrap_or(&text)).ok(),
        };
        let sound = day.filter(|day| (1990..=2100).contains(&day.year()));
        if sound.is_none() {
            let message = format!("“{}” is not a date", brief(&text));
            self.say(at, column, message);
        }
        sound.map(Some)
    }

    fn say(&mut self, row: usize, column: usize, message: impl Into<String>) {
        let place = self.place(row, column);
        self.problems.push(Misread::at(place, message));
    }

    /// "Actions!G7", counted from the sheet's own first cell.
    fn place(&self, row: usize, column: usize) -> String {
        let (first_row, first_column) = self.range.start().unwrap_or((0, 0));
        let column = first_column as usize + column;
        format!(
            "{SHEET}!{}{}",
            letters(column),
            first_row as usize + row + 1
        )
    }
}

/// Column 0 is A, 26 is AA.
fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (column % 26) as u8));
        match (column / 26).checked_sub(1) {
            Some(rest) => column = rest,
            None => break,
        }
    }
    letters.iter().rev().collect()
}

fn written(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

/// Compared without regard to case, spaces around, and the underscores of ids.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == '_')
        .filter(|w| !w.is_empty())
        .collect();
    words.join(" ").to_lowercase()
}

/// What stands in a cell is quoted only as far as it is short: it may be a note about a child.
fn brief(text: &str) -> &str {
    if text.chars().count() > 40 {
        "this text"
    } else {
        text.trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_a_spreadsheet_does() {
        for (column, expected) in [
            (0, "A"),
            (9, "J"),
            (25, "Z"),
            (26, "AA"),
            (701, "ZZ"),
            (702, "AAA"),
        ] {
            assert_eq!(letters(column), expected);
        }
    }
}
