//! One action: what, whose, by when, how we will know, and what happened since.

use chrono::Local;
use egui::Ui;

use crate::domain::action::{Action, ActionStatus, DueTerm};
use crate::domain::dates::written_date;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::session::command::{ActionCommand, Command};
use crate::ui::act::Act;
use crate::ui::dialogs::{Ask, Asked};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::space;
use crate::ui::widgets::{
    self, DateField, TypedLine, Wrong, caption, card, drop_down, hint, label, paragraph, primary,
    quiet, secondary,
};

/// An action as it is written, and as it was kept.
struct Draft {
    id: RecordId,
    kept: Option<Action>,
    action: Action,
    note: String,
    due: DateField,
    agreed: DateField,
}

/// The draft on the screen.
#[derive(Default)]
pub struct ActionScreen {
    draft: Option<Draft>,
    wrong: Wrong<Needed>,
    asking: Option<Ask>,
}

/// What an action must have before it can be kept.
#[derive(Clone, Copy, PartialEq)]
enum Needed {
    What,
    Evidence,
    Note,
}

impl ActionScreen {
    /// Begins a new action that answers a finding.
    pub fn begin(&mut self, audit: RecordId, finding: RecordId) {
        self.set(RecordId::fresh(), None, Action::new(audit, Some(finding)));
    }

    fn set(&mut self, id: RecordId, kept: Option<Action>, action: Action) {
        self.wrong = Wrong::default();
        self.draft = Some(Draft {
            id,
            kept,
            action,
            note: String::new(),
            due: DateField::default(),
            agreed: DateField::default(),
        });
    }

    /// Draws the screen for an action that is kept.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, id: RecordId) -> Vec<Act> {
        let Some(action) = session.register().actions.get(&id) else {
            return vec![Act::Back];
        };
        let untouched = self
            .draft
            .as_ref()
            .is_none_or(|draft| draft.id != id || !draft.changed());
        let stale = self
            .draft
            .as_ref()
            .is_none_or(|draft| draft.id != id || draft.kept.as_ref() != Some(action));
        if untouched && stale {
            self.set(id, Some(action.clone()), action.clone());
        }
        self.page(ui, session)
    }

    /// Draws the screen for the new action begun last.
    pub fn show_new(&mut self, ui: &mut Ui, session: &Session) -> Vec<Act> {
        if self.draft.is_none() {
            return vec![Act::Back];
        }
        self.page(ui, session)
    }

    /// What is written and can be kept, kept because the screen goes out of sight.
    pub fn flush(&mut self) -> Option<Act> {
        let draft = self.draft.as_mut()?;
        draft.read_dates();
        (draft.changed() && draft.missing().is_empty()).then(|| {
            let act = draft.keep();
            draft.kept = Some(draft.action.clone());
            draft.note.clear();
            act
        })
    }

    fn page(&mut self, ui: &mut Ui, session: &Session) -> Vec<Act> {
        let mut acts = Vec::new();
        let Some(draft) = &mut self.draft else {
            return acts;
        };
        let (mut done, mut cancelled, mut away) = (false, false, false);
        let wrong = &mut self.wrong;
        widgets::page(ui, 820.0, |ui| {
            if widgets::back_button(ui, "Back").clicked() {
                acts.push(Act::Back);
            }
            widgets::title(
                ui,
                if draft.kept.is_some() {
                    "Action"
                } else {
                    "New action"
                },
            );
            from(ui, session, &draft.action, &mut acts);
            wrong.summary(ui, "Before this can be kept", draft.missing());
            card(ui, |ui| draft.plan(ui, session, wrong));
            ui.add_space(space::NEAR);
            card(ui, |ui| draft.progress(ui, session, wrong));
            ui.add_space(space::NEAR);
            ui.horizontal(|ui| {
                let may = !session.file().read_only;
                let keep =
                    ui.add_enabled_ui(may, |ui| primary(ui, icons::TICK, "Keep this action"));
                done = keep.inner.clicked();
                cancelled = secondary(ui, "", "Cancel").clicked();
                if draft.kept.is_some() {
                    away = may && quiet(ui, icons::REMOVE, "Take it away…").clicked();
                    if quiet(ui, icons::HISTORY, "History").clicked() {
                        acts.push(Act::ReadHistory(draft.id));
                        acts.push(Act::Go(Route::History(draft.id)));
                    }
                }
            });
            ui.add_space(space::PART);
        });
        if away {
            self.asking = Some(Ask::new(
                "Take this action away?",
                "It leaves the plan, and stays in the history. An action that is no longer needed is better called superseded.",
                "Why",
                "Take it away",
            ));
        }
        self.finish(ui, done, cancelled, &mut acts);
        acts
    }

    fn finish(&mut self, ui: &mut Ui, done: bool, cancelled: bool, acts: &mut Vec<Act>) {
        let Some(draft) = &mut self.draft else {
            return;
        };
        let id = draft.id;
        if done {
            draft.read_dates();
        }
        if done && !draft.missing().is_empty() {
            self.wrong.tell();
        } else if done || cancelled {
            acts.extend((done && draft.changed()).then(|| draft.keep()));
            acts.push(Act::Back);
            self.draft = None;
        }
        match self.asking.as_mut().map(|ask| ask.show(ui)) {
            Some(Asked::Answered(reason)) => {
                let command = ActionCommand::TakeAway(id, reason);
                acts.push(Act::Do(Command::Action(Box::new(command))));
                acts.push(Act::Back);
                (self.asking, self.draft) = (None, None);
            }
            Some(Asked::Cancelled) => self.asking = None,
            Some(Asked::Waiting) | None => (),
        }
    }
}

