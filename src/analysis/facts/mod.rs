//! Every answer that counts, as small numbers instead of words, form by form: a region's decade of
//! answers (1.8 million) fits in some 30 MB and is counted in milliseconds.

mod build;
mod follow;
mod outcome;
mod sheet;

use std::collections::HashMap;

pub use build::FactsBuilder;
pub use follow::ReadAnew;
use outcome::Outcomes;
pub(super) use outcome::{Outcome, What};
pub(super) use sheet::{Row, Sheet};

use super::Filter;
use crate::domain::answer::Blank;
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
    /// The words shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Agency => "Agencies' own answers",
            Self::Panel => "Panel judgements",
        }
    }

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
    pub(super) condition: Option<Condition>,
    pub(super) outcomes: Outcomes,
}

/// The position of an earlier question and the answers after which this one is asked.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    question: usize,
    is: Vec<String>,
}

/// Everything countable of one audit.
#[derive(Clone, Debug)]
pub struct AuditFacts {
    /// The audit.
    pub audit: RecordId,
    /// The tool it is made with, as `slug@version`.
    pub tool: String,
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
    /// The overall grades that were given, each once.
    pub(super) grades: Vec<String>,
    /// The forms, submitted or not.
    pub(super) forms: Vec<Sheet>,
    /// What the panel judged and the key dates it agreed, a sheet for each case in their order.
    pub(super) judged: Vec<Sheet>,
    /// Where each question stands.
    positions: HashMap<String, u16>,
}

/// An answer behind a number, for looking it up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Behind {
    /// The case.
    pub case: RecordId,
    /// The agency's code; `None` for the panel.
    pub agency: Option<String>,
    /// The question.
    pub question: String,
    /// Whether it speaks well of practice; `None` where it is not scored.
    pub favourable: Option<bool>,
    /// Ids of the options picked; empty where something was typed or left blank.
    pub picked: Vec<String>,
    /// Why it was left blank, if it was.
    pub blank: Option<Blank>,
}

/// What a filter leaves of one audit, by position.
pub(super) struct Taken {
    pub(super) cases: Vec<bool>,
    pub(super) agencies: Vec<bool>,
    pub(super) questions: Vec<bool>,
}

impl Taken {
    /// Whether the filter leaves this sheet.
    pub(super) fn takes(&self, sheet: &Sheet) -> bool {
        sheet.submitted && self.cases[sheet.case as usize] && self.agencies[sheet.agency as usize]
    }
}

impl AuditFacts {
    /// The sheets of a basis.
    pub(super) fn sheets(&self, basis: Basis) -> &[Sheet] {
        match basis {
            Basis::Agency => &self.forms,
            Basis::Panel => &self.judged,
        }
    }

    /// How many agencies the sheets of a basis distinguish; the panel counts as one.
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

    /// The question with this identity.
    pub fn question(&self, id: &str) -> Option<&AskedQuestion> {
        let at = self.positions.get(id)?;
        self.questions.get(usize::from(*at))
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

    /// The submitted forms that `filter` leaves and that have an overall grade: its number in
    /// `grades`.
    pub(super) fn graded(&self, filter: &Filter) -> impl Iterator<Item = (&Sheet, u8)> {
        let taken = self.taken(Basis::Agency, filter);
        let sheets = self.forms.iter();
        let sheets = sheets.filter(move |sheet| taken.takes(sheet));
        sheets.filter_map(|sheet| Some((sheet, sheet.overall?)))
    }

    /// The answers that a number stands for: those that `filter` leaves, of one question where it
    /// is given, by question, case and agency.
    pub fn behind(&self, basis: Basis, filter: &Filter, question: Option<&str>) -> Vec<Behind> {
        let taken = self.taken(basis, filter);
        let wanted = |at: u16| {
            let at = usize::from(at);
            taken.questions[at] && question.is_none_or(|wanted| self.questions[at].id == wanted)
        };
        let sheets = self.sheets(basis).iter();
        let mut found: Vec<(u16, u32, u8, u32)> = sheets
            .filter(|sheet| taken.takes(sheet))
            .flat_map(|sheet| {
                let rows = sheet.counted().filter(|row| wanted(row.question));
                rows.map(|row| (row.question, sheet.case, sheet.agency, row.outcome))
            })
            .collect();
        found.sort_unstable();
        let behind = |(question, case, agency, outcome)| {
            self.answer_behind(basis, question, case, agency, outcome)
        };
        found.into_iter().map(behind).collect()
    }

    /// One answer by its positions.
    pub(super) fn answer_behind(
        &self,
        basis: Basis,
        question: u16,
        case: u32,
        agency: u8,
        outcome: u32,
    ) -> Behind {
        let asked = &self.questions[question as usize];
        let agency = self.agency_at(basis, agency as usize);
        let outcome = asked.outcomes.get(outcome);
        Behind {
            case: self.cases[case as usize].0,
            agency: agency.map(ToOwned::to_owned),
            question: asked.id.clone(),
            favourable: outcome.favourable,
            picked: outcome.picked().to_vec(),
            blank: outcome.blank(),
        }
    }
}

/// Everything countable of a register.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// One for each audit, in time order.
    pub audits: Vec<AuditFacts>,
    /// Where each form stands: position of its audit, then of its sheet.
    forms: HashMap<RecordId, (u32, u32)>,
}

impl Facts {
    /// The facts of one audit.
    pub fn audit(&self, audit: RecordId) -> Option<&AuditFacts> {
        self.audits.iter().find(|facts| facts.audit == audit)
    }

    /// How many answers count: those of submitted forms to questions that are asked.
    pub fn count(&self) -> usize {
        let sheets = self.audits.iter().flat_map(|facts| &facts.forms);
        sheets
            .filter(|sheet| sheet.submitted)
            .map(|sheet| sheet.counted().count())
            .sum()
    }
}
