//! Removing the forms of an audit for good, once their time is over.
//!
//! Done as a redaction is ([`super::redact`]), only of everything: each record of the audit's cases
//! is deleted by a revision that follows all its versions and says that it is the redaction; the
//! bodies of those versions are blanked, and the words of a reason with them. The chain still
//! verifies, `check` finds nothing amiss, and a merge with a copy of the file carries the removal.
//! The file is then written anew, so that its bytes hold nothing of what was removed.
//!
//! A return that comes in afterwards is refused ([`super::MergeError::Removed`]). What a copy of the
//! register still has is removed as it comes in ([`sweep`]), unless a legal hold was placed there.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use chrono::{DateTime, Local, Utc};
use rusqlite::Connection;

use super::revisions::Kept;
use super::{Result, Store, StoreError, backup, commit, heads, redact, revisions};
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::merge::{Lineage, Restoring};
use crate::domain::record::{Record, RecordKind};
use crate::domain::redaction::{REDACTED, TAKEN_OUT};
use crate::domain::retention::{
    Above, KeptCounts, NotRemovable, REMOVED, Removal, Retention, above, digest,
};
use crate::domain::revision::{Author, Change, Edit, Hash, Revision};

/// Why the revisions say that a record was removed, after "Redacted: ".
const REASON: &str = "the forms were removed at the end of their retention";

/// What was removed.
#[derive(Clone, Debug, PartialEq)]
pub struct FormsRemoved {
    /// The certificate, as it is kept in the file.
    pub removal: Removal,
    /// Copies of the file kept beside it, which still hold what was removed.
    pub copies: Vec<PathBuf>,
}

/// Why nothing was removed. `Display` is the sentence shown to the person.
#[derive(Debug, thiserror::Error)]
pub enum RemoveError {
    /// The file cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It is not time, or not allowed.
    #[error(transparent)]
    NotRemovable(#[from] NotRemovable),
    /// There is no such audit.
    #[error("This file holds no such audit; nothing was removed.")]
    NoAudit,
    /// A return is not the office's file.
    #[error("This is a return; forms are removed in the partnership's register.")]
    Return,
    /// Removed, but what was freed is still in the file.
    #[error(
        "The forms are removed, but the file could not be written anew without them ({0}). Free some space, then take a name out of the file or give it another passphrase: both write it anew."
    )]
    NotRewritten(StoreError),
}

impl Store {
    /// Removes everything of the audit's cases, in one transaction, keeps the certificate, and
    /// writes the file anew. `counts` is what the forms added up to.
    ///
    /// # Errors
    /// [`RemoveError`]; the file is then as it was, except after [`RemoveError::NotRewritten`].
    pub fn remove_forms(
        &mut self,
        audit: RecordId,
        counts: KeptCounts,
        author: &Author,
        at: DateTime<Utc>,
    ) -> std::result::Result<FormsRemoved, RemoveError> {
        let _writing = self.begin_writing()?;
        if self.kind == super::DocumentKind::Return {
            return Err(RemoveError::Return);
        }
        let Some(Record::Audit(own)) = self.record(RecordKind::Audit, audit)? else {
            return Err(RemoveError::NoAudit);
        };
        let explain = |error| StoreError::from_sql(error, &self.path);
        let versions = standing(&self.db, Retention::id(audit)).map_err(explain)?;
        let mut retention = self.retention_of(audit)?;
        if versions.iter().any(|own| own.hold.is_some()) {
            // Also one that stands in conflict: nobody has said yet that it does not hold.
            return Err(NotRemovable::Held(own.title).into());
        }
        let today = at.with_timezone(&Local).date_naive();
        let kept_until = retention.removable(&own.title, today)?;
        self.db
            .pragma_update(None, "secure_delete", true)
            .map_err(explain)?;
        let tx = self.db.unchecked_transaction().map_err(explain)?;
        let belonging = Belonging::read(&tx, &BTreeSet::from([audit])).map_err(explain)?;
        let removed = remove(&tx, &belonging, author, at).map_err(explain)?;
        let removal = Removal {
            at,
            by: author.role.clone(),
            kept_until,
            program: env!("CARGO_PKG_VERSION").into(),
            tool: own.tool,
            records: removed.records,
            versions: removed.versions.len(),
            digest: digest(removed.versions),
            places: belonging.places(),
            counts,
        };
        retention.removed = Some(removal.clone());
        let change = Change {
            edits: vec![Edit::put(Retention::id(audit), retention)],
            author: author.clone(),
            at,
            reason: None,
        };
        commit::keep_in(&tx, &change, commit::Follows::EveryHead).map_err(explain)?;
        tx.commit().map_err(explain)?;
        self.write_anew().map_err(RemoveError::NotRewritten)?;
        let copies = backup::copies_beside(&self.path);
        Ok(FormsRemoved { removal, copies })
    }

    pub(super) fn retention_of(&self, audit: RecordId) -> Result<Retention> {
        match self.record(RecordKind::Retention, Retention::id(audit))? {
            Some(Record::Retention(own)) => Ok(own),
            _ => Ok(Retention::of(audit)),
        }
    }
}

