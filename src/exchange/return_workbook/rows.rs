//! Whether the rows of a case sheet stand where they stood when it was sent out.

use std::collections::BTreeMap;

use super::cells::{Cells, Held};
use super::layout::{FIRST_ROW, HEAD_ROW, HEADINGS, HELP_ROW, Line, TITLE_ROW, column};
use super::problem::CellProblem;
use super::text::folded;
use super::words::{code, words};
use crate::domain::tool::Tool;

/// Where each row of a sheet is found, by its id.
pub(super) type Places = BTreeMap<String, u32>;

/// Whether the columns are as they were sent out.
pub(super) fn check_columns(sheet: &str, cells: &Cells) -> Vec<CellProblem> {
    let headings = HEADINGS.iter().zip(0_u16..);
    let wrong = headings.filter(|(heading, at)| text(cells, (HEAD_ROW, *at)) != folded(heading));
    let problem = |(heading, at): (&&str, u16)| {
        let message = format!("the column heading “{heading}” was changed or moved; put it back");
        CellProblem::at(sheet, (HEAD_ROW, at), message)
    };
    wrong.map(problem).collect()
}

/// Finds the row of each line by its id, and tells which were moved, taken out or put in.
pub(super) fn find(sheet: &str, cells: &Cells, lines: &[Line<'_>]) -> (Places, Vec<CellProblem>) {
    let mut problems = Vec::new();
    let mut places = Places::new();
    let expected: Vec<String> = lines.iter().map(|line| line.id()).collect();
    let known: BTreeMap<String, &String> = expected.iter().map(|id| (folded(id), id)).collect();
    let ids = cells
        .iter()
        .filter(|((row, at), _)| *at == column::ID && *row >= FIRST_ROW);
    for ((row, at), held) in ids {
        let id = in_words(held);
        match known.get(&folded(&id)).copied() {
            None => {
                let message = format!("the row “{id}” is not of this return; take it out");
                problems.push(CellProblem::at(sheet, (*row, *at), message));
            }
            Some(known) => {
                if let Some(first) = places.insert(known.clone(), *row) {
                    let first = first + 1;
                    let message = format!(
                        "the row “{known}” stands here and in row {first}; take one of them out"
                    );
                    problems.push(CellProblem::at(sheet, (*row, *at), message));
                }
            }
        }
    }
    problems.extend(missing(sheet, &places, &expected));
    problems.extend(moved(sheet, &places, &expected));
    (places, problems)
}

fn missing(sheet: &str, places: &Places, expected: &[String]) -> Vec<CellProblem> {
    let rows = expected.iter().zip(FIRST_ROW..);
    let missing = rows.filter(|(id, _)| !places.contains_key(*id));
    let problem = |(id, row): (&String, u32)| {
        let message = format!("the row “{id}” is missing, or its id was changed; it belongs here");
        CellProblem::at(sheet, (row, column::ID), message)
    };
    missing.map(problem).collect()
}

/// Rows that stand in another order; where the order is right, the first row that stands too high
/// or too low, because a row was put in above it.
fn moved(sheet: &str, places: &Places, expected: &[String]) -> Vec<CellProblem> {
    let found: Vec<(&String, u32, u32)> = expected
        .iter()
        .zip(FIRST_ROW..)
        .filter_map(|(id, wanted)| Some((id, wanted, *places.get(id)?)))
        .collect();
    let keeps_order = in_order(&found.iter().map(|(_, _, row)| *row).collect::<Vec<_>>());
    let mut problems = Vec::new();
    for ((id, wanted, row), keeps) in found.iter().zip(&keeps_order) {
        if !keeps {
            let wanted = wanted + 1;
            let message = format!("the row “{id}” was moved here; it belongs in row {wanted}");
            problems.push(CellProblem::at(sheet, (*row, column::ID), message));
        }
    }
    let complete = found.len() == expected.len();
    if problems.is_empty()
        && complete
        && let Some((id, wanted, row)) = found.iter().find(|(_, wanted, row)| wanted != row)
    {
        let (row, wanted) = (row + 1, wanted + 1);
        let message = format!(
            "a row was put in or taken out above: “{id}” stands in row {row} and belongs in row {wanted}"
        );
        problems.push(CellProblem::at(sheet, (row - 1, column::ID), message));
    }
    problems
}

/// Which of the numbers are part of a longest rising run through them: the others were moved.
fn in_order(numbers: &[u32]) -> Vec<bool> {
    // `longest[i]`: how long the longest rising run that ends with number i is, and what is before.
    let mut longest: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let before = (0..at).filter(|before| numbers[*before] < *number);
        let best = before.max_by_key(|before| (longest[*before].0, std::cmp::Reverse(*before)));
        longest.push((best.map_or(1, |best| longest[best].0 + 1), best));
    }
    let mut keeps = vec![false; numbers.len()];
    let mut last = (0..numbers.len()).max_by_key(|at| longest[*at].0);
    while let Some(at) = last {
        keeps[at] = true;
        last = longest[at].1;
    }
    keeps
}

