//! The findings in their order.

use egui::{EventFilter, Key, Modifiers, Response, Ui};

use super::{Asking, FindingsScreen, kind_look, rests_on};
use crate::domain::finding::Finding;
use crate::domain::id::RecordId;
use crate::session::command::{Command, FindingCommand};
use crate::session::{Changed, Session};
use crate::ui::act::Act;
use crate::ui::dialogs::Ask;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::screens::actions::action_line;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, badge, caption, card, hint, notice, paragraph, quiet};

/// What the buttons of a finding take at the end of its first line, in points.
const ROOM_FOR_WAYS: f32 = 420.0;

impl FindingsScreen {
    pub(super) fn list(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        audit: RecordId,
        acts: &mut Vec<Act>,
    ) {
        let findings = session.register().findings_of(audit);
        if findings.is_empty() {
            card(ui, |ui| {
                widgets::heading(ui, "No finding yet");
                hint(
                    ui,
                    "Write one, or begin with what is suggested below. A finding says what works well, what needs to improve, or what practice on a case has to be followed up.",
                );
            });
        }
        let count = findings.len();
        for (at, (id, finding)) in findings.into_iter().enumerate() {
            ui.push_id(id, |ui| {
                card(ui, |ui| {
                    self.head_line(ui, session, (at, count), id, finding, acts);
                    paragraph(ui, &finding.text);
                    caption(ui, &format!("Rests on {}", rests_on(session, finding)));
                    changed(ui, session, id, finding, acts);
                    actions(ui, session, id, finding, acts);
                });
            });
            ui.add_space(space::NEAR);
        }
    }

    /// Number, kind and theme; at the right what can be done with the finding.
    fn head_line(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        (at, count): (usize, usize),
        id: RecordId,
        finding: &Finding,
        acts: &mut Vec<Act>,
    ) {
        let named = |words: &str| format!("{words}, finding {}", finding.number);
        ui.horizontal_wrapped(|ui| {
            widgets::heading(ui, &finding.number.to_string());
            let (tone, icon) = kind_look(finding.kind);
            badge(ui, tone, icon, finding.kind.label());
            let theme = session.catalogue().theme(&finding.theme);
            caption(
                ui,
                theme.map_or(finding.theme.as_str(), |theme| theme.name.as_str()),
            );
            widgets::at_the_end(ui, ROOM_FOR_WAYS, |ui| {
                let editable = !session.file().read_only;
                if editable {
                    let away = quiet(ui, icons::REMOVE, "Take away…");
                    if away.accessible_name(named("Take away")).clicked() {
                        self.take_away(id, finding);
                    }
                    ui.add_space(space::NEAR);
                }
                let history = quiet(ui, icons::HISTORY, "History");
                if history.accessible_name(named("History")).clicked() {
                    acts.push(Act::ReadHistory(id));
                    acts.push(Act::Go(Route::History(id)));
                }
                if !editable {
                    return;
                }
                let down = ui
                    .add_enabled_ui(at + 1 < count, |ui| quiet(ui, icons::DOWN, ""))
                    .inner;
                let up = ui
                    .add_enabled_ui(at > 0, |ui| quiet(ui, icons::UP, ""))
                    .inner;
                let edit = quiet(ui, icons::CHANGE, "Edit").accessible_name(named("Edit"));
                let down = down
                    .accessible_name(named("Move down"))
                    .on_hover_text("Move down (Ctrl+Down)");
                let up = up
                    .accessible_name(named("Move up"))
                    .on_hover_text("Move up (Ctrl+Up)");
                if edit.clicked() {
                    acts.push(Act::Go(Route::Finding(id)));
                }
                if self.moved == Some(id) {
                    self.moved = None;
                    edit.request_focus();
                }
                let by = moved_by(ui, &up, &down, &edit);
                if by != 0 {
                    // The keyboard goes with the finding.
                    self.moved = (!up.clicked() && !down.clicked()).then_some(id);
                    let command = FindingCommand::Move(id, by);
                    acts.push(Act::Do(Command::Finding(Box::new(command))));
                }
            });
        });
    }

    fn take_away(&mut self, id: RecordId, finding: &Finding) {
        let ask = Ask::new(
            format!("Take finding {} away?", finding.number),
            "It leaves the list and the paper, and stays in the history. Those after it move up.",
            "Why",
            "Take it away",
        );
        self.asking = Some((Asking::TakeAway(id), ask));
    }
}

/// By the buttons, or Ctrl+Up and Ctrl+Down on any of the finding's buttons.
fn moved_by(ui: &Ui, up: &Response, down: &Response, edit: &Response) -> isize {
    let here = [up, down, edit]
        .into_iter()
        .find(|button| button.has_focus());
    if let Some(button) = here {
        // Otherwise the arrow would take the keyboard to another button.
        let arrows = EventFilter {
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(button.id, arrows));
    }
    let pressed =
        |key| here.is_some() && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key));
    if up.clicked() || pressed(Key::ArrowUp) {
        -1
    } else if down.clicked() || pressed(Key::ArrowDown) {
        1
    } else {
        0
    }
}

/// What changed under the finding since it was kept, and the way to let it stand.
fn changed(ui: &mut Ui, session: &Session, id: RecordId, finding: &Finding, acts: &mut Vec<Act>) {
    let changes = session.changed_under(id);
    if changes.is_empty() {
        return;
    }
    notice(ui, Tone::Mixed, icons::ATTENTION, |ui| {
        ui.label(widgets::strong(
            "What this rests on changed after it was kept; its actions may have to change too",
        ));
        for change in changes {
            hint(ui, &in_words(session, finding.audit, change));
        }
        if session.file().read_only {
            return;
        }
        let stands = quiet(ui, icons::TICK, "I have looked at it again: it stands");
        let name = format!("It stands, finding {}", finding.number);
        if stands.accessible_name(name).clicked() {
            let command = FindingCommand::LookAgain(id);
            acts.push(Act::Do(Command::Finding(Box::new(command))));
        }
    });
}

/// "NEG20-01, C12, panel: was Good, is Inadequate"
fn in_words(session: &Session, audit: RecordId, change: &Changed) -> String {
    let register = session.register();
    let case = register
        .cases
        .get(&change.case)
        .map_or("", |case| case.reference.as_str());
    let who = change
        .agency
        .as_deref()
        .map_or("panel", |agency| register.agency_short(agency));
    let question = change.question.as_deref().map_or("overall grade", |id| {
        let known = register.tool_of(audit).and_then(|tool| tool.question(id));
        known.map_or("", |question| question.code.as_str())
    });
    format!(
        "{case}, {question}, {who}: was {}, is {}",
        change.before, change.after
    )
}

fn actions(ui: &mut Ui, session: &Session, id: RecordId, finding: &Finding, acts: &mut Vec<Act>) {
    ui.add_space(space::TIGHT);
    for (action, record) in session.register().actions_from(id) {
        ui.push_id(action, |ui| action_line(ui, session, action, record, acts));
    }
    if session.file().read_only {
        return;
    }
    let add = quiet(ui, icons::ADD, "Add an action");
    let name = format!("Add an action, finding {}", finding.number);
    if add.accessible_name(name).clicked() {
        acts.push(Act::Go(Route::NewAction(id)));
    }
}
