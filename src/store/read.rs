//! Reading how things stand now.

use std::str::FromStr;

use chrono::NaiveDate;
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{OptionalExtension as _, Row};

use super::{Result, Store, StoreError};
use crate::domain::answer::{Answer, Blank, Given, Value};
use crate::domain::id::RecordId;
use crate::domain::record::{Record, RecordKind};
use crate::domain::register::Register;

/// An answer as the counts need it, without its notes.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerRow {
    /// The form it stands on.
    pub form: RecordId,
    /// The question's identity.
    pub question: String,
    /// What was given; absent when only notes were written.
    pub given: Option<Given>,
    /// Whether anything is written beside it.
    pub noted: bool,
}

/// What was written at a question of a form, as it lies in the file.
#[derive(Clone, Copy, Debug)]
pub struct NoteRow<'a> {
    form: &'a str,
    /// The question's identity.
    pub question: &'a str,
    /// A value that is a text: an answer in words, or the id of a choice.
    pub value: &'a str,
    /// What worked, what worries, so what for the child; empty where nothing is written.
    pub notes: [&'a str; 3],
}

impl NoteRow<'_> {
    /// The form it stands on.
    pub fn form(&self) -> Option<RecordId> {
        self.form.parse().ok()
    }
}

/// A text column read as an id.
pub(super) fn parsed<T: FromStr<Err = uuid::Error>>(
    row: &Row<'_>,
    at: usize,
) -> rusqlite::Result<T> {
    let text: String = row.get(at)?;
    text.parse().map_err(|error: uuid::Error| {
        rusqlite::Error::FromSqlConversionFailure(at, Type::Text, Box::new(error))
    })
}

/// The bodies of the records of a kind; not of those that wait for a parent.
fn bodies_of(kind: RecordKind) -> String {
    let table = super::heads::table(kind);
    format!(
        "SELECT record.id, r.body FROM record JOIN revision r ON r.id = record.head
         WHERE r.body IS NOT NULL AND record.kind = ?1
         AND EXISTS (SELECT 1 FROM {table} t WHERE t.id = record.id)"
    )
}

impl Store {
    /// Every record of a kind, in the order of their ids (fresh ids: the order they were made in).
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read or a body is not a record of its kind.
    pub fn records(&self, kind: RecordKind) -> Result<Vec<(RecordId, Record)>> {
        self.bodies(
            kind,
            &format!("{} ORDER BY record.id", bodies_of(kind)),
            (kind.name(),),
        )
    }

    /// Every record, except answers and key dates.
    ///
    /// # Errors
    /// As [`Store::records`].
    pub fn register(&self) -> Result<Register> {
        let mut register = Register::default();
        let heavy = [RecordKind::Answer, RecordKind::KeyDate];
        for kind in RecordKind::ALL.iter().filter(|kind| !heavy.contains(kind)) {
            for (id, record) in self.records(*kind)? {
                register.put(id, record);
            }
        }
        register.references.extend(self.references()?);
        Ok(register)
    }

