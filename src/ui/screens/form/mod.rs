//! The form: sections at the left, one section at a time in the middle, what good evidence looks
//! like at the right. Everything works from the keyboard.

mod answer_control;
mod case_page;
mod dates_page;
mod fields;
pub(super) mod keys;
mod look_for;
mod overall_page;
mod question_card;
mod safety_page;
mod sections;

use std::collections::HashMap;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

use fields::{DateKey, FieldKey, Focus};

use super::status_of;
use crate::domain::form::CaseForm;
use crate::domain::id::RecordId;
use crate::domain::safety_stop::SafetyStop;
use crate::session::command::{Command, FormCommand};
use crate::session::{OpenForm, Session};
use crate::ui::act::Act;
use crate::ui::dialogs::{Ask, Asked};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, Tone, size, space};
use crate::ui::widgets::{self, DateField, Drafts, meter, notice, secondary};

/// What is shown in the middle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The case and the auditor.
    Case,
    /// One section of the tool.
    Section(String),
    /// Key dates.
    Dates,
    /// The overall grade.
    Overall,
}

/// Which dialog is open.
enum Dialog {
    Decline(Ask),
    NotKnown(Ask),
    Reopen(Ask),
}

/// The form's own state: where one is and what is typed.
#[derive(Default)]
pub struct FormScreen {
    form: Option<RecordId>,
    page: Option<Page>,
    /// The question worked on.
    current: Option<String>,
    drafts: Drafts<FieldKey>,
    dates: HashMap<DateKey, DateField>,
    dialog: Option<Dialog>,
    stop: Option<SafetyStop>,
    /// Whether the stop's page was entered in this frame.
    stop_begun: bool,
    /// The stop as typed at the last frame, and since when.
    stop_typed: Option<(SafetyStop, f64)>,
    stop_times: [DateField; 2],
    stop_hours: [String; 2],
    scroll_to: Option<String>,
    focus: Option<Focus>,
}

/// What the parts of the form draw from.
#[derive(Clone, Copy)]
struct Scene<'a> {
    session: &'a Session,
    open: &'a OpenForm,
    form: &'a CaseForm,
    /// Whether there is room for three columns.
    wide: bool,
}

impl Scene<'_> {
    fn editable(&self) -> bool {
        self.form.status.is_open() && !self.session.file().read_only
    }

    fn act(&self, command: FormCommand) -> Act {
        Act::Do(Command::Form(self.open.form, Box::new(command)))
    }
}

/// Below this width (in points) the look-for column moves under the questions.
const WIDE: f32 = 1040.0;
/// What the ways onward take at the end of the head, in points.
const ROOM_FOR_WAYS: f32 = 330.0;

impl FormScreen {
    /// Forgets the words that the document has, when the file is locked.
    pub fn forget_kept(&mut self) {
        self.drafts.forget_kept();
    }

    /// Goes to a page and question of the form, as a link elsewhere asked.
    pub fn go_to(&mut self, page: Page, question: Option<String>) {
        self.page = Some(page);
        self.scroll_to.clone_from(&question);
        self.current = question;
    }

    /// Draws the form.
    pub fn show(&mut self, ui: &mut Ui, session: &Session) -> Vec<Act> {
        let Some(open) = session.form() else {
            widgets::page(ui, 400.0, |ui| widgets::hint(ui, "Opening the form…"));
            return Vec::new();
        };
        let Some(form) = session.register().forms.get(&open.form) else {
            return vec![Act::Back];
        };
        let wide = ui.available_width() >= WIDE;
        let scene = Scene {
            session,
            open,
            form,
            wide,
        };
        if self.form != Some(open.form) {
            self.begin(scene);
        }
        let mut acts = self.keys(ui, scene);
        self.head(ui, scene, &mut acts);
        let side = if wide { 236.0 } else { 226.0 };
        let panel = Panel::left("form sections")
            .exact_size(side)
            .resizable(false);
        panel
            .frame(side_frame(ui))
            .show(ui, |ui| self.sections(ui, scene, &mut acts));
        if wide && self.shows_questions(scene) {
            let panel = Panel::right("look for").exact_size(282.0).resizable(false);
            panel
                .frame(side_frame(ui))
                .show(ui, |ui| self.look_for(ui, scene));
        }
        let middle = Frame::new().fill(Palette::of(ui.ctx()).page);
        CentralPanel::default()
            .frame(middle)
            .show(ui, |ui| self.middle(ui, scene, &mut acts));
        self.dialogs(ui, scene, &mut acts);
        acts
    }

