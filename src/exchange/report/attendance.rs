//! Who took part in the panel: agencies and roles, never names.

use chrono::NaiveDate;
use serde::Serialize;

use super::Source;
use crate::domain::attendance::{Presence, panel_days};
use crate::domain::id::RecordId;
use crate::domain::privacy::References;

/// One panel day.
#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct PanelDayPart {
    pub(in crate::exchange) day: NaiveDate,
    pub(in crate::exchange) agencies: Vec<AttendancePart>,
}

/// How an agency took part; without a code, the partnership itself.
#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct AttendancePart {
    pub(in crate::exchange) agency: Option<String>,
    pub(in crate::exchange) presence: Presence,
    pub(in crate::exchange) roles: String,
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
