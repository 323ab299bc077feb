//! The text of a list and its rows, whatever a spreadsheet wrote them as.

use super::CaseList;

/// The most rows that are read: more cases than any audit draws.
const MOST_ROWS: usize = 5_000;

/// UTF-8 with or without a byte order mark, or UTF-16 with one (a spreadsheet's "Unicode text").
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    let utf_16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .map(|pair| unit([pair[0], pair[1]]))
            .collect();
        String::from_utf16(&units).ok()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    }
}

/// The rows with anything in them: row number and trimmed cells.
pub(super) fn rows(text: &str, list: &mut CaseList) -> Vec<(u64, Vec<String>)> {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let separator = [b'\t', b',', b';']
        .into_iter()
        .find(|byte| first.is_some_and(|line| line.as_bytes().contains(byte)));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator.unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) if rows.len() < MOST_ROWS => (),
            Ok(true) => {
                list.say(
                    0,
                    format!(
                        "The list has more than {MOST_ROWS} rows; nothing after them was read."
                    ),
                );
                break;
            }
            Ok(false) => break,
            Err(_) => {
                list.say(reader.position().line(), "it cannot be read as CSV");
                break;
            }
        }
        let row = record.position().map_or(0, |start| row_at(text, start));
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push((row, cells));
        }
    }
    rows
}

/// The row a record stands in. The reader's own position is that of the empty rows before it.
fn row_at(text: &str, start: &csv::Position) -> u64 {
    let rest = text.as_bytes().get(start.byte() as usize..);
    let breaks = rest.unwrap_or_default().iter();
    let skipped = breaks
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .filter(|byte| **byte == b'\n');
    start.line() + skipped.count() as u64
}
