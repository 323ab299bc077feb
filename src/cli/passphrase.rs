//! `goldthread passphrase FILE`

use std::io::Write;
use std::path::PathBuf;

use super::failure::Failure;
use super::place::{Place, first_line};
use crate::store::Strength;

/// Arguments of `passphrase`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The file.
    file: PathBuf,
    /// File whose first line is the new passphrase.
    #[arg(long, value_name = "PATH", required_unless_present = "remove")]
    new_passphrase_file: Option<PathBuf>,
    /// Take the protection away: anybody who has the file can then read it.
    #[arg(long, conflicts_with = "new_passphrase_file")]
    remove: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let new = arguments.new_passphrase_file.as_deref();
    let new = new.map(first_line).transpose()?;
    let document = place.open(&arguments.file)?;
    let device = &place.author.device;
    document
        .into_store()
        .with_passphrase(new.as_ref(), device)?;
    let file = arguments.file.display();
    match new {
        None => writeln!(
            out,
            "{file} has no passphrase any more: anybody who has it can read it."
        )?,
        Some(new) => {
            writeln!(
                out,
                "{file} has its new passphrase. Forgotten, nobody can open it."
            )?;
            if new.strength() < Strength::Good {
                writeln!(out, "{}", new.strength().sentence())?;
            }
        }
    }
    writeln!(
        out,
        "Copies made before are as they were, with the passphrase of their time or none."
    )?;
    Ok(())
}
