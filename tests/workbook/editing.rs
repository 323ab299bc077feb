//! Edits a workbook as a spreadsheet program would: its cells, rows and sheets are changed in the
//! XML of the package, and everything else stays.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The columns, as they are lettered.
pub const CODE: &str = "A";
pub const WORDS: &str = "B";
pub const ANSWER: &str = "C";
pub const BLANK: &str = "D";
pub const WORKED: &str = "E";
pub const WORRIES: &str = "F";
pub const CONCERN: &str = "I";
pub const ID: &str = "J";
pub const VERSION: &str = "K";

/// What is put into a cell.
#[derive(Clone, Copy)]
pub enum Put<'a> {
    Text(&'a str),
    Number(f64),
    /// A day, as yyyy-mm-dd.
    Date(&'a str),
    /// A time of day, as hh:mm.
    Time(&'a str),
    Formula(&'a str),
    Nothing,
}

/// A workbook that is being edited.
pub struct Book {
    parts: Vec<(String, Vec<u8>)>,
}

impl Book {
    pub fn open(path: &Path) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap();
        let parts = (0..archive.len()).map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        });
        Self {
            parts: parts.collect(),
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.parts {
            let options = SimpleFileOptions::default();
            writer.start_file(name.as_str(), options).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// Saves it at this moment (RFC 3339), as the properties of the workbook tell it.
    pub fn save_at(&mut self, path: &Path, at: &str) {
        self.edit("docProps/core.xml", |xml| {
            let (head, rest) = xml.split_once("<dcterms:modified").unwrap();
            let (tag, rest) = rest.split_once('>').unwrap();
            let (_, tail) = rest.split_once('<').unwrap();
            format!("{head}<dcterms:modified{tag}>{at}<{tail}")
        });
        fs::write(path, self.bytes()).unwrap();
    }

    /// Every text of the package, for searching.
    pub fn texts(&self) -> String {
        let parts = self.parts.iter();
        parts
            .map(|(_, content)| String::from_utf8_lossy(content))
            .collect()
    }

    pub fn edit(&mut self, part: &str, change: impl FnOnce(&str) -> String) {
        let found = self.parts.iter_mut().find(|(name, _)| name == part);
        let (_, content) = found.unwrap_or_else(|| panic!("no {part}"));
        *content = change(std::str::from_utf8(content).unwrap()).into_bytes();
    }

    /// The names of the sheets.
    pub fn sheets(&self) -> Vec<String> {
        let book: Xlsx<_> = Xlsx::new(Cursor::new(self.bytes())).unwrap();
        book.sheet_names()
    }

    /// The part that holds a sheet.
    fn part(&self, sheet: &str) -> String {
        let at = self.sheets().iter().position(|name| name == sheet);
        format!("xl/worksheets/sheet{}.xml", at.unwrap() + 1)
    }

    /// The rows of a sheet by the ids beside them.
    pub fn rows(&self, sheet: &str) -> BTreeMap<String, u32> {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(self.bytes())).unwrap();
        let range = book.worksheet_range(sheet).unwrap();
        let ids = range.cells().filter(|(_, column, _)| *column == 9);
        ids.filter_map(|(row, _, cell)| match cell {
            Data::String(id) => Some((id.clone(), row as u32 + 1)),
            _ => None,
        })
        .collect()
    }

    /// The row with this id.
    pub fn row(&self, sheet: &str, id: &str) -> u32 {
        let rows = self.rows(sheet);
        *rows
            .get(id)
            .unwrap_or_else(|| panic!("no row {id}: {rows:?}"))
    }

    /// Fills in a cell of the row with this id.
    pub fn put(&mut self, sheet: &str, id: &str, column: &str, what: Put<'_>) -> String {
        let cell = format!("{column}{}", self.row(sheet, id));
        self.put_at(sheet, &cell, what);
        cell
    }

    /// Fills in a cell; its look stays.
    pub fn put_at(&mut self, sheet: &str, cell: &str, what: Put<'_>) {
        let part = self.part(sheet);
        self.edit(&part, |xml| put_in(xml, cell, what));
    }

    /// The row whose first cell is this label.
    pub fn row_labelled(&self, sheet: &str, label: &str) -> u32 {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(self.bytes())).unwrap();
        let range = book.worksheet_range(sheet).unwrap();
        let wanted = Data::String(label.into());
        let mut cells = range.cells();
        let found = cells.find(|(_, column, cell)| *column == 0 && **cell == wanted);
        found.unwrap().0 as u32 + 1
    }

    /// Gives a cell the look of another, as pasting does.
    pub fn same_look(&mut self, sheet: &str, from: &str, to: &str) {
        let part = self.part(sheet);
        self.edit(&part, |xml| {
            let style = |cell: &str| {
                let (_, rest) = xml.split_once(&format!("<c r=\"{cell}\" s=\"")).unwrap();
                rest.split_once('"').unwrap().0.to_owned()
            };
            let (old, new) = (style(to), style(from));
            let start = format!("<c r=\"{to}\" s=\"");
            xml.replacen(&format!("{start}{old}\""), &format!("{start}{new}\""), 1)
        });
    }

    /// Takes a row out; those below move up.
    pub fn take_row_out(&mut self, sheet: &str, row: u32) {
        self.with_rows(
            sheet,
            |rows| drop(rows.remove(&row)),
            |at| if at > row { at - 1 } else { at },
        );
    }

    /// Puts an empty row in; those from there on move down.
    pub fn put_row_in(&mut self, sheet: &str, row: u32) {
        self.with_rows(sheet, |_| (), |at| if at >= row { at + 1 } else { at });
    }

    /// Cuts a row and pastes it over another, which is lost, leaving its place empty.
    pub fn paste_row(&mut self, sheet: &str, from: u32, over: u32) {
        let paste = |rows: &mut BTreeMap<u32, String>| {
            let row = rows.remove(&from).unwrap();
            rows.insert(over, renumbered(&row, over));
        };
        self.with_rows(sheet, paste, |at| at);
    }

    /// Lets two rows change places.
    pub fn swap_rows(&mut self, sheet: &str, one: u32, other: u32) {
        let swap = |rows: &mut BTreeMap<u32, String>| {
            let (a, b) = (rows[&one].clone(), rows[&other].clone());
            rows.insert(one, renumbered(&b, one));
            rows.insert(other, renumbered(&a, other));
        };
        self.with_rows(sheet, swap, |at| at);
    }

    /// Copies a row over another.
    pub fn copy_row(&mut self, sheet: &str, from: u32, over: u32) {
        let copy = |rows: &mut BTreeMap<u32, String>| {
            let row = renumbered(&rows[&from], over);
            rows.insert(over, row);
        };
        self.with_rows(sheet, copy, |at| at);
    }

    fn with_rows(
        &mut self,
        sheet: &str,
        change: impl FnOnce(&mut BTreeMap<u32, String>),
        place: impl Fn(u32) -> u32,
    ) {
        let part = self.part(sheet);
        self.edit(&part, |xml| {
            let (head, rest) = xml.split_once("<sheetData>").unwrap();
            let (data, tail) = rest.split_once("</sheetData>").unwrap();
            let rows = data.split_inclusive("</row>");
            let mut rows: BTreeMap<u32, String> = rows
                .map(|row| (attribute(row, "<row r=\"").parse().unwrap(), row.to_owned()))
                .collect();
            change(&mut rows);
            let rows = rows.iter().map(|(at, row)| renumbered(row, place(*at)));
            let rows: String = rows.collect();
            format!("{head}<sheetData>{rows}</sheetData>{tail}")
        });
    }

    pub fn rename_sheet(&mut self, sheet: &str, name: &str) {
        self.edit("xl/workbook.xml", |xml| {
            xml.replacen(&format!("name=\"{sheet}\""), &format!("name=\"{name}\""), 1)
        });
    }

    /// Lets two sheets change names.
    pub fn swap_names(&mut self, one: &str, other: &str) {
        self.rename_sheet(one, "between");
        self.rename_sheet(other, one);
        self.rename_sheet("between", other);
    }

    pub fn take_sheet_out(&mut self, sheet: &str) {
        self.edit("xl/workbook.xml", |xml| {
            let start = xml.find(&format!("<sheet name=\"{sheet}\"")).unwrap();
            let end = start + xml[start..].find("/>").unwrap() + 2;
            format!("{}{}", &xml[..start], &xml[end..])
        });
    }

    /// Shows the content of one sheet a second time under another name, as copying a sheet does.
    pub fn copy_sheet(&mut self, sheet: &str, name: &str) {
        self.edit("xl/workbook.xml", |xml| {
            let start = xml.find(&format!("<sheet name=\"{sheet}\"")).unwrap();
            let end = start + xml[start..].find("/>").unwrap() + 2;
            let copy = xml[start..end].replace(sheet, name);
            format!("{}{copy}{}", &xml[..end], &xml[end..])
        });
    }
}

/// The attribute that follows `start` up to its closing quotation mark.
fn attribute<'a>(xml: &'a str, start: &str) -> &'a str {
    let (_, rest) = xml
        .split_once(start)
        .unwrap_or_else(|| panic!("no {start} in {xml}"));
    rest.split_once('"').unwrap().0
}

