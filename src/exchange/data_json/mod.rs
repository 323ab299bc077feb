//! `goldthread/data/1`: everything of one audit as JSON, in and out. The round trip is exact.

mod check;
mod contents;
mod export;
mod problem;
mod records;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use contents::DataFile;
pub use export::export;
pub use problem::{BadData, Problem};
pub use records::Loaded;

use super::json;
use crate::domain::catalogue::Catalogue;
use crate::domain::flow::Answers;
use crate::domain::id::RecordId;
use crate::domain::register::Register;

/// Name and version of the format.
pub const SCHEMA: &str = "goldthread/data/1";

const JSON_SCHEMA: &str = include_str!("../../../assets/schemas/data-1.schema.json");

/// What the forms of an audit hold: answers and key dates by form.
pub type FormContents = BTreeMap<RecordId, (Answers, BTreeMap<String, NaiveDate>)>;

/// Reads the text of a data file and turns it into the records of a new audit of `register`. Tools
/// and agencies that the register does not hold yet come from the catalogue and are among the
/// records. Every agency gets a form for every case, not started where the data has none.
///
/// # Errors
/// Every problem found, with its place: first whether the text is JSON, then against the schema,
/// then by meaning.
pub fn load(text: &str, register: &Register, catalogue: &Catalogue) -> Result<Loaded, BadData> {
    let data = read(text)?;
    let problems = check::problems(&data, register, catalogue);
    if problems.is_empty() {
        records::records(&data, register, catalogue).ok_or_else(|| {
            BadData::one(
                "/audit/tool",
                "the tool is neither in this file nor built in",
            )
        })
    } else {
        Err(BadData::of(problems))
    }
}

/// Reads the text of a data file as far as its form goes.
///
/// # Errors
/// When it is not JSON, or not of the form that the schema describes.
pub fn read(text: &str) -> Result<DataFile, BadData> {
    let value = json::parse(text).map_err(|error| BadData::one("", json::parse_problem(&error)))?;
    let schema = value.get("schema").and_then(serde_json::Value::as_str);
    if schema != Some(SCHEMA) {
        let found = schema.map_or_else(|| "none".to_owned(), |name| format!("“{name}”"));
        let message =
            format!("it is not audit data of the format “{SCHEMA}” (its schema is {found})");
        return Err(BadData::one("/schema", message));
    }
    // One more than is told, to know whether there are more.
    let found = json::validate(JSON_SCHEMA, &value, problem::MOST + 1);
    if !found.is_empty() {
        return Err(BadData::of(
            found
                .into_iter()
                .map(|(pointer, message)| Problem::at(pointer, message))
                .collect(),
        ));
    }
    serde_json::from_value(value).map_err(|error| BadData::one("", error.to_string()))
}
