//! The answers behind a number: question by question, then answer by answer with its notes, each a
//! link to its form.

use egui::{Panel, ScrollArea, Ui};

use super::marked::{mark_on, to_finding};
use crate::analysis::Filter;
use crate::analysis::{AuditFacts, Basis, Behind};
use crate::domain::answer::{Answer, Blank, Note};
use crate::domain::id::RecordId;
use crate::domain::judgement::Judgement;
use crate::domain::score::count_words;
use crate::domain::tool::Tool;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, Tone, size, space};
use crate::ui::widgets::{self, caption, hint, link, quiet, share_bar, tone_icon};

/// Which of the answers to a question or under a theme a number stands for.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Only {
    /// Those that count.
    #[default]
    Counted,
    /// Those in which this option was picked.
    Picked(String),
    /// Those left blank for this reason.
    Blank(Blank),
    /// Every one.
    Everything,
}

impl Only {
    fn takes(&self, answer: &Behind) -> bool {
        match self {
            Self::Counted => answer.favourable.is_some(),
            Self::Picked(id) => answer.picked.contains(id),
            Self::Blank(blank) => answer.blank == Some(*blank),
            Self::Everything => true,
        }
    }
}

/// What a number stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum StandsFor {
    /// The answers that a filter leaves, of one question where it is given.
    Answers {
        /// The part.
        filter: Box<Filter>,
        /// The question.
        question: Option<String>,
        /// Which of those.
        only: Only,
    },
    /// These answers.
    These(Vec<Behind>),
    /// Forms or cases.
    Places(Vec<Place>),
}

/// A form or case behind a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Which, such as "NEG19-03 · Police".
    pub words: String,
    /// A line more, such as a reason.
    pub note: String,
    /// How it speaks of practice.
    pub tone: Tone,
    /// Where it leads.
    pub to: Route,
}

/// A number that can be looked behind.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// What it counts, in words.
    pub title: String,
    /// A line more about it.
    pub about: String,
    /// What it stands for.
    pub stands_for: StandsFor,
}

impl Number {
    fn new(title: impl Into<String>, stands_for: StandsFor) -> Self {
        Self {
            title: title.into(),
            about: String::new(),
            stands_for,
        }
    }

    /// The answers that count in what `filter` leaves.
    pub fn counted(title: impl Into<String>, filter: Filter) -> Self {
        Self::some(title, filter, None, Only::Counted)
    }

    /// Some of the answers in what `filter` leaves, of one question where it is given.
    pub fn some(
        title: impl Into<String>,
        filter: Filter,
        question: Option<&str>,
        only: Only,
    ) -> Self {
        let question = question.map(ToOwned::to_owned);
        let answers = StandsFor::Answers {
            filter: Box::new(filter),
            question,
            only,
        };
        Self::new(title, answers)
    }

    /// These answers.
    pub fn of_answers(title: impl Into<String>, answers: Vec<Behind>) -> Self {
        Self::new(title, StandsFor::These(answers))
    }

    /// These forms or cases.
    pub fn of_places(title: impl Into<String>, places: Vec<Place>) -> Self {
        Self::new(title, StandsFor::Places(places))
    }

    /// With a line more.
    pub fn about(self, about: impl Into<String>) -> Self {
        Self {
            about: about.into(),
            ..self
        }
    }
}

/// The side beside a page with numbers: what is chosen on it and what stands behind that.
#[derive(Default)]
pub struct BehindSide {
    chosen: Option<(RecordId, Number)>,
    gathered: Option<Gathered>,
}

/// The answers behind one number, gathered once.
struct Gathered {
    audit: RecordId,
    questions: Vec<OnQuestion>,
    answers: Vec<Behind>,
    places: Vec<Place>,
    /// At which state of the document their notes were asked for.
    asked_at: Option<u64>,
}

/// A question and how it was answered.
struct OnQuestion {
    id: String,
    code: String,
    text: String,
    favourable: usize,
    scored: usize,
}

/// Most answers listed; the rest are counted.
const LISTED: usize = 60;

impl BehindSide {
    /// Looks behind a number; once more closes it.
    pub fn choose(&mut self, audit: RecordId, number: Number) {
        let chosen = Some((audit, number));
        self.chosen = if self.chosen == chosen { None } else { chosen };
        self.gathered = None;
    }

    /// Looks behind nothing.
    pub fn close(&mut self) {
        *self = Self::default();
    }

    /// Gathers anew: the facts or the view have changed.
    pub fn stale(&mut self) {
        self.gathered = None;
    }

    /// The number that is looked behind.
    pub fn chosen(&self) -> Option<&(RecordId, Number)> {
        self.chosen.as_ref()
    }

