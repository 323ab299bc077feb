//! What changed under a record after it was kept: the ground for saying that a finding has to be
//! looked at again.

use rusqlite::OptionalExtension as _;

use super::{Result, Store, StoreError};
use crate::domain::finding::Finding;
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::record::{Record, RecordKind};

/// A place in the order in which revisions arrived in this file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrival(i64);

/// A record as it stood at one time and as it stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct Since {
    /// The record.
    pub record: RecordId,
    /// As it stood; nothing where it was not there yet or deleted.
    pub before: Option<Record>,
    /// As it stands.
    pub after: Option<Record>,
}

impl Store {
    /// When a finding was first kept as it stands now, apart from its number: moving it up or down
    /// is no second look at it, and taking an edit back brings the old look back.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn finding_kept(&self, id: RecordId, finding: &Finding) -> Result<Option<Arrival>> {
        let read = || -> rusqlite::Result<Vec<(i64, String)>> {
            let mut statement = self.db.prepare_cached(
                "SELECT seq, body FROM revision WHERE record = ?1 AND body IS NOT NULL ORDER BY seq",
            )?;
            let rows =
                statement.query_map((id.to_string(),), |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        };
        let kept = read().map_err(|error| self.explain(error))?;
        let same = |body: &str| match Record::read(RecordKind::Finding, body) {
            Ok(Record::Finding(earlier)) => earlier.says_the_same_as(finding),
            _ => false,
        };
        let first = kept.iter().find(|(_, body)| same(body));
        Ok(first.map(|(arrival, _)| Arrival(*arrival)))
    }

    /// A record before and after, where its newest revision arrived later than `then`. Nothing when
    /// it did not change since, or when what it was is redacted.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read or a body is not a record of its kind.
    pub fn changed_since(
        &self,
        then: Arrival,
        kind: RecordKind,
        record: RecordId,
    ) -> Result<Option<Since>> {
        let id = record.to_string();
        let newer = "SELECT r.body, r.redacted FROM record JOIN revision r ON r.id = record.head
             WHERE record.id = ?1 AND r.seq > ?2";
        let Some((after, false)) = self.body_at(newer, &id, then)? else {
            return Ok(None);
        };
        let older = "SELECT body, redacted FROM revision WHERE record = ?1 AND seq <= ?2
             ORDER BY seq DESC LIMIT 1";
        let before = match self.body_at(older, &id, then)? {
            Some((_, true)) => return Ok(None),
            Some((body, false)) => body,
            None => None,
        };
        let read = |body: Option<String>| {
            let record = body.map(|body| Record::read(kind, &body)).transpose();
            record.map_err(|source| StoreError::BadRecord {
                path: self.path.clone(),
                source,
            })
        };
        Ok(Some(Since {
            record,
            before: read(before)?,
            after: read(after)?,
        }))
    }

    /// A body and whether it is redacted.
    fn body_at(
        &self,
        sql: &str,
        record: &str,
        then: Arrival,
    ) -> Result<Option<(Option<String>, bool)>> {
        self.db
            .prepare_cached(sql)
            .and_then(|mut statement| {
                statement
                    .query_row((record, then.0), |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()
            })
            .map_err(|error| self.explain(error))
    }

    /// The revision by which a record stands now.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn head_of(&self, record: RecordId) -> Result<Option<RevisionId>> {
        self.db
            .prepare_cached("SELECT head FROM record WHERE id = ?1")
            .and_then(|mut statement| {
                statement
                    .query_row((record.to_string(),), |row| super::read::parsed(row, 0))
                    .optional()
            })
            .map_err(|error| self.explain(error))
    }
}

#[cfg(test)]
mod tests {
    use chrono::Utc;

    use super::*;
    use crate::domain::answer::Value;
    use crate::domain::finding::{Finding, FindingKind};
    use crate::domain::judgement::Judgement;
    use crate::domain::revision::{Author, Change, Edit};

    struct File {
        store: Store,
        finding: Finding,
        id: RecordId,
        case: RecordId,
    }

    impl File {
        fn new() -> Self {
            let audit = RecordId::fresh();
            let mut file = Self {
                store: Store::in_memory().unwrap(),
                finding: Finding::new(audit, FindingKind::Strength),
                id: RecordId::fresh(),
                case: RecordId::fresh(),
            };
            let record = r#"{"title":"Neglect","tool":"neglect@1","agencies":[],"scope":{}}"#;
            let record = Record::read(RecordKind::Audit, record).unwrap();
            file.commit(Edit::put(audit, record));
            let record = format!(r#"{{"audit":"{audit}","ref":"NEG26-01"}}"#);
            let record = Record::read(RecordKind::Case, &record).unwrap();
            file.commit(Edit::put(file.case, record));
            file.judge("good");
            file.keep();
            file
        }

        fn commit(&mut self, edit: Edit) {
            let change = Change {
                edits: vec![edit],
                author: Author {
                    role: "chair".into(),
                    agency: String::new(),
                    device: "d".into(),
                },
                at: Utc::now(),
                reason: None,
            };
            self.store.commit(&change).unwrap();
        }

        fn judge(&mut self, grade: &str) {
            let judgement = Judgement {
                case: self.case,
                question: None,
                value: Value::one(grade),
                reason: String::new(),
                dissent: String::new(),
            };
            self.commit(Edit::put(Judgement::id(self.case, None), judgement));
        }

        fn keep(&mut self) {
            self.commit(Edit::put(self.id, self.finding.clone()));
        }

        /// Before and after, as grades.
        fn changed(&self) -> Option<(String, String)> {
            let kept = self.store.finding_kept(self.id, &self.finding).unwrap();
            let judgement = Judgement::id(self.case, None);
            let since = self
                .store
                .changed_since(kept.unwrap(), RecordKind::Judgement, judgement)
                .unwrap()?;
            let grade = |record: Option<Record>| match record {
                Some(Record::Judgement(judgement)) => judgement.value.chosen()[0].clone(),
                _ => String::new(),
            };
            Some((grade(since.before), grade(since.after)))
        }
    }

    #[test]
    fn a_later_change_is_told_until_the_finding_is_kept_again() {
        let mut file = File::new();
        assert_eq!(file.changed(), None);
        file.judge("inadequate");
        let told = Some(("good".to_owned(), "inadequate".to_owned()));
        assert_eq!(file.changed(), told);
        file.finding.number = 3;
        file.keep();
        assert_eq!(file.changed(), told, "another number is no second look");
        file.finding.looked_at = Some(Utc::now());
        file.keep();
        assert_eq!(file.changed(), None);
        file.finding.looked_at = None;
        file.keep();
        assert_eq!(file.changed(), told, "the look was taken back");
    }
}
