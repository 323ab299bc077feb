//! A suggested finding that a person decided against.

use serde::{Deserialize, Serialize};

use super::id::RecordId;

/// Says that a suggestion was looked at and set aside, so that it is not put forward again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dismissal {
    /// The audit.
    pub audit: RecordId,
    /// What the suggestion is known by, such as `weak_theme:T07`.
    pub suggestion: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Dismissal {
    /// The identity of the dismissal of `suggestion` in `audit`.
    pub fn id(audit: RecordId, suggestion: &str) -> RecordId {
        RecordId::derived("dismissal", &[&audit.to_string(), suggestion])
    }
}
