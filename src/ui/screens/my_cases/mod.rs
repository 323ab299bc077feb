//! A return as its auditor opens it: the covering page, the own cases, and the way to send it back.

mod send;

use egui::{CollapsingHeader, Ui};

use crate::domain::dates::written_date;
use crate::domain::form::{CaseForm, FormStatus};
use crate::domain::id::RecordId;
use crate::session::command::FormCommand;
use crate::session::settings::Settings;
use crate::session::{Session, ToSend, chase};
use crate::ui::act::Act;
use crate::ui::dialogs::{Ask, Asked, NO_RECORD, ask_not_known, ask_to_decline};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::screens::audits;
use crate::ui::screens::beside::copies_beside;
use crate::ui::screens::returns::conflicts;
use crate::ui::theme::space;
use crate::ui::widgets::{self, caption, card, hint, meter, primary, quiet, secondary};

/// Which dialog is open, and what was saved last.
#[derive(Default)]
pub struct MyCasesScreen {
    dialog: Option<(RecordId, Dialog)>,
    /// The copy saved last.
    pub saved: Option<ToSend>,
}

enum Dialog {
    Decline(Ask),
    NotKnown(Ask),
}

impl MyCasesScreen {
    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, settings: &Settings) -> Vec<Act> {
        let mut acts = Vec::new();
        widgets::page(ui, 1180.0, |ui| {
            let (audit, agency) = whose(session);
            widgets::title(ui, &format!("{audit}: {agency}"));
            head(ui, session);
            ui.add_space(space::NEAR);
            audits::stops(ui, session, &mut acts);
            copies_beside(ui, session, settings, &mut acts);
            conflicts(ui, session, None, &mut acts);
            send::saved(ui, self.saved.as_ref(), &mut acts);
            if has_cover(session) && ui.available_width() >= TWO_COLUMNS {
                widgets::columns(ui, &[0.75, 1.25], |ui, at| match at {
                    0 => covering_page(ui, session),
                    _ => self.work(ui, session, &mut acts),
                });
            } else if is_begun(session) {
                self.work(ui, session, &mut acts);
                covering_page_again(ui, session);
            } else {
                covering_page(ui, session);
                self.work(ui, session, &mut acts);
            }
            ui.add_space(space::PART);
        });
        self.dialogs(ui, &mut acts);
        acts
    }

    /// The cases, and the way to send them back.
    fn work(&mut self, ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
        card(ui, |ui| self.cases(ui, session, acts));
        ui.add_space(space::NEAR);
        if !session.file().read_only {
            card(ui, |ui| send::send(ui, session, acts));
        }
    }

    fn cases(&mut self, ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
        let forms = in_order(session);
        widgets::heading(ui, "My cases");
        let done = forms.iter().filter(|(_, _, form)| !form.status.is_open());
        let done = done.count();
        ui.horizontal(|ui| {
            meter(ui, 130.0, done, forms.len());
            caption(ui, &format!("{done} of {} finished", forms.len()));
        });
        for (reference, id, form) in &forms {
            ui.separator();
            ui.push_id(id, |ui| {
                self.case(ui, session, (reference, *id, form), acts)
            });
        }
    }

    fn case(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        (reference, id, form): (&str, RecordId, &CaseForm),
        acts: &mut Vec<Act>,
    ) {
        ui.horizontal_wrapped(|ui| {
            column(ui, 104.0, |ui| drop(ui.label(widgets::strong(reference))));
            column(ui, 158.0, |ui| {
                widgets::status_badge(ui, form.status);
            });
            let open = match form.status {
                FormStatus::NotStarted => "Begin",
                FormStatus::InProgress => "Go on",
                _ => "Read",
            };
            column(ui, 92.0, |ui| {
                let button = if form.status.is_open() {
                    primary(ui, icons::NEXT, open)
                } else {
                    secondary(ui, icons::NEXT, open)
                };
                let button = button.accessible_name(format!("{open}, {reference}"));
                if button.clicked() {
                    acts.push(Act::Go(Route::Form(id)));
                }
            });
            if form.status.is_open() && !session.file().read_only {
                column(ui, 178.0, |ui| {
                    self.not_known(ui, reference, id, form, acts)
                });
                self.decline(ui, reference, id, form);
            }
        });
        if form.status == FormStatus::Declined {
            hint(ui, &format!("Reason: {}", form.declined_reason));
        }
    }

    /// One click; a form with answers on it asks first.
    fn not_known(
        &mut self,
        ui: &mut Ui,
        reference: &str,
        id: RecordId,
        form: &CaseForm,
        acts: &mut Vec<Act>,
    ) {
        let begun = form.status == FormStatus::InProgress;
        let words = if begun {
            "Not known to us…"
        } else {
            "Not known to us"
        };
        let button = quiet(ui, icons::NOT_APPLICABLE, words).on_hover_text(NO_RECORD);
        let button = button.accessible_name(format!("{words}, {reference}"));
        if !button.clicked() {
            return;
        }
        if begun {
            let ask = ask_not_known(format!("{reference} is not known to us"), begun);
            self.dialog = Some((id, Dialog::NotKnown(ask)));
        } else {
            acts.push(Act::DoToForm(id, Box::new(FormCommand::MarkNotKnown)));
        }
    }

    fn decline(&mut self, ui: &mut Ui, reference: &str, id: RecordId, form: &CaseForm) {
        let button = quiet(ui, icons::NO, "Decline…");
        let button = button.accessible_name(format!("Decline…, {reference}"));
        if !button.clicked() {
            return;
        }
        let begun = form.status == FormStatus::InProgress;
        let ask = ask_to_decline(format!("Decline to fill in {reference}"), begun);
        self.dialog = Some((id, Dialog::Decline(ask)));
    }

    fn dialogs(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        let Some((form, dialog)) = &mut self.dialog else {
            return;
        };
        let (asked, command): (Asked, fn(String) -> FormCommand) = match dialog {
            Dialog::Decline(ask) => (ask.show(ui), FormCommand::Decline),
            Dialog::NotKnown(ask) => (ask.show(ui), |_| FormCommand::MarkNotKnown),
        };
        match asked {
            Asked::Waiting => return,
            Asked::Cancelled => (),
            Asked::Answered(words) => acts.push(Act::DoToForm(*form, Box::new(command(words)))),
        }
        self.dialog = None;
    }
}

