//! Filling in a form.

use super::{Ground, Step};
use crate::domain::answer::{Answer, Flag, Given, Note};
use crate::domain::flow::{self, Answers, FormState};
use crate::domain::form::{CaseForm, FormStatus};
use crate::domain::id::RecordId;
use crate::domain::key_date::KeyDate;
use crate::domain::record::RecordKind;
use crate::domain::revision::Edit;
use crate::domain::safety_stop::SafetyStop;
use crate::domain::tool::{LONGEST_TEXT, Question};
use crate::session::command::{FormCommand, Refused};
use crate::session::form::OpenForm;

/// The open form with all a step needs.
struct Work<'a> {
    ground: &'a Ground<'a>,
    open: &'a OpenForm,
    id: RecordId,
    form: &'a CaseForm,
}

pub(super) fn step(
    ground: &Ground<'_>,
    id: RecordId,
    command: &FormCommand,
) -> Result<Step, Refused> {
    let form = ground.register.forms.get(&id).ok_or(Refused::FormNotOpen)?;
    let Some(open) = ground.form.filter(|open| open.form == id) else {
        return close_unopened(ground, id, form, command);
    };
    let work = Work {
        ground,
        open,
        id,
        form,
    };
    match command {
        FormCommand::Reopen(reason) => work.reopen(reason),
        FormCommand::RecordSafetyStop(stop) => work.record_safety_stop(stop),
        _ if !form.status.is_open() => Err(Refused::FormClosed(closed_word(form.status))),
        FormCommand::Give { question, given } => work.give(question, given.clone()),
        FormCommand::WriteNote {
            question,
            note,
            text,
        } => work.write_note(question, *note, text),
        FormCommand::SetFlag { question, flag, on } => work.set_flag(question, *flag, *on),
        FormCommand::SetDate { date_id, date } => Ok(work.set_date(date_id, *date)),
        FormCommand::SetRole(role) => Ok(work.set_role(role)),
        FormCommand::SetOverall(grade) => work.set_overall(grade.as_deref()),
        FormCommand::SetOverallReason(reason) => Ok(work.set_overall_reason(reason)),
        FormCommand::MarkNotKnown => Ok(work.close_without_answers(FormStatus::NotKnown, "")),
        FormCommand::Decline(reason) if reason.trim().is_empty() => Err(Refused::NoReason),
        FormCommand::Decline(reason) => {
            Ok(work.close_without_answers(FormStatus::Declined, reason))
        }
        FormCommand::Submit => work.submit(),
    }
}

/// A form on which nothing was written need not be open to be closed without answers.
fn close_unopened(
    ground: &Ground<'_>,
    id: RecordId,
    form: &CaseForm,
    command: &FormCommand,
) -> Result<Step, Refused> {
    if form.status != FormStatus::NotStarted {
        return Err(Refused::FormNotOpen);
    }
    let (status, reason) = match command {
        FormCommand::MarkNotKnown => (FormStatus::NotKnown, ""),
        FormCommand::Decline(reason) if reason.trim().is_empty() => return Err(Refused::NoReason),
        FormCommand::Decline(reason) => (FormStatus::Declined, reason.as_str()),
        _ => return Err(Refused::FormNotOpen),
    };
    let case = ground.register.cases.get(&form.case);
    let reference = case.map_or("", |case| case.reference.as_str());
    let edit = Edit::put(id, form.closed_without_answers(status, reason));
    Ok(Step::new(closed_label(status, reference), vec![edit]))
}

/// "“Not known to us”, NEG20-03"
fn closed_label(status: FormStatus, reference: &str) -> String {
    format!("“{}”, {reference}", status.label())
}

fn closed_word(status: FormStatus) -> &'static str {
    match status {
        FormStatus::Submitted => "submitted",
        FormStatus::NotKnown => "marked as not known to you",
        _ => "declined",
    }
}

