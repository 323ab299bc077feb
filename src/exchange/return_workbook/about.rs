//! The first sheet: what the workbook is, how to fill it in, who reads it, and its identity in
//! plain sight.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::cells::{Cells, Held};
use super::problem::CellProblem;
use super::rows::in_words;
use super::text::{folded, plain};
use super::{Cover, Identity, SheetOf};
use crate::domain::dates::written_date;
use crate::domain::id::RecordId;
use crate::domain::revision::written_instant;
use crate::domain::tool::Tool;

/// The name of the sheet.
pub(super) const NAME: &str = "About this return";
/// The format of the workbook, as its first sheet gives it.
pub const FORMAT: &str = "goldthread/return-workbook/1";
/// How every version of the format begins.
const ANY_FORMAT: &str = "goldthread/return-workbook/";

/// The columns: labels, what they say, and the ids of the cases.
pub(super) const COLUMNS: u16 = 3;

/// How to fill it in.
const HELP: [&str; 8] = [
    "There is one sheet for each case. Fill in the yellow cells only; everything else is protected so that your answers stay with their questions. You need not fill it in all at once: save, close, and go on later.",
    "Choose from the list where a cell has one. “Not applicable” means that the question does not bear on this child; “Not evidenced on our record” means that it does, and your record does not show the answer. They are two different answers, and neither is the same as an empty cell.",
    "Point at a question to see what good evidence looks like. The sheet “Lists” says what each grade means.",
    "Say what worked, what worries you, and what it meant for the child. An answer such as “Requires improvement”, “Inadequate” or “No” needs a note.",
    "Children are references, and people are roles. Never write a name, initials, a date of birth, an address, a school or surgery, or any NHS, case or crime number, nor a quotation that identifies.",
    "If your answer is that the child may not be safe today: act now, the same day, through your agency’s safeguarding lead and the front door of children’s social care, and call 999 if the danger is immediate. Then fill in the part “Safety stop”. This workbook tells nobody.",
    "When a sheet is complete, choose “Submitted” at its top. If your agency has no record of the child, brothers or sisters, or carers, choose “Not known to us”. If you cannot fill it in, choose “Declined” and say why.",
    "Save the workbook as .xlsx under any name, and send it back by a secure route. You can correct it and send it again. Do not rename, add or take out sheets, rows or columns, and do not put a password on it.",
];

/// Who reads it.
const READERS: [&str; 2] = [
    "The business office of the partnership and the chair of the audit’s panel. The panel sees your answers beside those of the other agencies. No other agency is sent this workbook.",
    "What is published holds counts only, small numbers are hidden, and no case can be told from it.",
];

/// The labels of the identity, in order.
const LABELS: [&str; 8] = [
    "Document",
    "Format",
    "Workbook",
    "Partnership id",
    "Audit id",
    "Agency code",
    "Tool version",
    "Made",
];
const DOCUMENT: &str = "Goldthread return";

/// How a row looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The title.
    Title,
    /// A heading.
    Heading,
    /// A label and what it says.
    Plain,
    /// Part of the identity, small and grey.
    Small,
}

/// One row: what stands in its columns.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) look: Look,
    pub(super) cells: [String; COLUMNS as usize],
}

fn row(look: Look, cells: [&str; 3]) -> Row {
    Row {
        look,
        cells: cells.map(str::to_owned),
    }
}

/// The row in which the identity begins, from 0.
const fn identity_row() -> usize {
    OVERVIEW + 1 + HELP.len() + 2 + READERS.len() + 2
}
/// Rows before the heading over the help.
const OVERVIEW: usize = 13;

/// Every row of the sheet.
pub(super) fn rows(
    identity: &Identity,
    cover: &Cover,
    tool: &Tool,
    sheets: &[SheetOf],
) -> Vec<Row> {
    let mut rows = overview(cover, tool, sheets.len());
    rows.push(row(Look::Heading, ["How to fill it in", "", ""]));
    for (at, line) in HELP.iter().enumerate() {
        rows.push(row(Look::Plain, [&format!("{}.", at + 1), line, ""]));
    }
    rows.push(row(Look::Plain, [""; 3]));
    rows.push(row(Look::Heading, ["Who reads it", "", ""]));
    rows.extend(READERS.map(|line| row(Look::Plain, ["", line, ""])));
    rows.push(row(Look::Plain, [""; 3]));
    rows.push(row(
        Look::Heading,
        ["What this workbook is (leave as it is)", "", ""],
    ));
    let values = values(identity);
    for (label, value) in LABELS.iter().zip(&values) {
        rows.push(row(Look::Small, [label, value, ""]));
    }
    rows.push(row(Look::Plain, [""; 3]));
    rows.push(row(Look::Heading, ["Its sheets", "", ""]));
    rows.push(row(Look::Small, ["Sheet", "Case", "Case id"]));
    for sheet in sheets {
        let id = sheet.case.to_string();
        rows.push(row(Look::Small, [&sheet.sheet, &sheet.reference, &id]));
    }
    rows
}

