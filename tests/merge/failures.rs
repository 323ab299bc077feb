//! What is known to go wrong when files are merged, here and in other programs, one test each.

use std::fs;
use std::sync::Arc;

use goldthread::domain::answer::Answer;
use goldthread::domain::audit::Audit;
use goldthread::domain::form::FormStatus;
use goldthread::domain::id::RecordId;
use goldthread::domain::record::{Record, RecordKind};
use goldthread::domain::revision::Edit;
use goldthread::domain::safety_stop::SafetyStop;
use goldthread::session::Document;
use goldthread::store::{DocumentKind, Store};

use super::office::{Office, answer, author, case, change, form, given, key_date, noon};

fn commit(store: &mut Store, edit: Edit) {
    store.commit(&change("POL", vec![edit])).unwrap();
}

/// An office and a return of the police in which the first question is answered.
fn answered() -> (Office, Store) {
    let office = Office::new();
    let mut file = office.issue("POL");
    commit(&mut file, answer(office.form("POL", 0), "C01", "good"));
    (office, file)
}

#[test]
fn merging_twice_duplicates_nothing() {
    let (mut office, file) = answered();
    let first = office.merge(&file).unwrap();
    assert_eq!(first.files[0].new_revisions, 1);
    let kept = office.revisions(&office.register);
    let again = office.merge(&file).unwrap();
    assert_eq!((again.files[0].new_revisions, again.copy), (0, None));
    assert_eq!(office.revisions(&office.register), kept);
    assert_eq!(office.register.count_answers().unwrap(), 1);
    assert_eq!(office.register.check().unwrap(), []);
}

#[test]
fn the_same_file_given_twice_at_once_counts_once() {
    let (mut office, file) = answered();
    let look = || office.register.examine(&file).unwrap();
    let files = [look(), look()];
    let merged = office.register.merge(&files, &author(""), noon()).unwrap();
    let new: Vec<_> = merged.files.iter().map(|file| file.new_revisions).collect();
    assert_eq!(new, [1, 0]);
}

#[test]
fn every_field_and_note_arrives_under_the_same_id() {
    let mut office = Office::new();
    let place = office.form("POL", 0);
    let mut file = office.issue("POL");
    let mut full = Answer::empty(place, "C01");
    full.worked = "Shared the log the same day".into();
    full.worries = "No reply to two calls".into();
    full.so_what = "She waited a week".into();
    full.good_practice = true;
    full.practice_concern = true;
    full.in_view_of = vec!["C02".into()];
    let mut stop = SafetyStop::open(place, "no", noon());
    stop.called_999 = true;
    let submitted = form(&file, place, FormStatus::Submitted, "sergeant").unwrap();
    let edits = [
        Edit::put(Answer::id(place, "C01"), full),
        Edit::put(SafetyStop::id(place), stop),
        key_date(place, 5),
        submitted,
    ];
    for edit in edits.clone() {
        commit(&mut file, edit);
    }
    office.merge(&file).unwrap();
    for edit in edits {
        let arrived = office.register.record(edit.kind, edit.record).unwrap();
        assert_eq!(arrived, edit.after, "{:?}", edit.kind);
        // Who, when and why too.
        let there = file.history(edit.record).unwrap();
        assert_eq!(office.register.history(edit.record).unwrap(), there);
    }
    assert_eq!(office.register.conflicts().unwrap(), []);
}

#[test]
fn when_it_was_merged_is_said_only_if_something_came() {
    let mut office = Office::new();
    let untouched = office.issue("POL");
    let merged = |office: &Office| {
        let returns = office.register.register().unwrap().returns;
        let own = returns.into_values().find(|own| own.agency == "POL");
        own.unwrap().merged
    };
    office.merge(&untouched).unwrap();
    assert_eq!(merged(&office), None);
    let mut file = office.issue("POL");
    commit(&mut file, answer(office.form("POL", 0), "C01", "good"));
    office.merge(&file).unwrap();
    assert_eq!(merged(&office), Some(noon()));
}

