//! The findings of one audit: in their order, with the actions that answer them, and what the
//! numbers and marks suggest.

mod edit;
mod list;
mod suggested;

use std::sync::Arc;

use egui::Ui;

use crate::analysis::suggestions::{Suggestions, suggestions};
use crate::domain::finding::{Finding, FindingKind};
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::session::command::{Command, FindingCommand};
use crate::ui::act::Act;
use crate::ui::dialogs::{Ask, Asked};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, hint, notice, primary, secondary};

pub use edit::FindingScreen;

/// What a dialog asks a reason for.
#[derive(Clone, Debug)]
enum Asking {
    Dismiss { audit: RecordId, key: String },
    TakeAway(RecordId),
}

/// The dialog that is open and the suggestions as they were drawn up.
#[derive(Default)]
pub struct FindingsScreen {
    asking: Option<(Asking, Ask)>,
    drawn: Option<(Key, Suggestions)>,
    /// Whether the suggestions set aside are shown.
    set_aside: bool,
    /// The finding moved last by keyboard: it has the keyboard next.
    moved: Option<RecordId>,
}

/// Facts, revision and audit for which suggestions were drawn up.
type Key = (u64, usize, RecordId);

impl FindingsScreen {
    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, audit: RecordId) -> Vec<Act> {
        let mut acts = Vec::new();
        let Some(record) = session.register().audits.get(&audit) else {
            return vec![Act::Back];
        };
        self.draw_up(session, audit);
        widgets::page(ui, 980.0, |ui| {
            if widgets::back_button(ui, &record.title).clicked() {
                acts.push(Act::Go(Route::Audit(audit)));
            }
            head(ui, session, audit, &record.title, &mut acts);
            ui.add_space(space::NEAR);
            to_look_at(ui, session, audit, &mut acts);
            self.list(ui, session, audit, &mut acts);
            ui.add_space(space::APART);
            self.suggested(ui, session, audit, &mut acts);
            ui.add_space(space::PART);
        });
        self.ask(ui, &mut acts);
        acts
    }

    fn draw_up(&mut self, session: &Session, audit: RecordId) {
        let (Some(facts), Some(evidence)) = (session.facts(), session.evidence()) else {
            return;
        };
        let key = (
            session.facts_version(),
            Arc::as_ptr(evidence) as usize,
            audit,
        );
        if self.drawn.as_ref().is_some_and(|(drawn, _)| *drawn == key) {
            return;
        }
        let (register, catalogue) = (session.register(), session.catalogue());
        let drawn = suggestions(register, catalogue, facts, &evidence.marks, audit);
        self.drawn = drawn.map(|drawn| (key, drawn));
    }

    fn ask(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        let Some((asking, ask)) = &mut self.asking else {
            return;
        };
        match ask.show(ui) {
            Asked::Waiting => return,
            Asked::Cancelled => (),
            Asked::Answered(reason) => {
                let command = match asking.clone() {
                    Asking::TakeAway(id) => FindingCommand::TakeAway(id, reason),
                    Asking::Dismiss { audit, key } => suggested::dismissal(audit, key, reason),
                };
                acts.push(Act::Do(Command::Finding(Box::new(command))));
            }
        }
        self.asking = None;
    }
}

fn head(ui: &mut Ui, session: &Session, audit: RecordId, title: &str, acts: &mut Vec<Act>) {
    ui.horizontal(|ui| {
        widgets::title(ui, "Findings");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if !session.file().read_only && primary(ui, icons::ADD, "New finding").clicked() {
                let draft = Finding::new(audit, FindingKind::AreaForImprovement);
                acts.push(Act::DraftFinding(Box::new(draft)));
            }
            if secondary(ui, icons::TICK, "Actions").clicked() {
                acts.push(Act::Go(Route::Actions(Some(audit))));
            }
            if secondary(ui, icons::CONCERN, "Practice concerns").clicked() {
                acts.push(Act::Go(Route::Concerns(audit)));
            }
        });
    });
    hint(
        ui,
        &format!(
            "What {title} found, in the order of the paper, and what will change because of it."
        ),
    );
}

/// What must not be overlooked before the list.
fn to_look_at(ui: &mut Ui, session: &Session, audit: RecordId, acts: &mut Vec<Act>) {
    let open = session.open_concerns(audit);
    if open > 0 {
        notice(ui, Tone::Mixed, icons::CONCERN, |ui| {
            let words = match open {
                1 => "1 practice concern is not followed up yet".to_owned(),
                count => format!("{count} practice concerns are not followed up yet"),
            };
            ui.label(widgets::strong(&words));
            if widgets::link(ui, "See each and what the agency did").clicked() {
                acts.push(Act::Go(Route::Concerns(audit)));
            }
        });
        ui.add_space(space::NEAR);
    }
    let flagged = session.flagged(audit).len();
    if flagged > 0 {
        notice(ui, Tone::Mixed, icons::ATTENTION, |ui| {
            let words = match flagged {
                1 => "1 finding rests on an answer or judgement that changed since".to_owned(),
                count => {
                    format!("{count} findings rest on answers or judgements that changed since")
                }
            };
            ui.label(widgets::strong(&words));
            hint(
                ui,
                "Each says below what changed. Edit it, or say that it stands.",
            );
        });
        ui.add_space(space::NEAR);
    }
}

/// The tone and shape of a kind of finding.
pub fn kind_look(kind: FindingKind) -> (Tone, &'static str) {
    match kind {
        FindingKind::Strength => (Tone::Good, icons::GOOD_PRACTICE),
        FindingKind::AreaForImprovement => (Tone::Mixed, icons::ATTENTION),
        FindingKind::PracticeConcern => (Tone::Poor, icons::CONCERN),
    }
}

/// How many cases a finding rested on whose forms are removed.
fn removed_cases(count: usize) -> String {
    match count {
        0 => "no case named".into(),
        1 => "1 case, removed".into(),
        count => format!("{count} cases, removed"),
    }
}

/// What a finding rests on, in words: "5 cases (NEG19-01, …) · C14, N12 · Police, GP".
fn rests_on(session: &Session, finding: &Finding) -> String {
    let register = session.register();
    let mut cases: Vec<&str> = finding
        .cases
        .iter()
        .filter_map(|case| register.cases.get(case).map(|case| case.reference.as_str()))
        .collect();
    cases.sort_unstable();
    let cases = match cases.as_slice() {
        [] if register.forms_removed(finding.audit) => removed_cases(finding.cases.len()),
        [] => "no case named".to_owned(),
        [one] => (*one).to_owned(),
        some => format!("{} cases: {}", some.len(), some.join(", ")),
    };
    let tool = register.tool_of(finding.audit);
    let code = |id: &String| {
        let known = tool.and_then(|tool| tool.question(id));
        known.map_or_else(|| id.clone(), |question| question.code.clone())
    };
    let questions: Vec<String> = finding.questions.iter().map(code).collect();
    let agencies: Vec<&str> = finding
        .agencies
        .iter()
        .map(|agency| register.agency_short(agency))
        .collect();
    let mut parts = vec![cases];
    if !questions.is_empty() {
        parts.push(questions.join(", "));
    }
    parts.push(if agencies.is_empty() {
        "all agencies".into()
    } else {
        agencies.join(", ")
    });
    parts.join(" · ")
}
