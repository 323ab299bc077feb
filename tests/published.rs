//! Published audits, re-keyed as tools and data: the summary gives the published counts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

fn goldthread(arguments: &[&str]) -> String {
    let done = Command::cargo_bin("goldthread")
        .unwrap()
        .args(arguments)
        .assert()
        .success();
    String::from_utf8(done.get_output().stdout.clone()).unwrap()
}

fn fixture(name: &str) -> String {
    let path = Path::new("tests/fixtures/published").join(name);
    path.to_str().unwrap().to_owned()
}

/// A register with a published tool and its data; its summary.
fn summary(folder: &Path, tool: &str, data: &[&str]) -> Value {
    let register: PathBuf = folder.join("published.goldthread");
    let register = register.to_str().unwrap();
    goldthread(&["new", register, "--partnership", "Published"]);
    goldthread(&["tool", "add", register, &fixture(tool)]);
    for data in data {
        goldthread(&["load", register, &fixture(data)]);
    }
    serde_json::from_str(&goldthread(&["summary", register, "--json"])).unwrap()
}

/// Counts of one question of an audit, added over its agencies.
fn question<'a>(audit: &'a Value, id: &str) -> &'a Value {
    let questions = audit["questions"].as_array().unwrap();
    let mut rows = questions.iter().filter(|row| row["question"] == id);
    let row = rows.next().unwrap();
    assert!(rows.next().is_none(), "one agency answered");
    row
}

/// Sandwell and West Birmingham, abstract G219(P), Archives of Disease in Childhood 98 (2013): 329
/// reports of child protection medicals; the seven questions published with their counts.
#[test]
fn medical_reports_of_sandwell() {
    let folder = tempfile::tempdir().unwrap();
    let summary = summary(folder.path(), "sandwell-tool.json", &["sandwell-data.json"]);
    let audit = &summary["audits"][0];
    assert_eq!(audit["cases"], 329);
    assert_eq!(audit["forms"]["submitted"], 329);
    let published = [
        ("Q06", 152), // investigations
        ("Q07", 143), // treatment
        ("Q08", 205), // referrals
        ("Q09", 247), // conversations
        ("Q10", 270), // injuries
        ("Q11", 280), // interpretation
        ("Q12", 260), // opinion
    ];
    for (id, yes) in published {
        let row = question(audit, id);
        assert_eq!(row["counts"]["yes"], yes, "{id}");
        assert_eq!(row["counts"]["no"], 329 - yes, "{id}");
        assert_eq!(
            (&row["favourable"], &row["scored"]),
            (&yes.into(), &329.into()),
            "{id}"
        );
    }
}

/// HMICFRS on Warwickshire Police: 74 cases in 2022, 34 in the re-inspection of 2023.
#[test]
fn police_cases_of_warwickshire() {
    let folder = tempfile::tempdir().unwrap();
    let data = ["warwickshire-2022-data.json", "warwickshire-2023-data.json"];
    let summary = summary(folder.path(), "warwickshire-tool.json", &data);
    let published = [(74, [23, 23, 28]), (34, [9, 15, 10])];
    for (at, (cases, grades)) in published.into_iter().enumerate() {
        let audit = &summary["audits"][at];
        assert_eq!(audit["cases"], cases);
        let counts = &question(audit, "Q1")["counts"];
        let found = ["good", "requires_improvement", "inadequate"].map(|id| counts[id].as_u64());
        assert_eq!(found, grades.map(Some), "{cases}");
        assert_eq!(question(audit, "Q1")["scored"], cases);
    }
    // The re-inspection is linked to the inspection.
    assert_eq!(
        summary["audits"][1]["compared_with"],
        summary["audits"][0]["id"]
    );
}
