//! The panel by keyboard. While a text field has the keyboard, only Esc is ours.

use egui::{Key, Modifiers, Ui};

use super::dates::differing;
use super::fields::{FieldKey, Part};
use super::head::neighbour;
use super::judge::picked;
use super::{Page, PanelScreen, Scene};
use crate::domain::tool::Question;
use crate::ui::act::Act;
use crate::ui::route::Route;
use crate::ui::screens::form::keys::{leave_field, nothing_focused, pressed, typed};

/// Ctrl with these keys leads to the parts of the case.
const PAGES: [(Key, Page); 3] = [
    (Key::Num1, Page::Questions),
    (Key::Num2, Page::Overall),
    (Key::Num3, Page::Timeline),
];

/// How far one press scrolls, in points.
const SCROLL: f32 = 90.0;

/// Ctrl+Up and Ctrl+Down scroll; where there is no list, Up and Down alone do.
pub(super) fn scroll(ui: &Ui, list: bool) {
    if ui.ctx().text_edit_focused() {
        return;
    }
    for (key, by) in [(Key::ArrowDown, -SCROLL), (Key::ArrowUp, SCROLL)] {
        let alone = !list && nothing_focused(ui) && pressed(ui, Modifiers::NONE, key);
        if alone || pressed(ui, Modifiers::COMMAND, key) {
            ui.scroll_with_delta(egui::vec2(0.0, by));
        }
    }
}

impl PanelScreen {
    pub(super) fn keys(&mut self, ui: &Ui, scene: Scene<'_>) -> Vec<Act> {
        if self.dialog.is_some() {
            return Vec::new();
        }
        if ui.ctx().text_edit_focused() {
            if pressed(ui, Modifiers::NONE, Key::Escape) {
                leave_field(ui);
            }
            return Vec::new();
        }
        for (key, step) in [(Key::PageDown, 1), (Key::PageUp, -1)] {
            if pressed(ui, Modifiers::NONE, key) {
                let to = neighbour(scene, step);
                return to
                    .map(|case| Act::Go(Route::Panel(case)))
                    .into_iter()
                    .collect();
            }
        }
        if pressed(ui, Modifiers::COMMAND, Key::Num4) {
            return vec![Act::Go(Route::Attendance(scene.open.audit))];
        }
        for (key, page) in PAGES {
            if pressed(ui, Modifiers::COMMAND, key) {
                self.page = page;
                leave_field(ui);
            }
        }
        match self.page {
            Page::Questions => self.question_keys(ui, scene),
            Page::Overall => self.overall_keys(ui, scene),
            Page::Timeline => {
                self.date_keys(ui, scene);
                Vec::new()
            }
        }
    }

    /// Up and Down through the dates that differ, a number for the date of that agency, Enter for
    /// another.
    fn date_keys(&mut self, ui: &Ui, scene: Scene<'_>) {
        let dates = scene.open.dates(scene.session.register());
        let differing = differing(scene, &dates);
        let here = |id: &Option<String>| {
            let mut moments = differing.iter();
            moments.position(|moment| Some(&moment.field.id) == id.as_ref())
        };
        let Some(at) = here(&self.date) else {
            self.date = differing.first().map(|moment| moment.field.id.clone());
            return;
        };
        let to = if pressed(ui, Modifiers::NONE, Key::ArrowDown) {
            at + 1
        } else if pressed(ui, Modifiers::NONE, Key::ArrowUp) {
            at.saturating_sub(1)
        } else {
            at
        };
        if let Some(moment) = differing.get(to).filter(|_| to != at) {
            self.date = Some(moment.field.id.clone());
            self.scroll_to_date = true;
            leave_field(ui);
        }
        let moment = &differing[at];
        if !scene.editable() {
            return;
        }
        if nothing_focused(ui) && pressed(ui, Modifiers::NONE, Key::Enter) {
            return self.ask_date(scene, moment, None);
        }
        let picked = typed(ui).into_iter().filter_map(|key| {
            let nth: usize = key.parse().ok()?;
            moment.given.get(nth.checked_sub(1)?)
        });
        for (date, _) in picked {
            self.ask_date(scene, moment, Some(*date));
        }
    }

    fn question_keys(&mut self, ui: &Ui, scene: Scene<'_>) -> Vec<Act> {
        self.move_by_keys(ui, scene);
        let tool = &scene.open.tool;
        let current = self.current.as_deref().and_then(|id| tool.question(id));
        let Some(question) = current.filter(|_| scene.editable()) else {
            return Vec::new();
        };
        self.enter_reason(ui, scene, Some(&question.id));
        let options = typed(ui).into_iter();
        options
            .filter_map(|key| picked(scene, question, &option_by_key(scene, question, &key)?))
            .collect()
    }

    fn overall_keys(&mut self, ui: &Ui, scene: Scene<'_>) -> Vec<Act> {
        if !scene.editable() {
            return Vec::new();
        }
        self.enter_reason(ui, scene, None);
        let tool = &scene.open.tool;
        let Some(scale) = tool.scale(&tool.grade_scale) else {
            return Vec::new();
        };
        let by_key = |key: String| {
            let mut values = scale.values.iter();
            values.find(|value| value.key.eq_ignore_ascii_case(&key))
        };
        let grades = typed(ui).into_iter().filter_map(by_key);
        grades
            .filter_map(|value| self.grade(scene, &value.id))
            .collect()
    }

    /// Enter leads into the reason of a judgement that stands.
    fn enter_reason(&mut self, ui: &Ui, scene: Scene<'_>, question: Option<&str>) {
        if nothing_focused(ui)
            && scene.judgement(question).is_some()
            && pressed(ui, Modifiers::NONE, Key::Enter)
        {
            self.focus = Some(FieldKey {
                case: scene.open.case,
                question: question.map(str::to_owned),
                part: Part::Reason,
            });
        }
    }

    /// Up and down through the questions as they are listed.
    fn move_by_keys(&mut self, ui: &Ui, scene: Scene<'_>) {
        let groups = self.groups(scene);
        let ids: Vec<&str> = groups
            .iter()
            .flat_map(|(_, questions)| questions.iter().map(|question| question.id.as_str()))
            .collect();
        let here = ids
            .iter()
            .position(|id| Some(*id) == self.current.as_deref());
        let Some(here) = here else {
            // A case just opened: its first question, without scrolling past what stands on top.
            self.current = ids.first().map(|id| (*id).to_owned());
            return;
        };
        let to = if pressed(ui, Modifiers::NONE, Key::ArrowDown) {
            here + 1
        } else if pressed(ui, Modifiers::NONE, Key::ArrowUp) {
            here.saturating_sub(1)
        } else {
            return;
        };
        if let Some(id) = ids.get(to) {
            self.go_to((*id).to_owned());
        }
        leave_field(ui);
    }
}

/// The option a key stands for.
fn option_by_key(scene: Scene<'_>, question: &Question, key: &str) -> Option<String> {
    if let Some(scale) = scene.open.tool.scale_of(question) {
        let mut values = scale.values.iter();
        let value = values.find(|value| value.key.eq_ignore_ascii_case(key))?;
        return Some(value.id.clone());
    }
    let nth: usize = key.parse().ok()?;
    let option = question.choices.get(nth.checked_sub(1)?)?;
    Some(option.id.clone())
}
