//! What each command does when all is well.

use super::{Desk, data};

#[test]
fn a_new_register_has_its_partnership_and_all_agencies_and_overwrites_nothing() {
    let desk = Desk::new();
    let out = desk
        .run(&["new", "r.goldthread", "--partnership", "Anywhere"])
        .done();
    assert_eq!(out, "Made r.goldthread for Anywhere, with 7 agencies.\n");
    assert!(
        desk.run(&["check", "r.goldthread"])
            .done()
            .contains("is whole")
    );
    let message =
        super::refused_untouched(&desk, &["new", "r.goldthread", "--partnership", "Other"]);
    assert!(message.contains("exists already"), "{message}");
    let message = super::refused_untouched(&desk, &["demo", "r.goldthread"]);
    assert!(message.contains("exists already"), "{message}");
}

#[test]
fn loaded_data_is_summed_up_and_exported_as_it_was() {
    let desk = Desk::with_audit();
    let text = desk.run(&["summary", "r.goldthread"]).done();
    for line in [
        "Neglect 2019",
        "neglect@1, 2 cases, practice of 01/11/2018 to 31/10/2019",
        "All agencies          4           1           1          0             2",
    ] {
        assert!(text.contains(line), "{text}");
    }
    desk.run(&[
        "export",
        "r.goldthread",
        "--as",
        "data-json",
        "--audit",
        "Neglect 2019",
        "-o",
        "o.json",
    ])
    .done();
    assert_eq!(desk.json("o.json"), data());
}

#[test]
fn an_audit_is_named_by_title_or_id_and_the_basis_is_chosen() {
    let desk = Desk::with_audit();
    let summary = |arguments: &[&str]| -> serde_json::Value {
        let all = [&["summary", "r.goldthread", "--json"], arguments].concat();
        serde_json::from_str(&desk.run(&all).done()).unwrap()
    };
    let by_title = summary(&["--audit", "Neglect 2019"]);
    let id = by_title["audits"][0]["id"].as_str().unwrap();
    assert_eq!(summary(&["--audit", id]), by_title);
    let c01 = |summary: &serde_json::Value| {
        let questions = summary["audits"][0]["questions"].as_array().unwrap();
        questions
            .iter()
            .find(|row| row["question"] == "C01")
            .unwrap()
            .clone()
    };
    assert_eq!(c01(&by_title)["counts"]["good"], 1);
    let panel = c01(&summary(&["--basis", "panel"]));
    assert_eq!(panel["counts"]["inadequate"], 1);
    assert_eq!(panel["agency"], serde_json::Value::Null);
    let rules = by_title["audits"][0]["timescales"].as_array().unwrap();
    let r4 = rules.iter().find(|rule| rule["rule"] == "R4").unwrap();
    assert_eq!((&r4["met"], &r4["cannot_compute"]), (&1.into(), &1.into()));
}

#[test]
fn the_bmg_export_is_of_all_audits_unless_one_is_named() {
    let desk = Desk::with_audit();
    let out = desk
        .run(&["export", "r.goldthread", "--as", "bmg-json", "-o", "b.json"])
        .done();
    assert_eq!(out, "Exported 1 audit for the BMG to b.json.\n");
    let bmg = desk.json("b.json");
    assert_eq!(bmg["schema"], "goldthread/bmg/1");
    assert_eq!(bmg["partnership"], "Anywhere");
    assert!(!desk.text("b.json").contains("NEG19-01"));
    let publish = [
        "export",
        "r.goldthread",
        "--as",
        "bmg-json",
        "--publish",
        "-o",
        "b.json",
    ];
    assert!(
        desk.run(&publish)
            .refused()
            .contains("once its findings are agreed")
    );
    let named = [&publish[..], &["--audit", "Neglect 2019"]].concat();
    assert!(
        desk.run(&named)
            .refused()
            .contains("“Neglect 2019” are not agreed yet")
    );
    let mut agreed = data();
    agreed["audit"]["title"] = "Neglect, agreed".into();
    agreed["audit"]["state"] = "findings_agreed".into();
    desk.write("agreed.json", agreed.to_string());
    desk.run(&["load", "r.goldthread", "agreed.json"]).done();
    let said = desk.run(&publish).done();
    assert!(
        said.contains("1 audit for the BMG with small numbers hidden, without 1 audit whose"),
        "{said}"
    );
    let bmg = desk.json("b.json");
    assert_eq!(bmg["audits"].as_array().unwrap().len(), 1);
    assert_eq!(bmg["audits"][0]["sample"]["cases"], "c");
    assert!(!desk.text("b.json").contains("Neglect 2019"));
}

