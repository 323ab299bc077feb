//! `goldthread check FILE`

use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::failure::Failure;
use super::place::Place;
use super::words::counted;
use crate::store::{CopyBeside, Relation};

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
    let mut beside = Vec::new();
    let faults = place.open_to_read(&arguments.file).and_then(|document| {
        let faults = document.store().check()?;
        beside = document.store().copies_beside(&[]);
        beside.retain(CopyBeside::is_news);
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
            json!({
                "file": file,
                "whole": whole,
                "faults": told,
                "beside": beside.iter().map(in_json).collect::<Vec<_>>(),
            })
        )?;
    }
    let faults = faults?;
    if faults.is_empty() {
        if !arguments.json {
            writeln!(out, "{} is whole.", arguments.file.display())?;
            tell(&beside, out)?;
        }
        return Ok(());
    }
    if !arguments.json {
        for fault in &faults {
            writeln!(out, "{fault}")?;
        }
        tell(&beside, out)?;
    }
    Err(Failure::Refused(format!(
        "{} is damaged: {} found. Go back to the last backup.",
        arguments.file.display(),
        counted(faults.len(), "fault")
    )))
}

/// The copies that programs which synchronise folders put beside the file.
fn tell(beside: &[CopyBeside], out: &mut dyn Write) -> Result<(), Failure> {
    for copy in beside {
        let merge = match copy.can_be_merged() {
            true => " Merge it to bring both together.",
            false => "",
        };
        writeln!(out, "{copy}{merge}")?;
    }
    Ok(())
}

fn in_json(copy: &CopyBeside) -> Value {
    let new = match copy.relation {
        Relation::State(new) => Some(new),
        _ => None,
    };
    json!({
        "file": copy.path.display().to_string(),
        "named_by": copy.by.to_string(),
        "can_be_merged": copy.can_be_merged(),
        "new_changes": new,
        "message": copy.to_string(),
    })
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
