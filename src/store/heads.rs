//! How each record stands now: one table a kind, filled from the body of the record's newest
//! revision by one statement a kind (`heads/*.sql`). `check` fills them again elsewhere and compares.

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
        RecordKind::Finding => "finding",
        RecordKind::Action => "action",
        RecordKind::ActionUpdate => "action_update",
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
        RecordKind::Finding => include_str!("heads/finding.sql"),
        RecordKind::Action => include_str!("heads/action.sql"),
        RecordKind::ActionUpdate => include_str!("heads/action_update.sql"),
    }
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
