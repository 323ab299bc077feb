//! The agencies' returns of one audit: whose is where, whom to remind, and the ways to the return
//! files, the merge and the conflicts.

mod chase;
mod made;
mod make;
mod matrix;
mod merge;
mod preview;

use egui::Ui;

use crate::domain::form::FormStatus;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, caption, card, hint, notice, primary, secondary};

pub use make::MakeReturnsScreen;
pub use merge::MergeScreen;

/// Draws the screen.
pub fn returns(ui: &mut Ui, session: &Session, id: RecordId) -> Vec<Act> {
    let mut acts = Vec::new();
    let Some(audit) = session.register().audits.get(&id) else {
        return vec![Act::Back];
    };
    widgets::page(ui, 1240.0, |ui| {
        if widgets::back_button(ui, &audit.title).clicked() {
            acts.push(Act::Go(Route::Audit(id)));
        }
        head(ui, session, id, &mut acts);
        ui.add_space(space::NEAR);
        conflicts(ui, session, Some(id), &mut acts);
        card(ui, |ui| {
            matrix::matrix(ui, session, id, audit, &mut acts);
            ui.add_space(space::TIGHT);
            caption(ui, &counts(session, id));
            matrix::declined(ui, session, id);
        });
        ui.add_space(space::APART);
        card(ui, |ui| chase::list(ui, session, id));
        ui.add_space(space::PART);
    });
    acts
}

fn head(ui: &mut Ui, session: &Session, id: RecordId, acts: &mut Vec<Act>) {
    ui.horizontal(|ui| {
        widgets::title(ui, "Returns");
        if session.file().read_only {
            return;
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if primary(ui, icons::OPEN, "Merge returns…").clicked() {
                acts.push(Act::Go(Route::Merge));
            }
            if secondary(ui, icons::NEW_FILE, "Make return files…").clicked() {
                acts.push(Act::Go(Route::MakeReturns(id)));
            }
        });
    });
    hint(
        ui,
        "Each agency gets a file with its own forms only, fills it in offline and sends it back; merging brings it in.",
    );
}

/// Says that there are conflicts to settle, of this audit or of any, and leads to them.
pub fn conflicts(ui: &mut Ui, session: &Session, audit: Option<RecordId>, acts: &mut Vec<Act>) {
    let open = session.conflicts().iter();
    let count = open
        .filter(|conflict| audit.is_none() || conflict.audit == audit)
        .count();
    if count == 0 {
        return;
    }
    notice(ui, Tone::Mixed, icons::ATTENTION, |ui| {
        let words = match count {
            1 => "One thing was answered differently in two places: both versions are kept".into(),
            _ => format!(
                "{count} things were answered differently in two places: both versions are kept"
            ),
        };
        ui.label(widgets::strong(&words));
        hint(
            ui,
            "One of them stands for the time being, the same on every machine, until somebody settles it.",
        );
        let settle = match count {
            1 => "Settle 1 conflict".to_owned(),
            _ => format!("Settle {count} conflicts"),
        };
        if secondary(ui, icons::NEXT, &settle).clicked() {
            acts.push(Act::Go(Route::Conflicts(audit)));
        }
    });
    ui.add_space(space::NEAR);
}

/// "38 of 49 forms are in: 33 submitted, 4 not known to the agency, 1 declined."
fn counts(session: &Session, id: RecordId) -> String {
    let forms = session.register().forms_of(id);
    let count = |status| {
        let with = forms.iter().filter(|(_, _, form)| form.status == status);
        with.count()
    };
    let (submitted, not_known, declined) = (
        count(FormStatus::Submitted),
        count(FormStatus::NotKnown),
        count(FormStatus::Declined),
    );
    format!(
        "{} of {} forms are in: {submitted} submitted, {not_known} not known to the agency, {declined} declined. {} in progress, {} not started. Choose a form to read it or to type it in.",
        submitted + not_known + declined,
        forms.len(),
        count(FormStatus::InProgress),
        count(FormStatus::NotStarted),
    )
}
