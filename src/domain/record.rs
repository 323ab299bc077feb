//! Every kind of record the file keeps, and its body as JSON.

use serde::de::DeserializeOwned;

use super::action::{Action, ActionUpdate};
use super::agreed_date::AgreedDate;
use super::answer::Answer;
use super::attendance::Attendance;
use super::audit::{Audit, Hypothesis};
use super::case::Case;
use super::concern::ConcernFollowUp;
use super::dismissal::Dismissal;
use super::finding::Finding;
use super::form::{AgencyReturn, CaseForm};
use super::judgement::Judgement;
use super::key_date::KeyDate;
use super::partnership::{Agency, Partnership};
use super::plain::told;
use super::retention::Retention;
use super::safety_stop::SafetyStop;
use super::tool::Tool;

/// A body that is not a record of its kind.
#[derive(Debug, thiserror::Error)]
#[error("a {kind} is not written as one: {}", told(&source.to_string()))]
pub struct BadBody {
    kind: &'static str,
    source: serde_json::Error,
}

macro_rules! records {
    ($($(#[$doc:meta])* $variant:ident => $name:literal,)*) => {
        /// The kinds of record, in an order in which each comes after the kinds it refers to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RecordKind { $($(#[$doc])* $variant,)* }

        impl RecordKind {
            /// Every kind; a kind comes after those it refers to.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name of the kind in the file.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The kind with this name.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }

        /// A record of any kind.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Record { $($(#[$doc])* $variant($variant),)* }

        impl Record {
            /// Its kind.
            pub fn kind(&self) -> RecordKind {
                match self { $(Self::$variant(_) => RecordKind::$variant,)* }
            }

            /// Its body as JSON, always written the same way.
            pub fn body(&self) -> String {
                match self { $(Self::$variant(record) => json(record),)* }
            }

            /// Reads a body of the given kind.
            ///
            /// # Errors
            /// When the text is not a record of that kind.
            pub fn read(kind: RecordKind, body: &str) -> Result<Self, BadBody> {
                match kind { $(RecordKind::$variant => parse(kind, body).map(Self::$variant),)* }
            }
        }

        $(impl From<$variant> for Record {
            fn from(record: $variant) -> Self { Self::$variant(record) }
        })*
    };
}

records! {
    /// The partnership.
    Partnership => "partnership",
    /// An agency.
    Agency => "agency",
    /// One frozen version of a tool.
    Tool => "tool",
    /// An audit.
    Audit => "audit",
    /// A hypothesis of an audit.
    Hypothesis => "hypothesis",
    /// A case of an audit.
    Case => "case",
    /// An agency's return for an audit.
    AgencyReturn => "return",
    /// An agency's form for a case.
    CaseForm => "form",
    /// An answer on a form.
    Answer => "answer",
    /// A key date on a form.
    KeyDate => "key_date",
    /// A safety stop of a form.
    SafetyStop => "safety_stop",
    /// A panel judgement.
    Judgement => "judgement",
    /// A key date the panel agreed.
    AgreedDate => "agreed_date",
    /// An agency on a panel day.
    Attendance => "attendance",
    /// The follow-up of a practice concern.
    ConcernFollowUp => "concern_follow_up",
    /// A finding of an audit.
    Finding => "finding",
    /// A suggested finding that was set aside.
    Dismissal => "dismissal",
    /// An action of an audit.
    Action => "action",
    /// A note on an action's progress.
    ActionUpdate => "action_update",
    /// How long an audit's forms are kept.
    Retention => "retention",
}

impl RecordKind {
    /// Whether an agency writes such a record in its return; everything else is there to be read.
    pub fn is_of_return(self) -> bool {
        matches!(
            self,
            Self::AgencyReturn | Self::CaseForm | Self::Answer | Self::KeyDate | Self::SafetyStop
        )
    }
}

impl Record {
    /// Whether two records say the same, apart from when a form was submitted or a safety stop
    /// opened.
    pub fn same_but_for_when(one: Option<&Self>, other: Option<&Self>) -> bool {
        match (one, other) {
            (Some(Self::CaseForm(one)), Some(Self::CaseForm(other))) => {
                let submitted = other.submitted;
                CaseForm {
                    submitted,
                    ..one.clone()
                } == *other
            }
            (Some(Self::SafetyStop(one)), Some(Self::SafetyStop(other))) => {
                let opened = other.opened;
                SafetyStop {
                    opened,
                    ..one.clone()
                } == *other
            }
            (one, other) => one == other,
        }
    }
}

fn json<T: serde::Serialize>(record: &T) -> String {
    // Records are plain structs with text keys: writing them cannot fail.
    serde_json::to_string(record).unwrap_or_default()
}

fn parse<T: DeserializeOwned>(kind: RecordKind, body: &str) -> Result<T, BadBody> {
    serde_json::from_str(body).map_err(|source| BadBody {
        kind: kind.name(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in RecordKind::ALL {
            assert_eq!(RecordKind::named(kind.name()), Some(*kind));
        }
        assert_eq!(RecordKind::named("mystery"), None);
    }

    #[test]
    fn a_body_is_read_back_as_it_was_written() {
        let record = Record::from(Agency {
            code: "POL".into(),
            name: "Police".into(),
            short: "Police".into(),
        });
        assert_eq!(
            Record::read(RecordKind::Agency, &record.body()).unwrap(),
            record
        );
        assert!(Record::read(RecordKind::Audit, &record.body()).is_err());
    }
}
