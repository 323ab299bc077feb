//! Redaction: a text that should never have been typed, such as a name, is taken out of the file,
//! also out of its history.
//!
//! - The bodies of the chosen revisions are blanked: `body` NULL, `redacted` 1. The hash of the body
//!   stays, and the chain is over that hash, so it still verifies.
//! - Where the text stands in a revision's reason or in its author's role, [`TAKEN_OUT`] takes its
//!   place. The chain is over those words themselves: of such a revision only the stored hash is
//!   left to verify, through the hashes of what follows it.
//! - What stands now never loses its body: a new revision with the corrected text follows it. That
//!   revision *is* the redaction: who, when, and a reason that begins with [`REDACTED`]. Where the
//!   record had been corrected already, it says the same once more. `check` reports a blanked
//!   revision that no redaction of its record follows.
//! - The file is written anew without what was freed, before and after, so that its bytes do not
//!   hold the text.
//!
//! Merging ([`super::merge`]): a revision that is blanked on either side is blanked in the union,
//! so neither an older return nor an older copy brings its text back, and a redaction made in a
//! return is carried out in the register. A change that somebody made elsewhere in view of the old
//! text is a new text of theirs: it stands in conflict with the redaction until somebody settles it.

mod elsewhere;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::revisions::Kept;
use super::{DocumentKind, Result, Store, StoreError, backup, heads, revisions};
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::merge::Lineage;
use crate::domain::record::{Record, RecordKind};
use crate::domain::redaction::{REDACTED, Sought, TAKEN_OUT};
use crate::domain::revision::{Author, Revision, body_hash};

pub(super) use elsewhere::{blank_as, is_redaction, still_told, words_taken_out};

type Done<T> = std::result::Result<T, RedactError>;

/// A revision that holds the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The revision.
    pub revision: RevisionId,
    /// Its record.
    pub record: RecordId,
    /// That record's kind.
    pub kind: RecordKind,
    /// Who made the change.
    pub author: Author,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the record stands by it, or by one that differs from it in a conflict.
    pub stands: bool,
}

/// What to redact.
#[derive(Clone, Debug)]
pub struct Redaction<'a> {
    /// The text.
    pub sought: &'a Sought,
    /// The revisions to blank; those that do not hold the text are passed over.
    pub revisions: &'a BTreeSet<RevisionId>,
    /// What takes the place of the text in what stands now.
    pub replacement: &'a str,
    /// Why.
    pub reason: &'a str,
}

/// What was redacted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Redacted {
    /// Revisions whose text was blanked.
    pub revisions: usize,
    /// Records they belong to.
    pub records: usize,
    /// Copies of the file kept beside it, which were not changed.
    pub copies: Vec<PathBuf>,
}

/// Why nothing was redacted. `Display` is the sentence shown to the person.
#[derive(Debug, thiserror::Error)]
pub enum RedactError {
    /// The file cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No chosen revision holds the text.
    #[error("The text is nowhere in this file's history; nothing was changed.")]
    NotFound,
    /// There is no reason.
    #[error("Give a reason: it is kept with the redaction.")]
    NoReason,
    /// The text would be written once more.
    #[error(
        "The {0} holds the text that is to be taken out; write it without. Nothing was changed."
    )]
    HeldBy(&'static str),
    /// It stands where a word cannot be replaced.
    #[error(
        "The text stands in a {0} that cannot be corrected by replacing a word (such as a case's reference or an agency's name); correct that first. Nothing was changed."
    )]
    Fixed(&'static str),
    /// It stands in what a return holds only to be read.
    #[error(
        "The text stands in the {0} that came with this return; only the business office can take it out, in its register. Nothing was changed."
    )]
    Shared(&'static str),
    /// Blanked, but what was freed is still in the file.
    #[error(
        "The text is taken out, but the file could not be written anew without it ({0}). Free some space and redact once more."
    )]
    NotRewritten(StoreError),
}

