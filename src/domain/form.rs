//! An agency's return for an audit, and its form for each case.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::id::RecordId;

/// One agency's part in one audit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgencyReturn {
    /// The audit.
    pub audit: RecordId,
    /// The agency's code.
    pub agency: String,
    /// When its return file was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<NaiveDate>,
    /// When it is due back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// When it was last merged into the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<DateTime<Utc>>,
    /// What the auditor reads first on opening the return file; empty before the file was made.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cover: String,
    /// By form: the merge that last brought something of it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub arrivals: BTreeMap<RecordId, Arrival>,
}

/// The merge that last brought something of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// When.
    pub at: DateTime<Utc>,
    /// The name of the file it came with, without its folder.
    pub file: String,
    /// How many answers and key dates came new, changed or taken back.
    pub answers: usize,
    /// The versions of the form's sheet in a workbook that were merged so far: hashes of all they
    /// say.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub sheets: BTreeSet<String>,
}

impl AgencyReturn {
    /// The identity of the return of `agency` for `audit`.
    pub fn id(audit: RecordId, agency: &str) -> RecordId {
        RecordId::derived("return", &[&audit.to_string(), agency])
    }
}

/// Where a form stands. *Not known to us* and *declined* are answers, not missing forms.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum FormStatus {
    /// Nothing answered yet.
    #[default]
    NotStarted,
    /// Begun.
    InProgress,
    /// Sent in by its auditor.
    Submitted,
    /// The agency does not know the child, siblings or carers.
    NotKnown,
    /// The agency will not fill it in, and says why.
    Declined,
}

impl FormStatus {
    /// Every status.
    pub const ALL: [Self; 5] = [
        Self::NotStarted,
        Self::InProgress,
        Self::Submitted,
        Self::NotKnown,
        Self::Declined,
    ];

    /// The words shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "Not started",
            Self::InProgress => "In progress",
            Self::Submitted => "Submitted",
            Self::NotKnown => "Not known to us",
            Self::Declined => "Declined",
        }
    }

    /// Whether answers can be changed without reopening the form first.
    pub fn is_open(self) -> bool {
        matches!(self, Self::NotStarted | Self::InProgress)
    }
}

/// One agency's form for one case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseForm {
    /// The agency's return it belongs to.
    #[serde(rename = "return")]
    pub agency_return: RecordId,
    /// The case.
    pub case: RecordId,
    /// Where it stands.
    #[serde(default)]
    pub status: FormStatus,
    /// The auditor's role; never a name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// Why the agency declined.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub declined_reason: String,
    /// The auditor's overall grade of the own agency's practice, a value of the tool's grade scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overall: Option<String>,
    /// Why this grade.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub overall_reason: String,
    /// When it was last submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted: Option<DateTime<Utc>>,
}

impl CaseForm {
    /// A form with nothing in it.
    pub fn new(agency_return: RecordId, case: RecordId) -> Self {
        Self {
            agency_return,
            case,
            status: FormStatus::NotStarted,
            role: String::new(),
            declined_reason: String::new(),
            overall: None,
            overall_reason: String::new(),
            submitted: None,
        }
    }

    /// The form once it is closed as not known or declined: without a grade.
    pub fn closed_without_answers(&self, status: FormStatus, reason: &str) -> Self {
        Self {
            status,
            declined_reason: reason.trim().to_owned(),
            overall: None,
            overall_reason: String::new(),
            ..self.clone()
        }
    }

    /// The identity of the form for `case` in `agency_return`.
    pub fn id(agency_return: RecordId, case: RecordId) -> RecordId {
        RecordId::derived("form", &[&agency_return.to_string(), &case.to_string()])
    }
}
