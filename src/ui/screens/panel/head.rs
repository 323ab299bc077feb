//! The head of the panel's screen: which case, the way to the next one, what is shown.

use egui::{Frame, Margin, Panel, Ui};

use super::{Page, PanelScreen, Scene};
use crate::domain::case::{AGE_BANDS, Case, PLANS, label_of};
use crate::domain::id::RecordId;
use crate::session::Accord;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, size, space};
use crate::ui::widgets::{self, back_button, caption, secondary};

/// Below this width (in points) the head leaves out what can be read elsewhere.
const WIDE: f32 = 1000.0;
/// Below this width, which is that of type twice as large, words give way to shapes as well: the
/// head stays in sight and must leave room for the questions.
pub(super) const NARROW: f32 = 700.0;
/// What the ways to the other cases take at the end of their line, in points.
const ROOM_FOR_STEPS: f32 = 290.0;
/// What they take as shapes.
const ROOM_FOR_SHAPES: f32 = 90.0;
/// What the count of judgements takes there.
const ROOM_FOR_PROGRESS: f32 = 310.0;
/// What it takes in short.
const ROOM_IN_SHORT: f32 = 120.0;

impl PanelScreen {
    pub(super) fn head(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        let palette = Palette::of(ui.ctx());
        let frame = Frame::new()
            .fill(palette.card)
            .inner_margin(Margin::symmetric(18, 8));
        Panel::top("panel head").frame(frame).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| case_line(ui, scene, acts));
            ui.horizontal_wrapped(|ui| self.pages(ui, scene));
        });
    }

    fn pages(&mut self, ui: &mut Ui, scene: Scene<'_>) {
        let questions = scene.open.tool.questions.iter();
        let differ = questions.filter(|question| {
            question.is_scored() && scene.open.accord(question) == Accord::Differ
        });
        let questions = format!("Questions, {} differ", differ.count());
        for (page, words, key) in [
            (Page::Questions, questions.as_str(), "Ctrl+1"),
            (Page::Overall, "Overall grade", "Ctrl+2"),
            (Page::Timeline, "Timeline", "Ctrl+3"),
        ] {
            let tab = ui.add(egui::Button::selectable(self.page == page, words));
            widgets::keep_in_view(&tab);
            if tab.on_hover_text(key).clicked() {
                self.page = page;
            }
        }
        let narrow = ui.max_rect().width() < NARROW;
        let room = if narrow {
            ROOM_IN_SHORT
        } else {
            ROOM_FOR_PROGRESS
        };
        widgets::at_the_end(ui, room, |ui| {
            let progress = Progress::of(scene);
            let long = progress.in_words();
            let shown = if narrow {
                progress.in_short()
            } else {
                long.clone()
            };
            caption(ui, &shown).on_hover_text(long);
        });
    }
}

fn case_line(ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
    let register = scene.session.register();
    let audit = register.audits.get(&scene.open.audit);
    let title = audit.map_or("Audit", |audit| audit.title.as_str());
    let wide = ui.available_width() > WIDE;
    if back_button(ui, if wide { title } else { "Audit" }).clicked() {
        acts.push(Act::Go(Route::Audit(scene.open.audit)));
    }
    ui.add_space(space::NEAR);
    ui.label(widgets::strong(&scene.open.reference).size(size::TITLE));
    let (place, count) = place(scene);
    let mut words = vec![format!("Case {place} of {count}")];
    if let Some(case) = register.cases.get(&scene.open.case).filter(|_| wide) {
        words.extend(described(case));
    }
    caption(ui, &words.join(" · "));
    steps(ui, scene, acts);
}

/// The ways to the next case and to the one before.
fn steps(ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
    let narrow = ui.max_rect().width() < NARROW;
    let room = if narrow {
        ROOM_FOR_SHAPES
    } else {
        ROOM_FOR_STEPS
    };
    widgets::at_the_end(ui, room, |ui| {
        for (step, icon, words, key) in [
            (1, icons::NEXT, "Next case", "Page Down"),
            (-1, icons::BACK, "Previous case", "Page Up"),
        ] {
            let to = neighbour(scene, step);
            let shown = if narrow { "" } else { words };
            let button = ui.add_enabled_ui(to.is_some(), |ui| secondary(ui, icon, shown));
            let button = button.inner.accessible_name(words);
            let clicked = button.on_hover_text(format!("{words} ({key})")).clicked();
            if let (true, Some(case)) = (clicked, to) {
                acts.push(Act::Go(Route::Panel(case)));
            }
        }
    });
}

fn described(case: &Case) -> Vec<String> {
    let age = case.age_band.as_deref().map(|id| label_of(AGE_BANDS, id));
    let plan = case.plan.as_deref().map(|id| label_of(PLANS, id));
    [age, plan]
        .into_iter()
        .flatten()
        .map(str::to_owned)
        .collect()
}

/// The number of the case among those of its audit, and how many there are.
fn place(scene: Scene<'_>) -> (usize, usize) {
    let cases = scene.session.register().cases_of(scene.open.audit);
    let at = cases.iter().position(|(case, _)| *case == scene.open.case);
    (at.map_or(0, |at| at + 1), cases.len())
}

/// The case `step` further on in the audit.
pub(super) fn neighbour(scene: Scene<'_>, step: isize) -> Option<RecordId> {
    let cases = scene.session.register().cases_of(scene.open.audit);
    let at = cases
        .iter()
        .position(|(case, _)| *case == scene.open.case)?;
    let to = at.checked_add_signed(step)?;
    cases.get(to).map(|(case, _)| *case)
}

/// How far the panel has come with a case.
struct Progress {
    /// Of the questions that count and that anybody answered, those with a judgement.
    judged: usize,
    /// All of those.
    answered: usize,
    overall: bool,
}

impl Progress {
    fn of(scene: Scene<'_>) -> Self {
        let questions = scene.open.tool.questions.iter();
        let answered = questions.filter(|question| {
            question.is_scored() && scene.open.accord(question) != Accord::Nobody
        });
        let judged = answered
            .clone()
            .filter(|question| scene.judgement(Some(&question.id)).is_some());
        Self {
            judged: judged.count(),
            answered: answered.count(),
            overall: scene.judgement(None).is_some(),
        }
    }

    fn in_words(&self) -> String {
        let overall = match self.overall {
            true => "overall grade given",
            false => "no overall grade yet",
        };
        let Self {
            judged, answered, ..
        } = self;
        format!("{judged} of {answered} scored questions judged, {overall}")
    }

    fn in_short(&self) -> String {
        format!("{} of {} judged", self.judged, self.answered)
    }
}
