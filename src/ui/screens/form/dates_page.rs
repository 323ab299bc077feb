//! The key dates, and what the timescale rules say to them.

use egui::Ui;

use super::{DateKey, FormScreen, Scene};
use crate::domain::timescale::{Outcome, Rule};
use crate::domain::tool::KeyDateField;
use crate::session::OpenForm;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, badge, caption, card, hint};

/// The key dates this agency is asked for.
pub(super) fn asked_dates(open: &OpenForm) -> Vec<&KeyDateField> {
    let dates = open.tool.key_dates.iter();
    dates.filter(|date| date.is_for(&open.agency)).collect()
}

/// What the rules with these ids say to the dates on this form: only rules both of whose dates
/// this agency is asked for.
pub(super) fn readings<'a>(scene: Scene<'a>, ids: &[String]) -> Vec<(&'a Rule, String, Tone)> {
    let catalogue = scene.session.catalogue();
    let asked = asked_dates(scene.open);
    let is_asked = |id: &str| asked.iter().any(|date| date.id == id);
    let rules = ids.iter().filter_map(|id| catalogue.rule(id));
    let usable = rules.filter(|rule| is_asked(&rule.from) && is_asked(&rule.to));
    usable.map(|rule| read(scene, rule)).collect()
}

fn read<'a>(scene: Scene<'a>, rule: &'a Rule) -> (&'a Rule, String, Tone) {
    let dates = &scene.open.content.dates;
    let place = scene
        .session
        .register()
        .partnership()
        .and_then(|p| p.local_rules.as_deref());
    let start = dates.get(&rule.from).copied();
    let reading = rule.read(
        start,
        dates.get(&rule.to).copied(),
        place,
        &scene.session.catalogue().calendar,
    );
    let limit = start
        .and_then(|start| rule.limit_on(start, place))
        .map(crate::domain::timescale::Limit::words);
    let took = match (reading.working_days, reading.days) {
        (Some(working), Some(days)) => format!("{days} days ({working} working days)"),
        _ => String::new(),
    };
    let of = limit
        .map(|limit| format!(", limit {limit}"))
        .unwrap_or_default();
    let kind = rule.kind.label().to_lowercase();
    let (words, tone) = match reading.outcome {
        Outcome::Met => (format!("Met: {took}{of} ({kind})."), Tone::Good),
        Outcome::Missed => (format!("Missed: {took}{of} ({kind})."), Tone::Poor),
        Outcome::OneConventionOnly => (
            format!("Met under one way of counting only: {took}{of} ({kind})."),
            Tone::Mixed,
        ),
        Outcome::NoLimit => (
            format!("{took}; there is no limit to hold it to."),
            Tone::Neutral,
        ),
        Outcome::CannotCompute(why) => (format!("Cannot be computed: {why}."), Tone::Neutral),
    };
    (rule, words, tone)
}

impl FormScreen {
    pub(super) fn dates_page(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        widgets::title(ui, "Key dates");
        hint(
            ui,
            "As your own record gives them. Leave out what your record does not show: a missing date is never counted as a missed timescale.",
        );
        ui.add_space(space::NEAR);
        card(ui, |ui| {
            ui.add_enabled_ui(scene.editable(), |ui| self.date_fields(ui, scene, acts));
        });
        ui.add_space(space::NEAR);
        timescales(ui, scene);
        ui.add_space(space::NEAR);
        self.onward(ui, scene);
        ui.add_space(space::PART);
    }

    fn date_fields(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        let asked = asked_dates(scene.open);
        widgets::columns(ui, &[1.0, 1.0], |ui, column| {
            // Down the first column, then down the second: the order of the keyboard too.
            let half = asked.len().div_ceil(2);
            for date in asked.iter().skip(column * half).take(half) {
                let key = DateKey::Key(date.id.clone());
                let kept = key.kept(scene.open);
                let field = self.dates.entry(key.clone()).or_default();
                let changed = ui
                    .push_id(&date.id, |ui| field.show(ui, &date.label, &date.hint, kept))
                    .inner;
                ui.add_space(space::NEAR);
                if let Some(new) = changed {
                    acts.push(scene.act(key.command(new)));
                }
            }
        });
    }
}

fn timescales(ui: &mut Ui, scene: Scene<'_>) {
    let all: Vec<String> = scene
        .session
        .catalogue()
        .rules
        .iter()
        .map(|rule| rule.id.clone())
        .collect();
    let readings = readings(scene, &all);
    if readings.is_empty() {
        return;
    }
    card(ui, |ui| {
        widgets::heading(ui, "What the timescale rules say");
        for (rule, words, tone) in readings {
            ui.push_id(&rule.id, |ui| {
                ui.horizontal_wrapped(|ui| {
                    let (icon, word) = match tone {
                        Tone::Good => (icons::DONE, "Met"),
                        Tone::Poor => (icons::ATTENTION, "Missed"),
                        Tone::Mixed => (icons::BEGUN, "One way only"),
                        _ => (icons::NOT_APPLICABLE, "No verdict"),
                    };
                    badge(ui, tone, icon, word);
                    ui.label(widgets::strong(&rule.title));
                });
                caption(ui, &words);
            });
        }
    });
}
