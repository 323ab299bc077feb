//! Reading the tools: every question with its look-for, before or after an audit.

use egui::Ui;

use super::new_audit::tools_of;
use crate::domain::tool::{EVERY_AGENCY, Kind, Question, Tool};
use crate::session::Session;
use crate::ui::icons;
use crate::ui::theme::{Tone, size, space};
use crate::ui::widgets::{self, badge, caption, card, hint};

/// Which tool is read.
#[derive(Default)]
pub struct ToolsScreen {
    chosen: usize,
}

impl ToolsScreen {
    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session) {
        let tools = tools_of(session);
        self.chosen = self.chosen.min(tools.len().saturating_sub(1));
        widgets::page(ui, 820.0, |ui| {
            widgets::title(ui, "Audit tools");
            ui.horizontal_wrapped(|ui| {
                for (at, tool) in tools.iter().enumerate() {
                    let response = ui.selectable_label(at == self.chosen, &tool.title);
                    widgets::keep_in_view(&response);
                    if response.clicked() {
                        self.chosen = at;
                    }
                }
            });
            if let Some(tool) = tools.get(self.chosen) {
                ui.push_id(tool.name(), |ui| self::tool(ui, session, tool));
            }
            ui.add_space(space::PART);
        });
    }
}

fn tool(ui: &mut Ui, session: &Session, tool: &Tool) {
    card(ui, |ui| {
        widgets::heading(ui, &format!("{}, version {}", tool.title, tool.version));
        widgets::paragraph(ui, &tool.purpose);
        for hypothesis in &tool.hypotheses {
            hint(ui, &format!("{}: {}", hypothesis.id, hypothesis.text));
        }
        if let Some(cohort) = &tool.cohort {
            caption(
                ui,
                &format!("Cases: {} {}", cohort.population, cohort.sample),
            );
        }
    });
    for section in &tool.sections {
        ui.add_space(space::NEAR);
        widgets::heading(ui, &section.title);
        for question in tool.questions_in(&section.id) {
            ui.push_id(&question.id, |ui| {
                card(ui, |ui| self::question(ui, session, question))
            });
        }
    }
}

fn question(ui: &mut Ui, session: &Session, question: &Question) {
    ui.horizontal_wrapped(|ui| {
        let theme = session.catalogue().theme(&question.theme);
        let theme = theme.map_or(question.theme.as_str(), |theme| theme.short.as_str());
        caption(
            ui,
            &format!(
                "{} · {theme} · {} · {}",
                question.code,
                kind(question.kind),
                who(session, question)
            ),
        );
        if question.safety.is_some() {
            badge(ui, Tone::Poor, icons::SAFETY, "Safety-critical");
        }
    });
    ui.label(widgets::strong(&question.text).size(size::QUESTION));
    for line in &question.look_for {
        hint(ui, &format!("· {line}"));
    }
    if !question.choices.is_empty() {
        let labels: Vec<_> = question
            .choices
            .iter()
            .map(|choice| choice.label.as_str())
            .collect();
        caption(ui, &labels.join(" / "));
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Grade => "grade",
        Kind::YesPartlyNo => "yes, partly, no",
        Kind::Date => "date",
        Kind::Number => "number",
        Kind::Ratio => "how many of how many",
        Kind::PickOne => "pick one",
        Kind::PickMany => "pick any",
        Kind::Text => "in words",
    }
}

fn who(session: &Session, question: &Question) -> String {
    if question.agencies.iter().any(|code| code == EVERY_AGENCY) {
        return "every agency".into();
    }
    let names = question
        .agencies
        .iter()
        .map(|code| session.register().agency_short(code));
    names.collect::<Vec<_>>().join(", ")
}
