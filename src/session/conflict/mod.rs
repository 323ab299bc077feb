//! Conflicts as a person settles them: what each is about, and its versions side by side.

mod fields;
mod settle;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::domain::id::{RecordId, RevisionId};
use crate::domain::record::{Record, RecordKind};
use crate::domain::register::Register;
use crate::domain::tool::{Question, Tool};
use crate::session::Session;
use crate::session::history::Words;
use crate::store::{Conflict, Entry, SeenVersion};

pub use settle::Settlement;

/// A record of which versions that differ stand side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenConflict {
    /// The record.
    pub record: RecordId,
    /// Its kind.
    pub kind: RecordKind,
    /// What it is, in words: "C07 of NEG20-03, Police".
    pub name: String,
    /// The audit it belongs to, as far as the register tells.
    pub audit: Option<RecordId>,
    /// The tool an answer is read with, and its question's identity.
    pub asked: Option<(Arc<Tool>, String)>,
    /// Whether it is out of sight because what it belongs to was taken away.
    pub waiting: bool,
    /// The versions; the one that stands for the time being first.
    pub versions: Vec<Version>,
    /// The same, as they are told when it is settled.
    pub seen: Vec<SeenVersion>,
}

/// One version of a record in conflict.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// The revision that says so.
    pub revision: RevisionId,
    /// Role and agency.
    pub who: String,
    /// When, by the author's clock.
    pub at: DateTime<Utc>,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// What it says.
    pub says: Says,
    /// Field by field, in the same order in every version.
    pub fields: Vec<Field>,
}

/// What a version says.
#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    /// The record is like this.
    Record(Box<Record>),
    /// The record is taken away.
    Gone,
    /// Its words were redacted, or do not read; it cannot be chosen.
    Unreadable,
}

/// One field of a version in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What it is.
    pub label: String,
    /// What it says; empty for nothing.
    pub words: String,
    /// Whether the versions differ in it.
    pub differs: bool,
}

impl OpenConflict {
    /// Puts a conflict of the store into words.
    pub(super) fn new(words: Words<'_>, conflict: &Conflict) -> Self {
        let register = words.register;
        let says: Vec<Says> = conflict.heads.iter().map(says).collect();
        let about = About::of(register, conflict.record, &says);
        let tool = about.audit.and_then(|audit| register.tool_of(audit));
        let fields = fields::side_by_side(&says, words);
        let versions = conflict.heads.iter().zip(says).zip(fields);
        Self {
            record: conflict.record,
            kind: conflict.kind,
            name: about.name,
            audit: about.audit,
            asked: tool.cloned().map(Arc::new).zip(about.question),
            waiting: conflict.waiting,
            seen: conflict.seen(),
            versions: versions
                .map(|((entry, says), fields)| Version {
                    revision: entry.revision,
                    who: who(register, entry),
                    at: entry.at,
                    reason: entry.reason.clone(),
                    says,
                    fields,
                })
                .collect(),
        }
    }

    /// The question of an answer that can be written anew.
    pub fn question(&self) -> Option<(&Tool, &Question)> {
        let (tool, id) = self.asked.as_ref()?;
        Some((tool, tool.question(id)?))
    }
}

impl Session {
    /// Takes in what the worker read.
    pub(in crate::session) fn take_conflicts(&mut self, conflicts: &[Conflict]) {
        let words = Words {
            register: &self.register,
            catalogue: &self.catalogue,
        };
        let open = conflicts.iter();
        let open = open.map(|conflict| OpenConflict::new(words, conflict));
        self.conflicts = open.collect();
        // By audit and name, as one works through them.
        let audits = &self.register.audits;
        self.conflicts.sort_by_cached_key(|conflict| {
            let title = conflict.audit.and_then(|audit| audits.get(&audit));
            (
                title.map(|audit| audit.title.clone()),
                conflict.name.clone(),
            )
        });
    }
}

