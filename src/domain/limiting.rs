//! The limiting rules: the highest overall grade that the answers to one case suggest, and why.
//!
//! Only ever a suggestion: a person decides, and says why where the decision is another one.
//! 1. A safety-critical answer that alarms caps the grade at the lowest value, until the panel
//!    judges that question otherwise and says why.
//! 2. An agency that says the child is not safe caps it there always.
//! 3. Two or more sections in which at least half of the grades are the lowest value cap it at the
//!    value above. Grades are counted, never averaged.

use std::collections::BTreeMap;

use super::flow::FormState;
use super::judgement::Judgement;
use super::tool::{Kind, Question, Tool};

/// Why the grade is capped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// These agencies gave an alarming answer to a safety-critical question.
    Alarm {
        /// The question's id.
        question: String,
        /// Codes of the agencies.
        agencies: Vec<String>,
    },
    /// These agencies say that the child is not safe.
    NotSafe {
        /// The safety question's id.
        question: String,
        /// Codes of the agencies.
        agencies: Vec<String>,
    },
    /// Two or more sections are at the lowest grade.
    Sections(Vec<LowSection>),
}

/// A section in which at least half of the grades are the lowest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LowSection {
    /// The section's id.
    pub section: String,
    /// How many of its grades are the lowest.
    pub lowest: usize,
    /// How many grades there are.
    pub grades: usize,
}

/// The highest grade the rules suggest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceiling {
    /// Id of the grade.
    pub grade: String,
    /// Why; never empty.
    pub limits: Vec<Limit>,
}

/// The answer to the safety question that says outright that the child is not safe.
const NOT_SAFE: &str = "no";

/// What the answers of all agencies to one case suggest; `None` when no rule bites. `judged` are
/// the panel's judgements by question: where there is one, it stands for the agencies' grades.
pub fn ceiling(
    tool: &Tool,
    forms: &[FormState<'_>],
    judged: &BTreeMap<&str, &Judgement>,
) -> Option<Ceiling> {
    let scale = tool.scale(&tool.grade_scale)?;
    let lowest = scale.values.last()?;
    let next = scale.values.iter().rev().nth(1)?;
    let mut limits = not_safe(tool, forms);
    limits.extend(alarms(tool, forms, judged));
    let at_lowest = !limits.is_empty();
    let low = low_sections(tool, forms, judged, &lowest.id);
    if low.len() >= 2 {
        limits.push(Limit::Sections(low));
    }
    let grade = if at_lowest { &lowest.id } else { &next.id };
    (!limits.is_empty()).then(|| Ceiling {
        grade: grade.clone(),
        limits,
    })
}

impl Ceiling {
    /// Whether `grade` is better than what the rules suggest.
    pub fn is_exceeded_by(&self, tool: &Tool, grade: &str) -> bool {
        let Some(scale) = tool.scale(&tool.grade_scale) else {
            return false;
        };
        match (scale.rank(grade), scale.rank(&self.grade)) {
            (Some(given), Some(most)) => given < most,
            _ => false,
        }
    }
}

fn not_safe(tool: &Tool, forms: &[FormState<'_>]) -> Vec<Limit> {
    let safety = tool.safety_question.as_deref();
    let Some(question) = safety.and_then(|id| tool.question(id)) else {
        return Vec::new();
    };
    let agencies = agencies_that(forms, question, |ids| ids.iter().any(|id| id == NOT_SAFE));
    let limit = (!agencies.is_empty()).then(|| Limit::NotSafe {
        question: question.id.clone(),
        agencies,
    });
    limit.into_iter().collect()
}

fn alarms<'a>(
    tool: &'a Tool,
    forms: &'a [FormState<'_>],
    judged: &'a BTreeMap<&str, &Judgement>,
) -> impl Iterator<Item = Limit> + 'a {
    let overridden = |question: &Question| {
        judged.get(question.id.as_str()).is_some_and(|judgement| {
            !judgement.reason.trim().is_empty() && !question.alarms_at(&judgement.value)
        })
    };
    let critical = tool.questions.iter().filter(|q| q.safety.is_some());
    critical
        .filter(move |question| !overridden(question))
        .filter_map(move |question| {
            let is_safety = tool.safety_question.as_ref() == Some(&question.id);
            let alarming = question.safety.as_ref().map_or(&[][..], |s| &s.when);
            let agencies = agencies_that(forms, question, |ids| {
                ids.iter()
                    .any(|id| alarming.contains(id) && !(is_safety && id == NOT_SAFE))
            });
            (!agencies.is_empty()).then(|| Limit::Alarm {
                question: question.id.clone(),
                agencies,
            })
        })
}

