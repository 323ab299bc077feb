//! One question of a tool.

use serde::{Deserialize, Serialize};

use super::Kind;
use crate::domain::answer::Value;

/// One thing that can be picked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Id.
    pub id: String,
    /// Words.
    pub label: String,
    /// Whether it speaks well of practice.
    #[serde(default)]
    pub favourable: bool,
    /// Whether it has to be explained.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub needs_note: bool,
}

/// The words of a ratio question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatioWords {
    /// What is counted.
    pub part: String,
    /// Out of what.
    pub whole: String,
    /// From which share on the answer speaks well of practice, in percent; absent where it is not scored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub favourable_from_percent: Option<u32>,
}

/// When a question is asked: only after one of these answers to an earlier question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskedIf {
    /// The earlier question.
    pub question: String,
    /// Ids of the answers after which it is asked.
    pub is: Vec<String>,
}

/// What an alarming answer leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SafetyStep {
    /// The form is held until it is recorded who was told.
    Stop,
    /// The safety question has to be answered again.
    AskAgain,
}

/// Marks a safety-critical question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Safety {
    /// Ids of the alarming answers.
    pub when: Vec<String>,
    /// What they lead to.
    pub then: SafetyStep,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Identity: never changed, never used again for another question.
    pub id: String,
    /// What is printed; may change between versions.
    pub code: String,
    /// The section it stands in.
    pub section: String,
    /// Its one primary theme.
    pub theme: String,
    /// How it is answered.
    pub kind: Kind,
    /// Codes of the agencies that answer it, or ALL.
    pub agencies: Vec<String>,
    /// The question.
    pub text: String,
    /// One line under it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// What good evidence looks like.
    #[serde(default)]
    pub look_for: Vec<String>,
    /// What can be picked, for the two *pick* kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Whether it counts; contextual questions do not.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub scored: bool,
    /// Set on safety-critical questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safety: Option<Safety>,
    /// Condition for being asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_if: Option<AskedIf>,
    /// The question on whose card it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// Timescale rules shown beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub timescales: Vec<String>,
    /// Answers that need a note, when other than the scale says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs_note: Option<Vec<String>>,
    /// What a number counts.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Words of a ratio.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratio: Option<RatioWords>,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

fn yes() -> bool {
    true
}

// serde's `skip_serializing_if` hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_yes(scored: &bool) -> bool {
    *scored
}

/// The word by which a tool says that every agency answers.
pub const EVERY_AGENCY: &str = "ALL";

impl Question {
    /// Whether `agency` answers it.
    pub fn is_for(&self, agency: &str) -> bool {
        self.agencies
            .iter()
            .any(|code| code == EVERY_AGENCY || code == agency)
    }

    /// Whether its answers count towards scores. Words, dates and plain numbers never do.
    pub fn is_scored(&self) -> bool {
        self.scored && !matches!(self.kind, Kind::Text | Kind::Date | Kind::Number)
    }

    /// Whether this value is one of the alarming ones.
    pub fn alarms_at(&self, value: &Value) -> bool {
        self.safety
            .as_ref()
            .is_some_and(|safety| value.chosen().iter().any(|id| safety.when.contains(id)))
    }
}
