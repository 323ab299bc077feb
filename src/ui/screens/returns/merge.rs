//! Merging returns: choose the files, see what they bring, then merge.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use egui::{CollapsingHeader, Ui};

use super::{conflicts, preview};
use crate::session::jobs::Hurdle;
use crate::session::{MergePreview, MergeRequest, MergedReturns, Progress, Session};
use crate::ui::act::{Act, PickFor};
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{
    self, TypedLine, TypedSecret, caption, card, hint, notice, primary, quiet, secondary,
};

/// The files to merge, what they would bring, and what was done last.
#[derive(Default)]
pub struct MergeScreen {
    files: Vec<PathBuf>,
    typed: String,
    /// As typed, by file; every one is tried on every file.
    passphrases: BTreeMap<PathBuf, TypedSecret>,
    /// Whether what was taken back with an earlier merge comes again.
    again: bool,
    /// Whether what a return changes of the audit itself is taken too.
    audit_too: bool,
    preview: Option<MergePreview>,
    done: Option<MergedReturns>,
    /// Whether it is a copy of the open file that is merged, and no return.
    copy: bool,
    /// The job under way.
    pub progress: Option<Progress>,
}

impl MergeScreen {
    /// What merging would do.
    pub fn previewed(&mut self, preview: MergePreview) {
        self.preview = Some(preview);
    }

    /// Returns were merged.
    pub fn merged(&mut self, merged: MergedReturns) {
        *self = Self {
            copy: self.copy,
            done: Some(merged),
            ..Self::default()
        };
    }

    /// More files to merge: picked, or dropped on the window. They are looked at at once.
    pub fn add(&mut self, files: Vec<PathBuf>) -> Act {
        let new = files
            .into_iter()
            .filter(|file| !file.as_os_str().is_empty());
        for file in new {
            if !self.files.contains(&file) {
                self.files.push(file);
            }
        }
        self.done = None;
        self.preview = None;
        Act::PreviewMerge(self.request(false))
    }

    /// A copy of the open file that lies beside it, and nothing else.
    pub fn look_at_copy(&mut self, copy: PathBuf) -> Act {
        *self = Self {
            copy: true,
            ..Self::default()
        };
        self.add(vec![copy])
    }

