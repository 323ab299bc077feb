//! One themed round of case audits: its scope and hypotheses.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::RecordId;

/// Where an audit stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditState {
    /// Being planned.
    #[default]
    Scoping,
    /// Agencies are filling in their forms.
    Open,
    /// The panel is judging.
    Panel,
    /// Findings are agreed.
    FindingsAgreed,
    /// Reported to the BMG.
    Reported,
    /// Finished.
    Closed,
}

impl AuditState {
    /// Every state in the order of the work.
    pub const ALL: [Self; 6] = [
        Self::Scoping,
        Self::Open,
        Self::Panel,
        Self::FindingsAgreed,
        Self::Reported,
        Self::Closed,
    ];

    /// Whether its figures can be published. Before the findings are agreed forms still come in, and
    /// two publications could be subtracted from each other.
    pub fn can_be_published(self) -> bool {
        self >= Self::FindingsAgreed
    }

    /// The word shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Scoping => "Scoping",
            Self::Open => "Open",
            Self::Panel => "Panel",
            Self::FindingsAgreed => "Findings agreed",
            Self::Reported => "Reported",
            Self::Closed => "Closed",
        }
    }
}

/// What the audit asks, of whom, over which period, and who is involved.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scope {
    /// The question the audit is to answer.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub question: String,
    /// First day of the practice looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day of the practice looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// Which children could have been picked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub cohort: String,
    /// How many children the cohort holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<u32>,
    /// How the cases were picked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub method: String,
    /// How children are involved, or why not.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub children: String,
    /// How parents are involved, or why not.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub parents: String,
    /// How carers are involved, or why not.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub carers: String,
    /// Role of the lead auditor; never a name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lead_role: String,
    /// When the agencies' forms are due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// Findings and actions of an earlier audit that this one looks at again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<RecordId>,
}

/// One themed round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Audit {
    /// Title, unique in the register.
    pub title: String,
    /// The frozen tool, as `slug@version`.
    pub tool: String,
    /// Codes of the agencies that take part.
    pub agencies: Vec<String>,
    /// Where it stands.
    #[serde(default)]
    pub state: AuditState,
    /// The scope.
    #[serde(default)]
    pub scope: Scope,
    /// The audit this one repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub re_audit_of: Option<RecordId>,
}

/// What the panel decided about a hypothesis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The evidence bears it out.
    Confirmed,
    /// In part.
    PartlyConfirmed,
    /// The evidence speaks against it.
    NotConfirmed,
    /// The sample cannot tell.
    CannotSay,
}

impl Verdict {
    /// The word shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Confirmed => "Confirmed",
            Self::PartlyConfirmed => "Partly confirmed",
            Self::NotConfirmed => "Not confirmed",
            Self::CannotSay => "Cannot say",
        }
    }
}

/// A statement the audit sets out to test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hypothesis {
    /// The audit it belongs to.
    pub audit: RecordId,
    /// Its short code, such as H1.
    pub code: String,
    /// The statement.
    pub text: String,
    /// Ids of the questions that bear on it.
    #[serde(default)]
    pub questions: Vec<String>,
    /// The panel's verdict, once given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rationale: String,
}
