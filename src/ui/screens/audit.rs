//! One audit: its cases and every agency's form for each.

use egui::{Color32, FontId, Ui, Vec2};
use egui_extras::{Column, TableBuilder, TableRow};

use super::Topic;
use super::audits::state_badge;
use super::standing::standing;
use crate::analysis::carry_forward;
use crate::domain::audit::{Audit, AuditState};
use crate::domain::case::Case;
use crate::domain::dates::written_date;
use crate::domain::form::CaseForm;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::session::command::Command;
use crate::ui::act::Act;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{size, space};
use crate::ui::widgets::{self, FormCell, Way, Weight, caption, hint, quiet, secondary};

/// Draws the screen.
pub fn audit(ui: &mut Ui, session: &Session, id: RecordId) -> Vec<Act> {
    let mut acts = Vec::new();
    let Some(audit) = session.register().audits.get(&id) else {
        return vec![Act::Back];
    };
    widgets::page(ui, 1240.0, |ui| {
        if widgets::back_button(ui, "All audits").clicked() {
            acts.push(Act::Go(Route::Audits));
        }
        head(ui, session, id, audit, &mut acts);
        standing(ui, session, id, &audit.title, &mut acts);
        ui.add_space(space::NEAR);
        if session.register().forms_removed(id) {
            forms_removed(ui, session, id, &mut acts);
        } else {
            matrix(ui, session, id, audit, &mut acts);
        }
        ui.add_space(space::APART);
        scope(ui, session, id, audit, &mut acts);
        ui.add_space(space::PART);
    });
    acts
}

fn head(ui: &mut Ui, session: &Session, id: RecordId, audit: &Audit, acts: &mut Vec<Act>) {
    ui.horizontal_wrapped(|ui| {
        widgets::title(ui, &audit.title);
        if session.file().read_only {
            state_badge(ui, audit.state);
        } else {
            hint(ui, "State:");
            state_choice(ui, id, audit, acts);
        }
        ways(ui, session, id, audit.state, acts);
    });
    if session.register().forms_removed(id) {
        return;
    }
    let due = audit
        .scope
        .due
        .map(|due| format!(" Forms are due by {}.", written_date(due)));
    hint(
        ui,
        &format!(
            "Choose a form to fill it in or read it.{}",
            due.unwrap_or_default()
        ),
    );
}

/// Where an audit leads, in the order of the work.
fn ways(ui: &mut Ui, session: &Session, id: RecordId, state: AuditState, acts: &mut Vec<Act>) {
    let now = next_in(state);
    let mut routes = vec![
        (icons::AGENCIES, "Returns", Route::Returns(id)),
        (icons::TICK, "Attendance", Route::Attendance(id)),
        (icons::SUMMARY, "Summary", Route::Summary(id)),
        (icons::STAR, "Findings", Route::Findings(id)),
        (icons::EXPORT, "Export", Route::Export(Some(id))),
    ];
    routes.retain(|(.., route)| !(session.file().is_return && *route == Route::Findings(id)));
    let ways: Vec<Way<'_>> = routes
        .iter()
        .map(|(icon, words, _)| Way {
            weight: match now == Some(*words) {
                true => Weight::Primary,
                false => Weight::Framed,
            },
            icon,
            words,
            spoken: (*words).to_owned(),
        })
        .collect();
    let chosen = widgets::ways(ui, &ways);
    acts.extend(chosen.map(|at| Act::Go(routes[at].2.clone())));
}

/// What is to be done in this state; nothing more once an audit is reported.
fn next_in(state: AuditState) -> Option<&'static str> {
    match state {
        AuditState::Scoping | AuditState::Open => Some("Returns"),
        AuditState::Panel => Some("Findings"),
        AuditState::FindingsAgreed => Some("Export"),
        AuditState::Reported | AuditState::Closed => None,
    }
}

/// What stands where the forms were.
fn forms_removed(ui: &mut Ui, session: &Session, id: RecordId, acts: &mut Vec<Act>) {
    let Some(removal) = session.register().retention_of(id).removed else {
        return;
    };
    widgets::card(ui, |ui| {
        let on = written_date(removal.at.date_naive());
        ui.label(widgets::strong(&format!("The forms were removed on {on}")));
        hint(
            ui,
            "Their time was over. What was learnt from them stays: findings, actions, and what they added up to.",
        );
        if secondary(ui, icons::SUMMARY, "Certificate and counts").clicked() {
            acts.push(Act::Go(Route::Retention(Some(id))));
        }
    });
}

