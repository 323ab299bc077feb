//! A copy that a program which synchronises folders puts beside the file, because it was changed in
//! two places at once: told, compared, merged as a return is, or left lying.

use std::fs;
use std::process::Command;

use goldthread::domain::answer::Answer;
use goldthread::session::settings::SettingsFile;
use goldthread::store::{CopyBeside, DocumentKind, MergeError, Passphrase, Relation, Store};

use crate::desk::{Desk, NEW, OLD, change, number};
use crate::window::Window;

const COPY: &str = "register (LAPTOP7's conflicted copy 2026-01-01).goldthread";

fn told(store: &Store) -> Vec<(String, Relation)> {
    let copies = store.copies_beside(&[]).into_iter();
    let told = copies.filter(CopyBeside::is_news);
    told.map(|copy| (copy.name(), copy.relation)).collect()
}

#[test]
fn another_state_of_the_file_is_told_whoever_named_it() {
    for passphrase in [None, Some(OLD)] {
        let desk = Desk::new(passphrase);
        let names = [
            COPY,
            "register-LAPTOP7.goldthread",
            "register.sync-conflict-20260101-120503-K2B7QAZ.goldthread",
        ];
        for name in names {
            desk.copied(name, &[("N01", 3), ("N09", 4)]);
        }
        desk.copied("something else.goldthread", &[("N01", 3)]);
        // Nothing new is in it.
        desk.copied("register (1).goldthread", &[]);
        let found = told(&desk.open());
        assert_eq!(
            found,
            names.map(|name| (name.to_owned(), Relation::State(2)))
        );
    }
}

#[test]
fn a_stranger_is_told_only_where_its_name_can_mean_nothing_else() {
    let desk = Desk::new(None);
    for name in [COPY, "register-2.goldthread", "register 2.goldthread"] {
        drop(Store::create(&desk.path(name), DocumentKind::Register, None, "x").unwrap());
    }
    fs::write(desk.path("register (3).goldthread"), "no file of ours").unwrap();
    fs::write(
        desk.path("register [conflict].goldthread"),
        "no file of ours",
    )
    .unwrap();
    let huge = fs::File::create(desk.path("register_conflict-20260101-120503.goldthread")).unwrap();
    huge.set_len(200_000_000).unwrap();
    fs::create_dir(desk.path("register (4).goldthread")).unwrap();
    let found = desk.open().copies_beside(&[]);
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found[0].ends_with(
            "named as a copy of this file by Dropbox, but cannot be merged: it is another document."
        ),
        "{found:?}"
    );
    assert!(
        found[1].ends_with("cannot be merged: it is not a Goldthread file."),
        "{found:?}"
    );
    assert!(found[2].ends_with("it is larger than 100 MB."), "{found:?}");
    // Nor is it merged where somebody asks for it.
    let refused = desk
        .open()
        .look_at_return(&desk.path(COPY), &[])
        .unwrap_err();
    assert!(matches!(refused, MergeError::Register(_)), "{refused}");
}

#[test]
fn a_copy_with_a_passphrase_of_its_own_says_so_and_is_merged_with_it() {
    let desk = Desk::new(Some(OLD));
    let copy = desk.copied(COPY, &[("N01", 3)]);
    let other = Store::open(&copy, Some(&Passphrase::new(OLD)), "x").unwrap();
    drop(
        other
            .with_passphrase(Some(&Passphrase::new(NEW)), "x")
            .unwrap(),
    );
    let store = desk.open();
    assert_eq!(told(&store), [(COPY.to_owned(), Relation::Locked)]);
    let old = [Passphrase::new(OLD)];
    assert!(store.look_at_return(&copy, &old).is_err());
    let both = [Passphrase::new(OLD), Passphrase::new(NEW)];
    assert!(store.look_at_return(&copy, &both).unwrap().is_state());
}