/// Removes what a merge brought of audits whose forms were removed, here or in the file that came
/// in; says whether there was any. An audit that either side holds is left alone.
pub(super) fn sweep(db: &Connection, author: &Author, at: DateTime<Utc>) -> rusqlite::Result<bool> {
    let audits = removed_audits(db)?;
    if audits.is_empty() {
        return Ok(false);
    }
    let belonging = Belonging::read(db, &audits)?;
    let removed = remove(db, &belonging, author, at)?;
    Ok(!removed.versions.is_empty())
}

/// The audits whose forms some version that stands says to be removed, and that none says to be
/// held.
fn removed_audits(db: &Connection) -> rusqlite::Result<BTreeSet<RecordId>> {
    let sql = "SELECT id FROM record WHERE kind = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((RecordKind::Retention.name(),), |row| {
        super::read::parsed(row, 0)
    })?;
    let records: Vec<RecordId> = rows.collect::<rusqlite::Result<_>>()?;
    let mut audits = BTreeSet::new();
    for record in records {
        let versions = standing(db, record)?;
        let held = versions.iter().any(|own| own.hold.is_some());
        let removed = versions.iter().find(|own| own.removed.is_some());
        audits.extend(removed.filter(|_| !held).map(|own| own.audit));
    }
    Ok(audits)
}

/// The versions of a retention that stand: one, or several in conflict.
pub(super) fn standing(db: &Connection, record: RecordId) -> rusqlite::Result<Vec<Retention>> {
    let newest = revisions::lineage(db, record)?.heads();
    let all = revisions::of_record(db, record)?;
    let standing = all.iter().filter(|kept| newest.contains(&kept.revision.id));
    Ok(standing.filter_map(read_retention).collect())
}

fn read_retention(kept: &Kept) -> Option<Retention> {
    let body = kept.revision.body.as_deref()?;
    match Record::read(RecordKind::Retention, body).ok()? {
        Record::Retention(own) => Some(own),
        _ => None,
    }
}

/// The kind of each record and what it belongs to; no kind where only a certificate names it.
type Places = HashMap<RecordId, (Option<RecordKind>, Above)>;

/// The records of the cases of some audits, also those that were deleted: by kind.
#[derive(Default)]
struct Belonging(BTreeMap<RecordKind, BTreeSet<RecordId>>);

impl Belonging {
    /// Looks through the whole history: what a deleted record belonged to stands nowhere else. Of
    /// one whose every version is blanked already nothing is left to remove.
    fn read(db: &Connection, audits: &BTreeSet<RecordId>) -> rusqlite::Result<Self> {
        let mut places = Places::new();
        let mut unreadable = None;
        revisions::each(db, |read| match read {
            Ok(kept) => {
                let revision = &kept.revision;
                let wanted = REMOVED.contains(&revision.kind);
                let body = revision.body.as_deref().filter(|_| wanted);
                let record = body.and_then(|body| Record::read(revision.kind, body).ok());
                if let Some(place) = record.as_ref().and_then(above) {
                    places.insert(revision.record, (Some(revision.kind), place));
                }
                for own in read_retention(&kept).into_iter() {
                    let audit = Above::Audit(own.audit);
                    let gone = own.removed.into_iter().flat_map(|removal| removal.places);
                    for record in gone {
                        places.entry(record).or_insert((None, audit));
                    }
                }
            }
            Err(error) => unreadable = Some(error),
        })?;
        if let Some(error) = unreadable {
            return Err(error);
        }
        let mut belonging = Self::default();
        for (record, (kind, _)) in &places {
            let belongs = leads_to(&places, *record).is_some_and(|audit| audits.contains(&audit));
            // Of one without a kind no version has a body any more.
            for kind in kind.iter().filter(|_| belongs) {
                belonging.0.entry(*kind).or_default().insert(*record);
            }
        }
        Ok(belonging)
    }

    fn places(&self) -> Vec<RecordId> {
        let kinds = [RecordKind::Case, RecordKind::CaseForm];
        let records = kinds.iter().filter_map(|kind| self.0.get(kind));
        records.flatten().copied().collect()
    }
}

/// The audit that a record belongs to, through its form and case.
fn leads_to(places: &Places, record: RecordId) -> Option<RecordId> {
    let mut at = record;
    // A form, a case, an audit: no way is longer, and damage must not lead in a circle.
    for _ in 0..REMOVED.len() {
        match places.get(&at)?.1 {
            Above::Audit(audit) => return Some(audit),
            Above::Record(record) => at = record,
        }
    }
    None
}

/// What one removal took out.
#[derive(Default)]
struct Removed {
    records: BTreeMap<String, usize>,
    /// The chain hashes of the versions that were blanked.
    versions: Vec<Hash>,
}

/// Removes records inside a transaction that is open, each after those that refer to it.
fn remove(
    db: &Connection,
    belonging: &Belonging,
    author: &Author,
    at: DateTime<Utc>,
) -> rusqlite::Result<Removed> {
    let mut removed = Removed::default();
    for (kind, records) in belonging.0.iter().rev() {
        for record in records {
            let versions = remove_record(db, *kind, *record, author, at)?;
            if !versions.is_empty() {
                *removed.records.entry(kind.name().into()).or_default() += 1;
                removed.versions.extend(versions);
            }
        }
    }
    heads::hide_orphans(db)?;
    Ok(removed)
}

