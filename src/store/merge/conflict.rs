//! Conflicts: records of which versions that differ stand side by side, and how one is settled.

use crate::domain::id::{RecordId, RevisionId};
use crate::domain::merge::Lineage;
use crate::domain::record::RecordKind;
use crate::domain::revision::Change;
use crate::store::commit::{Follows, Saved};
use crate::store::{Entry, Result, Store, StoreError, read, revisions};

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

/// A version of a record as a person had it before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeenVersion {
    /// The revision that says so.
    pub revision: RevisionId,
    /// Whether its words were there to be read, and not redacted.
    pub readable: bool,
}

impl SeenVersion {
    fn of(entry: &Entry) -> Self {
        Self {
            revision: entry.revision,
            readable: !entry.redacted,
        }
    }
}

impl Conflict {
    /// Its versions as a person sees them, in the order of their ids.
    pub fn seen(&self) -> Vec<SeenVersion> {
        in_order(&self.heads)
    }
}

fn in_order(heads: &[Entry]) -> Vec<SeenVersion> {
    let mut seen: Vec<SeenVersion> = heads.iter().map(SeenVersion::of).collect();
    seen.sort_unstable();
    seen
}

impl Store {
    /// Every conflict that nobody has settled yet, in the order of the records' ids.
    ///
    /// # Errors
    /// [`crate::store::StoreError`] when the file cannot be read.
    pub fn conflicts(&self) -> Result<Vec<Conflict>> {
        let records = self.in_conflict().map_err(|error| self.explain(error))?;
        let mut conflicts = Vec::new();
        for (record, kind) in records {
            let lineage = revisions::lineage(&self.db, record);
            let lineage = lineage.map_err(|error| self.explain(error))?;
            let heads = versions(&lineage, &self.history(record)?);
            if heads.iter().all(|head| head.after == heads[0].after) {
                continue;
            }
            let stands = heads.first().is_some_and(|entry| entry.after.is_some());
            conflicts.push(Conflict {
                record,
                kind,
                heads,
                waiting: stands && self.record(kind, record)?.is_none(),
            });
        }
        Ok(conflicts)
    }

    /// The records of which several newest revisions differ; some of those may be outdated.
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

    /// Settles the conflict of a record of which a person has seen these versions, in the order of
    /// their ids; as [`Store::resolve`].
    ///
    /// # Errors
    /// [`StoreError::NotAsSeen`] when others stand there by now, or one was redacted; as
    /// [`Store::commit`] otherwise. Nothing was changed then.
    pub fn settle(
        &mut self,
        change: &Change,
        record: RecordId,
        seen: &[SeenVersion],
    ) -> Result<Saved> {
        let lineage = revisions::lineage(&self.db, record);
        let lineage = lineage.map_err(|error| self.explain(error))?;
        if in_order(&versions(&lineage, &self.history(record)?)) != seen {
            return Err(StoreError::NotAsSeen);
        }
        self.resolve(change)
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

/// The heads of a record, the one that stands first. Of one that was brought back, who said it and
/// when, and not who brought it back.
fn versions(lineage: &Lineage, history: &[Entry]) -> Vec<Entry> {
    let entry = |id| history.iter().find(|entry| entry.revision == id);
    let mut heads = lineage.heads();
    let winner = lineage.winner();
    heads.sort_by_key(|head| (winner != Some(*head), lineage.stands_for(*head)));
    let versions = heads.into_iter().filter_map(|head| {
        let own = entry(head)?.clone();
        let first = lineage.stands_for(head).and_then(entry)?;
        Some(Entry {
            author: first.author.clone(),
            at: first.at,
            ..own
        })
    });
    versions.collect()
}