/// A part of a line of this width, so that lines stand under each other.
fn column(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui)) {
    ui.allocate_ui(egui::vec2(width, space::BUTTON), |ui| {
        ui.set_min_width(width);
        contents(ui);
    });
}

/// The audit's title and the agency.
fn whose(session: &Session) -> (&str, &str) {
    let register = session.register();
    let own = session.own_return();
    let audit = own.and_then(|own| register.audits.get(&own.audit));
    (
        audit.map_or("Audit", |audit| audit.title.as_str()),
        own.map_or("", |own| register.agency_short(&own.agency)),
    )
}

/// The partnership, and by when the return is due back.
fn head(ui: &mut Ui, session: &Session) {
    let register = session.register();
    if let Some(partnership) = register.partnership() {
        hint(ui, &partnership.name);
    }
    let Some(own) = session.own_return() else {
        return;
    };
    let due = chase::due_back(register, own.audit, &own.agency);
    let Some(due) = due else { return };
    let today = session.now().date_naive();
    let words = match (due - today).num_days() {
        0 => ": today".into(),
        1 => ": tomorrow".into(),
        left if left > 0 => format!(": {left} days left"),
        late if late < -chase::LONG_AGO => String::new(),
        _ => {
            chase::late_words(Some(due), today).map_or_else(String::new, |late| format!(": {late}"))
        }
    };
    let due = written_date(due);
    ui.label(widgets::strong(&format!("Due back by {due}{words}")));
}

/// Width from which the covering page stands beside the cases, in points.
const TWO_COLUMNS: f32 = 1000.0;

fn cover(session: &Session) -> &str {
    session.own_return().map_or("", |own| own.cover.trim())
}

fn has_cover(session: &Session) -> bool {
    !cover(session).is_empty()
}

/// What the office wrote for the auditor to read first.
fn covering_page(ui: &mut Ui, session: &Session) {
    if !has_cover(session) {
        return;
    }
    card(ui, |ui| {
        widgets::heading(ui, BEFORE);
        cover_words(ui, session);
    });
    ui.add_space(space::NEAR);
}

/// The same for somebody who goes on: folded, and below the cases.
fn covering_page_again(ui: &mut Ui, session: &Session) {
    if has_cover(session) {
        ui.add_space(space::NEAR);
        card(ui, |ui| {
            let page = CollapsingHeader::new(widgets::strong(BEFORE));
            let page = page.show(ui, |ui| cover_words(ui, session));
            widgets::keep_in_view(&page.header_response);
        });
    }
}

/// The heading of the covering page.
const BEFORE: &str = "Before you begin";

fn cover_words(ui: &mut Ui, session: &Session) {
    for part in cover(session).split("\n\n") {
        ui.add(egui::Label::new(part).wrap());
        ui.add_space(space::TIGHT);
    }
}

/// Whether the auditor has done something on any of the forms.
fn is_begun(session: &Session) -> bool {
    let mut forms = session.register().forms.values();
    forms.any(|form| form.status != FormStatus::NotStarted)
}

/// The forms by the reference of their case.
fn in_order(session: &Session) -> Vec<(&str, RecordId, &CaseForm)> {
    let register = session.register();
    let forms = register.forms.iter();
    let mut forms: Vec<_> = forms
        .filter_map(|(id, form)| {
            let case = register.cases.get(&form.case)?;
            Some((case.reference.as_str(), *id, form))
        })
        .collect();
    forms.sort_by_key(|(reference, _, _)| *reference);
    forms
}
