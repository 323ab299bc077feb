//! Everything the program does that writes, each done by a process of its own, and what has to hold
//! whether it ended or not.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use calamine::Reader as _;
use goldthread::domain::record::RecordKind;
use goldthread::domain::redaction::Sought;
use goldthread::store::{Passphrase, Store};

use crate::desk::{AUDIT, CASE, Desk, KNOWN, NEW, OLD, open_with_any};

/// How many answers are given in one go where nothing else is said.
const ANSWERS: i64 = 5;

/// Hands every operation, with the name that its tests have, to a macro.
macro_rules! with_every_operation {
    ($make:ident) => {
        $make! {
            answering: Answer,
            merging: Merge,
            upgrading: Upgrade,
            setting_a_passphrase: SetPassphrase,
            changing_a_passphrase: ChangePassphrase,
            removing_a_passphrase: RemovePassphrase,
            backing_up: Backup,
            keeping_the_copy_of_the_day: DailyCopy,
            exporting_json: ExportJson,
            exporting_a_workbook: ExportWorkbook,
            exporting_tables: ExportTables,
            issuing_a_return: Issue,
            making_a_register: NewRegister,
            redacting: Redact,
        }
    };
}
pub(crate) use with_every_operation;

macro_rules! operations {
    ($($name:ident: $operation:ident,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Operation {
            $($operation,)*
        }

        impl Operation {
            pub const ALL: &[Self] = &[$(Self::$operation,)*];
        }
    };
}
with_every_operation!(operations);

use Operation::*;

/// A folder in which an operation can be done, made once and copied for every run.
pub struct Prepared {
    pub operation: Operation,
    desk: Desk,
    /// What is in the folder once it is done.
    whole: BTreeSet<String>,
}

/// One run of an operation.
pub struct Run<'a> {
    prepared: &'a Prepared,
    pub desk: Desk,
    /// How many answers are given in one go.
    pub answers: i64,
}

impl Operation {
    /// Whether the file has a passphrase before it.
    pub fn is_protected(self) -> bool {
        matches!(self, ChangePassphrase | RemovePassphrase | Backup)
    }

