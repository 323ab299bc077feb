//! What was done about a practice concern on a case.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::RecordId;

/// How the agency followed up one practice concern: an answer marked as such on its form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConcernFollowUp {
    /// The form the concern stands on.
    pub form: RecordId,
    /// The question it was marked at.
    pub question: String,
    /// When the agency's own review of its practice was done; absent while it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<NaiveDate>,
    /// Role of who reviewed; never a name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by_role: String,
    /// What came of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub outcome: String,
}

impl ConcernFollowUp {
    /// The identity of the follow-up of the concern at `question` on `form`.
    pub fn id(form: RecordId, question: &str) -> RecordId {
        RecordId::derived("concern_follow_up", &[&form.to_string(), question])
    }

    /// Whether the agency has done its own review and said what came of it.
    pub fn is_complete(&self) -> bool {
        self.reviewed.is_some() && !self.outcome.trim().is_empty()
    }
}
