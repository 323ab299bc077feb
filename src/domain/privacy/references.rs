//! References of cases in sentences: the key leads from them to children, so that nothing which
//! leaves the partnership may hold one, however it was typed, nor after its case is gone.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

use crate::domain::register::Register;
use crate::domain::revision::in_hex;

/// What stands for a case reference in a sentence.
pub const A_CASE: &str = "[case]";

/// A shorter reference without a letter could be any number, so a word such as "case" must stand
/// before it.
const SHORTEST_NUMBER: usize = 4;

/// The words after which a short number is a reference.
const BEFORE_A_NUMBER: [&str; 8] = [
    "case",
    "cases",
    "child",
    "children",
    "ref",
    "reference",
    "no",
    "number",
];

/// More runs of letters or digits than any reference has.
const MOST_RUNS: usize = 20;

/// Takes references of cases out of sentences.
#[derive(Clone, Debug, Default)]
pub struct References {
    /// As [`key`] gives them.
    keys: HashSet<String>,
    /// Of cases whose forms were removed, as [`digest`] gives them.
    digests: HashSet<String>,
    /// What references that the program proposes begin with, in small letters.
    prefixes: HashSet<String>,
}

impl References {
    /// Every reference that a case of this register has or had: a finding may look back at another
    /// audit, and its sentence outlives the case.
    pub fn of(register: &Register) -> Self {
        let known = register.cases.values().map(|case| &case.reference);
        let known = known.chain(&register.references);
        let removals = register.retentions.values();
        let removals = removals.filter_map(|retention| retention.removed.as_ref());
        let tools = register.tools.values();
        Self {
            keys: known.map(|reference| key(&runs(reference))).collect(),
            digests: removals
                .flat_map(|removal| removal.counts.references.iter().cloned())
                .collect(),
            prefixes: tools.map(|tool| tool.prefix.to_lowercase()).collect(),
        }
    }

