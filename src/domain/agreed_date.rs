//! The key date on which the panel agreed where agencies' records differ.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::RecordId;

/// One key date of one case as the panel agreed it. The agencies' own dates stay as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgreedDate {
    /// The case.
    pub case: RecordId,
    /// The tool's id for the date, such as `icpc`.
    pub date_id: String,
    /// The date.
    pub date: NaiveDate,
    /// Why this one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl AgreedDate {
    /// The identity of the agreed date `date_id` of `case`.
    pub fn id(case: RecordId, date_id: &str) -> RecordId {
        RecordId::derived("agreed_date", &[&case.to_string(), date_id])
    }
}
