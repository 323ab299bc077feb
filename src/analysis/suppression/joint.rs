//! Tables that add up to one another, published together so that neither shows what the other hides.

use super::{Cell, NOTHING, PublishedRow, PublishedShare, Suppression};

/// The answers to a question or under a theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// Of those that count, how many speak well of practice.
    pub favourable: usize,
    /// How many count.
    pub scored: usize,
    /// How many there could be: cases times questions times agencies asked, which anybody can work
    /// out.
    pub askable: usize,
}

impl Answered {
    fn missing(self) -> usize {
        self.askable.saturating_sub(self.scored)
    }
}

/// A theme with the questions that add up to it.
#[derive(Clone, Debug)]
pub struct ThemeCounts {
    /// All of it.
    pub whole: Answered,
    /// The most answers one form can hold; 0 on the panel's basis, where answers tell nothing of
    /// forms.
    pub per_form: usize,
    /// Question by question.
    pub questions: Vec<Answered>,
}

impl Suppression {
    /// Publishes how many forms were submitted together with the grades on them: the two are one
    /// table, because the grades add up to the forms. `grades` are best first, the first `good` of
    /// them speak well of practice; the row that comes back has the grades alone.
    pub fn forms_and_grades(
        self,
        grades: &[usize],
        good: usize,
        ungraded: usize,
        not_submitted: usize,
    ) -> (PublishedShare, PublishedRow) {
        let submitted = grades.iter().sum::<usize>() + ungraded;
        let mut forms = self.share(submitted, submitted + not_submitted);
        // Two words about one table could be read together: only the grades keep theirs.
        forms.band = None;
        let mut parts = grades.to_vec();
        parts.extend([ungraded, not_submitted]);
        let mut published = self.row(&parts, good, grades.len());
        published.parts.truncate(grades.len());
        (forms, published)
    }

    /// From how many missing answers on a count may stand, where a form holds so many of them at most.
    ///
    /// Somebody who sees that nothing stands knows that fewer are missing, so that `missing forms ×
    /// per_form` is below this. For both one and two missing forms to fit, whatever else is published,
    /// it has to be above `2 × per_form`; three times leaves room for blank answers beside two forms.
    /// What is shown puts no bound below three forms.
    pub fn fewest_missing(self, per_form: usize) -> usize {
        self.smallest().max(3 * per_form)
    }

    /// Publishes answers by themselves. Where only few are missing, it could be worked out how many
    /// forms are: then nothing is shown.
    pub fn answers(self, answers: Answered, per_form: usize) -> PublishedShare {
        let missing = answers.missing();
        if per_form == 0 || missing == 0 || missing >= self.fewest_missing(per_form) {
            self.share(answers.favourable, answers.scored)
        } else {
            NOTHING
        }
    }

    /// Publishes a theme and its questions: the questions add up to the theme, so the counts of all
    /// of them are shown or of none. One question alone is the theme.
    pub fn theme(self, theme: &ThemeCounts) -> (PublishedShare, Vec<PublishedShare>) {
        let whole = self.answers(theme.whole, theme.per_form);
        let alone = theme.questions.len() == 1;
        let rows: Vec<PublishedShare> = theme
            .questions
            .iter()
            .map(|question| self.answers(*question, theme.per_form.min(1)))
            .collect();
        let open =
            |share: &PublishedShare| share.part != Cell::Hidden && share.whole != Cell::Hidden;
        if open(&whole) && rows.iter().all(open) {
            return (whole, rows);
        }
        let hidden = theme.questions.iter().map(|question| {
            if alone {
                PublishedShare {
                    band: None,
                    ..whole
                }
            } else {
                self.hidden_question(&whole, theme.whole, *question)
            }
        });
        (whole, hidden.collect())
    }

