//! `goldthread history FILE RECORD`

use std::io::Write;
use std::path::PathBuf;

use super::failure::Failure;
use super::place::Place;
use crate::domain::id::RecordId;
use crate::session::history::steps;

/// Arguments of `history`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The register.
    file: PathBuf,
    /// Id of the record.
    record: String,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let name = &arguments.record;
    let none = || Failure::Refused(format!("There is no record “{name}” in this file."));
    let document = place.open_to_read(&arguments.file)?;
    let by_title = || document.register().find_audit(name);
    let record: RecordId = name.parse().ok().or_else(by_title).ok_or_else(none)?;
    let entries = document.store().history(record)?;
    let kind = entries.first().map(|entry| entry.kind.replace('_', " "));
    writeln!(out, "{} {record}", kind.ok_or_else(none)?)?;
    for step in steps(&entries, document.register()) {
        writeln!(out, "\n{}  {}", step.when, step.who)?;
        if let Some(reason) = &step.reason {
            writeln!(out, "  because: {reason}")?;
        }
        for change in &step.changes {
            writeln!(out, "  {change}")?;
        }
    }
    Ok(())
}
