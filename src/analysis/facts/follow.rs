//! Facts that follow the changes of an open document, so that nothing has to be read again.

use super::{AuditFacts, Facts};
use crate::domain::answer::{Answer, Given};
use crate::domain::audit::Audit;
use crate::domain::case::Case;
use crate::domain::form::{CaseForm, FormStatus};
use crate::domain::id::RecordId;
use crate::domain::judgement::Judgement;
use crate::domain::key_date::KeyDate;
use crate::domain::record::{Record, RecordKind};
use crate::domain::register::Register;
use crate::domain::revision::Edit;
use crate::domain::tool::Tool;

/// The facts cannot follow a change: an audit, a case or a form came or went, and answers that are
/// not at hand may count now. They have to be read from the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadAnew;

impl Facts {
    /// Follows edits that `register` already holds. `open_form` is the form that deleted answers
    /// and key dates stand on (their edits name the record only).
    ///
    /// # Errors
    /// [`ReadAnew`] where the facts cannot follow; they are then not to be used any more.
    pub fn follow(
        &mut self,
        register: &Register,
        edits: &[Edit],
        open_form: Option<RecordId>,
    ) -> Result<(), ReadAnew> {
        for edit in edits {
            match &edit.after {
                Some(record) => self.put(register, edit.record, record)?,
                None => self.take_out(register, edit.kind, edit.record, open_form)?,
            }
        }
        Ok(())
    }

    fn put(&mut self, register: &Register, id: RecordId, record: &Record) -> Result<(), ReadAnew> {
        match record {
            Record::Answer(answer) => {
                self.answer(
                    register,
                    answer.form,
                    &answer.question,
                    answer.given.as_ref(),
                );
                if let Some((audit, sheet)) = self.forms.get(&answer.form).copied() {
                    let (facts, noted) = (&mut self.audits[audit as usize], answer.has_note());
                    facts.set_noted(sheet as usize, &answer.question, noted);
                }
            }
            Record::KeyDate(date) => {
                if let Some((audit, sheet)) = self.forms.get(&date.form).copied() {
                    let facts = &mut self.audits[audit as usize];
                    facts.set_date(sheet as usize, &date.date_id, Some(date.date));
                }
            }
            Record::CaseForm(form) => return self.form(register, id, form),
            Record::Judgement(judgement) => self.judgement(register, judgement),
            Record::AgreedDate(agreed) => {
                if let Some((facts, case)) = self.of_case(register, agreed.case) {
                    facts.set_agreed(case, &agreed.date_id, agreed.date);
                }
            }
            Record::Case(case) => return self.case(id, case),
            Record::Audit(audit) => return self.same_audit(register, id, audit),
            Record::Tool(tool) => return self.known_tool(tool),
            Record::AgencyReturn(_) => return self.same_return(register, id),
            _ => (),
        }
        Ok(())
    }

    fn take_out(
        &mut self,
        register: &Register,
        kind: RecordKind,
        id: RecordId,
        open_form: Option<RecordId>,
    ) -> Result<(), ReadAnew> {
        match kind {
            RecordKind::Answer => {
                let (form, facts) = self.open(open_form)?;
                let mut ids = facts.questions.iter().map(|question| &question.id);
                let question = ids.find(|question| Answer::id(form, question) == id);
                let question = question.ok_or(ReadAnew)?.clone();
                self.answer(register, form, &question, None);
            }
            RecordKind::KeyDate => {
                let (form, facts) = self.open(open_form)?;
                let mut ids = facts.date_fields.iter();
                let field = ids.find(|field| KeyDate::id(form, field) == id);
                let field = field.ok_or(ReadAnew)?.clone();
                let (audit, sheet) = self.forms[&form];
                self.audits[audit as usize].set_date(sheet as usize, &field, None);
            }
            RecordKind::Judgement | RecordKind::AgreedDate => self.judge(register),
            _ if self.counts(register, kind, id) => return Err(ReadAnew),
            _ => (),
        }
        Ok(())
    }

    /// Whether anything that counts hangs on this record.
    fn counts(&self, register: &Register, kind: RecordKind, id: RecordId) -> bool {
        let mut audits = self.audits.iter();
        match kind {
            RecordKind::Tool => audits.any(|facts| Tool::id(&facts.tool) == id),
            RecordKind::Audit => audits.any(|facts| facts.audit == id),
            RecordKind::Case => audits.any(|facts| facts.place_of(id).is_some()),
            RecordKind::CaseForm => self.forms.contains_key(&id),
            RecordKind::AgencyReturn => {
                let mut forms = register.forms.iter();
                forms.any(|(form, record)| {
                    record.agency_return == id && self.forms.contains_key(form)
                })
            }
            _ => false,
        }
    }