#[test]
fn each_form_says_which_merge_last_brought_something_of_it() {
    let (mut office, mut file) = answered();
    let (first, second) = (office.form("POL", 0), office.form("POL", 1));
    let arrivals = |office: &Office| {
        let returns = office.register.register().unwrap().returns;
        let own = returns.into_values().find(|own| own.agency == "POL");
        own.unwrap().arrivals
    };
    office.merge_at(&file, noon()).unwrap();
    let arrived = arrivals(&office);
    assert_eq!(arrived.keys().collect::<Vec<_>>(), [&first]);
    assert_eq!((arrived[&first].at, arrived[&first].answers), (noon(), 1));
    commit(&mut file, answer(second, "C01", "good"));
    commit(&mut file, key_date(second, 5));
    let later = noon() + chrono::TimeDelta::days(3);
    office.merge_at(&file, later).unwrap();
    let arrived = arrivals(&office);
    assert_eq!((arrived[&first].at, arrived[&first].answers), (noon(), 1));
    assert_eq!((arrived[&second].at, arrived[&second].answers), (later, 2));
    // Bringing nothing says nothing.
    office
        .merge_at(&file, later + chrono::TimeDelta::days(1))
        .unwrap();
    assert_eq!(arrivals(&office), arrived);
}

#[test]
fn records_are_matched_by_identity_and_not_by_name() {
    let (mut office, file) = answered();
    // Another audit of the same title, with a case of the same reference.
    let Some(Record::Audit(audit)) = office
        .register
        .record(RecordKind::Audit, office.audit)
        .unwrap()
    else {
        panic!("no audit")
    };
    let other = RecordId::fresh();
    let edits = vec![
        Edit::put(other, Audit { ..audit }),
        Edit::put(RecordId::fresh(), case(other, 1)),
    ];
    office.register.commit(&change("", edits)).unwrap();
    office.merge(&file).unwrap();
    assert_eq!(office.given(office.form("POL", 0), "C01").unwrap(), "good");
    assert_eq!(office.register.count_answers().unwrap(), 1);
}

#[test]
fn a_deletion_travels() {
    let (mut office, mut file) = answered();
    let place = office.form("POL", 0);
    office.merge(&file).unwrap();
    let id = Answer::id(place, "C01");
    commit(&mut file, Edit::delete(id, RecordKind::Answer));
    office.merge(&file).unwrap();
    assert_eq!(office.given(place, "C01"), None);
    assert_eq!(office.register.count_answers().unwrap(), 0);
    assert_eq!(office.register.conflicts().unwrap(), []);
}

#[test]
fn a_deletion_of_what_was_taken_back_travels_for_a_question_of_the_tool() {
    // Answered and taken back before the return goes out: the auditor's answer follows that, and is
    // no conflict with it.
    let catalogue = goldthread::domain::catalogue::Catalogue::built_in().unwrap();
    let tool = catalogue.tool("neglect@1").unwrap().clone();
    let mut office = Office::new();
    let place = office.form("POL", 0);
    let id = Answer::id(place, "C07");
    for edit in [
        Edit::put(goldthread::domain::tool::Tool::id("neglect@1"), tool),
        answer(place, "C07", "good"),
        Edit::delete(id, RecordKind::Answer),
    ] {
        commit(&mut office.register, edit);
    }
    let mut file = office.issue("POL");
    commit(&mut file, answer(place, "C07", "inadequate"));
    office.merge(&file).unwrap();
    assert_eq!(office.register.conflicts().unwrap(), []);
    assert_eq!(office.given(place, "C07").unwrap(), "inadequate");
}

#[test]
fn a_corrected_return_replaces_what_the_first_said() {
    let (mut office, mut file) = answered();
    let place = office.form("POL", 0);
    let first = file.twin().unwrap();
    commit(&mut file, answer(place, "C01", "inadequate"));
    let corrected = file;
    for order in [[&first, &corrected], [&corrected, &first]] {
        let mut register = office.register.twin().unwrap();
        for file in order {
            let incoming = register.examine(file).unwrap();
            register.merge(&[incoming], &author(""), noon()).unwrap();
        }
        assert_eq!(given(&register, place, "C01").unwrap(), "inadequate");
        assert_eq!(register.conflicts().unwrap(), []);
    }
    office.merge(&first).unwrap();
    // A new return file made meanwhile changes nothing about that.
    office.issue("POL");
    office.merge(&corrected).unwrap();
    assert_eq!(office.given(place, "C01").unwrap(), "inadequate");
}

