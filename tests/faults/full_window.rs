//! The window on a disk that fills up while somebody types: it says that it could not save, keeps
//! what is typed, and goes on once there is room. In a process of its own, whose disk is `disk.c`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use goldthread::domain::record::RecordKind;
use goldthread::store::Store;

use crate::disk;
use crate::window::Window;

#[test]
fn a_window_on_a_full_disk_keeps_what_is_typed_and_saves_it_once_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    let journey = "full_window::a_journey_on_a_disk_that_fills_up";
    command
        .args(["--ignored", "--exact", journey])
        .env("TMPDIR", folder.path())
        .env("FAULT_WHILE", folder.path().join("no room"))
        .env("DESK_FULL", folder.path().join("no room"));
    disk::disturb(&mut command, folder.path(), disk::Fault::Full, 1);
    let ended = command.output().unwrap();
    let said = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(ended.status.success(), "{said}");
    assert!(said.contains("1 passed"), "{said}");
}

#[test]
#[ignore = "run by the test above, on a disk that fills up"]
fn a_journey_on_a_disk_that_fills_up() {
    let Some(no_room) = std::env::var_os("DESK_FULL").map(PathBuf::from) else {
        return;
    };
    let mut window = Window::on_example();
    window.click("Audits");
    window.click("Cases, Neglect re-audit 2020");
    window.click("NEG20-03, GP: In progress");
    window.press(egui::Key::ArrowDown);
    window.press(egui::Key::Enter);
    let field = window.focused();
    fs::write(&no_room, "").unwrap();
    for words in ["Said what she", "Said what she saw, and was heard"] {
        window.fill(&field, words);
        window.press(egui::Key::Escape);
        window.must_see("is full; nothing was saved by this step. Free some space and try again.");
        window.must_see("Not saved");
        assert_eq!(window.value_of(&field), words);
        assert!(window.session().has_unsaved());
        window.click("Try again");
        assert!(window.session().has_unsaved());
        window.press(egui::Key::Enter);
    }
    fs::remove_file(&no_room).unwrap();
    window.press(egui::Key::Escape);
    window.click("Try again");
    assert!(!window.session().has_unsaved());
    assert!(!window.sees("Not saved"));
    let folder = window.folder;
    drop(window.harness);
    let store = Store::open(&folder.path().join("example.goldthread"), None, "test").unwrap();
    assert_eq!(store.check().unwrap(), []);
    let answers = store.records(RecordKind::Answer).unwrap();
    let kept = |words: &str| {
        answers
            .iter()
            .any(|(_, answer)| format!("{answer:?}").contains(words))
    };
    assert!(kept("and was heard"));
}
