//! Workbooks: an agency's return, and the BMG's decisions. What is in the package is spoiled and
//! packed again, so that the reader gets to see it.

use std::io::{Cursor, Read as _, Write as _};

use goldthread::session::jobs;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::choices::Choices;
use super::document::show_file_of_return;
use super::edits::{MOST, TEXTS, spoil_bytes};
use super::json;
use super::office::{Office, author, noon};
use super::sentence::assert_sentence;

/// The files of a package: name and content.
pub type Parts = Vec<(String, Vec<u8>)>;

pub fn unpacked(package: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    let part = |at| {
        let mut file = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        let name = file.name().unwrap().into_owned();
        file.read_to_end(&mut content).unwrap();
        (name, content)
    };
    (0..ZipArchive::new(Cursor::new(package)).unwrap().len())
        .map(part)
        .collect()
}

pub fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_level(Some(1));
    for (name, content) in parts {
        // A name that is there twice is refused by the writer.
        if writer.start_file(name.as_str(), options).is_ok() {
            writer.write_all(content).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

pub fn spoil(good: &[u8], choices: &mut Choices<'_>) -> Vec<u8> {
    if choices.below(8) == 0 {
        let mut bytes = good.to_vec();
        spoil_bytes(&mut bytes, choices);
        return bytes;
    }
    let mut parts = unpacked(good);
    for _ in 0..=choices.below(MOST) {
        if parts.is_empty() {
            break;
        }
        let at = choices.below(parts.len());
        match choices.below(16) {
            0 => drop(parts.remove(at)),
            1 => parts[at].0 = (*choices.of(TEXTS)).to_owned(),
            2 => {
                let other = choices.below(parts.len());
                parts[at].1 = parts[other].1.clone();
            }
            3 => spoil_bytes(&mut parts[at].1, choices),
            _ => spoil_xml(&mut parts[at].1, choices),
        }
    }
    packed(&parts)
}

pub fn spoil_or_json(good: &[u8], choices: &mut Choices<'_>) -> Vec<u8> {
    match good.starts_with(b"PK") {
        true => spoil(good, choices),
        false => json::spoil(good, choices),
    }
}

/// Changes an attribute's value or a text, or takes out, doubles or nests an element.
fn spoil_xml(xml: &mut Vec<u8>, choices: &mut Choices<'_>) {
    let Ok(text) = std::str::from_utf8(xml) else {
        return;
    };
    let (open, close) = match choices.below(3) {
        0 => ('"', '"'),
        1 => ('>', '<'),
        _ => ('<', '>'),
    };
    let starts: Vec<usize> = text.match_indices(open).map(|(at, _)| at + 1).collect();
    let Some(start) = starts.get(choices.below(starts.len().max(1))) else {
        return;
    };
    let Some(length) = text[*start..].find(close) else {
        return;
    };
    let inside = &text[*start..start + length];
    let with = match choices.below(6) {
        0 => String::new(),
        1 => "1048576".to_owned(),
        2 => format!("{inside}{open}{inside}"),
        3 => format!("{inside}{close}{open}{inside}")
            .repeat(1 + choices.below(300).min(100_000 / (inside.len() + 1))),
        4 => "XFD1048576".to_owned(),
        _ => (*choices.of(TEXTS)).to_owned(),
    };
    let whole = format!("{}{with}{}", &text[..*start], &text[start + length..]);
    *xml = whole.into_bytes();
}

pub fn show_return(office: &mut Office, bytes: &[u8]) -> bool {
    show_file_of_return(office, "back.xlsx", bytes)
}

pub fn show_decisions(office: &mut Office, bytes: &[u8]) -> bool {
    let path = office.put("decisions.xlsx", bytes);
    let preview = jobs::preview_decisions(&office.document, &path);
    if let Err(error) = &preview {
        assert_sentence(&error.to_string());
    }
    if let Ok(preview) = &preview {
        let mut twin = office.twin();
        let decisions = goldthread::session::Decisions::of("decisions.xlsx", preview);
        if let Err(error) = jobs::take_decisions(&mut twin, decisions, &author(), noon()) {
            assert_sentence(&error.to_string());
        }
        assert_eq!(twin.store().check().unwrap(), []);
    }
    office.assert_unchanged();
    office.clear(&path);
    preview.is_ok()
}
