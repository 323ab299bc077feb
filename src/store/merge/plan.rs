//! What merging would do, worked out without writing anything. The merge itself carries out this
//! very plan, so that a preview and what follows it cannot differ.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::Incoming;
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::merge::Lineage;
use crate::domain::record::{Record, RecordKind};
use crate::domain::revision::Hash;
use crate::store::revisions::{self, Kept};
use crate::store::{Result, Store, commit, heads};

/// What merging one file would bring.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilePlan {
    /// Revisions that neither the register nor a file before this one has.
    pub new_revisions: usize,
    /// The records they belong to.
    pub records: Vec<RecordPlan>,
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

    fn in_conflict(&self) -> bool {
        let newest = self.lineage.heads();
        let hashes = newest.iter().filter_map(|head| self.contents.get(head));
        hashes.map(|(hash, _)| hash).collect::<BTreeSet<_>>().len() > 1
    }

    fn add(&mut self, kept: &Kept) {
        let revision = &kept.revision;
        self.lineage
            .add(revision.id, &revision.parents, kept.deletes());
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
        let mut plan = Plan::default();
        for file in files {
            let added = self.add_file(&mut plan, file);
            added.map_err(|error| self.explain(error))?;
        }
        Ok(plan)
    }

    fn add_file<'a>(&self, plan: &mut Plan<'a>, file: &'a Incoming) -> rusqlite::Result<()> {
        let mut before = BTreeMap::new();
        let already = plan.new.len();
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
            }
        }
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
            records: records.collect(),
        });
        Ok(())
    }

    /// The record of an incoming revision as the register has it.
    fn touched(&self, kept: &Kept) -> rusqlite::Result<Touched> {
        let lineage = revisions::lineage(&self.db, kept.revision.record)?;
        let mut contents = BTreeMap::new();
        for id in lineage.heads() {
            let head = commit::head_at(&self.db, id)?;
            contents.insert(id, (head.body_hash, head.body));
        }
        let mut touched = Touched {
            kind: kept.revision.kind,
            lineage,
            contents,
            was_gone: false,
        };
        touched.was_gone = matches!(touched.stands_by(), Some((_, None)));
        Ok(touched)
    }
}

/// Carries out what was planned, in a transaction that is open.
pub(super) fn carry_out(db: &rusqlite::Connection, plan: &Plan<'_>) -> rusqlite::Result<()> {
    for kept in &plan.new {
        revisions::append(db, kept)?;
    }
    let changed: BTreeSet<RecordId> = plan.new.iter().map(|kept| kept.revision.record).collect();
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
