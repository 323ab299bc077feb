//! What merging would do, worked out without writing anything. The merge itself carries out this
//! very plan, so that a preview and what follows it cannot differ.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Incoming, Restorer};
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::merge::{Lineage, Said};
use crate::domain::record::{Record, RecordKind};
use crate::domain::retention::Retention;
use crate::domain::revision::{Hash, Revision};
use crate::store::revisions::{self, Kept};
use crate::store::{Result, Store, StoreError, commit, heads, redact, retention};

/// What merging one file would bring.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilePlan {
    /// Revisions that neither the register nor a file before this one has.
    pub new_revisions: usize,
    /// Revisions of the register whose text this file has redacted, and which are redacted with it.
    pub redacted: usize,
    /// The records they belong to.
    pub records: Vec<RecordPlan>,
    /// Records of which what the file says was taken back with an earlier merge of it.
    pub taken_back: Vec<TakenBack>,
}

/// A record of which what a file says was taken back with an earlier merge of it.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenBack {
    /// The record.
    pub record: RecordId,
    /// What the file says; absent where it deletes it.
    pub said: Option<Record>,
}

/// What merging one file would do to one record.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordPlan {
    /// The record.
    pub record: RecordId,
    /// Its kind.
    pub kind: RecordKind,
    /// How it stands before; absent when it is not there or was deleted.
    pub before: Option<Record>,
    /// How it would stand after.
    pub after: Option<Record>,
    /// Whether versions that differ would stand side by side.
    pub conflict: bool,
}

impl RecordPlan {
    /// The form that the record is, or stands on.
    pub fn form(&self) -> Option<RecordId> {
        match self.after.as_ref().or(self.before.as_ref())? {
            Record::CaseForm(_) => Some(self.record),
            Record::Answer(answer) => Some(answer.form),
            Record::KeyDate(date) => Some(date.form),
            Record::SafetyStop(stop) => Some(stop.form),
            _ => None,
        }
    }
}

impl FilePlan {
    /// The forms of which the file brings something, and how many answers and key dates of each
    /// would stand otherwise than before.
    pub(super) fn forms(&self) -> BTreeMap<RecordId, usize> {
        let mut forms = BTreeMap::new();
        for change in &self.records {
            if let Some(form) = change.form() {
                let answer = matches!(change.kind, RecordKind::Answer | RecordKind::KeyDate);
                let counts = answer && change.before != change.after;
                *forms.entry(form).or_default() += usize::from(counts);
            }
        }
        forms
    }
}

/// A record as it is while files are added to it.
pub(super) struct Touched {
    pub(super) kind: RecordKind,
    lineage: Lineage,
    contents: BTreeMap<RevisionId, (Hash, Option<String>)>,
    /// Whether the register had it, and without content.
    pub(super) was_gone: bool,
    /// Whether a merge of it was taken back in the register.
    was_restored: bool,
}

impl Touched {
    /// The revision it stands by and its body.
    pub(super) fn stands_by(&self) -> Option<(RevisionId, Option<&str>)> {
        let winner = self.lineage.winner()?;
        let (_, body) = self.contents.get(&winner)?;
        Some((winner, body.as_deref()))
    }

    fn record(&self) -> Option<Record> {
        let (_, body) = self.stands_by()?;
        // Bodies were read when the file was looked through, and when they were kept.
        Record::read(self.kind, body?).ok()
    }

    /// The versions that stand of how long an audit's forms are kept.
    fn retentions(&self) -> Vec<Retention> {
        let heads = self.lineage.heads().into_iter();
        let bodies = heads.filter_map(|head| self.contents.get(&head)?.1.as_deref());
        let read = |body| match Record::read(self.kind, body) {
            Ok(Record::Retention(own)) => Some(own),
            _ => None,
        };
        bodies.filter_map(read).collect()
    }

    fn in_conflict(&self) -> bool {
        let newest = self.lineage.heads();
        let hashes = newest.iter().filter_map(|head| self.contents.get(head));
        hashes.map(|(hash, _)| hash).collect::<BTreeSet<_>>().len() > 1
    }

    /// Adds the revision that says again what was taken back.
    fn say_again(&mut self, said: &Kept, id: RevisionId) {
        let parents = vec![said.revision.id];
        let (body, restores) = (said.body_hash, true);
        self.lineage.add(
            id,
            Said {
                parents,
                body,
                restores,
            },
        );
        let content = (said.body_hash, said.revision.body.clone());
        self.contents.insert(id, content);
    }

    /// What of this is in a file, was taken back with its merge, and can be said again.
    fn taken_back<'a>(&self, in_file: &[&'a Kept]) -> Vec<&'a Kept> {
        let mut file = Lineage::default();
        for kept in in_file {
            file.add(kept.revision.id, kept.said());
        }
        let newest: BTreeSet<RevisionId> = file.heads().into_iter().collect();
        let taken_back = self.lineage.taken_back();
        let said = |kept: &&Kept| {
            let id = kept.revision.id;
            !kept.redacted && newest.contains(&id) && taken_back.contains(&id)
        };
        in_file.iter().copied().filter(said).collect()
    }

    fn add(&mut self, kept: &Kept) {
        let revision = &kept.revision;
        self.lineage.add(revision.id, kept.said());
        let content = (kept.body_hash, revision.body.clone());
        self.contents.insert(revision.id, content);
    }
}

