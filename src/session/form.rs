//! The form that is open in the window.

use std::sync::Arc;

use super::document::FormContent;
use crate::domain::flow::FormState;
use crate::domain::id::RecordId;
use crate::domain::record::{Record, RecordKind};
use crate::domain::register::Register;
use crate::domain::revision::Edit;
use crate::domain::tool::Tool;

/// One form with its answers in memory.
#[derive(Clone, Debug)]
pub struct OpenForm {
    /// The form.
    pub form: RecordId,
    /// Its audit.
    pub audit: RecordId,
    /// Its agency's code.
    pub agency: String,
    /// Its case's reference.
    pub reference: String,
    /// The tool version it is filled in with.
    pub tool: Arc<Tool>,
    /// Answers and key dates.
    pub content: FormContent,
    /// The question touched last when the form was opened.
    pub left_off_at: Option<String>,
}

impl OpenForm {
    /// Puts together what belongs to a form; `None` when the register does not know it.
    pub fn new(
        register: &Register,
        form: RecordId,
        content: FormContent,
        left_off_at: Option<String>,
    ) -> Option<Self> {
        let (audit, agency, case) = register.place_of(form)?;
        Some(Self {
            form,
            audit,
            agency: agency.to_owned(),
            reference: register.cases.get(&case)?.reference.clone(),
            tool: Arc::new(register.tool_of(audit)?.clone()),
            content,
            left_off_at,
        })
    }

    /// What the flow works on.
    pub fn state(&self) -> FormState<'_> {
        FormState {
            tool: &self.tool,
            agency: &self.agency,
            answers: &self.content.answers,
        }
    }

    /// The record as it stands, if it belongs to this form.
    pub(super) fn get(&self, kind: RecordKind, id: RecordId) -> Option<Record> {
        use crate::domain::{answer::Answer, key_date::KeyDate};
        match kind {
            RecordKind::Answer => {
                let mut answers = self.content.answers.values();
                let found = answers.find(|answer| Answer::id(self.form, &answer.question) == id);
                found.cloned().map(Record::Answer)
            }
            RecordKind::KeyDate => {
                let mut dates = self.content.dates.iter();
                let (date_id, date) =
                    dates.find(|(date_id, _)| KeyDate::id(self.form, date_id) == id)?;
                Some(Record::KeyDate(KeyDate {
                    form: self.form,
                    date_id: date_id.clone(),
                    date: *date,
                }))
            }
            _ => None,
        }
    }

    /// Carries out an edit of an answer or key date of this form.
    pub(super) fn apply(&mut self, edit: &Edit) {
        use crate::domain::{answer::Answer, key_date::KeyDate};
        let form = self.form;
        match (&edit.after, edit.kind) {
            (Some(Record::Answer(answer)), _) if answer.form == form => {
                self.content
                    .answers
                    .insert(answer.question.clone(), answer.clone());
            }
            (Some(Record::KeyDate(date)), _) if date.form == form => {
                self.content.dates.insert(date.date_id.clone(), date.date);
            }
            (None, RecordKind::Answer) => self
                .content
                .answers
                .retain(|question, _| Answer::id(form, question) != edit.record),
            (None, RecordKind::KeyDate) => self
                .content
                .dates
                .retain(|date_id, _| KeyDate::id(form, date_id) != edit.record),
            _ => (),
        }
    }
}
