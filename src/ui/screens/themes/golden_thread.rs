//! What runs through the audits, in words that fit the counts.

use egui::Ui;

use super::theme_name;
use crate::analysis::steps::{FEWEST_ANSWERS, FEWEST_CASES, Step, runs_through};
use crate::analysis::summary::ThemeAcross;
use crate::session::Session;
use crate::ui::icons;
use crate::ui::theme::Tone;
use crate::ui::widgets::{self, badge, caption, card};

/// Draws what is strong and what is weak in every audit; nothing where neither is.
pub(super) fn show(ui: &mut Ui, session: &Session, themes: &[ThemeAcross]) {
    let through = |step: Step| -> Vec<&str> {
        let own = themes.iter().filter(|own| runs_through(own) == Some(step));
        own.map(|own| theme_name(session, &own.theme)).collect()
    };
    let (strong, weak) = (through(Step::Most), through(Step::Less));
    if strong.is_empty() && weak.is_empty() {
        return;
    }
    card(ui, |ui| {
        widgets::label(ui, "What runs through the audits");
        for (tone, icon, words, names) in [
            (
                Tone::Good,
                icons::DONE,
                "Three quarters or more in every audit",
                strong,
            ),
            (
                Tone::Poor,
                icons::ATTENTION,
                "Less than half in every audit",
                weak,
            ),
        ] {
            if !names.is_empty() {
                ui.horizontal_wrapped(|ui| {
                    caption(ui, words);
                    for name in names {
                        badge(ui, tone, icon, name);
                    }
                });
            }
        }
        caption(
            ui,
            &format!(
                "Only audits with {FEWEST_ANSWERS} answers or more on the theme, from {FEWEST_CASES} cases or more; at least two of them."
            ),
        );
    });
}
