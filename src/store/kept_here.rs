//! What was kept since the file was opened, remembered apart from it: written over in place by
//! another program, the file no longer says so.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension as _};

use super::commit::head_at;
use super::revisions::{self, Kept};
use super::{Result, Store, redact};
use crate::domain::id::RevisionId;
use crate::domain::revision::{Hash, Revision};

/// The revisions that this program appended to the file while it had it open, in their order.
#[derive(Default)]
pub(super) struct KeptHere {
    /// The number of the last revision that was in the file.
    until: i64,
    revisions: Vec<Kept>,
}

impl KeptHere {
    /// Begins with what is in the file.
    pub(super) fn begin(db: &Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            until: revisions::last_arrival(db)?,
            revisions: Vec::new(),
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.revisions.is_empty()
    }

    pub(super) fn revisions(&self) -> &[Kept] {
        &self.revisions
    }

    /// Remembers these, which are all in the file.
    pub(super) fn is_all_of(&mut self, revisions: Vec<Kept>) {
        self.revisions = revisions;
    }

    /// Remembers what was appended since it last did.
    fn remember(&mut self, db: &Connection) -> rusqlite::Result<()> {
        self.revisions.extend(revisions::since(db, self.until)?);
        self.until = revisions::last_arrival(db)?;
        Ok(())
    }

    /// Remembers everything as it stands in the file now, where texts were taken out and versions
    /// removed; and with it every redaction there ever was, to be made again in whatever comes.
    fn remember_anew(&mut self, db: &Connection) -> rusqlite::Result<()> {
        self.remember(db)?;
        let own: BTreeSet<RevisionId> =
            self.revisions.iter().map(|kept| kept.revision.id).collect();
        let wanted = |kept: &Kept| {
            let redacts = kept.redacted || redact::is_redaction(&kept.revision);
            redacts || own.contains(&kept.revision.id)
        };
        let mut now = Vec::new();
        revisions::each(db, |read| match read {
            Ok(kept) if !wanted(&kept) => (),
            read => now.push(read),
        })?;
        self.revisions = now.into_iter().collect::<rusqlite::Result<_>>()?;
        Ok(())
    }
}

impl Store {
    /// Remembers what was just kept. It is on disk already: failing to is no reason to say otherwise.
    pub(super) fn remember(&mut self) {
        if self.watch.is_on()
            && let Err(error) = self.kept_here.remember(&self.db)
        {
            tracing::error!(%error, "what was kept is remembered in the file only");
        }
    }

    /// Remembers what was kept as it stands now that texts were taken out of the file: they are not
    /// written once more.
    pub(super) fn remember_anew(&mut self) {
        if self.watch.is_on()
            && let Err(error) = self.kept_here.remember_anew(&self.db)
        {
            tracing::error!(%error, "what was kept is remembered in the file only");
            self.kept_here.revisions.clear();
        }
    }

    /// What was kept here in another state of this document, as it can be taken into this one.
    ///
    /// # Errors
    /// When this one cannot be read.
    pub(super) fn as_it_follows(&self, kept: &[Kept]) -> Result<Vec<Kept>> {
        let planted = plant(&self.db, kept);
        planted.map_err(|error| self.explain(error))
    }
}

/// The same revisions as they can be appended to `db`. One that follows what is not there follows
/// the rest, or begins anew under an identity of its own: it stands beside whatever is there. One of
/// which nothing is left to tell is then left out.
fn plant(db: &Connection, ours: &[Kept]) -> rusqlite::Result<Vec<Kept>> {
    let mut places: HashMap<RevisionId, (RevisionId, Hash)> = HashMap::new();
    let mut planted = Vec::new();
    for kept in ours {
        let own = &kept.revision;
        let mut parents = BTreeMap::new();
        for parent in &own.parents {
            let there = match places.get(parent) {
                Some(place) => Some(*place),
                None => place_of(db, *parent)?,
            };
            parents.extend(there);
        }
        let all = parents
            .keys()
            .eq(own.parents.iter().collect::<BTreeSet<_>>());
        let hashes: Vec<Hash> = parents.values().copied().collect();
        // One that was altered there has another hash: what follows it here does not follow it there.
        let chained = || own.chain_hash(&hashes, &kept.body_hash) == kept.chain_hash;
        let follows = all && (redact::words_taken_out(kept) || chained());
        let kept = if follows || place_of(db, own.id)?.is_some() {
            kept.clone()
        } else if kept.redacted {
            continue;
        } else {
            let revision = Revision {
                id: RevisionId::fresh(),
                parents: parents.keys().copied().collect(),
                ..own.clone()
            };
            Kept::new(revision, &hashes)
        };
        places.insert(own.id, (kept.revision.id, kept.chain_hash));
        planted.push(kept);
    }
    Ok(planted)
}

/// A revision that is in the file, and what the next one is chained to.
fn place_of(db: &Connection, id: RevisionId) -> rusqlite::Result<Option<(RevisionId, Hash)>> {
    let head = head_at(db, id).optional()?;
    Ok(head.map(|head| (head.revision, head.chain_hash)))
}
