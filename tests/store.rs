//! The file: what is kept, what is refused, what a check finds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::Utc;
use goldthread::domain::answer::{Answer, Given, Value};
use goldthread::domain::audit::{Audit, AuditState, Scope};
use goldthread::domain::case::Case;
use goldthread::domain::form::{AgencyReturn, CaseForm};
use goldthread::domain::id::RecordId;
use goldthread::domain::partnership::{Agency, Partnership};
use goldthread::domain::record::{Record, RecordKind};
use goldthread::domain::revision::{Author, Change, Edit};
use goldthread::store::{DocumentKind, Passphrase, Store, StoreError};
use rusqlite::Connection;

fn author() -> Author {
    Author {
        role: "team manager".into(),
        agency: "CSC".into(),
        device: "laptop".into(),
    }
}

fn change(edits: Vec<Edit>) -> Change {
    Change {
        edits,
        author: author(),
        at: Utc::now(),
        reason: None,
    }
}

/// A register with one audit, one case, one form; returns the form.
fn fill(store: &mut Store) -> RecordId {
    let audit = RecordId::fresh();
    let case = RecordId::fresh();
    let agency_return = AgencyReturn::id(audit, "CSC");
    let form = CaseForm::id(agency_return, case);
    let edits = vec![
        Edit::put(
            RecordId::fresh(),
            Partnership {
                name: "Anywhere".into(),
                worked_example: false,
                local_rules: None,
                keep_months: None,
            },
        ),
        Edit::put(
            Agency::id("CSC"),
            Agency {
                code: "CSC".into(),
                name: "Children's social care".into(),
                short: "Social care".into(),
            },
        ),
        // The form before what it refers to: the order within a change is free.
        Edit::put(form, CaseForm::new(agency_return, case)),
        Edit::put(
            agency_return,
            AgencyReturn {
                audit,
                agency: "CSC".into(),
                issued: None,
                due: None,
                merged: None,
                cover: String::new(),
                arrivals: BTreeMap::new(),
            },
        ),
        Edit::put(
            case,
            Case {
                audit,
                reference: "NEG26-01".into(),
                age_band: None,
                sex: None,
                ethnicity: None,
                plan: None,
                same_as: None,
            },
        ),
        Edit::put(
            audit,
            Audit {
                title: "Neglect 2026".into(),
                tool: "neglect@1".into(),
                agencies: vec!["CSC".into()],
                state: AuditState::Open,
                scope: Scope::default(),
                re_audit_of: None,
            },
        ),
    ];
    store.commit(&change(edits)).unwrap();
    form
}

fn answer(form: RecordId, question: &str, value: Value) -> Edit {
    let mut answer = Answer::empty(form, question);
    answer.given = Some(Given::Value(value));
    Edit::put(Answer::id(form, question), answer)
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }
    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
    /// A closed register with one answer.
    fn register(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        let mut store = Store::create(&path, DocumentKind::Register, None, "laptop").unwrap();
        let form = fill(&mut store);
        for (question, value) in [
            ("C01", Value::one("good")),
            (
                "N02",
                Value::Many(vec!["medical".into(), "supervision".into()]),
            ),
            ("N01", Value::Number(4)),
            ("S05", Value::Ratio { part: 6, whole: 9 }),
        ] {
            store
                .commit(&change(vec![answer(form, question, value)]))
                .unwrap();
        }
        path
    }
}

fn open(path: &Path) -> Result<Store, StoreError> {
    Store::open(path, None, "desk")
}

#[test]
fn what_is_kept_is_read_back_after_reopening_and_the_file_checks_clean() {
    let folder = Folder::new();
    let path = folder.register("a.goldthread");
    let store = open(&path).unwrap();
    assert_eq!(store.check().unwrap(), []);
    assert_eq!(store.kind(), DocumentKind::Register);
    let mut given = Vec::new();
    store
        .each_answer(|row| {
            given.push((row.question, row.given));
            true
        })
        .unwrap();
    given.sort_by(|a, b| a.0.cmp(&b.0));
    let value = |value| Some(Given::Value(value));
    assert_eq!(
        given,
        [
            ("C01".to_owned(), value(Value::one("good"))),
            ("N01".to_owned(), value(Value::Number(4))),
            (
                "N02".to_owned(),
                value(Value::Many(vec!["medical".into(), "supervision".into()]))
            ),
            ("S05".to_owned(), value(Value::Ratio { part: 6, whole: 9 })),
        ]
    );
}

