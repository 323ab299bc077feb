//! The pictures of the papers.

use super::PaperSource;
use super::words;
use crate::analysis::suppression::Cell;
use crate::domain::tool::{Scale, Tool};
use crate::exchange::chart::{BarRow, BarTable, Fill, HeatCell, HeatRow, HeatTable, Picture};
use crate::exchange::report::{AuditPart, GradeCells, Report, ShareJson};

/// What stands where a bar would give a child away.
const HIDDEN_BAR: &str = "small numbers, not shown";

impl PaperSource<'_> {
    /// The overall grades: each agency's own, and the panel's.
    pub(super) fn grades_chart(&self, audit: &AuditPart) -> Option<Picture> {
        let tool = self.register.tool_of(audit.record)?;
        let scale = tool.scale(&tool.grade_scale)?;
        if audit.removed.is_some() {
            return None;
        }
        let grades = &audit.grades;
        let mut rows: Vec<BarRow> = match &grades.by_agency {
            Some(agencies) => agencies
                .iter()
                .map(|part| bar(self.agency(&part.agency), &part.counts, None))
                .collect(),
            None => vec![bar(
                "All agencies",
                &grades.agencies.counts,
                grades.agencies.words,
            )],
        };
        rows.push(bar(
            "The panel’s judgement",
            &grades.panel.counts,
            grades.panel.words,
        ));
        let table = BarTable {
            title: "Overall grades: the agencies’ own, and the panel’s".into(),
            legend: legend(tool, scale),
            rows,
            note: None,
        };
        Some(table.draw())
    }

    /// How far the answers under each theme speak well of practice.
    pub(super) fn themes_chart(&self, audit: &AuditPart) -> Option<Picture> {
        let themes = audit.themes.iter();
        let rows: Vec<BarRow> = themes
            .map(|theme| share_bar(&theme.name, &theme.share))
            .collect();
        (!rows.is_empty()).then(|| {
            let table = BarTable {
                title: "Answers that count, by theme".into(),
                legend: vec![
                    (Fill::Good, "speak well of practice".into()),
                    (Fill::Mixed, "do not".into()),
                ],
                rows,
                note: None,
            };
            table.draw()
        })
    }
}

/// Themes across the audits of a report.
pub(super) fn heat(report: &Report) -> Option<Picture> {
    let audits = &report.audits;
    let cell = |audit: &AuditPart, parts: &[(String, ShareJson)]| {
        let own = parts.iter().find(|(id, _)| *id == audit.id);
        own.map_or(HeatCell::NotAsked, |(_, share)| heat_cell(share))
    };
    let rows: Vec<HeatRow> = report
        .themes
        .iter()
        .map(|theme| {
            let parts = theme.by_audit.iter();
            let parts: Vec<_> = parts
                .map(|part| (part.audit.clone(), part.share.clone()))
                .collect();
            HeatRow {
                label: theme.name.clone(),
                cells: audits.iter().map(|audit| cell(audit, &parts)).collect(),
            }
        })
        .filter(|row| row.cells.iter().any(|cell| *cell != HeatCell::NotAsked))
        .collect();
    (!rows.is_empty()).then(|| {
        let table = HeatTable {
            title: "Themes across the audits".into(),
            columns: audits.iter().map(|audit| audit.title.clone()).collect(),
            rows,
            note: None,
        };
        table.draw()
    })
}

fn heat_cell(share: &ShareJson) -> HeatCell {
    match (share.favourable.0, share.scored.0) {
        (Cell::Count(favourable), Cell::Count(scored)) => HeatCell::counted(favourable, scored),
        _ => HeatCell::Words(words::share(share)),
    }
}

fn legend(tool: &Tool, scale: &Scale) -> Vec<(Fill, String)> {
    let good = scale.values.iter().filter(|value| value.favourable).count();
    let values = scale.values.iter().enumerate();
    values
        .map(|(rank, value)| {
            let fill = Fill::of_rank(rank, good, scale.values.len());
            (fill, tool.grade_label(&value.id).to_owned())
        })
        .collect()
}

fn bar(label: &str, counts: &GradeCells, words: Option<&'static str>) -> BarRow {
    let cells = counts.0.iter();
    let shown: Option<Vec<usize>> = cells.map(|(_, count)| count.0.count()).collect();
    match (shown, words) {
        (Some(counts), _) => BarRow::counted(label, counts),
        (None, Some(words)) => BarRow::hidden(label, format!("good or better: {words}")),
        (None, None) => BarRow::hidden(label, HIDDEN_BAR),
    }
}

fn share_bar(label: &str, share: &ShareJson) -> BarRow {
    match (share.favourable.0, share.scored.0, share.words) {
        (Cell::Count(part), Cell::Count(whole), _) => {
            BarRow::counted(label, vec![part, whole.saturating_sub(part)])
        }
        (_, _, Some(words)) => BarRow::hidden(label, words),
        _ => BarRow::hidden(label, HIDDEN_BAR),
    }
}
