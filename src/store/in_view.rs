//! A change that was made in view of how things stood, where they stand otherwise by now: while it
//! waited to be written, a return or another state of the file came in.

use rusqlite::Connection;

use super::commit::{Follows, Head, followed, head_at};
use super::{heads, revisions};
use crate::domain::record::{Record, RecordKind};
use crate::domain::revision::Edit;

/// How a record stood where an edit of it was made.
#[derive(Clone, Debug, PartialEq)]
pub enum Stood {
    /// Nobody looked: the edit follows whatever stands.
    Unseen,
    /// It said this, or was not there.
    As(Option<Box<Record>>),
}

/// What an edit follows, and whether that leaves something standing beside it: what `stands`, if that
/// is what was seen, or else the last revision that says what was seen. None where the record was not
/// there when it was looked at.
pub(super) fn heads(
    db: &Connection,
    edit: &Edit,
    stood: Option<&Stood>,
) -> rusqlite::Result<(Vec<Head>, bool)> {
    let takes_away = edit.after.is_none();
    // Taken away is one version of what was typed; of anything else, the record with all of them.
    let follows = match takes_away && !is_typed(edit.kind) {
        true => Follows::EveryHead,
        false => Follows::WhatStands,
    };
    let stands = followed(db, edit.record, follows)?;
    let Some(Stood::As(seen)) = stood else {
        return Ok((stands, false));
    };
    let seen = seen.as_deref().map(Record::body);
    let says = |body: Option<&str>| says_the_same(edit, body, seen.as_deref());
    if says(stands.first().and_then(|head| head.body.as_deref())) {
        return Ok((stands, takes_away));
    }
    let all = revisions::of_record(db, edit.record)?;
    let latest = all.iter().rev();
    let followed = latest
        .filter(|kept| !kept.redacted)
        .find(|kept| says(kept.revision.body.as_deref()))
        .map(|kept| head_at(db, kept.revision.id));
    Ok((followed.transpose()?.into_iter().collect(), true))
}

/// Whether a record is one thing that one person says, of which a conflict holds two.
fn is_typed(kind: RecordKind) -> bool {
    use RecordKind::{AgreedDate, Answer, Judgement, KeyDate};
    matches!(kind, Answer | KeyDate | Judgement | AgreedDate)
}

/// Whether two bodies are the same record: an earlier version of the program wrote some otherwise.
fn says_the_same(edit: &Edit, one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) if one != other => {
            let read = |body| Record::read(edit.kind, body).ok();
            read(one).is_some_and(|record| read(other) == Some(record))
        }
        (one, other) => one == other,
    }
}

/// Lets the record stand by the winner among its versions; says whether they differ.
pub(super) fn stand_by_winner(db: &Connection, edit: &Edit) -> rusqlite::Result<bool> {
    let lineage = revisions::lineage(db, edit.record)?;
    let Some(winner) = lineage.winner() else {
        return Ok(false);
    };
    let stands = head_at(db, winner)?;
    revisions::set_head(db, edit.record, edit.kind, winner)?;
    heads::put(db, edit.kind, edit.record, stands.body.as_deref())?;
    for other in lineage.heads() {
        if head_at(db, other)?.body_hash != stands.body_hash {
            return Ok(true);
        }
    }
    Ok(false)
}
