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
//! - The same file again: nothing new; the register knows which versions of each sheet it merged
//!   ([`crate::domain::form::Arrival`]). Saved again without a change: one revision of each form that
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

mod making;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{DateTime, Utc};

use making::Making;

use super::ours::Ours;
use super::{Incoming, MergeError};
use crate::domain::case::Case;
use crate::domain::form::AgencyReturn;
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::record::{Record, RecordKind};
use crate::domain::register::Register;
use crate::domain::revision::{body_hash, in_hex, written_instant};
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

impl SaidOfForm {
    /// The form itself, then all that stands on it.
    fn records(&self) -> impl Iterator<Item = &SaidOfRecord> {
        std::iter::once(&self.form).chain(&self.others)
    }

    /// A hash of all that the sheet says, and of when that was saved.
    fn version(&self, saved: DateTime<Utc>) -> String {
        let said = self.records().map(|said| {
            let body = said.after.as_ref().map(Record::body);
            format!("{} {}", said.record, body.unwrap_or_default())
        });
        let mut parts = vec![written_instant(saved), self.role.clone()];
        parts.extend(said);
        in_hex(&body_hash(Some(&parts.join("\n"))))
    }
}

impl SaidOfRecord {
    /// Whether it says just what `other` does; unless it has to be exact, another time of
    /// submitting makes no difference.
    fn says(&self, other: Option<&Kept>, exact: bool) -> bool {
        let (said, after) = (other.and_then(said_by), self.after.as_ref());
        // Of a redacted text only the hash is left: it says whether the same text comes again.
        let redacted = other.filter(|kept| kept.redacted);
        let body = || body_hash(after.map(Record::body).as_deref());
        redacted.is_some_and(|kept| kept.body_hash == body())
            || match exact {
                true => said.as_ref() == after,
                false => Record::same_but_for_when(said.as_ref(), after),
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
        Ok(found.map(said_by))
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
        let mut sheets = sheets(file);
        let making = Making::new(self, file, &sheets, before);
        let mut as_sent = Vec::new();
        for form in &file.forms {
            if !making.says_anything(form)? {
                as_sent.push(form.form.record);
            }
        }
        let revisions = making.all()?;
        // One as it was sent out never brings anything, and need not be remembered.
        sheets.retain(|form, _| !as_sent.contains(form));
        let incoming = Incoming {
            path: file.path.clone(),
            audit: file.audit,
            agency: file.agency.clone(),
            agency_return: AgencyReturn::id(file.audit, &file.agency),
            register: light_records(file),
            on_forms: on_forms(file),
            revisions,
            sheets,
            again: false,
            audit_too: false,
            state: false,
        };
        Ours::new(self, &incoming)?.allow_all()?;
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

/// The version of each sheet, by form.
fn sheets(file: &WorkbookReturn) -> BTreeMap<RecordId, String> {
    let forms = file.forms.iter();
    forms
        .map(|form| (form.form.record, form.version(file.saved)))
        .collect()
}

/// The record that a revision leaves.
fn said_by(kept: &Kept) -> Option<Record> {
    let revision = &kept.revision;
    Record::read(revision.kind, revision.body.as_deref()?).ok()
}
