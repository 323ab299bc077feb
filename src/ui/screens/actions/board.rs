//! Actions as a board: a column for each step.

use egui::Ui;

use super::chosen::BOARD;
use super::{Listed, due_words, owner_words, status_badge};
use crate::domain::action::{Action, ActionStatus};
use crate::session::Session;
use crate::session::command::{ActionCommand, Command};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::space;
use crate::ui::widgets::{self, caption, card, quiet};

pub(super) fn show(ui: &mut Ui, session: &Session, listed: &[Listed<'_>], acts: &mut Vec<Act>) {
    widgets::columns(ui, &[1.0; BOARD.len()], |ui, at| {
        let (heading, statuses) = BOARD[at];
        let own = listed
            .iter()
            .filter(|listed| statuses.contains(&listed.action.status));
        let own: Vec<&Listed<'_>> = own.collect();
        widgets::heading(ui, &format!("{heading} ({})", own.len()));
        if own.is_empty() {
            caption(ui, "None");
        }
        for listed in own {
            ui.push_id(listed.id, |ui| {
                card(ui, |ui| one(ui, session, listed, acts));
            });
            ui.add_space(space::TIGHT);
        }
    });
}

fn one(ui: &mut Ui, session: &Session, listed: &Listed<'_>, acts: &mut Vec<Act>) {
    let action = listed.action;
    let link = widgets::link(ui, &action.what);
    if link
        .accessible_name(format!("Action: {}", action.what))
        .clicked()
    {
        acts.push(Act::Go(Route::Action(listed.id)));
    }
    owner_words(ui, session, action);
    due_words(ui, session, action);
    if !action.status.is_open() {
        status_badge(ui, action.status);
    }
    if session.file().read_only {
        return;
    }
    if let Some((words, status)) = next(action.status) {
        let on = quiet(ui, icons::NEXT, words);
        if on
            .accessible_name(format!("{words}: {}", action.what))
            .clicked()
        {
            acts.push(moved_on(session, listed, status));
        }
    }
}

/// The step that needs no words; being done needs evidence, and is said on the action itself.
fn next(status: ActionStatus) -> Option<(&'static str, ActionStatus)> {
    match status {
        ActionStatus::Proposed => Some(("Agree", ActionStatus::Agreed)),
        ActionStatus::Agreed => Some(("Begin", ActionStatus::InProgress)),
        _ => None,
    }
}

fn moved_on(session: &Session, listed: &Listed<'_>, status: ActionStatus) -> Act {
    let today = session.now().date_naive();
    let agreed = listed.action.agreed.or(Some(today));
    let action = Action {
        status,
        agreed,
        ..listed.action.clone()
    };
    let action = if action.due.is_none() {
        action.with_date_of_term()
    } else {
        action
    };
    Act::Do(Command::Action(Box::new(ActionCommand::Keep {
        id: listed.id,
        action,
        note: String::new(),
    })))
}
