//! Which row of a case sheet asks what, and which of its cells are to be filled in. The writer and
//! the reader both follow it.

use super::lists::ListOf;
use crate::domain::answer::Answer;
use crate::domain::id::RecordId;
use crate::domain::key_date::KeyDate;
use crate::domain::safety_stop::SafetyStop;
use crate::domain::tool::{Choice, KeyDateField, Kind, Question, SafetyStep, Section, Tool};

/// The columns of a case sheet, from 0.
pub(super) mod column {
    /// The printed code of a question.
    pub const CODE: u16 = 0;
    /// What is asked.
    pub const WORDS: u16 = 1;
    /// The answer.
    pub const ANSWER: u16 = 2;
    /// Why there is no answer, where it is not part of the list of answers.
    pub const BLANK: u16 = 3;
    /// What worked, what worries us, so what for the child.
    pub const NOTES: [u16; 3] = [4, 5, 6];
    /// Good practice, practice concern.
    pub const FLAGS: [u16; 2] = [7, 8];
    /// The identity of the row.
    pub const ID: u16 = 9;
    /// The revisions it was made from.
    pub const VERSION: u16 = 10;
    /// How many there are.
    pub const COUNT: u16 = 11;
}

/// The row with the case's reference and identity.
pub(super) const TITLE_ROW: u32 = 0;
/// The row that says how to fill in.
pub(super) const HELP_ROW: u32 = 1;
/// The row with the column headings.
pub(super) const HEAD_ROW: u32 = 2;
/// The first row that asks something.
pub(super) const FIRST_ROW: u32 = 3;

/// The column headings.
pub(super) const HEADINGS: [&str; column::COUNT as usize] = [
    "Code",
    "Question",
    "Your answer",
    "No answer, because",
    "What worked",
    "What worries us",
    "So what for the child",
    "Good practice",
    "Practice concern",
    "Row",
    "Version",
];

/// Who is told when a child may not be safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// The agency's safeguarding lead.
    Lead,
    /// The front door of children's social care.
    FrontDoor,
}

/// What is recorded about telling them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ContactField {
    /// Whom.
    Role,
    /// On which day.
    Date,
    /// At what time.
    Time,
    /// How.
    Route,
    /// What they said.
    Response,
}

impl ContactField {
    pub(super) const ALL: [Self; 5] = [
        Self::Role,
        Self::Date,
        Self::Time,
        Self::Route,
        Self::Response,
    ];
}

