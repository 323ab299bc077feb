//! `goldthread/bmg/1`: the report as the business management group's JSON.

use serde::Serialize;

use super::Result;
use super::report::{Report, report};
use crate::analysis::Facts;
use crate::domain::catalogue::Catalogue;
use crate::domain::register::Register;

pub use super::report::ReportRequest as BmgRequest;

/// Name and version of the format.
pub const SCHEMA: &str = "goldthread/bmg/1";

/// The file. The order of the fields is the order in which they are written.
#[derive(Clone, Debug, Serialize)]
pub struct BmgFile {
    schema: &'static str,
    #[serde(flatten)]
    report: Report,
}

impl BmgFile {
    /// The file of a report.
    pub fn of(report: Report) -> Self {
        Self {
            schema: SCHEMA,
            report,
        }
    }

    /// Its text.
    pub fn text(&self) -> String {
        // Plain structs with text keys: writing them cannot fail.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// How many audits it holds.
    pub fn audits(&self) -> usize {
        self.report.audits()
    }
}

/// Makes the export.
///
/// # Errors
/// As [`report`].
pub fn bmg_file(
    register: &Register,
    catalogue: &Catalogue,
    facts: &Facts,
    request: &BmgRequest<'_>,
) -> Result<BmgFile> {
    Ok(BmgFile::of(report(register, catalogue, facts, request)?))
}
