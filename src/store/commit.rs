//! The one way to write: a change becomes revisions and heads in one transaction.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::in_view::{self, Stood};
use super::revisions::Kept;
use super::{Result, Store, heads, revisions};
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::record::Record;
use crate::domain::revision::{Change, Edit, Hash, Revision};

/// What was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// When the transaction was on disk.
    pub at: DateTime<Utc>,
    /// One for each edit that changed anything.
    pub revisions: Vec<(RecordId, RevisionId)>,
    /// Whether any of them stands beside what it was not made in view of.
    pub beside: bool,
}

/// A newest revision of a record, as far as the next one needs it.
pub(super) struct Head {
    pub(super) revision: RevisionId,
    pub(super) chain_hash: Hash,
    pub(super) body_hash: Hash,
    pub(super) body: Option<String>,
}

impl Store {
    /// Keeps a change: all of it or, on any error, none. When this returns, it is on disk.
    /// Edits that change nothing leave no revision.
    ///
    /// # Errors
    /// [`super::StoreError`]: the disk is full, the file went away or is a read-only copy.
    pub fn commit(&mut self, change: &Change) -> Result<Saved> {
        self.commit_following(change, Follows::WhatStands)
    }

    /// Keeps a change as [`Store::commit`] does. `stood` says, edit by edit, how the record stood where
    /// it was made. Where it stands otherwise by now, because a return or another state of the file
    /// came in while the change waited, the edit does not go beyond what nobody saw: both stand side
    /// by side ([`Saved::beside`]).
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub fn commit_in_view(&mut self, change: &Change, stood: &[Stood]) -> Result<Saved> {
        self.commit_following(change, Follows::InView(stood))
    }

    pub(super) fn commit_following(
        &mut self,
        change: &Change,
        follows: Follows<'_>,
    ) -> Result<Saved> {
        let _writing = self.begin_writing()?;
        let kept = keep(&mut self.db, change, follows);
        let saved = kept.map_err(|error| self.explain(error))?;
        self.remember();
        Ok(saved)
    }
}

/// Which versions of a record a change is made in view of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Follows<'a> {
    /// The one that stands; any that differs stays in conflict with it. A deletion follows all: it
    /// is of the record, not of one version.
    WhatStands,
    /// The one that stood, edit by edit, where the change was made.
    InView(&'a [Stood]),
    /// All of them: this settles a conflict.
    EveryHead,
}

fn keep(db: &mut Connection, change: &Change, follows: Follows<'_>) -> rusqlite::Result<Saved> {
    let tx = db.transaction()?;
    let (revisions, beside) = keep_in(&tx, change, follows)?;
    let waited = matches!(follows, Follows::InView(_));
    let kept = tx.commit();
    let (revisions, beside) = match kept {
        Ok(()) => (revisions, beside),
        Err(error) if waited && is_without_parent(&error) => {
            keep_out_of_sight(db, change, follows)?
        }
        Err(error) => return Err(error),
    };
    Ok(Saved {
        at: Utc::now(),
        revisions,
        beside,
    })
}

/// Whether something was kept that belongs to what was taken away meanwhile.
fn is_without_parent(error: &rusqlite::Error) -> bool {
    let failure = error.sqlite_error();
    failure
        .is_some_and(|failure| failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY)
}

/// Keeps a change to what was taken away meanwhile: it waits in the history for its parent.
fn keep_out_of_sight(
    db: &mut Connection,
    change: &Change,
    follows: Follows<'_>,
) -> rusqlite::Result<KeptEdits> {
    let tx = db.transaction()?;
    let kept = keep_in(&tx, change, follows)?;
    heads::hide_orphans(&tx)?;
    tx.commit()?;
    Ok(kept)
}

/// The revisions of a change, and whether any stands beside what it was not made in view of.
pub(super) type KeptEdits = (Vec<(RecordId, RevisionId)>, bool);

