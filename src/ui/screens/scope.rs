//! The scope of an audit that is there already: changed as one types, like a form.

use egui::Ui;

use super::new_audit::{ScopeFields, scope_fields};
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::session::command::{Command, ScopeCommand};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::space;
use crate::ui::widgets::{self, hint, quiet};

/// What is typed and not kept yet.
#[derive(Default)]
pub struct ScopeScreen {
    typed: Option<ScopeCommand>,
    fields: ScopeFields,
    /// What had the keyboard a frame ago: leaving a field keeps what is typed.
    focused: Option<egui::Id>,
    /// The last change asked for: one that is refused is not asked for again and again.
    asked: Option<ScopeCommand>,
}

impl ScopeScreen {
    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, audit: RecordId) -> Vec<Act> {
        let mut acts = Vec::new();
        let Some(kept) = kept(session, audit) else {
            return vec![Act::Back];
        };
        self.follow(ui, &kept);
        let mut typed = self.typed.take().unwrap_or_else(|| kept.clone());
        widgets::page(ui, 760.0, |ui| {
            if widgets::back_button(ui, "Back").clicked() {
                acts.push(Act::Back);
            }
            ui.horizontal(|ui| {
                widgets::title(ui, &format!("Scope: {}", kept.title));
                if quiet(ui, icons::HISTORY, "History").clicked() {
                    acts.push(Act::ReadHistory(audit));
                    acts.push(Act::Go(crate::ui::route::Route::History(audit)));
                }
            });
            hint(
                ui,
                "Changes are kept as you make them, with their history. Agencies and cases stay as they are.",
            );
            ui.add_space(space::NEAR);
            ui.add_enabled_ui(!session.file().read_only, |ui| {
                scope_fields(ui, session, &mut self.fields, &mut typed);
            });
            ui.add_space(space::PART);
        });
        self.typed = Some(typed);
        acts.extend(self.due(ui, &kept));
        acts
    }

    /// What is typed and not kept yet.
    pub fn flush(&mut self, session: &Session) -> Vec<Act> {
        let Some(typed) = self.typed.take() else {
            return Vec::new();
        };
        self.fields = ScopeFields::default();
        match kept(session, typed.audit) {
            Some(kept) if kept != typed && self.asked.as_ref() != Some(&typed) => {
                vec![Act::Do(Command::ChangeScope(Box::new(typed)))]
            }
            _ => Vec::new(),
        }
    }

    /// Another audit, or an undo: the fields show what the document says.
    fn follow(&mut self, ui: &Ui, kept: &ScopeCommand) {
        let typing = ui.memory(egui::Memory::focused).is_some();
        let other = self
            .typed
            .as_ref()
            .is_some_and(|typed| typed.audit != kept.audit);
        let settled = self.asked.as_ref() == self.typed.as_ref();
        if other || (!typing && settled && self.typed.as_ref() != Some(kept)) {
            *self = Self::default();
        }
    }

    fn due(&mut self, ui: &Ui, kept: &ScopeCommand) -> Option<Act> {
        let focused = ui.memory(egui::Memory::focused);
        let left = focused.is_none() || focused != self.focused;
        self.focused = focused;
        let typed = self.typed.clone()?;
        if !left || typed == *kept || self.asked.as_ref() == Some(&typed) {
            return None;
        }
        self.asked = Some(typed.clone());
        Some(Act::Do(Command::ChangeScope(Box::new(typed))))
    }
}

/// The scope as the document has it.
fn kept(session: &Session, audit: RecordId) -> Option<ScopeCommand> {
    let record = session.register().audits.get(&audit)?;
    Some(ScopeCommand {
        audit,
        title: record.title.clone(),
        scope: record.scope.clone(),
        re_audit_of: record.re_audit_of,
    })
}
