//! What comes back in a workbook, as revisions.
//!
//! A return file brings its own revisions; a workbook brings only how things stand in it, and the
//! revisions it was made from (its *base*). Where a record differs from its base, the workbook's
//! content becomes a revision that follows the base, by the auditor's role, the agency and the
//! device "workbook" with the workbook's id, at the time the workbook was last saved. Its id is
//! derived from all of that: every register makes the same revision of the same file, so merging it
//! again brings nothing, and any order leads to the same.
//!
//! A workbook can be corrected and sent again, and then both versions say something about the same
//! record:
//!
//! - The same file again: nothing new. Saved again without a change: one revision of each form that
//!   says anything, which tells a still earlier version from a later one.
//! - The later version follows what the earlier one said, so correcting is no conflict. An earlier
//!   version that is merged after a later one is kept in the history and followed at once by what
//!   the later one says.
//! - A sheet that is submitted, not known or declined says everything on it, also what is as it was
//!   sent out. A sheet still in progress says only what differs from that: two people may fill in
//!   different sheets of two copies, and neither takes away what the other wrote.
//! - Conflicts as with any return are: two versions saved at the same moment that differ; a change
//!   made in the register meanwhile; and a version that is merged after a later one that was still
//!   in progress, where that one said the same as a still earlier one or nothing at all.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chrono::{DateTime, SubsecRound as _, Utc};

use super::ours::Ours;
use super::{Incoming, MergeError};
use crate::domain::case::Case;
use crate::domain::form::AgencyReturn;
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::record::{Record, RecordKind};
use crate::domain::register::Register;
use crate::domain::revision::{Author, Hash, Revision, body_hash, written_instant};
use crate::store::revisions::{self, Kept};
use crate::store::{DocumentKind, Store, StoreError, commit};

/// A workbook that came back and was read.
#[derive(Clone, Debug)]
pub struct WorkbookReturn {
    /// The file.
    pub path: PathBuf,
    /// The workbook's identity.
    pub workbook: RecordId,
    /// The audit it is for.
    pub audit: RecordId,
    /// The code of the agency it is from.
    pub agency: String,
    /// When it was last saved.
    pub saved: DateTime<Utc>,
    /// What it says, form by form.
    pub forms: Vec<SaidOfForm>,
}

/// What a workbook says of one form.
#[derive(Clone, Debug)]
pub struct SaidOfForm {
    /// The case, as the workbook gives it.
    pub case: (RecordId, Case),
    /// The auditor's role.
    pub role: String,
    /// Whether the sheet says that it is complete, and so says everything on it.
    pub closed: bool,
    /// The form itself.
    pub form: SaidOfRecord,
    /// Its answers, key dates and safety stop.
    pub others: Vec<SaidOfRecord>,
}

/// What a workbook says of one record.
#[derive(Clone, Debug)]
pub struct SaidOfRecord {
    /// The record.
    pub record: RecordId,
    /// Its kind.
    pub kind: RecordKind,
    /// The revisions it was made from; none of a record that was not there.
    pub base: Vec<RevisionId>,
    /// The record; absent where there is none.
    pub after: Option<Record>,
}

impl SaidOfRecord {
    /// Whether it says just what `other` does; unless it has to be exact, another time of
    /// submitting makes no difference.
    fn says(&self, other: Option<&Record>, exact: bool) -> bool {
        let after = self.after.as_ref();
        match exact {
            true => other == after,
            false => Record::same_but_for_when(other, after),
        }
    }
}

