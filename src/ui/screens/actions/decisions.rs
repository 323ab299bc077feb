//! Decisions of the BMG read in: choose the file, see what it decides, then take it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use egui::Ui;

use crate::domain::id::RecordId;
use crate::exchange::decisions::{Decided, DecisionPreview, Field, FieldChange};
use crate::session::command::Command;
use crate::session::{Decisions, Session};
use crate::ui::act::{Act, PickFor};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, TypedLine, badge, caption, card, hint, notice, primary, secondary};

/// What is typed, what the file decides, and what was done last.
#[derive(Default)]
pub struct DecisionsScreen {
    path: String,
    shown: Option<(Decisions, DecisionPreview)>,
    refused: Option<String>,
    done: Option<String>,
}

impl DecisionsScreen {
    /// The file was picked.
    pub fn pick(&mut self, path: &Path) {
        self.path = path.display().to_string();
        self.forget();
    }

    /// What the file would decide.
    pub fn previewed(&mut self, path: &Path, preview: DecisionPreview) {
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy();
        self.refused = None;
        self.shown = Some((Decisions::of(name, &preview), preview));
    }

    /// The file is refused.
    pub fn refused(&mut self, why: String) {
        self.shown = None;
        self.refused = Some(why);
    }

    /// The decisions were taken.
    pub fn taken(&mut self) {
        let count = self
            .shown
            .as_ref()
            .map_or(0, |(_, preview)| preview.decided.len());
        self.done = Some(match count {
            1 => "Took the decisions on 1 action. They can be undone in one step.".into(),
            count => {
                format!("Took the decisions on {count} actions. They can be undone in one step.")
            }
        });
        self.shown = None;
        self.path.clear();
    }

    fn forget(&mut self) {
        (self.shown, self.refused, self.done) = (None, None, None);
    }

    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session) -> Vec<Act> {
        let mut acts = Vec::new();
        widgets::page(ui, 860.0, |ui| {
            if widgets::back_button(ui, "Actions").clicked() {
                acts.push(Act::Go(Route::Actions(None)));
            }
            widgets::title(ui, "Read decisions in");
            hint(
                ui,
                "The BMG sends back the action plan that was exported for it, with what it decided: the JSON, or the workbook with its sheet Actions.",
            );
            ui.add_space(space::NEAR);
            if let Some(done) = &self.done {
                notice(ui, Tone::Good, icons::DONE, |ui| {
                    drop(widgets::paragraph(ui, done))
                });
                ui.add_space(space::NEAR);
            }
            card(ui, |ui| self.choose(ui, &mut acts));
            ui.add_space(space::NEAR);
            if let Some(why) = &self.refused {
                notice(ui, Tone::Poor, icons::NO, |ui| {
                    ui.label(widgets::strong(
                        "This file is refused, and nothing was changed",
                    ));
                    widgets::paragraph(ui, why);
                });
            }
            self.told(ui, session, &mut acts);
            ui.add_space(space::PART);
        });
        acts
    }

    fn choose(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        let field = TypedLine::new("File of decisions")
            .hint("Nothing is changed before you have seen what it decides.");
        if field.show(ui, &mut self.path).changed() {
            self.forget();
        }
        ui.horizontal(|ui| {
            if secondary(ui, icons::FOLDER, "Choose a file…").clicked() {
                acts.push(Act::Pick(PickFor::Decisions));
            }
            let ready = !self.path.trim().is_empty();
            let see = ui.add_enabled_ui(ready, |ui| secondary(ui, "", "See what it decides"));
            if see.inner.clicked() {
                self.forget();
                acts.push(Act::PreviewDecisions(PathBuf::from(self.path.trim())));
            }
        });
    }

    fn told(&mut self, ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
        let Some((decisions, preview)) = &mut self.shown else {
            return;
        };
        let words = match (preview.decided.len(), preview.unchanged) {
            (0, _) => "This file decides nothing new.".to_owned(),
            (1, same) => format!("1 action changes; {same} stay as they are."),
            (some, same) => format!("{some} actions change; {same} stay as they are."),
        };
        ui.label(widgets::strong(&words));
        let conflicts = preview.conflicts();
        if conflicts > 0 {
            let words = format!(
                "{conflicts} changed here too since the file was written: say for each which is to stand"
            );
            badge(ui, Tone::Mixed, icons::ATTENTION, &words);
        }
        for decided in &preview.decided {
            ui.add_space(space::TIGHT);
            ui.push_id(decided.action, |ui| {
                card(ui, |ui| one(ui, session, decided, &mut decisions.taken));
            });
        }
        ui.add_space(space::NEAR);
        if !preview.decided.is_empty() && !session.file().read_only {
            if primary(ui, icons::TICK, "Take these decisions").clicked() {
                acts.push(Act::Do(Command::TakeDecisions(Box::new(decisions.clone()))));
            }
            caption(
                ui,
                "All are taken in one step, with the name of the file as the reason.",
            );
        }
    }
}

fn one(ui: &mut Ui, session: &Session, decided: &Decided, taken: &mut BTreeSet<(RecordId, Field)>) {
    let register = session.register();
    ui.label(widgets::strong(&decided.ours.what));
    let audit = register.audits.get(&decided.ours.audit);
    caption(ui, audit.map_or("", |audit| audit.title.as_str()));
    for change in &decided.changes {
        ui.push_id(change.field, |ui| {
            if change.conflict {
                conflict(ui, decided.action, change, taken);
            } else {
                ui.add(egui::Label::new(in_words(change)).wrap());
            }
        });
    }
    if let Some(note) = &decided.note {
        ui.add(egui::Label::new(format!("Note: {note}")).wrap());
    }
}

fn in_words(change: &FieldChange) -> String {
    let shown = |words: &str| {
        if words.is_empty() {
            "nothing".to_owned()
        } else {
            words.to_owned()
        }
    };
    format!(
        "{}: from {} to {}",
        change.field.label(),
        shown(&change.before),
        shown(&change.after)
    )
}

/// Ours stands until the person says otherwise.
fn conflict(
    ui: &mut Ui,
    action: RecordId,
    change: &FieldChange,
    taken: &mut BTreeSet<(RecordId, Field)>,
) {
    let key = (action, change.field);
    let mut theirs = taken.contains(&key);
    ui.horizontal_wrapped(|ui| {
        ui.label(widgets::strong(change.field.label()));
        for (value, who, words) in [
            (false, "Ours", &change.before),
            (true, "The file's", &change.after),
        ] {
            let words = if words.is_empty() {
                "nothing"
            } else {
                words.as_str()
            };
            let radio = ui.radio_value(&mut theirs, value, format!("{who}: {words}"));
            widgets::keep_in_view(&radio);
            radio.accessible_name(format!("{}, {who}: {words}", change.field.label()));
        }
    });
    if theirs {
        taken.insert(key);
    } else {
        taken.remove(&key);
    }
}
