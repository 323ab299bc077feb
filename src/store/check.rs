//! Whether a file is whole: its pages, its references, the chain of its revisions, and that its
//! heads are what the revisions say.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use rusqlite::Connection;

use super::error::row_in_words;
use super::read::parsed;
use super::revisions::{self, Lineages};
use super::upgrade::SCHEMA;
use super::{Result, Store, heads, redact};
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::plain::told;
use crate::domain::record::RecordKind;
use crate::domain::revision::{Hash, body_hash};

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
    /// A revision's text was blanked, and no redaction of its record says so.
    Blanked(RevisionId),
    /// A revision cannot be read.
    Unreadable(String),
    /// A record does not stand by the head it has to stand by.
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
            Self::Blanked(id) => write!(
                f,
                "the text of revision {id} was taken away without a redaction"
            ),
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
        Ok(lines) => lines.iter().map(|line| Fault::Pages(told(line))).collect(),
        Err(error) => vec![Fault::Pages(row_in_words(&error))],
    }
}

fn references(db: &Connection) -> rusqlite::Result<Vec<Fault>> {
    let mut statement = db.prepare("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check")?;
    statement
        .query_map([], |row| row.get(0).map(Fault::Reference))?
        .collect()
}

/// The chain of the revisions, and that each record stands by the head it has to stand by.
fn chain(db: &Connection) -> rusqlite::Result<Vec<Fault>> {
    let mut hashes: HashMap<RevisionId, Hash> = HashMap::new();
    let mut lineages = Lineages::new();
    let mut blanked: BTreeMap<RecordId, Vec<RevisionId>> = BTreeMap::new();
    let mut faults = Vec::new();
    revisions::each(db, |read| {
        let kept = match read {
            Ok(kept) => kept,
            Err(error) => return faults.push(Fault::Unreadable(row_in_words(&error))),
        };
        let revision = &kept.revision;
        if kept.redacted {
            blanked
                .entry(revision.record)
                .or_default()
                .push(revision.id);
        } else if body_hash(revision.body.as_deref()) != kept.body_hash {
            faults.push(Fault::Content(revision.id));
        }
        if redact::is_redaction(revision) {
            blanked.remove(&revision.record);
        }
        let (kind, lineage) = revisions::place(&mut lineages, revision);
        // A parent that comes later or is missing leaves its hash out, and the chain breaks here.
        let known = revision.parents.iter().filter_map(|id| hashes.get(id));
        let known: Vec<Hash> = known.copied().collect();
        let follows = revision.parents.iter().all(|id| lineage.contains(*id));
        let own = follows && *kind == revision.kind;
        let holds = || revision.chain_hash(&known, &kept.body_hash) == kept.chain_hash;
        if !own || !(redact::words_taken_out(&kept) || holds()) {
            faults.push(Fault::Chain(revision.id));
        }
        lineage.add(revision.id, kept.said());
        hashes.insert(revision.id, kept.chain_hash);
    })?;
    faults.extend(blanked.into_values().flatten().map(Fault::Blanked));
    faults.extend(wrong_heads(db, &lineages)?);
    Ok(faults)
}

fn wrong_heads(db: &Connection, lineages: &Lineages) -> rusqlite::Result<Vec<Fault>> {
    let (astray, strange) = astray(db, lineages)?;
    let astray = astray.into_iter().map(|(record, ..)| Fault::Head(record));
    let strange = strange.into_iter();
    let strange = strange.map(|id| Fault::Unreadable(told(&format!("record {id} has none"))));
    Ok(astray.chain(strange).collect())
}

/// A record that does not stand by the winner among the revisions that no other follows, its kind,
/// and that winner.
pub(super) type Astray = (RecordId, RecordKind, Option<RevisionId>);

/// The records that do not stand as they have to, and the ids of those that have no revision.
pub(super) fn astray(
    db: &Connection,
    lineages: &Lineages,
) -> rusqlite::Result<(Vec<Astray>, Vec<String>)> {
    // As text: a damaged id is a fault too, not a reason to stop looking.
    let mut stands: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut statement = db.prepare("SELECT id, kind, head FROM record")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        stands.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
    }
    let mut astray = Vec::new();
    for (id, (kind, lineage)) in lineages {
        let winner = lineage.winner();
        let should = winner.map(|winner| (kind.name().to_owned(), winner.to_string()));
        if stands.remove(&id.to_string()) != should {
            astray.push((*id, *kind, winner));
        }
    }
    Ok((astray, stands.into_keys().collect()))
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
            heads::put(&fresh, kind, parsed(row, 0)?, Some(&body))?;
        }
    }
    heads::hide_orphans(&fresh)?;
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
