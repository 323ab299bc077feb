//! The audit sub-group's section of the annual report, over all audits of a year: aims, membership,
//! activity, key findings, achievements, next year.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::{PaperSource, charts, words};
use crate::domain::action::ActionStatus;
use crate::domain::attendance::Presence;
use crate::domain::audit::{Audit, AuditState};
use crate::domain::dates::written_date;
use crate::domain::finding::FindingKind;
use crate::domain::privacy::References;
use crate::domain::register::Register;
use crate::exchange::document::{Paper, TO_BE_COMPLETED};
use crate::exchange::report::{ActionPart, AuditPart};

/// A year of partnership work, April to March.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year(i32);

/// Why a year is not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write the year as 2019-20: it runs from April to March")]
pub struct BadYear;

impl FromStr for Year {
    type Err = BadYear;

    fn from_str(text: &str) -> Result<Self, BadYear> {
        let (first, last) = text.trim().split_once(['-', '/']).ok_or(BadYear)?;
        let (Ok(year), Ok(end)) = (first.parse::<i32>(), last.parse::<i32>()) else {
            return Err(BadYear);
        };
        let follows = match last.len() {
            2 => end == (year + 1) % 100,
            4 => end == year + 1,
            _ => false,
        };
        let sound = first.len() == 4 && (1990..=2100).contains(&year);
        (sound && follows).then_some(Self(year)).ok_or(BadYear)
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.0, (self.0 + 1) % 100)
    }
}

impl Year {
    /// The year that a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        use chrono::Datelike as _;
        Self(if day.month() >= 4 {
            day.year()
        } else {
            day.year() - 1
        })
    }

    /// The year an audit belongs to: by the day its forms were due, or else by the end of the
    /// practice looked at. None while it has no date.
    pub fn of_audit(audit: &Audit) -> Option<Self> {
        let scope = &audit.scope;
        scope.due.or(scope.to).or(scope.from).map(Self::of)
    }

    /// Whether an audit belongs to it.
    pub fn holds(self, audit: &Audit) -> bool {
        Self::of_audit(audit) == Some(self)
    }
}

/// Makes the section. The report holds the audits of the year.
pub fn annual_paper(source: &PaperSource<'_>, year: Year) -> Paper {
    let title = format!("Quality assurance and multi-agency audit: annual report {year}");
    let footer = source.footer(&format!("Annual report {year}"), false);
    let mut paper = Paper::new(title.clone(), footer);
    let audits = &source.report.audits;
    paper.title(title);
    paper.heading(1, "Aims and purpose");
    paper.paragraph(format!(
        "The quality assurance and multi-agency audit sub-group gives {} assurance of the quality of \
safeguarding work with children and young people, and of how agencies carry out their safeguarding \
function. It reports to the Business Management Group.",
        source.report.partnership
    ));
    membership(source, &mut paper);
    activity(&mut paper, audits);
    key_findings(source, &mut paper, audits);
    achievements(source, &mut paper, audits);
    next_year(source, &mut paper, audits, year);
    source.about_the_figures(&mut paper);
    paper
}

fn membership(source: &PaperSource<'_>, paper: &mut Paper) {
    paper.heading(1, "Membership");
    let agencies = source
        .report
        .audits
        .iter()
        .flat_map(|audit| source.agencies(audit));
    let mut seen = BTreeSet::new();
    let agencies: Vec<&str> = agencies.filter(|name| seen.insert(*name)).collect();
    paper.paragraph(if agencies.is_empty() {
        TO_BE_COMPLETED.to_owned()
    } else {
        format!(
            "Agencies that took part in audits: {}.",
            words::listed(&agencies)
        )
    });
    paper.paragraph(format!("Chair: {TO_BE_COMPLETED}"));
}

fn activity(paper: &mut Paper, audits: &[AuditPart]) {
    paper.heading(1, "Activity");
    let done = match audits.len() {
        0 => "No audit falls into this year.".to_owned(),
        1 => "One multi-agency audit was carried out:".to_owned(),
        count => format!("{count} multi-agency audits were carried out:"),
    };
    paper.paragraph(done);
    let lines = audits.iter().map(|audit| {
        format!(
            "{} ({}): {}",
            audit.title,
            audit.state.label().to_lowercase(),
            words::sample(audit)
        )
    });
    paper.bullets(lines.collect(), "");
    paper.bullets(panel_days(audits), "");
    paper.paragraph(format!("Other meetings in the year: {TO_BE_COMPLETED}"));
}

