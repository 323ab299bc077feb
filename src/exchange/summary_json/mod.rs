//! `goldthread/summary/1`: the summary of one audit or of all, and the themes across them, as JSON.

mod agreement;
mod comparison;
mod panel_changes;
mod partnerships;

use std::collections::BTreeMap;

use serde::Serialize;

use agreement::AgreementPart;
use comparison::ComparisonPart;
use panel_changes::PanelChangesPart;
use partnerships::PartnershipPart;

use crate::analysis::comparison::re_audit;
use crate::analysis::coverage::{Coverage, coverage};
use crate::analysis::interval::share;
use crate::analysis::several::PartnershipThemes;
use crate::analysis::summary::{
    AuditSummary, GradeCounts, Heading, QuestionTally, ThemeAcross, summary, themes_of_summaries,
};
use crate::analysis::timescales::{RuleSummary, timescales};
use crate::analysis::unknown::unknown;
use crate::analysis::{AuditFacts, Basis, Facts, Filter};
use crate::domain::catalogue::Catalogue;
use crate::domain::id::RecordId;
use crate::domain::register::Register;

/// Name and version of the format.
pub const SCHEMA: &str = "goldthread/summary/1";

/// The whole summary.
#[derive(Clone, Debug, Serialize)]
pub struct SummaryFile {
    schema: &'static str,
    basis: &'static str,
    worked_example: bool,
    audits: Vec<AuditPart>,
    themes: Vec<ThemePart>,
    partnerships: Vec<PartnershipPart>,
}

/// Something that cannot be known of an audit.
#[derive(Clone, Debug, Serialize)]
struct UnknownPart {
    what: &'static str,
    words: String,
}

#[derive(Clone, Debug, Serialize)]
struct AuditPart {
    id: String,
    title: String,
    tool: String,
    cases: usize,
    forms: FormsPart,
    overall: Vec<OverallPart>,
    overall_panel: CountsPart,
    questions: Vec<QuestionPart>,
    sections: Vec<SectionPart>,
    themes: Vec<HeadingPart>,
    agreement: AgreementPart,
    panel_changes: PanelChangesPart,
    timescales: Vec<TimescalePart>,
    cannot_be_known: Vec<UnknownPart>,
    compared_with: Option<String>,
    comparison: Option<ComparisonPart>,
}

#[derive(Clone, Debug, Serialize)]
struct FormsPart {
    expected: usize,
    submitted: usize,
    not_known: usize,
    declined: usize,
    outstanding: usize,
}

#[derive(Clone, Debug, Serialize)]
struct OverallPart {
    agency: String,
    counts: GradeCounts,
}

#[derive(Clone, Debug, Serialize)]
struct CountsPart {
    counts: GradeCounts,
}

#[derive(Clone, Debug, Serialize)]
struct QuestionPart {
    question: String,
    theme: String,
    agency: Option<String>,
    counts: BTreeMap<String, usize>,
    not_applicable: usize,
    not_evidenced: usize,
    scored: usize,
    favourable: usize,
}

#[derive(Clone, Debug, Serialize)]
struct HeadingPart {
    theme: String,
    scored: usize,
    favourable: usize,
    not_applicable: usize,
    not_evidenced: usize,
    cases: usize,
    share: Option<SharePart>,
}

#[derive(Clone, Debug, Serialize)]
struct SectionPart {
    section: String,
    scored: usize,
    favourable: usize,
    not_applicable: usize,
    not_evidenced: usize,
    cases: usize,
    share: Option<SharePart>,
}

/// A share with its 95 % interval.
#[derive(Clone, Copy, Debug, Serialize)]
struct SharePart {
    value: f64,
    low: f64,
    high: f64,
}

/// Three decimals: already more than such samples can bear.
fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

