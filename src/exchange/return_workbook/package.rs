//! The package that a workbook is: a ZIP of XML files. Looked through before any of it is read as a
//! workbook, so that a file made to exhaust the machine is refused instead.

use std::io::{Cursor, Read as _};
use std::path::Path;

use chrono::{DateTime, Utc};
use zip::ZipArchive;

use crate::exchange::{ExchangeError, Result, file};

/// The largest workbook that is read, in MB. One of eight cases has about 0.1.
const LARGEST_MB: u64 = 20;
/// The most that its files may hold together when they are unpacked, in bytes.
const MOST_UNPACKED: u64 = 50_000_000;
/// The most files it may hold.
const MOST_FILES: usize = 2_000;
/// How an older .xls workbook begins, and any workbook that has a password.
const COMPOUND: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP: [u8; 4] = *b"PK\x03\x04";

/// Whether a file begins as a workbook does, whatever its name. One that cannot be opened does not.
pub fn is_package(path: &Path) -> bool {
    let mut begins = [0; 4];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut begins));
    read.is_ok() && [ZIP, COMPOUND].contains(&begins)
}

/// A package that was found to be harmless.
pub(super) struct Package {
    pub(super) bytes: Vec<u8>,
    /// When the workbook was last saved, by the clock of whoever saved it.
    pub(super) saved: Option<DateTime<Utc>>,
}

/// Reads a package and looks through it.
pub(super) fn open(path: &Path) -> Result<Package> {
    let not = |what: &str| ExchangeError::NotAWorkbook {
        path: path.to_owned(),
        what: what.to_owned(),
    };
    let bytes = file::read_bytes_up_to(path, LARGEST_MB)?;
    if bytes.starts_with(&COMPOUND) {
        return Err(not(
            "it has a password or is of the older .xls kind; take the password off, or save it as .xlsx",
        ));
    }
    let saved = look_through(&bytes).map_err(not)?;
    Ok(Package { bytes, saved })
}

const UNPACKS_TO_TOO_MUCH: &str = "it unpacks to far more than any return holds";
const DAMAGED: &str = "it is damaged; ask the agency to send it again";

/// What the library says of a damaged package means nothing to the person.
fn damaged(error: impl std::fmt::Display) -> &'static str {
    tracing::debug!(%error, "a package does not read");
    DAMAGED
}

/// Looks through a package without reading it as a workbook: when it was last saved.
///
/// # Errors
/// Why it is not read.
pub(in crate::exchange) fn look_through(
    bytes: &[u8],
) -> std::result::Result<Option<DateTime<Utc>>, &'static str> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_FILES {
        return Err("it holds far more files than any workbook");
    }
    let mut left = MOST_UNPACKED;
    let mut saved = None;
    let mut content = Vec::new();
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(damaged)?;
        let is_about_saving = file.name().is_ok_and(|name| name == "docProps/core.xml");
        content.clear();
        if file.size() > left {
            return Err(UNPACKS_TO_TOO_MUCH);
        }
        // What a file claims to hold is not believed where it is less.
        file.take(left + 1)
            .read_to_end(&mut content)
            .map_err(damaged)?;
        left = left
            .checked_sub(content.len() as u64)
            .ok_or(UNPACKS_TO_TOO_MUCH)?;
        if claims_too_many_texts(&content) {
            return Err(DAMAGED);
        }
        if is_about_saving {
            saved = last_saved(&content);
        }
    }
    Ok(saved)
}

/// Whether a list of texts says that it has more entries than it has letters. Room is made for as
/// many as it says, so a false number could take all memory.
fn claims_too_many_texts(content: &[u8]) -> bool {
    let wide = content.starts_with(&[0xfe, 0xff]) || content.starts_with(&[0xff, 0xfe]);
    let text = String::from_utf8_lossy(content);
    let name = "uniqueCount";
    let claims = text.match_indices(name).map(|(at, _)| {
        let rest = text[at + name.len()..].bytes();
        let digits = rest
            .skip_while(|byte| b" \t\r\n='\"".contains(byte))
            .take_while(u8::is_ascii_digit);
        digits.fold(0_u64, |number, digit| {
            number
                .saturating_mul(10)
                .saturating_add(u64::from(digit - b'0'))
        })
    });
    wide || claims.into_iter().any(|claim| claim > content.len() as u64)
}

/// `<dcterms:modified …>2026-11-12T14:02:00Z</dcterms:modified>`
fn last_saved(properties: &[u8]) -> Option<DateTime<Utc>> {
    let text = std::str::from_utf8(properties).ok()?;
    let (_, rest) = text.split_once("<dcterms:modified")?;
    let (_, rest) = rest.split_once('>')?;
    let (instant, _) = rest.split_once('<')?;
    instant.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            let options = SimpleFileOptions::default();
            writer.start_file(*name, options).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn packages_that_would_exhaust_the_machine_are_refused() {
        let bomb = vec![b' '; MOST_UNPACKED as usize + 1];
        let many: Vec<String> = (0..=MOST_FILES).map(|at| at.to_string()).collect();
        let many: Vec<_> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        let claim: &[u8] = b"<sst uniqueCount = \"99999999999999999999999\"/>";
        let cases: [(Vec<u8>, &str); 5] = [
            (zipped(&[("a.xml", &bomb)]), "far more than any return"),
            (zipped(&many), "far more files"),
            (zipped(&[("xl/sharedStrings.xml", claim)]), "damaged"),
            (zipped(&[("a.xml", &[0xff, 0xfe, 0])]), "damaged"),
            (b"PK\x03\x04 and nothing more".to_vec(), "damaged"),
        ];
        for (bytes, words) in cases {
            let why = look_through(&bytes).unwrap_err();
            assert!(why.contains(words), "{why}");
        }
    }

    #[test]
    fn the_time_of_saving_is_read_where_it_is_told() {
        let core = |text: &str| {
            let text = format!("<cp><dcterms:modified xsi:type=\"x\">{text}</dcterms:modified>");
            look_through(&zipped(&[("docProps/core.xml", text.as_bytes())])).unwrap()
        };
        assert_eq!(
            core("2026-11-12T14:02:00Z"),
            Some("2026-11-12T14:02:00Z".parse().unwrap())
        );
        assert_eq!(core("yesterday"), None);
        assert_eq!(look_through(&zipped(&[("a", b"")])), Ok(None));
    }
}
