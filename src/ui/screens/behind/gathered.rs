//! What stands behind a number, gathered once: question by question, then answer by answer with its
//! notes, each a link to its form.

use egui::Ui;

use super::super::marked::{mark_on, to_finding};
use super::number::{Number, Only, Place, StandsFor};
use crate::analysis::{AuditFacts, Basis, Behind, Filter};
use crate::domain::answer::{Answer, Note};
use crate::domain::id::RecordId;
use crate::domain::judgement::Judgement;
use crate::domain::score::count_words;
use crate::domain::tool::Tool;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::route::Route;
use crate::ui::theme::{Palette, Tone, size, space};
use crate::ui::widgets::{self, caption, hint, link, option_tone, quiet, share_bar, tone_icon};

/// The answers behind one number, gathered once.
pub(super) struct Gathered {
    audit: RecordId,
    questions: Vec<OnQuestion>,
    answers: Vec<Behind>,
    places: Vec<Place>,
    /// "47 answers, 42 of them speak well of practice"
    counted: String,
    /// Whether they are all that count: only of those does a share say anything.
    all_that_count: bool,
    /// How many of them are listed.
    listed: usize,
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

/// How many answers are listed at once; more on asking.
const LISTED: usize = 60;

impl Gathered {
    /// Everything behind a number of an audit; `None` where the audit is not counted yet.
    pub(super) fn of(
        session: &Session,
        audit: RecordId,
        basis: Basis,
        number: &Number,
    ) -> Option<Self> {
        let facts: &AuditFacts = session.facts()?.audit(audit)?;
        let tool = session.register().tool_of(audit)?;
        let (mut answers, places) = match &number.stands_for {
            StandsFor::Answers {
                filter,
                questions,
                only,
            } => (taken(facts, basis, filter, questions, only), Vec::new()),
            StandsFor::These(answers) => (answers.clone(), Vec::new()),
            StandsFor::Places(_, places) => (Vec::new(), places.clone()),
        };
        let questions = on_questions(tool, &answers);
        let all_that_count = all_that_count(&number.stands_for);
        let counted = counted_words(&number.stands_for, &answers);
        // What needs reading comes first.
        answers.sort_by_key(|answer| answer.favourable.unwrap_or(true));
        Some(Self {
            audit,
            questions,
            answers,
            places,
            counted,
            all_that_count,
            listed: LISTED,
            asked_at: None,
        })
    }

    /// Draws how many there are, then each.
    pub(super) fn show(&mut self, ui: &mut Ui, session: &Session, acts: &mut Vec<Act>) {
        if self.asked_at != Some(session.revision()) {
            self.asked_at = Some(session.revision());
            acts.push(Act::ReadAnswers(self.forms(session)));
        }
        ui.label(widgets::strong(&self.counted))
            .accessible_name(format!("Behind it: {}", self.counted));
        for question in &self.questions {
            ui.push_id(&question.id, |ui| {
                question_line(ui, question, self.all_that_count)
            });
        }
        ui.add_space(space::NEAR);
        for (at, place) in self.places.iter().take(self.listed).enumerate() {
            ui.push_id(("place", at), |ui| place.show(ui, acts));
        }
        if !self.answers.is_empty() {
            caption(
                ui,
                "Answers, those to look at first. Choose one to read the form.",
            );
        }
        for (at, answer) in self.answers.iter().take(self.listed).enumerate() {
            ui.push_id(at, |ui| self.answer(ui, session, answer, acts));
        }
        let left = self.answers.len().max(self.places.len());
        if let Some(left) = left.checked_sub(self.listed).filter(|left| *left > 0) {
            ui.horizontal(|ui| {
                hint(ui, &format!("and {left} more"));
                if quiet(ui, "", "List more").clicked() {
                    self.listed += LISTED;
                    self.asked_at = None;
                }
            });
        }
    }

    fn form(&self, session: &Session, answer: &Behind) -> Option<RecordId> {
        let agency = answer.agency.as_deref()?;
        let form = session.register().form_of(self.audit, agency, answer.case);
        form.map(|(form, _)| form)
    }

