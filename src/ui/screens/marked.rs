//! Answers that their auditors marked: each is one click from a finding.

use egui::Ui;

use crate::analysis::suggestions::{Marked, draft_from_mark};
use crate::domain::answer::Flag;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, Tone};
use crate::ui::widgets::{self, hint, link, quiet};

/// The mark on an answer, where there is one.
pub fn mark_on<'a>(session: &'a Session, form: RecordId, question: &str) -> Option<&'a Marked> {
    let marks = session
        .evidence()
        .into_iter()
        .flat_map(|evidence| &evidence.marks);
    let mut own = marks.filter(|mark| mark.form == form && mark.question == question);
    own.next()
}

/// The button that makes a finding of a marked answer. `place` is its case, agency and question.
pub fn to_finding(ui: &mut Ui, session: &Session, mark: &Marked, place: &str, acts: &mut Vec<Act>) {
    if session.file().read_only || session.file().is_return {
        return;
    }
    let button = quiet(ui, icons::ADD, "Make it a finding");
    if button
        .accessible_name(format!("Make it a finding, {place}"))
        .clicked()
    {
        let draft = draft_from_mark(session.register(), mark);
        acts.push(Act::DraftFinding(Box::new(draft)));
    }
}

/// Every marked answer of an audit, practice concerns first.
pub fn marked(ui: &mut Ui, session: &Session, audit: RecordId, acts: &mut Vec<Act>) {
    widgets::heading(ui, "Marked by the auditors");
    let marks = session
        .evidence()
        .into_iter()
        .flat_map(|evidence| &evidence.marks);
    let mut own: Vec<&Marked> = marks.filter(|mark| mark.audit == audit).collect();
    own.sort_by_key(|mark| mark.flag == Flag::GoodPractice);
    if own.is_empty() {
        hint(
            ui,
            "No answer on a submitted form is marked as good practice or practice concern.",
        );
    }
    for mark in own {
        ui.push_id((mark.form, &mark.question, mark.flag), |ui| {
            line(ui, session, mark, acts)
        });
    }
}

fn line(ui: &mut Ui, session: &Session, mark: &Marked, acts: &mut Vec<Act>) {
    let register = session.register();
    let case = register
        .cases
        .get(&mark.case)
        .map_or("", |case| case.reference.as_str());
    let tool = register.tool_of(mark.audit);
    let question = tool.and_then(|tool| tool.question(&mark.question));
    let code = question.map_or(mark.question.as_str(), |question| question.code.as_str());
    let place = format!("{case}, {}, {code}", register.agency_short(&mark.agency));
    let (icon, tone) = match mark.flag {
        Flag::GoodPractice => (icons::GOOD_PRACTICE, Tone::Good),
        Flag::PracticeConcern => (icons::CONCERN, Tone::Poor),
    };
    ui.horizontal_wrapped(|ui| {
        widgets::icon(ui, icon, 14.0, Palette::of(ui.ctx()).tone(tone).ink);
        ui.label(mark.flag.label());
        if link(ui, &place).clicked() {
            acts.push(Act::Go(Route::Review(mark.form)));
        }
        hint(ui, &mark.words);
        to_finding(ui, session, mark, &place, acts);
    });
}
