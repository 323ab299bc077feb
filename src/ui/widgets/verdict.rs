//! What a timescale rule says to a case: the verdict as a badge, and why.

use egui::Ui;

use super::{badge, hint, strong};
use crate::domain::timescale::Outcome;
use crate::ui::icons;
use crate::ui::theme::Tone;

/// The rule's title with its verdict, and the sentences that say why.
pub fn verdict(ui: &mut Ui, title: &str, outcome: &Outcome, sentences: &[String]) {
    let (tone, icon) = verdict_sign(outcome);
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.horizontal_wrapped(|ui| {
        badge(ui, tone, icon, outcome.label());
        ui.label(strong(title));
    });
    for sentence in sentences {
        hint(ui, sentence);
    }
}

/// How a verdict speaks of practice, and its shape.
pub fn verdict_sign(outcome: &Outcome) -> (Tone, &'static str) {
    match outcome {
        Outcome::Met => (Tone::Good, icons::DONE),
        Outcome::Missed => (Tone::Poor, icons::ATTENTION),
        Outcome::OneConventionOnly => (Tone::Mixed, icons::BEGUN),
        Outcome::NoLimit => (Tone::Neutral, icons::INFO),
        Outcome::CannotCompute(_) => (Tone::Neutral, icons::NOT_APPLICABLE),
    }
}
