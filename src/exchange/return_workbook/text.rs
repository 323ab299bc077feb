//! Text on its way into a cell and back.

/// A text as a workbook gives it back: line ends as one sign, nothing blank at either end, and no
/// sign that a cell cannot hold.
pub fn plain(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let held = lines.trim().chars().map(|c| match c {
        '\n' | '\t' => c,
        '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    });
    held.collect()
}

/// Two texts with the same folding say the same: capitals, spaces and the shape of an apostrophe
/// make no difference.
pub(super) fn folded(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace('’', "'").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_made_plain_once_and_for_all() {
        let cases = [
            ("  seen \r\n at home\r", "seen \n at home"),
            ("a\u{1}b\tc", "a\u{fffd}b\tc"),
            ("=1+1", "=1+1"),
            (" ", ""),
        ];
        for (given, expected) in cases {
            assert_eq!(plain(given), expected);
            assert_eq!(plain(expected), expected);
        }
        assert_eq!(folded(" The  child’s Behaviour "), "the child's behaviour");
    }
}