/// One row of a case sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Line<'a> {
    /// A heading over the rows that follow: its id and words.
    Heading(&'static str, &'static str),
    /// A heading over the questions of one section.
    Section(&'a Section),
    /// Where the form stands.
    Status,
    /// Why it was declined.
    DeclinedReason,
    /// The auditor's role.
    Role,
    /// The overall grade.
    Overall,
    /// Why this grade.
    OverallReason,
    /// A key date.
    KeyDate(&'a KeyDateField),
    /// Part of the safety stop: somebody told.
    Contact(Told, ContactField),
    /// Whether 999 was called.
    Called999,
    /// Why the stop was opened in error.
    OpenedInError,
    /// A question.
    Question(&'a Question),
    /// One of the choices of a question of which several can be chosen.
    Choice(&'a Question, &'a Choice),
    /// The first number of a ratio.
    Part(&'a Question),
    /// The second number of a ratio.
    Whole(&'a Question),
    /// The safety question, answered again in view of an alarming answer to the other one.
    Again(&'a Question, &'a Question),
}

/// What goes into the answer cell of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Entry<'a> {
    /// Nothing.
    Nothing,
    /// Something from a list.
    OneOf(ListOf<'a>),
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// A whole number, not negative.
    Number,
    /// Words.
    Text,
}

impl<'a> Line<'a> {
    /// The identity of the row, shown beside it.
    pub(super) fn id(self) -> String {
        match self {
            Self::Heading(id, _) => format!("part {id}"),
            Self::Section(section) => format!("section {}", section.id),
            Self::Status => "form status".into(),
            Self::DeclinedReason => "form declined".into(),
            Self::Role => "form role".into(),
            Self::Overall => "form overall".into(),
            Self::OverallReason => "form overall reason".into(),
            Self::KeyDate(field) => format!("date {}", field.id),
            Self::Contact(told, field) => format!("stop {told:?} {field:?}").to_lowercase(),
            Self::Called999 => "stop 999".into(),
            Self::OpenedInError => "stop error".into(),
            Self::Question(question) => question.id.clone(),
            Self::Choice(question, choice) => format!("{} = {}", question.id, choice.id),
            Self::Part(question) => format!("{} part", question.id),
            Self::Whole(question) => format!("{} whole", question.id),
            Self::Again(safety, alarm) => format!("{} after {}", safety.id, alarm.id),
        }
    }

    /// What goes into its answer cell.
    pub(super) fn entry(self) -> Entry<'a> {
        match self {
            Self::Heading(..) | Self::Section(_) => Entry::Nothing,
            Self::Status => Entry::OneOf(ListOf::Status),
            Self::Overall => Entry::OneOf(ListOf::Grades),
            Self::Called999 | Self::Choice(..) | Self::Again(..) => Entry::OneOf(ListOf::Yes),
            Self::KeyDate(_) | Self::Contact(_, ContactField::Date) => Entry::Date,
            Self::Contact(_, ContactField::Time) => Entry::Time,
            Self::Part(_) | Self::Whole(_) => Entry::Number,
            Self::Question(question) => entry_of(question),
            Self::DeclinedReason
            | Self::Role
            | Self::OverallReason
            | Self::OpenedInError
            | Self::Contact(..) => Entry::Text,
        }
    }

    /// Whether the reason for having no answer has a cell of its own.
    pub(super) fn has_blank(self) -> bool {
        match self {
            Self::Question(question) => !matches!(entry_of(question), Entry::OneOf(_)),
            _ => false,
        }
    }

    /// Whether it has notes and marks.
    pub(super) fn has_notes(self) -> bool {
        matches!(self, Self::Question(_))
    }

    /// Whether the cell in this column is to be filled in.
    pub(super) fn is_open(self, at: u16) -> bool {
        match at {
            column::ANSWER => self.entry() != Entry::Nothing,
            column::BLANK => self.has_blank(),
            at => self.has_notes() && (column::NOTES.contains(&at) || column::FLAGS.contains(&at)),
        }
    }

    /// The record whose revisions stand in the row, on this form.
    pub(super) fn record(self, form: RecordId) -> Option<RecordId> {
        match self {
            Self::Status => Some(form),
            Self::KeyDate(field) => Some(KeyDate::id(form, &field.id)),
            Self::Contact(Told::Lead, ContactField::Role) => Some(SafetyStop::id(form)),
            Self::Question(question) => Some(Answer::id(form, &question.id)),
            _ => None,
        }
    }
}

fn entry_of(question: &Question) -> Entry<'_> {
    match question.kind {
        Kind::Grade | Kind::YesPartlyNo | Kind::PickOne => Entry::OneOf(ListOf::Answers(question)),
        Kind::Date => Entry::Date,
        Kind::Number => Entry::Number,
        Kind::Text => Entry::Text,
        // In the rows that follow.
        Kind::PickMany | Kind::Ratio => Entry::Nothing,
    }
}

/// The rows of a case sheet, from [`FIRST_ROW`] on, as this agency is asked by this tool.
pub(super) fn lines<'a>(tool: &'a Tool, agency: &str) -> Vec<Line<'a>> {
    let mut lines = vec![
        Line::Heading("form", "This form"),
        Line::Status,
        Line::DeclinedReason,
        Line::Role,
    ];
    if tool.questions.iter().any(|one| one.kind == Kind::Grade) {
        lines.extend([Line::Overall, Line::OverallReason]);
    }
    let dates = tool.key_dates.iter().filter(|field| field.is_for(agency));
    let dates: Vec<_> = dates.collect();
    if !dates.is_empty() {
        lines.push(Line::Heading(
            "dates",
            "Key dates, as your record gives them",
        ));
        lines.extend(dates.into_iter().map(Line::KeyDate));
    }
    lines.extend(stop_lines(tool, agency));
    lines.extend(question_lines(tool, agency));
    lines
}

