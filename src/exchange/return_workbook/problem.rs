//! What is wrong with a workbook, by sheet and cell.

use std::fmt;

use crate::domain::plain::told;

/// How many problems are told at once.
const MOST: usize = 200;

/// One thing in a workbook that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellProblem {
    /// The sheet, by the name it has in the workbook.
    pub sheet: String,
    /// The cell, by row and column from 0; absent where it is about the whole sheet.
    pub place: Option<(u32, u16)>,
    /// What is wrong and what to do.
    pub message: String,
}

impl CellProblem {
    /// About a whole sheet.
    pub(super) fn of_sheet(sheet: &str, message: impl Into<String>) -> Self {
        Self {
            sheet: told(sheet),
            place: None,
            message: told(&message.into()),
        }
    }

    /// About one cell, by row and column from 0.
    pub(super) fn at(sheet: &str, place: (u32, u16), message: impl Into<String>) -> Self {
        Self {
            place: Some(place),
            ..Self::of_sheet(sheet, message)
        }
    }

    /// The cell's name, such as C12.
    pub fn cell(&self) -> Option<String> {
        self.place.map(cell_name)
    }
}

impl fmt::Display for CellProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sheet, message, .. } = self;
        match self.cell() {
            None => write!(f, "sheet “{sheet}”: {message}"),
            Some(cell) => write!(f, "sheet “{sheet}”, cell {cell}: {message}"),
        }
    }
}

/// The name of a cell, such as C12, by row and column from 0.
fn cell_name((row, column): (u32, u16)) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// The name of a column, such as C or AB, counted from 0.
fn column_name(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Everything wrong with a workbook, at most two hundred problems of it. `Display` is one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadWorkbook {
    /// The problems, sheet by sheet.
    pub problems: Vec<CellProblem>,
    /// Whether there are more than told.
    pub more: bool,
}

impl From<Vec<CellProblem>> for BadWorkbook {
    fn from(mut problems: Vec<CellProblem>) -> Self {
        let more = problems.len() > MOST;
        problems.truncate(MOST);
        Self { problems, more }
    }
}

impl fmt::Display for BadWorkbook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problems.as_slice() {
            [only] => write!(f, "{only}; nothing of it was merged."),
            problems => {
                let over = if self.more { "more than " } else { "" };
                write!(
                    f,
                    "{over}{} problems, and nothing of it was merged.",
                    problems.len()
                )?;
                problems
                    .first()
                    .map_or(Ok(()), |first| write!(f, " The first: {first}."))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_the_program_names_them() {
        let cases = [
            ((0, 0), "A1"),
            ((11, 2), "C12"),
            ((0, 25), "Z1"),
            ((0, 26), "AA1"),
            ((9, 701), "ZZ10"),
            ((1_048_575, 16_383), "XFD1048576"),
        ];
        for (place, name) in cases {
            assert_eq!(cell_name(place), name);
        }
    }

    #[test]
    fn one_problem_is_told_whole_and_many_by_count() {
        let problem = || CellProblem::at("NEG20-07", (11, 2), "this is not a date");
        let one = BadWorkbook::from(vec![problem()]).to_string();
        assert_eq!(
            one,
            "sheet “NEG20-07”, cell C12: this is not a date; nothing of it was merged."
        );
        let many = BadWorkbook::from(vec![problem(); MOST + 1]);
        assert_eq!(many.problems.len(), MOST);
        assert!(many.to_string().starts_with("more than 200 problems"));
    }
}
