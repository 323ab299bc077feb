//! What is written holds to the published schemas, formats included.

use chrono::{DateTime, Utc};
use goldthread::analysis::suppression::Suppression;
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
pub(super) fn valid(name: &str, text: &str) -> Value {
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

pub(super) fn facts(desk: &Desk) -> Facts {
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

pub(super) fn now() -> DateTime<Utc> {
    "2020-07-01T12:00:00Z".parse().unwrap()
}

fn bmg(desk: &Desk, publish: bool) -> Value {
    let request = BmgRequest {
        audits: &[],
        basis: Basis::Agency,
        filter: &Filter::default(),
        publish: publish.then(Suppression::default),
        now: now(),
        by: "chair",
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
        audits: &[],
        basis: Basis::Agency,
        filter: &filter,
        publish: Some(Suppression::default()),
        now: now(),
        by: "chair",
    };
    let refused = bmg_file(&desk.register, &desk.catalogue, &facts(&desk), &request);
    assert!(matches!(refused, Err(ExchangeError::FilteredPublication)));
}

/// Slips of somebody who writes such a file by hand, or of a program that does.
#[test]
fn the_schema_refuses_a_file_with_any_one_slip() {
    let sound = bmg(&desk(), false);
    let schema = jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema("bmg"))
        .unwrap();
    assert!(schema.is_valid(&sound));
    let slips: [(&str, Value); 26] = [
        ("/schema", "goldthread/bmg/2".into()),
        ("/time", "2020-07-01".into()),
        ("/time", "yesterday".into()),
        ("/by", Value::Null),
        ("/basis", "everybody".into()),
        ("/partnership", 7.into()),
        ("/worked_example", "no".into()),
        ("/filters", Value::Null),
        ("/suppression", true.into()),
        ("/audits", Value::Null),
        ("/audits/0/id", "first".into()),
        ("/audits/0/state", "finished".into()),
        ("/audits/0/tool/id", Value::Null),
        ("/audits/0/scope/from", "01/11/2018".into()),
        ("/audits/0/sample/cases", (-1).into()),
        ("/audits/0/sample/cases", "d".into()),
        ("/audits/0/sample/cases", 2.5.into()),
        ("/audits/0/coverage/expected", "many".into()),
        ("/audits/0/themes/0/theme", "T1".into()),
        ("/audits/0/themes/0/favourable", Value::Null),
        ("/audits/0/hypotheses/0/verdict", "perhaps".into()),
        ("/audits/0/findings/0/kind", "weakness".into()),
        ("/audits/0/findings/0/id", "1".into()),
        ("/audits/0/actions/0/due", "2019-13-01".into()),
        ("/audits/0/actions/0/due_term", "soon".into()),
        ("/audits/0/actions/0/status", "overdue".into()),
    ];
    for (pointer, value) in slips {
        let mut file = sound.clone();
        let place = file.pointer_mut(pointer);
        *place.unwrap_or_else(|| panic!("there is no {pointer}")) = value;
        assert!(!schema.is_valid(&file), "{pointer}");
    }
    for field in ["time", "by", "basis", "audits", "themes", "suppression"] {
        let mut file = sound.clone();
        file.as_object_mut().unwrap().remove(field);
        assert!(!schema.is_valid(&file), "without {field}");
        file[field] = sound[field].clone();
        assert!(schema.is_valid(&file));
        file["further"] = 1.into();
        assert!(!schema.is_valid(&file));
    }
}
