//! JSON as strictly as the contracts need it: no key twice, schema problems in words.

use std::cell::Cell;
use std::fmt;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Reads JSON text. A key that stands twice in one object is an error: the plain reader would
/// silently keep only the last.
///
/// # Errors
/// Where and why it is not JSON.
pub(crate) fn parse(text: &str) -> Result<Value, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let left = Cell::new(MOST_VALUES);
    let value = Strict { left: &left }.deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// An error of [`parse`] in words, with its place.
pub(crate) fn parse_problem(error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    format!("line {line}, column {column}: {}", parse_words(error))
}

/// An error of [`parse`] in words.
pub(crate) fn parse_words(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let message = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(message, _)| message);
    if message.starts_with("recursion limit") {
        "it is nested far deeper than any audit data".to_owned()
    } else if message.starts_with("the key ") || message == TOO_MANY {
        message.to_owned()
    } else {
        format!("it is not JSON: {message}")
    }
}

/// The most values in one text: room for an audit of 3,000 forms. Each takes far more room in memory
/// than on disk.
const MOST_VALUES: usize = 1_000_000;

#[derive(Clone, Copy)]
struct Strict<'a> {
    /// How many values may still come.
    left: &'a Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        let left = self.left.get().checked_sub(1);
        let left = left.ok_or_else(|| D::Error::custom(TOO_MANY))?;
        self.left.set(left);
        reader.deserialize_any(self)
    }
}

const TOO_MANY: &str = "it holds far more than any audit";

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(format!("the key “{key}” is there twice")));
            }
            let value = entries.next_value_seed(self)?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

/// A JSON pointer and what is wrong there.
pub(crate) type Found = (String, String);

/// Validates against a schema, formats included; at most `most` problems.
pub(crate) fn validate(schema: &str, value: &Value, most: usize) -> Vec<Found> {
    let compiled = serde_json::from_str(schema)
        .map_err(|error| error.to_string())
        .and_then(|schema: Value| {
            jsonschema::draft202012::options()
                .should_validate_formats(true)
                .build(&schema)
                .map_err(|error| error.to_string())
        });
    match compiled {
        Ok(schema) => schema
            .iter_errors(value)
            .take(most)
            .map(|error| (error.instance_path().to_string(), words(&error)))
            .collect(),
        // Only a slip in our own schema; the tests keep that from happening.
        Err(error) => vec![(String::new(), error)],
    }
}

/// A schema problem in words. What stands in the file is quoted only as far as it is short: it may
/// be a note about a child.
fn words(error: &ValidationError<'_>) -> String {
    use ValidationErrorKind as Kind;
    let found = brief(error.instance());
    match error.kind() {
        Kind::AdditionalProperties { unexpected } => {
            let named: Vec<_> = unexpected.iter().take(MOST_NAMED).collect();
            let named: Vec<_> = named.into_iter().map(|key| brief_text(key)).collect();
            format!("{} does not belong here", named.join(", "))
        }
        Kind::Required { property } => {
            format!("“{}” is missing", property.as_str().unwrap_or_default())
        }
        Kind::Enum { options } => {
            let options: Vec<_> = options
                .as_array()
                .into_iter()
                .flatten()
                .map(brief)
                .collect();
            format!("{found} is not one of {}", options.join(", "))
        }
        Kind::Constant { expected_value } => {
            format!("{found} is not {}", brief(expected_value))
        }
        Kind::Type { .. } => format!("{found} is of the wrong type"),
        Kind::AnyOf { .. } => format!("{found} cannot stand here"),
        Kind::Pattern { .. } | Kind::Format { .. } => {
            format!("{found} is not written as it should be")
        }
        Kind::PropertyNames { error } => words(error),
        Kind::MinLength { .. } => "the text is empty".into(),
        Kind::MaxLength { limit } => format!("the text is longer than {limit} characters"),
        Kind::MinItems { .. } => "the list is empty".into(),
        Kind::UniqueItems => "something is in the list twice".into(),
        Kind::Minimum { limit } => format!("{found} is less than {limit}"),
        Kind::Maximum { limit } => format!("{found} is more than {limit}"),
        _ => error.masked().to_string(),
    }
}

/// How many keys that do not belong are named.
const MOST_NAMED: usize = 5;

fn brief_text(text: &str) -> String {
    match text.chars().nth(40) {
        Some(_) => "this text".into(),
        None => format!("“{text}”"),
    }
}

fn brief(value: &Value) -> String {
    match value {
        Value::String(text) => brief_text(text),
        Value::Array(_) => "this list".into(),
        Value::Object(_) => "this object".into(),
        Value::Null => "null".into(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_strict_json_is_told_with_its_place() {
        let nested = "[".repeat(1000);
        let cases = [
            ("{\"a\": 1,\n \"a\": 2}", "line 2", "“a” is there twice"),
            (nested.as_str(), "line 1", "nested far deeper"),
            ("{\"a\": 1} x", "line 1", "not JSON"),
            ("", "line 1", "not JSON"),
        ];
        for (text, place, words) in cases {
            let message = parse_problem(&parse(text).unwrap_err());
            assert!(
                message.contains(place) && message.contains(words),
                "{message}"
            );
        }
        let value = parse("{\"b\": [1, -2, 2.5, null, true, \"é\"], \"a\": {}}").unwrap();
        assert_eq!(
            value.to_string(),
            "{\"b\":[1,-2,2.5,null,true,\"é\"],\"a\":{}}"
        );
    }

    #[test]
    fn a_long_text_is_never_repeated_in_a_message() {
        let schema = "{\"type\": \"integer\"}";
        let note = Value::from("The child said that at night nobody is there to make supper");
        let found = validate(schema, &note, 5);
        assert_eq!(
            found,
            [(String::new(), "this text is of the wrong type".into())]
        );
    }
}