#[test]
fn tools_are_listed_shown_checked_and_added() {
    let desk = Desk::new();
    let root = env!("CARGO_MANIFEST_DIR");
    let rounds = format!("{root}/tests/fixtures/tools/rounds.json");
    let list = desk.run(&["tool", "list"]).done();
    assert_eq!(list.lines().count(), 5);
    assert!(list.contains("neglect@1"), "{list}");
    let list: serde_json::Value =
        serde_json::from_str(&desk.run(&["tool", "list", "--json"]).done()).unwrap();
    assert_eq!(list["tools"].as_array().unwrap().len(), 5);
    let shown = desk.run(&["tool", "show", "neglect"]).done();
    assert!(
        shown.contains("N04a") && shown.contains("only if N04 is"),
        "{shown}"
    );
    assert!(
        desk.run(&["tool", "check", &rounds])
            .done()
            .contains("rounds@1, 8 questions")
    );
    desk.run(&["new", "r.goldthread", "--partnership", "Anywhere"])
        .done();
    desk.run(&["tool", "add", "r.goldthread", &rounds]).done();
    // The same once more changes nothing; the same version with other words is refused.
    desk.run(&["tool", "add", "r.goldthread", &rounds]).done();
    let other = std::fs::read_to_string(&rounds)
        .unwrap()
        .replace("Was the referrer told?", "Was she?");
    desk.write("other.json", other);
    let message = super::refused_untouched(&desk, &["tool", "add", "r.goldthread", "other.json"]);
    assert!(message.contains("a version is never changed"), "{message}");
}

#[test]
fn a_record_s_history_says_who_when_and_what() {
    let desk = Desk::with_audit();
    let out = desk
        .run(&["history", "r.goldthread", "Neglect 2019"])
        .done();
    for words in [
        "business office",
        "because: Loaded from data.json",
        "Title: nothing → Neglect 2019",
    ] {
        assert!(out.contains(words), "{out}");
    }
}

#[test]
fn a_case_a_form_and_an_answer_are_found_by_their_place() {
    let desk = Desk::with_audit();
    for (place, kind) in [
        ("NEG19-01", "Case NEG19-01, Neglect 2019 ("),
        ("NEG19-01 CSC", "Form, NEG19-01, Social care ("),
        ("NEG19-01 CSC C01", "Answer to C01, NEG19-01, Social care ("),
        ("NEG19-01 panel C01", "Panel judgement on C01, NEG19-01 ("),
    ] {
        let out = desk.run(&["history", "r.goldthread", place]).done();
        assert!(out.starts_with(kind), "{place}: {out}");
    }
    for nowhere in [
        "NEG19-99",
        "NEG19-01 XYZ",
        "NEG19-01 CSC C99",
        "NEG19-01 CSC C01 more",
        "NEG19-01 panel C99",
        "finding 99 of Neglect 2019",
        "finding 1 of Nothing",
    ] {
        let message = super::refused_untouched(&desk, &["history", "r.goldthread", nowhere]);
        assert!(message.contains("There is no record"), "{message}");
    }
}

#[test]
fn what_the_panel_judged_agreed_and_found_is_found_by_its_words() {
    let desk = Desk::new();
    desk.run(&["demo", "r.goldthread"]).done();
    for (place, title, change) in [
        (
            "NEG19-02 panel strategy_s47",
            "Agreed date “Strategy discussion that started the section 47 enquiry”, NEG19-02 (",
            "Date: nothing → 28/11/2018",
        ),
        (
            "NEG19-02 POL strategy_s47",
            "Key date “Strategy discussion that started the section 47 enquiry”, NEG19-02, Police (",
            "Date: nothing → 28/11/2018",
        ),
        (
            "NEG19-01 panel",
            "Panel judgement on the overall grade, NEG19-01 (",
            "Judgement: nothing → ",
        ),
        (
            "finding 1 of Neglect 2019",
            "Finding 1, Neglect 2019 (",
            "Kind: nothing → ",
        ),
        (
            "action 1 of Neglect 2019",
            "Action, Neglect 2019 (",
            "Owner: nothing → ",
        ),
    ] {
        let out = desk.run(&["history", "r.goldthread", place]).done();
        assert!(out.starts_with(title), "{place}: {out}");
        assert!(out.contains(change), "{place}: {out}");
    }
}

