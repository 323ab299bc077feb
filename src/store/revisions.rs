//! Reading and appending rows of the table of revisions.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::read::parsed;
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::merge::{Lineage, Restoring, Said};
use crate::domain::record::RecordKind;
use crate::domain::revision::{Author, Hash, Revision, body_hash, written_instant};

/// A revision as it stands in a file.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) revision: Revision,
    pub(super) body_hash: Hash,
    pub(super) chain_hash: Hash,
    pub(super) redacted: bool,
}

impl Kept {
    /// A new revision, chained to its parents: their hashes in the order of their ids.
    pub(super) fn new(revision: Revision, parents: &[Hash]) -> Self {
        let body_hash = body_hash(revision.body.as_deref());
        Self {
            chain_hash: revision.chain_hash(parents, &body_hash),
            body_hash,
            redacted: false,
            revision,
        }
    }

    /// Whether it is the same change as one with this id elsewhere ([`told_likewise`]).
    pub(super) fn is_told_as(&self, other: &Self) -> bool {
        let (own, theirs) = (&self.revision, &other.revision);
        (self.chain_hash, own.record, own.kind) == (other.chain_hash, theirs.record, theirs.kind)
    }

    /// What of it counts for the history of its record.
    pub(super) fn said(&self) -> Said {
        Said {
            parents: self.revision.parents.clone(),
            body: self.body_hash,
            restores: Restoring::is_reason(self.revision.reason.as_deref()),
        }
    }
}

/// Hands every revision of the file to `take`, in the order of their arrival; one that cannot be
/// read as the error.
pub(super) fn each(
    db: &Connection,
    mut take: impl FnMut(rusqlite::Result<Kept>),
) -> rusqlite::Result<()> {
    let mut parents = parents(db)?;
    let mut statement = db.prepare(&format!("SELECT {COLUMNS} FROM revision ORDER BY seq"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(kept(row).map(|mut kept| {
            kept.revision.parents = parents.remove(&kept.revision.id).unwrap_or_default();
            kept
        }));
    }
    Ok(())
}

fn parents(db: &Connection) -> rusqlite::Result<HashMap<RevisionId, Vec<RevisionId>>> {
    let mut parents: HashMap<RevisionId, Vec<RevisionId>> = HashMap::new();
    let mut statement =
        db.prepare("SELECT revision, parent FROM revision_parent ORDER BY revision, parent")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let child = parsed(row, 0)?;
        parents.entry(child).or_default().push(parsed(row, 1)?);
    }
    Ok(parents)
}

/// What [`kept`] reads.
const COLUMNS: &str = "id, record, kind, body, author_role, author_agency, device, at, reason, body_hash, chain_hash, redacted";

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    let bad = |at: usize, what: String| {
        rusqlite::Error::FromSqlConversionFailure(at, Type::Text, what.into())
    };
    let kind: String = row.get(2)?;
    let at: String = row.get(7)?;
    let revision = Revision {
        id: parsed(row, 0)?,
        record: parsed(row, 1)?,
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
    Ok(Kept {
        revision,
        body_hash: row.get(9)?,
        chain_hash: row.get(10)?,
        redacted: row.get(11)?,
    })
}

/// Appends one revision. Its parents have to be there.
pub(super) fn append(db: &Connection, kept: &Kept) -> rusqlite::Result<()> {
    let revision = &kept.revision;
    let id = revision.id.to_string();
    db.prepare_cached(
        "INSERT INTO revision (id, record, kind, body, body_hash, redacted, author_role, author_agency, device, at, reason, chain_hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        id,
        revision.record.to_string(),
        revision.kind.name(),
        revision.body,
        kept.body_hash,
        kept.redacted,
        revision.author.role,
        revision.author.agency,
        revision.author.device,
        written_instant(revision.at),
        revision.reason,
        kept.chain_hash,
    ])?;
    for parent in &revision.parents {
        db.prepare_cached("INSERT INTO revision_parent (revision, parent) VALUES (?1, ?2)")?
            .execute((&id, parent.to_string()))?;
    }
    Ok(())
}

/// Says which revision a record stands by.
pub(super) fn set_head(
    db: &Connection,
    record: RecordId,
    kind: RecordKind,
    head: RevisionId,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO record (id, kind, head) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET head = excluded.head",
    )?
    .execute((record.to_string(), kind.name(), head.to_string()))
    .map(drop)
}

