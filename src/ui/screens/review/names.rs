//! Texts of the form that may identify somebody: to be looked at before it is submitted.

use egui::Ui;

use super::Place;
use crate::domain::answer::{Note, Value};
use crate::domain::form::CaseForm;
use crate::domain::tool::Kind;
use crate::session::OpenForm;
use crate::ui::icons;
use crate::ui::screens::form::Page;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, hint, link, notice};

/// One text of the form, where it is called and where it stands.
struct Written<'a> {
    name: String,
    text: &'a str,
    place: Place,
}

/// Lists what is still marked, each line a link; nothing when there is none. It hinders nothing.
pub(super) fn still_marked(ui: &mut Ui, open: &OpenForm, form: &CaseForm) -> Option<Place> {
    let lines: Vec<(String, Place)> = written(open, form)
        .into_iter()
        .flat_map(|written| {
            let warnings = widgets::warnings(ui.ctx(), written.text);
            let line = |warning: &String| format!("{}: {warning}", written.name);
            let lines: Vec<String> = warnings.iter().map(line).collect();
            lines
                .into_iter()
                .map(move |line| (line, written.place.clone()))
        })
        .collect();
    if lines.is_empty() {
        return None;
    }
    let mut chosen = None;
    notice(ui, Tone::Mixed, icons::ATTENTION, |ui| {
        let heading = match lines.len() {
            1 => "One thing may identify somebody: look at it before you submit".to_owned(),
            count => {
                format!("{count} things may identify somebody: look at them before you submit")
            }
        };
        ui.label(widgets::strong(&heading));
        for (at, (words, place)) in lines.into_iter().enumerate() {
            ui.push_id(at, |ui| {
                if link(ui, &words).clicked() {
                    chosen = Some(place);
                }
            });
        }
        hint(
            ui,
            "Leave what is right as it is: the form can be submitted all the same.",
        );
    });
    ui.add_space(space::NEAR);
    chosen
}

fn written<'a>(open: &'a OpenForm, form: &'a CaseForm) -> Vec<Written<'a>> {
    let mut all = vec![Written {
        name: "Your role".into(),
        text: &form.role,
        place: (Page::Case, None),
    }];
    for question in open.state().asked() {
        let Some(answer) = open.content.answers.get(&question.id) else {
            continue;
        };
        let place = (
            Page::Section(question.section.clone()),
            Some(question.id.clone()),
        );
        if let (Kind::Text, Some(Value::One(text))) = (question.kind, answer.value()) {
            all.push(Written {
                name: question.code.clone(),
                text,
                place: place.clone(),
            });
        }
        all.extend(Note::ALL.map(|note| Written {
            name: format!("{}, {}", question.code, note.label().to_lowercase()),
            text: answer.note(note),
            place: place.clone(),
        }));
    }
    all.push(Written {
        name: "Reason for the overall grade".into(),
        text: &form.overall_reason,
        place: (Page::Overall, None),
    });
    all
}
