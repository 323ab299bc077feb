//! The scope: question, period, whose cases, how they were picked, who is involved.

use egui::{TextEdit, Ui};

use super::NewAuditScreen;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::ui::theme::space;
use crate::ui::widgets::{self, caption, card, hint, label};

impl NewAuditScreen {
    pub(super) fn scope(&mut self, ui: &mut Ui, session: &Session) {
        let audit = &mut self.audit;
        card(ui, |ui| {
            line(
                ui,
                "Title",
                "Unique in this register, such as “Neglect 2026”.",
                &mut audit.title,
                1,
            );
            line(
                ui,
                "The question this audit is to answer",
                "",
                &mut audit.scope.question,
                2,
            );
            repeats(ui, session, &mut audit.re_audit_of);
        });
        ui.add_space(space::NEAR);
        card(ui, |ui| {
            label(ui, "Practice looked at");
            let [from, to, due] = &mut self.dates;
            let scope = &mut audit.scope;
            widgets::columns(ui, &[1.0; 3], |ui, at| match at {
                0 => dated(ui, from, "From", &mut scope.from),
                1 => dated(ui, to, "To", &mut scope.to),
                _ => dated(ui, due, "Forms due by", &mut scope.due),
            });
        });
        ui.add_space(space::NEAR);
        card(ui, |ui| {
            line(
                ui,
                "Whose cases",
                "The children who could have been picked.",
                &mut audit.scope.cohort,
                2,
            );
            line(ui, "How many children that is", "", &mut self.population, 1);
            audit.scope.population = self.population.trim().parse().ok();
            line(
                ui,
                "How the cases are picked",
                "Random or by strata, and by whom. Say so honestly: readers judge the findings by it.",
                &mut audit.scope.method,
                2,
            );
        });
        ui.add_space(space::NEAR);
        card(ui, |ui| {
            hint(
                ui,
                "The lead auditor considers involving children, parents and carers in every audit.",
            );
            line(
                ui,
                "How children are involved, or why not",
                "",
                &mut audit.scope.children,
                2,
            );
            line(
                ui,
                "How parents are involved, or why not",
                "",
                &mut audit.scope.parents,
                2,
            );
            line(
                ui,
                "How carers are involved, or why not",
                "",
                &mut audit.scope.carers,
                2,
            );
            line(
                ui,
                "Lead auditor's role",
                "A role, never a name.",
                &mut audit.scope.lead_role,
                1,
            );
        });
    }
}

/// Which earlier audit this one repeats, if there is any to repeat.
fn repeats(ui: &mut Ui, session: &Session, first: &mut Option<RecordId>) {
    let audits = session.register().audits_in_order();
    if audits.is_empty() {
        return;
    }
    label(ui, "Re-audit of");
    let chosen = audits.iter().find(|(id, _)| Some(*id) == *first);
    let shown = chosen.map_or("No earlier audit", |(_, audit)| audit.title.as_str());
    let combo = egui::ComboBox::from_id_salt("re-audit")
        .selected_text(shown)
        .width(260.0);
    let response = combo.show_ui(ui, |ui| {
        ui.selectable_value(first, None, "No earlier audit");
        for (id, audit) in &audits {
            ui.selectable_value(first, Some(*id), &audit.title);
        }
    });
    response.response.accessible_name("Re-audit of");
}

fn dated(
    ui: &mut Ui,
    field: &mut widgets::DateField,
    words: &str,
    date: &mut Option<chrono::NaiveDate>,
) {
    ui.push_id(words, |ui| {
        if let Some(new) = field.show(ui, words, "", *date) {
            *date = new;
        }
    });
}

fn line(ui: &mut Ui, words: &str, help: &str, text: &mut String, rows: usize) {
    label(ui, words);
    if !help.is_empty() {
        caption(ui, help);
    }
    let edit = if rows > 1 {
        TextEdit::multiline(text).desired_rows(rows)
    } else {
        TextEdit::singleline(text)
    };
    let edit = edit
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(8, 6));
    let response = ui.push_id(words, |ui| ui.add(edit)).inner;
    widgets::keep_in_view(&response);
    response.accessible_name(words);
    ui.add_space(space::TIGHT);
}
