//! The versions of a conflict side by side.

use chrono::Local;
use egui::Ui;

use super::{Choice, ConflictsScreen};
use crate::session::OpenConflict;
use crate::session::conflict::{Field, Says, Version};
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, badge, caption, hint};

/// Least width of a version that can be read, in points.
const NARROWEST: f32 = 320.0;

impl ConflictsScreen {
    pub(super) fn versions(&mut self, ui: &mut Ui, conflict: &OpenConflict) {
        let count = conflict.versions.len().max(1);
        let fit = (ui.available_width() / NARROWEST).floor().max(1.0) as usize;
        let in_row = fit.min(count);
        for first in (0..count).step_by(in_row) {
            widgets::columns(ui, &vec![1.0; in_row], |ui, column| {
                let at = first + column;
                if let Some(version) = conflict.versions.get(at) {
                    ui.push_id(version.revision, |ui| self.version(ui, at, version));
                }
            });
        }
    }

    fn version(&mut self, ui: &mut Ui, at: usize, version: &Version) {
        let here = self.choice == Some(Choice::Version(at));
        widgets::marked_card(ui, here, |ui| {
            let when = version.at.with_timezone(&Local).format("%d/%m/%Y %H:%M");
            ui.horizontal_wrapped(|ui| {
                let readable = version.says != Says::Unreadable;
                let radio = ui.add_enabled_ui(readable, |ui| {
                    let radio = ui.radio(here, widgets::strong(&format!("Version {}", at + 1)));
                    widgets::keep_in_view(&radio);
                    radio.accessible_name(format!("Version {}: {}, {when}", at + 1, version.who))
                });
                if radio.inner.clicked() {
                    self.choose(Choice::Version(at));
                }
                if here {
                    badge(ui, Tone::Good, icons::TICK, "Chosen");
                }
                if at == 0 {
                    badge(ui, Tone::Neutral, icons::INFO, "Stands for the time being");
                }
            });
            ui.label(&version.who);
            caption(ui, &format!("{when}"));
            if let Some(reason) = &version.reason {
                caption(ui, &format!("Reason: {reason}"));
            }
            ui.separator();
            match version.says {
                Says::Gone => drop(hint(ui, "Taken away.")),
                Says::Unreadable => drop(hint(ui, "Its words were redacted.")),
                Says::Record(_) => {
                    let differing = version.fields.iter().filter(|field| field.differs);
                    differing.for_each(|field| one(ui, field));
                }
            }
        });
    }
}

/// What the versions agree in, once for all of them.
pub(super) fn the_same(ui: &mut Ui, conflict: &OpenConflict) {
    let mut readable = conflict.versions.iter();
    let Some(version) = readable.find(|version| matches!(version.says, Says::Record(_))) else {
        return;
    };
    let same = version.fields.iter();
    let same = same.filter(|field| !field.differs && !field.words.is_empty());
    let lines: Vec<String> = same
        .map(|field| format!("{}: {}", field.label, field.words))
        .collect();
    if !lines.is_empty() {
        caption(ui, &format!("The same in all. {}", lines.join(" · ")));
    }
}

/// One field in which the versions differ.
fn one(ui: &mut Ui, field: &Field) {
    caption(ui, &field.label);
    if field.words.is_empty() {
        hint(ui, "Nothing");
    } else {
        ui.add(egui::Label::new(&field.words).wrap());
    }
    ui.add_space(space::TIGHT);
}
