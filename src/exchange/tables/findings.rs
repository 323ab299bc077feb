//! Findings.

use super::{Table, TablesSource};
use crate::exchange::report::{AuditPart, FindingPart};

impl TablesSource<'_> {
    pub(super) fn findings(&self) -> Table {
        let rows = self.audits().flat_map(|audit| {
            audit.findings.iter().map(|finding| {
                vec![
                    (&audit.title).into(),
                    (finding.number as usize).into(),
                    finding.kind.label().into(),
                    self.theme(&finding.theme).into(),
                    (&finding.text).into(),
                    self.agencies(&finding.agencies).into(),
                    finding.cases.into(),
                    self.codes(audit, finding).into(),
                ]
            })
        });
        Table::new(
            "Findings",
            "What the panel found, in the order of the paper.",
        )
        .column("Audit", 28, "Title of the audit.")
        .column("Number", 9, "Number of the finding in its audit.")
        .column(
            "Kind",
            20,
            "Strength, area for improvement or practice concern.",
        )
        .column("Theme", 30, "The theme it is coded to.")
        .column("Finding", 80, "The finding.")
        .column("Agencies", 30, "Whom it concerns.")
        .column("Cases", 9, "How many cases of the sample it rests on.")
        .column(
            "Questions",
            18,
            "Printed codes of the questions it rests on.",
        )
        .rows(rows.collect::<Vec<_>>())
    }

    fn agencies(&self, codes: &[String]) -> String {
        if codes.is_empty() {
            return "All".into();
        }
        let names: Vec<&str> = codes
            .iter()
            .map(|code| self.register.agency_short(code))
            .collect();
        names.join(", ")
    }

    fn codes(&self, audit: &AuditPart, finding: &FindingPart) -> String {
        let tool = self.register.tool_of(audit.record);
        let codes: Vec<&str> = finding
            .questions
            .iter()
            .map(|id| {
                let question = tool.and_then(|tool| tool.question(id));
                question.map_or(id.as_str(), |question| question.code.as_str())
            })
            .collect();
        codes.join(", ")
    }
}
