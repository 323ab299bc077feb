//! Changes that wait while the disk refuses them: whatever comes in meanwhile, they neither override
//! it nor are lost.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use chrono::Utc;
use goldthread::domain::answer::{Answer, Given, Note, Value};
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::record::RecordKind;
use goldthread::domain::redaction::Sought;
use goldthread::domain::revision::Edit;
use goldthread::session::command::{Command, FormCommand, Refused};
use goldthread::session::conflict::Says;
use goldthread::session::{
    MergeRequest, Notice, Opening, RedactRequest, SaveState, Session, Settlement, Start,
};
use goldthread::store::{Entry, Stood, Store, StoreError};

use proptest::prelude::*;

use crate::desk::{Desk, change, number};

/// The register in a session without a window, with the police's form open.
fn session(desk: &Desk) -> Session {
    let start = Start {
        opening: Opening::Open(desk.file.clone(), None),
        catalogue: Arc::new(Catalogue::built_in().unwrap()),
        author: change(Vec::new()).author,
        clock: Arc::new(Utc::now),
        wake: None,
    };
    let mut session = Session::start(start).unwrap();
    session.open_form(desk.form);
    session.notices();
    assert!(session.form().is_some());
    session
}

fn give(session: &mut Session, desk: &Desk, question: &str, value: i64) -> Vec<Notice> {
    let give = FormCommand::Give {
        question: question.into(),
        given: Some(Given::Value(Value::Number(value))),
    };
    let command = Command::Form(desk.form, Box::new(give));
    session.apply(&command).unwrap();
    session.notices()
}

fn note(session: &mut Session, desk: &Desk, note: Note, text: &str) {
    let write = FormCommand::WriteNote {
        question: "C01".into(),
        note,
        text: text.into(),
    };
    let command = Command::Form(desk.form, Box::new(write));
    session.apply(&command).unwrap();
    session.notices();
}

fn failed(session: &Session) -> bool {
    matches!(session.save_state(), SaveState::Failed(_))
}

fn try_again(session: &mut Session) -> Vec<Notice> {
    session.try_again();
    let notices = session.notices();
    assert!(!failed(session), "{:?}", session.save_state());
    assert!(!session.has_unsaved());
    notices
}

/// Puts another state of the file in its place: another file, or other bytes in the same.
fn put_there(desk: &Desk, other: &Path, in_place: bool) {
    match in_place {
        true => fs::write(&desk.file, fs::read(other).unwrap()).unwrap(),
        false => fs::rename(other, &desk.file).unwrap(),
    }
}

fn numbers(versions: &[Entry]) -> Vec<Option<i64>> {
    let number = |entry: &Entry| {
        let answer: Answer = serde_json::from_str(entry.after.as_ref()?).unwrap();
        match answer.value() {
            Some(Value::Number(number)) => Some(*number),
            other => panic!("{other:?}"),
        }
    };
    let mut numbers: Vec<Option<i64>> = versions.iter().map(number).collect();
    numbers.sort();
    numbers
}

#[test]
fn what_waited_stands_beside_what_the_other_file_says() {
    for in_place in [false, true] {
        let desk = Desk::new(None);
        desk.give(&mut desk.open(), "N01", 5).unwrap();
        let other = desk.copied("elsewhere", &[("N01", 3)]);
        let mut session = session(&desk);
        give(&mut session, &desk, "N09", 8);
        put_there(&desk, &other, in_place);
        give(&mut session, &desk, "N01", 1);
        give(&mut session, &desk, "N01", 2);
        assert!(failed(&session));
        let notices = try_again(&mut session);
        let told = format!("{notices:?}");
        assert!(told.contains("Both versions are kept"), "{told}");
        assert_eq!(session.conflicts().len(), 1);
        // Typing goes on from the own version.
        give(&mut session, &desk, "N09", 9);
        drop(session);
        let store = desk.open();
        assert_eq!(store.check().unwrap(), []);
        let conflicts = store.conflicts().unwrap();
        assert_eq!(conflicts.len(), 1);
        assert_eq!(numbers(&conflicts[0].heads), [Some(2), Some(3)]);
        assert_eq!(desk.answered(&store, "N09"), Some(9));
    }
}

#[test]
fn what_is_typed_on_once_more_follows_the_own_version() {
    let desk = Desk::new(None);
    desk.give(&mut desk.open(), "N01", 5).unwrap();
    let other = desk.copied("elsewhere", &[("N01", 3), ("N01", 4)]);
    let mut session = session(&desk);
    put_there(&desk, &other, false);
    give(&mut session, &desk, "N01", 1);
    try_again(&mut session);
    // The longer history stands for the time being, and is what the form shows from now on.
    give(&mut session, &desk, "N01", 6);
    drop(session);
    let store = desk.open();
    assert_eq!(store.check().unwrap(), []);
    let conflicts = store.conflicts().unwrap();
    assert_eq!(numbers(&conflicts[0].heads), [Some(1), Some(6)]);
}

