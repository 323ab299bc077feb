//! What the panel judged, held apart from what the agencies answered.

use serde::{Deserialize, Serialize};

use super::answer::Value;
use super::id::RecordId;

/// The panel's judgement on one question of one case, or on the case overall.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// The case.
    pub case: RecordId,
    /// The question; absent for the overall grade.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The panel's value.
    pub value: Value,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who saw it differently, by agency, and why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dissent: String,
}

impl Judgement {
    /// The identity of the judgement on `question` (or overall) of `case`.
    pub fn id(case: RecordId, question: Option<&str>) -> RecordId {
        // No question id is empty, so the overall judgement cannot meet one of a question.
        RecordId::derived("judgement", &[&case.to_string(), question.unwrap_or("")])
    }
}
