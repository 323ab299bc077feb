//! `goldthread decisions FILE IN [--dry-run] [--conflicts ours|theirs]`

use std::io::Write;
use std::path::PathBuf;

use chrono::Utc;
use clap::ValueEnum;

use super::failure::Failure;
use super::place::Place;
use super::words::counted;
use crate::exchange::decisions::{Decided, DecisionPreview};
use crate::session::{Decisions, jobs};

/// Which side stands where both changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Side {
    /// As the register says.
    Ours,
    /// As the file says.
    Theirs,
}

/// Arguments of `decisions`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The register.
    file: PathBuf,
    /// The decisions: goldthread/actions/1, or a workbook with the sheet Actions.
    #[arg(value_name = "IN")]
    decisions: PathBuf,
    /// Say what they would do, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Which is to stand where an action changed in the register too.
    #[arg(long, value_enum, value_name = "SIDE")]
    conflicts: Option<Side>,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut document = if arguments.dry_run {
        place.open_to_read(&arguments.file)?
    } else {
        place.open(&arguments.file)?
    };
    let preview = jobs::preview_decisions(&document, &arguments.decisions)?;
    for decided in &preview.decided {
        told(decided, out)?;
    }
    let unchanged = preview.unchanged;
    writeln!(
        out,
        "{} decided on, {unchanged} as before.",
        counted(preview.decided.len(), "action")
    )?;
    let conflicts = preview.conflicts();
    if conflicts > 0 && arguments.conflicts.is_none() {
        let fields = counted(conflicts, "field");
        return Err(Failure::Refused(format!(
            "{fields} changed in the register too since the file was written; say with --conflicts ours or theirs which is to stand. Nothing was taken."
        )));
    }
    if arguments.dry_run || preview.decided.is_empty() {
        return Ok(());
    }
    let decisions = chosen(arguments, &preview);
    jobs::take_decisions(&mut document, decisions, &place.author, Utc::now())?;
    writeln!(out, "Taken.")?;
    Ok(())
}

fn chosen(arguments: &Arguments, preview: &DecisionPreview) -> Decisions {
    // The folders on somebody's laptop do not belong in the audit trail.
    let name = arguments.decisions.file_name().unwrap_or_default();
    let mut decisions = Decisions::of(name.to_string_lossy(), preview);
    if arguments.conflicts == Some(Side::Theirs) {
        let decided = preview.decided.iter();
        let conflicts = decided.flat_map(|decided| {
            decided
                .conflicts()
                .map(|change| (decided.action, change.field))
        });
        decisions.taken = conflicts.collect();
    }
    decisions
}

fn told(decided: &Decided, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{}", decided.ours.what)?;
    for change in &decided.changes {
        let shown = |words: &str| {
            if words.is_empty() {
                "nothing".to_owned()
            } else {
                words.to_owned()
            }
        };
        let too = if change.conflict {
            " (changed in the register too)"
        } else {
            ""
        };
        let (before, after) = (shown(&change.before), shown(&change.after));
        writeln!(out, "  {}: {before} → {after}{too}", change.field.label())?;
    }
    if let Some(note) = &decided.note {
        writeln!(out, "  Note: {note}")?;
    }
    Ok(())
}