#[test]
fn what_differs_in_a_copy_is_a_conflict_and_the_copy_has_nothing_new_then() {
    let desk = Desk::new(None);
    let copy = desk.copied(COPY, &[("N01", 3), ("N09", 4)]);
    let before = fs::read(&copy).unwrap();
    let mut store = desk.open();
    desk.give(&mut store, "N01", 1).unwrap();
    let incoming = store.look_at_return(&copy, &[]).unwrap();
    let author = change(Vec::new()).author;
    let now = chrono::Utc::now();
    let merged = store.merge(&[incoming], &author, now).unwrap();
    assert_eq!(merged.files[0].new_revisions, 2);
    let conflicts = store.conflicts().unwrap();
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].record, Answer::id(desk.form, "N01"));
    assert_eq!(desk.answered(&store, "N09"), Some(4));
    assert_eq!(store.check().unwrap(), []);
    assert_eq!(told(&store), []);
    assert_eq!(fs::read(&copy).unwrap(), before);
    // Elsewhere it is what it was before: a register, and no return.
    let elsewhere = desk.path("sent to us.goldthread");
    fs::rename(&copy, &elsewhere).unwrap();
    let refused = store.look_at_return(&elsewhere, &[]).unwrap_err();
    assert!(matches!(refused, MergeError::Register(_)), "{refused}");
}

#[test]
fn a_copy_that_did_not_change_is_not_read_again() {
    let desk = Desk::new(None);
    let copy = desk.copied(COPY, &[("N01", 3), ("N09", 4)]);
    let mut store = desk.open();
    let first = store.copies_beside(&[]);
    assert_eq!(first[0].relation, Relation::State(2));
    // Other bytes under the same mark: what is said of it now was not read from it.
    let written = fs::metadata(&copy).unwrap().modified().unwrap();
    fs::write(&copy, vec![0; first[0].mark.0 as usize]).unwrap();
    let file = fs::File::options().write(true).open(&copy).unwrap();
    file.set_modified(written).unwrap();
    drop(file);
    assert_eq!(store.copies_beside(&first), first);
    // Nor once something was typed here.
    desk.give(&mut store, "N02", 1).unwrap();
    assert_eq!(store.copies_beside(&first), first);
    // Written anew, it is looked at.
    fs::write(&copy, "no file of ours").unwrap();
    let now = store.copies_beside(&first);
    assert!(matches!(now[0].relation, Relation::Stranger(_)), "{now:?}");
}

#[test]
fn what_was_merged_of_a_copy_is_no_news_though_the_copy_is_as_it_was() {
    let desk = Desk::new(None);
    let copy = desk.copied(COPY, &[("N01", 3)]);
    let mut store = desk.open();
    let first = store.copies_beside(&[]);
    assert_eq!(first[0].relation, Relation::State(1));
    let incoming = store.look_at_return(&copy, &[]).unwrap();
    let (author, now) = (change(Vec::new()).author, chrono::Utc::now());
    store.merge(&[incoming], &author, now).unwrap();
    let after = store.copies_beside(&first);
    assert_eq!(after[0].relation, Relation::State(0));
    assert_eq!(store.copies_beside(&after), after);
}

fn run(desk: &Desk, arguments: &[&str]) -> String {
    let program = assert_cmd::cargo::cargo_bin!("goldthread");
    let (command, rest) = arguments.split_first().unwrap();
    let mut command_line = Command::new(program);
    let ended = command_line.arg(command).arg(&desk.file).args(rest);
    let ended = ended.current_dir(&desk.folder).output().unwrap();
    assert!(ended.status.success(), "{ended:?}");
    String::from_utf8(ended.stdout).unwrap()
}

