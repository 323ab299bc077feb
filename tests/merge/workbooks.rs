//! Versions of a workbook, merged in any order and any number of times: the register stands as after
//! merging them in the order in which they were saved.

use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use goldthread::domain::answer::{Answer, Given, Value};
use goldthread::domain::form::{AgencyReturn, CaseForm, FormStatus};
use goldthread::domain::id::RecordId;
use goldthread::domain::record::{Record, RecordKind};
use goldthread::domain::redaction::Sought;
use goldthread::domain::revision::Edit;
use goldthread::store::{Redaction, SaidOfForm, SaidOfRecord, Store, WorkbookReturn};
use proptest::prelude::*;

use super::office::{Office, QUESTIONS, answer, author, case, change, given, noon, take_back};

const VALUES: [&str; 3] = ["good", "inadequate", "outstanding"];

/// What one version says of a form: whether it is complete, and the value of each question.
#[derive(Clone, Debug, PartialEq)]
struct Version {
    closed: bool,
    values: Vec<Option<usize>>,
}

fn version() -> impl Strategy<Value = Version> {
    let value = prop::option::of(0..VALUES.len());
    let values = prop::collection::vec(value, QUESTIONS.len());
    (any::<bool>(), values).prop_map(|(closed, values)| Version { closed, values })
}

/// A register in which the first question has an answer already, and a workbook made from it.
struct Sent {
    office: Office,
    workbook: RecordId,
    form: RecordId,
    /// The first question's value.
    before: &'static str,
}

impl Sent {
    fn new() -> Self {
        let mut office = Office::new();
        let form = office.form("POL", 0);
        let before = VALUES[0];
        let first = change("POL", vec![answer(form, QUESTIONS[0], before)]);
        office.register.commit(&first).unwrap();
        Self {
            office,
            workbook: RecordId::fresh(),
            form,
            before,
        }
    }

    fn said(&self, record: RecordId, kind: RecordKind, after: Option<Record>) -> SaidOfRecord {
        SaidOfRecord {
            record,
            kind,
            base: self.office.register.base_of(record).unwrap(),
            after,
        }
    }

    /// The workbook as it was saved `minutes` after it was made.
    fn saved(&self, version: &Version, minutes: i64) -> WorkbookReturn {
        let agency_return = AgencyReturn::id(self.office.audit, "POL");
        let case_id = self.office.cases[0];
        let saved: DateTime<Utc> = noon() + TimeDelta::minutes(minutes);
        let form = CaseForm {
            status: match version.closed {
                true => FormStatus::Submitted,
                false => FormStatus::InProgress,
            },
            submitted: version.closed.then_some(saved),
            ..CaseForm::new(agency_return, case_id)
        };
        let others = QUESTIONS
            .iter()
            .zip(&version.values)
            .map(|(question, value)| {
                let id = Answer::id(self.form, question);
                let mut answer = Answer::empty(self.form, question);
                answer.given = value.map(|value| Given::Value(Value::one(VALUES[value])));
                // As a sheet is read: empty where the record is not there, emptied where it is.
                let known = !self.office.register.base_of(id).unwrap().is_empty();
                let after = (known || value.is_some()).then(|| answer.into());
                self.said(id, RecordKind::Answer, after)
            });
        WorkbookReturn {
            path: PathBuf::from("police.xlsx"),
            workbook: self.workbook,
            audit: self.office.audit,
            agency: "POL".into(),
            saved,
            forms: vec![SaidOfForm {
                case: (case_id, case(self.office.audit, 1)),
                role: "sergeant".into(),
                closed: version.closed,
                form: self.said(self.form, RecordKind::CaseForm, Some(form.into())),
                others: others.collect(),
            }],
        }
    }

    /// The workbook as it was saved again and again, a minute apart.
    fn all_saved(&self, versions: &[Version]) -> Vec<WorkbookReturn> {
        let saved = versions.iter().zip(1_i64..);
        saved.map(|(version, at)| self.saved(version, at)).collect()
    }

    /// How the form would stand if the versions were merged as they were saved: each says what
    /// differs from what was sent out, and a complete one says everything.
    fn expected(&self, versions: &[Version]) -> (Option<bool>, Vec<Option<String>>) {
        let sent: Vec<Option<&str>> = vec![Some(self.before), None, None];
        let (mut closed, mut stands) = (None, sent.clone());
        for version in versions {
            closed = Some(version.closed);
            for (at, value) in version.values.iter().enumerate() {
                let value = value.map(|value| VALUES[value]);
                if version.closed || value != sent[at] {
                    stands[at] = value;
                }
            }
        }
        let stands = stands.into_iter().map(|value| value.map(str::to_owned));
        (closed, stands.collect())
    }
}

