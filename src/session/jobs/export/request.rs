//! What can be exported, and what goes together.

use std::path::PathBuf;

use crate::analysis::suppression::Suppression;
use crate::analysis::{Basis, Filter};
use crate::domain::id::RecordId;
use crate::exchange::papers::Year;
use crate::session::error::{Error, Result};

/// What is exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ExportKind {
    /// Summaries, findings and actions for the business management group; no case rows, no notes.
    #[default]
    BmgJson,
    /// Everything of one audit, case by case, with the notes. Never for publishing.
    DataJson,
    /// The action plan, for the BMG to decide on and send back; no case references.
    ActionsJson,
    /// A workbook for the subgroup.
    Workbook,
    /// A folder of CSV files with a dictionary.
    Csv,
    /// A paper that people go on editing.
    Paper(PaperKind),
}

/// Which paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperKind {
    /// The paper to the business management group on one audit.
    Bmg,
    /// Feedback for the agency with this code, only its own.
    Agency(String),
    /// The learning briefing on one audit.
    Briefing,
    /// The annual report's section over all audits of a year.
    Annual(Year),
    /// A form.
    Form(FormRequest),
}

/// Which form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormRequest {
    /// The tool by name, where it is not the audit's.
    pub tool: Option<String>,
    /// Code of the agency that is asked; every question there is without one.
    pub agency: Option<String>,
    /// Reference of the case whose form is filled in; a blank form without one.
    pub case: Option<String>,
}

/// An export to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRequest {
    /// Where to.
    pub to: PathBuf,
    /// What.
    pub kind: ExportKind,
    /// One audit; all of them when absent, where that makes sense.
    pub audit: Option<RecordId>,
    /// Whose answers are counted.
    pub basis: Basis,
    /// The part that is counted. Case-level data is always whole.
    pub filter: Filter,
    /// The rule by which small numbers are hidden for publishing; none where nothing is.
    pub publish: Option<Suppression>,
    /// Whether the workbook holds what people wrote under the questions.
    pub with_notes: bool,
    /// Whether a person looked at the texts that may identify somebody.
    pub names_checked: bool,
}

impl ExportKind {
    /// Its name on the command line.
    pub fn name(&self) -> &'static str {
        match self {
            Self::BmgJson => "bmg-json",
            Self::DataJson => "data-json",
            Self::ActionsJson => "actions-json",
            Self::Workbook => "xlsx",
            Self::Csv => "csv",
            Self::Paper(_) => "docx",
        }
    }

    /// Whether it is of one audit and no more.
    pub fn is_of_one_audit(&self) -> bool {
        match self {
            Self::DataJson => true,
            Self::Paper(paper) => matches!(
                paper,
                PaperKind::Bmg | PaperKind::Agency(_) | PaperKind::Briefing
            ),
            Self::BmgJson | Self::ActionsJson | Self::Workbook | Self::Csv => false,
        }
    }

    /// Whether there is a version of it for publishing.
    pub fn can_be_published(&self) -> bool {
        match self {
            Self::DataJson | Self::ActionsJson => false,
            Self::Paper(paper) => !matches!(paper, PaperKind::Agency(_) | PaperKind::Form(_)),
            Self::BmgJson | Self::Workbook | Self::Csv => true,
        }
    }
}

impl ExportRequest {
    /// Refuses what makes no sense.
    pub(super) fn check(&self) -> Result<()> {
        if self.publish.is_some() && self.kind == ExportKind::ActionsJson {
            return Err(Error::PlanNeverPublished);
        }
        if self.publish.is_some() && !self.kind.can_be_published() {
            return Err(Error::NeverPublished);
        }
        if self.publish.is_some() && self.with_notes {
            return Err(Error::NotesNeverPublished);
        }
        Ok(())
    }
}
