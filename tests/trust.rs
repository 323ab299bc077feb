//! Passphrases, repair, copies: what the file is trusted for.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use chrono::Utc;
use goldthread::domain::id::RecordId;
use goldthread::domain::partnership::Partnership;
use goldthread::domain::record::RecordKind;
use goldthread::domain::revision::{Author, Change, Edit};
use goldthread::store::{DocumentKind, Passphrase, Repaired, Store, StoreError};
use rusqlite::Connection;

/// Words that stand nowhere else.
const KNOWN: &str = "Partnership of the Glass Lighthouse";

fn pass(text: &str) -> Passphrase {
    Passphrase::new(text)
}

fn change(edits: Vec<Edit>) -> Change {
    Change {
        edits,
        author: Author {
            role: "business office".into(),
            agency: String::new(),
            device: "laptop".into(),
        },
        at: Utc::now(),
        reason: None,
    }
}

fn partnership(name: &str) -> Partnership {
    Partnership {
        name: name.into(),
        worked_example: false,
        local_rules: None,
        keep_months: None,
    }
}

/// A closed file with one record.
fn file(folder: &Path, passphrase: Option<&Passphrase>) -> (PathBuf, RecordId) {
    let path = folder.join("register.goldthread");
    let mut store = Store::create(&path, DocumentKind::Register, passphrase, "laptop").unwrap();
    let id = RecordId::fresh();
    store
        .commit(&change(vec![Edit::put(id, partnership(KNOWN))]))
        .unwrap();
    (path, id)
}

/// Whether any file of the folder holds these words in the clear.
fn in_the_clear(folder: &Path, words: &str) -> bool {
    let files = fs::read_dir(folder).unwrap();
    files.into_iter().any(|file| {
        let bytes = fs::read(file.unwrap().path()).unwrap_or_default();
        bytes
            .windows(words.len())
            .any(|window| window == words.as_bytes())
    })
}

#[test]
fn a_passphrase_is_set_changed_and_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let (path, id) = file(folder.path(), None);
    assert!(in_the_clear(folder.path(), KNOWN));
    let (first, second) = (pass("kettle ladder moss"), pass("granite ferry plum"));
    let steps = [
        (None, Some(&first)),
        (Some(&first), Some(&second)),
        (Some(&second), None),
    ];
    for (old, new) in steps {
        let store = Store::open(&path, old, "laptop").unwrap();
        let store = store.with_passphrase(new, "laptop").unwrap();
        assert!(store.record(RecordKind::Partnership, id).unwrap().is_some());
        assert_eq!(store.check().unwrap(), []);
        drop(store);
        assert_eq!(in_the_clear(folder.path(), KNOWN), new.is_none());
        if old.is_some() {
            let refused = Store::open(&path, old, "laptop").err().unwrap();
            let told = matches!(
                refused,
                StoreError::WrongPassphrase(_) | StoreError::NotProtected(_)
            );
            assert!(told, "{refused}");
        }
    }
    // Nothing but the file stays behind.
    let names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["register.goldthread"]);
}

#[test]
fn an_encrypted_file_holds_nothing_in_the_clear_while_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let secret = pass("kettle ladder moss");
    let (path, _) = file(folder.path(), Some(&secret));
    let mut store = Store::open(&path, Some(&secret), "laptop").unwrap();
    for number in 0..40 {
        let edit = Edit::put(RecordId::fresh(), partnership(&format!("{KNOWN} {number}")));
        store.commit(&change(vec![edit])).unwrap();
        assert!(!in_the_clear(folder.path(), KNOWN), "after {number}");
    }
}

#[test]
fn a_damaged_header_is_not_told_as_a_wrong_passphrase_of_a_plain_file() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = file(folder.path(), None);
    let mut bytes = fs::read(&path).unwrap();
    bytes[..16].copy_from_slice(b"SQLite format 4\0");
    fs::write(&path, &bytes).unwrap();
    let refused = Store::open(&path, None, "laptop")
        .err()
        .unwrap()
        .to_string();
    assert!(
        refused.contains("is protected by a passphrase") || refused.contains("not a Goldthread"),
        "{refused}"
    );
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_repair_makes_the_heads_what_the_revisions_say() {
    let folder = tempfile::tempdir().unwrap();
    let (path, id) = file(folder.path(), None);
    let outside = Connection::open(&path).unwrap();
    outside
        .execute("UPDATE partnership SET name = 'Someone else'", [])
        .unwrap();
    outside
        .execute(
            "INSERT INTO agency (id, code, name, short) VALUES ('x', 'X', 'X', 'X')",
            [],
        )
        .unwrap();
    outside.close().unwrap();
    let mut store = Store::open(&path, None, "laptop").unwrap();
    assert!(!store.check().unwrap().is_empty());
    assert_eq!(store.repair().unwrap(), Repaired { heads: 0, rows: 2 });
    assert_eq!(store.check().unwrap(), []);
    assert!(store.record(RecordKind::Partnership, id).unwrap().is_some());
    assert_eq!(store.repair().unwrap(), Repaired::default());
}

