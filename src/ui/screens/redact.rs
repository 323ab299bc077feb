//! Taking a name out of everything the file ever held.

use std::collections::BTreeSet;

use egui::{TextEdit, Ui};

use crate::domain::id::RevisionId;
use crate::domain::redaction::{REPLACEMENT, Sought};
use crate::session::{RedactRequest, Redacted, TextFound};
use crate::ui::act::Act;
use crate::ui::dialogs::{Ask, Asked};
use crate::ui::icons;
use crate::ui::theme::{Palette, Tone, space};
use crate::ui::widgets::{
    self, caption, card, hint, keep_in_view, label, notice, paragraph, primary, secondary,
};

/// What is typed, what was found, and what was done.
pub struct RedactScreen {
    text: String,
    /// What was looked for last, and the changes that hold it.
    sought: Option<Sought>,
    found: Option<Vec<TextFound>>,
    left_out: BTreeSet<RevisionId>,
    reason: String,
    replacement: String,
    wrong: Option<&'static str>,
    ask: Option<Ask>,
    done: Option<Redacted>,
}

impl Default for RedactScreen {
    fn default() -> Self {
        Self {
            text: String::new(),
            sought: None,
            found: None,
            left_out: BTreeSet::new(),
            reason: String::new(),
            replacement: REPLACEMENT.into(),
            wrong: None,
            ask: None,
            done: None,
        }
    }
}

const WIDTH: f32 = 820.0;

impl RedactScreen {
    /// Takes over what was found.
    pub fn take(&mut self, found: Vec<TextFound>) {
        self.left_out.clear();
        self.found = Some(found);
    }

