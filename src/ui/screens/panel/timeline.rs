//! The case's timeline: key dates in order with who gave them, and what each timescale rule says.

use egui::Ui;

use super::Scene;
use crate::analysis::timeline::{self, DatesOf, Moment, RuleReading};
use crate::domain::dates::written_date;
use crate::domain::timescale::{Limit, Outcome};
use crate::ui::icons;
use crate::ui::theme::{Palette, Tone, space};
use crate::ui::widgets::{self, badge, caption, card, hint};

/// Below this width (in points) dates and rules stand one below the other.
const WIDE: f32 = 900.0;

pub(super) fn timeline_page(ui: &mut Ui, scene: Scene<'_>) {
    let dates = scene.open.dates();
    if ui.available_width() > WIDE {
        widgets::columns(ui, &[1.0, 1.0], |ui, column| match column {
            0 => key_dates(ui, scene, &dates),
            _ => rules(ui, scene, &dates),
        });
    } else {
        key_dates(ui, scene, &dates);
        ui.add_space(space::NEAR);
        rules(ui, scene, &dates);
    }
}

fn key_dates(ui: &mut Ui, scene: Scene<'_>, dates: &[DatesOf<'_>]) {
    card(ui, |ui| {
        widgets::heading(ui, "Key dates");
        caption(ui, "As the submitted forms give them, the earliest first.");
        let moments = timeline::moments(&scene.open.tool, dates);
        if moments.is_empty() {
            hint(ui, "No agency gives a key date.");
        }
        for moment in &moments {
            ui.push_id(&moment.field.id, |ui| key_date(ui, scene, moment));
            ui.add_space(space::TIGHT);
        }
    });
}

/// One key date at the thread that runs down the page.
fn key_date(ui: &mut Ui, scene: Scene<'_>, moment: &Moment<'_>) {
    let palette = Palette::of(ui.ctx());
    let shown = ui.horizontal_top(|ui| {
        ui.add_space(22.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.horizontal_wrapped(|ui| {
                ui.label(widgets::strong(&moment.field.label));
                if moment.differs() {
                    badge(ui, Tone::Mixed, icons::ATTENTION, "Agencies differ");
                }
            });
            for (date, agencies) in &moment.given {
                let who: Vec<&str> = agencies.iter().map(|code| scene.agency(code)).collect();
                let words = format!("{}: {}", written_date(*date), who.join(", "));
                ui.add(egui::Label::new(words).wrap());
            }
        });
    });
    let rect = shown.response.rect;
    let x = rect.min.x + 8.0;
    let line = egui::Stroke::new(2.0, palette.thread);
    ui.painter()
        .vline(x, rect.min.y..=rect.max.y + 2.0 * space::NEAR, line);
    let dot = egui::pos2(x, rect.min.y + 11.0);
    ui.painter().circle_filled(dot, 5.0, palette.thread);
}

fn rules(ui: &mut Ui, scene: Scene<'_>, dates: &[DatesOf<'_>]) {
    let catalogue = scene.session.catalogue();
    let partnership = scene.session.register().partnership();
    let place = partnership.and_then(|partnership| partnership.local_rules.as_deref());
    card(ui, |ui| {
        widgets::heading(ui, "What the timescale rules say");
        caption(
            ui,
            "Working days are counted both ways: from the day after, and with the first day as day 1. A timescale met is not yet good practice.",
        );
        for reading in timeline::readings(&scene.open.tool, dates, catalogue, place) {
            ui.push_id(&reading.rule.id, |ui| rule(ui, &reading));
            ui.add_space(space::TIGHT);
        }
    });
}

fn rule(ui: &mut Ui, reading: &RuleReading<'_>) {
    let (tone, icon, word) = match reading.reading.outcome {
        Outcome::Met => (Tone::Good, icons::DONE, "Met"),
        Outcome::Missed => (Tone::Poor, icons::ATTENTION, "Missed"),
        Outcome::OneConventionOnly => (Tone::Mixed, icons::BEGUN, "Met under one counting only"),
        Outcome::NoLimit => (Tone::Neutral, icons::INFO, "No limit"),
        Outcome::CannotCompute(_) => (Tone::Neutral, icons::NOT_APPLICABLE, "Cannot be computed"),
    };
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.horizontal_wrapped(|ui| {
        badge(ui, tone, icon, word);
        ui.label(widgets::strong(&reading.rule.title));
    });
    hint(ui, &in_words(reading));
}

/// "Statutory, limit 15 working days, took 19 days (13 working days)."
fn in_words(reading: &RuleReading<'_>) -> String {
    let kind = reading.rule.kind.label();
    let limit = reading.limit.map(Limit::words);
    let limit = limit.map_or_else(
        || "no limit in force".to_owned(),
        |limit| format!("limit {limit}"),
    );
    let result = match (&reading.reading.outcome, reading.reading.days) {
        (Outcome::CannotCompute(why), _) => format!("cannot be computed: {why}"),
        (_, Some(days)) => {
            let working = reading.reading.working_days;
            let working =
                working.map_or_else(String::new, |count| format!(" ({count} working days)"));
            format!("took {days} days{working}")
        }
        (_, None) => String::new(),
    };
    match (&reading.reading.outcome, reading.limit) {
        // Without a start there is no day on which a limit was in force.
        (Outcome::CannotCompute(_), None) => format!("{kind}; {result}."),
        _ => format!("{kind}; {limit}; {result}."),
    }
}
