//! Rows as high as what stands in them, which still grow when more is typed.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The height of one line, in points.
const LINE: f64 = 15.0;
/// The highest that a row can be.
const MOST: f64 = 400.0;

/// The height of a row whose cells hold these texts in columns of these widths (in figures).
pub(super) fn height<'a>(cells: impl IntoIterator<Item = (&'a str, f64)>) -> f64 {
    let lines = cells.into_iter().map(|(text, width)| {
        let paragraphs = text.lines();
        // Letters are narrower than figures, but lines break between words.
        let room = width * 1.15 - 3.0;
        let lines = paragraphs.map(|line| (line.chars().count() as f64 / room).ceil().max(1.0));
        lines.sum::<f64>()
    });
    (lines.fold(1.0, f64::max) * LINE + 3.0).min(MOST)
}

/// Lets the rows grow as more is typed into them. The library marks every height it is given as
/// fixed by hand; then a long note would stay hidden behind the row below.
pub(super) fn let_grow(package: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(package))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(package.len())));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at)?;
        let name = file.name()?.into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content)?;
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8_lossy(&content);
            // No text of a cell stands here, and in an attribute the quotation marks would be
            // written otherwise.
            content = text.replace(" customHeight=\"1\"", "").into_bytes();
        }
        writer.start_file(name, SimpleFileOptions::default())?;
        writer.write_all(&content)?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_high_as_its_longest_cell() {
        let long = "x".repeat(95);
        let cases: [(&[(&str, f64)], f64); 4] = [
            (&[], 18.0),
            (&[("short", 30.0), ("", 10.0)], 18.0),
            (&[("short", 30.0), (&long, 30.0)], 63.0),
            (&[("two\nlines", 30.0)], 33.0),
        ];
        for (cells, points) in cases {
            assert_eq!(height(cells.iter().copied()), points);
        }
    }
}