#[test]
fn a_repair_finds_the_right_head() {
    let folder = tempfile::tempdir().unwrap();
    let (path, id) = file(folder.path(), None);
    let mut store = Store::open(&path, None, "laptop").unwrap();
    store
        .commit(&change(vec![Edit::put(id, partnership("A later name"))]))
        .unwrap();
    drop(store);
    let outside = Connection::open(&path).unwrap();
    outside
        .execute(
            "UPDATE record SET head = (SELECT id FROM revision ORDER BY seq LIMIT 1)",
            [],
        )
        .unwrap();
    outside.close().unwrap();
    let mut store = Store::open(&path, None, "laptop").unwrap();
    assert_eq!(store.repair().unwrap().heads, 1);
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn one_copy_a_day_is_kept_and_nothing_else_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let secret = pass("kettle ladder moss");
    let (path, _) = file(folder.path(), Some(&secret));
    let copies = folder.path().join("copies");
    let store = Store::open(&path, Some(&secret), "laptop").unwrap();
    let day = |text: &str| text.parse().unwrap();
    assert!(
        store
            .keep_daily(&copies, day("2024-01-03"))
            .unwrap()
            .copy
            .is_some()
    );
    fs::write(copies.join("register notes.txt"), "mine").unwrap();
    fs::write(copies.join("other 2024-01-02.goldthread"), "theirs").unwrap();
    // From before copies had an identity in their name, of whichever register of that name.
    let old = copies.join("register 2024-01-02.goldthread");
    fs::write(&old, "theirs or ours").unwrap();
    assert_eq!(
        store.keep_daily(&copies, day("2024-01-03")).unwrap().copy,
        None
    );
    let later = store.keep_daily(&copies, day("2026-11-25")).unwrap();
    assert_eq!(later.thinned.len(), 1);
    let name = later.thinned[0].file_name().unwrap().to_string_lossy();
    assert!(name.starts_with("register 2024-01-03 "), "{name}");
    assert!(old.exists(), "nobody knows whose it is");
    let listed = store.daily_copies(&copies);
    assert!(listed.iter().any(|(_, path)| *path == old));
    assert!(copies.join("register notes.txt").exists());
    assert!(copies.join("other 2024-01-02.goldthread").exists());
    assert!(!in_the_clear(&copies, KNOWN));
    let copy = Store::open(&later.copy.unwrap(), Some(&secret), "laptop").unwrap();
    assert_eq!(copy.check().unwrap(), []);
}

#[test]
fn registers_of_one_name_keep_their_copies_apart_in_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let copies = folder.path().join("copies");
    let day = |text: &str| text.parse().unwrap();
    let stores = ["one", "two"].map(|place| {
        let place = folder.path().join(place);
        fs::create_dir(&place).unwrap();
        let (path, _) = file(&place, None);
        Store::open(&path, None, "laptop").unwrap()
    });
    for date in ["2026-11-24", "2026-11-25"] {
        for store in &stores {
            let kept = store.keep_daily(&copies, day(date)).unwrap();
            assert!(kept.copy.is_some(), "{date}");
        }
    }
    // A year later each thins its own, and the other's stay.
    let kept = stores[0].keep_daily(&copies, day("2028-01-01")).unwrap();
    assert_eq!(kept.thinned.len(), 2);
    let listed = stores.each_ref().map(|store| store.daily_copies(&copies));
    assert_eq!((listed[0].len(), listed[1].len()), (1, 2));
    for (store, listed) in stores.iter().zip(&listed) {
        for (_, copy) in listed {
            assert_eq!(store.compare(copy, None).unwrap().only_here, 0);
        }
    }
}

#[test]
fn old_names_are_still_thinned_in_the_folder_of_the_file_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = file(folder.path(), None);
    let store = Store::open(&path, None, "laptop").unwrap();
    let copies = folder.path().join("register copies");
    fs::create_dir(&copies).unwrap();
    let old = copies.join("register 2024-01-02.goldthread");
    store.backup(&old).unwrap();
    let kept = store
        .keep_daily(&copies, "2026-11-25".parse().unwrap())
        .unwrap();
    assert_eq!(kept.thinned, [old]);
}

#[test]
fn what_acts_by_itself_is_refused() {
    let strange = [
        "CREATE TRIGGER t AFTER INSERT ON revision BEGIN DELETE FROM answer; END",
        "CREATE VIEW v AS SELECT body FROM revision",
        "CREATE VIRTUAL TABLE f USING fts5(body)",
    ];
    for sql in strange {
        let folder = tempfile::tempdir().unwrap();
        let (path, _) = file(folder.path(), None);
        let outside = Connection::open(&path).unwrap();
        outside.execute_batch(sql).unwrap();
        outside.close().unwrap();
        let before = fs::read(&path).unwrap();
        let refused = Store::open(&path, None, "laptop").err().unwrap();
        assert!(
            matches!(refused, StoreError::Strange(_)),
            "{sql}: {refused}"
        );
        let refused = Store::open_snapshot(&path, None).err().unwrap();
        assert!(
            matches!(refused, StoreError::Strange(_)),
            "{sql}: {refused}"
        );
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}