fn stands(register: &Store, form: RecordId) -> (Option<bool>, Vec<Option<String>>) {
    let closed = match register.record(RecordKind::CaseForm, form).unwrap() {
        Some(Record::CaseForm(form)) => match form.status {
            FormStatus::NotStarted => None,
            status => Some(!status.is_open()),
        },
        _ => None,
    };
    let values = QUESTIONS.map(|question| given(register, form, question));
    (closed, values.to_vec())
}

fn merge(register: &mut Store, files: &[WorkbookReturn]) -> usize {
    let mut incoming = Vec::new();
    for file in files {
        let looked = register.examine_workbook(file, &incoming).unwrap();
        incoming.push(looked);
    }
    let merged = register.merge(&incoming, &author(""), noon()).unwrap();
    merged.files.iter().map(|file| file.new_revisions).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn versions_in_any_order_lead_to_the_same(
        versions in prop::collection::vec(version(), 1..5),
        order in prop::collection::vec(0..4_usize, 0..8),
        together in any::<bool>(),
    ) {
        let mut sent = Sent::new();
        let files = sent.all_saved(&versions);
        // Some twice, in some order; then all, the last first.
        let order = order.into_iter().map(|at| at % files.len()).chain((0..files.len()).rev());
        let order: Vec<WorkbookReturn> = order.map(|at| files[at].clone()).collect();
        let register = &mut sent.office.register;
        if together {
            merge(register, &order);
        } else {
            let mut merged: Vec<&WorkbookReturn> = Vec::new();
            for file in &order {
                let new = merge(register, std::slice::from_ref(file));
                let again = merged.iter().any(|known| known.saved == file.saved);
                prop_assert!(new == 0 || !again, "{new} more");
                merged.push(file);
            }
        }
        let form = sent.form;
        let conflicts = sent.office.register.conflicts().unwrap().len();
        // A version in progress may have left a question alone or said it again: what came before
        // it and is merged after it is then settled by a person.
        let in_doubt = versions.iter().any(|version| !version.closed) && versions.len() > 2;
        if conflicts == 0 || !in_doubt {
            prop_assert_eq!(conflicts, 0);
            prop_assert_eq!(stands(&sent.office.register, form), sent.expected(&versions));
        }
        prop_assert_eq!(sent.office.register.check().unwrap(), vec![]);
        // Nothing is lost: every value that differs from what was sent out is in the history.
        for version in &versions {
            for (question, value) in QUESTIONS.iter().zip(&version.values) {
                let Some(value) = value.map(|value| format!("\"{}\"", VALUES[value])) else { continue };
                let history = sent.office.register.history(Answer::id(form, question)).unwrap();
                let mut told = history.iter().filter_map(|entry| entry.after.as_ref());
                prop_assert!(told.any(|after| after.contains(&value)));
            }
        }
        // And once more brings nothing, in any order.
        let register = &mut sent.office.register;
        prop_assert_eq!(merge(register, &files), 0);
        prop_assert_eq!(merge(register, &order), 0);
    }
}

/// Found by chance: a version that said what a later one said came to say something else than the
/// newest when a still later one was merged again.
#[test]
fn versions_in_progress_that_say_one_thing_and_another_in_turn_bring_nothing_again() {
    let mut sent = Sent::new();
    let version = |value| Version {
        closed: false,
        values: vec![None, Some(value), None],
    };
    let files = [1, 2, 1, 2].map(version);
    let files = sent.all_saved(&files);
    let register = &mut sent.office.register;
    for at in [1, 3, 2, 1, 0] {
        merge(register, std::slice::from_ref(&files[at]));
    }
    assert_eq!(merge(register, &files), 0);
    assert_eq!(merge(register, &files), 0);
}

/// Found by chance among two thousand stories.
#[test]
fn versions_that_empty_what_was_sent_out_in_turn_bring_nothing_again() {
    let mut sent = Sent::new();
    let version = |closed, values: [Option<usize>; 3]| Version {
        closed,
        values: values.to_vec(),
    };
    let files = [
        version(false, [Some(2), None, Some(0)]),
        version(true, [None; 3]),
        version(false, [Some(2), None, None]),
        version(true, [None; 3]),
    ];
    let files = sent.all_saved(&files);
    let register = &mut sent.office.register;
    for at in [2, 1, 0, 3] {
        merge(register, std::slice::from_ref(&files[at]));
    }
    for at in [2, 1, 0, 3] {
        assert_eq!(merge(register, std::slice::from_ref(&files[at])), 0, "{at}");
    }
}

