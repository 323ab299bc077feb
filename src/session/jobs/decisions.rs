//! Reads decisions of the BMG from a file and holds them against the actions.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Utc};

use crate::domain::action::Action;
use crate::domain::id::RecordId;
use crate::domain::partnership::Agency;
use crate::domain::record::{Record, RecordKind};
use crate::domain::revision::{Author, Change};
use crate::exchange::decisions::{self, DecisionPreview, Known};
use crate::exchange::{ExchangeError, file};
use crate::session::apply::{self, Ground};
use crate::session::command::Command;
use crate::session::decisions::Decisions;
use crate::session::document::Document;
use crate::session::error::Result;
use crate::store;

/// What taking the decisions in the file at `path` would do. Nothing is changed.
///
/// # Errors
/// When the file cannot be read or anything in it cannot be taken, with every problem.
pub fn preview_decisions(document: &Document, path: &Path) -> Result<DecisionPreview> {
    document.store().refuse_own(path)?;
    let bytes = file::read_bytes(path)?;
    let register = document.register();
    let mut agencies: Vec<&Agency> = register.agencies.values().collect();
    agencies.extend(&document.catalogue().agencies);
    let bad = |problems| ExchangeError::BadDecisions {
        path: path.to_owned(),
        problems,
    };
    let said = decisions::read(&bytes, &agencies).map_err(bad)?;
    Ok(decisions::compare(&said, &known(document)?, register).map_err(bad)?)
}

/// Takes decisions, all in one change.
///
/// # Errors
/// When an action changed after they were compared, or the file cannot be written.
pub fn take_decisions(
    document: &mut Document,
    decisions: Decisions,
    author: &Author,
    now: DateTime<Utc>,
) -> Result<()> {
    let ground = Ground {
        register: document.register(),
        catalogue: document.catalogue(),
        form: None,
        case: None,
        now,
    };
    let command = Command::TakeDecisions(Box::new(decisions));
    let step = apply::step(&ground, &command)?;
    document.commit(&Change {
        edits: step.edits,
        author: author.clone(),
        at: now,
        reason: step.reason,
    })?;
    Ok(())
}

fn known(document: &Document) -> store::Result<BTreeMap<RecordId, Known>> {
    let register = document.register();
    let one = |(id, action): (&RecordId, &Action)| {
        let history = document.store().history(*id)?.into_iter();
        let earlier = history.filter_map(|entry| {
            let body = entry.after?;
            match Record::read(RecordKind::Action, &body) {
                Ok(Record::Action(action)) => Some((entry.revision, action)),
                _ => None,
            }
        });
        let notes = register.updates_of(*id).into_iter();
        let known = Known {
            action: action.clone(),
            history: earlier.collect(),
            notes: notes.map(|note| note.text.clone()).collect(),
        };
        Ok((*id, known))
    };
    register.actions.iter().map(one).collect()
}
