//! Lists of cases for a new audit, typed, pasted or from a file.

use std::path::Path;

use super::command::{NewAudit, NewCase};
use super::error::Result;
use super::jobs::case_list;
use crate::domain::register::Register;
use crate::exchange::case_csv::{CaseList, ListedCase, ListedFor, read_cases};

/// Cases in order, and what is wrong with the other rows, row by row.
pub type Listed = (Vec<NewCase>, Vec<String>);

/// Reads a typed or pasted list for an audit that is being set up.
pub fn read_list(text: &str, register: &Register, audit: &NewAudit) -> Listed {
    taken(read_cases(text.as_bytes(), &listed_for(register, audit)))
}

/// Reads a list from a file.
///
/// # Errors
/// When the file cannot be read.
pub fn read_list_file(path: &Path, register: &Register, audit: &NewAudit) -> Result<Listed> {
    case_list(path, &listed_for(register, audit)).map(taken)
}

fn listed_for(register: &Register, audit: &NewAudit) -> ListedFor {
    let cases = || audit.cases.iter();
    let earlier = audit.re_audit_of.map(|first| {
        let read = register.cases_of(first).into_iter();
        read.map(|(_, case)| case.reference.clone()).collect()
    });
    ListedFor {
        references: cases().map(|case| case.reference.clone()).collect(),
        earlier,
        named: cases().filter_map(|case| case.same_as.clone()).collect(),
    }
}

fn taken(list: CaseList) -> Listed {
    let case = |case: ListedCase| NewCase {
        reference: case.reference,
        age_band: case.age_band,
        sex: case.sex,
        ethnicity: case.ethnicity,
        plan: case.plan,
        same_as: case.same_as,
    };
    let problems = list.problems.iter().map(ToString::to_string).collect();
    (list.cases.into_iter().map(case).collect(), problems)
}
