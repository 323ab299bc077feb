//! Every answer that counts, in columns: small numbers instead of words, so that a region's decade
//! of answers (1.8 million) fits in some 20 MB and is counted in milliseconds.

mod build;
mod outcome;

use chrono::NaiveDate;

pub use build::FactsBuilder;
use outcome::Outcomes;
pub(super) use outcome::{Outcome, What};

use super::Filter;
use crate::domain::case::Case;
use crate::domain::id::RecordId;
use crate::domain::tool::Kind;

/// Whose view is counted. The two are never mixed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Basis {
    /// What the agencies answered on their submitted forms.
    #[default]
    Agency,
    /// What the panel judged.
    Panel,
}

impl Basis {
    /// Its name on the command line and in exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Panel => "panel",
        }
    }
}

/// A question of an audit's tool, as far as counting needs it.
#[derive(Clone, Debug)]
pub struct AskedQuestion {
    /// Its identity.
    pub id: String,
    /// Its section.
    pub section: String,
    /// Its theme.
    pub theme: String,
    /// How it is answered.
    pub kind: Kind,
    /// Whether its answers count towards scores.
    pub scored: bool,
    /// For each agency of the audit, whether it is asked.
    pub(super) asked_of: Vec<bool>,
    condition: Option<Condition>,
    pub(super) outcomes: Outcomes,
}

/// The position of an earlier question and the answers after which this one is asked.
#[derive(Clone, Debug)]
struct Condition {
    question: usize,
    is: Vec<String>,
}

/// Answers as columns: position of the case, the agency, the question, and its outcome.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub(super) case: Vec<u32>,
    pub(super) agency: Vec<u8>,
    pub(super) question: Vec<u16>,
    pub(super) outcome: Vec<u32>,
}

impl Rows {
    fn push(&mut self, case: u32, agency: u8, question: u16, outcome: u32) {
        self.case.push(case);
        self.agency.push(agency);
        self.question.push(question);
        self.outcome.push(outcome);
    }

    /// How many answers.
    pub(super) fn len(&self) -> usize {
        self.outcome.len()
    }
}

/// A key date given by one agency, or agreed by the panel, for one case.
#[derive(Clone, Copy, Debug)]
pub(super) struct GivenDate {
    pub(super) case: u32,
    pub(super) field: u16,
    pub(super) date: NaiveDate,
}

/// Everything countable of one audit.
#[derive(Clone, Debug)]
pub struct AuditFacts {
    /// The audit.
    pub audit: RecordId,
    /// Its cases by reference.
    pub cases: Vec<(RecordId, Case)>,
    /// Codes of its agencies, in the audit's order.
    pub agencies: Vec<String>,
    /// Its tool's questions in the order of the form.
    pub questions: Vec<AskedQuestion>,
    /// Ids of its tool's sections in order.
    pub sections: Vec<String>,
    /// Ids of its tool's key dates.
    pub(super) date_fields: Vec<String>,
    pub(super) answers: Rows,
    pub(super) judgements: Rows,
    pub(super) dates: Vec<GivenDate>,
    pub(super) agreed_dates: Vec<GivenDate>,
}

/// An answer behind a number, for looking it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// The case.
    pub case: RecordId,
    /// The agency's code; `None` for the panel.
    pub agency: Option<String>,
    /// The question.
    pub question: String,
    /// Whether it speaks well of practice; `None` where it is not scored.
    pub favourable: Option<bool>,
}

/// What a filter leaves of one audit, by position.
pub(super) struct Taken {
    pub(super) cases: Vec<bool>,
    pub(super) agencies: Vec<bool>,
    pub(super) questions: Vec<bool>,
}

impl AuditFacts {
    /// The answers of a basis.
    pub(super) fn rows(&self, basis: Basis) -> &Rows {
        match basis {
            Basis::Agency => &self.answers,
            Basis::Panel => &self.judgements,
        }
    }

    /// How many agencies the rows of a basis distinguish; the panel counts as one.
    pub(super) fn width(&self, basis: Basis) -> usize {
        match basis {
            Basis::Agency => self.agencies.len(),
            Basis::Panel => 1,
        }
    }

    /// The code behind an agency's position; `None` for the panel.
    pub(super) fn agency_at(&self, basis: Basis, at: usize) -> Option<&str> {
        match basis {
            Basis::Agency => self.agencies.get(at).map(String::as_str),
            Basis::Panel => None,
        }
    }

    /// What `filter` leaves.
    pub(super) fn taken(&self, basis: Basis, filter: &Filter) -> Taken {
        let wanted_agency = |question: &AskedQuestion| {
            filter.agency.is_none()
                || (0..self.agencies.len())
                    .any(|at| question.asked_of[at] && filter.takes_agency(&self.agencies[at]))
        };
        let is = |wanted: &Option<String>, found: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == found)
        };
        let cases = self.cases.iter();
        let questions = self.questions.iter();
        Taken {
            cases: cases
                .map(|(id, case)| filter.takes_case(*id, case))
                .collect(),
            agencies: match basis {
                Basis::Agency => self
                    .agencies
                    .iter()
                    .map(|code| filter.takes_agency(code))
                    .collect(),
                Basis::Panel => vec![true],
            },
            questions: questions
                .map(|question| {
                    is(&filter.section, &question.section)
                        && is(&filter.theme, &question.theme)
                        && wanted_agency(question)
                })
                .collect(),
        }
    }

    /// The answers that a number stands for: those that `filter` leaves, of one question where it
    /// is given, by question, case and agency.
    pub fn behind(&self, basis: Basis, filter: &Filter, question: Option<&str>) -> Vec<Behind> {
        let taken = self.taken(basis, filter);
        let rows = self.rows(basis);
        let mut found: Vec<(u16, u32, u8, u32)> = (0..rows.len())
            .map(|at| {
                (
                    rows.question[at],
                    rows.case[at],
                    rows.agency[at],
                    rows.outcome[at],
                )
            })
            .filter(|(asked, case, agency, _)| {
                taken.takes(*asked, *case, *agency)
                    && question.is_none_or(|wanted| self.questions[*asked as usize].id == wanted)
            })
            .collect();
        found.sort_unstable();
        let behind = |(asked, case, agency, outcome): (u16, u32, u8, u32)| {
            let asked = &self.questions[asked as usize];
            Behind {
                case: self.cases[case as usize].0,
                agency: self
                    .agency_at(basis, agency as usize)
                    .map(ToOwned::to_owned),
                question: asked.id.clone(),
                favourable: asked.outcomes.get(outcome).favourable,
            }
        };
        found.into_iter().map(behind).collect()
    }
}

impl Taken {
    pub(super) fn takes(&self, question: u16, case: u32, agency: u8) -> bool {
        self.questions[question as usize]
            && self.cases[case as usize]
            && self.agencies[agency as usize]
    }
}

/// Everything countable of a register.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// One for each audit, in time order.
    pub audits: Vec<AuditFacts>,
}

impl Facts {
    /// The facts of one audit.
    pub fn audit(&self, audit: RecordId) -> Option<&AuditFacts> {
        self.audits.iter().find(|facts| facts.audit == audit)
    }

    /// How many answers of submitted forms there are.
    pub fn count(&self) -> usize {
        self.audits.iter().map(|facts| facts.answers.len()).sum()
    }
}
