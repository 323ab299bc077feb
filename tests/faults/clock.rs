//! A clock that was wrong, or is set back while people work: what came later stays later.

use chrono::{DateTime, TimeDelta, Utc};
use goldthread::domain::answer::Answer;
use goldthread::domain::revision::Change;

use crate::desk::{Desk, change, number, open_with_any};

fn noon() -> DateTime<Utc> {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

/// How far off the clock is at each change, in minutes.
const CLOCKS: [i64; 6] = [0, -60, 525_600, -525_600, -1, -2];

fn at(desk: &Desk, value: usize) -> Change {
    let minutes = TimeDelta::minutes(CLOCKS[value]);
    Change {
        at: noon() + minutes,
        ..change(vec![number(desk.form, "N01", value as i64, "")])
    }
}

#[test]
fn what_was_answered_last_stands_whatever_the_clock_said() {
    let desk = Desk::new(None);
    let mut store = open_with_any(&desk.file).unwrap();
    for value in 0..CLOCKS.len() {
        store.commit(&at(&desk, value)).unwrap();
        assert_eq!(desk.answered(&store, "N01"), Some(value as i64));
    }
    let id = Answer::id(desk.form, "N01");
    let history = store.history(id).unwrap();
    // In the order they were made, each with the time its clock said, the last one standing.
    let times: Vec<_> = history
        .iter()
        .map(|entry| (entry.at - noon()).num_minutes())
        .collect();
    assert_eq!(times, CLOCKS);
    assert!(history.last().unwrap().stands);
    for (before, after) in history.iter().zip(&history[1..]) {
        assert_eq!(after.parents, [before.revision]);
        assert_eq!(after.before, before.after);
    }
    assert_eq!(store.check().unwrap(), []);
    drop(store);
    let store = open_with_any(&desk.file).unwrap();
    assert_eq!(desk.answered(&store, "N01"), Some(CLOCKS.len() as i64 - 1));
}

#[test]
fn a_return_of_a_laptop_whose_clock_is_a_year_behind_is_merged_as_the_later_word() {
    let desk = Desk::new(None);
    let mut register = open_with_any(&desk.file).unwrap();
    register.commit(&at(&desk, 0)).unwrap();
    let path = desk.path("pol.goldthread");
    register
        .issue(&path, None, "desk", desk.audit, "POL")
        .unwrap();
    let mut laptop = open_with_any(&path).unwrap();
    laptop.commit(&at(&desk, 3)).unwrap();
    drop(laptop);
    let incoming = register.look_at_return(&path, &[]).unwrap();
    let author = change(Vec::new()).author;
    register.merge(&[incoming], &author, noon()).unwrap();
    assert_eq!(desk.answered(&register, "N01"), Some(3));
    assert_eq!(register.conflicts().unwrap(), []);
    assert_eq!(register.check().unwrap(), []);
}

#[test]
fn a_copy_from_a_day_that_has_not_come_yet_is_not_thinned_out() {
    let desk = Desk::new(None);
    let store = open_with_any(&desk.file).unwrap();
    let copies = desk.path("copies");
    let day = |text: &str| text.parse().unwrap();
    store.keep_daily(&copies, day("2027-03-02")).unwrap();
    let kept = store.keep_daily(&copies, day("2026-03-02")).unwrap();
    assert!(kept.copy.is_some());
    assert_eq!(kept.thinned, Vec::<std::path::PathBuf>::new());
    assert_eq!(store.daily_copies(&copies).len(), 2);
}