#[test]
fn the_command_line_tells_and_merges_it() {
    let desk = Desk::new(None);
    desk.copied(COPY, &[("N01", 3)]);
    let said = run(&desk, &["check"]);
    assert!(
        said.contains("named by Dropbox, with 1 change that this file lacks"),
        "{said}"
    );
    let json: serde_json::Value = serde_json::from_str(&run(&desk, &["check", "--json"])).unwrap();
    assert_eq!(json["whole"], true);
    assert_eq!(json["beside"][0]["new_changes"], 1);
    let said = run(&desk, &["merge", COPY, "--dry-run"]);
    assert!(said.contains("a copy of this file: 1 new change"), "{said}");
    assert!(
        said.contains("NEG26-01, Police: In progress; 1 new"),
        "{said}"
    );
    run(&desk, &["merge", COPY]);
    assert_eq!(desk.answered(&desk.open(), "N01"), Some(3));
    assert_eq!(run(&desk, &["check"]).lines().count(), 1);
}

/// A window on a file that has this copy beside it, and where its settings are kept.
fn window(desk: Desk) -> (Window, SettingsFile) {
    let settings = SettingsFile::at(desk.path("settings.json"));
    let name = desk.file.file_name().unwrap().to_str().unwrap().to_owned();
    let window = Window::start_with(desk.folder, Some(&name), settings.clone());
    (window, settings)
}

#[test]
fn the_window_tells_compares_and_merges_it() {
    let desk = Desk::new(None);
    desk.copied(COPY, &[("N01", 3), ("N09", 4)]);
    desk.give(&mut desk.open(), "N01", 1).unwrap();
    let (mut window, _) = window(desk);
    window.must_see("Another program put a copy beside this file");
    window.must_see("named by Dropbox, with 2 changes that this file lacks");
    assert_eq!(window.unnamed(), Vec::<String>::new());
    window.click(&format!("Compare and merge…, {COPY}"));
    window.must_see("Merge a copy of this file");
    window.must_see("A copy of this file: 1 answer new, 1 thing differs in both");
    window.click("Merge it");
    window.must_see("Merged");
    window.click("Settle 1 conflict");
    window.must_see("N01 of NEG26-01");
    window.click("Audits");
    window.must_see("One thing was answered differently");
    assert!(!window.sees("Another program put a copy beside this file"));
    // It is known again when the file is opened anew.
    let window = Window::start_in(window.close(), Some("register.goldthread"));
    window.must_see("One thing was answered differently");
}

#[test]
fn a_copy_that_is_left_lying_is_told_again_only_once_it_changes() {
    let desk = Desk::new(None);
    let copy = desk.copied(COPY, &[("N01", 3)]);
    let form = desk.form;
    let (mut window, settings) = window(desk);
    window.click(&format!("Leave it, {COPY}"));
    assert!(!window.sees("put a copy beside this file"));
    let folder = window.close();
    let name = "register.goldthread";
    let mut window = Window::start_with(folder, Some(name), settings);
    assert!(!window.sees("put a copy beside this file"));
    window.click("Themes");
    let mut other = Store::open(&copy, None, "x").unwrap();
    let edit = number(form, "N09", 5, "");
    other.commit(&change(vec![edit])).unwrap();
    drop(other);
    window.harness.event(egui::Event::WindowFocused(true));
    window.settle();
    window
        .must_see("with 2 changes that this file lacks. The first page leads to what can be done.");
    window.click("Audits");
    window.must_see("Another program put a copy beside this file");
}

#[test]
fn an_agency_merges_a_copy_of_its_return_too() {
    let mut desk = Desk::new(None);
    desk.file = desk.filled_in_return();
    let copy = "pol-LAPTOP7.goldthread";
    desk.copied(copy, &[("N09", 4)]);
    desk.give(&mut desk.open(), "N09", 2).unwrap();
    let (mut window, _) = window(desk);
    window.must_see("named by OneDrive or SharePoint, with 1 change that this file lacks");
    window.click(&format!("Compare and merge…, {copy}"));
    window.click("Merge it");
    window.click("Settle 1 conflict");
    window.must_see("N09 of NEG26-01");
    window.click("My cases");
    window.must_see("One thing was answered differently");
}
