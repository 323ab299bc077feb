//! The forms of an audit are removed for good when their time is over, and nothing brings them back.

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use goldthread::domain::dismissal::Dismissal;
use goldthread::domain::judgement::Judgement;
use goldthread::domain::retention::{KeptCounts, LegalHold, NotRemovable, Retention};
use goldthread::store::{DocumentKind, FormsRemoved, MergeError, Passphrase, RemoveError, Store};

use super::office::{Office, QUESTIONS, answer, change, noon};
use super::*;

/// Words that stand in every kind of text that is removed.
const WORDS: &str = "glass lighthouse";

fn keep_until(office: &mut Office, date: &str, held: bool) {
    let retention = Retention {
        keep_until: Some(date.parse().unwrap()),
        hold: held.then(|| LegalHold {
            reason: "Inquiry".into(),
            by: "Chair".into(),
            since: noon(),
        }),
        ..Retention::of(office.audit)
    };
    let edit = Edit::put(Retention::id(office.audit), retention);
    office.register.commit(&change("", vec![edit])).unwrap();
}

fn remove(office: &mut Office, at: DateTime<Utc>) -> Result<FormsRemoved, RemoveError> {
    let counts = KeptCounts::default();
    office
        .register
        .remove_forms(office.audit, counts, &author(""), at)
}

/// A register with the words in notes, older versions of them, a deleted answer, a judgement, a
/// reason and a suggestion set aside.
fn filled(store: Store) -> Office {
    let mut office = Office::in_store(store);
    let form = office.form("POL", 0);
    let long = "Seen at home. ".repeat(200);
    for note in [format!("{WORDS} {long}"), format!("later: {WORDS}")] {
        commit(&mut office.register, "POL", noted(form, &note));
    }
    let other = office.form("CSC", 1);
    commit(&mut office.register, "CSC", noted(other, WORDS));
    let gone = Edit::delete(Answer::id(other, "C01"), RecordKind::Answer);
    commit(&mut office.register, "CSC", gone);
    let judgement = Judgement {
        case: office.cases[0],
        question: None,
        value: goldthread::domain::answer::Value::one("good"),
        reason: WORDS.into(),
        dissent: String::new(),
    };
    let dismissal = Dismissal {
        audit: office.audit,
        suggestion: "s".into(),
        reason: WORDS.into(),
    };
    let mut edits = change(
        "",
        vec![
            Edit::put(Judgement::id(office.cases[0], None), judgement),
            Edit::put(RecordId::fresh(), dismissal),
        ],
    );
    edits.reason = Some(format!("Because of {WORDS}"));
    office.register.commit(&edits).unwrap();
    office
}

fn bytes_hold(folder: &Path, words: &str) -> bool {
    let files = fs::read_dir(folder).unwrap();
    let mut contents = files.map(|entry| fs::read(entry.unwrap().path()).unwrap());
    contents.any(|bytes| {
        bytes
            .windows(words.len())
            .any(|window| window == words.as_bytes())
    })
}

/// Nothing of any case stands, and the file is whole.
fn nothing_stands(office: &Office, store: &Store) {
    assert_eq!(store.check().unwrap(), []);
    let register = store.register().unwrap();
    assert_eq!((register.cases.len(), register.forms.len()), (0, 0));
    let (records, conflicts) = office.standing(store);
    assert_eq!(records.iter().flatten().count(), 1, "the audit itself");
    assert!(conflicts.is_empty(), "{conflicts:?}");
    assert_eq!(store.mentions(&Sought::new(WORDS).unwrap()).unwrap(), []);
}

#[test]
fn no_byte_of_the_file_holds_what_was_removed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.goldthread");
    let store = Store::create(&path, DocumentKind::Register, None, "test").unwrap();
    let mut office = filled(store);
    keep_until(&mut office, "2026-01-31", false);
    assert!(bytes_hold(folder.path(), WORDS));
    let reference = "NEG26-01";
    assert!(bytes_hold(folder.path(), reference));
    let done = remove(&mut office, noon()).unwrap();
    for gone in [WORDS, reference, "later:", "Seen at home"] {
        assert!(!bytes_hold(folder.path(), gone), "{gone}");
    }
    nothing_stands(&office, &office.register);
    let counted = |kind: &str| done.removal.records.get(kind).copied();
    assert_eq!(counted("case"), Some(2));
    assert_eq!(counted("form"), Some(2 * office::AGENCIES.len()));
    assert_eq!(counted("answer"), Some(2), "the deleted one too");
    assert_eq!(counted("judgement"), Some(1));
    assert_eq!(done.removal.digest.len(), 64);
    let register = office.register.register().unwrap();
    assert_eq!(register.hypotheses.len(), 1);
    let kept = register.retention_of(office.audit).removed;
    assert_eq!(kept, Some(done.removal));
    drop(office);
    assert!(!bytes_hold(folder.path(), WORDS));
    let again = Store::open(&path, None, "test").unwrap();
    assert_eq!(again.check().unwrap(), []);
}

#[test]
fn an_encrypted_register_keeps_nothing_that_was_freed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.goldthread");
    let secret = Passphrase::new("a passphrase for a test");
    let store = Store::create(&path, DocumentKind::Register, Some(&secret), "test").unwrap();
    let mut office = filled(store);
    keep_until(&mut office, "2026-01-31", false);
    remove(&mut office, noon()).unwrap();
    nothing_stands(&office, &office.register);
    drop(office);
    let db = rusqlite::Connection::open(&path).unwrap();
    db.pragma_update(None, "key", "a passphrase for a test")
        .unwrap();
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT freelist_count FROM pragma_freelist_count"), 0);
    let left = "SELECT count(*) FROM revision WHERE body LIKE '%lighthouse%' OR reason LIKE '%lighthouse%'";
    assert_eq!(count(left), 0);
}

