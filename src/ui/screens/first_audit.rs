//! The steps of a first audit, on the page of audits until it is reported: what is done, what comes
//! next, each leading to its screen. Nobody has to follow it.

use egui::Ui;

use crate::domain::id::RecordId;
use crate::session::Session;
use crate::session::first_audit::{FirstAudit, FirstStep};
use crate::session::settings::Settings;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, Tone, space};
use crate::ui::widgets::{self, caption, card, hint, link, quiet};

/// Draws the list, where there is one to draw.
pub fn first_audit(ui: &mut Ui, session: &Session, settings: &Settings, acts: &mut Vec<Act>) {
    let Some(first) = session.first_audit().filter(|_| settings.guide) else {
        return;
    };
    card(ui, |ui| {
        ui.horizontal(|ui| {
            widgets::heading(ui, "Your first audit");
            let (done, all) = (first.done.len(), FirstStep::ALL.len());
            hint(ui, &format!("{done} of {all} steps done"));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if quiet(ui, "", "Hide this list").clicked() {
                    let guide = false;
                    acts.push(Act::Keep(Box::new(Settings {
                        guide,
                        ..settings.clone()
                    })));
                }
            });
        });
        for step in FirstStep::ALL {
            line(ui, &first, step, acts);
        }
    });
    ui.add_space(space::NEAR);
}

fn line(ui: &mut Ui, first: &FirstAudit, step: FirstStep, acts: &mut Vec<Act>) {
    let palette = Palette::of(ui.ctx());
    let done = first.done.contains(&step);
    let next = first.next() == Some(step);
    let (name, about) = words(step);
    ui.horizontal(|ui| {
        let (icon, colour) = match (done, next) {
            (true, _) => (icons::DONE, palette.tone(Tone::Good).ink),
            (_, true) => (icons::NEXT, palette.accent),
            _ => (icons::NOT_STARTED, palette.soft_text),
        };
        widgets::icon(ui, icon, 16.0, colour);
        let said = if done { "done" } else { "to do" };
        match place(step, first.audit).filter(|_| !done || first.audit.is_some()) {
            Some(route) => {
                let led = link(ui, name).accessible_name(format!("{name}, {said}"));
                if led.clicked() {
                    acts.push(Act::Go(route));
                }
            }
            None => hint_only(ui, name, said),
        }
    });
    if next {
        ui.horizontal(|ui| {
            ui.add_space(24.0);
            ui.vertical(|ui| caption(ui, about));
        });
    }
}

fn hint_only(ui: &mut Ui, name: &str, said: &str) {
    hint(ui, name).accessible_name(format!("{name}, {said}"));
}

/// What a step is called, and what there is to do.
fn words(step: FirstStep) -> (&'static str, &'static str) {
    match step {
        FirstStep::Make => (
            "Make the audit",
            "Choose a tool, agree what the audit asks, choose the agencies, and enter 3 to 12 case references. Allow half an hour; everything can be changed later.",
        ),
        FirstStep::SendOut => (
            "Send out the return files",
            "One file for each agency, with its own forms only. Send its passphrase by another route.",
        ),
        FirstStep::Merge => (
            "Merge what comes back",
            "Drop the files on this window. You see what each brings before anything is merged. Done when every form is submitted, not known or declined.",
        ),
        FirstStep::Panel => (
            "Hold the panel day",
            "Choose Panel beside a case: every agency's answers side by side, and the panel's judgement with its reason.",
        ),
        FirstStep::Findings => (
            "Agree the findings",
            "Suggestions are drafted from the numbers. Accept, edit or set aside each, or write your own.",
        ),
        FirstStep::Actions => (
            "Write the actions",
            "From each finding: what will change, who owns it, and by when.",
        ),
        FirstStep::Report => (
            "Report to the BMG",
            "Write the paper and the JSON under Export, then set the audit's state to reported.",
        ),
    }
}

/// Where a step is done; nowhere before the audit is made.
fn place(step: FirstStep, audit: Option<RecordId>) -> Option<Route> {
    let Some(audit) = audit else {
        return (step == FirstStep::Make).then_some(Route::NewAudit);
    };
    Some(match step {
        FirstStep::Make => Route::Scope(audit),
        FirstStep::SendOut => Route::MakeReturns(audit),
        FirstStep::Merge => Route::Returns(audit),
        FirstStep::Panel => Route::Audit(audit),
        FirstStep::Findings => Route::Findings(audit),
        FirstStep::Actions => Route::Actions(Some(audit)),
        FirstStep::Report => Route::Export(Some(audit)),
    })
}