#[test]
fn history_has_every_change_with_before_and_after() {
    let mut store = Store::in_memory().unwrap();
    let form = fill(&mut store);
    let id = Answer::id(form, "C01");
    store
        .commit(&change(vec![answer(form, "C01", Value::one("good"))]))
        .unwrap();
    let mut second = change(vec![answer(form, "C01", Value::one("inadequate"))]);
    second.reason = Some("Read the second file".into());
    store.commit(&second).unwrap();
    let again = store.commit(&second).unwrap();
    assert!(
        again.revisions.is_empty(),
        "a change that changes nothing leaves no revision"
    );
    store
        .commit(&change(vec![Edit::delete(id, RecordKind::Answer)]))
        .unwrap();
    let history = store.history(id).unwrap();
    let bodies: Vec<_> = history
        .iter()
        .map(|entry| (entry.before.is_some(), entry.after.is_some()))
        .collect();
    assert_eq!(bodies, [(false, true), (true, true), (true, false)]);
    assert!(history[1].before.as_ref().unwrap().contains("good"));
    assert!(history[1].after.as_ref().unwrap().contains("inadequate"));
    assert_eq!(history[1].reason.as_deref(), Some("Read the second file"));
    assert_eq!(history[0].author, author());
    assert_eq!(store.record(RecordKind::Answer, id).unwrap(), None);
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn a_change_is_kept_whole_or_not_at_all() {
    let mut store = Store::in_memory().unwrap();
    let form = fill(&mut store);
    let nowhere = RecordId::fresh();
    let refused = store.commit(&change(vec![
        answer(form, "C01", Value::one("good")),
        answer(nowhere, "C01", Value::one("good")),
    ]));
    assert!(refused.is_err(), "an answer on a form that does not exist");
    assert_eq!(store.count_answers().unwrap(), 0);
    assert_eq!(store.history(Answer::id(form, "C01")).unwrap(), []);
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn altering_the_file_behind_the_programs_back_is_found() {
    let alterations = [
        "UPDATE revision SET body = json_set(body, '$.value', 'outstanding') WHERE kind = 'answer' AND seq = (SELECT min(seq) FROM revision WHERE kind = 'answer')",
        "UPDATE revision SET author_role = 'somebody else' WHERE seq = 3",
        "UPDATE revision SET at = '2001-01-01T00:00:00.000Z' WHERE seq = 3",
        "UPDATE revision SET body = NULL WHERE seq = 3",
        "UPDATE answer SET value = 'outstanding' WHERE question = 'C01'",
        "DELETE FROM answer WHERE question = 'C01'",
        "INSERT INTO answer SELECT 'x', form, 'C02', 'good', NULL, NULL, NULL, NULL, 0, 0 FROM answer WHERE question = 'C01'",
        "DELETE FROM revision WHERE seq = (SELECT max(seq) FROM revision)",
        "UPDATE record SET head = (SELECT head FROM record WHERE kind = 'case') WHERE kind = 'audit'",
        "DELETE FROM record WHERE kind = 'answer'",
    ];
    for sql in alterations {
        let folder = Folder::new();
        let path = folder.register("a.goldthread");
        let db = Connection::open(&path).unwrap();
        db.pragma_update(None, "foreign_keys", false).unwrap();
        assert!(db.execute(sql, []).unwrap() > 0, "{sql}");
        drop(db);
        let store = open(&path).unwrap();
        assert_ne!(store.check().unwrap(), [], "{sql}");
    }
}

#[test]
fn files_that_are_not_ours_are_refused_and_left_alone() {
    let folder = Folder::new();
    let text = folder.path("letter.goldthread");
    fs::write(&text, "Dear all,\n".repeat(400)).unwrap();
    let empty = folder.path("empty.goldthread");
    fs::write(&empty, "").unwrap();
    let other = folder.path("other.goldthread");
    Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE t (x)")
        .unwrap();
    for path in [text, empty, other] {
        let before = fs::read(&path).unwrap();
        let error = open(&path).err().unwrap();
        assert!(matches!(error, StoreError::NotOurs(_)), "{error}");
        assert_eq!(fs::read(&path).unwrap(), before);
        assert_eq!(
            fs::read_dir(folder.0.path()).unwrap().count(),
            3,
            "nothing left beside it"
        );
    }
    assert!(matches!(
        open(&folder.path("none")).err().unwrap(),
        StoreError::NotFound(_)
    ));
    assert!(matches!(
        open(folder.0.path()).err().unwrap(),
        StoreError::NotOurs(_)
    ));
}

#[test]
fn a_newer_file_is_refused_and_left_alone() {
    let folder = Folder::new();
    let path = folder.register("new.goldthread");
    Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let before = fs::read(&path).unwrap();
    let error = open(&path).err().unwrap();
    assert!(
        matches!(error, StoreError::TooNew { found: 99, .. }),
        "{error}"
    );
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_truncated_file_is_refused_at_every_length_and_left_alone() {
    let folder = Folder::new();
    let path = folder.register("a.goldthread");
    let whole = fs::read(&path).unwrap();
    let cut = folder.path("cut.goldthread");
    for tenth in 1..10 {
        let part = &whole[..whole.len() * tenth / 10];
        fs::write(&cut, part).unwrap();
        let error = open(&cut).err().unwrap();
        assert!(
            matches!(error, StoreError::Damaged { .. } | StoreError::NotOurs(_)),
            "{tenth}/10: {error}"
        );
        assert_eq!(fs::read(&cut).unwrap(), part);
    }
}

#[test]
fn a_flipped_bit_is_never_passed_over_in_what_is_shown() {
    let folder = Folder::new();
    let path = folder.register("a.goldthread");
    let whole = fs::read(&path).unwrap();
    let bodies = |store: &Store| {
        let all = RecordKind::ALL.iter().map(|kind| store.records(*kind));
        all.collect::<Result<Vec<Vec<(RecordId, Record)>>, _>>()
    };
    let truth = bodies(&open(&path).unwrap()).unwrap();
    let flipped = folder.path("flipped.goldthread");
    let mut refused = 0;
    for at in (0..whole.len()).step_by(whole.len() / 400) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&flipped, &bytes).unwrap();
        let Ok(store) = open(&flipped) else {
            assert_eq!(fs::read(&flipped).unwrap(), bytes, "byte {at}");
            refused += 1;
            continue;
        };
        if store
            .check()
            .unwrap_or_else(|error| panic!("byte {at}: {error}"))
            .is_empty()
        {
            assert_eq!(bodies(&store).unwrap(), truth, "byte {at}");
        } else {
            refused += 1;
        }
    }
    assert!(
        refused > 20,
        "{refused} of about 400 were noticed; the rest hit unused space"
    );
}

#[test]
fn an_open_file_is_locked_and_a_snapshot_reads_it() {
    let folder = Folder::new();
    let path = folder.register("a.goldthread");
    let held = open(&path).unwrap();
    // Another process: in this one SQLite would share the lock's owner on some systems.
    let error = open(&path).err().unwrap();
    let StoreError::Locked { by, .. } = &error else {
        panic!("{error}")
    };
    assert!(by.contains("desk"), "{error}");
    let mut snapshot = Store::open_snapshot(&path, None).unwrap();
    assert_eq!(snapshot.count_answers().unwrap(), 4);
    let refused = snapshot.commit(&change(vec![]));
    assert!(matches!(refused, Err(StoreError::ReadOnlyCopy(_))));
    drop(held);
    open(&path).unwrap();
}

#[test]
fn a_new_file_never_overwrites_one_and_needs_a_folder() {
    let folder = Folder::new();
    let path = folder.register("a.goldthread");
    let before = fs::read(&path).unwrap();
    let again = Store::create(&path, DocumentKind::Register, None, "x");
    assert!(matches!(again.err().unwrap(), StoreError::Exists(_)));
    assert_eq!(fs::read(&path).unwrap(), before);
    let nowhere = folder.path("no/such/folder.goldthread");
    let error = Store::create(&nowhere, DocumentKind::Register, None, "x")
        .err()
        .unwrap();
    assert!(matches!(error, StoreError::ReadOnlyFolder(_)), "{error}");
}

#[test]
fn a_backup_is_the_same_register() {
    let folder = Folder::new();
    let path = folder.register("a.goldthread");
    let store = open(&path).unwrap();
    let copy = folder.path("copy.goldthread");
    store.backup(&copy).unwrap();
    assert!(matches!(
        store.backup(&copy).err().unwrap(),
        StoreError::Exists(_)
    ));
    let copy = open(&copy).unwrap();
    assert_eq!(copy.check().unwrap(), []);
    assert_eq!(
        copy.count_answers().unwrap(),
        store.count_answers().unwrap()
    );
}

#[cfg(feature = "encryption")]
#[test]
fn a_passphrase_keeps_the_words_out_of_the_file() {
    let folder = Folder::new();
    let path = folder.path("secret.goldthread");
    let passphrase = Passphrase::new("correct horse battery staple");
    let mut store =
        Store::create(&path, DocumentKind::Register, Some(&passphrase), "laptop").unwrap();
    let form = fill(&mut store);
    store
        .commit(&change(vec![answer(form, "C01", Value::one("good"))]))
        .unwrap();
    drop(store);
    let bytes = fs::read(&path).unwrap();
    for words in ["Anywhere", "NEG26-01", "CREATE TABLE", "SQLite format"] {
        assert!(
            !bytes
                .windows(words.len())
                .any(|part| part == words.as_bytes()),
            "{words}"
        );
    }
    let no_passphrase = open(&path).err().unwrap();
    assert!(
        matches!(no_passphrase, StoreError::NeedsPassphrase(_)),
        "{no_passphrase}"
    );
    let wrong = Store::open(&path, Some(&Passphrase::new("wrong")), "x")
        .err()
        .unwrap();
    assert!(matches!(wrong, StoreError::WrongPassphrase(_)), "{wrong}");
    assert_eq!(fs::read(&path).unwrap(), bytes);
    let store = Store::open(&path, Some(&passphrase), "x").unwrap();
    assert_eq!(store.count_answers().unwrap(), 1);
    assert_eq!(store.check().unwrap(), []);
    let copy = folder.path("copy.goldthread");
    store.backup(&copy).unwrap();
    assert!(
        matches!(open(&copy).err().unwrap(), StoreError::NeedsPassphrase(_)),
        "a backup is as protected"
    );
    let copy = Store::open(&copy, Some(&passphrase), "x").unwrap();
    assert_eq!(copy.count_answers().unwrap(), 1);
}

/// Closing a second handle on the file would give up the lock of this whole process.
#[test]
fn a_backup_keeps_the_lock() {
    let folder = Folder::new();
    let path = folder.register("a.goldthread");
    let store = open(&path).unwrap();
    store.backup(&folder.path("copy.goldthread")).unwrap();
    let other = std::process::Command::new(assert_cmd::cargo::cargo_bin!("goldthread"))
        .args(["new", "--partnership", "x"])
        .arg(folder.path("other.goldthread"))
        .status()
        .unwrap();
    assert!(other.success());
    let load = std::process::Command::new(assert_cmd::cargo::cargo_bin!("goldthread"))
        .args(["tool", "add"])
        .arg(&path)
        .arg("assets/tools/neglect/v1.json")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&load.stderr);
    assert_eq!(load.status.code(), Some(1), "{said}");
    assert!(said.contains("is already open on desk"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_nothing_is_half_kept() {
    let folder = Folder::new();
    let path = folder.register("a.goldthread");
    let mut store = open(&path).unwrap();
    store.limit_size_to_now().unwrap();
    let form = RecordId::derived("x", &[]);
    let mut notes = CaseForm::new(form, form);
    notes.overall_reason = "long ".repeat(100_000);
    let error = store
        .commit(&change(vec![Edit::put(form, notes)]))
        .err()
        .unwrap();
    assert!(matches!(error, StoreError::DiskFull(_)), "{error}");
    assert_eq!(store.check().unwrap(), []);
    assert_eq!(store.history(form).unwrap(), []);
}

/// Anybody may have named a document of their own as copies are named.
#[test]
fn only_what_is_a_copy_by_what_is_in_it_is_deleted_as_one() {
    let folder = Folder::new();
    let path = folder.register("a.goldthread");
    let store = open(&path).unwrap();
    let own = store.keep_copy("before-merge").unwrap();
    let other = folder.register("a before-summer 2026.goldthread");
    let text = folder.path("a before-notes.goldthread");
    fs::write(&text, "notes").unwrap();
    let mut copies = vec![own.clone(), other.clone(), text.clone()];
    let mut left = vec![&other, &text];
    let locked = folder.path("a before-locking.goldthread");
    if cfg!(feature = "encryption") {
        let secret = Passphrase::new("granite ferry plum");
        store.backup(&locked).unwrap();
        let copy = Store::open(&locked, None, "x").unwrap();
        drop(copy.with_passphrase(Some(&secret), "x").unwrap());
        copies.push(locked.clone());
        left.push(&locked);
    }
    let failed = store.delete_copies(&copies, &folder.path("none"));
    let still: Vec<_> = failed.iter().map(|(path, _)| path).collect();
    assert_eq!(still, left);
    assert!(!own.exists());
    for ((path, why), words) in failed.iter().zip([
        "it is another document",
        "is not a Goldthread file",
        "it has another passphrase",
    ]) {
        assert!(path.exists());
        assert!(why.to_string().contains(words), "{why}");
    }
}
