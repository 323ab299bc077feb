//! Redacted revisions as the check and a merge meet them.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::domain::redaction::{REDACTED, TAKEN_OUT};
use crate::domain::revision::Revision;
use crate::store::revisions::Kept;

/// Whether words of this revision that the chain is over were taken out, so that only the stored
/// hash is left to verify.
pub(in crate::store) fn words_taken_out(kept: &Kept) -> bool {
    let revision = &kept.revision;
    kept.redacted
        && (revision.reason.as_deref() == Some(TAKEN_OUT) || revision.author.role == TAKEN_OUT)
}

/// Whether a revision is the redaction of its record.
pub(in crate::store) fn is_redaction(revision: &Revision) -> bool {
    let reason = revision.reason.as_deref();
    reason.is_some_and(|reason| reason.starts_with(REDACTED))
}

/// Whether this file still has words of a revision that are blanked in another; `None` when it
/// does not have the revision.
pub(in crate::store) fn still_told(
    db: &Connection,
    theirs: &Kept,
) -> rusqlite::Result<Option<bool>> {
    let sql = "SELECT redacted, reason, author_role FROM revision WHERE id = ?1";
    let mut statement = db.prepare_cached(sql)?;
    statement
        .query_row((theirs.revision.id.to_string(),), |row| {
            let (redacted, reason, role): (bool, Option<String>, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let out = |theirs: Option<&str>, ours: Option<&str>| {
                theirs == Some(TAKEN_OUT) && ours != Some(TAKEN_OUT)
            };
            let revision = &theirs.revision;
            Ok(!redacted
                || out(revision.reason.as_deref(), reason.as_deref())
                || out(Some(&revision.author.role), Some(&role)))
        })
        .optional()
}

/// Blanks a revision here as it is blanked in another file. What either took out stays out.
pub(in crate::store) fn blank_as(db: &Connection, theirs: &Kept) -> rusqlite::Result<()> {
    let sql = "UPDATE revision SET body = NULL, redacted = 1,
         reason = CASE WHEN reason = ?4 THEN reason ELSE ?2 END,
         author_role = CASE WHEN author_role = ?4 THEN author_role ELSE ?3 END WHERE id = ?1";
    let revision = &theirs.revision;
    db.prepare_cached(sql)?
        .execute(params![
            revision.id.to_string(),
            revision.reason,
            revision.author.role,
            TAKEN_OUT,
        ])
        .map(drop)
}
