//! How far answers speak well of practice, in three steps, and from when on that may be said at
//! all. The window and the pictures of papers tint by it; what runs through the audits rests on it.

use super::summary::{Heading, ThemeAcross};

/// From how many answers on a theme is called weak or strong.
pub const FEWEST_ANSWERS: usize = 8;
/// From how many cases on.
pub const FEWEST_CASES: usize = 3;
/// From how many audits on something runs through them.
const FEWEST_AUDITS: usize = 2;

/// How many of the answers that count speak well of practice. Three steps only, and no grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Less than half.
    Less,
    /// At least half.
    Half,
    /// At least three quarters.
    Most,
}

impl Step {
    /// Every step, most first.
    pub const ALL: [Self; 3] = [Self::Most, Self::Half, Self::Less];

    /// The step of so many of so many, however few; `None` where nothing counts.
    pub fn of(favourable: usize, scored: usize) -> Option<Self> {
        match scored {
            0 => None,
            _ if favourable * 4 >= scored * 3 => Some(Self::Most),
            _ if favourable * 2 >= scored => Some(Self::Half),
            _ => Some(Self::Less),
        }
    }

    /// The same where there are enough answers to say so.
    pub fn of_enough(favourable: usize, scored: usize) -> Option<Self> {
        Self::of(favourable, scored).filter(|_| scored >= FEWEST_ANSWERS)
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Most => "three quarters or more",
            Self::Half => "half or more",
            Self::Less => "less than half",
        }
    }
}

/// Whether there are answers and cases enough to call a theme weak or strong.
pub fn is_enough(heading: &Heading) -> bool {
    heading.scored >= FEWEST_ANSWERS && heading.cases >= FEWEST_CASES
}

/// The step a theme has in every audit with enough to say; `None` where those are fewer than two,
/// or differ.
pub fn runs_through(theme: &ThemeAcross) -> Option<Step> {
    let asked = theme.by_audit.iter().filter_map(|(_, own)| own.as_ref());
    let steps = asked
        .filter(|own| is_enough(own))
        .filter_map(|own| Step::of(own.favourable, own.scored));
    let steps: Vec<Step> = steps.collect();
    let first = *steps.first()?;
    (steps.len() >= FEWEST_AUDITS && steps.iter().all(|step| *step == first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::RecordId;

    #[test]
    fn there_are_three_steps_and_none_of_too_few() {
        let cases = [
            (0, 0, None, None),
            (8, 9, Some(Step::Most), Some(Step::Most)),
            (6, 8, Some(Step::Most), Some(Step::Most)),
            (5, 9, Some(Step::Half), Some(Step::Half)),
            (4, 9, Some(Step::Less), Some(Step::Less)),
            (7, 7, Some(Step::Most), None),
            (0, 3, Some(Step::Less), None),
        ];
        for (favourable, scored, however_few, of_enough) in cases {
            let found = (
                Step::of(favourable, scored),
                Step::of_enough(favourable, scored),
            );
            assert_eq!(found, (however_few, of_enough), "{favourable} of {scored}");
        }
    }

    /// A theme through audits, each with favourable, scored and cases.
    fn through(audits: &[(usize, usize, usize)]) -> Option<Step> {
        let heading = |(favourable, scored, cases): &(usize, usize, usize)| Heading {
            favourable: *favourable,
            scored: *scored,
            cases: *cases,
            ..Heading::default()
        };
        let by_audit = audits
            .iter()
            .map(|own| (RecordId::fresh(), Some(heading(own))));
        runs_through(&ThemeAcross {
            theme: "T01".into(),
            by_audit: by_audit.collect(),
        })
    }

    #[test]
    fn nothing_runs_through_a_handful_of_answers() {
        assert_eq!(through(&[(1, 1, 1), (1, 1, 1)]), None, "1 of 1, twice");
        assert_eq!(through(&[(9, 9, 2), (9, 9, 2)]), None, "two children");
        assert_eq!(
            through(&[(9, 9, 3), (7, 7, 3)]),
            None,
            "one audit with enough"
        );
        assert_eq!(through(&[(9, 9, 3), (8, 8, 3)]), Some(Step::Most));
        assert_eq!(through(&[(9, 9, 3), (1, 8, 3)]), None, "they differ");
        // Too few to say either way neither carries a thread nor breaks it.
        assert_eq!(
            through(&[(1, 9, 3), (3, 8, 3), (2, 2, 1)]),
            Some(Step::Less)
        );
    }
}
