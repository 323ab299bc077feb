//! What is written holds to the published schemas, formats included.

use chrono::{DateTime, Utc};
use goldthread::analysis::{Basis, Facts, FactsBuilder, Filter};
use goldthread::exchange::ExchangeError;
use goldthread::exchange::bmg_json::{BmgRequest, bmg_file};
use goldthread::exchange::summary_json::summary_file;
use serde_json::Value;

use super::{Desk, complete};

const SCHEMAS: [(&str, &str); 3] = [
    (
        "data",
        include_str!("../../assets/schemas/data-1.schema.json"),
    ),
    (
        "summary",
        include_str!("../../assets/schemas/summary-1.schema.json"),
    ),
    (
        "bmg",
        include_str!("../../assets/schemas/bmg-1.schema.json"),
    ),
];

fn schema(name: &str) -> Value {
    let (_, text) = SCHEMAS.iter().find(|(own, _)| *own == name).unwrap();
    serde_json::from_str(text).unwrap()
}

/// The text as JSON, once it holds to its schema.
fn valid(name: &str, text: &str) -> Value {
    let schema = jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema(name))
        .unwrap();
    let value: Value = serde_json::from_str(text).unwrap();
    let errors: Vec<_> = schema
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    value
}

fn facts(desk: &Desk) -> Facts {
    let mut builder = FactsBuilder::new(&desk.register);
    for (form, (answers, dates)) in &desk.contents {
        for answer in answers.values() {
            builder.answer(*form, &answer.question, answer.given.as_ref());
        }
        for (id, date) in dates {
            builder.date(*form, id, *date);
        }
    }
    builder.finish()
}

fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.load(&complete());
    desk
}

fn now() -> DateTime<Utc> {
    "2020-07-01T12:00:00Z".parse().unwrap()
}

fn bmg(desk: &Desk, publish: bool) -> Value {
    let request = BmgRequest {
        audit: None,
        basis: Basis::Agency,
        filter: &Filter::default(),
        publish,
        now: now(),
    };
    let file = bmg_file(&desk.register, &desk.catalogue, &facts(desk), &request).unwrap();
    valid("bmg", &file.text())
}

#[test]
fn every_schema_is_one_and_every_field_says_what_it_is() {
    fn undocumented(pointer: &str, value: &Value, found: &mut Vec<String>) {
        if let Some(fields) = value.get("properties").and_then(Value::as_object) {
            for (name, field) in fields {
                let described = ["title", "description"]
                    .iter()
                    .all(|key| field[key].is_string());
                if !described {
                    found.push(format!("{pointer}/{name}"));
                }
            }
            if value.get("additionalProperties") != Some(&Value::Bool(false)) {
                found.push(format!("{pointer} is not strict"));
            }
        }
        match value {
            Value::Object(map) => map
                .iter()
                .for_each(|(key, inner)| undocumented(&format!("{pointer}/{key}"), inner, found)),
            Value::Array(list) => {
                list.iter()
                    .for_each(|inner| undocumented(pointer, inner, found));
            }
            _ => (),
        }
    }
    for (name, text) in SCHEMAS {
        let schema: Value = serde_json::from_str(text).unwrap();
        assert!(jsonschema::meta::is_valid(&schema), "{name}");
        let mut found = Vec::new();
        undocumented(name, &schema, &mut found);
        assert_eq!(found, Vec::<String>::new());
    }
}

#[test]
fn a_summary_holds_to_its_schema_on_both_bases() {
    let desk = desk();
    for basis in [Basis::Agency, Basis::Panel] {
        let file = summary_file(
            &desk.register,
            &desk.catalogue,
            &facts(&desk),
            None,
            basis,
            &[],
        );
        let summary = valid("summary", &file.text());
        assert_eq!(summary["basis"], basis.name());
        assert_eq!(summary["audits"][0]["forms"]["expected"], 9);
        assert_eq!(summary["audits"][0]["forms"]["outstanding"], 5);
    }
}

#[test]
fn exported_data_holds_to_its_schema() {
    let mut desk = Desk::new();
    let loaded = desk.load(&complete());
    valid("data", &desk.export(&loaded));
}

#[test]
fn the_bmg_gets_no_case_and_no_note() {
    let desk = desk();
    let file = bmg(&desk, false);
    let text = file.to_string();
    for secret in ["RND-10", "RND-2", "Seen —", "Only a note", "At home"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let audit = &file["audits"][0];
    assert_eq!(audit["findings"][0]["number"], 1);
    assert_eq!(audit["findings"][0]["cases"], 1);
    assert_eq!(audit["actions"][0]["overdue"], true);
    assert_eq!(audit["actions"][0]["updates"][0]["text"], "Written later.");
    assert_eq!(audit["coverage"]["not_known"], 1);
    assert_eq!(
        audit["grades"]["panel"]["counts"]["requires_improvement"],
        1
    );
    assert_eq!(file["suppression"], Value::Null);
}

#[test]
fn a_case_reference_in_a_sentence_is_taken_out() {
    let mut data = complete();
    data["findings"][0]["text"] = "In RND-10 nobody asked.".into();
    let mut desk = Desk::new();
    desk.load(&data);
    let file = bmg(&desk, false);
    let findings = file["audits"][0]["findings"].as_array().unwrap();
    assert!(
        findings
            .iter()
            .any(|finding| finding["text"] == "In [case] nobody asked.")
    );
}

/// Every count in a published file, apart from numbers of findings and the rule itself.
fn counts(pointer: &str, value: &Value, found: &mut Vec<(String, u64)>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                if !["number", "finding", "smallest_published", "percent"].contains(&key.as_str()) {
                    counts(&format!("{pointer}/{key}"), inner, found);
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| counts(pointer, inner, found)),
        Value::Number(number) => found.push((pointer.into(), number.as_u64().unwrap())),
        _ => (),
    }
}

#[test]
fn nothing_small_is_published() {
    let file = bmg(&desk(), true);
    let mut found = Vec::new();
    counts("", &file, &mut found);
    assert!(
        found.iter().all(|(_, count)| *count == 0 || *count >= 6),
        "{found:?}"
    );
    // Of three cases nothing at all: agencies times cases would give the sample away.
    let audit = &file["audits"][0];
    assert_eq!(audit["sample"]["cases"], "c");
    assert_eq!(audit["coverage"]["expected"], "c");
    assert_eq!(audit["scope"]["population"], 214);
    assert_eq!(audit["themes"][0]["scored"], "c");
    assert!(audit["grades"].get("by_agency").is_none());
    assert!(file["suppression"]["rule"].is_string());
}

#[test]
fn a_part_of_an_audit_is_never_published() {
    let desk = desk();
    let filter = Filter {
        sex: Some("F".into()),
        ..Filter::default()
    };
    let request = BmgRequest {
        audit: None,
        basis: Basis::Agency,
        filter: &filter,
        publish: true,
        now: now(),
    };
    let refused = bmg_file(&desk.register, &desk.catalogue, &facts(&desk), &request);
    assert!(matches!(refused, Err(ExchangeError::FilteredPublication)));
}
