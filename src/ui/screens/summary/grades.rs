//! The spread of overall grades: agency by agency, the panel's apart.

use egui::Ui;

use super::super::behind::{Number, Place, What};
use super::Part;
use crate::analysis::summary::GradeCounts;
use crate::domain::form::FormStatus;
use crate::domain::tool::Scale;
use crate::exchange::chart::{BarRow, BarTable, Fill, NOT_HIDDEN};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::widgets::{self, Part as BarPart, Whole, hint, quiet, spread_bar, value_tone};

/// Draws the table.
pub(super) fn overall(ui: &mut Ui, part: &mut Part<'_>) {
    let tool = part.session.register().tool_of(part.audit);
    let Some(scale) = tool.and_then(|tool| tool.scale(&tool.grade_scale)) else {
        return;
    };
    ui.horizontal(|ui| {
        widgets::heading(ui, "Overall grades");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let picture = quiet(ui, icons::EXPORT, "Picture…");
            if picture
                .accessible_name("Picture of the overall grades…")
                .clicked()
            {
                let drawn = picture_of(part, scale).draw();
                part.acts.push(Act::ShowPicture(Box::new(drawn)));
            }
        });
    });
    let about = format!(
        "How often each grade was given ({}). Grades are never averaged.",
        scale.title
    );
    hint(ui, &about);
    for (code, counts) in &part.counted.summary.overall {
        let name = part.session.register().agency_short(code).to_owned();
        ui.push_id(code, |ui| row(ui, part, scale, &name, Some(code), counts));
    }
    ui.separator();
    row(
        ui,
        part,
        scale,
        "Panel",
        None,
        &part.counted.summary.overall_panel,
    );
}

const NAME: f32 = 118.0;

fn row(
    ui: &mut Ui,
    part: &mut Part<'_>,
    scale: &Scale,
    name: &str,
    agency: Option<&str>,
    counts: &GradeCounts,
) {
    let parts = parts(scale, counts);
    ui.horizontal_top(|ui| {
        ui.allocate_ui(egui::vec2(NAME, 30.0), |ui| {
            ui.set_min_width(NAME);
            ui.set_max_width(NAME);
            ui.vertical(|ui| {
                let words = match agency {
                    Some(_) => egui::RichText::new(name),
                    None => widgets::strong(name),
                };
                ui.add(egui::Label::new(words).wrap());
            });
        });
        let place = format!("Overall grade, {name}");
        let width = (ui.available_width() - 4.0).max(120.0);
        let whole = Whole {
            count: part.counted.summary.cases,
            rest: ("case without a grade", "cases without a grade"),
        };
        if let Some(at) = spread_bar(ui, &place, width, &parts, Some(whole)) {
            let value = &scale.values[at];
            let title = format!("{name}: {}", value.label);
            let what = agency.map_or(What::Cases, |_| What::Forms);
            let places = places(part, agency, &value.id);
            part.number = Some(Number::of_places(title, what, places));
        }
    });
}

fn parts(scale: &Scale, counts: &GradeCounts) -> Vec<BarPart> {
    let values = scale.values.iter();
    values
        .map(|value| BarPart {
            words: value.label.clone(),
            count: counts.get(&value.id).copied().unwrap_or(0),
            tone: value_tone(&value.id),
        })
        .collect()
}

/// The forms with this grade; of the panel, the cases.
fn places(part: &Part<'_>, agency: Option<&str>, grade: &str) -> Vec<Place> {
    let register = part.session.register();
    let Some(agency) = agency else {
        let judged = register.judgements.values().filter(|judgement| {
            judgement.question.is_none()
                && judgement
                    .value
                    .chosen()
                    .first()
                    .is_some_and(|given| given == grade)
                && register
                    .cases
                    .get(&judgement.case)
                    .is_some_and(|case| case.audit == part.audit)
                && part.filter.takes(register, judgement.case)
        });
        let place = judged.map(|judgement| Place {
            note: judgement.reason.clone(),
            tone: value_tone(grade),
            ..part.place(judgement.case, None)
        });
        let mut places: Vec<Place> = place.collect();
        places.sort_by(|a, b| a.words.cmp(&b.words));
        return places;
    };
    let forms = register.forms_of(part.audit).into_iter();
    let graded = forms.filter(|(_, code, form)| {
        *code == agency
            && form.status == FormStatus::Submitted
            && form.overall.as_deref() == Some(grade)
            && part.filter.takes(register, form.case)
    });
    graded
        .map(|(_, code, form)| Place {
            note: form.overall_reason.clone(),
            tone: value_tone(grade),
            ..part.place(form.case, Some(code))
        })
        .collect()
}

/// The same as a picture for a paper.
fn picture_of(part: &Part<'_>, scale: &Scale) -> BarTable {
    let (size, good) = (
        scale.values.len(),
        scale.values.iter().filter(|value| value.favourable).count(),
    );
    let values = scale.values.iter().enumerate();
    let legend = values.map(|(rank, value)| (Fill::of_rank(rank, good, size), value.label.clone()));
    let counted = |name: &str, counts: &GradeCounts| {
        let counts = parts(scale, counts).into_iter().map(|part| part.count);
        BarRow::counted(name, counts.collect())
    };
    let register = part.session.register();
    let summary = &part.counted.summary;
    let agencies = summary.overall.iter();
    let mut rows: Vec<BarRow> = agencies
        .map(|(code, counts)| counted(register.agency_short(code), counts))
        .collect();
    rows.push(counted("Panel", &summary.overall_panel));
    BarTable {
        title: part.picture_title("Overall grades"),
        legend: legend.collect(),
        rows,
        note: Some(NOT_HIDDEN.into()),
    }
}
