//! Decisions of the BMG that a person has looked at and takes.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Session;
use super::worker::Request;
use crate::domain::id::RecordId;
use crate::exchange::decisions::{Decided, DecisionPreview, Field};

/// Decisions to take, all in one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Decisions {
    /// The name of the file they came in.
    pub source: String,
    /// What is decided.
    pub decided: Vec<Decided>,
    /// The fields that changed on both sides and are to stand as the file says.
    pub taken: BTreeSet<(RecordId, Field)>,
}

impl Decisions {
    /// What a preview decides, with ours standing wherever both sides changed.
    pub fn of(source: impl Into<String>, preview: &DecisionPreview) -> Self {
        Self {
            source: source.into(),
            decided: preview.decided.clone(),
            taken: BTreeSet::new(),
        }
    }

    /// The fields of one action that are to stand as the file says although ours changed.
    pub(super) fn taken_of(&self, action: RecordId) -> BTreeSet<Field> {
        let taken = self.taken.iter().filter(|(own, _)| *own == action);
        taken.map(|(_, field)| *field).collect()
    }
}

impl Session {
    /// Asks what taking the decisions in a file would do; [`super::Notice::DecisionsPreviewed`] or
    /// [`super::Notice::DecisionsRefused`] follows.
    pub fn preview_decisions(&mut self, path: PathBuf) {
        self.worker.send(Request::PreviewDecisions(path));
    }
}
