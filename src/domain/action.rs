//! What changes because of a finding.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::id::RecordId;

/// Where an action stands. *Overdue* is not stored: it follows from the due date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionStatus {
    /// Put forward.
    #[default]
    Proposed,
    /// Agreed by the BMG.
    Agreed,
    /// Under way.
    InProgress,
    /// Done, with evidence of impact.
    Done,
    /// Not done, with the reason.
    NotDone,
    /// Replaced by another action.
    Superseded,
}

impl ActionStatus {
    /// Every status, in the order an action goes through them.
    pub const ALL: [Self; 6] = [
        Self::Proposed,
        Self::Agreed,
        Self::InProgress,
        Self::Done,
        Self::NotDone,
        Self::Superseded,
    ];

    /// The words shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Proposed => "Proposed",
            Self::Agreed => "Agreed",
            Self::InProgress => "In progress",
            Self::Done => "Done",
            Self::NotDone => "Not done",
            Self::Superseded => "Superseded",
        }
    }

    /// Whether something is still to be done.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Proposed | Self::Agreed | Self::InProgress)
    }

    /// Whether ending an action like this needs a reason, kept as a note on its progress.
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::NotDone | Self::Superseded)
    }
}

/// How soon an action is due, in the words of the BMG's action plans (Ofsted 2011: immediately,
/// within three months, within six months). The date itself stands in [`Action::due`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueTerm {
    /// At once.
    Immediately,
    /// Within three months.
    ThreeMonths,
    /// Within six months.
    SixMonths,
}

impl DueTerm {
    /// Every term, soonest first.
    pub const ALL: [Self; 3] = [Self::Immediately, Self::ThreeMonths, Self::SixMonths];

    /// The words shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Immediately => "Immediately",
            Self::ThreeMonths => "Within three months",
            Self::SixMonths => "Within six months",
        }
    }
}

/// One action from a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// The audit.
    pub audit: RecordId,
    /// The finding it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<RecordId>,
    /// What will change.
    pub what: String,
    /// Code of the agency that owns it; empty when nobody does yet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner_agency: String,
    /// Role of the owner.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner_role: String,
    /// When it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// The term that date was chosen by; absent where a date was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_term: Option<DueTerm>,
    /// Where it stands.
    #[serde(default)]
    pub status: ActionStatus,
    /// How we will know, and what was seen.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence_of_impact: String,
}

/// One note on the progress of an action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActionUpdate {
    /// The action.
    pub action: RecordId,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// What happened.
    pub text: String,
}
