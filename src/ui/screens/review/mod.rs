//! Check your answers: what is missing, each line a link; then everything answered; then submit.

mod names;

use egui::Ui;

use super::form::Page;
use super::status_of;
use crate::domain::answer::{Answer, Given, Note};
use crate::domain::flow::Missing;
use crate::domain::form::CaseForm;
use crate::domain::tool::Question;
use crate::session::command::{Command, FormCommand};
use crate::session::{OpenForm, Session};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{
    self, ErrorLine, badge, caption, card, error_summary, hint, notice, primary, quiet, tone_icon,
    value_tone,
};

/// Where in the form a line leads.
pub type Place = (Page, Option<String>);

/// Draws the screen. Returns requests, and the place in the form the person wants to change.
pub fn review(ui: &mut Ui, session: &Session) -> (Vec<Act>, Option<Place>) {
    let mut acts = Vec::new();
    let mut place = None;
    let Some(open) = session.form() else {
        return (acts, None);
    };
    let Some(form) = session.register().forms.get(&open.form) else {
        return (vec![Act::Back], None);
    };
    widgets::page(ui, 820.0, |ui| {
        if widgets::back_button(ui, "Back to the form").clicked() {
            acts.push(Act::Go(Route::Form(open.form)));
        }
        let title = if form.status.is_open() {
            "Check your answers"
        } else {
            "Answers"
        };
        widgets::title(ui, &format!("{title}: {}", open.reference));
        hint(
            ui,
            &format!(
                "{}, form {}.",
                session.register().agency_short(&open.agency),
                status_of(form.status)
            ),
        );
        ui.add_space(space::NEAR);
        if form.status.is_open() {
            let marked = names::still_marked(ui, open, form);
            place = submit(ui, session, open, form, &mut acts).or(marked);
            ui.add_space(space::APART);
        }
        answers(ui, open, form, &mut place);
        ui.add_space(space::PART);
    });
    (acts, place)
}

fn submit(
    ui: &mut Ui,
    session: &Session,
    open: &OpenForm,
    form: &CaseForm,
    acts: &mut Vec<Act>,
) -> Option<Place> {
    let missing = open
        .state()
        .missing(form, session.register().safety_stop(open.form));
    if missing.is_empty() {
        notice(ui, Tone::Good, icons::DONE, |ui| {
            widgets::paragraph(
                ui,
                "Everything is answered. Submit the form when you are content with it; it can be reopened with a reason.",
            );
            if primary(ui, icons::TICK, "Submit this form").clicked() {
                acts.push(Act::Do(Command::Form(
                    open.form,
                    Box::new(FormCommand::Submit),
                )));
                acts.push(Act::Go(Route::Audit(open.audit)));
            }
        });
        return None;
    }
    let lines = missing.iter().map(|missing| line(open, missing)).collect();
    let count = missing.len();
    let heading = if count == 1 {
        "One thing is missing".into()
    } else {
        format!("{count} things are missing")
    };
    error_summary(ui, &heading, lines)
}

fn line(open: &OpenForm, missing: &Missing) -> ErrorLine<Place> {
    let at = |id: &str| {
        let section = open
            .tool
            .question(id)
            .map(|question| Page::Section(question.section.clone()));
        (section.unwrap_or(Page::Case), Some(id.to_owned()))
    };
    let code = |id: &str| {
        open.tool
            .question(id)
            .map_or(id.to_owned(), |question| question.code.clone())
    };
    let (words, to) = match missing {
        Missing::SafetyStop => (
            "The safety stop is open: record who was told".into(),
            (Page::Case, None),
        ),
        Missing::SafetyAgain { question, because } => (
            format!(
                "Answer {} again, in view of your answer to {}",
                code(question),
                code(because)
            ),
            at(question),
        ),
        Missing::Role => (
            "Say in which role you filled this form in".into(),
            (Page::Case, None),
        ),
        Missing::Answer(id) => {
            let text = open
                .tool
                .question(id)
                .map_or("", |question| question.text.as_str());
            (format!("{}: {text}", code(id)), at(id))
        }
        Missing::Note(id) => (format!("{}: say why in a note", code(id)), at(id)),
        Missing::Overall => ("Give the overall grade".into(), (Page::Overall, None)),
        Missing::OverallReason => ("Say why this overall grade".into(), (Page::Overall, None)),
    };
    ErrorLine {
        words,
        to: Some(to),
    }
}

fn answers(ui: &mut Ui, open: &OpenForm, form: &CaseForm, place: &mut Option<Place>) {
    let state = open.state();
    for section in state.sections() {
        card(ui, |ui| {
            widgets::heading(ui, &section.title);
            for question in state
                .asked()
                .into_iter()
                .filter(|question| question.section == section.id)
            {
                ui.push_id(&question.id, |ui| answer(ui, open, form, question, place));
            }
        });
        ui.add_space(space::TIGHT);
    }
    card(ui, |ui| {
        widgets::heading(ui, "Overall grade");
        match &form.overall {
            Some(grade) => {
                let tone = value_tone(grade);
                badge(ui, tone, tone_icon(tone), open.tool.grade_label(grade));
                widgets::paragraph(ui, &form.overall_reason);
            }
            None => drop(hint(ui, "Not given yet.")),
        }
    });
}

fn answer(
    ui: &mut Ui,
    open: &OpenForm,
    form: &CaseForm,
    question: &Question,
    place: &mut Option<Place>,
) {
    ui.separator();
    let answer = open.content.answers.get(&question.id);
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(ui.available_width() - 116.0);
            caption(ui, &question.code);
            widgets::paragraph(ui, &question.text);
        });
        if form.status.is_open() {
            let change = quiet(ui, icons::CHANGE, "Change")
                .accessible_name(format!("Change {}", question.code));
            if change.clicked() {
                *place = Some((
                    Page::Section(question.section.clone()),
                    Some(question.id.clone()),
                ));
            }
        }
    });
    given(ui, open, question, answer);
    for note in Note::ALL {
        let text = answer.map_or("", |answer| answer.note(note));
        if !text.trim().is_empty() {
            hint(ui, &format!("{}: {text}", note.label()));
        }
    }
}

fn given(ui: &mut Ui, open: &OpenForm, question: &Question, answer: Option<&Answer>) {
    match answer.and_then(|answer| answer.given.as_ref()) {
        None => drop(badge(ui, Tone::Mixed, icons::NOT_STARTED, "Not answered")),
        Some(Given::Blank(blank)) => drop(badge(
            ui,
            Tone::Neutral,
            icons::NOT_APPLICABLE,
            blank.label(),
        )),
        Some(Given::Value(value)) => {
            let words = open.tool.words(question, value);
            if question.kind.is_picked() && value.chosen().len() == 1 {
                let tone = value_tone(&value.chosen()[0]);
                badge(ui, tone, tone_icon(tone), &words);
            } else {
                ui.label(widgets::strong(&words));
            }
        }
    }
}