    /// Draws it at the right, if a number is chosen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, basis: Basis, acts: &mut Vec<Act>) {
        let Some((audit, number)) = &self.chosen else {
            return;
        };
        if self.gathered.is_none() {
            self.gathered = Gathered::of(session, *audit, basis, number);
        }
        let palette = Palette::of(ui.ctx());
        let frame = egui::Frame::new()
            .fill(palette.side)
            .inner_margin(egui::Margin::symmetric(14, 12));
        let width = (ui.available_width() * 0.36).clamp(260.0, 420.0);
        let panel = Panel::right("behind").exact_size(width).resizable(false);
        let gathered = &mut self.gathered;
        let shown = panel.frame(frame).show(ui, |ui| {
            let close = quiet(ui, icons::REMOVE, "Close").clicked();
            ui.push_id("behind", |ui| widgets::heading(ui, &number.title));
            if !number.about.is_empty() {
                caption(ui, &number.about);
            }
            let scroll = ScrollArea::vertical().auto_shrink([false, false]);
            scroll.show(ui, |ui| match gathered {
                Some(gathered) => gathered.show(ui, session, acts),
                None => drop(hint(ui, "Counting…")),
            });
            close
        });
        if shown.inner {
            self.close();
        }
    }
}

impl Gathered {
    fn of(session: &Session, audit: RecordId, basis: Basis, number: &Number) -> Option<Self> {
        let facts: &AuditFacts = session.facts()?.audit(audit)?;
        let tool = session.register().tool_of(audit)?;
        let (mut answers, places) = match &number.stands_for {
            StandsFor::Answers {
                filter,
                question,
                only,
            } => {
                let mut answers = facts.behind(basis, filter, question.as_deref());
                answers.retain(|answer| only.takes(answer));
                if question.is_none() && matches!(only, Only::Blank(_)) {
                    // What a heading counts: the blanks of questions that are scored.
                    let scored = |id: &str| facts.question(id).is_some_and(|asked| asked.scored);
                    answers.retain(|answer| scored(&answer.question));
                }
                (answers, Vec::new())
            }
            StandsFor::These(answers) => (answers.clone(), Vec::new()),
            StandsFor::Places(places) => (Vec::new(), places.clone()),
        };
        let questions = on_questions(tool, &answers);
        // What needs reading comes first.
        answers.sort_by_key(|answer| answer.favourable.unwrap_or(true));
        Some(Self {
            audit,
            questions,
            answers,
            places,
            asked_at: None,
        })
    }

    fn show(&mut self, ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
        if self.asked_at != Some(session.revision()) {
            self.asked_at = Some(session.revision());
            acts.push(Act::ReadAnswers(self.forms(session)));
        }
        for question in &self.questions {
            ui.push_id(&question.id, |ui| question_line(ui, question));
        }
        ui.add_space(space::NEAR);
        for (at, place) in self.places.iter().take(LISTED).enumerate() {
            ui.push_id(("place", at), |ui| place.show(ui, acts));
        }
        if self.answers.is_empty() && self.places.is_empty() {
            hint(ui, "Nothing stands behind it.");
        }
        if !self.answers.is_empty() {
            caption(
                ui,
                "Answers, those to look at first. Choose one to read the form.",
            );
        }
        for (at, answer) in self.answers.iter().take(LISTED).enumerate() {
            ui.push_id(at, |ui| self.answer(ui, session, answer, acts));
        }
        let listed = self.answers.len().max(self.places.len());
        if listed > LISTED {
            hint(ui, &format!("and {} more", listed - LISTED));
        }
    }

    fn form(&self, session: &Session, answer: &Behind) -> Option<RecordId> {
        let agency = answer.agency.as_deref()?;
        let form = session.register().form_of(self.audit, agency, answer.case);
        form.map(|(form, _)| form)
    }

    fn forms(&self, session: &Session) -> Vec<RecordId> {
        let listed = self.answers.iter().take(LISTED);
        listed
            .filter_map(|answer| self.form(session, answer))
            .collect()
    }

    fn answer(&self, ui: &mut Ui, session: &Session, answer: &Behind, acts: &mut Vec<Act>) {
        let register = session.register();
        let palette = Palette::of(ui.ctx());
        let case = register.cases.get(&answer.case);
        let reference = case.map_or("", |case| case.reference.as_str());
        let agency = answer.agency.as_deref();
        let who = agency.map_or("panel", |code| register.agency_short(code));
        let (icon, tone) = match answer.favourable {
            Some(true) => (icons::DONE, Tone::Good),
            Some(false) => (icons::ATTENTION, Tone::Poor),
            None => (icons::CHOICE, Tone::Neutral),
        };
        let form = self.form(session, answer);
        // A long line wraps: it must not push the panel over the page.
        ui.horizontal_wrapped(|ui| {
            widgets::icon(ui, icon, 14.0, palette.tone(tone).ink);
            let given = given_words(register.tool_of(self.audit), answer);
            let given = given.map(|given| format!(" · {given}")).unwrap_or_default();
            let words = format!("{reference} · {who} · {}{given}", answer.question);
            if link(ui, &words).clicked() {
                acts.push(Act::Go(
                    form.map_or(Route::Panel(answer.case), Route::Review),
                ));
            }
        });
        if let Some(mark) = form.and_then(|form| mark_on(session, form, &answer.question)) {
            let place = format!("{reference}, {who}, {}", answer.question);
            to_finding(ui, session, mark, &place, acts);
        }
        let id = Judgement::id(answer.case, Some(&answer.question));
        match form {
            Some(form) => {
                if let Some(noted) = session.answer_behind(form, &answer.question) {
                    notes(ui, noted);
                }
                if let Some(judgement) = register.judgements.get(&id) {
                    judged(ui, register.tool_of(self.audit), answer, judgement);
                }
            }
            None => {
                if let Some(judgement) = register.judgements.get(&id) {
                    note(ui, "Reason", &judgement.reason);
                    note(ui, "Seen differently", &judgement.dissent);
                }
            }
        }
    }
}

