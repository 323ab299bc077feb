//! The real program on the command line: every command, its exit code, and what it refuses.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod actions;
mod commands;
mod papers;
mod redact;
mod refusals;
mod retention;
mod returns;
mod seven;
mod trust;
mod workbook;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::{Value, json};

/// How a command ended.
struct Ended {
    code: i32,
    out: String,
    error: String,
}

impl Ended {
    /// The output of a command that has to succeed without a word on stderr.
    fn done(self) -> String {
        assert_eq!((self.code, self.error.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// The one line of a command that has to be refused.
    fn refused(self) -> String {
        assert_eq!(self.code, 1, "{} {}", self.out, self.error);
        assert_eq!(self.error.lines().count(), 1, "{}", self.error);
        assert!(self.error.starts_with("goldthread: "), "{}", self.error);
        self.error
    }
}

/// A folder of its own for each test.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.text(name)).unwrap()
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        fs::write(self.path(name), content).unwrap();
        self
    }

    /// Runs the program in the folder.
    fn run(&self, arguments: &[&str]) -> Ended {
        let mut command = Command::cargo_bin("goldthread").unwrap();
        let output = command
            .current_dir(self.0.path())
            .env("HOSTNAME", "office-7")
            .args(arguments)
            .output()
            .unwrap();
        Ended {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            error: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// A folder with a register `r.goldthread` that holds one audit, and the audit's `data.json`.
    fn with_audit() -> Self {
        let desk = Self::new();
        desk.write("data.json", data().to_string());
        desk.run(&["new", "r.goldthread", "--partnership", "Anywhere"])
            .done();
        desk.run(&["load", "r.goldthread", "data.json"]).done();
        desk
    }
}

/// The data of a small neglect audit.
fn data() -> Value {
    json!({"schema": "goldthread/data/1",
        "audit": {"title": "Neglect 2019", "tool": "neglect@1", "from": "2018-11-01",
                  "to": "2019-10-31", "agencies": ["CSC", "POL"], "re_audit_of": null},
        "cases": [{"ref": "NEG19-01", "age_band": "5-9", "sex": "F", "plan": "CP"},
                  {"ref": "NEG19-02"}],
        "forms": [
            {"case": "NEG19-01", "agency": "CSC", "status": "submitted", "role": "team manager",
             "overall": "good",
             "answers": {"C01": {"value": "good"}, "C13": {"blank": "not_evidenced"}},
             "dates": {"strategy_s47": "2019-03-01", "icpc": "2019-03-21"}},
            {"case": "NEG19-02", "agency": "POL", "status": "not_known"}],
        "judgements": [{"case": "NEG19-01", "question": "C01", "value": "inadequate"}],
        "hypotheses": [], "findings": [], "actions": [], "safety_stops": []})
}

/// Runs a command that has to be refused and has to leave every file of the folder as it was.
fn refused_untouched(desk: &Desk, arguments: &[&str]) -> String {
    let before = snapshot(desk.0.path());
    let message = desk.run(arguments).refused();
    assert_eq!(snapshot(desk.0.path()), before, "{arguments:?}");
    message
}

/// Names and contents of everything in a folder.
fn snapshot(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let content = fs::read(&path).unwrap_or_default();
            (path, content)
        })
        .collect();
    files.sort();
    files
}
