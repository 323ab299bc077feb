//! Who was at the panel.

use super::{Ground, Step};
use crate::domain::attendance::Attendance;
use crate::domain::dates::written_date;
use crate::domain::record::RecordKind;
use crate::domain::revision::Edit;
use crate::session::command::{AttendanceCommand, Refused};

pub(super) fn set(ground: &Ground<'_>, command: &AttendanceCommand) -> Result<Step, Refused> {
    let audit = ground.register.audits.get(&command.audit);
    let audit = audit.ok_or(Refused::Needed("An audit"))?;
    let takes_part = command.agency.is_empty() || audit.agencies.contains(&command.agency);
    if !takes_part {
        return Err(Refused::Needed("An agency that takes part in this audit"));
    }
    if command.day > ground.now.date_naive() {
        return Err(Refused::Answer {
            question: written_date(command.day),
            why: "attendance is recorded on the day or after it".into(),
        });
    }
    let id = Attendance::id(command.audit, command.day, &command.agency);
    let who = match command.agency.as_str() {
        "" => "the partnership",
        code => ground.register.agency_short(code),
    };
    let label = format!("attendance of {who}, {}", written_date(command.day));
    let Some(presence) = command.presence else {
        return Ok(Step::new(
            label,
            vec![Edit::delete(id, RecordKind::Attendance)],
        ));
    };
    let known = ground.register.attendances.get(&id);
    let typing = known.is_some_and(|known| known.presence == presence);
    let attendance = Attendance {
        audit: command.audit,
        day: command.day,
        agency: command.agency.clone(),
        presence,
        roles: command.roles.trim().to_owned(),
    };
    Ok(Step {
        typing_in: typing.then(|| format!("{id} roles")),
        ..Step::new(label, vec![Edit::put(id, attendance)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::attendance::Presence;
    use crate::domain::form::FormStatus;
    use crate::session::apply::panel::tests::Fixture;

    #[test]
    fn only_agencies_of_the_audit_and_days_that_came_are_recorded() {
        let fixture = Fixture::new(&[("POL", FormStatus::Submitted, &[])]);
        let cases = [
            ("POL", "2020-03-12", true),
            ("", "2020-03-12", true),
            ("GP", "2020-03-12", false),
            ("POL", "2120-03-12", false),
        ];
        for (agency, day, kept) in cases {
            let command = AttendanceCommand {
                audit: fixture.open.audit,
                day: day.parse().unwrap(),
                agency: agency.into(),
                presence: Some(Presence::Attended),
                roles: " Detective sergeant ".into(),
            };
            let step = set(&fixture.ground(), &command);
            assert_eq!(step.is_ok(), kept, "{agency} {day}: {step:?}");
            if let Ok(step) = step {
                let body = step.edits[0].after.as_ref().unwrap().body();
                assert!(body.contains("\"Detective sergeant\""), "{body}");
            }
        }
    }
}
