//! `goldthread summary FILE`

mod agreement;
mod comparison;
mod partnerships;
mod text;

use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use clap::ValueEnum;

use super::failure::Failure;
use super::place::{Place, audit, first_line};
use crate::analysis::several::PartnershipThemes;
use crate::analysis::{Basis, Filter};
use crate::session::Document;
use crate::session::jobs::{self, OtherRegister};

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
    /// Registers of other partnerships: the themes of each beside this one's, and nothing else of them.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    with: Vec<PathBuf>,
    /// File whose first line is the passphrase of the registers after --with.
    #[arg(long, value_name = "PATH", requires = "with")]
    with_passphrase_file: Option<PathBuf>,
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
    let others = others(arguments, &document, basis)?;
    if arguments.json {
        let summary = jobs::summary(&document, only, basis, &others, &mut |_| (), &never)?;
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
    if !others.is_empty() {
        let everything = Filter::default();
        let own = PartnershipThemes::of(document.register(), &facts, basis, &everything);
        partnerships::write(own, others, &place.catalogue, out)?;
    }
    Ok(())
}

/// The themes of the other partnerships' registers.
fn others(
    arguments: &Arguments,
    own: &Document,
    basis: Basis,
) -> Result<Vec<PartnershipThemes>, Failure> {
    let passphrase = arguments.with_passphrase_file.as_deref();
    let passphrase = passphrase.map(first_line).transpose()?;
    let registers = arguments.with.iter().map(|path| OtherRegister {
        path: path.clone(),
        passphrase: passphrase.clone(),
    });
    let registers: Vec<_> = registers.collect();
    let never = AtomicBool::new(false);
    Ok(jobs::themes_of_several(
        own,
        &registers,
        basis,
        &Filter::default(),
        &mut |_| (),
        &never,
    )?)
}
