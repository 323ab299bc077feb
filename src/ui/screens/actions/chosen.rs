//! Which actions are shown, in which order and groups.

use chrono::{Days, NaiveDate};

use crate::domain::action::{Action, ActionStatus};
use crate::domain::finding::Finding;
use crate::domain::id::RecordId;
use crate::session::Session;

/// Days within which an action is soon due.
const SOON: u64 = 92;

/// A choice by where actions stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Open,
    Overdue,
    Lacking,
    Ended,
}

impl Standing {
    pub(super) const ALL: [Self; 4] = [Self::Open, Self::Overdue, Self::Lacking, Self::Ended];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Open => "Still to be done",
            Self::Overdue => "Overdue",
            Self::Lacking => "No owner or date",
            Self::Ended => "Done, not done or superseded",
        }
    }

    fn takes(self, action: &Action, today: NaiveDate) -> bool {
        match self {
            Self::Open => action.status.is_open(),
            Self::Overdue => action.is_overdue(today),
            Self::Lacking => action.lacks_owner() || action.lacks_date(),
            Self::Ended => !action.status.is_open(),
        }
    }
}

/// What stands together in the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Group {
    #[default]
    Due,
    Owner,
    Theme,
    Audit,
}

impl Group {
    pub(super) const ALL: [Self; 4] = [Self::Due, Self::Owner, Self::Theme, Self::Audit];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Due => "Group by due date",
            Self::Owner => "Group by owner",
            Self::Theme => "Group by theme",
            Self::Audit => "Group by audit",
        }
    }
}

/// An action with what it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Listed<'a> {
    pub(super) id: RecordId,
    pub(super) action: &'a Action,
    pub(super) finding: Option<&'a Finding>,
}

impl Listed<'_> {
    fn theme(&self) -> Option<&str> {
        self.finding.map(|finding| finding.theme.as_str())
    }

    /// The heading it stands under.
    pub(super) fn group(&self, session: &Session, group: Group) -> String {
        let register = session.register();
        match group {
            Group::Due => when(self.action, session.now().date_naive()).to_owned(),
            Group::Owner if self.action.owner_agency.is_empty() => "No agency".into(),
            Group::Owner => register.agency_short(&self.action.owner_agency).to_owned(),
            Group::Theme => match self.theme() {
                Some(id) => {
                    let theme = session.catalogue().theme(id);
                    theme.map_or_else(|| id.to_owned(), |theme| theme.name.clone())
                }
                None => "No finding".into(),
            },
            Group::Audit => {
                let audit = register.audits.get(&self.action.audit);
                audit.map_or_else(String::new, |audit| audit.title.clone())
            }
        }
    }
}

/// The headings of the due dates, in their order.
fn when(action: &Action, today: NaiveDate) -> &'static str {
    if !action.status.is_open() {
        "Ended"
    } else if action.is_overdue(today) {
        "Overdue"
    } else {
        match action.due {
            None => "No date",
            Some(due) if due <= today + Days::new(SOON) => "Due within three months",
            Some(_) => "Due later",
        }
    }
}

/// What has to be looked at comes first: overdue, longest first; then without a date; then by date;
/// what has ended comes last.
fn urgency(action: &Action, today: NaiveDate) -> (u8, Option<NaiveDate>) {
    let class = match when(action, today) {
        "Overdue" => 0,
        "No date" => 1,
        "Ended" => 3,
        _ => 2,
    };
    (class, action.due)
}

/// A choice of actions. Whatever is not set takes everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) audit: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) theme: Option<String>,
    pub(super) standing: Option<Standing>,
}

impl Chosen {
    /// The chosen actions, most urgent first.
    pub(super) fn list<'a>(&self, session: &'a Session) -> Vec<Listed<'a>> {
        let register = session.register();
        let today = session.now().date_naive();
        let all = register.actions.iter().map(|(id, action)| Listed {
            id: *id,
            action,
            finding: action.finding.and_then(|id| register.findings.get(&id)),
        });
        let mut listed: Vec<Listed<'a>> = all.filter(|listed| self.takes(listed, today)).collect();
        listed.sort_by_key(|listed| (urgency(listed.action, today), listed.id));
        listed
    }

    fn takes(&self, listed: &Listed<'_>, today: NaiveDate) -> bool {
        let is = |wanted: &Option<String>, found: Option<&str>| {
            wanted.is_none() || wanted.as_deref() == found
        };
        is(&self.audit, Some(&listed.action.audit.to_string()))
            && is(&self.owner, Some(&listed.action.owner_agency))
            && is(&self.theme, listed.theme())
            && self
                .standing
                .is_none_or(|standing| standing.takes(listed.action, today))
    }
}

/// The columns of the board.
pub(super) const BOARD: [(&str, &[ActionStatus]); 4] = [
    ("Proposed", &[ActionStatus::Proposed]),
    ("Agreed", &[ActionStatus::Agreed]),
    ("In progress", &[ActionStatus::InProgress]),
    (
        "Ended",
        &[
            ActionStatus::Done,
            ActionStatus::NotDone,
            ActionStatus::Superseded,
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn action(due: Option<&str>, status: ActionStatus) -> Action {
        Action {
            due: due.map(|due| due.parse().unwrap()),
            status,
            ..Action::new(RecordId::fresh(), None)
        }
    }

    #[test]
    fn what_has_to_be_looked_at_comes_first() {
        use ActionStatus::{Agreed, Done, InProgress, Proposed};
        let today = "2026-03-02".parse().unwrap();
        let in_order = [
            (Some("2025-01-01"), Agreed, "Overdue"),
            (Some("2026-03-01"), Proposed, "Overdue"),
            (None, InProgress, "No date"),
            (Some("2026-03-02"), Agreed, "Due within three months"),
            (Some("2026-06-02"), Agreed, "Due within three months"),
            (Some("2026-06-03"), Agreed, "Due later"),
            (None, Done, "Ended"),
            (Some("2020-01-01"), Done, "Ended"),
        ];
        let mut last = None;
        for (due, status, heading) in in_order {
            let action = action(due, status);
            assert_eq!(when(&action, today), heading, "{due:?} {status:?}");
            let here = urgency(&action, today);
            assert!(last.is_none_or(|last| last < here), "{due:?} {status:?}");
            last = Some(here);
        }
    }

    #[test]
    fn every_status_has_its_column_on_the_board() {
        for status in ActionStatus::ALL {
            let columns = BOARD.iter().filter(|(_, own)| own.contains(&status));
            assert_eq!(columns.count(), 1, "{status:?}");
        }
    }
}