    /// What the operation writes besides the register.
    fn written(self) -> Option<&'static str> {
        match self {
            Backup => Some("copy.goldthread"),
            ExportJson => Some("out.json"),
            ExportWorkbook => Some("out.xlsx"),
            ExportTables => Some("tables"),
            Issue => Some("issued.goldthread"),
            NewRegister => Some("fresh.goldthread"),
            _ => None,
        }
    }

    fn arguments(self, desk: &Desk) -> Vec<String> {
        let file = desk.file.display().to_string();
        let path = |name: &str| desk.path(name).display().to_string();
        let out = self.written().map(path).unwrap_or_default();
        let (old, new) = (path("old"), path("new"));
        let words: Vec<&str> = match self {
            Answer => vec![
                "answer", &file, "--audit", AUDIT, "--agency", "POL", "--case", CASE,
            ],
            Upgrade => vec!["check", &file],
            SetPassphrase => vec!["passphrase", &file, "--new-passphrase-file", &new],
            ChangePassphrase => vec![
                "passphrase",
                &file,
                "--passphrase-file",
                &old,
                "--new-passphrase-file",
                &new,
            ],
            RemovePassphrase => vec!["passphrase", &file, "--passphrase-file", &old, "--remove"],
            Backup => vec!["backup", &file, &out, "--passphrase-file", &old],
            ExportJson => vec![
                "export",
                &file,
                "--as",
                "data-json",
                "--audit",
                AUDIT,
                "--names-checked",
                "-o",
                &out,
            ],
            ExportWorkbook => vec![
                "export",
                &file,
                "--as",
                "xlsx",
                "--with-notes",
                "--names-checked",
                "-o",
                &out,
            ],
            ExportTables => vec![
                "export",
                &file,
                "--as",
                "csv",
                "--with-notes",
                "--names-checked",
                "-o",
                &out,
            ],
            Issue => vec![
                "issue", &file, "--audit", AUDIT, "--agency", "POL", "-o", &out,
            ],
            NewRegister => vec!["new", &out, "--partnership", "Anytown"],
            Merge => {
                return ["merge".to_owned(), file, path("pol.goldthread")].into();
            }
            Redact => {
                return [
                    "redact".to_owned(),
                    file,
                    "--text-file".to_owned(),
                    path("text"),
                    "--reason".to_owned(),
                    "A name".to_owned(),
                ]
                .into();
            }
            DailyCopy => vec![
                "--ignored",
                "--nocapture",
                "--exact",
                "operation::keeps_the_copy_of_the_day",
            ],
        };
        words.into_iter().map(str::to_owned).collect()
    }

    fn command(self, desk: &Desk) -> Command {
        let mut command = match self {
            DailyCopy => Command::new(std::env::current_exe().unwrap()),
            _ => Command::new(assert_cmd::cargo::cargo_bin!("goldthread")),
        };
        command
            .args(self.arguments(desk))
            .env("DESK_FILE", &desk.file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

/// Not a test of its own: what the window does on opening, for a process that can be killed.
#[test]
#[ignore = "run by the tests beside it"]
fn keeps_the_copy_of_the_day() {
    let Some(file) = std::env::var_os("DESK_FILE").map(PathBuf::from) else {
        return;
    };
    let store = Store::open(&file, None, "desk").unwrap();
    let copies = file.with_file_name("copies");
    if let Err(error) = store.keep_daily(&copies, "2026-11-25".parse().unwrap()) {
        drop(store);
        eprintln!("goldthread: {error}");
        std::process::exit(1);
    }
}

impl Prepared {
    pub fn new(operation: Operation) -> Self {
        let desk = Desk::new(operation.is_protected().then_some(OLD));
        match operation {
            Merge => drop(desk.filled_in_return()),
            Upgrade => desk.turn_into_version_1(),
            Redact => fs::write(desk.path("text"), KNOWN).unwrap(),
            _ => (),
        }
        let mut prepared = Self {
            operation,
            desk,
            whole: BTreeSet::new(),
        };
        let run = prepared.run();
        let ended = run.end(run.start(|_| ()));
        assert!(ended.status.success(), "{operation:?}: {ended:?}");
        let whole = relative(&run.desk);
        prepared.whole = whole;
        prepared
    }

    /// A fresh copy of the folder.
    pub fn run(&self) -> Run<'_> {
        let folder = tempfile::tempdir().unwrap();
        for path in self.desk.files() {
            let name = path.file_name().unwrap();
            fs::copy(&path, folder.path().join(name)).unwrap();
        }
        let desk = Desk {
            file: folder.path().join("register.goldthread"),
            folder,
            audit: self.desk.audit,
            form: self.desk.form,
        };
        Run {
            prepared: self,
            desk,
            answers: ANSWERS,
        }
    }
}

/// Paths below the folder; the time in a copy's name is left out.
fn relative(desk: &Desk) -> BTreeSet<String> {
    let name = |path: PathBuf| {
        let path = path.strip_prefix(desk.folder.path()).unwrap().to_owned();
        let name = path.display().to_string();
        name.split(" 20").next().unwrap_or_default().to_owned()
    };
    desk.files().into_iter().map(name).collect()
}

impl Run<'_> {
    fn operation(&self) -> Operation {
        self.prepared.operation
    }

    /// Begins; `disturb` says what goes wrong.
    pub fn start(&self, disturb: impl FnOnce(&mut Command)) -> Child {
        let mut command = self.operation().command(&self.desk);
        disturb(&mut command);
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        if self.operation() == Answer {
            for number in 1..=self.answers {
                // It may be gone already.
                let _ = writeln!(stdin, "N01 {number}");
            }
        }
        child
    }

    pub fn end(&self, child: Child) -> Output {
        child.wait_with_output().unwrap()
    }

    /// What has to hold once the process has ended in whatever way. Returns how many answers were
    /// acknowledged by it.
    pub fn verify(&self, ended: &Output, what: &str) -> i64 {
        let operation = self.operation();
        let what = format!("{operation:?}, {what}");
        let acknowledged = self.acknowledged(ended);
        self.nothing_in_the_clear(operation != RemovePassphrase, &what);
        // Before the register is opened again: what has its final name is whole.
        for name in self
            .desk
            .names()
            .iter()
            .filter(|name| !name.starts_with('.'))
        {
            self.is_whole(&self.desk.path(name), &what);
        }
        let store =
            open_with_any(&self.desk.file).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(store.check().unwrap(), [], "{what}");
        assert!(self.desk.holds_the_known_answer(&store), "{what}");
        let kept = self.desk.answered(&store, "N01");
        match operation {
            Answer => {
                let kept = kept.unwrap_or(0);
                assert!(kept >= acknowledged, "{what}: {acknowledged}, kept {kept}");
                assert!(
                    kept <= acknowledged + 1,
                    "{what}: {acknowledged}, kept {kept}"
                );
                let history = store.history(goldthread::domain::answer::Answer::id(
                    self.desk.form,
                    "N01",
                ));
                assert_eq!(
                    history.unwrap().len() as i64,
                    kept,
                    "{what}: every step is kept"
                );
            }
            Merge if ended.status.success() => assert_eq!(kept, Some(7), "{what}"),
            Merge => assert!(matches!(kept, None | Some(7)), "{what}: {kept:?}"),
            _ => assert_eq!(kept, None, "{what}"),
        }
        drop(store);
        self.nothing_in_the_clear(true, &what);
        self.do_it_again(ended.status.success(), &what);
        acknowledged
    }

    fn acknowledged(&self, ended: &Output) -> i64 {
        let out = String::from_utf8_lossy(&ended.stdout).into_owned();
        let mut lines = out
            .lines()
            .filter_map(|line| line.strip_prefix("saved N01 "));
        lines
            .next_back()
            .map_or(0, |number| number.parse().unwrap())
    }

    /// Beside a file with a passphrase nothing of it can be read without.
    fn nothing_in_the_clear(&self, holds_now: bool, what: &str) {
        let begins = fs::read(&self.desk.file).unwrap();
        let protected = !begins.starts_with(b"SQLite format 3\0");
        if protected && holds_now {
            assert_eq!(self.desk.in_the_clear(), Vec::<PathBuf>::new(), "{what}");
        }
    }

    /// A file or folder under its final name is whole.
    fn is_whole(&self, path: &Path, what: &str) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let what = format!("{what}: {name}");
        if path.is_dir() {
            let files: Vec<PathBuf> = fs::read_dir(path)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .collect();
            if name == "tables" {
                let whole = self.prepared.whole.iter();
                let whole = whole.filter(|name| name.starts_with("tables/")).count();
                assert_eq!(files.len(), whole, "{what}");
            }
            let copies = files.iter().filter(|path| !is_hidden(path));
            copies.for_each(|path| self.is_whole(path, &what));
        } else if name == "fresh.goldthread" {
            let store = Store::open(path, None, "desk").unwrap_or_else(|e| panic!("{what}: {e}"));
            assert_eq!(store.records(RecordKind::Partnership).unwrap().len(), 1);
            assert_eq!(store.check().unwrap(), [], "{what}");
        } else if name.ends_with(".goldthread") && path != self.desk.file {
            let store = open_with_any(path).unwrap_or_else(|error| panic!("{what}: {error}"));
            assert_eq!(store.check().unwrap(), [], "{what}");
            assert!(self.desk.holds_the_known_answer(&store), "{what}");
        } else if name.ends_with(".json") {
            let text = fs::read_to_string(path).unwrap();
            serde_json::from_str::<serde_json::Value>(&text).unwrap();
            assert!(text.contains(KNOWN), "{what}");
        } else if name.ends_with(".xlsx") {
            let workbook: Result<calamine::Xlsx<_>, _> = calamine::open_workbook(path);
            assert!(!workbook.unwrap().sheet_names().is_empty(), "{what}");
        }
    }

    /// Done once more, undisturbed, it succeeds or was done; and nothing unfinished stays.
    fn do_it_again(&self, done: bool, what: &str) {
        let operation = self.operation();
        if operation == Redact && self.is_redacted() {
            assert!(
                self.desk
                    .in_the_clear()
                    .iter()
                    .all(|path| path.ends_with("text")),
                "{what}"
            );
            return;
        }
        let written = operation.written().map(|name| self.desk.path(name));
        let changed = !operation.is_protected() || open_with_old(&self.desk.file);
        let is_there = written.is_some_and(|path| path.exists());
        let once = done || is_there || !changed || operation == SetPassphrase;
        if !once {
            let ended = self.end(self.start(|_| ()));
            assert!(ended.status.success(), "{what}, again: {ended:?}");
        }
        drop(open_with_any(&self.desk.file).unwrap());
        if operation == Answer || operation == Merge {
            let store = open_with_any(&self.desk.file).unwrap();
            let expected = if operation == Merge { 7 } else { self.answers };
            assert_eq!(self.desk.answered(&store, "N01"), Some(expected), "{what}");
        }
        let left = self.desk.files();
        let left: Vec<_> = left.iter().filter(|path| is_left_over(path)).collect();
        // An export that is there whole is not written again, so what its last kill left may stay.
        assert!(left.is_empty(), "{what}: {left:?}");
    }

    fn is_redacted(&self) -> bool {
        let store = Store::open(&self.desk.file, None, "desk").unwrap();
        let sought = Sought::new(KNOWN).unwrap();
        store.mentions(&sought).unwrap().is_empty()
    }
}

fn open_with_old(file: &Path) -> bool {
    Store::open(file, Some(&Passphrase::new(OLD)), "desk").is_ok()
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy();
    name.starts_with('.')
}

fn is_left_over(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy();
    is_hidden(path) || name.ends_with("-journal") || name.ends_with("-lock")
}

/// The one line that a person reads when something did not work.
pub fn sentence(ended: &Output, what: &str) -> String {
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(1), "{what}: {said}");
    assert_eq!(said.lines().count(), 1, "{what}: {said}");
    let sentence = said.trim().strip_prefix("goldthread: ").unwrap().to_owned();
    for jargon in [
        "SQLITE",
        "os error",
        "Error code",
        "panicked",
        ".unfinished",
        "errno",
    ] {
        assert!(!sentence.contains(jargon), "{what}: {sentence}");
    }
    sentence
}

#[test]
fn every_operation_is_told_apart_from_its_passphrase() {
    // The words that must not be read are really in the clear where there is no passphrase.
    for (operation, readable) in [(Answer, true), (ChangePassphrase, false)] {
        let prepared = Prepared::new(operation);
        assert_eq!(!prepared.desk.in_the_clear().is_empty(), readable);
    }
    assert_ne!(OLD, NEW);
}
