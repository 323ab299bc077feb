//! The themes of several partnerships beside one another. Only counts leave the partnerships' own
//! files; no case does.

use super::Filter;
use super::facts::{Basis, Facts};
use super::summary::{Heading, ThemeAcross, themes_across};
use crate::domain::id::RecordId;
use crate::domain::register::Register;

/// One audit of a partnership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditOf {
    /// The audit.
    pub audit: RecordId,
    /// Its title.
    pub title: String,
    /// Its tool, as `slug@version`.
    pub tool: String,
    /// Cases that the filter leaves.
    pub cases: usize,
}

/// The themes of one partnership.
#[derive(Clone, Debug, PartialEq)]
pub struct PartnershipThemes {
    /// Its name.
    pub partnership: String,
    /// Whether its cases are invented.
    pub worked_example: bool,
    /// Its audits in time order.
    pub audits: Vec<AuditOf>,
    /// Its themes through those audits.
    pub themes: Vec<ThemeAcross>,
}

impl PartnershipThemes {
    /// The themes of one register.
    pub fn of(register: &Register, facts: &Facts, basis: Basis, filter: &Filter) -> Self {
        let partnership = register.partnership();
        let audits = facts.audits.iter().map(|facts| {
            let title = register
                .audits
                .get(&facts.audit)
                .map(|audit| audit.title.clone());
            let cases = facts.cases.iter();
            AuditOf {
                audit: facts.audit,
                title: title.unwrap_or_default(),
                tool: facts.tool.clone(),
                cases: cases
                    .filter(|(id, case)| filter.takes_case(*id, case))
                    .count(),
            }
        });
        Self {
            partnership: partnership.map_or_else(String::new, |own| own.name.clone()),
            worked_example: register.is_worked_example(),
            audits: audits.collect(),
            themes: themes_across(facts, basis, filter),
        }
    }

    /// A theme's counts, audit by audit; `None` where the partnership never asked about it.
    pub fn theme(&self, theme: &str) -> Option<&ThemeAcross> {
        self.themes.iter().find(|own| own.theme == theme)
    }
}

/// Every theme that any of the partnerships asked about, T01 first.
pub fn themes_of(partnerships: &[PartnershipThemes]) -> Vec<&str> {
    let all = partnerships.iter().flat_map(|own| &own.themes);
    let mut themes: Vec<&str> = all.map(|theme| theme.theme.as_str()).collect();
    themes.sort_unstable();
    themes.dedup();
    themes
}

/// A theme of one partnership in one audit with what it adds up to, for those that asked.
pub fn asked<'a>(
    own: &'a PartnershipThemes,
    theme: &str,
) -> impl Iterator<Item = (&'a AuditOf, &'a Heading)> {
    let across = own.theme(theme).map_or(&[][..], |across| &across.by_audit);
    let audits = own.audits.iter().zip(across);
    audits.filter_map(|(audit, (_, heading))| Some((audit, heading.as_ref()?)))
}
