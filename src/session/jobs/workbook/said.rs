//! What a sheet says of each record of its form, beside what the record said when the workbook was
//! made.

use std::collections::BTreeMap;

use crate::domain::answer::{Answer, Given, Note, Value};
use crate::domain::case::Case;
use crate::domain::form::FormStatus;
use crate::domain::id::RecordId;
use crate::domain::key_date::KeyDate;
use crate::domain::record::{Record, RecordKind};
use crate::domain::safety_stop::{Contact, SafetyStop};
use crate::domain::tool::Tool;
use crate::exchange::return_workbook::{CaseSheet, OpenWorkbook, plain};
use crate::store::{SaidOfForm, SaidOfRecord, Store, StoreError};

/// What the records of a form said when the workbook was made.
pub(super) struct Bases {
    records: BTreeMap<RecordId, Option<Record>>,
    /// Records of which the register does not have the version.
    foreign: Vec<RecordId>,
}

impl Bases {
    pub(super) fn of(store: &Store, sheet: &CaseSheet) -> Result<Self, StoreError> {
        let mut bases = Self {
            records: BTreeMap::new(),
            foreign: Vec::new(),
        };
        for (record, versions) in &sheet.versions {
            for version in versions {
                match store.said_by(*record, *version)? {
                    Some(said) => drop(bases.records.entry(*record).or_insert(said)),
                    None => bases.foreign.push(*record),
                }
            }
        }
        Ok(bases)
    }

    /// The records whose version this register does not have. Every form has one.
    pub(super) fn foreign(&self, sheet: &CaseSheet) -> Vec<RecordId> {
        let mut foreign = self.foreign.clone();
        if !sheet.versions.contains_key(&sheet.id()) {
            foreign.push(sheet.id());
        }
        foreign
    }

    fn get(&self, record: RecordId) -> Option<&Record> {
        self.records.get(&record)?.as_ref()
    }

    /// Whether a form says exactly this.
    pub(super) fn are_all(&self, said: &SaidOfForm) -> bool {
        let mut all = std::iter::once(&said.form).chain(&said.others);
        all.all(|said| Record::same_but_for_when(self.get(said.record), said.after.as_ref()))
    }
}

/// What a sheet says of every record of its form.
pub(super) fn said_of(
    tool: &Tool,
    workbook: &OpenWorkbook,
    sheet: &CaseSheet,
    bases: &Bases,
) -> SaidOfForm {
    let saying = Saying {
        tool,
        workbook,
        sheet,
        bases,
    };
    let case = Case {
        audit: workbook.identity().audit,
        reference: sheet.reference.clone(),
        age_band: None,
        sex: None,
        ethnicity: None,
        plan: None,
        same_as: None,
    };
    let mut others = saying.answers();
    others.extend(saying.dates());
    others.extend(saying.stop());
    SaidOfForm {
        case: (sheet.case, case),
        role: sheet.form.role.clone(),
        closed: !sheet.form.status.is_open(),
        form: saying.form(),
        others,
    }
}

struct Saying<'a> {
    tool: &'a Tool,
    workbook: &'a OpenWorkbook,
    sheet: &'a CaseSheet,
    bases: &'a Bases,
}

