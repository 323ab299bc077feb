//! The practice concerns of one audit, and what each agency did about its own.

use std::collections::HashMap;

use chrono::Local;
use egui::Ui;

use super::marked::{mark_on, to_finding};
use crate::domain::answer::Value;
use crate::domain::concern::ConcernFollowUp;
use crate::domain::dates::written_date;
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::domain::tool::{Question, Tool};
use crate::session::command::Command;
use crate::session::{Concern, Session};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{
    self, DateField, Drafts, Field, badge, caption, card, hint, link, paragraph,
};

/// The words of a follow-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Words {
    By,
    Outcome,
}

/// A form and a question on it.
type Place = (RecordId, String);

/// What is typed on the screen.
#[derive(Default)]
pub struct ConcernsScreen {
    drafts: Drafts<(Place, Words)>,
    dates: HashMap<Place, DateField>,
    /// Whether those that are followed up are shown too.
    all: bool,
}

impl ConcernsScreen {
    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, audit: RecordId) -> Vec<Act> {
        let mut acts = Vec::new();
        let Some(record) = session.register().audits.get(&audit) else {
            return vec![Act::Back];
        };
        widgets::page(ui, 900.0, |ui| {
            if widgets::back_button(ui, &record.title).clicked() {
                acts.push(Act::Go(Route::Audit(audit)));
            }
            widgets::title(ui, "Practice concerns");
            hint(
                ui,
                "Answers on submitted forms that are marked as a practice concern, and safety stops. The agency reviews its own practice on the case; what came of it is recorded here.",
            );
            if session.evidence().is_none() {
                hint(ui, "Reading…");
                return;
            }
            let concerns = session.concerns(audit);
            let (open, done): (Vec<Concern>, Vec<Concern>) =
                concerns.into_iter().partition(|concern| {
                    !session
                        .follow_up(concern)
                        .is_some_and(ConcernFollowUp::is_complete)
                });
            caption(
                ui,
                &format!("{} open, {} followed up", open.len(), done.len()),
            );
            ui.add_space(space::NEAR);
            for concern in &open {
                self.card(ui, session, audit, concern, &mut acts);
            }
            if !done.is_empty() {
                widgets::keep_in_view(
                    &ui.checkbox(&mut self.all, "Show those that are followed up"),
                );
            }
            let shown = self.all || open.is_empty();
            for concern in done.iter().filter(|_| shown) {
                self.card(ui, session, audit, concern, &mut acts);
            }
            ui.add_space(space::PART);
        });
        acts
    }

    /// What is typed and not kept yet, as commands.
    pub fn flush(&mut self, session: &Session) -> Vec<Act> {
        let mut changed: HashMap<Place, ConcernFollowUp> = HashMap::new();
        for ((place, words), text) in self.drafts.flush() {
            let follow_up = changed
                .entry(place.clone())
                .or_insert_with(|| kept(session, &place));
            write(follow_up, words, text);
        }
        for (place, field) in &mut self.dates {
            let known = kept(session, place);
            if let Some(date) = field.take_typed(known.reviewed) {
                changed.entry(place.clone()).or_insert(known).reviewed = date;
            }
        }
        changed.into_values().map(keep).collect()
    }

    fn card(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        audit: RecordId,
        concern: &Concern,
        acts: &mut Vec<Act>,
    ) {
        ui.push_id((concern.form, &concern.question), |ui| {
            card(ui, |ui| {
                about(ui, session, audit, concern, acts);
                self.fields(ui, session, concern, acts);
            });
        });
        ui.add_space(space::NEAR);
    }

    fn fields(&mut self, ui: &mut Ui, session: &Session, concern: &Concern, acts: &mut Vec<Act>) {
        let place = (concern.form, concern.question.clone());
        let known = kept(session, &place);
        if session.file().read_only {
            let reviewed = known.reviewed.map(written_date);
            hint(
                ui,
                &format!(
                    "Reviewed {} by {}. {}",
                    reviewed.unwrap_or_else(|| "not yet".into()),
                    known.by_role,
                    known.outcome
                ),
            );
            return;
        }
        let where_ = spoken_place(session, concern);
        let named = |words: &str| format!("{words}, {where_}");
        let mut after = known.clone();
        widgets::columns(ui, &[0.3, 0.7], |ui, at| {
            if at == 0 {
                let field = self.dates.entry(place.clone()).or_default();
                let label = "Own review done on";
                if let Some(date) = field.show_named(ui, label, &named(label), "", known.reviewed) {
                    after.reviewed = date;
                }
            } else {
                let label = "By which role";
                self.words(
                    ui,
                    (&place, Words::By),
                    label,
                    &named(label),
                    &known.by_role,
                    &mut after,
                );
            }
        });
        let label = "Outcome";
        self.words(
            ui,
            (&place, Words::Outcome),
            label,
            &named(label),
            &known.outcome,
            &mut after,
        );
        if !known.is_complete() {
            caption(
                ui,
                "Followed up once the date and the outcome are filled in.",
            );
        }
        if after != known {
            acts.push(keep(after));
        }
    }

    fn words(
        &mut self,
        ui: &mut Ui,
        (place, words): (&Place, Words),
        label: &str,
        spoken: &str,
        known: &str,
        after: &mut ConcernFollowUp,
    ) {
        let field = Field {
            label,
            hint: "",
            spoken,
            rows: if words == Words::Outcome { 2 } else { 1 },
            figures: false,
        };
        let key = (place.clone(), words);
        let (_, typed) = self.drafts.show(ui, key, known, &field);
        if let Some(text) = typed {
            write(after, words, text);
        }
    }
}

