//! Merging returns: choose the files, see what they bring, then merge.

use std::path::PathBuf;

use egui::Ui;

use super::ReturnsScreen;
use crate::session::jobs::{Brought, ReturnPreview};
use crate::session::{MergePreview, MergeRequest, Session};
use crate::ui::act::{Act, PickFor};
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, TypedLine, badge, caption, hint, primary, secondary};

impl ReturnsScreen {
    pub(super) fn merge(&mut self, ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
        widgets::heading(ui, "Merge returns");
        let field = TypedLine::new("Files that came back")
            .hint("One path a line. Nothing is merged before you have seen what it does.");
        if field.rows(2).show(ui, &mut self.files).changed() {
            self.preview = None;
        }
        ui.horizontal(|ui| {
            if secondary(ui, icons::FOLDER, "Add a file…").clicked() {
                acts.push(Act::Pick(PickFor::Returned));
            }
            let ready = !self.files.trim().is_empty();
            if ui
                .add_enabled_ui(ready, |ui| secondary(ui, "", "See what they bring"))
                .inner
                .clicked()
            {
                self.done = None;
                acts.push(Act::PreviewMerge(self.request()));
            }
        });
        let Some(preview) = &self.preview else { return };
        ui.add_space(space::NEAR);
        told(ui, session, preview);
        ui.add_space(space::NEAR);
        let fine = preview.refused() == 0;
        if ui
            .add_enabled_ui(fine, |ui| primary(ui, icons::TICK, "Merge them"))
            .inner
            .clicked()
        {
            acts.push(Act::Merge(self.request()));
        }
        let words = if fine {
            "A copy of the register is kept beside it first."
        } else {
            "Take the refused files out of the list first: all are merged, or none."
        };
        caption(ui, words);
    }

    fn request(&self) -> MergeRequest {
        let lines = self
            .files
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty());
        MergeRequest {
            files: lines.map(PathBuf::from).collect(),
            ..MergeRequest::default()
        }
    }
}

fn told(ui: &mut Ui, session: &Session, preview: &MergePreview) {
    for (at, file) in preview.files.iter().enumerate() {
        ui.push_id(at, |ui| one(ui, session, file));
    }
}

fn one(ui: &mut Ui, session: &Session, file: &ReturnPreview) {
    let name = file.path.file_name().unwrap_or_default().to_string_lossy();
    match &file.brings {
        Err(why) => {
            badge(ui, Tone::Poor, icons::NO, "Refused");
            ui.label(why);
        }
        Ok(brought) => {
            let agency = session.register().agency_short(&brought.agency);
            ui.label(widgets::strong(&format!(
                "{name}: {agency}, {}",
                brought.audit_title
            )));
            if brought.new_changes == 0 {
                hint(ui, "Nothing new: it was merged before.");
            }
            forms(ui, brought);
        }
    }
}

fn forms(ui: &mut Ui, brought: &Brought) {
    for form in &brought.forms {
        let status = form.status_after.map_or("gone", |status| status.label());
        let mut words = format!(
            "{}: {status}, {} new, {} changed, {} as before",
            form.case, form.new, form.changed, form.unchanged
        );
        if form.taken_back > 0 {
            words.push_str(&format!(", {} taken back", form.taken_back));
        }
        if form.withdrawn {
            words.push_str("; the case was withdrawn meanwhile, so this stays in the history only");
        }
        ui.horizontal_wrapped(|ui| {
            ui.label(words);
            if !form.conflicts.is_empty() {
                let count = form.conflicts.len();
                badge(
                    ui,
                    Tone::Mixed,
                    icons::ATTENTION,
                    &format!("{count} answered differently in both: both are kept"),
                );
            }
        });
    }
}
