//! The audit trail of one record.

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension as _;

use super::revisions::{self, Kept};
use super::{Result, Store};
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::revision::Author;

/// One kept change of a record, oldest first in a history.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The revision.
    pub revision: RevisionId,
    /// The revisions it follows, in the order of their ids.
    pub parents: Vec<RevisionId>,
    /// The kind of the record.
    pub kind: String,
    /// Who.
    pub author: Author,
    /// When, by the author's clock.
    pub at: DateTime<Utc>,
    /// Why, where asked.
    pub reason: Option<String>,
    /// The record before, as JSON.
    pub before: Option<String>,
    /// Whether the text of what stood before was redacted later.
    pub before_redacted: bool,
    /// The record after, as JSON; absent when it was deleted or redacted.
    pub after: Option<String>,
    /// Whether the text of this change was redacted later.
    pub redacted: bool,
    /// Whether it is the newest on the matter, alone or beside others that differ.
    pub newest: bool,
    /// Whether the record stands by it.
    pub stands: bool,
}

impl Store {
    /// When the change was made by which a record stands; `None` when there is no such record.
    ///
    /// # Errors
    /// [`super::StoreError`] when the file cannot be read.
    pub fn last_changed(&self, record: RecordId) -> Result<Option<DateTime<Utc>>> {
        let sql =
            "SELECT r.at FROM record JOIN revision r ON r.id = record.head WHERE record.id = ?1";
        let read = || -> rusqlite::Result<Option<String>> {
            let mut statement = self.db.prepare_cached(sql)?;
            statement
                .query_row((record.to_string(),), |row| row.get(0))
                .optional()
        };
        let at = read().map_err(|error| self.explain(error))?;
        Ok(at.and_then(|at| at.parse().ok()))
    }

    /// Every kept change of `record` in the order they arrived in this file.
    ///
    /// # Errors
    /// [`super::StoreError`] when the file cannot be read.
    pub fn history(&self, record: RecordId) -> Result<Vec<Entry>> {
        let all = revisions::of_record(&self.db, record).map_err(|error| self.explain(error))?;
        let lineage = revisions::lineage(&self.db, record).map_err(|error| self.explain(error))?;
        let (newest, stands) = (lineage.heads(), lineage.winner());
        let entry = |kept: &Kept| {
            let revision = &kept.revision;
            // Of several it follows, the one that arrived last.
            let mut earlier = all.iter().rev();
            let before = earlier.find(|other| revision.parents.contains(&other.revision.id));
            Entry {
                revision: revision.id,
                parents: revision.parents.clone(),
                kind: revision.kind.name().into(),
                author: revision.author.clone(),
                at: revision.at,
                reason: revision.reason.clone(),
                before: before.and_then(|before| before.revision.body.clone()),
                before_redacted: before.is_some_and(|before| before.redacted),
                after: revision.body.clone(),
                redacted: kept.redacted,
                newest: newest.contains(&revision.id),
                stands: stands == Some(revision.id),
            }
        };
        Ok(all.iter().map(entry).collect())
    }
}
