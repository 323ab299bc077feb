//! `actions`, `export --as actions-json` and `decisions`.

use serde_json::Value;

use super::{Desk, refused_untouched};

fn example() -> Desk {
    let desk = Desk::new();
    desk.run(&["demo", "r.goldthread"]).done();
    desk
}

#[test]
fn actions_are_listed_by_audit_overdue_ones_alone_if_asked() {
    let desk = example();
    let all = desk.run(&["actions", "r.goldthread"]).done();
    assert!(
        all.contains("Neglect 2019\n  Done: ") && all.contains("no owner"),
        "{all}"
    );
    let one = desk
        .run(&["actions", "r.goldthread", "--audit", "Neglect 2019"])
        .done();
    assert!(
        !one.contains("re-audit") && one.lines().count() < all.lines().count(),
        "{one}"
    );
    let overdue = desk.run(&["actions", "r.goldthread", "--overdue"]).done();
    assert!(
        !overdue.contains("Done: ") && overdue.contains("OVERDUE since 2020-06-30"),
        "{overdue}"
    );
    let json = desk
        .run(&["actions", "r.goldthread", "--overdue", "--json"])
        .done();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["schema"], "goldthread/actions/1");
    let count = json["actions"].as_array().unwrap().len();
    assert!(
        overdue.ends_with(&format!("{count} actions\n")),
        "{overdue}"
    );
}

#[test]
fn decisions_are_shown_taken_once_and_conflicts_are_refused_until_a_side_is_named() {
    let desk = example();
    desk.run(&[
        "export",
        "r.goldthread",
        "--as",
        "actions-json",
        "-o",
        "plan.json",
    ])
    .done();
    let unchanged = desk.run(&["decisions", "r.goldthread", "plan.json"]).done();
    assert!(unchanged.starts_with("0 actions decided on"), "{unchanged}");
    let mut plan = desk.json("plan.json");
    plan["actions"][0]["evidence_of_impact"] = "Seen in every plan.".into();
    plan["actions"][0]["update"] = "Read by the BMG.".into();
    desk.write("plan.json", plan.to_string());

    let before = std::fs::read(desk.path("r.goldthread")).unwrap();
    let shown = desk
        .run(&["decisions", "r.goldthread", "plan.json", "--dry-run"])
        .done();
    assert!(
        shown.contains("→ Seen in every plan.") && shown.contains("Note: Read by the BMG."),
        "{shown}"
    );
    assert_eq!(std::fs::read(desk.path("r.goldthread")).unwrap(), before);
    let taken = desk.run(&["decisions", "r.goldthread", "plan.json"]).done();
    assert!(taken.ends_with("Taken.\n"), "{taken}");
    let again = desk.run(&["decisions", "r.goldthread", "plan.json"]).done();
    assert!(again.starts_with("0 actions decided on"), "{again}");
    let history = plan["actions"][0]["id"].as_str().unwrap();
    let history = desk.run(&["history", "r.goldthread", history]).done();
    assert!(
        history.contains("because: Decisions read in from plan.json"),
        "{history}"
    );
    desk.run(&["check", "r.goldthread"]).done();

    // The file is of the version before: what both changed since is a conflict.
    plan["actions"][0]["evidence_of_impact"] = "Seen in half of the plans.".into();
    desk.write("plan.json", plan.to_string());
    let arguments = ["decisions", "r.goldthread", "plan.json"];
    let why = refused_untouched(&desk, &arguments);
    assert!(why.contains("1 field changed in the register too"), "{why}");
    let theirs = [&arguments[..], &["--conflicts", "theirs"]].concat();
    assert!(desk.run(&theirs).done().ends_with("Taken.\n"));
    let listed = desk.run(&["actions", "r.goldthread", "--json"]).done();
    assert!(listed.contains("Seen in half of the plans."), "{listed}");
}

#[test]
fn a_plan_is_never_published_and_a_file_of_something_else_is_refused() {
    let desk = example();
    let publish = [
        "export",
        "r.goldthread",
        "--as",
        "actions-json",
        "--publish",
        "-o",
        "plan.json",
    ];
    assert_eq!(desk.run(&publish).code, 2);
    assert!(!desk.path("plan.json").exists());
    desk.write("letter.txt", "Dear all,");
    let why = refused_untouched(&desk, &["decisions", "r.goldthread", "letter.txt"]);
    assert!(
        why.contains("line 1, column 1: it is not JSON") && why.contains("nothing was taken"),
        "{why}"
    );
}