fn overview(cover: &Cover, tool: &Tool, cases: usize) -> Vec<Row> {
    let due = cover.due.map(written_date);
    let due = due.as_deref().unwrap_or("no date is set");
    let tool = format!("{}, version {}", tool.title, tool.version);
    let invented = match cover.worked_example {
        true => "Worked example: every case in it is invented.",
        false => "",
    };
    let says = [
        ("Partnership", cover.partnership.as_str()),
        ("Audit", &cover.audit),
        ("Agency", &cover.agency),
        ("Tool", &tool),
        ("Due back", due),
        ("Cases", &cases.to_string()),
    ];
    let mut rows = vec![
        row(
            Look::Title,
            [&format!("Return for “{}”", cover.audit), "", ""],
        ),
        row(Look::Plain, ["", invented, ""]),
        row(Look::Plain, [""; 3]),
    ];
    rows.extend(says.map(|(label, says)| row(Look::Plain, [label, says, ""])));
    rows.push(row(Look::Plain, [""; 3]));
    let [first, second] = covering_page(&cover.text);
    let label = if first.is_empty() {
        ""
    } else {
        "To read first"
    };
    rows.push(row(Look::Plain, [label, &first, ""]));
    rows.push(row(Look::Plain, ["", &second, ""]));
    rows.push(row(Look::Plain, [""; 3]));
    rows
}

/// The covering page in two cells: a row can only be so high, and its longest text takes more.
fn covering_page(text: &str) -> [String; 2] {
    const LONG: usize = 2_000;
    let text = plain(text);
    if text.chars().count() <= LONG {
        return [text, String::new()];
    }
    let middle = text
        .char_indices()
        .nth(LONG)
        .map_or(text.len(), |(at, _)| at);
    let (first, _) = text.split_at(middle);
    let end = first.rfind('\n').or_else(|| first.rfind(' '));
    let (first, second) = text.split_at(end.unwrap_or(middle));
    [first.to_owned(), second.trim_start().to_owned()]
}

fn values(identity: &Identity) -> [String; LABELS.len()] {
    [
        DOCUMENT.into(),
        FORMAT.into(),
        identity.workbook.to_string(),
        identity.partnership.to_string(),
        identity.audit.to_string(),
        identity.agency.clone(),
        identity.tool.clone(),
        written_instant(identity.made),
    ]
}

/// The names of the partnership and of the audit.
pub(super) fn names(cells: &Cells) -> [String; 2] {
    let row = |row| cells.get(&(row, 1)).map(in_words).unwrap_or_default();
    [row(3), row(4)]
}

/// Whether this is the first sheet of a return, and if so of which version of the format.
pub(super) fn format(cells: &Cells) -> Option<String> {
    let format = cells.get(&place(1, 1)).map(in_words)?;
    format.starts_with(ANY_FORMAT).then_some(format)
}

/// The cell of the identity in this row of it and this column.
fn place(at: usize, column: u16) -> (u32, u16) {
    ((identity_row() + at) as u32, column)
}

/// The cell that names the tool.
pub(super) const fn tool_place() -> (u32, u16) {
    (identity_row() as u32 + 6, 1)
}

/// Reads the identity.
///
/// # Errors
/// Which of its cells were changed.
pub(super) fn identity(cells: &Cells) -> Result<Identity, Vec<CellProblem>> {
    let mut problems = Vec::new();
    for (at, label) in LABELS.iter().enumerate() {
        let held = cells.get(&place(at, 0)).map(in_words).unwrap_or_default();
        if folded(&held) != folded(label) {
            problems.push(changed(at, 0));
        }
    }
    let words = |at: usize| cells.get(&place(at, 1)).map(in_words).unwrap_or_default();
    let id = |at: usize| words(at).parse::<RecordId>().ok();
    let made = words(7).parse::<DateTime<Utc>>().ok();
    let parts = id(2).zip(id(3)).zip(id(4)).zip(made);
    let read = [
        true,
        true,
        id(2).is_some(),
        id(3).is_some(),
        id(4).is_some(),
        true,
        true,
        made.is_some(),
    ];
    let wrong = read.iter().enumerate().filter(|(_, read)| !**read);
    problems.extend(wrong.map(|(at, _)| changed(at, 1)));
    match parts {
        Some((((workbook, partnership), audit), made)) if problems.is_empty() => Ok(Identity {
            workbook,
            partnership,
            audit,
            agency: words(5),
            tool: words(6),
            made,
        }),
        _ => Err(problems),
    }
}

fn changed(at: usize, column: u16) -> CellProblem {
    let what = LABELS.get(at).copied().unwrap_or_default();
    let message = format!(
        "what the workbook is (“{what}”) was changed; take the workbook as it was sent out and copy the answers over"
    );
    CellProblem::at(NAME, place(at, column), message)
}

