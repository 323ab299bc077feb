//! Bad input: one sentence, exit code 1, and every file as it was.

use std::fs;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::{Desk, data, refused_untouched};

/// Commands that open a register.
const OPENING: [&[&str]; 5] = [
    &["summary", "bad.goldthread"],
    &["check", "bad.goldthread"],
    &["load", "bad.goldthread", "data.json"],
    &[
        "export",
        "bad.goldthread",
        "--as",
        "bmg-json",
        "-o",
        "out.json",
    ],
    &["backup", "bad.goldthread", "copy.goldthread"],
];

/// Every command that opens `bad.goldthread` refuses it with these words.
fn every_opening_refuses(desk: &Desk, words: &str) {
    desk.write("data.json", data().to_string());
    for arguments in OPENING {
        let message = refused_untouched(desk, arguments);
        assert!(message.contains(words), "{arguments:?}: {message}");
        assert!(message.contains("bad.goldthread"), "{message}");
    }
}

#[test]
fn a_text_file() {
    let desk = Desk::new();
    desk.write(
        "bad.goldthread",
        "Dear colleague,\nplease find enclosed the audit.\n".repeat(100),
    );
    every_opening_refuses(&desk, "is not a Goldthread file");
}

#[test]
fn an_empty_file_and_a_missing_one() {
    let desk = Desk::new();
    desk.write("bad.goldthread", "");
    every_opening_refuses(&desk, "bad.goldthread");
    fs::remove_file(desk.path("bad.goldthread")).unwrap();
    every_opening_refuses(&desk, "There is no file");
}

#[test]
fn another_programs_sqlite_file() {
    let desk = Desk::new();
    let db = Connection::open(desk.path("bad.goldthread")).unwrap();
    db.execute_batch("CREATE TABLE bookmark (url TEXT); PRAGMA user_version = 3")
        .unwrap();
    drop(db);
    every_opening_refuses(&desk, "is not a Goldthread file");
}

#[test]
fn a_file_of_a_newer_version() {
    let desk = Desk::with_audit();
    fs::rename(desk.path("r.goldthread"), desk.path("bad.goldthread")).unwrap();
    let db = Connection::open(desk.path("bad.goldthread")).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    every_opening_refuses(&desk, "saved by a newer version");
}

#[test]
fn a_truncated_file() {
    let desk = Desk::with_audit();
    let whole = fs::read(desk.path("r.goldthread")).unwrap();
    desk.write("bad.goldthread", &whole[..whole.len() * 2 / 3]);
    every_opening_refuses(&desk, "is damaged");
}

#[test]
fn a_flipped_bit_is_never_summed_up_or_exported() {
    let desk = Desk::with_audit();
    let whole = fs::read(desk.path("r.goldthread")).unwrap();
    let sound = desk.run(&["summary", "r.goldthread"]).done();
    let (mut refused, step) = (0, whole.len() / 60);
    for at in (16..whole.len()).step_by(step) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        desk.write("bad.goldthread", &bytes);
        let ended = desk.run(&["summary", "bad.goldthread"]);
        if ended.code == 0 {
            // A bit that holds nothing: free space in a page.
            assert_eq!(ended.out, sound, "byte {at}");
        } else {
            ended.refused();
            refused += 1;
            let export = [
                "export",
                "bad.goldthread",
                "--as",
                "bmg-json",
                "-o",
                "out.json",
            ];
            desk.run(&export).refused();
            assert!(!desk.path("out.json").exists());
        }
        assert_eq!(
            fs::read(desk.path("bad.goldthread")).unwrap(),
            bytes,
            "byte {at}"
        );
    }
    assert!(refused > 10, "{refused}");
}