impl Work<'_> {
    fn state_with<'a>(&'a self, answers: &'a Answers) -> FormState<'a> {
        FormState {
            tool: &self.open.tool,
            agency: &self.open.agency,
            answers,
        }
    }

    fn question(&self, id: &str) -> Result<&Question, Refused> {
        self.open.tool.question(id).ok_or_else(|| Refused::Answer {
            question: id.to_owned(),
            why: "it is not a question of this tool".into(),
        })
    }

    /// "answer to C07, NEG20-03"
    fn label(&self, what: &str, question: &Question) -> String {
        format!("{what} {}, {}", question.code, self.open.reference)
    }

    fn answer(&self, question: &str) -> Answer {
        let known = self.open.content.answers.get(question);
        known
            .cloned()
            .unwrap_or_else(|| Answer::empty(self.id, question))
    }

    fn put_answer(&self, answer: Answer) -> Edit {
        Edit::put(Answer::id(self.id, &answer.question), answer)
    }

    fn put_form(&self, form: CaseForm) -> Edit {
        Edit::put(self.id, form)
    }

    /// The first thing written starts the form.
    fn started(&self) -> Option<Edit> {
        (self.form.status == FormStatus::NotStarted).then(|| {
            self.put_form(CaseForm {
                status: FormStatus::InProgress,
                ..self.form.clone()
            })
        })
    }

    fn give(&self, id: &str, given: Option<Given>) -> Result<Step, Refused> {
        let question = self.question(id)?;
        self.fits(question, given.as_ref())?;
        let mut answer = self.answer(id);
        answer.given = given;
        answer.in_view_of.clear();
        let mut answers = self.open.content.answers.clone();
        answers.insert(id.to_owned(), answer.clone());
        let answer = flow::with_alarms_in_view(self.state_with(&answers), answer);
        let mut edits: Vec<Edit> = self.started().into_iter().collect();
        edits.push(self.put_answer(answer.clone()));
        answers.insert(id.to_owned(), answer);
        edits.extend(self.forget_alarms_gone(&answers));
        edits.extend(self.open_safety_stop(&answers));
        Ok(Step::new(self.label("answer to", question), edits))
    }

    fn fits(&self, question: &Question, given: Option<&Given>) -> Result<(), Refused> {
        let Some(Given::Value(value)) = given else {
            return Ok(());
        };
        let options = self
            .open
            .tool
            .options(question)
            .into_iter()
            .map(|option| option.id);
        let refuses = question.kind.refuses(value, &options.collect::<Vec<_>>());
        refuses.map_or(Ok(()), |why| {
            Err(Refused::Answer {
                question: question.code.clone(),
                why,
            })
        })
    }

    /// When an alarming answer is taken back, the safety answer no longer counts as given in view
    /// of it: should the alarm come again, the question is asked again.
    fn forget_alarms_gone(&self, answers: &Answers) -> Option<Edit> {
        let state = self.state_with(answers);
        let safety = answers.get(self.open.tool.safety_question.as_deref()?)?;
        let alarms = state.alarms();
        let mut after = safety.clone();
        after
            .in_view_of
            .retain(|id| alarms.iter().any(|alarm| alarm.id == *id));
        (after != *safety).then(|| self.put_answer(after))
    }

    fn open_safety_stop(&self, answers: &Answers) -> Option<Edit> {
        let because = self.state_with(answers).unsafe_answer()?;
        let stop = match self.ground.register.safety_stop(self.id) {
            None => SafetyStop::open(self.id, because, self.ground.now),
            // Said to be a slip earlier, and now answered so again.
            Some(stop) if !stop.opened_in_error.is_empty() => SafetyStop {
                because: because.to_owned(),
                opened_in_error: String::new(),
                ..stop.clone()
            },
            Some(_) => return None,
        };
        Some(Edit::put(SafetyStop::id(self.id), stop))
    }

    fn write_note(&self, id: &str, note: Note, text: &str) -> Result<Step, Refused> {
        let question = self.question(id)?;
        if text.chars().count() > LONGEST_TEXT {
            return Err(Refused::Answer {
                question: question.code.clone(),
                why: format!("a note holds at most {LONGEST_TEXT} characters"),
            });
        }
        let mut answer = self.answer(id);
        text.clone_into(answer.note_mut(note));
        let mut edits: Vec<Edit> = self.started().into_iter().collect();
        edits.push(self.put_answer(answer));
        Ok(Step {
            typing_in: Some(format!("{} {id} {note:?}", self.id)),
            ..Step::new(self.label("note on", question), edits)
        })
    }

    fn set_flag(&self, id: &str, flag: Flag, on: bool) -> Result<Step, Refused> {
        let question = self.question(id)?;
        let mut answer = self.answer(id);
        answer.set_flag(flag, on);
        let mut edits: Vec<Edit> = self.started().into_iter().collect();
        edits.push(self.put_answer(answer));
        Ok(Step::new(self.label("mark on", question), edits))
    }

    fn set_date(&self, date_id: &str, date: Option<chrono::NaiveDate>) -> Step {
        let id = KeyDate::id(self.id, date_id);
        let edit = match date {
            Some(date) => Edit::put(
                id,
                KeyDate {
                    form: self.id,
                    date_id: date_id.to_owned(),
                    date,
                },
            ),
            None => Edit::delete(id, RecordKind::KeyDate),
        };
        let edits = self.started().into_iter().chain([edit]).collect();
        Step::new(format!("key date, {}", self.open.reference), edits)
    }

    /// The form's own fields; the first of them starts the form too.
    fn head(&self, change: impl FnOnce(&mut CaseForm)) -> Vec<Edit> {
        let mut form = self.form.clone();
        form.status = FormStatus::InProgress;
        change(&mut form);
        vec![self.put_form(form)]
    }

    fn set_role(&self, role: &str) -> Step {
        let edits = self.head(|form| role.clone_into(&mut form.role));
        Step {
            typing_in: Some(format!("{} role", self.id)),
            ..Step::new(format!("your role, {}", self.open.reference), edits)
        }
    }

    fn set_overall(&self, grade: Option<&str>) -> Result<Step, Refused> {
        let scale = self.open.tool.scale(&self.open.tool.grade_scale);
        let known = grade.is_none_or(|id| scale.is_some_and(|scale| scale.value(id).is_some()));
        if !known {
            return Err(Refused::Answer {
                question: "Overall grade".into(),
                why: "it is not on the scale of this tool".into(),
            });
        }
        let edits = self.head(|form| form.overall = grade.map(str::to_owned));
        Ok(Step::new(
            format!("overall grade, {}", self.open.reference),
            edits,
        ))
    }

    fn set_overall_reason(&self, reason: &str) -> Step {
        let edits = self.head(|form| reason.clone_into(&mut form.overall_reason));
        Step {
            typing_in: Some(format!("{} overall reason", self.id)),
            ..Step::new(
                format!("reason for the grade, {}", self.open.reference),
                edits,
            )
        }
    }

    /// *Not known* and *declined* forms carry no answers; what was there stays in the history.
    fn close_without_answers(&self, status: FormStatus, reason: &str) -> Step {
        let content = &self.open.content;
        let answers = content
            .answers
            .keys()
            .map(|question| Edit::delete(Answer::id(self.id, question), RecordKind::Answer));
        let dates = content
            .dates
            .keys()
            .map(|date| Edit::delete(KeyDate::id(self.id, date), RecordKind::KeyDate));
        let mut edits: Vec<Edit> = answers.chain(dates).collect();
        edits.push(self.put_form(self.form.closed_without_answers(status, reason)));
        Step::new(closed_label(status, &self.open.reference), edits)
    }

    fn record_safety_stop(&self, stop: &SafetyStop) -> Result<Step, Refused> {
        let still_unsafe = self
            .state_with(&self.open.content.answers)
            .unsafe_answer()
            .is_some();
        if !stop.opened_in_error.trim().is_empty() && still_unsafe {
            return Err(Refused::StillUnsafe);
        }
        let label = format!("safety stop, {}", self.open.reference);
        Ok(Step {
            typing_in: Some(format!("{} stop", self.id)),
            ..Step::new(
                label,
                vec![Edit::put(SafetyStop::id(self.id), stop.clone())],
            )
        })
    }

    fn submit(&self) -> Result<Step, Refused> {
        let stop = self.ground.register.safety_stop(self.id);
        let missing = self
            .state_with(&self.open.content.answers)
            .missing(self.form, stop);
        if !missing.is_empty() {
            let things = if missing.len() == 1 {
                "One thing is"
            } else {
                "Some things are"
            };
            return Err(Refused::NotComplete(format!(
                "{things} still missing ({})",
                missing.len()
            )));
        }
        let form = CaseForm {
            status: FormStatus::Submitted,
            submitted: Some(self.ground.now),
            ..self.form.clone()
        };
        Ok(Step {
            edits: vec![self.put_form(form)],
            ..Step::default()
        })
    }

    fn reopen(&self, reason: &str) -> Result<Step, Refused> {
        if reason.trim().is_empty() {
            return Err(Refused::NoReason);
        }
        let started = !self.open.content.answers.is_empty();
        let form = CaseForm {
            status: if started {
                FormStatus::InProgress
            } else {
                FormStatus::NotStarted
            },
            declined_reason: String::new(),
            ..self.form.clone()
        };
        Ok(Step {
            edits: vec![self.put_form(form)],
            reason: Some(reason.trim().to_owned()),
            ..Step::default()
        })
    }
}
