//! The first page: which case, in which role, and whether the agency knows the child at all.

use egui::Ui;

use super::{Dialog, FieldKey, FormScreen, Scene};
use crate::domain::case::{AGE_BANDS, Case, Choices, ETHNICITY_GROUPS, PLANS, SEXES, label_of};
use crate::domain::dates::written_date;
use crate::ui::act::Act;
use crate::ui::dialogs::{ask_not_known, ask_to_decline};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Field, card, hint, paragraph, quiet, secondary};

impl FormScreen {
    pub(super) fn case_page(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        widgets::title(ui, &format!("Case {}", scene.open.reference));
        card(ui, |ui| {
            facts(ui, scene);
            histories(ui, scene, acts);
        });
        ui.add_space(space::NEAR);
        card(ui, |ui| {
            let field = Field {
                label: "Your role",
                hint: "A role, never a name: for example “named nurse” or “detective sergeant”. You should not have worked on this case.",
                spoken: "Your role",
                rows: 1,
                figures: false,
            };
            ui.add_enabled_ui(scene.editable(), |ui| {
                self.text_field(ui, scene, FieldKey::Role, &scene.form.role, &field, acts);
            });
        });
        ui.add_space(space::NEAR);
        if scene.editable() {
            card(ui, |ui| self.no_form(ui, scene));
            ui.add_space(space::NEAR);
        }
        self.onward(ui, scene);
    }

    fn no_form(&mut self, ui: &mut Ui, scene: Scene<'_>) {
        widgets::label(ui, "If you cannot fill this form in");
        hint(
            ui,
            "Check the child, brothers and sisters, and the carers first. Both are answers: the chair sees them apart from a form that is missing.",
        );
        ui.horizontal_wrapped(|ui| {
            let has_answers = !scene.open.content.answers.is_empty();
            if secondary(ui, "", "Not known to us…").clicked() {
                let ask = ask_not_known("Not known to us", has_answers);
                self.dialog = Some(Dialog::NotKnown(ask));
            }
            if secondary(ui, "", "Decline…").clicked() {
                let ask = ask_to_decline("Decline to fill this form in", has_answers);
                self.dialog = Some(Dialog::Decline(ask));
            }
        });
    }
}

/// The ways to the history of the form and of its case.
fn histories(ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
    ui.horizontal_wrapped(|ui| {
        for (words, record) in [
            ("History of this form", scene.open.form),
            ("History of this case", scene.form.case),
        ] {
            if quiet(ui, icons::HISTORY, words).clicked() {
                acts.extend([Act::ReadHistory(record), Act::Go(Route::History(record))]);
            }
        }
    });
}

fn facts(ui: &mut Ui, scene: Scene<'_>) {
    let register = scene.session.register();
    if let Some(audit) = register.audits.get(&scene.open.audit) {
        paragraph(
            ui,
            &format!(
                "{} · tool {} version {}",
                audit.title, scene.open.tool.title, scene.open.tool.version
            ),
        );
        if let (Some(from), Some(to)) = (audit.scope.from, audit.scope.to) {
            hint(
                ui,
                &format!(
                    "Look at practice from {} to {}.",
                    written_date(from),
                    written_date(to)
                ),
            );
        }
        if let Some(due) = audit.scope.due {
            hint(ui, &format!("Due by {}.", written_date(due)));
        }
    }
    if let Some(case) = register.cases.get(&scene.form.case) {
        ui.add_space(space::TIGHT);
        paragraph(ui, &described(case));
    }
    hint(
        ui,
        "Your business office knows which child this is. Never write a name, date of birth, address or number here.",
    );
}

/// "5 to 9 · Female · White · Child protection"
fn described(case: &Case) -> String {
    let lists: [(Choices, &Option<String>); 4] = [
        (AGE_BANDS, &case.age_band),
        (SEXES, &case.sex),
        (ETHNICITY_GROUPS, &case.ethnicity),
        (PLANS, &case.plan),
    ];
    let known = lists
        .iter()
        .filter_map(|(list, id)| id.as_deref().map(|id| label_of(list, id)));
    let known: Vec<_> = known.collect();
    if known.is_empty() {
        "Nothing else is recorded about this case.".into()
    } else {
        known.join(" · ")
    }
}
