//! `goldthread/actions/1`: the action plan as JSON, out to the BMG and back with its decisions.
//! Every action carries the revision it was written at, so that what changed on both sides shows.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::action::{Action, ActionStatus, DueTerm};
use crate::domain::id::{RecordId, RevisionId};
use crate::domain::privacy::References;
use crate::domain::register::Register;

/// Name and version of the format.
pub const SCHEMA: &str = "goldthread/actions/1";

/// Its JSON Schema.
pub(super) const JSON_SCHEMA: &str = include_str!("../../assets/schemas/actions-1.schema.json");

/// The file as written. The order of the fields is the order in which they are written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActionsFile {
    pub(super) schema: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) worked_example: bool,
    #[serde(default)]
    pub(super) partnership: String,
    #[serde(default)]
    pub(super) generated_at: String,
    pub(super) actions: Vec<ActionEntry>,
}

/// One action. What is left out, nothing is said about; what is empty or null is taken away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ActionEntry {
    pub(super) id: RecordId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) revision: Option<RevisionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) audit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) finding: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) finding_text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) what: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) owner_agency: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) owner_role: Option<String>,
    #[serde(default, with = "said", skip_serializing_if = "Option::is_none")]
    pub(super) due_term: Option<Option<DueTerm>>,
    #[serde(default, with = "said", skip_serializing_if = "Option::is_none")]
    pub(super) due: Option<Option<NaiveDate>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<ActionStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) overdue: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) evidence_of_impact: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) updates: Vec<NoteEntry>,
    /// A new note on its progress; empty when written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) update: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct NoteEntry {
    pub(super) at: String,
    pub(super) text: String,
}

/// Tells a field that is null from one that is left out.
mod said {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<T: Serialize, S: Serializer>(
        value: &Option<Option<T>>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().and_then(Option::as_ref).serialize(out)
    }

    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        input: D,
    ) -> Result<Option<Option<T>>, D::Error> {
        Option::<T>::deserialize(input).map(Some)
    }
}

impl ActionsFile {
    /// The text of the file.
    pub fn text(&self) -> String {
        // Plain structs with text keys: writing them cannot fail.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Leaves only what was overdue when it was written.
    pub fn keep_overdue(&mut self) {
        self.actions.retain(|action| action.overdue == Some(true));
    }

    /// How many actions it holds.
    pub fn count(&self) -> usize {
        self.actions.len()
    }
}

/// The action plan of one audit, or of all: audits in time order, actions in the order of their
/// findings. `heads` are the revisions by which the actions stand.
pub fn actions_file(
    register: &Register,
    heads: &BTreeMap<RecordId, RevisionId>,
    audit: Option<RecordId>,
    now: DateTime<Utc>,
) -> ActionsFile {
    let audits = register.audits_in_order().into_iter();
    let wanted = audits.filter(|(id, _)| audit.is_none_or(|audit| audit == *id));
    let partnership = register.partnership();
    let references = References::of(register);
    let plan = Plan {
        register,
        heads,
        references: &references,
        today: now.date_naive(),
    };
    ActionsFile {
        schema: SCHEMA.into(),
        worked_example: register.is_worked_example(),
        partnership: partnership.map_or_else(String::new, |known| known.name.clone()),
        generated_at: now.to_rfc3339_opts(SecondsFormat::Secs, true),
        actions: wanted
            .flat_map(|(id, _)| register.actions_of(id))
            .map(|(id, action)| plan.entry(id, action))
            .collect(),
    }
}

struct Plan<'a> {
    register: &'a Register,
    heads: &'a BTreeMap<RecordId, RevisionId>,
    references: &'a References,
    today: NaiveDate,
}

impl Plan<'_> {
    /// References of cases are taken out of every sentence: the file leaves the partnership.
    fn entry(&self, id: RecordId, action: &Action) -> ActionEntry {
        let audit = self.register.audits.get(&action.audit);
        let finding = action
            .finding
            .and_then(|id| self.register.findings.get(&id));
        let notes = self.register.updates_of(id).into_iter();
        let text = |text: &str| self.references.out_of(text);
        ActionEntry {
            id,
            revision: self.heads.get(&id).copied(),
            audit: audit.map(|audit| text(&audit.title)),
            finding: finding.map(|finding| finding.number),
            finding_text: finding.map(|finding| text(&finding.text)),
            what: Some(text(&action.what)),
            owner_agency: Some(action.owner_agency.clone()),
            owner_role: Some(text(&action.owner_role)),
            due_term: Some(action.due_term),
            due: Some(action.due),
            status: Some(action.status),
            overdue: Some(action.is_overdue(self.today)),
            evidence_of_impact: Some(text(&action.evidence_of_impact)),
            updates: notes
                .map(|note| NoteEntry {
                    at: note.at.to_rfc3339_opts(SecondsFormat::Millis, true),
                    text: text(&note.text),
                })
                .collect(),
            update: Some(String::new()),
        }
    }
}
