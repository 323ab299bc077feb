//! Taking a merge back, and bringing it again. Nothing is removed for that: revisions that say what
//! was said before ([`crate::domain::merge`]) follow those that the merge left, in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use crate::domain::id::{RecordId, RevisionId};
use crate::domain::merge::Lineage;
use crate::domain::record::{Record, RecordKind};
use crate::domain::revision::{Author, Hash, Revision, body_hash};
use crate::store::commit::{Head, head_at};
use crate::store::revisions::{self, Kept};
use crate::store::{Result, Store, heads, read};

/// The revisions that a merge, or taking one back, left in this file: by the numbers of their
/// arrival, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    first: i64,
    last: i64,
}

impl Span {
    /// What arrived after the revision with this number.
    pub(super) fn since(db: &Connection, before: i64) -> rusqlite::Result<Self> {
        Ok(Self {
            first: before + 1,
            last: revisions::last_arrival(db)?,
        })
    }
}

/// Who takes a merge back or brings it again, when, and the reason that the history gives.
#[derive(Clone, Debug)]
pub struct Restorer<'a> {
    /// Who.
    pub author: &'a Author,
    /// When.
    pub at: DateTime<Utc>,
    /// One of [`crate::domain::merge::Restoring`].
    pub reason: String,
}

/// What taking a merge back, or bringing it again, did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The revisions it left.
    pub span: Span,
    /// How many answers and key dates stand as before now.
    pub answers: usize,
    /// How many records were changed since, hold a safety stop, or were removed for good, and stay as
    /// they are.
    pub left: usize,
}

impl Store {
    /// Brings every record that a merge changed back to how it stood before it, conflicts included;
    /// but no safety stop, no removal of forms, and nothing that was changed since.
    ///
    /// # Errors
    /// As [`Store::commit`]; then nothing is taken back.
    pub fn take_back(&mut self, merge: Span, by: &Restorer<'_>) -> Result<Restored> {
        self.restore(merge, (merge.first - 1, merge.last), by)
    }

    /// Brings every record back to how it stood after a merge that was taken back, and not changed
    /// since.
    ///
    /// # Errors
    /// As [`Store::commit`]; then nothing is brought again.
    pub fn bring_again(
        &mut self,
        merge: Span,
        taken_back: Span,
        by: &Restorer<'_>,
    ) -> Result<Restored> {
        self.restore(taken_back, (merge.last, taken_back.last), by)
    }

    /// Of the records changed in `span`, those that stand as at the second moment brought back to how
    /// they stood at the first. A moment is the number of the last revision that had arrived.
    fn restore(&mut self, span: Span, moments: (i64, i64), by: &Restorer<'_>) -> Result<Restored> {
        let _writing = self.begin_writing()?;
        let restore = || -> rusqlite::Result<Restored> {
            let tx = self.db.unchecked_transaction()?;
            let restored = restore_in(&tx, span, moments, by)?;
            tx.commit()?;
            Ok(restored)
        };
        let restored = restore().map_err(|error| self.explain(error))?;
        self.remember();
        Ok(restored)
    }
}

fn restore_in(
    db: &Connection,
    span: Span,
    (to, from): (i64, i64),
    by: &Restorer<'_>,
) -> rusqlite::Result<Restored> {
    let before = revisions::last_arrival(db)?;
    let stopped = held_by_stops(db, span)?;
    let (mut answers, mut left) = (0, 0);
    for (record, kind) in records_in(db, span)? {
        let now = Heads::of(db, &revisions::lineage(db, record)?)?;
        let then = Heads::of(db, &revisions::lineage_until(db, record, to)?)?;
        let expected = Heads::of(db, &revisions::lineage_until(db, record, from)?)?;
        if now.stands_as(&then) {
            continue;
        }
        let held = !then.says_anything() && stopped.contains(&record);
        // What keeps removed forms from coming back: they do not, and so it stays.
        let certified = now.any_certificate() && !then.any_certificate();
        if held || certified || then.any_redacted() || now.hashes() != expected.hashes() {
            left += 1;
            continue;
        }
        for version in then.versions() {
            revisions::append(db, &restoring(record, kind, version, &now, by))?;
        }
        stand(db, record, kind)?;
        answers += usize::from(matches!(kind, RecordKind::Answer | RecordKind::KeyDate));
    }
    heads::bring_back(db)?;
    heads::hide_orphans(db)?;
    Ok(Restored {
        span: Span::since(db, before)?,
        answers,
        left,
    })
}

/// The heads of one record at one moment.
struct Heads {
    all: Vec<Head>,
    /// What the one says by which the record stands.
    winner: Hash,
}

impl Heads {
    fn of(db: &Connection, lineage: &Lineage) -> rusqlite::Result<Self> {
        let heads = lineage.heads().into_iter();
        let all: Vec<Head> = heads
            .map(|id| head_at(db, id))
            .collect::<rusqlite::Result<_>>()?;
        let winner = lineage.winner();
        let winner = all.iter().find(|head| Some(head.revision) == winner);
        let winner = winner.map_or_else(|| body_hash(None), |head| head.body_hash);
        Ok(Self { all, winner })
    }

