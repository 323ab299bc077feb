//! What has to be hidden before counts are published, so that no child can be told from a small
//! number.
//!
//! The Department for Education's practice in its statistics on children in need: counts from 1 to
//! 5 are replaced by "c", and further cells are hidden wherever a hidden one could otherwise be
//! worked out. With samples of five to ten cases that second step is most of the work, so the rule
//! here is blunt on purpose: in a **row** (parts that add up to a total somebody may know), either
//! every part is 0 or at least 6 and all are published, or all are hidden. Published tables are
//! chosen so that no sum links two rows. Where a row is hidden a word may say which way it leans,
//! but only where at least two values fit it; the property test below counts them.

/// The smallest count above 0 that is published.
pub const SMALLEST: usize = 6;

/// What stands in place of a hidden count.
pub const HIDDEN: &str = "c";

/// From how many on a word may stand for a hidden row: of six, "few" could only mean one.
const FEWEST_FOR_WORDS: usize = SMALLEST + 1;

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

/// Whether a count may be published by itself.
pub fn is_open(count: usize) -> bool {
    count == 0 || count >= SMALLEST
}

/// Whether all parts of a row may be published.
pub fn row_is_open(parts: &[usize]) -> bool {
    parts.iter().all(|part| is_open(*part))
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
    /// A count that stands by itself.
    pub fn of(count: usize) -> Self {
        Self::shown(count, is_open(count))
    }

    /// The count, where it may be shown.
    pub fn shown(count: usize, open: bool) -> Self {
        if open {
            Self::Count(count)
        } else {
            Self::Hidden
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

/// Publishes `part` of `whole`, where nothing but `whole` is known from elsewhere.
pub fn share(part: usize, whole: usize) -> PublishedShare {
    let hidden = |part: usize| !row_is_open(&[part, whole - part]);
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
        whole: Cell::of(whole),
        band: Some(band).filter(|_| is_open(whole) && alike.count() > 1),
    }
}

/// A row as it is published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublishedRow {
    /// The parts, in order.
    pub parts: Vec<Cell>,
    /// Which way a hidden row leans.
    pub band: Option<Band>,
}

/// Publishes a row whose parts add up to a total that is known from elsewhere (the sample). The
/// first `good` of the first `judged` parts speak well of practice; the parts after those carry no
/// verdict.
pub fn row(parts: &[usize], good: usize, judged: usize) -> PublishedRow {
    let open = row_is_open(parts);
    let total: usize = parts.iter().sum();
    let leans = Band::of(
        parts[..good].iter().sum(),
        parts[..judged].iter().sum::<usize>(),
    );
    PublishedRow {
        parts: parts.iter().map(|part| Cell::shown(*part, open)).collect(),
        band: Some(leans).filter(|_| !open && total >= FEWEST_FOR_WORDS),
    }
}

/// Publishes how many forms were submitted together with the grades on them: the two are one table,
/// because the grades add up to the forms. `grades` are best first, the first `good` of them speak
/// well of practice; the row that comes back has the grades alone.
pub fn forms_and_grades(
    grades: &[usize],
    good: usize,
    ungraded: usize,
    not_submitted: usize,
) -> (PublishedShare, PublishedRow) {
    let submitted = grades.iter().sum::<usize>() + ungraded;
    let mut forms = share(submitted, submitted + not_submitted);
    // Two words about one table could be read together: only the grades keep theirs.
    forms.band = None;
    let mut parts = grades.to_vec();
    parts.extend([ungraded, not_submitted]);
    let mut published = row(&parts, good, grades.len());
    published.parts.truncate(grades.len());
    (forms, published)
}

/// Publishes the answers under a theme. `askable` is how many there could be (cases times questions
/// times agencies asked, which anybody can work out), `per_form` the most that one form can hold.
/// Where only few are missing, it could be worked out how many forms are: then nothing is shown.
pub fn answers(
    favourable: usize,
    scored: usize,
    askable: usize,
    per_form: usize,
) -> PublishedShare {
    let missing = askable.saturating_sub(scored);
    if missing == 0 || missing >= SMALLEST.max(2 * per_form) {
        share(favourable, scored)
    } else {
        NOTHING
    }
}

/// Nothing is shown, not even a word.
pub const NOTHING: PublishedShare = PublishedShare {
    part: Cell::Hidden,
    whole: Cell::Hidden,
    band: None,
};

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

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
            assert_eq!(share(part, whole), expected, "{part} of {whole}");
        }
    }

    /// For every way in which `total` can fall into `parts` parts.
    fn splits(total: usize, parts: usize) -> Vec<Vec<usize>> {
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
        for whole in 0..=60 {
            let mut fits: BTreeMap<PublishedShare, BTreeSet<usize>> = BTreeMap::new();
            for part in 0..=whole {
                fits.entry(share(part, whole)).or_default().insert(part);
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
        ) {
            let judged = parts.saturating_sub(unjudged).max(2).min(parts);
            let good = good.min(judged - 1);
            let mut fits: BTreeMap<PublishedRow, Vec<BTreeSet<usize>>> = BTreeMap::new();
            for split in splits(total, parts) {
                let published = row(&split, good, judged);
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
                        Cell::Count(count) => prop_assert!(is_open(*count)),
                    }
                }
            }
        }

        /// Forms and grades are published side by side: what one hides the other must not show.
        #[test]
        fn forms_do_not_give_grades_away(expected in 1usize..=16, grades in 2usize..=3) {
            let mut fits = BTreeMap::new();
            for split in splits(expected, grades + 2) {
                let published = forms_and_grades(
                    &split[..grades], 1, split[grades], split[grades + 1],
                );
                let values = fits
                    .entry(published)
                    .or_insert_with(|| vec![BTreeSet::new(); grades + 1]);
                let submitted = split[..=grades].iter().sum::<usize>();
                for (values, part) in values.iter_mut().zip(split.iter().take(grades).chain([&submitted])) {
                    values.insert(*part);
                }
            }
            for ((forms, row), values) in fits {
                for (cell, values) in row.parts.iter().chain([&forms.part]).zip(&values) {
                    let hidden = *cell == Cell::Hidden;
                    prop_assert!(!hidden || values.len() > 1, "{forms:?} {row:?}: {values:?}");
                }
            }
        }

        /// Somebody who knows how many answers a theme could have tries every number of missing
        /// forms and blanks. (Of a sample below six nothing is published at all.)
        #[test]
        fn answers_do_not_give_forms_away(expected in SMALLEST..=30, per_form in 1usize..=4) {
            let askable = expected * per_form;
            let mut fits: BTreeMap<_, BTreeSet<usize>> = BTreeMap::new();
            for not_submitted in 0..=expected {
                let (forms, _) = forms_and_grades(&[expected - not_submitted], 1, 0, not_submitted);
                let most = askable - not_submitted * per_form;
                for scored in 0..=most {
                    // The share that is favourable tells nothing about forms.
                    let theme = answers(scored, scored, askable, per_form);
                    fits.entry((forms, theme)).or_default().insert(not_submitted);
                }
            }
            for ((forms, theme), values) in fits {
                let hidden = forms.part == Cell::Hidden;
                prop_assert!(!hidden || values.len() > 1, "{forms:?} {theme:?}: {values:?}");
            }
        }

        #[test]
        fn no_small_count_is_ever_shown(part in 0usize..200, rest in 0usize..200) {
            let published = share(part, part + rest);
            for cell in [published.part, published.whole] {
                if let Cell::Count(count) = cell {
                    prop_assert!(is_open(count));
                }
            }
            if let (Cell::Count(part), Cell::Count(whole)) = (published.part, published.whole) {
                prop_assert!(is_open(whole - part));
            }
        }
    }
}
