//! What the export is: from whom, when, of what, on which basis, with what hidden.

use super::{Field, Table, TablesSource};

impl TablesSource<'_> {
    pub(super) fn about(&self) -> Table {
        let report = self.report;
        let filters: Vec<String> = report
            .filters
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        let mut rows: Vec<(&str, Field)> = vec![
            ("Partnership", (&report.partnership).into()),
            ("Made by", (&report.by).into()),
            ("Made at (UTC)", (&report.time).into()),
            (
                "Made with",
                format!("{} {}", report.generator.name, report.generator.version).into(),
            ),
            ("Basis", basis_in_words(report.basis).into()),
            ("Filters", none_or(&filters).into()),
            ("Always whole", ALWAYS_WHOLE.into()),
            ("Free text of forms", self.notes_in_words().into()),
            ("Small numbers", self.hiding_in_words().into()),
            ("Percentages", PERCENTAGES.into()),
        ];
        if report.worked_example {
            rows.push((
                "Worked example",
                "Every case in this file is invented.".into(),
            ));
        }
        for audit in self.audits() {
            rows.push(("Audit", (&audit.title).into()));
            rows.push((
                "Tool",
                format!("{} ({})", audit.tool.title, audit.tool.id).into(),
            ));
            rows.push(("State", audit.state.label().into()));
            if let Some(removed) = audit.removed {
                rows.push(("Forms", removed.in_words().into()));
            }
        }
        let (what, value) = ("What is said about the export.", "What it says.");
        Table::new("About", "What this export is.")
            .column("About", 22, what)
            .column("Value", 100, value)
            .rows(
                rows.into_iter()
                    .map(|(name, value)| vec![name.into(), value]),
            )
    }

    fn notes_in_words(&self) -> &'static str {
        match (self.answers.is_some(), self.with_notes) {
            (true, true) => "Included: as confidential as the register itself.",
            (true, false) => "Left out.",
            (false, _) => "Left out, and so are all answers case by case.",
        }
    }

    fn hiding_in_words(&self) -> &str {
        let rule = self.report.suppression.as_ref();
        rule.map_or(
            "Not hidden: for the subgroup only, not for publishing.",
            |part| &part.rule,
        )
    }
}

const PERCENTAGES: &str = "Only of 20 answers or more, with Wilson’s 95 % interval, which takes every answer as one of its own: several are about the same child, so less is known than it says. Grades are never averaged.";

/// What no filter reaches.
pub(in crate::exchange) const ALWAYS_WHOLE: &str = "Findings, hypotheses and actions, with the number of cases behind them, are those of the whole audit, whatever the filters.";

/// Whose answers are counted.
pub(in crate::exchange) fn basis_in_words(basis: &str) -> &'static str {
    if basis == "panel" {
        "The panel’s judgements"
    } else {
        "The agencies’ answers on submitted forms"
    }
}

fn none_or(filters: &[String]) -> String {
    if filters.is_empty() {
        "None".into()
    } else {
        filters.join("; ")
    }
}
