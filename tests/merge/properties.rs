//! Over generated histories of edits on four files made from one register, which has merged some of
//! them before, taken that back or settled what was in conflict: merging is commutative,
//! associative, idempotent and lossless, and a merge can be taken back.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use goldthread::domain::answer::Answer;
use goldthread::domain::form::FormStatus;
use goldthread::domain::id::{RecordId, RevisionId};
use goldthread::domain::record::{Record, RecordKind};
use goldthread::domain::redaction::Sought;
use goldthread::domain::revision::Edit;
use goldthread::store::{Conflict, Incoming, Merged, Redaction, Store};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::office::{
    AGENCIES, Office, QUESTIONS, answer, author, bring_again, change, form, form_id, key_date,
    look, noon, said, take_back, withdraw,
};

/// How many histories are tried; more with `PROPTEST_CASES=10000`.
const CASES: u32 = 2000;

/// One edit, anywhere.
#[derive(Clone, Debug)]
enum Step {
    Answer(usize, usize, usize),
    TakeBack(usize, usize),
    Date(usize, u32),
    Form(usize, usize),
    /// A name is taken out of everything said so far.
    Redact,
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
        1 => Just(Step::Redact),
        1 => (0..2_usize).prop_map(Step::Withdraw),
        1 => (0..2_usize).prop_map(Step::Restore),
    ]
}

/// What somebody typed and should not have.
const NAME: &str = "Zebedee";

/// Takes the name out of a file, where it is in it.
fn redact(store: &mut Store) {
    let sought = Sought::new(NAME).unwrap();
    let mentions = store.mentions(&sought).unwrap();
    let revisions: BTreeSet<_> = mentions.iter().map(|found| found.revision).collect();
    let redaction = Redaction {
        sought: &sought,
        revisions: &revisions,
        replacement: "[name removed]",
        reason: "A name was typed in a note",
    };
    if !revisions.is_empty() {
        store.redact(&redaction, &author(""), noon()).unwrap();
    }
}

/// What the register did with the files before they came back for good.
#[derive(Clone, Debug)]
struct Earlier {
    merged: Vec<usize>,
    /// How often that was taken back and brought again in turn.
    turns: usize,
    /// Which conflict was settled, if there was one.
    settled: Option<usize>,
    /// What was typed in the register after that.
    typed: Vec<(usize, Step)>,
}

fn earlier() -> impl Strategy<Value = Earlier> {
    let typed = prop::collection::vec((0..2_usize, step()), 0..3);
    let merged = prop::collection::vec(0..3_usize, 0..3);
    (merged, 0..4_usize, prop::option::of(0..4_usize), typed).prop_map(
        |(merged, turns, settled, typed)| Earlier {
            merged,
            turns,
            settled,
            typed,
        },
    )
}

/// What is done to each file, and in which batches they are merged.
#[derive(Clone, Debug)]
struct Story {
    before: Vec<(usize, Step)>,
    register: Vec<(usize, Step)>,
    files: [Vec<Step>; 3],
    earlier: Earlier,
    /// In the first file and in a corrected copy of the third.
    later: [Vec<Step>; 2],
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
        earlier(),
        [steps(), steps()],
        Just(vec![0, 1, 2, 3]).prop_shuffle(),
        prop::collection::vec(batch, 0..4),
    )
        .prop_map(
            |(before, register, files, earlier, later, order, batches)| Story {
                before,
                register,
                files,
                earlier,
                later,
                order,
                batches,
            },
        )
}

/// Where the edits go.
struct Places {
    audit: RecordId,
    cases: Vec<RecordId>,
}

impl Places {
    fn take(&self, store: &mut Store, agency: &str, step: &Step, in_register: bool) {
        let here = |case: usize| form_id(self.audit, agency, self.cases[case]);
        let there = |case: usize| {
            let form = store.record(RecordKind::CaseForm, here(case));
            form.unwrap().is_some()
        };
        let edit = match *step {
            Step::Answer(case, question, value) if there(case) => {
                let given = ["good", "inadequate", "outstanding"][value];
                let mut edit = answer(here(case), QUESTIONS[question], given);
                if let Some(Record::Answer(answer)) = &mut edit.after
                    && value == 0
                {
                    answer.worries = format!("{NAME} was not seen");
                }
                Some(edit)
            }
            Step::Redact => {
                redact(store);
                None
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
                withdraw(store, self.audit, self.cases[case]);
                None
            }
            Step::Restore(case) if in_register => {
                let again = super::office::case(self.audit, case + 1);
                Some(Edit::put(self.cases[case], again))
            }
            _ => None,
        };
        if let Some(edit) = edit {
            store.commit(&change(agency, vec![edit])).unwrap();
        }
    }

    fn take_in_register(&self, register: &mut Store, steps: &[(usize, Step)]) {
        for (agency, step) in steps {
            self.take(register, AGENCIES[*agency], step, true);
        }
    }
}

