//! What merging one file would do, in words; form by form when one wants to know.

use std::path::Path;

use egui::{CollapsingHeader, Ui};

use crate::session::Session;
use crate::session::jobs::{Brought, FormBrought, Hurdle, ReturnPreview};
use crate::ui::icons;
use crate::ui::theme::Tone;
use crate::ui::widgets::{self, badge, caption, hint, quiet};

/// The name of a file, as one knows it from the folder.
pub(super) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Draws one file. Returns whether it is to be taken out of the list.
pub(super) fn file(ui: &mut Ui, session: &Session, file: &ReturnPreview) -> bool {
    let name = name_of(&file.path);
    let mut away = false;
    ui.horizontal(|ui| {
        sign(ui, file);
        ui.add(egui::Label::new(widgets::strong(&name)).truncate())
            .on_hover_text(file.path.display().to_string());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button = quiet(ui, icons::REMOVE, "Leave out");
            let button = button.accessible_name(format!("Leave out {name}"));
            away = button.clicked();
        });
    });
    match &file.brings {
        Err(why) => {
            ui.add(egui::Label::new(why).wrap());
            cells(ui, file);
        }
        Ok(brought) => {
            ui.add(egui::Label::new(whose(session, brought)).wrap());
            let heading = format!("Form by form, {name}");
            CollapsingHeader::new(heading)
                .id_salt(&file.path)
                .show(ui, |ui| forms(ui, brought));
        }
    }
    away
}

/// What is wrong with a workbook, sheet by sheet and cell by cell, to send back to whoever filled it in.
fn cells(ui: &mut Ui, file: &ReturnPreview) {
    if file.problems.is_empty() {
        return;
    }
    let lines: Vec<String> = file.problems.iter().map(ToString::to_string).collect();
    let heading = format!("Cell by cell, {}", name_of(&file.path));
    CollapsingHeader::new(heading)
        .id_salt((&file.path, "cells"))
        .default_open(true)
        .show(ui, |ui| {
            for line in &lines {
                ui.add(egui::Label::new(line).wrap());
            }
            let copy = quiet(ui, icons::AUDIT, "Copy this list");
            let name = format!("Copy this list, {}", name_of(&file.path));
            if copy.accessible_name(name).clicked() {
                ui.ctx().copy_text(lines.join("\n"));
            }
        });
}

/// The word, shape and colour of a file.
fn sign(ui: &mut Ui, file: &ReturnPreview) {
    match &file.brings {
        Err(_) if file.hurdle == Some(Hurdle::Passphrase) => {
            badge(ui, Tone::Mixed, icons::LOCKED, "Needs its passphrase")
        }
        Err(_) => badge(ui, Tone::Poor, icons::NO, "Refused"),
        Ok(brought) if is_nothing_new(brought) => {
            badge(ui, Tone::Neutral, icons::INFO, "Nothing new")
        }
        Ok(brought) => match brought.conflicts() {
            0 => badge(ui, Tone::Good, icons::TICK, "Can be merged"),
            1 => badge(ui, Tone::Mixed, icons::ATTENTION, "1 conflict"),
            many => badge(
                ui,
                Tone::Mixed,
                icons::ATTENTION,
                &format!("{many} conflicts"),
            ),
        },
    };
}

/// What was taken back and comes again is news too, though no change of it is.
fn is_nothing_new(brought: &Brought) -> bool {
    brought.new_changes == 0 && !brought.forms.iter().any(FormBrought::is_news)
}

/// "Police, Neglect 2026: 12 answers new, 2 answers changed, 1 form moves on."
fn whose(session: &Session, brought: &Brought) -> String {
    let agency = session.register().agency_short(&brought.agency);
    let whose = match brought.is_state {
        true => "A copy of this file".to_owned(),
        false => format!("{agency}, {}", brought.audit_title),
    };
    let undone = match brought.undone {
        0 => String::new(),
        1 => " 1 thing in it was taken back with an earlier merge.".into(),
        many => format!(" {many} things in it were taken back with an earlier merge."),
    };
    if is_nothing_new(brought) {
        return format!("{whose}: nothing new, it was merged before.{undone}");
    }
    let sum = |of: fn(&FormBrought) -> usize| brought.forms.iter().map(of).sum::<usize>();
    let moved = |form: &FormBrought| usize::from(form.status_before != form.status_after);
    let parts = [
        (sum(|form| form.new), "answer new", "answers new"),
        (
            sum(|form| form.changed),
            "answer changed",
            "answers changed",
        ),
        (
            sum(|form| form.taken_back),
            "answer taken back",
            "answers taken back",
        ),
        (sum(moved), "form moves on", "forms move on"),
        (
            brought.forms_away,
            "form is taken away",
            "forms are taken away",
        ),
        (
            brought.answers_away,
            "answer goes with what is taken away",
            "answers go with what is taken away",
        ),
        (
            brought.conflicts(),
            "thing differs in both and both versions are kept",
            "things differ in both and both versions are kept",
        ),
    ];
    let parts = parts.into_iter().filter(|(count, _, _)| *count > 0);
    let mut parts: Vec<String> = parts
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    if brought.audit_records_changed > 0 {
        let what = match brought.is_state {
            true => "to what is on no form, such as judgements and findings",
            false => "to the audit itself",
        };
        let count = match brought.audit_records_changed {
            1 => "1 change".to_owned(),
            many => format!("{many} changes"),
        };
        parts.push(format!("{count} {what}"));
    }
    if parts.is_empty() {
        parts.push("only the history grows".into());
    }
    format!("{whose}: {}.{undone}", parts.join(", "))
}

/// One line on a file that was merged or left out.
pub(super) fn in_short(session: &Session, file: &ReturnPreview) -> String {
    match &file.brings {
        Ok(brought) => whose(session, brought),
        Err(why) => format!("Left out: {why}"),
    }
}

/// The forms of which something comes, then how many are as before.
fn forms(ui: &mut Ui, brought: &Brought) {
    let (news, as_before): (Vec<_>, Vec<_>) = brought.forms.iter().partition(|form| form.is_news());
    news.iter().for_each(|one| form(ui, one));
    match as_before.len() {
        0 => (),
        1 => drop(hint(ui, "1 form is as before.")),
        many => drop(hint(ui, &format!("{many} forms are as before."))),
    }
}

/// "NEG20-03: Submitted (was: In progress), 3 new, 1 changed, 24 as before"
fn form(ui: &mut Ui, form: &FormBrought) {
    let status = |status: Option<crate::domain::form::FormStatus>| {
        status.map_or("no form", |status| status.label())
    };
    let (before, after) = (status(form.status_before), status(form.status_after));
    let was = if before == after {
        String::new()
    } else {
        format!(" (was: {before})")
    };
    let mut words = format!(
        "{}: {after}{was}, {} new, {} changed, {} as before",
        form.case, form.new, form.changed, form.unchanged
    );
    if form.taken_back > 0 {
        words.push_str(&format!(", {} taken back", form.taken_back));
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(words);
        if !form.conflicts.is_empty() {
            let words = match form.conflicts.len() {
                1 => "1 conflict: both versions are kept".to_owned(),
                many => format!("{many} conflicts: both versions are kept"),
            };
            badge(ui, Tone::Mixed, icons::ATTENTION, &words);
        }
    });
    if form.withdrawn {
        caption(
            ui,
            "The case was withdrawn meanwhile: this stays in the history, and comes back with the case.",
        );
    }
    if form.status_after.is_none() {
        hint(ui, "The register has no form for this case.");
    }
}
