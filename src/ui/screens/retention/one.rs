//! One audit's forms: until when they are kept, what holds them, and removing them.

use std::path::{Path, PathBuf};

use egui::Ui;

use super::removal::{Removal, removed};
use crate::domain::dates::written_date;
use crate::domain::id::RecordId;
use crate::domain::retention::{LegalHold, Retention};
use crate::session::Session;
use crate::session::command::{Command, RetentionCommand};
use crate::ui::act::Act;
use crate::ui::dialogs::{Ask, Asked};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, DateField, card, hint, notice, paragraph, quiet, secondary};

/// What is typed, and what was asked of the worker.
#[derive(Default)]
pub(super) struct AuditPage {
    date: DateField,
    /// The reason of placing (true) or releasing a hold.
    ask: Option<(bool, Ask)>,
    pub(super) removal: Removal,
    /// The copies that still hold removed forms; nothing before they are looked for.
    copies: Option<Vec<PathBuf>>,
    asked: bool,
}

impl AuditPage {
    pub(super) fn copies_holding(&mut self, copies: Vec<PathBuf>) {
        self.copies = Some(copies);
    }

    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        id: RecordId,
        folder: PathBuf,
    ) -> Vec<Act> {
        let mut acts = Vec::new();
        let register = session.register();
        let Some(audit) = register.audits.get(&id) else {
            return vec![Act::Back];
        };
        let retention = register.retention_of(id);
        widgets::page(ui, 820.0, |ui| {
            if widgets::back_button(ui, "Back").clicked() {
                acts.push(Act::Back);
            }
            widgets::title(ui, &format!("Retention: {}", audit.title));
            if retention.removed.is_some() {
                self.look_for_copies(id, &folder, &mut acts);
                let copies = self.copies.as_deref();
                removed(ui, session, id, copies, &mut self.removal, &mut acts);
            } else {
                self.kept(ui, session, id, &audit.title, &retention, &mut acts);
            }
            ui.add_space(space::PART);
        });
        self.reason(ui, session, id, &mut acts);
        let delete = self
            .removal
            .confirmed(ui, id, self.copies.as_deref(), folder);
        acts.extend(delete);
        acts
    }

    fn look_for_copies(&mut self, id: RecordId, folder: &Path, acts: &mut Vec<Act>) {
        if !std::mem::replace(&mut self.asked, true) {
            acts.push(Act::FindCopiesHolding(id, folder.to_owned()));
        }
    }

    fn kept(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        id: RecordId,
        title: &str,
        retention: &Retention,
        acts: &mut Vec<Act>,
    ) {
        let register = session.register();
        let (cases, forms) = (register.cases_of(id).len(), register.forms_of(id).len());
        hint(ui, &format!("{cases} cases, {forms} forms."));
        ui.add_space(space::NEAR);
        let fixed = session.file().read_only;
        card(ui, |ui| {
            ui.add_enabled_ui(!fixed, |ui| self.date(ui, id, retention, acts));
        });
        ui.add_space(space::NEAR);
        card(ui, |ui| self.hold(ui, fixed, retention.hold.as_ref()));
        ui.add_space(space::NEAR);
        if !fixed {
            card(ui, |ui| self.removal.show(ui, session, title, retention));
            ui.add_space(space::NEAR);
        }
        if quiet(ui, icons::CLOCK, "Every change of this").clicked() {
            acts.push(Act::ReadHistory(Retention::id(id)));
            acts.push(Act::Go(Route::History(Retention::id(id))));
        }
    }

    fn date(&mut self, ui: &mut Ui, id: RecordId, retention: &Retention, acts: &mut Vec<Act>) {
        widgets::heading(ui, "Date");
        let hint = "The last day on which the forms are kept. They stay after it too, until a person removes them.";
        let given = self
            .date
            .show(ui, "Keep the forms until", hint, retention.keep_until);
        if let Some(date) = given {
            let command = RetentionCommand::KeepUntil(id, date);
            acts.push(Act::Do(Command::Retention(command)));
        }
    }

    fn hold(&mut self, ui: &mut Ui, fixed: bool, hold: Option<&LegalHold>) {
        widgets::heading(ui, "Legal hold");
        match hold {
            None => {
                hint(
                    ui,
                    "For an inquiry, a court or a review that needs the forms. While it stands, they cannot be removed, whatever the date.",
                );
                if !fixed && secondary(ui, icons::LOCKED, "Place a legal hold…").clicked() {
                    self.ask = Some((true, ask_to_hold()));
                }
            }
            Some(hold) => {
                notice(ui, Tone::Mixed, icons::LOCKED, |ui| {
                    let since = written_date(hold.since.date_naive());
                    ui.label(widgets::strong(&format!(
                        "Held since {since} by {}",
                        hold.by
                    )));
                    paragraph(ui, &hold.reason);
                });
                if !fixed && secondary(ui, "", "Release the hold…").clicked() {
                    self.ask = Some((false, ask_to_release()));
                }
            }
        }
    }

    /// The dialog that asks why a hold is placed or released.
    fn reason(&mut self, ui: &mut Ui, session: &Session, audit: RecordId, acts: &mut Vec<Act>) {
        let Some((place, ask)) = &mut self.ask else {
            return;
        };
        let (place, asked) = (*place, ask.show(ui));
        if asked == Asked::Waiting {
            return;
        }
        self.ask = None;
        if let Asked::Answered(reason) = asked {
            let by = session.role();
            let command = match place {
                true => RetentionCommand::Hold { audit, reason, by },
                false => RetentionCommand::Release { audit, reason },
            };
            acts.push(Act::Do(Command::Retention(command)));
        }
    }
}

fn ask_to_hold() -> Ask {
    Ask::new(
        "Place a legal hold",
        "The forms of this audit cannot be removed before the hold is released. Who placed it, when and why is kept.",
        "Reason, such as who asked for it",
        "Place the hold",
    )
}

fn ask_to_release() -> Ask {
    Ask::new(
        "Release the legal hold",
        "The forms of this audit can then be removed after their date. Who released it, when and why is kept.",
        "Reason, such as who agreed to it",
        "Release the hold",
    )
}