    /// The sentence without references: whatever the capitals, dashes, spaces and leading zeros.
    pub fn out_of(&self, text: &str) -> String {
        let runs = runs(text);
        let (mut kept, mut from, mut at) = (String::new(), 0, 0);
        while at < runs.len() {
            match self.ends(text, &runs, at) {
                Some(last) => {
                    kept.push_str(&text[from..runs[at].start]);
                    kept.push_str(A_CASE);
                    from = runs[last].end;
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        kept.push_str(&text[from..]);
        kept
    }

    /// Where the longest reference that begins with this run ends.
    fn ends(&self, text: &str, runs: &[Run], at: usize) -> Option<usize> {
        // In the middle of a word only digits may begin nothing: "xNEG20-04" is one word.
        let most = (at + MOST_RUNS).min(runs.len());
        let joined =
            (at + 1..most).take_while(|next| joins(&text[runs[next - 1].end..runs[*next].start]));
        let last = joined.last().unwrap_or(at);
        let ends = (at..=last)
            .rev()
            .filter(|end| self.may_be_whole(text, runs, at, *end));
        let mut ends = ends.filter(|end| self.is_one(text, &runs[at..=*end]));
        ends.next()
    }

    /// A number is never cut; a letter may follow, as in "NEG20-04a".
    fn may_be_whole(&self, text: &str, runs: &[Run], first: usize, last: usize) -> bool {
        let before = text[..runs[first].start].chars().next_back();
        let after = text[runs[last].end..].chars().next();
        let is_digits = |run: &Run| run.text.starts_with(|sign: char| sign.is_ascii_digit());
        let word = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
        let long = runs[last].end - runs[first].start >= SHORTEST_NUMBER;
        let begins = !word(before) || long && !is_digits(&runs[first]);
        begins && (!word(after) || long && is_digits(&runs[last]))
    }

    fn is_one(&self, text: &str, runs: &[Run]) -> bool {
        let [first, .., last] = runs else {
            return self.is_known(runs) && self.counts_alone(text, &runs[0]);
        };
        self.is_known(runs) || self.is_proposed(runs, &text[first.start..last.end])
    }

    fn is_known(&self, runs: &[Run]) -> bool {
        let key = key(runs);
        self.keys.contains(&key)
            || !self.digests.is_empty() && self.digests.contains(&digest_of(&key))
    }

    /// A number alone is a reference when it is long, or a word before it says so.
    fn counts_alone(&self, text: &str, run: &Run) -> bool {
        let before = text[..run.start].trim_end_matches([' ', '#', '\u{a0}', '.', ':']);
        let word = before.rsplit(|sign: char| !sign.is_alphabetic()).next();
        let word = word.unwrap_or_default().to_lowercase();
        run.end - run.start >= SHORTEST_NUMBER || BEFORE_A_NUMBER.contains(&word.as_str())
    }

    /// "NEG20-04": what the program proposes, also where no case of that reference is known any more.
    fn is_proposed(&self, runs: &[Run], whole: &str) -> bool {
        let [prefix, year, number] = runs else {
            return false;
        };
        let lengths = (year.text.len(), number.text.len());
        self.prefixes.contains(&prefix.text)
            && matches!(lengths, (2, 1..=3))
            && year.start == prefix.end
            && !whole.contains(char::is_whitespace)
    }
}

/// What is kept of a reference once its case is removed: enough to know it again in a sentence.
pub fn digest(reference: &str) -> String {
    digest_of(&key(&runs(reference)))
}

fn digest_of(key: &str) -> String {
    in_hex(&Sha256::digest(format!("case reference {key}")))
}

/// Letters or digits in a row, in small letters.
struct Run {
    text: String,
    start: usize,
    end: usize,
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut before = None;
    for (start, sign) in text.char_indices() {
        let kind = match sign {
            _ if sign.is_ascii_digit() => Some(true),
            _ if sign.is_alphanumeric() => Some(false),
            _ => None,
        };
        if let Some(is_digit) = kind {
            let small = sign.to_lowercase();
            let end = start + sign.len_utf8();
            match runs.last_mut().filter(|_| before == Some(is_digit)) {
                Some(run) => {
                    run.text.extend(small);
                    run.end = end;
                }
                None => runs.push(Run {
                    text: small.collect(),
                    start,
                    end,
                }),
            }
        }
        before = kind;
    }
    runs
}

/// The same for every way to type a reference.
fn key(runs: &[Run]) -> String {
    let parts: Vec<&str> = runs
        .iter()
        .map(|run| match run.text.trim_start_matches('0') {
            "" => "0",
            significant => significant,
        })
        .collect();
    parts.join("-")
}

/// What may stand between the parts of a reference: dashes of any length, spaces, a stroke.
fn joins(between: &str) -> bool {
    let dash = |sign: char| {
        matches!(
            sign,
            ' ' | '\u{a0}' | '\u{ad}' | '-' | '/' | '_' | '\u{2010}'
                ..='\u{2015}' | '\u{2212}' | '\u{202f}'
        )
    };
    between.chars().count() <= 3 && between.chars().all(dash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references(known: &[&str]) -> References {
        References {
            keys: known.iter().map(|one| key(&runs(one))).collect(),
            digests: HashSet::from([digest("GONE/7")]),
            prefixes: HashSet::from(["sho".to_owned()]),
        }
    }

    #[test]
    fn references_are_taken_out_however_they_are_typed() {
        let references = references(&["NEG20-041", "NEG20-04", "A1", "7", "20417", "X-2/B"]);
        let cases = [
            (
                "In NEG20-041 and (NEG20-04) nobody asked.",
                "In [case] and ([case]) nobody asked.",
            ),
            (
                "neg20-04, NEG20–04, NEG 20-04 and NEG20-4",
                "[case], [case], [case] and [case]",
            ),
            (
                "NEG20 - 04's mother; NEG-20-04a",
                "[case]'s mother; [case]a",
            ),
            ("NEG20-042 is nobody’s here", "NEG20-042 is nobody’s here"),
            (
                "Child A1 was seen; a1 too, A 1 as well",
                "Child [case] was seen; [case] too, [case] as well",
            ),
            ("BA1, A12 and 1A1", "BA1, A12 and 1A1"),
            (
                "7 of 9; case 7, cases: 7, child #7; day 7",
                "7 of 9; case [case], cases: [case], child #[case]; day 7",
            ),
            (
                "20417 and 120417 and 20417b",
                "[case] and 120417 and [case]b",
            ),
            ("x2b, X 2 B, x-2", "[case], [case], x-2"),
            (
                "Of Gone 7, GONE/07 and gone-8",
                "Of [case], [case] and gone-8",
            ),
            (
                "SHO19-02, sho19–112; SHO 19 and SHO19 02",
                "[case], [case]; SHO 19 and SHO19 02",
            ),
            ("", ""),
            ("é–ſ👧", "é–ſ👧"),
        ];
        for (text, expected) in cases {
            let out = references.out_of(text);
            assert_eq!(out, expected, "{text}");
            assert_eq!(references.out_of(&out), out, "once more");
        }
    }

    #[test]
    fn nothing_is_taken_out_where_there_is_no_case() {
        let text = "In NEG20-04, 4 of 9.";
        assert_eq!(References::default().out_of(text), text);
    }
}
