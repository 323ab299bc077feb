//! What a number stands for: answers, forms, cases or pairs.

use crate::analysis::{Behind, Filter};
use crate::domain::answer::Blank;
use crate::domain::id::RecordId;
use crate::session::Session;
use crate::ui::route::Route;
use crate::ui::theme::Tone;

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
    pub(super) fn takes(&self, answer: &Behind) -> bool {
        match self {
            Self::Counted => answer.favourable.is_some(),
            Self::Picked(id) => answer.picked.contains(id),
            Self::Blank(blank) => answer.blank == Some(*blank),
            Self::Everything => true,
        }
    }
}

/// What is counted, where it is not answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Forms.
    Forms,
    /// Cases.
    Cases,
    /// Pairs of answers.
    Pairs,
    /// Questions of a case that several agencies answered.
    Questions,
    /// Answers that are not there.
    Missing,
    /// Answers given twice: in the audit before and in this one.
    Again,
}

impl What {
    /// "8 forms"
    pub fn words(self, count: usize) -> String {
        let (one, many) = match self {
            Self::Forms => ("form", "forms"),
            Self::Cases => ("case", "cases"),
            Self::Pairs => ("pair of answers", "pairs of answers"),
            Self::Questions => ("set of answers", "sets of answers"),
            Self::Missing => ("answer that is not there", "answers that are not there"),
            Self::Again => ("answer given both times", "answers given both times"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }
}

/// What a number stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum StandsFor {
    /// The answers that a filter leaves.
    Answers {
        /// The part.
        filter: Box<Filter>,
        /// Of these questions; of every one where none is named.
        questions: Vec<String>,
        /// Which of those.
        only: Only,
    },
    /// These answers.
    These(Vec<Behind>),
    /// Forms, cases or whatever else has a place.
    Places(What, Vec<Place>),
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

impl Place {
    /// A case of an audit, or one agency's form of it: "NEG19-03 · Police". Leads to the form, or to
    /// the panel's page of the case.
    pub fn of(session: &Session, audit: RecordId, case: RecordId, agency: Option<&str>) -> Self {
        let register = session.register();
        let known = register.cases.get(&case);
        let reference = known.map_or("", |case| case.reference.as_str());
        let form = agency.and_then(|code| register.form_of(audit, code, case));
        Self {
            words: match agency {
                Some(code) => format!("{reference} · {}", register.agency_short(code)),
                None => reference.to_owned(),
            },
            note: String::new(),
            tone: Tone::Neutral,
            to: form.map_or(Route::Panel(case), |(form, _)| Route::Review(form)),
        }
    }
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
        let questions = question.map(ToOwned::to_owned);
        Self::over(title, filter, questions.into_iter().collect(), only)
    }

    /// Some of the answers to these questions in what `filter` leaves; to every question where none
    /// is named.
    pub fn over(
        title: impl Into<String>,
        filter: Filter,
        questions: Vec<String>,
        only: Only,
    ) -> Self {
        let answers = StandsFor::Answers {
            filter: Box::new(filter),
            questions,
            only,
        };
        Self::new(title, answers)
    }

    /// These answers.
    pub fn of_answers(title: impl Into<String>, answers: Vec<Behind>) -> Self {
        Self::new(title, StandsFor::These(answers))
    }

    /// These forms, cases or whatever else has a place.
    pub fn of_places(title: impl Into<String>, what: What, places: Vec<Place>) -> Self {
        Self::new(title, StandsFor::Places(what, places))
    }

    /// With a line more.
    pub fn about(self, about: impl Into<String>) -> Self {
        Self {
            about: about.into(),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_a_number_is_counted_in_words() {
        assert_eq!(What::Forms.words(1), "1 form");
        assert_eq!(What::Cases.words(0), "0 cases");
        assert_eq!(What::Pairs.words(12), "12 pairs of answers");
    }
}
