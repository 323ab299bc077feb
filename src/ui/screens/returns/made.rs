//! What came of the return files that were asked for, and what to do next.

use egui::Ui;

use crate::session::{IssueOutcome, Session};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, badge, hint, notice, quiet};

/// Draws one line a file; those that were not made first.
pub(super) fn outcomes(
    ui: &mut Ui,
    session: &Session,
    outcomes: &[IssueOutcome],
    acts: &mut Vec<Act>,
) {
    let failed = outcomes.iter().filter(|outcome| outcome.made.is_err());
    if failed.clone().next().is_some() {
        notice(ui, Tone::Poor, icons::ATTENTION, |ui| {
            ui.label(widgets::strong("These files were not made"));
            for outcome in failed {
                let agency = session.register().agency_short(&outcome.agency);
                let why = outcome.made.as_ref().err().map_or("", String::as_str);
                ui.add(egui::Label::new(format!("{agency}: {why}")).wrap());
            }
        });
        ui.add_space(space::NEAR);
    }
    let made: Vec<_> = outcomes.iter().filter(|one| one.made.is_ok()).collect();
    let Some(first) = made.first() else { return };
    notice(ui, Tone::Good, icons::DONE, |ui| {
        let words = match made.len() {
            1 => "1 return file was made and checked".to_owned(),
            count => format!("{count} return files were made and checked"),
        };
        ui.label(widgets::strong(&words));
        for outcome in &made {
            line(ui, session, outcome);
        }
        hint(
            ui,
            "Send each file to its agency by secure e-mail. Tell the passphrase by telephone or in person, never in the same message.",
        );
        if quiet(ui, icons::FOLDER, "Show in their folder").clicked() {
            acts.push(Act::ShowInFolder(first.path.clone()));
        }
    });
    ui.add_space(space::NEAR);
}

fn line(ui: &mut Ui, session: &Session, outcome: &IssueOutcome) {
    let agency = session.register().agency_short(&outcome.agency);
    let cases = outcome.made.as_ref().map_or(0, |made| made.cases);
    ui.horizontal_wrapped(|ui| {
        badge(ui, Tone::Good, icons::TICK, agency);
        let cases = match cases {
            1 => "1 case".to_owned(),
            count => format!("{count} cases"),
        };
        ui.label(format!("{cases}, {}", outcome.path.display()));
    });
}
