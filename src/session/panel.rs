//! One case as the panel sees it: every agency's form side by side.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Local, NaiveDate, Utc};

use super::document::{FormContent, JudgedAt};
use super::worker::Request;
use super::{Notice, Session};
use crate::analysis::timeline::CaseDates;
use crate::domain::agreed_date::AgreedDate;
use crate::domain::answer::{Answer, Given, Value};
use crate::domain::attendance::{self, Attendance, Presence};
use crate::domain::flow::FormState;
use crate::domain::form::{CaseForm, FormStatus};
use crate::domain::id::RecordId;
use crate::domain::judgement::Judgement;
use crate::domain::limiting::{self, Ceiling};
use crate::domain::register::Register;
use crate::domain::tool::{Question, Tool};

/// One agency's form for the case.
#[derive(Clone, Debug)]
pub struct PanelForm {
    /// The agency's code.
    pub agency: String,
    /// The form's id.
    pub id: RecordId,
    /// The form.
    pub form: CaseForm,
    /// Its answers and key dates.
    pub content: FormContent,
}

/// A case with every agency's form, answers in memory. Forms are read when the case is opened;
/// judgements are the register's.
#[derive(Clone, Debug)]
pub struct OpenCase {
    /// The case.
    pub case: RecordId,
    /// Its audit.
    pub audit: RecordId,
    /// Its reference.
    pub reference: String,
    /// The tool version the audit uses.
    pub tool: Arc<Tool>,
    /// The forms in the order of the audit's agencies.
    pub forms: Vec<PanelForm>,
    /// When each judgement on it was made.
    pub judged: JudgedAt,
}

/// How the answers of the agencies to one question compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Accord {
    /// They differ; a blank beside an answer is a difference too.
    Differ,
    /// At least two answered, all the same.
    Agree,
    /// One agency answered.
    One,
    /// Nobody answered.
    Nobody,
}

impl OpenCase {
    /// Puts together what belongs to a case; `None` when the register does not know it.
    pub fn new(
        register: &Register,
        case: RecordId,
        mut contents: BTreeMap<RecordId, FormContent>,
    ) -> Option<Self> {
        let record = register.cases.get(&case)?;
        let agencies = &register.audits.get(&record.audit)?.agencies;
        let forms = agencies.iter().filter_map(|agency| {
            let (id, form) = register.form_of(record.audit, agency, case)?;
            Some(PanelForm {
                agency: agency.clone(),
                id,
                form: form.clone(),
                content: contents.remove(&id).unwrap_or_default(),
            })
        });
        Some(Self {
            case,
            audit: record.audit,
            reference: record.reference.clone(),
            tool: Arc::new(register.tool_of(record.audit)?.clone()),
            forms: forms.collect(),
            judged: JudgedAt::new(),
        })
    }

    /// The forms that count: an answer that is not submitted may still change.
    pub fn submitted(&self) -> impl Iterator<Item = &PanelForm> {
        let forms = self.forms.iter();
        forms.filter(|form| form.form.status == FormStatus::Submitted)
    }

    fn state<'a>(&'a self, form: &'a PanelForm) -> FormState<'a> {
        FormState {
            tool: &self.tool,
            agency: &form.agency,
            answers: &form.content.answers,
        }
    }

