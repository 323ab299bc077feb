//! `goldthread export FILE --as … -o OUT`

use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use clap::ValueEnum;

use super::failure::Failure;
use super::place::{Place, audit};
use super::summary::BasisName;
use crate::analysis::Filter;
use crate::session::{ExportKind, ExportRequest, jobs};

/// What can be exported.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Summaries, findings and actions for the business management group.
    BmgJson,
    /// Everything of one audit, case by case.
    DataJson,
    /// The action plan, for the BMG to decide on and send back.
    ActionsJson,
}

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The register.
    file: PathBuf,
    /// What to export.
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    format: Format,
    /// One audit, by id or exact title; data-json needs it.
    #[arg(long, value_name = "AUDIT")]
    audit: Option<String>,
    /// Whose answers are counted.
    #[arg(long, value_enum, default_value_t)]
    basis: BasisName,
    /// Hide small numbers, for publishing.
    #[arg(long)]
    publish: bool,
    /// Texts that may identify somebody were looked at, and nobody is identified.
    #[arg(long)]
    names_checked: bool,
    /// Where to.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let document = place.open_sound(&arguments.file)?;
    let request = ExportRequest {
        to: arguments.output.clone(),
        kind: match arguments.format {
            Format::BmgJson => ExportKind::BmgJson,
            Format::DataJson => ExportKind::DataJson,
            Format::ActionsJson => ExportKind::ActionsJson,
        },
        audit: audit(&document, arguments.audit.as_deref())?,
        basis: arguments.basis.into(),
        filter: Filter::default(),
        publish: arguments.publish,
        names_checked: arguments.names_checked,
    };
    let never = AtomicBool::new(false);
    let words = jobs::export(&document, &request, &mut |_| (), &never)?;
    writeln!(out, "{words}")?;
    Ok(())
}
