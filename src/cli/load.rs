//! `goldthread load FILE DATA.json`

use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use chrono::Utc;

use super::failure::Failure;
use super::place::Place;
use super::words::counted;
use crate::exchange::ExchangeError;
use crate::session::{Error, jobs};

/// Arguments of `load`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The register.
    file: PathBuf,
    /// Case-level data of one audit (goldthread/data/1).
    data: PathBuf,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut document = place.open(&arguments.file)?;
    let never = AtomicBool::new(false);
    let loaded = jobs::load(
        &mut document,
        &arguments.data,
        &place.author,
        Utc::now(),
        &mut |_| (),
        &never,
    );
    let loaded = match loaded {
        Ok(loaded) => loaded,
        Err(error) => {
            tell_problems(&error, out)?;
            return Err(error.into());
        }
    };
    writeln!(
        out,
        "Loaded “{}”: {}, {}, {}.",
        loaded.title,
        counted(loaded.cases, "case"),
        counted(loaded.forms, "form"),
        counted(loaded.answers, "answer")
    )?;
    for notice in &loaded.notices {
        writeln!(out, "Note: {notice}")?;
    }
    Ok(())
}

/// All problems on stdout where there are several; stderr gets the one line.
fn tell_problems(error: &Error, out: &mut dyn Write) -> Result<(), Failure> {
    if let Error::Exchange(ExchangeError::BadData { path, problems }) = error
        && problems.problems.len() > 1
    {
        for problem in &problems.problems {
            writeln!(out, "{}: {problem}", path.display())?;
        }
        if problems.more {
            writeln!(out, "and more.")?;
        }
    }
    Ok(())
}