    /// The answers of the agencies that were asked `question` and submitted their form.
    pub fn answers_to<'a>(&'a self, question: &Question) -> Vec<(&'a PanelForm, &'a Answer)> {
        let asked = self
            .submitted()
            .filter(|form| self.state(form).asks(question));
        asked
            .filter_map(|form| Some((form, form.content.answers.get(&question.id)?)))
            .filter(|(_, answer)| answer.given.is_some())
            .collect()
    }

    /// How the answers to `question` compare.
    pub fn accord(&self, question: &Question) -> Accord {
        let given: Vec<Option<&Given>> = self
            .answers_to(question)
            .iter()
            .map(|(_, answer)| answer.given.as_ref())
            .collect();
        match given.as_slice() {
            [] => Accord::Nobody,
            [_] => Accord::One,
            [first, rest @ ..] if rest.iter().all(|other| other == first) => Accord::Agree,
            _ => Accord::Differ,
        }
    }

    /// The value on which all agencies that answered agree, where at least two gave one.
    pub fn agreed_value(&self, question: &Question) -> Option<&Value> {
        (self.accord(question) == Accord::Agree)
            .then(|| self.answers_to(question).first()?.1.value())?
    }

    /// What agreeing where all who answered agree would do: scored questions without a judgement, with
    /// the value all gave. Whether a child is safe is judged by itself.
    pub fn to_agree<'a>(&'a self, register: &'a Register) -> Vec<(&'a Question, &'a Value)> {
        self.agreed(register)
            .filter(|(question, _)| question.safety.is_none())
            .collect()
    }

    /// The safety-critical questions on which all who answered agree, and which have no judgement:
    /// they are left to be judged one by one.
    pub fn to_judge_alone<'a>(&'a self, register: &'a Register) -> Vec<&'a Question> {
        self.agreed(register)
            .map(|(question, _)| question)
            .filter(|question| question.safety.is_some())
            .collect()
    }

    fn agreed<'a>(
        &'a self,
        register: &'a Register,
    ) -> impl Iterator<Item = (&'a Question, &'a Value)> {
        let scored = self.tool.questions.iter().filter(|q| q.is_scored());
        scored
            .filter(|question| self.judgement(register, Some(&question.id)).is_none())
            .filter_map(|question| Some((question, self.agreed_value(question)?)))
    }

    /// The panel's judgement on a question, or on the case overall.
    pub fn judgement<'a>(
        &self,
        register: &'a Register,
        question: Option<&str>,
    ) -> Option<&'a Judgement> {
        register.judgements.get(&Judgement::id(self.case, question))
    }

    /// The highest overall grade the limiting rules suggest, and why.
    pub fn ceiling(&self, register: &Register) -> Option<Ceiling> {
        let states: Vec<FormState<'_>> = self.submitted().map(|form| self.state(form)).collect();
        let judged = self.tool.questions.iter().filter_map(|question| {
            let judgement = self.judgement(register, Some(&question.id))?;
            Some((question.id.as_str(), judgement))
        });
        limiting::ceiling(&self.tool, &states, &judged.collect())
    }

    /// The key dates of every submitted form, and those the panel agreed.
    pub fn dates<'a>(&'a self, register: &'a Register) -> CaseDates<'a> {
        let agreed = self.tool.key_dates.iter().filter_map(|field| {
            let id = AgreedDate::id(self.case, &field.id);
            Some((field.id.as_str(), register.agreed_dates.get(&id)?))
        });
        CaseDates {
            given: self
                .submitted()
                .map(|form| (form.agency.as_str(), &form.content.dates))
                .collect(),
            agreed: agreed.collect(),
        }
    }
}

/// One panel day and who was there.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelDay<'a> {
    /// The day.
    pub day: NaiveDate,
    /// Its entries, in the order of the agencies' codes.
    pub agencies: Vec<&'a Attendance>,
}

impl PanelDay<'_> {
    /// How an agency took part, where that is recorded.
    pub fn presence(&self, agency: &str) -> Option<Presence> {
        let mut agencies = self.agencies.iter();
        let found = agencies.find(|attendance| attendance.agency == agency);
        found.map(|attendance| attendance.presence)
    }
}

impl Session {
    /// The case that is open for the panel.
    pub fn case(&self) -> Option<&OpenCase> {
        self.case.as_ref()
    }

    /// Asks for a case with every agency's form; [`Notice::CaseOpened`] follows.
    pub fn open_case(&mut self, case: RecordId) {
        self.worker.send(Request::ReadCase(case));
    }

    /// The panel day on which the open case was judged on this question (or overall), with who was
    /// there; for what is not judged yet, the day by today's date. `None` where no attendance is
    /// recorded up to then.
    pub fn panel_day(&self, open: &OpenCase, question: Option<&str>) -> Option<PanelDay<'_>> {
        let judged = open.judged.get(&Judgement::id(open.case, question));
        let on = judged.copied().unwrap_or_else(|| self.now());
        self.panel_day_on(open.audit, on)
    }

    /// The panel day on which the open case was judged last; for a case that is not judged yet,
    /// the day by today's date.
    pub fn panel_day_of_case(&self, open: &OpenCase) -> Option<PanelDay<'_>> {
        let last = open.judged.values().max().copied();
        self.panel_day_on(open.audit, last.unwrap_or_else(|| self.now()))
    }

    fn panel_day_on(&self, audit: RecordId, on: DateTime<Utc>) -> Option<PanelDay<'_>> {
        let mut days = attendance::panel_days(&self.register, audit);
        let day = attendance::panel_day(&days, on.with_timezone(&Local).date_naive())?;
        Some(PanelDay {
            day,
            agencies: days.remove(&day)?,
        })
    }

    pub(super) fn take_case(
        &mut self,
        case: RecordId,
        contents: BTreeMap<RecordId, FormContent>,
        judged: JudgedAt,
    ) -> Notice {
        let open = OpenCase::new(&self.register, case, contents);
        self.case = open.map(|open| OpenCase { judged, ..open });
        Notice::CaseOpened
    }
}