/// The finding it answers, in words.
fn from(ui: &mut Ui, session: &Session, action: &Action, acts: &mut Vec<Act>) {
    let register = session.register();
    let title = register
        .audits
        .get(&action.audit)
        .map_or("", |audit| audit.title.as_str());
    let finding = action.finding.and_then(|id| register.findings.get(&id));
    match finding {
        Some(finding) => {
            if widgets::link(ui, &format!("{title}, finding {}", finding.number)).clicked() {
                acts.push(Act::Go(Route::Findings(action.audit)));
            }
            hint(ui, &finding.text);
        }
        None => drop(hint(ui, title)),
    }
    if action
        .finding
        .is_some_and(|id| !session.changed_under(id).is_empty())
    {
        hint(
            ui,
            "What this finding rests on changed after it was kept: see the findings.",
        );
    }
    ui.add_space(space::NEAR);
}

impl Draft {
    fn changed(&self) -> bool {
        let empty = Action::new(self.action.audit, self.action.finding);
        *self.kept.as_ref().unwrap_or(&empty) != self.action || !self.note.trim().is_empty()
    }

    fn keep(&self) -> Act {
        Act::Do(Command::Action(Box::new(ActionCommand::Keep {
            id: self.id,
            action: self.action.clone(),
            note: self.note.trim().to_owned(),
        })))
    }

    /// What a date field holds and has not handed over yet.
    fn read_dates(&mut self) {
        if let Some(due) = self.due.take_typed(self.action.due) {
            self.action.due = due;
        }
        if let Some(agreed) = self.agreed.take_typed(self.action.agreed) {
            self.action.agreed = agreed;
        }
    }

    fn missing(&self) -> Vec<(Needed, String)> {
        let mut missing = Vec::new();
        let status = self.action.status;
        let new_status = self.kept.as_ref().is_none_or(|kept| kept.status != status);
        if self.action.what.trim().is_empty() {
            missing.push((Needed::What, "Say what will change".into()));
        }
        if new_status
            && status == ActionStatus::Done
            && self.action.evidence_of_impact.trim().is_empty()
        {
            let words = "Say what shows that it made a difference: an action is done with evidence";
            missing.push((Needed::Evidence, words.into()));
        }
        if new_status && status.needs_reason() && self.note.trim().is_empty() {
            let words = "Say why it is not done or what replaces it";
            missing.push((Needed::Note, words.into()));
        }
        missing
    }

