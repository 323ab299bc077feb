//! Conflicts: records of which versions that differ stand side by side, and how one is settled.

use crate::domain::id::RecordId;
use crate::domain::record::RecordKind;
use crate::domain::revision::Change;
use crate::store::commit::{Follows, Saved};
use crate::store::{Entry, Result, Store, read, revisions};

/// One record of which versions that differ stand side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The record.
    pub record: RecordId,
    /// Its kind.
    pub kind: RecordKind,
    /// The versions, the one that stands for the time being first: who, when, and what.
    pub heads: Vec<Entry>,
    /// Whether the record is out of sight because what it belongs to was taken away, such as an
    /// answer for a case that was withdrawn.
    pub waiting: bool,
}

impl Store {
    /// Every conflict that nobody has settled yet, in the order of the records' ids.
    ///
    /// # Errors
    /// [`crate::store::StoreError`] when the file cannot be read.
    pub fn conflicts(&self) -> Result<Vec<Conflict>> {
        let records = self.in_conflict().map_err(|error| self.explain(error))?;
        let conflicts = records.into_iter().map(|(record, kind)| {
            let lineage = revisions::lineage(&self.db, record);
            let lineage = lineage.map_err(|error| self.explain(error))?;
            let newest = lineage.heads();
            let mut heads = self.history(record)?;
            heads.retain(|entry| newest.contains(&entry.revision));
            heads.sort_by_key(|entry| {
                let stands = lineage.winner() == Some(entry.revision);
                (!stands, entry.revision)
            });
            let stands = heads.first().is_some_and(|entry| entry.after.is_some());
            Ok(Conflict {
                record,
                kind,
                heads,
                waiting: stands && self.record(kind, record)?.is_none(),
            })
        });
        conflicts.collect()
    }

    fn in_conflict(&self) -> rusqlite::Result<Vec<(RecordId, RecordKind)>> {
        let sql = "SELECT record, kind FROM revision
             WHERE id NOT IN (SELECT parent FROM revision_parent)
             GROUP BY record HAVING count(DISTINCT body_hash) > 1 ORDER BY record";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let kind: String = row.get(1)?;
            Ok((read::parsed(row, 0)?, RecordKind::named(&kind)))
        })?;
        let rows: Vec<(RecordId, Option<RecordKind>)> = rows.collect::<rusqlite::Result<_>>()?;
        let named = rows.into_iter();
        Ok(named
            .filter_map(|(record, kind)| Some((record, kind?)))
            .collect())
    }

    /// Settles conflicts: as [`Store::commit`], but each edit follows every version of its record,
    /// also when it leaves the record as it stands.
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub fn resolve(&mut self, change: &Change) -> Result<Saved> {
        self.commit_following(change, Follows::EveryHead)
    }
}