    /// Resumes where the auditor left off; a new form begins with the case.
    fn begin(&mut self, scene: Scene<'_>) {
        let asked_to = (self.page.take(), self.current.take());
        *self = Self {
            form: Some(scene.open.form),
            ..Self::default()
        };
        if let (Some(page), question) = asked_to {
            return self.go_to(page, question);
        }
        let state = scene.open.state();
        let next = scene
            .open
            .left_off_at
            .as_deref()
            .and_then(|from| state.next_unanswered(Some(from)));
        match next.filter(|_| scene.form.status.is_open()) {
            Some(question) => self.go_to(
                Page::Section(question.section.clone()),
                Some(question.id.clone()),
            ),
            None => self.page = Some(Page::Case),
        }
    }

    fn page(&self) -> Page {
        self.page.clone().unwrap_or(Page::Case)
    }

    /// Whether the safety stop holds the form at the moment.
    fn is_stopped(scene: Scene<'_>) -> bool {
        scene.editable()
            && match scene.session.register().safety_stop(scene.open.form) {
                Some(stop) => !stop.is_resolved(),
                None => scene.open.state().unsafe_answer().is_some(),
            }
    }

    fn shows_questions(&self, scene: Scene<'_>) -> bool {
        matches!(self.page(), Page::Section(_)) && !Self::is_stopped(scene)
    }

