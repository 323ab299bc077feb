//! How a command ends when it does not succeed.

use std::io;
use std::process::ExitCode;

use crate::domain::catalogue::BadAsset;
use crate::exchange::ExchangeError;
use crate::session::Error;
use crate::store::StoreError;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(super) enum Failure {
    /// Refused, or problems were found: exit code 1.
    Refused(String),
    /// The command line asks for something that makes no sense: exit code 2.
    Usage(String),
    /// Whoever read our output has seen enough. Not an error.
    NobodyReads,
}

impl Failure {
    /// Tells the person in one line and gives the exit code.
    pub(super) fn told(self) -> ExitCode {
        let (message, code) = match self {
            Self::Refused(message) => (message, 1),
            Self::Usage(message) => (message, 2),
            Self::NobodyReads => return ExitCode::SUCCESS,
        };
        // Paths and quoted text may hold line breaks; the error stays one line.
        let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
        eprintln!("goldthread: {line}");
        ExitCode::from(code)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::NobodyReads,
            _ => Self::Refused(format!("The output could not be written: {error}.")),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::WhichAudit
            | Error::NeverPublished
            | Error::PlanNeverPublished
            | Error::WorkbookPassphrase => Self::Usage(error.to_string()),
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.to_string())
    }
}

impl From<ExchangeError> for Failure {
    fn from(error: ExchangeError) -> Self {
        Self::Refused(error.to_string())
    }
}

impl From<BadAsset> for Failure {
    fn from(error: BadAsset) -> Self {
        Self::Refused(error.to_string())
    }
}
