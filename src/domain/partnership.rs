//! The partnership a file belongs to, and its agencies.

use serde::{Deserialize, Serialize};

use super::id::RecordId;

/// The safeguarding children partnership whose register this is. One a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Partnership {
    /// Its name as it appears on papers.
    pub name: String,
    /// Set on the worked example: every case in the file is invented, and every screen and export says so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub worked_example: bool,
    /// The area whose local timescale rules apply; national rules alone when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local_rules: Option<String>,
    /// How many months after an audit is closed its forms are kept, unless a date is set by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_months: Option<u32>,
}

/// An agency that takes part in audits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agency {
    /// The code tools use for who answers, such as CSC.
    pub code: String,
    /// Full name.
    pub name: String,
    /// A name short enough for a table heading.
    pub short: String,
}

impl Agency {
    /// The identity of the agency with this code.
    pub fn id(code: &str) -> RecordId {
        RecordId::derived("agency", &[code])
    }
}
