//! Makes the return file of one agency for one audit.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Local, NaiveDate, Utc};

use super::{Progress, Watch, workbook};
use crate::domain::form::{AgencyReturn, CaseForm};
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::domain::revision::{Author, Change, Edit};
use crate::session::command::Refused;
use crate::session::cover::covering_page;
use crate::session::document::Document;
use crate::session::error::{Error, Result};
use crate::store::{DocumentKind, Passphrase, StoreError};

/// What an agency is given to fill in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReturnFormat {
    /// A return file, filled in with this program.
    #[default]
    Goldthread,
    /// An Excel workbook, for an agency whose laptops may not run the program.
    Workbook,
}

impl ReturnFormat {
    /// Both, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Goldthread, Self::Workbook];

    /// The words shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Goldthread => "Return file for Goldthread",
            Self::Workbook => "Excel workbook",
        }
    }

    /// How the name of such a file ends, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Goldthread => "goldthread",
            Self::Workbook => "xlsx",
        }
    }
}

/// Which return file to make.
#[derive(Clone, Debug)]
pub struct IssueRequest {
    /// What kind of file.
    pub format: ReturnFormat,
    /// The audit.
    pub audit: RecordId,
    /// The agency's code.
    pub agency: String,
    /// When it is due back; what the register says already when absent.
    pub due: Option<NaiveDate>,
    /// The new file.
    pub path: PathBuf,
    /// The passphrase of the new file, which need not be the register's. A workbook has none.
    pub passphrase: Option<Passphrase>,
    /// What its auditor reads first; what the register says already, or the usual words, when absent.
    pub cover: Option<String>,
}

/// What came of one request of several.
#[derive(Clone, Debug, PartialEq)]
pub struct IssueOutcome {
    /// The agency's code.
    pub agency: String,
    /// The file that was asked for.
    pub path: PathBuf,
    /// What was made, or the sentence that says why nothing was.
    pub made: std::result::Result<Issued, String>,
}

/// Makes several return files, each as [`issue`]. One that cannot be made does not keep the others
/// from being made.
///
/// # Errors
/// When the job was cancelled; what was made before stays.
pub fn issue_all(
    document: &mut Document,
    requests: &[IssueRequest],
    author: &Author,
    now: DateTime<Utc>,
    report: &mut dyn FnMut(Progress),
    cancel: &AtomicBool,
) -> Result<Vec<IssueOutcome>> {
    let mut watch = Watch { report, cancel };
    let mut outcomes = Vec::new();
    for (at, request) in requests.iter().enumerate() {
        watch.step("Making return files", at, requests.len())?;
        let made = issue(document, request, author, now);
        outcomes.push(IssueOutcome {
            agency: request.agency.clone(),
            path: request.path.clone(),
            made: made.map_err(|error| error.to_string()),
        });
    }
    Ok(outcomes)
}

/// What was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Issued {
    /// The file.
    pub path: PathBuf,
    /// The audit's title.
    pub audit: String,
    /// How many cases it holds.
    pub cases: usize,
    /// When it is due back.
    pub due: Option<NaiveDate>,
}

/// Says in the register that the return went out, then writes its file and checks it.
///
/// # Errors
/// When the agency takes no part in the audit, there is a file already, or it cannot be written;
/// there is no new file then, and the register says what it said before.
pub fn issue(
    document: &mut Document,
    request: &IssueRequest,
    author: &Author,
    now: DateTime<Utc>,
) -> Result<Issued> {
    if document.store().kind() == DocumentKind::Return {
        return Err(Error::IssuedFromReturn(document.store().path().to_owned()));
    }
    if request.format == ReturnFormat::Workbook && request.passphrase.is_some() {
        return Err(Error::WorkbookPassphrase);
    }
    if request.path.exists() {
        return Err(StoreError::Exists(request.path.clone()).into());
    }
    let id = AgencyReturn::id(request.audit, &request.agency);
    let edits = edits(document.register(), request, now)?;
    let before = document.register().returns.get(&id).cloned();
    document.commit(&change(edits, author, now, None))?;
    if let Err(error) = write(document, request, author, now) {
        take_back(document, id, before, author, now);
        return Err(error);
    }
    let register = document.register();
    let audit = register.audits.get(&request.audit);
    Ok(Issued {
        path: request.path.clone(),
        audit: audit.map(|audit| audit.title.clone()).unwrap_or_default(),
        cases: register.cases_of(request.audit).len(),
        due: register.returns.get(&id).and_then(|own| own.due),
    })
}

