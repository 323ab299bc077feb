//! `summary --json` against the slow recount: of the small audit, of generated ones, of the worked
//! example and of published audits.

use std::path::Path;

use assert_cmd::Command;
use goldthread::analysis::Basis;
use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::recount::Recount;
use super::{Audit, generated, recount_days, small_audit};

/// Holds one audit of a summary against the recount.
fn hold(recount: &Recount<'_>, audit: &Value, basis: &str) {
    let mut themes = audit["themes"].clone();
    let mut sections = audit["sections"].clone();
    for heading in [&mut themes, &mut sections]
        .into_iter()
        .flat_map(|own| own.as_array_mut().unwrap())
    {
        heading.as_object_mut().unwrap().remove("share");
    }
    assert_eq!(audit["forms"], recount.forms());
    assert_eq!(audit["overall"], recount.overall());
    assert_eq!(audit["overall_panel"], recount.overall_panel());
    assert_eq!(audit["questions"], recount.question_rows(basis));
    assert_eq!(themes, recount.headings("theme", basis));
    assert_eq!(sections, recount.headings("section", basis));
    let agreement = &audit["agreement"];
    let pairs = ["pairs", "same", "adjacent", "further"].map(|key| agreement[key].clone());
    assert_eq!(pairs, recount.pairs().map(|count| json!(count)));
    close(&agreement["alpha"], recount.alpha("grade", true));
    close(
        &agreement["yes_partly_no"]["alpha"],
        recount.alpha("yes_partly_no", false),
    );
    assert_eq!(audit["timescales"], recount_days::timescales(recount));
    let changes = &audit["panel_changes"];
    let keys = [
        "judged",
        "same",
        "favourable",
        "unfavourable",
        "sideways",
        "from_blank",
        "unjudged",
    ];
    assert_eq!(
        keys.map(|key| changes[key].clone()),
        recount.panel_changes().map(|count| json!(count))
    );
}

fn close(found: &Value, expected: Option<f64>) {
    match expected {
        None => assert!(found.is_null(), "{found}"),
        Some(alpha) => assert!(
            (found.as_f64().unwrap() - alpha).abs() < 6e-4,
            "{found} {alpha}"
        ),
    }
}

fn hold_data(data: &Value) {
    let audit = Audit::of(data);
    let tool = serde_json::to_value(audit.register.tool_of(audit.id).unwrap()).unwrap();
    let recount = Recount {
        data,
        tool: &tool,
        local: None,
    };
    for basis in [Basis::Agency, Basis::Panel] {
        let summary = audit.summary_json(basis);
        hold(&recount, &summary["audits"][0], basis.name());
    }
}

#[test]
fn the_small_audit() {
    hold_data(&small_audit::data());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn generated_audits(data in generated::audit(12)) {
        hold_data(&data);
    }
}

fn goldthread(arguments: &[&str]) -> String {
    let done = Command::cargo_bin("goldthread")
        .unwrap()
        .args(arguments)
        .assert()
        .success();
    String::from_utf8(done.get_output().stdout.clone()).unwrap()
}

/// Every audit of a file: its data exported, its tool from the file's own table, its summary.
fn hold_file(folder: &Path, register: &str) {
    let database = Connection::open(register).unwrap();
    let tool = |name: &str| -> Value {
        let sql = "SELECT r.body FROM tool t JOIN record ON record.id = t.id
                   JOIN revision r ON r.id = record.head WHERE t.name = ?1";
        let body: String = database.query_row(sql, [name], |row| row.get(0)).unwrap();
        serde_json::from_str(&body).unwrap()
    };
    let sql = "SELECT local_rules FROM partnership";
    let local: Option<String> = database.query_row(sql, [], |row| row.get(0)).unwrap();
    let data = folder.join("exported.json");
    let data = data.to_str().unwrap();
    for basis in ["agency", "panel"] {
        let summary = goldthread(&["summary", register, "--basis", basis, "--json"]);
        let summary: Value = serde_json::from_str(&summary).unwrap();
        for audit in summary["audits"].as_array().unwrap() {
            let title = audit["title"].as_str().unwrap();
            goldthread(&[
                "export",
                register,
                "--as",
                "data-json",
                "--audit",
                title,
                "-o",
                data,
            ]);
            let exported = serde_json::from_str(&std::fs::read_to_string(data).unwrap()).unwrap();
            std::fs::remove_file(data).unwrap();
            let tool = tool(audit["tool"].as_str().unwrap());
            let local = local.as_deref();
            hold(
                &Recount {
                    data: &exported,
                    tool: &tool,
                    local,
                },
                audit,
                basis,
            );
        }
    }
}

#[test]
fn the_worked_example() {
    let folder = tempfile::tempdir().unwrap();
    let register = folder.path().join("demo.goldthread");
    let register = register.to_str().unwrap();
    goldthread(&["demo", register]);
    hold_file(folder.path(), register);
}

#[test]
fn published_audits() {
    let folder = tempfile::tempdir().unwrap();
    let register = folder.path().join("published.goldthread");
    let register = register.to_str().unwrap();
    goldthread(&["new", register, "--partnership", "Published"]);
    let fixture = |name: &str| format!("tests/fixtures/published/{name}");
    for name in ["sandwell", "warwickshire", "sutton", "cambridgeshire"] {
        goldthread(&[
            "tool",
            "add",
            register,
            &fixture(&format!("{name}-tool.json")),
        ]);
    }
    for name in [
        "sandwell",
        "warwickshire-2022",
        "warwickshire-2023",
        "sutton",
        "cambridgeshire",
    ] {
        goldthread(&["load", register, &fixture(&format!("{name}-data.json"))]);
    }
    hold_file(folder.path(), register);
}
