//! The table of cases and agencies: where each form stands, how late it is, and which merge
//! brought it. The cases stay in sight when there are more agencies than fit.

use chrono::{DateTime, Local, Utc};
use egui::{
    Align, Label, Layout, RichText, TextStyle, TextWrapMode, Ui, UiBuilder, Vec2, WidgetText, vec2,
};

use crate::domain::audit::Audit;
use crate::domain::case::Case;
use crate::domain::dates::written_date;
use crate::domain::form::{AgencyReturn, Arrival, CaseForm, FormStatus};
use crate::domain::id::RecordId;
use crate::session::{Session, chase};
use crate::ui::act::Act;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, Tone, size};
use crate::ui::widgets::{self, FormCell, caption, status_word};

/// Width of the column of cases.
const CASES: f32 = 96.0;
/// Height of a row.
const ROW: f32 = 44.0;
/// Between cells.
const GAP: f32 = 5.0;
/// Between the lines of a head.
const BETWEEN_LINES: f32 = 1.0;
/// Narrowest cell in which “Not started” can be read.
const NARROWEST: f32 = 112.0;
/// Widest cell.
const WIDEST: f32 = 176.0;

/// Draws the table.
pub(super) fn matrix(
    ui: &mut Ui,
    session: &Session,
    id: RecordId,
    audit: &Audit,
    acts: &mut Vec<Act>,
) {
    let cases = session.register().cases_of(id);
    let count = audit.agencies.len().max(1) as f32;
    let room = (ui.available_width() - CASES) / count - GAP;
    let cell = vec2(room.clamp(NARROWEST, WIDEST), ROW);
    let heads = audit.agencies.iter();
    let heads: Vec<Head> = heads.map(|code| Head::of(session, id, code)).collect();
    let tallest = heads.iter().map(|head| head.height(ui, cell.x));
    let tallest = tallest.fold(0.0, f32::max);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(GAP);
        ui.vertical(|ui| {
            in_place(ui, vec2(CASES - GAP, tallest), |ui| {
                ui.vertical(|ui| caption(ui, "Case"));
            });
            for (_, case) in &cases {
                in_place(ui, vec2(CASES - GAP, ROW), |ui| {
                    ui.label(widgets::strong(&case.reference));
                });
            }
        });
        widgets::sideways(ui, "returns", |ui| {
            ui.vertical(|ui| {
                ui.horizontal(|ui| {
                    for head in &heads {
                        in_place(ui, vec2(cell.x, tallest), |ui| head.show(ui));
                    }
                });
                for (case, record) in &cases {
                    ui.horizontal(|ui| {
                        for code in &audit.agencies {
                            let place = Place {
                                session,
                                audit: id,
                                agency: code,
                                case: record,
                            };
                            ui.push_id(code, |ui| place.cell(ui, *case, cell, acts));
                        }
                    });
                }
            });
        });
    });
}

/// Draws in a space of exactly this size.
fn in_place(ui: &mut Ui, wanted: Vec2, contents: impl FnOnce(&mut Ui)) {
    let (rect, _) = ui.allocate_exact_size(wanted, egui::Sense::hover());
    let layout = Layout::left_to_right(Align::Center);
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    inside.shrink_clip_rect(rect);
    contents(&mut inside);
}

/// The head of a column: the agency, how many of its forms are in, when its file went out, and when
/// they are due or by how much they are late. Each line with its tone; none where it is plain.
struct Head(Vec<(RichText, Option<Tone>)>);

impl Head {
    fn of(session: &Session, audit: RecordId, code: &str) -> Self {
        let register = session.register();
        let forms = register.forms_of(audit);
        let own = forms.iter().filter(|(_, agency, _)| *agency == code);
        let own: Vec<_> = own.map(|(_, _, form)| form).collect();
        let open = own.iter().filter(|form| form.status.is_open()).count();
        let part = register.returns.get(&AgencyReturn::id(audit, code));
        let sent = match part.and_then(|part| part.issued) {
            Some(day) => format!("sent {}", written_date(day)),
            None => "not sent out".into(),
        };
        let within = format!("{} of {} in", own.len() - open, own.len());
        let mut lines = vec![
            (widgets::strong(register.agency_short(code)), None),
            (within.into(), Some(Tone::Neutral)),
            (sent.into(), Some(Tone::Neutral)),
        ];
        if open > 0 {
            lines.extend(due_line(session, audit, code));
        }
        Self(lines)
    }

    /// How tall it is in a column of this width, in points.
    fn height(&self, ui: &Ui, width: f32) -> f32 {
        let lines = self.0.iter().map(|(line, _)| {
            let text = WidgetText::from(line.clone().size(size::SMALL));
            let wrap = Some(TextWrapMode::Wrap);
            text.into_galley(ui, wrap, width, TextStyle::Body).size().y
        });
        lines.map(|height| height + BETWEEN_LINES).sum()
    }

    fn show(&self, ui: &mut Ui) {
        let palette = Palette::of(ui.ctx());
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = BETWEEN_LINES;
            for (line, tone) in &self.0 {
                let ink = tone.map_or(palette.text, |tone| palette.tone(tone).ink);
                let line = line.clone().size(size::SMALL).color(ink);
                ui.add(Label::new(line).wrap());
            }
        });
    }
}

