//! The panel's judgement on one question.

use egui::{Ui, Vec2};

use super::answers::Look;
use super::fields::{judge, take_away, with_value};
use super::presence::absences;
use super::{PanelScreen, Scene};
use crate::domain::answer::{Given, Value};
use crate::domain::judgement::Judgement;
use crate::domain::tool::{Choice, Kind, Question};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::screens::form::keys::toggled;
use crate::ui::theme::space;
use crate::ui::widgets::{self, AnswerButton, hint, option_icon, option_tone, quiet};

impl PanelScreen {
    pub(super) fn judgement(
        &mut self,
        ui: &mut Ui,
        scene: Scene<'_>,
        question: &Question,
        acts: &mut Vec<Act>,
    ) {
        ui.separator();
        let standing = scene.judgement(Some(&question.id));
        widgets::label(ui, "The panel's judgement");
        let answered = scene.open.answers_to(question).into_iter();
        let agencies = answered.map(|(form, _)| form.agency.as_str());
        absences(ui, scene, Some(&question.id), agencies);
        ui.add_enabled_ui(scene.editable(), |ui| {
            if question.kind.is_picked() {
                buttons(ui, scene, question, acts);
            } else if let Some(standing) = standing {
                Look::value(&scene.open.tool, question, &standing.value).full(ui);
            } else {
                hint(
                    ui,
                    "What was typed is read here; the panel does not grade it.",
                );
                return;
            }
            match standing {
                Some(standing) => {
                    self.words(ui, scene, standing, &question.code, acts);
                    foot(ui, scene, standing, &question.code, acts);
                }
                None => drop(hint(ui, "Judge first, then give the reason.")),
            }
        });
    }
}

/// History and taking away.
pub(super) fn foot(
    ui: &mut Ui,
    scene: Scene<'_>,
    standing: &Judgement,
    name: &str,
    acts: &mut Vec<Act>,
) {
    ui.horizontal(|ui| {
        let away = quiet(ui, icons::REMOVE, "Take the judgement away");
        let away = away.accessible_name(format!("Take the judgement away, {name}"));
        if away.clicked() {
            acts.push(take_away(scene, standing.question.as_deref()));
        }
        let history = quiet(ui, icons::HISTORY, "History");
        let history = history.accessible_name(format!("History, panel on {name}"));
        if history.clicked() {
            let record = Judgement::id(standing.case, standing.question.as_deref());
            acts.extend([Act::ReadHistory(record), Act::Go(Route::History(record))]);
        }
    });
}

fn buttons(ui: &mut Ui, scene: Scene<'_>, question: &Question, acts: &mut Vec<Act>) {
    let tool = &scene.open.tool;
    let scale = tool.scale_of(question);
    let options = tool.options(question);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(space::NEAR);
        for (at, option) in options.iter().enumerate() {
            let key = match scale {
                Some(scale) => scale.values[at].key.clone(),
                None if at < 9 => (at + 1).to_string(),
                None => String::new(),
            };
            if option_button(ui, scene, question, option, &key) {
                acts.extend(picked(scene, question, &option.id));
            }
        }
    });
}

fn option_button(
    ui: &mut Ui,
    scene: Scene<'_>,
    question: &Question,
    option: &Choice,
    key: &str,
) -> bool {
    let standing = scene.judgement(Some(&question.id));
    let picked = standing.is_some_and(|j| j.value.chosen().contains(&option.id));
    let tone = option_tone(question, option);
    let many = question.kind == Kind::PickMany;
    let icon = option_icon(tone, many, picked);
    let button = AnswerButton {
        words: &option.label,
        spoken: format!("{}, panel on {}", option.label, question.code),
        key,
        picked,
        many,
        tone,
        icon,
    };
    button.show(ui).clicked()
}

/// What picking an option does. Picking what is picked changes nothing: a judgement with its
/// reason is taken away by its own button only.
pub(super) fn picked(scene: Scene<'_>, question: &Question, option: &str) -> Option<Act> {
    let standing = scene.judgement(Some(&question.id));
    let value = if question.kind == Kind::PickMany {
        let given = standing.map(|standing| Given::Value(standing.value.clone()));
        toggled(question, given.as_ref(), option)
    } else {
        Value::one(option)
    };
    let emptied = matches!(&value, Value::Many(ids) if ids.is_empty());
    let same = standing.is_some_and(|standing| standing.value == value);
    (!emptied && !same).then(|| judge(with_value(scene, Some(&question.id), value)))
}
