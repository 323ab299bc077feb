//! The scope: question, period, whose cases, how they were picked, who is involved.

use egui::Ui;

use super::NewAuditScreen;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::ui::theme::space;
use crate::ui::widgets::{self, TypedLine, card, hint, label};

impl NewAuditScreen {
    pub(super) fn scope(&mut self, ui: &mut Ui, session: &Session) {
        let audit = &mut self.audit;
        card(ui, |ui| {
            TypedLine::new("Title")
                .hint("Unique in this register, such as “Neglect 2026”.")
                .show(ui, &mut audit.title);
            TypedLine::new("The question this audit is to answer")
                .rows(2)
                .show(ui, &mut audit.scope.question);
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
            TypedLine::new("Whose cases")
                .hint("The children who could have been picked.")
                .rows(2)
                .show(ui, &mut audit.scope.cohort);
            TypedLine::new("How many children that is").show(ui, &mut self.population);
            audit.scope.population = self.population.trim().parse().ok();
            TypedLine::new("How the cases are picked").hint("Random or by strata, and by whom. Say so honestly: readers judge the findings by it.").rows(2).show(ui, &mut audit.scope.method);
        });
        ui.add_space(space::NEAR);
        card(ui, |ui| {
            hint(
                ui,
                "The lead auditor considers involving children, parents and carers in every audit.",
            );
            TypedLine::new("How children are involved, or why not")
                .rows(2)
                .show(ui, &mut audit.scope.children);
            TypedLine::new("How parents are involved, or why not")
                .rows(2)
                .show(ui, &mut audit.scope.parents);
            TypedLine::new("How carers are involved, or why not")
                .rows(2)
                .show(ui, &mut audit.scope.carers);
            TypedLine::new("Lead auditor's role")
                .hint("A role, never a name.")
                .show(ui, &mut audit.scope.lead_role);
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
