//! A copy in which a change that both have was rewritten, its hashes as they have to be: whole in
//! itself, and refused, because what follows that change there does not follow from what is here.

use std::path::Path;

use goldthread::domain::answer::Answer;
use goldthread::domain::id::RecordId;
use goldthread::domain::record::RecordKind;
use goldthread::domain::revision::{Author, Revision, body_hash};
use goldthread::store::{MergeError, Relation, Store, StoreError};
use rusqlite::Connection;

use crate::desk::{Desk, change, number};

const COPIES: [&str; 2] = ["register (1).goldthread", "register (2).goldthread"];

/// Rewrites the newest revision of an answer as if another number had been given.
fn rewrite(path: &Path, record: RecordId, from: i64, to: i64) {
    let db = Connection::open(path).unwrap();
    let sql = "SELECT id, body, author_role, author_agency, device, at, reason
         FROM revision WHERE id = (SELECT head FROM record WHERE id = ?1)";
    let read = |row: &rusqlite::Row<'_>| {
        let text = |at| row.get::<_, String>(at);
        Ok(Revision {
            id: text(0)?.parse().unwrap(),
            record,
            kind: RecordKind::Answer,
            body: Some(text(1)?),
            parents: Vec::new(),
            author: Author {
                role: text(2)?,
                agency: text(3)?,
                device: text(4)?,
            },
            at: text(5)?.parse().unwrap(),
            reason: row.get(6)?,
        })
    };
    let revision = db.query_row(sql, [record.to_string()], read).unwrap();
    let (from, to) = (format!("\"value\":{from}"), format!("\"value\":{to}"));
    let body = revision.body.clone().unwrap();
    let new = body.replace(&from, &to);
    assert_ne!(new, body);
    let hash = body_hash(Some(&new));
    let chain = revision.chain_hash(&[], &hash);
    let sql = "UPDATE revision SET body = ?1, body_hash = ?2, chain_hash = ?3 WHERE id = ?4";
    db.execute(sql, (new, hash, chain, revision.id.to_string()))
        .unwrap();
    drop(db);
    Store::open(path, None, "x").unwrap().repair().unwrap();
}

/// A copy of a register with an answer, which says in it that another was given first.
fn altered(desk: &Desk) -> std::path::PathBuf {
    desk.give(&mut desk.open(), "N01", 1).unwrap();
    let copy = desk.copied(COPIES[0], &[]);
    rewrite(&copy, Answer::id(desk.form, "N01"), 1, 9);
    let mut there = Store::open(&copy, None, "x").unwrap();
    desk.give(&mut there, "N01", 3).unwrap();
    assert_eq!(there.check().unwrap(), []);
    copy
}

#[test]
fn a_copy_that_tells_a_change_otherwise_is_refused() {
    let desk = Desk::new(None);
    let copy = altered(&desk);
    let store = desk.open();
    let copies = store.copies_beside(&[]);
    assert_eq!(copies[0].relation, Relation::State(1));
    let refused = store.look_at_return(&copy, &[]).unwrap_err();
    let told = matches!(refused, MergeError::Store(StoreError::ToldOtherwise(_)));
    assert!(told, "{refused}");
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn two_files_that_tell_a_new_change_otherwise_are_not_merged_together() {
    let desk = Desk::new(None);
    let record = Answer::id(desk.form, "N01");
    let first = desk.copied(COPIES[0], &[("N01", 1)]);
    let second = desk.path(COPIES[1]);
    std::fs::copy(&first, &second).unwrap();
    rewrite(&second, record, 1, 9);
    let mut there = Store::open(&second, None, "x").unwrap();
    there
        .commit(&change(vec![number(desk.form, "N01", 3, "")]))
        .unwrap();
    drop(there);
    for order in [[&first, &second], [&second, &first]] {
        let mut store = desk.open();
        let looked = order.map(|path| store.look_at_return(path, &[]).unwrap());
        let before = store.history(record).unwrap();
        let (author, now) = (change(Vec::new()).author, chrono::Utc::now());
        let refused = store.merge(&looked, &author, now).unwrap_err();
        assert!(matches!(refused, StoreError::ToldOtherwise(_)), "{refused}");
        assert_eq!(store.history(record).unwrap(), before);
        assert_eq!(store.check().unwrap(), []);
    }
}

#[test]
fn an_altered_copy_in_the_place_of_the_open_file_is_not_brought_together_with_it() {
    let desk = Desk::new(None);
    let copy = altered(&desk);
    let mut store = desk.open();
    desk.give(&mut store, "N09", 2).unwrap();
    std::fs::rename(&copy, &desk.file).unwrap();
    let refused = store.rejoin(None, "desk").unwrap_err();
    assert!(
        refused.to_string().contains("it tells a change otherwise"),
        "{refused}"
    );
    // What was typed here is still here, and beside the other once it is closed.
    assert_eq!(desk.answered(&store, "N09"), Some(2));
    drop(store);
    let aside = desk.files().into_iter();
    let mut aside = aside.filter(|path| path.to_string_lossy().contains("before-joining"));
    let aside = Store::open(&aside.next().unwrap(), None, "x").unwrap();
    assert_eq!(desk.answered(&aside, "N09"), Some(2));
    assert_eq!(aside.check().unwrap(), []);
    assert_eq!(desk.open().check().unwrap(), []);
}
