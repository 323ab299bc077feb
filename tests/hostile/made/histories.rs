//! Histories of one record that no program of ours writes: restoring revisions, told by their reason
//! alone, in shapes with which each further one could double the work, or need a deeper stack.

use std::fs;

use goldthread::store::Store;
use rusqlite::Connection;

use crate::cost::Meter;
use crate::formats::office::{REGISTER, RETURN};
use crate::formats::sqlite::seal;
use crate::formats::{Format, Office};
use crate::mutations::MOST;

/// How the revisions follow each other, and how many levels there are.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// Two on each level, each after both below.
    Ladder(usize),
    /// One after the other.
    Chain(usize),
    /// All after the same one.
    Fan(usize),
}

impl Shape {
    /// The levels, from the oldest: of how many revisions each, and whether each level follows the
    /// one before it.
    fn levels(self) -> (Vec<usize>, bool) {
        match self {
            Self::Ladder(levels) => (vec![2; levels], true),
            Self::Chain(levels) => (vec![1; levels], true),
            Self::Fan(wide) => (vec![wide], false),
        }
    }
}

/// A good file in which one answer has such a history, its hashes as they have to be.
fn with_history(good: &[u8], shape: Shape) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made.goldthread");
    fs::write(&path, good).unwrap();
    let db = Connection::open(&path).unwrap();
    db.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; BEGIN")
        .unwrap();
    let sql = "SELECT head FROM record WHERE kind = 'answer' ORDER BY id LIMIT 1";
    let head: String = db.query_row(sql, [], |row| row.get(0)).unwrap();
    let (levels, follows) = shape.levels();
    let mut below = vec![head.clone()];
    for (level, wide) in levels.into_iter().enumerate() {
        let ids = (0..wide).map(|at| format!("0199ffff-ffff-7000-8{at:03x}-{level:012}"));
        let ids: Vec<String> = ids.collect();
        for id in &ids {
            restoring(&db, id, &head, &below);
        }
        if follows {
            below = ids;
        }
    }
    seal(&db).unwrap();
    db.execute_batch("COMMIT").unwrap();
    db.close().unwrap();
    // Its record stands by the one it has to stand by.
    let mut store = Store::open(&path, None, "elsewhere").unwrap();
    store.repair().unwrap();
    assert_eq!(store.check().unwrap(), []);
    drop(store);
    fs::read(path).unwrap()
}

/// Says again what the first said.
fn restoring(db: &Connection, id: &str, first: &str, parents: &[String]) {
    let sql = "INSERT INTO revision (id, record, kind, body, body_hash, author_role, author_agency, device, at, reason, chain_hash)
         SELECT ?1, record, kind, body, body_hash, author_role, author_agency, device, at, 'Undo: merge of 1 return', chain_hash
         FROM revision WHERE id = ?2";
    db.prepare_cached(sql)
        .unwrap()
        .execute((id, first))
        .unwrap();
    let sql = "INSERT INTO revision_parent (revision, parent) VALUES (?1, ?2)";
    let mut follow = db.prepare_cached(sql).unwrap();
    for parent in parents {
        follow.execute((id, parent)).unwrap();
    }
}

/// Opened, looked through, read in every way and merged twice, at the cost of a few spoiled files.
fn costs_little(kind: &str, good: &[u8], shape: Shape) {
    let _alone = crate::alone();
    let file = with_history(good, shape);
    let mut office = Office::new();
    let format = Format::named(kind).unwrap();
    let meter = Meter::start();
    assert!((format.show)(&mut office, &file), "{kind}, {shape:?}");
    let cost = meter.stop();
    let few = MOST.ms * 4;
    assert!(
        cost.ms <= few && cost.kb <= MOST.kb,
        "{kind}, {shape:?}: {cost:?}"
    );
}

#[test]
fn a_ladder_of_restoring_revisions_is_no_more_work_than_a_chain() {
    for (kind, good) in [("register", REGISTER), ("return", RETURN)] {
        costs_little(kind, good, Shape::Ladder(60));
    }
}

#[test]
fn a_chain_of_restoring_revisions_needs_no_deeper_stack() {
    for (kind, good) in [("register", REGISTER), ("return", RETURN)] {
        costs_little(kind, good, Shape::Chain(5_000));
    }
}

#[test]
fn many_restoring_revisions_side_by_side_are_looked_through_together() {
    for (kind, good) in [("register", REGISTER), ("return", RETURN)] {
        costs_little(kind, good, Shape::Fan(3_000));
    }
}
