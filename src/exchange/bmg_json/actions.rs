//! Findings, hypotheses and actions: sentences that people wrote, with case references taken out.

use super::Source;
use super::cells::Count;
use super::contents::{ActionPart, FindingPart, HypothesisPart, UpdatePart};
use crate::analysis::suppression::{Cell, row_is_open};
use crate::domain::action::Action;
use crate::domain::finding::Finding;
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::domain::revision::written_instant;

/// What stands for a case reference in a sentence.
const A_CASE: &str = "[case]";

/// Shorter references could be an ordinary word or number.
const SHORTEST_REPLACED: usize = 4;

/// Takes the references of cases out of sentences.
pub(in crate::exchange) struct References(Vec<String>);

impl References {
    /// The references of every case in the document: a finding may look back at another audit.
    pub(in crate::exchange) fn of(register: &Register) -> Self {
        let cases = register.cases.values();
        let mut references: Vec<String> = cases
            .map(|case| case.reference.clone())
            .filter(|reference| reference.len() >= SHORTEST_REPLACED)
            .collect();
        // NEG20-041 before NEG20-04: the longer one would be left in half.
        references.sort_by_key(|reference| std::cmp::Reverse(reference.len()));
        Self(references)
    }

    /// The sentence without references.
    pub(in crate::exchange) fn out_of(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for reference in &self.0 {
            if text.contains(reference.as_str()) {
                text = text.replace(reference.as_str(), A_CASE);
            }
        }
        text
    }
}

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
        let findings = self.register.findings.values();
        let mut own: Vec<&Finding> = findings.filter(|finding| finding.audit == audit).collect();
        own.sort_by_key(|finding| finding.number);
        own.into_iter()
            .map(|finding| FindingPart {
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
        let cases = finding.cases.len();
        let open = row_is_open(&[cases, sample.saturating_sub(cases)]);
        Count(Cell::shown(cases, open || !self.publish()))
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
            finding: finding.map(|finding| finding.number),
            what: references.out_of(&action.what),
            owner_agency: action.owner_agency.clone(),
            owner_role: action.owner_role.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_taken_out_whole() {
        let references = References(vec!["NEG20-041".into(), "NEG20-04".into()]);
        let text = "In NEG20-041 and (NEG20-04) nobody asked.";
        assert_eq!(
            references.out_of(text),
            "In [case] and ([case]) nobody asked."
        );
    }
}
