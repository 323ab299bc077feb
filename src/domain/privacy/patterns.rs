//! Identifiers that have a shape: numbers, addresses, dates of birth.

use regex::{Captures, Regex};

use super::{Identifier, Mark, Words};

const DATE: &str = r"(?:[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*,? [0-9]{4})";
const BORN: &str = r"(?:\bborn|\bd\.?o\.?b\.?|\bdates? of birth|\bbirthday)";

/// One shape and when a text of that shape is taken for an identifier.
#[derive(Clone, Debug)]
struct Pattern {
    identifier: Identifier,
    /// The group called `it`, where there is one, is what identifies.
    shape: Regex,
    holds: fn(&str) -> bool,
}

/// A shape as it is written down: what, the expression, and when it holds.
type Shape = (Identifier, String, fn(&str) -> bool);

/// Every shape, the surest first.
#[derive(Clone, Debug)]
pub(super) struct Patterns(Vec<Pattern>);

impl Patterns {
    pub(super) fn new(words: &Words) -> Result<Self, regex::Error> {
        use Identifier as I;
        let always: fn(&str) -> bool = |_| true;
        let names = r"(?:(?:St\.? )?\p{Lu}[\p{L}’'-]+ )";
        let shapes: Vec<Shape> = vec![
            (I::Email, r"[\p{L}0-9._%+-]+@[\p{L}0-9.-]+\.\p{L}{2,}".into(), always),
            (I::NhsNumber, r"\b[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}\b".into(), is_nhs_number),
            (I::PupilNumber, r"\b[A-HJ-NP-RT-Z][0-9]{11}[0-9A-Z]\b".into(), always),
            (
                I::NationalInsurance,
                r"(?i)\b[a-z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[a-d]\b".into(),
                always,
            ),
            (
                I::Initials,
                format!(
                    r"(?<it>(?:\p{{Lu}}\.){{2,3}}|\b\p{{Lu}}{{2,3}}\b)[\s,(]{{1,4}}(?i:{BORN}[^0-9]{{0,6}}{DATE})"
                ),
                always,
            ),
            (
                I::DateOfBirth,
                format!(r"(?i){BORN}[^.;\n0-9]{{0,20}}(?<it>{DATE})"),
                always,
            ),
            (
                I::Telephone,
                r"(?:\+44 ?(?:\(0\) ?)?|\(?\b0)(?:[0-9][ ()-]{0,2}){8,9}[0-9]\b".into(),
                is_telephone,
            ),
            (
                I::Postcode,
                r"(?i)\b[a-pr-uwyz](?:[a-hk-y]?[0-9]{1,2}|[a-hk-y]?[0-9][a-z]) ?[0-9][abd-hjlnp-uw-z]{2}\b".into(),
                is_postcode,
            ),
            (
                I::SystemNumber,
                r"(?i)\b(?:mosaic|liquidlogic|lcs|care ?first|systmone|emis|niche|pnc|crime|occurrence|incident|case|hospital|unit|record|client|person|patient|custody)\b(?: (?:id|no\.?|number|ref\b|reference|record))?(?: (?:is|was))?[ :]{1,2}(?<it>[a-z]{0,4}[/-]?[0-9][0-9a-z/-]{4,})".into(),
                is_system_number,
            ),
            (I::SystemNumber, r"\b[0-9]{7,}\b".into(), always),
            (
                I::Place,
                format!(
                    r"\b[0-9]{{1,4}}[a-z]? (?:{names}){{1,3}}(?:{}|{})\b",
                    words.streets.join("|"),
                    words.streets_with_number.join("|")
                ),
                always,
            ),
        ];
        let shapes = shapes.into_iter().map(|(identifier, shape, holds)| {
            Ok(Pattern {
                identifier,
                shape: Regex::new(&shape)?,
                holds,
            })
        });
        shapes.collect::<Result<_, _>>().map(Self)
    }

