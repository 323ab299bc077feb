//! The columns of a list, by their headings or by their order.

use super::CaseList;

/// The columns a list may have, with the headings understood for each. Without a heading the
/// columns are taken in this order.
const COLUMNS: [(Column, &[&str]); 6] = [
    (
        Column::Reference,
        &["ref", "reference", "case", "case ref", "case reference"],
    ),
    (Column::AgeBand, &["age band", "age", "age group"]),
    (Column::Sex, &["sex"]),
    (
        Column::Ethnicity,
        &["ethnicity", "ethnicity group", "ethnic group"],
    ),
    (Column::Plan, &["plan", "plan type"]),
    (
        Column::SameAs,
        &[
            "same as",
            "same child as",
            "earlier ref",
            "earlier reference",
        ],
    ),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Reference,
    AgeBand,
    Sex,
    Ethnicity,
    Plan,
    SameAs,
}

/// A heading or a choice as it is compared: case, spaces and signs do not matter.
pub(super) fn plain(text: &str) -> String {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

fn column(heading: &str) -> Option<Column> {
    let heading = plain(heading);
    let mut columns = COLUMNS.iter();
    columns
        .find(|(_, names)| names.contains(&heading.as_str()))
        .map(|(column, _)| *column)
}

/// A first row is a heading when one of its cells is the heading of the references.
pub(super) fn is_heading(cells: &[String]) -> bool {
    cells
        .iter()
        .any(|cell| column(cell) == Some(Column::Reference))
}

/// The columns in the order of a heading's cells; nothing for a cell that names none.
pub(super) fn named(row: u64, cells: &[String], list: &mut CaseList) -> Vec<Option<Column>> {
    let mut columns: Vec<Option<Column>> = Vec::new();
    for cell in cells {
        let found = column(cell);
        if found.is_none() && !cell.is_empty() {
            let message = format!(
                "the column “{cell}” is not one of ref, age_band, sex, ethnicity, plan, same_as; nothing of it was read"
            );
            list.say(row, message);
        }
        if found.is_some() && columns.contains(&found) {
            list.say(row, format!("the column “{cell}” is there twice"));
            columns.push(None);
        } else {
            columns.push(found);
        }
    }
    columns
}

/// The columns of a list without a heading.
pub(super) fn usual() -> Vec<Option<Column>> {
    COLUMNS.iter().map(|(column, _)| Some(*column)).collect()
}
