//! The action plan as it goes to the BMG.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::domain::id::RecordId;
use crate::exchange::actions_json::{ActionsFile, actions_file};
use crate::session::document::Document;
use crate::store;

/// The action plan of one audit, or of all.
///
/// # Errors
/// When the file cannot be read.
pub fn action_plan(
    document: &Document,
    audit: Option<RecordId>,
    now: DateTime<Utc>,
) -> store::Result<ActionsFile> {
    let register = document.register();
    let mut heads = BTreeMap::new();
    for id in register.actions.keys() {
        if let Some(head) = document.store().head_of(*id)? {
            heads.insert(*id, head);
        }
    }
    Ok(actions_file(register, &heads, audit, now))
}