    /// The references that kept versions of cases have, also of cases that are withdrawn.
    fn references(&self) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT json_extract(revision.body, '$.ref') AS reference
            FROM record JOIN revision ON revision.record = record.id
            WHERE record.kind = ?1 AND reference IS NOT NULL";
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.db.prepare_cached(sql)?;
            let rows = statement.query_map((RecordKind::Case.name(),), |row| row.get(0))?;
            rows.collect()
        };
        read().map_err(|error| self.explain(error))
    }

    /// The records of a kind that stand on one form: answers, key dates or its safety stop.
    ///
    /// # Errors
    /// As [`Store::records`].
    pub fn records_on_form(
        &self,
        kind: RecordKind,
        form: RecordId,
    ) -> Result<Vec<(RecordId, Record)>> {
        let table = super::heads::table(kind);
        let bodies = bodies_of(kind);
        let sql = format!("{bodies} AND record.id IN (SELECT id FROM {table} WHERE form = ?2)");
        self.bodies(kind, &sql, (kind.name(), form.to_string()))
    }

    /// One record as it stands now.
    ///
    /// # Errors
    /// As [`Store::records`].
    pub fn record(&self, kind: RecordKind, id: RecordId) -> Result<Option<Record>> {
        let sql = format!("{} AND record.id = ?2", bodies_of(kind));
        let found = self.bodies(kind, &sql, (kind.name(), id.to_string()))?;
        Ok(found.into_iter().next().map(|(_, record)| record))
    }

    fn bodies(
        &self,
        kind: RecordKind,
        sql: &str,
        params: impl rusqlite::Params,
    ) -> Result<Vec<(RecordId, Record)>> {
        let read = || -> rusqlite::Result<Vec<(RecordId, String)>> {
            let mut statement = self.db.prepare_cached(sql)?;
            let rows = statement.query_map(params, |row| Ok((parsed(row, 0)?, row.get(1)?)))?;
            rows.collect()
        };
        let bodies = read().map_err(|error| self.explain(error))?;
        let record = |(id, body): (RecordId, String)| match Record::read(kind, &body) {
            Ok(record) => Ok((id, record)),
            Err(source) => Err(StoreError::BadRecord {
                path: self.path.clone(),
                source,
            }),
        };
        bodies.into_iter().map(record).collect()
    }

    /// The answers marked as good practice or as a practice concern.
    ///
    /// # Errors
    /// As [`Store::records`].
    pub fn marked_answers(&self) -> Result<Vec<Answer>> {
        let kind = RecordKind::Answer;
        let sql = format!(
            "{} AND record.id IN (SELECT id FROM answer WHERE good_practice OR practice_concern)",
            bodies_of(kind)
        );
        let records = self.bodies(kind, &sql, (kind.name(),))?.into_iter();
        let answers = records.filter_map(|(_, record)| match record {
            Record::Answer(answer) => Some(answer),
            _ => None,
        });
        Ok(answers.collect())
    }

    /// Hands every answer in the file to `take`, which returns whether to go on.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn each_answer(&self, mut take: impl FnMut(AnswerRow) -> bool) -> Result<()> {
        let mut read = || -> rusqlite::Result<()> {
            let mut statement = self.db.prepare_cached(
                "SELECT form, question, value, blank,
                     (worked IS NOT NULL OR worries IS NOT NULL OR so_what IS NOT NULL) AND
                     trim(coalesce(worked, '') || coalesce(worries, '') || coalesce(so_what, '')) <> ''
                     FROM answer",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if !take(answer_row(row)?) {
                    break;
                }
            }
            Ok(())
        };
        read().map_err(|error| self.explain(error))
    }

    /// Hands what is written at every question to `take`, which returns whether to go on.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn each_note(&self, mut take: impl FnMut(NoteRow<'_>) -> bool) -> Result<()> {
        let mut read = || -> rusqlite::Result<()> {
            let sql = "SELECT form, question, CASE typeof(value) WHEN 'text' THEN value END,
                 worked, worries, so_what FROM answer";
            let mut statement = self.db.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let text = |at| -> rusqlite::Result<&str> {
                    Ok(row.get_ref(at)?.as_str_or_null()?.unwrap_or_default())
                };
                let note = NoteRow {
                    form: text(0)?,
                    question: text(1)?,
                    value: text(2)?,
                    notes: [text(3)?, text(4)?, text(5)?],
                };
                if !take(note) {
                    break;
                }
            }
            Ok(())
        };
        read().map_err(|error| self.explain(error))
    }

    /// Hands every key date in the file to `take` (form, date id, date), which returns whether to
    /// go on.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn each_key_date(
        &self,
        mut take: impl FnMut(RecordId, &str, NaiveDate) -> bool,
    ) -> Result<()> {
        let mut read = || -> rusqlite::Result<()> {
            let mut statement = self
                .db
                .prepare_cached("SELECT form, date_id, date FROM key_date")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let date_id: String = row.get(1)?;
                let date: String = row.get(2)?;
                let date = date.parse().map_err(|error: chrono::ParseError| {
                    rusqlite::Error::FromSqlConversionFailure(2, Type::Text, Box::new(error))
                })?;
                if !take(parsed(row, 0)?, &date_id, date) {
                    break;
                }
            }
            Ok(())
        };
        read().map_err(|error| self.explain(error))
    }

    /// How many answers the file holds.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn count_answers(&self) -> Result<usize> {
        self.db
            .query_row("SELECT count(*) FROM answer", [], |row| {
                row.get::<_, i64>(0)
            })
            .map(|count| count as usize)
            .map_err(|error| self.explain(error))
    }

    /// The question answered or noted last on a form: where its auditor left off.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn last_touched(&self, form: RecordId) -> Result<Option<String>> {
        let sql = "SELECT a.question FROM answer a JOIN record ON record.id = a.id
             JOIN revision r ON r.id = record.head WHERE a.form = ?1 ORDER BY r.seq DESC LIMIT 1";
        self.db
            .prepare_cached(sql)
            .and_then(|mut statement| {
                statement
                    .query_row((form.to_string(),), |row| row.get(0))
                    .optional()
            })
            .map_err(|error| self.explain(error))
    }
}

fn answer_row(row: &Row<'_>) -> rusqlite::Result<AnswerRow> {
    let blank: Option<String> = row.get(3)?;
    let given = match blank.as_deref() {
        Some("not_applicable") => Some(Given::Blank(Blank::NotApplicable)),
        Some(_) => Some(Given::Blank(Blank::NotEvidenced)),
        None => value(row, 2)?.map(Given::Value),
    };
    Ok(AnswerRow {
        form: parsed(row, 0)?,
        question: row.get(1)?,
        given,
        noted: row.get(4)?,
    })
}

/// The value column: texts and numbers as such, lists and ratios as JSON.
fn value(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Value>> {
    use rusqlite::types::ValueRef;
    Ok(match row.get_ref(at)? {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(Value::Number(number)),
        ValueRef::Text(bytes) => {
            let text =
                std::str::from_utf8(bytes).map_err(|error| FromSqlError::Other(Box::new(error)))?;
            // A text answer may begin with a bracket too; then it does not parse as a list or ratio.
            let structured = text.starts_with(['[', '{']);
            let value = structured
                .then(|| serde_json::from_str(text).ok())
                .flatten();
            Some(value.unwrap_or_else(|| Value::one(text)))
        }
        _ => return Err(FromSqlError::InvalidType.into()),
    })
}
