//! The report. The order of the fields is the order in which they are written as JSON.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::attendance::PanelDayPart;
use super::cells::Count;
use crate::domain::action::{ActionStatus, DueTerm};
use crate::domain::audit::{AuditState, Scope, Verdict};
use crate::domain::dates::written_date;
use crate::domain::finding::FindingKind;
use crate::domain::id::RecordId;

/// What one audit, or a programme of audits, has to tell.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    pub(in crate::exchange) generator: GeneratorPart,
    pub(in crate::exchange) time: String,
    #[serde(skip)]
    pub(in crate::exchange) made: DateTime<Utc>,
    pub(in crate::exchange) by: String,
    pub(in crate::exchange) partnership: String,
    pub(in crate::exchange) worked_example: bool,
    pub(in crate::exchange) basis: &'static str,
    pub(in crate::exchange) filters: BTreeMap<&'static str, String>,
    pub(in crate::exchange) suppression: Option<SuppressionPart>,
    pub(in crate::exchange) audits: Vec<AuditPart>,
    pub(in crate::exchange) themes: Vec<ThemeAcrossPart>,
    /// Audits that a publication leaves out, since work on them still goes on.
    #[serde(skip)]
    pub(in crate::exchange) held_back: usize,
}

impl Report {
    /// The audit with this id.
    pub fn audit(&self, id: RecordId) -> Option<&AuditPart> {
        self.audits.iter().find(|audit| audit.record == id)
    }

    /// Its audits.
    pub fn audit_ids(&self) -> impl Iterator<Item = RecordId> {
        self.audits.iter().map(|audit| audit.record)
    }

    /// How many audits a publication leaves out, since their findings are not agreed yet.
    pub fn held_back(&self) -> usize {
        self.held_back
    }