/// As it is recorded, or empty.
fn kept(session: &Session, (form, question): &Place) -> ConcernFollowUp {
    let id = ConcernFollowUp::id(*form, question);
    let known = session.register().concern_follow_ups.get(&id).cloned();
    known.unwrap_or_else(|| ConcernFollowUp {
        form: *form,
        question: question.clone(),
        reviewed: None,
        by_role: String::new(),
        outcome: String::new(),
    })
}

fn write(follow_up: &mut ConcernFollowUp, words: Words, text: String) {
    match words {
        Words::By => follow_up.by_role = text,
        Words::Outcome => follow_up.outcome = text,
    }
}

fn keep(follow_up: ConcernFollowUp) -> Act {
    Act::Do(Command::FollowUp(Box::new(follow_up)))
}

fn spoken_place(session: &Session, concern: &Concern) -> String {
    let register = session.register();
    let case = register
        .cases
        .get(&concern.case)
        .map_or("", |case| case.reference.as_str());
    let agency = register.agency_short(&concern.agency);
    format!("{case}, {agency}, {}", concern.question)
}

/// Case, agency, question, what worries them, and whether it is followed up.
fn about(ui: &mut Ui, session: &Session, audit: RecordId, concern: &Concern, acts: &mut Vec<Act>) {
    let register = session.register();
    let question = register
        .tool_of(audit)
        .and_then(|tool| tool.question(&concern.question));
    let case = register
        .cases
        .get(&concern.case)
        .map_or("", |case| case.reference.as_str());
    let agency = register.agency_short(&concern.agency);
    ui.horizontal_wrapped(|ui| {
        let complete = session
            .follow_up(concern)
            .is_some_and(ConcernFollowUp::is_complete);
        if complete {
            badge(ui, Tone::Good, icons::DONE, "Followed up");
        } else {
            badge(ui, Tone::Mixed, icons::BEGUN, "Open");
        }
        if concern.is_stop {
            badge(ui, Tone::Poor, icons::SAFETY, "Safety stop");
        }
        if link(ui, &format!("{case}, {agency}")).clicked() {
            acts.push(Act::Go(Route::Review(concern.form)));
        }
        if let Some(mark) = mark_on(session, concern.form, &concern.question) {
            to_finding(ui, session, mark, &spoken_place(session, concern), acts);
        }
    });
    if let Some(question) = question {
        hint(ui, &format!("{}  {}", question.code, question.text));
    }
    if !concern.words.is_empty() {
        paragraph(ui, &concern.words);
    }
    if concern.is_stop {
        told(ui, register, concern, register.tool_of(audit).zip(question));
    }
}

/// What opened a safety stop, and who was told.
fn told(ui: &mut Ui, register: &Register, concern: &Concern, asked: Option<(&Tool, &Question)>) {
    let Some(stop) = register.safety_stop(concern.form) else {
        return;
    };
    let opened = written_date(stop.opened.with_timezone(&Local).date_naive());
    let because = asked.map(|(tool, asked)| tool.words(asked, &Value::one(&stop.because)));
    paragraph(
        ui,
        &format!("Answered {} on {opened}.", because.unwrap_or_default()),
    );
    for line in stop.told() {
        paragraph(ui, &line);
    }
}
