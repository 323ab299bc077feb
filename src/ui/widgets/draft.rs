//! Text fields whose words are kept while one types: on leaving the field and after one idle second.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

use egui::{Response, TextEdit, Ui};
use zeroize::Zeroize as _;

use crate::domain::tool::LONGEST_TEXT;

use super::text::{caption, label};
use super::{identifying, keep_in_view};

/// Seconds without typing after which the words are kept.
const IDLE: f64 = 1.0;

/// What is typed in one field and not yet the document's.
#[derive(Debug, Default)]
struct Draft {
    text: String,
    /// When the last key came, on egui's clock; nothing while the field agrees with the document.
    typed_at: Option<f64>,
}

/// The drafts of a screen by field.
#[derive(Debug)]
pub struct Drafts<K>(HashMap<K, Draft>);

impl<K> Default for Drafts<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

/// How a field looks.
pub struct Field<'a> {
    /// Its label, above it.
    pub label: &'a str,
    /// A line under the label.
    pub hint: &'a str,
    /// What an assistive program calls it, when the label alone would not do.
    pub spoken: &'a str,
    /// Lines at first; 1 is a single-line field.
    pub rows: usize,
    /// Only figures are taken, and the field is as wide as a few of them.
    pub figures: bool,
}

/// Width of a field for figures, in points.
const FIGURES: f32 = 56.0;

impl<K: Eq + Hash + Clone> Drafts<K> {
    /// Forgets, and wipes, the words that the document has; what is typed and not kept stays.
    pub fn forget_kept(&mut self) {
        for draft in self.0.values_mut().filter(|draft| draft.typed_at.is_none()) {
            draft.text.zeroize();
        }
        self.0.retain(|_, draft| draft.typed_at.is_some());
    }

    /// Draws the field for `key` with the document's words `kept`; returns the response and the
    /// words to keep, when it is time to.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        key: K,
        kept: &str,
        field: &Field<'_>,
    ) -> (Response, Option<String>) {
        let now = ui.input(|input| input.time);
        let draft = self.0.entry(key).or_default();
        if draft.typed_at.is_none() && draft.text != kept {
            kept.clone_into(&mut draft.text);
        }
        if !field.label.is_empty() {
            label(ui, field.label);
        }
        if !field.hint.is_empty() {
            caption(ui, field.hint);
        }
        let edit = if field.rows > 1 {
            TextEdit::multiline(&mut draft.text).desired_rows(field.rows)
        } else {
            TextEdit::singleline(&mut draft.text)
        };
        let width = if field.figures {
            FIGURES
        } else {
            f32::INFINITY
        };
        let edit = edit
            .desired_width(width)
            .char_limit(LONGEST_TEXT)
            .margin(egui::Margin::symmetric(8, 6));
        let response = ui.add(edit);
        keep_in_view(&response);
        if field.figures {
            draft.text.retain(|c| c.is_ascii_digit());
            draft.text.truncate(7);
        }
        if response.changed() {
            draft.typed_at = Some(now);
        }
        let due = draft.due(now, response.has_focus());
        if draft.typed_at.is_some() && due.is_none() {
            ui.ctx()
                .request_repaint_after(Duration::from_secs_f64(IDLE));
        }
        let spoken = if field.spoken.is_empty() {
            field.label
        } else {
            field.spoken
        };
        if !field.figures {
            identifying(ui, spoken, &draft.text);
        }
        (response.accessible_name(spoken), due)
    }

    /// What stands in the field for `key`, kept or not.
    pub fn text(&self, key: &K) -> &str {
        self.0.get(key).map_or("", |draft| draft.text.as_str())
    }

    /// Everything typed and not yet kept, to be kept now.
    pub fn flush(&mut self) -> Vec<(K, String)> {
        let typed = self.0.iter_mut().filter_map(|(key, draft)| {
            draft
                .typed_at
                .take()
                .map(|_| (key.clone(), draft.text.clone()))
        });
        typed.collect()
    }
}

impl Draft {
    fn due(&mut self, now: f64, has_focus: bool) -> Option<String> {
        let typed_at = self.typed_at?;
        (!has_focus || now - typed_at >= IDLE).then(|| {
            self.typed_at = None;
            self.text.clone()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_due_on_leaving_and_after_a_second() {
        let cases = [
            (Some(10.0), 10.5, true, false),
            (Some(10.0), 11.0, true, true),
            (Some(10.0), 10.1, false, true),
            (None, 99.0, false, false),
        ];
        for (typed_at, now, has_focus, due) in cases {
            let mut draft = Draft {
                text: "seen at home".into(),
                typed_at,
            };
            assert_eq!(
                draft.due(now, has_focus).is_some(),
                due,
                "{typed_at:?} {now} {has_focus}"
            );
            if due {
                assert_eq!(draft.typed_at, None, "kept once");
            }
        }
    }
}