#[test]
fn what_the_chair_typed_meanwhile_is_kept_beside_the_return_until_somebody_settles_it() {
    let (mut office, file) = answered();
    let place = office.form("POL", 0);
    let by_telephone = answer(place, "C01", "inadequate");
    let agreed = answer(place, "C02", "good");
    let typed = change("", vec![by_telephone, agreed.clone()]);
    office.register.commit(&typed).unwrap();
    let mut file = file;
    commit(&mut file, agreed);
    office.merge(&file).unwrap();

    let conflicts = office.register.conflicts().unwrap();
    assert_eq!(conflicts.len(), 1, "two who say the same are no conflict");
    let conflict = &conflicts[0];
    assert_eq!(conflict.record, Answer::id(place, "C01"));
    let says: Vec<_> = conflict
        .heads
        .iter()
        .map(|head| head.after.clone().unwrap())
        .collect();
    let has = |value: &str| says.iter().any(|body| body.contains(value));
    assert!(has("good") && has("inadequate"), "{says:?}");
    let agencies: Vec<_> = conflict
        .heads
        .iter()
        .map(|head| &head.author.agency)
        .collect();
    assert!(agencies.contains(&&String::new()) && agencies.contains(&&"POL".to_owned()));
    assert!(!conflict.waiting);
    let standing = office.given(place, "C01").unwrap();
    assert!(
        says[0].contains(&standing),
        "the first is the one that stands"
    );

    // An ordinary change follows what stands and leaves the conflict open.
    let edit = |value| change("", vec![answer(place, "C01", value)]);
    office.register.commit(&edit("outstanding")).unwrap();
    assert_eq!(office.register.conflicts().unwrap().len(), 1);
    assert_eq!(office.given(place, "C01").unwrap(), "outstanding");
    // Settled, even by the version that stands already; and a further merge does not open it again.
    office.register.resolve(&edit("outstanding")).unwrap();
    assert_eq!(office.register.conflicts().unwrap(), []);
    office.merge(&file).unwrap();
    assert_eq!(office.register.conflicts().unwrap(), []);
    assert_eq!(office.given(place, "C01").unwrap(), "outstanding");
    assert_eq!(office.register.check().unwrap(), []);
    // What was said twice the same does not come back as a conflict when it is changed.
    let changed = change("", vec![answer(place, "C02", "inadequate")]);
    office.register.commit(&changed).unwrap();
    assert_eq!(office.register.conflicts().unwrap(), []);
}

#[test]
fn what_comes_for_a_withdrawn_case_is_kept_out_of_sight_and_comes_back_with_it() {
    let (mut office, mut file) = answered();
    let place = office.form("POL", 0);
    let started = form(&file, place, FormStatus::InProgress, "sergeant").unwrap();
    commit(&mut file, started);
    office.withdraw(0);
    office.merge(&file).unwrap();
    // Nothing refers to something that is not there.
    assert_eq!(office.register.check().unwrap(), []);
    assert_eq!(office.given(place, "C01"), None);
    assert_eq!(office.register.count_answers().unwrap(), 0);
    assert!(
        !office
            .register
            .register()
            .unwrap()
            .forms
            .contains_key(&place)
    );
    // Nothing is lost.
    let history = office.register.history(Answer::id(place, "C01")).unwrap();
    assert!(history[0].after.as_ref().unwrap().contains("good"));
    let conflicts = office.register.conflicts().unwrap();
    assert!(
        conflicts.iter().all(|conflict| conflict.waiting),
        "{conflicts:?}"
    );
    // The case is taken up again, and with it what waited.
    let again = Edit::put(office.cases[0], case(office.audit, 1));
    office.register.commit(&change("", vec![again])).unwrap();
    assert_eq!(office.given(place, "C01").unwrap(), "good");
    assert_eq!(office.register.check().unwrap(), []);
}