/// A row with another number.
fn renumbered(row: &str, number: u32) -> String {
    let old = attribute(row, "<row r=\"").to_owned();
    let row = row.replacen(
        &format!("<row r=\"{old}\""),
        &format!("<row r=\"{number}\""),
        1,
    );
    let mut cells = row.split("<c r=\"");
    let mut result = cells.next().unwrap().to_owned();
    for cell in cells {
        let (name, rest) = cell.split_once('"').unwrap();
        let column: String = name.chars().take_while(char::is_ascii_alphabetic).collect();
        result += &format!("<c r=\"{column}{number}\"{rest}");
    }
    result
}

fn put_in(xml: &str, cell: &str, what: Put<'_>) -> String {
    let start = format!("<c r=\"{cell}\"");
    let Some(at) = xml.find(&start) else {
        return with_new_cell(xml, cell, what);
    };
    let rest = &xml[at..];
    let tag_end = rest.find('>').unwrap();
    let end = match rest[..tag_end].ends_with('/') {
        true => tag_end + 1,
        false => rest.find("</c>").unwrap() + 4,
    };
    let style = match rest[..tag_end].contains(" s=\"") {
        true => format!(" s=\"{}\"", attribute(&rest[..=tag_end], " s=\"")),
        false => String::new(),
    };
    format!(
        "{}{}{}",
        &xml[..at],
        drawn(cell, &style, what),
        &xml[at + end..]
    )
}

