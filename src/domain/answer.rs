//! One question answered on one form.

use serde::{Deserialize, Serialize};

use super::id::RecordId;

/// What an auditor answered, or why there is no answer. The two blanks differ on purpose: *not
/// evidenced* is itself a finding about the record, *not applicable* is not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Given {
    /// An answer of the question's kind.
    Value(Value),
    /// One of the two blanks.
    Blank(Blank),
}

/// Why a question has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blank {
    /// The question does not bear on this child.
    NotApplicable,
    /// It does, but our record does not show the answer.
    NotEvidenced,
}

impl Blank {
    /// Both blanks, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::NotApplicable, Self::NotEvidenced];

    /// The words on the button.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotApplicable => "Not applicable",
            Self::NotEvidenced => "Not evidenced on our record",
        }
    }
}

/// A value as it is stored. The question's kind says how to read a [`Value::One`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A whole number.
    Number(i64),
    /// A count out of a count.
    Ratio {
        /// How many of the whole.
        part: u32,
        /// The whole; never less than the part.
        whole: u32,
    },
    /// The ids of several choices, in the order of the tool.
    Many(Vec<String>),
    /// The id of a grade or choice, a date as yyyy-mm-dd, or free text.
    One(String),
}

impl Value {
    /// A single choice, grade, date or text.
    pub fn one(text: impl Into<String>) -> Self {
        Self::One(text.into())
    }

    /// The ids chosen: one for a grade or a single choice, any number for *pick many*.
    pub fn chosen(&self) -> &[String] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::Many(ids) => ids,
            Self::Number(_) | Self::Ratio { .. } => &[],
        }
    }
}

/// Which of the three notes under a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Note {
    /// What worked.
    Worked,
    /// What worries us.
    Worries,
    /// So what for the child.
    SoWhat,
}

impl Note {
    /// The three notes in the order they are asked.
    pub const ALL: [Self; 3] = [Self::Worked, Self::Worries, Self::SoWhat];

    /// The prompt above the field.
    pub fn label(self) -> &'static str {
        match self {
            Self::Worked => "What worked",
            Self::Worries => "What worries us",
            Self::SoWhat => "So what for the child",
        }
    }
}

/// The two marks an auditor can put on an answer for the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// Worth telling others about.
    GoodPractice,
    /// Needs following up with the agency.
    PracticeConcern,
}

impl Flag {
    /// The words on the switch.
    pub fn label(self) -> &'static str {
        match self {
            Self::GoodPractice => "Good practice",
            Self::PracticeConcern => "Practice concern",
        }
    }
}

/// The answer to one question on one form. A record exists as soon as anything was given or noted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The form it stands on.
    pub form: RecordId,
    /// The question's identity (not its printed code).
    pub question: String,
    /// The answer; absent when only notes were written so far.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Given>,
    /// What worked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub worked: String,
    /// What worries us.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub worries: String,
    /// So what for the child.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub so_what: String,
    /// Marked as good practice.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub good_practice: bool,
    /// Marked as a practice concern.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub practice_concern: bool,
    /// On the safety question only: the alarming answers in whose knowledge it was answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_view_of: Vec<String>,
}

impl Answer {
    /// An answer to `question` with nothing in it yet.
    pub fn empty(form: RecordId, question: &str) -> Self {
        Self {
            form,
            question: question.to_owned(),
            given: None,
            worked: String::new(),
            worries: String::new(),
            so_what: String::new(),
            good_practice: false,
            practice_concern: false,
            in_view_of: Vec::new(),
        }
    }

    /// The identity of the answer to `question` on `form`.
    pub fn id(form: RecordId, question: &str) -> RecordId {
        RecordId::derived("answer", &[&form.to_string(), question])
    }

    /// The value, unless blank or not yet given.
    pub fn value(&self) -> Option<&Value> {
        match &self.given {
            Some(Given::Value(value)) => Some(value),
            _ => None,
        }
    }

    /// The blank, if one was chosen.
    pub fn blank(&self) -> Option<Blank> {
        match self.given {
            Some(Given::Blank(blank)) => Some(blank),
            _ => None,
        }
    }

    /// One of the three notes.
    pub fn note(&self, note: Note) -> &str {
        match note {
            Note::Worked => &self.worked,
            Note::Worries => &self.worries,
            Note::SoWhat => &self.so_what,
        }
    }

    /// One of the three notes, to change it.
    pub fn note_mut(&mut self, note: Note) -> &mut String {
        match note {
            Note::Worked => &mut self.worked,
            Note::Worries => &mut self.worries,
            Note::SoWhat => &mut self.so_what,
        }
    }

    /// Whether anything was written in any of the three notes.
    pub fn has_note(&self) -> bool {
        Note::ALL
            .iter()
            .any(|note| !self.note(*note).trim().is_empty())
    }

    /// One of the two marks.
    pub fn flag(&self, flag: Flag) -> bool {
        match flag {
            Flag::GoodPractice => self.good_practice,
            Flag::PracticeConcern => self.practice_concern,
        }
    }

    /// Puts or takes away one of the two marks.
    pub fn set_flag(&mut self, flag: Flag, on: bool) {
        match flag {
            Flag::GoodPractice => self.good_practice = on,
            Flag::PracticeConcern => self.practice_concern = on,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_keep_what_was_given() {
        let given = [
            None,
            Some(Given::Value(Value::one("good"))),
            Some(Given::Value(Value::Many(vec!["report".into()]))),
            Some(Given::Value(Value::Number(3))),
            Some(Given::Value(Value::Ratio { part: 3, whole: 5 })),
            Some(Given::Blank(Blank::NotEvidenced)),
        ];
        for given in given {
            let mut answer = Answer::empty(RecordId::fresh(), "C01");
            answer.given = given;
            let body = serde_json::to_string(&answer).unwrap();
            assert_eq!(serde_json::from_str::<Answer>(&body).unwrap(), answer);
        }
    }

    #[test]
    fn a_blank_and_a_value_are_written_as_the_data_contract_says() {
        let mut answer = Answer::empty(RecordId::fresh(), "C13");
        answer.given = Some(Given::Blank(Blank::NotEvidenced));
        let body = serde_json::to_value(&answer).unwrap();
        assert_eq!(body["blank"], "not_evidenced");
        answer.given = Some(Given::Value(Value::one("yes")));
        let body = serde_json::to_value(&answer).unwrap();
        assert_eq!(body["value"], "yes");
        assert!(body.get("blank").is_none());
    }
}
