//! Timescales: rule by rule, the three kinds apart, the cases behind each count.

use egui::Ui;

use super::super::behind::{Number, Place};
use super::Part;
use crate::analysis::timescales::RuleSummary;
use crate::domain::timescale::{Outcome, RuleKind};
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, caption, card, hint, number_link};

/// Draws the page.
pub(super) fn show(ui: &mut Ui, part: &mut Part<'_>) {
    widgets::heading(ui, "Timescales");
    hint(
        ui,
        "Statutory, local and indicative rules stand apart and are never added up. Meeting a timescale says nothing about quality. Choose a count to see its cases.",
    );
    ui.add_space(space::TIGHT);
    let mut any = false;
    for kind in [RuleKind::Statutory, RuleKind::Local, RuleKind::Indicative] {
        let rules = part.counted.timescales.iter();
        let own: Vec<&RuleSummary> = rules.filter(|rule| rule.kind == kind).collect();
        if own.is_empty() {
            continue;
        }
        any = true;
        card(ui, |ui| {
            widgets::heading(ui, kind.label());
            for rule in own {
                ui.push_id(&rule.rule, |ui| row(ui, part, rule));
                ui.add_space(space::TIGHT);
            }
        });
        ui.add_space(space::NEAR);
    }
    if !any {
        hint(
            ui,
            "The tool of this audit asks for no dates that a rule needs.",
        );
    }
}

/// A count of cases: its words, the count, and the outcomes it takes.
type CaseCount = (
    &'static str,
    fn(&RuleSummary) -> usize,
    fn(&Outcome) -> bool,
);

const COUNTS: [CaseCount; 5] = [
    ("met", |rule| rule.met, |outcome| *outcome == Outcome::Met),
    (
        "missed",
        |rule| rule.missed,
        |outcome| *outcome == Outcome::Missed,
    ),
    (
        "met under one way of counting only",
        |rule| rule.one_convention_only,
        |outcome| *outcome == Outcome::OneConventionOnly,
    ),
    (
        "cannot be computed",
        |rule| rule.cannot_compute,
        |outcome| matches!(outcome, Outcome::CannotCompute(_)),
    ),
    (
        "without a limit to hold it to",
        |rule| rule.no_limit,
        |outcome| *outcome == Outcome::NoLimit,
    ),
];

fn row(ui: &mut Ui, part: &mut Part<'_>, rule: &RuleSummary) {
    let title = format!("{}  {}", rule.rule, rule.title);
    ui.add(egui::Label::new(widgets::strong(&title)).wrap());
    ui.horizontal_wrapped(|ui| {
        for (words, count, takes) in COUNTS {
            let count = count(rule);
            let hidden = match words {
                "without a limit to hold it to" => count == 0,
                "met" | "missed" | "met under one way of counting only" => rule.with_verdict() == 0,
                _ => false,
            };
            if hidden {
                continue;
            }
            let shown = match words {
                "met" => format!("{words} {count} of {}", rule.with_verdict()),
                _ => format!("{count} {words}"),
            };
            if number_link(ui, &shown, &format!("{}: {shown}", rule.rule), count > 0) {
                let places = cases(part, rule, takes);
                let number = Number::of_places(format!("{}: {words}", rule.rule), places);
                part.number = Some(number.about(&rule.title));
            }
        }
    });
    let days = match rule.days {
        Some(days) => format!(
            "Median {} days, from {} to {}, over {} cases with both dates",
            days.median, days.shortest, days.longest, days.cases
        ),
        None => "No case has both dates".into(),
    };
    caption(ui, &days).on_hover_text("Calendar days");
    ui.separator();
}

fn cases(part: &Part<'_>, rule: &RuleSummary, takes: fn(&Outcome) -> bool) -> Vec<Place> {
    let register = part.session.register();
    let readings = rule.readings.iter();
    let wanted = readings.filter(|(_, reading)| takes(&reading.outcome));
    wanted
        .map(|(case, reading)| {
            let known = register.cases.get(case);
            let days = reading.days.map(|days| format!("{days} days"));
            let working = reading
                .working_days
                .map(|days| format!("{days} working days"));
            let why = match reading.outcome {
                Outcome::CannotCompute(why) => Some(why.to_owned()),
                _ => None,
            };
            let note: Vec<String> = [days, working, why].into_iter().flatten().collect();
            Place {
                words: known.map_or_else(String::new, |case| case.reference.clone()),
                note: note.join(", "),
                tone: match reading.outcome {
                    Outcome::Met => Tone::Good,
                    Outcome::Missed => Tone::Poor,
                    Outcome::OneConventionOnly => Tone::Mixed,
                    _ => Tone::Neutral,
                },
                to: Route::Panel(*case),
            }
        })
        .collect()
}
