//! `goldthread actions FILE [--audit AUDIT] [--overdue] [--json]`

use std::io::Write;
use std::path::PathBuf;

use chrono::{NaiveDate, Utc};

use super::failure::Failure;
use super::place::{Place, audit};
use super::words::counted;
use crate::domain::action::Action;
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::session::jobs;

/// Arguments of `actions`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The register.
    file: PathBuf,
    /// One audit, by id or exact title.
    #[arg(long, value_name = "AUDIT")]
    audit: Option<String>,
    /// Only actions that are past their date and still to be done.
    #[arg(long)]
    overdue: bool,
    /// Answer in JSON (goldthread/actions/1).
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let document = place.open_sound(&arguments.file)?;
    let only = audit(&document, arguments.audit.as_deref())?;
    if arguments.json {
        let mut plan = jobs::action_plan(&document, only, Utc::now())?;
        if arguments.overdue {
            plan.keep_overdue();
        }
        write!(out, "{}", plan.text())?;
        return Ok(());
    }
    let register = document.register();
    let today = Utc::now().date_naive();
    let mut shown = 0;
    for (id, record) in register.audits_in_order() {
        let mut actions = register.actions_of(id);
        actions.retain(|(_, action)| !arguments.overdue || action.is_overdue(today));
        if only.is_some_and(|only| only != id) || actions.is_empty() {
            continue;
        }
        writeln!(out, "{}", record.title)?;
        for (id, action) in actions {
            shown += 1;
            told(register, id, action, today, out)?;
        }
    }
    writeln!(out, "{}", counted(shown, "action"))?;
    Ok(())
}

/// One action in three lines: where it stands and what; whose and by when; its id.
fn told(
    register: &Register,
    id: RecordId,
    action: &Action,
    today: NaiveDate,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let finding = action.finding.and_then(|id| register.findings.get(&id));
    let finding = finding.map(|finding| format!(" (finding {})", finding.number));
    let finding = finding.unwrap_or_default();
    writeln!(out, "  {}: {}{finding}", action.status.label(), action.what)?;
    let owner = if action.lacks_owner() {
        "no owner".to_owned()
    } else {
        let agency = register.agency_short(&action.owner_agency);
        let parts = [agency, action.owner_role.as_str()].into_iter();
        parts
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let due = match action.due {
        Some(due) if action.is_overdue(today) => format!("OVERDUE since {due}"),
        Some(due) => format!("due {due}"),
        None => "no date".to_owned(),
    };
    writeln!(out, "    {owner}; {due}")?;
    writeln!(out, "    {id}")?;
    Ok(())
}
