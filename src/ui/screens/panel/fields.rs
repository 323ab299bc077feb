//! The two text fields of a judgement, and what is typed in them until it is kept.

use egui::Ui;

use super::{PanelScreen, Scene};
use crate::domain::answer::Value;
use crate::domain::id::RecordId;
use crate::domain::judgement::Judgement;
use crate::session::Session;
use crate::session::command::{Command, JudgeCommand};
use crate::ui::act::Act;
use crate::ui::widgets::{self, Field};

/// Which text of a judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Reason,
    Dissent,
}

/// A field one types in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct FieldKey {
    pub(super) case: RecordId,
    /// None for the overall grade.
    pub(super) question: Option<String>,
    pub(super) part: Part,
}

/// The command that leaves a judgement as `judgement` says.
pub(super) fn judge(judgement: Judgement) -> Act {
    Act::Do(Command::Judge(Box::new(JudgeCommand {
        case: judgement.case,
        question: judgement.question,
        value: Some(judgement.value),
        reason: judgement.reason,
        dissent: judgement.dissent,
    })))
}

/// The command that takes a judgement away.
pub(super) fn take_away(scene: Scene<'_>, question: Option<&str>) -> Act {
    Act::Do(Command::Judge(Box::new(JudgeCommand {
        case: scene.open.case,
        question: question.map(str::to_owned),
        value: None,
        reason: String::new(),
        dissent: String::new(),
    })))
}

/// The standing judgement with another value, or a new one.
pub(super) fn with_value(scene: Scene<'_>, question: Option<&str>, value: Value) -> Judgement {
    match scene.judgement(question) {
        Some(standing) => Judgement {
            value,
            ..standing.clone()
        },
        None => Judgement {
            case: scene.open.case,
            question: question.map(str::to_owned),
            value,
            reason: String::new(),
            dissent: String::new(),
        },
    }
}

fn set(judgement: &mut Judgement, part: Part, text: String) {
    match part {
        Part::Reason => judgement.reason = text,
        Part::Dissent => judgement.dissent = text,
    }
}

impl PanelScreen {
    /// What is typed and not kept yet, as commands; called before a field goes out of sight.
    pub fn flush(&mut self, session: &Session) -> Vec<Act> {
        let mut typed: Vec<Judgement> = Vec::new();
        for (key, text) in self.drafts.flush() {
            let same = |judgement: &&mut Judgement| {
                judgement.case == key.case && judgement.question == key.question
            };
            if let Some(judgement) = typed.iter_mut().find(same) {
                set(judgement, key.part, text);
                continue;
            }
            let id = Judgement::id(key.case, key.question.as_deref());
            let standing = session.register().judgements.get(&id);
            if let Some(mut judgement) = standing.cloned() {
                set(&mut judgement, key.part, text);
                typed.push(judgement);
            }
        }
        typed.into_iter().map(judge).collect()
    }

    /// Reason and dissent of a judgement that stands.
    pub(super) fn words(
        &mut self,
        ui: &mut Ui,
        scene: Scene<'_>,
        standing: &Judgement,
        name: &str,
        acts: &mut Vec<Act>,
    ) {
        let mut now = standing.clone();
        let mut changed = false;
        widgets::columns(ui, &[1.3, 1.0], |ui, column| {
            let (part, label, kept) = match column {
                0 => (Part::Reason, "Reason", &standing.reason),
                _ => (
                    Part::Dissent,
                    "Who saw it differently, and why",
                    &standing.dissent,
                ),
            };
            let field = Field {
                label,
                hint: "",
                spoken: &format!("{label}, {name}"),
                rows: 2,
                figures: false,
            };
            let key = FieldKey {
                case: scene.open.case,
                question: standing.question.clone(),
                part,
            };
            if let Some(text) = self.field(ui, key, kept, &field) {
                set(&mut now, part, text);
                changed = true;
            }
        });
        if changed {
            acts.push(judge(now));
        }
    }

    fn field(
        &mut self,
        ui: &mut Ui,
        key: FieldKey,
        kept: &str,
        field: &Field<'_>,
    ) -> Option<String> {
        let wanted = self.focus.as_ref() == Some(&key);
        let (response, due) = ui
            .push_id(field.label, |ui| self.drafts.show(ui, key, kept, field))
            .inner;
        if wanted {
            response.request_focus();
            response.scroll_to_me(None);
            self.focus = None;
        }
        due
    }
}
