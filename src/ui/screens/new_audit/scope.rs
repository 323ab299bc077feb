//! The scope: question, period, whose cases, how they were picked, who is involved.

use egui::Ui;

use super::NewAuditScreen;
use crate::analysis::carry_forward::left_by;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::session::command::ScopeCommand;
use crate::ui::theme::space;
use crate::ui::widgets::{self, DateField, TypedLine, card, hint, label};

/// Fields whose words are not the scope's own until they make sense.
#[derive(Default)]
pub struct ScopeFields {
    population: Option<String>,
    dates: [DateField; 3],
}

impl NewAuditScreen {
    pub(super) fn scope(&mut self, ui: &mut Ui, session: &Session) {
        let audit = &mut self.audit;
        let mut typed = ScopeCommand {
            audit: RecordId::fresh(),
            title: std::mem::take(&mut audit.title),
            scope: std::mem::take(&mut audit.scope),
            re_audit_of: audit.re_audit_of,
        };
        scope_fields(ui, session, &mut self.scope_fields, &mut typed);
        (audit.title, audit.scope) = (typed.title, typed.scope);
        audit.re_audit_of = typed.re_audit_of;
    }
}

/// Every field of a scope, for a new audit and for one that is there.
pub fn scope_fields(
    ui: &mut Ui,
    session: &Session,
    fields: &mut ScopeFields,
    typed: &mut ScopeCommand,
) {
    card(ui, |ui| {
        TypedLine::new("Title")
            .of_a_case()
            .hint("Unique in this register, such as “Neglect 2026”.")
            .show(ui, &mut typed.title);
        TypedLine::new("The question this audit is to answer")
            .of_a_case()
            .rows(2)
            .show(ui, &mut typed.scope.question);
        repeats(ui, session, typed);
    });
    carry(ui, session, typed);
    ui.add_space(space::NEAR);
    card(ui, |ui| {
        label(ui, "Practice looked at");
        let [from, to, _] = &mut fields.dates;
        let scope = &mut typed.scope;
        widgets::columns(ui, &[1.0; 3], |ui, at| match at {
            0 => dated(ui, from, "From", &mut scope.from),
            1 => dated(ui, to, "To", &mut scope.to),
            _ => (),
        });
    });
    ui.add_space(space::NEAR);
    card(ui, |ui| {
        let [.., due] = &mut fields.dates;
        dated(ui, due, "Forms due by", &mut typed.scope.due);
    });
    ui.add_space(space::NEAR);
    card(ui, |ui| sample(ui, &mut fields.population, typed));
    ui.add_space(space::NEAR);
    card(ui, |ui| involved(ui, typed));
}

fn sample(ui: &mut Ui, population: &mut Option<String>, typed: &mut ScopeCommand) {
    let scope = &mut typed.scope;
    TypedLine::new("Whose cases")
        .of_a_case()
        .hint("The children who could have been picked.")
        .rows(2)
        .show(ui, &mut scope.cohort);
    let words = population.get_or_insert_with(|| {
        scope
            .population
            .map(|count| count.to_string())
            .unwrap_or_default()
    });
    TypedLine::new("How many children that is").show(ui, words);
    scope.population = words.trim().parse().ok();
    TypedLine::new("How the cases are picked")
        .of_a_case()
        .hint(
            "Random or by strata, and by whom. Say so honestly: readers judge the findings by it.",
        )
        .rows(2)
        .show(ui, &mut scope.method);
}

fn involved(ui: &mut Ui, typed: &mut ScopeCommand) {
    let scope = &mut typed.scope;
    hint(
        ui,
        "The lead auditor considers involving children, parents and carers in every audit.",
    );
    for (words, text) in [
        ("How children are involved, or why not", &mut scope.children),
        ("How parents are involved, or why not", &mut scope.parents),
        ("How carers are involved, or why not", &mut scope.carers),
    ] {
        TypedLine::new(words).rows(2).of_a_case().show(ui, text);
    }
    TypedLine::new("Lead auditor's role")
        .of_a_case()
        .hint("A role, never a name.")
        .show(ui, &mut scope.lead_role);
}

/// Which earlier audit this one repeats, if there is any to repeat.
fn repeats(ui: &mut Ui, session: &Session, typed: &mut ScopeCommand) {
    let (own, before) = (typed.audit, typed.re_audit_of);
    let first = &mut typed.re_audit_of;
    let mut audits = session.register().audits_in_order();
    audits.retain(|(id, audit)| *id != own && audit.re_audit_of != Some(own));
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
    widgets::keep_in_view(&response.response);
    response.response.accessible_name("Re-audit of");
    if typed.re_audit_of != before {
        // Everything is carried forward until it is taken out.
        let register = session.register();
        let left = typed
            .re_audit_of
            .map(|first| left_by(register, first).ids());
        typed.scope.carried = left.unwrap_or_default();
    }
}

/// What the audit that is repeated leaves to look at again, each to take in or leave out.
fn carry(ui: &mut Ui, session: &Session, typed: &mut ScopeCommand) {
    let Some(first) = typed.re_audit_of else {
        return;
    };
    let left = left_by(session.register(), first);
    if left.areas.is_empty() && left.actions.is_empty() {
        return;
    }
    ui.add_space(space::NEAR);
    card(ui, |ui| {
        label(ui, "Carry forward from the audit it repeats");
        hint(
            ui,
            "Areas for improvement and open actions that this audit looks at again. They stay where they are; the scope names them.",
        );
        let areas = left.areas.iter().map(|(id, finding)| (*id, &finding.text));
        let actions = left.actions.iter().map(|(id, action)| (*id, &action.what));
        for (kind, list) in [
            ("Areas for improvement", areas.collect::<Vec<_>>()),
            ("Open actions", actions.collect()),
        ] {
            if !list.is_empty() {
                widgets::caption(ui, kind);
            }
            for (id, words) in list {
                let mut on = typed.scope.carried.contains(&id);
                let response = ui.checkbox(&mut on, words);
                widgets::keep_in_view(&response);
                if response.changed() && on {
                    typed.scope.carried.push(id);
                } else if response.changed() {
                    typed.scope.carried.retain(|kept| *kept != id);
                }
            }
        }
    });
}

fn dated(ui: &mut Ui, field: &mut DateField, words: &str, date: &mut Option<chrono::NaiveDate>) {
    ui.push_id(words, |ui| {
        if let Some(new) = field.show(ui, words, "", *date) {
            *date = new;
        }
    });
}