    /// What, whose, by when.
    fn plan(&mut self, ui: &mut Ui, session: &Session, wrong: &mut Wrong<Needed>) {
        TypedLine::new("What will change")
            .of_a_case()
            .hint("Something people can see has been done, not an intention.")
            .rows(3)
            .told(wrong.field(&Needed::What))
            .show(ui, &mut self.action.what);
        label(ui, "Owner's agency");
        let agencies = session.register().agencies.values();
        let agencies: Vec<_> = agencies
            .map(|agency| (agency.code.clone(), agency.short.clone()))
            .collect();
        let mut owner = Some(self.action.owner_agency.clone()).filter(|code| !code.is_empty());
        drop_down(ui, "Owner's agency", "Nobody yet", &agencies, &mut owner);
        self.action.owner_agency = owner.unwrap_or_default();
        TypedLine::new("Owner's role")
            .of_a_case()
            .hint("A role, never a name.")
            .show(ui, &mut self.action.owner_role);
        self.when(ui);
    }

    fn when(&mut self, ui: &mut Ui) {
        label(ui, "Due");
        let before = self.action.due_term;
        ui.horizontal_wrapped(|ui| {
            for term in DueTerm::ALL {
                let chosen = &mut self.action.due_term;
                widgets::keep_in_view(&ui.radio_value(chosen, Some(term), term.label()));
            }
            widgets::keep_in_view(&ui.radio_value(&mut self.action.due_term, None, "A date"));
        });
        if let Some(agreed) = self.agreed.show(
            ui,
            "Agreed on",
            "Terms count from this day.",
            self.action.agreed,
        ) {
            self.action.agreed = agreed;
            self.follow_term();
        }
        if before != self.action.due_term {
            self.follow_term();
        }
        match self.action.due_term {
            None => {
                if let Some(due) = self.due.show(ui, "Due on", "", self.action.due) {
                    self.action.due = due;
                }
            }
            Some(_) => {
                let words = self
                    .action
                    .due
                    .map(|due| format!("Due {}", written_date(due)));
                hint(
                    ui,
                    &words.unwrap_or_else(|| "The date follows once it is agreed.".into()),
                );
            }
        }
    }

    /// A term gives the date, or takes away one that came from elsewhere.
    fn follow_term(&mut self) {
        if self.action.due_term.is_some() {
            self.action.due = None;
            self.action = self.action.clone().with_date_of_term();
        }
    }

    /// Where it stands, how we will know, what happened.
    fn progress(&mut self, ui: &mut Ui, session: &Session, wrong: &mut Wrong<Needed>) {
        label(ui, "Where it stands");
        let before = self.action.status;
        ui.horizontal_wrapped(|ui| {
            for status in ActionStatus::ALL {
                let chosen = &mut self.action.status;
                widgets::keep_in_view(&ui.radio_value(chosen, status, status.label()));
            }
        });
        let status = self.action.status;
        let agreed = matches!(status, ActionStatus::Agreed | ActionStatus::InProgress);
        if before != status && agreed && self.action.agreed.is_none() {
            self.action.agreed = Some(session.now().date_naive());
            self.follow_term();
        }
        TypedLine::new("Evidence of impact")
            .of_a_case()
            .hint("How we will know, and what was seen. An action is done only with this.")
            .rows(3)
            .told(wrong.field(&Needed::Evidence))
            .show(ui, &mut self.action.evidence_of_impact);
        let words = if status.needs_reason() {
            "Why"
        } else {
            "What happened"
        };
        TypedLine::new(words)
            .of_a_case()
            .hint("Kept as a note with today's date.")
            .rows(2)
            .told(wrong.field(&Needed::Note))
            .show(ui, &mut self.note);
        for note in session.register().updates_of(self.id).into_iter().rev() {
            let at = note.at.with_timezone(&Local).format("%d/%m/%Y %H:%M");
            caption(ui, &at.to_string());
            paragraph(ui, &note.text);
        }
    }
}
