//! The help: pages for the auditor, the chair and the office, and the keys. It opens at the part
//! that speaks of the screen one was on, and can be searched.

use egui::text::{LayoutJob, TextFormat};
use egui::{Event, FontFamily, FontId, Id, Key, Label, Modifiers, TextEdit, Ui};

use crate::domain::help::{Block, Link, Page, Part, Span, pages};
use crate::domain::search::Wanted;
use crate::ui::act::Act;
use crate::ui::fonts;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, size, space};
use crate::ui::widgets::{self, card, hint};

/// Which page is shown, and what is looked for in all of them.
pub struct HelpScreen {
    pages: Vec<Page>,
    page: usize,
    words: String,
    scroll_to: Option<String>,
    focus: bool,
}

impl Default for HelpScreen {
    fn default() -> Self {
        Self {
            pages: pages(),
            page: 0,
            words: String::new(),
            scroll_to: None,
            focus: false,
        }
    }
}

/// How far one press of an arrow scrolls, in points.
const SCROLL: f32 = 90.0;

impl HelpScreen {
    /// Opens at the part that speaks of a screen.
    pub fn begin(&mut self, from: &Route, is_return: bool) {
        let (page, part) = from.help(is_return);
        self.words.clear();
        self.focus = true;
        self.go_to(page, part);
    }

    fn go_to(&mut self, page: &str, part: &str) {
        self.page = self
            .pages
            .iter()
            .position(|own| own.id == page)
            .unwrap_or(0);
        let first = self
            .pages
            .get(self.page)
            .and_then(|page| page.parts.first());
        // The first part stands under the title: the page shows from its top.
        let is_first = first.is_some_and(|first| first.id == part);
        self.scroll_to = (!is_first).then(|| part.to_owned());
    }

    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui) -> Vec<Act> {
        let mut acts = Vec::new();
        let mut lead = None;
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            acts.push(Act::Back);
        }
        ui.push_id(self.page, |ui| {
            widgets::page(ui, 760.0, |ui| {
                scroll_by_keys(ui);
                if widgets::back_button(ui, "Back").clicked() {
                    acts.push(Act::Back);
                }
                widgets::title(ui, "Help");
                self.field(ui);
                ui.add_space(space::NEAR);
                match Wanted::new(&self.words) {
                    Some(wanted) => self.found(ui, &wanted, &mut lead),
                    None => self.reading(ui, &mut lead),
                }
                ui.add_space(space::PART);
            });
        });
        if let Some(link) = lead {
            self.words.clear();
            self.go_to(&link.page, &link.part);
        }
        acts
    }

    /// Whatever is typed is looked for, wherever the keyboard is.
    fn field(&mut self, ui: &mut Ui) {
        let id = Id::unique("search the help");
        if is_typing(ui) && !ui.ctx().text_edit_focused() {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let edit = TextEdit::singleline(&mut self.words)
            .id(id)
            .hint_text("Search the help")
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(10, 8));
        let field = ui.add(edit).accessible_name("Search the help");
        if std::mem::take(&mut self.focus) {
            field.request_focus();
        }
    }

    fn found(&self, ui: &mut Ui, wanted: &Wanted, lead: &mut Option<Link>) {
        let parts = self.pages.iter().flat_map(|page| {
            let parts = page.parts.iter();
            parts.map(move |part| (page, part))
        });
        let found: Vec<(&Page, &Part)> = parts.filter(|(_, part)| part.holds(wanted)).collect();
        card(ui, |ui| {
            if found.is_empty() {
                hint(ui, "Nothing in the help has all these words. Try fewer.");
            }
            for (page, part) in found {
                let title = format!("{} · {}", part.title, page.title);
                let words = wanted.excerpt(&part.words());
                let line = ui.push_id((&page.id, &part.id), |ui| {
                    widgets::found_line(ui, false, &title, &words)
                });
                if line.inner.clicked() {
                    *lead = Some(Link {
                        words: String::new(),
                        page: page.id.clone(),
                        part: part.id.clone(),
                    });
                }
            }
        });
    }

    fn reading(&mut self, ui: &mut Ui, lead: &mut Option<Link>) {
        ui.horizontal_wrapped(|ui| {
            for (at, page) in self.pages.iter().enumerate() {
                let button = egui::Button::selectable(at == self.page, &page.title);
                let response = ui.add(button);
                widgets::keep_in_view(&response);
                if response.clicked() {
                    self.page = at;
                }
            }
        });
        let Some(page) = self.pages.get(self.page) else {
            return;
        };
        ui.add_space(space::NEAR);
        blocks(ui, &page.about, lead);
        for part in &page.parts {
            ui.add_space(space::NEAR);
            let drawn = ui.push_id(&part.id, |ui| {
                card(ui, |ui| {
                    let heading = widgets::heading(ui, &part.title);
                    blocks(ui, &part.blocks, lead);
                    heading
                })
            });
            if self.scroll_to.take_if(|id| *id == part.id).is_some() {
                drawn.inner.response.scroll_to_me(Some(egui::Align::TOP));
            }
        }
    }
}

