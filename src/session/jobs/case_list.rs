//! Reads a list of cases from a file, for an audit that is being set up.

use std::collections::BTreeSet;
use std::path::Path;

use crate::exchange::case_csv::{CaseList, read_cases};
use crate::exchange::file;
use crate::session::error::Result;

/// The cases of the list at `path`, and what is wrong with its rows; `existing` are the references
/// that the audit has already.
///
/// # Errors
/// When the file cannot be read at all.
pub fn case_list(path: &Path, existing: &BTreeSet<String>) -> Result<CaseList> {
    Ok(read_cases(&file::read_bytes(path)?, existing))
}
