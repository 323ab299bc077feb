//! Actions: kept with notes on their progress, and the BMG's decisions on them.

use super::{Ground, Step, fits};
use crate::domain::action::{Action, ActionStatus, ActionUpdate};
use crate::domain::id::RecordId;
use crate::domain::record::RecordKind;
use crate::domain::revision::Edit;
use crate::session::command::{ActionCommand, Refused};
use crate::session::decisions::Decisions;

pub(super) fn step(ground: &Ground<'_>, command: &ActionCommand) -> Result<Step, Refused> {
    match command {
        ActionCommand::Keep { id, action, note } => keep(ground, *id, action, note.trim()),
        ActionCommand::TakeAway(id, reason) => take_away(ground, *id, reason.trim()),
    }
}

fn keep(ground: &Ground<'_>, id: RecordId, action: &Action, note: &str) -> Result<Step, Refused> {
    let before = ground.register.actions.get(&id);
    check(ground, before, action, note)?;
    let mut edits = vec![Edit::put(id, action.clone())];
    edits.extend(noted(ground, id, note));
    let words: String = action.what.chars().take(40).collect();
    Ok(Step::new(format!("action “{}”", words.trim()), edits))
}

fn noted(ground: &Ground<'_>, action: RecordId, note: &str) -> Option<Edit> {
    let update = ActionUpdate {
        action,
        at: ground.now,
        text: note.to_owned(),
    };
    (!note.is_empty()).then(|| Edit::put(RecordId::fresh(), update))
}

/// What an action must say; what it said already when it came from elsewhere is left alone.
fn check(
    ground: &Ground<'_>,
    before: Option<&Action>,
    action: &Action,
    note: &str,
) -> Result<(), Refused> {
    if action.what.trim().is_empty() {
        return Err(Refused::Needed("What will change"));
    }
    for text in [&action.what, &action.owner_role, &action.evidence_of_impact] {
        fits(text)?;
    }
    fits(note)?;
    if !ground.register.audits.contains_key(&action.audit) {
        return Err(Refused::Needed("The audit"));
    }
    let new_status = before.is_none_or(|before| before.status != action.status);
    let says_how = !action.evidence_of_impact.trim().is_empty();
    if new_status && action.status == ActionStatus::Done && !says_how {
        return Err(Refused::Needed(
            "Evidence of impact for an action that is done",
        ));
    }
    if new_status && action.status.needs_reason() && note.is_empty() {
        return Err(Refused::Needed("A note that says why"));
    }
    Ok(())
}

fn take_away(ground: &Ground<'_>, id: RecordId, reason: &str) -> Result<Step, Refused> {
    if !ground.register.actions.contains_key(&id) {
        return Err(Refused::Needed("The action"));
    }
    if reason.is_empty() {
        return Err(Refused::NoReason);
    }
    let updates = ground.register.action_updates.iter();
    let own = updates.filter(|(_, update)| update.action == id);
    let mut edits: Vec<Edit> = own
        .map(|(update, _)| Edit::delete(*update, RecordKind::ActionUpdate))
        .collect();
    edits.push(Edit::delete(id, RecordKind::Action));
    Ok(Step {
        reason: Some(reason.to_owned()),
        ..Step::new("action taken away", edits)
    })
}

/// All decisions in one step, with where they came from as the reason; none where an action changed
/// after they were shown.
pub(super) fn take_decisions(ground: &Ground<'_>, decisions: &Decisions) -> Result<Step, Refused> {
    let today = ground.now.date_naive();
    let mut edits = Vec::new();
    for decided in &decisions.decided {
        let ours = ground.register.actions.get(&decided.action);
        if ours != Some(&decided.ours) {
            return Err(Refused::ChangedMeanwhile(decided.ours.what.clone()));
        }
        let outcome = decided.outcome(&decisions.taken_of(decided.action), today);
        edits.push(Edit::put(decided.action, outcome));
        let note = decided.note.as_deref().unwrap_or_default();
        edits.extend(noted(ground, decided.action, note));
    }
    Ok(Step {
        reason: Some(format!("Decisions read in from {}", decisions.source)),
        ..Step::new(format!("decisions from {}", decisions.source), edits)
    })
}
