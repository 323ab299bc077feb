//! The table of cases and agencies: where each form stands, how late it is, and which merge
//! brought it. The cases stay in sight when there are more agencies than fit.

use chrono::{DateTime, Local, Utc};
use egui::{Align, Layout, Ui, UiBuilder, Vec2, vec2};

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
/// Height of the head of a column.
const HEAD: f32 = 74.0;
/// Height of a row.
const ROW: f32 = 44.0;
/// Between cells.
const GAP: f32 = 5.0;
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
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(GAP);
        ui.vertical(|ui| {
            in_place(ui, vec2(CASES - GAP, HEAD), |ui| {
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
                    for code in &audit.agencies {
                        let head = vec2(cell.x, HEAD);
                        in_place(ui, head, |ui| column_head(ui, session, id, code));
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

/// The agency, how many of its forms are in, when its file went out, and when they are due or by
/// how much they are late.
fn column_head(ui: &mut Ui, session: &Session, audit: RecordId, code: &str) {
    let register = session.register();
    let forms = register.forms_of(audit);
    let own = forms.iter().filter(|(_, agency, _)| *agency == code);
    let own: Vec<_> = own.map(|(_, _, form)| form).collect();
    let open = own.iter().filter(|form| form.status.is_open()).count();
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        let short = widgets::strong(register.agency_short(code)).size(size::SMALL);
        ui.add(egui::Label::new(short).truncate());
        caption(ui, &format!("{} of {} in", own.len() - open, own.len()));
        let part = register.returns.get(&AgencyReturn::id(audit, code));
        match part.and_then(|part| part.issued) {
            Some(day) => caption(ui, &format!("sent {}", day.format("%d/%m/%y"))),
            None => caption(ui, "not sent out"),
        };
        let due = chase::due_back(register, audit, code);
        let today = session.now().date_naive();
        match (due, chase::late_words(due, today)) {
            (Some(_), Some(late)) if open > 0 => {
                let tone = match chase::days_late(due, today) {
                    ..=chase::LONG_AGO => Tone::Poor,
                    _ => Tone::Neutral,
                };
                let ink = Palette::of(ui.ctx()).tone(tone).ink;
                ui.label(egui::RichText::new(late).size(size::SMALL).color(ink));
            }
            (Some(due), None) if open > 0 => {
                drop(caption(ui, &format!("due {}", written_date(due))));
            }
            _ => (),
        }
    });
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
            below: &below(form, late, merged),
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

/// The line below the status: what is missing first, otherwise which merge brought it.
fn below(form: &CaseForm, late: Option<String>, merged: Option<&Arrival>) -> String {
    if let Some(late) = late {
        return late;
    }
    match (form.status, merged, form.submitted) {
        (FormStatus::Declined, _, _) => form.declined_reason.clone(),
        (_, Some(arrival), _) => {
            let at = arrival.at.with_timezone(&Local);
            format!("merged {}", at.format("%d/%m/%y"))
        }
        (FormStatus::Submitted, None, Some(at)) => day(at),
        _ => String::new(),
    }
}

fn day(at: DateTime<Utc>) -> String {
    written_date(at.with_timezone(&Local).date_naive())
}
