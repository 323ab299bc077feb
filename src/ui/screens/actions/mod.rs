//! Every action, of one audit or all: as a table or a board, overdue first.

mod board;
mod chosen;
mod decisions;
mod edit;
mod table;

use egui::Ui;

use crate::domain::action::{Action, ActionStatus};
use crate::domain::dates::written_date;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, badge, caption, drop_down, hint, secondary};

pub use decisions::DecisionsScreen;
pub use edit::ActionScreen;

use chosen::{Chosen, Group, Listed, Standing};

/// Which actions are shown, and how.
#[derive(Default)]
pub struct ActionsScreen {
    chosen: Chosen,
    group: Group,
    board: bool,
    /// The audit the screen was opened for last.
    opened_for: Option<RecordId>,
}

impl ActionsScreen {
    /// Draws the screen, for one audit or all.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, audit: Option<RecordId>) -> Vec<Act> {
        let mut acts = Vec::new();
        if self.opened_for != audit {
            self.opened_for = audit;
            self.chosen.audit = audit.map(|audit| audit.to_string());
        }
        widgets::page(ui, 1180.0, |ui| {
            ui.horizontal(|ui| {
                widgets::title(ui, "Actions");
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if !session.file().read_only
                        && secondary(ui, icons::OPEN, "Read decisions in…").clicked()
                    {
                        acts.push(Act::Go(Route::Decisions));
                    }
                });
            });
            hint(
                ui,
                "What changes because of the findings: whose it is, by when, and how we will know.",
            );
            self.filters(ui, session);
            let listed = self.chosen.list(session);
            told(ui, session, &listed);
            ui.add_space(space::NEAR);
            if listed.is_empty() {
                hint(
                    ui,
                    "No action is chosen by what is set above. Actions are added to a finding, on the audit's findings.",
                );
            } else if self.board {
                board::show(ui, session, &listed, &mut acts);
            } else {
                table::show(ui, session, &listed, self.group, &mut acts);
            }
            ui.add_space(space::PART);
        });
        acts
    }

    fn filters(&mut self, ui: &mut Ui, session: &Session) {
        let register = session.register();
        ui.horizontal_wrapped(|ui| {
            for (board, words) in [(false, "Table"), (true, "Board")] {
                widgets::keep_in_view(&ui.radio_value(&mut self.board, board, words));
            }
            ui.separator();
            let audits = register.audits_in_order().into_iter().rev();
            let audits: Vec<_> = audits
                .map(|(id, audit)| (id.to_string(), audit.title.clone()))
                .collect();
            drop_down(ui, "Audit", "Every audit", &audits, &mut self.chosen.audit);
            let agencies = register.agencies.values();
            let owners: Vec<_> = agencies
                .map(|agency| (agency.code.clone(), agency.short.clone()))
                .collect();
            drop_down(ui, "Owner", "Every owner", &owners, &mut self.chosen.owner);
            let themes = session.catalogue().themes.iter();
            let themes: Vec<_> = themes
                .map(|theme| (theme.id.clone(), theme.short.clone()))
                .collect();
            drop_down(ui, "Theme", "Every theme", &themes, &mut self.chosen.theme);
            let standings = Standing::ALL.map(|s| (s.label().to_owned(), s.label().to_owned()));
            let mut standing = self
                .chosen
                .standing
                .map(|standing| standing.label().to_owned());
            drop_down(ui, "Status", "Every status", &standings, &mut standing);
            self.chosen.standing = Standing::ALL
                .into_iter()
                .find(|known| standing.as_deref() == Some(known.label()));
            if !self.board {
                let others = Group::ALL.into_iter().filter(|group| *group != Group::Due);
                let groups: Vec<_> = others
                    .map(|group| (group.label().to_owned(), group.label().to_owned()))
                    .collect();
                let mut group = (self.group != Group::Due).then(|| self.group.label().to_owned());
                drop_down(ui, "Group by", Group::Due.label(), &groups, &mut group);
                let known = Group::ALL.into_iter();
                let mut known = known.filter(|known| group.as_deref() == Some(known.label()));
                self.group = known.next().unwrap_or_default();
            }
        });
    }
}

/// "12 actions of 15: 3 overdue, 2 without an owner, 1 without a date"
fn told(ui: &mut Ui, session: &Session, listed: &[Listed<'_>]) {
    let today = session.now().date_naive();
    let all = session.register().actions.len();
    let count = |wanted: &dyn Fn(&Action) -> bool| {
        listed.iter().filter(|listed| wanted(listed.action)).count()
    };
    ui.horizontal_wrapped(|ui| {
        caption(ui, &format!("{} of {all} actions shown", listed.len()));
        let parts: [(usize, Tone, &str, &str); 3] = [
            (
                count(&|action| action.is_overdue(today)),
                Tone::Poor,
                icons::CLOCK,
                "overdue",
            ),
            (
                count(&Action::lacks_owner),
                Tone::Mixed,
                icons::ATTENTION,
                "without an owner",
            ),
            (
                count(&Action::lacks_date),
                Tone::Mixed,
                icons::ATTENTION,
                "without a date",
            ),
        ];
        for (count, tone, icon, words) in parts {
            if count > 0 {
                badge(ui, tone, icon, &format!("{count} {words}"));
            }
        }
    });
}

/// The badge of where an action stands.
fn status_badge(ui: &mut Ui, status: ActionStatus) {
    let (tone, icon) = match status {
        ActionStatus::Proposed => (Tone::Neutral, icons::NOT_STARTED),
        ActionStatus::Agreed => (Tone::Neutral, icons::TICK),
        ActionStatus::InProgress => (Tone::Mixed, icons::BEGUN),
        ActionStatus::Done => (Tone::Good, icons::DONE),
        ActionStatus::NotDone => (Tone::Poor, icons::NO),
        ActionStatus::Superseded => (Tone::Neutral, icons::NOT_APPLICABLE),
    };
    badge(ui, tone, icon, status.label());
}

/// Its date, or that there is none, and whether it is past.
fn due_words(ui: &mut Ui, session: &Session, action: &Action) {
    let today = session.now().date_naive();
    match (action.due, action.due_term) {
        (Some(due), _) if action.is_overdue(today) => {
            badge(ui, Tone::Poor, icons::CLOCK, "Overdue");
            caption(ui, &format!("since {}", written_date(due)));
        }
        (Some(due), _) => drop(ui.label(written_date(due))),
        (None, Some(term)) => {
            drop(caption(ui, &format!("{} once agreed", term.label())));
        }
        (None, None) if action.lacks_date() => {
            drop(badge(ui, Tone::Mixed, icons::ATTENTION, "No date"));
        }
        (None, None) => drop(caption(ui, "no date")),
    }
}

fn owner_words(ui: &mut Ui, session: &Session, action: &Action) {
    if action.lacks_owner() {
        badge(ui, Tone::Mixed, icons::ATTENTION, "No owner");
        return;
    }
    let agency = session.register().agency_short(&action.owner_agency);
    let parts = [agency, action.owner_role.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    ui.add(egui::Label::new(parts.join(", ")).wrap());
}

/// One action under its finding: where it stands, what, whose, by when.
pub fn action_line(
    ui: &mut Ui,
    session: &Session,
    id: RecordId,
    action: &Action,
    acts: &mut Vec<Act>,
) {
    ui.horizontal_wrapped(|ui| {
        status_badge(ui, action.status);
        if widgets::link(ui, &action.what)
            .accessible_name(format!("Action: {}", action.what))
            .clicked()
        {
            acts.push(Act::Go(Route::Action(id)));
        }
        owner_words(ui, session, action);
        due_words(ui, session, action);
    });
}
