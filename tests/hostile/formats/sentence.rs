//! What a person is told: one sentence in words.

/// Longer than any sentence with the names it quotes; a file's own texts must not make it longer.
const MOST: usize = 1500;

/// What only a programmer would say.
const NOT_WORDS: &[&str] = &[
    "Error(",
    "Error {",
    "SQLITE_",
    "Some(",
    "Err(",
    "Ok(",
    "rusqlite",
    "sqlite3",
    "serde",
    "panicked",
    "called `",
    "byte range",
    "Utf8Error",
    "InvalidData",
    "FromSql",
    "index:",
    "\\u{",
];

/// Panics where this is not one sentence for a person.
pub fn assert_sentence(text: &str) {
    assert!(!text.trim().is_empty(), "nothing is said");
    let odd = |found: char| found.is_control() || ('\u{202a}'..='\u{202e}').contains(&found);
    assert!(!text.contains(odd), "not one line of words: {text:?}");
    let ends = text.ends_with(['.', '?', '!']);
    assert!(ends, "it does not end as a sentence does: {text}");
    assert_words(text);
}

/// The same of a problem in a list, which need not end as a sentence does.
pub fn assert_words(text: &str) {
    assert!(!text.contains(['\n', '\r', '\0', '\u{1b}']), "{text:?}");
    let length = text.chars().count();
    assert!(length <= MOST, "{length} characters: {text:.300}…");
    for strange in NOT_WORDS {
        assert!(!text.contains(strange), "“{strange}” in: {text}");
    }
}
