//! Hypotheses: what the audit set out to test, the questions that bear on it with their counts, the
//! panel's verdict and why.

use egui::Ui;

use super::super::behind::{Number, Only};
use super::super::uncounted::blanks;
use super::Part;
use crate::domain::audit::{AuditState, Hypothesis, Verdict};
use crate::domain::id::RecordId;
use crate::domain::score::Tally;
use crate::domain::tool::{Question, Tool};
use crate::session::command::{Command, HypothesisCommand};
use crate::ui::act::Act;
use crate::ui::icons;
use crate::ui::theme::{Tone, size, space};
use crate::ui::widgets::{
    self, Drafts, Field, HeatCell, badge, caption, card, hint, label, quiet, secondary,
    small_number,
};

/// Which text of a hypothesis is typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Text {
    Wording(RecordId),
    Rationale(RecordId),
}

/// What is typed, and whose questions are being chosen.
#[derive(Default)]
pub struct HypothesesPart {
    drafts: Drafts<Text>,
    /// A new statement.
    new: String,
    /// The hypothesis whose questions are being chosen.
    choosing: Option<RecordId>,
}

impl HypothesesPart {
    /// What is typed and not kept yet.
    pub fn flush(&mut self) -> Vec<Act> {
        let typed = self.drafts.flush().into_iter();
        typed.map(|(key, text)| keep(key, text)).collect()
    }

    /// Draws the page.
    pub(super) fn show(&mut self, ui: &mut Ui, part: &mut Part<'_>) {
        widgets::heading(ui, "Hypotheses");
        let own = part.session.register().hypotheses_of(part.audit);
        if own.is_empty() {
            hint(ui, "This audit set out to test no particular statement.");
        } else {
            hint(
                ui,
                "Statements this audit set out to test, what was answered to the questions that bear on them, and what the panel made of it.",
            );
            hint(
                ui,
                "A count is of answers that speak well of practice, out of all that count.",
            );
            widgets::step_key(ui);
        }
        let may_change = !part.session.file().read_only;
        let may_word =
            may_change && matches!(part.record.state, AuditState::Scoping | AuditState::Open);
        for (id, hypothesis) in own {
            ui.push_id(id, |ui| {
                card(ui, |ui| {
                    self.statement(ui, part, id, hypothesis, may_word);
                    evidence(ui, part, hypothesis);
                    ui.add_space(space::TIGHT);
                    self.verdict(ui, part, id, hypothesis, may_change);
                });
            });
            ui.add_space(space::NEAR);
        }
        if may_word {
            self.add(ui, part);
        } else if may_change {
            caption(
                ui,
                "Statements are added and reworded while an audit is Scoping or Open.",
            );
        }
    }

    fn statement(
        &mut self,
        ui: &mut Ui,
        part: &mut Part<'_>,
        id: RecordId,
        hypothesis: &Hypothesis,
        may_word: bool,
    ) {
        if !may_word {
            ui.horizontal_top(|ui| {
                ui.label(widgets::strong(&hypothesis.code));
                ui.add(egui::Label::new(widgets::strong(&hypothesis.text)).wrap());
            });
            return;
        }
        let spoken = format!("Statement {}", hypothesis.code);
        let field = Field {
            label: &hypothesis.code,
            hint: "",
            spoken: &spoken,
            rows: 2,
            figures: false,
        };
        let key = Text::Wording(id);
        let (_, due) = self.drafts.show(ui, key, &hypothesis.text, &field);
        if let Some(text) = due {
            part.acts.push(keep(key, text));
        }
        ui.horizontal(|ui| {
            let choosing = self.choosing == Some(id);
            let words = if choosing {
                "Questions chosen"
            } else {
                "Choose its questions"
            };
            let named = format!("{words}, {}", hypothesis.code);
            if quiet(ui, icons::CHANGE, words)
                .accessible_name(named)
                .clicked()
            {
                self.choosing = (!choosing).then_some(id);
            }
            if hypothesis.verdict.is_none() {
                let named = format!("Take {} away", hypothesis.code);
                if quiet(ui, icons::REMOVE, "Take away")
                    .accessible_name(named)
                    .clicked()
                {
                    part.acts.push(act(HypothesisCommand::Remove(id)));
                }
            }
        });
        if self.choosing == Some(id) {
            choose_questions(ui, part, id, hypothesis);
        }
    }

    fn verdict(
        &mut self,
        ui: &mut Ui,
        part: &mut Part<'_>,
        id: RecordId,
        hypothesis: &Hypothesis,
        may_change: bool,
    ) {
        if !may_change {
            match hypothesis.verdict {
                Some(verdict) => drop(badge(ui, Tone::Neutral, icons::TICK, verdict.label())),
                None => drop(caption(ui, "No verdict yet")),
            }
            hint(ui, &hypothesis.rationale);
            return;
        }
        ui.horizontal_wrapped(|ui| {
            label(ui, "The panel's verdict");
            let choices = [None].into_iter().chain(VERDICTS.into_iter().map(Some));
            for verdict in choices {
                let words = verdict.map_or("None yet", Verdict::label);
                let response = ui.radio(hypothesis.verdict == verdict, words);
                widgets::keep_in_view(&response);
                let named = format!("{words}, {}", hypothesis.code);
                if response.accessible_name(named).clicked() && hypothesis.verdict != verdict {
                    part.acts.push(act(HypothesisCommand::Decide(id, verdict)));
                }
            }
        });
        let spoken = format!("Why, {}", hypothesis.code);
        let missing = hypothesis.verdict.is_some() && hypothesis.rationale.trim().is_empty();
        let field = Field {
            label: "Why",
            hint: if missing {
                "Say what the verdict rests on: the paper to the BMG quotes it."
            } else {
                ""
            },
            spoken: &spoken,
            rows: 2,
            figures: false,
        };
        let key = Text::Rationale(id);
        let (_, due) = self.drafts.show(ui, key, &hypothesis.rationale, &field);
        if let Some(text) = due {
            part.acts.push(keep(key, text));
        }
    }