/// Whether each row found asks what it asked when it was sent out.
pub(super) fn check_words(
    sheet: &str,
    cells: &Cells,
    places: &Places,
    tool: &Tool,
    lines: &[Line<'_>],
) -> Vec<CellProblem> {
    let mut problems = Vec::new();
    for line in lines {
        let Some(row) = places.get(&line.id()) else {
            continue;
        };
        let asked = [
            (column::CODE, "code", code(*line)),
            (column::WORDS, "question", words(tool, *line)),
        ];
        for (at, what, wanted) in asked {
            if text(cells, (*row, at)) != folded(&wanted) {
                let message = format!(
                    "the {what} was changed; it was “{}”",
                    folded_spaces(&wanted)
                );
                problems.push(CellProblem::at(sheet, (*row, at), message));
            }
        }
    }
    problems
}

fn folded_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Anything in a cell where nothing belongs: it would be lost.
pub(super) fn check_strays(
    sheet: &str,
    cells: &Cells,
    places: &Places,
    lines: &[Line<'_>],
) -> Vec<CellProblem> {
    let by_row: BTreeMap<u32, &Line<'_>> = lines
        .iter()
        .filter_map(|line| Some((*places.get(&line.id())?, line)))
        .collect();
    let stray = cells.keys().filter(|(row, at)| {
        match *row {
            TITLE_ROW => return ![column::CODE, column::ID, column::VERSION].contains(at),
            HELP_ROW => return *at != column::CODE,
            HEAD_ROW => return *at >= column::COUNT,
            _ => (),
        }
        match by_row.get(row) {
            Some(line) => {
                let given = [column::CODE, column::WORDS, column::ID, column::VERSION];
                !given.contains(at) && !line.is_open(*at)
            }
            // A row that is not of this return is told once, by its id.
            None => !cells.contains_key(&(*row, column::ID)),
        }
    });
    let message = "nothing belongs in this cell and it would be lost; move it into a note of the question it is about";
    let problem = |place: &(u32, u16)| CellProblem::at(sheet, *place, message);
    stray.map(problem).collect()
}

/// What a locked cell holds, folded; empty where it holds nothing.
fn text(cells: &Cells, place: (u32, u16)) -> String {
    cells
        .get(&place)
        .map(in_words)
        .map_or_else(String::new, |text| folded(&text))
}

/// What a cell holds in words, as far as ids and headings need it.
pub(super) fn in_words(held: &Held) -> String {
    match held {
        Held::Text(text) => text.trim().to_owned(),
        Held::Number(number) => number.to_string(),
        Held::Moment(moment) => moment.to_string(),
        Held::Other(what) => (*what).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_rows_are_said_to_be_moved() {
        let cases: [(&[u32], &[bool]); 5] = [
            (&[], &[]),
            (&[3, 4, 5], &[true, true, true]),
            // The first was moved to the end.
            (&[9, 4, 5, 6], &[false, true, true, true]),
            // The last was moved to the top.
            (&[4, 5, 6, 3], &[true, true, true, false]),
            (&[3, 6, 4, 5, 7], &[true, false, true, true, true]),
        ];
        for (rows, keeps) in cases {
            assert_eq!(in_order(rows), keeps, "{rows:?}");
        }
    }
}