#[test]
fn nothing_is_removed_before_the_date_under_a_hold_or_twice() {
    let mut office = filled(Store::in_memory().unwrap());
    let before = office.standing(&office.register);
    let refused = remove(&mut office, noon()).unwrap_err();
    assert!(matches!(
        refused,
        RemoveError::NotRemovable(NotRemovable::NoDate(_))
    ));
    keep_until(&mut office, "2026-03-02", false);
    let refused = remove(&mut office, noon()).unwrap_err();
    let early = matches!(
        refused,
        RemoveError::NotRemovable(NotRemovable::TooEarly { .. })
    );
    assert!(early, "{refused}");
    keep_until(&mut office, "2026-01-31", true);
    let refused = remove(&mut office, noon()).unwrap_err();
    assert!(matches!(
        refused,
        RemoveError::NotRemovable(NotRemovable::Held(_))
    ));
    assert_eq!(office.standing(&office.register), before);
    keep_until(&mut office, "2026-01-31", false);
    remove(&mut office, noon()).unwrap();
    let refused = remove(&mut office, noon()).unwrap_err();
    let gone = matches!(
        refused,
        RemoveError::NotRemovable(NotRemovable::Gone { .. })
    );
    assert!(gone, "{refused}");
}

#[test]
fn a_return_that_comes_in_afterwards_brings_nothing_back() {
    let mut office = filled(Store::in_memory().unwrap());
    let mut file = office.issue("POL");
    let form = office.form("POL", 0);
    keep_until(&mut office, "2026-01-31", false);
    remove(&mut office, noon()).unwrap();
    for _ in 0..2 {
        let refused = office.merge(&file).unwrap_err();
        assert!(matches!(refused, MergeError::Removed { .. }), "{refused}");
        let said = refused.to_string();
        assert!(said.contains("forms were removed on 02/03/2026"), "{said}");
        nothing_stands(&office, &office.register);
        // What was written after the removal comes no more than what was removed.
        let later = answer(form, QUESTIONS[0], "good");
        file.commit(&change("POL", vec![later])).unwrap();
    }
}

#[test]
fn what_was_looked_at_before_the_removal_is_swept_as_it_comes_in() {
    let mut office = filled(Store::in_memory().unwrap());
    let mut file = office.issue("POL");
    for (case, question) in [(0, QUESTIONS[0]), (1, QUESTIONS[1])] {
        let form = office.form("POL", case);
        let edits = vec![answer(form, question, "good"), noted(form, WORDS)];
        file.commit(&change("POL", edits)).unwrap();
    }
    // As another copy of the register would come in: nobody refuses it.
    let looked = office.register.examine(&file).unwrap();
    keep_until(&mut office, "2026-01-31", false);
    remove(&mut office, noon()).unwrap();
    for _ in 0..2 {
        let files = std::slice::from_ref(&looked);
        office.register.merge(files, &author(""), noon()).unwrap();
        nothing_stands(&office, &office.register);
    }
}

#[test]
fn a_return_holds_nothing_of_how_long_forms_are_kept() {
    let mut office = filled(Store::in_memory().unwrap());
    keep_until(&mut office, "2026-01-31", true);
    let file = office.issue("POL");
    assert!(file.register().unwrap().retentions.is_empty());
    // And cannot say anything about it.
    let mut file = file;
    let edit = Edit::put(Retention::id(office.audit), Retention::of(office.audit));
    file.commit(&change("POL", vec![edit])).unwrap();
    let refused = office.merge(&file).unwrap_err();
    assert!(matches!(refused, MergeError::NotTheirs { .. }), "{refused}");
}

#[test]
fn another_audit_in_the_same_register_keeps_everything() {
    let office = filled(Store::in_memory().unwrap());
    let first = office.audit;
    let before = office.register.register().unwrap();
    let mut both = Office::in_store(office.register);
    let second = both.audit;
    keep_until(&mut both, "2026-01-31", false);
    remove(&mut both, noon()).unwrap();
    let after = both.register.register().unwrap();
    assert_eq!(after.cases_of(first), before.cases_of(first));
    assert_eq!(after.forms_of(first).len(), before.forms_of(first).len());
    assert!(after.cases_of(second).is_empty());
    let form = office::form_id(first, "POL", office.cases[0]);
    assert!(worries(&both.register, form).is_some());
    assert_eq!(both.register.check().unwrap(), []);
}

#[test]
fn a_name_typed_as_the_role_of_who_removed_the_forms_is_taken_out_of_the_certificate() {
    let mut office = filled(Store::in_memory().unwrap());
    keep_until(&mut office, "2026-01-31", false);
    let named = goldthread::domain::revision::Author {
        role: format!("{NAME}, office"),
        ..author("")
    };
    let counts = KeptCounts::default();
    let done = office
        .register
        .remove_forms(office.audit, counts, &named, noon());
    let before = done.unwrap().removal;
    redact(&mut office.register).unwrap();
    assert_eq!(office.register.mentions(&sought()).unwrap(), []);
    let register = office.register.register().unwrap();
    let after = register.retention_of(office.audit).removed.unwrap();
    assert_eq!(after.by, format!("{REPLACEMENT}, office"));
    assert_eq!(
        goldthread::domain::retention::Removal {
            by: before.by.clone(),
            ..after
        },
        before
    );
    assert_eq!(office.register.check().unwrap(), []);
}