    fn open(&self, open_form: Option<RecordId>) -> Result<(RecordId, &AuditFacts), ReadAnew> {
        let form = open_form.ok_or(ReadAnew)?;
        let (audit, _) = self.forms.get(&form).ok_or(ReadAnew)?;
        Ok((form, &self.audits[*audit as usize]))
    }

    fn answer(
        &mut self,
        register: &Register,
        form: RecordId,
        question: &str,
        given: Option<&Given>,
    ) {
        let Some((audit, sheet)) = self.forms.get(&form).copied() else {
            return;
        };
        let facts = &mut self.audits[audit as usize];
        if let Some(tool) = register.tool(&facts.tool) {
            facts.set_answer(tool, sheet as usize, question, given);
            facts.forms[sheet as usize].mark_asked(&facts.questions);
        }
    }

    fn form(&mut self, register: &Register, id: RecordId, form: &CaseForm) -> Result<(), ReadAnew> {
        if let Some((audit, sheet)) = self.forms.get(&id).copied() {
            let facts = &mut self.audits[audit as usize];
            facts.set_overall(sheet as usize, form.overall.as_ref());
            facts.forms[sheet as usize].submitted = form.status == FormStatus::Submitted;
            return Ok(());
        }
        // A form that has no place (its case is gone) has none afterwards either.
        let audit = register.place_of(id).map(|(audit, ..)| audit);
        let known = audit.is_some_and(|audit| self.audit(audit).is_some());
        if known { Err(ReadAnew) } else { Ok(()) }
    }

    fn judgement(&mut self, register: &Register, judgement: &Judgement) {
        if let Some(question) = &judgement.question
            && let Some((facts, case)) = self.of_case(register, judgement.case)
            && let Some(tool) = register.tool(&facts.tool)
        {
            let given = Given::Value(judgement.value.clone());
            facts.set_judgement(tool, case, question, &given);
        }
    }

    /// The audit of a case, and where the case stands in it.
    fn of_case(&mut self, register: &Register, case: RecordId) -> Option<(&mut AuditFacts, usize)> {
        let audit = register.cases.get(&case)?.audit;
        let facts = self.audits.iter_mut().find(|facts| facts.audit == audit)?;
        let at = facts.place_of(case)?;
        Some((facts, at))
    }

    fn case(&mut self, id: RecordId, case: &Case) -> Result<(), ReadAnew> {
        let mut audits = self.audits.iter_mut();
        let facts = audits.find(|facts| facts.audit == case.audit);
        let facts = facts.ok_or(ReadAnew)?;
        let at = facts.place_of(id).ok_or(ReadAnew)?;
        // Cases stand in the order of their references.
        if facts.cases[at].1.reference != case.reference {
            return Err(ReadAnew);
        }
        facts.cases[at].1 = case.clone();
        Ok(())
    }

    fn same_audit(&self, register: &Register, id: RecordId, audit: &Audit) -> Result<(), ReadAnew> {
        let order = register.audits_in_order().into_iter().map(|(id, _)| id);
        let same = self.audit(id).is_some_and(|facts| {
            facts.tool == audit.tool
                && facts.agencies == audit.agencies
                && order.eq(self.audits.iter().map(|facts| facts.audit))
        });
        if same { Ok(()) } else { Err(ReadAnew) }
    }

    /// A tool never changes; it can only come after an audit that names it.
    fn known_tool(&self, tool: &Tool) -> Result<(), ReadAnew> {
        let name = tool.name();
        let mut using = self.audits.iter().filter(|facts| facts.tool == name);
        let missed = using.any(|facts| facts.questions.len() != tool.questions.len());
        if missed { Err(ReadAnew) } else { Ok(()) }
    }

    /// A return that comes back brings its forms with it.
    fn same_return(&self, register: &Register, id: RecordId) -> Result<(), ReadAnew> {
        let mut forms = register.forms.iter();
        let missing = forms
            .any(|(form, record)| record.agency_return == id && !self.forms.contains_key(form));
        if missing { Err(ReadAnew) } else { Ok(()) }
    }
}

impl AuditFacts {
    fn place_of(&self, case: RecordId) -> Option<usize> {
        self.cases.iter().position(|(id, _)| *id == case)
    }
}
