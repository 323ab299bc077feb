//! Who was there when the case was judged.

use egui::Ui;

use super::{PanelScreen, Scene};
use crate::domain::attendance::Presence;
use crate::domain::dates::written_date;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{badge, caption, link};

impl PanelScreen {
    /// The panel day of the case in a line, with the way to the attendance.
    pub(super) fn presence(ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        ui.horizontal_wrapped(|ui| {
            caption(ui, &who_was_there(scene));
            let words = match scene.editable() {
                true => "Record attendance",
                false => "Attendance",
            };
            if link(ui, words).on_hover_text("Ctrl+4").clicked() {
                acts.push(Act::Go(Route::Attendance(scene.open.audit)));
            }
        });
        ui.add_space(space::TIGHT);
    }
}

/// "Panel of 12/12/2019: Social care, Police and Health. Apologies: GP. Absent: CAMHS."
fn who_was_there(scene: Scene<'_>) -> String {
    let Some(day) = scene.session.panel_day_of_case(scene.open) else {
        return "Nobody's attendance at the panel is recorded.".into();
    };
    let audit = scene.session.register().audits.get(&scene.open.audit);
    let agencies = audit.map_or(&[][..], |audit| &audit.agencies);
    let named = |wanted: Option<Presence>| {
        let of = agencies.iter().filter(|code| day.presence(code) == wanted);
        let names: Vec<&str> = of.map(|code| scene.agency(code)).collect();
        names.join(", ")
    };
    let mut words = format!("Panel of {}", written_date(day.day));
    for (label, presence) in [
        ("", Some(Presence::Attended)),
        ("Apologies: ", Some(Presence::Apologies)),
        ("Absent: ", Some(Presence::Absent)),
        ("Not recorded: ", None),
    ] {
        let names = named(presence);
        if names.is_empty() {
            continue;
        }
        words.push_str(if label.is_empty() { ": " } else { ". " });
        words.push_str(label);
        words.push_str(&names);
    }
    words + "."
}

/// Warns where an agency that was judged upon was not at the panel of that day.
pub(super) fn absences<'a>(
    ui: &mut Ui,
    scene: Scene<'a>,
    question: Option<&str>,
    agencies: impl Iterator<Item = &'a str>,
) {
    let Some(day) = scene.session.panel_day(scene.open, question) else {
        return;
    };
    let missing = |wanted: Presence, agencies: &[&'a str]| {
        let of = agencies
            .iter()
            .filter(|code| day.presence(code) == Some(wanted));
        let names: Vec<&str> = of.map(|code| scene.agency(code)).collect();
        names.join(", ")
    };
    let agencies: Vec<&str> = agencies.collect();
    for presence in [Presence::Absent, Presence::Apologies] {
        let names = missing(presence, &agencies);
        if names.is_empty() {
            continue;
        }
        let on = written_date(day.day);
        let how = presence.label().to_lowercase();
        let words = format!("Judged upon, but not at the panel of {on} ({how}): {names}");
        badge(ui, Tone::Mixed, icons::ATTENTION, &words);
    }
}
