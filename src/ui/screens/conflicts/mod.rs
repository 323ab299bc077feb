//! Settling conflicts: both versions side by side, what differs, and from now on one of them or a
//! third for all. By keyboard alone as well.

mod keys;
mod third;
mod versions;

use egui::{Ui, vec2};

use crate::domain::id::RecordId;
use crate::domain::record::{Record, RecordKind};
use crate::session::conflict::Says;
use crate::session::{OpenConflict, SeenVersion, Session, Settlement};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, TypedLine, badge, caption, card, hint, notice, primary, quiet};

use third::Third;

/// What is to stand from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    /// The version with this number, from 0.
    Version(usize),
    /// A new one.
    Third,
}

/// The conflict that is shown, and what is chosen and typed for it.
#[derive(Default)]
pub struct ConflictsScreen {
    /// Its versions: with others it is another choice.
    shown: Option<Vec<SeenVersion>>,
    /// Its place in the list, so that the next one takes it once it is settled.
    at: usize,
    choice: Option<Choice>,
    third: Third,
    reason: String,
    /// Whether the reason's field is to have the keyboard.
    to_reason: bool,
    wrong: Option<String>,
    /// Whether the third version was just begun, maybe out of sight.
    to_third: bool,
    /// How tall the decision was when it was drawn last, in points.
    tall: Option<f32>,
}

/// From so much room on, in points, the decision stays in sight below the versions.
const TALL: f32 = 560.0;
/// How tall the decision is about.
const DECISION: f32 = 150.0;
/// Width of the page.
const WIDTH: f32 = 1100.0;

