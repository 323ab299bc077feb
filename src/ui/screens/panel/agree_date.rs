//! The dialog in which the panel agrees a key date.

use chrono::NaiveDate;
use egui::{Id, Key, Modal, Modifiers, TextEdit, Ui};

use super::Scene;
use super::timeline::given_line;
use crate::analysis::timeline::Moment;
use crate::domain::id::RecordId;
use crate::session::command::{AgreeDateCommand, Command};
use crate::ui::act::Act;
use crate::ui::screens::form::keys::pressed;
use crate::ui::theme::{Palette, Tone, space};
use crate::ui::widgets::{
    DateField, caption, heading, identifying, label, paragraph, primary, secondary,
};

/// Asks for the date and the reason.
pub(super) struct DateDialog {
    case: RecordId,
    date_id: String,
    title: String,
    given: Vec<String>,
    /// The one date all agencies give that give one: it needs no reason.
    plain: Option<NaiveDate>,
    field: DateField,
    date: Option<NaiveDate>,
    reason: String,
    wrong: Option<&'static str>,
    shown: bool,
}

const WIDTH: f32 = 480.0;

impl DateDialog {
    /// For a key date, with the date that is proposed.
    pub(super) fn new(scene: Scene<'_>, moment: &Moment<'_>, date: Option<NaiveDate>) -> Self {
        let plain = match moment.given.as_slice() {
            [(date, _)] => Some(*date),
            _ => None,
        };
        Self {
            case: scene.open.case,
            date_id: moment.field.id.clone(),
            title: moment.field.label.clone(),
            given: moment
                .given
                .iter()
                .map(|given| given_line(scene, given))
                .collect(),
            plain,
            field: DateField::default(),
            date,
            reason: String::new(),
            wrong: None,
            shown: false,
        }
    }

    /// Draws it. Once it is answered: what to do, or nothing when it was cancelled.
    pub(super) fn show(&mut self, ui: &mut Ui) -> Option<Option<Act>> {
        let mut answer = None;
        let modal = Modal::new(Id::unique("agree date")).show(ui.ctx(), |ui| {
            ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 60.0));
            heading(ui, &format!("Agree a date: {}", self.title));
            for line in &self.given {
                paragraph(ui, line);
            }
            self.fields(ui);
            if let Some(wrong) = self.wrong {
                ui.colored_label(Palette::of(ui.ctx()).tone(Tone::Poor).ink, wrong);
            }
            ui.add_space(space::NEAR);
            let entered = pressed(ui, Modifiers::COMMAND, Key::Enter);
            ui.horizontal(|ui| {
                let agree = primary(ui, "", "Agree this date (Ctrl+Enter)");
                if agree.accessible_name("Agree this date").clicked() || entered {
                    answer = self.command().map(|command| Some(Act::Do(command)));
                }
                if secondary(ui, "", "Cancel").clicked() {
                    answer = Some(None);
                }
            });
        });
        self.shown = true;
        if modal.should_close() && answer.is_none() {
            answer = Some(None);
        }
        answer
    }

    fn fields(&mut self, ui: &mut Ui) {
        if !self.shown && self.date.is_none() {
            self.field.request_focus();
        }
        let changed = self.field.show(ui, "Date the panel agrees", "", self.date);
        if let Some(date) = changed {
            self.date = date;
        }
        label(ui, "Reason");
        caption(ui, "What the panel relied on. It is kept with the date.");
        let edit = TextEdit::multiline(&mut self.reason)
            .desired_rows(3)
            .desired_width(f32::INFINITY);
        let reason = ui.add(edit);
        if !self.shown && self.date.is_some() {
            reason.request_focus();
        }
        reason.accessible_name("Reason for the agreed date");
        identifying(ui, "Reason for the agreed date", &self.reason);
    }

    /// The command, once everything it needs is there; otherwise what is missing is said.
    fn command(&mut self) -> Option<Command> {
        if let Some(date) = self.field.take_typed(self.date) {
            self.date = date;
        }
        let reason = self.reason.trim();
        let Some(date) = self.date else {
            self.wrong = Some("Give the date as day/month/year.");
            return None;
        };
        if reason.is_empty() && self.plain != Some(date) {
            self.wrong = Some("Say why the panel agrees this date.");
            return None;
        }
        Some(Command::AgreeDate(Box::new(AgreeDateCommand {
            case: self.case,
            date_id: self.date_id.clone(),
            date: Some(date),
            reason: reason.to_owned(),
        })))
    }
}
