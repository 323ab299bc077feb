//! Tables as CSV files in a folder, with a dictionary of every column: UTF-8 with byte order mark,
//! RFC 4180, no field that a spreadsheet would take for a formula.

use std::borrow::Cow;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::plain::plain;
use super::tables::{Field, Table};
use super::xlsx::begins_a_formula;
use super::{ExchangeError, Result};
use crate::analysis::suppression::HIDDEN;

/// Name of the file that says what every column means.
pub const DICTIONARY: &str = "dictionary.csv";

/// Makes the files: name and content.
///
/// # Errors
/// [`ExchangeError::Csv`], which writing into memory does not cause.
pub fn csv_files(tables: &[Table]) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for table in tables {
        let headings = table.columns.iter().map(|column| column.name.as_str());
        let rows = table
            .rows
            .iter()
            .map(|row| row.iter().map(text_of).collect());
        files.push((file_name(table), write(headings, rows)?));
    }
    let described = tables.iter().flat_map(|table| {
        let file = file_name(table);
        table.columns.iter().map(move |column| {
            let choices = column.choices.join("; ");
            [&file, table.about, &column.name, &column.about, &choices]
                .map(|text| harmless(text).into_owned())
                .to_vec()
        })
    });
    let headings = [
        "File",
        "What it holds",
        "Column",
        "What stands in it",
        "Choices",
    ];
    files.push((
        DICTIONARY.to_owned(),
        write(headings.into_iter(), described)?,
    ));
    Ok(files)
}

fn file_name(table: &Table) -> String {
    format!("{}.csv", table.name.to_lowercase())
}

fn write<'a>(
    headings: impl Iterator<Item = &'a str>,
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Vec<u8>> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let failed = |error: &dyn std::error::Error| ExchangeError::Csv(error.to_string());
    writer
        .write_record(headings.map(|heading| harmless(heading).into_owned()))
        .map_err(|error| failed(&error))?;
    for row in rows {
        writer.write_record(row).map_err(|error| failed(&error))?;
    }
    writer.into_inner().map_err(|error| failed(error.error()))
}

fn text_of(field: &Field) -> String {
    match field {
        Field::Empty => String::new(),
        Field::Text(text) => harmless(&plain(text)).into_owned(),
        Field::Count(count) => count.to_string(),
        Field::Hidden => HIDDEN.to_owned(),
        Field::Number(number) => number.to_string(),
        Field::Date(date) => date.to_string(),
        Field::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
    }
}

/// The text with an apostrophe in front where a spreadsheet would take it for a formula (OWASP, "CSV
/// injection").
fn harmless(text: &str) -> Cow<'_, str> {
    if begins_a_formula(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_looks_like_a_formula_is_words() {
        let cases = [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("-", "'-"),
            ("a=1", "a=1"),
            ("", ""),
        ];
        for (text, written) in cases {
            assert_eq!(harmless(text), written);
        }
    }
}
