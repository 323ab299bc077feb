//! `goldthread/bmg/1`: what the business management group gets. No case rows, no case references,
//! no notes from forms. Published, it also hides small numbers (see `analysis::suppression`).

mod actions;
mod attendance;
mod audit;
mod cells;
mod contents;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

pub(in crate::exchange) use actions::References;
pub use contents::BmgFile;

use super::{ExchangeError, Result};
use crate::analysis::summary::{Heading, ThemeAcross, themes_across};
use crate::analysis::suppression::{NOTHING, SMALLEST, answers, is_open, share};
use crate::analysis::{Basis, Facts, Filter};
use crate::domain::catalogue::Catalogue;
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::domain::revision::written_instant;
use contents::{AcrossPart, GeneratorPart, ShareJson, SuppressionPart, ThemeAcrossPart};

/// Name and version of the format.
pub const SCHEMA: &str = "goldthread/bmg/1";

/// The rule of a published export in words.
const RULE: &str = "Counts from 1 to 5 are replaced by “c”. Where one part of a row is that small, \
the whole row is hidden, and its total too where that is small, so that no hidden count can be \
worked out; a word says which way a hidden row leans where at least two values fit it. Tables by \
agency are left out. Sentences written by people are not changed: read them before publishing.";

/// What goes into an export for the BMG.
#[derive(Clone, Debug)]
pub struct BmgRequest<'a> {
    /// One audit, or all in time order.
    pub audit: Option<RecordId>,
    /// Whose answers are counted.
    pub basis: Basis,
    /// Which part of them.
    pub filter: &'a Filter,
    /// Whether small numbers are hidden.
    pub publish: bool,
    /// When it is made.
    pub now: DateTime<Utc>,
}

/// Everything the parts are made from.
struct Source<'a> {
    register: &'a Register,
    catalogue: &'a Catalogue,
    facts: &'a Facts,
    request: &'a BmgRequest<'a>,
}

/// Makes the export.
///
/// # Errors
/// [`ExchangeError::FilteredPublication`]: two published exports of different parts could be
/// subtracted from each other.
pub fn bmg_file(
    register: &Register,
    catalogue: &Catalogue,
    facts: &Facts,
    request: &BmgRequest<'_>,
) -> Result<BmgFile> {
    if request.publish && !request.filter.is_empty() {
        return Err(ExchangeError::FilteredPublication);
    }
    let source = Source {
        register,
        catalogue,
        facts,
        request,
    };
    let audits = facts.audits.iter();
    let wanted = audits.filter(|facts| request.audit.is_none_or(|only| only == facts.audit));
    let partnership = register.partnership();
    Ok(BmgFile {
        schema: SCHEMA,
        generator: GeneratorPart {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        },
        time: written_instant(request.now),
        partnership: partnership.map_or_else(String::new, |own| own.name.clone()),
        worked_example: register.is_worked_example(),
        basis: request.basis.name(),
        filters: source.filters(),
        suppression: request.publish.then_some(SuppressionPart {
            rule: RULE,
            smallest_published: SMALLEST,
        }),
        audits: wanted.filter_map(|facts| source.audit(facts)).collect(),
        themes: source.across(),
    })
}

impl Source<'_> {
    fn publish(&self) -> bool {
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

    /// Themes through all audits: one alone has nothing to be compared with.
    fn across(&self) -> Vec<ThemeAcrossPart> {
        let themes = themes_across(self.facts, self.request.basis, self.request.filter);
        let part = |theme: ThemeAcross| ThemeAcrossPart {
            name: self.theme_name(&theme.theme),
            by_audit: theme
                .by_audit
                .into_iter()
                .filter_map(|(audit, heading)| {
                    let heading = heading?;
                    Some(AcrossPart {
                        audit: audit.to_string(),
                        share: self.theme_share(&heading, self.sample_of(audit)),
                    })
                })
                .collect(),
            theme: theme.theme,
        };
        themes.into_iter().map(part).collect()
    }

    /// "7 of 9"; published, with whatever has to be hidden. The answers of a sample that is hidden
    /// itself would give its size away.
    fn theme_share(&self, heading: &Heading, sample: usize) -> ShareJson {
        if !self.publish() {
            return ShareJson::whole(heading);
        }
        ShareJson::published(match (is_open(sample), self.request.basis) {
            (false, _) => NOTHING,
            (true, Basis::Panel) => share(heading.favourable, heading.scored),
            (true, Basis::Agency) => answers(
                heading.favourable,
                heading.scored,
                heading.askable,
                heading.per_form,
            ),
        })
    }

    fn sample_of(&self, audit: RecordId) -> usize {
        self.facts.audit(audit).map_or(0, |facts| facts.cases.len())
    }

    fn theme_name(&self, id: &str) -> String {
        let theme = self.catalogue.theme(id);
        theme.map_or_else(|| id.to_owned(), |theme| theme.name.clone())
    }
}
