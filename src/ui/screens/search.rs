//! Looking for words in the open file: results under headings, each leading to its place. From the
//! keyboard alone: type, Up and Down, Enter; Alt+Left comes back to the results.

use egui::{Key, Modifiers, TextEdit, Ui};

use crate::domain::id::RecordId;
use crate::session::Session;
use crate::session::search::{Found, FoundGroup, Hit, SearchRequest};
use crate::ui::act::Act;
use crate::ui::route::Route;
use crate::ui::theme::space;
use crate::ui::widgets::{self, caption, card, hint};

/// What is typed, what was found, and which line Enter leads to.
#[derive(Default)]
pub struct SearchScreen {
    words: String,
    /// The audit one came from, which alone can be looked in.
    audit: Option<RecordId>,
    only_audit: bool,
    /// Where one came from: a question that was found is shown there.
    from: Option<Route>,
    asked: Option<SearchRequest>,
    found: Option<Found>,
    chosen: usize,
    scroll: bool,
    focus: bool,
}

impl SearchScreen {
    /// Begins a search from another screen, which is of this audit. What was typed last stays, as
    /// in other programs, and is replaced by typing.
    pub fn begin(&mut self, from: Route, audit: Option<RecordId>) {
        self.from = Some(from);
        self.audit = audit;
        self.only_audit &= audit.is_some();
        self.asked = None;
        self.focus = true;
    }

    /// Where one came from.
    pub fn from(&self) -> Option<&Route> {
        self.from.as_ref()
    }

    /// Takes over what was found, unless something else is looked for by now.
    pub fn take(&mut self, found: Found) {
        if self.asked.as_ref() == Some(&found.request) {
            self.found = Some(found);
            self.chosen = 0;
        }
    }

    /// Draws the screen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session) -> Vec<Act> {
        let mut acts = Vec::new();
        self.keys(ui, &mut acts);
        widgets::page(ui, 860.0, |ui| {
            if widgets::back_button(ui, "Back").clicked() {
                acts.push(Act::Back);
            }
            widgets::title(ui, "Search");
            self.field(ui, session);
            ui.add_space(space::NEAR);
            self.results(ui, &mut acts);
            ui.add_space(space::PART);
        });
        acts.extend(self.ask());
        acts
    }

    /// Up and Down choose, Enter in the field goes there, Esc goes back.
    fn keys(&mut self, ui: &Ui, acts: &mut Vec<Act>) {
        let typing = ui.ctx().text_edit_focused();
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = self.hits().count().saturating_sub(1);
        if pressed(Key::ArrowDown) {
            self.chosen = (self.chosen + 1).min(last);
            self.scroll = true;
        }
        if pressed(Key::ArrowUp) {
            self.chosen = self.chosen.saturating_sub(1);
            self.scroll = true;
        }
        if pressed(Key::Escape) {
            acts.push(Act::Back);
        }
        let there = self.hits().nth(self.chosen).map(|hit| hit.place.clone());
        if let Some(place) = there.filter(|_| typing)
            && pressed(Key::Enter)
        {
            acts.push(Act::GoToFound(place));
        }
    }

    fn hits(&self) -> impl Iterator<Item = &Hit> {
        let groups = self.found.iter().flat_map(|found| &found.groups);
        groups.flat_map(|group| &group.hits)
    }

    fn field(&mut self, ui: &mut Ui, session: &Session) {
        let edit = TextEdit::singleline(&mut self.words)
            .hint_text("Words to look for")
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(10, 8));
        let mut output = edit.show(ui);
        let field = output
            .response
            .response
            .accessible_name("Words to look for");
        if std::mem::take(&mut self.focus) {
            field.request_focus();
            let all = egui::text::CCursorRange::two(
                egui::text::CCursor::default(),
                egui::text::CCursor::new(self.words.chars().count()),
            );
            output.state.cursor.set_char_range(Some(all));
            output.state.store(ui.ctx(), field.id);
        }
        let audit = self.audit.and_then(|id| session.register().audits.get(&id));
        if let Some(audit) = audit.filter(|_| !session.file().is_return) {
            let words = format!("Only in {}", audit.title);
            widgets::keep_in_view(&ui.checkbox(&mut self.only_audit, words));
        }
        caption(
            ui,
            "Every word has to be there, in any order. Up, Down: choose · Enter: go there · Alt+Left: back to this list",
        );
    }

    /// The search for what is typed now, if it is not under way yet.
    fn ask(&mut self) -> Option<Act> {
        let request = SearchRequest {
            words: self.words.clone(),
            audit: self.audit.filter(|_| self.only_audit),
        };
        if self.asked.as_ref() == Some(&request) {
            return None;
        }
        self.asked = Some(request.clone());
        Some(Act::Search(request))
    }

    fn results(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        let Some(found) = &self.found else { return };
        if found.groups.is_empty() {
            return nothing(ui, &found.request.words);
        }
        let scroll = std::mem::take(&mut self.scroll);
        let mut number = 0;
        for group in &found.groups {
            card(ui, |ui| {
                head(ui, group);
                for hit in &group.hits {
                    let here = number == self.chosen;
                    let line = ui.push_id(number, |ui| {
                        widgets::found_line(ui, here, &hit.title, &hit.excerpt)
                    });
                    if here && scroll {
                        line.inner.scroll_to_me(None);
                    }
                    if line.inner.clicked() {
                        acts.push(Act::GoToFound(hit.place.clone()));
                    }
                    number += 1;
                }
            });
            ui.add_space(space::NEAR);
        }
    }
}

fn head(ui: &mut Ui, group: &FoundGroup) {
    ui.horizontal(|ui| {
        widgets::heading(ui, group.group.label());
        let shown = group.hits.len();
        let words = if shown < group.total {
            format!(
                "the first {shown} of {}: add a word to find fewer",
                group.total
            )
        } else {
            group.total.to_string()
        };
        hint(ui, &words);
    });
}

fn nothing(ui: &mut Ui, words: &str) {
    card(ui, |ui| {
        if words.trim().chars().nth(1).is_none() {
            hint(
                ui,
                "Looks through audits, case references, questions, notes, the panel's reasons, hypotheses, findings and actions. What you look for is kept nowhere.",
            );
            return;
        }
        widgets::heading(ui, "Nothing found");
        hint(
            ui,
            "Try fewer words, or a part of one: “dent” finds dental and dentist. Names are looked for in the whole history under History, “Take a name out”.",
        );
    });
}