/// Every record with its kind and how its revisions follow each other.
pub(super) type Lineages = BTreeMap<RecordId, (RecordKind, Lineage)>;

/// The place of a revision's record; its kind is that of the first one.
pub(super) fn place<'a>(
    lineages: &'a mut Lineages,
    revision: &Revision,
) -> &'a mut (RecordKind, Lineage) {
    let new = || (revision.kind, Lineage::default());
    lineages.entry(revision.record).or_insert_with(new)
}

/// How the revisions of one record follow each other.
pub(super) fn lineage(db: &Connection, record: RecordId) -> rusqlite::Result<Lineage> {
    lineage_until(db, record, i64::MAX)
}

/// The same of the revisions that had arrived when `last` did (the number of its arrival).
pub(super) fn lineage_until(
    db: &Connection,
    record: RecordId,
    last: i64,
) -> rusqlite::Result<Lineage> {
    let sql =
        "SELECT r.id, p.parent, r.body_hash, r.reason FROM revision r LEFT JOIN revision_parent p ON p.revision = r.id
               WHERE r.record = ?1 AND r.seq <= ?2 ORDER BY r.seq";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query((record.to_string(), last))?;
    let mut found: Vec<(RevisionId, Said)> = Vec::new();
    while let Some(row) = rows.next()? {
        let id = parsed(row, 0)?;
        if found.last().is_none_or(|(last, _)| *last != id) {
            let reason: Option<String> = row.get(3)?;
            let said = Said {
                parents: Vec::new(),
                body: row.get(2)?,
                restores: Restoring::is_reason(reason.as_deref()),
            };
            found.push((id, said));
        }
        let parent = row.get::<_, Option<String>>(1)?.is_some();
        if let (true, Some((_, said))) = (parent, found.last_mut()) {
            said.parents.push(parsed(row, 1)?);
        }
    }
    let mut lineage = Lineage::default();
    for (id, said) in found {
        lineage.add(id, said);
    }
    Ok(lineage)
}

/// Whether this file tells a revision of another one as the same change, if it has it. The hash stays
/// as it is when a text is redacted, and is over everything else.
pub(super) fn told_likewise(db: &Connection, theirs: &Kept) -> rusqlite::Result<Option<bool>> {
    let sql = "SELECT record, kind, chain_hash FROM revision WHERE id = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let revision = &theirs.revision;
    let likewise = |row: &Row<'_>| {
        let (record, kind): (String, String) = (row.get(0)?, row.get(1)?);
        let same = record == revision.record.to_string() && kind == revision.kind.name();
        Ok(same && row.get::<_, Hash>(2)? == theirs.chain_hash)
    };
    let id = revision.id.to_string();
    statement.query_row([id], likewise).optional()
}

/// All revisions of one record, in the order of their arrival.
pub(super) fn of_record(db: &Connection, record: RecordId) -> rusqlite::Result<Vec<Kept>> {
    where_(db, "record = ?1", record.to_string())
}

/// The revisions that arrived after the one with this number, in the order of their arrival.
pub(super) fn since(db: &Connection, last: i64) -> rusqlite::Result<Vec<Kept>> {
    where_(db, "seq > ?1", last)
}

/// The number of the revision that arrived last.
pub(super) fn last_arrival(db: &Connection) -> rusqlite::Result<i64> {
    let sql = "SELECT coalesce(max(seq), 0) FROM revision";
    db.prepare_cached(sql)?.query_row([], |row| row.get(0))
}

fn where_(
    db: &Connection,
    condition: &str,
    value: impl rusqlite::ToSql,
) -> rusqlite::Result<Vec<Kept>> {
    let sql = format!("SELECT {COLUMNS} FROM revision WHERE {condition} ORDER BY seq");
    let mut statement = db.prepare_cached(&sql)?;
    let mut parents = db
        .prepare_cached("SELECT parent FROM revision_parent WHERE revision = ?1 ORDER BY parent")?;
    let rows = statement.query_map([value], kept)?;
    let mut all: Vec<Kept> = rows.collect::<rusqlite::Result<_>>()?;
    for kept in &mut all {
        let own = parents.query_map((kept.revision.id.to_string(),), |row| parsed(row, 0))?;
        kept.revision.parents = own.collect::<rusqlite::Result<_>>()?;
    }
    Ok(all)
}
