//! The parts of the summary around its tables.

use egui::{Grid, Ui};

use super::super::marked::marked;
use super::{Counted, Number, SummaryScreen, grades, questions};
use crate::analysis::Filter;
use crate::analysis::agreement::Agreement;
use crate::analysis::interval::share;
use crate::analysis::timescales::RuleSummary;
use crate::domain::score::count_words;
use crate::domain::timescale::RuleKind;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Palette, Tone, size, space};
use crate::ui::widgets::{self, HeatCell, badge, caption, card, hint};

impl SummaryScreen {
    pub(super) fn parts(&mut self, ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
        let Some((key, counted)) = self.counted.take() else {
            return;
        };
        let mut number = None;
        let coverage = |ui: &mut Ui| drop(card(ui, |ui| covered(ui, session, &counted)));
        let overall = |ui: &mut Ui| {
            drop(card(ui, |ui| {
                grades::overall(ui, session, &counted.summary);
            }));
        };
        if ui.available_width() > 1000.0 {
            widgets::columns(ui, &[0.4, 0.6], |ui, at| {
                if at == 0 { coverage(ui) } else { overall(ui) }
            });
        } else {
            coverage(ui);
            overall(ui);
        }
        ui.add_space(space::NEAR);
        card(ui, |ui| {
            themes(ui, session, &counted, &self.filter, &mut number);
        });
        ui.add_space(space::NEAR);
        card(ui, |ui| hypotheses(ui, session, key.2));
        ui.add_space(space::NEAR);
        card(ui, |ui| rules(ui, &counted.timescales));
        ui.add_space(space::NEAR);
        card(ui, |ui| agreed(ui, &counted.agreement));
        ui.add_space(space::NEAR);
        card(ui, |ui| marked(ui, session, key.2, acts));
        ui.add_space(space::NEAR);
        questions::tables(ui, session, &counted.summary, &self.filter, &mut number);
        self.counted = Some((key, counted));
        if let Some(number) = number {
            self.look_behind(number);
        }
    }
}

fn covered(ui: &mut Ui, session: &Session, counted: &Counted) {
    let coverage = &counted.coverage;
    widgets::heading(ui, "Coverage");
    let whole = coverage.whole;
    ui.horizontal_wrapped(|ui| {
        let words = format!(
            "{} submitted of {} expected",
            whole.submitted, whole.expected
        );
        badge(ui, Tone::Good, icons::DONE, &words);
        if whole.outstanding > 0 {
            badge(
                ui,
                Tone::Poor,
                icons::CLOCK,
                &format!("{} outstanding", whole.outstanding),
            );
        }
    });
    let others = format!(
        "{} not known to the agency, {} declined",
        whole.not_known, whole.declined
    );
    caption(ui, &others);
    Grid::new("coverage")
        .num_columns(5)
        .spacing([18.0, 4.0])
        .striped(true)
        .show(ui, |ui| {
            for head in [
                "Agency",
                "Submitted",
                "Not known",
                "Declined",
                "Outstanding",
            ] {
                caption(ui, head);
            }
            ui.end_row();
            for (code, agency) in &coverage.by_agency {
                ui.label(session.register().agency_short(code));
                ui.label(format!("{} of {}", agency.submitted, agency.expected));
                for count in [agency.not_known, agency.declined, agency.outstanding] {
                    let text = egui::RichText::new(count.to_string());
                    ui.label(if count == 0 { text.weak() } else { text });
                }
                ui.end_row();
            }
        });
}

fn themes(
    ui: &mut Ui,
    session: &Session,
    counted: &Counted,
    filter: &Filter,
    number: &mut Option<Number>,
) {
    widgets::heading(ui, "Themes");
    hint(
        ui,
        "Answers that speak well of practice, out of all that count. Choose a number to see the answers behind it.",
    );
    let themes = &counted.summary.themes;
    let count = if ui.available_width() > 700.0 { 2 } else { 1 };
    let rows = themes.len().div_ceil(count);
    widgets::columns(ui, &[1.0, 1.0][..count], |ui, column| {
        for heading in themes.iter().skip(column * rows).take(rows) {
            let name = session
                .catalogue()
                .theme(&heading.id)
                .map_or(heading.id.as_str(), |theme| theme.name.as_str());
            ui.push_id(&heading.id, |ui| {
                ui.horizontal(|ui| {
                    let cell = HeatCell {
                        place: name,
                        count: Some((heading.favourable, heading.scored)),
                        chosen: false,
                    };
                    if cell.show(ui, egui::vec2(104.0, 42.0)).clicked() {
                        *number = Some(Number {
                            title: name.to_owned(),
                            question: None,
                            filter: Filter {
                                theme: Some(heading.id.clone()),
                                ..filter.clone()
                            },
                        });
                    }
                    ui.vertical(|ui| {
                        ui.add(egui::Label::new(name).wrap());
                        let percent = share(heading.favourable, heading.scored);
                        let percent = percent
                            .map(|share| format!(" · {}, 95 % interval", share.words()))
                            .unwrap_or_default();
                        caption(
                            ui,
                            &format!("{} not evidenced{percent}", heading.not_evidenced),
                        );
                    });
                });
            });
        }
    });
}

