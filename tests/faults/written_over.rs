//! The law of a file that another program writes over in place: whatever the two sides gave, all of
//! it is in the history afterwards, and where they differ it is a conflict.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use goldthread::domain::answer::Answer;
use goldthread::store::Store;
use proptest::prelude::*;

use crate::desk::Desk;

const QUESTIONS: [&str; 2] = ["N01", "N09"];

/// Answers in the order they are given: which question, which value.
type Given = Vec<(usize, i64)>;

fn given(most: usize) -> impl Strategy<Value = Given> {
    prop::collection::vec((0..QUESTIONS.len(), 0..4i64), 0..=most)
}

fn give(desk: &Desk, store: &mut Store, given: &Given) {
    for (question, value) in given {
        desk.give(store, QUESTIONS[*question], *value).unwrap();
    }
}

/// Every value that was ever kept as the answer to each question.
fn ever(desk: &Desk, store: &Store) -> BTreeSet<(usize, i64)> {
    let mut found = BTreeSet::new();
    for (at, question) in QUESTIONS.iter().enumerate() {
        let history = store.history(Answer::id(desk.form, question)).unwrap();
        for body in history.iter().filter_map(|entry| entry.after.as_ref()) {
            let body: serde_json::Value = serde_json::from_str(body).unwrap();
            found.insert((at, body["value"].as_i64().unwrap()));
        }
    }
    found
}

/// How the questions stand after these answers, of those that were answered anew.
fn stands(given: &Given) -> BTreeMap<usize, i64> {
    given.iter().copied().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]
    #[test]
    fn nothing_is_lost_and_what_differs_is_a_conflict(
        common in given(3),
        only_here in given(2),
        theirs in given(3),
        ours in given(4),
        closed in any::<bool>(),
    ) {
        let desk = Desk::new(None);
        give(&desk, &mut desk.open(), &common);
        let other = desk.copied("elsewhere", &[]);
        give(&desk, &mut Store::open(&other, None, "x").unwrap(), &theirs);
        // Kept here before it was opened: that is in the copy of the day.
        give(&desk, &mut desk.open(), &only_here);
        let mut store = desk.open();
        let before: BTreeSet<_> = ever(&desk, &store);
        give(&desk, &mut store, &ours);
        let kept_here: BTreeSet<_> = ours.iter().copied().collect();
        std::thread::sleep(std::time::Duration::from_millis(12));
        let there = fs::read(&other).unwrap();
        fs::write(&desk.file, there).unwrap();
        if !closed {
            store.rejoin(None, "desk").unwrap().unwrap();
        }
        drop(store);
        let joined = desk.open();
        prop_assert_eq!(joined.check().unwrap(), []);
        prop_assert!(desk.holds_the_known_answer(&joined));
        let kept = ever(&desk, &joined);
        let of_theirs: BTreeSet<_> = common.iter().chain(&theirs).copied().collect();
        prop_assert!(kept.is_superset(&of_theirs), "{:?} of theirs, kept {:?}", of_theirs, kept);
        // What was so already when it was given left no revision.
        let news: BTreeSet<_> = kept_here.difference(&before).copied().collect();
        prop_assert!(kept.is_superset(&news), "{:?} of ours, kept {:?}", news, kept);
        let conflicts = joined.conflicts().unwrap();
        let (first, own) = (stands(&common), stands(&theirs));
        for (question, value) in stands(&ours) {
            let (at_first, there) = (first.get(&question), own.get(&question));
            let changed = there.is_some_and(|there| Some(there) != at_first && *there != value);
            let news = Some(&value) != at_first && !before.contains(&(question, value));
            let id = Answer::id(desk.form, QUESTIONS[question]);
            if changed && news {
                prop_assert!(conflicts.iter().any(|conflict| conflict.record == id));
            }
        }
    }
}
