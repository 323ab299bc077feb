//! How long an audit's forms are kept, and what holds them.

use chrono::{DateTime, Local, NaiveDate, Utc};

use super::{Ground, Step, fits};
use crate::domain::audit::Audit;
use crate::domain::id::RecordId;
use crate::domain::partnership::Partnership;
use crate::domain::retention::{LONGEST_MONTHS, LegalHold, Retention, kept_until};
use crate::domain::revision::Edit;
use crate::session::command::{Refused, RetentionCommand};

pub(super) fn step(ground: &Ground<'_>, command: &RetentionCommand) -> Result<Step, Refused> {
    match command {
        RetentionCommand::KeepUntil(audit, date) => keep_until(ground, *audit, *date),
        RetentionCommand::Hold { audit, reason, by } => hold(ground, *audit, reason, by),
        RetentionCommand::Release { audit, reason } => release(ground, *audit, reason),
        RetentionCommand::Period(months) => period(ground, *months),
    }
}

fn keep_until(
    ground: &Ground<'_>,
    audit: RecordId,
    date: Option<NaiveDate>,
) -> Result<Step, Refused> {
    let (own, retention) = standing(ground, audit)?;
    let after = Retention {
        keep_until: date,
        ..retention
    };
    let label = format!("retention of {}", own.title);
    Ok(Step::new(label, vec![put(after)]))
}

/// Not undone by a key: a hold is released, with a reason.
fn hold(ground: &Ground<'_>, audit: RecordId, reason: &str, by: &str) -> Result<Step, Refused> {
    let (_, retention) = standing(ground, audit)?;
    let reason = given(reason)?;
    let after = Retention {
        hold: Some(LegalHold {
            reason: reason.clone(),
            by: by.to_owned(),
            since: ground.now,
        }),
        ..retention
    };
    Ok(Step {
        edits: vec![put(after)],
        reason: Some(format!("Legal hold: {reason}")),
        ..Step::default()
    })
}

fn release(ground: &Ground<'_>, audit: RecordId, reason: &str) -> Result<Step, Refused> {
    let (own, retention) = standing(ground, audit)?;
    if retention.hold.is_none() {
        return Err(Refused::NotHeld(own.title.clone()));
    }
    let after = Retention {
        hold: None,
        ..retention
    };
    Ok(Step {
        edits: vec![put(after)],
        reason: Some(format!("Legal hold released: {}", given(reason)?)),
        ..Step::default()
    })
}

fn period(ground: &Ground<'_>, months: Option<u32>) -> Result<Step, Refused> {
    if months.is_some_and(|months| months > LONGEST_MONTHS) {
        return Err(Refused::Period(LONGEST_MONTHS));
    }
    let mut partnerships = ground.register.partnerships.iter();
    let (id, own) = partnerships
        .next()
        .ok_or(Refused::Needed("The partnership"))?;
    let after = Partnership {
        keep_months: months,
        ..own.clone()
    };
    let edits = vec![Edit::put(*id, after)];
    Ok(Step::new("period for which forms are kept", edits))
}

/// The date that follows from the partnership's period when an audit is closed, unless one is set
/// already.
pub(super) fn on_closing(ground: &Ground<'_>, audit: RecordId) -> Option<Edit> {
    let retention = ground.register.retention_of(audit);
    let months = ground.register.partnership()?.keep_months?;
    if retention.keep_until.is_some() || retention.removed.is_some() {
        return None;
    }
    let keep_until = kept_until(today(ground.now), months);
    keep_until.map(|date| {
        put(Retention {
            keep_until: Some(date),
            ..retention
        })
    })
}

fn today(now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&Local).date_naive()
}

/// The audit and how long its forms are kept; refused once they are removed.
fn standing<'a>(ground: &Ground<'a>, audit: RecordId) -> Result<(&'a Audit, Retention), Refused> {
    let own = ground.register.audits.get(&audit);
    let own = own.ok_or(Refused::Needed("The audit"))?;
    let retention = ground.register.retention_of(audit);
    retention.still_there(&own.title)?;
    Ok((own, retention))
}

fn given(reason: &str) -> Result<String, Refused> {
    fits(reason)?;
    match reason.trim() {
        "" => Err(Refused::NoReason),
        reason => Ok(reason.to_owned()),
    }
}

fn put(retention: Retention) -> Edit {
    Edit::put(Retention::id(retention.audit), retention)
}
