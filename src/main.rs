//! The program: a subcommand goes to the command line, everything else to the window.
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use goldthread::domain::catalogue::Catalogue;
use goldthread::{cli, ui};

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    if arguments.command.is_some() {
        cli::run(&arguments)
    } else {
        open_window(arguments.file)
    }
}

/// Opens the window; says plainly when the system has none to give.
fn open_window(file: Option<PathBuf>) -> ExitCode {
    let catalogue = match Catalogue::built_in() {
        Ok(catalogue) => Arc::new(catalogue),
        Err(error) => {
            eprintln!("goldthread: {error}");
            return ExitCode::FAILURE;
        }
    };
    match ui::run(catalogue, file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("goldthread: The window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}