#[test]
fn a_backup_is_a_whole_copy() {
    let desk = Desk::with_audit();
    desk.run(&["backup", "r.goldthread", "copy.goldthread"])
        .done();
    let summary = |file: &str| desk.run(&["summary", file]).done();
    assert_eq!(summary("copy.goldthread"), summary("r.goldthread"));
    let message = super::refused_untouched(&desk, &["backup", "r.goldthread", "copy.goldthread"]);
    assert!(message.contains("exists already"), "{message}");
}

#[test]
fn a_check_in_json_is_json_whatever_it_finds() {
    let desk = Desk::with_audit();
    let check = |file: &str| -> (i32, serde_json::Value) {
        let ended = desk.run(&["check", file, "--json"]);
        (ended.code, serde_json::from_str(&ended.out).unwrap())
    };
    let (code, found) = check("r.goldthread");
    assert_eq!((code, &found["whole"]), (0, &true.into()));
    desk.write("text.goldthread", "not a register");
    let (code, found) = check("text.goldthread");
    assert_eq!((code, &found["whole"]), (1, &false.into()));
    assert_eq!(found["faults"].as_array().unwrap().len(), 1);
}

#[test]
#[cfg(feature = "encryption")]
fn a_passphrase_comes_from_the_first_line_of_a_file() {
    let desk = Desk::new();
    desk.write("secret", "correct horse\nsecond line\n")
        .write("wrong", "battery\n");
    desk.write("empty", "\n")
        .write("data.json", data().to_string());
    let with = ["--passphrase-file", "secret"];
    desk.run(
        &[
            &["new", "r.goldthread", "--partnership", "Anywhere"],
            &with[..],
        ]
        .concat(),
    )
    .done();
    desk.run(&[&["load", "r.goldthread", "data.json"], &with[..]].concat())
        .done();
    let out = desk
        .run(&[&with[..], &["summary", "r.goldthread"]].concat())
        .done();
    assert!(out.contains("Neglect 2019"));
    let bytes = std::fs::read(desk.path("r.goldthread")).unwrap();
    assert!(!bytes.windows(7).any(|window| window == b"Neglect"));
    let refused = |arguments: &[&str]| super::refused_untouched(&desk, arguments);
    assert!(refused(&["summary", "r.goldthread"]).contains("protected by a passphrase"));
    let wrong = refused(&["summary", "r.goldthread", "--passphrase-file", "wrong"]);
    assert!(wrong.contains("does not open"), "{wrong}");
    let empty = refused(&["summary", "r.goldthread", "--passphrase-file", "empty"]);
    assert!(empty.contains("is empty"), "{empty}");
}

#[test]
fn the_command_line_itself_is_usage() {
    let desk = Desk::with_audit();
    let cases: [&[&str]; 8] = [
        &["frobnicate", "r.goldthread"],
        &["summary"],
        &["summary", "r.goldthread", "--basis", "nobody"],
        &["export", "r.goldthread", "--as", "pptx", "-o", "x"],
        &["export", "r.goldthread", "--as", "docx", "-o", "x"],
        &["export", "r.goldthread", "--as", "data-json", "-o", "x"],
        &[
            "export",
            "r.goldthread",
            "--as",
            "data-json",
            "--audit",
            "Neglect 2019",
            "--publish",
            "-o",
            "x",
        ],
        &["new", "s.goldthread", "--partnership", "  "],
    ];
    for arguments in cases {
        let ended = desk.run(arguments);
        assert_eq!(ended.code, 2, "{arguments:?}: {}", ended.error);
        assert!(!ended.error.is_empty());
    }
    assert_eq!(desk.run(&["--help"]).code, 0);
    assert_eq!(desk.run(&["--version"]).code, 0);
}
