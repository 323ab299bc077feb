//! `goldthread summary FILE`

mod text;

use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use clap::ValueEnum;

use super::failure::Failure;
use super::place::{Place, audit};
use crate::analysis::Basis;
use crate::session::jobs;

/// Whose answers are counted.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum BasisName {
    /// What the agencies answered.
    #[default]
    Agency,
    /// What the panel judged.
    Panel,
}

impl From<BasisName> for Basis {
    fn from(name: BasisName) -> Self {
        match name {
            BasisName::Agency => Self::Agency,
            BasisName::Panel => Self::Panel,
        }
    }
}

/// Arguments of `summary`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The register.
    file: PathBuf,
    /// One audit, by id or exact title.
    #[arg(long, value_name = "AUDIT")]
    audit: Option<String>,
    /// Whose answers are counted.
    #[arg(long, value_enum, default_value_t)]
    basis: BasisName,
    /// Answer in JSON (goldthread/summary/1).
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let document = place.open_sound(&arguments.file)?;
    let only = audit(&document, arguments.audit.as_deref())?;
    let basis = arguments.basis.into();
    let never = AtomicBool::new(false);
    if arguments.json {
        let summary = jobs::summary(&document, only, basis, &mut |_| (), &never)?;
        write!(out, "{}", summary.text())?;
        return Ok(());
    }
    let facts = jobs::facts(&document, &mut |_| (), &never)?;
    text::Text {
        register: document.register(),
        catalogue: &place.catalogue,
        facts: &facts,
        basis,
    }
    .write(only, out)?;
    Ok(())
}
