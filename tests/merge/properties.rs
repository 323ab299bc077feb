//! Over generated histories of edits on four files made from one register.

use std::cell::Cell;

use goldthread::domain::answer::Answer;
use goldthread::domain::form::FormStatus;
use goldthread::domain::record::RecordKind;
use goldthread::domain::revision::Edit;
use goldthread::store::{Incoming, Store};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::office::{
    AGENCIES, Office, QUESTIONS, answer, author, change, form, key_date, look, noon, withdraw,
};

/// How many histories are tried in each test; more with `PROPTEST_CASES=2000`.
const CASES: u32 = 500;

/// One edit, anywhere.
#[derive(Clone, Debug)]
enum Step {
    Answer(usize, usize, usize),
    TakeBack(usize, usize),
    Date(usize, u32),
    Form(usize, usize),
    /// In the register only; elsewhere nothing happens.
    Withdraw(usize),
    Restore(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..2_usize, 0..3_usize, 0..3_usize).prop_map(|(a, b, c)| Step::Answer(a, b, c)),
        2 => (0..2_usize, 0..3_usize).prop_map(|(a, b)| Step::TakeBack(a, b)),
        2 => (0..2_usize, 1..4_u32).prop_map(|(a, b)| Step::Date(a, b)),
        2 => (0..2_usize, 0..3_usize).prop_map(|(a, b)| Step::Form(a, b)),
        1 => (0..2_usize).prop_map(Step::Withdraw),
        1 => (0..2_usize).prop_map(Step::Restore),
    ]
}

/// What is done to each file, and in which batches they are merged.
#[derive(Clone, Debug)]
struct Story {
    before: Vec<(usize, Step)>,
    register: Vec<(usize, Step)>,
    files: [Vec<Step>; 3],
    later: Vec<Step>,
    order: Vec<usize>,
    batches: Vec<Vec<usize>>,
}

fn story() -> impl Strategy<Value = Story> {
    let steps = || prop::collection::vec(step(), 0..6);
    let anywhere = || prop::collection::vec((0..2_usize, step()), 0..5);
    let batch = prop::collection::vec(0..4_usize, 1..4);
    (
        anywhere(),
        anywhere(),
        [steps(), steps(), steps()],
        steps(),
        Just(vec![0, 1, 2, 3]).prop_shuffle(),
        prop::collection::vec(batch, 0..4),
    )
        .prop_map(|(before, register, files, later, order, batches)| Story {
            before,
            register,
            files,
            later,
            order,
            batches,
        })
}

fn take(office: &Office, store: &mut Store, agency: &str, step: &Step, in_register: bool) {
    let here = |case: usize| office.form(agency, case);
    let there = |case: usize| {
        let form = office.form(agency, case);
        store.record(RecordKind::CaseForm, form).unwrap().is_some()
    };
    let edit = match *step {
        Step::Answer(case, question, value) if there(case) => {
            let value = ["good", "inadequate", "outstanding"][value];
            Some(answer(here(case), QUESTIONS[question], value))
        }
        Step::TakeBack(case, question) => {
            let id = Answer::id(here(case), QUESTIONS[question]);
            Some(Edit::delete(id, RecordKind::Answer))
        }
        Step::Date(case, day) if there(case) => Some(key_date(here(case), day)),
        Step::Form(case, status) => {
            let status = [
                FormStatus::InProgress,
                FormStatus::Submitted,
                FormStatus::NotKnown,
            ][status];
            form(store, here(case), status, "nurse")
        }
        Step::Withdraw(case) if in_register => {
            withdraw(store, office.audit, office.cases[case]);
            None
        }
        Step::Restore(case) if in_register => {
            let number = case + 1;
            Some(Edit::put(
                office.cases[case],
                super::office::case(office.audit, number),
            ))
        }
        _ => None,
    };
    if let Some(edit) = edit {
        store.commit(&change(agency, vec![edit])).unwrap();
    }
}

