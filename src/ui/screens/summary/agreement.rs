//! Agreement between auditors: by question, those that people read differently first, and by pair of
//! agencies; the answers side by side behind each count.

use std::sync::Arc;

use egui::{Grid, Ui};

use super::super::behind::{Number, Place, What, given_words};
use super::Part;
use crate::analysis::agreement::{
    Agreement, Alphas, Apart, FEWEST_UNITS, Found, NoAlpha, Over, Pair, Pairs, Samples, agreement,
    pairs, units_behind,
};
use crate::analysis::interval::ABOUT_THE_SAME_CHILDREN;
use crate::analysis::{AuditFacts, Behind, Filter};
use crate::domain::id::RecordId;
use crate::domain::score::written_count;
use crate::domain::tool::{Kind, Tool};
use crate::ui::act::Act;
use crate::ui::theme::{Tone, size, space};
use crate::ui::widgets::{self, caption, card, hint, number_link};

/// The agencies' answers compared, and what the alphas are worked out of.
pub(super) struct Compared {
    found: Agreement,
    samples: Arc<Samples>,
    /// Over few answers these are all.
    at_once: Alphas,
}

impl Compared {
    pub(super) fn of(facts: &AuditFacts, filter: &Filter) -> Self {
        let (found, samples) = agreement(facts, filter);
        Self {
            found,
            at_once: samples.at_once(),
            samples: Arc::new(samples),
        }
    }
}

impl Part<'_> {
    /// The alpha over this; `None` while it is not worked out.
    fn alpha(&self, over: &Over) -> Option<Found> {
        let at_once = self.compared().at_once.over(over);
        at_once.or_else(|| self.session.alphas(self.audit, self.filter)?.over(over))
    }

    /// How many alphas there are, and how many of them are worked out.
    fn how_many_alphas(&self) -> (usize, usize) {
        let all = self.compared().samples.each();
        let done = all.iter().filter(|own| self.alpha(&own.over).is_some());
        (all.len(), done.count())
    }

    /// Has the worker work out what is not there at once.
    fn ask_for_alphas(&mut self) {
        let compared = self.compared();
        let all_there = compared.at_once.count() == compared.samples.each().len();
        if !all_there && self.session.alphas(self.audit, self.filter).is_none() {
            let (filter, samples) = (self.filter.clone(), Arc::clone(&compared.samples));
            let act = Act::WorkOutAlphas(self.audit, Box::new(filter), samples);
            self.acts.push(act);
        }
    }
}

/// Draws the page.
pub(super) fn show(ui: &mut Ui, part: &mut Part<'_>) {
    let found = &part.compared().found;
    let Some(tool) = part.session.register().tool_of(part.audit) else {
        return;
    };
    widgets::heading(ui, "Agreement between agencies");
    if found.pairs.all == 0 {
        hint(ui, "No question of any case was answered by two agencies.");
        return;
    }
    part.ask_for_alphas();
    card(ui, |ui| whole(ui, part, tool, found));
    ui.add_space(space::NEAR);
    card(ui, |ui| by_question(ui, part, tool));
    ui.add_space(space::NEAR);
    card(ui, |ui| by_agencies(ui, part, tool));
    ui.add_space(space::NEAR);
    card(ui, |ui| not_covered(ui, part, tool));
}

/// All questions together.
fn whole(ui: &mut Ui, part: &mut Part<'_>, tool: &Tool, found: &Agreement) {
    let place = "Every question covered";
    counts(ui, part, tool, place, found.pairs, |_| true);
    caption(
        ui,
        &format!(
            "A pair is two agencies' answers to the same question about the same child. They come from {}, on {} questions with one answer each: the more agencies answer, the more pairs. Agencies see different parts of a child's life: to differ is not to be wrong.",
            match part.counted.summary.cases {
                1 => "1 case".to_owned(),
                cases => format!("{cases} cases"),
            },
            found.covered.len()
        ),
    );
    ui.add_space(space::TIGHT);
    for (words, kind, over) in [
        ("Grades, all together (ordinal)", Kind::Grade, Over::Grades),
        (
            "Yes, partly, no, all together (nominal)",
            Kind::YesPartlyNo,
            Over::YesPartlyNo,
        ),
    ] {
        let label = format!("{words}: {}", alpha_words(part, &over));
        alpha_line(ui, part, tool, (words, &label), &over, |_, own| own == kind);
    }
    caption(
        ui,
        &format!(
            "Krippendorff's alpha: 1 is full agreement, 0 what chance would give. In brackets its 95 % interval. A set of answers is what two agencies or more answered to one question about one child; alpha is given from {FEWEST_UNITS} sets on. {ABOUT_THE_SAME_CHILDREN}"
        ),
    );
    how_far(ui, part);
}