fn write(
    document: &Document,
    request: &IssueRequest,
    author: &Author,
    now: DateTime<Utc>,
) -> Result<()> {
    match request.format {
        ReturnFormat::Goldthread => Ok(document.store().issue(
            &request.path,
            request.passphrase.as_ref(),
            &author.device,
            request.audit,
            &request.agency,
        )?),
        ReturnFormat::Workbook => workbook::write(document, request, now),
    }
}

/// The return goes out today; forms that are missing are made.
fn edits(register: &Register, request: &IssueRequest, now: DateTime<Utc>) -> Result<Vec<Edit>> {
    let audit = register.audits.get(&request.audit);
    let audit = audit.ok_or_else(|| Error::NoAudit(request.audit.to_string()))?;
    let retention = register.retention_of(request.audit);
    retention
        .still_there(&audit.title)
        .map_err(Refused::FormsRemoved)?;
    if !audit.agencies.contains(&request.agency) {
        return Err(Error::NoAgency {
            agency: request.agency.clone(),
            audit: audit.title.clone(),
            others: audit.agencies.join(", "),
        });
    }
    let id = AgencyReturn::id(request.audit, &request.agency);
    let known = register.returns.get(&id);
    let own = AgencyReturn {
        audit: request.audit,
        agency: request.agency.clone(),
        issued: Some(now.with_timezone(&Local).date_naive()),
        due: request.due.or(known.and_then(|own| own.due)),
        merged: known.and_then(|own| own.merged),
        cover: cover(register, request, known),
        arrivals: known.map(|own| own.arrivals.clone()).unwrap_or_default(),
    };
    let cases = register.cases_of(request.audit).into_iter();
    let forms = cases.map(|(case, _)| (CaseForm::id(id, case), CaseForm::new(id, case)));
    let missing = forms.filter(|(form, _)| !register.forms.contains_key(form));
    let missing = missing.map(|(form, empty)| Edit::put(form, empty));
    Ok(std::iter::once(Edit::put(id, own)).chain(missing).collect())
}

/// The covering page asked for; otherwise the one there is, otherwise the usual one.
fn cover(register: &Register, request: &IssueRequest, known: Option<&AgencyReturn>) -> String {
    let due = request.due.or(known.and_then(|own| own.due));
    let known = known.map(|own| own.cover.trim());
    match (&request.cover, known.filter(|text| !text.is_empty())) {
        (Some(text), _) => text.trim().to_owned(),
        (None, Some(text)) => text.to_owned(),
        (None, None) => covering_page(register, request.audit, due),
    }
}

fn change(edits: Vec<Edit>, author: &Author, at: DateTime<Utc>, reason: Option<String>) -> Change {
    Change {
        edits,
        author: author.clone(),
        at,
        reason,
    }
}

/// The file was not written, and so the return did not go out.
fn take_back(
    document: &mut Document,
    id: RecordId,
    before: Option<AgencyReturn>,
    author: &Author,
    now: DateTime<Utc>,
) {
    let Some(before) = before else { return };
    let reason = Some("The file was not written".to_owned());
    let taken_back = document.commit(&change(vec![Edit::put(id, before)], author, now, reason));
    if let Err(error) = taken_back {
        // The disk has gone; the first error is the one that the person is told.
        tracing::warn!(%error, "the register says that the return went out");
    }
}

/// The name alone: the folders on somebody's laptop are nobody's business.
pub(super) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
