//! `goldthread new FILE --partnership NAME`

use std::io::Write;
use std::path::PathBuf;

use chrono::Utc;

use super::failure::Failure;
use super::place::Place;
use crate::domain::partnership::Partnership;
use crate::session::jobs;

/// Arguments of `new`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The new file; one that exists is not written over.
    file: PathBuf,
    /// Name of the partnership as it appears on papers.
    #[arg(long, value_name = "NAME")]
    partnership: String,
    /// The area whose local timescale rules apply.
    #[arg(long, value_name = "AREA")]
    local_rules: Option<String>,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let name = arguments.partnership.trim();
    if name.is_empty() {
        return Err(Failure::Usage("The partnership needs a name.".into()));
    }
    let partnership = Partnership {
        name: name.to_owned(),
        worked_example: false,
        local_rules: arguments.local_rules.clone(),
        keep_months: None,
    };
    let document = jobs::new_register(
        &arguments.file,
        place.passphrase.as_ref(),
        partnership,
        &place.author,
        Utc::now(),
        &place.catalogue,
    )?;
    let count = document.register().agencies.len();
    writeln!(
        out,
        "Made {} for {name}, with {count} agencies.",
        arguments.file.display()
    )?;
    Ok(())
}