/// When the forms of an agency are due, or by how much they are late.
fn due_line(session: &Session, audit: RecordId, code: &str) -> Option<(RichText, Option<Tone>)> {
    let due = chase::due_back(session.register(), audit, code);
    let today = session.now().date_naive();
    let Some(late) = chase::late_words(due, today) else {
        let words = format!("due {}", written_date(due?));
        return Some((words.into(), Some(Tone::Neutral)));
    };
    let tone = match chase::days_late(due, today) {
        ..=chase::LONG_AGO => Tone::Poor,
        _ => Tone::Neutral,
    };
    Some((late.into(), Some(tone)))
}

/// One place of the table.
struct Place<'a> {
    session: &'a Session,
    audit: RecordId,
    agency: &'a str,
    case: &'a Case,
}

impl Place<'_> {
    fn cell(&self, ui: &mut Ui, case: RecordId, wanted: Vec2, acts: &mut Vec<Act>) {
        let register = self.session.register();
        let Some((id, form)) = register.form_of(self.audit, self.agency, case) else {
            return in_place(ui, wanted, |ui| {
                let words = caption(ui, "No form yet");
                words.accessible_name(format!("{}: no form yet", self.name()));
            });
        };
        let stop = register.safety_stop(id);
        let stopped = stop.is_some_and(|stop| !stop.is_resolved());
        let (late, recently) = self.late(form);
        let own = register.returns.get(&form.agency_return);
        let merged = own.and_then(|own| own.arrivals.get(&id));
        let name = self.told(form, stopped, late.as_deref(), merged);
        let cell = FormCell {
            name: &name,
            status: form.status,
            stopped,
            late: recently,
            below: &below(form, late, recently, merged),
        };
        let response = ui.push_id(case, |ui| cell.show(ui, wanted)).inner;
        if response.on_hover_text(&name).clicked() {
            acts.push(Act::Go(Route::Form(id)));
        }
    }

    /// "NEG20-03, Police"
    fn name(&self) -> String {
        let register = self.session.register();
        let agency = register.agency_short(self.agency);
        format!("{}, {agency}", self.case.reference)
    }

    /// How late an open form is, and whether that is not long ago.
    fn late(&self, form: &CaseForm) -> (Option<String>, bool) {
        if !form.status.is_open() {
            return (None, false);
        }
        let due = chase::due_back(self.session.register(), self.audit, self.agency);
        let today = self.session.now().date_naive();
        let days = chase::days_late(due, today);
        let recently = (1..=chase::LONG_AGO).contains(&days);
        (chase::late_words(due, today), recently)
    }

    /// "NEG20-03, Police: submitted 02/03/2026, merged 05/03/2026 with police.goldthread"
    fn told(
        &self,
        form: &CaseForm,
        stopped: bool,
        late: Option<&str>,
        merged: Option<&Arrival>,
    ) -> String {
        let mut words = status_word(form.status).to_lowercase();
        if let Some(at) = form.submitted
            && form.status == FormStatus::Submitted
        {
            words.push_str(&format!(" {}", day(at)));
        }
        if form.status == FormStatus::Declined {
            words.push_str(&format!(" ({})", form.declined_reason));
        }
        if stopped {
            words.push_str(", safety stop not complete");
        }
        if let Some(late) = late {
            words.push_str(&format!(", {late}"));
        }
        if let Some(arrival) = merged {
            let at = day(arrival.at);
            words.push_str(&format!(", merged {at} with {}", arrival.file));
        }
        format!("{}: {words}", self.name())
    }
}

/// The line below the status, longer and shorter: what is missing first, otherwise which merge
/// brought it. What is due since months has its date in the head, and reasons stand below the table.
fn below(
    form: &CaseForm,
    late: Option<String>,
    recently: bool,
    merged: Option<&Arrival>,
) -> Vec<String> {
    if let Some(late) = late {
        let late = recently.then_some(late);
        return late.into_iter().chain(["overdue".into()]).collect();
    }
    match (form.status, merged, form.submitted) {
        (FormStatus::Declined, _, _) => vec!["reason given".into(), "why: below".into()],
        (_, Some(arrival), _) => vec![format!("merged {}", day(arrival.at)), "merged".into()],
        (FormStatus::Submitted, None, Some(at)) => vec![day(at)],
        _ => Vec::new(),
    }
}

/// Who declined which case, and why.
pub(super) fn declined(ui: &mut Ui, session: &Session, id: RecordId) {
    let register = session.register();
    for (_, agency, form) in register.forms_of(id) {
        if form.status == FormStatus::Declined {
            let case = register.cases.get(&form.case);
            let reference = case.map_or("", |case| &case.reference);
            let agency = register.agency_short(agency);
            let why = &form.declined_reason;
            caption(ui, &format!("Declined: {reference}, {agency}: {why}"));
        }
    }
}

fn day(at: DateTime<Utc>) -> String {
    written_date(at.with_timezone(&Local).date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_below_a_status_can_be_read_in_a_narrow_cell() {
        let form = |status| CaseForm {
            status,
            declined_reason: "Only mother was known to the agency".into(),
            ..CaseForm::new(RecordId::fresh(), RecordId::fresh())
        };
        let open = form(FormStatus::InProgress);
        let late = |words: &str, recently| below(&open, Some(words.into()), recently, None);
        assert_eq!(late("was due 04/12/2020", false), ["overdue"]);
        assert_eq!(late("3 days late", true), ["3 days late", "overdue"]);
        let declined = below(&form(FormStatus::Declined), None, false, None);
        assert_eq!(declined[0], "reason given");
        assert!(below(&form(FormStatus::NotKnown), None, false, None).is_empty());
    }
}
