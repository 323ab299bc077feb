//! How an answer looks: word, shape and tone.

use egui::Ui;

use crate::domain::answer::{Answer, Blank, Flag, Given, Note, Value};
use crate::domain::tool::{Kind, Question, Tool};
use crate::ui::icons;
use crate::ui::theme::{Palette, Tone, size, space};
use crate::ui::widgets::{self, badge, option_tone, tone_icon, value_tone};

/// Longest words that stand in a badge; longer ones are written out below it.
const IN_BADGE: usize = 30;

/// Words, tone and shape of an answer.
pub(super) struct Look {
    pub(super) words: String,
    pub(super) tone: Tone,
    pub(super) icon: &'static str,
}

impl Look {
    /// The look of what an agency answered.
    pub(super) fn given(tool: &Tool, question: &Question, given: &Given) -> Self {
        match given {
            Given::Value(value) => Self::value(tool, question, value),
            Given::Blank(blank) => Self {
                words: match blank {
                    Blank::NotApplicable => "Not applicable",
                    Blank::NotEvidenced => "Not evidenced",
                }
                .into(),
                tone: Tone::Neutral,
                icon: match blank {
                    Blank::NotApplicable => icons::NOT_APPLICABLE,
                    Blank::NotEvidenced => icons::NOT_EVIDENCED,
                },
            },
        }
    }

    /// The look of a value, an agency's or the panel's.
    pub(super) fn value(tool: &Tool, question: &Question, value: &Value) -> Self {
        let options = tool.options(question);
        let tone = match value.chosen() {
            [id] if question.kind != Kind::PickMany => options
                .iter()
                .find(|option| option.id == *id)
                .map_or(Tone::Neutral, |option| option_tone(question, option)),
            _ => Tone::Neutral,
        };
        Self {
            words: tool.words(question, value),
            tone,
            icon: tone_icon(tone),
        }
    }

    /// The look of a grade.
    pub(super) fn grade(tool: &Tool, id: &str) -> Self {
        let tone = value_tone(id);
        Self {
            words: tool.grade_label(id).to_owned(),
            tone,
            icon: tone_icon(tone),
        }
    }

    /// Whether the whole answer stands in a badge.
    pub(super) fn is_short(&self) -> bool {
        self.words.chars().count() <= IN_BADGE
    }

    /// One badge with who said it. Long answers are told by their length: they are read when the
    /// question is chosen.
    pub(super) fn brief(&self, ui: &mut Ui, who: &str) {
        let words = if self.is_short() {
            &self.words
        } else {
            "in words"
        };
        badge(ui, self.tone, self.icon, &format!("{who}: {words}"));
    }

    /// The whole answer, as a badge or written out.
    pub(super) fn full(&self, ui: &mut Ui) {
        if self.is_short() {
            badge(ui, self.tone, self.icon, &self.words);
        } else {
            ui.add(egui::Label::new(&self.words).wrap());
        }
    }
}

/// The three notes and the two marks of an answer, to read.
pub(super) fn notes(ui: &mut Ui, answer: &Answer) {
    let palette = Palette::of(ui.ctx());
    ui.spacing_mut().item_spacing.y = space::TIGHT;
    for note in Note::ALL {
        let text = answer.note(note).trim();
        if !text.is_empty() {
            let label = egui::RichText::new(note.label()).color(palette.soft_text);
            ui.label(label.size(size::SMALL));
            ui.add(egui::Label::new(text).wrap());
        }
    }
    if answer.good_practice {
        let words = Flag::GoodPractice.label();
        badge(ui, Tone::Good, icons::GOOD_PRACTICE, words);
    }
    if answer.practice_concern {
        let words = Flag::PracticeConcern.label();
        badge(ui, Tone::Poor, icons::CONCERN, words);
    }
}

/// Whether an agency wrote or marked anything beside its answer.
pub(super) fn says_more(answer: &Answer) -> bool {
    answer.has_note() || answer.good_practice || answer.practice_concern
}

/// Cells side by side, as many in a row as can be read.
pub(super) fn cells(ui: &mut Ui, count: usize, mut cell: impl FnMut(&mut Ui, usize)) {
    let fit = (ui.available_width() / CELL).floor().max(1.0) as usize;
    let in_row = fit.min(count.max(1));
    // Rows as even as can be: seven are four and three, not six and one.
    let rows = count.div_ceil(in_row.max(1));
    let in_row = count.div_ceil(rows.max(1));
    for row in 0..rows {
        widgets::columns(ui, &vec![1.0; in_row], |ui, column| {
            let at = row * in_row + column;
            if at < count {
                cell(ui, at);
            }
        });
    }
}

/// Least width of a cell whose notes can be read, in points.
const CELL: f32 = 250.0;
