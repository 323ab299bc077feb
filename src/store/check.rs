//! Whether a file is whole: its pages, its references, the chain of its revisions, and that its
//! heads are what the revisions say.

use std::collections::HashMap;
use std::fmt;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row};

use super::heads;
use super::upgrade::SCHEMA;
use super::{Result, Store};
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::record::RecordKind;
use crate::domain::revision::{Author, Hash, Revision, body_hash};

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// SQLite's own check found this.
    Pages(String),
    /// A row refers to one that is not there.
    Reference(String),
    /// A revision's content is not what its hash says.
    Content(RevisionId),
    /// A revision is not chained to its parents as its hash says.
    Chain(RevisionId),
    /// A revision cannot be read.
    Unreadable(String),
    /// A record's head is not its newest revision.
    Head(RecordId),
    /// A table does not hold what the revisions say.
    Replay(&'static str, usize),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pages(what) => write!(f, "the file's pages: {what}"),
            Self::Reference(table) => {
                write!(f, "the table {table} refers to something that is not there")
            }
            Self::Content(id) => write!(f, "the content of revision {id} was altered"),
            Self::Chain(id) => write!(f, "revision {id} does not follow from the ones before it"),
            Self::Unreadable(what) => write!(f, "a revision cannot be read: {what}"),
            Self::Head(id) => write!(f, "record {id} does not stand as its newest revision says"),
            Self::Replay(table, rows) => {
                write!(f, "{rows} rows of {table} are not what the revisions say")
            }
        }
    }
}

impl Store {
    /// Looks through the whole file. An empty answer means that it is whole.
    ///
    /// # Errors
    /// [`super::StoreError`] when the file cannot be read at all.
    pub fn check(&self) -> Result<Vec<Fault>> {
        let explain = |error| self.explain(error);
        let mut faults = pages(&self.db);
        if !faults.is_empty() {
            // Reading on would only report the same damage in other words.
            return Ok(faults);
        }
        faults.extend(references(&self.db).map_err(explain)?);
        faults.extend(chain(&self.db).map_err(explain)?);
        faults.extend(newest_heads(&self.db).map_err(explain)?);
        if faults.is_empty() {
            faults.extend(replay(&self.db).map_err(explain)?);
        }
        Ok(faults)
    }
}

fn pages(db: &Connection) -> Vec<Fault> {
    let read = || -> rusqlite::Result<Vec<String>> {
        let mut statement = db.prepare("PRAGMA integrity_check(20)")?;
        statement.query_map([], |row| row.get(0))?.collect()
    };
    match read() {
        Ok(lines) if lines == ["ok"] => Vec::new(),
        Ok(lines) => lines.into_iter().map(Fault::Pages).collect(),
        Err(error) => vec![Fault::Pages(error.to_string())],
    }
}

fn references(db: &Connection) -> rusqlite::Result<Vec<Fault>> {
    let mut statement = db.prepare("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check")?;
    statement
        .query_map([], |row| row.get(0).map(Fault::Reference))?
        .collect()
}

fn chain(db: &Connection) -> rusqlite::Result<Vec<Fault>> {
    let parents = parents(db)?;
    let mut hashes: HashMap<RevisionId, Hash> = HashMap::new();
    let mut faults = Vec::new();
    let mut statement = db.prepare(
        "SELECT id, record, kind, body, author_role, author_agency, device, at, reason, body_hash, chain_hash, redacted
         FROM revision ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (mut revision, stored) = match revision(row) {
            Ok(read) => read,
            Err(error) => {
                faults.push(Fault::Unreadable(error.to_string()));
                continue;
            }
        };
        revision.parents = parents.get(&revision.id).cloned().unwrap_or_default();
        if !stored.redacted && body_hash(revision.body.as_deref()) != stored.body {
            faults.push(Fault::Content(revision.id));
        }
        // A parent that comes later or is missing leaves its hash out, and the chain breaks here.
        let known: Vec<Hash> = revision
            .parents
            .iter()
            .filter_map(|id| hashes.get(id))
            .copied()
            .collect();
        if revision.chain_hash(&known, &stored.body) != stored.chain {
            faults.push(Fault::Chain(revision.id));
        }
        hashes.insert(revision.id, stored.chain);
    }
    Ok(faults)
}

