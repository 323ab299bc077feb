//! The file as written. The order of the fields is the order in which they are written.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::action::{ActionStatus, DueTerm};
use crate::domain::answer::{Given, Value};
use crate::domain::attendance::Presence;
use crate::domain::audit::{AuditState, Verdict};
use crate::domain::finding::FindingKind;
use crate::domain::form::FormStatus;

/// The case-level data of one audit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataFile {
    pub(super) schema: String,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) worked_example: bool,
    pub(super) audit: AuditData,
    #[serde(default)]
    pub(super) cases: Vec<CaseData>,
    #[serde(default)]
    pub(super) forms: Vec<FormData>,
    #[serde(default)]
    pub(super) judgements: Vec<JudgementData>,
    #[serde(default)]
    pub(super) hypotheses: Vec<HypothesisData>,
    #[serde(default)]
    pub(super) findings: Vec<FindingData>,
    #[serde(default)]
    pub(super) actions: Vec<ActionData>,
    #[serde(default)]
    pub(super) safety_stops: Vec<SafetyStopData>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) agreed_dates: Vec<AgreedDateData>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) attendance: Vec<AttendanceData>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) concern_follow_ups: Vec<ConcernFollowUpData>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) dismissals: Vec<DismissalData>,
}

impl DataFile {
    /// The text of the file.
    pub fn text(&self) -> String {
        // Plain structs with text keys: writing them cannot fail.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct AuditData {
    pub(super) title: String,
    pub(super) tool: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<NaiveDate>,
    pub(super) agencies: Vec<String>,
    pub(super) re_audit_of: Option<String>,
    /// Left out while scoping: the round trip needs one default, and it is the record's.
    #[serde(default, skip_serializing_if = "is_scoping")]
    pub(super) state: AuditState,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) scope: ScopeData,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ScopeData {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) question: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) cohort: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) population: Option<u32>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) method: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) children: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) parents: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) carers: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) lead_role: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) due: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) carried: Vec<CarriedData>,
}

/// What is carried forward from the audit that this one repeats: a finding by its number, or an
/// action by its place in that audit's list, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CarriedData {
    Finding(u32),
    Action(u32),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct CaseData {
    #[serde(rename = "ref")]
    pub(super) reference: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) age_band: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sex: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) ethnicity: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) plan: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) same_as: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct FormData {
    pub(super) case: String,
    pub(super) agency: String,
    pub(super) status: FormStatus,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) role: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) overall: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) overall_reason: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) declined_reason: String,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "optional_instant"
    )]
    pub(super) submitted: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "entries")]
    pub(super) answers: Vec<(String, AnswerData)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "entries")]
    pub(super) dates: Vec<(String, NaiveDate)>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AnswerData {
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub(super) given: Option<Given>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) worked: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) worries: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) so_what: String,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) good_practice: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) practice_concern: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) in_view_of: Vec<String>,
}

/// The question of the judgement on the whole case.
pub(super) const OVERALL: &str = "overall";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct JudgementData {
    pub(super) case: String,
    pub(super) question: String,
    pub(super) value: Value,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) reason: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) dissent: String,
}

/// A key date the panel agreed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct AgreedDateData {
    pub(super) case: String,
    pub(super) date: String,
    pub(super) agreed: NaiveDate,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) reason: String,
}

/// An agency on a panel day; without an agency, the partnership itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct AttendanceData {
    pub(super) day: NaiveDate,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) agency: String,
    pub(super) presence: Presence,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) roles: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct HypothesisData {
    pub(super) code: String,
    pub(super) text: String,
    #[serde(default)]
    pub(super) questions: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) verdict: Option<Verdict>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) rationale: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct FindingData {
    pub(super) number: u32,
    pub(super) kind: FindingKind,
    pub(super) theme: String,
    pub(super) text: String,
    #[serde(default)]
    pub(super) agencies: Vec<String>,
    #[serde(default)]
    pub(super) cases: Vec<String>,
    #[serde(default)]
    pub(super) questions: Vec<String>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "optional_instant"
    )]
    pub(super) looked_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ActionData {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) finding: Option<u32>,
    pub(super) what: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) owner_agency: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) owner_role: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) due: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) due_term: Option<DueTerm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) agreed: Option<NaiveDate>,
    pub(super) status: ActionStatus,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) evidence_of_impact: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) updates: Vec<UpdateData>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct UpdateData {
    #[serde(with = "instant")]
    pub(super) at: DateTime<Utc>,
    pub(super) text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct SafetyStopData {
    pub(super) case: String,
    pub(super) agency: String,
    pub(super) because: String,
    #[serde(with = "instant")]
    pub(super) opened: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) lead: ContactData,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) front_door: ContactData,
    #[serde(default)]
    pub(super) called_999: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) opened_in_error: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ContactData {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) role: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<NaiveDateTime>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) route: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) response: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ConcernFollowUpData {
    pub(super) case: String,
    pub(super) agency: String,
    pub(super) question: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reviewed: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) by_role: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) outcome: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct DismissalData {
    pub(super) suggestion: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) reason: String,
}

// serde's `skip_serializing_if` hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(flag: &bool) -> bool {
    !*flag
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_scoping(state: &AuditState) -> bool {
    *state == AuditState::default()
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Instants to the millisecond, as everywhere in the program; finer only where the record is.
mod instant {
    use chrono::{DateTime, SecondsFormat, Utc};
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn text(at: &DateTime<Utc>) -> String {
        let fine = !at.timestamp_subsec_nanos().is_multiple_of(1_000_000);
        let format = if fine {
            SecondsFormat::Nanos
        } else {
            SecondsFormat::Millis
        };
        at.to_rfc3339_opts(format, true)
    }

    pub(super) fn serialize<S: Serializer>(at: &DateTime<Utc>, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&text(at))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        input: D,
    ) -> Result<DateTime<Utc>, D::Error> {
        DateTime::<Utc>::deserialize(input)
    }
}

mod optional_instant {
    use chrono::{DateTime, Utc};
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(
        at: &Option<DateTime<Utc>>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => out.serialize_str(&super::instant::text(at)),
            None => out.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        input: D,
    ) -> Result<Option<DateTime<Utc>>, D::Error> {
        Option::<DateTime<Utc>>::deserialize(input)
    }
}

/// A JSON object as a list of entries: their order is kept.
mod entries {
    use std::fmt;
    use std::marker::PhantomData;

    use serde::de::{DeserializeOwned, MapAccess, Visitor};
    use serde::{Deserializer, Serialize, Serializer};

    pub(super) fn serialize<T: Serialize, S: Serializer>(
        entries: &[(String, T)],
        out: S,
    ) -> Result<S::Ok, S::Error> {
        out.collect_map(entries.iter().map(|(key, value)| (key, value)))
    }

    pub(super) fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(
        input: D,
    ) -> Result<Vec<(String, T)>, D::Error> {
        input.deserialize_map(InOrder(PhantomData))
    }

    struct InOrder<T>(PhantomData<T>);

    impl<'de, T: DeserializeOwned> Visitor<'de> for InOrder<T> {
        type Value = Vec<(String, T)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Vec::new();
            while let Some(entry) = map.next_entry()? {
                entries.push(entry);
            }
            Ok(entries)
        }
    }
}
