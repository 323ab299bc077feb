//! The program: a subcommand goes to the command line, everything else to the window.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser as _;
use goldthread::cli;
use goldthread::session::{Opening, crash};

fn main() -> ExitCode {
    crash::say_no_content();
    let arguments = cli::Arguments::parse();
    if arguments.command.is_some() {
        cli::run(&arguments)
    } else {
        match arguments.opening() {
            Ok(opening) => open_window(opening),
            Err(code) => code,
        }
    }
}

/// Opens the window; says plainly when the system has none to give.
#[cfg(feature = "window")]
fn open_window(file: Option<Opening>) -> ExitCode {
    use std::sync::Arc;

    use goldthread::domain::catalogue::Catalogue;
    use goldthread::ui;

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
            eprintln!("goldthread: The window could not be opened ({error}). Is there a display?");
            ExitCode::FAILURE
        }
    }
}

/// Says that this build has none.
#[cfg(not(feature = "window"))]
fn open_window(_: Option<Opening>) -> ExitCode {
    eprintln!("goldthread: This build has no window; goldthread --help lists its commands.");
    ExitCode::FAILURE
}
