//! What findings rest on, as it stands: marked answers, and what changed since a finding was kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Session;
use super::worker::Request;
use crate::analysis::suggestions::Marked;
use crate::domain::answer::Flag;
use crate::domain::concern::ConcernFollowUp;
use crate::domain::id::RecordId;

/// A judgement or answer under a finding that is another than when the finding was last kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The case.
    pub case: RecordId,
    /// The agency whose answer it is; `None` for the panel's judgement.
    pub agency: Option<String>,
    /// The question; `None` for the overall grade.
    pub question: Option<String>,
    /// What it said, in words.
    pub before: String,
    /// What it says.
    pub after: String,
}

/// The evidence of a whole register.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Answers marked as good practice or practice concern.
    pub marks: Vec<Marked>,
    /// The findings under which something changed.
    pub changed: BTreeMap<RecordId, Vec<Changed>>,
}

/// A practice concern of an audit: an answer marked so, or a safety stop.
#[derive(Clone, Debug, PartialEq)]
pub struct Concern {
    /// The case.
    pub case: RecordId,
    /// The agency's code.
    pub agency: String,
    /// The form.
    pub form: RecordId,
    /// The question; of a safety stop, the safety question.
    pub question: String,
    /// Whether the form was stopped because the child might not be safe.
    pub is_stop: bool,
    /// What worries the agency.
    pub words: String,
}

impl Session {
    /// What findings rest on, as far as it is read.
    pub fn evidence(&self) -> Option<&Arc<Evidence>> {
        self.evidence.as_ref()
    }

    /// Asks for the evidence, unless it is up to date; [`super::Notice::EvidenceRead`] follows.
    pub fn read_evidence(&mut self) {
        if self.evidence.is_none() || self.evidence_at != self.revision {
            self.evidence_at = self.revision;
            self.worker.send(Request::ReadEvidence);
        }
    }

    /// The practice concerns of an audit: safety stops first (those opened in error left out), then
    /// marked answers by case. Marks are known once the evidence is read.
    pub fn concerns(&self, audit: RecordId) -> Vec<Concern> {
        let mut concerns = self.stopped(audit);
        let stops = concerns.len();
        let marks = self.evidence.iter().flat_map(|evidence| &evidence.marks);
        let marked = marks.filter(|mark| mark.audit == audit && mark.flag == Flag::PracticeConcern);
        for mark in marked {
            let mut known = concerns[..stops].iter();
            if !known.any(|stop| stop.form == mark.form && stop.question == mark.question) {
                concerns.push(Concern {
                    case: mark.case,
                    agency: mark.agency.clone(),
                    form: mark.form,
                    question: mark.question.clone(),
                    is_stop: false,
                    words: mark.words.clone(),
                });
            }
        }
        let reference = |concern: &Concern| {
            let case = self.register.cases.get(&concern.case);
            case.map(|case| case.reference.clone())
        };
        concerns.sort_by_cached_key(|concern| (!concern.is_stop, reference(concern)));
        concerns
    }

    fn stopped(&self, audit: RecordId) -> Vec<Concern> {
        let tool = self.register.tool_of(audit);
        let Some(question) = tool.and_then(|tool| tool.safety_question.clone()) else {
            return Vec::new();
        };
        let stops = self.register.safety_stops.values();
        stops
            .filter(|stop| stop.opened_in_error.trim().is_empty())
            .filter_map(|stop| {
                let (own, agency, case) = self.register.place_of(stop.form)?;
                (own == audit).then(|| Concern {
                    case,
                    agency: agency.to_owned(),
                    form: stop.form,
                    question: question.clone(),
                    is_stop: true,
                    words: String::new(),
                })
            })
            .collect()
    }

    /// How a concern is followed up, as far as anything is recorded.
    pub fn follow_up(&self, concern: &Concern) -> Option<&ConcernFollowUp> {
        let id = ConcernFollowUp::id(concern.form, &concern.question);
        self.register.concern_follow_ups.get(&id)
    }

    /// How many practice concerns of an audit are not followed up yet.
    pub fn open_concerns(&self, audit: RecordId) -> usize {
        let concerns = self.concerns(audit).into_iter();
        let complete = |concern: &Concern| {
            self.follow_up(concern)
                .is_some_and(ConcernFollowUp::is_complete)
        };
        concerns.filter(|concern| !complete(concern)).count()
    }

    /// The findings of an audit under which something changed.
    pub fn flagged(&self, audit: RecordId) -> Vec<RecordId> {
        let changed = self
            .evidence
            .iter()
            .flat_map(|evidence| evidence.changed.keys());
        let of_audit = |id: &&RecordId| {
            self.register
                .findings
                .get(id)
                .is_some_and(|finding| finding.audit == audit)
        };
        changed.filter(of_audit).copied().collect()
    }

    /// What changed under a finding since it was kept.
    pub fn changed_under(&self, finding: RecordId) -> &[Changed] {
        let evidence = self.evidence.as_ref();
        evidence
            .and_then(|evidence| evidence.changed.get(&finding))
            .map_or(&[], Vec::as_slice)
    }

    /// How many actions of an audit are overdue today.
    pub fn overdue(&self, audit: RecordId) -> usize {
        let today = self.now().date_naive();
        let actions = self.register.actions.values();
        actions
            .filter(|action| action.audit == audit && action.is_overdue(today))
            .count()
    }
}
