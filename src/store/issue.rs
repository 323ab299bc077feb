//! Makes the file of one agency for one audit: copies of the records that belong to it, each with
//! its whole history, and of nothing else.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::OptionalExtension as _;

use super::revisions;
use super::{DocumentKind, Passphrase, Result, Store, StoreError, heads};
use crate::domain::answer::Answer;
use crate::domain::form::AgencyReturn;
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::key_date::KeyDate;
use crate::domain::partnership::Agency;
use crate::domain::record::RecordKind;
use crate::domain::register::Register;
use crate::domain::safety_stop::SafetyStop;

impl Store {
    /// Writes the return file of `agency` for `audit`: the partnership, this agency, the tool, the
    /// audit with its hypotheses and cases, and the agency's own forms. It never overwrites a file,
    /// and the new one is opened and checked before this returns.
    ///
    /// # Errors
    /// When there is a file already, it cannot be written, or what was written is not whole; then
    /// there is no new file.
    pub fn issue(
        &self,
        path: &Path,
        passphrase: Option<&Passphrase>,
        device: &str,
        audit: RecordId,
        agency: &str,
    ) -> Result<()> {
        let (written, mut target) = Self::begin(path, DocumentKind::Return, passphrase)?;
        self.issue_into(&mut target, audit, agency)?;
        drop(target);
        sound(written.path(), passphrase, device)?;
        written.into_place()
    }

    /// Copies what belongs to the return of `agency` for `audit` into an empty store.
    ///
    /// # Errors
    /// When either cannot be read or written.
    #[doc(hidden)]
    pub fn issue_into(&self, target: &mut Self, audit: RecordId, agency: &str) -> Result<()> {
        let records = self.records_of_return(audit, agency)?;
        let explain = |error| StoreError::from_sql(error, &target.path);
        let tx = target.db.transaction().map_err(explain)?;
        for record in records {
            let found = self.whole_record(record);
            let Some((kind, head, kept)) = found.map_err(|error| self.explain(error))? else {
                continue;
            };
            let copy = || {
                for kept in &kept {
                    revisions::append(&tx, kept)?;
                }
                revisions::set_head(&tx, record, kind, head)?;
                let standing = kept.iter().find(|kept| kept.revision.id == head);
                let body = standing.and_then(|kept| kept.revision.body.as_deref());
                heads::put(&tx, kind, record, body)
            };
            copy().map_err(explain)?;
        }
        heads::hide_orphans(&tx).map_err(explain)?;
        tx.commit().map_err(explain)
    }

    /// The kind of a record, the revision it stands by, and all its revisions.
    fn whole_record(
        &self,
        record: RecordId,
    ) -> rusqlite::Result<Option<(RecordKind, RevisionId, Vec<revisions::Kept>)>> {
        let sql = "SELECT head FROM record WHERE id = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let head = statement
            .query_row((record.to_string(),), |row| super::read::parsed(row, 0))
            .optional()?;
        let kept = revisions::of_record(&self.db, record)?;
        let kind = kept.first().map(|kept| kept.revision.kind);
        Ok(head.zip(kind).map(|(head, kind)| (kind, head, kept)))
    }

    /// The ids of the records that belong into a return.
    fn records_of_return(&self, audit: RecordId, agency: &str) -> Result<BTreeSet<RecordId>> {
        let register = self.register()?;
        let agency_return = AgencyReturn::id(audit, agency);
        let mut records: BTreeSet<_> = register.partnerships.keys().copied().collect();
        records.extend([audit, agency_return, Agency::id(agency)]);
        let tool = register.tool_of(audit);
        records.extend(tool.map(|tool| crate::domain::tool::Tool::id(&tool.name())));
        records.extend(register.hypotheses_of(audit).into_iter().map(|(id, _)| id));
        records.extend(register.cases_of(audit).into_iter().map(|(id, _)| id));
        let forms = register.forms.iter();
        for (form, _) in forms.filter(|(_, form)| form.agency_return == agency_return) {
            records.insert(*form);
            self.add_records_on_form(&register, audit, *form, &mut records)?;
        }
        Ok(records)
    }

    fn add_records_on_form(
        &self,
        register: &Register,
        audit: RecordId,
        form: RecordId,
        records: &mut BTreeSet<RecordId>,
    ) -> Result<()> {
        for kind in [RecordKind::Answer, RecordKind::KeyDate] {
            let here = self.records_on_form(kind, form)?;
            records.extend(here.into_iter().map(|(id, _)| id));
        }
        records.insert(SafetyStop::id(form));
        // What was answered and taken back has no row; its history belongs to the form all the same.
        if let Some(tool) = register.tool_of(audit) {
            let questions = tool.questions.iter();
            records.extend(questions.map(|question| Answer::id(form, &question.id)));
            let dates = tool.key_dates.iter();
            records.extend(dates.map(|date| KeyDate::id(form, &date.id)));
        }
        Ok(())
    }
}

/// Opens what was written as its reader will, and looks through the whole of it.
pub(super) fn sound(path: &Path, passphrase: Option<&Passphrase>, device: &str) -> Result<()> {
    let written = Store::open(path, passphrase, device)?;
    match written.check()?.first() {
        None => Ok(()),
        Some(fault) => Err(StoreError::Damaged {
            path: path.to_owned(),
            what: fault.to_string(),
        }),
    }
}
