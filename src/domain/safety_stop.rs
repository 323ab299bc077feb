//! The safety stop: a child who may not be safe today holds the form until somebody was told.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::id::RecordId;

/// Somebody told about the child, outside the program and the same day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Role of the person told; never a name.
    pub role: String,
    /// When, in local time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<NaiveDateTime>,
    /// By which route: telephone, secure e-mail, in person.
    pub route: String,
    /// What they said they would do.
    pub response: String,
}

impl Contact {
    /// Whether role, time, route and response are all there.
    pub fn is_complete(&self) -> bool {
        self.at.is_some()
            && [&self.role, &self.route, &self.response]
                .iter()
                .all(|text| !text.trim().is_empty())
    }

    /// "told 02/03/2026 14:05 (Named nurse; Telephone). Will visit today."
    fn told(&self) -> String {
        let Some(at) = self.at.filter(|_| self.is_complete()) else {
            return "not all recorded yet".into();
        };
        let (role, route, response) = (self.role.trim(), self.route.trim(), self.response.trim());
        let at = at.format("%d/%m/%Y %H:%M");
        format!("told {at} ({role}; {route}). {response}")
    }
}

/// Opened by an answer that the child is not, or may not be, safe today. One a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SafetyStop {
    /// The form that is held.
    pub form: RecordId,
    /// The answer that opened it: the safety question's value.
    pub because: String,
    /// When it opened.
    pub opened: DateTime<Utc>,
    /// The case's safeguarding lead in the agency.
    #[serde(default)]
    pub lead: Contact,
    /// The front door of children's social care, through the normal referral route.
    #[serde(default)]
    pub front_door: Contact,
    /// Whether 999 was called.
    #[serde(default)]
    pub called_999: bool,
    /// Set when the answer was a slip and the child is safe: why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub opened_in_error: String,
}

impl SafetyStop {
    /// The identity of the safety stop of `form`.
    pub fn id(form: RecordId) -> RecordId {
        RecordId::derived("safety_stop", &[&form.to_string()])
    }

    /// A stop just opened.
    pub fn open(form: RecordId, because: &str, now: DateTime<Utc>) -> Self {
        Self {
            form,
            because: because.to_owned(),
            opened: now,
            lead: Contact::default(),
            front_door: Contact::default(),
            called_999: false,
            opened_in_error: String::new(),
        }
    }

    /// Whether the form may go on: both contacts are recorded, or the stop was opened in error.
    pub fn is_resolved(&self) -> bool {
        !self.opened_in_error.trim().is_empty()
            || (self.lead.is_complete() && self.front_door.is_complete())
    }

    /// What is still to be recorded, in words.
    pub fn missing(&self) -> Vec<&'static str> {
        if self.is_resolved() {
            return Vec::new();
        }
        [
            (
                &self.lead,
                "which safeguarding lead was told, when, how, and what they said",
            ),
            (
                &self.front_door,
                "who at the front door was told, when, how, and what they said",
            ),
        ]
        .into_iter()
        .filter(|(contact, _)| !contact.is_complete())
        .map(|(_, words)| words)
        .collect()
    }

    /// Who was told, when, by which route and what they said, a line each.
    pub fn told(&self) -> Vec<String> {
        let lead = format!("Safeguarding lead: {}", self.lead.told());
        let door = format!("Front door: {}", self.front_door.told());
        let called = self.called_999.then(|| "999 was called.".to_owned());
        [lead, door].into_iter().chain(called).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> Contact {
        Contact {
            role: "Named nurse".into(),
            at: Some("2026-03-02T14:05:00".parse().unwrap()),
            route: "Telephone".into(),
            response: "Strategy discussion today".into(),
        }
    }

    #[test]
    fn both_contacts_resolve_it_and_nothing_less() {
        let mut stop = SafetyStop::open(RecordId::fresh(), "no", Utc::now());
        assert!(!stop.is_resolved());
        assert_eq!(stop.missing().len(), 2);
        stop.lead = told();
        assert!(!stop.is_resolved());
        assert_eq!(stop.missing().len(), 1);
        stop.front_door = Contact { at: None, ..told() };
        assert!(!stop.is_resolved());
        stop.front_door = told();
        assert!(stop.is_resolved());
        assert!(stop.missing().is_empty());
    }

    #[test]
    fn it_says_who_was_told_when_and_by_which_route() {
        let mut stop = SafetyStop::open(RecordId::fresh(), "no", Utc::now());
        stop.lead = told();
        assert_eq!(
            stop.told(),
            [
                "Safeguarding lead: told 02/03/2026 14:05 (Named nurse; Telephone). Strategy discussion today",
                "Front door: not all recorded yet",
            ]
        );
        stop.called_999 = true;
        assert_eq!(stop.told()[2], "999 was called.");
    }

    #[test]
    fn calling_999_alone_does_not_resolve_it() {
        let mut stop = SafetyStop::open(RecordId::fresh(), "no", Utc::now());
        stop.called_999 = true;
        assert!(!stop.is_resolved());
    }
}
