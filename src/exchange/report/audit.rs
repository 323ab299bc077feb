//! One audit in the export.

use super::Source;
use super::cells::Count;
use super::contents::{
    AgencyFormsPart, AgencyGradesPart, AgencyPart, AuditPart, CoveragePart, DaysPart, GradeCells,
    GradeRow, GradesPart, NamedPart, NotSubmittedPart, RulePart, SamplePart, ScopePart, ThemePart,
    TimescalesPart, ToolPart,
};
use crate::analysis::AuditFacts;
use crate::analysis::coverage::{AuditCoverage, Coverage, coverage};
use crate::analysis::summary::{AuditSummary, GradeCounts, summary};
use crate::analysis::suppression::{Band, Cell, PublishedRow, PublishedShare, Suppression};
use crate::analysis::timescales::{RuleSummary, timescales};
use crate::domain::audit::{Audit, Scope};
use crate::domain::privacy::References;
use crate::domain::timescale::RuleKind;
use crate::domain::tool::{Scale, Tool};

/// The counts of one audit, for the parts.
pub(super) struct Counted<'a> {
    pub(super) scale: Option<&'a Scale>,
    pub(super) covered: AuditCoverage,
    pub(super) summary: AuditSummary,
}

impl Source<'_> {
    pub(super) fn audit(&self, facts: &AuditFacts) -> Option<AuditPart> {
        let (id, request) = (facts.audit, self.request);
        let audit = self.register.audits.get(&id)?;
        let tool = self.register.tool_of(id)?;
        let counted = Counted {
            scale: tool.scale(&tool.grade_scale),
            covered: coverage(self.register, id, request.filter),
            summary: summary(self.register, self.facts, id, request.basis, request.filter)?,
        };
        let references = References::of(self.register);
        let first = audit.re_audit_of;
        let first = first.and_then(|first| Some((first, self.register.audits.get(&first)?)));
        Some(AuditPart {
            record: id,
            id: id.to_string(),
            title: references.out_of(&audit.title),
            tool: ToolPart {
                id: tool.name(),
                title: tool.title.clone(),
            },
            state: audit.state,
            removed: None,
            re_audit_of: first.map(|(id, first)| NamedPart {
                id: id.to_string(),
                title: references.out_of(&first.title),
            }),
            scope: self.scope(audit, &references),
            sample: self.sample(audit, &counted),
            coverage: self.coverage(&counted),
            grades: self.grades(tool, &counted),
            themes: self.themes(&counted),
            questions: self.questions(tool, &counted),
            hypotheses: self.hypotheses(id, &references),
            timescales: self.timescales(facts),
            findings: self.findings(id, facts.cases.len(), &references),
            actions: self.actions(id, &references),
            attendance: self.attendance(id, &references),
        })
    }

    fn scope(&self, audit: &Audit, references: &References) -> ScopePart {
        let scope = audit.scope.clone();
        let population = scope.population.map(|count| count as usize);
        let words = |text: String| references.out_of(&text);
        ScopePart {
            population: population.map(|count| Count::of(count, self.hiding())),
            words: Scope {
                question: words(scope.question),
                cohort: words(scope.cohort),
                method: words(scope.method),
                children: words(scope.children),
                parents: words(scope.parents),
                carers: words(scope.carers),
                lead_role: words(scope.lead_role),
                from: scope.from,
                to: scope.to,
                due: scope.due,
                population: None,
                // Ids mean nothing outside the file.
                carried: Vec::new(),
            },
        }
    }

    fn sample(&self, audit: &Audit, counted: &Counted<'_>) -> SamplePart {
        let name = |code: &String| {
            let agency = self.register.agency(code);
            agency.map_or_else(|| code.clone(), |agency| agency.name.clone())
        };
        let agencies = audit.agencies.iter();
        SamplePart {
            cases: Count::of(counted.covered.cases, self.hiding()),
            agencies: agencies
                .map(|code| AgencyPart {
                    code: code.clone(),
                    name: name(code),
                })
                .collect(),
        }
    }

    fn coverage(&self, counted: &Counted<'_>) -> CoveragePart {
        let whole = counted.covered.whole;
        if let Some(rule) = self.hiding() {
            let (forms, _) = counted.forms_and_grades(rule);
            // Agencies times cases would give away a sample that is hidden.
            let sample = rule.is_open(counted.covered.cases);
            let cell = |cell: Cell| Count(if sample { cell } else { Cell::Hidden });
            return CoveragePart {
                expected: cell(forms.whole),
                submitted: cell(forms.part),
                rest: None,
                by_agency: None,
            };
        }
        let by_agency = counted.covered.by_agency.iter();
        CoveragePart {
            expected: Count::of(whole.expected, None),
            submitted: Count::of(whole.submitted, None),
            rest: Some(not_submitted(&whole)),
            by_agency: Some(
                by_agency
                    .map(|(agency, forms)| AgencyFormsPart {
                        agency: agency.clone(),
                        expected: forms.expected,
                        submitted: forms.submitted,
                        rest: not_submitted(forms),
                    })
                    .collect(),
            ),
        }
    }

    fn grades(&self, tool: &Tool, counted: &Counted<'_>) -> GradesPart {
        let together = counted.all_agencies();
        let panel = counted.in_order(&counted.summary.overall_panel);
        let (agencies, panel) = if let Some(rule) = self.hiding() {
            let (_, agencies) = counted.forms_and_grades(rule);
            let judged = panel.len();
            let mut parts = panel.clone();
            let graded: usize = panel.iter().sum();
            parts.push(counted.covered.cases.saturating_sub(graded));
            let panel = rule.row(&parts, counted.good(), judged);
            let row = |published: PublishedRow| GradeRow {
                counts: counted.cells(&published.parts),
                words: published.band.map(Band::words),
            };
            (row(agencies), row(panel))
        } else {
            let row = |counts: &[usize]| GradeRow {
                counts: counted.cells(&shown(counts)),
                words: None,
            };
            (row(&together), row(&panel))
        };
        let by_agency = counted.summary.overall.iter();
        let by_agency = by_agency.map(|(agency, counts)| AgencyGradesPart {
            agency: agency.clone(),
            counts: counted.cells(&shown(&counted.in_order(counts))),
        });
        GradesPart {
            scale: tool.grade_scale.clone(),
            agencies,
            panel,
            by_agency: self.hiding().is_none().then(|| by_agency.collect()),
        }
    }

    fn themes(&self, counted: &Counted<'_>) -> Vec<ThemePart> {
        let whole = self.hiding().is_none();
        let themes = counted.summary.themes.iter();
        themes
            .map(|theme| ThemePart {
                theme: theme.id.clone(),
                name: self.theme_name(&theme.id),
                share: self.theme_share(theme, counted.covered.cases),
                not_evidenced: whole.then_some(theme.not_evidenced),
                cases: whole.then_some(theme.cases),
            })
            .collect()
    }

    fn timescales(&self, facts: &AuditFacts) -> TimescalesPart {
        let local = self.register.partnership();
        let local = local.and_then(|partnership| partnership.local_rules.as_deref());
        let mut parts = TimescalesPart::default();
        for rule in timescales(facts, self.catalogue, local, self.request.filter) {
            let list = match rule.kind {
                RuleKind::Statutory => &mut parts.statutory,
                RuleKind::Local => &mut parts.local,
                RuleKind::Indicative => &mut parts.indicative,
            };
            list.push(self.rule(&rule));
        }
        parts
    }

    fn rule(&self, rule: &RuleSummary) -> RulePart {
        let parts = [
            rule.met,
            rule.missed,
            rule.one_convention_only,
            rule.cannot_compute,
            rule.no_limit,
        ];
        let hiding = self.hiding();
        let open = hiding.is_none_or(|hiding| hiding.row_is_open(&parts));
        let band = hiding.and_then(|hiding| hiding.row(&parts, 1, 3).band);
        let cell = |at: usize| Count(Cell::shown(parts[at], open));
        RulePart {
            rule: rule.rule.clone(),
            title: rule.title.clone(),
            met: cell(0),
            missed: cell(1),
            one_convention_only: cell(2),
            cannot_compute: cell(3),
            no_limit: cell(4),
            words: band.map(Band::words),
            days: rule.days.filter(|_| hiding.is_none()).map(|days| DaysPart {
                cases: days.cases,
                median: days.median,
                shortest: days.shortest,
                longest: days.longest,
            }),
        }
    }
}

