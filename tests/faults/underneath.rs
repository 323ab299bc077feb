//! Another program, as one that synchronises folders does, moves, replaces or changes the file while
//! it is open. It is noticed before anything more is written, and both are brought together.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use goldthread::domain::answer::Answer;
use goldthread::domain::record::RecordKind;
use goldthread::domain::redaction::Sought;
use goldthread::store::{DocumentKind, Passphrase, Redaction, Store, StoreError, Underneath};

use crate::desk::{AUDIT, CASE, Desk, KNOWN, OLD, change, number, open_with_any};
use crate::window::Window;

fn noticed(result: Result<(), StoreError>, expected: Underneath) {
    match result {
        Err(StoreError::Underneath { what, .. }) => assert_eq!(what, expected),
        other => panic!("{other:?}"),
    }
}

/// Whole, and with these answers.
fn holds(desk: &Desk, path: &Path, answers: &[(&str, Option<i64>)]) {
    let store = open_with_any(path).unwrap();
    assert_eq!(store.check().unwrap(), []);
    assert!(desk.holds_the_known_answer(&store));
    for (question, value) in answers {
        assert_eq!(desk.answered(&store, question), *value, "{question}");
    }
}

fn kept_aside(desk: &Desk) -> Vec<PathBuf> {
    let files = desk.files().into_iter();
    files
        .filter(|path| path.display().to_string().contains("before-joining"))
        .collect()
}

/// Nothing but documents and what the test put there.
fn nothing_is_left(desk: &Desk) {
    let names = desk.names();
    let left = |name: &&String| {
        name.starts_with('.') || name.ends_with("-journal") || name.ends_with("-lock")
    };
    assert_eq!(
        names.iter().filter(left).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
}

#[test]
fn a_file_that_was_replaced_is_brought_together_with_the_one_in_its_place() {
    for passphrase in [None, Some(OLD)] {
        let desk = Desk::new(passphrase);
        let key = passphrase.map(Passphrase::new);
        let other = desk.copied("elsewhere", &[("N09", 3)]);
        let mut store = desk.open();
        desk.give(&mut store, "N01", 1).unwrap();
        fs::rename(&other, &desk.file).unwrap();
        noticed(desk.give(&mut store, "N01", 2), Underneath::Replaced);
        noticed(desk.give(&mut store, "N01", 2), Underneath::Replaced);
        let rejoined = store.rejoin(key.as_ref(), "desk").unwrap().unwrap();
        assert_eq!((rejoined.brought, rejoined.added), (Some(1), 1));
        // From here on it is as any other file.
        desk.give(&mut store, "N01", 2).unwrap();
        assert_eq!(store.rejoin(key.as_ref(), "desk").unwrap(), None);
        let locked = Store::open(&desk.file, key.as_ref(), "other")
            .err()
            .unwrap();
        assert!(
            locked.to_string().contains("already open on desk"),
            "{locked}"
        );
        assert_eq!(store.conflicts().unwrap(), []);
        drop(store);
        holds(&desk, &desk.file, &[("N01", Some(2)), ("N09", Some(3))]);
        assert_eq!(kept_aside(&desk), [rejoined.copy.unwrap()]);
        holds(
            &desk,
            &kept_aside(&desk)[0],
            &[("N01", Some(1)), ("N09", None)],
        );
        nothing_is_left(&desk);
    }
}

#[test]
fn what_both_answered_differently_is_a_conflict_and_nothing_is_overwritten() {
    let desk = Desk::new(None);
    let other = desk.copied("elsewhere", &[("N01", 3)]);
    let mut store = desk.open();
    desk.give(&mut store, "N01", 1).unwrap();
    fs::rename(&other, &desk.file).unwrap();
    store.rejoin(None, "desk").unwrap().unwrap();
    let conflicts = store.conflicts().unwrap();
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].record, Answer::id(desk.form, "N01"));
    assert_eq!(conflicts[0].heads.len(), 2);
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn a_file_that_was_removed_is_written_back() {
    let desk = Desk::new(None);
    let mut store = desk.open();
    desk.give(&mut store, "N01", 1).unwrap();
    fs::remove_file(&desk.file).unwrap();
    noticed(desk.give(&mut store, "N01", 2), Underneath::Removed);
    let rejoined = store.rejoin(None, "desk").unwrap().unwrap();
    assert_eq!(rejoined.what, Underneath::Removed);
    desk.give(&mut store, "N01", 2).unwrap();
    drop(store);
    holds(&desk, &desk.file, &[("N01", Some(2))]);
    nothing_is_left(&desk);
}

