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

/// What is said not to be known of an audit.
fn cannot_be_known(audit: &Value) -> Vec<&str> {
    let list = audit["cannot_be_known"].as_array().unwrap();
    list.iter()
        .map(|own| own["what"].as_str().unwrap())
        .collect()
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

/// Sutton, learning page of an audit of child sexual abuse in the family: half of the auditors rated
/// their own agency's involvement outstanding or good, 42 % requires improvement, one inadequate.
#[test]
fn ratings_of_sutton() {
    let folder = tempfile::tempdir().unwrap();
    let summary = summary(folder.path(), "sutton-tool.json", &["sutton-data.json"]);
    let audit = &summary["audits"][0];
    let row = question(audit, "Q1");
    let [good, improve, inadequate] = ["outstanding_or_good", "requires_improvement", "inadequate"]
        .map(|id| row["counts"][id].as_u64().unwrap());
    assert_eq!(good * 2, 12, "half of the auditors");
    assert_eq!((improve as f64 / 12.0 * 100.0).round(), 42.0);
    assert_eq!(inadequate, 1);
    // The published number of ratings follows from the shares, if every auditor gave one: of all
    // even numbers up to forty only twelve splits into a half, 42 % when rounded, and one.
    let splits = |all: u32| ((all / 2 - 1) * 100 + all / 2) / all == 42;
    let fitting: Vec<u32> = (2..=40).step_by(2).filter(|all| splits(*all)).collect();
    assert_eq!(fitting, [12]);
    // What cannot be known from the page: a percentage of twelve is not given again; the split of
    // outstanding and good; a grade of any child, since a row is a rating and not a child; whether
    // two agencies agree about the same child; what a panel judged.
    assert!(audit["themes"][0]["share"].is_null());
    assert!(row["counts"].get("outstanding").is_none() && row["counts"].get("good").is_none());
    assert_eq!(audit["overall"][0]["counts"], serde_json::json!({}));
    assert_eq!(audit["overall_panel"]["counts"], serde_json::json!({}));
    assert_eq!(audit["agreement"]["pairs"], 0);
    assert_eq!(audit["agreement"]["alpha_reason"], "too few to say");
    assert_eq!(audit["panel_changes"]["judged"], 0);
    assert!(audit["timescales"].as_array().unwrap().is_empty());
    // And it says so.
    assert_eq!(
        cannot_be_known(audit),
        [
            "agreement",
            "blanks",
            "notes",
            "overall_grades",
            "panel",
            "children",
            "dates",
            "period"
        ]
    );
}

/// Cambridgeshire, audit of the thresholds 2017: 60 referrals drawn, 57 reported on, 69 % of those to
/// which the question applied were right. How many it applied to was not published.
#[test]
fn referrals_of_cambridgeshire() {
    let folder = tempfile::tempdir().unwrap();
    let summary = summary(
        folder.path(),
        "cambridgeshire-tool.json",
        &["cambridgeshire-data.json"],
    );
    let audit = &summary["audits"][0];
    assert_eq!(audit["cases"], 60);
    assert_eq!(
        (&audit["forms"]["submitted"], &audit["forms"]["outstanding"]),
        (&57.into(), &3.into())
    );
    let theme = &audit["themes"][0];
    let share = theme["share"]["value"].as_f64().unwrap();
    assert_eq!((share * 100.0).round(), 69.0);
    assert_eq!(
        theme["scored"].as_u64().unwrap() + theme["not_applicable"].as_u64().unwrap(),
        57
    );
    // What cannot be known: the counts. Several give 69 %, none of them out of all 57, and the
    // fixture is one of them.
    let percent = |part: u32, whole: u32| (f64::from(part) / f64::from(whole) * 100.0).round();
    let fitting = |whole: u32| (0..=whole).find(|part| percent(*part, whole) == 69.0);
    let counts: Vec<(u32, u32)> = (50..=57)
        .filter_map(|all| Some((fitting(all)?, all)))
        .collect();
    assert_eq!(counts, [(35, 51), (36, 52), (37, 54), (38, 55)]);
    let own = (
        theme["favourable"].as_u64().unwrap() as u32,
        theme["scored"].as_u64().unwrap() as u32,
    );
    assert!(counts.contains(&own), "{own:?}");
    // Not applicable is told apart here, and the period is known.
    assert_eq!(
        cannot_be_known(audit),
        [
            "agreement",
            "notes",
            "overall_grades",
            "panel",
            "children",
            "dates"
        ]
    );
    // The interval says how much the share itself can tell, whichever it was.
    let (low, high) = (&theme["share"]["low"], &theme["share"]["high"]);
    assert!(
        low.as_f64().unwrap() < 0.57 && high.as_f64().unwrap() > 0.79,
        "{low} {high}"
    );
}