/// How far the alphas are worked out, then where their intervals come from: always one line, so that
/// nothing moves. Read out when it begins and when it is done, not at every step.
fn how_far(ui: &mut Ui, part: &Part<'_>) {
    let (all, done) = part.how_many_alphas();
    let (shown, heard) = if done < all {
        let working = "Working out alpha and its intervals…";
        (format!("{working} {done} / {all} done"), working)
    } else {
        let drawn = "Each interval comes from drawing the same answers anew 1,000 times.";
        (drawn.to_owned(), drawn)
    };
    let line = caption(ui, &shown);
    line.ctx.accesskit_node_builder(line.id, |node| {
        node.set_label(heard);
        node.set_value(heard);
        node.set_live(egui::accesskit::Live::Polite);
    });
}

/// "alpha 0.41 (0.28 to 0.53)", or why there is none.
fn alpha_words(part: &Part<'_>, over: &Over) -> String {
    match part.alpha(over) {
        Some(Err(NoAlpha::TooFew)) => {
            let units = part.compared().samples.units(over);
            format!("alpha: too few to say, {units} of the {FEWEST_UNITS} sets of answers it takes")
        }
        Some(Ok(alpha)) => format!("alpha {}", alpha.words()),
        Some(Err(why)) => format!("alpha: {}", why.words()),
        None => "alpha: working it out…".to_owned(),
    }
}

/// Alpha and what it rests on, to look behind.
fn alpha_line(
    ui: &mut Ui,
    part: &mut Part<'_>,
    tool: &Tool,
    (place, words): (&str, &str),
    over: &Over,
    takes: impl Fn(&str, Kind) -> bool,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        ui.label(words);
        // What it rests on is known before it is worked out.
        if part.alpha(over).is_some_and(|found| found.is_err()) {
            return;
        }
        let units = part.compared().samples.units(over);
        let over = format!("over {units} sets of answers");
        if number_link(ui, &over, &format!("{place}: {over}"), true) {
            let units = units_behind(part.facts, part.filter, takes).into_iter();
            let places = units.map(|unit| {
                let apart = said_apart(&unit.answers);
                answered(
                    part,
                    tool,
                    (unit.case, &unit.question),
                    &unit.answers,
                    apart,
                )
            });
            let number = Number::of_places(place, What::Questions, places.collect());
            part.number = Some(number.about("Every agency's answer to each"));
        }
    });
}

/// Whether all gave the same answer.
fn said_apart(answers: &[Behind]) -> Tone {
    let same = answers.windows(2).all(|two| two[0].picked == two[1].picked);
    if same { Tone::Good } else { Tone::Mixed }
}

/// "41 pairs: 20 the same, 12 one step apart, 9 further apart", each to look behind.
fn counts(
    ui: &mut Ui,
    part: &mut Part<'_>,
    tool: &Tool,
    place: &str,
    counted: Pairs,
    takes: impl Fn(&Pair) -> bool,
) {
    ui.horizontal_wrapped(|ui| {
        let all = format!("{} pairs", written_count(counted.all));
        let spoken = format!("{place}: {} pairs", counted.all);
        let mut wanted = number_link(ui, &all, &spoken, true).then_some(None);
        for (apart, count) in [
            (Apart::Same, counted.same),
            (Apart::Adjacent, counted.adjacent),
            (Apart::Further, counted.further),
        ] {
            let words = format!("{} {}", written_count(count), apart.words());
            let spoken = format!("{place}: {count} {}", apart.words());
            if number_link(ui, &words, &spoken, count > 0) {
                wanted = Some(Some(apart));
            }
        }
        if let Some(apart) = wanted {
            let found = pairs(part.facts, part.filter).into_iter();
            let found =
                found.filter(|pair| takes(pair) && apart.is_none_or(|apart| apart == pair.apart));
            let mut found: Vec<Pair> = found.collect();
            found.sort_by_key(|pair| std::cmp::Reverse(pair.apart));
            let places = found.iter().map(|pair| side_by_side(part, tool, pair));
            let about = apart.map_or("every pair", Apart::words);
            let number = Number::of_places(place, What::Pairs, places.collect());
            part.number = Some(number.about(about));
        }
    });
}

