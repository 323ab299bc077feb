//! Copies of the file that another program put beside it: compare and merge them, show them in their
//! folder, or leave them lying.

use egui::Ui;

use crate::session::Session;
use crate::session::settings::Settings;
use crate::store::CopyBeside;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, hint, notice, quiet, secondary};

/// Draws a notice where there is such a copy that nobody chose to leave lying.
pub fn copies_beside(ui: &mut Ui, session: &Session, settings: &Settings, acts: &mut Vec<Act>) {
    let copies: Vec<&CopyBeside> = session.copies_beside(settings).collect();
    if copies.is_empty() {
        return;
    }
    let heading = match copies.iter().filter(|copy| copy.can_be_merged()).count() {
        0 => "Something beside this file is named as a copy of it".to_owned(),
        1 => "Another program put a copy beside this file".to_owned(),
        many => format!("Other programs put {many} copies beside this file"),
    };
    notice(ui, Tone::Mixed, icons::ATTENTION, |ui| {
        ui.label(widgets::strong(&heading));
        for (at, copy) in copies.into_iter().enumerate() {
            ui.push_id(at, |ui| one(ui, session, settings, copy, acts));
            ui.add_space(space::TIGHT);
        }
        hint(
            ui,
            "Programs that synchronise folders do so when a file was changed in two places at once. Merging keeps what both say; nothing is merged before you have seen what it does.",
        );
    });
    ui.add_space(space::NEAR);
}

fn one(
    ui: &mut Ui,
    session: &Session,
    settings: &Settings,
    copy: &CopyBeside,
    acts: &mut Vec<Act>,
) {
    ui.add(egui::Label::new(copy.to_string()).wrap());
    let named = |words: &str| format!("{words}, {}", copy.name());
    ui.horizontal_wrapped(|ui| {
        if copy.can_be_merged() && !session.file().read_only {
            let words = "Compare and merge…";
            let merge = secondary(ui, icons::OPEN, words).accessible_name(named(words));
            if merge.clicked() {
                acts.push(Act::MergeCopy(copy.path.clone()));
            }
        }
        let words = "Show the folder";
        let show = quiet(ui, icons::FOLDER, words).accessible_name(named(words));
        if show.clicked() {
            acts.push(Act::ShowInFolder(copy.path.clone()));
        }
        let words = "Leave it";
        let leave = quiet(ui, icons::REMOVE, words).accessible_name(named(words));
        let leave = leave.on_hover_text("Say no more of this copy unless it changes");
        if leave.clicked() {
            let mut settings = settings.clone();
            settings.leave(copy);
            acts.push(Act::Keep(Box::new(settings)));
        }
    });
}
