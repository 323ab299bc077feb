//! Of which audit, and the options that fit the kind.

use egui::{ComboBox, DragValue, Ui};

use super::{ExportScreen, Kind};
use crate::analysis::Basis;
use crate::analysis::suppression::THRESHOLDS;
use crate::session::settings::Settings;
use crate::session::{Session, Year};
use crate::ui::act::Act;
use crate::ui::widgets::{self, caption, hint, label};

impl ExportScreen {
    pub(super) fn of_which(&mut self, ui: &mut Ui, session: &Session) {
        if self.kind == Kind::Annual {
            label(ui, "Of which year");
            caption(
                ui,
                "April to March. An audit belongs to the year in which its forms were due.",
            );
            self.years(ui, session);
            return;
        }
        label(ui, "Of which audit");
        if !self.kind.is_of_one_audit() {
            widgets::keep_in_view(&ui.radio_value(&mut self.audit, None, "All audits"));
        }
        for (id, audit) in session.register().audits_in_order().into_iter().rev() {
            widgets::keep_in_view(&ui.radio_value(&mut self.audit, Some(id), &audit.title));
        }
    }

    fn years(&mut self, ui: &mut Ui, session: &Session) {
        let audits = session.register().audits_in_order();
        let mut years: Vec<Year> = audits
            .iter()
            .rev()
            .filter_map(|(_, audit)| Year::of_audit(audit))
            .collect();
        years.dedup();
        if years.is_empty() {
            hint(ui, "No audit has a date yet.");
        }
        for year in years {
            widgets::keep_in_view(&ui.radio_value(&mut self.year, Some(year), year.to_string()));
        }
    }

    pub(super) fn options(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        settings: &Settings,
        acts: &mut Vec<Act>,
    ) {
        label(ui, "How");
        if self.kind.counts() {
            ui.horizontal_wrapped(|ui| {
                for basis in [Basis::Agency, Basis::Panel] {
                    let choice = ui.radio_value(&mut self.basis, basis, basis.label());
                    widgets::keep_in_view(&choice);
                }
            });
        }
        if matches!(self.kind, Kind::Agency | Kind::Form) {
            self.whose(ui, session);
        }
        if self.kind.can_be_published() {
            self.publishing(ui, settings, acts);
        } else {
            caption(ui, "Never for publishing.");
        }
        if self.kind.can_hold_notes() {
            let notes = |ui: &mut Ui| {
                let words = "With what people wrote under the questions";
                widgets::keep_in_view(&ui.checkbox(&mut self.with_notes, words));
            };
            ui.add_enabled_ui(!self.publish, notes);
            caption(ui, "As confidential as this file. Never published.");
        }
    }

    /// The agency, and for a form the case.
    fn whose(&mut self, ui: &mut Ui, session: &Session) {
        let register = session.register();
        let Some((id, audit)) = self
            .audit
            .and_then(|id| Some((id, register.audits.get(&id)?)))
        else {
            return;
        };
        let agencies = audit.agencies.iter();
        let agencies: Vec<(String, String)> = agencies
            .map(|code| (code.clone(), register.agency_short(code).to_owned()))
            .collect();
        let form = self.kind == Kind::Form;
        ui.horizontal_wrapped(|ui| {
            let all = if form { "Every question" } else { "Choose…" };
            choose(ui, "Agency", all, &agencies, &mut self.agency);
            if form {
                let cases = register.cases_of(id).into_iter();
                let cases: Vec<(String, String)> = cases
                    .map(|(_, case)| (case.reference.clone(), case.reference.clone()))
                    .collect();
                choose(ui, "Case", "Blank form", &cases, &mut self.case);
            }
        });
    }

    fn publishing(&mut self, ui: &mut Ui, settings: &Settings, acts: &mut Vec<Act>) {
        let words = "To be published: hide small numbers";
        widgets::keep_in_view(&ui.checkbox(&mut self.publish, words));
        ui.add_enabled_ui(self.publish, |ui| {
            ui.horizontal(|ui| {
                let mut threshold = settings.threshold;
                caption(ui, "Hide counts from 1 to");
                let field = DragValue::new(&mut threshold).range(THRESHOLDS);
                let response = ui.add(field);
                widgets::keep_in_view(&response);
                response.accessible_name("Largest count that is hidden");
                if threshold != settings.threshold {
                    acts.push(Act::Keep(Box::new(Settings {
                        threshold,
                        ..settings.clone()
                    })));
                }
            });
        });
        caption(
            ui,
            "They are replaced by “c”, and others with them, so that no hidden number can be worked out.",
        );
    }
}

/// A list to choose from, with a first line for none of it.
fn choose(
    ui: &mut Ui,
    what: &str,
    none: &str,
    list: &[(String, String)],
    chosen: &mut Option<String>,
) {
    // What was chosen for another audit may not be in this one.
    if !list.iter().any(|(id, _)| Some(id) == chosen.as_ref()) {
        *chosen = None;
    }
    let known = list.iter().find(|(id, _)| Some(id) == chosen.as_ref());
    let shown = known.map_or(none, |(_, words)| words.as_str());
    let combo = ComboBox::from_id_salt(("export", what))
        .selected_text(shown)
        .width(150.0)
        .truncate();
    let response = combo.show_ui(ui, |ui| {
        ui.selectable_value(chosen, None, none);
        for (id, words) in list {
            ui.selectable_value(chosen, Some(id.clone()), words);
        }
    });
    widgets::keep_in_view(&response.response);
    response.response.accessible_name(what);
}