/// The register as it was before the files come back for good, and the four files: two copies of
/// one agency's return that were filled in apart, the other agency's, and that again, corrected.
fn play(story: &Story) -> (Office, Vec<Store>) {
    let mut office = Office::new();
    let places = Places {
        audit: office.audit,
        cases: office.cases.clone(),
    };
    places.take_in_register(&mut office.register, &story.before);
    let mut files: Vec<Store> = ["CSC", "CSC", "POL"]
        .iter()
        .map(|agency| office.issue(agency))
        .collect();
    places.take_in_register(&mut office.register, &story.register);
    let fill_in = |file: &mut Store, agency, steps: &[Step]| {
        for step in steps {
            places.take(file, agency, step, false);
        }
    };
    for (at, agency) in ["CSC", "CSC", "POL"].iter().enumerate() {
        fill_in(&mut files[at], agency, &story.files[at]);
    }
    merge_earlier(&mut office.register, &files, &story.earlier);
    places.take_in_register(&mut office.register, &story.earlier.typed);
    fill_in(&mut files[0], "CSC", &story.later[0]);
    let mut corrected = files[2].twin().unwrap();
    fill_in(&mut corrected, "POL", &story.later[1]);
    files.push(corrected);
    (office, files)
}

/// Merges some files, takes that back and brings it again a few times, and settles a conflict.
fn merge_earlier(register: &mut Store, files: &[Store], earlier: &Earlier) {
    let looked = earlier.merged.iter().map(|at| look(register, &files[*at]));
    let looked: Vec<Incoming> = looked.collect();
    let merged = register.merge(&looked, &author(""), noon()).unwrap();
    if let Some(merge) = merged.span {
        let mut undone = merge;
        for turn in 0..earlier.turns {
            if turn % 2 == 0 {
                undone = take_back(register, merge).span;
            } else {
                bring_again(register, merge, undone);
            }
        }
    }
    let conflicts = register.conflicts().unwrap();
    let settled = earlier.settled.and_then(|at| conflicts.get(at));
    if let Some(conflict) = settled
        && let Some(body) = conflict.heads.last().and_then(|head| head.after.clone())
    {
        let chosen = Record::read(conflict.kind, &body).unwrap();
        let edit = Edit::put(conflict.record, chosen);
        register.resolve(&change("", vec![edit])).unwrap();
    }
}

fn merged(register: &Store, batches: &[Vec<usize>], files: &[Incoming]) -> Store {
    let mut twin = register.twin().unwrap();
    for batch in batches {
        let batch: Vec<Incoming> = batch.iter().map(|at| files[*at].clone()).collect();
        twin.merge(&batch, &author(""), noon()).unwrap();
    }
    twin
}

/// How much the histories held of what could go wrong.
#[derive(Default)]
struct Held {
    conflicts: AtomicUsize,
    waiting: AtomicUsize,
    taken_back: AtomicUsize,
    restored: AtomicUsize,
    redacted: AtomicUsize,
}

/// A story played, and the register into which all files were merged at once.
struct Tale<'a> {
    story: &'a Story,
    office: Office,
    stores: Vec<Store>,
    files: Vec<Incoming>,
    at_once: Store,
    merged: Merged,
    standing: (Vec<Option<Record>>, Vec<Conflict>),
    kept: Vec<String>,
}

impl<'a> Tale<'a> {
    fn of(story: &'a Story) -> Self {
        let (office, stores) = play(story);
        let looked = stores.iter().map(|store| look(&office.register, store));
        let files: Vec<Incoming> = looked.collect();
        let mut at_once = office.register.twin().unwrap();
        let merged = at_once.merge(&files, &author(""), noon()).unwrap();
        Self {
            standing: office.standing(&at_once),
            kept: office.revisions(&at_once),
            story,
            office,
            stores,
            files,
            at_once,
            merged,
        }
    }

    /// That `other` holds the same revisions and stands the same.
    fn is_the_same(&self, other: &Store) -> Result<(), TestCaseError> {
        let office = &self.office;
        prop_assert_eq!(&office.standing(other), &self.standing);
        prop_assert_eq!(&office.revisions(other), &self.kept);
        Ok(())
    }

    /// Every revision of every file is there.
    fn loses_nothing(&self) -> Result<(), TestCaseError> {
        prop_assert_eq!(self.at_once.check().unwrap(), vec![]);
        for store in self.stores.iter().chain([&self.office.register]) {
            for revision in self.office.revisions(store) {
                prop_assert!(
                    self.kept.binary_search(&revision).is_ok(),
                    "{} is lost",
                    revision
                );
            }
        }
        Ok(())
    }