fn says(entry: &Entry) -> Says {
    let kind = RecordKind::named(&entry.kind);
    match (&entry.after, kind) {
        (Some(body), Some(kind)) => Record::read(kind, body)
            .map_or(Says::Unreadable, |record| Says::Record(Box::new(record))),
        (None, _) if !entry.redacted => Says::Gone,
        _ => Says::Unreadable,
    }
}

fn who(register: &Register, entry: &Entry) -> String {
    let agency = register.agency_short(&entry.author.agency);
    match (entry.author.role.trim(), agency) {
        ("", "") => "Nobody named".into(),
        (role, "") => role.to_owned(),
        ("", agency) => agency.to_owned(),
        (role, agency) => format!("{role}, {agency}"),
    }
}

/// What a record is about.
#[derive(Default)]
struct About {
    name: String,
    audit: Option<RecordId>,
    question: Option<String>,
}

impl About {
    /// By the first version that says anything.
    fn of(register: &Register, id: RecordId, says: &[Says]) -> Self {
        let record = says.iter().find_map(|says| match says {
            Says::Record(record) => Some(record.as_ref()),
            _ => None,
        });
        match record {
            Some(Record::Answer(answer)) => {
                Self::on_form(register, answer.form, Some(&answer.question))
            }
            Some(Record::KeyDate(date)) => {
                let mut about = Self::on_form(register, date.form, None);
                let tool = about.audit.and_then(|audit| register.tool_of(audit));
                let label = tool.and_then(|tool| {
                    let mut known = tool.key_dates.iter();
                    known.find(|field| field.id == date.date_id)
                });
                let label = label.map_or(date.date_id.as_str(), |field| field.label.as_str());
                about.name = format!("{label}, {}", about.name);
                about
            }
            Some(Record::SafetyStop(stop)) => {
                Self::on_form(register, stop.form, None).called("The safety stop of")
            }
            Some(Record::CaseForm(_)) => Self::on_form(register, id, None).called("The form of"),
            Some(record) => Self::of_audit(register, record),
            None => Self {
                name: "A record that was taken away".into(),
                ..Self::default()
            },
        }
    }

    fn called(mut self, what: &str) -> Self {
        self.name = format!("{what} {}", self.name);
        self
    }

    /// "C07 of NEG20-03, Police", or the form alone.
    fn on_form(register: &Register, form: RecordId, question: Option<&str>) -> Self {
        let place = register.place_of(form);
        let audit = place.map(|(audit, _, _)| audit);
        let form = match place {
            Some((_, agency, case)) => {
                let case = register.cases.get(&case);
                let case = case.map_or("a case that was withdrawn", |case| &case.reference);
                format!("{case}, {}", register.agency_short(agency))
            }
            None => "a case that was withdrawn".into(),
        };
        let tool = audit.and_then(|audit| register.tool_of(audit));
        let code = question.map(|id| {
            let known = tool.and_then(|tool| tool.question(id));
            known.map_or(id, |question| question.code.as_str())
        });
        Self {
            name: code.map_or_else(|| form.clone(), |code| format!("{code} of {form}")),
            audit,
            question: question.map(str::to_owned),
        }
    }

    fn of_audit(register: &Register, record: &Record) -> Self {
        let title = |audit: &RecordId| {
            let known = register.audits.get(audit);
            known.map_or("an audit", |audit| audit.title.as_str())
        };
        let (name, audit) = match record {
            Record::Audit(audit) => (
                format!("The audit {}", audit.title),
                register.find_audit(&audit.title),
            ),
            Record::Case(case) => (format!("The case {}", case.reference), Some(case.audit)),
            Record::Hypothesis(own) => (
                format!("Hypothesis {} of {}", own.code, title(&own.audit)),
                Some(own.audit),
            ),
            Record::AgencyReturn(own) => (
                format!(
                    "The return of {}, {}",
                    register.agency_short(&own.agency),
                    title(&own.audit)
                ),
                Some(own.audit),
            ),
            other => {
                let kind = other.kind().name().replace('_', " ");
                (format!("A record of the kind “{kind}”"), None)
            }
        };
        Self {
            name,
            audit,
            question: None,
        }
    }
}