fn state_choice(ui: &mut Ui, id: RecordId, audit: &Audit, acts: &mut Vec<Act>) {
    let combo = egui::ComboBox::from_id_salt("state").selected_text(audit.state.label());
    let shown = combo.show_ui(ui, |ui| {
        for state in AuditState::ALL {
            if ui
                .selectable_label(state == audit.state, state.label())
                .clicked()
                && state != audit.state
            {
                acts.push(Act::Do(Command::SetAuditState(id, state)));
            }
        }
    });
    widgets::keep_in_view(&shown.response);
    shown.response.accessible_name("State of the audit");
}

/// Room that the links beside the scope need, in points.
const LINKS: f32 = 600.0;

const ROW: f32 = 40.0;

/// Up to so many cases every row is drawn, so that Tab reaches those below the window too.
const ALL_ROWS: usize = 60;

fn matrix(ui: &mut Ui, session: &Session, id: RecordId, audit: &Audit, acts: &mut Vec<Act>) {
    let cases = session.register().cases_of(id);
    let widest = widest(ui, &cases);
    let width = (ui.available_width() - 190.0) / audit.agencies.len().max(1) as f32 - 8.0;
    widgets::sideways(ui, "matrix", |ui| {
        let table = TableBuilder::new(ui)
            .vscroll(false)
            .cell_layout(egui::Layout::left_to_right(egui::Align::Center))
            .column(Column::exact(170.0))
            .columns(
                Column::exact(width.clamp(96.0, 170.0)),
                audit.agencies.len(),
            );
        let table = table.header(32.0, |mut header| {
            header.col(|ui| {
                caption(ui, "Case");
            });
            for code in &audit.agencies {
                let short = session.register().agency_short(code);
                let words = widgets::strong(short).size(size::SMALL);
                header.col(|ui| {
                    ui.add(egui::Label::new(words).truncate());
                });
            }
        });
        table.body(|mut body| {
            let mut draw = |mut row: TableRow<'_, '_>, at: usize| {
                self::row(&mut row, session, audit, cases[at], widest, acts);
            };
            if cases.len() <= ALL_ROWS {
                (0..cases.len()).for_each(|at| body.row(ROW, |row| draw(row, at)));
            } else {
                body.rows(ROW, cases.len(), |row| {
                    let at = row.index();
                    draw(row, at);
                });
            }
        });
    });
}

/// How wide the longest reference is, in points: the links beside them stand under one another.
fn widest(ui: &Ui, cases: &[(RecordId, &Case)]) -> f32 {
    let font = FontId::new(size::BODY, fonts::strong());
    let wide = |reference: &str| {
        let words = reference.to_owned();
        let line = ui
            .painter()
            .layout_no_wrap(words, font.clone(), Color32::PLACEHOLDER);
        line.size().x
    };
    let all = cases.iter().map(|(_, case)| wide(&case.reference));
    all.fold(0.0, f32::max)
}

/// One case: its panel, and every agency's form.
fn row(
    row: &mut TableRow<'_, '_>,
    session: &Session,
    audit: &Audit,
    (case, record): (RecordId, &Case),
    widest: f32,
    acts: &mut Vec<Act>,
) {
    row.col(|ui| {
        let reference = ui.label(widgets::strong(&record.reference));
        ui.add_space(widest - reference.rect.width());
        let panel = quiet(ui, "", "Panel");
        let name = format!("Panel, {}", record.reference);
        if panel.accessible_name(name).clicked() {
            acts.push(Act::Go(Route::Panel(case)));
        }
    });
    for code in &audit.agencies {
        row.col(|ui| {
            let form = session.register().form_of(record.audit, code, case);
            if let Some((form_id, form)) = form {
                cell(
                    ui,
                    session,
                    (&record.reference, code),
                    (form_id, form),
                    acts,
                );
            }
        });
    }
}

