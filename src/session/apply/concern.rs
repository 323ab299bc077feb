//! The follow-up of practice concerns.

use super::{Ground, Step, fits};
use crate::domain::concern::ConcernFollowUp;
use crate::domain::revision::Edit;
use crate::session::command::Refused;

pub(super) fn follow_up(ground: &Ground<'_>, follow_up: &ConcernFollowUp) -> Result<Step, Refused> {
    let register = ground.register;
    let place = register.place_of(follow_up.form);
    let (audit, _, case) = place.ok_or(Refused::Needed("The form"))?;
    let question = register
        .tool_of(audit)
        .and_then(|tool| tool.question(&follow_up.question))
        .ok_or(Refused::Needed("The question"))?;
    if follow_up
        .reviewed
        .is_some_and(|day| day > ground.now.date_naive())
    {
        return Err(Refused::NotYet("The review"));
    }
    fits(&follow_up.by_role)?;
    fits(&follow_up.outcome)?;
    let reference = register
        .cases
        .get(&case)
        .map_or("", |case| case.reference.as_str());
    let id = ConcernFollowUp::id(follow_up.form, &follow_up.question);
    let label = format!("follow-up of {}, {reference}", question.code);
    Ok(Step {
        typing_in: Some(format!("{id}")),
        ..Step::new(label, vec![Edit::put(id, follow_up.clone())])
    })
}
