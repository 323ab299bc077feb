//! Who was at the panel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::RecordId;

/// Whether an agency took part in a panel day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Somebody was there.
    Attended,
    /// Nobody was, and the agency had said so.
    Apologies,
    /// Nobody was, and nothing was said.
    Absent,
}

impl Presence {
    /// Every presence, in the order it is offered.
    pub const ALL: [Self; 3] = [Self::Attended, Self::Apologies, Self::Absent];

    /// The word shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Attended => "Attended",
            Self::Apologies => "Apologies",
            Self::Absent => "Absent",
        }
    }
}

/// One agency on one panel day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attendance {
    /// The audit.
    pub audit: RecordId,
    /// The panel day.
    pub day: NaiveDate,
    /// The agency's code; empty for the partnership itself (chair, business office).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agency: String,
    /// Whether it took part.
    pub presence: Presence,
    /// The roles that were there; never names.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub roles: String,
}

impl Attendance {
    /// The identity of the attendance of `agency` on `day` of the panel of `audit`.
    pub fn id(audit: RecordId, day: NaiveDate, agency: &str) -> RecordId {
        RecordId::derived(
            "attendance",
            &[&audit.to_string(), &day.to_string(), agency],
        )
    }
}
