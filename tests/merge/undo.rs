//! A merge taken back as one step: everything as before it, nothing lost, and what comes later
//! merges as if it had never been.

use goldthread::domain::answer::Answer;
use goldthread::domain::form::{CaseForm, FormStatus};
use goldthread::domain::id::RecordId;
use goldthread::domain::record::RecordKind;
use goldthread::domain::revision::Edit;
use goldthread::domain::safety_stop::SafetyStop;
use goldthread::store::Store;

use super::office::{Office, answer, author, case, change, form, key_date, look, noon, said};

fn commit(store: &mut Store, edit: Edit) {
    store.commit(&change("POL", vec![edit])).unwrap();
}

/// How everything stands, the agencies' returns included.
fn everything(office: &Office) -> impl PartialEq + std::fmt::Debug + use<> {
    let returns = office.register.register().unwrap().returns;
    (office.standing(&office.register), returns)
}

/// An office, and a return of the police that answers, changes and takes back.
fn office_and_return() -> (Office, Store) {
    let mut office = Office::new();
    let place = office.form("POL", 0);
    let known = [answer(place, "C01", "good"), answer(place, "C02", "good")];
    let typed = change("POL", known.to_vec());
    office.register.commit(&typed).unwrap();
    let mut file = office.issue("POL");
    commit(&mut file, answer(place, "C01", "inadequate"));
    let taken_away = Edit::delete(Answer::id(place, "C02"), RecordKind::Answer);
    commit(&mut file, taken_away);
    commit(&mut file, answer(place, "N01", "good"));
    commit(&mut file, key_date(place, 5));
    let submitted = form(&file, place, FormStatus::Submitted, "sergeant").unwrap();
    commit(&mut file, submitted);
    (office, file)
}

#[test]
fn a_merge_is_taken_back_and_brought_again_whole_and_nothing_is_lost() {
    let (mut office, file) = office_and_return();
    let before = everything(&office);
    let merge = office.merge_step(&[&file]);
    let after = everything(&office);
    assert_ne!(before, after);
    let kept = office.revisions(&office.register);

    let mut undone = office.take_back(merge);
    assert_eq!((undone.answers, undone.left), (4, 0));
    for _ in 0..2 {
        assert_eq!(everything(&office), before);
        assert_eq!(office.register.check().unwrap(), []);
        let again = office.bring_again(merge, undone.span);
        assert_eq!((again.answers, again.left), (4, 0));
        assert_eq!(everything(&office), after);
        assert_eq!(office.register.check().unwrap(), []);
        undone = office.take_back(merge);
    }
    // Who changed what is all there, and who took it back and why.
    let now = office.revisions(&office.register);
    assert!(kept.iter().all(|revision| now.contains(revision)));
    let history = office
        .register
        .history(Answer::id(office.form("POL", 0), "N01"));
    let history = history.unwrap();
    let told: Vec<_> = history
        .iter()
        .map(|entry| entry.reason.as_deref())
        .collect();
    let (back, again) = (
        Some("Undo: merge of 1 return"),
        Some("Redo: merge of 1 return"),
    );
    assert_eq!(told, [None, back, again, back, again, back]);
    assert_eq!(
        (&*history[0].author.agency, &*history[1].author.agency),
        ("POL", "")
    );
}

#[test]
fn several_returns_are_one_step() {
    let (mut office, police) = office_and_return();
    let mut care = office.issue("CSC");
    commit(&mut care, answer(office.form("CSC", 1), "C01", "good"));
    let before = everything(&office);
    let merge = office.merge_step(&[&police, &care]);
    office.take_back(merge);
    assert_eq!(everything(&office), before);
}

#[test]
fn a_conflict_goes_with_its_merge_and_comes_again_with_the_same_two_authors() {
    let (mut office, file) = office_and_return();
    let place = office.form("POL", 0);
    let typed = change("", vec![answer(place, "C01", "outstanding")]);
    office.register.commit(&typed).unwrap();
    let before = everything(&office);
    let merge = office.merge_step(&[&file]);
    let conflicts = office.register.conflicts().unwrap();
    assert_eq!(conflicts.len(), 1);
    let undone = office.take_back(merge);
    assert_eq!(everything(&office), before);
    assert_eq!(office.given(place, "C01").unwrap(), "outstanding");
    office.bring_again(merge, undone.span);
    let again = office.register.conflicts().unwrap();
    assert_eq!(said(&again), said(&conflicts));
    assert_eq!(again.len(), 1);
}