impl Store {
    /// The revisions that a change of this record made now would follow: those that a workbook is
    /// made from. None of a record that never was.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn base_of(&self, record: RecordId) -> Result<Vec<RevisionId>, StoreError> {
        let heads = commit::followed(&self.db, record, commit::Follows::WhatStands);
        let heads = heads.map_err(|error| self.explain(error))?;
        Ok(heads.iter().map(|head| head.revision).collect())
    }

    /// What a revision of this record says; `None` when the file does not have it. The record is
    /// absent where the revision deletes it.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn said_by(
        &self,
        record: RecordId,
        revision: RevisionId,
    ) -> Result<Option<Option<Record>>, StoreError> {
        let kept = revisions::of_record(&self.db, record);
        let kept = kept.map_err(|error| self.explain(error))?;
        let found = kept.iter().find(|kept| kept.revision.id == revision);
        Ok(found.map(|kept| read(&kept.revision)))
    }

    /// Makes the revisions of a workbook. `before` are the returns that are merged with it and were
    /// looked at already: another version of the same workbook may be among them.
    ///
    /// # Errors
    /// As [`Store::look_at_return`].
    pub fn examine_workbook(
        &self,
        file: &WorkbookReturn,
        before: &[Incoming],
    ) -> Result<Incoming, MergeError> {
        if self.kind != DocumentKind::Register {
            return Err(MergeError::IntoReturn(self.path.clone()));
        }
        self.refuse_removed(&file.path, file.audit)?;
        let mut making = Making {
            store: self,
            file,
            at: file.saved.trunc_subsecs(3),
            before,
            made: Vec::new(),
        };
        for form in &file.forms {
            making.form(form)?;
        }
        let revisions = making.with_bases()?;
        let incoming = Incoming {
            path: file.path.clone(),
            audit: file.audit,
            agency: file.agency.clone(),
            agency_return: AgencyReturn::id(file.audit, &file.agency),
            register: light_records(file),
            on_forms: on_forms(file),
            revisions,
            again: false,
        };
        Ours::new(self, &incoming).allow_all()?;
        Ok(incoming)
    }
}

/// The forms and cases of the workbook.
fn light_records(file: &WorkbookReturn) -> Register {
    let mut register = Register::default();
    for form in &file.forms {
        let (case, content) = &form.case;
        register.put(*case, Record::from(content.clone()));
        if let Some(record) = &form.form.after {
            register.put(form.form.record, record.clone());
        }
    }
    register
}

/// The answers and key dates that stand in the workbook.
fn on_forms(file: &WorkbookReturn) -> Vec<(RecordId, RecordKind, RecordId)> {
    let said = file.forms.iter().flat_map(|form| {
        let others = form.others.iter();
        others.map(|said| (said, form.form.record))
    });
    let kinds = [RecordKind::Answer, RecordKind::KeyDate];
    said.filter(|(said, _)| said.after.is_some() && kinds.contains(&said.kind))
        .map(|(said, form)| (said.record, said.kind, form))
        .collect()
}

/// The record that a revision leaves.
fn read(revision: &Revision) -> Option<Record> {
    Record::read(revision.kind, revision.body.as_deref()?).ok()
}

/// The versions of a sheet that are known, besides the one that is being read.
#[derive(Default)]
struct Versions {
    /// Whether there is any.
    any: bool,
    /// Whether one of the same moment is: most likely the same one.
    this: bool,
    /// Whether one was saved later.
    any_later: bool,
    /// The form as the latest of those left it that say that the sheet is complete.
    closed_later: Option<Kept>,
}

/// Makes revisions of what a workbook says.
struct Making<'a> {
    store: &'a Store,
    file: &'a WorkbookReturn,
    at: DateTime<Utc>,
    before: &'a [Incoming],
    made: Vec<Kept>,
}

type Result<T, E = StoreError> = std::result::Result<T, E>;

