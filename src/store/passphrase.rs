//! A passphrase on its way to SQLCipher, and how good a new one is.

use std::fmt;

use zeroize::Zeroizing;

/// A passphrase. Never printed, not part of any error, and wiped from memory when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// A passphrase as typed or as the first line of a file.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// How long guessing it would take, in words.
    pub fn strength(&self) -> Strength {
        Strength::of(&self.0)
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// How good a passphrase is. Length decides (National Cyber Security Centre, "Three random words"):
/// signs and digits put into a short word do not help much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Quickly guessed.
    Weak,
    /// Holds for a while.
    Fair,
    /// Three words or more.
    Good,
}

impl Strength {
    fn of(text: &str) -> Self {
        let length = text.chars().count();
        let mut signs: Vec<char> = text.to_lowercase().chars().collect();
        signs.sort_unstable();
        signs.dedup();
        let words = text
            .split([' ', '-', '.', '_', ','])
            .filter(|word| word.chars().count() >= 3);
        let words = words.collect::<std::collections::BTreeSet<_>>().len();
        match (length, signs.len()) {
            (..10, _) | (_, ..6) => Self::Weak,
            (16.., _) if words >= 3 => Self::Good,
            (20.., 10..) => Self::Good,
            _ => Self::Fair,
        }
    }

    /// The sentence beside the field.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Weak => {
                "Weak: quickly guessed. Three words that do not belong together are better."
            }
            Self::Fair => "Fair: another word would make it good.",
            Self::Good => "Good.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_makes_a_passphrase_good() {
        let cases = [
            ("", Strength::Weak),
            ("P@ssw0rd!", Strength::Weak),
            ("aaaaaaaaaaaaaaaaaaaa", Strength::Weak),
            ("neglect2026", Strength::Fair),
            ("kettle kettle kettle", Strength::Weak),
            ("kettle ladder moss", Strength::Good),
            ("qpwoeirutyalskdjfhgz", Strength::Good),
        ];
        for (text, strength) in cases {
            assert_eq!(Passphrase::new(text).strength(), strength, "{text}");
        }
    }

    #[test]
    fn it_is_never_printed() {
        let shown = format!("{:?}", Passphrase::new("kettle ladder moss"));
        assert!(!shown.contains("kettle"), "{shown}");
    }
}
