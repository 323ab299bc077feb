//! Findings that the numbers and marks of an audit suggest. A suggestion is only ever a draft: a
//! person accepts, edits or sets it aside. Each says what it rests on, with counts; where there is
//! too little to say anything, that is said instead.

mod draw;

use super::Facts;
pub use super::steps::{FEWEST_ANSWERS, FEWEST_CASES};
use crate::domain::answer::Flag;
use crate::domain::catalogue::Catalogue;
use crate::domain::finding::{Finding, FindingKind};
use crate::domain::id::RecordId;
use crate::domain::register::Register;

/// How many themes, or questions, of one sort are put forward.
const MOST_OF_A_SORT: usize = 3;

/// An answer that its auditor marked, on a submitted form.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// The audit.
    pub audit: RecordId,
    /// The case.
    pub case: RecordId,
    /// The agency's code.
    pub agency: String,
    /// The form.
    pub form: RecordId,
    /// The question.
    pub question: String,
    /// Which mark.
    pub flag: Flag,
    /// What the auditor wrote to it: what worked, or what worries them.
    pub words: String,
}

/// One suggested finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// What it is known by when it is set aside, such as `weak_theme:T07`.
    pub key: String,
    /// What it is about, in a few words.
    pub heading: String,
    /// What it rests on, in a sentence with counts.
    pub rests_on: String,
    /// The draft.
    pub draft: Finding,
}

/// What an audit suggests, and what it cannot say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggestions {
    /// Practice concerns first, then what is weak, then what is strong.
    pub list: Vec<Suggestion>,
    /// What has too few answers to be called weak or strong, one sentence each.
    pub too_little: Vec<String>,
}

/// Draws up the suggestions of one audit from the agencies' answers, the panel's judgements beside
/// them, and the marks. `None` when the facts or the register do not hold the audit or its tool.
pub fn suggestions(
    register: &Register,
    catalogue: &Catalogue,
    facts: &Facts,
    marks: &[Marked],
    audit: RecordId,
) -> Option<Suggestions> {
    let draw = draw::Draw::new(register, catalogue, facts, marks, audit)?;
    let mut list = draw.marks(Flag::PracticeConcern);
    list.extend(draw.weak_themes());
    list.extend(draw.disagreement());
    list.extend(draw.missed_timescales());
    list.extend(draw.marks(Flag::GoodPractice));
    list.extend(draw.strong_themes());
    Some(Suggestions {
        list,
        too_little: draw.too_little(),
    })
}

/// A draft from one marked answer: one click from the mark to a finding.
pub fn draft_from_mark(register: &Register, mark: &Marked) -> Finding {
    let theme = register
        .tool_of(mark.audit)
        .and_then(|tool| tool.question(&mark.question))
        .map_or_else(String::new, |question| question.theme.clone());
    let kind = match mark.flag {
        Flag::GoodPractice => FindingKind::Strength,
        Flag::PracticeConcern => FindingKind::PracticeConcern,
    };
    Finding {
        theme,
        // The auditor's note is about one child: it is the panel's to say what it means.
        text: String::new(),
        agencies: vec![mark.agency.clone()],
        cases: vec![mark.case],
        questions: vec![mark.question.clone()],
        ..Finding::new(mark.audit, kind)
    }
}

/// The finding that already says what a suggestion would: of the same kind and theme, resting on
/// one of its questions at least.
pub fn covered_by(register: &Register, suggestion: &Suggestion) -> Option<RecordId> {
    let draft = &suggestion.draft;
    let own = register.findings_of(draft.audit).into_iter();
    let mut same = own.filter(|(_, finding)| {
        finding.kind == draft.kind
            && finding.theme == draft.theme
            && finding
                .questions
                .iter()
                .any(|question| draft.questions.contains(question))
    });
    same.next().map(|(id, _)| id)
}