impl Making<'_> {
    fn form(&mut self, form: &SaidOfForm) -> Result<()> {
        let versions = self.versions(form)?;
        let already = self.made.len();
        for said in &form.others {
            self.record(said, form, &versions, false)?;
        }
        let anew = self.made.len() > already || (form.closed && versions.any);
        self.record(&form.form, form, &versions, anew)?;
        if versions.any && !versions.this && self.made.len() == already {
            self.trace(form)?;
        }
        Ok(())
    }

    /// A version that says nothing that was not said before leaves a revision of the form all the
    /// same, so that an earlier one that is merged after it is known to be earlier.
    fn trace(&mut self, form: &SaidOfForm) -> Result<()> {
        let mut says = form.closed;
        for said in std::iter::once(&form.form).chain(&form.others) {
            says |= self.differs(said, false)?;
        }
        if says {
            let own = heads(&self.own(form.form.record)?);
            let parents = if own.is_empty() {
                form.form.base.clone()
            } else {
                own
            };
            self.make(&form.form, &form.role, parents, self.at)?;
        }
        Ok(())
    }

    /// Whether the workbook says something else than it was made from.
    fn differs(&self, said: &SaidOfRecord, exact: bool) -> Result<bool> {
        let base = self.base(said)?.and_then(|kept| read(&kept.revision));
        Ok(!said.says(base.as_ref(), exact))
    }

    /// Makes what is new of one record. `exact`: whether another time alone is news.
    fn record(
        &mut self,
        said: &SaidOfRecord,
        form: &SaidOfForm,
        versions: &Versions,
        exact: bool,
    ) -> Result<()> {
        let differs = self.differs(said, exact)?;
        let own = self.own(said.record)?;
        let newest = own
            .iter()
            .max_by_key(|kept| (kept.revision.at, kept.revision.id));
        match newest {
            None if differs => self.first(said, form, versions),
            Some(last) if !said.says(read(&last.revision).as_ref(), exact) => {
                let says = differs || form.closed;
                match self.at.cmp(&last.revision.at) {
                    Ordering::Less if differs => self.earlier(said, form, last, last),
                    Ordering::Equal if differs => self.beside(said, form),
                    Ordering::Greater if says => self.after(said, form, versions, &own, last),
                    _ => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// No version of the workbook said anything of the record before.
    fn first(&mut self, said: &SaidOfRecord, form: &SaidOfForm, versions: &Versions) -> Result<()> {
        let base = self.base(said)?.and_then(|kept| read(&kept.revision));
        let first = self.make(said, &form.role, said.base.clone(), self.at)?;
        // A later version of the sheet was complete and left the record as it was sent out.
        if let (Some(later), Some(first)) = (&versions.closed_later, first) {
            self.say_later(said, vec![first], base.as_ref(), later)?;
        }
        Ok(())
    }

    /// A later version said something else: what this one said is kept, and followed by that.
    fn earlier(
        &mut self,
        said: &SaidOfRecord,
        form: &SaidOfForm,
        last: &Kept,
        later: &Kept,
    ) -> Result<()> {
        let earlier = self.make(said, &form.role, said.base.clone(), self.at)?;
        if let Some(earlier) = earlier {
            let parents = vec![last.revision.id, earlier];
            self.say_later(said, parents, read(&last.revision).as_ref(), later)?;
        }
        Ok(())
    }

    /// Another version said something else, and which of them came last is not known.
    fn beside(&mut self, said: &SaidOfRecord, form: &SaidOfForm) -> Result<()> {
        self.make(said, &form.role, said.base.clone(), self.at)?;
        Ok(())
    }

    /// The newest version that is known to have said something of the record is an earlier one.
    fn after(
        &mut self,
        said: &SaidOfRecord,
        form: &SaidOfForm,
        versions: &Versions,
        own: &[Kept],
        last: &Kept,
    ) -> Result<()> {
        match &versions.closed_later {
            // Complete, and so it said the same again as that earlier one.
            Some(later) => self.earlier(said, form, last, later),
            // It said the same again, or nothing.
            None if versions.any_later => self.beside(said, form),
            None => {
                self.make(said, &form.role, heads(own), self.at)?;
                Ok(())
            }
        }
    }

    /// What a later version says, after an earlier one that is merged after it.
    fn say_later(
        &mut self,
        said: &SaidOfRecord,
        parents: Vec<RevisionId>,
        after: Option<&Record>,
        later: &Kept,
    ) -> Result<()> {
        let after = SaidOfRecord {
            after: after.cloned(),
            ..said.clone()
        };
        let author = &later.revision.author;
        self.make(&after, &author.role, parents, later.revision.at)?;
        Ok(())
    }

    /// The revision that the record was made from; several say the same.
    fn base(&self, said: &SaidOfRecord) -> Result<Option<Kept>> {
        let Some(first) = said.base.first() else {
            return Ok(None);
        };
        let kept = self.known(said.record)?;
        Ok(kept.into_iter().find(|kept| kept.revision.id == *first))
    }

    /// What a version of this workbook said before of the record.
    fn own(&self, record: RecordId) -> Result<Vec<Kept>> {
        let device = self.device();
        let mut known = self.known(record)?;
        known.retain(|kept| kept.revision.author.device == device);
        Ok(known)
    }

    /// Every revision of a record: of the register, and of what is merged with this workbook.
    fn known(&self, record: RecordId) -> Result<Vec<Kept>> {
        let kept = revisions::of_record(&self.store.db, record);
        let mut known = kept.map_err(|error| self.store.explain(error))?;
        let arriving = self.before.iter().flat_map(|incoming| &incoming.revisions);
        for kept in arriving.chain(&self.made) {
            let revision = &kept.revision;
            let is_new = || known.iter().all(|known| known.revision.id != revision.id);
            if revision.record == record && is_new() {
                known.push(kept.clone());
            }
        }
        Ok(known)
    }

    /// Which other versions of the sheet are known.
    fn versions(&self, form: &SaidOfForm) -> Result<Versions> {
        let mut versions = Versions::default();
        for said in std::iter::once(&form.form).chain(&form.others) {
            for kept in self.own(said.record)? {
                versions.any = true;
                versions.this |= kept.revision.at == self.at;
                versions.any_later |= kept.revision.at > self.at;
                let is_closed = match read(&kept.revision) {
                    Some(Record::CaseForm(form)) => !form.status.is_open(),
                    _ => false,
                };
                let newest = versions.closed_later.as_ref();
                let is_newest = newest.is_none_or(|known| known.revision.at < kept.revision.at);
                if is_closed && kept.revision.at > self.at && is_newest {
                    versions.closed_later = Some(kept);
                }
            }
        }
        Ok(versions)
    }

    fn device(&self) -> String {
        format!("workbook {}", self.file.workbook)
    }

    /// Makes a revision; nothing when it is there already.
    fn make(
        &mut self,
        said: &SaidOfRecord,
        role: &str,
        mut parents: Vec<RevisionId>,
        at: DateTime<Utc>,
    ) -> Result<Option<RevisionId>> {
        parents.sort_unstable();
        let body = said.after.as_ref().map(Record::body);
        let hash = body_hash(body.as_deref());
        let author = Author {
            role: if role.is_empty() { "auditor" } else { role }.to_owned(),
            agency: self.file.agency.clone(),
            device: self.device(),
        };
        let id = derived_id(said.record, &author, at, &hash, &parents);
        let known = self.known(said.record)?;
        if known.iter().any(|kept| kept.revision.id == id) {
            return Ok(None);
        }
        let chain: BTreeMap<RevisionId, Hash> = known
            .iter()
            .map(|kept| (kept.revision.id, kept.chain_hash))
            .collect();
        let parent_hashes: Vec<Hash> = parents
            .iter()
            .filter_map(|id| chain.get(id).copied())
            .collect();
        let revision = Revision {
            id,
            record: said.record,
            kind: said.kind,
            body,
            parents,
            author,
            at,
            reason: None,
        };
        self.made.push(Kept::new(revision, &parent_hashes));
        Ok(Some(id))
    }

    /// Every revision of the workbook, new or not, after those that it follows: as a return file
    /// holds them.
    fn with_bases(self) -> Result<Vec<Kept>> {
        let mut all = Vec::new();
        for form in &self.file.forms {
            for said in std::iter::once(&form.form).chain(&form.others) {
                let own = self.own(said.record)?;
                if own.is_empty() && said.record != form.form.record {
                    continue;
                }
                let ids = own.iter().map(|kept| kept.revision.id);
                let wanted = ids.chain(said.base.iter().copied());
                all.extend(with_ancestors(self.known(said.record)?, wanted));
            }
        }
        Ok(all)
    }
}

/// Those of the revisions that are wanted, and all that they follow; the order stays.
fn with_ancestors(known: Vec<Kept>, wanted: impl Iterator<Item = RevisionId>) -> Vec<Kept> {
    let mut wanted: BTreeSet<RevisionId> = wanted.collect();
    // Parents stand before their children.
    for kept in known.iter().rev() {
        if wanted.contains(&kept.revision.id) {
            wanted.extend(&kept.revision.parents);
        }
    }
    let mut found = known;
    found.retain(|kept| wanted.contains(&kept.revision.id));
    found
}

/// The newest of a workbook's own revisions.
fn heads(own: &[Kept]) -> Vec<RevisionId> {
    let followed = |id: &RevisionId| own.iter().any(|kept| kept.revision.parents.contains(id));
    let ids = own.iter().map(|kept| kept.revision.id);
    ids.filter(|id| !followed(id)).collect()
}

fn derived_id(
    record: RecordId,
    author: &Author,
    at: DateTime<Utc>,
    body: &Hash,
    parents: &[RevisionId],
) -> RevisionId {
    let body: String = body.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut parts = vec![
        record.to_string(),
        author.role.clone(),
        author.agency.clone(),
        author.device.clone(),
        written_instant(at),
        body,
    ];
    parts.extend(parents.iter().map(ToString::to_string));
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    RevisionId::derived(&parts)
}
