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

/// How much room the bar has: at a large zoom words give way to the shapes beside them, so that
/// nothing lies on anything else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Room {
    /// Shapes alone.
    Little,
    /// Words for the places only.
    Some,
    /// Words for everything.
    Enough,
}

impl Room {
    /// By the width of the bar in points.
    fn of(width: f32) -> Self {
        match width {
            ..780.0 => Self::Little,
            ..1120.0 => Self::Some,
            _ => Self::Enough,
        }
    }
}

/// The bar above: where one can go.
pub fn bar(ui: &mut Ui, session: &Session, here: &Route) -> Vec<Act> {
    let mut acts = Vec::new();
    let palette = Palette::of(ui.ctx());
    let frame = Frame::new()
        .fill(palette.side)
        .inner_margin(Margin::symmetric(14, 7));
    Panel::top("bar").frame(frame).show(ui, |ui| {
        let room = Room::of(ui.available_width());
        ui.horizontal(|ui| {
            if room == Room::Enough {
                ui.label(widgets::strong("Goldthread").color(palette.thread_text()));
                ui.add_space(space::NEAR);
            }
            for (route, icon, words) in places(session.file().is_return) {
                let on = here.place() == route.place();
                let text = match room {
                    Room::Little => icon.to_owned(),
                    _ => format!("{icon}  {words}"),
                };
                let response = ui.add(egui::Button::selectable(on, text));
                widgets::keep_in_view(&response);
                let response = response.accessible_name(words);
                if response.on_hover_text(words).clicked() {
                    acts.push(Act::Go(route));
                }
            }
            badges(ui, session, room);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                always_there(ui, room, &mut acts);
            });
        });
    });
    acts
}

/// What has to be known of the file wherever one is.
fn badges(ui: &mut Ui, session: &Session, room: Room) {
    if session.register().is_worked_example() {
        let words = match room {
            Room::Enough => "Worked example: every case is invented",
            _ => "Worked example",
        };
        badge(ui, Tone::Mixed, icons::INFO, words);
    }
    if session.file().read_only {
        let words = match room {
            Room::Little => "Read-only",
            _ => "Read-only copy",
        };
        badge(ui, Tone::Poor, icons::LOCKED, words);
    }
}

/// What stands at the right of the bar on every screen, from the right.
fn always_there(ui: &mut Ui, room: Room, acts: &mut Vec<Act>) {
    let mut named = |icon: &str, words: &str, key: &str, act: Act| {
        let shown = if room == Room::Enough { words } else { "" };
        let told = match key {
            "" => words.to_owned(),
            key => format!("{words} ({key})"),
        };
        let button = quiet(ui, icon, shown).accessible_name(words);
        if button.on_hover_text(told).clicked() {
            acts.push(act);
        }
    };
    named(icons::REMOVE, "Close file", "", Act::CloseFile);
    named(icons::SETTINGS, "Settings", "", Act::Go(Route::Settings));
    named(icons::HELP, "Help", "F1", Act::BeginHelp);
    named(icons::SEARCH, "Search", "Ctrl+F", Act::BeginSearch);
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

/// The line below: whether everything is on disk, and what can be taken back.
pub fn status_line(ui: &mut Ui, session: &Session, here: &Route) -> Vec<Act> {
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
                saved(ui, session, here, &mut acts);
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

fn saved(ui: &mut Ui, session: &Session, here: &Route, acts: &mut Vec<Act>) {
    let palette = Palette::of(ui.ctx());
    match (session.save_state(), here.kept_how()) {
        // When something else was saved says nothing of what is typed here.
        (SaveState::Unchanged | SaveState::Saved(_), Some(how)) => drop(caption(ui, how)),
        (SaveState::Unchanged, None) => drop(caption(ui, "Everything is saved as you go")),
        (SaveState::Saving, _) => {
            widgets::icon(ui, icons::CLOCK, 14.0, palette.soft_text);
            caption(ui, "Saving…");
        }
        (SaveState::Saved(at), None) => {
            widgets::icon(ui, icons::DONE, 14.0, palette.tone(Tone::Good).ink);
            caption(
                ui,
                &format!("Saved {}", at.with_timezone(&Local).format("%H:%M")),
            );
        }
        (SaveState::Failed(why), _) => {
            badge(ui, Tone::Poor, icons::ATTENTION, "Not saved");
            // Before the sentence: that takes whatever room is left.
            if quiet(ui, "", "Try again").clicked() {
                acts.push(Act::TryAgain);
            }
            ui.add(egui::Label::new(why).truncate());
        }
    }
}
