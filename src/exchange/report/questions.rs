//! Question by question: as every agency answered it, or published as all of them together did.

use super::audit::Counted;
use super::contents::{QuestionPart, ShareJson, SpreadPart};
use super::{Source, answered};
use crate::analysis::summary::{Heading, QuestionTally};
use crate::analysis::suppression::{Answered, NOTHING, Suppression, ThemeCounts};
use crate::domain::score::Tally;
use crate::domain::tool::{Question, Tool};

impl Source<'_> {
    pub(super) fn questions(&self, tool: &Tool, counted: &Counted<'_>) -> Vec<QuestionPart> {
        match self.hiding() {
            None => whole(tool, counted),
            Some(rule) => self.published(rule, tool, counted),
        }
    }

    /// The scored questions, theme by theme: those of one theme add up to it, and so are published
    /// with it.
    fn published(
        &self,
        rule: Suppression,
        tool: &Tool,
        counted: &Counted<'_>,
    ) -> Vec<QuestionPart> {
        let themes = counted.summary.themes.iter();
        let mut parts: Vec<QuestionPart> = themes
            .flat_map(|theme| self.published_theme(rule, tool, counted, theme))
            .collect();
        let place = |part: &QuestionPart| tool.questions.iter().position(|q| q.id == part.question);
        parts.sort_by_key(place);
        parts
    }

    fn published_theme(
        &self,
        rule: Suppression,
        tool: &Tool,
        counted: &Counted<'_>,
        theme: &Heading,
    ) -> Vec<QuestionPart> {
        let questions = tool.questions.iter();
        let own: Vec<(&Question, Answered)> = questions
            .filter(|question| question.theme == theme.id && question.is_scored())
            .filter_map(|question| Some((question, together(question, counted)?)))
            .collect();
        let (_, shares) = rule.theme(&ThemeCounts {
            whole: answered(theme),
            per_form: self.per_form(theme),
            questions: own.iter().map(|(_, answers)| *answers).collect(),
        });
        let sample_is_open = rule.is_open(counted.covered.cases);
        own.into_iter()
            .zip(shares)
            .map(|((question, _), share)| QuestionPart {
                share: Some(ShareJson::published(if sample_is_open {
                    share
                } else {
                    NOTHING
                })),
                ..about(tool, question)
            })
            .collect()
    }
}

fn whole(tool: &Tool, counted: &Counted<'_>) -> Vec<QuestionPart> {
    let tallies = counted.summary.questions.iter();
    tallies
        .filter_map(|row| {
            let question = tool.question(&row.question)?;
            let tally = &row.tally;
            let share = || ShareJson::whole(tally.favourable, tally.scored);
            Some(QuestionPart {
                agency: row.agency.clone(),
                share: question.is_scored().then(share),
                spread: Some(spread(tool, question, tally)),
                ..about(tool, question)
            })
        })
        .collect()
}

/// All agencies' answers to a question; `None` where nobody is asked.
fn together(question: &Question, counted: &Counted<'_>) -> Option<Answered> {
    let tallies = counted.summary.questions.iter();
    let own: Vec<&QuestionTally> = tallies.filter(|row| row.question == question.id).collect();
    (!own.is_empty()).then(|| Answered {
        favourable: own.iter().map(|row| row.tally.favourable).sum(),
        scored: own.iter().map(|row| row.tally.scored).sum(),
        askable: own.len() * counted.covered.cases,
    })
}

fn about(tool: &Tool, question: &Question) -> QuestionPart {
    let section = tool.sections.iter().find(|own| own.id == question.section);
    QuestionPart {
        question: question.id.clone(),
        code: question.code.clone(),
        text: question.text.clone(),
        section: section.map_or_else(|| question.section.clone(), |own| own.title.clone()),
        theme: question.theme.clone(),
        agency: None,
        share: None,
        spread: None,
    }
}

fn spread(tool: &Tool, question: &Question, tally: &Tally) -> SpreadPart {
    let options = tool.options(question).into_iter();
    SpreadPart {
        values: options
            .map(|option| {
                let count = tally.counts.get(&option.id).copied().unwrap_or(0);
                (option.label, count)
            })
            .collect(),
        not_applicable: tally.not_applicable,
        not_evidenced: tally.not_evidenced,
    }
}