/// Codes of the agencies whose answer to `question` is one that `counts` accepts.
fn agencies_that(
    forms: &[FormState<'_>],
    question: &Question,
    counts: impl Fn(&[String]) -> bool,
) -> Vec<String> {
    let said = forms.iter().filter(|form| form.asks(question));
    said.filter(|form| {
        let answer = form.answers.get(&question.id);
        answer
            .and_then(|answer| answer.value())
            .is_some_and(|value| counts(value.chosen()))
    })
    .map(|form| form.agency.to_owned())
    .collect()
}

fn low_sections(
    tool: &Tool,
    forms: &[FormState<'_>],
    judged: &BTreeMap<&str, &Judgement>,
    lowest: &str,
) -> Vec<LowSection> {
    let sections = tool.sections.iter().filter_map(|section| {
        let grades: Vec<&str> = tool
            .questions_in(&section.id)
            .filter(|question| question.kind == Kind::Grade)
            .flat_map(|question| grades_of(forms, judged, question))
            .collect();
        let low = grades.iter().filter(|grade| **grade == lowest).count();
        (low > 0 && low * 2 >= grades.len()).then(|| LowSection {
            section: section.id.clone(),
            lowest: low,
            grades: grades.len(),
        })
    });
    sections.collect()
}

/// The panel's grade for a question where there is one, otherwise every agency's.
fn grades_of<'a>(
    forms: &'a [FormState<'_>],
    judged: &'a BTreeMap<&str, &Judgement>,
    question: &Question,
) -> Vec<&'a str> {
    if let Some(judgement) = judged.get(question.id.as_str()) {
        return judgement
            .value
            .chosen()
            .iter()
            .map(String::as_str)
            .collect();
    }
    let asked = forms.iter().filter(|form| form.asks(question));
    let values = asked.filter_map(|form| form.answers.get(&question.id)?.value());
    values
        .flat_map(|value| value.chosen().iter().map(String::as_str))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::{Answer, Given, Value};
    use crate::domain::catalogue::Catalogue;
    use crate::domain::flow::Answers;
    use crate::domain::id::RecordId;

    type Said<'a> = &'a [(&'a str, &'a str, &'a str)];
    /// What was said, what was judged, and the ceiling with the number of limits.
    type Expected<'a> = (Said<'a>, Said<'a>, Option<(String, usize)>);

    /// The ceiling's grade and the number of limits, for answers as agency, question, value and
    /// judgements as question, value, reason.
    fn suggested(slug: &str, said: Said<'_>, judged: Said<'_>) -> Option<(String, usize)> {
        let tool = Catalogue::built_in().unwrap().tool(slug).unwrap().clone();
        let mut agencies: BTreeMap<&str, Answers> = BTreeMap::new();
        for (agency, question, value) in said {
            assert!(tool.question(question).is_some(), "{question}");
            let mut answer = Answer::empty(RecordId::fresh(), question);
            answer.given = Some(Given::Value(Value::one(*value)));
            let answers = agencies.entry(agency).or_default();
            answers.insert((*question).to_owned(), answer);
        }
        let forms: Vec<FormState<'_>> = agencies
            .iter()
            .map(|(agency, answers)| FormState {
                tool: &tool,
                agency,
                answers,
            })
            .collect();
        let judgements: Vec<Judgement> = judged
            .iter()
            .map(|(question, value, reason)| Judgement {
                case: RecordId::fresh(),
                question: Some((*question).to_owned()),
                value: Value::one(*value),
                reason: (*reason).to_owned(),
                dissent: String::new(),
            })
            .collect();
        let by_question = judgements
            .iter()
            .filter_map(|judgement| Some((judgement.question.as_deref()?, judgement)))
            .collect();
        ceiling(&tool, &forms, &by_question).map(|found| (found.grade, found.limits.len()))
    }

    #[test]
    fn an_alarming_answer_caps_until_the_panel_says_otherwise_with_a_reason() {
        let (a03, c15b) = ("A03", "C15b");
        let alarm: Said<'_> = &[("CSC", a03, "inadequate"), ("POL", a03, "good")];
        let unsure: Said<'_> = &[("GP", c15b, "unsure")];
        let low = |limits| Some(("inadequate".to_owned(), limits));
        let cases: [Expected<'_>; 7] = [
            (alarm, &[], low(1)),
            (alarm, &[(a03, "good", "Seen in the log")], None),
            (alarm, &[(a03, "good", " ")], low(1)),
            (alarm, &[(a03, "inadequate", "Agreed")], low(1)),
            (&[("CSC", a03, "requires_improvement")], &[], None),
            (unsure, &[], low(1)),
            (unsure, &[(c15b, "yes", "Visited since")], None),
        ];
        for (said, judged, expected) in cases {
            let found = suggested("sexual-abuse-referrals", said, judged);
            assert_eq!(found, expected, "{said:?} {judged:?}");
        }
    }

    #[test]
    fn a_child_said_not_to_be_safe_caps_always() {
        let said: Said<'_> = &[("GP", "C15b", "no"), ("CSC", "C15b", "yes")];
        let low = Some(("inadequate".to_owned(), 1));
        assert_eq!(suggested("neglect", said, &[]), low);
        let judged: Said<'_> = &[("C15b", "yes", "Moved since")];
        assert_eq!(suggested("neglect", said, judged), low);
    }

    #[test]
    fn too_low_a_plan_alarms() {
        let said: Said<'_> = &[("CSC", "K01", "too_low")];
        let low = Some(("inadequate".to_owned(), 1));
        assert_eq!(suggested("children-in-need", said, &[]), low);
        let fine: Said<'_> = &[("CSC", "K01", "too_high")];
        assert_eq!(suggested("children-in-need", fine, &[]), None);
    }

    #[test]
    fn two_low_sections_cap_at_the_value_above() {
        // C03 and C05 stand in one section, C01 and C13 in two others.
        let one: Said<'_> = &[("CSC", "C03", "inadequate"), ("CSC", "C05", "inadequate")];
        let two: Said<'_> = &[("CSC", "C01", "inadequate"), ("CSC", "C13", "inadequate")];
        let outvoted: Said<'_> = &[
            ("CSC", "C01", "inadequate"),
            ("POL", "C01", "good"),
            ("GP", "C01", "good"),
            ("CSC", "C13", "inadequate"),
        ];
        let capped = Some(("requires_improvement".to_owned(), 1));
        let cases: [Expected<'_>; 5] = [
            (one, &[], None),
            (two, &[], capped.clone()),
            (two, &[("C13", "good", "")], None),
            (outvoted, &[], None),
            (outvoted, &[("C01", "inadequate", "")], capped),
        ];
        for (said, judged, expected) in cases {
            let found = suggested("neglect", said, judged);
            assert_eq!(found, expected, "{said:?} {judged:?}");
        }
    }

    #[test]
    fn both_kinds_together_cap_at_the_lowest_and_say_both() {
        let said: Said<'_> = &[
            ("CSC", "C01", "inadequate"),
            ("CSC", "C13", "inadequate"),
            ("CSC", "C15b", "no"),
        ];
        let found = suggested("neglect", said, &[]);
        assert_eq!(found, Some(("inadequate".to_owned(), 2)));
    }

    #[test]
    fn only_a_better_grade_exceeds_the_ceiling() {
        let tool = Catalogue::built_in()
            .unwrap()
            .tool("neglect")
            .unwrap()
            .clone();
        let ceiling = Ceiling {
            grade: "requires_improvement".into(),
            limits: Vec::new(),
        };
        assert!(ceiling.is_exceeded_by(&tool, "good"));
        for grade in ["requires_improvement", "inadequate", "unknown"] {
            assert!(!ceiling.is_exceeded_by(&tool, grade), "{grade}");
        }
    }
}
