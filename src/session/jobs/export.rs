//! Writes an export to a file.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use chrono::Utc;

use super::{Progress, Watch, check_names};
use crate::analysis::{Basis, Filter};
use crate::domain::id::RecordId;
use crate::exchange::bmg_json::{BmgRequest, bmg_file};
use crate::exchange::data_json::{self, FormContents};
use crate::exchange::file;
use crate::exchange::free_text::outgoing;
use crate::session::document::Document;
use crate::session::error::{Error, Result};

/// What is exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportKind {
    /// Summaries, findings and actions for the business management group; no case rows, no notes.
    #[default]
    BmgJson,
    /// Everything of one audit, case by case, with the notes. Never for publishing.
    DataJson,
    /// The action plan, for the BMG to decide on and send back; no case references.
    ActionsJson,
}

impl ExportKind {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::BmgJson => "bmg-json",
            Self::DataJson => "data-json",
            Self::ActionsJson => "actions-json",
        }
    }
}

/// An export to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRequest {
    /// Where to.
    pub to: PathBuf,
    /// What.
    pub kind: ExportKind,
    /// One audit; all of them when absent (only for the BMG).
    pub audit: Option<RecordId>,
    /// Whose answers are counted.
    pub basis: Basis,
    /// The part that is counted. Case-level data is always whole.
    pub filter: Filter,
    /// Whether small numbers are hidden for publishing.
    pub publish: bool,
    /// Whether a person looked at the texts that may identify somebody.
    pub names_checked: bool,
}

/// Makes an export and returns the line that says what was written.
///
/// # Errors
/// When the document cannot be read, the file cannot be written, the request makes no sense, or the
/// job was cancelled. No half file is left.
pub fn export(
    document: &Document,
    request: &ExportRequest,
    report: &mut dyn FnMut(Progress),
    cancel: &AtomicBool,
) -> Result<String> {
    let watch = &mut Watch { report, cancel };
    let (text, words) = match request.kind {
        ExportKind::BmgJson => bmg(document, request, watch)?,
        ExportKind::DataJson => data(document, request, watch)?,
        ExportKind::ActionsJson => actions(document, request)?,
    };
    watch.step("Looking for names", 0, 0)?;
    let finder = &document.catalogue().identifiers;
    check_names(finder, &outgoing(&text), request.names_checked)?;
    watch.step("Writing", 0, 0)?;
    file::write(&request.to, text.as_bytes())?;
    let example = if document.register().is_worked_example() {
        " (worked example, invented cases)"
    } else {
        ""
    };
    Ok(format!(
        "Exported {words}{example} to {}.",
        request.to.display()
    ))
}

fn bmg(
    document: &Document,
    request: &ExportRequest,
    watch: &mut Watch<'_>,
) -> Result<(String, String)> {
    let facts = super::facts::read(document, watch)?;
    watch.step("Summing up", 0, 0)?;
    let bmg = BmgRequest {
        audit: request.audit,
        basis: request.basis,
        filter: &request.filter,
        publish: request.publish,
        now: Utc::now(),
    };
    let file = bmg_file(document.register(), document.catalogue(), &facts, &bmg)?;
    let audits = match file.audits() {
        1 => "1 audit".to_owned(),
        count => format!("{count} audits"),
    };
    let hidden = if request.publish {
        " with small numbers hidden"
    } else {
        ""
    };
    Ok((file.text(), format!("{audits} for the BMG{hidden}")))
}

fn actions(document: &Document, request: &ExportRequest) -> Result<(String, String)> {
    if request.publish {
        return Err(Error::PlanNeverPublished);
    }
    let file = super::action_plan(document, request.audit, Utc::now())?;
    let actions = match file.count() {
        1 => "1 action".to_owned(),
        count => format!("{count} actions"),
    };
    Ok((file.text(), format!("{actions} for the BMG to decide on")))
}

fn data(
    document: &Document,
    request: &ExportRequest,
    watch: &mut Watch<'_>,
) -> Result<(String, String)> {
    if request.publish {
        return Err(Error::NeverPublished);
    }
    let audit = request.audit.ok_or(Error::WhichAudit)?;
    let forms = document.register().forms_of(audit);
    let mut contents = FormContents::new();
    for (at, (form, ..)) in forms.iter().enumerate() {
        watch.step("Reading forms", at, forms.len())?;
        let content = document.form_content(*form)?;
        contents.insert(*form, (content.answers, content.dates));
    }
    let data = data_json::export(document.register(), audit, &contents)
        .ok_or_else(|| Error::NoAudit(audit.to_string()))?;
    let title = document.register().audits.get(&audit);
    let title = title.map_or("", |audit| audit.title.as_str());
    Ok((data.text(), format!("the case-level data of “{title}”")))
}
