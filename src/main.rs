//! The program: a subcommand goes to the command line, everything else to the window.
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser as _;
use goldthread::cli;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    if arguments.command.is_some() {
        cli::run(&arguments)
    } else {
        open_window(arguments.file)
    }
}

/// PLACEHOLDER: to be replaced by `goldthread::ui::run(file)`.
fn open_window(_file: Option<PathBuf>) -> ExitCode {
    eprintln!("goldthread: The window is not built in; see goldthread --help.");
    ExitCode::from(2)
}
