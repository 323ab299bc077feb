//! A labelled text field whose words belong to the screen until a button is pressed.

use egui::{Margin, Response, TextEdit, Ui};

use super::text::{caption, label};
use super::{Told, identifying, keep_in_view, strong};

/// A labelled text field.
pub struct TypedLine<'a> {
    words: &'a str,
    hint: &'a str,
    spoken: Option<String>,
    rows: usize,
    secret: bool,
    of_a_case: bool,
    told: Told,
}

impl<'a> TypedLine<'a> {
    /// A field of one line with this label.
    pub fn new(words: &'a str) -> Self {
        Self {
            words,
            hint: "",
            spoken: None,
            rows: 1,
            secret: false,
            of_a_case: false,
            told: Told::default(),
        }
    }

    /// A line of explanation under the label.
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// What assistive programs call it, where the label alone would not do.
    pub fn spoken(self, spoken: String) -> Self {
        Self {
            spoken: Some(spoken),
            ..self
        }
    }

    /// Several lines.
    pub fn rows(self, rows: usize) -> Self {
        Self { rows, ..self }
    }

    /// What is typed is not shown.
    pub fn secret(self) -> Self {
        Self {
            secret: true,
            ..self
        }
    }

    /// Free text about a case or an audit: what may identify somebody is said.
    pub fn of_a_case(self) -> Self {
        Self {
            of_a_case: true,
            ..self
        }
    }

    /// With what is wrong in it, if anything is.
    pub fn told(self, told: Told) -> Self {
        Self { told, ..self }
    }

    /// Draws it.
    pub fn show(self, ui: &mut Ui, text: &mut String) -> Response {
        label(ui, self.words);
        if !self.hint.is_empty() {
            caption(ui, self.hint);
        }
        self.told.words(ui);
        let edit = if self.rows > 1 {
            TextEdit::multiline(text).desired_rows(self.rows)
        } else {
            TextEdit::singleline(text).password(self.secret)
        };
        let edit = edit
            .desired_width(f32::INFINITY)
            .margin(Margin::symmetric(8, 6));
        let response = ui.push_id(self.words, |ui| ui.add(edit)).inner;
        keep_in_view(&response);
        self.told.lead(&response);
        let spoken = self.spoken.unwrap_or_else(|| self.words.to_owned());
        if self.of_a_case {
            identifying(ui, &spoken, text);
        }
        response.accessible_name(spoken)
    }
}

/// A list of things to leave out of: all ticked at first. `left_out` holds the ids of the others.
pub fn ticked<'a>(
    ui: &mut Ui,
    words: &str,
    all: impl Iterator<Item = (&'a str, &'a str)>,
    left_out: &mut std::collections::BTreeSet<String>,
) {
    ui.label(strong(words));
    for (id, name) in all {
        let mut on = !left_out.contains(id);
        let response = ui.checkbox(&mut on, name);
        keep_in_view(&response);
        if response.changed() && !on {
            left_out.insert(id.to_owned());
        } else if response.changed() {
            left_out.remove(id);
        }
    }
}
