//! Audit tools: the versioned forms that auditors fill in. A tool is data; this folder says what
//! the data means ([`Tool`], [`Question`]), reads a tool file ([`mod@file`]) and lists what is wrong
//! with one ([`check`]).

pub mod check;
pub mod file;
mod kind;
mod places;
mod question;
mod scale;

use serde::{Deserialize, Serialize};

pub use kind::{Kind, LONGEST_TEXT};
pub use question::{AskedIf, Choice, EVERY_AGENCY, Question, RatioWords, Safety, SafetyStep};
pub use scale::{Scale, ScaleValue};

use super::answer::Value;
use super::id::RecordId;

/// A heading in a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Short id, such as RR.
    pub id: String,
    /// The heading.
    pub title: String,
}

/// A hypothesis that comes with the tool; an audit takes it over and may change it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToolHypothesis {
    /// H1, H2 …
    pub id: String,
    /// The statement.
    pub text: String,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Ids of the questions that bear on it.
    pub questions: Vec<String>,
}

/// Which children the audit is about; the starting point of an audit's scope.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cohort {
    /// The population in one sentence.
    pub population: String,
    /// Who is in.
    pub include: Vec<String>,
    /// Who is left out.
    pub exclude: Vec<String>,
    /// What the sample should be spread over.
    pub mix: Vec<String>,
    /// How many cases, in words.
    pub sample: String,
    /// How far back the audit looks, in months.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub look_back_months: Option<u32>,
}

/// A date the timescale rules need, and who would hold it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeyDateField {
    /// Id, shared with the timescale rules.
    pub id: String,
    /// Label.
    pub label: String,
    /// Which of several dates is meant.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// Codes of the agencies asked, or ALL.
    pub agencies: Vec<String>,
}

impl KeyDateField {
    /// Whether `agency` is asked for it.
    pub fn is_for(&self, agency: &str) -> bool {
        let mut codes = self.agencies.iter();
        codes.any(|code| code == EVERY_AGENCY || code == agency)
    }
}

/// One version of a tool, whole: core questions and scales included. This is what a register keeps,
/// so that a form is always read with the very words it was filled in with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tool {
    /// `goldthread/tool/1`.
    pub schema: String,
    /// Slug, such as `neglect`.
    #[serde(rename = "tool")]
    pub slug: String,
    /// Version, from 1.
    pub version: u32,
    /// Title.
    pub title: String,
    /// Beginning of the case references, such as NEG.
    pub prefix: String,
    /// The shared core a tool *file* builds on, such as `core@1`; a whole tool has it put in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub core: Option<String>,
    /// What the audit is for.
    pub purpose: String,
    /// The scale of its grades.
    pub grade_scale: String,
    /// The question that asks whether the child is safe today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safety_question: Option<String>,
    /// Sections in the order of the form.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// Hypotheses.
    #[serde(default)]
    pub hypotheses: Vec<ToolHypothesis>,
    /// Whose cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort: Option<Cohort>,
    /// Key dates.
    #[serde(default)]
    pub key_dates: Vec<KeyDateField>,
    /// Scales used, frozen with the tool.
    #[serde(default)]
    pub scales: Vec<Scale>,
    /// Questions in the order of the form.
    pub questions: Vec<Question>,
}

impl Tool {
    /// `slug@version`, by which audits and data files name it.
    pub fn name(&self) -> String {
        format!("{}@{}", self.slug, self.version)
    }

    /// The identity of the record that keeps the tool called `name` (`slug@version`).
    pub fn id(name: &str) -> RecordId {
        RecordId::derived("tool", &[name])
    }

    /// The question with this identity.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The questions of a section, in order.
    pub fn questions_in<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a Question> {
        self.questions
            .iter()
            .filter(move |question| question.section == section)
    }

    /// The scale with this id.
    pub fn scale(&self, id: &str) -> Option<&Scale> {
        self.scales.iter().find(|scale| scale.id == id)
    }

    /// The scale a question is answered on: the tool's grades, or yes/partly/no.
    pub fn scale_of(&self, question: &Question) -> Option<&Scale> {
        match question.kind {
            Kind::Grade => self.scale(&self.grade_scale),
            Kind::YesPartlyNo => self.scale(scale::YES_PARTLY_NO),
            _ => None,
        }
    }

    /// What can be picked for `question`: id, words, and what picking it means. Empty for kinds
    /// that are typed.
    pub fn options(&self, question: &Question) -> Vec<Choice> {
        match self.scale_of(question) {
            Some(scale) => scale
                .values
                .iter()
                .map(|value| Choice {
                    id: value.id.clone(),
                    label: value.label.clone(),
                    favourable: value.favourable,
                    needs_note: value.needs_note,
                })
                .collect(),
            None => question.choices.clone(),
        }
    }

    /// Whether `value` speaks well of practice; `None` where the question is never scored.
    pub fn favourable(&self, question: &Question, value: &Value) -> Option<bool> {
        if !question.is_scored() {
            return None;
        }
        match (value, &question.ratio) {
            (Value::Ratio { part, whole }, Some(words)) => words
                .favourable_from_percent
                .map(|share| u64::from(*part) * 100 >= u64::from(share) * u64::from(*whole)),
            _ => Some(
                self.options(question)
                    .iter()
                    .any(|option| option.favourable && value.chosen().contains(&option.id)),
            ),
        }
    }

    /// Whether an answer with this value has to say why.
    pub fn needs_note(&self, question: &Question, value: &Value) -> bool {
        match &question.needs_note {
            Some(ids) => value.chosen().iter().any(|id| ids.contains(id)),
            None => self
                .options(question)
                .iter()
                .any(|option| option.needs_note && value.chosen().contains(&option.id)),
        }
    }

    /// The words for a value: labels for choices and grades, dd/mm/yyyy for dates.
    pub fn words(&self, question: &Question, value: &Value) -> String {
        match value {
            Value::Number(number) => number.to_string(),
            Value::Ratio { part, whole } => format!("{part} of {whole}"),
            Value::One(text) if question.kind == Kind::Date => text
                .parse()
                .map_or_else(|_| text.clone(), super::dates::written_date),
            Value::One(text) if question.kind == Kind::Text => text.clone(),
            Value::One(_) | Value::Many(_) => {
                let options = self.options(question);
                let label = |id: &String| {
                    let known = options.iter().find(|option| option.id == *id);
                    known.map_or_else(|| id.clone(), |option| option.label.clone())
                };
                value
                    .chosen()
                    .iter()
                    .map(label)
                    .collect::<Vec<_>>()
                    .join(", ")
            }
        }
    }

    /// The words for a grade of the tool's own scale.
    pub fn grade_label<'a>(&'a self, id: &'a str) -> &'a str {
        self.scale(&self.grade_scale)
            .and_then(|scale| scale.value(id))
            .map_or(id, |value| value.label.as_str())
    }
}