impl Place {
    fn show(&self, ui: &mut Ui, acts: &mut Vec<Act>) {
        ui.horizontal_wrapped(|ui| {
            let colour = Palette::of(ui.ctx()).tone(self.tone).ink;
            widgets::icon(ui, tone_icon(self.tone), 14.0, colour);
            if link(ui, &self.words).clicked() {
                acts.push(Act::Go(self.to.clone()));
            }
        });
        if !self.note.is_empty() {
            ui.indent("note", |ui| caption(ui, &self.note));
        }
    }
}

/// Question by question, weakest first.
fn on_questions(tool: &Tool, answers: &[Behind]) -> Vec<OnQuestion> {
    let mut questions: Vec<OnQuestion> = Vec::new();
    for answer in answers {
        let Some(known) = tool.question(&answer.question) else {
            continue;
        };
        let at = questions
            .iter()
            .position(|question| question.id == known.id);
        let at = at.unwrap_or_else(|| {
            questions.push(OnQuestion {
                id: known.id.clone(),
                code: known.code.clone(),
                text: known.text.clone(),
                favourable: 0,
                scored: 0,
            });
            questions.len() - 1
        });
        if let Some(favourable) = answer.favourable {
            questions[at].favourable += usize::from(favourable);
            questions[at].scored += 1;
        }
    }
    questions
        .sort_by(|a, b| (a.favourable * b.scored.max(1)).cmp(&(b.favourable * a.scored.max(1))));
    questions
}

/// What was answered, in the words of the tool: "Good", "Not evidenced on our record".
pub fn given_words(tool: Option<&Tool>, answer: &Behind) -> Option<String> {
    if let Some(blank) = answer.blank {
        return Some(blank.label().to_owned());
    }
    let tool = tool?;
    let options = tool.options(tool.question(&answer.question)?);
    let picked = options
        .iter()
        .filter(|option| answer.picked.contains(&option.id));
    let words: Vec<&str> = picked.map(|option| option.label.as_str()).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The three notes of an answer and its marks.
pub fn notes(ui: &mut Ui, answer: &Answer) {
    for kind in Note::ALL {
        note(ui, kind.label(), answer.note(kind));
    }
}

/// The panel's judgement, where it is another than the agency's answer.
fn judged(ui: &mut Ui, tool: Option<&Tool>, answer: &Behind, judgement: &Judgement) {
    let question = tool.and_then(|tool| Some((tool, tool.question(&answer.question)?)));
    if let Some((tool, question)) = question
        && judgement.value.chosen() != answer.picked
    {
        let words = tool.words(question, &judgement.value);
        ui.indent("panel", |ui| {
            caption(ui, &format!("The panel: {words}. {}", judgement.reason));
        });
    }
}

fn note(ui: &mut Ui, label: &str, text: &str) {
    if text.trim().is_empty() {
        return;
    }
    ui.indent(label, |ui| {
        caption(ui, label);
        ui.add(egui::Label::new(egui::RichText::new(text).size(size::SMALL)).wrap());
    });
}

fn question_line(ui: &mut Ui, question: &OnQuestion) {
    let palette = Palette::of(ui.ctx());
    let (favourable, scored) = (question.favourable, question.scored);
    let pair = palette.share(favourable, scored);
    ui.horizontal_top(|ui| {
        if scored > 0 {
            ui.allocate_ui(egui::vec2(74.0, 34.0), |ui| {
                ui.set_min_width(74.0);
                ui.vertical(|ui| {
                    ui.label(widgets::strong(&count_words(favourable, scored)).color(pair.ink));
                    let (rect, _) =
                        ui.allocate_exact_size(egui::vec2(62.0, 5.0), egui::Sense::hover());
                    share_bar(ui, rect, pair, favourable, scored);
                });
            });
        }
        ui.vertical(|ui| {
            let words = format!("{}  {}", question.code, question.text);
            ui.label(egui::RichText::new(words).size(size::SMALL));
        });
    });
}
