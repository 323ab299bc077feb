//! What stands around every screen: the bar above, the line below.

use chrono::Local;
use egui::{Frame, Margin, Panel, Ui};

use super::act::Act;
use super::icons;
use super::route::Route;
use super::theme::{Palette, Tone, space};
use super::widgets::{self, badge, caption, quiet};
use crate::session::command::Command;
use crate::session::{SaveState, Session};

/// The bar above: where one can go.
pub fn bar(ui: &mut Ui, session: &Session, here: &Route) -> Vec<Act> {
    let mut acts = Vec::new();
    let palette = Palette::of(ui.ctx());
    let frame = Frame::new()
        .fill(palette.side)
        .inner_margin(Margin::symmetric(14, 7));
    Panel::top("bar").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(widgets::strong("Goldthread").color(palette.thread_text()));
            ui.add_space(space::NEAR);
            for (route, icon, words) in places(session.file().is_return) {
                let on = is_in(here, &route);
                let text = format!("{icon}  {words}");
                let button = egui::Button::selectable(on, text);
                let response = ui.add(button);
                widgets::keep_in_view(&response);
                if response.accessible_name(words).clicked() {
                    acts.push(Act::Go(route));
                }
            }
            let narrow = ui.available_width() < 420.0;
            if session.register().is_worked_example() {
                let roomy = ui.available_width() > 480.0;
                let words = if roomy {
                    "Worked example: every case is invented"
                } else {
                    "Worked example"
                };
                badge(ui, Tone::Mixed, icons::INFO, words);
            }
            if session.file().read_only {
                badge(ui, Tone::Poor, icons::LOCKED, "Read-only copy");
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                // Narrow, as at a large zoom: the shapes alone, so that nothing lies on the badge.
                let named = |ui: &mut Ui, icon: &str, words: &str| {
                    let shown = if narrow { "" } else { words };
                    quiet(ui, icon, shown)
                        .accessible_name(words)
                        .on_hover_text(words)
                };
                if named(ui, icons::REMOVE, "Close file").clicked() {
                    acts.push(Act::CloseFile);
                }
                if named(ui, icons::SETTINGS, "Settings").clicked() {
                    acts.push(Act::Go(Route::Settings));
                }
                let search = quiet(ui, icons::SEARCH, "").accessible_name("Search");
                if search.on_hover_text("Search (Ctrl+F)").clicked() {
                    acts.push(Act::BeginSearch);
                }
            });
        });
    });
    acts
}

/// An agency's return shows its auditor nothing but the own cases.
fn places(is_return: bool) -> Vec<(Route, &'static str, &'static str)> {
    if is_return {
        return vec![(Route::Audits, icons::HOME, "My cases")];
    }
    vec![
        (Route::Audits, icons::HOME, "Audits"),
        (Route::Actions(None), icons::TICK, "Actions"),
        (Route::Themes, icons::THEMES, "Themes"),
        (Route::Tools, icons::TOOLS, "Tools"),
        (Route::Export(None), icons::EXPORT, "Export"),
    ]
}

/// Whether a screen belongs to a place of the bar.
fn is_in(here: &Route, place: &Route) -> bool {
    match place {
        Route::Audits => matches!(
            here,
            Route::Audits
                | Route::NewAudit
                | Route::Audit(_)
                | Route::Returns(_)
                | Route::MakeReturns(_)
                | Route::Merge
                | Route::Conflicts(_)
                | Route::Form(_)
                | Route::Review(_)
                | Route::Panel(_)
                | Route::Summary(_)
                | Route::Findings(_)
                | Route::Finding(_)
                | Route::NewFinding(_)
                | Route::Concerns(_)
                | Route::Scope(_)
        ),
        Route::Actions(_) => matches!(
            here,
            Route::Actions(_) | Route::Action(_) | Route::NewAction(_) | Route::Decisions
        ),
        Route::Themes => matches!(here, Route::Themes | Route::Theme(_)),
        Route::Export(_) => matches!(here, Route::Export(_)),
        place => here == place,
    }
}

/// The line below: whether everything is on disk, and what can be taken back.
pub fn status_line(ui: &mut Ui, session: &Session) -> Vec<Act> {
    let mut acts = Vec::new();
    let palette = Palette::of(ui.ctx());
    let frame = Frame::new()
        .fill(palette.side)
        .inner_margin(Margin::symmetric(14, 0));
    Panel::bottom("status")
        .exact_size(38.0)
        .frame(frame)
        .show(ui, |ui| {
            ui.horizontal_centered(|ui| {
                saved(ui, session, &mut acts);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if let Some(label) = session.redo_label()
                        && quiet(ui, icons::REDO, "Redo")
                            .on_hover_text(format!("Redo: {label}"))
                            .clicked()
                    {
                        acts.push(Act::Do(Command::Redo));
                    }
                    if let Some(label) = session.undo_label()
                        && quiet(ui, icons::UNDO, &format!("Undo: {label}")).clicked()
                    {
                        acts.push(Act::Do(Command::Undo));
                    }
                    let name = session
                        .file()
                        .path
                        .file_name()
                        .unwrap_or_default()
                        .to_string_lossy();
                    caption(ui, &name);
                });
            });
        });
    acts
}

fn saved(ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
    let palette = Palette::of(ui.ctx());
    match session.save_state() {
        SaveState::Unchanged => drop(caption(ui, "Everything is saved as you go")),
        SaveState::Saving => {
            widgets::icon(ui, icons::CLOCK, 14.0, palette.soft_text);
            caption(ui, "Saving…");
        }
        SaveState::Saved(at) => {
            widgets::icon(ui, icons::DONE, 14.0, palette.tone(Tone::Good).ink);
            caption(
                ui,
                &format!("Saved {}", at.with_timezone(&Local).format("%H:%M")),
            );
        }
        SaveState::Failed(why) => {
            badge(ui, Tone::Poor, icons::ATTENTION, "Not saved");
            ui.add(egui::Label::new(why).truncate());
            if quiet(ui, "", "Try again").clicked() {
                acts.push(Act::TryAgain);
            }
        }
    }
}