#[test]
fn a_conflict_from_before_outlives_a_merge_that_is_taken_back() {
    let (mut office, first) = office_and_return();
    let place = office.form("POL", 0);
    let typed = change("", vec![answer(place, "C01", "outstanding")]);
    office.register.commit(&typed).unwrap();
    let mut corrected = first.twin().unwrap();
    commit(&mut corrected, answer(place, "C01", "good"));
    office.merge(&first).unwrap();
    let before = office.standing(&office.register).0;
    assert_eq!(office.register.conflicts().unwrap().len(), 1);
    let merge = office.merge_step(&[&corrected]);
    office.take_back(merge);
    assert_eq!(office.register.check().unwrap(), []);
    assert_eq!(office.standing(&office.register).0, before);
    let conflict = &office.register.conflicts().unwrap()[0];
    let says: Vec<_> = conflict
        .heads
        .iter()
        .map(|head| head.after.clone().unwrap())
        .collect();
    assert!(
        says.iter().any(|body| body.contains("outstanding")),
        "{says:?}"
    );
    assert!(
        says.iter().any(|body| body.contains("inadequate")),
        "{says:?}"
    );
}

#[test]
fn what_was_changed_since_stays() {
    let (mut office, file) = office_and_return();
    let place = office.form("POL", 0);
    let merge = office.merge_step(&[&file]);
    let changed = change("", vec![answer(place, "C01", "outstanding")]);
    office.register.commit(&changed).unwrap();
    let undone = office.take_back(merge);
    assert_eq!((undone.answers, undone.left), (3, 1));
    assert_eq!(office.given(place, "C01").unwrap(), "outstanding");
    assert_eq!(office.given(place, "N01"), None);
    // And what is changed after that stays when the merge is brought again.
    let changed = change("", vec![answer(place, "N01", "outstanding")]);
    office.register.commit(&changed).unwrap();
    let again = office.bring_again(merge, undone.span);
    assert_eq!((again.answers, again.left), (2, 1));
    assert_eq!(office.given(place, "N01").unwrap(), "outstanding");
    assert_eq!(office.register.check().unwrap(), []);
}

#[test]
fn a_safety_stop_is_not_taken_back_nor_what_it_stands_on() {
    let mut office = Office::new();
    let mut file = office.issue("POL");
    // On a case that the register knows, and on one that the auditor added.
    let added = RecordId::fresh();
    let own = goldthread::domain::form::AgencyReturn::id(office.audit, "POL");
    let new_form = CaseForm::id(own, added);
    let stopped = [office.form("POL", 0), new_form];
    commit(&mut file, Edit::put(added, case(office.audit, 3)));
    commit(&mut file, Edit::put(new_form, CaseForm::new(own, added)));
    for place in stopped {
        commit(&mut file, answer(place, "C01", "good"));
        let stop = SafetyStop::open(place, "no", noon());
        commit(&mut file, Edit::put(SafetyStop::id(place), stop));
    }
    let merge = office.merge_step(&[&file]);
    let undone = office.take_back(merge);
    assert_eq!((undone.answers, undone.left), (2, 2));
    let register = office.register.register().unwrap();
    for place in stopped {
        assert!(register.safety_stops.contains_key(&SafetyStop::id(place)));
        assert_eq!(office.given(place, "C01"), None);
    }
    assert!(register.cases.contains_key(&added));
    assert_eq!(office.register.check().unwrap(), []);
}

