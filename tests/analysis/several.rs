//! The themes of several partnerships beside one another: counts, and nothing else of them.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

fn goldthread(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("goldthread").unwrap();
    let done = command
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        done.status.code().unwrap(),
        text(done.stdout),
        text(done.stderr),
    )
}

fn ok(folder: &Path, arguments: &[&str]) -> String {
    let (code, out, err) = goldthread(folder, arguments);
    assert_eq!(code, 0, "{err}");
    out
}

/// City, the worked example; County, with a passphrase and one published audit.
fn registers() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    ok(at, &["demo", "city.goldthread"]);
    fs::write(at.join("passphrase"), "county and only county").unwrap();
    let with = ["--passphrase-file", "passphrase"];
    let fixtures = std::env::current_dir()
        .unwrap()
        .join("tests/fixtures/published");
    let fixture = |name: &str| fixtures.join(name).to_str().unwrap().to_owned();
    let encrypted = cfg!(feature = "encryption");
    let county = |arguments: &[&str]| {
        let with = if encrypted { &with[..] } else { &[] };
        ok(at, &[arguments, with].concat());
    };
    county(&["new", "county.goldthread", "--partnership", "County"]);
    county(&[
        "tool",
        "add",
        "county.goldthread",
        &fixture("warwickshire-tool.json"),
    ]);
    county(&[
        "load",
        "county.goldthread",
        &fixture("warwickshire-2022-data.json"),
    ]);
    folder
}

#[test]
fn themes_of_two_partnerships_stand_side_by_side() {
    let folder = registers();
    let at = folder.path();
    let before = fs::read(at.join("county.goldthread")).unwrap();
    let mut arguments = vec!["summary", "city.goldthread", "--with", "county.goldthread"];
    if cfg!(feature = "encryption") {
        arguments.extend(["--with-passphrase-file", "passphrase"]);
    }
    let text = ok(at, &arguments);
    assert!(
        text.contains("County: Police child protection cases 2022"),
        "{text}"
    );
    assert!(text.contains("Themes by partnership"), "{text}");
    let recognition = text
        .lines()
        .rfind(|line| line.trim_start().starts_with("T01 "))
        .unwrap();
    assert!(recognition.ends_with("23 of 74"), "{recognition}");
    let voice = text
        .lines()
        .rfind(|line| line.trim_start().starts_with("T06 "))
        .unwrap();
    assert!(voice.ends_with("not asked"), "{voice}");
    arguments.push("--json");
    let json: Value = serde_json::from_str(&ok(at, &arguments)).unwrap();
    let county = &json["partnerships"][0];
    assert_eq!(
        (&county["partnership"], &county["worked_example"]),
        (&"County".into(), &false.into())
    );
    assert_eq!(county["themes"][0]["by_audit"][0]["scored"], 74);
    assert!(
        !county.to_string().contains("WPC22-01"),
        "no case leaves its file"
    );
    assert_eq!(
        fs::read(at.join("county.goldthread")).unwrap(),
        before,
        "only read"
    );
}

#[test]
fn what_is_no_register_is_refused_in_a_sentence() {
    let folder = registers();
    let at = folder.path();
    fs::write(at.join("letter.goldthread"), "Dear all").unwrap();
    ok(
        at,
        &[
            "issue",
            "city.goldthread",
            "--audit",
            "Neglect re-audit 2020",
            "--agency",
            "GP",
            "-o",
            "gp.goldthread",
        ],
    );
    for (other, words) in [
        ("letter.goldthread", "letter.goldthread"),
        ("gp.goldthread", "one agency's return"),
        ("missing.goldthread", "missing.goldthread"),
    ] {
        let (code, out, err) = goldthread(at, &["summary", "city.goldthread", "--with", other]);
        assert_eq!((code, err.lines().count()), (1, 1), "{other}: {err}");
        assert!(
            err.contains(words) && out.is_empty(),
            "{other}: {err} {out}"
        );
    }
}
