//! The program: a subcommand goes to the command line, everything else to the window.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser as _;
use goldthread::cli;
#[cfg(feature = "window")]
use goldthread::session::doorbell::Doorbell;
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

/// Whether a window of this person has the file open; that one comes forward then.
#[cfg(feature = "window")]
fn is_open_already(file: Option<&Opening>) -> bool {
    let Some(Opening::Open(path, _)) = file else {
        return false;
    };
    Doorbell::usual().is_some_and(|bell| bell.ring(path))
}

/// Opens the window; says plainly when the system has none to give.
#[cfg(feature = "window")]
fn open_window(file: Option<Opening>) -> ExitCode {
    if is_open_already(file.as_ref()) {
        return ExitCode::SUCCESS;
    }
    match goldthread::ui::run(file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("goldthread: {error}");
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
