//! What changes because of a finding.

use chrono::{DateTime, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::id::RecordId;

/// Where an action stands. *Overdue* is not stored: it follows from the due date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionStatus {
    /// Put forward.
    #[default]
    Proposed,
    /// Agreed by the BMG.
    Agreed,
    /// Under way.
    InProgress,
    /// Done, with evidence of impact.
    Done,
    /// Not done, with the reason.
    NotDone,
    /// Replaced by another action.
    Superseded,
}

impl ActionStatus {
    /// Every status, in the order an action goes through them.
    pub const ALL: [Self; 6] = [
        Self::Proposed,
        Self::Agreed,
        Self::InProgress,
        Self::Done,
        Self::NotDone,
        Self::Superseded,
    ];

    /// The words shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Proposed => "Proposed",
            Self::Agreed => "Agreed",
            Self::InProgress => "In progress",
            Self::Done => "Done",
            Self::NotDone => "Not done",
            Self::Superseded => "Superseded",
        }
    }

    /// Whether something is still to be done.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Proposed | Self::Agreed | Self::InProgress)
    }

    /// Whether ending an action like this needs a reason, kept as a note on its progress.
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::NotDone | Self::Superseded)
    }
}

/// How soon an action is due, in the words of the BMG's action plans (Ofsted 2011: immediately,
/// within three months, within six months). The date itself stands in [`Action::due`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueTerm {
    /// At once.
    Immediately,
    /// Within three months.
    ThreeMonths,
    /// Within six months.
    SixMonths,
}

impl DueTerm {
    /// Every term, soonest first.
    pub const ALL: [Self; 3] = [Self::Immediately, Self::ThreeMonths, Self::SixMonths];

    /// The words shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Immediately => "Immediately",
            Self::ThreeMonths => "Within three months",
            Self::SixMonths => "Within six months",
        }
    }

    /// The last day of the term for an action agreed on `agreed`. A month that has no such day
    /// ends it: three months from 30 November are over at the end of February.
    pub fn ends(self, agreed: NaiveDate) -> NaiveDate {
        let months = match self {
            Self::Immediately => 0,
            Self::ThreeMonths => 3,
            Self::SixMonths => 6,
        };
        // Only past the calendar's end, which no typed date reaches.
        agreed
            .checked_add_months(Months::new(months))
            .unwrap_or(agreed)
    }
}

/// One action from a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// The audit.
    pub audit: RecordId,
    /// The finding it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<RecordId>,
    /// What will change.
    pub what: String,
    /// Code of the agency that owns it; empty when nobody does yet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner_agency: String,
    /// Role of the owner.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner_role: String,
    /// When it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// The term that date was chosen by; absent where a date was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_term: Option<DueTerm>,
    /// The day it was agreed, from which the term counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<NaiveDate>,
    /// Where it stands.
    #[serde(default)]
    pub status: ActionStatus,
    /// How we will know, and what was seen.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence_of_impact: String,
}

impl Action {
    /// An action that answers `finding`, with nothing said yet.
    pub fn new(audit: RecordId, finding: Option<RecordId>) -> Self {
        Self {
            audit,
            finding,
            what: String::new(),
            owner_agency: String::new(),
            owner_role: String::new(),
            due: None,
            due_term: None,
            agreed: None,
            status: ActionStatus::default(),
            evidence_of_impact: String::new(),
        }
    }

    /// Whether it is past its date and still to be done.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.status.is_open() && self.due.is_some_and(|due| due < today)
    }

    /// Whether it is still to be done and belongs to nobody.
    pub fn lacks_owner(&self) -> bool {
        self.status.is_open()
            && (self.owner_agency.trim().is_empty() && self.owner_role.trim().is_empty())
    }

    /// Whether it is still to be done and nobody said by when.
    pub fn lacks_date(&self) -> bool {
        self.status.is_open() && self.due.is_none()
    }

    /// The date follows from the term and the day of agreeing, where both are there.
    #[must_use]
    pub fn with_date_of_term(mut self) -> Self {
        if let (Some(term), Some(agreed)) = (self.due_term, self.agreed) {
            self.due = Some(term.ends(agreed));
        }
        self
    }
}

/// One note on the progress of an action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActionUpdate {
    /// The action.
    pub action: RecordId,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// What happened.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_term_ends_on_a_day_that_exists() {
        let cases = [
            (DueTerm::Immediately, "2026-03-02", "2026-03-02"),
            (DueTerm::ThreeMonths, "2026-03-02", "2026-06-02"),
            (DueTerm::ThreeMonths, "2025-11-30", "2026-02-28"),
            (DueTerm::ThreeMonths, "2023-11-30", "2024-02-29"),
            (DueTerm::SixMonths, "2026-08-31", "2027-02-28"),
        ];
        for (term, agreed, ends) in cases {
            assert_eq!(term.ends(day(agreed)), day(ends), "{term:?} {agreed}");
        }
    }

    #[test]
    fn overdue_is_past_its_date_and_still_to_be_done() {
        let today = day("2026-03-02");
        for status in ActionStatus::ALL {
            for (due, past) in [
                (None, false),
                (Some("2026-03-01"), true),
                (Some("2026-03-02"), false),
                (Some("2026-03-03"), false),
            ] {
                let action = Action {
                    due: due.map(day),
                    status,
                    ..Action::new(RecordId::fresh(), None)
                };
                let expected = past && status.is_open();
                assert_eq!(action.is_overdue(today), expected, "{status:?} {due:?}");
                assert_eq!(action.lacks_date(), due.is_none() && status.is_open());
            }
        }
    }

    #[test]
    fn a_term_without_a_day_of_agreeing_gives_no_date() {
        let mut action = Action::new(RecordId::fresh(), None);
        action.due_term = Some(DueTerm::SixMonths);
        assert_eq!(action.clone().with_date_of_term().due, None);
        action.agreed = Some(day("2026-01-15"));
        assert_eq!(action.with_date_of_term().due, Some(day("2026-07-15")));
    }
}