    fn request(&self, skip_refused: bool) -> MergeRequest {
        let typed = self.passphrases.values().filter(|text| !text.is_empty());
        MergeRequest {
            files: self.files.clone(),
            passphrases: typed.map(TypedSecret::passphrase).collect(),
            skip_refused,
            again: self.again,
            audit_too: self.audit_too,
        }
    }

    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session) -> Vec<Act> {
        let mut acts = Vec::new();
        widgets::page(ui, 900.0, |ui| {
            if widgets::back_button(ui, "Back").clicked() {
                acts.push(Act::Back);
            }
            widgets::title(
                ui,
                if self.copy {
                    "Merge a copy of this file"
                } else {
                    "Merge returns"
                },
            );
            hint(
                ui,
                "Nothing is merged before you have seen what it does. Any order and any number of times lead to the same.",
            );
            ui.add_space(space::NEAR);
            if let Some(done) = &self.done {
                told_done(ui, session, done, &mut acts);
                ui.add_space(space::NEAR);
                conflicts(ui, session, None, &mut acts);
            }
            if !self.copy {
                card(ui, |ui| self.choose(ui, &mut acts));
                ui.add_space(space::NEAR);
            }
            self.waiting(ui, &mut acts);
            self.looked_at(ui, session, &mut acts);
            ui.add_space(space::PART);
        });
        acts
    }

    fn choose(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        widgets::heading(ui, "Files that came back");
        ui.horizontal_wrapped(|ui| {
            if secondary(ui, icons::FOLDER, "Choose files…").clicked() {
                acts.push(Act::Pick(PickFor::Returned));
            }
            hint(ui, "or drop them on this window, one or many.");
        });
        // Out of the way once there is something to look at.
        let looked = self.preview.is_some();
        let typing = CollapsingHeader::new("Type where they are instead");
        let typing = typing.id_salt(looked).default_open(!looked);
        typing.show(ui, |ui| self.typed_paths(ui, acts));
    }

    fn typed_paths(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        TypedLine::new("Paths of the files")
            .hint("One a line.")
            .rows(2)
            .show(ui, &mut self.typed);
        let ready = !self.typed.trim().is_empty();
        let look = ui.add_enabled_ui(ready, |ui| secondary(ui, "", "See what they bring"));
        if look.inner.clicked() {
            let typed = std::mem::take(&mut self.typed);
            let lines = typed.lines().map(str::trim);
            acts.push(self.add(lines.map(PathBuf::from).collect()));
        }
    }

    fn waiting(&self, ui: &mut Ui, acts: &mut Vec<Act>) {
        let Some(progress) = &self.progress else {
            return;
        };
        ui.horizontal(|ui| {
            let words = format!(
                "{}: {} of {}",
                progress.stage, progress.done, progress.total
            );
            hint(ui, &words);
            if quiet(ui, icons::REMOVE, "Stop").clicked() {
                acts.push(Act::CancelJob);
            }
        });
    }

    /// What each file brings, then the decision.
    fn looked_at(&mut self, ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
        // What is being merged is not merged twice.
        if self.progress.is_some() {
            return;
        }
        let Some(looked) = self.preview.take() else {
            return;
        };
        let mut wanted = Vec::new();
        for (at, file) in looked.files.iter().enumerate() {
            ui.push_id(at, |ui| {
                card(ui, |ui| {
                    if preview::file(ui, session, file) {
                        wanted.push(Wanted::Without(file.path.clone()));
                    }
                    wanted.extend(self.help(ui, &file.path, file.hurdle));
                });
            });
            ui.add_space(space::TIGHT);
        }
        ui.add_space(space::NEAR);
        wanted.extend(self.taken_back(ui, &looked));
        self.decide(ui, &looked, acts);
        self.preview = Some(looked);
        for wanted in wanted {
            acts.extend(self.carry_out(wanted));
        }
    }

    /// What the person can do at once about a file that is refused.
    fn help(&mut self, ui: &mut Ui, path: &Path, hurdle: Option<Hurdle>) -> Option<Wanted> {
        let name = preview::name_of(path);
        match hurdle? {
            Hurdle::Passphrase => {
                let text = self.passphrases.entry(path.to_owned()).or_default();
                let spoken = format!("Passphrase of {name}");
                TypedLine::new(&spoken)
                    .hint("It is tried on the other files too.")
                    .secret()
                    .show(ui, text);
                let ready = !text.is_empty();
                let words = "Try this passphrase";
                let tried = ui.add_enabled_ui(ready, |ui| {
                    let button = secondary(ui, "", words);
                    button.accessible_name(format!("{words}, {name}"))
                });
                tried.inner.clicked().then_some(Wanted::LookAgain)
            }
            Hurdle::Register => secondary(ui, icons::OPEN, "Open it instead")
                .accessible_name(format!("Open {name} instead"))
                .clicked()
                .then(|| Wanted::Open(path.to_owned())),
            Hurdle::Audit => {
                let words = "Take its changes to the audit too";
                let button = secondary(ui, icons::ATTENTION, words);
                let button = button.accessible_name(format!("{words}, {name}"));
                button.clicked().then_some(Wanted::AuditToo)
            }
        }
    }

    /// What an undone merge brought stays taken back, unless one wants it again.
    fn taken_back(&self, ui: &mut Ui, looked: &MergePreview) -> Option<Wanted> {
        let brought = looked
            .files
            .iter()
            .filter_map(|file| file.brings.as_ref().ok());
        let undone: usize = brought.map(|brought| brought.undone).sum();
        if undone == 0 && !self.again {
            return None;
        }
        let words = if self.again {
            "What was taken back with an earlier merge comes again."
        } else {
            "Some of this was merged before and taken back: it stays so, unless you bring it again."
        };
        let button = if self.again {
            "Leave it taken back"
        } else {
            "Bring it again"
        };
        let mut clicked = false;
        notice(ui, Tone::Neutral, icons::UNDO, |ui| {
            ui.label(words);
            clicked = secondary(ui, icons::REDO, button).clicked();
        });
        ui.add_space(space::NEAR);
        clicked.then_some(Wanted::Again(!self.again))
    }

    fn decide(&mut self, ui: &mut Ui, looked: &MergePreview, acts: &mut Vec<Act>) {
        let (refused, all) = (looked.refused(), looked.files.len());
        if refused == all {
            hint(ui, "There is nothing that can be merged.");
            return;
        }
        let words = match (refused, all) {
            (0, 1) => "Merge it".to_owned(),
            (0, _) => format!("Merge all {all}"),
            (_, _) if all - refused == 1 => "Merge the other one".to_owned(),
            (_, _) => format!("Merge the other {}", all - refused),
        };
        if primary(ui, icons::TICK, &words).clicked() {
            acts.push(Act::Merge(self.request(refused > 0)));
            self.progress = Some(Progress {
                stage: "Merging".into(),
                done: 0,
                total: all - refused,
            });
        }
        caption(
            ui,
            if refused > 0 {
                "The refused files are left out and stay as they are. A copy of this file as it is now is kept beside it first."
            } else {
                "All or nothing, in one step. A copy of this file as it is now is kept beside it first."
            },
        );
    }

    fn carry_out(&mut self, wanted: Wanted) -> Option<Act> {
        match wanted {
            Wanted::Again(again) => {
                self.again = again;
                Some(Act::PreviewMerge(self.request(false)))
            }
            Wanted::AuditToo => {
                self.audit_too = true;
                Some(Act::PreviewMerge(self.request(false)))
            }
            Wanted::LookAgain => Some(Act::PreviewMerge(self.request(false))),
            Wanted::Open(path) => Some(Act::Open(crate::session::Opening::Open(path, None))),
            Wanted::Without(path) => {
                self.files.retain(|file| *file != path);
                self.passphrases.remove(&path);
                self.preview = None;
                (!self.files.is_empty()).then(|| Act::PreviewMerge(self.request(false)))
            }
        }
    }
}

/// What the person wants with one file of the preview.
enum Wanted {
    LookAgain,
    /// With or without what was taken back.
    Again(bool),
    /// With what they change of the audit itself.
    AuditToo,
    Open(PathBuf),
    Without(PathBuf),
}

/// What was done, where the copy is.
fn told_done(ui: &mut Ui, session: &Session, done: &MergedReturns, acts: &mut Vec<Act>) {
    let Some(copy) = &done.copy else {
        return notice(ui, Tone::Neutral, icons::INFO, |ui| {
            ui.label("Nothing was new: everything in these files was merged before.");
        });
    };
    notice(ui, Tone::Good, icons::DONE, |ui| {
        ui.label(widgets::strong("Merged"));
        for file in &done.preview.files {
            ui.add(egui::Label::new(preview::in_short(session, file)).wrap());
        }
        let words = format!("The file as it was before is {}.", copy.display());
        ui.add(egui::Label::new(words).wrap());
        if quiet(ui, icons::FOLDER, "Show the copy in its folder").clicked() {
            acts.push(Act::ShowInFolder(copy.clone()));
        }
    });
}
