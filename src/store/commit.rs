//! The one way to write: a change becomes revisions and heads in one transaction.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Result, Store, StoreError, heads};
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::revision::{Change, Edit, Hash, Revision, body_hash, written_instant};

/// What was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// When the transaction was on disk.
    pub at: DateTime<Utc>,
    /// One for each edit that changed anything.
    pub revisions: Vec<(RecordId, RevisionId)>,
}

/// The newest revision of a record, as far as the next one needs it.
struct Head {
    revision: RevisionId,
    chain_hash: Hash,
    body: Option<String>,
}

impl Store {
    /// Keeps a change: all of it or, on any error, none. When this returns, it is on disk.
    /// Edits that change nothing leave no revision.
    ///
    /// # Errors
    /// [`StoreError`]: the disk is full, the file went away or is a read-only copy.
    pub fn commit(&mut self, change: &Change) -> Result<Saved> {
        if self.read_only {
            return Err(StoreError::ReadOnlyCopy(self.path.clone()));
        }
        let kept = keep(&mut self.db, change);
        let revisions = kept.map_err(|error| self.explain(error))?;
        Ok(Saved {
            at: Utc::now(),
            revisions,
        })
    }
}

fn keep(db: &mut Connection, change: &Change) -> rusqlite::Result<Vec<(RecordId, RevisionId)>> {
    let tx = db.transaction()?;
    let mut revisions = Vec::new();
    for edit in &change.edits {
        if let Some(id) = keep_edit(&tx, change, edit)? {
            revisions.push((edit.record, id));
        }
    }
    tx.commit()?;
    Ok(revisions)
}

fn keep_edit(
    db: &Connection,
    change: &Change,
    edit: &Edit,
) -> rusqlite::Result<Option<RevisionId>> {
    let body = edit.after.as_ref().map(crate::domain::record::Record::body);
    let head = head_of(db, edit.record)?;
    let before = head.as_ref().and_then(|head| head.body.as_ref());
    if before == body.as_ref() {
        return Ok(None);
    }
    let revision = Revision {
        id: RevisionId::fresh(),
        record: edit.record,
        kind: edit.kind,
        body,
        parents: head.iter().map(|head| head.revision).collect(),
        author: change.author.clone(),
        at: change.at,
        reason: change.reason.clone(),
    };
    let parent_hashes: Vec<Hash> = head.iter().map(|head| head.chain_hash).collect();
    append(db, &revision, &parent_hashes)?;
    heads::put(db, edit.kind, edit.record, revision.body.as_deref())?;
    Ok(Some(revision.id))
}

fn head_of(db: &Connection, record: RecordId) -> rusqlite::Result<Option<Head>> {
    let sql = "SELECT r.id, r.chain_hash, r.body FROM record JOIN revision r ON r.id = record.head WHERE record.id = ?1";
    db.prepare_cached(sql)?
        .query_row((record.to_string(),), |row| {
            Ok(Head {
                revision: super::read::parsed(row, 0)?,
                chain_hash: row.get(1)?,
                body: row.get(2)?,
            })
        })
        .optional()
}

/// Appends one revision and makes it the head of its record.
fn append(db: &Connection, revision: &Revision, parent_hashes: &[Hash]) -> rusqlite::Result<()> {
    let body_hash = body_hash(revision.body.as_deref());
    let chain_hash = revision.chain_hash(parent_hashes, &body_hash);
    let id = revision.id.to_string();
    let record = revision.record.to_string();
    db.prepare_cached(
        "INSERT INTO revision (id, record, kind, body, body_hash, author_role, author_agency, device, at, reason, chain_hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        id,
        record,
        revision.kind.name(),
        revision.body,
        body_hash,
        revision.author.role,
        revision.author.agency,
        revision.author.device,
        written_instant(revision.at),
        revision.reason,
        chain_hash,
    ])?;
    for parent in &revision.parents {
        db.prepare_cached("INSERT INTO revision_parent (revision, parent) VALUES (?1, ?2)")?
            .execute((&id, parent.to_string()))?;
    }
    db.prepare_cached(
        "INSERT INTO record (id, kind, head) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET head = excluded.head",
    )?
    .execute((record, revision.kind.name(), id))?;
    Ok(())
}
