//! Passphrases and repair with the real program.

use rusqlite::Connection;

use super::{Desk, data, refused_untouched};

#[test]
fn a_passphrase_is_set_and_taken_away_and_never_an_argument() {
    let desk = Desk::with_audit();
    desk.write("new.txt", "kettle ladder moss\n");
    let out = desk
        .run(&[
            "passphrase",
            "r.goldthread",
            "--new-passphrase-file",
            "new.txt",
        ])
        .done();
    assert!(out.contains("Forgotten, nobody can open it"), "{out}");
    let refused = desk.run(&["check", "r.goldthread"]).refused();
    assert!(refused.contains("protected by a passphrase"), "{refused}");
    desk.run(&["check", "r.goldthread", "--passphrase-file", "new.txt"])
        .done();
    let usage = desk.run(&["passphrase", "r.goldthread"]);
    assert_eq!(usage.code, 2);
    desk.run(&[
        "passphrase",
        "r.goldthread",
        "--remove",
        "--passphrase-file",
        "new.txt",
    ])
    .done();
    desk.run(&["check", "r.goldthread"]).done();
}

#[test]
fn a_weak_passphrase_is_told() {
    let desk = Desk::with_audit();
    desk.write("new.txt", "secret\n");
    let arguments = [
        "passphrase",
        "r.goldthread",
        "--new-passphrase-file",
        "new.txt",
    ];
    let out = desk.run(&arguments).done();
    assert!(out.contains("Weak: quickly guessed"), "{out}");
}

#[test]
fn a_repair_says_in_counts_what_it_did() {
    let desk = Desk::with_audit();
    let outside = Connection::open(desk.path("r.goldthread")).unwrap();
    outside
        .execute("UPDATE answer SET value = 'good' WHERE blank IS NULL", [])
        .unwrap();
    outside.execute("DELETE FROM judgement", []).unwrap();
    outside
        .execute("UPDATE audit SET title = 'Other'", [])
        .unwrap();
    outside.close().unwrap();
    desk.run(&["check", "r.goldthread"]).refused();
    let out = desk.run(&["check", "r.goldthread", "--repair"]).done();
    assert!(
        out.contains("0 records put right, 2 rows put right"),
        "{out}"
    );
    assert!(out.contains("before-repair"), "{out}");
    assert!(out.contains("is whole"), "{out}");
}

#[test]
fn an_export_with_names_is_refused_until_they_are_said_to_be_checked() {
    let desk = Desk::with_audit();
    let mut named = data();
    named["audit"]["title"] = "Neglect 2020".into();
    named["forms"][0]["answers"]["C01"]["worked"] = "Kayleigh Brown was seen at NG5 1PB.".into();
    desk.write("named.json", named.to_string());
    desk.run(&["load", "r.goldthread", "named.json"]).done();
    let export = [
        "export",
        "r.goldthread",
        "--as",
        "data-json",
        "--audit",
        "Neglect 2020",
        "-o",
        "out.json",
    ];
    let refused = refused_untouched(&desk, &export);
    assert!(refused.contains("2 texts of this export"), "{refused}");
    assert!(refused.contains("NEG19-01, CSC, C01, worked"), "{refused}");
    assert!(refused.contains("--names-checked"), "{refused}");
    assert!(!refused.contains("Kayleigh"), "{refused}");
    desk.run(&[&export[..], &["--names-checked"]].concat())
        .done();
    assert!(desk.text("out.json").contains("Kayleigh Brown"));
    // The same words leave nowhere in the BMG's own file.
    let bmg = [
        "export",
        "r.goldthread",
        "--as",
        "bmg-json",
        "-o",
        "bmg.json",
    ];
    desk.run(&bmg).done();
}