/// Whether a word is being typed; Space alone presses a button.
fn is_typing(ui: &Ui) -> bool {
    let is_word = |event: &Event| match event {
        Event::Text(text) => !text.trim().is_empty(),
        _ => false,
    };
    ui.input(|input| input.events.iter().any(is_word))
}

/// The field has the keyboard, and the arrows scroll.
fn scroll_by_keys(ui: &Ui) {
    let page = ui.ctx().content_rect().height() * 0.7;
    let steps = [
        (Key::ArrowDown, -SCROLL),
        (Key::ArrowUp, SCROLL),
        (Key::PageDown, -page),
        (Key::PageUp, page),
    ];
    for (key, by) in steps {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            ui.scroll_with_delta(egui::vec2(0.0, by));
        }
    }
}

/// Width of the signs of lists, and of the keys of tables, in points.
const SIGN: f32 = 22.0;
const KEYS: f32 = 190.0;

fn blocks(ui: &mut Ui, blocks: &[Block], lead: &mut Option<Link>) {
    for block in blocks {
        match block {
            Block::Paragraph(spans) => text(ui, spans),
            Block::Item(sign, spans) => beside(ui, SIGN, sign, spans),
            Block::Row(keys, spans) => beside(ui, KEYS, keys, spans),
            Block::Link(link) => {
                if widgets::link(ui, &link.words).clicked() {
                    *lead = Some(link.clone());
                }
            }
        }
        ui.add_space(2.0);
    }
}

fn beside(ui: &mut Ui, width: f32, sign: &str, spans: &[Span]) {
    ui.horizontal_top(|ui| {
        let size = egui::vec2(width.min(ui.available_width() * 0.4), 0.0);
        let left = egui::Layout::top_down(egui::Align::Min);
        ui.allocate_ui_with_layout(size, left, |ui| {
            ui.set_width(size.x);
            ui.label(widgets::strong(sign));
        });
        text(ui, spans);
    });
}

fn text(ui: &mut Ui, spans: &[Span]) {
    let colour = Palette::of(ui.ctx()).text;
    let mut job = LayoutJob::default();
    for span in spans {
        let family = if span.strong {
            fonts::strong()
        } else {
            FontFamily::Proportional
        };
        let format = TextFormat::simple(FontId::new(size::BODY, family), colour);
        job.append(&span.words, 0.0, format);
    }
    ui.add(Label::new(job).wrap());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::RecordId;
    use crate::ui::shortcuts;

    #[test]
    fn every_screen_has_its_part() {
        let id = RecordId::fresh();
        let routes = [
            Route::Start,
            Route::NewRegister,
            Route::Audits,
            Route::NewAudit,
            Route::Audit(id),
            Route::Form(id),
            Route::Review(id),
            Route::Panel(id),
            Route::Summary(id),
            Route::Returns(id),
            Route::Attendance(id),
            Route::Findings(id),
            Route::Scope(id),
            Route::Merge,
            Route::Themes,
            Route::Export(None),
            Route::Tools,
            Route::History(id),
            Route::Safekeeping,
            Route::Retention(None),
            Route::Redact,
            Route::Search,
            Route::Settings,
        ];
        let pages = pages();
        for (route, is_return) in routes
            .iter()
            .flat_map(|route| [(route, false), (route, true)])
        {
            let (page, part) = route.help(is_return);
            let page = pages.iter().find(|own| own.id == page).unwrap();
            assert!(
                page.parts.iter().any(|own| own.id == part),
                "{route:?} leads to {part}"
            );
        }
    }

    #[test]
    fn every_key_that_works_everywhere_is_told() {
        let pages = pages();
        let keys = pages.iter().find(|page| page.id == "keys").unwrap();
        let told: Vec<&str> = keys.parts[0]
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Row(keys, _) => Some(keys.split(", ")),
                _ => None,
            })
            .flatten()
            .collect();
        for (keys, _) in shortcuts::ALL {
            let name = shortcuts::name(keys);
            assert!(told.contains(&name.as_str()), "{name} is not in {told:?}");
        }
    }
}
