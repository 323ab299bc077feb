//! The re-audit beside the audit that it repeats: what stands on top of both, question by question,
//! the same children looked at again.

use egui::{Grid, Ui};

use super::super::behind::{Number, Only, Place, What};
use super::Part;
use crate::analysis::comparison::{Change, Compared, Comparison, Direction, SameCase, Side, Turn};
use crate::analysis::interval::ABOUT_THE_SAME_CHILDREN;
use crate::analysis::{Filter, carry_forward};
use crate::domain::dates::written_date;
use crate::domain::form::FormStatus;
use crate::domain::id::RecordId;
use crate::domain::plain::capital;
use crate::session::command::Command;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, Tone, size, space};
use crate::ui::widgets::{self, HeatCell, badge, caption, card, hint, number_link};

/// Draws the page.
pub(super) fn show(ui: &mut Ui, part: &mut Part<'_>) {
    let Some(comparison) = part.re_audit() else {
        hint(ui, "This audit repeats no other. Choose one in its scope.");
        if widgets::secondary(ui, icons::CHANGE, "Scope").clicked() {
            part.acts.push(Act::Go(Route::Scope(part.audit)));
        }
        return;
    };
    widgets::heading(ui, "Beside the audit it repeats");
    card(ui, |ui| sides(ui, part, comparison));
    ui.add_space(space::NEAR);
    card(ui, |ui| {
        widgets::heading(ui, "By theme");
        hint(
            ui,
            "Answers that speak well of practice, out of all that count, over the questions that both audits ask in the same way.",
        );
        caption(ui, ABOUT_THE_SAME_CHILDREN);
        widgets::step_key(ui);
        column_heads(ui, comparison);
        let catalogue = part.session.catalogue();
        for compared in &comparison.themes {
            let theme = catalogue.theme(&compared.id);
            let name = theme.map_or(compared.id.as_str(), |theme| theme.name.as_str());
            let questions = comparison.questions_of(&compared.id, part.facts);
            let names = (compared.id.as_str(), name);
            row(ui, part, comparison, compared, names, &questions);
        }
    });
    ui.add_space(space::NEAR);
    card(ui, |ui| by_question(ui, part, comparison));
    ui.add_space(space::NEAR);
    card(ui, |ui| children(ui, part, comparison));
    ui.add_space(space::NEAR);
    card(ui, |ui| carried(ui, part));
}

/// What the reader has to know of one side, line by line.
fn lines_of(part: &Part<'_>, side: &Side) -> [(&'static str, String); 3] {
    let tool = part.session.register().tool_of(side.audit);
    let tool = tool.map_or_else(
        || side.tool.replace('@', ", version "),
        |tool| format!("{}, version {}", tool.title, tool.version),
    );
    let period = match (side.from, side.to) {
        (Some(from), Some(to)) => format!("{} to {}", written_date(from), written_date(to)),
        _ => "not recorded".into(),
    };
    [
        ("Tool", tool),
        ("Scale of grades", side.scale.clone()),
        ("Practice looked at", period),
    ]
}

/// Titles, tools, scales, periods and sizes of both.
fn sides(ui: &mut Ui, part: &mut Part<'_>, comparison: &Comparison) {
    let both = [&comparison.earlier, &comparison.later];
    let (earlier, later) = (lines_of(part, both[0]), lines_of(part, both[1]));
    let grid = Grid::new("sides")
        .num_columns(3)
        .spacing([24.0, 4.0])
        .striped(true);
    grid.show(ui, |ui| {
        caption(ui, "");
        both.iter()
            .for_each(|side| drop(ui.label(widgets::strong(&side.title))));
        ui.end_row();
        for ((head, before), (_, after)) in earlier.into_iter().zip(later) {
            caption(ui, head);
            ui.label(before);
            ui.label(after);
            ui.end_row();
        }
        for (head, what) in [("Cases", What::Cases), ("Forms submitted", What::Forms)] {
            caption(ui, head);
            both.iter()
                .for_each(|side| drop(ui.horizontal(|ui| size_link(ui, part, side, head, what))));
            ui.end_row();
        }
    });
    if comparison.tools_differ() {
        caption(
            ui,
            "The tools differ: only questions with the same identity, asked in the same way, are compared.",
        );
    }
    if !comparison.agencies_differ.is_empty() {
        let register = part.session.register();
        let names = comparison.agencies_differ.iter();
        let names: Vec<&str> = names.map(|code| register.agency_short(code)).collect();
        caption(
            ui,
            &format!("In one of the two only: {}.", names.join(", ")),
        );
    }
}