#[test]
fn into_a_file_that_was_changed_in_place_what_was_kept_here_is_written_once_more() {
    let desk = Desk::new(None);
    let other = desk.copied("elsewhere", &[("N09", 3)]);
    let mut store = desk.open();
    desk.give(&mut store, "N01", 1).unwrap();
    // The same file, other bytes.
    write_over(&desk, &other);
    noticed(desk.give(&mut store, "N01", 2), Underneath::Changed);
    let rejoined = store.rejoin(None, "desk").unwrap().unwrap();
    assert_eq!((rejoined.what, rejoined.added), (Underneath::Changed, 1));
    desk.give(&mut store, "N01", 2).unwrap();
    drop(store);
    holds(&desk, &desk.file, &[("N01", Some(2)), ("N09", Some(3))]);
    nothing_is_left(&desk);
}

/// Another program writes `other` into the very file that is open, as some do that synchronise folders.
fn write_over(desk: &Desk, other: &Path) {
    // A moment later by the system's clock.
    std::thread::sleep(std::time::Duration::from_millis(20));
    fs::write(&desk.file, fs::read(other).unwrap()).unwrap();
}

#[test]
fn what_was_written_over_in_place_and_differs_is_a_conflict_too() {
    for passphrase in [None, Some(OLD)] {
        let desk = Desk::new(passphrase);
        let key = passphrase.map(Passphrase::new);
        let other = desk.copied("elsewhere", &[("N01", 3), ("N09", 4)]);
        let mut store = desk.open();
        desk.give(&mut store, "N01", 1).unwrap();
        write_over(&desk, &other);
        let rejoined = store.rejoin(key.as_ref(), "desk").unwrap().unwrap();
        assert_eq!((rejoined.added, rejoined.differ), (1, 1));
        assert!(rejoined.to_string().contains("answered differently"));
        let conflicts = store.conflicts().unwrap();
        assert_eq!(conflicts.len(), 1);
        assert_eq!(conflicts[0].record, Answer::id(desk.form, "N01"));
        let heads = conflicts[0].heads.iter();
        let said = heads.map(|head| head.after.clone().unwrap());
        let said = said.collect::<String>();
        for value in [1, 3] {
            assert!(said.contains(&format!("\"value\":{value}}}")), "{said}");
        }
        // Settled, it stays so, also when the same is written over it once more.
        let edit = number(desk.form, "N01", 2, "");
        store.resolve(&change(vec![edit])).unwrap();
        write_over(&desk, &other);
        store.rejoin(key.as_ref(), "desk").unwrap().unwrap();
        assert_eq!(store.conflicts().unwrap(), []);
        drop(store);
        holds(&desk, &desk.file, &[("N01", Some(2)), ("N09", Some(4))]);
        nothing_is_left(&desk);
    }
}

#[test]
fn a_file_from_before_in_its_place_loses_nothing_that_was_kept_since_it_was_opened() {
    let desk = Desk::new(None);
    let before = desk.copied("elsewhere", &[("N09", 4)]);
    desk.give(&mut desk.open(), "N01", 1).unwrap();
    let mut store = desk.open();
    // What these follow is not in the file that comes: they stand beside what it says.
    desk.give(&mut store, "N01", 2).unwrap();
    desk.give(&mut store, "N09", 5).unwrap();
    write_over(&desk, &before);
    let rejoined = store.rejoin(None, "desk").unwrap().unwrap();
    assert_eq!((rejoined.added, rejoined.differ), (2, 1));
    assert_eq!(store.conflicts().unwrap().len(), 1);
    // And they go on from there.
    desk.give(&mut store, "N01", 3).unwrap();
    write_over(&desk, &before);
    store.rejoin(None, "desk").unwrap().unwrap();
    assert_eq!(store.conflicts().unwrap().len(), 1);
    drop(store);
    holds(&desk, &desk.file, &[("N01", Some(3))]);
}

#[test]
fn what_was_merged_is_kept_though_the_file_is_written_over() {
    let desk = Desk::new(None);
    let other = desk.copied("elsewhere", &[("N09", 3)]);
    let filled_in = desk.filled_in_return();
    let mut store = desk.open();
    let incoming = store.look_at_return(&filled_in, &[]).unwrap();
    let author = change(Vec::new()).author;
    let now = chrono::Utc::now();
    store.merge(&[incoming], &author, now).unwrap();
    write_over(&desk, &other);
    store.rejoin(None, "desk").unwrap().unwrap();
    drop(store);
    holds(&desk, &desk.file, &[("N01", Some(7)), ("N09", Some(3))]);
}