fn parents(db: &Connection) -> rusqlite::Result<HashMap<RevisionId, Vec<RevisionId>>> {
    let mut parents: HashMap<RevisionId, Vec<RevisionId>> = HashMap::new();
    let mut statement =
        db.prepare("SELECT revision, parent FROM revision_parent ORDER BY revision, parent")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let child = super::read::parsed(row, 0)?;
        parents
            .entry(child)
            .or_default()
            .push(super::read::parsed(row, 1)?);
    }
    Ok(parents)
}

struct Stored {
    body: Hash,
    chain: Hash,
    redacted: bool,
}

fn revision(row: &Row<'_>) -> rusqlite::Result<(Revision, Stored)> {
    let bad = |at: usize, what: String| {
        rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, what.into())
    };
    let kind: String = row.get(2)?;
    let at: String = row.get(7)?;
    let revision = Revision {
        id: super::read::parsed(row, 0)?,
        record: super::read::parsed(row, 1)?,
        kind: RecordKind::named(&kind).ok_or_else(|| bad(2, format!("unknown kind {kind}")))?,
        body: row.get(3)?,
        parents: Vec::new(),
        author: Author {
            role: row.get(4)?,
            agency: row.get(5)?,
            device: row.get(6)?,
        },
        at: at
            .parse::<DateTime<Utc>>()
            .map_err(|error| bad(7, error.to_string()))?,
        reason: row.get(8)?,
    };
    let stored = Stored {
        body: row.get(9)?,
        chain: row.get(10)?,
        redacted: row.get(11)?,
    };
    Ok((revision, stored))
}

/// Every record's head has to be one of its revisions that no other follows.
fn newest_heads(db: &Connection) -> rusqlite::Result<Vec<Fault>> {
    let mut statement = db.prepare(
        "SELECT record.id FROM record LEFT JOIN revision r ON r.id = record.head
         WHERE r.record IS NOT record.id OR r.kind IS NOT record.kind
            OR EXISTS (SELECT 1 FROM revision_parent p WHERE p.parent = record.head)
         UNION SELECT record FROM revision WHERE record NOT IN (SELECT id FROM record)",
    )?;
    let rows = statement.query_map([], |row| super::read::parsed(row, 0).map(Fault::Head))?;
    rows.collect()
}

/// Fills a second set of tables from the heads' bodies and compares them with the first.
fn replay(db: &Connection) -> rusqlite::Result<Vec<Fault>> {
    let fresh = Connection::open_in_memory()?;
    fresh.execute_batch(SCHEMA)?;
    fresh.pragma_update(None, "foreign_keys", false)?;
    fresh.execute_batch("BEGIN")?;
    let mut statement = db.prepare(
        "SELECT record.id, record.kind, r.body FROM record JOIN revision r ON r.id = record.head WHERE r.body IS NOT NULL",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let kind: String = row.get(1)?;
        let body: String = row.get(2)?;
        if let Some(kind) = RecordKind::named(&kind) {
            heads::put(&fresh, kind, super::read::parsed(row, 0)?, Some(&body))?;
        }
    }
    let mut faults = Vec::new();
    for kind in RecordKind::ALL {
        let table = heads::table(*kind);
        let differing = differing_rows(db, &fresh, table)?;
        if differing > 0 {
            faults.push(Fault::Replay(table, differing));
        }
    }
    Ok(faults)
}

/// How many rows of `table` are in one database and not in the other, counting from the larger side.
fn differing_rows(a: &Connection, b: &Connection, table: &str) -> rusqlite::Result<usize> {
    let sql = format!("SELECT * FROM {table} ORDER BY id");
    let (mut a, mut b) = (a.prepare(&sql)?, b.prepare(&sql)?);
    let (mut a, mut b) = (all_rows(&mut a)?.into_iter(), all_rows(&mut b)?.into_iter());
    let mut differing = 0;
    loop {
        match (a.next(), b.next()) {
            (None, None) => return Ok(differing),
            (left, right) => differing += usize::from(left != right),
        }
    }
}

fn all_rows(
    statement: &mut rusqlite::Statement<'_>,
) -> rusqlite::Result<Vec<Vec<rusqlite::types::Value>>> {
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| (0..columns).map(|at| row.get(at)).collect())?;
    rows.collect()
}
