//! Looks at a workbook that came back.

use std::path::Path;

use super::said::{Bases, said_of};
use crate::domain::plain::told;
use crate::domain::tool::Tool;
use crate::exchange::ExchangeError;
use crate::exchange::return_workbook::{CaseSheet, CellProblem, OpenWorkbook};
use crate::session::document::Document;
use crate::session::jobs::merge::Hurdle;
use crate::store::{Incoming, MergeError, SaidOfForm, StoreError, WorkbookReturn};

/// Why a file is not merged.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::session::jobs) struct Refused {
    /// One sentence.
    pub(in crate::session::jobs) why: String,
    /// What is wrong with a workbook, cell by cell.
    pub(in crate::session::jobs) problems: Vec<CellProblem>,
    /// What stands in the way, where that can be helped in the preview.
    pub(in crate::session::jobs) hurdle: Option<Hurdle>,
}

impl From<MergeError> for Refused {
    fn from(error: MergeError) -> Self {
        Self {
            why: error.to_string(),
            problems: Vec::new(),
            hurdle: Hurdle::of(&error),
        }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        MergeError::from(error).into()
    }
}

impl From<ExchangeError> for Refused {
    fn from(error: ExchangeError) -> Self {
        let why = error.to_string();
        let problems = match error {
            ExchangeError::BadWorkbook { problems, .. } => problems.problems,
            _ => Vec::new(),
        };
        Self {
            why,
            problems,
            hurdle: None,
        }
    }
}

/// Reads a workbook as a return of this register. `before` are the returns looked at before it.
///
/// # Errors
/// [`Refused`], with everything that is wrong with it.
pub(in crate::session::jobs) fn look_at(
    document: &Document,
    path: &Path,
    before: &[Incoming],
) -> Result<Incoming, Refused> {
    let workbook = OpenWorkbook::open(path)?;
    let tool = belongs(document, &workbook)?;
    let bases_of = |sheet: &CaseSheet| Bases::of(document.store(), sheet);
    let as_sent = |sheet: &CaseSheet| {
        bases_of(sheet).is_ok_and(|bases| {
            let said = said_of(tool, &workbook, sheet, &bases);
            said.form.after.is_some() && bases.are_all(&said)
        })
    };
    let bad = |problems| ExchangeError::BadWorkbook {
        path: path.to_owned(),
        problems,
    };
    let sheets = workbook.read(tool, &as_sent).map_err(bad)?;
    let mut forms: Vec<SaidOfForm> = Vec::new();
    let mut foreign = Vec::new();
    for sheet in &sheets {
        let bases = bases_of(sheet)?;
        let problem = |record| workbook.foreign_version(tool, sheet, record);
        foreign.extend(bases.foreign(sheet).into_iter().map(problem));
        forms.push(said_of(tool, &workbook, sheet, &bases));
    }
    if !foreign.is_empty() {
        return Err(bad(foreign.into()).into());
    }
    for form in &mut forms {
        if let Some(known) = document.register().cases.get(&form.case.0) {
            form.case.1 = known.clone();
        }
    }
    let identity = workbook.identity();
    let file = WorkbookReturn {
        path: path.to_owned(),
        workbook: identity.workbook,
        audit: identity.audit,
        agency: identity.agency.clone(),
        saved: workbook.saved(),
        forms,
    };
    Ok(document.store().examine_workbook(&file, before)?)
}

/// The tool of the audit, once the workbook is known to be of this register.
fn belongs<'a>(document: &'a Document, workbook: &OpenWorkbook) -> Result<&'a Tool, MergeError> {
    let (register, identity) = (document.register(), workbook.identity());
    let path = || workbook.path().to_owned();
    if !register.partnerships.contains_key(&identity.partnership) {
        return Err(MergeError::OtherPartnership {
            path: path(),
            name: told(workbook.partnership()),
        });
    }
    register
        .tool_of(identity.audit)
        .ok_or_else(|| MergeError::OtherAudit {
            path: path(),
            title: told(workbook.audit()),
        })
}
