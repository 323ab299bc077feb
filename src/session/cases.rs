//! Lists of cases for a new audit, typed, pasted or from a file.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::command::NewCase;
use crate::exchange::case_csv::{CaseList, ListedCase, read_cases};

/// Largest list that is read (1 MiB): thousands of cases.
const LARGEST: u64 = 1 << 20;

/// Reads a typed or pasted list. `known` are the cases listed already. The second part says what
/// is wrong, row by row.
pub fn read_list(text: &str, known: &[NewCase]) -> (Vec<NewCase>, Vec<String>) {
    let known: BTreeSet<String> = known.iter().map(|case| case.reference.clone()).collect();
    taken(read_cases(text.as_bytes(), &known))
}

/// Reads a list from a file.
///
/// # Errors
/// The sentence for the person, when the file cannot be read.
pub fn read_list_file(path: &Path) -> Result<(Vec<NewCase>, Vec<String>), String> {
    let unreadable = |error| format!("{} could not be read: {error}.", path.display());
    if fs::metadata(path).map_err(unreadable)?.len() > LARGEST {
        return Err(format!(
            "{} is too large to be a list of cases; nothing was taken.",
            path.display()
        ));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    Ok(taken(read_cases(&bytes, &BTreeSet::new())))
}

fn taken(list: CaseList) -> (Vec<NewCase>, Vec<String>) {
    let case = |case: ListedCase| NewCase {
        reference: case.reference,
        age_band: case.age_band,
        sex: case.sex,
        ethnicity: case.ethnicity,
        plan: case.plan,
    };
    let problems = list.problems.iter().map(ToString::to_string).collect();
    (list.cases.into_iter().map(case).collect(), problems)
}