/// A change to good data and words of the refusal.
type Slip = (&'static str, fn(&mut Value));

const BAD_DATA: [Slip; 6] = [
    ("no question “Q99” in neglect@1", |d| {
        d["forms"][0]["answers"]["Q99"] = json!({"value": "good"})
    }),
    ("“splendid” is not one of outstanding", |d| {
        d["forms"][0]["answers"]["C01"]["value"] = "splendid".into()
    }),
    ("the case NEG19-01 is there twice", |d| {
        d["cases"][1]["ref"] = "NEG19-01".into()
    }),
    ("goldthread/data/1", |d| {
        d["schema"] = "goldthread/data/9".into()
    }),
    ("“title” is missing", |d| {
        drop(d["audit"].as_object_mut().unwrap().remove("title"))
    }),
    ("not asked of POL", |d| {
        d["forms"][1]["status"] = "submitted".into();
        d["forms"][1]["answers"] = json!({"N08": {"value": "good"}});
    }),
];

#[test]
fn bad_data() {
    let desk = Desk::new();
    desk.run(&["new", "r.goldthread", "--partnership", "Anywhere"])
        .done();
    for (words, change) in BAD_DATA {
        let mut bad = data();
        change(&mut bad);
        if words.contains("twice") {
            bad["forms"].as_array_mut().unwrap().pop();
        }
        desk.write("bad.json", bad.to_string());
        let message = refused_untouched(&desk, &["load", "r.goldthread", "bad.json"]);
        assert!(message.contains(words), "{words}: {message}");
        assert!(
            message.contains("bad.json") && message.contains("nothing was loaded"),
            "{message}"
        );
    }
}

#[test]
fn several_problems_are_listed_and_summed_up_in_one_line() {
    let desk = Desk::with_audit();
    let mut bad = data();
    bad["forms"][0]["overall"] = "splendid".into();
    desk.write("bad.json", bad.to_string());
    let ended = desk.run(&["load", "r.goldthread", "bad.json"]);
    assert_eq!(ended.out.lines().count(), 2, "{}", ended.out);
    assert!(ended.refused().contains("2 problems; nothing was loaded"));
}

#[test]
fn thirty_megabytes_of_nesting() {
    let desk = Desk::new();
    desk.run(&["new", "r.goldthread", "--partnership", "Anywhere"])
        .done();
    desk.write("bad.json", "[".repeat(30_000_000));
    let message = refused_untouched(&desk, &["load", "r.goldthread", "bad.json"]);
    assert!(message.contains("nested far deeper"), "{message}");
}

#[test]
fn data_that_is_not_text_or_not_there() {
    let desk = Desk::new();
    desk.run(&["new", "r.goldthread", "--partnership", "Anywhere"])
        .done();
    desk.write("bad.json", [0x50, 0x4b, 0xff, 0xfe]);
    let message = refused_untouched(&desk, &["load", "r.goldthread", "bad.json"]);
    assert!(message.contains("not a text file"), "{message}");
    let message = refused_untouched(&desk, &["load", "r.goldthread", "none.json"]);
    assert!(message.contains("There is no file none.json"), "{message}");
    let message = refused_untouched(&desk, &["load", "r.goldthread", "."]);
    assert!(message.contains("is a folder"), "{message}");
}

#[test]
fn places_that_cannot_be_written() {
    let desk = Desk::with_audit();
    // Below a file, because a test may run as a user who may write everywhere.
    let below = "data.json/out";
    let export = ["export", "r.goldthread", "--as", "bmg-json", "-o", below];
    assert!(refused_untouched(&desk, &export).contains("cannot be written"));
    let new = ["new", "data.json/s.goldthread", "--partnership", "Anywhere"];
    assert!(refused_untouched(&desk, &new).contains("cannot be written"));
    let demo = ["demo", "none/demo.goldthread"];
    assert!(refused_untouched(&desk, &demo).contains("cannot be written"));
    let backup = ["backup", "r.goldthread", "none/copy.goldthread"];
    assert!(refused_untouched(&desk, &backup).contains("cannot be written"));
    let over = [
        "export",
        "r.goldthread",
        "--as",
        "bmg-json",
        "-o",
        "r.goldthread",
    ];
    assert!(refused_untouched(&desk, &over).contains("is not written over"));
}

#[test]
fn what_is_not_in_the_register() {
    let desk = Desk::with_audit();
    let cases: [(&[&str], &str); 4] = [
        (
            &["summary", "r.goldthread", "--audit", "Nothing"],
            "no audit called “Nothing”",
        ),
        (
            &["history", "r.goldthread", "Nothing"],
            "no record “Nothing”",
        ),
        (
            &[
                "history",
                "r.goldthread",
                "0198c0de-0000-7000-8000-000000000001",
            ],
            "no record",
        ),
        (&["tool", "show", "nothing"], "no built-in tool “nothing”"),
    ];
    for (arguments, words) in cases {
        let message = refused_untouched(&desk, arguments);
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn a_bad_tool_file_is_listed_with_line_and_column() {
    let desk = Desk::new();
    let tool = include_str!("../fixtures/tools/rounds.json");
    let bad = tool
        .replace("\"T03\"", "\"T99\"")
        .replace("ofsted-2013", "one-to-ten");
    desk.write("bad.json", bad);
    let ended = desk.run(&["tool", "check", "bad.json"]);
    assert_eq!(ended.out.lines().count(), 3, "{}", ended.out);
    assert!(
        ended
            .out
            .contains("bad.json: line 8, column 17 (/grade_scale)"),
        "{}",
        ended.out
    );
    assert!(ended.refused().contains("3 problems"));
    desk.run(&["new", "r.goldthread", "--partnership", "Anywhere"])
        .done();
    let ended = desk.run(&["tool", "add", "r.goldthread", "bad.json"]);
    ended.refused();
    desk.write("bad.json", "{");
    let message = refused_untouched(&desk, &["tool", "check", "bad.json"]);
    assert!(message.contains("1 problem"), "{message}");
}

/// A register may have any name, and with a passphrase looks like nothing: no export takes its place.
#[test]
fn no_export_takes_the_place_of_a_register_whatever_its_name() {
    let desk = Desk::new();
    desk.write("data.json", data().to_string())
        .write("key", "one two three four");
    for (name, key) in [("reg.db", None), ("secret.json", Some("key"))] {
        let run = |arguments: &[&str]| {
            let key = key.map_or(vec![], |key| vec!["--passphrase-file", key]);
            [arguments, &key]
                .concat()
                .iter()
                .map(|part| (*part).to_owned())
                .collect::<Vec<_>>()
        };
        let words = |all: &[String]| desk.run(&all.iter().map(String::as_str).collect::<Vec<_>>());
        words(&run(&["new", name, "--partnership", "Anywhere"])).done();
        words(&run(&["load", name, "data.json"])).done();
        let exports: [&[&str]; 5] = [
            &["bmg-json"],
            &["data-json", "--audit", "Neglect 2019"],
            &["xlsx"],
            &["docx", "--paper", "bmg"],
            &["csv"],
        ];
        for export in exports {
            let all = [&["export", name, "-o", name, "--as"], export].concat();
            let all = run(&all);
            let all: Vec<&str> = all.iter().map(String::as_str).collect();
            let message = refused_untouched(&desk, &all);
            assert!(message.contains(name), "{message}");
        }
        words(&run(&["check", name])).done();
    }
}

#[test]
fn a_day_of_no_year_that_matters_is_a_usage_error() {
    let desk = Desk::with_audit();
    let issue = [
        "issue",
        "r.goldthread",
        "--audit",
        "Neglect 2019",
        "--agency",
        "POL",
        "-o",
        "p.goldthread",
    ];
    let keep = [
        "retention",
        "r.goldthread",
        "--audit",
        "Neglect 2019",
        "set",
    ];
    let keep = &keep[..4];
    for day in [
        "+262142-12-31",
        "0001-01-01",
        "9999-12-31",
        "2020-02-30",
        "soon",
    ] {
        let day = format!("={day}");
        for (command, option) in [(&issue[..], "--due"), (keep, "--date")] {
            let option = format!("{option}{day}");
            let ended = desk.run(&[command, &[option.as_str()]].concat());
            assert_eq!(ended.code, 2, "{option}: {}", ended.error);
        }
        assert!(!desk.path("p.goldthread").exists());
    }
    desk.run(&[&issue[..], &["--due", "2020-06-01"]].concat())
        .done();
}
