//! Writes the workbook of one agency, and looks that it says what the register says.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::look_at;
use crate::domain::answer::Answer;
use crate::domain::form::CaseForm;
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::key_date::KeyDate;
use crate::domain::safety_stop::SafetyStop;
use crate::domain::tool::Tool;
use crate::exchange::return_workbook::{self, CaseSheet, Cover, Identity};
use crate::exchange::{ExchangeError, file};
use crate::session::document::Document;
use crate::session::error::{Error, Result};
use crate::session::jobs::IssueRequest;

/// Writes the workbook, then reads it as a return that was not touched: it has to bring nothing.
///
/// # Errors
/// When something on a form does not fit into a cell, or the file cannot be written; there is no
/// new file then.
pub(in crate::session::jobs) fn write(
    document: &Document,
    request: &IssueRequest,
    now: DateTime<Utc>,
) -> Result<()> {
    let register = document.register();
    let audit = register.audits.get(&request.audit);
    let partnership = register.partnerships.iter().next();
    let (Some(audit), Some(tool), Some((id, partnership))) =
        (audit, register.tool_of(request.audit), partnership)
    else {
        return Err(Error::NoAudit(request.audit.to_string()));
    };
    let identity = Identity {
        workbook: RecordId::fresh(),
        partnership: *id,
        audit: request.audit,
        agency: request.agency.clone(),
        tool: tool.name(),
        made: now,
    };
    let agency = register.agency(&request.agency);
    let own = crate::domain::form::AgencyReturn::id(request.audit, &request.agency);
    let own = register.returns.get(&own);
    let cover = Cover {
        partnership: partnership.name.clone(),
        audit: audit.title.clone(),
        agency: agency.map_or_else(|| request.agency.clone(), |agency| agency.name.clone()),
        due: own.and_then(|own| own.due).or(audit.scope.due),
        text: own.map(|own| own.cover.clone()).unwrap_or_default(),
        worked_example: partnership.worked_example,
    };
    let sheets = sheets(document, request, tool)?;
    let content = return_workbook::write(&identity, &cover, tool, &sheets)?;
    file::write(&request.path, &content)?;
    check(document, request).inspect_err(|_| {
        // Only what was made a moment ago is taken away again.
        let _ = std::fs::remove_file(&request.path);
    })
}

fn check(document: &Document, request: &IssueRequest) -> Result<()> {
    let odd = |what: String| Error::Exchange(ExchangeError::NotForWorkbook(what));
    let incoming = look_at(document, &request.path, &[]).map_err(|refused| odd(refused.why))?;
    let brings = document.store().plan_merge(&[incoming])?;
    let news: usize = brings.iter().map(|file| file.new_revisions).sum();
    match news {
        0 => Ok(()),
        some => Err(odd(format!(
            "{some} of its answers would come back otherwise than they are"
        ))),
    }
}

/// The agency's form for each case.
fn sheets(document: &Document, request: &IssueRequest, tool: &Tool) -> Result<Vec<CaseSheet>> {
    let register = document.register();
    let cases = register.cases_of(request.audit).into_iter();
    let forms = cases.filter_map(|(case, content)| {
        let (id, form) = register.form_of(request.audit, &request.agency, case)?;
        Some((id, form.clone(), content.reference.clone()))
    });
    forms
        .map(|(id, form, reference)| sheet(document, tool, id, form, reference))
        .collect()
}

fn sheet(
    document: &Document,
    tool: &Tool,
    id: RecordId,
    form: CaseForm,
    reference: String,
) -> Result<CaseSheet> {
    let content = document.form_content(id)?;
    Ok(CaseSheet {
        case: form.case,
        reference,
        form,
        answers: content.answers,
        dates: content.dates,
        stop: document.register().safety_stop(id).cloned(),
        versions: versions(document, tool, id)?,
    })
}

/// The revisions that each record of a form stands by.
fn versions(
    document: &Document,
    tool: &Tool,
    form: RecordId,
) -> Result<BTreeMap<RecordId, Vec<RevisionId>>> {
    let answers = tool.questions.iter().map(|one| Answer::id(form, &one.id));
    let dates = tool
        .key_dates
        .iter()
        .map(|date| KeyDate::id(form, &date.id));
    let records = [form, SafetyStop::id(form)]
        .into_iter()
        .chain(answers)
        .chain(dates);
    let mut versions = BTreeMap::new();
    for record in records {
        let base = document.store().base_of(record)?;
        if !base.is_empty() {
            versions.insert(record, base);
        }
    }
    Ok(versions)
}
