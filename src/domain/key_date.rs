//! A date that the timescale rules need, as one agency's record gives it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::RecordId;

/// One key date on one form. Agencies may differ; the panel agrees one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeyDate {
    /// The form it stands on.
    pub form: RecordId,
    /// The tool's id for the date, such as `icpc`.
    pub date_id: String,
    /// The date; a missing date is never read as a missed timescale.
    pub date: NaiveDate,
}

impl KeyDate {
    /// The identity of the key date `date_id` on `form`.
    pub fn id(form: RecordId, date_id: &str) -> RecordId {
        RecordId::derived("key_date", &[&form.to_string(), date_id])
    }
}
