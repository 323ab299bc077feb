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
fn nothing_stands_in_the_clear_in_the_middle_of_a_write() {
    let words = "kettle ladder moss";
    let secret = pass(words);
    for (passphrase, readable) in [(None, true), (Some(&secret), false)] {
        let folder = tempfile::tempdir().unwrap();
        let (path, _) = file(folder.path(), passphrase);
        let db = Connection::open(&path).unwrap();
        if passphrase.is_some() {
            db.pragma_update(None, "key", words).unwrap();
        }
        // As a document is written; what is changed is kept in the journal until it is done.
        db.execute_batch(
            "PRAGMA temp_store = MEMORY; PRAGMA journal_mode = TRUNCATE; BEGIN;
             UPDATE revision SET reason = 'half way'; UPDATE partnership SET name = 'half way'",
        )
        .unwrap();
        let journal = folder.path().join("register.goldthread-journal");
        let kept = fs::read(&journal).unwrap();
        assert!(kept.len() > 4096, "{} bytes in the journal", kept.len());
        let told = kept
            .windows(KNOWN.len())
            .any(|part| part == KNOWN.as_bytes());
        assert_eq!(told, readable, "the journal, protected: {}", !readable);
        assert_eq!(in_the_clear(folder.path(), KNOWN), readable);
        db.execute_batch("COMMIT").unwrap();
        assert!(!in_the_clear(folder.path(), "half way") || readable);
    }
}

#[test]
fn every_copy_of_an_encrypted_register_is_encrypted() {
    let folder = tempfile::tempdir().unwrap();
    let secret = pass("kettle ladder moss");
    let (path, _) = file(folder.path(), Some(&secret));
    let store = Store::open(&path, Some(&secret), "laptop").unwrap();
    store
        .backup(&folder.path().join("backup.goldthread"))
        .unwrap();
    store.keep_copy("before-merge").unwrap();
    let daily = store.keep_daily(folder.path(), "2026-11-25".parse().unwrap());
    assert!(daily.unwrap().copy.is_some());
    let returned = folder.path().join("return.goldthread");
    let own = pass("granite ferry plum");
    store
        .issue(&returned, Some(&own), "laptop", RecordId::fresh(), "POL")
        .unwrap();
    let there = fs::read_dir(folder.path()).unwrap();
    let there = there.filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().ends_with(".goldthread")
    });
    assert_eq!(there.count(), 5);
    assert!(!in_the_clear(folder.path(), KNOWN));
    // The return holds the partnership's name, which the words are.
    let plain = folder.path().join("plain.goldthread");
    store
        .issue(&plain, None, "laptop", RecordId::fresh(), "POL")
        .unwrap();
    assert!(in_the_clear(folder.path(), KNOWN));
}

/// The sentence with which a file is refused; it is left as it was.
fn refused(path: &Path, passphrase: Option<&Passphrase>) -> String {
    let before = fs::read(path).unwrap();
    let refused = Store::open(path, passphrase, "laptop").err().unwrap();
    assert_eq!(fs::read(path).unwrap(), before);
    refused.to_string()
}

fn damage(path: &Path, at: usize, with: &[u8]) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at..at + with.len()].copy_from_slice(with);
    fs::write(path, &bytes).unwrap();
}

#[test]
fn a_wrong_passphrase_and_a_damaged_beginning_each_have_their_sentence() {
    let secret = pass("kettle ladder moss");
    let protected = |damaged: Option<usize>| {
        let folder = tempfile::tempdir().unwrap();
        let (path, _) = file(folder.path(), Some(&secret));
        if let Some(at) = damaged {
            damage(&path, at, &[0xA5; 24]);
        }
        (folder, path)
    };
    let (_folder, whole) = protected(None);
    let wrong = refused(&whole, Some(&pass("not this one")));
    assert!(wrong.starts_with("The passphrase does not open"), "{wrong}");
    // The first page, behind the salt: the passphrase is right, and that is known.
    let (_folder, damaged) = protected(Some(200));
    let told = refused(&damaged, Some(&secret));
    assert!(told.contains("is damaged (its first page"), "{told}");
    let told = refused(&damaged, Some(&pass("not this one")));
    assert!(told.starts_with("The passphrase does not open"), "{told}");
    // The salt itself: nobody can tell, and both are said.
    let (_folder, salted) = protected(Some(0));
    let told = refused(&salted, Some(&secret));
    assert!(told.contains("or its first bytes are damaged"), "{told}");
}

#[test]
fn a_damaged_header_of_a_plain_file_is_not_told_as_a_passphrase() {
    for header in [*b"SQLite format 4\0", [0xA5; 16], [0; 16]] {
        let folder = tempfile::tempdir().unwrap();
        let (path, _) = file(folder.path(), None);
        damage(&path, 0, &header);
        for passphrase in [None, Some(&pass("kettle ladder moss"))] {
            let told = refused(&path, passphrase);
            assert!(told.contains("is damaged (its first bytes"), "{told}");
        }
    }
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
