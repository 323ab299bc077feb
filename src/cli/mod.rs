//! The command line: one file per subcommand, a second client of `session`.
//!
//! Exit codes: 0 done, 1 refused or problems found, 2 usage. An error is one line on stderr.

mod actions;
mod add_tool;
mod answer;
mod backup;
mod check;
mod decisions;
mod demo;
mod export;
mod failure;
mod generate;
mod history;
mod issue;
mod load;
mod merge;
mod new;
mod passphrase;
mod place;
mod redact;
mod retention;
mod summary;
mod table;
mod tool;
mod words;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;
use place::Place;

use crate::session::Opening;

/// What stands on the command line.
#[derive(Debug, Parser)]
#[command(
    name = "goldthread",
    version,
    about = "Multi-agency case audits for safeguarding children partnerships.",
    subcommand_precedence_over_arg = true
)]
pub struct Arguments {
    /// Opens this file in a window.
    pub file: Option<PathBuf>,
    /// File whose first line is the passphrase.
    #[arg(long, global = true, value_name = "PATH")]
    pub passphrase_file: Option<PathBuf>,
    /// What to do without a window.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the worked example: a programme of audits with invented cases.
    Demo(demo::Arguments),
    /// Make a new register.
    New(new::Arguments),
    /// Look at audit tools, check a tool file, add one to a register.
    #[command(subcommand)]
    Tool(tool::Command),
    /// Load case-level data as a new audit.
    Load(load::Arguments),
    /// Make the return file of one agency for one audit.
    Issue(issue::Arguments),
    /// Merge agencies' returns into the register.
    Merge(merge::Arguments),
    /// Sum up one audit or all.
    Summary(summary::Arguments),
    /// List actions: whose they are, by when, where they stand.
    Actions(actions::Arguments),
    /// Read decisions of the business management group on actions in.
    Decisions(decisions::Arguments),
    /// Write an export.
    Export(export::Arguments),
    /// Show every change of a record: who, when, before and after.
    History(history::Arguments),
    /// Take a text, such as a name, out of everything a file ever held.
    Redact(redact::Arguments),
    /// Say how long forms are kept, hold them, or remove them when their time is over.
    Retention(retention::Arguments),
    /// Look through a whole file for damage.
    Check(check::Arguments),
    /// Give a file a passphrase, another one, or none.
    Passphrase(passphrase::Arguments),
    /// Write a whole copy of a file.
    Backup(backup::Arguments),
    /// Fill in a form from standard input.
    #[command(hide = true)]
    Answer(answer::Arguments),
    /// Make a register of any size with made-up answers, for measuring.
    #[command(hide = true)]
    Generate(generate::Arguments),
}

impl Arguments {
    /// The file to open in a window, if one is named.
    ///
    /// # Errors
    /// The exit code, once the person was told, when there is no such file or no such command.
    pub fn opening(&self) -> Result<Option<Opening>, ExitCode> {
        let Some(file) = &self.file else {
            return Ok(None);
        };
        let opening = || {
            if !file.exists() {
                let name = file.display();
                return Err(Failure::Usage(format!(
                    "There is no command and no file {name}."
                )));
            }
            let passphrase = self
                .passphrase_file
                .as_deref()
                .map(place::first_line)
                .transpose()?;
            Ok(Some(Opening::Open(file.clone(), passphrase)))
        };
        opening().map_err(Failure::told)
    }
}

/// Carries out the subcommand on the command line; without one there is nothing to do.
pub fn run(arguments: &Arguments) -> ExitCode {
    let mut out = std::io::stdout().lock();
    let done = carry_out(arguments, &mut out);
    match done.and_then(|()| out.flush().map_err(Failure::from)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.told(),
    }
}

fn carry_out(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let Some(command) = &arguments.command else {
        return Ok(());
    };
    if let Some(file) = &arguments.file {
        let message = format!("{} does not belong before a command.", file.display());
        return Err(Failure::Usage(message));
    }
    let place = Place::new(arguments.passphrase_file.as_deref())?;
    match command {
        Command::Demo(arguments) => demo::run(arguments, &place, out),
        Command::New(arguments) => new::run(arguments, &place, out),
        Command::Tool(command) => tool::run(command, &place, out),
        Command::Load(arguments) => load::run(arguments, &place, out),
        Command::Issue(arguments) => issue::run(arguments, &place, out),
        Command::Merge(arguments) => merge::run(arguments, &place, out),
        Command::Summary(arguments) => summary::run(arguments, &place, out),
        Command::Actions(arguments) => actions::run(arguments, &place, out),
        Command::Decisions(arguments) => decisions::run(arguments, &place, out),
        Command::Export(arguments) => export::run(arguments, &place, out),
        Command::History(arguments) => history::run(arguments, &place, out),
        Command::Redact(arguments) => redact::run(arguments, &place, out),
        Command::Retention(arguments) => retention::run(arguments, &place, out),
        Command::Check(arguments) => check::run(arguments, &place, out),
        Command::Passphrase(arguments) => passphrase::run(arguments, &place, out),
        Command::Backup(arguments) => backup::run(arguments, &place, out),
        Command::Answer(arguments) => answer::run(arguments, &place, out),
        Command::Generate(arguments) => generate::run(arguments, &place, out),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Arguments;

    /// What stands in arguments stands in the list of processes and in the shell's history.
    #[test]
    fn no_secret_is_an_argument() {
        let program = Arguments::command();
        let mut commands = vec![&program];
        let mut secrets = 0;
        while let Some(command) = commands.pop() {
            commands.extend(command.get_subcommands());
            for argument in command.get_arguments() {
                let name = argument.get_id().as_str();
                if name.contains("passphrase") || name.contains("text_file") {
                    secrets += 1;
                    assert!(name.ends_with("_file"), "{}: {name}", command.get_name());
                }
            }
        }
        assert!(secrets >= 5, "{secrets}");
    }
}