/// How many cases or submitted forms one side has, to look behind.
fn size_link(ui: &mut Ui, part: &mut Part<'_>, side: &Side, head: &str, what: What) {
    let count = match what {
        What::Cases => side.cases,
        _ => side.forms,
    };
    let place = format!("{head}, {}", side.title);
    if number_link(
        ui,
        &count.to_string(),
        &format!("{place}: {count}"),
        count > 0,
    ) {
        let places = match what {
            What::Cases => cases_of(part, side.audit),
            _ => submitted_of(part, side.audit),
        };
        part.of = Some(side.audit);
        part.number = Some(Number::of_places(place, what, places));
    }
}

/// The cases of either audit that the filter leaves.
fn cases_of(part: &Part<'_>, audit: RecordId) -> Vec<Place> {
    let cases = part.session.register().cases_of(audit).into_iter();
    let filter = without_case(part.filter);
    cases
        .filter(|(id, case)| filter.takes_case(*id, case))
        .map(|(id, _)| Place::of(part.session, audit, id, None))
        .collect()
}

fn submitted_of(part: &Part<'_>, audit: RecordId) -> Vec<Place> {
    let register = part.session.register();
    let filter = without_case(part.filter);
    let forms = register.forms_of(audit).into_iter();
    let submitted = forms.filter(|(_, code, form)| {
        form.status == FormStatus::Submitted
            && filter.takes_agency(code)
            && filter.takes(register, form.case)
    });
    submitted
        .map(|(_, code, form)| Place::of(part.session, audit, form.case, Some(code)))
        .collect()
}

/// A case belongs to one audit: it is passed over where two are compared.
fn without_case(filter: &Filter) -> Filter {
    Filter {
        case: None,
        ..filter.clone()
    }
}

const CELL: egui::Vec2 = egui::Vec2::new(112.0, 40.0);

/// Whose counts stand under one another.
fn column_heads(ui: &mut Ui, comparison: &Comparison) {
    ui.horizontal(|ui| {
        for side in [&comparison.earlier, &comparison.later] {
            ui.allocate_ui(egui::vec2(CELL.x, 18.0), |ui| {
                ui.set_min_width(CELL.x);
                let words = widgets::strong(&side.title).size(size::SMALL);
                ui.add(egui::Label::new(words).wrap());
            });
        }
    });
}

fn row(
    ui: &mut Ui,
    part: &mut Part<'_>,
    comparison: &Comparison,
    compared: &Compared,
    (code, name): (&str, &str),
    questions: &[String],
) {
    ui.push_id(&compared.id, |ui| {
        ui.horizontal(|ui| {
            for (side, counted) in [
                (&comparison.earlier, &compared.earlier),
                (&comparison.later, &compared.later),
            ] {
                let place = format!("{code}, {}", side.title);
                let cell = HeatCell {
                    place: &place,
                    count: Some((counted.favourable, counted.scored)),
                    chosen: false,
                    change: None,
                };
                if cell.show(ui, CELL).clicked() {
                    let filter = without_case(part.filter);
                    let questions = questions.to_vec();
                    let number = Number::over(place, filter, questions, Only::Counted);
                    part.of = Some(side.audit);
                    part.number = Some(number.about(name));
                }
            }
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.add(egui::Label::new(egui::RichText::new(name).size(size::SMALL)).wrap());
                change(ui, compared);
            });
        });
    });
}

fn change(ui: &mut Ui, compared: &Compared) {
    let (icon, tone) = change_sign(compared.change);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 16.0;
        if !icon.is_empty() {
            widgets::icon(ui, icon, 13.0, Palette::of(ui.ctx()).tone(tone).ink);
        }
        let mut words = capital(compared.change.words());
        if let Some(difference) = compared.difference {
            words = format!("{words} · {}, 95 % interval", difference.words());
        }
        caption(ui, &words);
    });
}

/// The shape for a change: only one that can be called one has any.
pub fn change_sign(change: Change) -> (&'static str, Tone) {
    match change {
        Change::Improved => (icons::UP, Tone::Good),
        Change::Worse => (icons::DOWN, Tone::Poor),
        Change::NoClearChange(Direction::Level) => (icons::EQUAL, Tone::Neutral),
        Change::NoClearChange(_) | Change::TooFew(_) => ("", Tone::Neutral),
        Change::NotCompared(_) => (icons::NOT_APPLICABLE, Tone::Neutral),
    }
}

