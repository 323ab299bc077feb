//! What an audit has to tell its readers, in counts and sentences: no case rows, no case references,
//! no notes from forms. Every export takes its figures from here, so that whatever is hidden in one
//! table of a publication is hidden in all of them (see `analysis::suppression`).

mod actions;
mod attendance;
mod audit;
mod cells;
mod contents;
mod questions;
mod removed;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

pub use contents::{AuditPart, Report};

use super::{ExchangeError, Result};
use crate::analysis::summary::{Heading, ThemeAcross, themes_across};
use crate::analysis::suppression::{Answered, NOTHING, Suppression};
use crate::analysis::{AuditFacts, Basis, Facts, Filter};
use crate::domain::catalogue::Catalogue;
use crate::domain::id::RecordId;
use crate::domain::privacy::References;
use crate::domain::register::Register;
use crate::domain::revision::written_instant;
pub(super) use cells::Count;
use contents::{AcrossPart, GeneratorPart, SuppressionPart, ThemeAcrossPart};
pub(super) use contents::{
    ActionPart, FindingPart, GradeCells, QuestionPart, RulePart, ShareJson, SpreadPart,
};

/// The rule of a published export in words.
fn rule_in_words(rule: Suppression) -> String {
    format!(
        "Counts from 1 to {} are replaced by “c”. Where one part of a row is that small, the whole \
row is hidden, and its total too where that is small; the questions of a theme are shown together or \
not at all; so no hidden count can be worked out. A word says which way a hidden row leans where at \
least two values fit it. Zeros are shown. Tables by agency and by case are left out. Sentences \
written by people are not changed: read them before publishing.",
        rule.threshold()
    )
}

/// What a report is to hold.
#[derive(Clone, Debug)]
pub struct ReportRequest<'a> {
    /// Which audits; all in time order when none is named.
    pub audits: &'a [RecordId],
    /// Whose answers are counted.
    pub basis: Basis,
    /// Which part of them.
    pub filter: &'a Filter,
    /// The rule by which small numbers are hidden for publishing; none where nothing is.
    pub publish: Option<Suppression>,
    /// When it is made.
    pub now: DateTime<Utc>,
    /// The role of who makes it; never a name.
    pub by: &'a str,
}

/// Everything the parts are made from.
struct Source<'a> {
    register: &'a Register,
    catalogue: &'a Catalogue,
    facts: &'a Facts,
    request: &'a ReportRequest<'a>,
}

/// Makes the report.
///
/// # Errors
/// [`ExchangeError::FilteredPublication`]: two published exports of different parts could be
/// subtracted from each other.
pub fn report(
    register: &Register,
    catalogue: &Catalogue,
    facts: &Facts,
    request: &ReportRequest<'_>,
) -> Result<Report> {
    if request.publish.is_some() && !request.filter.is_empty() {
        return Err(ExchangeError::FilteredPublication);
    }
    let source = Source {
        register,
        catalogue,
        facts,
        request,
    };
    let (wanted, held_back) = source.wanted()?;
    let partnership = register.partnership();
    Ok(Report {
        generator: GeneratorPart {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        },
        time: written_instant(request.now),
        made: request.now,
        by: request.by.to_owned(),
        partnership: partnership.map_or_else(String::new, |own| own.name.clone()),
        worked_example: register.is_worked_example(),
        basis: request.basis.name(),
        filters: source.filters(),
        suppression: request.publish.map(|rule| SuppressionPart {
            rule: rule_in_words(rule),
            smallest_published: rule.smallest(),
        }),
        audits: wanted
            .iter()
            .filter_map(|own| Some(source.as_kept(source.audit(own)?)))
            .collect(),
        themes: source.across(&wanted),
        held_back,
    })
}

