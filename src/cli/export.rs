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
    #[arg(long, value_enum)]
    basis: Option<BasisName>,
    /// Hide small numbers, for publishing.
    #[arg(long)]
    publish: bool,
    /// The largest count that is hidden when publishing.
    #[arg(long, value_name = "N", requires = "publish", value_parser = threshold)]
    threshold: Option<usize>,
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
    let kind = arguments.kind()?;
    let document = place.open_sound(&arguments.file)?;
    let request = ExportRequest {
        to: arguments.output.clone(),
        kind,
        audit: audit(&document, arguments.audit.as_deref())?,
        basis: arguments.basis.unwrap_or_default().into(),
        filter: Filter::default(),
        publish: Suppression::new(arguments.threshold.unwrap_or(USUAL_THRESHOLD))
            .filter(|_| arguments.publish),
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
        let taken = taken(self.format, self.paper);
        let given = self.given().into_iter();
        let mut astray = given.filter(|option| !taken.contains(option));
        if let Some(option) = astray.next() {
            let what = self.what();
            let message = format!("--{option} has no meaning with {what}; leave it out.");
            return Err(Failure::Usage(message));
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

    /// The options given, of those that not every export takes.
    fn given(&self) -> Vec<&'static str> {
        let all = [
            ("paper", self.paper.is_some()),
            ("audit", self.audit.is_some()),
            ("agency", self.agency.is_some()),
            ("year", self.year.is_some()),
            ("tool", self.tool.is_some()),
            ("case", self.case.is_some()),
            ("blank", self.blank),
            ("basis", self.basis.is_some()),
            ("publish", self.publish),
            ("threshold", self.threshold.is_some()),
            ("with-notes", self.with_notes),
        ];
        let given = all.into_iter().filter(|(_, given)| *given);
        given.map(|(option, _)| option).collect()
    }

    /// The export that is asked for, as it was typed.
    fn what(&self) -> String {
        let format = self.format.to_possible_value();
        let paper = self.paper.filter(|_| matches!(self.format, Format::Docx));
        let paper = paper.and_then(|paper| paper.to_possible_value());
        let parts = [("--as", format), ("--paper", paper)];
        let parts = parts.into_iter().filter_map(|(option, value)| {
            let value = value?;
            Some(format!("{option} {}", value.get_name()))
        });
        parts.collect::<Vec<_>>().join(" ")
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

/// What each export takes besides a file, a place and --names-checked. --publish is told by the export
/// itself where there is no published version of it.
fn taken(format: Format, paper: Option<PaperName>) -> &'static [&'static str] {
    match (format, paper) {
        (Format::BmgJson, _) => &["audit", "basis", "publish", "threshold"],
        (Format::DataJson | Format::ActionsJson, _) => &["audit", "publish", "threshold"],
        (Format::Xlsx | Format::Csv, _) => {
            &["audit", "basis", "publish", "threshold", "with-notes"]
        }
        (Format::Docx, Some(PaperName::Bmg)) => {
            &["paper", "audit", "basis", "publish", "threshold"]
        }
        (Format::Docx, Some(PaperName::Briefing)) => &["paper", "audit", "publish", "threshold"],
        (Format::Docx, Some(PaperName::Agency)) => {
            &["paper", "audit", "agency", "publish", "threshold"]
        }
        (Format::Docx, Some(PaperName::Annual)) => {
            &["paper", "year", "basis", "publish", "threshold"]
        }
        (Format::Docx, Some(PaperName::Form)) => &[
            "paper",
            "audit",
            "agency",
            "tool",
            "case",
            "blank",
            "publish",
            "threshold",
        ],
        (Format::Docx, None) => &["paper"],
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
