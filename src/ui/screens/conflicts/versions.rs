//! The versions of a conflict side by side.

use chrono::Local;
use egui::Ui;

use super::{Choice, ConflictsScreen};
use crate::session::OpenConflict;
use crate::session::conflict::{Field, Says, Version};
use crate::ui::icons;
use crate::ui::theme::{Palette, Tone, size, space};
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
                Says::Record(_) => version.fields.iter().for_each(|field| one(ui, field)),
            }
        });
    }
}

/// One field; where the versions differ it says so.
fn one(ui: &mut Ui, field: &Field) {
    let palette = Palette::of(ui.ctx());
    ui.horizontal(|ui| {
        let label = egui::RichText::new(&field.label).size(size::SMALL);
        ui.label(label.color(palette.soft_text));
        if field.differs {
            badge(ui, Tone::Mixed, icons::ATTENTION, "Differs");
        }
    });
    if field.words.is_empty() {
        hint(ui, "Nothing");
    } else {
        let words = egui::RichText::new(&field.words);
        let words = if field.differs {
            words.family(crate::ui::fonts::strong())
        } else {
            words
        };
        ui.add(egui::Label::new(words).wrap());
    }
    ui.add_space(space::TIGHT);
}
