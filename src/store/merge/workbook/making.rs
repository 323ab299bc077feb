//! Which revisions a version of a workbook makes; the rules are in [`super`].

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, SubsecRound as _, Utc};

use super::{SaidOfForm, SaidOfRecord, WorkbookReturn, said_by};
use crate::domain::form::AgencyReturn;
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::record::{Record, RecordKind};
use crate::domain::revision::{Author, Hash, Revision, body_hash, in_hex, written_instant};
use crate::store::merge::Incoming;
use crate::store::revisions::{self, Kept};
use crate::store::{Store, StoreError};

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
pub(super) struct Making<'a> {
    store: &'a Store,
    file: &'a WorkbookReturn,
    at: DateTime<Utc>,
    /// The version of each sheet, by form.
    sheets: &'a BTreeMap<RecordId, String>,
    before: &'a [Incoming],
    made: Vec<Kept>,
}

type Result<T, E = StoreError> = std::result::Result<T, E>;

impl<'a> Making<'a> {
    pub(super) fn new(
        store: &'a Store,
        file: &'a WorkbookReturn,
        sheets: &'a BTreeMap<RecordId, String>,
        before: &'a [Incoming],
    ) -> Self {
        Self {
            store,
            file,
            at: file.saved.trunc_subsecs(3),
            sheets,
            before,
            made: Vec::new(),
        }
    }

    /// Every revision of the workbook, as a return file would hold them.
    pub(super) fn all(mut self) -> Result<Vec<Kept>> {
        for form in &self.file.forms {
            if !self.was_merged(form.form.record)? {
                self.form(form)?;
            }
        }
        self.with_bases()
    }

    /// Whether this very version of the sheet was merged, or is merged with this workbook.
    fn was_merged(&self, form: RecordId) -> Result<bool> {
        let Some(version) = self.sheets.get(&form) else {
            return Ok(false);
        };
        let mut arriving = self.before.iter();
        if arriving.any(|incoming| incoming.sheets.get(&form) == Some(version)) {
            return Ok(true);
        }
        let own = AgencyReturn::id(self.file.audit, &self.file.agency);
        let own = self.store.record(RecordKind::AgencyReturn, own)?;
        Ok(match own {
            Some(Record::AgencyReturn(own)) => {
                let arrival = own.arrivals.get(&form);
                arrival.is_some_and(|arrival| arrival.sheets.contains(version))
            }
            _ => false,
        })
    }

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
        if self.says_anything(form)? {
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

    /// Whether a sheet is anything but as it was sent out.
    pub(super) fn says_anything(&self, form: &SaidOfForm) -> Result<bool> {
        let mut says = form.closed;
        for said in form.records() {
            says |= self.differs(said, false)?;
        }
        Ok(says)
    }

    /// Whether the workbook says something else than it was made from.
    fn differs(&self, said: &SaidOfRecord, exact: bool) -> Result<bool> {
        Ok(!said.says(self.base(said)?.as_ref(), exact))
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
            Some(last) if !said.says(Some(last), exact) => {
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
        let base = self.base(said)?.as_ref().and_then(said_by);
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
            self.say_later(said, parents, said_by(last).as_ref(), later)?;
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
        for said in form.records() {
            for kept in self.own(said.record)? {
                versions.any = true;
                versions.this |= kept.revision.at == self.at;
                versions.any_later |= kept.revision.at > self.at;
                let is_closed = match said_by(&kept) {
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
            for said in form.records() {
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
    let mut parts = vec![
        record.to_string(),
        author.role.clone(),
        author.agency.clone(),
        author.device.clone(),
        written_instant(at),
        in_hex(body),
    ];
    parts.extend(parents.iter().map(ToString::to_string));
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    RevisionId::derived(&parts)
}
