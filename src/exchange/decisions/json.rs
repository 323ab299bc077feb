//! Decisions as `goldthread/actions/1`.

use super::super::actions_json::{ActionEntry, ActionsFile, JSON_SCHEMA, SCHEMA};
use super::super::json::{parse, parse_problem, validate};
use super::Said;
use super::problem::{BadDecisions, Misread};

/// How many problems of form are looked for.
const MOST: usize = 50;

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Said>, BadDecisions> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let message = "it is neither a workbook (.xlsx) nor text in UTF-8";
        return Err(BadDecisions::one("", message));
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value = parse(text).map_err(|error| BadDecisions::one("", parse_problem(&error)))?;
    let schema = value.get("schema").and_then(serde_json::Value::as_str);
    if schema != Some(SCHEMA) {
        let found = schema.map_or_else(|| "none".to_owned(), |name| format!("“{name}”"));
        let message = format!("it is not of the format “{SCHEMA}” (its schema is {found})");
        return Err(BadDecisions::one("/schema", message));
    }
    let found = validate(JSON_SCHEMA, &value, MOST);
    if !found.is_empty() {
        let problems = found.into_iter();
        return Err(BadDecisions::of(
            problems
                .map(|(place, message)| Misread::at(place, message))
                .collect(),
        ));
    }
    let file: ActionsFile =
        serde_json::from_value(value).map_err(|error| BadDecisions::one("", error.to_string()))?;
    Ok(file
        .actions
        .into_iter()
        .enumerate()
        .map(|(at, entry)| said(at, entry))
        .collect())
}

fn said(at: usize, entry: ActionEntry) -> Said {
    Said {
        place: format!("/actions/{at}"),
        id: entry.id.to_string(),
        revision: entry.revision,
        what: entry.what,
        owner_agency: entry.owner_agency,
        owner_role: entry.owner_role,
        due_term: entry.due_term,
        due: entry.due,
        status: entry.status,
        evidence_of_impact: entry.evidence_of_impact,
        update: entry.update,
    }
}
