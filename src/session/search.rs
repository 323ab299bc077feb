//! Looking for words in the open document. What is looked for is kept nowhere.

use super::document::Document;
use super::error::Error;
use super::newest::Asked;
use super::worker::{Event, Request};
use super::{Session, jobs};
use crate::domain::id::RecordId;
use crate::domain::search::Excerpt;

/// What is looked for, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchRequest {
    /// The words as typed.
    pub words: String,
    /// Only in this audit.
    pub audit: Option<RecordId>,
}

/// What sort of thing was found; results stand under these headings, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// An audit by its title or scope.
    Audits,
    /// A case by its reference.
    Cases,
    /// A question of a tool.
    Questions,
    /// What an auditor wrote on a form.
    Notes,
    /// What the panel wrote.
    Panel,
    /// A hypothesis.
    Hypotheses,
    /// A finding.
    Findings,
    /// An action or what is noted on its progress.
    Actions,
}

impl Group {
    /// The heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::Audits => "Audits",
            Self::Cases => "Cases",
            Self::Questions => "Questions",
            Self::Notes => "Notes on forms",
            Self::Panel => "The panel’s reasons",
            Self::Hypotheses => "Hypotheses",
            Self::Findings => "Findings",
            Self::Actions => "Actions",
        }
    }

    /// Whether an agency's return shows it: the own cases and what is written on their forms.
    pub fn is_in_returns(self) -> bool {
        matches!(self, Self::Cases | Self::Questions | Self::Notes)
    }
}

/// Where something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// An audit.
    Audit(RecordId),
    /// A case.
    Case(RecordId),
    /// A question of the tool of an audit.
    Question(RecordId, String),
    /// The answer to a question on a form.
    Answer(RecordId, String),
    /// The overall grade of a form, or why it was declined.
    Form(RecordId),
    /// The panel's page of a case, at a question or the overall grade.
    Judgement(RecordId, Option<String>),
    /// The practice concerns of an audit.
    Concerns(RecordId),
    /// The hypotheses of an audit.
    Hypotheses(RecordId),
    /// A finding.
    Finding(RecordId),
    /// An action.
    Action(RecordId),
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where it is.
    pub place: Place,
    /// What it is, such as "Answer to C01, NEG20-03, GP".
    pub title: String,
    /// The words with what stands around them.
    pub excerpt: Excerpt,
}

/// What was found of one sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundGroup {
    /// Which sort.
    pub group: Group,
    /// The first of them.
    pub hits: Vec<Hit>,
    /// How many there are.
    pub total: usize,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What was looked for.
    pub request: SearchRequest,
    /// What was found, sort by sort.
    pub groups: Vec<FoundGroup>,
}

impl Found {
    /// How many things were found.
    pub fn total(&self) -> usize {
        self.groups.iter().map(|group| group.total).sum()
    }
}

/// A search on its way to the worker.
#[derive(Debug)]
pub(super) struct Search {
    request: SearchRequest,
    asked: Asked,
}

impl Search {
    /// Looks, unless another search was asked for since; then nobody waits for the result.
    pub(super) fn run(&self, document: &Document, emit: &mut dyn FnMut(Event)) {
        match jobs::search(document, &self.request, &|| self.asked.is_overtaken()) {
            Ok(found) => emit(Event::Found(found)),
            Err(Error::Cancelled) => (),
            Err(error) => emit(Event::Failed(error.to_string())),
        }
    }
}

impl Session {
    /// Looks for words; [`super::Notice::Found`] follows, unless another search is asked for first.
    pub fn search(&mut self, request: SearchRequest) {
        let asked = self.searches.ask();
        self.worker.send(Request::Search(Search { request, asked }));
    }
}