/// Takes a text out of everything that holds it.
fn redact(store: &mut Store, text: &str) {
    let sought = Sought::new(text).unwrap();
    let mentions = store.mentions(&sought).unwrap();
    let redaction = Redaction {
        sought: &sought,
        revisions: &mentions.iter().map(|found| found.revision).collect(),
        replacement: "[redacted]",
        reason: "A name",
    };
    let author = change(Vec::new()).author;
    let now = chrono::Utc::now();
    store.redact(&redaction, &author, now).unwrap();
}

fn is_told(file: &Path, text: &str) -> bool {
    let bytes = fs::read(file).unwrap();
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

#[test]
fn a_text_that_was_taken_out_does_not_come_back_with_a_file_that_is_written_over() {
    let desk = Desk::new(None);
    let other = desk.copied("elsewhere", &[("N09", 3)]);
    let mut store = desk.open();
    desk.give(&mut store, "N01", 7).unwrap();
    redact(&mut store, KNOWN);
    write_over(&desk, &other);
    store.rejoin(None, "desk").unwrap().unwrap();
    drop(store);
    holds(&desk, &desk.file, &[("N01", Some(7)), ("N09", Some(3))]);
    assert!(!is_told(&desk.file, KNOWN));
}

#[test]
fn nor_does_one_that_was_taken_out_elsewhere() {
    const TYPED: &str = "the paper kite of a Friday";
    let desk = Desk::new(None);
    let before = desk.copied("before", &[]);
    let mut store = desk.open();
    let edit = number(desk.form, "N01", 7, TYPED);
    store.commit(&change(vec![edit])).unwrap();
    let redacted = desk.copied("redacted", &[]);
    redact(&mut open_with_any(&redacted).unwrap(), TYPED);
    for there in [redacted, before] {
        write_over(&desk, &there);
        store.rejoin(None, "desk").unwrap().unwrap();
        assert!(!is_told(&desk.file, TYPED), "{there:?}");
    }
    drop(store);
    holds(&desk, &desk.file, &[("N01", Some(7))]);
}

#[test]
fn closed_before_it_was_noticed_what_was_kept_here_is_written_into_the_changed_file() {
    for passphrase in [None, Some(OLD)] {
        let desk = Desk::new(passphrase);
        let other = desk.copied("elsewhere", &[("N09", 3)]);
        let mut store = desk.open();
        desk.give(&mut store, "N01", 1).unwrap();
        write_over(&desk, &other);
        drop(store);
        holds(&desk, &desk.file, &[("N01", Some(1)), ("N09", Some(3))]);
        nothing_is_left(&desk);
    }
}

#[test]
fn where_the_changed_file_does_not_open_what_was_kept_here_is_kept_beside_it() {
    for passphrase in [None, Some(OLD)] {
        for tried in [false, true] {
            let desk = Desk::new(passphrase);
            let key = passphrase.map(Passphrase::new);
            let broken = desk.path("broken");
            fs::write(&broken, "half of a file").unwrap();
            let mut store = desk.open();
            desk.give(&mut store, "N01", 1).unwrap();
            write_over(&desk, &broken);
            if tried {
                store.rejoin(key.as_ref(), "desk").unwrap_err();
            }
            drop(store);
            assert_eq!(fs::read(&desk.file).unwrap(), b"half of a file");
            let aside = kept_aside(&desk);
            assert_eq!(aside.len(), 1);
            let kept = open_with_any(&aside[0]).unwrap();
            assert_eq!(kept.check().unwrap(), []);
            let history = kept.history(Answer::id(desk.form, "N01")).unwrap();
            assert_eq!(history.len(), 1);
            assert_eq!(desk.in_the_clear(), Vec::<PathBuf>::new());
            drop(kept);
            nothing_is_left(&desk);
        }
    }
}

#[test]
fn something_else_in_its_place_is_left_alone_until_it_is_moved_away() {
    let desk = Desk::new(None);
    let stranger = desk.path("stranger");
    drop(Store::create(&stranger, DocumentKind::Register, None, "desk").unwrap());
    let stranger = fs::read(stranger).unwrap();
    for there in [b"not a file of ours".to_vec(), stranger] {
        let mut store = desk.open();
        let value = desk.answered(&store, "N01").unwrap_or(0) + 1;
        desk.give(&mut store, "N01", value).unwrap();
        let put = desk.path("put");
        fs::write(&put, &there).unwrap();
        fs::rename(&put, &desk.file).unwrap();
        noticed(desk.give(&mut store, "N09", 1), Underneath::Replaced);
        for _ in 0..2 {
            let refused = store.rejoin(None, "desk").unwrap_err();
            assert!(matches!(refused, StoreError::NotJoined { .. }), "{refused}");
            assert_eq!(fs::read(&desk.file).unwrap(), there);
        }
        fs::remove_file(&desk.file).unwrap();
        store.rejoin(None, "desk").unwrap().unwrap();
        drop(store);
        holds(&desk, &desk.file, &[("N01", Some(value)), ("N09", None)]);
    }
}

#[test]
fn closed_before_it_was_noticed_what_was_only_here_is_kept_aside() {
    for replace in [true, false] {
        let desk = Desk::new(None);
        let other = desk.copied("elsewhere", &[("N09", 3)]);
        let mut store = desk.open();
        desk.give(&mut store, "N01", 1).unwrap();
        match replace {
            true => fs::rename(&other, &desk.file).unwrap(),
            false => fs::remove_file(&desk.file).unwrap(),
        }
        drop(store);
        let aside = kept_aside(&desk);
        assert_eq!(aside.len(), 1, "{replace}");
        holds(&desk, &aside[0], &[("N01", Some(1)), ("N09", None)]);
        if replace {
            holds(&desk, &desk.file, &[("N01", None), ("N09", Some(3))]);
        }
    }
}

#[test]
fn what_the_program_does_itself_is_no_alarm() {
    let desk = Desk::new(None);
    let filled_in = desk.filled_in_return();
    let mut store = desk.open();
    desk.give(&mut store, "N01", 1).unwrap();
    store.still_there().unwrap();
    let incoming = store.look_at_return(&filled_in, &[]).unwrap();
    let author = change(Vec::new()).author;
    store
        .merge(&[incoming], &author, chrono::Utc::now())
        .unwrap();
    store.still_there().unwrap();
    store.repair().unwrap();
    store.keep_copy("before-test").unwrap();
    store.still_there().unwrap();
    let store = store
        .with_passphrase(Some(&Passphrase::new(OLD)), "desk")
        .unwrap();
    store.still_there().unwrap();
    assert!(
        store
            .record(RecordKind::Answer, Answer::id(desk.form, "N01"))
            .unwrap()
            .is_some()
    );
    drop(store);
    assert_eq!(kept_aside(&desk), Vec::<PathBuf>::new());
}

#[test]
fn the_real_program_says_so_and_keeps_what_it_acknowledged() {
    let desk = Desk::new(None);
    let other = desk.copied("elsewhere", &[]);
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("goldthread"))
        .args([
            "answer", "--audit", AUDIT, "--agency", "POL", "--case", CASE,
        ])
        .arg(&desk.file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    writeln!(stdin, "N01 1").unwrap();
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    assert_eq!(line, "saved N01 1\n");
    fs::rename(other, &desk.file).unwrap();
    writeln!(stdin, "N01 2").unwrap();
    drop(stdin);
    let ended = child.wait_with_output().unwrap();
    let said = crate::operation::sentence(&ended, "replaced");
    assert!(said.contains("was replaced by another program"), "{said}");
    holds(&desk, &kept_aside(&desk)[0], &[("N01", Some(1))]);
    holds(&desk, &desk.file, &[("N01", None)]);
}

#[test]
fn the_window_says_so_keeps_what_is_typed_and_brings_both_together() {
    let mut window = Window::on_example();
    window.click("Audits");
    window.click("Cases, Neglect re-audit 2020");
    window.click("NEG20-03, GP: In progress");
    window.press(egui::Key::ArrowDown);
    window.press(egui::Key::Enter);
    let field = window.focused();
    let file = window.path("example.goldthread");
    let (copy, put) = (window.path("copy"), window.path("put"));
    fs::copy(&file, &copy).unwrap();
    fs::copy(&copy, &put).unwrap();
    fs::rename(&put, &file).unwrap();
    window.fill(&field, "A good plan, seen through");
    window.press(egui::Key::Escape);
    window.must_see("was replaced by another program");
    assert_eq!(window.value_of(&field), "A good plan, seen through");
    assert!(window.session().has_unsaved());
    window.click("Try again");
    window.must_see("Both are together now");
    assert!(!window.session().has_unsaved());
    assert_eq!(window.value_of(&field), "A good plan, seen through");
    let folder = window.folder;
    drop(window.harness);
    let store = Store::open(&folder.path().join("example.goldthread"), None, "test").unwrap();
    assert_eq!(store.check().unwrap(), []);
    let answers = store.records(RecordKind::Answer).unwrap();
    let kept = answers
        .iter()
        .any(|(_, answer)| format!("{answer:?}").contains("seen through"));
    assert!(kept);
}

#[test]
fn whoever_comes_back_to_the_window_is_told() {
    let mut window = Window::on_example();
    let file = window.path("example.goldthread");
    fs::remove_file(&file).unwrap();
    window.harness.event(egui::Event::WindowFocused(true));
    window.settle();
    window.must_see("was moved or deleted by another program");
    window.click("Try again");
    window.must_see("it was written anew in its place");
    assert!(file.exists());
}
