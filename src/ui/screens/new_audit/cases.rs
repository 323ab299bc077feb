//! Which agencies take part, and the cases: typed, pasted, or from a file.

use std::path::PathBuf;

use egui::{TextEdit, Ui};

use super::NewAuditScreen;
use crate::domain::case::{AGE_BANDS, ETHNICITY_GROUPS, PLANS, SEXES};
use crate::session::Session;
use crate::session::cases::read_list;
use crate::ui::act::{Act, PickFor};
use crate::ui::icons;
use crate::ui::theme::space;
use crate::ui::widgets::{
    self, ErrorLine, caption, card, error_summary, hint, label, quiet, secondary, ticked,
};

impl NewAuditScreen {
    pub(super) fn agencies_and_cases(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        acts: &mut Vec<Act>,
    ) {
        card(ui, |ui| self.choose_agencies(ui, session));
        ui.add_space(space::NEAR);
        card(ui, |ui| self.type_cases(ui, session, acts));
        ui.add_space(space::NEAR);
        if !self.problems.is_empty() {
            let lines = self.problems.iter().map(|words| ErrorLine::<()> {
                words: words.clone(),
                to: None,
            });
            error_summary(ui, "Some rows were not taken", lines.collect());
            ui.add_space(space::NEAR);
        }
        card(ui, |ui| self.listed(ui, session));
    }

    fn choose_agencies(&mut self, ui: &mut Ui, session: &Session) {
        let register = session.register();
        let known = session.catalogue().agencies.iter();
        let all = known
            .filter(|agency| register.agency(&agency.code).is_some())
            .map(|agency| (agency.code.as_str(), agency.name.as_str()));
        ticked(ui, "Agencies that fill in forms", all, &mut self.left_out);
    }

    fn type_cases(&mut self, ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
        label(ui, "Add cases");
        hint(
            ui,
            "One reference a line, typed or pasted; or a table with the headings ref, age_band, sex, ethnicity, plan, same_as. Only references such as NEG26-01: the key to the children stays with the business office.",
        );
        let edit = TextEdit::multiline(&mut self.list)
            .desired_rows(4)
            .desired_width(f32::INFINITY)
            .hint_text("NEG26-01");
        let response = ui.add(edit);
        widgets::keep_in_view(&response);
        response.accessible_name("Case references to add");
        ui.horizontal(|ui| {
            let ready = !self.list.trim().is_empty();
            if ui
                .add_enabled_ui(ready, |ui| secondary(ui, icons::ADD, "Add these"))
                .inner
                .clicked()
            {
                let (cases, problems) = read_list(&self.list, session.register(), &self.audit);
                if problems.is_empty() {
                    self.list.clear();
                }
                self.take_cases(cases, problems);
            }
            if secondary(ui, icons::FOLDER, "From a CSV file…").clicked() {
                acts.push(Act::Pick(PickFor::Cases));
            }
        });
        ui.horizontal(|ui| {
            caption(ui, "or the path of a CSV file");
            let response = ui.add(TextEdit::singleline(&mut self.path).desired_width(300.0));
            response.accessible_name("Path of a CSV file of cases");
            if secondary(ui, "", "Read").clicked() && !self.path.trim().is_empty() {
                acts.push(Act::ReadCases(PathBuf::from(self.path.trim())));
            }
        });
    }

    fn listed(&mut self, ui: &mut Ui, session: &Session) {
        widgets::heading(ui, &format!("{} cases", self.audit.cases.len()));
        if self.audit.cases.is_empty() {
            hint(
                ui,
                "Six to ten is usual: enough to see a pattern, few enough to read closely.",
            );
        }
        let earlier = self.audit.re_audit_of;
        let read = earlier.map_or_else(Vec::new, |first| session.register().cases_of(first));
        let read: Vec<(&str, &str)> = (read.iter())
            .map(|(_, case)| (case.reference.as_str(), case.reference.as_str()))
            .collect();
        if !read.is_empty() {
            caption(
                ui,
                "Where the same child was read in the audit that this one repeats, choose its reference there.",
            );
        }
        let mut removed = None;
        for (at, case) in self.audit.cases.iter_mut().enumerate() {
            ui.push_id(&case.reference, |ui| {
                ui.horizontal(|ui| {
                    ui.allocate_ui(egui::vec2(110.0, 24.0), |ui| {
                        ui.set_min_width(110.0);
                        ui.label(widgets::strong(&case.reference));
                    });
                    pick(
                        ui,
                        "Age",
                        &case.reference,
                        AGE_BANDS,
                        &mut case.age_band,
                        96.0,
                    );
                    pick(ui, "Sex", &case.reference, SEXES, &mut case.sex, 92.0);
                    pick(
                        ui,
                        "Ethnicity",
                        &case.reference,
                        ETHNICITY_GROUPS,
                        &mut case.ethnicity,
                        130.0,
                    );
                    pick(ui, "Plan", &case.reference, PLANS, &mut case.plan, 120.0);
                    if !read.is_empty() {
                        let chosen = &mut case.same_as;
                        pick(ui, "Same as", &case.reference, &read, chosen, 96.0);
                    }
                    let remove = quiet(ui, icons::REMOVE, "")
                        .accessible_name(format!("Remove {}", case.reference));
                    if remove.clicked() {
                        removed = Some(at);
                    }
                });
            });
        }
        if let Some(at) = removed {
            self.audit.cases.remove(at);
        }
    }
}

fn pick(
    ui: &mut Ui,
    what: &str,
    reference: &str,
    list: &[(&str, &str)],
    chosen: &mut Option<String>,
    width: f32,
) {
    let shown = chosen
        .as_deref()
        .map_or(what, |id| {
            let known = list.iter().find(|(known, _)| *known == id);
            known.map_or(id, |(_, label)| label)
        })
        .to_owned();
    let combo = egui::ComboBox::from_id_salt(what)
        .selected_text(shown)
        .width(width)
        .truncate();
    let response = combo.show_ui(ui, |ui| {
        ui.selectable_value(chosen, None, "(not recorded)");
        for (id, label) in list {
            ui.selectable_value(chosen, Some((*id).to_owned()), *label);
        }
    });
    widgets::keep_in_view(&response.response);
    response
        .response
        .accessible_name(format!("{what}, {reference}"));
}
