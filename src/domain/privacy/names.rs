//! Names of people and places, told by the words around them. The lists are short on purpose: a
//! first name that is known, a title, or two capitals in a row that the field does not use.

use std::collections::HashSet;

use super::{Identifier, Mark, Words};

/// A word of a text.
#[derive(Clone, Copy, Debug)]
struct Word<'a> {
    /// Without a possessive end.
    text: &'a str,
    start: usize,
    end: usize,
    /// Whether a sentence, a quotation or a line begins with it.
    begins: bool,
    /// Whether nothing but one space (or ". " after a title) stands between it and the word before.
    joins: bool,
}

impl Word<'_> {
    /// Written as a name is: a capital, and small letters after it.
    fn is_capitalised(&self) -> bool {
        self.text.starts_with(char::is_uppercase) && self.text.contains(char::is_lowercase)
    }

    /// "SMITH": all capitals, and too long for one of the field's short forms.
    fn is_shouted(&self) -> bool {
        self.text.chars().count() >= 5 && self.text.chars().all(char::is_uppercase)
    }
}

/// What names are told by.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    titles: HashSet<String>,
    first: HashSet<String>,
    first_or_word: HashSet<String>,
    field: HashSet<String>,
    common: HashSet<String>,
    places: Vec<String>,
    streets: HashSet<String>,
}

impl Names {
    pub(super) fn new(words: &Words) -> Self {
        let set = |list: &[String]| list.iter().cloned().collect();
        Self {
            titles: set(&words.titles),
            first: set(&words.first_names),
            first_or_word: set(&words.first_names_that_are_words),
            field: set(&words.field_words),
            common: set(&words.common_words),
            places: words.places.clone(),
            streets: set(&words.streets),
        }
    }

    pub(super) fn marks(&self, text: &str) -> Vec<Mark> {
        let words = words(text);
        let places = (0..words.len()).filter_map(|at| self.place(text, &words, at));
        let mut marks: Vec<Mark> = places.collect();
        let mut at = 0;
        while at < words.len() {
            let found = self.name(&words, at);
            if let Some(last) = found {
                marks.push(Mark {
                    identifier: Identifier::Name,
                    place: words[at].start..words[last].end,
                });
            }
            at = found.unwrap_or(at) + 1;
        }
        marks
    }

    /// Where the name that begins at this word ends; `None` when none begins here.
    fn name(&self, words: &[Word<'_>], at: usize) -> Option<usize> {
        let word = &words[at];
        let next = words.get(at + 1).filter(|next| next.joins);
        let surname = next.filter(|next| self.can_be_surname(next));
        if self.titles.contains(word.text) {
            return surname.map(|_| at + 1);
        }
        if !word.is_capitalised() {
            return None;
        }
        let first = word.text.split('-').next().unwrap_or(word.text);
        if self.first.contains(first) {
            return Some(at + usize::from(surname.is_some()));
        }
        let surname = surname?;
        let word_or_name = self.first_or_word.contains(first);
        let strange = |word: &Word<'_>| !self.is_usual(word);
        let two_strange = !word.begins && strange(word) && strange(surname);
        (word_or_name || two_strange).then_some(at + 1)
    }

    fn can_be_surname(&self, word: &Word<'_>) -> bool {
        (word.is_capitalised() && !self.is_usual(word)) || word.is_shouted()
    }

    /// A word that the field, or everybody, writes with a capital now and then.
    fn is_usual(&self, word: &Word<'_>) -> bool {
        self.field.contains(word.text) || self.common.contains(word.text)
    }

    /// "Hillview Primary School", "Gordon Avenue": a word that says what sort of place, after at
    /// least one that is not usual.
    fn place(&self, text: &str, words: &[Word<'_>], at: usize) -> Option<Mark> {
        let word = &words[at];
        let here = &text[word.start..];
        let sort = self
            .places
            .iter()
            .find(|sort| here.starts_with(sort.as_str()));
        let end = match sort {
            Some(sort) => word.start + sort.len(),
            None if self.streets.contains(word.text) => word.end,
            None => return None,
        };
        let mut first = at;
        while first > 0 && words[first].joins && words[first - 1].is_capitalised() {
            first -= 1;
        }
        let proper = (first..at).find(|at| !self.is_usual(&words[*at]))?;
        Some(Mark {
            identifier: Identifier::Place,
            place: words[proper].start..end,
        })
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let inside = |sign: char| sign.is_alphabetic() || matches!(sign, '’' | '\'' | '-');
    let mut from = 0;
    while let Some(offset) = text[from..].find(char::is_alphabetic) {
        let start = from + offset;
        let length = text[start..].find(|sign| !inside(sign));
        let whole = start + length.unwrap_or(text.len() - start);
        let between = &text[from..start];
        let bare = bare(&text[start..whole]);
        words.push(Word {
            text: bare,
            start,
            end: start + bare.len(),
            begins: words.is_empty() || between.contains(['.', '!', '?', ':', '\n', '"', '“', '(']),
            joins: !words.is_empty() && matches!(between, " " | ". "),
        });
        from = whole;
    }
    words
}

/// Without a possessive end.
fn bare(word: &str) -> &str {
    let ends = ["’s", "'s", "’", "'", "-"];
    ends.iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word)
}
