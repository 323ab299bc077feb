//! What the panel found.

use serde::{Deserialize, Serialize};

use super::id::RecordId;

/// What sort of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Works well.
    Strength,
    /// Needs to improve.
    AreaForImprovement,
    /// Practice on a case that needs following up.
    PracticeConcern,
}

impl FindingKind {
    /// The words shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Strength => "Strength",
            Self::AreaForImprovement => "Area for improvement",
            Self::PracticeConcern => "Practice concern",
        }
    }
}

/// One finding of an audit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The audit.
    pub audit: RecordId,
    /// Its number in the audit, from 1: the order for the paper.
    pub number: u32,
    /// What sort.
    pub kind: FindingKind,
    /// The theme it is coded to, such as T07.
    pub theme: String,
    /// The finding in a sentence or two; nothing that identifies.
    pub text: String,
    /// Codes of the agencies it concerns; empty for all.
    #[serde(default)]
    pub agencies: Vec<String>,
    /// The cases it rests on.
    #[serde(default)]
    pub cases: Vec<RecordId>,
    /// Ids of the questions it rests on.
    #[serde(default)]
    pub questions: Vec<String>,
}