    /// A question whose counts are hidden although its theme may be shown. What the theme says of
    /// every question anyway stands there: none was favourable, or none was left out.
    fn hidden_question(
        self,
        shown: &PublishedShare,
        theme: Answered,
        question: Answered,
    ) -> PublishedShare {
        let none_favourable = shown.part == Cell::Count(0);
        let none_missing = shown.whole == Cell::Count(theme.askable);
        PublishedShare {
            part: Cell::shown(0, none_favourable),
            whole: Cell::shown(
                question.askable,
                none_missing && self.is_open(question.askable),
            ),
            band: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::tests::splits;
    use super::*;

    fn answered(favourable: usize, scored: usize, askable: usize) -> Answered {
        Answered {
            favourable,
            scored,
            askable,
        }
    }

    fn theme_of(questions: Vec<Answered>, per_form: usize) -> ThemeCounts {
        let sum = |field: fn(&Answered) -> usize| questions.iter().map(field).sum();
        ThemeCounts {
            whole: answered(
                sum(|question| question.favourable),
                sum(|question| question.scored),
                sum(|question| question.askable),
            ),
            per_form,
            questions,
        }
    }

    /// Every way in which a question with so many answers at most can be answered.
    fn ways(askable: usize) -> Vec<Answered> {
        let scored = 0..=askable;
        scored
            .flat_map(|scored| (0..=scored).map(move |part| answered(part, scored, askable)))
            .collect()
    }

    /// Somebody who knows the rule and how many answers there could be tries every theme of two
    /// questions: no hidden cell fits one value only.
    #[test]
    fn questions_and_themes_do_not_give_each_other_away() {
        for threshold in [3, 5] {
            let rule = Suppression::new(threshold).unwrap();
            let (least, most) = (threshold + 1, threshold + 4);
            for (first, second, per_form) in [(least, least, 2), (most, least, 2), (most, most, 0)]
            {
                let mut fits: BTreeMap<_, Vec<BTreeSet<usize>>> = BTreeMap::new();
                for a in ways(first) {
                    for b in ways(second) {
                        let theme = theme_of(vec![a, b], per_form);
                        let counts = [
                            theme.whole.favourable,
                            theme.whole.scored,
                            a.favourable,
                            a.scored,
                            b.favourable,
                            b.scored,
                        ];
                        let values = fits
                            .entry(rule.theme(&theme))
                            .or_insert_with(|| vec![BTreeSet::new(); counts.len()]);
                        for (values, count) in values.iter_mut().zip(counts) {
                            values.insert(count);
                        }
                    }
                }
                for ((whole, rows), values) in fits {
                    let shares = std::iter::once(&whole).chain(&rows);
                    let cells = shares.flat_map(|share| [share.part, share.whole]);
                    for (cell, values) in cells.zip(&values) {
                        let hidden = cell == Cell::Hidden;
                        assert!(
                            !hidden || values.len() > 1,
                            "{first} {second}: {whole:?} {rows:?} {values:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn one_question_alone_is_its_theme() {
        let rule = Suppression::default();
        let theme = theme_of(vec![answered(5, 8, 16)], 1);
        let (whole, rows) = rule.theme(&theme);
        assert_eq!((whole.part, whole.whole), (Cell::Hidden, Cell::Count(8)));
        assert_eq!(rows[0].whole, Cell::Count(8));
        let open = theme_of(vec![answered(8, 14, 14), answered(7, 14, 20)], 2);
        let (_, rows) = rule.theme(&open);
        assert_eq!(rows[1].part, Cell::Count(7));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        /// Forms and grades are published side by side: what one hides the other must not show.
        #[test]
        fn forms_do_not_give_grades_away(
            expected in 1usize..=16, grades in 2usize..=3, threshold in 3usize..=8,
        ) {
            let rule = Suppression::new(threshold).unwrap();
            let mut fits = BTreeMap::new();
            for split in splits(expected, grades + 2) {
                let published = rule.forms_and_grades(
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

        /// Somebody who knows how many answers two themes could have, and tells a theme that is hidden
        /// by this rule from one of few answers, tries every number of missing forms and blanks. (Of a
        /// sample that is hidden nothing is published at all.)
        #[test]
        fn answers_do_not_give_forms_away(
            threshold in 3usize..=8, more in 0usize..=12, per_form in 1usize..=4, other in 1usize..=4,
        ) {
            let rule = Suppression::new(threshold).unwrap();
            let expected = rule.smallest() + more;
            // What may be seen of a theme where so many forms are missing.
            let seen = |per_form: usize, not_submitted: usize| -> BTreeSet<_> {
                let askable = expected * per_form;
                let most = askable - not_submitted * per_form;
                let scored = 0..=most;
                // The share that is favourable tells nothing about forms.
                scored
                    .map(|scored| {
                        let theme = rule.answers(answered(scored, scored, askable), per_form);
                        let few = 1..rule.fewest_missing(per_form);
                        (theme, few.contains(&(askable - scored)))
                    })
                    .collect()
            };
            let mut fits: BTreeMap<_, BTreeSet<usize>> = BTreeMap::new();
            for not_submitted in 0..=expected {
                let (forms, _) =
                    rule.forms_and_grades(&[expected - not_submitted], 1, 0, not_submitted);
                for first in seen(per_form, not_submitted) {
                    for second in seen(other, not_submitted) {
                        fits.entry((forms, first, second)).or_default().insert(not_submitted);
                    }
                }
            }
            for ((forms, first, second), values) in fits {
                let hidden = forms.part == Cell::Hidden;
                prop_assert!(!hidden || values.len() > 1, "{forms:?} {first:?} {second:?}: {values:?}");
            }
        }
    }
}
