//! A small register with two agencies and two cases, and the returns made from it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, Utc};
use goldthread::domain::answer::{Answer, Given, Value};
use goldthread::domain::audit::{Audit, AuditState, Hypothesis, Scope};
use goldthread::domain::case::Case;
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::form::{AgencyReturn, CaseForm, FormStatus};
use goldthread::domain::id::RecordId;
use goldthread::domain::key_date::KeyDate;
use goldthread::domain::merge::Restoring;
use goldthread::domain::partnership::{Agency, Partnership};
use goldthread::domain::record::{Record, RecordKind};
use goldthread::domain::revision::{Author, Change, Edit};
use goldthread::domain::safety_stop::SafetyStop;
use goldthread::domain::tool::Tool;
use goldthread::store::{
    Conflict, DocumentKind, Incoming, MergeError, Merged, Restored, Restorer, Span, Store,
};

pub const AGENCIES: [&str; 2] = ["CSC", "POL"];
pub const QUESTIONS: [&str; 3] = ["C01", "C02", "N01"];
pub const DATE: &str = "icpc";

/// The register and what is in it.
pub struct Office {
    pub register: Store,
    pub audit: RecordId,
    pub cases: Vec<RecordId>,
}

pub fn author(agency: &str) -> Author {
    Author {
        role: "team manager".into(),
        agency: agency.into(),
        device: "laptop".into(),
    }
}

