//! Whom to remind, with a reminder that can be copied into an e-mail.

use egui::Ui;

use crate::domain::id::RecordId;
use crate::session::Session;
use crate::session::chase::{self, Outstanding};
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, badge, caption, hint, quiet, secondary};

/// Draws the list with buttons to copy it.
pub(super) fn list(ui: &mut Ui, session: &Session, audit: RecordId) {
    let register = session.register();
    let all = chase::outstanding(register, audit, session.now().date_naive());
    ui.horizontal(|ui| {
        widgets::heading(ui, "To chase");
        if all.is_empty() {
            return;
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if secondary(ui, icons::AUDIT, "Copy a reminder to all").clicked() {
                ui.ctx().copy_text(chase::reminder(register, audit, &all));
            }
        });
    });
    if all.is_empty() {
        hint(ui, "Every form is in.");
        return;
    }
    caption(
        ui,
        "A reminder is copied as the text of an e-mail: the audit, the cases by reference, the date, and how to send the return back.",
    );
    for one in &all {
        ui.add_space(space::TIGHT);
        ui.push_id(&one.agency, |ui| line(ui, session, audit, one));
    }
}

fn line(ui: &mut Ui, session: &Session, audit: RecordId, one: &Outstanding) {
    ui.horizontal_wrapped(|ui| {
        let copy = quiet(ui, icons::AUDIT, "Copy");
        let copy = copy.accessible_name(format!("Copy a reminder to {}", one.name));
        if copy.clicked() {
            let alone = std::slice::from_ref(one);
            let text = chase::reminder(session.register(), audit, alone);
            ui.ctx().copy_text(text);
        }
        if (1..=chase::LONG_AGO).contains(&one.days_late) {
            badge(ui, Tone::Poor, icons::CLOCK, "Late");
        }
        ui.label(one.line());
    });
}
