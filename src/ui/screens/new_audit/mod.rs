//! Making a new audit, one topic a page: the tool, the scope, the hypotheses, the cases, a last look.

mod cases;
mod scope;

pub use scope::{ScopeFields, scope_fields};

use std::collections::BTreeSet;

use egui::Ui;

use crate::domain::catalogue::Catalogue;
use crate::domain::tool::Tool;
use crate::session::Session;
use crate::session::command::{Command, NewAudit, NewCase};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Palette, Tone, space};
use crate::ui::widgets::{self, badge, card, hint, label, primary, secondary};

/// The pages in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    #[default]
    Tool,
    Scope,
    Hypotheses,
    Cases,
    Check,
}

impl Step {
    const ALL: [Self; 5] = [
        Self::Tool,
        Self::Scope,
        Self::Hypotheses,
        Self::Cases,
        Self::Check,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::Tool => "Tool",
            Self::Scope => "Scope",
            Self::Hypotheses => "Hypotheses",
            Self::Cases => "Agencies and cases",
            Self::Check => "Check and make",
        }
    }
}

/// What is typed so far.
#[derive(Default)]
pub struct NewAuditScreen {
    step: Step,
    audit: NewAudit,
    left_out: BTreeSet<String>,
    scope_fields: ScopeFields,
    list: String,
    path: String,
    problems: Vec<String>,
}

/// What the button of a tool takes at the end of its line, in points.
const ROOM_TO_CHOOSE: f32 = 90.0;

