//! Merging returns into the register: the union of the revisions.
//!
//! What a record stands by afterwards depends only on which revisions there are
//! ([`crate::domain::merge`]): so any order, any number of times and any subset first lead to the
//! same. Two people's different answers to the same thing are both kept, and listed as a
//! [`Conflict`] until somebody settles it. What arrives for a case that was withdrawn meanwhile is
//! kept in the history and out of sight, and comes back with the case.
//!
//! A revision that was redacted on either side is redacted in the union ([`super::redact`]).

mod conflict;
mod incoming;
mod ours;
mod plan;
mod refused;

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use super::{Result, Store, StoreError, backup, commit};
use crate::domain::form::AgencyReturn;
use crate::domain::id::RecordId;
use crate::domain::record::{Record, RecordKind};
use crate::domain::revision::{Author, Change, Edit};

pub use conflict::Conflict;
pub use incoming::Incoming;
pub use plan::{FilePlan, RecordPlan};
pub use refused::MergeError;

use plan::Plan;

/// What a merge did.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// What each file brought, in the order given.
    pub files: Vec<FilePlan>,
    /// The copy of the register as it was before; absent when there was nothing new.
    pub copy: Option<PathBuf>,
}

impl Store {
    /// Merges all of these files in one transaction, after a copy of the register was kept. Where
    /// nothing is new, nothing is written.
    ///
    /// # Errors
    /// When the copy or the register cannot be written; the register is then as it was.
    pub fn merge(
        &mut self,
        files: &[Incoming],
        author: &Author,
        at: DateTime<Utc>,
    ) -> Result<Merged> {
        if self.read_only {
            return Err(StoreError::ReadOnlyCopy(self.path.clone()));
        }
        let plan = self.plan(files)?;
        if plan.new.is_empty() && plan.redacted.is_empty() {
            return Ok(Merged {
                files: plan.files,
                copy: None,
            });
        }
        let in_memory = self.path.as_os_str().is_empty();
        let copy = (!in_memory)
            .then(|| backup::keep_copy(&self.db, &self.path, "before-merge"))
            .transpose()?;
        let merged = files.iter().zip(&plan.files);
        let merged = merged.filter(|(_, file)| file.new_revisions > 0);
        let returns: Vec<RecordId> = merged.map(|(file, _)| file.agency_return()).collect();
        self.write(&plan, &returns, author, at)?;
        if !plan.redacted.is_empty() {
            self.write_anew()?;
        }
        Ok(Merged {
            files: plan.files,
            copy,
        })
    }

    /// Writes what is planned, and when these returns were merged.
    fn write(
        &self,
        plan: &Plan<'_>,
        returns: &[RecordId],
        author: &Author,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let explain = |error| self.explain(error);
        // Dropped without a commit, it takes everything back.
        if !plan.redacted.is_empty() {
            self.db
                .pragma_update(None, "secure_delete", true)
                .map_err(explain)?;
        }
        let tx = self.db.unchecked_transaction().map_err(explain)?;
        plan::carry_out(&tx, plan).map_err(explain)?;
        let mut edits = Vec::new();
        for id in returns {
            if let Some(Record::AgencyReturn(own)) = self.record(RecordKind::AgencyReturn, *id)? {
                let merged = Some(at);
                edits.push(Edit::put(*id, AgencyReturn { merged, ..own }));
            }
        }
        let change = Change {
            edits,
            author: author.clone(),
            at,
            reason: Some("Merged".into()),
        };
        commit::keep_in(&tx, &change, commit::Follows::WhatStands).map_err(explain)?;
        tx.commit().map_err(explain)
    }
}
