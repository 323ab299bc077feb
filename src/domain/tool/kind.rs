//! How a question is answered.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::answer::Value;

/// The kinds of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A grade of the tool's scale.
    Grade,
    /// Yes, partly or no.
    YesPartlyNo,
    /// A date.
    Date,
    /// A whole number, not negative.
    Number,
    /// A count out of a count.
    Ratio,
    /// One of a list.
    PickOne,
    /// Any number of a list.
    PickMany,
    /// Words.
    Text,
}

/// Longest text an answer or note may hold, in characters.
pub const LONGEST_TEXT: usize = 20_000;

impl Kind {
    /// Whether the answer is picked from the options (and not typed).
    pub fn is_picked(self) -> bool {
        matches!(
            self,
            Self::Grade | Self::YesPartlyNo | Self::PickOne | Self::PickMany
        )
    }

    /// Why `value` cannot answer a question of this kind with these option ids; `None` when it can.
    pub fn refuses(self, value: &Value, options: &[String]) -> Option<String> {
        match (self, value) {
            (Self::Grade | Self::YesPartlyNo | Self::PickOne, Value::One(id)) => {
                not_an_option(id, options)
            }
            (Self::PickMany, Value::Many(ids)) => {
                if ids.is_empty() {
                    return Some("at least one must be chosen".into());
                }
                let repeated = ids
                    .iter()
                    .enumerate()
                    .find(|(at, id)| ids[..*at].contains(id));
                match repeated {
                    Some((_, id)) => Some(format!("“{id}” is chosen twice")),
                    None => ids.iter().find_map(|id| not_an_option(id, options)),
                }
            }
            (Self::Number, Value::Number(number)) => (!(0..=1_000_000).contains(number))
                .then(|| "the number must be between 0 and 1,000,000".into()),
            (Self::Ratio, Value::Ratio { part, whole }) => {
                if *whole == 0 {
                    Some("the whole must be at least 1".into())
                } else {
                    (part > whole).then(|| "the part is larger than the whole".into())
                }
            }
            (Self::Date, Value::One(text)) => text
                .parse::<NaiveDate>()
                .is_err()
                .then(|| format!("“{text}” is not a date as yyyy-mm-dd")),
            (Self::Text, Value::One(text)) => {
                if text.trim().is_empty() {
                    Some("the text is empty".into())
                } else {
                    (text.chars().count() > LONGEST_TEXT)
                        .then(|| format!("the text is longer than {LONGEST_TEXT} characters"))
                }
            }
            _ => Some(format!("it is not {}", self.wanted())),
        }
    }

    fn wanted(self) -> &'static str {
        match self {
            Self::Grade => "one grade",
            Self::YesPartlyNo => "yes, partly or no",
            Self::Date => "a date",
            Self::Number => "a whole number",
            Self::Ratio => "a part and a whole",
            Self::PickOne => "one choice",
            Self::PickMany => "a list of choices",
            Self::Text => "text",
        }
    }
}

fn not_an_option(id: &str, options: &[String]) -> Option<String> {
    (!options.iter().any(|option| option == id))
        .then(|| format!("“{id}” is not one of {}", options.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_held_to_their_kind() {
        let options: Vec<String> = vec!["yes".into(), "no".into()];
        let many = |ids: &[&str]| Value::Many(ids.iter().map(|id| (*id).into()).collect());
        let cases = [
            (Kind::Grade, Value::one("yes"), true),
            (Kind::Grade, Value::one("splendid"), false),
            (Kind::Grade, many(&["yes"]), false),
            (Kind::PickMany, many(&["yes", "no"]), true),
            (Kind::PickMany, many(&["yes", "yes"]), false),
            (Kind::PickMany, many(&[]), false),
            (Kind::PickMany, many(&["maybe"]), false),
            (Kind::Number, Value::Number(0), true),
            (Kind::Number, Value::Number(-1), false),
            (Kind::Number, Value::one("3"), false),
            (Kind::Ratio, Value::Ratio { part: 0, whole: 3 }, true),
            (Kind::Ratio, Value::Ratio { part: 3, whole: 3 }, true),
            (Kind::Ratio, Value::Ratio { part: 4, whole: 3 }, false),
            (Kind::Ratio, Value::Ratio { part: 0, whole: 0 }, false),
            (Kind::Date, Value::one("2019-01-04"), true),
            (Kind::Date, Value::one("04/01/2019"), false),
            (Kind::Text, Value::one("seen at home"), true),
            (Kind::Text, Value::one("  "), false),
        ];
        for (kind, value, accepted) in cases {
            assert_eq!(
                kind.refuses(&value, &options).is_none(),
                accepted,
                "{kind:?} {value:?}"
            );
        }
    }
}
