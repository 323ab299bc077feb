//! Fields for a new passphrase, with a plain word on its strength.

use egui::Ui;

use super::TypedLine;
use super::text::caption;

/// A field for a new passphrase; `shown` while the person wants to read what is typed.
pub fn new_passphrase(ui: &mut Ui, words: &str, shown: bool, text: &mut String) {
    let field = TypedLine::new(words);
    let field = if shown { field } else { field.secret() };
    field.show(ui, text);
    if !text.is_empty() {
        caption(ui, strength(text));
    }
}

/// A plain word on a passphrase, by its length and number of words only: no list of bad ones here.
fn strength(text: &str) -> &'static str {
    let (letters, words) = (text.chars().count(), text.split_whitespace().count());
    if letters >= 20 && words >= 4 {
        "Strong."
    } else if letters >= 14 {
        "Fair: longer is better."
    } else {
        "Weak: it can be guessed. Use four or more words."
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strength_in_words() {
        let cases = [
            ("letmein", "Weak"),
            ("Tr0ub4dor&3xyz", "Fair"),
            ("correct horse battery staple", "Strong"),
        ];
        for (text, expected) in cases {
            assert!(strength(text).starts_with(expected), "{text}");
        }
    }
}