/// Keeps a change inside a transaction that is open.
pub(super) fn keep_in(
    db: &Connection,
    change: &Change,
    follows: Follows<'_>,
) -> rusqlite::Result<KeptEdits> {
    let mut revisions = Vec::new();
    let (mut revived, mut any_beside) = (false, false);
    for (at, edit) in change.edits.iter().enumerate() {
        let usual = match edit.after {
            Some(_) => Follows::WhatStands,
            None => Follows::EveryHead,
        };
        let stands = || followed(db, edit.record, usual);
        let (heads, beside) = match follows {
            Follows::WhatStands => (stands()?, false),
            // The second edit of a record in one change was made in view of the first.
            Follows::InView(_) if is_edited(&change.edits[..at], edit.record) => (stands()?, false),
            Follows::EveryHead => (followed(db, edit.record, follows)?, false),
            Follows::InView(stood) => in_view::heads(db, edit, stood.get(at))?,
        };
        let gone = heads.first().is_some_and(|head| head.body.is_none());
        if let Some(id) = keep_edit(db, change, edit, &heads)? {
            revisions.push((edit.record, id));
            revived |= (gone || beside) && heads::has_children(edit.kind);
            if beside {
                any_beside |= in_view::stand_by_winner(db, edit)?;
            }
        }
    }
    if revived {
        heads::bring_back(db)?;
    }
    // A conflict can be settled while what it belongs to is out of sight.
    if revived || any_beside || follows == Follows::EveryHead {
        heads::hide_orphans(db)?;
    }
    Ok((revisions, any_beside))
}

fn is_edited(edits: &[Edit], record: RecordId) -> bool {
    edits.iter().any(|edit| edit.record == record)
}

fn keep_edit(
    db: &Connection,
    change: &Change,
    edit: &Edit,
    heads: &[Head],
) -> rusqlite::Result<Option<RevisionId>> {
    let body = edit.after.as_ref().map(Record::body);
    let before = heads.first().and_then(|head| head.body.as_ref());
    let settles = heads
        .iter()
        .any(|head| head.body_hash != heads[0].body_hash);
    if before == body.as_ref() && !settles {
        return Ok(None);
    }
    append(db, change, edit, body, heads).map(Some)
}

/// Appends the revision of `edit` that follows `parents`, and lets the record stand by it.
fn append(
    db: &Connection,
    change: &Change,
    edit: &Edit,
    body: Option<String>,
    parents: &[Head],
) -> rusqlite::Result<RevisionId> {
    let mut parents: Vec<&Head> = parents.iter().collect();
    parents.sort_by_key(|head| head.revision);
    let revision = Revision {
        id: RevisionId::fresh(),
        record: edit.record,
        kind: edit.kind,
        body,
        parents: parents.iter().map(|head| head.revision).collect(),
        author: change.author.clone(),
        at: change.at,
        reason: change.reason.clone(),
    };
    let parent_hashes: Vec<Hash> = parents.iter().map(|head| head.chain_hash).collect();
    let kept = Kept::new(revision, &parent_hashes);
    let revision = &kept.revision;
    revisions::append(db, &kept)?;
    revisions::set_head(db, edit.record, edit.kind, revision.id)?;
    heads::put(db, edit.kind, edit.record, revision.body.as_deref())?;
    Ok(revision.id)
}

/// The heads that a change of the record follows: first the one it stands by, then the others. One
/// that says the very same is followed in any case: what is done in view of one is done in view of both.
pub(super) fn followed(
    db: &Connection,
    record: RecordId,
    follows: Follows<'_>,
) -> rusqlite::Result<Vec<Head>> {
    let Some(head) = head_of(db, record)? else {
        return Ok(Vec::new());
    };
    let mut heads = vec![head];
    for id in revisions::lineage(db, record)?.heads() {
        let other = head_at(db, id)?;
        let same = follows == Follows::EveryHead || other.body_hash == heads[0].body_hash;
        if id != heads[0].revision && same {
            heads.push(other);
        }
    }
    Ok(heads)
}

const HEAD: &str = "SELECT r.id, r.chain_hash, r.body_hash, r.body FROM revision r";

fn head_of(db: &Connection, record: RecordId) -> rusqlite::Result<Option<Head>> {
    let sql = format!("{HEAD} JOIN record ON r.id = record.head WHERE record.id = ?1");
    let mut statement = db.prepare_cached(&sql)?;
    statement.query_row((record.to_string(),), head).optional()
}

/// One revision, as far as the next one needs it.
pub(super) fn head_at(db: &Connection, revision: RevisionId) -> rusqlite::Result<Head> {
    let sql = format!("{HEAD} WHERE r.id = ?1");
    let mut statement = db.prepare_cached(&sql)?;
    statement.query_row((revision.to_string(),), head)
}

fn head(row: &Row<'_>) -> rusqlite::Result<Head> {
    Ok(Head {
        revision: super::read::parsed(row, 0)?,
        chain_hash: row.get(1)?,
        body_hash: row.get(2)?,
        body: row.get(3)?,
    })
}
