//! Undo and redo: steps that can be taken back, newest last, at most a hundred a window.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::revision::Edit;

/// How many steps are kept.
const MOST_STEPS: usize = 100;
/// Typing in one field within this time is one step.
const ONE_STEP: TimeDelta = TimeDelta::seconds(60);

/// One step and both its sides.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct UndoStep {
    pub(super) label: String,
    pub(super) before: Vec<Edit>,
    pub(super) after: Vec<Edit>,
    typing_in: Option<String>,
    at: DateTime<Utc>,
}

/// What was done and what was taken back.
#[derive(Debug, Default)]
pub(super) struct Undo {
    done: Vec<UndoStep>,
    undone: Vec<UndoStep>,
}

impl Undo {
    /// Remembers a step. A new step makes what was undone before it unreachable.
    pub(super) fn remember(
        &mut self,
        label: String,
        before: Vec<Edit>,
        after: Vec<Edit>,
        typing_in: Option<String>,
        at: DateTime<Utc>,
    ) {
        self.undone.clear();
        if let Some(last) = self.done.last_mut()
            && typing_in.is_some()
            && last.typing_in == typing_in
            && at - last.at < ONE_STEP
        {
            last.after = after;
            return;
        }
        self.done.push(UndoStep {
            label,
            before,
            after,
            typing_in,
            at,
        });
        if self.done.len() > MOST_STEPS {
            self.done.remove(0);
        }
    }

    /// Takes the last step back: the step whose `before` has to be committed.
    pub(super) fn undo(&mut self) -> Option<UndoStep> {
        let step = self.done.pop()?;
        self.undone.push(step.clone());
        Some(step)
    }

    /// Does the step undone last again: the step whose `after` has to be committed.
    pub(super) fn redo(&mut self) -> Option<UndoStep> {
        let mut step = self.undone.pop()?;
        // Typing on after a redo is a step of its own.
        step.typing_in = None;
        self.done.push(step.clone());
        Some(step)
    }

    pub(super) fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|step| step.label.as_str())
    }

    pub(super) fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }

    /// Forgets everything: what comes next must not be undone past this point.
    pub(super) fn forget(&mut self) {
        self.done.clear();
        self.undone.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remember(undo: &mut Undo, label: &str, typing: bool, second: i64) {
        let at = DateTime::from_timestamp(second, 0).unwrap();
        undo.remember(
            label.into(),
            vec![],
            vec![],
            typing.then(|| "field".into()),
            at,
        );
    }

    #[test]
    fn typing_within_a_minute_is_one_step() {
        let mut undo = Undo::default();
        for second in [0, 5, 59] {
            remember(&mut undo, "note", true, second);
        }
        remember(&mut undo, "note", true, 61);
        assert_eq!(undo.done.len(), 2);
        remember(&mut undo, "answer", false, 62);
        remember(&mut undo, "answer", false, 63);
        assert_eq!(undo.done.len(), 4);
    }

    #[test]
    fn a_new_step_after_undo_ends_redo() {
        let mut undo = Undo::default();
        remember(&mut undo, "a", false, 0);
        remember(&mut undo, "b", false, 1);
        assert_eq!(undo.undo().unwrap().label, "b");
        assert_eq!(
            (undo.undo_label(), undo.redo_label()),
            (Some("a"), Some("b"))
        );
        assert_eq!(undo.redo().unwrap().label, "b");
        undo.undo();
        remember(&mut undo, "c", false, 2);
        assert_eq!(undo.redo_label(), None);
    }

    #[test]
    fn a_hundred_steps_are_kept() {
        let mut undo = Undo::default();
        for second in 0..150 {
            remember(&mut undo, &second.to_string(), false, second);
        }
        assert_eq!(undo.done.len(), 100);
        assert_eq!(undo.undo_label(), Some("149"));
    }
}