/// At the end of its row, which is made if there is none.
fn with_new_cell(xml: &str, cell: &str, what: Put<'_>) -> String {
    let row: String = cell.chars().filter(char::is_ascii_digit).collect();
    let drawn = drawn(cell, "", what);
    let Some(at) = xml.find(&format!("<row r=\"{row}\"")) else {
        let row = format!("<row r=\"{row}\">{drawn}</row></sheetData>");
        return xml.replacen("</sheetData>", &row, 1);
    };
    let end = at + xml[at..].find("</row>").unwrap();
    format!("{}{drawn}{}", &xml[..end], &xml[end..])
}

fn drawn(cell: &str, style: &str, what: Put<'_>) -> String {
    let number = |number: f64| format!("<c r=\"{cell}\"{style}><v>{number}</v></c>");
    match what {
        Put::Nothing => format!("<c r=\"{cell}\"{style}/>"),
        Put::Number(value) => number(value),
        Put::Date(day) => {
            let day: chrono::NaiveDate = day.parse().unwrap();
            let first = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
            number((day - first).num_days() as f64)
        }
        Put::Time(time) => {
            let (hours, minutes) = time.split_once(':').unwrap();
            let minutes = hours.parse::<f64>().unwrap() * 60.0 + minutes.parse::<f64>().unwrap();
            number(minutes / 1440.0)
        }
        Put::Formula(formula) => {
            format!("<c r=\"{cell}\"{style}><f>{formula}</f><v>1</v></c>")
        }
        Put::Text(text) => {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            format!(
                "<c r=\"{cell}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            )
        }
    }
}