fn by_question(ui: &mut Ui, part: &mut Part<'_>, comparison: &Comparison) {
    widgets::heading(ui, "By question");
    column_heads(ui, comparison);
    let register = part.session.register();
    let (Some(later), Some(earlier)) = (
        register.tool_of(comparison.later.audit),
        register.tool_of(comparison.earlier.audit),
    ) else {
        return;
    };
    for compared in &comparison.questions {
        let Some(question) = later.question(&compared.id) else {
            continue;
        };
        let name = format!("{}  {}", question.code, question.text);
        let names = (question.code.as_str(), name.as_str());
        let questions = std::slice::from_ref(&compared.id);
        row(ui, part, comparison, compared, names, questions);
    }
    for (words, only, tool) in [
        (
            "Only in the earlier audit",
            &comparison.only_earlier,
            earlier,
        ),
        ("Only in the later audit", &comparison.only_later, later),
    ] {
        let codes = only.iter().filter_map(|id| tool.question(id));
        let codes: Vec<&str> = codes.map(|question| question.code.as_str()).collect();
        if !codes.is_empty() {
            caption(ui, &format!("{words}: {}.", codes.join(", ")));
        }
    }
}

fn children(ui: &mut Ui, part: &mut Part<'_>, comparison: &Comparison) {
    widgets::heading(ui, "The same children looked at again");
    if comparison.same_cases.is_empty() {
        hint(
            ui,
            "Of no case of this audit is it said that the same child was read in the earlier one.",
        );
    }
    for same in &comparison.same_cases {
        ui.push_id(same.later, |ui| child(ui, part, same));
    }
    if !part.session.file().read_only {
        egui::CollapsingHeader::new("Say which children were read before")
            .show(ui, |ui| say_same(ui, part, comparison));
    }
}

/// Each case with the reference the same child had in the earlier audit, to be chosen.
fn say_same(ui: &mut Ui, part: &mut Part<'_>, comparison: &Comparison) {
    let register = part.session.register();
    let earlier = register.cases_of(comparison.earlier.audit);
    let earlier: Vec<(String, String)> = (earlier.into_iter())
        .map(|(_, case)| (case.reference.clone(), case.reference.clone()))
        .collect();
    let grid = Grid::new("same children")
        .num_columns(2)
        .spacing([16.0, 4.0]);
    grid.show(ui, |ui| {
        for (id, case) in register.cases_of(part.audit) {
            ui.label(widgets::strong(&case.reference));
            let spoken = format!("Same child as, {}", case.reference);
            let mut chosen = case.same_as.clone();
            widgets::drop_down(ui, &spoken, "Not read before", &earlier, &mut chosen);
            if chosen != case.same_as {
                part.acts.push(Act::Do(Command::SaySameAs(id, chosen)));
            }
            ui.end_row();
        }
    });
}

fn child(ui: &mut Ui, part: &mut Part<'_>, same: &SameCase) {
    let place = format!("{}, then {}", same.earlier_reference, same.later_reference);
    ui.label(widgets::strong(&place));
    ui.horizontal_wrapped(|ui| {
        for turn in [
            Turn::BecameFavourable,
            Turn::BecameUnfavourable,
            Turn::StillFavourable,
            Turn::StillUnfavourable,
        ] {
            let words = format!("{} {}", same.turns.count(turn), turn.words());
            let leads = same.turns.count(turn) > 0;
            if number_link(ui, &words, &format!("{place}: {words}"), leads) {
                let places = turned(part, same, turn);
                let number = Number::of_places(&place, What::Again, places);
                part.number = Some(number.about(turn.words()));
            }
        }
    });
}

fn turned(part: &Part<'_>, same: &SameCase, wanted: Turn) -> Vec<Place> {
    let answers = same.turns.answers.iter();
    let own = answers.filter(|(.., turn)| *turn == wanted);
    own.map(|(question, agency, turn)| Place {
        words: format!("{} · {}", part.code(question), part.who(agency)),
        note: turn.words().to_owned(),
        tone: match turn {
            Turn::StillFavourable | Turn::BecameFavourable => Tone::Good,
            Turn::BecameUnfavourable | Turn::StillUnfavourable => Tone::Poor,
        },
        ..part.place(same.later, agency.as_deref())
    })
    .collect()
}

/// What this audit took over from the one before.
fn carried(ui: &mut Ui, part: &mut Part<'_>) {
    widgets::heading(ui, "Carried forward into this audit");
    let left = carry_forward::carried_into(part.session.register(), part.audit);
    if left.areas.is_empty() && left.actions.is_empty() {
        hint(ui, "Its scope carries nothing forward.");
    }
    for (_, finding) in left.areas {
        ui.horizontal_wrapped(|ui| {
            badge(ui, Tone::Mixed, icons::ATTENTION, "Area for improvement");
            ui.add(egui::Label::new(&finding.text).wrap());
        });
    }
    for (_, action) in left.actions {
        ui.horizontal_wrapped(|ui| {
            badge(ui, Tone::Neutral, icons::TICK, action.status.label());
            ui.add(egui::Label::new(&action.what).wrap());
        });
    }
}