    /// Whether the record says the same, and stands by the same of what is in conflict.
    fn stands_as(&self, other: &Self) -> bool {
        self.winner == other.winner && self.hashes() == other.hashes()
    }

    /// What they say, sorted. A record that was not there yet says the same as a deleted one.
    fn hashes(&self) -> Vec<Hash> {
        let own = self.all.iter().map(|head| head.body_hash);
        let nothing = self.all.is_empty().then(|| body_hash(None));
        let mut hashes: Vec<Hash> = own.chain(nothing).collect();
        hashes.sort_unstable();
        hashes
    }

    fn says_anything(&self) -> bool {
        self.hashes().iter().any(|hash| *hash != body_hash(None))
    }

    /// Whether one of them can no longer be said again.
    fn any_redacted(&self) -> bool {
        let redacted = |head: &Head| head.body.is_none() && head.body_hash != body_hash(None);
        self.all.iter().any(redacted)
    }

    /// Whether one of them is the certificate of a removal.
    fn any_certificate(&self) -> bool {
        let mut retentions = self.all.iter().filter_map(|head| {
            let body = head.body.as_deref()?;
            Record::read(RecordKind::Retention, body).ok()
        });
        retentions.any(|own| matches!(own, Record::Retention(own) if own.removed.is_some()))
    }

    /// Each of them; one nothing where the record was not there.
    fn versions(&self) -> Vec<Option<&Head>> {
        let nothing = self.all.is_empty().then_some(None);
        self.all.iter().map(Some).chain(nothing).collect()
    }
}

/// The revision that says again what `version` said, in view of everything else that stands now. It
/// follows that version too, and no other that says the same: so it can be told what it restores.
fn restoring(
    record: RecordId,
    kind: RecordKind,
    version: Option<&Head>,
    now: &Heads,
    by: &Restorer<'_>,
) -> Kept {
    let says = version.map_or(body_hash(None), |version| version.body_hash);
    let others = now.all.iter().filter(|head| head.body_hash != says);
    let parents = others.chain(version);
    let parents: BTreeMap<RevisionId, Hash> = parents
        .map(|head| (head.revision, head.chain_hash))
        .collect();
    let revision = Revision {
        id: RevisionId::fresh(),
        record,
        kind,
        body: version.and_then(|version| version.body.clone()),
        parents: parents.keys().copied().collect(),
        author: by.author.clone(),
        at: by.at,
        reason: Some(by.reason.clone()),
    };
    let hashes: Vec<Hash> = parents.into_values().collect();
    Kept::new(revision, &hashes)
}

/// Lets a record stand by the head it has to stand by.
fn stand(db: &Connection, record: RecordId, kind: RecordKind) -> rusqlite::Result<()> {
    if let Some(winner) = revisions::lineage(db, record)?.winner() {
        let head = head_at(db, winner)?;
        revisions::set_head(db, record, kind, winner)?;
        heads::put(db, kind, record, head.body.as_deref())?;
    }
    Ok(())
}

/// The records with a revision in a span. A safety stop is never undone: it is completed, or said
/// to be a slip with a reason.
fn records_in(db: &Connection, span: Span) -> rusqlite::Result<Vec<(RecordId, RecordKind)>> {
    let sql = "SELECT DISTINCT record, kind FROM revision
         WHERE seq BETWEEN ?1 AND ?2 AND kind <> ?3 ORDER BY record";
    let mut statement = db.prepare(sql)?;
    let stop = RecordKind::SafetyStop.name();
    let rows = statement.query_map((span.first, span.last, stop), |row| {
        let kind: String = row.get(1)?;
        Ok((read::parsed(row, 0)?, RecordKind::named(&kind)))
    })?;
    let rows: Vec<(RecordId, Option<RecordKind>)> = rows.collect::<rusqlite::Result<_>>()?;
    let named = rows.into_iter();
    Ok(named.filter_map(|(id, kind)| Some((id, kind?))).collect())
}

/// The forms with a safety stop that came in a span, and their cases: taken away, they would hide it.
fn held_by_stops(db: &Connection, span: Span) -> rusqlite::Result<BTreeSet<RecordId>> {
    let sql = "SELECT stop.body, form.body FROM revision stop
         JOIN record ON record.id = json_extract(stop.body, '$.form')
         JOIN revision form ON form.id = record.head
         WHERE stop.kind = ?3 AND stop.seq BETWEEN ?1 AND ?2";
    let mut statement = db.prepare(sql)?;
    let stop = RecordKind::SafetyStop;
    let rows = statement.query_map((span.first, span.last, stop.name()), |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    let mut held = BTreeSet::new();
    for row in rows {
        let (stop_body, form_body): (Option<String>, Option<String>) = row?;
        let read = |kind, body: Option<String>| Record::read(kind, &body?).ok();
        if let Some(Record::SafetyStop(stop)) = read(stop, stop_body) {
            held.insert(stop.form);
        }
        if let Some(Record::CaseForm(form)) = read(RecordKind::CaseForm, form_body) {
            held.extend([form.case, form.agency_return]);
        }
    }
    Ok(held)
}