#[test]
fn a_merge_that_fails_half_way_leaves_the_register_as_it_was_and_free() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.goldthread");
    let store = Store::create(&path, DocumentKind::Register, None, "desk").unwrap();
    let mut office = Office::in_store(store);
    let place = office.form("POL", 0);
    let mut file = office.issue("POL");
    let mut long = Answer::empty(place, "C01");
    long.worked = "words ".repeat(200_000);
    commit(&mut file, Edit::put(Answer::id(place, "C01"), long));
    let kept = office.revisions(&office.register);
    office.register.limit_size_to_now().unwrap();
    let refused = office.merge(&file).unwrap_err().to_string();
    assert!(refused.contains("full"), "{refused}");
    assert_eq!(office.revisions(&office.register), kept);
    assert_eq!(office.register.check().unwrap(), []);
    // No transaction stays open: the next change is kept, and the file opens.
    let started = form(&office.register, place, FormStatus::InProgress, "").unwrap();
    office.register.commit(&change("", vec![started])).unwrap();
    drop(office);
    assert_eq!(
        Store::open(&path, None, "desk").unwrap().check().unwrap(),
        []
    );
}

#[test]
fn a_copy_of_the_register_as_it_was_is_kept_before_each_merge() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.goldthread");
    let store = Store::create(&path, DocumentKind::Register, None, "desk").unwrap();
    let mut office = Office::in_store(store);
    let place = office.form("POL", 0);
    let mut file = office.issue("POL");
    let mut copies = Vec::new();
    for value in ["good", "inadequate"] {
        let before = office.standing(&office.register);
        commit(&mut file, answer(place, "C01", value));
        let copy = office.merge(&file).unwrap().copy.unwrap();
        let copied = Store::open(&copy, None, "desk").unwrap();
        assert_eq!(copied.check().unwrap(), []);
        assert_eq!(office.standing(&copied), before);
        copies.push(copy);
    }
    assert_ne!(copies[0], copies[1], "two within a second are both kept");
    let files = fs::read_dir(folder.path()).unwrap();
    let names = files.map(|file| file.unwrap().path());
    let documents = names.filter(|path| path.extension().is_some_and(|end| end == "goldthread"));
    assert_eq!(documents.count(), 3, "the register and two copies");
}

#[test]
fn settling_a_conflict_in_an_open_document_brings_its_register_up_to_date() {
    let (mut office, mut file) = answered();
    let place = office.form("POL", 0);
    let started = form(&file, place, FormStatus::InProgress, "sergeant").unwrap();
    commit(&mut file, started);
    office.withdraw(0);
    office.merge(&file).unwrap();
    let catalogue = goldthread::domain::catalogue::Catalogue::built_in().unwrap();
    let mut document = Document::of(office.register, Arc::new(catalogue)).unwrap();
    assert!(!document.register().forms.contains_key(&place));
    let waiting = document.store().conflicts().unwrap();
    let mut waiting = waiting.iter();
    let waiting = waiting.find(|conflict| conflict.record == place).unwrap();
    assert!(waiting.waiting);
    let theirs = form(&file, place, FormStatus::InProgress, "sergeant").unwrap();
    let again = Edit::put(office.cases[0], case(office.audit, 1));
    let settles = change("", vec![again, theirs]);
    document.settle(&settles, place, &waiting.seen()).unwrap();
    assert_eq!(document.register().forms[&place].role, "sergeant");
    assert_eq!(document.store().conflicts().unwrap(), []);
    assert_eq!(given(document.store(), place, "C01").unwrap(), "good");
    assert_eq!(document.store().check().unwrap(), []);
}

#[test]
fn a_conflict_is_settled_while_its_case_is_withdrawn_and_comes_back_settled() {
    let (mut office, mut file) = answered();
    let place = office.form("POL", 0);
    let started = form(&file, place, FormStatus::InProgress, "sergeant").unwrap();
    commit(&mut file, started.clone());
    office.withdraw(0);
    office.merge(&file).unwrap();
    let about = |office: &Office| {
        let conflicts = office.register.conflicts().unwrap();
        conflicts.iter().filter(|own| own.record == place).count()
    };
    assert_eq!(about(&office), 1);
    office.register.resolve(&change("", vec![started])).unwrap();
    assert_eq!(about(&office), 0);
    let forms = |office: &Office| office.register.register().unwrap().forms;
    assert!(!forms(&office).contains_key(&place), "it still waits");
    assert_eq!(office.register.check().unwrap(), []);
    let again = Edit::put(office.cases[0], case(office.audit, 1));
    office.register.commit(&change("", vec![again])).unwrap();
    assert_eq!(forms(&office)[&place].role, "sergeant");
    assert_eq!(office.register.check().unwrap(), []);
}
