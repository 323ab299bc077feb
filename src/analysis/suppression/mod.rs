//! What has to be hidden before counts are published, so that no child can be told from a small
//! number.
//!
//! The Department for Education's practice in its statistics on children in need: counts from 1 to
//! 5 are replaced by "c", and further cells are hidden wherever a hidden one could otherwise be
//! worked out. With samples of five to ten cases that second step is most of the work, so the rule
//! here is blunt on purpose: in a **row** (parts that add up to a total somebody may know), either
//! every part is 0 or above the threshold and all are published, or all are hidden. Where rows add
//! up to another (the questions of a theme, the grades on the forms), they are published
//! **jointly**: all of them, or none. Where a row is hidden a word may say which way it leans, but
//! only where at least two values fit it. Zeros are published, as in the Department's tables,
//! unless their row is hidden.
//!
//! The property tests below count what fits for somebody who knows this rule; `tests/suppression`
//! attacks whole exports with a solver.

mod joint;

pub use joint::{Answered, ThemeCounts};

/// The threshold when nobody chose another: the Department's.
pub const USUAL_THRESHOLD: usize = 5;

/// What stands in place of a hidden count.
pub const HIDDEN: &str = "c";

/// From how many on a word may stand for a hidden row: of six, "few" could only mean one.
const FEWEST_FOR_WORDS: usize = 7;

/// The thresholds that may be chosen. Below 3 a hidden row would be worked out from its total;
/// above 20 nothing of an audit would be left.
pub const THRESHOLDS: std::ops::RangeInclusive<usize> = 3..=20;

/// The rule of one publication: every count from 1 to the threshold is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suppression {
    threshold: usize,
}

impl Default for Suppression {
    fn default() -> Self {
        Self {
            threshold: USUAL_THRESHOLD,
        }
    }
}

/// Which way a hidden row leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Less than a third, or none.
    Few,
    /// From one third to two thirds.
    AboutHalf,
    /// More than two thirds, or all.
    Most,
}

impl Band {
    /// The word.
    pub fn words(self) -> &'static str {
        match self {
            Self::Few => "few or none",
            Self::AboutHalf => "about half",
            Self::Most => "most or all",
        }
    }

    /// The band of `part` in `whole`. None and all are not words of their own: in a hidden row they
    /// would give themselves away, and so would saying nothing.
    fn of(part: usize, whole: usize) -> Self {
        if part * 3 < whole || part == 0 {
            Self::Few
        } else if part * 3 <= whole * 2 {
            Self::AboutHalf
        } else {
            Self::Most
        }
    }
}

/// A count as it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// Published.
    Count(usize),
    /// Hidden.
    Hidden,
}

impl Cell {
    /// The count, where it may be shown.
    pub fn shown(count: usize, open: bool) -> Self {
        if open {
            Self::Count(count)
        } else {
            Self::Hidden
        }
    }

    /// The count, where it is shown.
    pub fn count(self) -> Option<usize> {
        match self {
            Self::Count(count) => Some(count),
            Self::Hidden => None,
        }
    }
}

/// A count out of a count as it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublishedShare {
    /// How many.
    pub part: Cell,
    /// Out of how many.
    pub whole: Cell,
    /// Which way a hidden part leans.
    pub band: Option<Band>,
}

/// Nothing is shown, not even a word.
pub const NOTHING: PublishedShare = PublishedShare {
    part: Cell::Hidden,
    whole: Cell::Hidden,
    band: None,
};

/// A row as it is published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublishedRow {
    /// The parts, in order.
    pub parts: Vec<Cell>,
    /// Which way a hidden row leans.
    pub band: Option<Band>,
}

impl Suppression {
    /// The rule with this threshold; `None` outside [`THRESHOLDS`].
    pub fn new(threshold: usize) -> Option<Self> {
        THRESHOLDS
            .contains(&threshold)
            .then_some(Self { threshold })
    }

    /// The largest count that is hidden.
    pub fn threshold(self) -> usize {
        self.threshold
    }

    /// The smallest count above 0 that is published.
    pub fn smallest(self) -> usize {
        self.threshold + 1
    }

    /// Whether a count may be published by itself.
    pub fn is_open(self, count: usize) -> bool {
        count == 0 || count > self.threshold
    }

    /// Whether all parts of a row may be published.
    pub fn row_is_open(self, parts: &[usize]) -> bool {
        parts.iter().all(|part| self.is_open(*part))
    }

    /// Publishes a count that stands by itself.
    pub fn cell(self, count: usize) -> Cell {
        Cell::shown(count, self.is_open(count))
    }

    /// Publishes `part` of `whole`, where nothing but `whole` is known from elsewhere.
    pub fn share(self, part: usize, whole: usize) -> PublishedShare {
        let hidden = |part: usize| !self.row_is_open(&[part, whole - part]);
        if !hidden(part) {
            return PublishedShare {
                part: Cell::Count(part),
                whole: Cell::Count(whole),
                band: None,
            };
        }
        let band = Band::of(part, whole);
        let alike = (0..=whole).filter(|other| hidden(*other) && Band::of(*other, whole) == band);
        PublishedShare {
            part: Cell::Hidden,
            whole: self.cell(whole),
            band: Some(band).filter(|_| self.is_open(whole) && alike.count() > 1),
        }
    }

