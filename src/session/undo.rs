//! Undo and redo: steps that can be taken back, newest last, at most a hundred a window.

use chrono::{DateTime, TimeDelta, Utc};

use super::command::Refused;
use super::jobs::MergeStep;
use super::worker::Request;
use super::{SaveState, Session};
use crate::domain::revision::Edit;

/// How many steps are kept.
const MOST_STEPS: usize = 100;
/// Typing in one field within this time is one step.
const ONE_STEP: TimeDelta = TimeDelta::seconds(60);

/// What a step did.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Did {
    /// It changed records: how they were, and how they are.
    Edits { before: Vec<Edit>, after: Vec<Edit> },
    /// It merged returns. The file knows what that did.
    Merge(MergeStep),
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct UndoStep {
    pub(super) label: String,
    pub(super) did: Did,
    typing_in: Option<String>,
    at: DateTime<Utc>,
}

impl UndoStep {
    fn is_merge(&self) -> bool {
        matches!(self.did, Did::Merge(_))
    }
}

/// What was done and what was taken back.
#[derive(Debug, Default)]
pub(super) struct Undo {
    steps: Steps,
    /// The merges, while a form is open.
    aside: Option<Steps>,
}

#[derive(Debug, Default)]
struct Steps {
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
        if let Some(last) = self.steps.done.last_mut()
            && typing_in.is_some()
            && last.typing_in == typing_in
            && at - last.at < ONE_STEP
            && let Did::Edits {
                before: first,
                after: known,
            } = &mut last.did
        {
            add(first, before, |known, _| known);
            add(known, after, |_, new| new);
            self.steps.undone.clear();
            return;
        }
        self.push(UndoStep {
            label,
            did: Did::Edits { before, after },
            typing_in,
            at,
        });
    }

    /// Remembers a merge.
    pub(super) fn remember_merge(&mut self, merge: MergeStep, at: DateTime<Utc>) {
        self.push(UndoStep {
            label: merge.label(),
            did: Did::Merge(merge),
            typing_in: None,
            at,
        });
    }

    fn push(&mut self, step: UndoStep) {
        let steps = &mut self.steps;
        steps.undone.clear();
        steps.done.push(step);
        if steps.done.len() > MOST_STEPS {
            steps.done.remove(0);
        }
    }

    /// Takes the last step back: how it was before has to be committed.
    pub(super) fn undo(&mut self) -> Option<UndoStep> {
        let step = self.steps.done.pop()?;
        self.steps.undone.push(step.clone());
        Some(step)
    }

    /// Does the step undone last again: how it was after has to be committed.
    pub(super) fn redo(&mut self) -> Option<UndoStep> {
        let mut step = self.steps.undone.pop()?;
        // Typing on after a redo is a step of its own.
        step.typing_in = None;
        self.steps.done.push(step.clone());
        Some(step)
    }

    pub(super) fn undo_label(&self) -> Option<&str> {
        self.steps.done.last().map(|step| step.label.as_str())
    }

    pub(super) fn redo_label(&self) -> Option<&str> {
        self.steps.undone.last().map(|step| step.label.as_str())
    }

    /// Forgets everything but merges: what comes next must not be undone past this point. Taking a
    /// merge back leaves alone what was changed since, and so can wait.
    pub(super) fn forget(&mut self) {
        self.steps.done.retain(UndoStep::is_merge);
        self.steps.undone.retain(UndoStep::is_merge);
    }

    /// A form is opened: only what is done on it can be undone while it is open.
    pub(super) fn enter_form(&mut self) {
        self.forget();
        let steps = std::mem::take(&mut self.steps);
        self.aside.get_or_insert(steps);
    }

    /// The form is left.
    pub(super) fn leave_form(&mut self) {
        if let Some(merges) = self.aside.take() {
            self.steps = merges;
        }
    }
}

/// Adds edits to those of the same step; `of_both` says which of two edits of one record counts.
fn add(edits: &mut Vec<Edit>, more: Vec<Edit>, of_both: fn(Edit, Edit) -> Edit) {
    for edit in more {
        match edits.iter_mut().find(|own| own.record == edit.record) {
            Some(own) => *own = of_both(own.clone(), edit),
            None => edits.push(edit),
        }
    }
}

impl Session {
    pub(super) fn take_back(&mut self) -> Result<(), Refused> {
        self.merges_only_on_disk(self.undo.steps.done.last())?;
        let Some(step) = self.undo.undo() else {
            return Ok(());
        };
        match step.did {
            Did::Edits { before, .. } => {
                self.commit(before, Some(format!("Undo: {}", step.label)));
            }
            Did::Merge(merge) => self.worker.send(Request::TakeBack(merge)),
        }
        Ok(())
    }

    /// A merge is not taken back, nor done again, while earlier changes are not on disk.
    fn merges_only_on_disk(&self, step: Option<&UndoStep>) -> Result<(), Refused> {
        let failed = matches!(self.save, SaveState::Failed(_));
        match failed && step.is_some_and(UndoStep::is_merge) {
            true => Err(Refused::NotOnDisk),
            false => Ok(()),
        }
    }

    pub(super) fn do_again(&mut self) -> Result<(), Refused> {
        self.merges_only_on_disk(self.undo.steps.undone.last())?;
        let Some(step) = self.undo.redo() else {
            return Ok(());
        };
        match step.did {
            Did::Edits { after, .. } => {
                self.commit(after, Some(format!("Redo: {}", step.label)));
            }
            Did::Merge(merge) => self.worker.send(Request::BringAgain(merge)),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::RecordId;
    use crate::domain::partnership::Agency;
    use crate::domain::record::RecordKind;

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
        assert_eq!(undo.steps.done.len(), 2);
        remember(&mut undo, "answer", false, 62);
        remember(&mut undo, "answer", false, 63);
        assert_eq!(undo.steps.done.len(), 4);
    }

    /// The first note on a form begins the form, the next ones only change the note.
    #[test]
    fn redo_does_everything_a_step_of_typing_did() {
        let (form, note) = (RecordId::fresh(), RecordId::fresh());
        let edit = |record, words: &str| {
            let agency = Agency {
                code: words.into(),
                name: String::new(),
                short: String::new(),
            };
            Edit::put(record, agency)
        };
        let mut undo = Undo::default();
        let gone = |record| Edit::delete(record, RecordKind::Agency);
        let mut type_in = |before: Vec<Edit>, after: Vec<Edit>| {
            undo.remember(
                "note".into(),
                before,
                after,
                Some("note".into()),
                Utc::now(),
            );
        };
        type_in(
            vec![gone(form), gone(note)],
            vec![edit(form, "begun"), edit(note, "a")],
        );
        type_in(vec![edit(note, "a")], vec![edit(note, "ab")]);
        let step = undo.undo().unwrap();
        let expected = Did::Edits {
            before: vec![gone(form), gone(note)],
            after: vec![edit(form, "begun"), edit(note, "ab")],
        };
        assert_eq!(step.did, expected);
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
        assert_eq!(undo.steps.done.len(), 100);
        assert_eq!(undo.undo_label(), Some("149"));
    }
}
