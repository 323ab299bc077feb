//! Names kept out, the passphrase, the lock, and a copy brought back.

use std::fs;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use goldthread::session::SettingsFile;

use crate::window::Window;

const NAMED: &str = "Kayleigh told Darren Whitlock that she was hungry.";
const WARNING: &str = "Looks like a name: “Kayleigh”, “Darren Whitlock”. Write the role";

/// The note "What worked" of the first question, on an open form of the example.
fn on_a_note() -> (Window, String) {
    let mut window = Window::on_example();
    window.click("Audits");
    window.click("Cases, Neglect re-audit 2020");
    window.click("NEG20-03, GP: In progress");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    let field = window.focused();
    assert!(field.contains("worked"), "{field}");
    (window, field)
}

#[test]
fn a_name_is_told_under_its_field_and_before_submitting_and_hinders_nothing() {
    let (mut window, field) = on_a_note();
    assert!(!window.sees("Looks like"));
    window.fill(&field, NAMED);
    window.must_see(WARNING);
    assert_eq!(window.value_of(&field), NAMED);
    window.press(Key::Escape);
    window.click("Review and submit");
    window.must_see("One thing may identify somebody");
    let link = window.control_with(WARNING);
    window.click(&link);
    window.must_see(WARNING);
    window.fill(
        &field,
        "The child told the social worker that she was hungry.",
    );
    assert!(!window.sees("Looks like"));
    window.press(Key::Escape);
    window.click("Review and submit");
    assert!(!window.sees("may identify somebody"));
}

#[test]
fn an_export_with_names_needs_a_yes_each_time() {
    let (mut window, field) = on_a_note();
    window.fill(&field, NAMED);
    window.press(Key::Escape);
    window.click("Export");
    window.click("All data of an audit (goldthread/data/1)");
    window.click("Neglect re-audit 2020");
    let path = window.path("data.json");
    window.fill("Path of the export", &path.display().to_string());
    window.click("Write the export");
    window.must_see("Nothing was written: one text may identify somebody");
    window.must_see("NEG20-03, GP");
    assert!(!path.exists());
    window.click("Write the export");
    assert!(!path.exists(), "no tick, no export");
    window.click("I looked at each of these: nobody is identified");
    window.click("Write the export");
    window.must_see("Exported");
    assert!(fs::read_to_string(&path).unwrap().contains("Kayleigh"));
    fs::remove_file(&path).unwrap();
    window.click("Write the export");
    window.must_see("Nothing was written");
    assert!(!path.exists(), "a yes holds once");
}

#[cfg(feature = "encryption")]
fn protect(window: &mut Window, passphrase: &str) {
    window.click("Settings");
    window.click("Passphrase, lock and copies");
    window.fill("New passphrase", passphrase);
    window.fill("New passphrase, the same again", passphrase);
    window.click("Set the passphrase");
    window.must_see("The file has its new passphrase.");
}

#[cfg(feature = "encryption")]
#[test]
fn a_passphrase_is_set_changed_and_removed() {
    let mut window = Window::on_example();
    let header =
        |window: &Window| fs::read(window.path("example.goldthread")).unwrap()[..6].to_vec();
    window.click("Settings");
    window.click("Passphrase, lock and copies");
    window.must_see("anybody who has it can read it");
    window.must_see("If it is forgotten, the file is lost");
    window.fill("New passphrase", "short");
    window.must_see("Weak: quickly guessed");
    window.fill("New passphrase, the same again", "shor");
    assert!(!window.sees("not the same"), "it may become the same yet");
    window.fill("New passphrase, the same again", "other");
    window.must_see("These are not the same.");
    window.click("Set the passphrase");
    window.must_see("The two new passphrases differ.");
    assert_eq!(header(&window), b"SQLite");
    window.click("Back");
    protect(&mut window, "kettle ladder moss");
    assert_ne!(header(&window), b"SQLite");
    window.fill("Current passphrase", "not this one");
    window.click("Remove the passphrase");
    window.must_see("The present passphrase is not right; nothing was changed.");
    assert_ne!(header(&window), b"SQLite");
    window.fill("Current passphrase", "kettle ladder moss");
    window.click("Remove the passphrase");
    window.must_see("The file has no passphrase any more");
    assert_eq!(header(&window), b"SQLite");
}

#[cfg(feature = "encryption")]
#[test]
fn a_locked_file_shows_nothing_and_opens_where_one_was() {
    let (mut window, field) = on_a_note();
    protect(&mut window, "kettle ladder moss");
    window.click("Back");
    window.click("Back");
    let text = "Seen at home twice.";
    window.fill(&field, text);
    window.press_with(Modifiers::COMMAND, Key::L);
    window.must_see("Locked");
    assert!(!window.sees("NEG20-03") && !window.sees(text));
    assert!(
        window.harness.state().session().is_none(),
        "the keys are gone"
    );
    assert_eq!(window.unnamed(), Vec::<String>::new());
    window.fill("Passphrase", "wrong words");
    window.click("Unlock");
    window.must_see("The passphrase does not open");
    window.fill("Passphrase", "kettle ladder moss");
    window.press(Key::Enter);
    window.must_see("NEG20-03");
    assert_eq!(window.value_of(&field), text);
    assert!(!window.session().has_unsaved());
}

#[cfg(feature = "encryption")]
#[test]
fn a_file_left_alone_locks_by_itself() {
    let mut window = Window::on_example();
    protect(&mut window, "kettle ladder moss");
    window.fill("Minutes until the file locks by itself", "1");
    window.wait(50.0);
    assert!(!window.sees("Leave it closed"));
    window.press(Key::ArrowDown);
    window.wait(50.0);
    assert!(
        !window.sees("Leave it closed"),
        "a key begins the minute anew"
    );
    window.wait(15.0);
    window.must_see("Leave it closed");
    window.click("Leave it closed");
    window.must_see("Opened lately");
}