    fn head(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        let palette = Palette::of(ui.ctx());
        let frame = Frame::new()
            .fill(palette.card)
            .inner_margin(Margin::symmetric(18, 10));
        Panel::top("form head").frame(frame).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                let agency = scene.session.register().agency_short(&scene.open.agency);
                let name = format!("{} · {agency}", scene.open.reference);
                ui.label(widgets::strong(&name).size(size::HEADING));
                widgets::status_badge(ui, scene.form.status);
                let progress = scene.open.state().progress();
                if scene.form.status.is_open() {
                    ui.add_space(space::NEAR);
                    let meter_width = if ui.max_rect().width() < WIDE {
                        70.0
                    } else {
                        110.0
                    };
                    meter(ui, meter_width, progress.answered, progress.asked);
                    widgets::hint(
                        ui,
                        &format!("{} of {} answered", progress.answered, progress.asked),
                    );
                }
                widgets::at_the_end(ui, ROOM_FOR_WAYS, |ui| self.ways(ui, scene, acts));
            });
        });
    }

    fn ways(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        let review = if scene.form.status.is_open() {
            "Review and submit"
        } else {
            "Read the answers"
        };
        if secondary(ui, icons::NEXT, review).clicked() {
            acts.extend(self.flush(scene.session));
            acts.push(Act::Go(Route::Review(scene.open.form)));
        }
        let stopped = Self::is_stopped(scene);
        if scene.editable() && !stopped && !scene.open.state().progress().is_complete() {
            let next = secondary(ui, "", "Next unanswered");
            if next.on_hover_text("Ctrl+Enter").clicked() {
                self.next_unanswered(scene);
            }
        }
    }

    fn middle(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        widgets::page(ui, 760.0, |ui| {
            if Self::is_stopped(scene) {
                return self.safety_page(ui, scene, acts);
            }
            if !scene.form.status.is_open() {
                self.closed_notice(ui, scene);
            }
            self.alarms(ui, scene, acts);
            match self.page() {
                Page::Case => self.case_page(ui, scene, acts),
                Page::Section(id) => self.section(ui, scene, &id, acts),
                Page::Dates => self.dates_page(ui, scene, acts),
                Page::Overall => self.overall_page(ui, scene, acts),
            }
        });
    }

    fn closed_notice(&mut self, ui: &mut Ui, scene: Scene<'_>) {
        notice(ui, Tone::Neutral, icons::LOCKED, |ui| {
            let mut words = format!("This form is {}.", status_of(scene.form.status));
            if !scene.form.declined_reason.is_empty() {
                words = format!("{words} Reason: {}", scene.form.declined_reason);
            }
            widgets::paragraph(ui, &words);
            if !scene.session.file().read_only && secondary(ui, "", "Reopen…").clicked() {
                let ask = Ask::new(
                    "Reopen this form",
                    "It goes back to “in progress”. The reason is kept with the form's history.",
                    "Why is it reopened?",
                    "Reopen",
                );
                self.dialog = Some(Dialog::Reopen(ask));
            }
        });
        ui.add_space(space::NEAR);
    }

    fn section(&mut self, ui: &mut Ui, scene: Scene<'_>, id: &str, acts: &mut Vec<Act>) {
        let Some(section) = scene
            .open
            .tool
            .sections
            .iter()
            .find(|section| section.id == id)
        else {
            return;
        };
        widgets::title(ui, &section.title);
        ui.add_space(space::TIGHT);
        let asked = scene.open.state().asked();
        let here: Vec<_> = asked
            .into_iter()
            .filter(|question| question.section == id)
            .collect();
        for question in &here {
            ui.push_id(&question.id, |ui| {
                self.question_card(ui, scene, question, acts);
            });
            ui.add_space(space::TIGHT);
        }
        ui.add_space(space::NEAR);
        self.onward(ui, scene);
        ui.add_space(space::PART);
    }

    /// To the next page in order.
    fn onward(&mut self, ui: &mut Ui, scene: Scene<'_>) {
        let pages = Self::pages(scene);
        let here = pages.iter().position(|page| *page == self.page());
        let Some(next) = here.and_then(|here| pages.get(here + 1)) else {
            return;
        };
        let words = format!("Go on to {}", page_title(scene.open, next).to_lowercase());
        if secondary(ui, icons::NEXT, &words).clicked() {
            self.page = Some(next.clone());
            self.current = None;
        }
    }

    fn pages(scene: Scene<'_>) -> Vec<Page> {
        let sections = scene.open.state().sections().into_iter();
        let mut pages = vec![Page::Case];
        pages.extend(sections.map(|section| Page::Section(section.id.clone())));
        if !dates_page::asked_dates(scene.open).is_empty() {
            pages.push(Page::Dates);
        }
        pages.push(Page::Overall);
        pages
    }

    fn next_unanswered(&mut self, scene: Scene<'_>) {
        let state = scene.open.state();
        match state.next_unanswered(self.current.as_deref()) {
            Some(question) => self.go_to(
                Page::Section(question.section.clone()),
                Some(question.id.clone()),
            ),
            None => self.go_to(Page::Overall, None),
        }
    }

    fn dialogs(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        let (asked, command): (Asked, fn(String) -> FormCommand) = match &mut self.dialog {
            None => return,
            Some(Dialog::Decline(ask)) => (ask.show(ui), FormCommand::Decline),
            Some(Dialog::NotKnown(ask)) => (ask.show(ui), |_| FormCommand::MarkNotKnown),
            Some(Dialog::Reopen(ask)) => (ask.show(ui), FormCommand::Reopen),
        };
        match asked {
            Asked::Waiting => return,
            Asked::Cancelled => (),
            Asked::Answered(words) => acts.push(scene.act(command(words))),
        }
        self.dialog = None;
    }
}

fn side_frame(ui: &Ui) -> Frame {
    Frame::new()
        .fill(Palette::of(ui.ctx()).side)
        .inner_margin(Margin::symmetric(10, 12))
}

fn page_title(open: &OpenForm, page: &Page) -> String {
    match page {
        Page::Case => "This case".into(),
        Page::Section(id) => {
            let section = open.tool.sections.iter().find(|section| section.id == *id);
            section.map_or_else(|| id.clone(), |section| section.title.clone())
        }
        Page::Dates => "Key dates".into(),
        Page::Overall => "Overall grade".into(),
    }
}
