//! The answers behind a number: question by question, then form by form, each a link.

use egui::{Panel, ScrollArea, Ui};

use super::marked::{mark_on, to_finding};
use crate::analysis::Filter;
use crate::analysis::{AuditFacts, Basis, Behind};
use crate::domain::id::RecordId;
use crate::domain::score::count_words;
use crate::domain::tool::Tool;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, Tone, size, space};
use crate::ui::widgets::{self, caption, hint, link, quiet, share_bar};

/// The answers behind one number, gathered once.
pub struct BehindNumber {
    audit: RecordId,
    /// Question id, printed code, text, favourable, scored; weakest first.
    questions: Vec<(String, String, String, usize, usize)>,
    answers: Vec<Behind>,
}

/// Most answers listed; the rest are counted.
const LISTED: usize = 60;

impl BehindNumber {
    /// Gathers what `filter` (and one question, if given) leaves.
    pub fn gather(
        session: &Session,
        facts: &AuditFacts,
        basis: Basis,
        filter: &Filter,
        question: Option<&str>,
    ) -> Option<Self> {
        let tool: &Tool = session.register().tool_of(facts.audit)?;
        let mut answers = facts.behind(basis, filter, question);
        answers.retain(|answer| answer.favourable.is_some() || question.is_some());
        let mut questions: Vec<(String, String, String, usize, usize)> = Vec::new();
        for answer in &answers {
            if questions
                .last()
                .is_none_or(|last| last.0 != answer.question)
            {
                let known = tool.question(&answer.question)?;
                questions.push((
                    known.id.clone(),
                    known.code.clone(),
                    known.text.clone(),
                    0,
                    0,
                ));
            }
            if let (Some(last), Some(favourable)) = (questions.last_mut(), answer.favourable) {
                last.3 += usize::from(favourable);
                last.4 += 1;
            }
        }
        questions.sort_by(|a, b| (a.3 * b.4.max(1)).cmp(&(b.3 * a.4.max(1))));
        // What needs reading comes first.
        answers.sort_by_key(|answer| answer.favourable.unwrap_or(true));
        Some(Self {
            audit: facts.audit,
            questions,
            answers,
        })
    }

    /// Draws it in a panel at the right under a heading and a caption. Returns whether it is to be
    /// closed.
    pub fn side(
        behind: Option<&Self>,
        ui: &mut Ui,
        session: &Session,
        [heading, about]: [&str; 2],
        acts: &mut Vec<Act>,
    ) -> bool {
        let frame = egui::Frame::new()
            .fill(Palette::of(ui.ctx()).side)
            .inner_margin(egui::Margin::symmetric(14, 12));
        let width = (ui.available_width() * 0.36).clamp(260.0, 400.0);
        let panel = Panel::right("behind").exact_size(width).resizable(false);
        let shown = panel.frame(frame).show(ui, |ui| {
            let close = quiet(ui, icons::REMOVE, "Close").clicked();
            widgets::heading(ui, heading);
            if !about.is_empty() {
                caption(ui, about);
            }
            let scroll = ScrollArea::vertical().auto_shrink([false, false]);
            scroll.show(ui, |ui| {
                if let Some(behind) = behind {
                    behind.show(ui, session, acts);
                }
            });
            close
        });
        shown.inner
    }

    fn show(&self, ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
        for (id, code, text, favourable, scored) in &self.questions {
            ui.push_id(id, |ui| question_line(ui, code, text, *favourable, *scored));
        }
        ui.add_space(space::NEAR);
        caption(
            ui,
            "Answers, those to look at first. Choose one to read the form.",
        );
        for (at, answer) in self.answers.iter().take(LISTED).enumerate() {
            ui.push_id(at, |ui| self.answer_line(ui, session, answer, acts));
        }
        if self.answers.len() > LISTED {
            hint(ui, &format!("and {} more", self.answers.len() - LISTED));
        }
    }

    fn answer_line(&self, ui: &mut Ui, session: &Session, answer: &Behind, acts: &mut Vec<Act>) {
        let register = session.register();
        let palette = Palette::of(ui.ctx());
        let reference = register
            .cases
            .get(&answer.case)
            .map_or("", |case| case.reference.as_str());
        let who = answer
            .agency
            .as_deref()
            .map_or("panel", |code| register.agency_short(code));
        let (icon, tone) = match answer.favourable {
            Some(true) => (icons::DONE, Tone::Good),
            Some(false) => (icons::ATTENTION, Tone::Poor),
            None => (icons::CHOICE, Tone::Neutral),
        };
        ui.horizontal_wrapped(|ui| {
            widgets::icon(ui, icon, 14.0, palette.tone(tone).ink);
            let words = format!("{reference} · {who} · {}", answer.question);
            let form = answer
                .agency
                .as_deref()
                .and_then(|agency| register.form_of(self.audit, agency, answer.case));
            match form {
                Some((form, _)) => {
                    if link(ui, &words).clicked() {
                        acts.push(Act::Go(Route::Review(form)));
                    }
                    if let Some(mark) = mark_on(session, form, &answer.question) {
                        let place = format!("{reference}, {who}, {}", answer.question);
                        to_finding(ui, session, mark, &place, acts);
                    }
                }
                None => drop(ui.label(words)),
            }
        });
    }
}

fn question_line(ui: &mut Ui, code: &str, text: &str, favourable: usize, scored: usize) {
    let palette = Palette::of(ui.ctx());
    let pair = palette.share(favourable, scored);
    ui.horizontal_top(|ui| {
        ui.allocate_ui(egui::vec2(74.0, 34.0), |ui| {
            ui.set_min_width(74.0);
            ui.vertical(|ui| {
                ui.label(widgets::strong(&count_words(favourable, scored)).color(pair.ink));
                let (rect, _) = ui.allocate_exact_size(egui::vec2(62.0, 5.0), egui::Sense::hover());
                share_bar(ui, rect, pair, favourable, scored);
            });
        });
        ui.vertical(|ui| {
            ui.label(egui::RichText::new(format!("{code}  {text}")).size(size::SMALL));
        });
    });
}
