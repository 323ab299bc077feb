//! Likely identifiers in what people type: names, numbers, addresses and dates of birth do not
//! belong on an audit form (domain rules of information governance), and a person is told at once.
//!
//! A mark is a warning, never a refusal: "the Rose garden" must stay possible.

mod names;
mod patterns;
mod references;
mod warning;

use std::ops::Range;

use serde::Deserialize;

use patterns::Patterns;
pub use references::{A_CASE, References, digest as digest_of_reference};

/// What sort of identifier a text seems to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identifier {
    /// An NHS number whose check digit is right.
    NhsNumber,
    /// A unique pupil number.
    PupilNumber,
    /// A National Insurance number.
    NationalInsurance,
    /// A full UK postcode.
    Postcode,
    /// A UK telephone number.
    Telephone,
    /// An e-mail address.
    Email,
    /// A full date said to be a date of birth.
    DateOfBirth,
    /// A number of a case system, a crime, a hospital.
    SystemNumber,
    /// A person's name.
    Name,
    /// Initials beside a date of birth.
    Initials,
    /// A school, a surgery, a street.
    Place,
}

impl Identifier {
    /// What was found, as said beside the field.
    pub fn label(self) -> &'static str {
        match self {
            Self::NhsNumber => "an NHS number",
            Self::PupilNumber => "a unique pupil number",
            Self::NationalInsurance => "a National Insurance number",
            Self::Postcode => "a postcode",
            Self::Telephone => "a telephone number",
            Self::Email => "an e-mail address",
            Self::DateOfBirth => "a date of birth",
            Self::SystemNumber => "a case, crime or hospital number",
            Self::Name => "a name",
            Self::Initials => "initials with a date of birth",
            Self::Place => "a school, surgery or address",
        }
    }

    /// What to write in its place.
    pub fn instead(self) -> &'static str {
        match self {
            Self::Name | Self::Initials => "Write the role, such as “mother” or “social worker”.",
            Self::DateOfBirth => "Write the age.",
            Self::Place => "Write “the school” or “the surgery”.",
            _ => "Leave it out: the key to the case is kept elsewhere.",
        }
    }
}

/// One place in a text that seems to identify somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What sort.
    pub identifier: Identifier,
    /// Where, in bytes of the text.
    pub place: Range<usize>,
}

/// The words that names are told by (`assets/rules/identifiers.json`).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Words {
    titles: Vec<String>,
    first_names: Vec<String>,
    first_names_that_are_words: Vec<String>,
    field_words: Vec<String>,
    common_words: Vec<String>,
    places: Vec<String>,
    streets: Vec<String>,
    streets_with_number: Vec<String>,
}

/// Finds likely identifiers.
#[derive(Clone, Debug, Default)]
pub struct Finder {
    patterns: Option<Patterns>,
    names: names::Names,
}

impl Finder {
    /// A finder that knows these words.
    ///
    /// # Errors
    /// When a word cannot be part of a pattern; a test keeps the built-in words from that.
    pub fn new(words: &Words) -> Result<Self, regex::Error> {
        Ok(Self {
            patterns: Some(Patterns::new(words)?),
            names: names::Names::new(words),
        })
    }

    /// What in `text` seems to identify somebody, in the order of the text. Marks do not overlap:
    /// what is surest stands.
    pub fn marks(&self, text: &str) -> Vec<Mark> {
        let patterns = self.patterns.iter().flat_map(|all| all.marks(text));
        let names = self.names.marks(text).into_iter();
        let mut marks: Vec<Mark> = Vec::new();
        for mark in patterns.chain(names) {
            let apart = |other: &Mark| {
                other.place.end <= mark.place.start || mark.place.end <= other.place.start
            };
            if marks.iter().all(apart) {
                marks.push(mark);
            }
        }
        marks.sort_by_key(|mark| mark.place.start);
        marks
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::catalogue::Catalogue;

    /// A sentence of the labelled set and what it holds.
    type Labelled = (String, Vec<(String, Range<usize>)>);

    fn labelled(file: &str) -> Vec<Labelled> {
        let lines = file.lines().filter(|line| !line.starts_with('#'));
        lines.map(sentence).collect()
    }

    fn sentence(line: &str) -> Labelled {
        let (mut text, mut found, mut rest) = (String::new(), Vec::new(), line);
        while let Some((before, marked)) = rest.split_once("[[") {
            let (inside, after) = marked.split_once("]]").unwrap();
            let (kind, words) = inside.split_once(':').unwrap();
            text.push_str(before);
            let start = text.len();
            text.push_str(words);
            found.push((kind.to_owned(), start..text.len()));
            rest = after;
        }
        text.push_str(rest);
        (text, found)
    }

    fn kind(identifier: Identifier) -> &'static str {
        match identifier {
            Identifier::NhsNumber => "nhs",
            Identifier::PupilNumber => "upn",
            Identifier::NationalInsurance => "nino",
            Identifier::Postcode => "postcode",
            Identifier::Telephone => "phone",
            Identifier::Email => "email",
            Identifier::DateOfBirth => "birth",
            Identifier::SystemNumber => "number",
            Identifier::Name => "name",
            Identifier::Initials => "initials",
            Identifier::Place => "place",
        }
    }

