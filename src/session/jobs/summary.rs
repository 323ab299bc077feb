//! Sums up a document.

use std::sync::atomic::AtomicBool;

use super::{Progress, Watch};
use crate::analysis::Basis;
use crate::analysis::several::PartnershipThemes;
use crate::domain::id::RecordId;
use crate::exchange::summary_json::{SummaryFile, summary_file};
use crate::session::document::Document;
use crate::session::error::Result;

/// The summary of one audit, or of all; with `others`, the themes of other partnerships.
///
/// # Errors
/// When the file cannot be read, or the job was cancelled.
pub fn summary(
    document: &Document,
    only: Option<RecordId>,
    basis: Basis,
    others: &[PartnershipThemes],
    report: &mut dyn FnMut(Progress),
    cancel: &AtomicBool,
) -> Result<SummaryFile> {
    let facts = super::facts::read(document, &mut Watch { report, cancel })?;
    let (register, catalogue) = (document.register(), document.catalogue());
    Ok(summary_file(
        register, catalogue, &facts, only, basis, others,
    ))
}