fn hypotheses(ui: &mut Ui, session: &Session, audit: crate::domain::id::RecordId) {
    widgets::heading(ui, "Hypotheses");
    let hypotheses = session.register().hypotheses_of(audit);
    if hypotheses.is_empty() {
        hint(ui, "This audit set out to test no particular statement.");
    }
    for (id, hypothesis) in hypotheses {
        ui.push_id(id, |ui| {
            ui.horizontal_top(|ui| {
                caption(ui, &hypothesis.code);
                ui.vertical(|ui| {
                    ui.add(egui::Label::new(&hypothesis.text).wrap());
                    match hypothesis.verdict {
                        Some(verdict) => {
                            drop(badge(ui, Tone::Neutral, icons::TICK, verdict.label()));
                        }
                        None => drop(caption(ui, "No verdict yet")),
                    }
                    if !hypothesis.rationale.is_empty() {
                        hint(ui, &hypothesis.rationale);
                    }
                });
            });
        });
    }
}

fn rules(ui: &mut Ui, rules: &[RuleSummary]) {
    widgets::heading(ui, "Timescales");
    hint(
        ui,
        "Statutory, local and indicative rules stand apart and are never added up. Meeting a timescale says nothing about quality.",
    );
    for kind in [RuleKind::Statutory, RuleKind::Local, RuleKind::Indicative] {
        let own: Vec<_> = rules.iter().filter(|rule| rule.kind == kind).collect();
        if own.is_empty() {
            continue;
        }
        ui.label(widgets::strong(kind.label()).size(size::SMALL));
        Grid::new(kind.label())
            .num_columns(5)
            .spacing([16.0, 6.0])
            .striped(true)
            .show(ui, |ui| {
                for rule in own {
                    rule_row(ui, rule);
                    ui.end_row();
                }
            });
    }
}

fn rule_row(ui: &mut Ui, rule: &RuleSummary) {
    ui.horizontal(|ui| {
        ui.set_min_width(270.0);
        ui.set_max_width(270.0);
        ui.add(egui::Label::new(format!("{} {}", rule.rule, rule.title)).wrap());
    });
    if rule.with_verdict() > 0 {
        ui.label(format!(
            "met {}",
            count_words(rule.met, rule.with_verdict())
        ));
        ui.label(format!(
            "{} one way of counting only",
            rule.one_convention_only
        ));
    } else {
        ui.label("no limit to hold it to");
        ui.label("");
    }
    ui.label(format!("{} cannot be computed", rule.cannot_compute));
    match rule.days {
        Some(days) => ui.label(format!(
            "median {} days ({} to {})",
            days.median, days.shortest, days.longest
        )),
        None => ui.label(""),
    };
}

fn agreed(ui: &mut Ui, agreement: &Agreement) {
    let palette = Palette::of(ui.ctx());
    widgets::heading(ui, "Agreement between agencies");
    if agreement.pairs == 0 {
        hint(ui, "No question of any case was answered by two agencies.");
        return;
    }
    ui.label(format!(
        "{} pairs of answers to the same question of the same case: {} the same, {} one step apart, {} further.",
        agreement.pairs, agreement.same, agreement.adjacent, agreement.further
    ));
    let alpha = match agreement.alpha {
        Ok(alpha) => format!(
            "Krippendorff's alpha over the grades: {alpha:.2} (1 is full agreement, 0 what chance would give)."
        ),
        Err(why) => format!("Krippendorff's alpha: {}.", why.words()),
    };
    ui.colored_label(palette.soft_text, alpha);
}