impl Store {
    /// Every revision whose text holds `sought`, in the order of their arrival.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn mentions(&self, sought: &Sought) -> Result<Vec<Mention>> {
        let found = self.holding(sought)?;
        let mut lineages: BTreeMap<RecordId, Lineage> = BTreeMap::new();
        for kept in &found {
            let record = kept.revision.record;
            if let std::collections::btree_map::Entry::Vacant(place) = lineages.entry(record) {
                let lineage = revisions::lineage(&self.db, record);
                place.insert(lineage.map_err(|error| self.explain(error))?);
            }
        }
        let mention = |kept: Kept| {
            let revision = kept.revision;
            let lineage = lineages.get(&revision.record);
            Mention {
                stands: lineage.is_some_and(|lineage| lineage.heads().contains(&revision.id)),
                revision: revision.id,
                record: revision.record,
                kind: revision.kind,
                author: revision.author,
                at: revision.at,
            }
        };
        Ok(found.into_iter().map(mention).collect())
    }

    fn holding(&self, sought: &Sought) -> Result<Vec<Kept>> {
        let mut found = Vec::new();
        let mut broken = None;
        let read = revisions::each(&self.db, |kept| match kept {
            Ok(kept) if holds(sought, &kept) => found.push(kept),
            Ok(_) => (),
            Err(error) => broken = Some(error),
        });
        match (read, broken) {
            (Err(error), _) | (Ok(()), Some(error)) => Err(self.explain(error)),
            (Ok(()), None) => Ok(found),
        }
    }

    /// Takes the text out of the chosen revisions, in one transaction, and writes the file anew.
    ///
    /// # Errors
    /// [`RedactError`]; the file is then as it was, except after [`RedactError::NotRewritten`].
    pub fn redact(
        &mut self,
        redaction: &Redaction<'_>,
        author: &Author,
        at: DateTime<Utc>,
    ) -> Done<Redacted> {
        let _writing = self.begin_writing()?;
        check_words(redaction, author)?;
        let mut chosen: BTreeMap<RecordId, Vec<Kept>> = BTreeMap::new();
        for kept in self.holding(redaction.sought)? {
            if redaction.revisions.contains(&kept.revision.id) {
                self.refuse_shared(kept.revision.kind)?;
                chosen.entry(kept.revision.record).or_default().push(kept);
            }
        }
        // What earlier changes freed goes first: from here on, nothing that holds the text is left
        // lying about, even if the program is killed before the file is written anew once more.
        self.write_anew()?;
        if chosen.is_empty() {
            return Err(RedactError::NotFound);
        }
        let explain = |error| StoreError::from_sql(error, &self.path);
        self.db
            .pragma_update(None, "secure_delete", true)
            .map_err(explain)?;
        let tx = self.db.unchecked_transaction().map_err(explain)?;
        for (record, kept) in &chosen {
            let work = Work {
                db: &tx,
                redaction,
                author,
                at,
            };
            work.record(*record, kept, &self.path)?;
        }
        heads::hide_orphans(&tx).map_err(explain)?;
        tx.commit().map_err(explain)?;
        self.write_anew().map_err(RedactError::NotRewritten)?;
        Ok(Redacted {
            revisions: chosen.values().map(Vec::len).sum(),
            records: chosen.len(),
            copies: backup::copies_beside(&self.path),
        })
    }

    /// A return redacts what its agency wrote: a register would refuse it with anything else.
    fn refuse_shared(&self, kind: RecordKind) -> Done<()> {
        match self.kind == DocumentKind::Return && !kind.is_of_return() {
            true => Err(RedactError::Shared(kind.name())),
            false => Ok(()),
        }
    }

    /// Writes the file anew, so that nothing of what was freed is left in it, nor in what is
    /// remembered of it.
    pub(super) fn write_anew(&mut self) -> Result<()> {
        self.remember_anew();
        self.db
            .execute_batch("VACUUM")
            .map_err(|error| self.explain(error))
    }
}

fn holds(sought: &Sought, kept: &Kept) -> bool {
    let revision = &kept.revision;
    let in_body = revision
        .body
        .as_deref()
        .is_some_and(|body| sought.is_in_body(body));
    in_body || in_words(sought, revision)
}

/// Whether it stands in the reason or in the author's role.
fn in_words(sought: &Sought, revision: &Revision) -> bool {
    let reason = revision.reason.as_deref().unwrap_or_default();
    sought.is_in(reason) || sought.is_in(&revision.author.role)
}

/// What the redaction itself writes must not hold the text.
fn check_words(redaction: &Redaction<'_>, author: &Author) -> Done<()> {
    if redaction.reason.trim().is_empty() {
        return Err(RedactError::NoReason);
    }
    let written = [
        ("reason", redaction.reason),
        ("replacement", redaction.replacement),
        ("role you work in", &author.role),
    ];
    let mut holding = written
        .iter()
        .filter(|(_, text)| redaction.sought.is_in(text));
    holding
        .next()
        .map_or(Ok(()), |(what, _)| Err(RedactError::HeldBy(what)))
}