    fn add(&mut self, ui: &mut Ui, part: &mut Part<'_>) {
        card(ui, |ui| {
            widgets::TypedLine::new("Another statement to test")
                .of_a_case()
                .rows(2)
                .show(ui, &mut self.new);
            let ready = !self.new.trim().is_empty();
            let add = ui.add_enabled_ui(ready, |ui| secondary(ui, icons::ADD, "Add the statement"));
            if add.inner.clicked() {
                part.acts.push(act(HypothesisCommand::Add {
                    audit: part.audit,
                    text: std::mem::take(&mut self.new),
                }));
            }
        });
    }
}

const VERDICTS: [Verdict; 4] = [
    Verdict::Confirmed,
    Verdict::PartlyConfirmed,
    Verdict::NotConfirmed,
    Verdict::CannotSay,
];

fn act(command: HypothesisCommand) -> Act {
    Act::Do(Command::Hypothesis(command))
}

fn keep(key: Text, text: String) -> Act {
    act(match key {
        Text::Wording(id) => HypothesisCommand::Word(id, text),
        Text::Rationale(id) => HypothesisCommand::SetRationale(id, text),
    })
}

/// The questions that bear on it: each with its count over all agencies, or the panel's.
fn evidence(ui: &mut Ui, part: &mut Part<'_>, hypothesis: &Hypothesis) {
    let Some(tool) = part.session.register().tool_of(part.audit) else {
        return;
    };
    if hypothesis.questions.is_empty() {
        caption(ui, "No question is said to bear on it.");
    }
    let known = hypothesis
        .questions
        .iter()
        .filter_map(|id| tool.question(id));
    for question in known {
        ui.push_id(&question.id, |ui| {
            question_row(ui, part, hypothesis, tool, question)
        });
    }
}

fn question_row(
    ui: &mut Ui,
    part: &mut Part<'_>,
    hypothesis: &Hypothesis,
    tool: &Tool,
    question: &Question,
) {
    let mut whole = Tally::default();
    let tallies = part.counted.summary.questions.iter();
    let own = tallies.filter(|tally| tally.question == question.id);
    own.for_each(|tally| whole.merge(&tally.tally));
    let place = format!("{}, {}", hypothesis.code, question.code);
    let scored = question.is_scored();
    ui.horizontal(|ui| {
        let count = scored.then_some((whole.favourable, whole.scored));
        let clicked = match count {
            Some(_) => {
                let cell = HeatCell {
                    place: &place,
                    count,
                    chosen: false,
                    change: None,
                };
                cell.show(ui, egui::vec2(96.0, 38.0)).clicked()
            }
            None => {
                let words = format!("{place}: every answer");
                let answers = quiet(ui, "", "Answers");
                answers.accessible_name(words).clicked()
            }
        };
        if clicked {
            let only = if scored {
                Only::Counted
            } else {
                Only::Everything
            };
            let filter = part.filter.clone();
            let number = Number::some(&place, filter, Some(&question.id), only);
            part.number = Some(number.about(&hypothesis.text));
        }
        ui.vertical(|ui| {
            let words = format!("{}  {}", question.code, question.text);
            ui.add(egui::Label::new(egui::RichText::new(words).size(size::SMALL)).wrap());
            spread(ui, part, tool, (hypothesis, question), &whole);
        });
    });
}

/// "Good 5", "Inadequate 1", "2 not evidenced", each to look behind.
fn spread(
    ui: &mut Ui,
    part: &mut Part<'_>,
    tool: &Tool,
    (hypothesis, question): (&Hypothesis, &Question),
    tally: &Tally,
) {
    let options = tool.options(question).into_iter();
    let given = options.filter_map(|option| {
        let count = *tally.counts.get(&option.id)?;
        let words = format!("{} {count}", option.label);
        Some((Only::Picked(option.id), words, count > 0))
    });
    let blanks = blanks(tally.not_applicable, tally.not_evidenced).into_iter();
    let blanks = blanks.map(|(blank, words, leads)| (Only::Blank(blank), words, leads));
    let place = format!("{}, {}", hypothesis.code, question.code);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 16.0;
        for (only, words, leads) in given.chain(blanks).filter(|(.., leads)| *leads) {
            let title = format!("{place}: {words}");
            if small_number(ui, &words, &title, leads) {
                let filter = part.filter.clone();
                let number = Number::some(title, filter, Some(&question.id), only);
                part.number = Some(number.about(&hypothesis.text));
            }
        }
    });
}

fn choose_questions(ui: &mut Ui, part: &mut Part<'_>, id: RecordId, hypothesis: &Hypothesis) {
    let Some(tool) = part.session.register().tool_of(part.audit) else {
        return;
    };
    let mut chosen = hypothesis.questions.clone();
    for question in &tool.questions {
        let mut on = chosen.contains(&question.id);
        let words = format!("{}  {}", question.code, question.text);
        let response = ui.checkbox(&mut on, egui::RichText::new(words).size(size::SMALL));
        widgets::keep_in_view(&response);
        if response.changed() && on {
            chosen.push(question.id.clone());
        } else if response.changed() {
            chosen.retain(|known| *known != question.id);
        }
    }
    if chosen != hypothesis.questions {
        part.acts
            .push(act(HypothesisCommand::SetQuestions(id, chosen)));
    }
}