fn cell(
    ui: &mut Ui,
    session: &Session,
    (reference, code): (&str, &str),
    (form_id, form): (RecordId, &CaseForm),
    acts: &mut Vec<Act>,
) {
    let register = session.register();
    let agency = register.agency_short(code);
    let name = format!("{reference}, {agency}: {}", form.status.label());
    let stop = register.safety_stop(form_id);
    let cell = FormCell {
        name: &name,
        status: form.status,
        stopped: stop.is_some_and(|stop| !stop.is_resolved()),
        late: false,
        below: &[],
    };
    let wanted = Vec2::new(ui.available_width(), ROW - 8.0);
    if cell.show(ui, wanted).on_hover_text(&name).clicked() {
        acts.push(Act::Go(Route::Form(form_id)));
    }
}

fn scope(ui: &mut Ui, session: &Session, id: RecordId, audit: &Audit, acts: &mut Vec<Act>) {
    widgets::card(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            widgets::heading(ui, "Scope");
            widgets::at_the_end(ui, LINKS, |ui| scope_links(ui, session, id, audit, acts));
        });
        let scope = &audit.scope;
        let period = match (scope.from, scope.to) {
            (Some(from), Some(to)) => format!("{} to {}", written_date(from), written_date(to)),
            _ => String::new(),
        };
        let population = scope
            .population
            .map(|count| format!("{count} children"))
            .unwrap_or_default();
        let lines = [
            ("Question", scope.question.as_str()),
            ("Practice looked at", &period),
            ("Whose cases", &scope.cohort),
            ("Out of", &population),
            ("How they were picked", &scope.method),
            ("Children", &scope.children),
            ("Parents", &scope.parents),
            ("Carers", &scope.carers),
            ("Lead auditor", &scope.lead_role),
        ];
        for (label, text) in lines.iter().filter(|(_, text)| !text.is_empty()) {
            ui.horizontal_top(|ui| {
                ui.allocate_ui(Vec2::new(170.0, 20.0), |ui| {
                    ui.set_min_width(170.0);
                    hint(ui, label);
                });
                ui.add(egui::Label::new(*text).wrap());
            });
        }
        for (_, hypothesis) in session.register().hypotheses_of(id) {
            ui.horizontal_top(|ui| {
                ui.allocate_ui(Vec2::new(170.0, 20.0), |ui| {
                    ui.set_min_width(170.0);
                    hint(ui, &format!("Hypothesis {}", hypothesis.code));
                });
                let verdict = hypothesis
                    .verdict
                    .map(|verdict| format!(" ({})", verdict.label()))
                    .unwrap_or_default();
                ui.add(egui::Label::new(format!("{}{verdict}", hypothesis.text)).wrap());
            });
        }
        carried(ui, session, id);
    });
}

fn scope_links(ui: &mut Ui, session: &Session, id: RecordId, audit: &Audit, acts: &mut Vec<Act>) {
    if session.file().is_return {
        return;
    }
    if quiet(ui, icons::CHANGE, "Change the scope").clicked() {
        acts.push(Act::Go(Route::Scope(id)));
    }
    if quiet(ui, icons::CLOCK, "Retention").clicked() {
        acts.push(Act::Go(Route::Retention(Some(id))));
    }
    if quiet(ui, icons::SUMMARY, "Hypotheses").clicked() {
        acts.push(Act::GoToTopic(id, Topic::Hypotheses));
    }
    if audit.re_audit_of.is_some() && quiet(ui, icons::HISTORY, "Beside the first audit").clicked()
    {
        acts.push(Act::GoToTopic(id, Topic::ReAudit));
    }
}

/// What the scope takes over from the audit before.
fn carried(ui: &mut Ui, session: &Session, id: RecordId) {
    let left = carry_forward::carried_into(session.register(), id);
    let areas = left
        .areas
        .iter()
        .map(|(_, finding)| ("Area for improvement", &finding.text));
    let actions = left
        .actions
        .iter()
        .map(|(_, action)| ("Open action", &action.what));
    for (label, text) in areas.chain(actions) {
        ui.horizontal_top(|ui| {
            ui.allocate_ui(Vec2::new(170.0, 20.0), |ui| {
                ui.set_min_width(170.0);
                hint(ui, &format!("Carried: {}", label.to_lowercase()));
            });
            ui.add(egui::Label::new(text).wrap());
        });
    }
}