impl NewAuditScreen {
    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session) -> Vec<Act> {
        let mut acts = Vec::new();
        widgets::page(ui, 760.0, |ui| {
            if widgets::back_button(ui, "All audits").clicked() {
                acts.push(Act::Back);
            }
            widgets::title(ui, "New audit");
            self.steps(ui);
            ui.add_space(space::NEAR);
            match self.step {
                Step::Tool => self.tool(ui, session),
                Step::Scope => self.scope(ui, session),
                Step::Hypotheses => self.hypotheses(ui),
                Step::Cases => self.agencies_and_cases(ui, session, &mut acts),
                Step::Check => self.check(ui, session, &mut acts),
            }
            ui.add_space(space::APART);
            self.onward(ui);
            ui.add_space(space::PART);
        });
        acts
    }

    /// The cases listed so far.
    pub fn audit(&self) -> &NewAudit {
        &self.audit
    }

    /// Takes over a list of cases that was read from a file.
    pub fn take_cases(&mut self, cases: Vec<NewCase>, problems: Vec<String>) {
        self.problems = problems;
        self.audit.cases.extend(cases);
    }

    fn steps(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            for (at, step) in Step::ALL.into_iter().enumerate() {
                let words = format!("{}. {}", at + 1, step.title());
                let reachable = step == Step::Tool || !self.audit.tool.is_empty();
                let response = ui
                    .add_enabled_ui(reachable, |ui| {
                        ui.selectable_label(step == self.step, words)
                    })
                    .inner;
                widgets::keep_in_view(&response);
                if response.clicked() {
                    self.step = step;
                }
            }
        });
    }

    fn onward(&mut self, ui: &mut Ui) {
        let next = Step::ALL.into_iter().find(|step| *step > self.step);
        let Some(next) = next.filter(|_| !self.audit.tool.is_empty()) else {
            return;
        };
        if primary(
            ui,
            icons::NEXT,
            &format!("Go on to {}", next.title().to_lowercase()),
        )
        .clicked()
        {
            self.step = next;
        }
    }

    fn tool(&mut self, ui: &mut Ui, session: &Session) {
        hint(
            ui,
            "Each tool is the shared core of 15 questions and the theme's own.",
        );
        let tools = tools_of(session);
        for tool in &tools {
            ui.push_id(tool.name(), |ui| {
                card(ui, |ui| self.tool_choice(ui, tool));
            });
        }
    }

    fn tool_choice(&mut self, ui: &mut Ui, tool: &Tool) {
        let chosen = self.audit.tool == tool.name();
        ui.horizontal_wrapped(|ui| {
            widgets::heading(ui, &tool.title);
            badge(ui, Tone::Neutral, "", &format!("version {}", tool.version));
            let main = tool
                .questions
                .iter()
                .filter(|question| question.part_of.is_none());
            badge(
                ui,
                Tone::Neutral,
                "",
                &format!("{} questions", main.count()),
            );
            widgets::at_the_end(ui, ROOM_TO_CHOOSE, |ui| {
                if chosen {
                    let colour = Palette::of(ui.ctx()).tone(Tone::Good).ink;
                    widgets::icon(ui, icons::DONE, 18.0, colour);
                    ui.label("Chosen");
                } else if secondary(ui, "", "Choose")
                    .accessible_name(format!("Choose {}", tool.title))
                    .clicked()
                {
                    self.choose(tool);
                }
            });
        });
        hint(ui, &tool.purpose);
    }

    /// A tool brings its hypotheses and cohort with it as a beginning.
    fn choose(&mut self, tool: &Tool) {
        self.audit.tool = tool.name();
        self.audit.hypotheses = tool
            .hypotheses
            .iter()
            .map(|h| (h.text.clone(), h.questions.clone()))
            .collect();
        if let Some(cohort) = &tool.cohort {
            self.audit.scope.cohort.clone_from(&cohort.population);
        }
        self.step = Step::Scope;
    }

    fn hypotheses(&mut self, ui: &mut Ui) {
        hint(
            ui,
            "Statements the audit sets out to test; the panel gives a verdict on each. Change them, or take one away by emptying it.",
        );
        for (at, (text, questions)) in self.audit.hypotheses.iter_mut().enumerate() {
            ui.push_id(at, |ui| {
                card(ui, |ui| {
                    let words = format!("Hypothesis {}", at + 1);
                    label(ui, &words);
                    let edit = egui::TextEdit::multiline(text)
                        .desired_rows(2)
                        .desired_width(f32::INFINITY);
                    let response = ui.add(edit);
                    widgets::keep_in_view(&response);
                    response.accessible_name(&words);
                    widgets::identifying(ui, &words, text);
                    if !questions.is_empty() {
                        widgets::caption(
                            ui,
                            &format!("Questions that bear on it: {}", questions.join(", ")),
                        );
                    }
                });
            });
        }
        if secondary(ui, icons::ADD, "Add a hypothesis").clicked() {
            self.audit.hypotheses.push(Default::default());
        }
    }

    fn check(&mut self, ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
        self.audit.agencies = self.agencies(session);
        let forms = self.audit.cases.len() * self.audit.agencies.len();
        card(ui, |ui| {
            widgets::heading(
                ui,
                if self.audit.title.trim().is_empty() {
                    "(no title yet)"
                } else {
                    &self.audit.title
                },
            );
            let lines = [
                format!("Tool: {}", self.audit.tool),
                format!(
                    "{} cases, {} agencies: {forms} forms",
                    self.audit.cases.len(),
                    self.audit.agencies.len()
                ),
                format!(
                    "{} hypotheses",
                    self.audit
                        .hypotheses
                        .iter()
                        .filter(|(text, _)| !text.trim().is_empty())
                        .count()
                ),
            ];
            for line in lines {
                widgets::paragraph(ui, &line);
            }
        });
        hint(
            ui,
            "The tool is kept with the audit as it is today: later versions do not change the questions under answers already given.",
        );
        ui.add_space(space::NEAR);
        if primary(ui, icons::TICK, "Make the audit").clicked() {
            acts.push(Act::Do(Command::CreateAudit(Box::new(self.audit.clone()))));
        }
    }

    fn agencies(&self, session: &Session) -> Vec<String> {
        let register = session.register();
        let order = session
            .catalogue()
            .agencies
            .iter()
            .map(|agency| agency.code.clone());
        order
            .filter(|code| register.agency(code).is_some() && !self.left_out.contains(code))
            .collect()
    }
}

/// The tools of the program and those added to this register, by title.
pub fn tools_of(session: &Session) -> Vec<Tool> {
    let catalogue: &Catalogue = session.catalogue();
    let own = session.register().tools.values();
    let mut tools: Vec<Tool> = own.chain(&catalogue.tools).cloned().collect();
    tools.sort_by(|a, b| (&a.title, a.version).cmp(&(&b.title, b.version)));
    tools.dedup_by_key(|tool| tool.name());
    tools
}
