//! What of a return may be taken: changes that the register has already, and new ones to what is
//! the agency's own. A tool, another agency's form or a panel judgement that comes with a return was
//! put there by some other way than filling it in.
//!
//! So was a change to the audit, its hypotheses or its cases, which can withdraw what other agencies
//! wrote: they come with a return only to be read. It is taken where the person says so, because the
//! register was put back from an older copy. A case or hypothesis that the register does not know
//! takes nothing away, and comes in.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension as _;

use super::{Incoming, MergeError};
use crate::domain::answer::Answer;
use crate::domain::form::CaseForm;
use crate::domain::id::RecordId;
use crate::domain::key_date::KeyDate;
use crate::domain::record::{Record, RecordKind};
use crate::domain::revision::Revision;
use crate::domain::safety_stop::SafetyStop;
use crate::store::revisions::{self, Kept};
use crate::store::{Store, StoreError, redact};

/// Looks through the revisions of one return.
pub(super) struct Ours<'a> {
    register: &'a Store,
    incoming: &'a Incoming,
    /// The forms of this agency for this audit.
    forms: BTreeSet<RecordId>,
    /// Records that are the agency's own, so that deleting and redacting them is for it to do; with
    /// those of the audit where these may be taken too.
    own: BTreeSet<RecordId>,
}

impl<'a> Ours<'a> {
    pub(super) fn new(register: &'a Store, incoming: &'a Incoming) -> Result<Self, StoreError> {
        let all = incoming.revisions.iter().map(|kept| &kept.revision);
        let forms = all.clone();
        let forms = forms.filter(|revision| revision.kind == RecordKind::CaseForm);
        let forms = forms.filter(|revision| match body(revision) {
            Some(Record::CaseForm(form)) => {
                form.agency_return == incoming.agency_return()
                    && CaseForm::id(form.agency_return, form.case) == revision.record
            }
            _ => false,
        });
        let mut ours = Self {
            register,
            incoming,
            forms: forms.map(|revision| revision.record).collect(),
            own: BTreeSet::new(),
        };
        for revision in all {
            let theirs = body(revision).is_some_and(|record| ours.is_theirs(revision, &record));
            if theirs && (incoming.audit_too || ours.is_agencys(revision)?) {
                ours.own.insert(revision.record);
            }
        }
        ours.own.extend(ours.on_forms());
        Ok(ours)
    }

    /// Whether it is of the agency's part, and not of the audit that all agencies share; of that,
    /// what the register does not know takes nothing away.
    fn is_agencys(&self, revision: &Revision) -> Result<bool, StoreError> {
        Ok(!is_of_audit(revision.kind) || self.kind_known(revision.record)?.is_none())
    }

    /// Every record that can stand on the agency's forms, also one of which no text is left.
    fn on_forms(&self) -> BTreeSet<RecordId> {
        let tool = self.incoming.register().tool_of(self.incoming.audit());
        let mut records = BTreeSet::new();
        for form in &self.forms {
            records.insert(SafetyStop::id(*form));
            let Some(tool) = tool else { continue };
            let questions = tool.questions.iter();
            records.extend(questions.map(|question| Answer::id(*form, &question.id)));
            let dates = tool.key_dates.iter();
            records.extend(dates.map(|date| KeyDate::id(*form, &date.id)));
        }
        records
    }

    /// Refuses the return if anything in it may not be taken.
    pub(super) fn allow_all(self) -> Result<(), MergeError> {
        for kept in &self.incoming.revisions {
            let revision = &kept.revision;
            let path = || self.incoming.path().to_owned();
            let allowed = match self.known(kept)? {
                Some(true) => !kept.redacted || self.may_redact(kept)?,
                Some(false) => return Err(MergeError::ToldOtherwise(path())),
                None => self.allows(kept)?,
            };
            if !allowed {
                let (path, kind) = (path(), revision.kind.name());
                return Err(match is_of_audit(revision.kind) {
                    true => MergeError::ChangesAudit { path, kind },
                    false => MergeError::NotTheirs { path, kind },
                });
            }
        }
        Ok(())
    }

    /// Whether the register tells a revision likewise, if it has it.
    fn known(&self, kept: &Kept) -> Result<Option<bool>, StoreError> {
        let told = revisions::told_likewise(&self.register.db, kept);
        told.map_err(|error| self.register.explain(error))
    }

    /// A return redacts what is its agency's own; what the register has redacted too is no news.
    fn may_redact(&self, kept: &Kept) -> Result<bool, StoreError> {
        if !kept.redacted {
            return Ok(true);
        }
        let told = redact::still_told(&self.register.db, kept);
        let told = told.map_err(|error| self.register.explain(error))?;
        Ok(told != Some(true) || self.own.contains(&kept.revision.record))
    }

    fn allows(&self, kept: &Kept) -> Result<bool, MergeError> {
        let revision = &kept.revision;
        let theirs = match &revision.body {
            Some(body) => {
                let record = Record::read(revision.kind, body);
                let record = record.map_err(|bad| MergeError::Broken {
                    path: self.incoming.path().to_owned(),
                    what: bad.to_string(),
                })?;
                self.is_theirs(revision, &record)
            }
            None => true,
        };
        let known = self.kind_known(revision.record)?;
        let agrees = known.is_none_or(|kind| kind == revision.kind.name());
        Ok(theirs && agrees && self.own.contains(&revision.record))
    }

    /// As what the register knows the record, if it does.
    fn kind_known(&self, record: RecordId) -> Result<Option<String>, StoreError> {
        let explain = |error| self.register.explain(error);
        let sql = "SELECT kind FROM record WHERE id = ?1";
        let mut statement = self.register.db.prepare_cached(sql).map_err(explain)?;
        statement
            .query_row((record.to_string(),), |row| row.get(0))
            .optional()
            .map_err(explain)
    }

    fn is_theirs(&self, revision: &Revision, record: &Record) -> bool {
        let audit = self.incoming.audit();
        let on_form = |form, id: RecordId| self.forms.contains(form) && id == revision.record;
        match record {
            Record::Audit(_) => revision.record == audit,
            Record::Hypothesis(hypothesis) => hypothesis.audit == audit,
            Record::Case(case) => case.audit == audit,
            Record::AgencyReturn(own) => {
                revision.record == self.incoming.agency_return()
                    && own.audit == audit
                    && own.agency == self.incoming.agency()
            }
            Record::CaseForm(_) => self.forms.contains(&revision.record),
            Record::Answer(answer) => {
                on_form(&answer.form, Answer::id(answer.form, &answer.question))
            }
            Record::KeyDate(date) => on_form(&date.form, KeyDate::id(date.form, &date.date_id)),
            Record::SafetyStop(stop) => on_form(&stop.form, SafetyStop::id(stop.form)),
            _ => false,
        }
    }
}

/// Whether records of this kind are the audit's, which all its agencies share.
fn is_of_audit(kind: RecordKind) -> bool {
    let shared = [RecordKind::Audit, RecordKind::Hypothesis, RecordKind::Case];
    shared.contains(&kind)
}

/// The record a revision leaves, where it reads and is of a kind that a return can change.
fn body(revision: &Revision) -> Option<Record> {
    let shared = [
        RecordKind::Partnership,
        RecordKind::Agency,
        RecordKind::Tool,
    ];
    if shared.contains(&revision.kind) {
        return None;
    }
    Record::read(revision.kind, revision.body.as_deref()?).ok()
}
