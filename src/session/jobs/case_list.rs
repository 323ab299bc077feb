//! Reads a list of cases from a file, for an audit that is being set up.

use std::path::Path;

use crate::exchange::case_csv::{CaseList, ListedFor, read_cases};
use crate::exchange::file;
use crate::session::error::Result;

/// The cases of the list at `path` for an audit, and what is wrong with its rows.
///
/// # Errors
/// When the file cannot be read at all.
pub fn case_list(path: &Path, audit: &ListedFor) -> Result<CaseList> {
    Ok(read_cases(&file::read_bytes(path)?, audit))
}
