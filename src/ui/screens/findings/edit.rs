//! One finding being written: kept with the button, and when one goes elsewhere.

use egui::Ui;

use super::{kind_look, rests_on};
use crate::domain::finding::{Finding, FindingKind};
use crate::domain::id::RecordId;
use crate::domain::tool::Tool;
use crate::session::Session;
use crate::session::command::{Command, FindingCommand};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::space;
use crate::ui::widgets::{
    self, TypedLine, Wrong, badge, caption, card, drop_down, hint, label, primary, quiet, secondary,
};

/// A finding as it is written, and as it was kept.
struct Draft {
    id: RecordId,
    kept: Option<Finding>,
    finding: Finding,
}

/// The draft on the screen.
#[derive(Default)]
pub struct FindingScreen {
    draft: Option<Draft>,
    wrong: Wrong<Needed>,
}

/// What a finding must have before it can be kept.
#[derive(Clone, Copy, PartialEq)]
enum Needed {
    Text,
    Theme,
}

impl FindingScreen {
    /// Begins a new finding with this draft.
    pub fn begin(&mut self, finding: Finding) {
        self.wrong = Wrong::default();
        self.draft = Some(Draft {
            id: RecordId::fresh(),
            kept: None,
            finding,
        });
    }

    /// Draws the screen for a finding that is kept.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, id: RecordId) -> Vec<Act> {
        let Some(finding) = session.register().findings.get(&id) else {
            return vec![Act::Back];
        };
        let fresh = match &self.draft {
            Some(draft) if draft.id == id => draft.kept.as_ref() == Some(&draft.finding),
            _ => true,
        };
        if fresh {
            self.wrong = Wrong::default();
            self.draft = Some(Draft {
                id,
                kept: Some(finding.clone()),
                finding: finding.clone(),
            });
        }
        self.page(ui, session)
    }

    /// Draws the screen for the new finding begun last.
    pub fn show_new(&mut self, ui: &mut Ui, session: &Session) -> Vec<Act> {
        if self.draft.is_none() {
            return vec![Act::Back];
        }
        self.page(ui, session)
    }

    /// What is written and can be kept, kept because the screen goes out of sight.
    pub fn flush(&mut self) -> Option<Act> {
        let draft = self.draft.as_mut()?;
        let changed = draft.kept.as_ref() != Some(&draft.finding);
        (changed && missing(&draft.finding).is_empty()).then(|| {
            draft.kept = Some(draft.finding.clone());
            keep(draft)
        })
    }

    fn page(&mut self, ui: &mut Ui, session: &Session) -> Vec<Act> {
        let mut acts = Vec::new();
        let Some(draft) = &mut self.draft else {
            return acts;
        };
        let Some(tool) = session.register().tool_of(draft.finding.audit) else {
            return vec![Act::Back];
        };
        let (mut done, mut cancelled) = (false, false);
        widgets::page(ui, 820.0, |ui| {
            if widgets::back_button(ui, "Back").clicked() {
                acts.push(Act::Back);
            }
            let number = draft
                .kept
                .as_ref()
                .map(|finding| finding.number)
                .filter(|number| *number > 0);
            let title = number.map_or("New finding".to_owned(), |number| {
                format!("Finding {number}")
            });
            widgets::title(ui, &title);
            let wrong = &mut self.wrong;
            wrong.summary(ui, "Before this can be kept", missing(&draft.finding));
            card(ui, |ui| wording(ui, session, &mut draft.finding, wrong));
            ui.add_space(space::NEAR);
            card(ui, |ui| ground(ui, session, tool, &mut draft.finding));
            ui.add_space(space::NEAR);
            ui.horizontal(|ui| {
                done = primary(ui, icons::TICK, "Keep this finding").clicked();
                cancelled = secondary(ui, "", "Cancel").clicked();
            });
            ui.add_space(space::PART);
        });
        if cancelled {
            self.draft = None;
            acts.push(Act::Back);
        } else if done && !missing(&draft.finding).is_empty() {
            self.wrong.tell();
        } else if done {
            acts.push(keep(draft));
            self.draft = None;
            acts.push(Act::Back);
        }
        acts
    }
}

fn keep(draft: &Draft) -> Act {
    let command = FindingCommand::Keep(draft.id, draft.finding.clone());
    Act::Do(Command::Finding(Box::new(command)))
}

