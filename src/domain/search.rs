//! Looking for words in texts, as a person who types into a search field expects: every word has to
//! be there, in any order, whatever the capitals and the kind of apostrophe or dash.

use std::ops::Range;

/// Words that are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted(Vec<String>);

/// A part of a text around the first of the words, with the places of all of them in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The part; "…" stands where something is left out.
    pub text: String,
    /// The words in `text`, as byte ranges in order, none overlapping.
    pub marks: Vec<Range<usize>>,
}

/// How many characters stand before the first word in an excerpt.
const BEFORE: usize = 60;
/// How many characters an excerpt has at most.
const LONGEST: usize = 220;

impl Wanted {
    /// The words of a text; nothing where it holds no word of two characters or more.
    pub fn new(text: &str) -> Option<Self> {
        let folded = fold(text);
        let words: Vec<String> = folded.split_whitespace().map(ToOwned::to_owned).collect();
        let enough = words.iter().any(|word| word.chars().nth(1).is_some());
        enough.then_some(Self(words))
    }

    /// Whether every word stands somewhere in these texts.
    pub fn are_in<'a>(&self, texts: impl Iterator<Item = &'a str>) -> bool {
        let mut all = String::new();
        for text in texts.filter(|text| !text.is_empty()) {
            fold_into(text, &mut all);
            all.push('\n');
        }
        self.0.iter().all(|word| all.contains(word.as_str()))
    }

    /// Whether any of the words stands in the text.
    pub fn touch(&self, text: &str) -> bool {
        let folded = fold(text);
        self.0.iter().any(|word| folded.contains(word.as_str()))
    }

    /// The part of a text around the first word.
    pub fn excerpt(&self, text: &str) -> Excerpt {
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let first = self.marks(&flat).first().map_or(0, |mark| mark.start);
        let from = start_of_excerpt(&flat, first);
        let rest = &flat[from..];
        let to = rest.char_indices().nth(LONGEST).map(|(at, _)| at);
        let mut part = String::new();
        if from > 0 {
            part.push('…');
        }
        part.push_str(&rest[..to.unwrap_or(rest.len())]);
        if to.is_some() {
            part.push('…');
        }
        let marks = self.marks(&part);
        Excerpt { text: part, marks }
    }

    /// Where the words stand in a text: byte ranges in order, none overlapping.
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let (folded, places) = fold_with_places(text);
        let mut marks: Vec<Range<usize>> = Vec::new();
        for word in &self.0 {
            for (at, _) in folded.match_indices(word.as_str()) {
                marks.push(places[at]..places[at + word.len()]);
            }
        }
        marks.sort_unstable_by_key(|mark| (mark.start, mark.end));
        marks.dedup_by(|next, kept| {
            let overlap = next.start < kept.end;
            if overlap {
                kept.end = kept.end.max(next.end);
            }
            overlap
        });
        marks
    }
}

/// The beginning of a word, some characters before the byte `first`.
fn start_of_excerpt(text: &str, first: usize) -> usize {
    let before = text[..first].char_indices().rev().nth(BEFORE);
    let Some((from, _)) = before else { return 0 };
    let space = text[from..first].find(' ');
    space.map_or(from, |space| from + space + 1)
}

fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

fn fold_into(text: &str, folded: &mut String) {
    for character in text.chars() {
        folded.extend(folded_char(character));
    }
}

/// The folded text, and for each of its bytes (and its end) where that stands in `text`.
fn fold_with_places(text: &str) -> (String, Vec<usize>) {
    let mut folded = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len() + 1);
    for (at, character) in text.char_indices() {
        let before = folded.len();
        folded.extend(folded_char(character));
        places.extend(std::iter::repeat_n(at, folded.len() - before));
    }
    places.push(text.len());
    (folded, places)
}

fn folded_char(character: char) -> std::char::ToLowercase {
    let plain = match character {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2010}'..='\u{2014}' => '-',
        '\u{a0}' => ' ',
        other => other,
    };
    plain.to_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wanted(text: &str) -> Wanted {
        Wanted::new(text).unwrap()
    }

    #[test]
    fn every_word_has_to_be_there_in_any_order() {
        for (words, texts, found) in [
            ("dental", &["The dental check was missed"][..], true),
            ("DENTAL check", &["check of teeth: Dental"][..], true),
            ("dental", &["dentist"][..], false),
            ("dent", &["dentist"][..], true),
            ("dental gp", &["dental", "told by the GP"][..], true),
            ("dental gp", &["dental"][..], false),
            (
                "child's well-being",
                &["the child\u{2019}s well\u{2011}being"][..],
                true,
            ),
            ("école", &["L'ÉCOLE"][..], true),
        ] {
            assert_eq!(
                wanted(words).are_in(texts.iter().copied()),
                found,
                "{words} in {texts:?}"
            );
        }
        for nothing in ["", "  ", "a", "a b"] {
            assert_eq!(Wanted::new(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn an_excerpt_shows_the_first_word_with_what_stands_before_it() {
        let long = format!(
            "{} The dental check. {}",
            "word ".repeat(60),
            "and so ".repeat(60)
        );
        let excerpt = wanted("dental").excerpt(&long);
        assert!(excerpt.text.starts_with("…word"), "{}", excerpt.text);
        assert!(excerpt.text.ends_with('…'));
        let marked: Vec<&str> = excerpt
            .marks
            .iter()
            .map(|mark| &excerpt.text[mark.clone()])
            .collect();
        assert_eq!(marked, ["dental"]);
        assert_eq!(
            wanted("no such").excerpt("Short.\nText").text,
            "Short. Text"
        );
    }

    #[test]
    fn words_that_overlap_are_marked_once() {
        for (words, text, marks) in [
            ("dental entals", "Dentals", &[(0, 7)][..]),
            ("is", "This is", &[(2, 4), (5, 7)]),
        ] {
            let found = wanted(words).marks(text);
            let found: Vec<_> = found.iter().map(|mark| (mark.start, mark.end)).collect();
            assert_eq!(found, marks, "{words} in {text}");
        }
    }

    proptest! {
        /// Marks are places in the text, in order, whatever is typed and whatever is looked through.
        #[test]
        fn marks_are_parts_of_the_text(words in "\\PC{2,12}", text in "\\PC{0,80}") {
            let Some(wanted) = Wanted::new(&words) else { return Ok(()) };
            let mut end = 0;
            for mark in wanted.marks(&text) {
                prop_assert!(mark.start >= end);
                prop_assert!(text.get(mark.clone()).is_some());
                end = mark.end;
            }
            let excerpt = wanted.excerpt(&text);
            prop_assert!(excerpt.text.chars().count() <= LONGEST + 2);
            for mark in excerpt.marks {
                prop_assert!(excerpt.text.get(mark).is_some());
            }
        }

        /// What is cut out of a text is found in it.
        #[test]
        fn a_part_of_a_text_is_found(text in "[a-zA-Zé' -]{6,40}", from in 0_usize..5) {
            let part: String = text.chars().skip(from).take(4).collect();
            if let Some(wanted) = Wanted::new(&part) {
                prop_assert!(wanted.are_in([text.as_str()].into_iter()));
                prop_assert!(!wanted.marks(&text).is_empty());
            }
        }
    }
}
