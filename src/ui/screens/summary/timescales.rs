//! Timescales: rule by rule, the three kinds apart, the cases behind each count.

use egui::Ui;

use super::super::behind::{Number, Place, What};
use super::Part;
use crate::analysis::timescales::RuleSummary;
use crate::domain::id::RecordId;
use crate::domain::timescale::{Outcome, Reading, RuleKind};
use crate::ui::theme::space;
use crate::ui::widgets::{self, caption, card, hint, number_link, small_number};

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
        let rules = part.timescales().iter();
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

const MET: CaseCount = ("met", |rule| rule.met, |outcome| *outcome == Outcome::Met);

/// Shown where any case has a verdict.
const OTHER_VERDICTS: [CaseCount; 2] = [
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
];

const CANNOT_COMPUTE: CaseCount = (
    "cannot be computed",
    |rule| rule.cannot_compute,
    |outcome| matches!(outcome, Outcome::CannotCompute(_)),
);

const NO_LIMIT: CaseCount = (
    "without a limit to hold it to",
    |rule| rule.no_limit,
    |outcome| *outcome == Outcome::NoLimit,
);

fn row(ui: &mut Ui, part: &mut Part<'_>, rule: &RuleSummary) {
    let title = format!("{}  {}", rule.rule, rule.title_with_limit());
    ui.add(egui::Label::new(widgets::strong(&title)).wrap());
    ui.horizontal_wrapped(|ui| {
        if rule.with_verdict() > 0 {
            let met = format!("met {} of {}", rule.met, rule.with_verdict());
            cases_link(ui, part, rule, &met, MET);
            for own in OTHER_VERDICTS {
                counted_link(ui, part, rule, own);
            }
        }
        counted_link(ui, part, rule, CANNOT_COMPUTE);
        if rule.no_limit > 0 {
            counted_link(ui, part, rule, NO_LIMIT);
        }
    });
    days(ui, part, rule);
    ui.separator();
}

/// "2 missed"
fn counted_link(ui: &mut Ui, part: &mut Part<'_>, rule: &RuleSummary, own: CaseCount) {
    let (words, count, _) = own;
    let shown = format!("{} {words}", count(rule));
    cases_link(ui, part, rule, &shown, own);
}

fn cases_link(
    ui: &mut Ui,
    part: &mut Part<'_>,
    rule: &RuleSummary,
    shown: &str,
    (words, count, takes): CaseCount,
) {
    let name = format!("{}: {shown}", rule.rule);
    if number_link(ui, shown, &name, count(rule) > 0) {
        let places = cases(part, rule, &rule.readings, |reading| {
            takes(&reading.outcome)
        });
        let number = Number::of_places(format!("{}: {words}", rule.rule), What::Cases, places);
        part.number = Some(number.about(&rule.title));
    }
}

/// How long it took, in what the limit counts, with the cases from the shortest to the longest.
fn days(ui: &mut Ui, part: &mut Part<'_>, rule: &RuleSummary) {
    let (Some(length), Some(days)) = (rule.length_words(), rule.days) else {
        caption(ui, "No case has both dates");
        return;
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 16.0;
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        caption(ui, &format!("{length}, over"));
        let words = match days.cases {
            1 => "1 case with both dates".to_owned(),
            count => format!("{count} cases with both dates"),
        };
        if small_number(ui, &words, &format!("{}: {words}", rule.rule), true) {
            let mut readings = rule.readings.clone();
            readings.sort_by_key(|(_, reading)| reading.days);
            let places = cases(part, rule, &readings, |reading| reading.days.is_some());
            let number = Number::of_places(format!("{}: {words}", rule.rule), What::Cases, places);
            part.number = Some(number.about("From the fewest days to the most"));
        }
    });
}

fn cases(
    part: &Part<'_>,
    rule: &RuleSummary,
    readings: &[(RecordId, Reading)],
    takes: impl Fn(&Reading) -> bool,
) -> Vec<Place> {
    let wanted = readings.iter().filter(|(_, reading)| takes(reading));
    wanted
        .map(|(case, reading)| Place {
            note: reading_words(rule, reading),
            tone: widgets::verdict_sign(&reading.outcome).0,
            ..part.place(*case, None)
        })
        .collect()
}

/// "8 working days (12 days)", or why it cannot be computed.
fn reading_words(rule: &RuleSummary, reading: &Reading) -> String {
    match reading.outcome {
        Outcome::CannotCompute(why) => why.to_owned(),
        _ => reading.length_words(Some(rule.unit)),
    }
}
