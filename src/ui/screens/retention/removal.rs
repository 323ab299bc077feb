//! Removing the forms of an audit, the certificate of it, and the copies that still hold them.

use std::path::PathBuf;

use egui::Ui;

use super::named;
use crate::domain::id::RecordId;
use crate::domain::retention::Retention;
use crate::exchange::certificate;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::dialogs::{Ask, Asked};
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, TypedLine, card, hint, notice, paragraph, quiet, secondary};

/// What is typed, and which yes is asked for.
#[derive(Default)]
pub(super) struct Removal {
    title: String,
    trouble: Option<String>,
    ask: Option<(Wanted, Ask)>,
}

/// What a yes is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    RemoveForms,
    DeleteCopies,
}

impl Removal {
    /// The forms are still there.
    pub(super) fn refused(&mut self, why: String) {
        self.trouble = Some(why);
    }

    /// The card that removes the forms, or says what stands against it.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        title: &str,
        retention: &Retention,
    ) {
        widgets::heading(ui, "Remove the forms");
        paragraph(
            ui,
            "Removes for good, here and in the whole history: the cases, forms, answers, notes, key dates, safety stops and judgements. The audit, its findings and actions stay, and a certificate in counts. A return that comes in later brings nothing back.",
        );
        let today = session.now().with_timezone(&chrono::Local).date_naive();
        if let Err(why) = retention.removable(title, today) {
            return hint_line(ui, &why.to_string());
        }
        if let Some(trouble) = &self.trouble {
            notice(ui, Tone::Poor, icons::ATTENTION, |ui| {
                paragraph(ui, trouble);
            });
        }
        hint(
            ui,
            "Has everything that affects a child gone to the child's own record? Is nobody waiting for these forms?",
        );
        TypedLine::new("Title of the audit, to say that you mean this one")
            .show(ui, &mut self.title);
        ui.add_space(space::TIGHT);
        let same = self.title.trim() == title;
        let button = ui.add_enabled_ui(same, |ui| {
            secondary(ui, icons::REMOVE, "Remove the forms for good…")
        });
        if button.inner.clicked() {
            self.trouble = None;
            self.ask = Some((Wanted::RemoveForms, ask_to_remove(title)));
        }
    }

    /// The dialogs; what was said yes to.
    pub(super) fn confirmed(
        &mut self,
        ui: &mut Ui,
        audit: RecordId,
        copies: Option<&[PathBuf]>,
        folder: PathBuf,
    ) -> Option<Act> {
        let (wanted, ask) = self.ask.as_mut()?;
        let (wanted, asked) = (*wanted, ask.show(ui));
        if asked != Asked::Waiting {
            self.ask = None;
        }
        matches!(asked, Asked::Answered(_)).then(|| match wanted {
            Wanted::RemoveForms => Act::RemoveForms(audit, self.title.clone()),
            Wanted::DeleteCopies => {
                Act::DeleteCopies(audit, copies.unwrap_or_default().to_vec(), folder)
            }
        })
    }
}

fn hint_line(ui: &mut Ui, words: &str) {
    ui.add_space(space::TIGHT);
    ui.label(widgets::strong(words));
}

fn ask_to_remove(title: &str) -> Ask {
    Ask::new(
        format!("Remove the forms of {title}"),
        "This cannot be undone, and nobody can read them again from this file. Copies made before still hold them: you can delete those next.",
        "",
        "Remove them for good",
    )
    .destructive()
}

/// What stands where the forms were removed: the certificate, and the copies that hold them still.
pub(super) fn removed(
    ui: &mut Ui,
    session: &Session,
    audit: RecordId,
    copies: Option<&[PathBuf]>,
    removal: &mut Removal,
    acts: &mut Vec<Act>,
) {
    ui.add_space(space::NEAR);
    card(ui, |ui| {
        let text = certificate::text(session.register(), session.catalogue(), audit);
        let text = text.unwrap_or_default();
        for (at, line) in text.lines().enumerate() {
            match at {
                0 => drop(widgets::heading(ui, line)),
                _ if line.is_empty() => ui.add_space(space::TIGHT),
                _ if begins_a_part(line) => drop(ui.label(widgets::strong(line))),
                _ => certificate_line(ui, line),
            }
        }
        ui.add_space(space::NEAR);
        ui.horizontal(|ui| {
            if secondary(ui, icons::EXPORT, "Save it beside the file").clicked() {
                acts.push(Act::SaveCertificate(audit));
            }
            if quiet(ui, "", "Copy it").clicked() {
                ui.ctx().copy_text(text);
            }
        });
    });
    ui.add_space(space::NEAR);
    card(ui, |ui| copies_left(ui, copies, removal));
}

/// "Removed for good": the lines under it stand further in.
fn begins_a_part(line: &str) -> bool {
    !line.starts_with(' ') && !line.contains(':') && !line.ends_with('.')
}

/// A line with its depth as written, wrapped within it.
fn certificate_line(ui: &mut Ui, line: &str) {
    let depth = line.len() - line.trim_start().len();
    ui.horizontal_top(|ui| {
        ui.add_space(depth as f32 * 8.0);
        ui.add(egui::Label::new(line.trim_start()).wrap());
    });
}

fn copies_left(ui: &mut Ui, copies: Option<&[PathBuf]>, removal: &mut Removal) {
    widgets::heading(ui, "Copies that still hold them");
    match copies {
        None => hint(ui, "Looking through the copies…"),
        Some([]) => hint(ui, "None of the copies that the program kept of this file."),
        Some(copies) => {
            for name in named(copies) {
                ui.add(egui::Label::new(name).wrap());
            }
            ui.add_space(space::TIGHT);
            let words = match copies.len() {
                1 => "Delete this copy…".to_owned(),
                count => format!("Delete these {count} copies…"),
            };
            if secondary(ui, icons::REMOVE, &words).clicked() {
                removal.ask = Some((Wanted::DeleteCopies, ask_to_delete()));
            }
            ui.response()
        }
    };
    ui.add_space(space::TIGHT);
    hint(
        ui,
        "Backups made by hand, return files, workbooks and exports are not known to this file: look for them, at the agencies too, and delete them.",
    );
}

fn ask_to_delete() -> Ask {
    Ask::new(
        "Delete the copies that still hold the forms",
        "They hold everything else of this register as it was then, too. A new copy of today is kept first thing after.",
        "",
        "Delete them",
    )
    .destructive()
}
