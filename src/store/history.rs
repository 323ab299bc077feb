//! The audit trail of one record.

use chrono::{DateTime, Utc};

use super::{Result, Store};
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::revision::Author;

/// One kept change of a record, oldest first in a history.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The revision.
    pub revision: RevisionId,
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
    /// The record after, as JSON; absent when it was deleted or redacted.
    pub after: Option<String>,
    /// Whether the text of this change was redacted later.
    pub redacted: bool,
}

impl Store {
    /// Every kept change of `record` in the order they arrived in this file.
    ///
    /// # Errors
    /// [`super::StoreError`] when the file cannot be read.
    pub fn history(&self, record: RecordId) -> Result<Vec<Entry>> {
        let read = || -> rusqlite::Result<Vec<Entry>> {
            let sql =
                "SELECT id, kind, author_role, author_agency, device, at, reason, body, redacted,
                 (SELECT b.body FROM revision_parent p JOIN revision b ON b.id = p.parent
                  WHERE p.revision = revision.id ORDER BY b.seq DESC LIMIT 1)
                 FROM revision WHERE record = ?1 ORDER BY seq";
            let mut statement = self.db.prepare_cached(sql)?;
            let rows = statement.query_map((record.to_string(),), |row| {
                Ok(Entry {
                    revision: super::read::parsed(row, 0)?,
                    kind: row.get(1)?,
                    author: Author {
                        role: row.get(2)?,
                        agency: row.get(3)?,
                        device: row.get(4)?,
                    },
                    at: row
                        .get::<_, String>(5)?
                        .parse()
                        .unwrap_or(DateTime::UNIX_EPOCH),
                    reason: row.get(6)?,
                    after: row.get(7)?,
                    redacted: row.get(8)?,
                    before: row.get(9)?,
                })
            })?;
            rows.collect()
        };
        read().map_err(|error| self.explain(error))
    }
}
