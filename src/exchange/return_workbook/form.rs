//! The top of a case sheet: where the form stands, role, overall grade, key dates.

use super::CaseSheet;
use super::layout::{Line, column};
use super::lists;
use super::sheet::SheetReader;
use super::write::Shown;
use crate::domain::form::{CaseForm, FormStatus};
use crate::domain::tool::Tool;

/// What stands in the answer cell of a row of the top; nothing for other rows.
pub(super) fn shown(tool: &Tool, sheet: &CaseSheet, line: Line<'_>) -> Option<Shown> {
    let form = &sheet.form;
    Some(match line {
        Line::Status => Shown::text(lists::status_words(form.status).unwrap_or_default()),
        Line::DeclinedReason => Shown::text(&form.declined_reason),
        Line::Role => Shown::text(&form.role),
        Line::Overall => {
            let grade = form.overall.as_ref();
            let grades = lists::grades(tool);
            let named = grades.iter().find(|(id, _)| Some(id) == grade);
            Shown::text(named.map_or("", |(_, words)| words))
        }
        Line::OverallReason => Shown::text(&form.overall_reason),
        Line::KeyDate(field) => sheet
            .dates
            .get(&field.id)
            .copied()
            .map_or(Shown::Empty, Shown::Date),
        _ => return None,
    })
}

/// Reads the top into `sheet`, whose answers are read already.
pub(super) fn read(reader: &mut SheetReader<'_>, lines: &[Line<'_>], sheet: &mut CaseSheet) {
    let status = reader.one_of(Line::Status, column::ANSWER, &lists::STATUSES);
    let said = reader.is_filled(Line::Status, column::ANSWER);
    let grades = lists::grades(reader.tool);
    sheet.form = CaseForm {
        role: reader.text(Line::Role, column::ANSWER),
        declined_reason: reader.text(Line::DeclinedReason, column::ANSWER),
        overall: reader.one_of(Line::Overall, column::ANSWER, &grades),
        overall_reason: reader.text(Line::OverallReason, column::ANSWER),
        ..sheet.form.clone()
    };
    for line in lines {
        if let Line::KeyDate(field) = line
            && let Some(date) = reader.date(*line)
        {
            sheet.dates.insert(field.id.clone(), date);
        }
    }
    sheet.form.status = match status {
        Some(status) => status,
        // Chosen, and not on the list: told already.
        None if said => FormStatus::InProgress,
        None if is_begun(sheet) => FormStatus::InProgress,
        None => FormStatus::NotStarted,
    };
}

/// Whether anything at all was filled in.
fn is_begun(sheet: &CaseSheet) -> bool {
    let form = &sheet.form;
    let texts = [&form.role, &form.overall_reason];
    !sheet.answers.is_empty()
        || !sheet.dates.is_empty()
        || form.overall.is_some()
        || texts.iter().any(|text| !text.is_empty())
}