pub fn noon() -> DateTime<Utc> {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

pub fn change(agency: &str, edits: Vec<Edit>) -> Change {
    Change {
        edits,
        author: author(agency),
        at: noon(),
        reason: None,
    }
}

/// An answer and its edit.
pub fn answer(form: RecordId, question: &str, value: &str) -> Edit {
    let mut answer = Answer::empty(form, question);
    answer.given = Some(Given::Value(Value::one(value)));
    Edit::put(Answer::id(form, question), answer)
}

/// The neglect tool, as far as it is used here.
fn tool() -> Tool {
    static TOOL: OnceLock<Tool> = OnceLock::new();
    let short = || {
        let catalogue = Catalogue::built_in().unwrap();
        let mut tool = catalogue.tool("neglect@1").unwrap().clone();
        tool.questions.retain(|own| QUESTIONS.contains(&&*own.id));
        tool.key_dates.retain(|own| own.id == DATE);
        tool
    };
    TOOL.get_or_init(short).clone()
}

pub fn case(audit: RecordId, number: usize) -> Case {
    Case {
        audit,
        reference: format!("NEG26-0{number}"),
        age_band: None,
        sex: None,
        ethnicity: None,
        plan: None,
        same_as: None,
    }
}

pub fn agency_return(audit: RecordId, agency: &str) -> AgencyReturn {
    AgencyReturn {
        audit,
        agency: agency.into(),
        issued: None,
        due: None,
        merged: None,
        cover: String::new(),
        arrivals: BTreeMap::new(),
    }
}

impl Office {
    /// A register in memory.
    pub fn new() -> Self {
        Self::in_store(Store::in_memory().unwrap())
    }

    pub fn in_store(mut register: Store) -> Self {
        let audit = RecordId::fresh();
        let cases = vec![RecordId::fresh(), RecordId::fresh()];
        let partnership = Partnership {
            name: "Anywhere".into(),
            worked_example: false,
            local_rules: None,
            keep_months: None,
        };
        let mut edits = vec![Edit::put(RecordId::fresh(), partnership)];
        edits.push(Edit::put(Tool::id("neglect@1"), tool()));
        edits.push(Edit::put(
            audit,
            Audit {
                title: "Neglect 2026".into(),
                tool: "neglect@1".into(),
                agencies: AGENCIES.map(str::to_owned).to_vec(),
                state: AuditState::Open,
                scope: Scope::default(),
                re_audit_of: None,
            },
        ));
        edits.push(Edit::put(
            RecordId::fresh(),
            Hypothesis {
                audit,
                code: "H1".into(),
                text: "Episodes are handled singly".into(),
                questions: Vec::new(),
                verdict: None,
                rationale: String::new(),
            },
        ));
        for (at, id) in cases.iter().enumerate() {
            edits.push(Edit::put(*id, case(audit, at + 1)));
        }
        for code in AGENCIES {
            let name = code.to_owned();
            let agency = Agency {
                code: name.clone(),
                name: name.clone(),
                short: name,
            };
            edits.push(Edit::put(Agency::id(code), agency));
            let part = AgencyReturn::id(audit, code);
            edits.push(Edit::put(part, agency_return(audit, code)));
            for case in &cases {
                edits.push(Edit::put(
                    CaseForm::id(part, *case),
                    CaseForm::new(part, *case),
                ));
            }
        }
        register.commit(&change("", edits)).unwrap();
        Self {
            register,
            audit,
            cases,
        }
    }

    pub fn form(&self, agency: &str, case: usize) -> RecordId {
        form_id(self.audit, agency, self.cases[case])
    }

    /// The return of an agency, in memory.
    pub fn issue(&self, agency: &str) -> Store {
        let mut target = Store::in_memory_of(DocumentKind::Return).unwrap();
        self.register
            .issue_into(&mut target, self.audit, agency)
            .unwrap();
        target
    }

    pub fn merge(&mut self, file: &Store) -> Result<Merged, MergeError> {
        self.merge_at(file, noon())
    }

    pub fn merge_at(&mut self, file: &Store, at: DateTime<Utc>) -> Result<Merged, MergeError> {
        let incoming = self.register.examine(file)?;
        Ok(self.register.merge(&[incoming], &author(""), at)?)
    }

    /// Merges files and gives what undo would take back.
    pub fn merge_step(&mut self, files: &[&Store]) -> Span {
        let looked = files.iter().map(|file| look(&self.register, file));
        let looked: Vec<_> = looked.collect();
        let merged = self.register.merge(&looked, &author(""), noon()).unwrap();
        merged.span.unwrap()
    }

    pub fn take_back(&mut self, merge: Span) -> Restored {
        take_back(&mut self.register, merge)
    }

    pub fn bring_again(&mut self, merge: Span, taken_back: Span) -> Restored {
        bring_again(&mut self.register, merge, taken_back)
    }

    /// Takes a case and all that hangs on it out of the register, as withdrawing it would.
    pub fn withdraw(&mut self, case: usize) {
        withdraw(&mut self.register, self.audit, self.cases[case]);
    }

    pub fn given(&self, form: RecordId, question: &str) -> Option<String> {
        given(&self.register, form, question)
    }

    /// Every record that could be in any of the files, except the agencies' returns: when those
    /// were merged differs with the order, rightly.
    pub fn places(&self) -> Vec<(RecordKind, RecordId)> {
        let mut places = vec![(RecordKind::Audit, self.audit)];
        places.extend(self.cases.iter().map(|case| (RecordKind::Case, *case)));
        for agency in AGENCIES {
            for case in 0..self.cases.len() {
                let form = self.form(agency, case);
                places.push((RecordKind::CaseForm, form));
                let answers = QUESTIONS.map(|question| Answer::id(form, question));
                places.extend(answers.map(|answer| (RecordKind::Answer, answer)));
                places.push((RecordKind::KeyDate, KeyDate::id(form, DATE)));
                places.push((RecordKind::SafetyStop, SafetyStop::id(form)));
            }
        }
        places
    }

    /// How every record stands in `store`, and which versions are in conflict.
    pub fn standing(&self, store: &Store) -> (Vec<Option<Record>>, Vec<Conflict>) {
        let places = self.places().into_iter();
        let records = places.map(|(kind, id)| store.record(kind, id).unwrap());
        let mut conflicts = store.conflicts().unwrap();
        conflicts.retain(|conflict| conflict.kind != RecordKind::AgencyReturn);
        (records.collect(), conflicts)
    }

    /// The revisions of every record in `store`.
    pub fn revisions(&self, store: &Store) -> Vec<String> {
        let places = self.places().into_iter();
        let histories = places.flat_map(|(_, id)| store.history(id).unwrap());
        let mut all: Vec<_> = histories.map(|entry| entry.revision.to_string()).collect();
        all.sort();
        all
    }
}

pub fn take_back(register: &mut Store, merge: Span) -> Restored {
    let (author, at) = (&author(""), noon());
    let reason = Restoring::Undo.reason(1);
    let by = Restorer { author, at, reason };
    register.take_back(merge, &by).unwrap()
}

pub fn bring_again(register: &mut Store, merge: Span, taken_back: Span) -> Restored {
    let (author, at) = (&author(""), noon());
    let reason = Restoring::Redo.reason(1);
    let by = Restorer { author, at, reason };
    register.bring_again(merge, taken_back, &by).unwrap()
}

pub fn form_id(audit: RecordId, agency: &str, case: RecordId) -> RecordId {
    CaseForm::id(AgencyReturn::id(audit, agency), case)
}

/// What each version says and who says so, record by record.
type Versions = Vec<(RecordId, Vec<(Option<String>, String)>)>;

/// What conflicts say, by record: each version, who said it and when. Not by which revision: one
/// that was taken back and brought again says the same by another.
pub fn said(conflicts: &[Conflict]) -> Versions {
    let one = |conflict: &Conflict| {
        let heads = conflict.heads.iter();
        let said = heads.map(|head| (head.after.clone(), head.author.agency.clone()));
        (conflict.record, said.collect())
    };
    conflicts.iter().map(one).collect()
}

/// The value given to a question, as it stands.
pub fn given(store: &Store, form: RecordId, question: &str) -> Option<String> {
    match store.record(RecordKind::Answer, Answer::id(form, question)) {
        Ok(Some(Record::Answer(answer))) => match answer.value() {
            Some(Value::One(value)) => Some(value.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// Deletes a case with its forms and all that stands on them.
pub fn withdraw(store: &mut Store, audit: RecordId, case: RecordId) {
    let mut edits = vec![Edit::delete(case, RecordKind::Case)];
    for agency in AGENCIES {
        let form = CaseForm::id(AgencyReturn::id(audit, agency), case);
        edits.push(Edit::delete(form, RecordKind::CaseForm));
        for kind in [
            RecordKind::Answer,
            RecordKind::KeyDate,
            RecordKind::SafetyStop,
        ] {
            let here = store.records_on_form(kind, form).unwrap();
            edits.extend(here.into_iter().map(|(id, _)| Edit::delete(id, kind)));
        }
    }
    store.commit(&change("", edits)).unwrap();
}

/// The same form with another status and role.
pub fn form(store: &Store, id: RecordId, status: FormStatus, role: &str) -> Option<Edit> {
    match store.record(RecordKind::CaseForm, id).unwrap() {
        Some(Record::CaseForm(form)) => Some(Edit::put(
            id,
            CaseForm {
                status,
                role: role.into(),
                ..form
            },
        )),
        _ => None,
    }
}

pub fn key_date(form: RecordId, day: u32) -> Edit {
    let date = NaiveDate::from_ymd_opt(2026, 1, day).unwrap();
    let date_id = DATE.to_owned();
    Edit::put(
        KeyDate::id(form, DATE),
        KeyDate {
            form,
            date_id,
            date,
        },
    )
}

/// Looks at a file in memory as a return of `register`.
pub fn look(register: &Store, file: &Store) -> Incoming {
    register.examine(file).unwrap()
}
