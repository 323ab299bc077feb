//! The file as written. The order of the fields is the order in which they are written.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::attendance::PanelDayPart;
use super::cells::Count;
use crate::domain::action::ActionStatus;
use crate::domain::audit::{AuditState, Scope, Verdict};
use crate::domain::finding::FindingKind;

/// The export for the BMG.
#[derive(Clone, Debug, Serialize)]
pub struct BmgFile {
    pub(super) schema: &'static str,
    pub(super) generator: GeneratorPart,
    pub(super) time: String,
    pub(super) partnership: String,
    pub(super) worked_example: bool,
    pub(super) basis: &'static str,
    pub(super) filters: BTreeMap<&'static str, String>,
    pub(super) suppression: Option<SuppressionPart>,
    pub(super) audits: Vec<AuditPart>,
    pub(super) themes: Vec<ThemeAcrossPart>,
}

impl BmgFile {
    /// Its text.
    pub fn text(&self) -> String {
        // Plain structs with text keys: writing them cannot fail.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// How many audits it holds.
    pub fn audits(&self) -> usize {
        self.audits.len()
    }
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct GeneratorPart {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct SuppressionPart {
    pub(super) rule: &'static str,
    pub(super) smallest_published: usize,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct AuditPart {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) tool: ToolPart,
    pub(super) state: AuditState,
    pub(super) re_audit_of: Option<NamedPart>,
    pub(super) scope: ScopePart,
    pub(super) sample: SamplePart,
    pub(super) coverage: CoveragePart,
    pub(super) grades: GradesPart,
    pub(super) themes: Vec<ThemePart>,
    pub(super) hypotheses: Vec<HypothesisPart>,
    pub(super) timescales: TimescalesPart,
    pub(super) findings: Vec<FindingPart>,
    pub(super) actions: Vec<ActionPart>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) attendance: Vec<PanelDayPart>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ToolPart {
    pub(super) id: String,
    pub(super) title: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct NamedPart {
    pub(super) id: String,
    pub(super) title: String,
}

/// The scope as the record has it, except the size of the cohort, which is a count.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ScopePart {
    #[serde(flatten)]
    pub(super) words: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) population: Option<Count>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct SamplePart {
    pub(super) cases: Count,
    pub(super) agencies: Vec<AgencyPart>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct AgencyPart {
    pub(super) code: String,
    pub(super) name: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct CoveragePart {
    pub(super) expected: Count,
    pub(super) submitted: Count,
    /// What was not submitted, apart; left out when published: it adds up with `submitted`.
    #[serde(flatten)]
    pub(super) rest: Option<NotSubmittedPart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by_agency: Option<Vec<AgencyFormsPart>>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct NotSubmittedPart {
    pub(super) not_known: usize,
    pub(super) declined: usize,
    pub(super) outstanding: usize,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct AgencyFormsPart {
    pub(super) agency: String,
    pub(super) expected: usize,
    pub(super) submitted: usize,
    #[serde(flatten)]
    pub(super) rest: NotSubmittedPart,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct GradesPart {
    pub(super) scale: String,
    pub(super) agencies: GradeRow,
    pub(super) panel: GradeRow,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by_agency: Option<Vec<AgencyGradesPart>>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct GradeRow {
    pub(super) counts: GradeCells,
    /// How much of it is favourable, in a word, where the counts are hidden.
    pub(super) words: Option<&'static str>,
}

/// Counts by grade, best first.
#[derive(Clone, Debug)]
pub(super) struct GradeCells(pub(super) Vec<(String, Count)>);

impl Serialize for GradeCells {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.0.iter().map(|(grade, count)| (grade, count)))
    }
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct AgencyGradesPart {
    pub(super) agency: String,
    pub(super) counts: GradeCells,
}

/// "7 of 9".
#[derive(Clone, Debug, Serialize)]
pub(super) struct ShareJson {
    pub(super) favourable: Count,
    pub(super) scored: Count,
    pub(super) words: Option<&'static str>,
    pub(super) percent: Option<PercentPart>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct PercentPart {
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ThemePart {
    pub(super) theme: String,
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) share: ShareJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) not_evidenced: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cases: Option<usize>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct HypothesisPart {
    pub(super) code: String,
    pub(super) text: String,
    pub(super) verdict: Option<Verdict>,
    pub(super) rationale: String,
}

/// By how binding the rules are. The three are never added up.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct TimescalesPart {
    pub(super) statutory: Vec<RulePart>,
    pub(super) local: Vec<RulePart>,
    pub(super) indicative: Vec<RulePart>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct RulePart {
    pub(super) rule: String,
    pub(super) title: String,
    pub(super) met: Count,
    pub(super) missed: Count,
    pub(super) one_convention_only: Count,
    pub(super) cannot_compute: Count,
    pub(super) no_limit: Count,
    /// How many were met, in a word, where the counts are hidden.
    pub(super) words: Option<&'static str>,
    /// Left out when published: a median of few is nearly a case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) days: Option<DaysPart>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct DaysPart {
    pub(super) cases: usize,
    pub(super) median: f64,
    pub(super) shortest: i64,
    pub(super) longest: i64,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct FindingPart {
    pub(super) number: u32,
    pub(super) kind: FindingKind,
    pub(super) theme: String,
    pub(super) text: String,
    pub(super) agencies: Vec<String>,
    pub(super) cases: Count,
    pub(super) questions: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ActionPart {
    pub(super) finding: Option<u32>,
    pub(super) what: String,
    pub(super) owner_agency: String,
    pub(super) owner_role: String,
    pub(super) due: Option<NaiveDate>,
    pub(super) status: ActionStatus,
    pub(super) overdue: bool,
    pub(super) evidence_of_impact: String,
    pub(super) updates: Vec<UpdatePart>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct UpdatePart {
    pub(super) at: String,
    pub(super) text: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ThemeAcrossPart {
    pub(super) theme: String,
    pub(super) name: String,
    pub(super) by_audit: Vec<AcrossPart>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct AcrossPart {
    pub(super) audit: String,
    #[serde(flatten)]
    pub(super) share: ShareJson,
}