/// The register as it was after the files went out, and the four files that come back: two copies
/// of one agency's return that were filled in apart, the other agency's, and that again, corrected.
fn play(story: &Story) -> (Office, Vec<Store>) {
    let mut office = Office::new();
    let edit_register = |office: &mut Office, steps: &[(usize, Step)]| {
        for (agency, step) in steps {
            let mut twin = std::mem::replace(&mut office.register, Store::in_memory().unwrap());
            take(office, &mut twin, AGENCIES[*agency], step, true);
            office.register = twin;
        }
    };
    edit_register(&mut office, &story.before);
    let mut files: Vec<Store> = ["CSC", "CSC", "POL"]
        .iter()
        .map(|agency| office.issue(agency))
        .collect();
    edit_register(&mut office, &story.register);
    for (at, agency) in ["CSC", "CSC", "POL"].iter().enumerate() {
        for step in &story.files[at] {
            take(&office, &mut files[at], agency, step, false);
        }
    }
    let mut corrected = files[2].twin().unwrap();
    for step in &story.later {
        take(&office, &mut corrected, "POL", step, false);
    }
    files.push(corrected);
    (office, files)
}

fn merged(register: &Store, batches: &[Vec<usize>], files: &[Incoming]) -> Store {
    let mut twin = register.twin().unwrap();
    for batch in batches {
        let batch: Vec<Incoming> = batch.iter().map(|at| files[*at].clone()).collect();
        twin.merge(&batch, &author(""), noon()).unwrap();
    }
    twin
}

fn run(test: impl Fn(&Tale) -> Result<(), TestCaseError>) {
    let wanted = ProptestConfig::default();
    let config = ProptestConfig {
        cases: wanted.cases.max(CASES),
        failure_persistence: None,
        ..wanted
    };
    let told = |story: Story| {
        let (office, stores) = play(&story);
        let looked = stores.iter().map(|store| look(&office.register, store));
        let files: Vec<Incoming> = looked.collect();
        let at_once = merged(&office.register, &[vec![0, 1, 2, 3]], &files);
        test(&Tale {
            story,
            office,
            stores,
            files,
            at_once,
        })
    };
    TestRunner::new(config).run(&story(), told).unwrap();
}

/// A story played, and the register into which all files were merged at once.
struct Tale {
    story: Story,
    office: Office,
    stores: Vec<Store>,
    files: Vec<Incoming>,
    at_once: Store,
}

#[test]
fn merging_is_commutative_and_loses_nothing() {
    let conflicts = Cell::new(0);
    let waiting = Cell::new(0);
    run(|tale| {
        let office = &tale.office;
        let standing = office.standing(&tale.at_once);
        prop_assert_eq!(tale.at_once.check().unwrap(), vec![]);
        // Every revision of every file is there.
        let kept = office.revisions(&tale.at_once);
        for store in tale.stores.iter().chain([&office.register]) {
            for revision in office.revisions(store) {
                prop_assert!(
                    kept.binary_search(&revision).is_ok(),
                    "{} is lost",
                    revision
                );
            }
        }
        // Any order, one by one.
        let order: Vec<Vec<usize>> = tale.story.order.iter().map(|at| vec![*at]).collect();
        let one_by_one = merged(&office.register, &order, &tale.files);
        prop_assert_eq!(&office.standing(&one_by_one), &standing);
        prop_assert_eq!(office.revisions(&one_by_one), kept);
        let out_of_sight = standing.1.iter().filter(|conflict| conflict.waiting);
        conflicts.set(conflicts.get() + standing.1.len());
        waiting.set(waiting.get() + out_of_sight.count());
        Ok(())
    });
    // The histories must be of the kind that could go wrong.
    let (conflicts, waiting) = (conflicts.get(), waiting.get());
    assert!(conflicts > CASES as usize / 4, "only {conflicts} conflicts");
    assert!(waiting > CASES as usize / 64, "only {waiting} out of sight");
}

#[test]
fn merging_is_associative_and_idempotent() {
    run(|tale| {
        let office = &tale.office;
        // Some first, some twice, then all.
        let mut batches = tale.story.batches.clone();
        batches.push(tale.story.order.clone());
        let mut in_batches = merged(&office.register, &batches, &tale.files);
        let standing = office.standing(&tale.at_once);
        let kept = office.revisions(&tale.at_once);
        prop_assert_eq!(&office.standing(&in_batches), &standing);
        prop_assert_eq!(&office.revisions(&in_batches), &kept);
        prop_assert_eq!(in_batches.check().unwrap(), vec![]);
        // All once more bring nothing.
        let again = in_batches.merge(&tale.files, &author(""), noon()).unwrap();
        prop_assert!(again.files.iter().all(|file| file.new_revisions == 0));
        prop_assert_eq!(&office.standing(&in_batches), &standing);
        prop_assert_eq!(&office.revisions(&in_batches), &kept);
        Ok(())
    });
}