    /// How many audits it holds.
    pub fn audits(&self) -> usize {
        self.audits.len()
    }
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct GeneratorPart {
    pub(in crate::exchange) name: &'static str,
    pub(in crate::exchange) version: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct SuppressionPart {
    pub(in crate::exchange) rule: String,
    pub(in crate::exchange) smallest_published: usize,
}

/// One audit.
#[derive(Clone, Debug, Serialize)]
pub struct AuditPart {
    #[serde(skip)]
    pub(in crate::exchange) record: RecordId,
    pub(in crate::exchange) id: String,
    pub(in crate::exchange) title: String,
    pub(in crate::exchange) tool: ToolPart,
    pub(in crate::exchange) state: AuditState,
    /// The forms are gone: the counts are those that were kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) removed: Option<RemovedPart>,
    pub(in crate::exchange) re_audit_of: Option<NamedPart>,
    pub(in crate::exchange) scope: ScopePart,
    pub(in crate::exchange) sample: SamplePart,
    pub(in crate::exchange) coverage: CoveragePart,
    pub(in crate::exchange) grades: GradesPart,
    pub(in crate::exchange) themes: Vec<ThemePart>,
    /// Not part of the BMG's JSON.
    #[serde(skip)]
    pub(in crate::exchange) questions: Vec<QuestionPart>,
    pub(in crate::exchange) hypotheses: Vec<HypothesisPart>,
    pub(in crate::exchange) timescales: TimescalesPart,
    pub(in crate::exchange) findings: Vec<FindingPart>,
    pub(in crate::exchange) actions: Vec<ActionPart>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::exchange) attendance: Vec<PanelDayPart>,
}

/// The day on which the forms were removed.
#[derive(Clone, Copy, Debug, Serialize)]
pub(in crate::exchange) struct RemovedPart(pub(in crate::exchange) NaiveDate);

impl RemovedPart {
    /// What a reader has to know of it.
    pub(in crate::exchange) fn in_words(self) -> String {
        format!(
            "Its forms were removed on {}, at the end of the time for which they are kept. Counts are \
those of that day; grades, single questions and timescales were not kept.",
            written_date(self.0)
        )
    }
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct ToolPart {
    pub(in crate::exchange) id: String,
    pub(in crate::exchange) title: String,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct NamedPart {
    pub(in crate::exchange) id: String,
    pub(in crate::exchange) title: String,
}

/// The scope as the record has it, except the size of the cohort, which is a count.
#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct ScopePart {
    #[serde(flatten)]
    pub(in crate::exchange) words: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) population: Option<Count>,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct SamplePart {
    pub(in crate::exchange) cases: Count,
    pub(in crate::exchange) agencies: Vec<AgencyPart>,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct AgencyPart {
    pub(in crate::exchange) code: String,
    pub(in crate::exchange) name: String,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct CoveragePart {
    pub(in crate::exchange) expected: Count,
    pub(in crate::exchange) submitted: Count,
    /// What was not submitted, apart; left out when published: it adds up with `submitted`.
    #[serde(flatten)]
    pub(in crate::exchange) rest: Option<NotSubmittedPart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) by_agency: Option<Vec<AgencyFormsPart>>,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct NotSubmittedPart {
    pub(in crate::exchange) not_known: usize,
    pub(in crate::exchange) declined: usize,
    pub(in crate::exchange) outstanding: usize,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct AgencyFormsPart {
    pub(in crate::exchange) agency: String,
    pub(in crate::exchange) expected: usize,
    pub(in crate::exchange) submitted: usize,
    #[serde(flatten)]
    pub(in crate::exchange) rest: NotSubmittedPart,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct GradesPart {
    pub(in crate::exchange) scale: String,
    pub(in crate::exchange) agencies: GradeRow,
    pub(in crate::exchange) panel: GradeRow,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) by_agency: Option<Vec<AgencyGradesPart>>,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct GradeRow {
    pub(in crate::exchange) counts: GradeCells,
    /// How much of it is favourable, in a word, where the counts are hidden.
    pub(in crate::exchange) words: Option<&'static str>,
}

/// Counts by grade, best first.
#[derive(Clone, Debug)]
pub(in crate::exchange) struct GradeCells(pub(in crate::exchange) Vec<(String, Count)>);

impl Serialize for GradeCells {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.0.iter().map(|(grade, count)| (grade, count)))
    }
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct AgencyGradesPart {
    pub(in crate::exchange) agency: String,
    pub(in crate::exchange) counts: GradeCells,
}

/// "7 of 9".
#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct ShareJson {
    pub(in crate::exchange) favourable: Count,
    pub(in crate::exchange) scored: Count,
    pub(in crate::exchange) words: Option<&'static str>,
    pub(in crate::exchange) percent: Option<PercentPart>,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct PercentPart {
    pub(in crate::exchange) value: f64,
    pub(in crate::exchange) low: f64,
    pub(in crate::exchange) high: f64,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct ThemePart {
    pub(in crate::exchange) theme: String,
    pub(in crate::exchange) name: String,
    #[serde(flatten)]
    pub(in crate::exchange) share: ShareJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) not_evidenced: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) cases: Option<usize>,
}

/// One question as one agency (or the panel) answered it; published, as all agencies together did.
#[derive(Clone, Debug)]
pub(in crate::exchange) struct QuestionPart {
    pub(in crate::exchange) question: String,
    pub(in crate::exchange) code: String,
    pub(in crate::exchange) text: String,
    pub(in crate::exchange) section: String,
    pub(in crate::exchange) theme: String,
    /// The agency's code; none for the panel and for all together.
    pub(in crate::exchange) agency: Option<String>,
    /// None where the question is not scored.
    pub(in crate::exchange) share: Option<ShareJson>,
    /// What is left out when published.
    pub(in crate::exchange) spread: Option<SpreadPart>,
}

/// How often each value was given, best first, and the two blanks apart.
#[derive(Clone, Debug)]
pub(in crate::exchange) struct SpreadPart {
    pub(in crate::exchange) values: Vec<(String, usize)>,
    pub(in crate::exchange) not_applicable: usize,
    pub(in crate::exchange) not_evidenced: usize,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct HypothesisPart {
    pub(in crate::exchange) code: String,
    pub(in crate::exchange) text: String,
    pub(in crate::exchange) verdict: Option<Verdict>,
    pub(in crate::exchange) rationale: String,
}

/// By how binding the rules are. The three are never added up.
#[derive(Clone, Debug, Default, Serialize)]
pub(in crate::exchange) struct TimescalesPart {
    pub(in crate::exchange) statutory: Vec<RulePart>,
    pub(in crate::exchange) local: Vec<RulePart>,
    pub(in crate::exchange) indicative: Vec<RulePart>,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct RulePart {
    pub(in crate::exchange) rule: String,
    pub(in crate::exchange) title: String,
    pub(in crate::exchange) met: Count,
    pub(in crate::exchange) missed: Count,
    pub(in crate::exchange) one_convention_only: Count,
    pub(in crate::exchange) cannot_compute: Count,
    pub(in crate::exchange) no_limit: Count,
    /// How many were met, in a word, where the counts are hidden.
    pub(in crate::exchange) words: Option<&'static str>,
    /// Left out when published: a median of few is nearly a case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) days: Option<DaysPart>,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct DaysPart {
    pub(in crate::exchange) cases: usize,
    pub(in crate::exchange) median: f64,
    pub(in crate::exchange) shortest: i64,
    pub(in crate::exchange) longest: i64,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct FindingPart {
    pub(in crate::exchange) id: String,
    pub(in crate::exchange) number: u32,
    pub(in crate::exchange) kind: FindingKind,
    pub(in crate::exchange) theme: String,
    pub(in crate::exchange) text: String,
    pub(in crate::exchange) agencies: Vec<String>,
    pub(in crate::exchange) cases: Count,
    pub(in crate::exchange) questions: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct ActionPart {
    pub(in crate::exchange) id: String,
    pub(in crate::exchange) finding: Option<u32>,
    pub(in crate::exchange) what: String,
    pub(in crate::exchange) owner_agency: String,
    pub(in crate::exchange) owner_role: String,
    pub(in crate::exchange) due_term: Option<DueTerm>,
    pub(in crate::exchange) due: Option<NaiveDate>,
    pub(in crate::exchange) status: ActionStatus,
    pub(in crate::exchange) overdue: bool,
    pub(in crate::exchange) evidence_of_impact: String,
    pub(in crate::exchange) updates: Vec<UpdatePart>,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct UpdatePart {
    pub(in crate::exchange) at: String,
    pub(in crate::exchange) text: String,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct ThemeAcrossPart {
    pub(in crate::exchange) theme: String,
    pub(in crate::exchange) name: String,
    pub(in crate::exchange) by_audit: Vec<AcrossPart>,
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::exchange) struct AcrossPart {
    pub(in crate::exchange) audit: String,
    /// As it stands in tables; JSON has the id.
    #[serde(skip)]
    pub(in crate::exchange) title: String,
    #[serde(flatten)]
    pub(in crate::exchange) share: ShareJson,
}