impl Source<'_> {
    /// The audits that go in, and how many are held back: of those that nobody named, a publication
    /// leaves out the ones on which work still goes on.
    fn wanted(&self) -> Result<(Vec<&AuditFacts>, usize)> {
        let named = self.request.audits;
        let all = self.facts.audits.iter();
        let wanted = all.filter(|own| named.is_empty() || named.contains(&own.audit));
        let (sound, open): (Vec<_>, Vec<_>) = wanted.partition(|own| {
            let audit = self.register.audits.get(&own.audit);
            self.hiding().is_none() || audit.is_some_and(|audit| audit.state.can_be_published())
        });
        let first = open
            .first()
            .and_then(|own| self.register.audits.get(&own.audit));
        match first {
            Some(audit) if !named.is_empty() => Err(ExchangeError::NotAgreed(audit.title.clone())),
            Some(_) if sound.is_empty() => Err(ExchangeError::NothingAgreed),
            _ => Ok((sound, open.len())),
        }
    }

    /// The rule by which small numbers are hidden, where they are.
    fn hiding(&self) -> Option<Suppression> {
        self.request.publish
    }

    fn today(&self) -> NaiveDate {
        self.request.now.date_naive()
    }

    /// The filter's words. A single case is said to be one, and not which.
    fn filters(&self) -> BTreeMap<&'static str, String> {
        let filter = self.request.filter;
        let fields = [
            ("agency", filter.agency.clone()),
            ("section", filter.section.clone()),
            ("theme", filter.theme.clone()),
            ("case", filter.case.map(|_| "one case".to_owned())),
            ("age_band", filter.age_band.clone()),
            ("sex", filter.sex.clone()),
            ("ethnicity", filter.ethnicity.clone()),
            ("plan", filter.plan.clone()),
        ];
        let set = fields.into_iter();
        set.filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    /// Themes through all audits: one alone has nothing to be compared with. A publication holds those
    /// of its own audits only.
    fn across(&self, wanted: &[&AuditFacts]) -> Vec<ThemeAcrossPart> {
        let goes_in = |audit: RecordId| {
            self.hiding().is_none() || wanted.iter().any(|own| own.audit == audit)
        };
        let themes = themes_across(self.facts, self.request.basis, self.request.filter);
        let references = References::of(self.register);
        let title = |audit: RecordId| {
            let audit = self.register.audits.get(&audit);
            audit.map_or_else(String::new, |audit| references.out_of(&audit.title))
        };
        let part = |theme: ThemeAcross| ThemeAcrossPart {
            name: self.theme_name(&theme.theme),
            by_audit: theme
                .by_audit
                .into_iter()
                .filter_map(|(audit, heading)| {
                    let heading = heading.filter(|_| goes_in(audit))?;
                    let share = match self.removal(audit) {
                        Some(removal) => self.kept_theme(removal, &heading.id)?,
                        None => self.theme_share(&heading, self.sample_of(audit)),
                    };
                    Some(AcrossPart {
                        audit: audit.to_string(),
                        title: title(audit),
                        share,
                    })
                })
                .collect(),
            theme: theme.theme,
        };
        let parts = themes.into_iter().map(part);
        parts.filter(|part| !part.by_audit.is_empty()).collect()
    }

    /// "7 of 9"; published, with whatever has to be hidden. The answers of a sample that is hidden
    /// itself would give its size away.
    fn theme_share(&self, heading: &Heading, sample: usize) -> ShareJson {
        let Some(rule) = self.hiding() else {
            return ShareJson::whole(heading.favourable, heading.scored);
        };
        ShareJson::published(if rule.is_open(sample) {
            rule.answers(answered(heading), self.per_form(heading))
        } else {
            NOTHING
        })
    }

    /// The most answers one form can hold; the panel's judgements stand on no form.
    fn per_form(&self, heading: &Heading) -> usize {
        match self.request.basis {
            Basis::Agency => heading.per_form,
            Basis::Panel => 0,
        }
    }

    fn sample_of(&self, audit: RecordId) -> usize {
        self.facts.audit(audit).map_or(0, |facts| facts.cases.len())
    }

    fn theme_name(&self, id: &str) -> String {
        let theme = self.catalogue.theme(id);
        theme.map_or_else(|| id.to_owned(), |theme| theme.name.clone())
    }
}

fn answered(heading: &Heading) -> Answered {
    Answered {
        favourable: heading.favourable,
        scored: heading.scored,
        askable: heading.askable,
    }
}
