//! `goldthread generate FILE`: a register of any size with made-up answers, for measuring.

use std::io::Write;
use std::path::PathBuf;

use chrono::Utc;

use super::failure::Failure;
use super::place::Place;
use crate::domain::partnership::Partnership;
use crate::session::jobs::{self, Size};

/// Arguments of `generate`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The register to make.
    file: PathBuf,
    /// How many forms.
    #[arg(long, default_value_t = 10_000)]
    forms: usize,
    /// How many answers on each.
    #[arg(long, default_value_t = 40)]
    answers: usize,
    /// How many forms of one audit at most.
    #[arg(long, default_value_t = 10_000)]
    forms_of_audit: usize,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let partnership = Partnership {
        name: "Generated".into(),
        worked_example: true,
        local_rules: None,
        keep_months: None,
    };
    let (file, passphrase) = (&arguments.file, place.passphrase.as_ref());
    let (author, now) = (&place.author, Utc::now());
    let catalogue = &place.catalogue;
    let mut document = jobs::new_register(file, passphrase, partnership, author, now, catalogue)?;
    let size = Size {
        forms: arguments.forms,
        answers: arguments.answers,
        forms_of_audit: arguments.forms_of_audit,
    };
    let model = catalogue.tool("neglect");
    let model = model.ok_or_else(|| Failure::Refused("There is no tool “neglect”.".into()))?;
    jobs::generate(&mut document, model, size, author, now)?;
    let answers = arguments.forms * arguments.answers;
    writeln!(out, "{answers} answers are in {}.", file.display())?;
    Ok(())
}
