//! Making an audit: the frozen tool, the audit, its hypotheses and cases, a return for each agency
//! and a form for each agency and case.

use std::collections::{BTreeMap, BTreeSet};

use super::case::was_read;
use super::{Ground, Step};
use crate::domain::audit::{Audit, AuditState, Hypothesis};
use crate::domain::case::{Case, check_reference};
use crate::domain::form::{AgencyReturn, CaseForm};
use crate::domain::id::RecordId;
use crate::domain::revision::Edit;
use crate::domain::tool::Tool;
use crate::session::command::{NewAudit, Refused};

pub(super) fn create(ground: &Ground<'_>, new: &NewAudit) -> Result<Step, Refused> {
    check(ground, new)?;
    let audit = RecordId::fresh();
    let mut edits = tool_edit(ground, &new.tool)?;
    edits.push(Edit::put(
        audit,
        Audit {
            title: new.title.trim().to_owned(),
            tool: new.tool.clone(),
            agencies: new.agencies.clone(),
            state: AuditState::Open,
            scope: new.scope.clone(),
            re_audit_of: new.re_audit_of,
        },
    ));
    let stated = new
        .hypotheses
        .iter()
        .filter(|(text, _)| !text.trim().is_empty());
    edits.extend(stated.enumerate().map(|(at, (text, questions))| {
        Edit::put(
            RecordId::fresh(),
            Hypothesis {
                audit,
                code: format!("H{}", at + 1),
                text: text.trim().to_owned(),
                questions: questions.clone(),
                verdict: None,
                rationale: String::new(),
            },
        )
    }));
    let cases: Vec<(RecordId, Case)> = new
        .cases
        .iter()
        .map(|case| {
            let mut case = case.clone().in_audit(audit);
            // Another audit may have been chosen since.
            let earlier = new.re_audit_of;
            let read = |reference: &String| was_read(ground.register, earlier, reference);
            case.same_as = case.same_as.filter(read);
            (RecordId::fresh(), case)
        })
        .collect();
    edits.extend(cases.iter().map(|(id, case)| Edit::put(*id, case.clone())));
    edits.extend(forms(audit, new, &cases));
    Ok(Step {
        edits,
        ..Step::default()
    })
}

/// A return for each agency and a form for each of its cases.
fn forms(audit: RecordId, new: &NewAudit, cases: &[(RecordId, Case)]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for agency in &new.agencies {
        let agency_return = AgencyReturn::id(audit, agency);
        let head = AgencyReturn {
            audit,
            agency: agency.clone(),
            issued: None,
            due: new.scope.due,
            merged: None,
            cover: String::new(),
            arrivals: BTreeMap::new(),
        };
        edits.push(Edit::put(agency_return, head));
        edits.extend(cases.iter().map(|(case, _)| {
            Edit::put(
                CaseForm::id(agency_return, *case),
                CaseForm::new(agency_return, *case),
            )
        }));
    }
    edits
}

/// The tool as it is today goes into the register with the first audit that uses it.
fn tool_edit(ground: &Ground<'_>, name: &str) -> Result<Vec<Edit>, Refused> {
    if ground.register.tool(name).is_some() {
        return Ok(Vec::new());
    }
    let tool = ground
        .catalogue
        .tool(name)
        .ok_or_else(|| Refused::NoTool(name.to_owned()))?;
    Ok(vec![Edit::put(Tool::id(&tool.name()), tool.clone())])
}

fn check(ground: &Ground<'_>, new: &NewAudit) -> Result<(), Refused> {
    let title = new.title.trim();
    if title.is_empty() {
        return Err(Refused::Needed("A title"));
    }
    if ground
        .register
        .audits
        .values()
        .any(|audit| audit.title == title)
    {
        return Err(Refused::TitleTaken(title.to_owned()));
    }
    if new.agencies.is_empty() {
        return Err(Refused::Needed("At least one agency"));
    }
    if new.cases.is_empty() {
        return Err(Refused::Needed("At least one case"));
    }
    let mut seen = BTreeSet::new();
    for case in &new.cases {
        let refused = |why: String| Refused::Case {
            reference: case.reference.clone(),
            why,
        };
        check_reference(&case.reference).map_err(|bad| refused(bad.to_string()))?;
        if !seen.insert(&case.reference) {
            return Err(refused("the reference is there twice".into()));
        }
    }
    Ok(())
}

pub(super) fn set_state(
    ground: &Ground<'_>,
    id: RecordId,
    state: AuditState,
) -> Result<Step, Refused> {
    let audit = ground
        .register
        .audits
        .get(&id)
        .ok_or(Refused::Needed("The audit"))?;
    let label = format!("state of {}", audit.title);
    let after = Audit {
        state,
        ..audit.clone()
    };
    let mut edits = vec![Edit::put(id, after)];
    if state == AuditState::Closed {
        edits.extend(super::retention::on_closing(ground, id));
    }
    Ok(Step::new(label, edits))
}
