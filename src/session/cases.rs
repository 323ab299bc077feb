//! Lists of cases for a new audit, typed, pasted or from a file.

use std::collections::BTreeSet;
use std::path::Path;

use super::command::NewCase;
use super::error::Result;
use super::jobs::case_list;
use crate::exchange::case_csv::{CaseList, ListedCase, read_cases};

/// Cases in order, and what is wrong with the other rows, row by row.
pub type Listed = (Vec<NewCase>, Vec<String>);

/// Reads a typed or pasted list. `known` are the cases listed already.
pub fn read_list(text: &str, known: &[NewCase]) -> Listed {
    taken(read_cases(text.as_bytes(), &references(known)))
}

/// Reads a list from a file.
///
/// # Errors
/// When the file cannot be read.
pub fn read_list_file(path: &Path, known: &[NewCase]) -> Result<Listed> {
    case_list(path, &references(known)).map(taken)
}

fn references(cases: &[NewCase]) -> BTreeSet<String> {
    cases.iter().map(|case| case.reference.clone()).collect()
}

fn taken(list: CaseList) -> Listed {
    let case = |case: ListedCase| NewCase {
        reference: case.reference,
        age_band: case.age_band,
        sex: case.sex,
        ethnicity: case.ethnicity,
        plan: case.plan,
        same_as: None,
    };
    let problems = list.problems.iter().map(ToString::to_string).collect();
    (list.cases.into_iter().map(case).collect(), problems)
}