    /// Takes over what was done, and forgets the text.
    pub fn redacted(&mut self, done: Redacted) {
        *self = Self {
            done: Some(done),
            ..Self::default()
        };
    }

    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui) -> Vec<Act> {
        let mut acts = Vec::new();
        widgets::page(ui, WIDTH, |ui| {
            if widgets::back_button(ui, "Back").clicked() {
                acts.push(Act::Back);
            }
            widgets::title(ui, "Take a name out");
            paragraph(
                ui,
                "For a name, or anything else that should never have been typed. It is taken out of what stands now and of everything this file ever held. The text itself is not kept.",
            );
            ui.add_space(space::NEAR);
            self.outcome(ui);
            card(ui, |ui| self.search(ui, &mut acts));
            ui.add_space(space::NEAR);
            if self.found.as_ref().is_some_and(|found| !found.is_empty()) {
                card(ui, |ui| self.changes(ui));
                ui.add_space(space::NEAR);
                card(ui, |ui| self.reasons(ui));
            }
            ui.add_space(space::PART);
        });
        self.confirm(ui, &mut acts);
        acts
    }

    fn outcome(&self, ui: &mut Ui) {
        let Some(done) = &self.done else {
            return;
        };
        notice(ui, Tone::Good, icons::DONE, |ui| {
            let words = format!("Taken out of {}.", changes(done.revisions));
            ui.label(widgets::strong(&words));
            paragraph(
                ui,
                "Backups, return files and exports made before may hold it too: look for them and delete them.",
            );
            if !done.copies.is_empty() {
                paragraph(
                    ui,
                    "These copies were kept beside the file and may still hold it:",
                );
            }
            for copy in &done.copies {
                paragraph(ui, &copy.display().to_string());
            }
        });
        ui.add_space(space::NEAR);
    }

    fn search(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        label(ui, "Text to look for");
        caption(
            ui,
            "Whole words. Capitals and the space between words make no difference.",
        );
        let mut entered = false;
        ui.horizontal(|ui| {
            let edit = TextEdit::singleline(&mut self.text)
                .desired_width(360.0)
                .margin(egui::Margin::symmetric(8, 6));
            let response = ui.add(edit);
            keep_in_view(&response);
            entered =
                response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            response.accessible_name("Text to look for");
            entered |= secondary(ui, "", "Find").clicked();
        });
        if entered {
            self.found = None;
            self.done = None;
            self.sought = Sought::new(&self.text);
            self.wrong = self
                .sought
                .is_none()
                .then_some("Give at least two characters.");
            acts.extend(self.sought.clone().map(Act::FindText));
        }
        if let Some(wrong) = self.wrong {
            ui.colored_label(Palette::of(ui.ctx()).tone(Tone::Poor).ink, wrong);
        }
        if self.found.as_ref().is_some_and(Vec::is_empty) {
            hint(ui, "Nothing this file ever held has this text in it.");
        }
    }

    /// The changes that hold the text, record by record, each to be ticked.
    fn changes(&mut self, ui: &mut Ui) {
        let found = self.found.as_deref().unwrap_or_default();
        widgets::heading(ui, &format!("Found in {}", changes(found.len())));
        caption(
            ui,
            "What stands now is corrected; older versions are blanked. Who and when stay.",
        );
        let mut titles: Vec<&str> = Vec::new();
        for change in found {
            if !titles.contains(&change.title.as_str()) {
                titles.push(&change.title);
            }
        }
        for title in titles {
            ui.label(widgets::strong(title));
            for change in found.iter().filter(|change| change.title == title) {
                ui.push_id(change.revision, |ui| tick(ui, change, &mut self.left_out));
            }
        }
    }

    fn reasons(&mut self, ui: &mut Ui) {
        for (words, text, rows) in [
            (
                "Put in its place, where it stands now",
                &mut self.replacement,
                1,
            ),
            ("Reason, without the text itself", &mut self.reason, 2),
        ] {
            label(ui, words);
            let edit = if rows == 1 {
                TextEdit::singleline(text)
            } else {
                TextEdit::multiline(text).desired_rows(rows)
            };
            let response = ui.add(edit.desired_width(f32::INFINITY));
            keep_in_view(&response);
            response.accessible_name(words);
            ui.add_space(space::TIGHT);
        }
        let count = self.chosen().len();
        let ready = count > 0 && !self.reason.trim().is_empty();
        let words = format!("Take it out of {}…", changes(count));
        let button = ui.add_enabled_ui(ready, |ui| primary(ui, icons::REMOVE, &words));
        if button.inner.clicked() {
            let ask = Ask::new(
                "Take this text out for good",
                "This cannot be undone, and what was blanked cannot be read again by anybody. That it was done, by whom, when and why stays in the history.",
                "",
                "Take it out",
            );
            self.ask = Some(ask.destructive());
        }
        if !ready {
            caption(ui, "Give a reason first.");
        }
    }

    fn chosen(&self) -> BTreeSet<RevisionId> {
        let found = self.found.iter().flatten().map(|change| change.revision);
        found.filter(|id| !self.left_out.contains(id)).collect()
    }

    fn confirm(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        let Some(ask) = &mut self.ask else {
            return;
        };
        let asked = ask.show(ui);
        if asked == Asked::Waiting {
            return;
        }
        self.ask = None;
        let sought = self.sought.clone();
        if let (Asked::Answered(_), Some(sought)) = (asked, sought) {
            acts.push(Act::Redact(Box::new(RedactRequest {
                sought,
                revisions: self.chosen(),
                replacement: self.replacement.clone(),
                reason: self.reason.clone(),
            })));
        }
    }
}

fn changes(count: usize) -> String {
    match count {
        1 => "1 change".into(),
        count => format!("{count} changes"),
    }
}

fn tick(ui: &mut Ui, change: &TextFound, left_out: &mut BTreeSet<RevisionId>) {
    let mut on = !left_out.contains(&change.revision);
    let stands = if change.stands { ", stands now" } else { "" };
    let words = format!("{}, {}{stands}", change.when, change.who);
    let response = ui.checkbox(&mut on, &words);
    keep_in_view(&response);
    if response.changed() {
        if on {
            left_out.remove(&change.revision);
        } else {
            left_out.insert(change.revision);
        }
    }
    response.accessible_name(format!("{words}: {}", change.title));
}