impl Saying<'_> {
    fn said(&self, record: RecordId, kind: RecordKind, after: Option<Record>) -> SaidOfRecord {
        let base = self.sheet.versions.get(&record);
        SaidOfRecord {
            record,
            kind,
            base: base.cloned().unwrap_or_default(),
            after,
        }
    }

    fn form(&self) -> SaidOfRecord {
        let id = self.sheet.id();
        let mut form = self.sheet.form.clone();
        if let Some(Record::CaseForm(base)) = self.bases.get(id) {
            form.role = worded(&base.role, form.role);
            form.declined_reason = worded(&base.declined_reason, form.declined_reason);
            form.overall_reason = worded(&base.overall_reason, form.overall_reason);
            form.submitted = base.submitted;
            // An empty cell does not take back that the form was begun.
            if base.status == FormStatus::InProgress && form.status == FormStatus::NotStarted {
                form.status = base.status;
            }
        }
        if form.status == FormStatus::Submitted {
            form.submitted = Some(self.workbook.saved());
        }
        self.said(id, RecordKind::CaseForm, Some(form.into()))
    }

    /// Of every question that this agency is asked.
    fn answers(&self) -> Vec<SaidOfRecord> {
        let agency = &self.workbook.identity().agency;
        let asked = self.tool.questions.iter().filter(|one| one.is_for(agency));
        asked
            .map(|question| {
                let id = Answer::id(self.sheet.id(), &question.id);
                let read = self.sheet.answers.get(&question.id).cloned();
                let after = match (self.bases.get(id), read) {
                    (Some(Record::Answer(base)), read) => {
                        let empty = || Answer::empty(self.sheet.id(), &question.id);
                        Some(as_worded(base, read.unwrap_or_else(empty)))
                    }
                    (_, read) => read,
                };
                self.said(id, RecordKind::Answer, after.map(Record::from))
            })
            .collect()
    }

    fn dates(&self) -> Vec<SaidOfRecord> {
        let fields = self.tool.key_dates.iter();
        let asked = fields.filter(|field| field.is_for(&self.workbook.identity().agency));
        asked
            .map(|field| {
                let id = KeyDate::id(self.sheet.id(), &field.id);
                let after = self.sheet.dates.get(&field.id).map(|date| KeyDate {
                    form: self.sheet.id(),
                    date_id: field.id.clone(),
                    date: *date,
                });
                self.said(id, RecordKind::KeyDate, after.map(Record::from))
            })
            .collect()
    }

    fn stop(&self) -> Option<SaidOfRecord> {
        let id = SafetyStop::id(self.sheet.id());
        let mut stop = self.sheet.stop.clone()?;
        if let Some(Record::SafetyStop(base)) = self.bases.get(id) {
            // Opened anew where it was said to be a slip and the child may be unsafe all the same.
            let again = !base.opened_in_error.is_empty() && stop.opened_in_error.is_empty();
            if !again || stop.because.is_empty() {
                stop.because.clone_from(&base.because);
            }
            stop.opened = base.opened;
            stop.lead = contact(&base.lead, stop.lead);
            stop.front_door = contact(&base.front_door, stop.front_door);
            stop.opened_in_error = worded(&base.opened_in_error, stop.opened_in_error);
        }
        Some(self.said(id, RecordKind::SafetyStop, Some(stop.into())))
    }
}

/// A text as it was worded before, where a workbook could not tell the two apart.
fn worded(base: &str, read: String) -> String {
    if plain(base) == read {
        base.to_owned()
    } else {
        read
    }
}

fn as_worded(base: &Answer, mut read: Answer) -> Answer {
    for note in Note::ALL {
        let text = std::mem::take(read.note_mut(note));
        *read.note_mut(note) = worded(base.note(note), text);
    }
    let same = match (&base.given, &read.given) {
        (Some(Given::Value(Value::One(base))), Some(Given::Value(Value::One(read)))) => {
            plain(base) == *read
        }
        (Some(Given::Value(Value::Many(base))), Some(Given::Value(Value::Many(read)))) => {
            same_ids(base, read)
        }
        _ => false,
    };
    if same {
        read.given.clone_from(&base.given);
    }
    if same_ids(&base.in_view_of, &read.in_view_of) {
        read.in_view_of.clone_from(&base.in_view_of);
    }
    read
}

fn same_ids(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|id| other.contains(id))
}

/// A contact as it was before, as far as a workbook could not tell the two apart: it holds moments
/// to the second.
fn contact(base: &Contact, read: Contact) -> Contact {
    let near = base
        .at
        .zip(read.at)
        .is_some_and(|(base, read)| (base - read).num_milliseconds().abs() < 1000);
    Contact {
        role: worded(&base.role, read.role),
        at: if near { base.at } else { read.at },
        route: worded(&base.route, read.route),
        response: worded(&base.response, read.response),
    }
}
