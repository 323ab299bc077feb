//! The summary of one audit: coverage, grades, themes, questions, timescales, agreement. Every
//! count keeps its denominator, and leads to the answers behind it.

mod grades;
mod parts;
mod questions;

use egui::{ComboBox, Ui};

use super::behind::BehindNumber;
use crate::analysis::Filter;
use crate::analysis::agreement::{Agreement, agreement};
use crate::analysis::coverage::{AuditCoverage, coverage};
use crate::analysis::facts::{AuditFacts, Basis};
use crate::analysis::summary::{AuditSummary, summary};
use crate::analysis::timescales::{RuleSummary, timescales};
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::space;
use crate::ui::widgets::{self, caption, hint, quiet, secondary};

/// What is counted, once for each audit, basis and filter.
struct Counted {
    coverage: AuditCoverage,
    summary: AuditSummary,
    timescales: Vec<RuleSummary>,
    agreement: Agreement,
}

/// Which number is looked behind: a question or a theme, of one agency or all.
#[derive(Clone, Debug, PartialEq)]
struct Number {
    title: String,
    question: Option<String>,
    filter: Filter,
}

type Key = (u64, u64, RecordId, Basis, Filter);

/// The filter in force and the number looked behind.
#[derive(Default)]
pub struct SummaryScreen {
    basis: Basis,
    filter: Filter,
    counted: Option<(Key, Counted)>,
    chosen: Option<Number>,
    behind: Option<BehindNumber>,
}

impl SummaryScreen {
    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, audit: RecordId) -> Vec<Act> {
        let mut acts = Vec::new();
        let facts = session.facts().and_then(|facts| facts.audit(audit));
        let (Some(facts), Some(record)) = (facts, session.register().audits.get(&audit)) else {
            widgets::page(ui, 600.0, |ui| hint(ui, "Counting…"));
            return acts;
        };
        self.count(session, facts);
        if self.chosen.is_some() {
            self.side(ui, session, facts, &mut acts);
        }
        widgets::page(ui, 1080.0, |ui| {
            if widgets::back_button(ui, "All audits").clicked() {
                acts.push(Act::Go(Route::Audits));
            }
            ui.horizontal(|ui| {
                widgets::title(ui, &format!("Summary: {}", record.title));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if secondary(ui, icons::EXPORT, "Export").clicked() {
                        acts.push(Act::Go(Route::Export(Some(audit))));
                    }
                    if secondary(ui, icons::AUDIT, "Cases").clicked() {
                        acts.push(Act::Go(Route::Audit(audit)));
                    }
                });
            });
            self.filters(ui, session, facts);
            ui.add_space(space::NEAR);
            self.parts(ui, session, &mut acts);
            ui.add_space(space::PART);
        });
        acts
    }

    fn count(&mut self, session: &Session, facts: &AuditFacts) {
        let key = (
            session.facts_version(),
            session.revision(),
            facts.audit,
            self.basis,
            self.filter.clone(),
        );
        if self
            .counted
            .as_ref()
            .is_some_and(|(counted, _)| *counted == key)
        {
            return;
        }
        if self
            .counted
            .as_ref()
            .is_some_and(|(counted, _)| counted.2 != facts.audit)
        {
            self.filter = Filter::default();
        }
        self.chosen = None;
        let register = session.register();
        let all = session.facts();
        let counted =
            all.and_then(|all| summary(register, all, facts.audit, self.basis, &self.filter));
        let place = register
            .partnership()
            .and_then(|partnership| partnership.local_rules.as_deref());
        self.counted = counted.map(|summary| {
            let counted = Counted {
                coverage: coverage(register, facts.audit, &self.filter),
                summary,
                timescales: timescales(facts, session.catalogue(), place, &self.filter),
                agreement: agreement(facts, &self.filter),
            };
            (key, counted)
        });
    }

    fn filters(&mut self, ui: &mut Ui, session: &Session, facts: &AuditFacts) {
        ui.horizontal_wrapped(|ui| {
            for (basis, words) in [
                (Basis::Agency, "Agencies' own answers"),
                (Basis::Panel, "Panel judgements"),
            ] {
                widgets::keep_in_view(&ui.radio_value(&mut self.basis, basis, words));
            }
            ui.separator();
            let register = session.register();
            let agencies: Vec<_> = facts
                .agencies
                .iter()
                .map(|code| (code.clone(), register.agency_short(code).to_owned()))
                .collect();
            pick(
                ui,
                "Every agency",
                "Agency",
                &agencies,
                &mut self.filter.agency,
            );
            let themes = session.catalogue().themes.iter();
            let themes: Vec<_> = themes
                .map(|theme| (theme.id.clone(), theme.short.clone()))
                .collect();
            pick(ui, "Every theme", "Theme", &themes, &mut self.filter.theme);
            let mut case = self.filter.case.map(|case| case.to_string());
            let cases: Vec<_> = facts
                .cases
                .iter()
                .map(|(id, case)| (id.to_string(), case.reference.clone()))
                .collect();
            pick(ui, "Every case", "Case", &cases, &mut case);
            self.filter.case = case.and_then(|case| case.parse().ok());
            if !self.filter.is_empty() && quiet(ui, icons::REMOVE, "Show everything").clicked() {
                self.filter = Filter::default();
            }
        });
        let whole = if self.filter.is_empty() {
            "everything"
        } else {
            "only what is chosen above"
        };
        caption(
            ui,
            &format!(
                "Shown: {whole}, from submitted forms. Not applicable and not evidenced stand apart and are never counted as favourable or unfavourable."
            ),
        );
    }

    fn side(&mut self, ui: &mut Ui, session: &Session, facts: &AuditFacts, acts: &mut Vec<Act>) {
        let Some(number) = self.chosen.clone() else {
            return;
        };
        if self.behind.is_none() {
            let question = number.question.as_deref();
            self.behind =
                BehindNumber::gather(session, facts, self.basis, &number.filter, question);
        }
        let names = [number.title.as_str(), ""];
        if BehindNumber::side(self.behind.as_ref(), ui, session, names, acts) {
            self.chosen = None;
        }
    }

    fn look_behind(&mut self, number: Number) {
        self.chosen = (self.chosen.as_ref() != Some(&number)).then_some(number);
        self.behind = None;
    }
}

fn pick(
    ui: &mut Ui,
    all: &str,
    what: &str,
    list: &[(String, String)],
    chosen: &mut Option<String>,
) {
    let label = |id: &String| {
        list.iter()
            .find(|(known, _)| known == id)
            .map_or(id.clone(), |(_, label)| label.clone())
    };
    let shown = chosen.as_ref().map_or(all.to_owned(), label);
    let combo = ComboBox::from_id_salt(what)
        .selected_text(shown)
        .width(130.0)
        .truncate();
    let response = combo.show_ui(ui, |ui| {
        ui.selectable_value(chosen, None, all);
        for (id, label) in list {
            ui.selectable_value(chosen, Some(id.clone()), label);
        }
    });
    response.response.accessible_name(what);
}
