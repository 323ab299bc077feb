//! What the numbers and marks suggest, and what was set aside.

use egui::Ui;

use super::{Asking, FindingsScreen, kind_look};
use crate::analysis::suggestions::{Suggestion, covered_by};
use crate::domain::dismissal::Dismissal;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::session::command::{Command, FindingCommand};
use crate::ui::act::Act;
use crate::ui::dialogs::Ask;
use crate::ui::icons;
use crate::ui::theme::space;
use crate::ui::widgets::{self, badge, caption, card, hint, quiet, secondary};

/// Sets a suggestion aside.
pub(super) fn dismissal(audit: RecordId, suggestion: String, reason: String) -> FindingCommand {
    FindingCommand::Dismiss(Dismissal {
        audit,
        suggestion,
        reason,
    })
}

impl FindingsScreen {
    pub(super) fn suggested(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        audit: RecordId,
        acts: &mut Vec<Act>,
    ) {
        widgets::heading(ui, "Suggested by the summary");
        let Some((key, drawn)) = self.drawn.take().filter(|(key, _)| key.2 == audit) else {
            hint(ui, "Counting…");
            return;
        };
        hint(
            ui,
            "Drafts from the agencies' submitted forms, for you to word. Nothing here is a finding until you keep it.",
        );
        ui.add_space(space::TIGHT);
        let register = session.register();
        let aside = |suggestion: &&Suggestion| {
            register
                .dismissals
                .get(&Dismissal::id(audit, &suggestion.key))
        };
        let (set_aside, open): (Vec<&Suggestion>, Vec<&Suggestion>) = drawn
            .list
            .iter()
            .partition(|suggestion| aside(suggestion).is_some());
        if open.is_empty() {
            hint(ui, "Nothing is left to suggest.");
        }
        for suggestion in open {
            ui.push_id(&suggestion.key, |ui| {
                card(ui, |ui| self.one(ui, session, suggestion, acts));
            });
            ui.add_space(space::TIGHT);
        }
        for line in &drawn.too_little {
            caption(ui, line);
        }
        if !set_aside.is_empty() {
            let words = format!("Show what was set aside ({})", set_aside.len());
            widgets::keep_in_view(&ui.checkbox(&mut self.set_aside, words));
        }
        for suggestion in set_aside.into_iter().filter(|_| self.set_aside) {
            let reason = aside(&suggestion).map_or("", |dismissal| dismissal.reason.as_str());
            ui.push_id(&suggestion.key, |ui| {
                brought_back(ui, session, suggestion, reason, acts)
            });
        }
        self.drawn = Some((key, drawn));
    }

    fn one(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        suggestion: &Suggestion,
        acts: &mut Vec<Act>,
    ) {
        let draft = &suggestion.draft;
        let named = |words: &str| format!("{words}: {}", suggestion.heading);
        ui.horizontal(|ui| {
            ui.vertical(|ui| {
                ui.set_width((ui.available_width() - 250.0).max(200.0));
                ui.horizontal_wrapped(|ui| {
                    let (tone, icon) = kind_look(draft.kind);
                    badge(ui, tone, icon, draft.kind.label());
                    ui.label(widgets::strong(beside_badge(suggestion)));
                });
                hint(ui, &suggestion.rests_on);
                let covered = covered_by(session.register(), suggestion);
                let covered = covered.and_then(|id| session.register().findings.get(&id));
                if let Some(finding) = covered {
                    caption(
                        ui,
                        &format!("Finding {} rests on the same.", finding.number),
                    );
                }
            });
            if session.file().read_only {
                return;
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let aside = quiet(ui, icons::REMOVE, "Set aside…");
                if aside.accessible_name(named("Set aside")).clicked() {
                    let ask = Ask::new(
                        "Set this suggestion aside?",
                        format!("{}. It can be brought back.", suggestion.heading),
                        "Why",
                        "Set it aside",
                    );
                    let key = suggestion.key.clone();
                    self.asking = Some((
                        Asking::Dismiss {
                            audit: draft.audit,
                            key,
                        },
                        ask,
                    ));
                }
                let accept = secondary(ui, icons::ADD, "Draft it");
                if accept.accessible_name(named("Draft")).clicked() {
                    acts.push(Act::DraftFinding(Box::new(draft.clone())));
                }
            });
        });
    }
}

/// The heading without the kind that the badge before it says already.
fn beside_badge(suggestion: &Suggestion) -> &str {
    let heading = suggestion.heading.as_str();
    let rest = heading.strip_prefix(suggestion.draft.kind.label());
    rest.and_then(|rest| rest.strip_prefix(": "))
        .unwrap_or(heading)
}

fn brought_back(
    ui: &mut Ui,
    session: &Session,
    suggestion: &Suggestion,
    reason: &str,
    acts: &mut Vec<Act>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.label(&suggestion.heading);
        caption(ui, &format!("Set aside: {reason}"));
        if session.file().read_only {
            return;
        }
        let back = quiet(ui, icons::UNDO, "Bring back");
        if back
            .accessible_name(format!("Bring back: {}", suggestion.heading))
            .clicked()
        {
            let id = Dismissal::id(suggestion.draft.audit, &suggestion.key);
            let command = FindingCommand::BringBack(id);
            acts.push(Act::Do(Command::Finding(Box::new(command))));
        }
    });
}
