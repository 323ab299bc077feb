//! What the file holds afterwards, byte for byte.

use std::fs;
use std::path::Path;

use goldthread::domain::form::FormStatus;
use goldthread::domain::redaction::TAKEN_OUT;
use goldthread::domain::revision::{Author, Change, Edit};
use goldthread::store::{DocumentKind, Fault, Passphrase, Store};
use rusqlite::Connection;

use super::office::{self, Office, noon};
use super::*;

/// Whether any file in the folder holds these words.
fn bytes_hold(folder: &Path, words: &str) -> bool {
    let files = fs::read_dir(folder).unwrap();
    let mut contents = files.map(|entry| fs::read(entry.unwrap().path()).unwrap());
    contents.any(|bytes| {
        bytes
            .windows(words.len())
            .any(|window| window == words.as_bytes())
    })
}

/// A register in which the name stands in a note, an older version of it, a reason and a role.
fn with_the_name(path: &Path, passphrase: Option<&Passphrase>) -> (Office, RecordId) {
    let store = Store::create(path, DocumentKind::Register, passphrase, "test").unwrap();
    let mut office = Office::in_store(store);
    let form = office.form("POL", 0);
    let long = "He was not seen. ".repeat(200);
    for note in [
        format!("{NAME} was not seen. {long}"),
        format!("zebedee  quill was not seen. {long}"),
        format!("{NAME}'s school was not asked."),
    ] {
        commit(&mut office.register, "POL", noted(form, &note));
    }
    let reopened = office::form(&office.register, form, FormStatus::InProgress, NAME).unwrap();
    let change = Change {
        edits: vec![reopened],
        author: Author {
            role: NAME.into(),
            ..author("POL")
        },
        at: noon(),
        reason: Some(format!("Wrong answer about {NAME}")),
    };
    office.register.commit(&change).unwrap();
    (office, form)
}

#[test]
fn no_byte_of_the_file_holds_the_name_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.goldthread");
    let (mut office, form) = with_the_name(&path, None);
    assert!(bytes_hold(folder.path(), NAME));
    let found = office.register.mentions(&sought()).unwrap();
    let stand: Vec<bool> = found.iter().map(|found| found.stands).collect();
    assert_eq!(stand, [false, false, true, true]);

    let done = redact(&mut office.register).unwrap();
    assert_eq!((done.revisions, done.records), (4, 2));
    assert_eq!(office.register.mentions(&sought()).unwrap(), []);
    assert_eq!(
        worries(&office.register, form).unwrap(),
        "[name removed]'s school was not asked."
    );
    assert_eq!(office.register.check().unwrap(), []);
    for part in [NAME, "zebedee", "Zebedee", "Quill", "quill"] {
        assert!(!bytes_hold(folder.path(), part), "{part}");
    }
    drop(office);
    assert!(!bytes_hold(folder.path(), "Quill"));
    let reopened = Store::open(&path, None, "test").unwrap();
    assert_eq!(reopened.check().unwrap(), []);
}

#[test]
fn the_redaction_is_a_revision_with_its_reason_and_the_rest_of_the_history_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (mut office, form) = with_the_name(&folder.path().join("r.goldthread"), None);
    let before = office.register.history(Answer::id(form, "C01")).unwrap();
    redact(&mut office.register).unwrap();
    let after = office.register.history(Answer::id(form, "C01")).unwrap();
    assert_eq!(after.len(), before.len() + 1);
    for (old, new) in before.iter().zip(&after) {
        assert_eq!(
            (new.revision, &new.author, new.at),
            (old.revision, &old.author, old.at)
        );
        assert!(new.redacted && new.after.is_none());
    }
    let last = after.last().unwrap();
    assert_eq!(
        last.reason.as_deref(),
        Some("Redacted: A name was typed in a note")
    );
    assert!(!last.redacted && last.after.is_some());
    let form = office.register.history(form).unwrap();
    let reopened = form.iter().rev().find(|entry| entry.redacted).unwrap();
    assert_eq!(reopened.reason.as_deref(), Some(TAKEN_OUT));
    assert_eq!(reopened.author.role, TAKEN_OUT);
}

#[test]
fn an_encrypted_file_holds_it_no_more_either() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.goldthread");
    let passphrase = Passphrase::new("a passphrase for a test");
    let (mut office, _) = with_the_name(&path, Some(&passphrase));
    redact(&mut office.register).unwrap();
    drop(office);
    let reopened = Store::open(&path, Some(&passphrase), "test").unwrap();
    assert_eq!(reopened.check().unwrap(), []);
    assert_eq!(reopened.mentions(&sought()).unwrap(), []);
    drop(reopened);
    // Nothing freed is left that could still hold it.
    let db = Connection::open(&path).unwrap();
    db.pragma_update(None, "key", "a passphrase for a test")
        .unwrap();
    let free: i64 = db
        .query_row(
            "SELECT freelist_count FROM pragma_freelist_count",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(free, 0);
}

