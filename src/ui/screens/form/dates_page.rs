//! The key dates, and what the timescale rules say to them.

use egui::Ui;

use super::{DateKey, FormScreen, Scene};
use crate::domain::timescale::{Applied, Outcome, Rule};
use crate::domain::tool::KeyDateField;
use crate::session::OpenForm;
use crate::ui::act::Act;
use crate::ui::theme::space;
use crate::ui::widgets::{self, card, hint};

/// The key dates this agency is asked for.
pub(super) fn asked_dates(open: &OpenForm) -> Vec<&KeyDateField> {
    let dates = open.tool.key_dates.iter();
    dates.filter(|date| date.is_for(&open.agency)).collect()
}

/// What a rule says to the dates on this form, and why.
pub(super) struct Read<'a> {
    pub(super) rule: &'a Rule,
    pub(super) outcome: Outcome,
    pub(super) sentences: Vec<String>,
}

/// What the rules with these ids say to the dates on this form: only rules both of whose dates
/// this agency is asked for.
pub(super) fn readings<'a>(scene: Scene<'a>, ids: &[String]) -> Vec<Read<'a>> {
    let catalogue = scene.session.catalogue();
    let asked = asked_dates(scene.open);
    let field = |id: &str| asked.iter().find(|date| date.id == id).copied();
    let rules = ids.iter().filter_map(|id| catalogue.rule(id));
    let usable = rules.filter_map(|rule| Some((rule, field(&rule.from)?, field(&rule.to)?)));
    usable
        .map(|(rule, from, to)| read(scene, rule, [from, to]))
        .collect()
}

fn read<'a>(scene: Scene<'a>, rule: &'a Rule, fields: [&KeyDateField; 2]) -> Read<'a> {
    let [from, to] = fields.map(|field| scene.open.content.dates.get(&field.id).copied());
    let partnership = scene.session.register().partnership();
    let place = partnership.and_then(|partnership| partnership.local_rules.as_deref());
    let calendar = &scene.session.catalogue().calendar;
    let reading = rule.read(from, to, place, calendar);
    let missing = fields.into_iter().zip([from, to]);
    let mut missing = missing.filter(|(_, date)| date.is_none());
    let because = missing
        .next()
        .map(|(field, _)| format!("no date for “{}”", field.label));
    let applied = Applied {
        rule,
        reading: &reading,
        start: from,
        place,
        calendar,
        because,
    };
    Read {
        rule,
        sentences: applied.sentences(),
        outcome: reading.outcome,
    }
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
        for read in readings {
            ui.push_id(&read.rule.id, |ui| {
                widgets::verdict(ui, &read.rule.title, &read.outcome, &read.sentences);
                ui.add_space(space::TIGHT);
            });
        }
    });
}
