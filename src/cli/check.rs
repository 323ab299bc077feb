//! `goldthread check FILE`

use std::io::Write;
use std::path::PathBuf;

use serde_json::json;

use super::failure::Failure;
use super::place::Place;
use super::words::counted;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The file.
    file: PathBuf,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
    /// Rebuild how things stand from the history first, after a copy was kept.
    #[arg(long)]
    repair: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if arguments.repair {
        repair(arguments, place, out)?;
    }
    let faults = place.open_to_read(&arguments.file).and_then(|document| {
        let faults = document.store().check()?;
        Ok(faults.iter().map(ToString::to_string).collect::<Vec<_>>())
    });
    if arguments.json {
        let told = match &faults {
            Ok(faults) => faults.clone(),
            Err(Failure::Refused(why)) => vec![why.clone()],
            Err(_) => Vec::new(),
        };
        let whole = matches!(&faults, Ok(faults) if faults.is_empty());
        let file = arguments.file.display().to_string();
        writeln!(
            out,
            "{:#}",
            json!({"file": file, "whole": whole, "faults": told})
        )?;
    }
    let faults = faults?;
    if faults.is_empty() {
        if !arguments.json {
            writeln!(out, "{} is whole.", arguments.file.display())?;
        }
        return Ok(());
    }
    if !arguments.json {
        for fault in &faults {
            writeln!(out, "{fault}")?;
        }
    }
    Err(Failure::Refused(format!(
        "{} is damaged: {} found. Go back to the last backup.",
        arguments.file.display(),
        counted(faults.len(), "fault")
    )))
}

/// Rebuilds the heads and says in counts what that did.
fn repair(arguments: &Arguments, place: &Place, out: &mut dyn Write) -> Result<(), Failure> {
    let mut document = place.open(&arguments.file)?;
    let copy = document.store().keep_copy("before-repair")?;
    let repaired = document.repair()?;
    if !arguments.json {
        writeln!(
            out,
            "Rebuilt from the history: {} put right, {} put right. The file as it was before is {}.",
            counted(repaired.heads, "record"),
            counted(repaired.rows, "row"),
            copy.display()
        )?;
    }
    Ok(())
}
