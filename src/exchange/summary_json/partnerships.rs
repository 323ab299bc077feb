//! The themes of other partnerships: counts, and nothing else of them.

use serde::Serialize;

use super::{ThemePart, theme_part};
use crate::analysis::several::PartnershipThemes;

#[derive(Clone, Debug, Serialize)]
pub(super) struct PartnershipPart {
    partnership: String,
    worked_example: bool,
    audits: Vec<AuditPart>,
    themes: Vec<ThemePart>,
}

#[derive(Clone, Debug, Serialize)]
struct AuditPart {
    id: String,
    title: String,
    tool: String,
    cases: usize,
}

pub(super) fn part(own: &PartnershipThemes) -> PartnershipPart {
    let audits = own.audits.iter().map(|audit| AuditPart {
        id: audit.audit.to_string(),
        title: audit.title.clone(),
        tool: audit.tool.clone(),
        cases: audit.cases,
    });
    PartnershipPart {
        partnership: own.partnership.clone(),
        worked_example: own.worked_example,
        audits: audits.collect(),
        themes: own.themes.iter().cloned().map(theme_part).collect(),
    }
}
