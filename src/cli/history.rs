//! `goldthread history FILE RECORD`

use std::io::Write;
use std::path::PathBuf;

use super::failure::Failure;
use super::place::Place;
use crate::domain::answer::Answer;
use crate::domain::form::{AgencyReturn, CaseForm};
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::session::history::steps;

/// Arguments of `history`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The register.
    file: PathBuf,
    /// Id of the record, title of an audit, or a case with agency and question, such as
    /// "NEG20-03 GP C07".
    record: String,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let name = &arguments.record;
    let none = || Failure::Refused(format!("There is no record “{name}” in this file."));
    let document = place.open_to_read(&arguments.file)?;
    let register = document.register();
    let by_title = || register.find_audit(name);
    let by_place = || by_place(register, name);
    let by_id = name.parse::<RecordId>().ok();
    let record = by_id.or_else(by_title).or_else(by_place).ok_or_else(none)?;
    let entries = document.store().history(record)?;
    let kind = entries.first().map(|entry| entry.kind.replace('_', " "));
    writeln!(out, "{} {record}", kind.ok_or_else(none)?)?;
    for step in steps(&entries, document.register()) {
        writeln!(out, "\n{}  {}", step.when, step.who)?;
        if let Some(reason) = &step.reason {
            writeln!(out, "  because: {reason}")?;
        }
        for change in &step.changes {
            writeln!(out, "  {change}")?;
        }
    }
    Ok(())
}

/// A case by its reference, its form by the agency's code too, an answer by the question's id too.
/// Nothing when two audits have a case of that reference.
fn by_place(register: &Register, name: &str) -> Option<RecordId> {
    let mut words = name.split_whitespace();
    let reference = words.next()?;
    let mut cases = register
        .cases
        .iter()
        .filter(|(_, case)| case.reference == reference);
    let (id, case) = cases.next()?;
    if cases.next().is_some() {
        return None;
    }
    let Some(agency) = words.next() else {
        return Some(*id);
    };
    let form = CaseForm::id(AgencyReturn::id(case.audit, agency), *id);
    let Some(question) = words.next() else {
        return Some(form);
    };
    words.next().is_none().then(|| Answer::id(form, question))
}