#[test]
fn the_same_file_again_says_what_was_taken_back_and_brings_it_only_when_asked() {
    let (mut office, file) = office_and_return();
    let place = office.form("POL", 0);
    let merge = office.merge_step(&[&file]);
    let after = office.standing(&office.register).0;
    office.take_back(merge);
    let before = everything(&office);
    let incoming = look(&office.register, &file);
    let plan = &office
        .register
        .plan_merge(std::slice::from_ref(&incoming))
        .unwrap()[0];
    assert_eq!((plan.new_revisions, plan.records.len()), (0, 0));
    // Four answers and key dates, and the form's own state.
    assert_eq!(plan.taken_back.len(), 5);
    let unasked = office
        .register
        .merge(std::slice::from_ref(&incoming), &author(""), noon())
        .unwrap();
    assert_eq!(unasked.span, None);
    assert_eq!(everything(&office), before);

    let asked = incoming.again();
    let plan = &office
        .register
        .plan_merge(std::slice::from_ref(&asked))
        .unwrap()[0];
    assert_eq!((plan.records.len(), plan.taken_back.len()), (5, 5));
    let merged = office
        .register
        .merge(std::slice::from_ref(&asked), &author(""), noon())
        .unwrap();
    assert!(merged.copy.is_none(), "a store in memory has none");
    assert_eq!(office.standing(&office.register).0, after);
    assert_eq!(office.register.check().unwrap(), []);
    let reason = office.register.history(Answer::id(place, "N01")).unwrap();
    assert_eq!(
        reason.last().unwrap().reason.as_deref(),
        Some("Again: merge of 1 return")
    );
    // Asked twice is asked once; and that can be taken back like any merge.
    let twice = office
        .register
        .merge(&[asked], &author(""), noon())
        .unwrap();
    assert_eq!(twice.span, None);
    office.take_back(merged.span.unwrap());
    assert_eq!(everything(&office), before);
    assert_eq!(office.register.check().unwrap(), []);
}

#[test]
fn what_was_typed_after_a_merge_was_taken_back_is_in_conflict_only_with_what_comes_then() {
    let (mut office, mut file) = office_and_return();
    let place = office.form("POL", 0);
    let merge = office.merge_step(&[&file]);
    office.take_back(merge);
    let typed = change("", vec![answer(place, "C01", "outstanding")]);
    office.register.commit(&typed).unwrap();
    // It was changed in view of that, and so is not among what can be brought back.
    let plan = |office: &Office, file: &Store| {
        let incoming = look(&office.register, file).again();
        office.register.plan_merge(&[incoming]).unwrap().remove(0)
    };
    assert_eq!(plan(&office, &file).taken_back.len(), 4);
    commit(&mut file, answer(place, "C01", "good"));
    let planned = plan(&office, &file);
    let conflicts = planned.records.iter().filter(|record| record.conflict);
    assert_eq!(conflicts.count(), 1);
}

#[test]
fn a_corrected_return_after_a_merge_was_taken_back_is_in_conflict_with_nothing() {
    let (mut office, mut file) = office_and_return();
    let place = office.form("POL", 0);
    let merge = office.merge_step(&[&file]);
    office.take_back(merge);
    commit(&mut file, answer(place, "C01", "outstanding"));
    let merged = office.merge(&file).unwrap();
    assert_eq!(merged.files[0].new_revisions, 1);
    // What the correction left as it was is told apart, and stays taken back.
    assert_eq!(merged.files[0].taken_back.len(), 4);
    assert_eq!(office.given(place, "C01").unwrap(), "outstanding");
    assert_eq!(office.given(place, "N01"), None);
    let whole = look(&office.register, &file).again();
    office
        .register
        .merge(&[whole], &author(""), noon())
        .unwrap();
    assert_eq!(office.given(place, "N01").unwrap(), "good");
    assert_eq!(office.register.conflicts().unwrap(), []);
    // A correction of what was brought back follows it.
    commit(&mut file, answer(place, "N01", "inadequate"));
    office.merge(&file).unwrap();
    assert_eq!(office.given(place, "N01").unwrap(), "inadequate");
    assert_eq!(office.register.conflicts().unwrap(), []);
    assert_eq!(office.register.check().unwrap(), []);
}

#[test]
fn what_stands_in_a_conflict_stands_again_where_a_merge_only_said_the_other_once_more() {
    let mut office = Office::new();
    let place = office.form("POL", 0);
    let (mut first, mut second) = (office.issue("POL"), office.issue("POL"));
    commit(&mut first, answer(place, "C01", "outstanding"));
    commit(&mut second, answer(place, "C01", "good"));
    office.merge_step(&[&first, &second]);
    let stands = |office: &Office| office.standing(&office.register).0;
    let before = stands(&office);
    // The one that does not stand is taken away and given again: its history is longer now.
    let taken_away = Edit::delete(Answer::id(place, "C01"), RecordKind::Answer);
    commit(&mut first, taken_away);
    commit(&mut first, answer(place, "C01", "outstanding"));
    let merge = office.merge_step(&[&first]);
    let after = stands(&office);
    assert_ne!(after, before, "it stands");
    let undone = office.take_back(merge);
    assert_eq!(undone.left, 0);
    assert_eq!(stands(&office), before);
    office.bring_again(merge, undone.span);
    assert_eq!(stands(&office), after);
    assert_eq!(office.register.check().unwrap(), []);
}