#[test]
fn a_file_without_a_passphrase_is_not_locked() {
    let mut window = Window::on_example();
    window.press_with(Modifiers::COMMAND, Key::L);
    window.must_see("it cannot be locked");
    assert!(window.harness.state().session().is_some());
}

#[test]
fn a_daily_copy_is_compared_and_becomes_a_document_of_its_own() {
    let (mut window, field) = on_a_note();
    let folder = window.path("example copies");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    window.fill(&field, "Later than the copy.");
    window.press(Key::Escape);
    window.click("Settings");
    window.click("Passphrase, lock and copies");
    let compare = window.labelled("Compare with");
    window.click(&compare);
    window.must_see("This file has 1 change that the copy lacks.");
    window.must_see("The copy has no change that this file lacks.");
    let before = window.session().file().path.clone();
    window.click("Open it as a document of its own");
    let restored = window.session().file().path.clone();
    assert_ne!(restored, before);
    assert!(
        restored
            .display()
            .to_string()
            .contains("example restored 20")
    );
    assert!(before.exists());
    window.click("Cases, Neglect re-audit 2020");
    window.click("NEG20-03, GP: In progress");
    assert!(!window.sees("Later than the copy."));
}

/// Somebody who has never seen the program, all the way: a new register with a passphrase, the lock,
/// a copy brought back, the file opened anew.
#[cfg(feature = "encryption")]
#[test]
fn a_newcomer_protects_locks_unlocks_and_brings_a_copy_back() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("settings/settings.json");
    let (passphrase, partnership) = ("kettle ladder moss", "Glass Lighthouse Partnership");
    let mut window = Window::start_with(folder, None, SettingsFile::at(&settings));
    window.click("New register…");
    window.must_see("if it is forgotten, the file is lost");
    window.fill("Name of the partnership", partnership);
    let path = window.path("ours.goldthread").display().to_string();
    window.fill("Where to keep it", &path);
    window.click("Make the register");
    window.must_see("Give a passphrase, or choose to have none.");
    window.fill("Passphrase for the new file", "moss");
    window.must_see("Weak: quickly guessed");
    window.fill("Passphrase for the new file", passphrase);
    window.must_see("Good.");
    window.fill("The same again", "kettle ladder mos");
    window.click("Make the register");
    // The list leads to the field, which says so too.
    let told = window
        .harness
        .query_all_by_label("The two passphrases differ.");
    assert!(told.count() > 1);
    window.click("The two passphrases differ.");
    assert_eq!(window.focused(), "The same again");
    window.fill("The same again", passphrase);
    window.click("Make the register");
    window.must_see("Your first audit");
    let bytes = |name: &str, window: &Window| fs::read(window.path(name)).unwrap();
    assert_ne!(bytes("ours.goldthread", &window)[..6], *b"SQLite");

    window.press_with(Modifiers::COMMAND, Key::L);
    window.must_see("ours.goldthread is closed. Everything you had typed is kept in it.");
    assert!(!window.sees(partnership));
    window.fill("Passphrase", "kettle ladder");
    window.press(Key::Enter);
    window.must_see("The passphrase does not open");
    window.fill("Passphrase", passphrase);
    window.press(Key::Enter);
    window.must_see("Your first audit");

    window.click("Settings");
    window.click("Passphrase, lock and copies");
    window.must_see("it opens with its passphrase only");
    let compare = window.labelled("Compare with");
    window.click(&compare);
    window.must_see("The copy has no change that this file lacks.");
    window.click("Open it as a document of its own");
    // It is protected as the file was that day, and asks.
    window.must_see("is protected");
    window.fill("Passphrase", passphrase);
    window.press(Key::Enter);
    let restored = window.session().file().path.clone();
    assert!(restored.display().to_string().contains("ours restored 20"));

    // Nothing of it stands in the settings or in the list of recent files, nor beside the file.
    let kept = fs::read_to_string(&settings).unwrap();
    assert!(kept.contains("ours.goldthread"), "{kept}");
    for secret in [passphrase, "Lighthouse", "kettle"] {
        assert!(!kept.contains(secret), "{kept}");
        for entry in fs::read_dir(window.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap_or_default();
            let mut parts = bytes.windows(secret.len());
            let told = parts.any(|part| part == secret.as_bytes());
            assert!(!told, "{} holds {secret}", path.display());
        }
    }
}

/// A key is not needed to lock, and what was typed in the last second is not lost by it.
#[cfg(feature = "encryption")]
#[test]
fn what_the_fields_remember_for_their_own_undo_is_forgotten_by_the_lock() {
    let (mut window, field) = on_a_note();
    protect(&mut window, "kettle ladder moss");
    window.click("Back");
    window.click("Back");
    window.fill(&field, "Glass lighthouse.");
    let remembered = |window: &Window| {
        window
            .harness
            .ctx
            .data(|data| data.count::<egui::text_edit::TextEditState>())
    };
    assert!(remembered(&window) > 0);
    window.press_with(Modifiers::COMMAND, Key::L);
    // The field of the unlock page alone.
    assert!(remembered(&window) <= 1, "{}", remembered(&window));
    window.fill("Passphrase", "kettle ladder moss");
    window.press(Key::Enter);
    assert_eq!(window.value_of(&field), "Glass lighthouse.");
}
