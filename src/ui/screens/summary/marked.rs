//! What auditors marked: good practice and practice concerns, question by question, with the notes.

use std::collections::BTreeMap;

use egui::Ui;

use super::super::behind::Number;
use super::Part;
use crate::analysis::Behind;
use crate::domain::answer::{Answer, Flag};
use crate::domain::tool::Tool;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Palette, Tone, size, space};
use crate::ui::widgets::{self, hint, number_link};

/// Draws both lists.
pub(super) fn show(ui: &mut Ui, part: &mut Part<'_>) {
    widgets::heading(ui, "Marked by auditors");
    if part.session.marked().is_none() {
        part.acts.push(Act::ReadMarked);
        hint(ui, "Counting…");
        return;
    }
    hint(
        ui,
        "Answers that an auditor marked for the panel, in whichever view. Choose a count to read the notes.",
    );
    let count = if ui.available_width() > 700.0 { 2 } else { 1 };
    let flags = [Flag::GoodPractice, Flag::PracticeConcern];
    if count == 2 {
        widgets::columns(ui, &[1.0, 1.0], |ui, at| list(ui, part, flags[at]));
    } else {
        flags.into_iter().for_each(|flag| list(ui, part, flag));
    }
}

/// Width of a count, so that questions stand under one another.
const COUNT: f32 = 26.0;

fn list(ui: &mut Ui, part: &mut Part<'_>, flag: Flag) {
    let Some(tool) = part.session.register().tool_of(part.audit) else {
        return;
    };
    let answers = taken(part, tool, flag);
    let (icon, tone) = match flag {
        Flag::GoodPractice => (icons::GOOD_PRACTICE, Tone::Good),
        Flag::PracticeConcern => (icons::CONCERN, Tone::Poor),
    };
    ui.horizontal(|ui| {
        widgets::icon(ui, icon, 16.0, Palette::of(ui.ctx()).tone(tone).ink);
        widgets::label(ui, flag.label());
        let all: Vec<Behind> = answers.values().flatten().cloned().collect();
        let words = format!("{} marked", all.len());
        let place = format!("{}, all: {words}", flag.label());
        if number_link(ui, &words, &place, !all.is_empty()) {
            part.number = Some(Number::of_answers(flag.label(), all));
        }
    });
    for (at, marked) in answers {
        let question = &tool.questions[at];
        ui.push_id((flag, &question.id), |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().interact_size.y = 18.0;
                let words = marked.len().to_string();
                let place = format!("{}, {}: {words}", flag.label(), question.code);
                ui.allocate_ui(egui::vec2(COUNT, 18.0), |ui| {
                    ui.set_min_width(COUNT);
                    let chosen =
                        widgets::at_the_right(ui, |ui| number_link(ui, &words, &place, true));
                    if chosen {
                        let title = format!("{}: {}", flag.label(), question.code);
                        part.number = Some(Number::of_answers(title, marked));
                    }
                });
                ui.add_space(space::NEAR);
                let words = format!("{}  {}", question.code, question.text);
                let words = egui::RichText::new(words).size(size::SMALL);
                ui.add(egui::Label::new(words).wrap());
            });
        });
    }
    ui.add_space(space::TIGHT);
}

/// The marked answers that the filter takes, by position of the question.
fn taken(part: &Part<'_>, tool: &Tool, flag: Flag) -> BTreeMap<usize, Vec<Behind>> {
    let mut found: BTreeMap<usize, Vec<Behind>> = BTreeMap::new();
    for answer in part.session.marked_in(part.audit, flag) {
        let mut questions = tool.questions.iter();
        if let Some(at) = questions.position(|question| question.id == answer.question)
            && let Some(behind) = behind(part, tool, answer)
        {
            found.entry(at).or_default().push(behind);
        }
    }
    found
}

fn behind(part: &Part<'_>, tool: &Tool, answer: &Answer) -> Option<Behind> {
    let register = part.session.register();
    let (_, agency, case) = register.place_of(answer.form)?;
    let question = tool.question(&answer.question)?;
    let is = |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|it| it == found);
    let taken = part.filter.takes(register, case)
        && part.filter.takes_agency(agency)
        && is(&part.filter.section, &question.section)
        && is(&part.filter.theme, &question.theme);
    taken.then(|| Behind {
        case,
        agency: Some(agency.to_owned()),
        question: answer.question.clone(),
        favourable: answer
            .value()
            .and_then(|value| tool.favourable(question, value)),
        picked: answer
            .value()
            .map_or_else(Vec::new, |value| value.chosen().to_vec()),
        blank: answer.blank(),
    })
}