fn missing(finding: &Finding) -> Vec<(Needed, String)> {
    let mut missing = Vec::new();
    if finding.theme.is_empty() {
        missing.push((Needed::Theme, "Choose a theme".into()));
    }
    if finding.text.trim().is_empty() {
        missing.push((Needed::Text, "Say what was found".into()));
    }
    missing
}

fn wording(ui: &mut Ui, session: &Session, finding: &mut Finding, wrong: &mut Wrong<Needed>) {
    label(ui, "What sort");
    ui.horizontal_wrapped(|ui| {
        for kind in FindingKind::ALL {
            widgets::keep_in_view(&ui.radio_value(&mut finding.kind, kind, kind.label()));
        }
    });
    label(ui, "Theme");
    let themes = session.catalogue().themes.iter();
    let themes: Vec<_> = themes
        .map(|theme| (theme.id.clone(), theme.name.clone()))
        .collect();
    let mut theme = Some(finding.theme.clone()).filter(|theme| !theme.is_empty());
    let told = wrong.field(&Needed::Theme);
    told.words(ui);
    told.lead(&drop_down(
        ui,
        "Theme",
        "Choose a theme",
        &themes,
        &mut theme,
    ));
    finding.theme = theme.unwrap_or_default();
    TypedLine::new("The finding")
        .of_a_case()
        .hint("A sentence or two that anybody in the partnership may read: no names, no case references.")
        .rows(4)
        .told(wrong.field(&Needed::Text))
        .show(ui, &mut finding.text);
    ui.horizontal(|ui| {
        let (tone, icon) = kind_look(finding.kind);
        badge(ui, tone, icon, finding.kind.label());
        caption(ui, &rests_on(session, finding));
    });
}

/// The agencies, cases and questions it rests on.
fn ground(ui: &mut Ui, session: &Session, tool: &Tool, finding: &mut Finding) {
    widgets::heading(ui, "What it rests on");
    hint(
        ui,
        "When one of these answers or judgements changes later, the finding says so.",
    );
    let register = session.register();
    label(ui, "Agencies it concerns (none ticked: all)");
    let codes = register
        .audits
        .get(&finding.audit)
        .map(|audit| audit.agencies.clone());
    ui.horizontal_wrapped(|ui| {
        for code in codes.unwrap_or_default() {
            let name = register.agency_short(&code).to_owned();
            toggle(ui, &name, code, &mut finding.agencies);
        }
    });
    label(ui, "Cases");
    ui.horizontal_wrapped(|ui| {
        for (id, case) in register.cases_of(finding.audit) {
            toggle(ui, &case.reference, id, &mut finding.cases);
        }
    });
    label(ui, "Questions");
    let mut gone = None;
    for id in &finding.questions {
        let question = tool.question(id);
        let code = question.map_or(id.as_str(), |question| question.code.as_str());
        let text = question.map_or("", |question| question.text.as_str());
        ui.push_id(id, |ui| {
            ui.horizontal_top(|ui| {
                if quiet(ui, icons::REMOVE, "")
                    .accessible_name(format!("Take out {code}"))
                    .clicked()
                {
                    gone = Some(id.clone());
                }
                // Its first line stands beside the sign of the button.
                ui.vertical(|ui| {
                    let line = ui.text_style_height(&egui::TextStyle::Body);
                    let button = ui.spacing().interact_size.y;
                    let above = (button.max(line) - line) / 2.0;
                    ui.add_space(above);
                    ui.add(egui::Label::new(format!("{code}  {text}")).wrap());
                });
            });
        });
    }
    finding.questions.retain(|id| gone.as_ref() != Some(id));
    let left = tool
        .questions
        .iter()
        .filter(|question| !finding.questions.contains(&question.id));
    let left: Vec<_> = left
        .map(|q| (q.id.clone(), format!("{}  {}", q.code, q.text)))
        .collect();
    let mut added = None;
    drop_down(ui, "Add a question", "Add a question", &left, &mut added);
    finding.questions.extend(added);
}

/// A tick box for one of a list.
fn toggle<T: PartialEq>(ui: &mut Ui, words: &str, item: T, list: &mut Vec<T>) {
    let mut on = list.contains(&item);
    let response = ui.checkbox(&mut on, words);
    widgets::keep_in_view(&response);
    if response.changed() {
        if on {
            list.push(item);
        } else {
            list.retain(|known| *known != item);
        }
    }
}
