//! The control for each kind of question.

use egui::{Ui, Vec2};

use super::keys::toggled;
use super::{DateKey, FieldKey, FormScreen, Scene};
use crate::domain::answer::{Blank, Given, Value};
use crate::domain::tool::{Choice, Kind, Question};
use crate::session::command::FormCommand;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::Tone;
use crate::ui::widgets::{AnswerButton, Field, hint, option_icon, option_tone};

impl FormScreen {
    pub(super) fn answer_control(
        &mut self,
        ui: &mut Ui,
        scene: Scene<'_>,
        question: &Question,
        acts: &mut Vec<Act>,
    ) {
        match question.kind {
            Kind::Grade | Kind::YesPartlyNo | Kind::PickOne | Kind::PickMany => {
                picks(ui, scene, question, acts);
            }
            Kind::Text => self.words(ui, scene, question, acts),
            Kind::Date => self.date(ui, scene, question, acts),
            Kind::Number => self.number(ui, scene, question, acts),
            Kind::Ratio => self.ratio(ui, scene, question, acts),
        }
        blanks(ui, scene, question, acts);
    }

    fn words(&mut self, ui: &mut Ui, scene: Scene<'_>, question: &Question, acts: &mut Vec<Act>) {
        let kept = match given(scene, question) {
            Some(Given::Value(Value::One(text))) => text.clone(),
            _ => String::new(),
        };
        let field = Field {
            label: "",
            hint: "",
            spoken: &question.text,
            rows: 3,
            figures: false,
        };
        self.text_field(
            ui,
            scene,
            FieldKey::Words(question.id.clone()),
            &kept,
            &field,
            acts,
        );
    }

    fn date(&mut self, ui: &mut Ui, scene: Scene<'_>, question: &Question, acts: &mut Vec<Act>) {
        let focus = self.takes_focus(&question.id);
        let key = DateKey::Answer(question.id.clone());
        let field = self.dates.entry(key.clone()).or_default();
        if focus {
            field.request_focus();
        }
        if let Some(date) = field.show(ui, "Date", "", key.kept(scene.open)) {
            acts.push(scene.act(key.command(date)));
        }
    }

    fn number(&mut self, ui: &mut Ui, scene: Scene<'_>, question: &Question, acts: &mut Vec<Act>) {
        let kept = match given(scene, question) {
            Some(Given::Value(Value::Number(number))) => number.to_string(),
            _ => String::new(),
        };
        ui.horizontal(|ui| {
            let key = FieldKey::Number(question.id.clone());
            self.text_field(ui, scene, key, &kept, &figures(&question.text), acts);
            hint(ui, &question.unit);
        });
    }

    fn ratio(&mut self, ui: &mut Ui, scene: Scene<'_>, question: &Question, acts: &mut Vec<Act>) {
        let kept = match given(scene, question) {
            Some(Given::Value(Value::Ratio { part, whole })) => {
                [part.to_string(), whole.to_string()]
            }
            _ => Default::default(),
        };
        let Some(words) = &question.ratio else { return };
        ui.horizontal_wrapped(|ui| {
            let part = FieldKey::Part(question.id.clone());
            self.text_field(ui, scene, part, &kept[0], &figures(&words.part), acts);
            hint(ui, &format!("{} of", words.part));
            let whole = FieldKey::Whole(question.id.clone());
            self.text_field(ui, scene, whole, &kept[1], &figures(&words.whole), acts);
            hint(ui, &words.whole);
        });
    }
}

fn figures(spoken: &str) -> Field<'_> {
    Field {
        label: "",
        hint: "",
        spoken,
        rows: 1,
        figures: true,
    }
}

fn given<'a>(scene: Scene<'a>, question: &Question) -> Option<&'a Given> {
    scene.open.content.answers.get(&question.id)?.given.as_ref()
}

fn give(scene: Scene<'_>, question: &Question, given: Option<Given>) -> Act {
    scene.act(FormCommand::Give {
        question: question.id.clone(),
        given,
    })
}

fn picks(ui: &mut Ui, scene: Scene<'_>, question: &Question, acts: &mut Vec<Act>) {
    let scale = scene.open.tool.scale_of(question);
    let options = scene.open.tool.options(question);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(6.0);
        for (at, option) in options.iter().enumerate() {
            let key = match scale {
                Some(scale) => scale.values[at].key.clone(),
                None if at < 9 => (at + 1).to_string(),
                None => String::new(),
            };
            if option_button(ui, scene, question, option, &key) {
                let now = given(scene, question);
                acts.push(give(scene, question, picked_now(question, now, &option.id)));
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
    let picked = matches!(given(scene, question), Some(Given::Value(value)) if value.chosen().contains(&option.id));
    let tone = option_tone(question, option);
    let many = question.kind == Kind::PickMany;
    let icon = option_icon(tone, many, picked);
    let button = AnswerButton {
        words: &option.label,
        spoken: format!("{}, {}", option.label, question.code),
        key,
        picked,
        many,
        tone,
        icon,
    };
    let response = button.show(ui);
    let means = scene
        .open
        .tool
        .scale_of(question)
        .and_then(|scale| scale.value(&option.id));
    let response = match means {
        Some(value) => response.on_hover_text(&value.means),
        None => response,
    };
    response.clicked()
}

/// Picking what is picked takes it back.
fn picked_now(question: &Question, now: Option<&Given>, id: &str) -> Option<Given> {
    let value = if question.kind == Kind::PickMany {
        toggled(question, now, id)
    } else {
        Value::one(id)
    };
    let empty = matches!(&value, Value::Many(ids) if ids.is_empty());
    let given = Given::Value(value);
    (!empty && now != Some(&given)).then_some(given)
}

fn blanks(ui: &mut Ui, scene: Scene<'_>, question: &Question, acts: &mut Vec<Act>) {
    ui.horizontal_wrapped(|ui| {
        for blank in Blank::ALL {
            let (key, icon) = match blank {
                Blank::NotApplicable => ("A", icons::NOT_APPLICABLE),
                Blank::NotEvidenced => ("E", icons::NOT_EVIDENCED),
            };
            let this = Given::Blank(blank);
            let picked = given(scene, question) == Some(&this);
            let button = AnswerButton {
                words: blank.label(),
                spoken: format!("{}, {}", blank.label(), question.code),
                key,
                picked,
                many: false,
                tone: Tone::Neutral,
                icon,
            };
            if button.show(ui).clicked() {
                acts.push(give(scene, question, (!picked).then_some(this)));
            }
        }
    });
}
