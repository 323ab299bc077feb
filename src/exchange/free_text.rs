//! The texts that a JSON export carries, with the places where they stand. Nothing is left out for
//! being unknown: a field that is new in a contract is looked at from its first day.

use serde_json::{Map, Value};

use crate::domain::id::RecordId;

/// One text on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Where it stands, such as "NEG20-03, GP, C01, worked".
    pub place: String,
    /// The words.
    pub text: String,
}

/// What comes from the program or names an organisation, and never a child.
const NOT_TYPED: [&str; 9] = [
    "schema",
    "generator",
    "time",
    "id",
    "audit_id",
    "partnership",
    "agency",
    "agencies",
    "name",
];

/// Keys whose value tells one record of a list from another.
const NAMES: [&str; 6] = ["case", "ref", "agency", "code", "title", "theme"];

/// Lists whose own name says nothing beside what their records are called.
const UNSAID: [&str; 5] = ["forms", "answers", "judgements", "cases", "audits"];

/// Every text of an export, in its order. What is no JSON has none.
pub fn outgoing(json: &str) -> Vec<Outgoing> {
    let mut all = Vec::new();
    if let Ok(value) = serde_json::from_str(json) {
        walk(&value, &[], &mut all);
    }
    all
}

fn walk(value: &Value, place: &[String], all: &mut Vec<Outgoing>) {
    match value {
        // An id is drawn, not typed; now and then it looks like a case number.
        Value::String(text) if text.parse::<RecordId>().is_ok() => (),
        Value::String(text) => all.push(Outgoing {
            place: place.join(", "),
            text: text.clone(),
        }),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                walk(item, &numbered(place, item, at), all);
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                if !NOT_TYPED.contains(&key.as_str()) {
                    walk(value, &inside(place, fields, key), all);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => (),
    }
}

/// A record that is called nothing is told by its number in the list.
fn numbered(place: &[String], item: &Value, at: usize) -> Vec<String> {
    let mut place = place.to_vec();
    let called = item
        .as_object()
        .is_none_or(|fields| !names(fields).is_empty());
    if !called && let Some(last) = place.last_mut() {
        *last = format!("{last} {}", at + 1);
    }
    place
}

fn inside(place: &[String], fields: &Map<String, Value>, key: &str) -> Vec<String> {
    let mut place = place.to_vec();
    place.extend(names(fields));
    if !UNSAID.contains(&key) {
        place.push(key.replace('_', " "));
    }
    place
}

/// What a record is called. A judgement's question is a code; a scope's is a text.
fn names(fields: &Map<String, Value>) -> Vec<String> {
    let judged = fields.contains_key("case").then_some("question");
    let keys = NAMES.into_iter().chain(judged);
    let named = keys.filter_map(|key| fields.get(key)?.as_str());
    named.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_text_has_its_place() {
        let data = json!({
            "schema": "goldthread/data/1",
            "audit": {"title": "Neglect 2019", "scope": {"question": "Was it seen?"}},
            "forms": [{"case": "NEG19-01", "agency": "GP", "role": "GP",
                       "answers": {"C01": {"value": ["medical"], "so_what": "Seen."}}}],
            "judgements": [{"case": "NEG19-01", "question": "C01", "reason": "Agreed."}],
            "actions": [{"what": "Train staff"}],
            "new_list": [{"new_field": "unknown"}],
        });
        let found: Vec<_> = outgoing(&data.to_string())
            .into_iter()
            .map(|one| format!("{}: {}", one.place, one.text))
            .collect();
        for expected in [
            "audit, Neglect 2019, scope, question: Was it seen?",
            "NEG19-01, GP, role: GP",
            "NEG19-01, GP, C01, value: medical",
            "NEG19-01, GP, C01, so what: Seen.",
            "NEG19-01, C01, reason: Agreed.",
            "actions 1, what: Train staff",
            "new list 1, new field: unknown",
        ] {
            assert!(
                found.contains(&expected.to_owned()),
                "{expected}: {found:#?}"
            );
        }
        assert!(!found.iter().any(|one| one.starts_with("schema")));
        assert_eq!(outgoing("not JSON"), []);
    }

    #[test]
    fn an_id_is_no_text() {
        let data = json!({"actions": [{"revision": "01983204-1234-7000-8000-123456789012"}]});
        assert_eq!(outgoing(&data.to_string()), []);
    }
}
