//! What the sheets of a workbook are called.

use super::write::LISTS;
use super::{CaseSheet, SheetOf, about};

/// The longest name a sheet may have.
const LONGEST_NAME: usize = 31;

/// A name for the sheet of each case: its reference, as far as a sheet may be called so.
pub(super) fn named(sheets: &[CaseSheet]) -> Vec<SheetOf> {
    let mut named: Vec<SheetOf> = Vec::new();
    for sheet in sheets {
        let allowed = sheet
            .reference
            .replace(['[', ']', ':', '*', '?', '/', '\\'], "-");
        let allowed = allowed.trim_matches('\'').to_owned();
        let taken = |name: &str| {
            let others = named.iter().map(|other| other.sheet.as_str());
            let mut others = others.chain([about::NAME, LISTS, "History"]);
            others.any(|other| other.eq_ignore_ascii_case(name))
        };
        let mut name: String = allowed.chars().take(LONGEST_NAME).collect();
        let mut number = 1;
        while name.is_empty() || taken(&name) {
            number += 1;
            let tail = format!(" ({number})");
            let room = LONGEST_NAME - tail.len();
            name = allowed.chars().take(room).collect::<String>() + &tail;
        }
        named.push(SheetOf {
            sheet: name,
            reference: sheet.reference.clone(),
            case: sheet.case,
        });
    }
    named
}
