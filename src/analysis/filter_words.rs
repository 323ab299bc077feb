//! A filter field by field: what can be chosen, what is chosen, and the words for it.

use super::Filter;
use super::facts::AuditFacts;
use crate::domain::case::{AGE_BANDS, Choices, ETHNICITY_GROUPS, PLANS, SEXES};
use crate::domain::catalogue::Catalogue;
use crate::domain::id::RecordId;
use crate::domain::register::Register;

/// One field of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FilterField {
    /// The agency that answered.
    Agency,
    /// The tool's section.
    Section,
    /// The theme.
    Theme,
    /// The case's age band.
    AgeBand,
    /// The case's sex.
    Sex,
    /// The case's ethnicity group.
    Ethnicity,
    /// The case's plan.
    Plan,
    /// One case.
    Case,
}

impl FilterField {
    /// Every field, in the order they are offered.
    pub const ALL: [Self; 8] = [
        Self::Agency,
        Self::Section,
        Self::Theme,
        Self::AgeBand,
        Self::Sex,
        Self::Ethnicity,
        Self::Plan,
        Self::Case,
    ];

    /// Those that mean the same in every audit; a section is one tool's, a case one audit's.
    pub const ACROSS: [Self; 6] = [
        Self::Agency,
        Self::Theme,
        Self::AgeBand,
        Self::Sex,
        Self::Ethnicity,
        Self::Plan,
    ];

    /// The word for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Agency => "Agency",
            Self::Section => "Section",
            Self::Theme => "Theme",
            Self::AgeBand => "Age band",
            Self::Sex => "Sex",
            Self::Ethnicity => "Ethnicity group",
            Self::Plan => "Plan",
            Self::Case => "Case",
        }
    }

    /// The id chosen in `filter`.
    pub fn chosen(self, filter: &Filter) -> Option<String> {
        match self {
            Self::Agency => filter.agency.clone(),
            Self::Section => filter.section.clone(),
            Self::Theme => filter.theme.clone(),
            Self::AgeBand => filter.age_band.clone(),
            Self::Sex => filter.sex.clone(),
            Self::Ethnicity => filter.ethnicity.clone(),
            Self::Plan => filter.plan.clone(),
            Self::Case => filter.case.map(|case| case.to_string()),
        }
    }

    /// Chooses an id, or everything.
    pub fn choose(self, filter: &mut Filter, id: Option<String>) {
        match self {
            Self::Agency => filter.agency = id,
            Self::Section => filter.section = id,
            Self::Theme => filter.theme = id,
            Self::AgeBand => filter.age_band = id,
            Self::Sex => filter.sex = id,
            Self::Ethnicity => filter.ethnicity = id,
            Self::Plan => filter.plan = id,
            Self::Case => filter.case = id.and_then(|id| id.parse().ok()),
        }
    }

    /// The ids that can be chosen in these audits, with their words: only what their cases, agencies
    /// and tools have.
    pub fn choices(
        self,
        audits: &[AuditFacts],
        register: &Register,
        catalogue: &Catalogue,
    ) -> Vec<(String, String)> {
        let of_cases = |list: Choices, own: fn(&crate::domain::case::Case) -> &Option<String>| {
            let known = list.iter().filter(|(id, _)| {
                let mut cases = audits.iter().flat_map(|facts| &facts.cases);
                cases.any(|(_, case)| own(case).as_deref() == Some(id))
            });
            known
                .map(|(id, words)| ((*id).to_owned(), (*words).to_owned()))
                .collect()
        };
        match self {
            Self::Agency => {
                let codes = audits.iter().flat_map(|facts| &facts.agencies);
                let codes =
                    codes.map(|code| (code.clone(), register.agency_short(code).to_owned()));
                each_once(codes)
            }
            Self::Section => {
                let tools = audits
                    .iter()
                    .filter_map(|facts| register.tool_of(facts.audit));
                let sections = tools.flat_map(|tool| &tool.sections);
                each_once(sections.map(|own| (own.id.clone(), own.title.clone())))
            }
            Self::Theme => {
                let questions = || audits.iter().flat_map(|facts| &facts.questions);
                let asked = |id: &String| questions().any(|question| question.theme == *id);
                let themes = catalogue.themes.iter().filter(|theme| asked(&theme.id));
                themes
                    .map(|theme| (theme.id.clone(), theme.name.clone()))
                    .collect()
            }
            Self::AgeBand => of_cases(AGE_BANDS, |case| &case.age_band),
            Self::Sex => of_cases(SEXES, |case| &case.sex),
            Self::Ethnicity => of_cases(ETHNICITY_GROUPS, |case| &case.ethnicity),
            Self::Plan => of_cases(PLANS, |case| &case.plan),
            Self::Case => {
                let cases = audits.iter().flat_map(|facts| &facts.cases);
                each_once(cases.map(|(id, case)| (id.to_string(), case.reference.clone())))
            }
        }
    }
}

/// Each id once, in the order it is first met.
fn each_once(choices: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut known = std::collections::HashSet::new();
    choices.filter(|(id, _)| known.insert(id.clone())).collect()
}

impl Filter {
    /// Each field that is chosen, with the words for what is chosen. For people who see the cases:
    /// a single case is named by its reference.
    pub fn words(
        &self,
        audits: &[AuditFacts],
        register: &Register,
        catalogue: &Catalogue,
    ) -> Vec<(FilterField, String)> {
        let word = |field: FilterField| {
            let id = field.chosen(self)?;
            let choices = field.choices(audits, register, catalogue);
            let known = choices.into_iter().find(|(known, _)| *known == id);
            Some((field, known.map_or(id, |(_, words)| words)))
        };
        FilterField::ALL.into_iter().filter_map(word).collect()
    }

    /// What is chosen in one sentence's part, such as "Agency: Police, Sex: Female"; nothing where
    /// everything is taken.
    pub fn in_words(
        &self,
        audits: &[AuditFacts],
        register: &Register,
        catalogue: &Catalogue,
    ) -> Option<String> {
        let chosen = self.words(audits, register, catalogue).into_iter();
        let parts: Vec<String> = chosen
            .map(|(field, words)| format!("{}: {words}", field.label()))
            .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// The same with one theme only.
    pub fn of_theme(&self, theme: &str) -> Self {
        Self {
            theme: Some(theme.to_owned()),
            ..self.clone()
        }
    }

    /// The same cases of one agency only, or of all.
    pub fn of_agency(&self, agency: Option<&str>) -> Self {
        Self {
            agency: agency.map(ToOwned::to_owned),
            ..self.clone()
        }
    }

    /// Whether it takes this case, by its id.
    pub fn takes(&self, register: &Register, case: RecordId) -> bool {
        let known = register.cases.get(&case);
        known.is_some_and(|known| self.takes_case(case, known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_keeps_what_is_chosen_and_no_other() {
        let case = RecordId::fresh().to_string();
        for field in FilterField::ALL {
            let mut filter = Filter::default();
            field.choose(&mut filter, Some(case.clone()));
            for other in FilterField::ALL {
                let expected = (other == field).then(|| case.clone());
                assert_eq!(other.chosen(&filter), expected, "{field:?} {other:?}");
            }
            field.choose(&mut filter, None);
            assert!(filter.is_empty());
        }
    }
}