/// The panel days of the audits, and how many agencies took part.
fn panel_days(audits: &[AuditPart]) -> Vec<String> {
    let days = audits.iter().flat_map(|audit| {
        audit.attendance.iter().map(move |day| {
            let there = day
                .agencies
                .iter()
                .filter(|own| own.agency.is_some() && own.presence == Presence::Attended);
            let (date, there) = (written_date(day.day), there.count());
            format!(
                "Panel on {date} ({}): {there} agencies attended",
                audit.title
            )
        })
    });
    days.collect()
}

fn key_findings(source: &PaperSource<'_>, paper: &mut Paper, audits: &[AuditPart]) {
    paper.heading(1, "Key findings");
    if let Some(chart) = charts::heat(source.report) {
        paper.picture(chart);
    }
    for audit in audits {
        paper.heading(2, audit.title.clone());
        let tested = audit.hypotheses.iter().filter_map(|hypothesis| {
            let verdict = hypothesis.verdict?.label();
            let (text, why) = (&hypothesis.text, &hypothesis.rationale);
            Some(format!("“{text}” {verdict}. {why}"))
        });
        let tested: Vec<String> = tested.collect();
        if !tested.is_empty() {
            paper.heading(3, "What was tested");
            paper.bullets(tested, "");
        }
        let parts = [
            ("What works well", FindingKind::Strength),
            ("What needs to improve", FindingKind::AreaForImprovement),
        ];
        for (heading, kind) in parts {
            let findings = source.findings(audit, kind).into_iter();
            paper.heading(3, heading);
            paper.bullets(
                findings.map(|finding| finding.text.clone()).collect(),
                "None.",
            );
        }
    }
}

fn achievements(source: &PaperSource<'_>, paper: &mut Paper, audits: &[AuditPart]) {
    paper.heading(1, "Achievements");
    let done = of_status(audits, |action| action.status == ActionStatus::Done);
    let lines = done.into_iter().map(|action| {
        let owner = super::owner(source, action);
        if action.evidence_of_impact.is_empty() {
            format!("{} ({owner})", action.what)
        } else {
            format!("{} ({owner}) {}", action.what, action.evidence_of_impact)
        }
    });
    paper.bullets(lines.collect(), "");
    paper.paragraph(format!("Other achievements: {TO_BE_COMPLETED}"));
}

fn of_status(audits: &[AuditPart], wanted: fn(&ActionPart) -> bool) -> Vec<&ActionPart> {
    let actions = audits.iter().flat_map(|audit| &audit.actions);
    actions.filter(|action| wanted(action)).collect()
}

/// The audits after this year, as the section tells of them.
pub fn planned_audits(register: &Register, year: Year) -> Vec<String> {
    let references = References::of(register);
    let audits = register.audits_in_order().into_iter();
    let planned = audits.filter(|(_, audit)| {
        Year(year.0 + 1).holds(audit) || (audit.state == AuditState::Scoping && !year.holds(audit))
    });
    let lines = planned.map(|(_, audit)| {
        let first = audit.re_audit_of;
        let first = first.and_then(|first| register.audits.get(&first));
        references.out_of(&match first {
            Some(first) => format!("{}, which repeats {}", audit.title, first.title),
            None => audit.title.clone(),
        })
    });
    lines.collect()
}

fn next_year(source: &PaperSource<'_>, paper: &mut Paper, audits: &[AuditPart], year: Year) {
    paper.heading(1, "Next year");
    paper.heading(2, "Audits planned");
    paper.bullets(planned_audits(source.register, year), TO_BE_COMPLETED);
    paper.heading(2, "Actions that go on");
    // Findings are numbered audit by audit, and so are their actions told.
    let mut none = true;
    for audit in audits {
        let actions = audit.actions.iter();
        let open: Vec<_> = actions.filter(|action| action.status.is_open()).collect();
        if !open.is_empty() {
            none = false;
            paper.heading(3, audit.title.clone());
            source.actions_table(paper, &open);
        }
    }
    if none {
        source.actions_table(paper, &[]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_runs_from_april_to_march() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(Year::of(day("2020-03-31")).to_string(), "2019-20");
        assert_eq!(Year::of(day("2020-04-01")).to_string(), "2020-21");
        for text in ["2019-20", "2019/20", "2019-2020", " 2019-20 "] {
            assert_eq!(text.parse(), Ok(Year(2019)), "{text}");
        }
        assert_eq!("1999-00".parse(), Ok(Year(1999)));
        for text in ["2019", "2019-21", "19-20", "2019-", "", "2019-1920"] {
            assert_eq!(text.parse::<Year>(), Err(BadYear), "{text}");
        }
    }
}
