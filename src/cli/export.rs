//! `goldthread export FILE --as … -o OUT`

use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use clap::ValueEnum;

use super::failure::Failure;
use super::place::{Place, audit};
use super::summary::BasisName;
use crate::analysis::Filter;
use crate::analysis::suppression::{Suppression, THRESHOLDS, USUAL_THRESHOLD};
use crate::session::{ExportKind, ExportRequest, FormRequest, PaperKind, Year, jobs};

/// What can be exported.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Summaries, findings and actions for the business management group.
    BmgJson,
    /// Everything of one audit, case by case.
    DataJson,
    /// The action plan, for the BMG to decide on and send back.
    ActionsJson,
    /// A workbook: coverage, questions, themes, timescales, findings, actions, answers.
    Xlsx,
    /// A paper to go on editing; --paper says which.
    Docx,
    /// The workbook's tables as CSV files in a new folder, with a dictionary.
    Csv,
}

/// Which paper.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum PaperName {
    /// The paper to the business management group.
    Bmg,
    /// Feedback for one agency, only its own.
    Agency,
    /// The two-page learning briefing.
    Briefing,
    /// The annual report's section over all audits of a year.
    Annual,
    /// A form of a tool, blank or filled in.
    Form,
}

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The register.
    file: PathBuf,
    /// What to export.
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    format: Format,
    /// Which paper, with --as docx.
    #[arg(
        long,
        value_enum,
        value_name = "PAPER",
        required_if_eq("format", "docx")
    )]
    paper: Option<PaperName>,
    /// One audit, by id or exact title; data-json and most papers need it.
    #[arg(long, value_name = "AUDIT")]
    audit: Option<String>,
    /// The agency of the feedback or form, by code.
    #[arg(long, value_name = "CODE", required_if_eq("paper", "agency"))]
    agency: Option<String>,
    /// The year of the annual section, April to March, such as 2019-20.
    #[arg(long, value_name = "YEAR", required_if_eq("paper", "annual"))]
    year: Option<Year>,
    /// The tool of the form; the audit's own without it.
    #[arg(long, value_name = "TOOL", requires = "paper")]
    tool: Option<String>,
    /// The case whose form is written filled in.
    #[arg(long, value_name = "REFERENCE", requires = "agency")]
    case: Option<String>,
    /// A blank form.
    #[arg(long, conflicts_with = "case", requires = "paper")]
    blank: bool,
    /// Whose answers are counted.
    #[arg(long, value_enum, default_value_t)]
    basis: BasisName,
    /// Hide small numbers, for publishing.
    #[arg(long)]
    publish: bool,
    /// The largest count that is hidden when publishing.
    #[arg(long, value_name = "N", requires = "publish", default_value_t = USUAL_THRESHOLD, value_parser = threshold)]
    threshold: usize,
    /// Put what people wrote under the questions into the workbook or the CSV files.
    #[arg(long, conflicts_with = "publish")]
    with_notes: bool,
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
        kind: arguments.kind()?,
        audit: audit(&document, arguments.audit.as_deref())?,
        basis: arguments.basis.into(),
        filter: Filter::default(),
        publish: Suppression::new(arguments.threshold).filter(|_| arguments.publish),
        with_notes: arguments.with_notes,
        names_checked: arguments.names_checked,
    };
    let never = AtomicBool::new(false);
    let words = jobs::export(&document, &request, &place.author, &mut |_| (), &never)?;
    writeln!(out, "{words}")?;
    Ok(())
}

impl Arguments {
    fn kind(&self) -> Result<ExportKind, Failure> {
        if self.paper.is_some() && !matches!(self.format, Format::Docx) {
            return Err(Failure::Usage("--paper belongs to --as docx.".into()));
        }
        let tables = matches!(self.format, Format::Xlsx | Format::Csv);
        if self.with_notes && !tables {
            let message = "--with-notes belongs to --as xlsx or csv.";
            return Err(Failure::Usage(message.into()));
        }
        Ok(match self.format {
            Format::BmgJson => ExportKind::BmgJson,
            Format::DataJson => ExportKind::DataJson,
            Format::ActionsJson => ExportKind::ActionsJson,
            Format::Xlsx => ExportKind::Workbook,
            Format::Csv => ExportKind::Csv,
            Format::Docx => ExportKind::Paper(self.paper()?),
        })
    }

    fn paper(&self) -> Result<PaperKind, Failure> {
        // The parser asks for what is missing here; this is its last line of defence.
        let missing = |what: &str| Failure::Usage(format!("This paper needs {what}."));
        let agency = || self.agency.clone();
        Ok(match self.paper.ok_or_else(|| missing("--paper"))? {
            PaperName::Bmg => PaperKind::Bmg,
            PaperName::Briefing => PaperKind::Briefing,
            PaperName::Agency => PaperKind::Agency(agency().ok_or_else(|| missing("--agency"))?),
            PaperName::Annual => PaperKind::Annual(self.year.ok_or_else(|| missing("--year"))?),
            PaperName::Form => PaperKind::Form(FormRequest {
                tool: self.tool.clone(),
                agency: agency(),
                case: self.case.clone().filter(|_| !self.blank),
            }),
        })
    }
}

fn threshold(text: &str) -> Result<usize, String> {
    let number = text
        .parse()
        .ok()
        .filter(|number| THRESHOLDS.contains(number));
    number.ok_or_else(|| {
        let (least, most) = (THRESHOLDS.start(), THRESHOLDS.end());
        format!("a whole number from {least} to {most}")
    })
}
