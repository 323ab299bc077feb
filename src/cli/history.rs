//! `goldthread history FILE RECORD`

use std::io::Write;
use std::path::PathBuf;

use super::failure::Failure;
use super::place::Place;
use crate::session::history::{find, story};

/// Arguments of `history`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The register.
    file: PathBuf,
    /// Id of the record, title of an audit, or words such as "NEG20-03", "NEG20-03 GP C07",
    /// "NEG20-03 panel C07", "finding 2 of Neglect 2019".
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
    let register = document.register();
    let record = find(register, name).ok_or_else(none)?;
    let entries = document.store().history(record)?;
    if entries.is_empty() {
        return Err(none());
    }
    let story = story(&entries, register, document.catalogue());
    writeln!(out, "{} ({record})", story.title)?;
    for step in story.steps {
        writeln!(out, "\n{}  {}", step.when, step.who)?;
        if let Some(reason) = &step.reason {
            writeln!(out, "  because: {reason}")?;
        }
        for mark in &step.marks {
            writeln!(out, "  {mark}")?;
        }
        for change in &step.changes {
            writeln!(out, "  {change}")?;
        }
    }
    Ok(())
}