    /// Everything of one of the shapes, the surest first.
    pub(super) fn marks<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Mark> + 'a {
        self.0.iter().flat_map(move |pattern| {
            let found = pattern.shape.captures_iter(text);
            found.filter_map(|captures| pattern.mark(&captures))
        })
    }
}

impl Pattern {
    fn mark(&self, captures: &Captures<'_>) -> Option<Mark> {
        let found = captures.name("it").or_else(|| captures.get(0))?;
        (self.holds)(found.as_str()).then(|| Mark {
            identifier: self.identifier,
            place: found.range(),
        })
    }
}

fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|sign| sign.to_digit(10)).collect()
}

/// The check digit of an NHS number: eleven less the weighted sum of the first nine, modulo eleven
/// (NHS Data Dictionary, "NHS number").
fn is_nhs_number(text: &str) -> bool {
    let digits = digits(text);
    let (Some(check), 10) = (digits.last(), digits.len()) else {
        return false;
    };
    let sum: u32 = (2..=10)
        .rev()
        .zip(&digits)
        .map(|(weight, digit)| weight * digit)
        .sum();
    (11 - sum % 11) % 11 == *check && digits[0] != 0
}

/// Ten or eleven digits with the 0 in front; in the ranges for places, people and services.
fn is_telephone(text: &str) -> bool {
    let digits = digits(text);
    let digits = match text.starts_with('+') {
        true => digits[2..].to_vec(),
        false => digits[1..].to_vec(),
    };
    let digits = digits.strip_prefix(&[0]).unwrap_or(&digits);
    matches!(digits.len(), 9 | 10) && matches!(digits.first(), Some(1 | 2 | 3 | 7 | 8))
}

/// "R4 2nd" has the shape of a postcode, and so has "M3 4th"; "NG7 2rd" counts nothing.
fn is_postcode(text: &str) -> bool {
    // By letters, not bytes: where capitals do not matter, the long "ſ" is an "s" of two bytes.
    let mut letters = text.chars().rev();
    let (last, before, number) = (letters.next(), letters.next(), letters.next());
    let counts = match number {
        Some('1') => "st",
        Some('2') => "nd",
        Some('3') => "rd",
        _ => "th",
    };
    before.into_iter().chain(last).ne(counts.chars())
}

/// Five digits or more that are not a date or a year such as 2019/20.
fn is_system_number(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    let numbers = parts
        .iter()
        .all(|part| part.chars().all(|sign| sign.is_ascii_digit()));
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let is_date = numbers && matches!(lengths[..], [1 | 2, 1 | 2, 2 | 4] | [4, 2, 2] | [4, 2 | 4]);
    digits(text).len() >= 5 && !is_date
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_by_their_check_digit_and_shape() {
        // 943 476 5919 is the worked example of the NHS Data Dictionary.
        for (text, is) in [
            ("943 476 5919", true),
            ("943 476 5918", false),
            ("94347659", false),
        ] {
            assert_eq!(is_nhs_number(text), is, "{text}");
        }
        for (text, is) in [
            ("07700 900123", true),
            ("+44 7700 900123", true),
            ("+44 (0)115 496 0123", true),
            ("0555 123 4567", false),
            ("0800 111", false),
        ] {
            assert_eq!(is_telephone(text), is, "{text}");
        }
        for (text, is) in [
            ("R4 2nd", false),
            ("M3 4th", false),
            ("ng7 2rd", true),
            ("NG5 1PB", true),
            ("NG1 1ſſ", true),
            ("AB12 3ſſ", true),
        ] {
            assert_eq!(is_postcode(text), is, "{text}");
        }
        for (text, is) in [
            ("19/0412277", true),
            ("12/03/2019", false),
            ("2019/20", false),
            ("2019-06-14", false),
            ("1234", false),
        ] {
            assert_eq!(is_system_number(text), is, "{text}");
        }
    }
}