/// Blanks every version of a record and deletes it; the chain hashes of what was blanked now.
fn remove_record(
    db: &Connection,
    kind: RecordKind,
    record: RecordId,
    author: &Author,
    at: DateTime<Utc>,
) -> rusqlite::Result<Vec<Hash>> {
    let all = revisions::of_record(db, record)?;
    let told = all.iter().filter(|kept| kept.revision.body.is_some());
    let blanked: Vec<Hash> = told.clone().map(|kept| kept.chain_hash).collect();
    if blanked.is_empty() {
        return Ok(blanked);
    }
    for kept in &all {
        blank(db, kept)?;
    }
    let mut lineage = Lineage::default();
    for kept in &all {
        lineage.add(kept.revision.id, kept.said());
    }
    let last = deletion(&all, &lineage.newest(), author, at);
    revisions::append(db, &last)?;
    revisions::set_head(db, record, kind, last.revision.id)?;
    heads::put(db, kind, record, None)?;
    Ok(blanked)
}

/// A deletion without a reason says nothing that would have to be blanked; a reason is in the
/// person's own words.
fn blank(db: &Connection, kept: &Kept) -> rusqlite::Result<()> {
    let revision = &kept.revision;
    let program = Restoring::is_reason(revision.reason.as_deref());
    let reason = match revision.reason.as_deref() {
        Some(_) if !program => Some(TAKEN_OUT),
        other => other,
    };
    if revision.body.is_none() && reason == revision.reason.as_deref() {
        return Ok(());
    }
    redact::blank(db, revision.id, reason, &revision.author.role)
}

/// The revision that follows every version of a record and deletes it.
fn deletion(all: &[Kept], newest: &[RevisionId], author: &Author, at: DateTime<Utc>) -> Kept {
    let followed = all.iter().filter(|kept| newest.contains(&kept.revision.id));
    let mut followed: Vec<&Kept> = followed.collect();
    followed.sort_by_key(|kept| kept.revision.id);
    let hashes: Vec<Hash> = followed.iter().map(|kept| kept.chain_hash).collect();
    let of = &all[0].revision;
    let revision = Revision {
        id: RevisionId::fresh(),
        record: of.record,
        kind: of.kind,
        body: None,
        parents: followed.iter().map(|kept| kept.revision.id).collect(),
        author: author.clone(),
        at,
        reason: Some(format!("{REDACTED}{REASON}")),
    };
    Kept::new(revision, &hashes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::Value;
    use crate::domain::audit::{Audit, AuditState, Scope};
    use crate::domain::case::Case;
    use crate::domain::judgement::Judgement;
    use crate::domain::redaction::Sought;

    fn author() -> Author {
        Author {
            role: "business office".into(),
            agency: String::new(),
            device: "laptop".into(),
        }
    }

    fn commit(store: &mut Store, edits: Vec<Edit>) {
        let change = Change {
            edits,
            author: author(),
            at: Utc::now(),
            reason: None,
        };
        store.commit(&change).unwrap();
    }

    fn judged(case: RecordId, reason: &str) -> Edit {
        let judgement = Judgement {
            case,
            question: None,
            value: Value::one("good"),
            reason: reason.into(),
            dissent: String::new(),
        };
        Edit::put(Judgement::id(case, None), judgement)
    }

    #[test]
    fn another_copy_of_the_register_brings_nothing_back() {
        let mut store = Store::in_memory().unwrap();
        let (audit, case) = (RecordId::fresh(), RecordId::fresh());
        let own = Audit {
            title: "Neglect 2019".into(),
            tool: "neglect@1".into(),
            agencies: Vec::new(),
            state: AuditState::Closed,
            scope: Scope::default(),
            re_audit_of: None,
        };
        let child = Case {
            audit,
            reference: "NEG19-01".into(),
            age_band: None,
            sex: None,
            ethnicity: None,
            plan: None,
            same_as: None,
        };
        let retention = Retention {
            keep_until: "2020-01-31".parse().ok(),
            ..Retention::of(audit)
        };
        commit(
            &mut store,
            vec![Edit::put(audit, own), Edit::put(case, child)],
        );
        commit(&mut store, vec![Edit::put(Retention::id(audit), retention)]);
        let mut copy = store.twin().unwrap();
        commit(&mut copy, vec![judged(case, "glass lighthouse")]);
        let counts = KeptCounts::default();
        store
            .remove_forms(audit, counts, &author(), Utc::now())
            .unwrap();
        store.join(&copy).unwrap();
        let register = store.register().unwrap();
        assert_eq!((register.cases.len(), register.judgements.len()), (0, 0));
        assert!(register.forms_removed(audit));
        let sought = Sought::new("lighthouse").unwrap();
        assert_eq!(store.mentions(&sought).unwrap(), []);
        assert_eq!(store.check().unwrap(), []);
    }
}
