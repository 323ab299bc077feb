//! Before a file is open: recent files, open, new, the worked example.

use std::path::{Path, PathBuf};

use egui::{TextEdit, Ui};

use crate::session::Opening;
use crate::session::settings::Settings;
use crate::ui::act::{Act, PickFor};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, Tone, space};
use crate::ui::widgets::{self, caption, card, hint, label, notice, primary, quiet, secondary};

/// What is typed on the start screen, and what went wrong last.
#[derive(Default)]
pub struct StartScreen {
    path: String,
    /// Why the last file was not opened.
    pub trouble: Option<String>,
    /// The file that is open elsewhere, which can be read as a copy.
    pub locked: Option<PathBuf>,
}

impl StartScreen {
    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, settings: &Settings) -> Vec<Act> {
        let mut acts = Vec::new();
        widgets::page(ui, 880.0, |ui| {
            ui.add_space(space::PART);
            thread(ui);
            widgets::title(ui, "Goldthread");
            hint(
                ui,
                "Multi-agency case audits: every agency's answers, the panel's judgement, and what runs through them all.",
            );
            ui.add_space(space::APART);
            self.troubles(ui, &mut acts);
            widgets::columns(ui, &[1.0, 1.0], |ui, at| match at {
                0 => self.open_card(ui, settings, &mut acts),
                _ => new_card(ui, &mut acts),
            });
            ui.add_space(space::APART);
            if settings.recent.is_empty() {
                new_here(ui, &mut acts);
            } else if quiet(ui, icons::HELP, "Help").clicked() {
                acts.push(Act::BeginHelp);
            }
            ui.add_space(space::NEAR);
            caption(
                ui,
                "Works offline: nothing leaves this computer. Never write a name, date of birth, address or number of a child in an audit file.",
            );
        });
        acts
    }

    fn troubles(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        let Some(trouble) = &self.trouble else { return };
        notice(ui, Tone::Poor, icons::ATTENTION, |ui| {
            widgets::paragraph(ui, trouble);
            if let Some(path) = &self.locked
                && secondary(ui, icons::LOCKED, "Open a read-only copy").clicked()
            {
                acts.push(Act::Open(Opening::Snapshot(path.clone(), None)));
            }
        });
        ui.add_space(space::NEAR);
    }

    fn open_card(&mut self, ui: &mut Ui, settings: &Settings, acts: &mut Vec<Act>) {
        card(ui, |ui| {
            widgets::heading(ui, "Open");
            if primary(ui, icons::OPEN, "Open a file…").clicked() {
                acts.push(Act::Pick(PickFor::Open));
            }
            if !settings.recent.is_empty() {
                ui.add_space(space::TIGHT);
                label(ui, "Opened lately");
                for (at, path) in settings.recent.iter().enumerate() {
                    ui.push_id(at, |ui| recent(ui, path, acts));
                }
            }
            ui.add_space(space::NEAR);
            label(ui, "Or type where it is");
            caption(ui, "Dropping a file on this window opens it too.");
            ui.horizontal(|ui| {
                let width = ui.available_width() - 74.0;
                let edit = TextEdit::singleline(&mut self.path)
                    .desired_width(width)
                    .margin(egui::Margin::symmetric(8, 6));
                let response = ui.add(edit);
                let entered =
                    response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
                response.accessible_name("Path of the file to open");
                let go = secondary(ui, "", "Open").clicked() || entered;
                if go && !self.path.trim().is_empty() {
                    acts.push(Act::Open(Opening::Open(
                        PathBuf::from(self.path.trim()),
                        None,
                    )));
                }
            });
        });
    }
}

fn recent(ui: &mut Ui, path: &Path, acts: &mut Vec<Act>) {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let response = quiet(ui, icons::FOLDER, &name).on_hover_text(path.display().to_string());
    if response.clicked() {
        acts.push(Act::Open(Opening::Open(path.to_owned(), None)));
    }
}

fn new_card(ui: &mut Ui, acts: &mut Vec<Act>) {
    card(ui, |ui| {
        widgets::heading(ui, "Begin");
        if secondary(ui, icons::NEW_FILE, "New register…").clicked() {
            acts.push(Act::Go(Route::NewRegister));
        }
        hint(
            ui,
            "For the chair and the business office: the partnership, its agencies and all its audits in one file.",
        );
        ui.add_space(space::NEAR);
        if secondary(ui, icons::TOOLS, "Worked example…").clicked() {
            acts.push(Act::Pick(PickFor::Demo));
        }
        hint(
            ui,
            "A year of audits with invented cases, to look around in without fear of breaking anything.",
        );
    });
}

/// For somebody who opens the program for the first time.
fn new_here(ui: &mut Ui, acts: &mut Vec<Act>) {
    card(ui, |ui| {
        widgets::heading(ui, "New here?");
        for (who, what) in [
            (
                "You were sent a file:",
                "open it. It is your agency's return, and its first page says what to do.",
            ),
            (
                "You prepare or chair audits:",
                "look around in the worked example, then make a register. The steps of a first audit stand on its first page.",
            ),
        ] {
            widgets::led_in(ui, who, what);
        }
        if quiet(ui, icons::HELP, "Help").clicked() {
            acts.push(Act::BeginHelp);
        }
    });
}

/// The sign of the program: one thread.
fn thread(ui: &mut Ui) {
    let palette = Palette::of(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(egui::vec2(64.0, 5.0), egui::Sense::hover());
    ui.painter()
        .rect_filled(rect, egui::CornerRadius::same(2), palette.thread);
}
