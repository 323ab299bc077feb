//! What changed at the panel: how many answers, which way, agency by agency.

use egui::{Grid, Ui};

use super::super::behind::Number;
use super::Part;
use crate::analysis::panel_changes::{Move, Moves, behind};
use crate::ui::icons;
use crate::ui::theme::{Palette, Tone, space};
use crate::ui::widgets::{self, caption, hint, number_link};

/// A column: its heading, its icon and tone, its count and the moves it takes.
type Column = (
    &'static str,
    (&'static str, Tone),
    fn(&Moves) -> usize,
    fn(Move) -> bool,
);

const COLUMNS: [Column; 6] = [
    (
        "Same",
        (icons::EQUAL, Tone::Neutral),
        Moves::same,
        |moved| moved == Move::Same,
    ),
    (
        "More favourable",
        (icons::UP, Tone::Good),
        Moves::favourable,
        |moved| matches!(moved, Move::Favourable(_)),
    ),
    (
        "Less favourable",
        (icons::DOWN, Tone::Poor),
        Moves::unfavourable,
        |moved| matches!(moved, Move::Unfavourable(_)),
    ),
    (
        "Another choice",
        (icons::CHOICE, Tone::Neutral),
        Moves::sideways,
        |moved| moved == Move::Sideways,
    ),
    (
        "Was blank",
        (icons::NOT_EVIDENCED, Tone::Neutral),
        Moves::from_blank,
        |moved| moved == Move::FromBlank,
    ),
    (
        "Not judged",
        (icons::NOT_STARTED, Tone::Neutral),
        Moves::unjudged,
        |moved| moved == Move::Unjudged,
    ),
];

/// Draws the table.
pub(super) fn show(ui: &mut Ui, part: &mut Part<'_>) {
    widgets::heading(ui, "What changed at the panel");
    let changes = part.changes();
    let all = &changes.all;
    if all.judged() + all.from_blank() == 0 {
        hint(ui, "The panel has not judged a question of this part yet.");
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        for (words, count, takes) in [
            (
                "answers judged",
                all.judged(),
                is_judged as fn(Move) -> bool,
            ),
            ("of them judged otherwise", all.changed(), |moved| {
                is_judged(moved) && moved != Move::Same
            }),
        ] {
            let words = format!("{count} {words}");
            moved_link(ui, part, ("All agencies", None), (&words, count), takes);
        }
    });
    hint(
        ui,
        "Both stay, the agency's answer and the panel's judgement; neither replaces the other.",
    );
    widgets::sideways(ui, "changes", |ui| {
        let grid = Grid::new("changes").spacing([16.0, 2.0]);
        grid.striped(true).show(ui, |ui| {
            caption(ui, "Agency");
            for (head, (icon, tone), ..) in COLUMNS {
                widgets::at_the_right(ui, |ui| {
                    caption(ui, head);
                    widgets::icon(ui, icon, 13.0, Palette::of(ui.ctx()).tone(tone).ink);
                });
            }
            ui.end_row();
            for (code, moves) in &changes.by_agency {
                row(ui, part, Some(code), moves);
            }
            row(ui, part, None, all);
        });
    });
}

fn row(ui: &mut Ui, part: &mut Part<'_>, agency: Option<&String>, moves: &Moves) {
    let register = part.session.register();
    let name = agency.map_or("All agencies", |code| register.agency_short(code));
    ui.label(match agency {
        Some(_) => egui::RichText::new(name),
        None => widgets::strong(name),
    });
    for (head, _, count, takes) in COLUMNS {
        let words = count(moves).to_string();
        let place = format!("{name}, {}", head.to_lowercase());
        let agency = agency.map(String::as_str);
        widgets::at_the_right(ui, |ui| {
            moved_link(ui, part, (&place, agency), (&words, count(moves)), takes);
        });
    }
    ui.end_row();
}

/// Whether there was an answer and the panel judged it.
fn is_judged(moved: Move) -> bool {
    !matches!(moved, Move::FromBlank | Move::Unjudged)
}

/// A count of answers that leads to them.
fn moved_link(
    ui: &mut Ui,
    part: &mut Part<'_>,
    (place, agency): (&str, Option<&str>),
    (words, count): (&str, usize),
    takes: fn(Move) -> bool,
) {
    if number_link(ui, words, &format!("{place}: {words}"), count > 0) {
        let answers = behind(part.facts, part.filter, agency, None, takes);
        let number = Number::of_answers(place, answers);
        part.number = Some(number.about("The agencies' answers, beside the panel's judgement"));
    }
}
