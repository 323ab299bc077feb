//! From a command to the edits that carry it out, one file a subject. Nothing here writes: the
//! edits go to the register, the open form and the worker alike.

mod action;
mod agreed_date;
mod attendance;
mod audit;
mod case;
mod concern;
mod finding;
mod form;
mod hypothesis;
mod panel;
mod register;
mod retention;
mod scope;

use chrono::{DateTime, Utc};

use super::command::{Command, Refused};
use super::form::OpenForm;
use super::panel::OpenCase;
use crate::domain::catalogue::Catalogue;
use crate::domain::register::Register;
use crate::domain::revision::Edit;
use crate::domain::tool::LONGEST_TEXT;

/// What the edits are made from.
pub(super) struct Ground<'a> {
    pub(super) register: &'a Register,
    pub(super) catalogue: &'a Catalogue,
    pub(super) form: Option<&'a OpenForm>,
    pub(super) case: Option<&'a OpenCase>,
    pub(super) now: DateTime<Utc>,
}

/// Edits and what to call them.
#[derive(Debug, Default)]
pub(super) struct Step {
    pub(super) edits: Vec<Edit>,
    /// Words after "Undo: "; absent for steps that are not undone but answered by another command.
    pub(super) label: Option<String>,
    /// Edits with the same key within a minute are one step of undo.
    pub(super) typing_in: Option<String>,
    pub(super) reason: Option<String>,
}

impl Step {
    fn new(label: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self {
            edits,
            label: Some(label.into()),
            ..Self::default()
        }
    }
}

/// Whether a text is as long as any may be.
fn fits(text: &str) -> Result<(), Refused> {
    if text.chars().count() > LONGEST_TEXT {
        return Err(Refused::TooLong(LONGEST_TEXT));
    }
    Ok(())
}

/// The edits of every command but undo and redo.
pub(super) fn step(ground: &Ground<'_>, command: &Command) -> Result<Step, Refused> {
    match command {
        Command::SetUpRegister(new) => register::set_up(ground, new),
        Command::CreateAudit(new) => audit::create(ground, new),
        Command::SetAuditState(audit, state) => audit::set_state(ground, *audit, *state),
        Command::Form(form, command) => form::step(ground, *form, command),
        Command::ChangeScope(change) => scope::change(ground, change),
        Command::SaySameAs(case, earlier) => case::say_same_as(ground, *case, earlier.as_ref()),
        Command::Hypothesis(command) => hypothesis::step(ground, command),
        Command::Judge(judge) => panel::judge(ground, judge),
        Command::AgreeAll(case) => panel::agree_all(ground, *case),
        Command::Finding(command) => finding::step(ground, command),
        Command::Action(command) => action::step(ground, command),
        Command::FollowUp(follow_up) => concern::follow_up(ground, follow_up),
        Command::TakeDecisions(decisions) => action::take_decisions(ground, decisions),
        Command::AgreeDate(agree) => agreed_date::agree(ground, agree),
        Command::SetAttendance(command) => attendance::set(ground, command),
        Command::Retention(command) => retention::step(ground, command),
        Command::Undo | Command::Redo => Ok(Step::default()),
    }
}