/// The row of the first sheet in the table of sheets.
const fn sheets_row() -> usize {
    identity_row() + LABELS.len() + 3
}

/// Reads which case stands on which sheet; what is wrong there goes to `problems`.
pub(super) fn sheets(cells: &Cells, problems: &mut Vec<CellProblem>) -> Vec<SheetOf> {
    let mut sheets = Vec::new();
    let (mut names, mut cases) = (BTreeSet::new(), BTreeSet::new());
    for at in sheets_row().. {
        let place = |column| (at as u32, column);
        let words = |column| cells.get(&place(column)).map(in_words);
        let (sheet, reference, case) = (words(0), words(1), words(2));
        if sheet.is_none() && reference.is_none() && case.is_none() {
            break;
        }
        match (sheet, reference, case.and_then(|case| case.parse().ok())) {
            (Some(sheet), Some(reference), Some(case))
                if names.insert(sheet.clone()) && cases.insert(case) =>
            {
                sheets.push(SheetOf {
                    sheet,
                    reference,
                    case,
                });
            }
            _ => problems.push(CellProblem::at(NAME, place(2), "the list of the sheets was changed; take the workbook as it was sent out and copy the answers over")),
        }
    }
    sheets
}

/// Anything in a cell where nothing belongs: it would be lost.
pub(super) fn strays(cells: &Cells, sheets: usize) -> Vec<CellProblem> {
    let last = (sheets_row() + sheets) as u32;
    let stray = cells.iter().filter(|((row, column), held)| {
        let known = *row < last && *column < COLUMNS;
        !known || matches!(held, Held::Other(_))
    });
    let message = "nothing belongs in this cell and it would be lost; take it out, or send it in a letter beside the return";
    stray
        .map(|(place, _)| CellProblem::at(NAME, *place, message))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::Catalogue;

    fn identity_made() -> Identity {
        Identity {
            workbook: RecordId::fresh(),
            partnership: RecordId::fresh(),
            audit: RecordId::fresh(),
            agency: "GP".into(),
            tool: "neglect@1".into(),
            made: "2026-11-05T09:30:00Z".parse().unwrap(),
        }
    }

    fn as_cells(rows: &[Row]) -> Cells {
        let rows = rows.iter().zip(0_u32..);
        let cells = rows.flat_map(|(row, at)| {
            let cells = row.cells.iter().zip(0_u16..);
            cells.map(move |(text, column)| ((at, column), Held::Text(text.clone())))
        });
        cells
            .filter(|(_, held)| *held != Held::Text(String::new()))
            .collect()
    }

    #[test]
    fn what_the_first_sheet_says_is_read_back() {
        let catalogue = Catalogue::built_in().unwrap();
        let tool = catalogue.tool("neglect").unwrap();
        let made = identity_made();
        let sheets_made: Vec<_> = ["NEG20-01", "NEG20-02"]
            .map(|reference| SheetOf {
                sheet: reference.into(),
                reference: reference.into(),
                case: RecordId::fresh(),
            })
            .into();
        let cells = as_cells(&rows(&made, &Cover::default(), tool, &sheets_made));
        assert_eq!(format(&cells).as_deref(), Some(FORMAT));
        assert_eq!(identity(&cells), Ok(made));
        let mut problems = strays(&cells, 2);
        assert_eq!(sheets(&cells, &mut problems), sheets_made);
        assert_eq!(problems, []);
    }

    #[test]
    fn a_changed_identity_is_told_cell_by_cell() {
        let catalogue = Catalogue::built_in().unwrap();
        let tool = catalogue.tool("neglect").unwrap();
        let mut cells = as_cells(&rows(&identity_made(), &Cover::default(), tool, &[]));
        cells.insert(place(2, 1), Held::Text("mine".into()));
        cells.insert(place(7, 0), Held::Text("Baked".into()));
        cells.insert((200, 9), Held::Text("see my letter".into()));
        let problems = identity(&cells).unwrap_err();
        let places: Vec<_> = problems.iter().filter_map(|one| one.place).collect();
        assert_eq!(places, [place(7, 0), place(2, 1)]);
        assert_eq!(strays(&cells, 0).len(), 1);
    }

    #[test]
    fn a_long_covering_page_takes_two_cells_and_loses_no_word() {
        let long = ["Words to read."; 200].join(" ");
        for (text, in_second) in [
            ("", false),
            ("Short.\r\nBut two lines.", false),
            (&long, true),
        ] {
            let [first, second] = covering_page(text);
            assert_eq!(!second.is_empty(), in_second);
            let words = |text: &str| {
                text.split_whitespace()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            assert_eq!(words(&format!("{first} {second}")), words(text));
        }
    }
}
