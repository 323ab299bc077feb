//! What may be said about two counts, in words that fit the numbers.

use super::Difference;
use crate::domain::tool::{Question, Tool};

/// Why two audits' answers to a question are not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotCompared {
    /// The question is answered in another way.
    Kind,
    /// The grades are of different scales; those are never converted.
    Scale,
    /// The list to choose from, or what in it speaks well of practice, is another.
    Choices,
    /// In one of the audits no answer counts.
    NoneScored,
}

impl NotCompared {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Kind => "not compared: the question is answered in another way",
            Self::Scale => "not compared: the scales differ",
            Self::Choices => "not compared: the choices differ",
            Self::NoneScored => "not compared: none scored in one of them",
        }
    }
}

/// Which of two shares is larger, exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The later one.
    Higher,
    /// Neither.
    Level,
    /// The earlier one.
    Lower,
}

/// What can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// Both denominators are 20 or more, and the whole interval of the difference lies above 0.
    Improved,
    /// Likewise, below 0.
    Worse,
    /// Both denominators are 20 or more, and the interval holds 0.
    NoClearChange(Direction),
    /// A denominator is below 20.
    TooFew(Direction),
    /// The two cannot be compared.
    NotCompared(NotCompared),
}

impl Change {
    pub(super) fn between(
        earlier: (usize, usize),
        later: (usize, usize),
        refused: Option<NotCompared>,
        difference: Option<Difference>,
    ) -> Self {
        if let Some(why) = refused {
            return Self::NotCompared(why);
        }
        if earlier.1 == 0 || later.1 == 0 {
            return Self::NotCompared(NotCompared::NoneScored);
        }
        // a/b against c/d without dividing: a*d against c*b.
        let direction = match (later.0 * earlier.1).cmp(&(earlier.0 * later.1)) {
            std::cmp::Ordering::Greater => Direction::Higher,
            std::cmp::Ordering::Equal => Direction::Level,
            std::cmp::Ordering::Less => Direction::Lower,
        };
        match difference {
            None => Self::TooFew(direction),
            Some(difference) if difference.low > 0.0 => Self::Improved,
            Some(difference) if difference.high < 0.0 => Self::Worse,
            Some(_) => Self::NoClearChange(direction),
        }
    }

    /// The words shown.
    pub fn words(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Worse => "worse",
            Self::NoClearChange(Direction::Level) => "the same",
            Self::NoClearChange(_) => "no clear change",
            Self::TooFew(_) => "too few to call a change",
            Self::NotCompared(why) => why.words(),
        }
    }
}

/// Why the answers to a question under two tools are not to be compared.
pub(super) fn refused(
    (earlier, first): (&Tool, &Question),
    (later, second): (&Tool, &Question),
) -> Option<NotCompared> {
    if first.kind != second.kind || first.is_scored() != second.is_scored() {
        return Some(NotCompared::Kind);
    }
    let scale =
        |tool: &Tool, question: &Question| tool.scale_of(question).map(|scale| scale.id.clone());
    if scale(earlier, first) != scale(later, second) {
        return Some(NotCompared::Scale);
    }
    // What counts is which answers there are and what they say of practice, not their wording.
    let choices = |tool: &Tool, question: &Question| {
        let options = tool.options(question).into_iter();
        let options = options.map(|option| (option.id, option.favourable));
        options.collect::<Vec<_>>()
    };
    let share = |question: &Question| question.ratio.as_ref()?.favourable_from_percent;
    let same = choices(earlier, first) == choices(later, second) && share(first) == share(second);
    (!same).then_some(NotCompared::Choices)
}

#[cfg(test)]
mod tests {
    use super::super::difference;
    use super::*;

    #[test]
    fn words_fit_the_numbers() {
        let cases = [
            ((5, 8), (7, 9), "too few to call a change"),
            ((8, 8), (0, 19), "too few to call a change"),
            ((5, 20), (15, 20), "improved"),
            ((15, 20), (5, 20), "worse"),
            ((10, 20), (11, 20), "no clear change"),
            ((10, 20), (15, 30), "the same"),
            ((0, 0), (7, 9), "not compared: none scored in one of them"),
            ((20, 20), (19, 19), "too few to call a change"),
        ];
        for (earlier, later, words) in cases {
            let change = Change::between(earlier, later, None, difference(earlier, later));
            assert_eq!(change.words(), words, "{earlier:?} {later:?}");
        }
        let scales = Change::between((9, 20), (3, 30), Some(NotCompared::Scale), None);
        assert_eq!(scales.words(), "not compared: the scales differ");
    }

    #[test]
    fn directions_are_exact() {
        let direction = |earlier, later| Change::between(earlier, later, None, None);
        assert_eq!(direction((1, 3), (2, 6)), Change::TooFew(Direction::Level));
        assert_eq!(direction((1, 3), (2, 5)), Change::TooFew(Direction::Higher));
        assert_eq!(direction((1, 3), (2, 7)), Change::TooFew(Direction::Lower));
    }
}
