//! Text that other programs can show: a note may hold anything a keyboard or a paste can bring.

use std::borrow::Cow;

/// The text without characters that XML forbids (NUL, other controls, non-characters) and without
/// marks that turn the direction of what follows them. Line breaks and tabs stay; marks that give
/// the direction of a word of Arabic or Hebrew stay too.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
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
pub(super) fn plain_line(text: &str) -> String {
    let words = plain(text);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// [`plain_line`] as the text of an XML element or attribute.
pub(super) fn in_xml(text: &str) -> String {
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
}
