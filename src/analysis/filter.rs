//! Which part of an audit is looked at.

use crate::domain::case::Case;
use crate::domain::id::RecordId;
use crate::domain::tool::Question;

/// A choice of answers. Whatever is not set takes everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// One agency's answers. On the panel's basis: the questions asked of that agency.
    pub agency: Option<String>,
    /// One section of the tool.
    pub section: Option<String>,
    /// One theme.
    pub theme: Option<String>,
    /// One case.
    pub case: Option<RecordId>,
    /// Cases of one age band.
    pub age_band: Option<String>,
    /// Cases of one sex.
    pub sex: Option<String>,
    /// Cases of one ethnicity group.
    pub ethnicity: Option<String>,
    /// Cases under one plan.
    pub plan: Option<String>,
}

impl Filter {
    /// Whether it takes everything.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it takes this case.
    pub fn takes_case(&self, id: RecordId, case: &Case) -> bool {
        let is = |wanted: &Option<String>, found: &Option<String>| {
            wanted.is_none() || wanted.as_deref() == found.as_deref()
        };
        self.case.is_none_or(|wanted| wanted == id)
            && is(&self.age_band, &case.age_band)
            && is(&self.sex, &case.sex)
            && is(&self.ethnicity, &case.ethnicity)
            && is(&self.plan, &case.plan)
    }

    /// Whether it takes this question: its section and its theme.
    pub fn takes_question(&self, question: &Question) -> bool {
        let is = |wanted: &Option<String>, found: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == found)
        };
        is(&self.section, &question.section) && is(&self.theme, &question.theme)
    }

    /// Whether it takes this agency's forms.
    pub fn takes_agency(&self, code: &str) -> bool {
        self.agency.as_deref().is_none_or(|wanted| wanted == code)
    }
}
