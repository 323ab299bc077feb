//! The cells of a workbook that hold anything, sheet by sheet.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx, XlsxError};
use chrono::{NaiveDateTime, Timelike as _};

use super::package::Package;

/// The most cells that a workbook may fill. One of ten cases fills about 4,000.
const MOST_CELLS: usize = 100_000;
/// The most bytes of text in all of them.
const MOST_TEXT: usize = 30_000_000;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Held {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// A date, a time of day, or both; a time alone is on the first day of 1900 or before.
    Moment(NaiveDateTime),
    /// Something else, in words: a formula, an error, TRUE.
    Other(&'static str),
}

/// The cells of one sheet that hold anything, by row and column.
pub(super) type Cells = BTreeMap<(u32, u16), Held>;

/// Reads the cells of every sheet, in the order of the workbook.
///
/// # Errors
/// Why it cannot be read as a workbook.
pub(super) fn read(package: &Package) -> Result<Vec<(String, Cells)>, String> {
    let damaged = |error: XlsxError| {
        tracing::debug!(%error, "a workbook does not read");
        "it is not an .xlsx workbook, or is damaged; open it in Excel and save it as .xlsx"
            .to_owned()
    };
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(&package.bytes)).map_err(damaged)?;
    let mut room = Room {
        cells: MOST_CELLS,
        text: MOST_TEXT,
    };
    let names = workbook.sheet_names();
    let sheets = names.into_iter().map(|name| {
        let cells = read_sheet(&mut workbook, &name, &mut room);
        let cells = cells.map_err(damaged)?;
        let cells = cells.ok_or("it holds far more than was sent out")?;
        Ok((name, cells))
    });
    sheets.collect()
}

/// What is left of what may be read.
struct Room {
    cells: usize,
    text: usize,
}

impl Room {
    /// Takes room for one more; whether there was any.
    fn take(&mut self, held: &Held) -> bool {
        let text = match held {
            Held::Text(text) => text.len(),
            _ => 0,
        };
        let left = (self.cells.checked_sub(1), self.text.checked_sub(text));
        let (Some(cells), Some(text)) = left else {
            return false;
        };
        *self = Self { cells, text };
        true
    }
}

/// The cells of one sheet; nothing when there is no room for them.
fn read_sheet(
    workbook: &mut Xlsx<Cursor<&Vec<u8>>>,
    name: &str,
    room: &mut Room,
) -> Result<Option<Cells>, XlsxError> {
    let mut cells = Cells::new();
    // Cell by cell: a range would take room for every cell between the first and the last.
    let mut reader = workbook.worksheet_cells_reader(name)?;
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        let held = match cell.formula {
            Some(_) => Some(Held::Other("a formula")),
            None => held(&cell.value),
        };
        let Some(held) = held else { continue };
        if !room.take(&held) {
            return Ok(None);
        }
        let (row, column) = cell.pos;
        cells.insert((row, u16::try_from(column).unwrap_or(u16::MAX)), held);
    }
    Ok(Some(cells))
}

fn held(value: &DataRef<'_>) -> Option<Held> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) => return text_held(text),
        DataRef::SharedString(text) => return text_held(text),
        DataRef::Int(number) => Held::Number(*number as f64),
        DataRef::Float(number) => Held::Number(*number),
        DataRef::Bool(_) => Held::Other("TRUE or FALSE"),
        DataRef::Error(_) => Held::Other("an error of a formula"),
        DataRef::DateTime(moment) => {
            moment_of(*moment).map_or(Held::Other("no date"), Held::Moment)
        }
        DataRef::DateTimeIso(text) => {
            iso(text).map_or_else(|| Held::Text(text.clone()), Held::Moment)
        }
        DataRef::DurationIso(_) => Held::Other("a length of time"),
    })
}

fn text_held(text: &str) -> Option<Held> {
    (!text.trim().is_empty()).then(|| Held::Text(text.to_owned()))
}

/// To the nearest second: a sheet keeps moments as fractions of a day.
fn moment_of(moment: ExcelDateTime) -> Option<NaiveDateTime> {
    // The last day a sheet can show is 31/12/9999.
    (0.0..2_958_466.0)
        .contains(&moment.as_f64())
        .then(|| moment.as_datetime())
        .flatten()
        .map(to_the_second)
}

fn to_the_second(moment: NaiveDateTime) -> NaiveDateTime {
    let rounded = moment + chrono::TimeDelta::milliseconds(500);
    rounded.with_nanosecond(0).unwrap_or(rounded)
}

fn iso(text: &str) -> Option<NaiveDateTime> {
    let date = || text.parse::<chrono::NaiveDate>().ok()?.and_hms_opt(0, 0, 0);
    text.parse().ok().or_else(date)
}
