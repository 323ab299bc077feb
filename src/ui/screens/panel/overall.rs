//! The overall grade: every agency's own, what the limiting rules suggest, what the panel gives.

use egui::{Ui, Vec2};

use super::answers::{self, Look};
use super::fields::{judge, with_value};
use super::judge::foot;
use super::presence::absences;
use super::{Dialog, PanelScreen, Scene};
use crate::domain::answer::Value;
use crate::domain::form::FormStatus;
use crate::domain::limiting::{Ceiling, Limit};
use crate::session::PanelForm;
use crate::ui::act::Act;
use crate::ui::dialogs::Ask;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{
    self, AnswerButton, caption, card, hint, link, notice, paragraph, status_badge, tone_icon,
    value_tone,
};

impl PanelScreen {
    pub(super) fn overall_page(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        self.concerns(ui, scene, acts);
        Self::presence(ui, scene, acts);
        card(ui, |ui| {
            widgets::heading(ui, "Each agency's own grade");
            caption(ui, "A spread, never a mean.");
            answers::cells(ui, scene.open.forms.len(), |ui, at| {
                agency(ui, scene, &scene.open.forms[at], acts);
            });
        });
        ui.add_space(space::NEAR);
        let ceiling = scene.open.ceiling(scene.session.register());
        suggestion(ui, scene, ceiling.as_ref());
        ui.add_space(space::NEAR);
        card(ui, |ui| {
            widgets::heading(ui, "The panel's overall grade");
            let agencies = scene.open.submitted().map(|form| form.agency.as_str());
            absences(ui, scene, None, agencies);
            ui.add_enabled_ui(scene.editable(), |ui| {
                self.grades(ui, scene, acts);
                match scene.judgement(None) {
                    Some(standing) => {
                        self.words(ui, scene, standing, "overall grade", acts);
                        foot(ui, scene, standing, "overall grade", acts);
                    }
                    None => drop(hint(ui, "Give the grade first, then the reason.")),
                }
            });
        });
    }

    fn grades(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        let tool = &scene.open.tool;
        let Some(scale) = tool.scale(&tool.grade_scale) else {
            return;
        };
        caption(ui, &scale.title);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(space::NEAR);
            for value in &scale.values {
                let tone = value_tone(&value.id);
                let standing = scene.judgement(None);
                let button = AnswerButton {
                    words: &value.label,
                    spoken: format!("{}, panel overall", value.label),
                    key: &value.key,
                    picked: standing.is_some_and(|j| j.value.chosen().contains(&value.id)),
                    many: false,
                    tone,
                    icon: tone_icon(tone),
                };
                if button.show(ui).on_hover_text(&value.means).clicked() {
                    acts.extend(self.grade(scene, &value.id));
                }
            }
        });
    }

    /// Gives an overall grade; one above what the rules suggest asks why first.
    pub(super) fn grade(&mut self, scene: Scene<'_>, grade: &str) -> Option<Act> {
        let standing = scene.judgement(None);
        if standing.is_some_and(|standing| standing.value == Value::one(grade)) {
            return None;
        }
        let tool = &scene.open.tool;
        let ceiling = scene.open.ceiling(scene.session.register());
        if let Some(ceiling) = ceiling.filter(|ceiling| ceiling.is_exceeded_by(tool, grade)) {
            let ask = Ask::new(
                "Above what the limiting rules suggest",
                format!(
                    "They suggest no better than {}. The panel decides; its reason is kept with the grade.",
                    tool.grade_label(&ceiling.grade).to_lowercase()
                ),
                "Why is the grade better than suggested?",
                "Give this grade",
            );
            self.dialog = Some(Dialog::Above(grade.to_owned(), ask));
            return None;
        }
        Some(judge(with_value(scene, None, Value::one(grade))))
    }
}

fn agency(ui: &mut Ui, scene: Scene<'_>, form: &PanelForm, acts: &mut Vec<Act>) {
    let name = scene.agency(&form.agency);
    ui.push_id(form.id, |ui| {
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        ui.horizontal(|ui| {
            ui.label(widgets::strong(name));
            let read = link(ui, "Read the form");
            if read
                .accessible_name(format!("Read the form, {name}"))
                .clicked()
            {
                acts.push(Act::Go(Route::Form(form.id)));
            }
        });
        let words = match &form.form.overall {
            Some(grade) if form.form.status == FormStatus::Submitted => {
                Look::grade(&scene.open.tool, grade).full(ui);
                &form.form.overall_reason
            }
            _ => {
                status_badge(ui, form.form.status);
                &form.form.declined_reason
            }
        };
        if !words.trim().is_empty() {
            paragraph(ui, words.trim());
        }
        ui.add_space(space::NEAR);
    });
}

fn suggestion(ui: &mut Ui, scene: Scene<'_>, ceiling: Option<&Ceiling>) {
    let Some(ceiling) = ceiling else {
        notice(ui, Tone::Neutral, icons::INFO, |ui| {
            paragraph(ui, "The limiting rules suggest no ceiling for this case.");
        });
        return;
    };
    let tool = &scene.open.tool;
    notice(ui, Tone::Mixed, icons::ATTENTION, |ui| {
        let most = tool.grade_label(&ceiling.grade).to_lowercase();
        let words = format!("The limiting rules suggest no better than {most}");
        ui.label(widgets::strong(&words));
        for limit in &ceiling.limits {
            paragraph(ui, &why(scene, limit));
        }
        let given = scene.judgement(None);
        let above = given
            .and_then(|given| given.value.chosen().first())
            .is_some_and(|grade| ceiling.is_exceeded_by(tool, grade));
        if above {
            paragraph(ui, "The panel's grade is better; its reason is below.");
        } else {
            caption(ui, "Only a suggestion: a better grade needs a reason.");
        }
    });
}

/// A limit in words.
fn why(scene: Scene<'_>, limit: &Limit) -> String {
    let tool = &scene.open.tool;
    let code = |id: &str| {
        let known = tool.question(id).map(|question| question.code.clone());
        known.unwrap_or_else(|| id.to_owned())
    };
    match limit {
        Limit::NotSafe { question, agencies } => format!(
            "{}: the child is said not to be safe enough ({}).",
            code(question),
            scene.agencies(agencies)
        ),
        Limit::Alarm { question, agencies } => format!(
            "{}: an alarming answer to a safety-critical question ({}). It counts until the panel judges the question otherwise, with a reason.",
            code(question),
            scene.agencies(agencies)
        ),
        Limit::Sections(sections) => {
            let low = sections.iter().map(|low| {
                let known = tool.sections.iter().find(|known| known.id == low.section);
                let title = known.map_or(low.section.as_str(), |known| known.title.as_str());
                format!("{title} ({} of {} grades)", low.lowest, low.grades)
            });
            let low: Vec<String> = low.collect();
            format!("At the lowest grade in at least half: {}.", low.join(", "))
        }
    }
}