#[test]
fn an_earlier_version_merged_once_more_after_later_ones_brings_nothing() {
    let mut sent = Sent::new();
    let version = |value| Version {
        closed: true,
        values: vec![None, Some(value), None],
    };
    let files = [1, 1, 2].map(version);
    let files = sent.all_saved(&files);
    let register = &mut sent.office.register;
    for file in &files {
        assert!(merge(register, std::slice::from_ref(file)) > 0);
    }
    for file in &files {
        assert_eq!(merge(register, std::slice::from_ref(file)), 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn versions_in_their_order_are_no_conflict(versions in prop::collection::vec(version(), 1..5)) {
        let mut sent = Sent::new();
        let form = sent.form;
        let files = sent.all_saved(&versions);
        for (at, file) in files.into_iter().enumerate() {
            merge(&mut sent.office.register, &[file]);
            let expected = sent.expected(&versions[..=at]);
            prop_assert_eq!(stands(&sent.office.register, form), expected);
        }
        prop_assert_eq!(sent.office.register.conflicts().unwrap(), vec![]);
    }
}

#[test]
fn two_registers_make_the_very_same_revisions_of_one_file() {
    let sent = Sent::new();
    let version = Version {
        closed: true,
        values: vec![Some(1), None, Some(2)],
    };
    let file = sent.saved(&version, 5);
    let mut copies = [
        sent.office.register.twin().unwrap(),
        sent.office.register.twin().unwrap(),
    ];
    for copy in &mut copies {
        assert_eq!(merge(copy, std::slice::from_ref(&file)), 3);
    }
    let [one, other] = &copies;
    assert_eq!(sent.office.revisions(one), sent.office.revisions(other));
}

#[test]
fn a_workbook_is_merged_into_a_register_only() {
    let sent = Sent::new();
    let version = Version {
        closed: false,
        values: vec![None; 3],
    };
    let file = sent.saved(&version, 5);
    let into_return = sent.office.issue("POL").examine_workbook(&file, &[]);
    assert!(
        into_return
            .unwrap_err()
            .to_string()
            .contains("is a return, not a register")
    );
    // What is another agency's is not taken, whatever the workbook says.
    let mut theirs = file;
    theirs.agency = "CSC".into();
    let refused = sent
        .office
        .register
        .examine_workbook(&theirs, &[])
        .unwrap_err();
    assert!(
        refused.to_string().contains("not for its agency to change"),
        "{refused}"
    );
}

#[test]
fn a_merge_of_a_workbook_is_taken_back_and_the_same_file_brings_it_only_when_asked() {
    let mut sent = Sent::new();
    let version = Version {
        closed: true,
        values: vec![Some(1), None, Some(2)],
    };
    let file = sent.saved(&version, 5);
    let form = sent.form;
    let before = stands(&sent.office.register, form);
    let looked = sent.office.register.examine_workbook(&file, &[]).unwrap();
    let register = &mut sent.office.register;
    let merged = register.merge(&[looked], &author(""), noon()).unwrap();
    let after = stands(register, form);
    take_back(register, merged.span.unwrap());
    assert_eq!(stands(register, form), before);
    let again = register.examine_workbook(&file, &[]).unwrap();
    let plan = register.plan_merge(std::slice::from_ref(&again)).unwrap();
    assert_eq!((plan[0].new_revisions, plan[0].taken_back.len()), (0, 3));
    register
        .merge(&[again.again()], &author(""), noon())
        .unwrap();
    assert_eq!(stands(register, form), after);
    assert_eq!(register.check().unwrap(), []);
}

#[test]
fn a_text_redacted_meanwhile_does_not_come_back_with_the_workbook_it_was_sent_out_in() {
    let mut sent = Sent::new();
    let (form, question) = (sent.form, QUESTIONS[1]);
    let mut named = Answer::empty(form, question);
    named.worked = "Seen with Jane Doe".into();
    let id = Answer::id(form, question);
    let edit = change("POL", vec![Edit::put(id, named.clone())]);
    sent.office.register.commit(&edit).unwrap();
    let version = Version {
        closed: false,
        values: vec![Some(2), None, None],
    };
    let mut file = sent.saved(&version, 5);
    let said = &mut file.forms[0].others[1];
    said.after = Some(named.into());
    let register = &mut sent.office.register;
    let sought = Sought::new("Jane Doe").unwrap();
    let history = register.history(id).unwrap();
    let redaction = Redaction {
        sought: &sought,
        revisions: &history.iter().map(|entry| entry.revision).collect(),
        replacement: "her mother",
        reason: "a name",
    };
    register.redact(&redaction, &author(""), noon()).unwrap();
    assert!(merge(register, &[file]) > 0);
    assert_eq!(register.conflicts().unwrap(), []);
    let mut told = register
        .history(id)
        .unwrap()
        .into_iter()
        .filter_map(|entry| entry.after);
    assert!(!told.any(|after| after.contains("Jane")));
}