impl Counted<'_> {
    /// Counts in the order of the scale, best first.
    fn in_order(&self, counts: &GradeCounts) -> Vec<usize> {
        let values = self.scale.map_or(&[][..], |scale| &scale.values);
        let values = values.iter();
        values
            .map(|value| counts.get(&value.id).copied().unwrap_or(0))
            .collect()
    }

    /// How many grades of the scale, from the best, are favourable.
    fn good(&self) -> usize {
        let values = self.scale.map_or(&[][..], |scale| &scale.values);
        values.iter().take_while(|value| value.favourable).count()
    }

    fn all_agencies(&self) -> Vec<usize> {
        let mut together = GradeCounts::new();
        for (_, counts) in &self.summary.overall {
            for (grade, count) in counts {
                *together.entry(grade.clone()).or_default() += count;
            }
        }
        self.in_order(&together)
    }

    fn forms_and_grades(&self, rule: Suppression) -> (PublishedShare, PublishedRow) {
        let grades = self.all_agencies();
        let forms = self.covered.whole;
        let graded: usize = grades.iter().sum();
        rule.forms_and_grades(
            &grades,
            self.good(),
            forms.submitted.saturating_sub(graded),
            forms.expected.saturating_sub(forms.submitted),
        )
    }

    fn cells(&self, counts: &[Cell]) -> GradeCells {
        let values = self.scale.map_or(&[][..], |scale| &scale.values);
        let counts = values.iter().zip(counts);
        GradeCells(
            counts
                .map(|(value, count)| (value.id.clone(), Count(*count)))
                .collect(),
        )
    }
}

fn shown(counts: &[usize]) -> Vec<Cell> {
    counts.iter().map(|count| Cell::Count(*count)).collect()
}

fn not_submitted(forms: &Coverage) -> NotSubmittedPart {
    NotSubmittedPart {
        not_known: forms.not_known,
        declined: forms.declined,
        outstanding: forms.outstanding,
    }
}
