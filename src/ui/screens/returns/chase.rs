//! Who has to be reminded, as words that can be copied into a message.

use egui::Ui;

use crate::domain::audit::Audit;
use crate::domain::dates::written_date;
use crate::domain::form::AgencyReturn;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::ui::icons;
use crate::ui::widgets::{self, hint, secondary};

/// How many days the agency's return is late; 0 when it is not, or nothing is due.
pub(super) fn days_late(session: &Session, audit: RecordId, agency: &str, record: &Audit) -> i64 {
    let part = session
        .register()
        .returns
        .get(&AgencyReturn::id(audit, agency));
    let due = part.and_then(|part| part.due).or(record.scope.due);
    due.map_or(0, |due| {
        (session.now().date_naive() - due).num_days().max(0)
    })
}

/// Draws the list with a button to copy it.
pub(super) fn list(ui: &mut Ui, session: &Session, id: RecordId, audit: &Audit) {
    widgets::heading(ui, "To chase");
    let lines = lines(session, id, audit);
    if lines.is_empty() {
        hint(ui, "Every form is in.");
        return;
    }
    for line in &lines {
        ui.label(line);
    }
    if secondary(ui, icons::AUDIT, "Copy this list").clicked() {
        let text = format!("{}\n{}\n", audit.title, lines.join("\n"));
        ui.ctx().copy_text(text);
    }
}

/// "Police: NEG20-03, NEG20-06 (due 04/12/2020, 3 days late)"
fn lines(session: &Session, id: RecordId, audit: &Audit) -> Vec<String> {
    let register = session.register();
    let forms = register.forms_of(id);
    let line = |code: &String| {
        let open = forms
            .iter()
            .filter(|(_, agency, form)| agency == code && form.status.is_open());
        let cases = open.filter_map(|(_, _, form)| register.cases.get(&form.case));
        let cases: Vec<_> = cases.map(|case| case.reference.as_str()).collect();
        if cases.is_empty() {
            return None;
        }
        let part = register.returns.get(&AgencyReturn::id(id, code));
        let due = part.and_then(|part| part.due).or(audit.scope.due);
        let late = match (due, days_late(session, id, code, audit)) {
            (None, _) => String::new(),
            (Some(due), 0) => format!(" (due {})", written_date(due)),
            (Some(due), days) => format!(" (due {}, {days} days late)", written_date(due)),
        };
        Some(format!(
            "{}: {}{late}",
            register.agency_short(code),
            cases.join(", ")
        ))
    };
    audit.agencies.iter().filter_map(line).collect()
}
