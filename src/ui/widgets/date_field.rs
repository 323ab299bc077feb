//! A date typed as dd/mm/yyyy. It may be empty.

use chrono::NaiveDate;
use egui::{TextEdit, Ui};

use super::text::caption;
use super::{keep_in_view, label};
use crate::domain::dates::{parse_date, written_date};
use crate::ui::theme::Palette;

/// A typed date and what is wrong with it so far.
#[derive(Debug, Default, Clone)]
pub struct DateField {
    text: String,
    typing: bool,
    wrong: Option<String>,
    wants_focus: bool,
    /// When the last key came, on egui's clock; nothing once what is typed was read.
    typed_at: Option<f64>,
}

impl DateField {
    /// Gives it the keyboard when it is drawn next.
    pub fn request_focus(&mut self) {
        self.wants_focus = true;
    }

    /// Draws the field with the document's date `kept`; returns the new date (or its removal) once
    /// the field is left with something that reads.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        words: &str,
        hint: &str,
        kept: Option<NaiveDate>,
    ) -> Option<Option<NaiveDate>> {
        self.show_named(ui, words, words, hint, kept)
    }

    /// The same, where assistive programs need more words than stand above the field.
    pub fn show_named(
        &mut self,
        ui: &mut Ui,
        words: &str,
        spoken: &str,
        hint: &str,
        kept: Option<NaiveDate>,
    ) -> Option<Option<NaiveDate>> {
        if !self.typing && self.wrong.is_none() && self.typed_at.is_none() {
            self.text = kept.map(written_date).unwrap_or_default();
        }
        label(ui, words);
        if !hint.is_empty() {
            caption(ui, hint);
        }
        let edit = TextEdit::singleline(&mut self.text)
            .hint_text("dd/mm/yyyy")
            .desired_width(120.0)
            .char_limit(10)
            .margin(egui::Margin::symmetric(8, 6));
        let response = ui.add(edit);
        keep_in_view(&response);
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        self.typing = response.has_focus();
        let now = ui.input(|input| input.time);
        if response.changed() {
            self.typed_at = Some(now);
            ui.ctx()
                .request_repaint_after(std::time::Duration::from_secs(1));
        }
        let left = response.lost_focus();
        // A whole date is kept after an idle second; half a date is left in peace until one leaves.
        let idle =
            self.typed_at.is_some_and(|at| now - at >= 1.0) && parse_date(&self.text).is_ok();
        response.accessible_name(format!("{spoken}, day/month/year"));
        if let Some(wrong) = &self.wrong {
            let colour = Palette::of(ui.ctx()).tone(crate::ui::theme::Tone::Poor).ink;
            ui.colored_label(colour, wrong);
        }
        (left || idle).then(|| self.read(kept)).flatten()
    }

    /// What is typed and not read yet, read now because the field goes out of sight.
    pub fn take_typed(&mut self, kept: Option<NaiveDate>) -> Option<Option<NaiveDate>> {
        self.typed_at.is_some().then(|| self.read(kept)).flatten()
    }

    fn read(&mut self, kept: Option<NaiveDate>) -> Option<Option<NaiveDate>> {
        self.wrong = None;
        self.typed_at = None;
        if self.text.trim().is_empty() {
            return kept.is_some().then_some(None);
        }
        match parse_date(&self.text) {
            Ok(date) => (Some(date) != kept).then_some(Some(date)),
            Err(bad) => {
                self.wrong = Some(format!("Not kept: {bad}."));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaving_the_field_keeps_removes_or_explains() {
        let old: NaiveDate = "2019-01-04".parse().unwrap();
        let new: NaiveDate = "2019-02-05".parse().unwrap();
        let cases = [
            ("05/02/2019", Some(old), Some(Some(new)), false),
            ("04/01/2019", Some(old), None, false),
            ("", Some(old), Some(None), false),
            ("", None, None, false),
            ("31/02/2019", Some(old), None, true),
        ];
        for (text, kept, expected, wrong) in cases {
            let mut field = DateField {
                text: text.into(),
                ..DateField::default()
            };
            assert_eq!(field.read(kept), expected, "{text}");
            assert_eq!(field.wrong.is_some(), wrong, "{text}");
        }
    }
}
