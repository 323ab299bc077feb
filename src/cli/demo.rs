//! `goldthread demo FILE`

use std::io::Write;
use std::path::PathBuf;

use chrono::Utc;

use super::failure::Failure;
use super::place::Place;
use crate::session::jobs;

/// Arguments of `demo`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The new file; one that exists is not written over.
    file: PathBuf,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let document = jobs::demo(
        &arguments.file,
        place.passphrase.as_ref(),
        &place.author,
        Utc::now(),
        &place.catalogue,
    )?;
    let register = document.register();
    writeln!(
        out,
        "Made {}: the worked example, {} audits with {} invented cases.",
        arguments.file.display(),
        register.audits.len(),
        register.cases.len()
    )?;
    Ok(())
}
