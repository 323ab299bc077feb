//! Text that other programs can show: a note may hold anything a keyboard or a paste can bring.

use std::borrow::Cow;

/// The text without characters that XML forbids (NUL, other controls, non-characters) and without
/// marks that turn the direction of what follows them. Line breaks and tabs stay; marks that give
/// the direction of a word of Arabic or Hebrew stay too.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let unix = text.replace("\r\n", "\n");
    let kept = unix.chars().filter_map(|found| match found {
        '\r' => Some('\n'),
        found => is_plain(found).then_some(found),
    });
    Cow::Owned(kept.collect())
}

/// [`plain`] in one line.
pub(crate) fn plain_line(text: &str) -> String {
    let words = plain(text);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The most letters of a message that quotes a file.
const MOST_TOLD: usize = 400;

/// A message that quotes what stands in somebody's file: in one line, and no longer than a person
/// reads. What is in a file may be made to break the line, or to fill the screen.
pub(crate) fn told(message: &str) -> String {
    let line = plain_line(message);
    match line.char_indices().nth(MOST_TOLD) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// [`plain_line`] as the text of an XML element or attribute.
pub(crate) fn in_xml(text: &str) -> String {
    plain_line(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn is_plain(found: char) -> bool {
    match found {
        '\n' | '\t' => true,
        // Embeddings, overrides and isolates.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        '\u{fffe}' | '\u{ffff}' => false,
        other => !other.is_control(),
    }
}

/// The words as they begin a sentence.
pub fn capital(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_shown_is_left_out_and_nothing_else() {
        let cases = [
            ("nothing odd – “é” 漢 👧", "nothing odd – “é” 漢 👧"),
            ("a\0b\u{1}c\u{b}d\u{7f}", "abcd"),
            ("first\r\nsecond\rthird\tend", "first\nsecond\nthird\tend"),
            ("\u{202e}turned\u{202c} \u{2066}x\u{2069}", "turned x"),
            ("\u{200f}שלום\u{200e}", "\u{200f}שלום\u{200e}"),
            ("\u{fffe}\u{ffff}", ""),
        ];
        for (text, shown) in cases {
            assert_eq!(plain(text), shown, "{text:?}");
        }
        assert_eq!(plain_line(" a\r\n\tb\0 "), "a b");
    }

    #[test]
    fn a_message_stays_one_line_that_can_be_read() {
        assert_eq!(told("there is no “a\nb\u{1b}[2J”"), "there is no “a b[2J”");
        let long = told(&"é".repeat(MOST_TOLD + 1));
        assert_eq!(long.chars().count(), MOST_TOLD + 1);
        assert!(long.ends_with("é…"));
        assert_eq!(told(&long[..MOST_TOLD]), long[..MOST_TOLD]);
    }
}
