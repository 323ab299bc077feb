//! Look, zoom and role, kept on this computer.

use egui::Ui;

use crate::session::OpenedFile;
use crate::session::settings::{Look, Settings};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::space;
use crate::ui::widgets::{self, card, hint, label, secondary};

/// Draws the screen; an open file has a page for its own safety, and a register one for how long
/// its forms are kept.
pub fn settings(ui: &mut Ui, settings: &Settings, file: Option<&OpenedFile>) -> Vec<Act> {
    let mut acts = Vec::new();
    let mut changed = settings.clone();
    widgets::page(ui, 640.0, |ui| {
        if widgets::back_button(ui, "Back").clicked() {
            acts.push(Act::Back);
        }
        widgets::title(ui, "Settings");
        if let Some(file) = file {
            card(ui, |ui| {
                label(ui, "This file");
                hint(
                    ui,
                    "Who can open it, when it locks by itself, and its daily copies.",
                );
                ui.horizontal(|ui| {
                    if secondary(ui, icons::LOCKED, "Passphrase, lock and copies").clicked() {
                        acts.push(Act::Go(Route::Safekeeping));
                    }
                    if !file.is_return
                        && secondary(ui, icons::CLOCK, "How long forms are kept").clicked()
                    {
                        acts.push(Act::Go(Route::Retention(None)));
                    }
                });
            });
            ui.add_space(space::NEAR);
        }
        card(ui, |ui| {
            label(ui, "Look");
            ui.horizontal(|ui| {
                for (look, words) in [
                    (Look::System, "As the system"),
                    (Look::Light, "Light"),
                    (Look::Dark, "Dark"),
                ] {
                    widgets::keep_in_view(&ui.radio_value(&mut changed.look, look, words));
                }
            });
            ui.add_space(space::NEAR);
            label(ui, &format!("Zoom: {} %", changed.zoom));
            ui.horizontal(|ui| {
                if secondary(ui, "", "Smaller").clicked() {
                    changed.zoom = changed.zoom.saturating_sub(10).max(80);
                }
                if secondary(ui, "", "100 %").clicked() {
                    changed.zoom = 100;
                }
                if secondary(ui, "", "Larger").clicked() {
                    changed.zoom = (changed.zoom + 10).min(200);
                }
            });
            hint(ui, "Ctrl and plus or minus do the same anywhere.");
            ui.add_space(space::NEAR);
            let still = "No movement: pages scroll and lists open at once";
            widgets::keep_in_view(&ui.checkbox(&mut changed.still, still));
            let words = "Show the steps of a first audit";
            widgets::keep_in_view(&ui.checkbox(&mut changed.guide, words));
        });
        ui.add_space(space::NEAR);
        card(ui, |ui| {
            label(ui, "Your role");
            hint(
                ui,
                "Kept with every change you make in a register. A role, never a name.",
            );
            let edit = egui::TextEdit::singleline(&mut changed.role)
                .desired_width(f32::INFINITY)
                .margin(egui::Margin::symmetric(8, 6));
            let response = ui.add(edit);
            widgets::keep_in_view(&response);
            response.accessible_name("Your role");
        });
        ui.add_space(space::NEAR);
        hint(
            ui,
            &format!(
                "Changes made on this computer are marked {}.",
                settings.device
            ),
        );
    });
    if changed != *settings {
        acts.push(Act::Keep(Box::new(changed)));
    }
    acts
}
