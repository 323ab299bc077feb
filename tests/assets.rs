//! Every data file the program comes with is what its schema says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use serde_json::Value;

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn problems(file: &Path, schema: &str) -> Vec<String> {
    let schema = json(Path::new(&format!("assets/schemas/{schema}.schema.json")));
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    validator
        .iter_errors(&json(file))
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn files(folder: &str) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

#[test]
fn rules_tools_and_the_example_hold_to_their_schemas() {
    let mut looked_at = 0;
    for name in [
        "agencies",
        "themes",
        "scales",
        "timescales",
        "bank-holidays",
        "identifiers",
    ] {
        let file = format!("assets/rules/{name}.json");
        assert_eq!(
            problems(Path::new(&file), &format!("{name}-1")),
            Vec::<String>::new(),
            "{file}"
        );
        looked_at += 1;
    }
    for tool in files("assets/tools") {
        for version in files(tool.to_str().unwrap()) {
            assert_eq!(
                problems(&version, "tool-1"),
                Vec::<String>::new(),
                "{version:?}"
            );
            looked_at += 1;
        }
    }
    for audit in files("assets/demo") {
        assert_eq!(
            problems(&audit, "data-1"),
            Vec::<String>::new(),
            "{audit:?}"
        );
        looked_at += 1;
    }
    assert_eq!(looked_at, 6 + 6 + 4);
}

#[test]
fn a_schema_does_refuse() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("days.json");
    fs::write(&path, r#"{"schema":"goldthread/bank-holidays/1","division":"England and Wales","from":2015,"until":2030,"days":[{"date":"2020-13-45","name":"No day"}]}"#).unwrap();
    assert!(
        !problems(&path, "bank-holidays-1").is_empty(),
        "formats are asserted"
    );
}

#[test]
fn timescales_run_between_dates_that_tools_ask_for() {
    let catalogue = goldthread::domain::catalogue::Catalogue::built_in().unwrap();
    for tool in &catalogue.tools {
        let asked = |id: &String| tool.key_dates.iter().any(|date| date.id == *id);
        let computable = catalogue
            .rules
            .iter()
            .filter(|rule| asked(&rule.from) && asked(&rule.to));
        assert!(
            computable.count() >= 2,
            "{}: at least two rules can be computed",
            tool.slug
        );
    }
}

/// What the help prints in bold are names of controls: each stands in the program.
#[test]
fn every_control_the_help_names_exists() {
    fn sources(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, all);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                all.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut program = String::new();
    sources(Path::new("src"), &mut program);
    let mut named = 0;
    for entry in fs::read_dir("assets/help").unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for words in text.split("**").skip(1).step_by(2) {
            assert!(program.contains(words), "the program has no “{words}”");
            named += 1;
        }
    }
    assert!(named > 30, "only {named}");
}