#[test]
fn what_both_did_alike_is_no_conflict() {
    let desk = Desk::new(None);
    let other = desk.copied("elsewhere", &[("N01", 3)]);
    let mut session = session(&desk);
    put_there(&desk, &other, false);
    give(&mut session, &desk, "N01", 3);
    try_again(&mut session);
    assert_eq!(session.conflicts(), []);
    drop(session);
    let store = desk.open();
    assert_eq!(store.check().unwrap(), []);
    assert_eq!(store.conflicts().unwrap(), []);
    assert_eq!(desk.answered(&store, "N01"), Some(3));
}

#[test]
fn what_waited_for_a_case_that_was_withdrawn_meanwhile_is_kept_out_of_sight() {
    let desk = Desk::new(None);
    let other = desk.copied("elsewhere", &[]);
    let mut elsewhere = Store::open(&other, None, "laptop").unwrap();
    let register = elsewhere.register().unwrap();
    let cases = register.cases.keys();
    let mut withdraw: Vec<Edit> = cases
        .map(|case| Edit::delete(*case, RecordKind::Case))
        .collect();
    withdraw.push(Edit::delete(desk.form, RecordKind::CaseForm));
    let answers = elsewhere.records_on_form(RecordKind::Answer, desk.form);
    let answers = answers.unwrap().into_iter();
    withdraw.extend(answers.map(|(id, _)| Edit::delete(id, RecordKind::Answer)));
    elsewhere.commit(&change(withdraw)).unwrap();
    drop(elsewhere);
    let mut session = session(&desk);
    put_there(&desk, &other, false);
    give(&mut session, &desk, "N01", 1);
    try_again(&mut session);
    drop(session);
    let mut store = desk.open();
    assert_eq!(store.check().unwrap(), []);
    assert_eq!(desk.answered(&store, "N01"), None);
    let cases = register.cases.into_iter();
    let mut again: Vec<Edit> = cases.map(|(id, case)| Edit::put(id, case)).collect();
    let form = register.forms[&desk.form].clone();
    again.push(Edit::put(desk.form, form));
    store.commit(&change(again)).unwrap();
    assert_eq!(desk.answered(&store, "N01"), Some(1), "it comes back");
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn a_form_that_is_read_again_shows_what_waits() {
    let desk = Desk::new(None);
    let other = desk.copied("elsewhere", &[]);
    let mut session = session(&desk);
    put_there(&desk, &other, false);
    note(&mut session, &desk, Note::Worked, "Seen alone");
    assert!(failed(&session));
    session.close_form();
    session.open_form(desk.form);
    session.notices();
    note(&mut session, &desk, Note::Worries, "Not asked");
    try_again(&mut session);
    let answer = &session.form().unwrap().content.answers["C01"];
    assert_eq!(
        (answer.worked.as_str(), answer.worries.as_str()),
        ("Seen alone", "Not asked")
    );
    drop(session);
    let history = desk.open().history(Answer::id(desk.form, "C01")).unwrap();
    let stands = history.last().unwrap().after.clone().unwrap();
    assert!(
        stands.contains("Seen alone") && stands.contains("Not asked"),
        "{stands}"
    );
}

#[test]
fn nothing_that_builds_on_what_waits_is_done_before_it_is_on_disk() {
    let desk = Desk::new(None);
    let other = desk.copied("elsewhere", &[]);
    let filled_in = desk.filled_in_return();
    let mut session = session(&desk);
    session.close_form();
    let merge = MergeRequest {
        files: vec![filled_in],
        ..MergeRequest::default()
    };
    session.merge(merge.clone());
    session.notices();
    assert_eq!(session.undo_label(), Some("merge of 1 return"));
    put_there(&desk, &other, false);
    session.open_form(desk.form);
    session.notices();
    give(&mut session, &desk, "N09", 1);
    session.close_form();
    assert!(failed(&session));
    session.merge(merge);
    let notices = format!("{:?}", session.notices());
    assert!(notices.contains("are not on disk"), "{notices}");
    let undo = session.apply(&Command::Undo);
    assert_eq!(undo.unwrap_err(), Refused::NotOnDisk);
    assert_eq!(session.undo_label(), Some("merge of 1 return"));
    try_again(&mut session);
    // What the other file brought has taken the numbers that the merge was known by.
    assert_eq!(session.undo_label(), None);
    drop(session);
    let store = desk.open();
    assert_eq!(store.check().unwrap(), []);
    assert_eq!(desk.answered(&store, "N01"), Some(7));
    assert_eq!(desk.answered(&store, "N09"), Some(1));
}

#[test]
fn a_change_made_in_view_of_nothing_stands_beside_what_came_in() {
    let desk = Desk::new(None);
    let mut store = desk.open();
    desk.give(&mut store, "N01", 3).unwrap();
    let edit = number(desk.form, "N01", 1, "");
    let stood = [Stood::As(None)];
    let saved = store.commit_in_view(&change(vec![edit]), &stood).unwrap();
    assert!(saved.beside);
    let conflicts = store.conflicts().unwrap();
    assert_eq!(numbers(&conflicts[0].heads), [Some(1), Some(3)]);
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn a_change_may_edit_a_record_twice() {
    let desk = Desk::new(None);
    let mut store = desk.open();
    let edits = vec![
        number(desk.form, "N01", 1, ""),
        number(desk.form, "N01", 2, ""),
    ];
    let stood = [Stood::As(None), Stood::As(None)];
    let saved = store.commit_in_view(&change(edits), &stood).unwrap();
    assert!(!saved.beside);
    assert_eq!(store.conflicts().unwrap(), []);
    assert_eq!(desk.answered(&store, "N01"), Some(2));
}

/// The session with N01 in conflict, and how the first version would be settled as it is seen now.
fn in_conflict(desk: &Desk, words: &str) -> (Session, Settlement) {
    desk.give(&mut desk.open(), "N01", 5).unwrap();
    let other = desk.copied("elsewhere", &[]);
    let mut elsewhere = Store::open(&other, None, "laptop").unwrap();
    let edit = number(desk.form, "N01", 3, words);
    elsewhere.commit(&change(vec![edit])).unwrap();
    drop(elsewhere);
    let mut session = session(desk);
    put_there(desk, &other, false);
    give(&mut session, desk, "N01", 1);
    try_again(&mut session);
    let settlement = settlement(&session, words);
    (session, settlement)
}

/// That the version with these words shall stand.
fn settlement(session: &Session, words: &str) -> Settlement {
    let conflict = &session.conflicts()[0];
    let records = conflict.versions.iter().map(|version| &version.says);
    let mut records = records.filter_map(|says| match says {
        Says::Record(record) => Some(record.as_ref().clone()),
        _ => None,
    });
    Settlement {
        record: conflict.record,
        kind: conflict.kind,
        after: Some(
            records
                .find(|record| record.body().contains(words))
                .unwrap(),
        ),
        reason: "Read again together".into(),
        seen: conflict.seen.clone(),
    }
}

#[test]
fn only_what_was_seen_is_settled() {
    let desk = Desk::new(None);
    let (mut session, stale) = in_conflict(&desk, "Shared the log");
    give(&mut session, &desk, "N01", 6);
    assert_eq!(session.settle(&stale).unwrap_err(), Refused::NotAsSeen);
    let now = settlement(&session, "Shared the log");
    session.settle(&now).unwrap();
    session.notices();
    assert_eq!(session.conflicts(), []);
    drop(session);
    let mut store = desk.open();
    let edit = number(desk.form, "N01", 9, "");
    let refused = store.settle(&change(vec![edit]), stale.record, &stale.seen);
    assert!(matches!(refused, Err(StoreError::NotAsSeen)), "{refused:?}");
    assert_eq!(desk.answered(&store, "N01"), Some(3));
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn a_text_that_was_taken_out_does_not_come_back_with_a_conflict_that_was_shown_before() {
    const TYPED: &str = "the paper kite of a Friday";
    let desk = Desk::new(None);
    let (mut session, stale) = in_conflict(&desk, TYPED);
    let sought = Sought::new(TYPED).unwrap();
    session.find_text(sought.clone());
    let found = session.notices();
    let [Notice::TextFound(found)] = &found[..] else {
        panic!("{found:?}");
    };
    session.redact(Box::new(RedactRequest {
        sought,
        revisions: found.iter().map(|found| found.revision).collect(),
        replacement: "[redacted]".into(),
        reason: "A name".into(),
    }));
    let told = format!("{:?}", session.notices());
    assert!(told.contains("Redacted"), "{told}");
    assert!(!format!("{:?}", session.conflicts()).contains(TYPED));
    let settled = session.settle(&stale);
    assert!(
        matches!(settled, Err(Refused::NotAsSeen | Refused::Settled)),
        "{settled:?}"
    );
    session.notices();
    drop(session);
    let store = desk.open();
    assert_eq!(store.mentions(&Sought::new(TYPED).unwrap()).unwrap(), []);
    let bytes = fs::read(&desk.file).unwrap();
    let told = bytes
        .windows(TYPED.len())
        .any(|part| part == TYPED.as_bytes());
    assert!(!told);
}

#[test]
fn taking_one_version_away_settles_nothing() {
    let desk = Desk::new(None);
    let (mut session, _) = in_conflict(&desk, "Shared the log");
    let before = session.conflicts()[0].seen.clone();
    let clear = FormCommand::Give {
        question: "N01".into(),
        given: None,
    };
    let clear = Command::Form(desk.form, Box::new(clear));
    session.apply(&clear).unwrap();
    session.notices();
    assert_eq!(session.conflicts().len(), 1);
    assert_ne!(session.conflicts()[0].seen, before);
    session.apply(&Command::Undo).unwrap();
    session.notices();
    assert_eq!(session.conflicts().len(), 1);
    drop(session);
    let store = desk.open();
    assert_eq!(store.conflicts().unwrap().len(), 1);
    assert_eq!(store.check().unwrap(), []);
}

/// What can happen while a file is open that another program synchronises.
#[derive(Clone, Debug)]
enum Happens {
    /// Typed here: question and value.
    Typed(usize, i64),
    /// Another computer takes a copy and answers in it.
    Elsewhere(usize, i64),
    /// The copy comes in the place of the file, or into it.
    Comes(bool),
    TryAgain,
    OpenedAnew,
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        4 => (0..2_usize, 0..50_i64).prop_map(|(at, value)| Happens::Typed(at, value)),
        3 => (0..2_usize, 50..99_i64).prop_map(|(at, value)| Happens::Elsewhere(at, value)),
        2 => any::<bool>().prop_map(Happens::Comes),
        2 => Just(Happens::TryAgain),
        1 => Just(Happens::OpenedAnew),
    ]
}

const QUESTIONS: [&str; 2] = ["N01", "N09"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(25))]

    #[test]
    fn nothing_typed_is_lost_or_overridden_whatever_comes_in(story in prop::collection::vec(happens(), 1..14)) {
        let desk = Desk::new(None);
        let mut session = session(&desk);
        let mut other: Option<(std::path::PathBuf, Vec<(usize, i64)>)> = None;
        let mut said: Vec<(usize, i64)> = Vec::new();
        // The own last word, until a copy is taken that may go on from it.
        let mut last: [Option<i64>; 2] = [None, None];
        for happens in story {
            match happens {
                Happens::Typed(at, value) => {
                    let answers = &session.form().unwrap().content.answers;
                    let shown = answers.get(QUESTIONS[at]).and_then(Answer::value);
                    if shown == Some(&Value::Number(value)) {
                        // The same again is no word at all.
                        continue;
                    }
                    give(&mut session, &desk, QUESTIONS[at], value);
                    said.push((at, value));
                    last[at] = Some(value);
                }
                Happens::Elsewhere(at, value) => {
                    let (path, own) = other.get_or_insert_with(|| {
                        last = [None, None];
                        (desk.copied("elsewhere", &[]), Vec::new())
                    });
                    let mut store = Store::open(path, None, "laptop").unwrap();
                    desk.give(&mut store, QUESTIONS[at], value).unwrap();
                    own.push((at, value));
                }
                Happens::Comes(in_place) => {
                    if let Some((path, own)) = other.take() {
                        put_there(&desk, &path, in_place);
                        let _ = fs::remove_file(path);
                        said.extend(own);
                        session.look_underneath();
                        session.notices();
                    }
                }
                Happens::TryAgain => drop(try_again(&mut session)),
                Happens::OpenedAnew => {
                    session.close_form();
                    session.open_form(desk.form);
                    session.notices();
                }
            }
        }
        try_again(&mut session);
        drop(session);
        let store = desk.open();
        prop_assert_eq!(store.check().unwrap(), []);
        for (at, value) in said {
            let history = store.history(Answer::id(desk.form, QUESTIONS[at])).unwrap();
            prop_assert!(numbers(&history).contains(&Some(value)), "{} {value} is lost", QUESTIONS[at]);
        }
        for (question, last) in QUESTIONS.iter().zip(last) {
            let history = store.history(Answer::id(desk.form, question)).unwrap();
            let newest: Vec<Entry> = history.into_iter().filter(|entry| entry.newest).collect();
            prop_assert!(last.is_none() || numbers(&newest).contains(&last), "{question} {last:?} is overridden");
        }
    }
}
