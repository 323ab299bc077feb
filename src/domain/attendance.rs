//! Who was at the panel.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::RecordId;
use super::register::Register;

/// Whether an agency took part in a panel day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Somebody was there.
    Attended,
    /// Nobody was, and the agency had said so.
    Apologies,
    /// Nobody was, and nothing was said.
    Absent,
}

impl Presence {
    /// Every presence, in the order it is offered.
    pub const ALL: [Self; 3] = [Self::Attended, Self::Apologies, Self::Absent];

    /// The word shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Attended => "Attended",
            Self::Apologies => "Apologies",
            Self::Absent => "Absent",
        }
    }
}

/// One agency on one panel day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attendance {
    /// The audit.
    pub audit: RecordId,
    /// The panel day.
    pub day: NaiveDate,
    /// The agency's code; empty for the partnership itself (chair, business office).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agency: String,
    /// Whether it took part.
    pub presence: Presence,
    /// The roles that were there; never names.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub roles: String,
}

/// The attendance of one audit by panel day, each day's in the order of the agencies' codes.
pub type PanelDays<'a> = BTreeMap<NaiveDate, Vec<&'a Attendance>>;

/// The panel days of an audit.
pub fn panel_days(register: &Register, audit: RecordId) -> PanelDays<'_> {
    let mut days = PanelDays::new();
    let all = register.attendances.values();
    for attendance in all.filter(|attendance| attendance.audit == audit) {
        days.entry(attendance.day).or_default().push(attendance);
    }
    for day in days.values_mut() {
        day.sort_by(|a, b| a.agency.cmp(&b.agency));
    }
    days
}

/// The panel day on which something was judged that is dated `on`: that day or, where it is none,
/// the last one before it.
pub fn panel_day(days: &PanelDays<'_>, on: NaiveDate) -> Option<NaiveDate> {
    days.range(..=on).next_back().map(|(day, _)| *day)
}

impl Attendance {
    /// The identity of the attendance of `agency` on `day` of the panel of `audit`.
    pub fn id(audit: RecordId, day: NaiveDate, agency: &str) -> RecordId {
        RecordId::derived(
            "attendance",
            &[&audit.to_string(), &day.to_string(), agency],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::revision::Edit;

    #[test]
    fn a_judgement_belongs_to_its_day_or_the_last_panel_day_before_it() {
        let audit = RecordId::fresh();
        let mut register = Register::default();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (audit, on, agency) in [
            (audit, "2020-03-12", "POL"),
            (audit, "2020-03-12", ""),
            (audit, "2020-03-19", "POL"),
            (RecordId::fresh(), "2020-03-14", "POL"),
        ] {
            let attendance = Attendance {
                audit,
                day: day(on),
                agency: agency.into(),
                presence: Presence::Attended,
                roles: String::new(),
            };
            let id = Attendance::id(audit, day(on), agency);
            register.apply(&Edit::put(id, attendance));
        }
        let days = panel_days(&register, audit);
        let agencies: Vec<&str> = days[&day("2020-03-12")]
            .iter()
            .map(|attendance| attendance.agency.as_str())
            .collect();
        assert_eq!(agencies, ["", "POL"]);
        for (on, expected) in [
            ("2020-03-11", None),
            ("2020-03-12", Some("2020-03-12")),
            ("2020-03-18", Some("2020-03-12")),
            ("2020-03-19", Some("2020-03-19")),
            ("2026-01-01", Some("2020-03-19")),
        ] {
            assert_eq!(panel_day(&days, day(on)), expected.map(day), "{on}");
        }
    }
}