#[test]
fn free_text_for_the_bmg_is_looked_at_too() {
    let desk = Desk::new();
    let mut named = data();
    named["hypotheses"] = serde_json::json!([
        {"code": "H1", "text": "Darren Whitlock was not assessed.", "questions": ["C01"]}
    ]);
    desk.write("named.json", named.to_string());
    desk.run(&["new", "r.goldthread", "--partnership", "Anywhere"])
        .done();
    desk.run(&["load", "r.goldthread", "named.json"]).done();
    let title = ["--audit", "Neglect 2019"];
    for kind in [
        &["bmg-json"][..],
        &["xlsx"],
        &["csv"],
        &["docx", "--paper", "bmg"],
        &["docx", "--paper", "briefing"],
        &["docx", "--paper", "annual", "--year", "2019-20"],
    ] {
        let arguments = [&["export", "r.goldthread", "--as"], kind].concat();
        let arguments = match kind {
            [.., "annual", _, _] => arguments,
            _ => [&arguments[..], &title].concat(),
        };
        let arguments = [&arguments[..], &["-o", "out"]].concat();
        let refused = refused_untouched(&desk, &arguments);
        assert!(
            refused.contains("1 text of this export"),
            "{kind:?} {refused}"
        );
    }
}

#[test]
fn the_worked_example_names_nobody() {
    let desk = Desk::new();
    desk.run(&["demo", "d.goldthread"]).done();
    desk.run(&[
        "export",
        "d.goldthread",
        "--as",
        "bmg-json",
        "-o",
        "bmg.json",
    ])
    .done();
    let audits = desk.json("bmg.json")["audits"].as_array().unwrap().clone();
    assert!(audits.len() >= 4);
    for (at, audit) in audits.iter().enumerate() {
        let (title, out) = (audit["title"].as_str().unwrap(), format!("{at}.json"));
        let arguments = [
            "export",
            "d.goldthread",
            "--as",
            "data-json",
            "--audit",
            title,
            "-o",
            &out,
        ];
        desk.run(&arguments).done();
    }
}

/// Everything that is said, also on failing, holds neither a passphrase nor what a file holds.
#[test]
fn nothing_secret_is_said_by_the_program_or_left_in_its_files() {
    let desk = Desk::with_audit();
    let (right, wrong, known) = (
        "kettle ladder moss",
        "granite ferry plum",
        "Zebedee's lighthouse",
    );
    desk.write("right.txt", format!("{right}\n"))
        .write("wrong.txt", format!("{wrong}\n"));
    let mut named = data();
    named["audit"]["title"] = "Other".into();
    named["forms"][0]["answers"]["C01"]["worked"] = known.into();
    desk.write("named.json", named.to_string());
    desk.run(&["load", "r.goldthread", "named.json"]).done();
    let runs: &[&[&str]] = &[
        &[
            "passphrase",
            "r.goldthread",
            "--new-passphrase-file",
            "right.txt",
        ],
        &["check", "r.goldthread"],
        &["check", "r.goldthread", "--passphrase-file", "wrong.txt"],
        &[
            "check",
            "r.goldthread",
            "--json",
            "--passphrase-file",
            "wrong.txt",
        ],
        &["summary", "r.goldthread", "--passphrase-file", "right.txt"],
        &[
            "merge",
            "r.goldthread",
            "right.txt",
            "--passphrase-file",
            "right.txt",
        ],
        &[
            "load",
            "r.goldthread",
            "named.json",
            "--passphrase-file",
            "right.txt",
        ],
        &[
            "backup",
            "r.goldthread",
            "copy.goldthread",
            "--passphrase-file",
            "right.txt",
        ],
        &[
            "passphrase",
            "r.goldthread",
            "--remove",
            "--passphrase-file",
            "wrong.txt",
        ],
    ];
    for run in runs {
        let mut command = assert_cmd::Command::cargo_bin("goldthread").unwrap();
        let settings = desk.path("settings");
        let output = command
            .current_dir(desk.0.path())
            .env("RUST_LOG", "trace")
            .env("RUST_BACKTRACE", "full")
            .env("XDG_CONFIG_HOME", &settings)
            .args(*run)
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        for secret in [right, wrong, "lighthouse"] {
            assert!(!said.contains(secret), "{run:?}: {said}");
        }
    }
    for file in ["r.goldthread", "copy.goldthread"] {
        let bytes = std::fs::read(desk.path(file)).unwrap();
        for secret in [right, known, "lighthouse"] {
            let found = bytes
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!found, "{file} holds {secret}");
        }
    }
    assert!(
        !desk.path("settings").exists(),
        "the command line keeps no settings"
    );
}
