//! The control for each kind of question.

use egui::{TextEdit, Ui, Vec2};

use super::keys::toggled;
use super::{FieldKey, FormScreen, Scene};
use crate::domain::answer::{Blank, Given, Value};
use crate::domain::tool::{Choice, Kind, Question};
use crate::session::command::FormCommand;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::Tone;
use crate::ui::widgets::{AnswerButton, Field, hint, keep_in_view, tone_icon, value_tone};

impl FormScreen {
    pub(super) fn answer_control(&mut self, ui: &mut Ui, scene: Scene<'_>, question: &Question, acts: &mut Vec<Act>) {
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
        };
        self.text_field(ui, scene, FieldKey::Words(question.id.clone()), &kept, &field, acts);
    }

    fn date(&mut self, ui: &mut Ui, scene: Scene<'_>, question: &Question, acts: &mut Vec<Act>) {
        let kept = match given(scene, question) {
            Some(Given::Value(Value::One(text))) => text.parse().ok(),
            _ => None,
        };
        let focus = self.takes_focus(&question.id);
        let field = self.dates.entry(question.id.clone()).or_default();
        if focus {
            field.request_focus();
        }
        if let Some(date) = field.show(ui, "Date", "", kept) {
            let value = date.map(|date| Value::one(date.to_string()));
            acts.push(give(scene, question, value.map(Given::Value)));
        }
    }

    fn number(&mut self, ui: &mut Ui, scene: Scene<'_>, question: &Question, acts: &mut Vec<Act>) {
        let kept = match given(scene, question) {
            Some(Given::Value(Value::Number(number))) => Some(*number),
            _ => None,
        };
        let focus = self.takes_focus(&question.id);
        ui.horizontal(|ui| {
            let typed = self.digits(ui, &question.id, kept, &question.text, focus);
            hint(ui, &question.unit);
            if let Some(number) = typed {
                acts.push(give(scene, question, number.map(|number| Given::Value(Value::Number(number)))));
            }
        });
    }

    fn ratio(&mut self, ui: &mut Ui, scene: Scene<'_>, question: &Question, acts: &mut Vec<Act>) {
        let kept = match given(scene, question) {
            Some(Given::Value(Value::Ratio { part, whole })) => Some((i64::from(*part), i64::from(*whole))),
            _ => None,
        };
        let Some(words) = &question.ratio else { return };
        let (part_key, whole_key) = (format!("{} part", question.id), format!("{} whole", question.id));
        let focus = self.takes_focus(&question.id);
        let mut left = false;
        ui.horizontal_wrapped(|ui| {
            let part = self.digits(ui, &part_key, kept.map(|kept| kept.0), &words.part, focus);
            hint(ui, &format!("{} of", words.part));
            let whole = self.digits(ui, &whole_key, kept.map(|kept| kept.1), &words.whole, false);
            hint(ui, &words.whole);
            left = part.is_some() || whole.is_some();
        });
        let number = |key: &String| self.numbers.get(key).and_then(|text| text.trim().parse::<u32>().ok());
        match (left, number(&part_key), number(&whole_key)) {
            (true, Some(part), Some(whole)) => {
                acts.push(give(scene, question, Some(Given::Value(Value::Ratio { part, whole }))));
            }
            (true, None, None) => acts.push(give(scene, question, None)),
            _ => (),
        }
    }

    /// A field for a whole number. `Some` once it was left: the number, or nothing when emptied.
    fn digits(&mut self, ui: &mut Ui, key: &str, kept: Option<i64>, spoken: &str, focus: bool) -> Option<Option<i64>> {
        let text = self.numbers.entry(key.to_owned()).or_insert_with(|| kept.map(|n| n.to_string()).unwrap_or_default());
        let edit = TextEdit::singleline(text).char_limit(7).margin(egui::Margin::symmetric(8, 6));
        let response = ui.add_sized(Vec2::new(64.0, 32.0), edit);
        keep_in_view(&response);
        if focus {
            response.request_focus();
        }
        text.retain(|c| c.is_ascii_digit());
        let typed: Option<i64> = text.trim().parse().ok();
        let left = response.lost_focus();
        if !left && !response.has_focus() && typed != kept && kept.is_some() {
            *text = kept.map(|n| n.to_string()).unwrap_or_default();
        }
        response.accessible_name(spoken);
        (left && typed != kept).then_some(typed)
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

fn option_button(ui: &mut Ui, scene: Scene<'_>, question: &Question, option: &Choice, key: &str) -> bool {
    let picked = matches!(given(scene, question), Some(Given::Value(value)) if value.chosen().contains(&option.id));
    let tone = match (value_tone(&option.id), question.is_scored()) {
        (Tone::Neutral, true) if option.favourable => Tone::Good,
        (Tone::Neutral, true) => Tone::Mixed,
        (tone, _) => tone,
    };
    let many = question.kind == Kind::PickMany;
    let icon = match (many, picked) {
        (true, true) => icons::DONE,
        (true, false) => icons::CHOICE,
        (false, _) if tone == Tone::Neutral => icons::CHOICE,
        (false, _) => tone_icon(tone),
    };
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
    let means = scene.open.tool.scale_of(question).and_then(|scale| scale.value(&option.id));
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