impl ConflictsScreen {
    /// Draws the screen: the conflicts of one audit, or of all.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, audit: Option<RecordId>) -> Vec<Act> {
        let mut acts = Vec::new();
        let open = session.conflicts().iter();
        let of_audit = |conflict: &&OpenConflict| audit.is_none() || conflict.audit == audit;
        let open: Vec<_> = open.filter(of_audit).collect();
        let conflict = self.find(&open);
        if let Some(conflict) = conflict {
            acts.extend(self.keys(ui, conflict, open.len()));
        }
        let below = self.room_below(ui, conflict);
        let page = ui.available_size() - vec2(0.0, below);
        ui.allocate_ui(page, |ui| {
            widgets::page(ui, WIDTH, |ui| {
                if widgets::back_button(ui, "Back").clicked() {
                    acts.push(Act::Back);
                }
                let Some(conflict) = conflict else {
                    widgets::title(ui, "Conflicts");
                    return all_settled(ui);
                };
                self.head(ui, open.len());
                ui.add_space(space::NEAR);
                ui.push_id(conflict.record, |ui| {
                    self.conflict(ui, conflict);
                    if below == 0.0 {
                        self.decision(ui, session, conflict, &mut acts);
                    }
                });
                ui.add_space(space::PART);
            });
        });
        if let (true, Some(conflict)) = (below > 0.0, conflict) {
            // Under the page's column.
            let bar = ui.spacing().scroll.allocated_width();
            let width = WIDTH.min(ui.available_width() - bar - 2.0 * 26.0);
            let beside = (ui.available_width() - bar - width) / 2.0;
            let spacing = ui.spacing().item_spacing;
            let drawn = ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                ui.add_space(beside);
                ui.push_id(conflict.record, |ui| {
                    ui.spacing_mut().item_spacing = spacing;
                    ui.set_width(width);
                    self.decision(ui, session, conflict, &mut acts);
                });
            });
            self.tall = Some(drawn.response.rect.height() + space::NEAR);
        }
        acts
    }

    /// In a tall window the decision stays in sight below whatever is read: how much room it takes.
    fn room_below(&self, ui: &Ui, conflict: Option<&OpenConflict>) -> f32 {
        match conflict {
            Some(_) if ui.available_height() >= TALL => {
                self.tall.unwrap_or(DECISION) + ui.spacing().item_spacing.y
            }
            _ => 0.0,
        }
    }

    /// The conflict to show: the same as long as it is there, then whichever took its place.
    fn find<'a>(&mut self, open: &[&'a OpenConflict]) -> Option<&'a OpenConflict> {
        let same = open
            .iter()
            .position(|one| Some(&one.seen) == self.shown.as_ref());
        let at = same.unwrap_or(self.at).min(open.len().saturating_sub(1));
        let conflict = open.get(at).copied();
        if same.is_none() || at != self.at {
            *self = Self {
                shown: conflict.map(|conflict| conflict.seen.clone()),
                at,
                third: conflict.map(Third::of).unwrap_or_default(),
                tall: self.tall,
                ..Self::default()
            };
        }
        conflict
    }

    fn go_to(&mut self, at: usize) {
        self.shown = None;
        self.at = at;
    }

    fn head(&mut self, ui: &mut Ui, count: usize) {
        ui.horizontal_wrapped(|ui| {
            widgets::title(ui, "Conflicts");
            ui.add_space(space::NEAR);
            self.steps(ui, count);
        });
        hint(
            ui,
            "Two people changed the same thing apart from each other. Everything both wrote is kept; choose what stands from now on.",
        );
    }

    fn steps(&mut self, ui: &mut Ui, count: usize) {
        ui.label(widgets::strong(&format!(
            "Conflict {} of {count}",
            self.at + 1
        )));
        if count < 2 {
            return;
        }
        let (first, last) = (self.at == 0, self.at + 1 == count);
        let before = ui.add_enabled_ui(!first, |ui| quiet(ui, icons::BACK, "Previous conflict"));
        if before.inner.on_hover_text("Page Up").clicked() {
            self.go_to(self.at - 1);
        }
        let next = ui.add_enabled_ui(!last, |ui| quiet(ui, icons::NEXT, "Next conflict"));
        if next.inner.on_hover_text("Page Down").clicked() {
            self.go_to(self.at + 1);
        }
    }

    fn conflict(&mut self, ui: &mut Ui, conflict: &OpenConflict) {
        widgets::heading(ui, &conflict.name);
        if let Some((_, question)) = conflict.question() {
            ui.add(egui::Label::new(&question.text).wrap());
        }
        if conflict.waiting {
            notice(ui, Tone::Neutral, icons::INFO, |ui| {
                ui.label("What this belongs to was withdrawn meanwhile. What you choose is kept in the history, and comes back with it.");
            });
        }
        ui.add_space(space::TIGHT);
        self.versions(ui, conflict);
        versions::the_same(ui, conflict);
        ui.add_space(space::NEAR);
        if conflict.kind == RecordKind::Answer && conflict.question().is_some() {
            self.third_card(ui, conflict);
        }
        ui.add_space(space::NEAR);
    }

    fn third_card(&mut self, ui: &mut Ui, conflict: &OpenConflict) {
        let here = self.choice == Some(Choice::Third);
        let shown = widgets::marked_card(ui, here, |ui| {
            ui.horizontal(|ui| {
                let radio = ui.radio(here, "Write a third version (T)");
                widgets::keep_in_view(&radio);
                let radio = radio.accessible_name("Write a third version");
                if radio.clicked() {
                    self.choose(Choice::Third);
                }
                if here {
                    badge(ui, Tone::Good, icons::TICK, "Chosen");
                }
            });
            if here && let Some((tool, question)) = conflict.question() {
                self.third.show(ui, tool, question, conflict);
            }
        });
        if here && std::mem::take(&mut self.to_third) {
            shown.response.scroll_to_me(Some(egui::Align::Center));
        }
    }

    fn choose(&mut self, choice: Choice) {
        self.to_third = choice == Choice::Third;
        self.choice = Some(choice);
        self.wrong = None;
    }

    fn decision(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        conflict: &OpenConflict,
        acts: &mut Vec<Act>,
    ) {
        if session.file().read_only {
            hint(
                ui,
                "This is a read-only copy: nothing can be settled in it.",
            );
            return;
        }
        card(ui, |ui| {
            widgets::columns(ui, &[0.7, 0.3], |ui, at| match at {
                0 => self.reason(ui),
                _ => self.decide(ui, conflict, acts),
            });
        });
    }

    fn reason(&mut self, ui: &mut Ui) {
        let field = TypedLine::new("Why this one?")
            .of_a_case()
            .hint("Kept with the change. Do not put anything in it that identifies the child.");
        let response = field.rows(2).show(ui, &mut self.reason);
        if std::mem::take(&mut self.to_reason) {
            response.request_focus();
            response.scroll_to_me(None);
        }
    }

    fn decide(&mut self, ui: &mut Ui, conflict: &OpenConflict, acts: &mut Vec<Act>) {
        if let Some(wrong) = &self.wrong {
            let ink = crate::ui::theme::Palette::of(ui.ctx()).tone(Tone::Poor).ink;
            ui.colored_label(ink, wrong);
        }
        ui.horizontal_wrapped(|ui| {
            if primary(ui, icons::TICK, "Settle this conflict").clicked() {
                acts.extend(self.settle(conflict));
            }
            caption(ui, "Ctrl+Enter");
        });
        caption(
            ui,
            "Settling is not undone with Ctrl+Z: every version stays in the history, and the record can be changed again like any other.",
        );
    }

    /// The request, or what is missing first.
    fn settle(&mut self, conflict: &OpenConflict) -> Option<Act> {
        match self.settlement(conflict) {
            Ok(settlement) => Some(Act::Settle(Box::new(settlement))),
            Err(wrong) => {
                self.wrong = Some(wrong);
                None
            }
        }
    }

    fn settlement(&self, conflict: &OpenConflict) -> Result<Settlement, String> {
        let after: Option<Record> = match self.choice {
            None => return Err("Choose what shall stand first.".into()),
            Some(Choice::Third) => Some(self.third.answer(conflict)?.into()),
            Some(Choice::Version(at)) => {
                match conflict.versions.get(at).map(|version| &version.says) {
                    Some(Says::Record(record)) => Some((**record).clone()),
                    Some(Says::Gone) => None,
                    _ => return Err("This version cannot be read, and so not be chosen.".into()),
                }
            }
        };
        if self.reason.trim().is_empty() {
            return Err("Say why: the reason is kept with the change.".into());
        }
        Ok(Settlement {
            seen: conflict.seen.clone(),
            record: conflict.record,
            kind: conflict.kind,
            after,
            reason: self.reason.clone(),
        })
    }
}

fn all_settled(ui: &mut Ui) {
    ui.add_space(space::NEAR);
    notice(ui, Tone::Good, icons::DONE, |ui| {
        ui.label(widgets::strong("Every conflict is settled"));
        hint(
            ui,
            "Who settled what, and why, is in the history of each record.",
        );
    });
}