#[test]
fn what_was_corrected_before_says_the_same_after() {
    let mut office = Office::new();
    let form = office.form("POL", 0);
    commit(&mut office.register, "POL", noted(form, NAME));
    commit(&mut office.register, "POL", noted(form, "The child"));
    redact(&mut office.register).unwrap();
    assert_eq!(
        worries(&office.register, form).as_deref(),
        Some("The child")
    );
    let history = office.register.history(Answer::id(form, "C01")).unwrap();
    let redacted: Vec<bool> = history.iter().map(|entry| entry.redacted).collect();
    assert_eq!(redacted, [true, false, false]);
    assert_eq!(office.register.check().unwrap(), []);
}

#[test]
fn a_record_that_was_deleted_stays_deleted() {
    let mut office = Office::new();
    let form = office.form("POL", 0);
    commit(&mut office.register, "POL", noted(form, NAME));
    let gone = Edit::delete(Answer::id(form, "C01"), RecordKind::Answer);
    commit(&mut office.register, "POL", gone);
    assert_eq!(redact(&mut office.register).unwrap().revisions, 1);
    assert_eq!(worries(&office.register, form), None);
    assert_eq!(office.register.check().unwrap(), []);
}

#[test]
fn only_the_chosen_revisions_are_blanked() {
    let mut office = Office::new();
    let form = office.form("POL", 0);
    commit(&mut office.register, "POL", noted(form, NAME));
    commit(
        &mut office.register,
        "POL",
        noted(form, &format!("{NAME} again")),
    );
    let first = office.register.mentions(&sought()).unwrap()[0].revision;
    let chosen = BTreeSet::from([first]);
    let redaction = Redaction {
        sought: &sought(),
        revisions: &chosen,
        replacement: REPLACEMENT,
        reason: "One of two",
    };
    office
        .register
        .redact(&redaction, &author(""), noon())
        .unwrap();
    // The one that stands was not chosen: it says what it said, in the redaction too.
    let left = office.register.mentions(&sought()).unwrap();
    assert!(left.iter().all(|found| found.revision != first), "{left:?}");
    assert_eq!(office.register.check().unwrap(), []);
}

#[test]
fn what_cannot_be_redacted_is_refused_and_nothing_changes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.goldthread");
    let (mut office, _) = with_the_name(&path, None);
    let found = office.register.mentions(&sought()).unwrap();
    let chosen: BTreeSet<RevisionId> = found.iter().map(|found| found.revision).collect();
    let nothing = BTreeSet::new();
    let redact = |store: &mut Store, chosen, replacement: &str, reason: &str, role: &str| {
        let redaction = Redaction {
            sought: &sought(),
            revisions: chosen,
            replacement,
            reason,
        };
        let author = Author {
            role: role.into(),
            ..author("")
        };
        store
            .redact(&redaction, &author, noon())
            .map_err(|error| error.to_string())
    };
    let cases = [
        (&chosen, "x", "", "office", "Give a reason"),
        (&chosen, "x", " ", "office", "Give a reason"),
        (
            &nothing,
            "x",
            "Slip",
            "office",
            "The text is nowhere in this file",
        ),
        (
            &chosen,
            "x",
            "About zebedee quill",
            "office",
            "The reason holds the text",
        ),
        (
            &chosen,
            NAME,
            "Slip",
            "office",
            "The replacement holds the text",
        ),
        (
            &chosen,
            "x",
            "Slip",
            NAME,
            "The role you work in holds the text",
        ),
    ];
    for (chosen, replacement, reason, role, why) in cases {
        let refused = redact(&mut office.register, chosen, replacement, reason, role).unwrap_err();
        assert!(refused.starts_with(why), "{refused}");
    }
    // A case's reference is not a word to replace.
    let case = office::case(office.audit, 1);
    let named = goldthread::domain::case::Case {
        reference: NAME.into(),
        ..case
    };
    commit(&mut office.register, "", Edit::put(office.cases[0], named));
    let refused = super::redact(&mut office.register).unwrap_err().to_string();
    assert!(
        refused.starts_with("The text stands in a case that cannot"),
        "{refused}"
    );
    assert_eq!(office.register.mentions(&sought()).unwrap().len(), 5);
    assert_eq!(office.register.check().unwrap(), []);

    drop(office);
    let mut copy = Store::open_snapshot(&path, None).unwrap();
    assert!(
        super::redact(&mut copy)
            .unwrap_err()
            .to_string()
            .contains("read-only copy")
    );
}

#[test]
fn blanking_without_a_redaction_is_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.goldthread");
    let (office, _) = with_the_name(&path, None);
    let first = office.register.mentions(&sought()).unwrap()[0].revision;
    drop(office);
    let db = Connection::open(&path).unwrap();
    db.execute(
        "UPDATE revision SET body = NULL, redacted = 1 WHERE id = ?1",
        [first.to_string()],
    )
    .unwrap();
    drop(db);
    let store = Store::open(&path, None, "test").unwrap();
    assert_eq!(store.check().unwrap(), [Fault::Blanked(first)]);
}

#[test]
fn copies_kept_beside_the_file_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.goldthread");
    let (mut office, _) = with_the_name(&path, None);
    let copy = folder
        .path()
        .join("r before-merge 2026-03-02-120000.goldthread");
    fs::write(&copy, "").unwrap();
    fs::write(folder.path().join("other before-merge 1.goldthread"), "").unwrap();
    assert_eq!(redact(&mut office.register).unwrap().copies, [copy]);
}
