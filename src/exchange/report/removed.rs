//! An audit whose forms were removed at the end of their retention: the counts that were kept stand
//! for them. Nothing else of the forms is known, and what is not known is never 0.

use super::Source;
use super::cells::Count;
use super::contents::{
    AuditPart, CoveragePart, GradeCells, GradeRow, NotSubmittedPart, RemovedPart, ShareJson,
    ThemePart, TimescalesPart,
};
use crate::analysis::Basis;
use crate::analysis::suppression::{Cell, NOTHING};
use crate::domain::form::FormStatus;
use crate::domain::id::RecordId;
use crate::domain::retention::{KeptCounts, KeptTheme, Removal};

impl Source<'_> {
    /// The certificate of an audit whose forms were removed.
    pub(super) fn removal(&self, audit: RecordId) -> Option<&Removal> {
        let mut all = self.register.retentions.values();
        let own = all.find(|retention| retention.audit == audit);
        own.and_then(|retention| retention.removed.as_ref())
    }

    /// The part with what was kept in the place of what is gone.
    pub(super) fn as_kept(&self, part: AuditPart) -> AuditPart {
        let Some(removal) = self.removal(part.record) else {
            return part;
        };
        let kept = &removal.counts;
        let agencies = part.sample.agencies.len();
        let mut grades = part.grades;
        (grades.agencies, grades.panel) = (no_grades(), no_grades());
        grades.by_agency = None;
        AuditPart {
            removed: Some(RemovedPart(removal.at.date_naive())),
            sample: super::contents::SamplePart {
                cases: self.kept_cases(kept),
                ..part.sample
            },
            coverage: self.kept_coverage(kept, agencies),
            grades,
            themes: self.kept_themes(kept),
            questions: Vec::new(),
            timescales: TimescalesPart::default(),
            ..part
        }
    }

    /// A part of the audit was not counted apart, and certificates of old hold no counts.
    fn is_known(&self, kept: &KeptCounts) -> bool {
        self.request.filter.is_empty() && *kept != KeptCounts::default()
    }

    fn kept_cases(&self, kept: &KeptCounts) -> Count {
        match self.is_known(kept) {
            true => Count::of(kept.cases, self.hiding()),
            false => Count(Cell::Hidden),
        }
    }

    /// When published it is hidden: the grades, with which it is hidden, are not known any more.
    fn kept_coverage(&self, kept: &KeptCounts, agencies: usize) -> CoveragePart {
        if !self.is_known(kept) || self.hiding().is_some() {
            return CoveragePart {
                expected: Count(Cell::Hidden),
                submitted: Count(Cell::Hidden),
                rest: None,
                by_agency: None,
            };
        }
        let of = |status: FormStatus| {
            let forms = kept.forms.get(&status.label().to_lowercase());
            forms.copied().unwrap_or(0)
        };
        let expected = kept.cases * agencies;
        let submitted = of(FormStatus::Submitted);
        let (not_known, declined) = (of(FormStatus::NotKnown), of(FormStatus::Declined));
        CoveragePart {
            expected: Count(Cell::Count(expected)),
            submitted: Count(Cell::Count(submitted)),
            rest: Some(NotSubmittedPart {
                not_known,
                declined,
                outstanding: expected.saturating_sub(submitted + not_known + declined),
            }),
            by_agency: None,
        }
    }

    fn kept_themes(&self, kept: &KeptCounts) -> Vec<ThemePart> {
        let themes = self.counted_themes(kept).iter();
        themes
            .map(|theme| ThemePart {
                theme: theme.theme.clone(),
                name: self.theme_name(&theme.theme),
                share: self.kept_share(theme),
                not_evidenced: self.hiding().is_none().then_some(theme.not_evidenced),
                cases: None,
            })
            .collect()
    }

    /// The share of one theme as it was kept; `None` where that is not known.
    pub(super) fn kept_theme(&self, removal: &Removal, theme: &str) -> Option<ShareJson> {
        let mut themes = self.counted_themes(&removal.counts).iter();
        let own = themes.find(|own| own.theme == theme)?;
        Some(self.kept_share(own))
    }

    fn counted_themes<'a>(&self, kept: &'a KeptCounts) -> &'a [KeptTheme] {
        match (self.is_known(kept), self.request.basis) {
            (false, _) => &[],
            (true, Basis::Agency) => &kept.agencies,
            (true, Basis::Panel) => &kept.panel,
        }
    }

    /// Published, all of it is hidden: how many forms there were of each agency is not known any more,
    /// and by that the rule decides.
    fn kept_share(&self, theme: &KeptTheme) -> ShareJson {
        match self.hiding() {
            None => ShareJson::whole(theme.favourable, theme.scored),
            Some(_) => ShareJson::published(NOTHING),
        }
    }
}

fn no_grades() -> GradeRow {
    GradeRow {
        counts: GradeCells(Vec::new()),
        words: None,
    }
}
