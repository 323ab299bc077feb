//! Counting answers. Counts with their denominators, never a mean.

use std::collections::BTreeMap;

use super::answer::{Blank, Given};
use super::tool::{Question, Tool};

/// A count as it is written: "1,240".
pub fn written_count(count: usize) -> String {
    let digits = count.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups: Vec<_> = groups.map(String::from_utf8_lossy).collect();
    groups.join(",")
}

/// What a set of answers adds up to. The two blanks stand apart from the answers and from each
/// other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How often each value was given, by its id. A *pick many* counts once for each pick.
    pub counts: BTreeMap<String, usize>,
    /// Answers that count.
    pub scored: usize,
    /// Of those, how many speak well of practice.
    pub favourable: usize,
    /// Not applicable.
    pub not_applicable: usize,
    /// Not evidenced on the record.
    pub not_evidenced: usize,
}

impl Tally {
    /// Adds one answer to `question`.
    pub fn add(&mut self, tool: &Tool, question: &Question, given: &Given) {
        match given {
            Given::Blank(Blank::NotApplicable) => self.not_applicable += 1,
            Given::Blank(Blank::NotEvidenced) => self.not_evidenced += 1,
            Given::Value(value) => {
                if question.kind.is_picked() {
                    for id in value.chosen() {
                        *self.counts.entry(id.clone()).or_default() += 1;
                    }
                }
                if let Some(favourable) = tool.favourable(question, value) {
                    self.scored += 1;
                    self.favourable += usize::from(favourable);
                }
            }
        }
    }

    /// Adds another tally of the same question or theme.
    pub fn merge(&mut self, other: &Self) {
        for (id, count) in &other.counts {
            *self.counts.entry(id.clone()).or_default() += count;
        }
        self.scored += other.scored;
        self.favourable += other.favourable;
        self.not_applicable += other.not_applicable;
        self.not_evidenced += other.not_evidenced;
    }

    /// "7 of 9", or "none scored".
    pub fn words(&self) -> String {
        count_words(self.favourable, self.scored)
    }
}

/// "7 of 9", or "none scored" where there is nothing to count.
pub fn count_words(favourable: usize, scored: usize) -> String {
    if scored == 0 {
        "none scored".into()
    } else {
        format!("{favourable} of {scored}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::Value;
    use crate::domain::catalogue::Catalogue;

    #[test]
    fn long_counts_are_written_in_threes() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1240, "1,240"),
            (1_800_000, "1,800,000"),
        ];
        for (count, words) in cases {
            assert_eq!(written_count(count), words);
        }
    }

    #[test]
    fn blanks_and_contextual_answers_are_not_scored() {
        let catalogue = Catalogue::built_in().unwrap();
        let tool = catalogue.tool("neglect").unwrap();
        let mut tally = Tally::default();
        let grade = tool.question("C01").unwrap();
        for given in [
            Given::Value(Value::one("good")),
            Given::Value(Value::one("requires_improvement")),
            Given::Blank(Blank::NotApplicable),
            Given::Blank(Blank::NotEvidenced),
            Given::Blank(Blank::NotEvidenced),
        ] {
            tally.add(tool, grade, &given);
        }
        assert_eq!((tally.scored, tally.favourable), (2, 1));
        assert_eq!((tally.not_applicable, tally.not_evidenced), (1, 2));
        assert_eq!(tally.counts["good"], 1);
        let types = tool.question("N02").unwrap();
        tally.add(
            tool,
            types,
            &Given::Value(Value::Many(vec!["medical".into()])),
        );
        assert_eq!(tally.scored, 2);
        assert_eq!(tally.words(), "1 of 2");
    }

    #[test]
    fn a_ratio_is_favourable_from_its_share_on() {
        let catalogue = Catalogue::built_in().unwrap();
        let tool = catalogue.tool("short-cp-plans").unwrap();
        let question = tool.question("S05").unwrap();
        let favourable = |part, whole| tool.favourable(question, &Value::Ratio { part, whole });
        assert_eq!(favourable(9, 9), Some(true));
        assert_eq!(favourable(8, 9), Some(false));
    }
}
