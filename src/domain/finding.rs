//! What the panel found.

use chrono::{DateTime, Utc};
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
    /// Every kind.
    pub const ALL: [Self; 3] = [
        Self::Strength,
        Self::AreaForImprovement,
        Self::PracticeConcern,
    ];

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
    /// When somebody looked at it again after what it rests on had changed, and let it stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_at: Option<DateTime<Utc>>,
}

impl Finding {
    /// A finding of `audit` about which nothing is said yet. Its number is given when it is kept.
    pub fn new(audit: RecordId, kind: FindingKind) -> Self {
        Self {
            audit,
            number: 0,
            kind,
            theme: String::new(),
            text: String::new(),
            agencies: Vec::new(),
            cases: Vec::new(),
            questions: Vec::new(),
            looked_at: None,
        }
    }

    /// Whether both say the same and rest on the same, whatever their numbers.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let number = self.number;
        *self
            == Self {
                number,
                ..other.clone()
            }
    }
}

/// Moves the item at `from` by `by` places (negative: towards the front), as far as the ends.
pub fn moved<T>(mut order: Vec<T>, from: usize, by: isize) -> Vec<T> {
    if from < order.len() {
        let to = from.saturating_add_signed(by).min(order.len() - 1);
        let item = order.remove(from);
        order.insert(to, item);
    }
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Moving loses nothing, keeps the order of everything else, and moving back undoes it.
        #[test]
        fn moving_only_moves(length in 1_usize..12, from in 0_usize..12, by in -14_isize..14) {
            let order: Vec<usize> = (0..length).collect();
            let after = moved(order.clone(), from, by);
            let mut sorted = after.clone();
            sorted.sort_unstable();
            prop_assert_eq!(&sorted, &order);
            let others = |order: &[usize]| -> Vec<usize> {
                order.iter().copied().filter(|item| *item != from).collect()
            };
            prop_assert_eq!(others(&after), others(&order));
            if let Some(at) = after.iter().position(|item| *item == from) {
                let back = from as isize - at as isize;
                prop_assert_eq!(moved(after, at, back), order);
            }
        }
    }

    #[test]
    fn a_number_says_nothing() {
        let one = Finding::new(RecordId::fresh(), FindingKind::Strength);
        let renumbered = Finding {
            number: 4,
            ..one.clone()
        };
        let looked_at = Finding {
            looked_at: Some(Utc::now()),
            ..one.clone()
        };
        assert!(one.says_the_same_as(&renumbered));
        assert!(!one.says_the_same_as(&looked_at));
    }
}