    fn forms(&self, session: &Session) -> Vec<RecordId> {
        let listed = self.answers.iter().take(self.listed);
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
        let tone = tone_of(register.tool_of(self.audit), answer);
        let form = self.form(session, answer);
        // A long line wraps: it must not push the panel over the page.
        ui.horizontal_wrapped(|ui| {
            widgets::icon(ui, tone_icon(tone), 14.0, palette.tone(tone).ink);
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

/// The answers that a number counts.
fn taken(
    facts: &AuditFacts,
    basis: Basis,
    filter: &Filter,
    questions: &[String],
    only: &Only,
) -> Vec<Behind> {
    let one = match questions {
        [one] => Some(one.as_str()),
        _ => None,
    };
    let mut answers = facts.behind(basis, filter, one);
    answers.retain(|answer| {
        only.takes(answer) && (questions.is_empty() || questions.contains(&answer.question))
    });
    if questions.is_empty() && matches!(only, Only::Blank(_)) {
        // What a heading counts: the blanks of questions that are scored.
        let scored = |id: &str| facts.question(id).is_some_and(|asked| asked.scored);
        answers.retain(|answer| scored(&answer.question));
    }
    answers
}

/// Whether a number stands for all that count, and not for those that were picked for what they say.
fn all_that_count(stands_for: &StandsFor) -> bool {
    matches!(
        stands_for,
        StandsFor::Answers {
            only: Only::Counted,
            ..
        }
    )
}

/// "47 answers, 42 of them speak well of practice"
fn counted_words(stands_for: &StandsFor, answers: &[Behind]) -> String {
    if let StandsFor::Places(what, places) = stands_for {
        return what.words(places.len());
    }
    let all = match answers.len() {
        1 => "1 answer".to_owned(),
        count => format!("{count} answers"),
    };
    let well = answers.iter().filter(|own| own.favourable == Some(true));
    match (all_that_count(stands_for), well.count()) {
        (true, 1) => format!("{all}, 1 of them speaks well of practice"),
        (true, well) => format!("{all}, {well} of them speak well of practice"),
        (false, _) => all,
    }
}

/// The tone of what was answered, as on every other screen; of several picked together, by whether
/// they speak well of practice.
fn tone_of(tool: Option<&Tool>, answer: &Behind) -> Tone {
    let question = tool.and_then(|tool| Some((tool, tool.question(&answer.question)?)));
    if let (Some((tool, question)), [picked]) = (question, answer.picked.as_slice())
        && let Some(option) = tool.options(question).iter().find(|own| own.id == *picked)
    {
        return option_tone(question, option);
    }
    match answer.favourable {
        Some(true) => Tone::Good,
        Some(false) => Tone::Mixed,
        None => Tone::Neutral,
    }
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

/// A question, with the share of its answers that speak well of practice where all that count are
/// here.
fn question_line(ui: &mut Ui, question: &OnQuestion, with_share: bool) {
    let palette = Palette::of(ui.ctx());
    let (favourable, scored) = (question.favourable, question.scored);
    let pair = palette.share(favourable, scored);
    ui.horizontal_top(|ui| {
        if with_share && scored > 0 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::Catalogue;

    fn answer(question: &str, picked: &[&str], favourable: Option<bool>) -> Behind {
        Behind {
            case: RecordId::fresh(),
            agency: None,
            question: question.into(),
            favourable,
            picked: picked.iter().map(|id| (*id).to_owned()).collect(),
            blank: None,
        }
    }

    #[test]
    fn an_answer_has_the_tone_it_has_on_every_other_screen() {
        let catalogue = Catalogue::built_in().unwrap();
        let tool = catalogue.tool("neglect@1");
        for (question, picked, favourable, expected) in [
            ("C01", vec!["good"], Some(true), Tone::Good),
            (
                "C01",
                vec!["requires_improvement"],
                Some(false),
                Tone::Mixed,
            ),
            ("C01", vec!["inadequate"], Some(false), Tone::Poor),
            ("C15b", vec!["no"], Some(false), Tone::Poor),
            ("N02", vec!["medical", "supervision"], None, Tone::Neutral),
            ("C01", vec![], None, Tone::Neutral),
        ] {
            let given = answer(question, &picked, favourable);
            assert_eq!(tone_of(tool, &given), expected, "{question} {picked:?}");
        }
    }
}
