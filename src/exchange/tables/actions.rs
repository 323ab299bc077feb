//! Actions, as the business management group gets them and sends them back, and the notes on their
//! progress.

use super::{Field, Table, TablesSource};
use crate::domain::action::{ActionStatus, DueTerm};
use crate::exchange::report::{ActionPart, AuditPart};

impl TablesSource<'_> {
    /// The sheet that comes back with decisions: it is read by the names of its columns.
    pub(super) fn actions(&self) -> Table {
        let rows = self.audits().flat_map(|audit| {
            let actions = audit.actions.iter();
            actions.map(|action| action_row(audit, action))
        });
        Table::new(
            "Actions",
            "What will change. Change status, dates, owner and evidence here, write an update, and send the workbook back.",
        )
        .column("Action id", 38, "Lasting id; leave it as it is.")
        .column("Finding", 34, "The audit and the number of the finding it answers.")
        .column("What will change", 70, "The action.")
        .column("Owner agency", 14, "Code of the agency that owns it; empty while nobody does.")
        .column("Owner role", 30, "Role of the owner; never a name.")
        .choice("Due term", 20, &DueTerm::ALL.map(DueTerm::label), "The term the date was chosen by; empty where a date was given.")
        .column("Due", 12, "When it is due.")
        .choice("Status", 14, &ActionStatus::ALL.map(ActionStatus::label), "Where it stands.")
        .column("Evidence of impact", 60, "How we will know, and what was seen.")
        .column("Update", 50, "For you: what has happened since. It is added to the action.")
        .rows(rows.collect::<Vec<_>>())
    }

    pub(super) fn updates(&self) -> Table {
        let rows = self.audits().flat_map(|audit| {
            audit.actions.iter().flat_map(move |action| {
                action.updates.iter().map(move |update| {
                    vec![
                        (&audit.title).into(),
                        (&action.id).into(),
                        (&action.what).into(),
                        (&update.at).into(),
                        (&update.text).into(),
                    ]
                })
            })
        });
        Table::new("Updates", "Notes on the progress of actions, oldest first.")
            .column("Audit", 28, "Title of the audit.")
            .column("Action id", 38, "Id of the action.")
            .column("What will change", 50, "The action.")
            .column("Written at (UTC)", 26, "When it was written.")
            .column("Update", 80, "What happened.")
            .rows(rows.collect::<Vec<_>>())
    }
}

fn action_row(audit: &AuditPart, action: &ActionPart) -> Vec<Field> {
    let finding = action.finding;
    vec![
        (&action.id).into(),
        finding
            .map_or_else(
                || audit.title.clone(),
                |number| format!("{}, finding {number}", audit.title),
            )
            .into(),
        (&action.what).into(),
        (&action.owner_agency).into(),
        (&action.owner_role).into(),
        action.due_term.map(DueTerm::label).into(),
        action.due.into(),
        action.status.label().into(),
        (&action.evidence_of_impact).into(),
        Field::Empty,
    ]
}
