//! `goldthread redact FILE [--text-file PATH] [--reason WORDS] [--dry-run]`

use std::io::{Read as _, Write};
use std::path::PathBuf;

use chrono::Utc;

use super::failure::Failure;
use super::place::Place;
use super::words::counted;
use crate::domain::redaction::{REPLACEMENT, Sought};
use crate::exchange::file;
use crate::session::jobs::{RedactRequest, TextFound, find_text, redact};
use crate::store::Redacted;

/// Arguments of `redact`. The text is never an argument: it would stand in the list of processes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The register or return.
    file: PathBuf,
    /// File that holds the text to take out; without it, the text is read from standard input.
    #[arg(long, value_name = "PATH")]
    text_file: Option<PathBuf>,
    /// Why; kept with the redaction. It must not hold the text.
    #[arg(long, required_unless_present = "dry_run", value_name = "WORDS")]
    reason: Option<String>,
    /// What takes the place of the text in what stands now.
    #[arg(long, default_value = REPLACEMENT, value_name = "WORDS")]
    replace_with: String,
    /// Only list the changes that hold the text.
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let sought = sought(arguments)?;
    if arguments.dry_run {
        let document = place.open_to_read(&arguments.file)?;
        return list(&find_text(&document, &sought)?, out);
    }
    let mut document = place.open(&arguments.file)?;
    let found = find_text(&document, &sought)?;
    let request = RedactRequest {
        revisions: found.iter().map(|found| found.revision).collect(),
        replacement: arguments.replace_with.clone(),
        reason: arguments.reason.clone().unwrap_or_default(),
        sought,
    };
    let redacted = redact(&mut document, &request, &place.author, Utc::now())?;
    list(&found, out)?;
    tell(&redacted, out)
}

fn sought(arguments: &Arguments) -> Result<Sought, Failure> {
    let text = match &arguments.text_file {
        Some(path) => file::read_text(path)?,
        None => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            text
        }
    };
    let short = || Failure::Refused("Give at least two characters of text to look for.".into());
    Sought::new(&text).ok_or_else(short)
}

fn list(found: &[TextFound], out: &mut dyn Write) -> Result<(), Failure> {
    for change in found {
        let stands = if change.stands { "  stands now" } else { "" };
        writeln!(
            out,
            "{}  {}  {}{stands}",
            change.title, change.when, change.who
        )?;
    }
    let count = counted(found.len(), "change");
    let holds = if found.len() == 1 { "holds" } else { "hold" };
    writeln!(out, "{count} of this file {holds} the text.")?;
    Ok(())
}

fn tell(redacted: &Redacted, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(
        out,
        "Taken out of {} in {}; the file was written anew without it.",
        counted(redacted.revisions, "change"),
        counted(redacted.records, "record"),
    )?;
    for copy in &redacted.copies {
        writeln!(
            out,
            "This copy was kept before and may still hold it: {}",
            copy.display()
        )?;
    }
    writeln!(
        out,
        "Backups, return files and exports made before may hold it too: look for them and delete them."
    )?;
    Ok(())
}