    /// Publishes a row whose parts add up to a total that is known from elsewhere (the sample). The
    /// first `good` of the first `judged` parts speak well of practice; the parts after those carry
    /// no verdict.
    pub fn row(self, parts: &[usize], good: usize, judged: usize) -> PublishedRow {
        let open = self.row_is_open(parts);
        let total: usize = parts.iter().sum();
        let leans = Band::of(
            parts[..good].iter().sum(),
            parts[..judged].iter().sum::<usize>(),
        );
        PublishedRow {
            parts: parts.iter().map(|part| Cell::shown(*part, open)).collect(),
            band: Some(leans)
                .filter(|_| !open && total >= FEWEST_FOR_WORDS && total > self.smallest()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    const USUAL: Suppression = Suppression {
        threshold: USUAL_THRESHOLD,
    };

    #[test]
    fn small_counts_and_what_they_would_give_away_are_hidden() {
        use Cell::{Count, Hidden};
        let cases = [
            (0, 0, Count(0), Count(0), None),
            (0, 8, Count(0), Count(8), None),
            (8, 8, Count(8), Count(8), None),
            (31, 40, Count(31), Count(40), None),
            (38, 40, Hidden, Count(40), Some(Band::Most)), // 2 not favourable
            (3, 8, Hidden, Count(8), Some(Band::AboutHalf)),
            (1, 6, Hidden, Count(6), None), // “few” of 6 could only be 1
            (3, 5, Hidden, Hidden, None),
            (5, 5, Hidden, Hidden, None),
        ];
        for (part, whole, shown_part, shown_whole, band) in cases {
            let expected = PublishedShare {
                part: shown_part,
                whole: shown_whole,
                band,
            };
            assert_eq!(USUAL.share(part, whole), expected, "{part} of {whole}");
        }
    }

    /// For every way in which `total` can fall into `parts` parts.
    pub(super) fn splits(total: usize, parts: usize) -> Vec<Vec<usize>> {
        if parts == 1 {
            return vec![vec![total]];
        }
        let first = 0..=total;
        first
            .flat_map(|first| {
                splits(total - first, parts - 1)
                    .into_iter()
                    .map(move |mut rest| {
                        rest.insert(0, first);
                        rest
                    })
            })
            .collect()
    }

    #[test]
    fn a_hidden_share_always_fits_two_values() {
        for (whole, threshold) in (0..=60).flat_map(|whole| [(whole, 3), (whole, 5), (whole, 9)]) {
            let rule = Suppression::new(threshold).unwrap();
            let mut fits: BTreeMap<PublishedShare, BTreeSet<usize>> = BTreeMap::new();
            for part in 0..=whole {
                fits.entry(rule.share(part, whole))
                    .or_default()
                    .insert(part);
            }
            for (published, values) in fits {
                let hidden = published.part == Cell::Hidden;
                assert!(
                    !hidden || values.len() > 1,
                    "{published:?} of {whole}: {values:?}"
                );
                assert!(hidden || values.len() == 1);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        /// Somebody who knows the total, this rule and what is published, and tries every row.
        #[test]
        fn a_hidden_cell_always_fits_two_values(
            total in 1usize..=14, parts in 2usize..=5, good in 1usize..=2, unjudged in 0usize..=2,
            threshold in 3usize..=8,
        ) {
            let rule = Suppression::new(threshold).unwrap();
            let judged = parts.saturating_sub(unjudged).max(2).min(parts);
            let good = good.min(judged - 1);
            let mut fits: BTreeMap<PublishedRow, Vec<BTreeSet<usize>>> = BTreeMap::new();
            for split in splits(total, parts) {
                let published = rule.row(&split, good, judged);
                let values = fits
                    .entry(published)
                    .or_insert_with(|| vec![BTreeSet::new(); parts]);
                for (values, part) in values.iter_mut().zip(&split) {
                    values.insert(*part);
                }
            }
            for (published, values) in fits {
                for (cell, values) in published.parts.iter().zip(&values) {
                    match cell {
                        Cell::Hidden => prop_assert!(values.len() > 1, "{published:?}: {values:?}"),
                        Cell::Count(count) => prop_assert!(rule.is_open(*count)),
                    }
                }
            }
        }

        #[test]
        fn no_small_count_is_ever_shown(part in 0usize..200, rest in 0usize..200) {
            let published = USUAL.share(part, part + rest);
            for cell in [published.part, published.whole] {
                if let Cell::Count(count) = cell {
                    prop_assert!(USUAL.is_open(count));
                }
            }
            if let (Cell::Count(part), Cell::Count(whole)) = (published.part, published.whole) {
                prop_assert!(USUAL.is_open(whole - part));
            }
        }
    }
}
