//! `goldthread backup FILE OUT`

use std::io::Write;
use std::path::PathBuf;

use super::failure::Failure;
use super::place::Place;

/// Arguments of `backup`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The file.
    file: PathBuf,
    /// The copy; a file that exists is not written over.
    output: PathBuf,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let document = place.open_to_read(&arguments.file)?;
    document.store().backup(&arguments.output)?;
    writeln!(
        out,
        "Copied {} to {}.",
        arguments.file.display(),
        arguments.output.display()
    )?;
    Ok(())
}
