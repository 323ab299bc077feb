//! The overview: coverage, overall grades, what changed at the panel, themes, marks.

use egui::{Grid, Ui};

use super::super::behind::{Number, Place};
use super::{Part, changes, grades, marked};
use crate::analysis::Filter;
use crate::analysis::coverage::Coverage;
use crate::analysis::interval::share;
use crate::analysis::summary::Heading;
use crate::domain::form::FormStatus;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{self, HeatCell, badge, caption, card, hint, number_link};

/// Draws the page.
pub(super) fn show(ui: &mut Ui, part: &mut Part<'_>) {
    if ui.available_width() > 1000.0 {
        widgets::columns(ui, &[0.42, 0.58], |ui, at| {
            card(ui, |ui| {
                if at == 0 {
                    covered(ui, part);
                } else {
                    grades::overall(ui, part);
                }
            });
        });
    } else {
        card(ui, |ui| covered(ui, part));
        ui.add_space(space::NEAR);
        card(ui, |ui| grades::overall(ui, part));
    }
    ui.add_space(space::NEAR);
    card(ui, |ui| themes(ui, part));
    ui.add_space(space::NEAR);
    card(ui, |ui| changes::show(ui, part));
    ui.add_space(space::NEAR);
    card(ui, |ui| marked::show(ui, part));
}

/// A count of forms: its heading, the count, and the statuses it takes.
type FormCount = (&'static str, fn(&Coverage) -> usize, &'static [FormStatus]);

const COUNTS: [FormCount; 4] = [
    ("Submitted", |own| own.submitted, &[FormStatus::Submitted]),
    ("Not known", |own| own.not_known, &[FormStatus::NotKnown]),
    ("Declined", |own| own.declined, &[FormStatus::Declined]),
    (
        "Outstanding",
        |own| own.outstanding,
        &[FormStatus::NotStarted, FormStatus::InProgress],
    ),
];

fn covered(ui: &mut Ui, part: &mut Part<'_>) {
    widgets::heading(ui, "Coverage");
    let coverage = &part.counted.coverage;
    let whole = coverage.whole;
    ui.horizontal_wrapped(|ui| {
        let words = format!(
            "{} submitted of {} expected",
            whole.submitted, whole.expected
        );
        badge(ui, Tone::Good, icons::DONE, &words);
        if whole.outstanding > 0 {
            let words = format!("{} outstanding", whole.outstanding);
            badge(ui, Tone::Poor, icons::CLOCK, &words);
        }
    });
    let others = format!(
        "{} not known to the agency, {} declined. Choose a count to see its forms.",
        whole.not_known, whole.declined
    );
    caption(ui, &others);
    let grid = Grid::new("coverage").num_columns(5).spacing([14.0, 2.0]);
    grid.striped(true).show(ui, |ui| {
        caption(ui, "Agency");
        COUNTS.iter().for_each(|(head, ..)| drop(caption(ui, head)));
        ui.end_row();
        for (code, own) in &coverage.by_agency {
            covered_row(ui, part, Some(code), own);
        }
        covered_row(ui, part, None, &whole);
    });
}

/// One agency's forms, or all of them.
fn covered_row(ui: &mut Ui, part: &mut Part<'_>, agency: Option<&String>, own: &Coverage) {
    let register = part.session.register();
    let name = agency.map_or("All agencies", |code| register.agency_short(code));
    ui.label(match agency {
        Some(_) => egui::RichText::new(name),
        None => widgets::strong(name),
    });
    for (head, count, statuses) in COUNTS {
        let (count, place) = (count(own), format!("{name}, {}", head.to_lowercase()));
        let words = match head {
            "Submitted" => format!("{count} of {}", own.expected),
            _ => count.to_string(),
        };
        if number_link(ui, &words, &format!("{place}: {words}"), count > 0) {
            let forms = forms(part, agency.map(String::as_str), statuses);
            part.number = Some(Number::of_places(place, forms));
        }
    }
    ui.end_row();
}

/// The forms of the filter's cases in these states.
fn forms(part: &Part<'_>, agency: Option<&str>, statuses: &[FormStatus]) -> Vec<Place> {
    let register = part.session.register();
    let forms = register.forms_of(part.audit).into_iter();
    let wanted = forms.filter(|(_, code, form)| {
        agency.is_none_or(|wanted| wanted == *code)
            && statuses.contains(&form.status)
            && part.filter.takes(register, form.case)
    });
    wanted
        .map(|(id, code, form)| Place {
            words: part.form_words(code, form.case),
            note: form.declined_reason.clone(),
            tone: Tone::Neutral,
            to: Route::Review(id),
        })
        .collect()
}

fn themes(ui: &mut Ui, part: &mut Part<'_>) {
    widgets::heading(ui, "Themes");
    hint(
        ui,
        "Answers that speak well of practice, out of all that count. Choose a number to see the answers behind it, a name for the theme through all audits.",
    );
    let themes = &part.counted.summary.themes;
    let count = if ui.available_width() > 700.0 { 2 } else { 1 };
    let rows = themes.len().div_ceil(count);
    widgets::columns(ui, &[1.0, 1.0][..count], |ui, column| {
        for heading in themes.iter().skip(column * rows).take(rows) {
            ui.push_id(&heading.id, |ui| theme(ui, part, heading));
        }
    });
}

fn theme(ui: &mut Ui, part: &mut Part<'_>, heading: &Heading) {
    let known = part.session.catalogue().theme(&heading.id);
    let name = known.map_or(heading.id.as_str(), |theme| theme.name.as_str());
    ui.horizontal(|ui| {
        let cell = HeatCell {
            place: name,
            count: Some((heading.favourable, heading.scored)),
            chosen: false,
            change: None,
        };
        if cell.show(ui, egui::vec2(104.0, 42.0)).clicked() {
            let filter = Filter {
                theme: Some(heading.id.clone()),
                ..part.filter.clone()
            };
            part.number = Some(Number::counted(name, filter));
        }
        ui.vertical(|ui| {
            if widgets::link(ui, name).clicked() {
                let to = Route::Theme(heading.id.clone());
                part.acts.push(crate::ui::act::Act::Go(to));
            }
            let filter = Filter {
                theme: Some(heading.id.clone()),
                ..part.filter.clone()
            };
            part.blanks(ui, name, &filter, heading);
            let percent = share(heading.favourable, heading.scored);
            if let Some(percent) = percent {
                caption(ui, &format!("{}, 95 % interval", percent.words()));
            }
        });
    });
}
