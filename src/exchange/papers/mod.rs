//! The papers: what each of them says. Figures come from the report, so that a published paper hides
//! what every other table of that publication hides; where the data has nothing to say, a blank for
//! a person is left and marked.

mod agency;
mod annual;
mod bmg;
mod briefing;
mod charts;
mod figures;
mod form;
mod words;

use chrono::NaiveDate;

use super::document::Paper;
use super::report::{ActionPart, AuditPart, FindingPart, Report};
use crate::domain::catalogue::Catalogue;
use crate::domain::dates::written_date;
use crate::domain::finding::FindingKind;
use crate::domain::register::Register;

pub use agency::{AgencyContents, agency_paper};
pub use annual::{Year, annual_paper, planned_audits};
pub use bmg::bmg_paper;
pub use briefing::briefing;
pub use form::{FilledForm, form_paper};

/// What papers are made from.
#[derive(Clone, Copy)]
pub struct PaperSource<'a> {
    /// The figures.
    pub report: &'a Report,
    /// Names of agencies, grades and questions.
    pub register: &'a Register,
    /// Names of themes.
    pub catalogue: &'a Catalogue,
    /// The day on the paper.
    pub today: NaiveDate,
}

impl<'a> PaperSource<'a> {
    fn agency(&self, code: &'a str) -> &'a str {
        let agency = self.register.agency(code);
        agency.map_or(code, |agency| agency.name.as_str())
    }

    fn theme(&self, id: &'a str) -> &'a str {
        let theme = self.catalogue.theme(id);
        theme.map_or(id, |theme| theme.name.as_str())
    }

    /// The agencies of an audit by name.
    fn agencies(&self, audit: &'a AuditPart) -> Vec<&'a str> {
        let agencies = audit.sample.agencies.iter();
        agencies.map(|agency| agency.name.as_str()).collect()
    }

    /// What stands at the foot of every page.
    fn footer(&self, what: &str, confidential: bool) -> String {
        let report = self.report;
        let marks = match (confidential, &report.suppression) {
            (true, _) => " · Confidential",
            (false, Some(_)) => " · Small numbers hidden",
            (false, None) => " · Not for publishing",
        };
        let example = if report.worked_example {
            " · Worked example, invented cases"
        } else {
            ""
        };
        format!(
            "{} · {what} · {}{marks}{example}",
            report.partnership,
            written_date(self.today)
        )
    }

    /// The sentences of an audit's findings of one kind, in order.
    fn findings(&self, audit: &'a AuditPart, kind: FindingKind) -> Vec<&'a FindingPart> {
        let findings = audit.findings.iter();
        findings.filter(|finding| finding.kind == kind).collect()
    }

    /// From whom, when, of what and by which rules the figures are.
    fn about_the_figures(&self, paper: &mut Paper) {
        let report = self.report;
        paper.heading(1, "About these figures");
        paper.hint(words::about(report));
        if let Some(rule) = &report.suppression {
            paper.hint(rule.rule.clone());
        }
        paper.note(words::READING);
    }
}

/// The owner of an action in words; a blank where there is none yet.
fn owner(source: &PaperSource<'_>, action: &ActionPart) -> String {
    let agency = source.register.agency_short(&action.owner_agency);
    let parts = [agency, action.owner_role.as_str()];
    let known: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if known.is_empty() {
        super::document::TO_BE_COMPLETED.to_owned()
    } else {
        known.join(", ")
    }
}

/// When an action is due, in words; a blank where that is not known yet.
fn due(action: &ActionPart) -> String {
    match (action.due_term, action.due) {
        (_, Some(date)) if action.overdue => format!("{} (overdue)", written_date(date)),
        (Some(term), Some(date)) => format!("{} ({})", term.label(), written_date(date)),
        (None, Some(date)) => written_date(date),
        (Some(term), None) => term.label().to_owned(),
        (None, None) => super::document::TO_BE_COMPLETED.to_owned(),
    }
}
