//! The answers of one form, or the panel's of one case, as numbers.

use chrono::NaiveDate;

use super::outcome::What;
use super::{AskedQuestion, AuditFacts};
use crate::domain::answer::Given;
use crate::domain::tool::Tool;

/// One answer: the position of its question and the number of its outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analysis) struct Row {
    pub(in crate::analysis) question: u16,
    /// Whether the question is asked at all after the other answers on the form; not where it is
    /// left over from an answer that was changed later.
    pub(super) asked: bool,
    /// Whether anything is written beside it.
    pub(in crate::analysis) noted: bool,
    pub(in crate::analysis) outcome: u32,
}

/// The answers and key dates of one form.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct Sheet {
    pub(in crate::analysis) case: u32,
    pub(in crate::analysis) agency: u8,
    /// Only submitted forms count; a panel's judgement always does.
    pub(in crate::analysis) submitted: bool,
    /// Number of the form's overall grade among those given in the audit.
    pub(super) overall: Option<u8>,
    pub(super) rows: Vec<Row>,
    /// Position of the key date, and the date.
    pub(in crate::analysis) dates: Vec<(u16, NaiveDate)>,
}

impl Sheet {
    pub(super) fn new(case: u32, agency: u8, submitted: bool) -> Self {
        Self {
            case,
            agency,
            submitted,
            overall: None,
            rows: Vec::new(),
            dates: Vec::new(),
        }
    }

    /// The answers to questions that are asked.
    pub(in crate::analysis) fn counted(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.asked)
    }

    /// The outcome of one question.
    pub(in crate::analysis) fn outcome(&self, question: u16) -> Option<u32> {
        let row = self.counted().find(|row| row.question == question)?;
        Some(row.outcome)
    }

    /// Puts in the answer to a question, or takes it out.
    pub(super) fn set(&mut self, question: u16, outcome: Option<u32>) {
        let known = self.rows.iter().position(|row| row.question == question);
        match (known, outcome) {
            (Some(at), Some(outcome)) => self.rows[at].outcome = outcome,
            (Some(at), None) => drop(self.rows.swap_remove(at)),
            (None, Some(outcome)) => self.rows.push(Row {
                question,
                asked: true,
                noted: false,
                outcome,
            }),
            (None, None) => (),
        }
    }

    /// Says whether anything is written beside the answer to a question.
    pub(super) fn set_noted(&mut self, question: u16, noted: bool) {
        let mut rows = self.rows.iter_mut();
        if let Some(row) = rows.find(|row| row.question == question) {
            row.noted = noted;
        }
    }

    /// Puts in a key date, or takes it out.
    pub(super) fn set_date(&mut self, field: u16, date: Option<NaiveDate>) {
        self.dates.retain(|(known, _)| *known != field);
        self.dates.extend(date.map(|date| (field, date)));
    }

    /// Marks which of the answers are to questions that are asked after the other answers.
    pub(super) fn mark_asked(&mut self, questions: &[AskedQuestion]) {
        for at in 0..self.rows.len() {
            self.rows[at].asked = self.asks(questions, usize::from(self.rows[at].question));
        }
    }

    /// Whether a question is asked after the other answers.
    pub(in crate::analysis) fn asks(&self, questions: &[AskedQuestion], question: usize) -> bool {
        let Some(condition) = &questions[question].condition else {
            return true;
        };
        let mut rows = self.rows.iter();
        let earlier = rows.find(|row| usize::from(row.question) == condition.question);
        let outcomes = &questions[condition.question].outcomes;
        let holds = earlier.is_some_and(|row| match &outcomes.get(row.outcome).what {
            What::Picked(ids) => ids.iter().any(|id| condition.is.contains(id)),
            What::Ratio(..) | What::Typed | What::Blank(_) => false,
        });
        holds && self.asks(questions, condition.question)
    }
}

impl AuditFacts {
    /// Puts an answer on a form's sheet or takes it out. Answers to questions that the tool does
    /// not ask of the form's agency are passed over.
    pub(super) fn set_answer(
        &mut self,
        tool: &Tool,
        sheet: usize,
        question: &str,
        given: Option<&Given>,
    ) {
        let Some(at) = self.positions.get(question).copied() else {
            return;
        };
        let sheet = &mut self.forms[sheet];
        let asked = &mut self.questions[usize::from(at)];
        if asked.asked_of[usize::from(sheet.agency)] {
            let words = &tool.questions[usize::from(at)];
            let outcome = given.map(|given| asked.outcomes.number(tool, words, given));
            sheet.set(at, outcome);
        }
    }

    /// Says whether anything is written beside an answer on a form's sheet.
    pub(super) fn set_noted(&mut self, sheet: usize, question: &str, noted: bool) {
        if let Some(at) = self.positions.get(question).copied() {
            self.forms[sheet].set_noted(at, noted);
        }
    }

    /// Puts the overall grade on a form's sheet or takes it out.
    pub(super) fn set_overall(&mut self, sheet: usize, grade: Option<&String>) {
        self.forms[sheet].overall = grade.and_then(|grade| {
            let known = self.grades.iter().position(|known| known == grade);
            u8::try_from(known.unwrap_or_else(|| {
                self.grades.push(grade.clone());
                self.grades.len() - 1
            }))
            .ok()
        });
    }

    /// Puts a panel's judgement on a case's sheet.
    pub(super) fn set_judgement(
        &mut self,
        tool: &Tool,
        case: usize,
        question: &str,
        given: &Given,
    ) {
        if let Some(at) = self.positions.get(question).copied() {
            let words = &tool.questions[usize::from(at)];
            let outcomes = &mut self.questions[usize::from(at)].outcomes;
            self.judged[case].set(at, Some(outcomes.number(tool, words, given)));
        }
    }

    /// Puts a key date on a form's sheet or takes it out.
    pub(super) fn set_date(&mut self, sheet: usize, date_id: &str, date: Option<NaiveDate>) {
        if let Some(field) = self.date_field(date_id) {
            self.forms[sheet].set_date(field, date);
        }
    }

    /// Puts a key date that the panel agreed on a case's sheet.
    pub(super) fn set_agreed(&mut self, case: usize, date_id: &str, date: NaiveDate) {
        if let Some(field) = self.date_field(date_id) {
            self.judged[case].set_date(field, Some(date));
        }
    }

    fn date_field(&self, date_id: &str) -> Option<u16> {
        let field = self.date_fields.iter().position(|field| field == date_id)?;
        u16::try_from(field).ok()
    }
}
