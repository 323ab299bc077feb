//! The case's timeline: key dates in order with who gave them, and what each timescale rule says.

use egui::Ui;

use super::{PanelScreen, Scene};
use crate::analysis::timeline::{self, CaseDates, Moment, RuleReading};
use crate::domain::dates::written_date;
use crate::domain::timescale::Applied;
use crate::ui::act::Act;
use crate::ui::theme::{Palette, space};
use crate::ui::widgets::{self, caption, card, hint};

/// Below this width (in points) dates and rules stand one below the other.
const WIDE: f32 = 900.0;

impl PanelScreen {
    pub(super) fn timeline_page(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        let dates = scene.open.dates(scene.session.register());
        if ui.available_width() > WIDE {
            widgets::columns(ui, &[1.0, 1.0], |ui, column| match column {
                0 => self.dates_column(ui, scene, &dates, acts),
                _ => rules(ui, scene, &dates),
            });
        } else {
            self.dates_column(ui, scene, &dates, acts);
            ui.add_space(space::NEAR);
            rules(ui, scene, &dates);
        }
    }

    fn dates_column(
        &mut self,
        ui: &mut Ui,
        scene: Scene<'_>,
        dates: &CaseDates<'_>,
        acts: &mut Vec<Act>,
    ) {
        self.dates_that_differ(ui, scene, dates, acts);
        card(ui, |ui| {
            widgets::heading(ui, "Key dates in order");
            caption(
                ui,
                "As the submitted forms give them, or as the panel agreed them.",
            );
            let moments = timeline::moments(&scene.open.tool, dates);
            if moments.is_empty() {
                hint(ui, "No agency gives a key date.");
            }
            for moment in &moments {
                ui.push_id(&moment.field.id, |ui| {
                    on_thread(ui, |ui| self.date_in_order(ui, scene, moment, acts));
                });
                ui.add_space(space::TIGHT);
            }
        });
        ui.add_space(space::NEAR);
        self.dates_nobody_gives(ui, scene, dates);
    }
}

/// Draws one key date at the thread that runs down the page.
fn on_thread(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let palette = Palette::of(ui.ctx());
    let shown = ui.horizontal_top(|ui| {
        ui.add_space(22.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            contents(ui);
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

/// "25/02/2020: Social care, Police"
pub(super) fn given_line(scene: Scene<'_>, given: &(chrono::NaiveDate, Vec<&str>)) -> String {
    let who: Vec<&str> = given.1.iter().map(|code| scene.agency(code)).collect();
    format!("{}: {}", written_date(given.0), who.join(", "))
}

fn rules(ui: &mut Ui, scene: Scene<'_>, dates: &CaseDates<'_>) {
    let catalogue = scene.session.catalogue();
    let readings = timeline::readings(&scene.open.tool, dates, catalogue, place(scene));
    let missing = |reading: &RuleReading<'_>| {
        let either = [&reading.from, &reading.to];
        either.into_iter().any(Moment::is_missing)
    };
    let (missing, read): (Vec<_>, Vec<_>) = readings.into_iter().partition(missing);
    card(ui, |ui| {
        widgets::heading(ui, "What the timescale rules say");
        caption(
            ui,
            "Working days are counted both ways. Statutory, local and indicative limits are never added up, and a timescale met is not yet good practice.",
        );
        for reading in &read {
            ui.push_id(&reading.rule.id, |ui| rule(ui, scene, reading));
            ui.add_space(space::NEAR);
        }
        if !missing.is_empty() {
            ui.label(widgets::strong("Cannot be computed: a date is missing"));
        }
        for reading in &missing {
            let why = reading.because(scene.session.register());
            let kind = reading.rule.kind.label().to_lowercase();
            let title = &reading.rule.title;
            hint(
                ui,
                &format!("{title} ({kind}): {}.", why.unwrap_or_default()),
            );
        }
    });
}

fn place(scene: Scene<'_>) -> Option<&str> {
    let partnership = scene.session.register().partnership();
    partnership.and_then(|partnership| partnership.local_rules.as_deref())
}

fn rule(ui: &mut Ui, scene: Scene<'_>, reading: &RuleReading<'_>) {
    let applied = Applied {
        rule: reading.rule,
        reading: &reading.reading,
        start: reading.from.counts().flatten(),
        place: place(scene),
        calendar: &scene.session.catalogue().calendar,
        because: reading.because(scene.session.register()),
    };
    let outcome = &reading.reading.outcome;
    widgets::verdict(ui, &reading.rule.title, outcome, &applied.sentences());
}