/// What merging all files would do.
#[derive(Default)]
pub(super) struct Plan<'a> {
    pub(super) files: Vec<FilePlan>,
    pub(super) touched: BTreeMap<RecordId, Touched>,
    /// The new revisions, parents before children.
    pub(super) new: Vec<&'a Kept>,
    /// What was taken back and is said again.
    pub(super) again: Vec<Again<'a>>,
    /// Revisions redacted in one file that the register or a file before it has in full.
    pub(super) redacted: Vec<&'a Kept>,
    /// The new revisions by their ids.
    told: HashMap<RevisionId, &'a Kept>,
}

impl Plan<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.new.is_empty() && self.again.is_empty() && self.redacted.is_empty()
    }
}

/// What meets in a merge and must not: what a file brings of an audit, and what stands here of it.
enum Clash {
    /// The removal of its forms, which are held here.
    Removal(RecordId),
    /// A hold on its forms, which are removed here.
    Hold(RecordId),
}

/// A revision of a file that was taken back, and the identity of the one that says it again.
pub(super) struct Again<'a> {
    said: &'a Kept,
    id: RevisionId,
}

impl Again<'_> {
    /// It follows only what it says again: everything else is as after the first merge.
    fn kept(&self, by: &Restorer<'_>) -> Kept {
        let revision = Revision {
            id: self.id,
            parents: vec![self.said.revision.id],
            author: by.author.clone(),
            at: by.at,
            reason: Some(by.reason.clone()),
            ..self.said.revision.clone()
        };
        Kept::new(revision, &[self.said.chain_hash])
    }
}