    /// What was redacted in any of the files, or in the register, is redacted in `merged`.
    fn keeps_redactions_in(&self, merged: &Store) -> Result<(), TestCaseError> {
        let of = |store: &Store, redacted: bool| -> BTreeSet<RevisionId> {
            let places = self.office.places().into_iter();
            let histories = places.flat_map(|(_, id)| store.history(id).unwrap());
            let own = histories.filter(|entry| entry.redacted == redacted);
            own.map(|entry| entry.revision).collect()
        };
        let told = of(merged, false);
        for store in self.stores.iter().chain([&self.office.register]) {
            prop_assert!(of(store, true).is_disjoint(&told));
        }
        Ok(())
    }

    /// Any order, one by one.
    fn is_commutative(&self) -> Result<(), TestCaseError> {
        let order: Vec<Vec<usize>> = self.story.order.iter().map(|at| vec![*at]).collect();
        self.is_the_same(&merged(&self.office.register, &order, &self.files))
    }

    /// Some first, some twice, then all; and all once more bring nothing.
    fn is_associative_and_idempotent(&self) -> Result<(), TestCaseError> {
        let mut batches = self.story.batches.clone();
        batches.push(self.story.order.clone());
        let mut in_batches = merged(&self.office.register, &batches, &self.files);
        self.is_the_same(&in_batches)?;
        prop_assert_eq!(in_batches.check().unwrap(), vec![]);
        let again = in_batches.merge(&self.files, &author(""), noon()).unwrap();
        prop_assert!(again.files.iter().all(|file| file.new_revisions == 0));
        self.is_the_same(&in_batches)
    }

    /// Taken back everything is as before, brought again as after.
    fn can_be_taken_back(mut self, held: &Held) -> Result<(), TestCaseError> {
        let office = &self.office;
        // By what is said: a redaction that came with the merge says some of it once more.
        let says = |(records, conflicts): (Vec<Option<Record>>, Vec<Conflict>)| {
            let texts = said(&conflicts).into_iter().map(|(record, versions)| {
                let mut texts: Vec<_> = versions.into_iter().map(|(text, _)| text).collect();
                texts[1..].sort();
                (record, texts)
            });
            (records, texts.collect::<Vec<_>>())
        };
        let brought = self.merged.files.iter().map(|file| file.taken_back.len());
        held.taken_back.fetch_add(brought.sum(), Ordering::Relaxed);
        let Some(merge) = self.merged.span else {
            return Ok(());
        };
        let undone = take_back(&mut self.at_once, merge);
        prop_assert_eq!(self.at_once.check().unwrap(), vec![]);
        if self.merged.files.iter().any(|file| file.redacted > 0) {
            // A redaction is not taken back, nor is what would say again what it took out.
            return self.keeps_redactions_in(&self.at_once);
        }
        prop_assert_eq!(undone.left, 0);
        let before = office.standing(&office.register);
        prop_assert_eq!(says(office.standing(&self.at_once)), says(before));
        bring_again(&mut self.at_once, merge, undone.span);
        prop_assert_eq!(says(office.standing(&self.at_once)), says(self.standing));
        held.restored.fetch_add(undone.answers, Ordering::Relaxed);
        Ok(())
    }

    fn count(&self, held: &Held) {
        let places = self.office.places().into_iter();
        let history = places.flat_map(|(_, id)| self.at_once.history(id).unwrap());
        let redacted = history.filter(|entry| entry.redacted).count();
        held.redacted.fetch_add(redacted, Ordering::Relaxed);
        let conflicts = &self.standing.1;
        let out_of_sight = conflicts.iter().filter(|conflict| conflict.waiting);
        let waiting = out_of_sight.count();
        held.waiting.fetch_add(waiting, Ordering::Relaxed);
        held.conflicts.fetch_add(conflicts.len(), Ordering::Relaxed);
    }
}

#[test]
fn merging_is_commutative_associative_idempotent_lossless_and_can_be_taken_back() {
    let wanted = ProptestConfig::default();
    let cases = wanted.cases.max(CASES);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let held = Held::default();
    let work = || {
        let config = ProptestConfig {
            cases: cases.div_ceil(workers as u32),
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        let all_laws = |story: Story| {
            let tale = Tale::of(&story);
            tale.loses_nothing()?;
            tale.keeps_redactions_in(&tale.at_once)?;
            tale.is_commutative()?;
            tale.is_associative_and_idempotent()?;
            tale.count(&held);
            tale.can_be_taken_back(&held)
        };
        TestRunner::new(config).run(&story(), all_laws).unwrap();
    };
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(work);
        }
    });
    // The histories must be of the kind that could go wrong.
    let enough = |what: &str, found: AtomicUsize, at_least: u32| {
        let found = found.into_inner();
        assert!(found > at_least as usize, "only {found} {what}");
    };
    enough("conflicts", held.conflicts, cases / 2);
    enough("out of sight", held.waiting, cases / 64);
    enough("taken back before", held.taken_back, cases / 4);
    enough("taken back and brought again", held.restored, cases);
    enough("redacted", held.redacted, cases / 4);
}