/// The redaction of one record inside the transaction.
struct Work<'a> {
    db: &'a Connection,
    redaction: &'a Redaction<'a>,
    author: &'a Author,
    at: DateTime<Utc>,
}

impl Work<'_> {
    fn record(&self, record: RecordId, chosen: &[Kept], path: &std::path::Path) -> Done<()> {
        let explain = |error| StoreError::from_sql(error, path);
        let mut lineage = revisions::lineage(self.db, record).map_err(explain)?;
        let all = revisions::of_record(self.db, record).map_err(explain)?;
        let newest = lineage.heads();
        let stands = lineage.winner();
        let is_chosen = |id: &RevisionId| chosen.iter().any(|kept| kept.revision.id == *id);
        // Every version that stands and holds the text is followed by a corrected one; where none
        // does, the redaction follows the one that stands.
        let mut follow: Vec<RevisionId> = newest.into_iter().filter(is_chosen).collect();
        if follow.is_empty() {
            follow.extend(stands);
        }
        for kept in chosen {
            self.blank(kept).map_err(explain)?;
        }
        for kept in all.iter().filter(|kept| follow.contains(&kept.revision.id)) {
            let next = self.next(kept)?;
            lineage.add(next.revision.id, next.said());
            revisions::append(self.db, &next).map_err(explain)?;
        }
        Ok(self.stand_by(record, &lineage).map_err(explain)?)
    }

    fn blank(&self, kept: &Kept) -> rusqlite::Result<()> {
        let sought = self.redaction.sought;
        let out = |text: &str| match sought.is_in(text) {
            true => TAKEN_OUT.to_owned(),
            false => text.to_owned(),
        };
        let revision = &kept.revision;
        blank(
            self.db,
            revision.id,
            revision.reason.as_deref().map(out).as_deref(),
            &out(&revision.author.role),
        )
    }

    /// The revision that follows `before` and says the same without the text.
    fn next(&self, before: &Kept) -> Done<Kept> {
        let old = &before.revision;
        let body = old
            .body
            .as_deref()
            .map(|body| self.corrected(old.kind, body))
            .transpose()?;
        let revision = Revision {
            id: RevisionId::fresh(),
            record: old.record,
            kind: old.kind,
            body,
            parents: vec![old.id],
            author: self.author.clone(),
            at: self.at,
            reason: Some(format!("{REDACTED}{}", self.redaction.reason.trim())),
        };
        let body_hash = body_hash(revision.body.as_deref());
        Ok(Kept {
            chain_hash: revision.chain_hash(&[before.chain_hash], &body_hash),
            body_hash,
            redacted: false,
            revision,
        })
    }

    fn corrected(&self, kind: RecordKind, body: &str) -> Done<String> {
        let Redaction {
            sought,
            replacement,
            ..
        } = self.redaction;
        if !sought.is_in_body(body) {
            return Ok(body.to_owned());
        }
        let fixed = RedactError::Fixed(kind.name());
        let Ok(mut record) = Record::read(kind, body) else {
            return Err(fixed);
        };
        for text in record.texts_mut() {
            *text = sought.replaced(text, replacement);
        }
        let new = record.body();
        if sought.is_in_body(&new) {
            Err(fixed)
        } else {
            Ok(new)
        }
    }

    fn stand_by(&self, record: RecordId, lineage: &Lineage) -> rusqlite::Result<()> {
        let Some(winner) = lineage.winner() else {
            return Ok(());
        };
        let all = revisions::of_record(self.db, record)?;
        let Some(kept) = all.iter().find(|kept| kept.revision.id == winner) else {
            return Ok(());
        };
        let kind = kept.revision.kind;
        revisions::set_head(self.db, record, kind, winner)?;
        heads::put(self.db, kind, record, kept.revision.body.as_deref())
    }
}

/// Blanks one revision, in a transaction that is open.
pub(super) fn blank(
    db: &Connection,
    revision: RevisionId,
    reason: Option<&str>,
    role: &str,
) -> rusqlite::Result<()> {
    let sql = "UPDATE revision SET body = NULL, redacted = 1, reason = ?2, author_role = ?3 WHERE id = ?1";
    db.prepare_cached(sql)?
        .execute(params![revision.to_string(), reason, role])
        .map(drop)
}