/// The safety question, where this agency is asked it.
pub(super) fn safety_question<'a>(tool: &'a Tool, agency: &str) -> Option<&'a Question> {
    let question = tool.question(tool.safety_question.as_deref()?)?;
    question.is_for(agency).then_some(question)
}

fn stop_lines<'a>(tool: &'a Tool, agency: &str) -> Vec<Line<'a>> {
    if safety_question(tool, agency).is_none() {
        return Vec::new();
    }
    let heading = "Safety stop: only where the child may not be safe today";
    let mut lines = vec![Line::Heading("stop", heading)];
    for told in [Told::Lead, Told::FrontDoor] {
        let fields = ContactField::ALL.into_iter();
        lines.extend(fields.map(|field| Line::Contact(told, field)));
    }
    lines.extend([Line::Called999, Line::OpenedInError]);
    lines
}

fn question_lines<'a>(tool: &'a Tool, agency: &str) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for section in &tool.sections {
        let questions = tool.questions.iter();
        let mut asked = questions
            .filter(|question| question.section == section.id && question.is_for(agency))
            .peekable();
        if asked.peek().is_some() {
            lines.push(Line::Section(section));
        }
        for question in asked {
            lines.push(Line::Question(question));
            lines.extend(rows_under(tool, agency, question));
        }
    }
    lines
}

/// The rows that belong to a question besides its own.
fn rows_under<'a>(tool: &'a Tool, agency: &str, question: &'a Question) -> Vec<Line<'a>> {
    let mut lines = match question.kind {
        Kind::PickMany => {
            let choices = question.choices.iter();
            choices
                .map(|choice| Line::Choice(question, choice))
                .collect()
        }
        Kind::Ratio => vec![Line::Part(question), Line::Whole(question)],
        _ => Vec::new(),
    };
    if tool.safety_question.as_deref() == Some(question.id.as_str()) {
        let alarming = tool.questions.iter().filter(|alarm| {
            let safety = alarm.safety.as_ref();
            alarm.is_for(agency) && safety.is_some_and(|safety| safety.then == SafetyStep::AskAgain)
        });
        lines.extend(alarming.map(|alarm| Line::Again(question, alarm)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::catalogue::Catalogue;

    #[test]
    fn every_question_of_every_agency_has_one_row_and_every_row_its_own_id() {
        let catalogue = Catalogue::built_in().unwrap();
        for tool in &catalogue.tools {
            for agency in &catalogue.agencies {
                let lines = lines(tool, &agency.code);
                let ids: BTreeSet<String> = lines.iter().map(|line| line.id()).collect();
                assert_eq!(ids.len(), lines.len(), "{} {}", tool.slug, agency.code);
                let rows = lines.iter().filter_map(|line| match line {
                    Line::Question(question) => Some(&question.id),
                    _ => None,
                });
                let rows: BTreeSet<_> = rows.collect();
                let asked = tool.questions.iter().filter(|one| one.is_for(&agency.code));
                assert_eq!(rows, asked.map(|question| &question.id).collect());
            }
        }
    }

    #[test]
    fn an_alarming_question_leads_back_to_the_safety_question() {
        let catalogue = Catalogue::built_in().unwrap();
        let tool = catalogue.tool("sexual-abuse-referrals").unwrap();
        let ids: Vec<_> = lines(tool, "POL").iter().map(|line| line.id()).collect();
        let at = |id: &str| ids.iter().position(|other| other == id);
        assert_eq!(at("C15b after A03"), at("C15b").map(|row| row + 1));
        let ids: Vec<_> = lines(tool, "GP").iter().map(|line| line.id()).collect();
        assert!(!ids.iter().any(|id| id == "C15b after A03"));
    }
}
