//! A child's case in an audit, described only as far as the counts need (domain rules: no name, no
//! date of birth, no address, no system number).

use serde::{Deserialize, Serialize};

use super::id::RecordId;

/// One child's case. The key that links the reference to the child stays outside the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// The audit it belongs to.
    pub audit: RecordId,
    /// The audit reference, such as NEG20-04.
    #[serde(rename = "ref")]
    pub reference: String,
    /// One of [`AGE_BANDS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_band: Option<String>,
    /// One of [`SEXES`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    /// One of [`ETHNICITY_GROUPS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ethnicity: Option<String>,
    /// One of [`PLANS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// Where the same child's case was read in the audit that this one repeats: its reference there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
}

/// A fixed list of ids with the words shown for them.
pub type Choices = &'static [(&'static str, &'static str)];

/// Age bands; *unborn* for pre-birth work.
pub const AGE_BANDS: Choices = &[
    ("unborn", "Unborn"),
    ("0-4", "0 to 4"),
    ("5-9", "5 to 9"),
    ("10-15", "10 to 15"),
    ("16-17", "16 to 17"),
];

/// Sex as recorded.
pub const SEXES: Choices = &[
    ("F", "Female"),
    ("M", "Male"),
    ("U", "Not known or not stated"),
];

/// The five broad census groups of England, and not stated.
pub const ETHNICITY_GROUPS: Choices = &[
    ("asian", "Asian or Asian British"),
    ("black", "Black, Black British, Caribbean or African"),
    ("mixed", "Mixed or multiple ethnic groups"),
    ("white", "White"),
    ("other", "Other ethnic group"),
    ("not_stated", "Not stated"),
];

/// The plan in force in the period looked at.
pub const PLANS: Choices = &[
    ("none", "No plan"),
    ("EH", "Early help"),
    ("CIN", "Child in need"),
    ("CP", "Child protection"),
    ("LAC", "Looked after"),
];

/// The words for `id` in `list`, or the id itself when the list does not know it.
pub fn label_of(list: Choices, id: &str) -> &str {
    list.iter()
        .find(|(known, _)| *known == id)
        .map_or(id, |(_, label)| label)
}

/// Why a text cannot be a case reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadReference {
    /// Nothing there.
    #[error("the reference is empty")]
    Empty,
    /// Longer than anybody can read out over the telephone.
    #[error("a reference has at most 20 characters")]
    TooLong,
    /// Looks like a person's name or holds signs that do not belong in a reference.
    #[error("use letters, digits and hyphens only, with at least one digit, such as NEG20-04")]
    NotAReference,
}

/// Checks that `text` is a reference such as NEG20-04: letters, digits, `-`, `/`; at least one
/// digit (a bare word may be a name); at most 20 characters.
///
/// # Errors
/// [`BadReference`] says which of these it breaks.
pub fn check_reference(text: &str) -> Result<(), BadReference> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if text.is_empty() {
        Err(BadReference::Empty)
    } else if text.chars().count() > 20 {
        Err(BadReference::TooLong)
    } else if digits == 0
        || !text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '/')
    {
        Err(BadReference::NotAReference)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_told_from_names() {
        let cases = [
            ("NEG20-04", Ok(())),
            ("A/7", Ok(())),
            ("", Err(BadReference::Empty)),
            ("Alice", Err(BadReference::NotAReference)),
            ("Alice Smith 4", Err(BadReference::NotAReference)),
            ("ABCDEFGHIJKLMNOPQRST-1", Err(BadReference::TooLong)),
        ];
        for (text, expected) in cases {
            assert_eq!(check_reference(text), expected, "{text}");
        }
    }
}
