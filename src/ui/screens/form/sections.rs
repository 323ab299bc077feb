//! The list of pages with how far each is.

use egui::{ScrollArea, Ui};

use super::{FormScreen, Page, Scene, dates_page, page_title};
use crate::domain::flow::Progress;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Palette, Tone, space};
use crate::ui::widgets::{self, nav_item};

impl FormScreen {
    pub(super) fn sections(&mut self, ui: &mut Ui, scene: Scene<'_>, acts: &mut Vec<Act>) {
        if widgets::back_button(ui, "All cases").clicked() {
            acts.extend(self.flush(scene.session));
            acts.push(Act::Go(crate::ui::route::Route::Audit(scene.open.audit)));
        }
        ui.add_space(space::TIGHT);
        let stopped = Self::is_stopped(scene);
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.add_enabled_ui(!stopped, |ui| {
                    for page in Self::pages(scene) {
                        self.section_line(ui, scene, page, acts);
                    }
                });
                ui.add_space(space::APART);
                if scene.editable() && !stopped && scene.wide {
                    key_help(ui);
                }
            });
    }

    fn section_line(&mut self, ui: &mut Ui, scene: Scene<'_>, page: Page, acts: &mut Vec<Act>) {
        let progress = progress_of(scene, &page);
        let title = page_title(scene.open, &page);
        let count = if progress.asked > 0 {
            format!("{} of {}", progress.answered, progress.asked)
        } else {
            String::new()
        };
        let here = self.page() == page;
        let icon = progress_icon(ui, progress);
        if nav_item(ui, here, icon, &title, &count).clicked() && !here {
            acts.extend(self.flush(scene.session));
            self.page = Some(page);
            self.current = None;
        }
    }
}

fn progress_of(scene: Scene<'_>, page: &Page) -> Progress {
    let one = |done: bool| Progress {
        answered: usize::from(done),
        asked: 1,
    };
    match page {
        Page::Case => one(!scene.form.role.trim().is_empty()),
        Page::Section(id) => scene.open.state().progress_in(id),
        Page::Dates => {
            let asked = dates_page::asked_dates(scene.open);
            let given = asked
                .iter()
                .filter(|date| scene.open.content.dates.contains_key(&date.id));
            Progress {
                answered: given.count(),
                asked: asked.len(),
            }
        }
        Page::Overall => one(scene.form.overall.is_some()),
    }
}

fn progress_icon(ui: &Ui, progress: Progress) -> (&'static str, egui::Color32) {
    let palette = Palette::of(ui.ctx());
    if progress.is_complete() {
        (icons::DONE, palette.tone(Tone::Good).ink)
    } else if progress.answered > 0 {
        (icons::BEGUN, palette.tone(Tone::Mixed).ink)
    } else {
        (icons::NOT_STARTED, palette.soft_text)
    }
}

fn key_help(ui: &mut Ui) {
    ui.horizontal(|ui| {
        let colour = Palette::of(ui.ctx()).soft_text;
        widgets::icon(ui, icons::KEYBOARD, 15.0, colour);
        widgets::caption(ui, "By keyboard");
    });
    let keys = [
        ("The key on a button", "that answer"),
        ("A, E", "not applicable, not evidenced"),
        ("Enter", "write a note"),
        ("Esc", "leave the note"),
        ("Up, Down", "other question"),
        ("Ctrl+Enter", "next unanswered"),
    ];
    for (key, what) in keys {
        widgets::caption(ui, &format!("{key}: {what}"));
    }
}