/// One pair of answers in one line.
fn side_by_side(part: &Part<'_>, tool: &Tool, pair: &Pair) -> Place {
    let tone = match pair.apart {
        Apart::Same => Tone::Good,
        Apart::Adjacent => Tone::Mixed,
        Apart::Further => Tone::Poor,
    };
    let on = (pair.answers[0].case, pair.question.as_str());
    answered(part, tool, on, &pair.answers, tone)
}

/// A question of a case with some answers to it; it leads to the case with all agencies side by
/// side.
fn answered(
    part: &Part<'_>,
    tool: &Tool,
    (case, question): (RecordId, &str),
    answers: &[Behind],
    tone: Tone,
) -> Place {
    let said = answers.iter().map(|answer| {
        let given = given_words(Some(tool), answer).unwrap_or_default();
        format!("{}: {given}", part.who(&answer.agency))
    });
    let place = part.place(case, None);
    Place {
        words: format!("{} · {}", place.words, part.code(question)),
        note: said.collect::<Vec<_>>().join(" · "),
        tone,
        ..place
    }
}

fn by_question(ui: &mut Ui, part: &mut Part<'_>, tool: &Tool) {
    widgets::heading(ui, "By question");
    hint(
        ui,
        "Those that people read most differently come first: what they ask may have to be said more clearly in the tool's next version.",
    );
    for on in &part.compared().found.by_question {
        let Some(question) = tool.question(&on.question) else {
            continue;
        };
        ui.push_id(&on.question, |ui| {
            let words = format!("{}  {}", question.code, question.text);
            ui.add(egui::Label::new(egui::RichText::new(words).size(size::SMALL)).wrap());
            let of_this = |pair: &Pair| pair.question == on.question;
            counts(ui, part, tool, &question.code, on.pairs, of_this);
            let over = Over::Question(on.question.clone());
            let (place, alpha) = (&question.code, alpha_words(part, &over));
            let own = |id: &str, _| id == on.question;
            alpha_line(ui, part, tool, (place, &alpha), &over, own);
            ui.separator();
        });
    }
}

fn by_agencies(ui: &mut Ui, part: &mut Part<'_>, tool: &Tool) {
    widgets::heading(ui, "By pair of agencies");
    let register = part.session.register();
    let grid = Grid::new("pairs").num_columns(2).spacing([16.0, 2.0]);
    grid.striped(true).show(ui, |ui| {
        for between in &part.compared().found.by_agencies {
            let (one, other) = &between.agencies;
            let (first, second) = (register.agency_short(one), register.agency_short(other));
            let place = format!("{first} and {second}");
            ui.label(&place);
            let of_these = |pair: &Pair| {
                let codes = pair.answers.each_ref().map(|answer| answer.agency.as_ref());
                codes == [Some(one), Some(other)] || codes == [Some(other), Some(one)]
            };
            counts(ui, part, tool, &place, between.pairs, of_these);
            ui.end_row();
        }
    });
}

/// What is not compared is said too.
fn not_covered(ui: &mut Ui, part: &mut Part<'_>, tool: &Tool) {
    let others = &part.compared().found.not_covered;
    egui::CollapsingHeader::new(format!("{} questions are not covered", others.len())).show(
        ui,
        |ui| {
            for (id, why) in others {
                if let Some(question) = tool.question(id) {
                    let words = format!("{}  {}: {}", question.code, question.text, why.words());
                    ui.add(egui::Label::new(egui::RichText::new(words).size(size::SMALL)).wrap());
                }
            }
        },
    );
}
