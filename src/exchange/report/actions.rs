//! Findings, hypotheses and actions: sentences that people wrote, with case references taken out.

use std::collections::BTreeSet;

use super::Source;
use super::cells::Count;
use super::contents::{ActionPart, FindingPart, HypothesisPart, UpdatePart};
use crate::analysis::suppression::Cell;
use crate::domain::action::Action;
use crate::domain::finding::Finding;
use crate::domain::id::RecordId;
use crate::domain::privacy::References;
use crate::domain::revision::written_instant;

impl Source<'_> {
    pub(super) fn hypotheses(
        &self,
        audit: RecordId,
        references: &References,
    ) -> Vec<HypothesisPart> {
        let hypotheses = self.register.hypotheses_of(audit).into_iter();
        hypotheses
            .map(|(_, hypothesis)| HypothesisPart {
                code: hypothesis.code.clone(),
                text: references.out_of(&hypothesis.text),
                verdict: hypothesis.verdict,
                rationale: references.out_of(&hypothesis.rationale),
            })
            .collect()
    }

    pub(super) fn findings(
        &self,
        audit: RecordId,
        sample: usize,
        references: &References,
    ) -> Vec<FindingPart> {
        let findings = self.register.findings.iter();
        let mut own: Vec<_> = findings
            .filter(|(_, finding)| finding.audit == audit)
            .collect();
        own.sort_by_key(|(_, finding)| finding.number);
        own.into_iter()
            .map(|(id, finding)| FindingPart {
                id: id.to_string(),
                number: finding.number,
                kind: finding.kind,
                theme: finding.theme.clone(),
                text: references.out_of(&finding.text),
                agencies: finding.agencies.clone(),
                cases: self.cases_behind(finding, sample),
                questions: finding.questions.clone(),
            })
            .collect()
    }

    /// How many of the sample a finding rests on.
    fn cases_behind(&self, finding: &Finding, sample: usize) -> Count {
        let cases = self.distinct_cases(finding);
        let parts = [cases, sample.saturating_sub(cases)];
        let open = self.hiding().is_none_or(|rule| rule.row_is_open(&parts));
        Count(Cell::shown(cases, open))
    }

    /// The cases it rests on, each once: those that are in the audit, or were when its forms were
    /// removed.
    fn distinct_cases(&self, finding: &Finding) -> usize {
        let removal = self.removal(finding.audit);
        let counts = |id: &RecordId| {
            let case = self.register.cases.get(id);
            case.is_some_and(|case| case.audit == finding.audit)
                || removal.is_some_and(|removal| removal.places.contains(id))
        };
        let cases: BTreeSet<&RecordId> = finding.cases.iter().filter(|id| counts(id)).collect();
        cases.len()
    }

    pub(super) fn actions(&self, audit: RecordId, references: &References) -> Vec<ActionPart> {
        let actions = self.register.actions.iter();
        let own = actions.filter(|(_, action)| action.audit == audit);
        own.map(|(id, action)| self.action(*id, action, references))
            .collect()
    }

    fn action(&self, id: RecordId, action: &Action, references: &References) -> ActionPart {
        let finding = action.finding;
        let finding = finding.and_then(|finding| self.register.findings.get(&finding));
        let updates = self.register.action_updates.values();
        let mut updates: Vec<_> = updates.filter(|update| update.action == id).collect();
        updates.sort_by_key(|update| update.at);
        ActionPart {
            id: id.to_string(),
            finding: finding.map(|finding| finding.number),
            what: references.out_of(&action.what),
            owner_agency: action.owner_agency.clone(),
            owner_role: references.out_of(&action.owner_role),
            due_term: action.due_term,
            due: action.due,
            status: action.status,
            overdue: action.is_overdue(self.today()),
            evidence_of_impact: references.out_of(&action.evidence_of_impact),
            updates: updates
                .into_iter()
                .map(|update| UpdatePart {
                    at: written_instant(update.at),
                    text: references.out_of(&update.text),
                })
                .collect(),
        }
    }
}
