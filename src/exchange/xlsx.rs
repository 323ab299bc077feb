//! Tables as a workbook: one sheet each, typed cells, real dates, headings that stay in view and
//! filter. Text is written as text whatever it begins with: no cell is ever a formula, and nothing
//! is hidden.

use chrono::{DateTime, NaiveDate, Utc};
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Workbook, Worksheet, XlsxError,
};

use super::plain::plain;
use super::tables::{Column, Field, Table};
use super::{ExchangeError, Result};
use crate::analysis::suppression::HIDDEN;

/// The longest text a cell holds, in UTF-16 units (a limit of the file format).
const LONGEST: usize = 32_767;

/// Rows below the last one in which the lists to choose from are offered too.
const MORE_ROWS: u32 = 200;

/// Height of a line of text, in points.
const LINE: f64 = 15.0;

/// The highest a row can be, in points (a limit of the file format).
const HIGHEST: f64 = 409.0;

/// Paper size A4 in the numbering of the file format.
const A4: u8 = 9;

/// Makes the workbook's bytes.
///
/// # Errors
/// [`ExchangeError::Workbook`] when there is more than a workbook holds.
pub fn workbook(title: &str, tables: &[Table], now: DateTime<Utc>) -> Result<Vec<u8>> {
    write(title, tables, now).map_err(|error| ExchangeError::Workbook(error.to_string()))
}

fn write(
    title: &str,
    tables: &[Table],
    now: DateTime<Utc>,
) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::parse_from_str(&now.format("%Y-%m-%dT%H:%M:%S").to_string())?;
    let properties = DocProperties::new()
        .set_title(plain(title))
        .set_author("Goldthread")
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    let formats = Formats::new();
    for table in tables {
        write_sheet(workbook.add_worksheet(), table, &formats)?;
    }
    workbook.save_to_buffer()
}

struct Formats {
    heading: Format,
    text: Format,
    /// Text that would be a formula if somebody typed it: stays text even when it is edited.
    quoted: Format,
    count: Format,
    number: Format,
    /// Where a number would stand.
    hidden: Format,
    date: Format,
}

impl Formats {
    fn new() -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        let text = top.clone().set_text_wrap();
        Self {
            heading: text
                .clone()
                .set_bold()
                .set_background_color(Color::RGB(0x00DF_ECF1))
                .set_border_bottom(FormatBorder::Thin),
            quoted: text.clone().set_quote_prefix(),
            text,
            count: top.clone().set_num_format("0"),
            number: top.clone().set_num_format("0.0"),
            hidden: top.clone().set_align(FormatAlign::Right),
            date: top
                .set_num_format("dd/mm/yyyy")
                .set_align(FormatAlign::Left),
        }
    }
}

fn write_sheet(
    sheet: &mut Worksheet,
    table: &Table,
    formats: &Formats,
) -> std::result::Result<(), XlsxError> {
    sheet.set_name(table.name)?;
    sheet.set_landscape().set_paper_size(A4);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_footer("&L&A&RPage &P of &N");
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    let last = table.rows.len() as u32;
    for (at, column) in (0u16..).zip(&table.columns) {
        sheet.write_string_with_format(0, at, column.name.as_str(), &formats.heading)?;
        sheet.set_column_width(at, f64::from(column.width))?;
        offer_choices(sheet, at, column, last)?;
    }
    let columns = table.columns.len() as u16;
    sheet.autofilter(0, 0, last, columns.saturating_sub(1))?;
    for (at, row) in (1u32..).zip(&table.rows) {
        for (column, field) in (0u16..).zip(row) {
            write_field(sheet, at, column, field, formats)?;
        }
        sheet.set_row_height(at, height_of(table, row))?;
    }
    Ok(())
}

/// How high a row has to be for its texts, in points. Not every program finds that out by itself.
fn height_of(table: &Table, row: &[Field]) -> f64 {
    let lines = row
        .iter()
        .zip(&table.columns)
        .map(|(field, column)| match field {
            Field::Text(text) => {
                let width = usize::from(column.width.max(2)) - 1;
                let lines = text
                    .split('\n')
                    .map(|line| line.chars().count().div_ceil(width).max(1));
                lines.sum()
            }
            _ => 1,
        });
    let lines = lines.max().unwrap_or(1);
    (lines as f64 * LINE).min(HIGHEST)
}

fn offer_choices(
    sheet: &mut Worksheet,
    at: u16,
    column: &Column,
    last: u32,
) -> std::result::Result<(), XlsxError> {
    if column.choices.is_empty() {
        return Ok(());
    }
    let list = DataValidation::new().allow_list_strings(&column.choices)?;
    sheet.add_data_validation(1, at, last + MORE_ROWS, at, &list)?;
    Ok(())
}

fn write_field(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    field: &Field,
    formats: &Formats,
) -> std::result::Result<(), XlsxError> {
    match field {
        Field::Empty => return Ok(()),
        Field::Text(text) => {
            let text = shortened(&plain(text));
            let format = if begins_a_formula(&text) {
                &formats.quoted
            } else {
                &formats.text
            };
            sheet.write_string_with_format(row, column, text, format)?
        }
        Field::Hidden => sheet.write_string_with_format(row, column, HIDDEN, &formats.hidden)?,
        Field::Count(count) => {
            sheet.write_number_with_format(row, column, *count as f64, &formats.count)?
        }
        Field::Number(number) => {
            let whole = number.fract() == 0.0;
            let format = if whole {
                &formats.count
            } else {
                &formats.number
            };
            sheet.write_number_with_format(row, column, *number, format)?
        }
        Field::Date(date) if is_a_date_of_excel(*date) => {
            sheet.write_datetime_with_format(row, column, date, &formats.date)?
        }
        Field::Date(date) => {
            sheet.write_string_with_format(row, column, date.to_string(), &formats.text)?
        }
        Field::Flag(flag) => {
            let words = if *flag { "Yes" } else { "No" };
            sheet.write_string_with_format(row, column, words, &formats.text)?
        }
    };
    Ok(())
}

/// Workbooks know no day before 1900 and none after 9999.
fn is_a_date_of_excel(date: NaiveDate) -> bool {
    use chrono::Datelike as _;
    (1900..=9999).contains(&date.year())
}

/// Whether a spreadsheet would read a typed text as a formula.
pub(super) fn begins_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn shortened(text: &str) -> String {
    if text.encode_utf16().count() <= LONGEST {
        return text.to_owned();
    }
    let mut units = 0;
    let mut kept: String = text
        .chars()
        .take_while(|letter| {
            units += letter.len_utf16();
            units < LONGEST
        })
        .collect();
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_takes_what_it_can_hold_and_says_where_it_stops() {
        let fits = "x".repeat(LONGEST);
        assert_eq!(shortened(&fits), fits);
        for letter in ["x", "👧"] {
            let cut = shortened(&letter.repeat(LONGEST + 1));
            assert!(cut.ends_with('…') && cut.encode_utf16().count() <= LONGEST);
            assert!(cut.encode_utf16().count() >= LONGEST - 1);
        }
    }
}
