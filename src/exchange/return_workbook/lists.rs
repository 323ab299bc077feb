//! What can be chosen from a list, in words, and back.

use super::text::folded;
use crate::domain::answer::{Blank, Given, Value};
use crate::domain::form::FormStatus;
use crate::domain::tool::{Question, Tool};

/// The word for a mark.
pub(super) const YES: &str = "Yes";
/// The words for a form that is not sent in yet.
const STILL_OPEN: &str = "Still in progress";

/// One of the lists.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ListOf<'a> {
    /// Where a form stands.
    Status,
    /// Only yes.
    Yes,
    /// Grades, for the overall one.
    Grades,
    /// Reasons for having no answer.
    Blanks,
    /// The answers to a question, and the reasons for having none.
    Answers(&'a Question),
}

impl ListOf<'_> {
    /// The heading of the list.
    pub(super) fn title(self) -> String {
        match self {
            Self::Status => "Where the form stands".into(),
            Self::Yes => "Marks".into(),
            Self::Grades => "Overall grade".into(),
            Self::Blanks => "No answer, because".into(),
            Self::Answers(question) => question.code.clone(),
        }
    }

    /// What it offers.
    pub(super) fn words(self, tool: &Tool) -> Vec<String> {
        match self {
            Self::Status => STATUSES.iter().map(|(_, words)| (*words).into()).collect(),
            Self::Yes => vec![YES.into()],
            Self::Grades => grades(tool).into_iter().map(|(_, words)| words).collect(),
            Self::Blanks => blanks().map(|(_, words)| words.into()).into(),
            Self::Answers(question) => {
                let answers = answers(tool, question).into_iter();
                answers.map(|(_, words)| words).collect()
            }
        }
    }
}

/// Where a form may stand. One that is not started says nothing.
pub(super) const STATUSES: [(FormStatus, &str); 4] = [
    (FormStatus::InProgress, STILL_OPEN),
    (FormStatus::Submitted, "Submitted"),
    (FormStatus::NotKnown, "Not known to us"),
    (FormStatus::Declined, "Declined"),
];

/// The words for a status; none for a form that is not started.
pub(super) fn status_words(status: FormStatus) -> Option<&'static str> {
    let known = STATUSES.iter().find(|(known, _)| *known == status);
    known.map(|(_, words)| *words)
}

/// The grades of the tool: id and words.
pub(super) fn grades(tool: &Tool) -> Vec<(String, String)> {
    let scale = tool.scale(&tool.grade_scale);
    let values = scale.map_or(&[][..], |scale| &scale.values).iter();
    told_apart(values.map(|value| (value.id.clone(), value.label.clone())))
}

/// What a question that is answered from a list can be given: its options, then the blanks.
pub(super) fn answers(tool: &Tool, question: &Question) -> Vec<(Given, String)> {
    let options = tool.options(question).into_iter();
    let options = options.map(|one| (Given::Value(Value::One(one.id)), one.label));
    let blanks = Blank::ALL.map(|blank| (Given::Blank(blank), blank.label().to_owned()));
    // The blanks first, so that they keep their words; then back into the order of the form.
    let mut all = told_apart(blanks.into_iter().chain(options));
    all.rotate_left(Blank::ALL.len());
    all
}

/// The reasons for having no answer, with their words.
pub(super) fn blanks() -> [(Blank, &'static str); 2] {
    Blank::ALL.map(|blank| (blank, blank.label()))
}

/// The entry of a list with these words; capitals and spaces make no difference.
pub(super) fn named<T: Clone>(list: &[(T, impl AsRef<str>)], text: &str) -> Option<T> {
    let wanted = folded(text);
    let mut entries = list.iter();
    let found = entries.find(|(_, words)| folded(words.as_ref()) == wanted);
    found.map(|(entry, _)| entry.clone())
}

/// Two entries with the same words are told apart by a number behind them.
fn told_apart<T>(entries: impl Iterator<Item = (T, String)>) -> Vec<(T, String)> {
    let mut apart: Vec<(T, String)> = Vec::new();
    for (entry, label) in entries {
        let mut words = label.clone();
        let mut number = 1;
        while apart
            .iter()
            .any(|(_, known)| folded(known) == folded(&words))
        {
            number += 1;
            words = format!("{label} ({number})");
        }
        apart.push((entry, words));
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::Catalogue;

    #[test]
    fn every_answer_in_a_list_is_read_back_as_itself() {
        let catalogue = Catalogue::built_in().unwrap();
        for tool in &catalogue.tools {
            for question in &tool.questions {
                let answers = answers(tool, question);
                for (given, words) in &answers {
                    let typed = format!("  {} ", words.to_uppercase());
                    assert_eq!(named(&answers, &typed).as_ref(), Some(given));
                }
            }
        }
        assert_eq!(
            named(&STATUSES, "not known  to us"),
            Some(FormStatus::NotKnown)
        );
        assert_eq!(named(&STATUSES, "Finished"), None);
    }

    #[test]
    fn a_choice_worded_like_a_blank_is_told_apart_from_it() {
        let catalogue = Catalogue::built_in().unwrap();
        let tool = catalogue.tool("neglect").unwrap();
        let mut question = tool.question("C08").unwrap().clone();
        question.choices[0].label = "not applicable".into();
        let answers = answers(tool, &question);
        assert_eq!(answers[0].1, "not applicable (2)");
        assert_eq!(
            named(&answers, "Not applicable"),
            Some(Given::Blank(Blank::NotApplicable))
        );
    }
}
