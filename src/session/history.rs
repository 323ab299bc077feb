//! A record's history in words.

use chrono::Local;
use serde_json::{Map, Value};

use crate::domain::register::Register;
use crate::store::Entry;

/// One step of a history as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Local date and time.
    pub when: String,
    /// Role and agency.
    pub who: String,
    /// Why, where asked.
    pub reason: Option<String>,
    /// What changed, field by field: "value: good → inadequate".
    pub changes: Vec<String>,
}

/// The steps of a history, oldest first.
pub fn steps(entries: &[Entry], register: &Register) -> Vec<Step> {
    entries.iter().map(|entry| step(entry, register)).collect()
}

fn step(entry: &Entry, register: &Register) -> Step {
    let agency = register.agency_short(&entry.author.agency);
    let who = if agency.is_empty() {
        entry.author.role.clone()
    } else {
        format!("{}, {agency}", entry.author.role)
    };
    Step {
        when: entry
            .at
            .with_timezone(&Local)
            .format("%d/%m/%Y %H:%M:%S")
            .to_string(),
        who,
        reason: entry.reason.clone(),
        changes: changes(entry),
    }
}

/// Fields that say where a record stands, not what it says.
pub(super) const PLACE: [&str; 5] = ["form", "question", "return", "case", "audit"];

fn changes(entry: &Entry) -> Vec<String> {
    if entry.redacted {
        return vec!["Redacted: the text of this change was taken away.".into()];
    }
    let fields = |body: &Option<String>| -> Map<String, Value> {
        body.as_deref()
            .and_then(|body| serde_json::from_str(body).ok())
            .unwrap_or_default()
    };
    let (before, after) = (fields(&entry.before), fields(&entry.after));
    if entry.after.is_none() {
        return vec!["Taken away.".into()];
    }
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let changed = names
        .into_iter()
        .filter(|name| !PLACE.contains(&name.as_str()) && before.get(*name) != after.get(*name));
    changed
        .map(|name| {
            let words = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), shown);
            format!(
                "{}: {} → {}",
                name.replace('_', " "),
                words(before.get(name)),
                words(after.get(name))
            )
        })
        .collect()
}

pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Bool(true) => "yes".into(),
        Value::Bool(false) => "no".into(),
        Value::Null => "nothing".into(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::RevisionId;
    use crate::domain::revision::Author;
    use chrono::Utc;

    #[test]
    fn a_step_says_what_changed() {
        let entry = Entry {
            revision: RevisionId::fresh(),
            kind: "answer".into(),
            author: Author {
                role: "nurse".into(),
                agency: String::new(),
                device: "d".into(),
            },
            at: Utc::now(),
            reason: Some("Second file read".into()),
            before: Some(r#"{"form":"x","value":"good"}"#.into()),
            after: Some(r#"{"form":"x","value":"inadequate","worries":"No history"}"#.into()),
            redacted: false,
        };
        let step = step(&entry, &Register::default());
        assert_eq!(
            step.changes,
            ["value: good → inadequate", "worries: nothing → No history"]
        );
        assert_eq!(step.who, "nurse");
    }
}
