//! Scales of grades and answers. Scales are never converted into one another.

use serde::{Deserialize, Serialize};

/// The id of the yes/partly/no scale, which every tool uses.
pub const YES_PARTLY_NO: &str = "yes-partly-no";

/// One value of a scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScaleValue {
    /// Id, such as `requires_improvement`.
    pub id: String,
    /// Words, such as "Requires improvement".
    pub label: String,
    /// The key that picks it.
    pub key: String,
    /// Whether it speaks well of practice.
    pub favourable: bool,
    /// Whether it has to be explained.
    pub needs_note: bool,
    /// What it means.
    pub means: String,
}

/// A scale, best value first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Id, such as `ofsted-2013`.
    pub id: String,
    /// Title.
    pub title: String,
    /// `grade` or `yes_partly_no`.
    pub kind: String,
    /// When it was in use.
    pub in_use: String,
    /// Who set it.
    pub source: String,
    /// Values, best first.
    pub values: Vec<ScaleValue>,
}

impl Scale {
    /// The value with this id.
    pub fn value(&self, id: &str) -> Option<&ScaleValue> {
        self.values.iter().find(|value| value.id == id)
    }

    /// How far down the scale a value stands: 0 is best.
    pub fn rank(&self, id: &str) -> Option<usize> {
        self.values.iter().position(|value| value.id == id)
    }
}