#[derive(Clone, Debug, Serialize)]
struct TimescalePart {
    rule: String,
    kind: crate::domain::timescale::RuleKind,
    met: usize,
    missed: usize,
    one_convention_only: usize,
    cannot_compute: usize,
    no_limit: usize,
    days: Option<DaysPart>,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct DaysPart {
    cases: usize,
    median: f64,
    shortest: i64,
    longest: i64,
}

#[derive(Clone, Debug, Serialize)]
struct ThemePart {
    theme: String,
    by_audit: Vec<AcrossPart>,
}

#[derive(Clone, Debug, Serialize)]
struct AcrossPart {
    audit: String,
    scored: usize,
    favourable: usize,
}

impl SummaryFile {
    /// Its text.
    pub fn text(&self) -> String {
        // Plain structs with text keys: writing them cannot fail.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// Sums up `only` one audit, or all in time order. Themes across audits always cover all of them:
/// one audit alone has nothing to be compared with. `others` are other partnerships' themes.
pub fn summary_file(
    register: &Register,
    catalogue: &Catalogue,
    facts: &Facts,
    only: Option<RecordId>,
    basis: Basis,
    others: &[PartnershipThemes],
) -> SummaryFile {
    let everything = Filter::default();
    let audits = facts.audits.iter().map(|audit| audit.audit);
    let counted = audits.filter_map(|audit| summary(register, facts, audit, basis, &everything));
    let counted: Vec<AuditSummary> = counted.collect();
    let across = themes_of_summaries(&counted);
    let wanted = counted
        .into_iter()
        .filter(|own| only.is_none_or(|only| own.audit == only));
    let part = |counted: AuditSummary| {
        let audit = facts.audit(counted.audit)?;
        audit_part(register, catalogue, facts, audit, counted)
    };
    SummaryFile {
        schema: SCHEMA,
        basis: basis.name(),
        worked_example: register.is_worked_example(),
        audits: wanted.filter_map(part).collect(),
        themes: across.into_iter().map(theme_part).collect(),
        partnerships: others.iter().map(partnerships::part).collect(),
    }
}

fn audit_part(
    register: &Register,
    catalogue: &Catalogue,
    all: &Facts,
    facts: &AuditFacts,
    counted: AuditSummary,
) -> Option<AuditPart> {
    let audit = register.audits.get(&facts.audit)?;
    let everything = Filter::default();
    let covered = coverage(register, facts.audit, &everything);
    let local = register
        .partnership()
        .and_then(|partnership| partnership.local_rules.as_deref());
    let rules = timescales(facts, catalogue, local, &everything);
    let overall = |(agency, counts)| OverallPart { agency, counts };
    Some(AuditPart {
        id: facts.audit.to_string(),
        title: audit.title.clone(),
        tool: audit.tool.clone(),
        cases: covered.cases,
        forms: forms_part(&covered.whole),
        overall: counted.overall.into_iter().map(overall).collect(),
        overall_panel: CountsPart {
            counts: counted.overall_panel,
        },
        questions: counted.questions.into_iter().map(question_part).collect(),
        sections: counted.sections.into_iter().map(section_part).collect(),
        themes: counted.themes.into_iter().map(heading_part).collect(),
        agreement: agreement::part(facts),
        panel_changes: panel_changes::part(register, facts),
        timescales: rules.iter().map(timescale_part).collect(),
        cannot_be_known: unknown(register, facts)
            .into_iter()
            .map(|own| UnknownPart {
                what: own.what,
                words: own.words,
            })
            .collect(),
        compared_with: audit.re_audit_of.map(|first| first.to_string()),
        comparison: re_audit(register, all, facts.audit, counted.basis, &everything)
            .map(comparison::part),
    })
}

fn forms_part(coverage: &Coverage) -> FormsPart {
    FormsPart {
        expected: coverage.expected,
        submitted: coverage.submitted,
        not_known: coverage.not_known,
        declined: coverage.declined,
        outstanding: coverage.outstanding,
    }
}

fn question_part(row: QuestionTally) -> QuestionPart {
    QuestionPart {
        question: row.question,
        theme: row.theme,
        agency: row.agency,
        counts: row.tally.counts,
        not_applicable: row.tally.not_applicable,
        not_evidenced: row.tally.not_evidenced,
        scored: row.tally.scored,
        favourable: row.tally.favourable,
    }
}

fn heading_part(heading: Heading) -> HeadingPart {
    HeadingPart {
        share: share_part(&heading),
        theme: heading.id,
        scored: heading.scored,
        favourable: heading.favourable,
        not_applicable: heading.not_applicable,
        not_evidenced: heading.not_evidenced,
        cases: heading.cases,
    }
}

fn section_part(heading: Heading) -> SectionPart {
    SectionPart {
        share: share_part(&heading),
        section: heading.id,
        scored: heading.scored,
        favourable: heading.favourable,
        not_applicable: heading.not_applicable,
        not_evidenced: heading.not_evidenced,
        cases: heading.cases,
    }
}

fn share_part(heading: &Heading) -> Option<SharePart> {
    let share = share(heading.favourable, heading.scored)?;
    Some(SharePart {
        value: rounded(share.value),
        low: rounded(share.low),
        high: rounded(share.high),
    })
}

fn timescale_part(rule: &RuleSummary) -> TimescalePart {
    TimescalePart {
        rule: rule.rule.clone(),
        kind: rule.kind,
        met: rule.met,
        missed: rule.missed,
        one_convention_only: rule.one_convention_only,
        cannot_compute: rule.cannot_compute,
        no_limit: rule.no_limit,
        days: rule.days.map(|days| DaysPart {
            cases: days.cases,
            median: days.median,
            shortest: days.shortest,
            longest: days.longest,
        }),
    }
}

fn theme_part(theme: ThemeAcross) -> ThemePart {
    let asked = theme.by_audit.into_iter();
    ThemePart {
        theme: theme.theme,
        by_audit: asked
            .filter_map(|(audit, heading)| {
                let heading = heading?;
                Some(AcrossPart {
                    audit: audit.to_string(),
                    scored: heading.scored,
                    favourable: heading.favourable,
                })
            })
            .collect(),
    }
}
