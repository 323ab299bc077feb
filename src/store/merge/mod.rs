//! Merging returns into the register: the union of the revisions.
//!
//! What a record stands by afterwards depends only on which revisions there are
//! ([`crate::domain::merge`]): so any order, any number of times and any subset first lead to the
//! same. Two people's different answers to the same thing are both kept, and listed as a
//! [`Conflict`] until somebody settles it. What arrives for a case that was withdrawn meanwhile is
//! kept in the history and out of sight, and comes back with the case.
//!
//! A revision that was redacted on either side is redacted in the union ([`super::redact`]).

mod ahead;
mod conflict;
mod incoming;
mod join;
mod ours;
mod plan;
mod refused;
mod take_back;
mod workbook;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::PathBuf;

use chrono::{DateTime, Utc};

use super::{Result, Store, backup, commit, retention, revisions};
use crate::domain::form::{AgencyReturn, Arrival};
use crate::domain::id::RecordId;
use crate::domain::merge::Restoring;
use crate::domain::record::{Record, RecordKind};
use crate::domain::revision::{Author, Change, Edit};

pub use conflict::{Conflict, SeenVersion};
pub(super) use incoming::LARGEST_MB;
pub use incoming::{Incoming, ReturnFile};
pub use plan::{FilePlan, RecordPlan, TakenBack};
pub use refused::MergeError;
pub use take_back::{Restored, Restorer, Span};
pub use workbook::{SaidOfForm, SaidOfRecord, WorkbookReturn};

use plan::Plan;

/// How much of the file a connection keeps in memory, in KiB: while it merges, and otherwise
/// (SQLite's own).
const CACHE_WHILE_MERGING: i64 = 64 * 1024;
const CACHE_OTHERWISE: i64 = 2000;

/// What a merge did.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// What each file brought, in the order given.
    pub files: Vec<FilePlan>,
    /// The copy of the register as it was before; absent when there was nothing new.
    pub copy: Option<PathBuf>,
    /// The revisions it left in the register; absent likewise.
    pub span: Option<Span>,
}

impl Store {
    /// Merges all of these files in one transaction, after a copy of the register was kept. Where
    /// nothing is new, nor a version of a workbook's sheet that is not known yet, nothing is written.
    ///
    /// # Errors
    /// When the copy or the register cannot be written; the register is then as it was.
    pub fn merge(
        &mut self,
        files: &[Incoming],
        author: &Author,
        at: DateTime<Utc>,
    ) -> Result<Merged> {
        let _writing = self.begin_writing()?;
        let plan = self.plan(files)?;
        if plan.is_empty() && self.told_of(files, &plan.files, at)?.is_empty() {
            return Ok(Merged {
                files: plan.files,
                copy: None,
                span: None,
            });
        }
        let in_memory = self.path.as_os_str().is_empty();
        let copy = (!in_memory)
            .then(|| backup::keep_copy(&self.db, &self.path, "before-merge"))
            .transpose()?;
        // What a merge touches is not pushed out to the file and read again before it is done.
        self.keep_pages(CACHE_WHILE_MERGING);
        let written = self.write(&plan, files, author, at);
        self.keep_pages(CACHE_OTHERWISE);
        let (span, swept) = written?;
        if swept || !plan.redacted.is_empty() {
            self.write_anew()?;
        }
        self.remember();
        Ok(Merged {
            files: plan.files,
            copy,
            span: Some(span),
        })
    }

    /// The agencies' returns as they will stand: when they were merged, and what came of each form
    /// with which file.
    fn told_of(
        &self,
        files: &[Incoming],
        plans: &[FilePlan],
        at: DateTime<Utc>,
    ) -> Result<Vec<Edit>> {
        let mut returns: BTreeMap<RecordId, AgencyReturn> = BTreeMap::new();
        for (incoming, plan) in files.iter().zip(plans) {
            if plan.records.is_empty() && incoming.sheets.is_empty() {
                continue;
            }
            let id = incoming.agency_return();
            if let Some(Record::AgencyReturn(own)) = self.record(RecordKind::AgencyReturn, id)? {
                let own = match returns.entry(id) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(_) if plan.records.is_empty() && !is_news(&own, incoming) => {
                        continue;
                    }
                    Entry::Vacant(place) => place.insert(own),
                };
                know_versions(own, incoming);
                if plan.records.is_empty() {
                    continue;
                }
                own.merged = Some(at);
                let file = incoming.path().file_name().unwrap_or_default();
                for (form, answers) in plan.forms() {
                    let before = own.arrivals.remove(&form);
                    let mut sheets = before.map(|before| before.sheets).unwrap_or_default();
                    sheets.extend(incoming.sheets.get(&form).cloned());
                    let arrival = Arrival {
                        at,
                        file: file.to_string_lossy().into_owned(),
                        answers,
                        sheets,
                    };
                    own.arrivals.insert(form, arrival);
                }
            }
        }
        let edits = returns.into_iter().map(|(id, own)| Edit::put(id, own));
        Ok(edits.collect())
    }

    fn keep_pages(&self, kib: i64) {
        if let Err(error) = self.db.pragma_update(None, "cache_size", -kib) {
            tracing::debug!(%error, "the cache stays as it is");
        }
    }

    /// Writes what is planned, and what the agencies' returns say of it. Says also whether forms
    /// were removed again whose time is over.
    fn write(
        &self,
        plan: &Plan<'_>,
        files: &[Incoming],
        author: &Author,
        at: DateTime<Utc>,
    ) -> Result<(Span, bool)> {
        let explain = |error| self.explain(error);
        // Dropped without a commit, it takes everything back.
        if !plan.redacted.is_empty() {
            self.db
                .pragma_update(None, "secure_delete", true)
                .map_err(explain)?;
        }
        let tx = self.db.unchecked_transaction().map_err(explain)?;
        let before = revisions::last_arrival(&tx).map_err(explain)?;
        let by = Restorer {
            author,
            at,
            reason: Restoring::Again.reason(files.len()),
        };
        plan::carry_out(&tx, plan, &by).map_err(explain)?;
        let change = Change {
            edits: self.told_of(files, &plan.files, at)?,
            author: author.clone(),
            at,
            reason: Some("Merged".into()),
        };
        commit::keep_in(&tx, &change, commit::Follows::WhatStands).map_err(explain)?;
        let swept = retention::sweep(&tx, author, at).map_err(explain)?;
        let span = Span::since(&tx, before).map_err(explain)?;
        tx.commit().map_err(explain)?;
        Ok((span, swept))
    }
}

/// Whether a workbook has a version of a sheet that was not merged yet, of a form that came with
/// another before.
fn is_news(own: &AgencyReturn, incoming: &Incoming) -> bool {
    let mut sheets = incoming.sheets.iter();
    sheets.any(|(form, version)| {
        let arrival = own.arrivals.get(form);
        arrival.is_some_and(|arrival| !arrival.sheets.contains(version))
    })
}

/// Notes those versions: one that brought nothing must bring nothing later either.
fn know_versions(own: &mut AgencyReturn, incoming: &Incoming) {
    for (form, version) in &incoming.sheets {
        if let Some(arrival) = own.arrivals.get_mut(form) {
            arrival.sheets.insert(version.clone());
        }
    }
}
