//! Tables and lists that several papers share.

use super::{PaperSource, due, owner, words};
use crate::domain::audit::Verdict;
use crate::exchange::document::{Grid, Paper, TO_BE_COMPLETED};
use crate::exchange::report::{ActionPart, AuditPart, FindingPart, RulePart};

impl<'a> PaperSource<'a> {
    /// Forms expected and received, agency by agency; together when published.
    pub(super) fn coverage_table(&self, paper: &mut Paper, audit: &'a AuditPart) {
        let Some(agencies) = &audit.coverage.by_agency else {
            return;
        };
        let mut grid = Grid::headed(&[
            ("Agency", 13),
            ("Expected", 6),
            ("Submitted", 6),
            ("Not known", 5),
            ("Declined", 6),
            ("Outstanding", 7),
        ]);
        for part in agencies {
            let counts = [
                part.expected,
                part.submitted,
                part.rest.not_known,
                part.rest.declined,
                part.rest.outstanding,
            ];
            let name = self.agency(&part.agency).to_owned();
            grid.row(std::iter::once(name).chain(counts.map(|count| count.to_string())));
        }
        paper.table(grid, "No agency takes part.");
    }

    /// Themes with "7 of 9".
    pub(super) fn themes_table(&self, paper: &mut Paper, audit: &'a AuditPart) {
        let mut grid = Grid::headed(&[
            ("Theme", 6),
            ("Speak well of practice", 3),
            ("Share (95 % interval)", 3),
        ]);
        for theme in &audit.themes {
            grid.row([
                theme.name.clone(),
                words::share(&theme.share),
                words::percent(&theme.share),
            ]);
        }
        paper.table(grid, "Nothing was scored.");
    }

    /// What the audit set out to test, and what came of it.
    pub(super) fn hypotheses_table(&self, paper: &mut Paper, audit: &'a AuditPart) {
        let mut grid = Grid::headed(&[("Hypothesis", 4), ("Verdict", 2), ("Why", 5)]);
        for hypothesis in &audit.hypotheses {
            let verdict = hypothesis.verdict.map_or(TO_BE_COMPLETED, Verdict::label);
            grid.row([
                format!("{}: {}", hypothesis.code, hypothesis.text),
                verdict.to_owned(),
                hypothesis.rationale.clone(),
            ]);
        }
        paper.table(grid, "The audit set out to test no hypothesis.");
    }

    /// Timescales by how binding they are, never added up.
    pub(super) fn timescales_table(&self, paper: &mut Paper, audit: &'a AuditPart) {
        let mut grid = Grid::headed(&[
            ("Timescale", 11),
            ("Binding", 6),
            ("Met", 3),
            ("Missed", 5),
            ("One way only", 4),
            ("Cannot compute", 5),
            ("No limit", 4),
        ]);
        let kinds = [
            ("Statutory", &audit.timescales.statutory),
            ("Local", &audit.timescales.local),
            ("Indicative", &audit.timescales.indicative),
        ];
        for (kind, rules) in kinds {
            for rule in rules {
                grid.row(rule_row(kind, rule));
            }
        }
        paper.table(grid, "No timescale could be read from the dates asked for.");
    }

    /// A finding in a sentence, with its number and how many cases it rests on.
    pub(super) fn finding_line(&self, finding: &'a FindingPart) -> String {
        let about: Vec<&str> = finding
            .agencies
            .iter()
            .map(|code| self.register.agency_short(code))
            .collect();
        let about = if about.is_empty() {
            String::new()
        } else {
            format!("; {}", words::listed(&about))
        };
        format!(
            "{} (finding {}; {}{about})",
            finding.text,
            finding.number,
            self.theme(&finding.theme)
        )
    }

    /// What will change.
    pub(super) fn actions_table(&self, paper: &mut Paper, actions: &[&'a ActionPart]) {
        let mut grid = Grid::headed(&[
            ("Finding", 6),
            ("What will change", 15),
            ("Owner", 8),
            ("Due", 7),
            ("How we will know", 13),
            ("Status", 7),
        ]);
        for action in actions {
            let finding = action.finding;
            grid.row([
                finding.map_or_else(String::new, |number| number.to_string()),
                action.what.clone(),
                owner(self, action),
                due(action),
                evidence(action),
                action.status.label().to_owned(),
            ]);
        }
        paper.table(grid, "No action has been agreed yet.");
    }
}

fn evidence(action: &ActionPart) -> String {
    if action.evidence_of_impact.is_empty() {
        TO_BE_COMPLETED.to_owned()
    } else {
        action.evidence_of_impact.clone()
    }
}

fn rule_row(kind: &str, rule: &RulePart) -> Vec<String> {
    let title = match rule.words {
        Some(words) => format!("{} ({words} met)", rule.title),
        None => rule.title.clone(),
    };
    let counts = [
        rule.met,
        rule.missed,
        rule.one_convention_only,
        rule.cannot_compute,
        rule.no_limit,
    ];
    [title, kind.to_owned()]
        .into_iter()
        .chain(counts.map(words::count))
        .collect()
}
