//! How each record stands now: one table a kind, filled from the body of the record's newest
//! revision by one statement a kind (`heads/*.sql`). `check` fills them again elsewhere and compares.
//!
//! A record whose parent is gone (an answer that arrives for a case withdrawn meanwhile) has no row
//! here: it waits in the history, nothing lost, and comes back with its parent.

use rusqlite::Connection;

use crate::domain::id::RecordId;
use crate::domain::record::RecordKind;

/// The table that holds the heads of a kind.
pub(super) fn table(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Partnership => "partnership",
        RecordKind::Agency => "agency",
        RecordKind::Tool => "tool",
        RecordKind::Audit => "audit",
        RecordKind::Hypothesis => "hypothesis",
        RecordKind::Case => "audit_case",
        RecordKind::AgencyReturn => "agency_return",
        RecordKind::CaseForm => "case_form",
        RecordKind::Answer => "answer",
        RecordKind::KeyDate => "key_date",
        RecordKind::SafetyStop => "safety_stop",
        RecordKind::Judgement => "judgement",
        RecordKind::AgreedDate => "agreed_date",
        RecordKind::Attendance => "attendance",
        RecordKind::ConcernFollowUp => "concern_follow_up",
        RecordKind::Dismissal => "dismissal",
        RecordKind::Finding => "finding",
        RecordKind::Action => "action",
        RecordKind::ActionUpdate => "action_update",
        RecordKind::Retention => "retention",
    }
}

fn put_statement(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Partnership => include_str!("heads/partnership.sql"),
        RecordKind::Agency => include_str!("heads/agency.sql"),
        RecordKind::Tool => include_str!("heads/tool.sql"),
        RecordKind::Audit => include_str!("heads/audit.sql"),
        RecordKind::Hypothesis => include_str!("heads/hypothesis.sql"),
        RecordKind::Case => include_str!("heads/case.sql"),
        RecordKind::AgencyReturn => include_str!("heads/return.sql"),
        RecordKind::CaseForm => include_str!("heads/form.sql"),
        RecordKind::Answer => include_str!("heads/answer.sql"),
        RecordKind::KeyDate => include_str!("heads/key_date.sql"),
        RecordKind::SafetyStop => include_str!("heads/safety_stop.sql"),
        RecordKind::Judgement => include_str!("heads/judgement.sql"),
        RecordKind::AgreedDate => include_str!("heads/agreed_date.sql"),
        RecordKind::Attendance => include_str!("heads/attendance.sql"),
        RecordKind::ConcernFollowUp => include_str!("heads/concern_follow_up.sql"),
        RecordKind::Dismissal => include_str!("heads/dismissal.sql"),
        RecordKind::Finding => include_str!("heads/finding.sql"),
        RecordKind::Action => include_str!("heads/action.sql"),
        RecordKind::ActionUpdate => include_str!("heads/action_update.sql"),
        RecordKind::Retention => include_str!("heads/retention.sql"),
    }
}

/// The tables that refer to others, each after those it refers to: table, column, other table.
const PARENTS: &[(&str, &str, &str)] = &[
    ("hypothesis", "audit", "audit"),
    ("audit_case", "audit", "audit"),
    ("agency_return", "audit", "audit"),
    ("case_form", "agency_return", "agency_return"),
    ("case_form", "audit_case", "audit_case"),
    ("answer", "form", "case_form"),
    ("key_date", "form", "case_form"),
    ("safety_stop", "form", "case_form"),
    ("judgement", "audit_case", "audit_case"),
    ("agreed_date", "audit_case", "audit_case"),
    ("attendance", "audit", "audit"),
    ("concern_follow_up", "form", "case_form"),
    ("dismissal", "audit", "audit"),
    ("finding", "audit", "audit"),
    ("action", "audit", "audit"),
    ("action_update", "action", "action"),
    ("retention", "audit", "audit"),
];

/// Whether other records can belong to records of this kind.
pub(super) fn has_children(kind: RecordKind) -> bool {
    PARENTS.iter().any(|(_, _, parent)| *parent == table(kind))
}

/// Takes away the rows whose parents are gone.
pub(super) fn hide_orphans(db: &Connection) -> rusqlite::Result<()> {
    for (table, column, parent) in PARENTS {
        let sql = format!(
            "DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.id = {table}.{column})"
        );
        db.prepare_cached(&sql)?.execute([])?;
    }
    Ok(())
}

/// Puts in every record that has content and no row: it may have waited for a parent.
pub(super) fn bring_back(db: &Connection) -> rusqlite::Result<()> {
    for kind in RecordKind::ALL {
        let table = table(*kind);
        let sql = format!(
            "SELECT record.id, r.body FROM record JOIN revision r ON r.id = record.head
             WHERE record.kind = ?1 AND r.body IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = record.id)"
        );
        let mut statement = db.prepare_cached(&sql)?;
        let rows = statement.query_map((kind.name(),), |row| {
            Ok((super::read::parsed(row, 0)?, row.get::<_, String>(1)?))
        })?;
        let waiting: Vec<(RecordId, String)> = rows.collect::<rusqlite::Result<_>>()?;
        for (id, body) in waiting {
            put(db, *kind, id, Some(&body))?;
        }
    }
    Ok(())
}

/// Brings the head of one record to `body`; takes it away when there is none.
pub(super) fn put(
    db: &Connection,
    kind: RecordKind,
    record: RecordId,
    body: Option<&str>,
) -> rusqlite::Result<()> {
    let id = record.to_string();
    match body {
        Some(body) => db
            .prepare_cached(put_statement(kind))?
            .execute((id, body))?,
        None => db
            .prepare_cached(&format!("DELETE FROM {} WHERE id = ?1", table(kind)))?
            .execute((id,))?,
    };
    Ok(())
}
