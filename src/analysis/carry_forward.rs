//! What an audit leaves for the next one to look at again: its areas for improvement, and its
//! actions that are still open. The new audit's scope keeps the chosen ones
//! ([`crate::domain::audit::Scope::carried`]).

use crate::domain::action::{Action, ActionStatus};
use crate::domain::finding::{Finding, FindingKind};
use crate::domain::id::RecordId;
use crate::domain::register::Register;

/// What an audit leaves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Left<'a> {
    /// Areas for improvement by their number.
    pub areas: Vec<(RecordId, &'a Finding)>,
    /// Open actions: those of the areas first in the same order, then the others as they were made.
    pub actions: Vec<(RecordId, &'a Action)>,
}

impl Left<'_> {
    /// Ids of all of it, areas first: a new scope's list when nothing is left out.
    pub fn ids(&self) -> Vec<RecordId> {
        let areas = self.areas.iter().map(|(id, _)| *id);
        areas
            .chain(self.actions.iter().map(|(id, _)| *id))
            .collect()
    }
}

/// What `audit` leaves for the next one.
pub fn left_by(register: &Register, audit: RecordId) -> Left<'_> {
    let findings = register.findings.iter().map(|(id, finding)| (*id, finding));
    let mut areas: Vec<_> = findings
        .filter(|(_, finding)| {
            finding.audit == audit && finding.kind == FindingKind::AreaForImprovement
        })
        .collect();
    areas.sort_by_key(|(id, finding)| (finding.number, *id));
    let actions = register.actions.iter().map(|(id, action)| (*id, action));
    let mut actions: Vec<_> = actions
        .filter(|(_, action)| action.audit == audit && is_open(action))
        .collect();
    let place = |action: &Action| {
        let of = |finding| areas.iter().position(|(id, _)| *id == finding);
        action.finding.and_then(of).unwrap_or(areas.len())
    };
    actions.sort_by_key(|(id, action)| (place(action), *id));
    Left { areas, actions }
}

/// What an audit carries forward, as far as it is still in the register.
pub fn carried_into(register: &Register, audit: RecordId) -> Left<'_> {
    let audit = register.audits.get(&audit);
    let carried = audit.map_or(&[][..], |audit| &audit.scope.carried);
    let finding = |id: &RecordId| Some((*id, register.findings.get(id)?));
    let action = |id: &RecordId| Some((*id, register.actions.get(id)?));
    Left {
        areas: carried.iter().filter_map(finding).collect(),
        actions: carried.iter().filter_map(action).collect(),
    }
}

fn is_open(action: &Action) -> bool {
    matches!(
        action.status,
        ActionStatus::Proposed | ActionStatus::Agreed | ActionStatus::InProgress
    )
}
