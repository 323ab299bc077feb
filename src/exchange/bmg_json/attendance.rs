//! Who took part in the panel: agencies and roles, never names.

use chrono::NaiveDate;
use serde::Serialize;

use super::Source;
use super::actions::References;
use crate::domain::attendance::{Presence, panel_days};
use crate::domain::id::RecordId;

/// One panel day.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PanelDayPart {
    day: NaiveDate,
    agencies: Vec<AttendancePart>,
}

/// How an agency took part; without a code, the partnership itself.
#[derive(Clone, Debug, Serialize)]
struct AttendancePart {
    agency: Option<String>,
    presence: Presence,
    roles: String,
}

impl Source<'_> {
    pub(super) fn attendance(&self, audit: RecordId, references: &References) -> Vec<PanelDayPart> {
        let days = panel_days(self.register, audit).into_iter();
        days.map(|(day, agencies)| PanelDayPart {
            day,
            agencies: agencies
                .into_iter()
                .map(|own| AttendancePart {
                    agency: Some(own.agency.clone()).filter(|code| !code.is_empty()),
                    presence: own.presence,
                    roles: references.out_of(&own.roles),
                })
                .collect(),
        })
        .collect()
    }
}
