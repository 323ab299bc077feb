//! `goldthread issue FILE --audit AUDIT --agency CODE [--as goldthread|xlsx] -o OUT`

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, Utc};

use super::failure::Failure;
use super::place::{self, Place};
use super::words::counted;
use crate::exchange::file;
use crate::session::cover::LONGEST_COVER;
use crate::session::{Error, jobs};

/// Arguments of `issue`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The register.
    file: PathBuf,
    /// The audit's id or exact title.
    #[arg(long)]
    audit: String,
    /// The agency's code, such as POL.
    #[arg(long, value_name = "CODE")]
    agency: String,
    /// What to make: a return file for this program, or a workbook for an agency that cannot run it.
    #[arg(long = "as", value_enum, default_value = "goldthread")]
    format: Format,
    /// The new file; a file that exists is not written over.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// When the return is due back (yyyy-mm-dd).
    #[arg(long, value_name = "DATE", value_parser = super::words::day)]
    due: Option<NaiveDate>,
    /// File whose first line is the passphrase that the new file gets.
    #[arg(long, value_name = "PATH")]
    return_passphrase_file: Option<PathBuf>,
    /// Text file with the covering page, which the auditor reads first; without it the usual words.
    #[arg(long, value_name = "PATH")]
    cover_file: Option<PathBuf>,
}

/// What `--as` takes.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// A return file, filled in with Goldthread.
    Goldthread,
    /// An Excel workbook.
    Xlsx,
}

impl From<Format> for jobs::ReturnFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Goldthread => Self::Goldthread,
            Format::Xlsx => Self::Workbook,
        }
    }
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let passphrase = arguments.return_passphrase_file.as_deref();
    let passphrase = passphrase.map(place::first_line).transpose()?;
    let cover = arguments.cover_file.as_deref().map(cover_in).transpose()?;
    let mut document = place.open(&arguments.file)?;
    let audit = document.register().find_audit(&arguments.audit);
    let audit = audit.ok_or_else(|| Error::NoAudit(arguments.audit.clone()))?;
    let request = jobs::IssueRequest {
        format: arguments.format.into(),
        audit,
        agency: arguments.agency.clone(),
        due: arguments.due,
        path: arguments.output.clone(),
        passphrase,
        cover,
    };
    let issued = jobs::issue(&mut document, &request, &place.author, Utc::now())?;
    let due = issued
        .due
        .map(|due| format!(", due {}", due.format("%d/%m/%Y")))
        .unwrap_or_default();
    writeln!(
        out,
        "Made {} for {}: “{}”, {}{due}.",
        issued.path.display(),
        arguments.agency,
        issued.audit,
        counted(issued.cases, "case"),
    )?;
    Ok(())
}

/// The covering page in a text file.
fn cover_in(path: &Path) -> Result<String, Failure> {
    let text = file::read_text(path)?;
    let letters = text.trim().chars().count();
    let why = match letters {
        0 => "is empty; write the covering page into it".to_owned(),
        1..=LONGEST_COVER => return Ok(text),
        _ => format!("has {letters} characters; a covering page has at most {LONGEST_COVER}"),
    };
    Err(Failure::Refused(format!("{} {why}.", path.display())))
}