impl Store {
    /// What merging these files, in this order, would do; nothing is changed.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn plan_merge(&self, files: &[Incoming]) -> Result<Vec<FilePlan>> {
        Ok(self.plan(files)?.files)
    }

    pub(super) fn plan<'a>(&self, files: &'a [Incoming]) -> Result<Plan<'a>> {
        let explain = |error| self.explain(error);
        let mut plan = Plan::default();
        for file in files {
            if self.tells_otherwise(&plan, file).map_err(explain)? {
                return Err(StoreError::ToldOtherwise(file.path.clone()));
            }
            self.add_file(&mut plan, file).map_err(explain)?;
            if let Some(Clash::Removal(audit)) = self.clash(&plan, file).map_err(explain)? {
                let (path, title) = (file.path.clone(), self.title_of(audit)?);
                return Err(StoreError::HeldHere { path, title });
            }
        }
        Ok(plan)
    }

    /// Refuses another state of the document that would lose anything by it, or break what is here.
    ///
    /// # Errors
    /// [`StoreError::ToldOtherwise`], [`StoreError::HeldHere`] or [`StoreError::HeldThere`]; and when
    /// this one cannot be read.
    pub(super) fn refuse_state(&self, state: &Incoming) -> Result<()> {
        let plan = self.plan(std::slice::from_ref(state))?;
        match self
            .clash(&plan, state)
            .map_err(|error| self.explain(error))?
        {
            Some(Clash::Hold(audit)) => Err(StoreError::HeldThere {
                path: state.path.clone(),
                title: self.title_of(audit)?,
            }),
            _ => Ok(()),
        }
    }

    /// An audit of whose retention `file` tells something, and whose forms were removed on one side
    /// and are held on the other. Where somebody released the hold and then removed them, nothing
    /// clashes.
    fn clash(&self, plan: &Plan<'_>, file: &Incoming) -> rusqlite::Result<Option<Clash>> {
        let changed = file.revisions.iter().map(|kept| &kept.revision);
        let changed = changed.filter(|own| own.kind == RecordKind::Retention);
        let changed: BTreeSet<RecordId> = changed.map(|own| own.record).collect();
        for id in &changed {
            let Some(record) = plan.touched.get(id) else {
                continue;
            };
            let standing = record.retentions();
            let removed = standing.iter().find(|own| own.removed.is_some());
            let (Some(removed), true) = (removed, standing.iter().any(Retention::holds)) else {
                continue;
            };
            let before = retention::standing(&self.db, *id)?;
            if !before.iter().any(|own| own.removed.is_some()) {
                return Ok(Some(Clash::Removal(removed.audit)));
            }
            if !before.iter().any(Retention::holds) {
                return Ok(Some(Clash::Hold(removed.audit)));
            }
        }
        Ok(None)
    }

    /// Whether a file tells any change otherwise than the register or a file before it: what follows
    /// that change would not follow from what is here, and the chain would break. Of a return the
    /// register was compared as it was looked at.
    fn tells_otherwise(&self, plan: &Plan<'_>, file: &Incoming) -> rusqlite::Result<bool> {
        for kept in &file.revisions {
            let planned = plan.told.get(&kept.revision.id);
            if planned.is_some_and(|planned| !planned.is_told_as(kept))
                || file.state && revisions::told_likewise(&self.db, kept)? == Some(false)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn add_file<'a>(&self, plan: &mut Plan<'a>, file: &'a Incoming) -> rusqlite::Result<()> {
        let mut before = BTreeMap::new();
        let (already, redacted) = (plan.new.len(), plan.redacted.len());
        for kept in &file.revisions {
            let id = kept.revision.record;
            let record = match plan.touched.entry(id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => place.insert(self.touched(kept)?),
            };
            if !record.lineage.contains(kept.revision.id) {
                before.entry(id).or_insert_with(|| record.record());
                record.add(kept);
                plan.new.push(kept);
                plan.told.insert(kept.revision.id, kept);
            } else if kept.redacted && redact::still_told(&self.db, kept)?.unwrap_or(true) {
                plan.redacted.push(kept);
            }
        }
        let taken_back = self.say_again(plan, file, &mut before)?;
        let touched = &plan.touched;
        let records = before.into_iter().filter_map(|(record, before)| {
            let touched = touched.get(&record)?;
            Some(RecordPlan {
                record,
                kind: touched.kind,
                before,
                after: touched.record(),
                conflict: touched.in_conflict(),
            })
        });
        plan.files.push(FilePlan {
            new_revisions: plan.new.len() - already,
            redacted: plan.redacted.len() - redacted,
            records: records.collect(),
            taken_back,
        });
        Ok(())
    }

    /// Finds what of a file was taken back with an earlier merge of it, and plans to say it again if
    /// that is asked for. `before` is how each record stood that the file changes.
    fn say_again<'a>(
        &self,
        plan: &mut Plan<'a>,
        file: &'a Incoming,
        before: &mut BTreeMap<RecordId, Option<Record>>,
    ) -> rusqlite::Result<Vec<TakenBack>> {
        let mut by_record: BTreeMap<RecordId, Vec<&Kept>> = BTreeMap::new();
        for kept in &file.revisions {
            let of_record = by_record.entry(kept.revision.record);
            of_record.or_default().push(kept);
        }
        let mut found = Vec::new();
        for (id, in_file) in by_record {
            let Some(record) = plan.touched.get_mut(&id).filter(|known| known.was_restored) else {
                continue;
            };
            for said in record.taken_back(&in_file) {
                // What was redacted meanwhile is not told again.
                let here = redact::still_told(&self.db, said)?;
                let mut blanked = plan.redacted.iter();
                let id_of = |kept: &&Kept| kept.revision.id == said.revision.id;
                if here == Some(false) || blanked.any(id_of) {
                    continue;
                }
                let body = said.revision.body.as_deref();
                found.push(TakenBack {
                    record: id,
                    said: body.and_then(|body| Record::read(record.kind, body).ok()),
                });
                if file.again {
                    before.entry(id).or_insert_with(|| record.record());
                    let again = RevisionId::fresh();
                    record.say_again(said, again);
                    plan.again.push(Again { said, id: again });
                }
            }
        }
        Ok(found)
    }

    /// The record of an incoming revision as the register has it.
    fn touched(&self, kept: &Kept) -> rusqlite::Result<Touched> {
        let lineage = revisions::lineage(&self.db, kept.revision.record)?;
        let mut contents = BTreeMap::new();
        for id in lineage.newest() {
            let head = commit::head_at(&self.db, id)?;
            contents.insert(id, (head.body_hash, head.body));
        }
        let mut touched = Touched {
            kind: kept.revision.kind,
            lineage,
            contents,
            was_gone: false,
            was_restored: false,
        };
        touched.was_restored = touched.lineage.any_restored();
        touched.was_gone = matches!(touched.stands_by(), Some((_, None)));
        Ok(touched)
    }
}

/// Carries out what was planned, in a transaction that is open.
pub(super) fn carry_out(
    db: &rusqlite::Connection,
    plan: &Plan<'_>,
    by: &Restorer<'_>,
) -> rusqlite::Result<()> {
    for kept in &plan.new {
        revisions::append(db, kept)?;
    }
    for kept in &plan.redacted {
        redact::blank_as(db, kept)?;
    }
    for again in &plan.again {
        revisions::append(db, &again.kept(by))?;
    }
    let again = plan.again.iter().map(|again| again.said);
    let changed = plan.new.iter().copied().chain(again);
    let changed: BTreeSet<RecordId> = changed.map(|kept| kept.revision.record).collect();
    let mut restored = false;
    for (id, record) in plan.touched.iter().filter(|(id, _)| changed.contains(id)) {
        let Some((head, body)) = record.stands_by() else {
            continue;
        };
        revisions::set_head(db, *id, record.kind, head)?;
        heads::put(db, record.kind, *id, body)?;
        restored |= record.was_gone && body.is_some();
    }
    if restored {
        heads::bring_back(db)?;
    }
    heads::hide_orphans(db)
}