    /// Hits, false alarms and misses over a labelled set, and the same three numbers by kind.
    #[derive(Default)]
    struct Measured {
        hits: usize,
        alarms: Vec<String>,
        missed: Vec<String>,
        by_kind: BTreeMap<String, [usize; 3]>,
    }

    impl Measured {
        fn count(&mut self, kind: &str, column: usize) {
            self.by_kind.entry(kind.to_owned()).or_default()[column] += 1;
        }
    }

    fn measure(sentences: &[Labelled]) -> Measured {
        let finder = Catalogue::built_in().unwrap().identifiers;
        let mut measured = Measured::default();
        for (text, wanted) in sentences {
            let marks = finder.marks(text);
            let meets = |mark: &Mark, (name, place): &(String, Range<usize>)| {
                kind(mark.identifier) == name
                    && mark.place.start < place.end
                    && place.start < mark.place.end
            };
            for mark in &marks {
                let name = kind(mark.identifier);
                if wanted.iter().any(|want| meets(mark, want)) {
                    measured.hits += 1;
                    measured.count(name, 0);
                } else {
                    measured.alarms.push(format!("{name} in “{text}”"));
                    measured.count(name, 1);
                }
            }
            let unseen = wanted
                .iter()
                .filter(|want| !marks.iter().any(|mark| meets(mark, want)));
            for (name, place) in unseen {
                let words = &text[place.clone()];
                measured.missed.push(format!("{name} “{words}”"));
                measured.count(name, 2);
            }
        }
        measured
    }

    #[test]
    fn few_are_missed_and_few_alarms_are_false() {
        let file = include_str!("../../../tests/fixtures/identifiers/sentences.txt");
        holds(file, 300, [0.95, 0.95]);
    }

    /// The first batch was written without looking at the words and patterns: at first 54 of 59 were
    /// found, with no false alarm. The second is of traps (statutes, wards, tests, teams, things called
    /// like people): with it 117 of 128 were found and 12 alarms of 129 were false before the finder
    /// was mended on sentences.txt, 119 of 128 and 13 of 132 after.
    #[test]
    fn held_out_sentences_are_met_too() {
        let file = include_str!("../../../tests/fixtures/identifiers/held-out.txt");
        holds(file, 300, [0.88, 0.9]);
    }

    /// At least so many sentences, with at least this precision and recall.
    fn holds(file: &str, least: usize, floors: [f64; 2]) {
        let sentences = labelled(file);
        assert!(sentences.len() >= least);
        let measured = measure(&sentences);
        for (kind, [found, false_alarms, unseen]) in &measured.by_kind {
            println!("{kind}: {found} found, {false_alarms} false, {unseen} missed");
        }
        let Measured {
            hits,
            alarms,
            missed,
            ..
        } = measured;
        let precision = hits as f64 / (hits + alarms.len()) as f64;
        let recall = hits as f64 / (hits + missed.len()) as f64;
        println!("{hits} found, precision {precision:.3}, recall {recall:.3}");
        let faults = format!("false alarms: {alarms:#?}, missed: {missed:#?}");
        assert!(precision >= floors[0] && recall >= floors[1], "{faults}");
    }

    #[test]
    fn no_text_breaks_it() {
        let finder = Catalogue::built_in().unwrap().identifiers;
        for text in [
            "",
            "é",
            "DOB",
            "Dr",
            "Mr.",
            "0",
            "👧 Kayleigh’s",
            "’’",
            "J.S.",
        ] {
            for mark in finder.marks(text) {
                assert!(text.get(mark.place).is_some(), "{text}");
            }
        }
    }
}
