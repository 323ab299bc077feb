//! Workbooks.

#![allow(clippy::needless_pass_by_value)]

use super::{HARMLESS, Made, refuse_all};
use crate::formats::office::{DECISIONS, WORKBOOK};
use crate::formats::workbook::{Parts, packed, unpacked};

/// A workbook with one of its files changed.
fn with(package: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut parts: Parts = unpacked(package);
    let part = parts.iter_mut().find(|(own, _)| own == name).unwrap();
    let text = String::from_utf8(part.1.clone()).unwrap();
    part.1 = change(&text).into_bytes();
    packed(&parts)
}

/// A workbook with one file more.
fn and(package: &[u8], name: &str, content: Vec<u8>) -> Vec<u8> {
    let mut parts = unpacked(package);
    parts.push((name.into(), content));
    packed(&parts)
}

/// The sheet with the actions.
const ACTIONS: &str = "xl/worksheets/sheet8.xml";
const FIRST: &str = "xl/worksheets/sheet1.xml";
const TEXTS: &str = "xl/sharedStrings.xml";

/// Entities that stand for ten of the one before, nine times over.
fn laughs(xml: &str) -> String {
    let mut bomb = String::from("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
    for at in 1..10 {
        let ten = format!("&a{};", at - 1).repeat(10);
        bomb += &format!("<!ENTITY a{at} \"{ten}\">");
    }
    let bomb = format!("{bomb}]>");
    let (head, rest) = xml.split_once("?>").unwrap();
    format!(
        "{head}?>{bomb}{}",
        rest.replace("<t>", "<t>&a9;").replace("<v>", "<v>&a9;")
    )
}

/// A cell at the far end of the sheet.
fn far(xml: &str) -> String {
    let cell = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
    xml.replace("</sheetData>", cell)
}

/// As many cells as this.
fn many(xml: &str, count: usize) -> String {
    let cells: String = (0..count)
        .map(|at| {
            format!(
                "<row r=\"{}\"><c r=\"A{}\"><v>1</v></c></row>",
                at + 400,
                at + 400
            )
        })
        .collect();
    xml.replace("</sheetData>", &format!("{cells}</sheetData>"))
}

/// One long text that is shown in many cells.
fn long_text(package: &[u8], sheet: &str) -> Vec<u8> {
    let texts = with(package, TEXTS, |xml| {
        xml.replacen("<t>", &format!("<t>{}", "long ".repeat(1_000_000)), 1)
    });
    with(&texts, sheet, |xml| {
        let cells: String = (400..900)
            .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"))
            .collect();
        xml.replace("</sheetData>", &format!("{cells}</sheetData>"))
    })
}

fn spaces(mb: usize) -> Vec<u8> {
    vec![b' '; mb * 1_000_000]
}

const MUCH: &str = "unpacks to far more";
const CASES: &[Made] = &[
    (
        "a part of 200 MB",
        "workbook",
        || and(WORKBOOK, "xl/more.xml", spaces(200)),
        MUCH,
    ),
    (
        "a part of 200 MB",
        "decisions",
        || and(DECISIONS, "xl/more.xml", spaces(200)),
        MUCH,
    ),
    (
        "parts of 9 MB",
        "workbook",
        || {
            let mut parts = unpacked(WORKBOOK);
            parts.extend((0..9).map(|at| (format!("xl/{at}.xml"), spaces(9))));
            packed(&parts)
        },
        MUCH,
    ),
    (
        "a part that claims less",
        "workbook",
        || claims_less(and(WORKBOOK, "xl/more.xml", spaces(60))),
        "",
    ),
    (
        "entities of entities",
        "workbook",
        || with(WORKBOOK, FIRST, laughs),
        "",
    ),
    (
        "entities of entities",
        "workbook",
        || with(WORKBOOK, TEXTS, laughs),
        "",
    ),
    (
        "entities of entities",
        "decisions",
        || with(DECISIONS, TEXTS, laughs),
        "",
    ),
    (
        "a cell at the far end",
        "workbook",
        || with(WORKBOOK, "xl/worksheets/sheet2.xml", far),
        "XFD1048576",
    ),
    (
        "a cell at the far end",
        "decisions",
        || with(DECISIONS, ACTIONS, far),
        "far more cells",
    ),
    (
        "a million cells",
        "workbook",
        || with(WORKBOOK, FIRST, |xml| many(xml, 300_000)),
        "far more than was sent out",
    ),
    (
        "a million cells",
        "decisions",
        || with(DECISIONS, ACTIONS, |xml| many(xml, 300_000)),
        "far more cells",
    ),
    (
        "a long text five hundred times",
        "workbook",
        || long_text(WORKBOOK, FIRST),
        "far more than was sent out",
    ),
    (
        "a long text five hundred times",
        "decisions",
        || long_text(DECISIONS, ACTIONS),
        "far more cells",
    ),
    (
        "elements in elements",
        "workbook",
        || {
            with(WORKBOOK, FIRST, |xml| {
                xml.replace(
                    "<sheetData>",
                    &format!("{}<sheetData>", "<a>".repeat(1_000_000)),
                )
            })
        },
        HARMLESS,
    ),
    (
        "a package of nothing",
        "decisions",
        || packed(&[]),
        "not a workbook that can be read",
    ),
    (
        "a paper",
        "decisions",
        || packed(&[("word/document.xml".into(), b"<w:p/>".to_vec())]),
        "not a workbook that can be read",
    ),
    (
        "a paper",
        "workbook",
        || packed(&[("word/document.xml".into(), b"<w:p/>".to_vec())]),
        "not an .xlsx workbook",
    ),
    (
        "a workbook with a password",
        "workbook",
        || [&[0xd0, 0xcf, 0x11, 0xe0][..], &[0; 4096]].concat(),
        "has a password",
    ),
    (
        "three thousand parts",
        "decisions",
        || {
            let parts: Parts = (0..3000).map(|at| (at.to_string(), Vec::new())).collect();
            packed(&parts)
        },
        "far more files",
    ),
];

/// Says of the last part, in both places, that it unpacks to 10 bytes.
fn claims_less(mut package: Vec<u8>) -> Vec<u8> {
    let size = 60_000_000_u32.to_le_bytes();
    let places: Vec<usize> = (0..package.len() - 4)
        .filter(|at| package[*at..at + 4] == size)
        .collect();
    assert!(!places.is_empty());
    for at in places {
        package[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    package
}

#[test]
fn workbooks_that_would_take_the_machine_are_refused() {
    refuse_all(CASES);
}
