//! Setting up a register.

use super::{Ground, Step};
use crate::domain::id::RecordId;
use crate::domain::partnership::{Agency, Partnership};
use crate::domain::revision::Edit;
use crate::session::command::{NewRegister, Refused};

pub(super) fn set_up(ground: &Ground<'_>, new: &NewRegister) -> Result<Step, Refused> {
    let name = new.partnership.trim();
    if name.is_empty() {
        return Err(Refused::Needed("The partnership's name"));
    }
    if new.agencies.is_empty() {
        return Err(Refused::Needed("At least one agency"));
    }
    let existing = ground.register.partnerships.keys().next().copied();
    let partnership = Partnership {
        name: name.to_owned(),
        worked_example: false,
        local_rules: None,
        keep_months: None,
    };
    let mut edits = vec![Edit::put(
        existing.unwrap_or_else(RecordId::fresh),
        partnership,
    )];
    let agencies = new.agencies.iter();
    edits.extend(agencies.map(|agency| Edit::put(Agency::id(&agency.code), agency.clone())));
    Ok(Step {
        edits,
        ..Step::default()
    })
}
