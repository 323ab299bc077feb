//! The overview: coverage, overall grades, what changed at the panel, themes, marks.

use egui::{Grid, Ui};

use super::super::behind::{Number, Place, What};
use super::{Part, changes, grades, marked};
use crate::analysis::coverage::Coverage;
use crate::analysis::interval::{ABOUT_THE_SAME_CHILDREN, share};
use crate::analysis::summary::Heading;
use crate::domain::form::FormStatus;
use crate::ui::act::Act;
use crate::ui::theme::space;
use crate::ui::widgets::{self, HeatCell, caption, card, hint, number_link};

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
    if !part.unknown().is_empty() {
        card(ui, |ui| unknown(ui, part));
        ui.add_space(space::NEAR);
    }
    card(ui, |ui| themes(ui, part));
    ui.add_space(space::NEAR);
    card(ui, |ui| changes::show(ui, part));
    ui.add_space(space::NEAR);
    card(ui, |ui| marked::show(ui, part));
}

/// A count of forms: its heading, the words after it in a sentence, the count, and the statuses it
/// takes.
type FormCount = (
    &'static str,
    &'static str,
    fn(&Coverage) -> usize,
    &'static [FormStatus],
);

const COUNTS: [FormCount; 4] = [
    (
        "Submitted",
        "submitted",
        |own| own.submitted,
        &[FormStatus::Submitted],
    ),
    (
        "Not known",
        "not known to the agency",
        |own| own.not_known,
        &[FormStatus::NotKnown],
    ),
    (
        "Declined",
        "declined",
        |own| own.declined,
        &[FormStatus::Declined],
    ),
    (
        "Outstanding",
        "outstanding",
        |own| own.outstanding,
        &[FormStatus::NotStarted, FormStatus::InProgress],
    ),
];

fn covered(ui: &mut Ui, part: &mut Part<'_>) {
    widgets::heading(ui, "Coverage");
    let coverage = part.coverage();
    let whole = coverage.whole;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        for (_, after, count, statuses) in COUNTS {
            let count = count(&whole);
            let words = match after {
                "submitted" => format!("{count} submitted of {} expected", whole.expected),
                _ => format!("{count} {after}"),
            };
            let named = ("All forms", &*format!("All forms: {words}"));
            forms_link(ui, part, named, None, (&words, count), statuses);
        }
    });
    caption(ui, "Choose a count to see its forms.");
    let grid = Grid::new("coverage").spacing([14.0, 2.0]);
    grid.striped(true).show(ui, |ui| {
        caption(ui, "Agency");
        for (head, ..) in COUNTS {
            widgets::at_the_right(ui, |ui| caption(ui, head));
        }
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
    let agency = agency.map(String::as_str);
    for (head, _, count, statuses) in COUNTS {
        let (count, place) = (count(own), format!("{name}, {}", head.to_lowercase()));
        let (words, spoken) = match head {
            "Submitted" => (
                format!("{count} of {}", own.expected),
                format!("{place}: {count} forms of {}", own.expected),
            ),
            _ => (count.to_string(), format!("{place}: {count}")),
        };
        widgets::at_the_right(ui, |ui| {
            let named = (place.as_str(), spoken.as_str());
            forms_link(ui, part, named, agency, (&words, count), statuses);
        });
    }
    ui.end_row();
}

/// A count of forms that leads to them.
fn forms_link(
    ui: &mut Ui,
    part: &mut Part<'_>,
    (place, spoken): (&str, &str),
    agency: Option<&str>,
    (words, count): (&str, usize),
    statuses: &[FormStatus],
) {
    if number_link(ui, words, spoken, count > 0) {
        let forms = forms(part, agency, statuses);
        part.number = Some(Number::of_places(place, What::Forms, forms).about(words));
    }
}

/// The forms of the filter's cases in these states; one that was never made is not started.
fn forms(part: &Part<'_>, agency: Option<&str>, statuses: &[FormStatus]) -> Vec<Place> {
    let register = part.session.register();
    let codes = part.coverage().by_agency.iter();
    let codes: Vec<&str> = codes
        .map(|(code, _)| code.as_str())
        .filter(|code| agency.is_none_or(|wanted| wanted == *code))
        .collect();
    let cases = part.facts.cases.iter().map(|(case, _)| *case);
    let cases = cases.filter(|case| part.filter.takes(register, *case));
    let places = cases.flat_map(|case| {
        let of_case = codes.iter().filter_map(move |code| {
            let form = register.form_of(part.audit, code, case);
            let status = form.map_or(FormStatus::NotStarted, |(_, form)| form.status);
            let note = form.map_or("", |(_, form)| form.declined_reason.as_str());
            statuses.contains(&status).then(|| Place {
                note: match statuses.len() {
                    1 => note.to_owned(),
                    _ => status.label().to_owned(),
                },
                ..part.place(case, Some(code))
            })
        });
        of_case.collect::<Vec<_>>()
    });
    places.collect()
}

/// What is not there, and what the scope says of how the numbers came about.
fn unknown(ui: &mut Ui, part: &Part<'_>) {
    widgets::heading(ui, "What these numbers cannot tell");
    for own in part.unknown() {
        ui.add(egui::Label::new(&own.words).wrap());
    }
    let scope = &part.record.scope;
    for (of, words) in [
        ("cohort", &scope.cohort),
        ("how it was picked", &scope.method),
    ] {
        if !words.is_empty() {
            caption(ui, &format!("The scope on {of}: {words}"));
        }
    }
}

fn themes(ui: &mut Ui, part: &mut Part<'_>) {
    widgets::heading(ui, "Themes");
    hint(
        ui,
        "Answers that speak well of practice, out of all that count. A share in percent stands only where 20 or more count. Choose a number to see the answers behind it, a name for the theme through all audits.",
    );
    caption(ui, ABOUT_THE_SAME_CHILDREN);
    widgets::step_key(ui);
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
            let filter = part.filter.of_theme(&heading.id);
            part.number = Some(Number::counted(name, filter));
        }
        ui.vertical(|ui| {
            if widgets::link(ui, name).clicked() {
                let filter = Box::new(part.filter.clone());
                let to = Act::GoToTheme(heading.id.clone(), part.basis, filter);
                part.acts.push(to);
            }
            let filter = part.filter.of_theme(&heading.id);
            let uncounted = part.uncounted(&filter);
            let number = uncounted.of_heading(ui, name, heading);
            part.number = part.number.take().or(number);
            let percent = share(heading.favourable, heading.scored);
            if let Some(percent) = percent {
                caption(ui, &format!("{}, 95 % interval", percent.words()));
            }
        });
    });
}
