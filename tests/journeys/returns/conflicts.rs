//! What two people answered differently, and how it is settled.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use goldthread::domain::answer::{Answer, Given, Value};
use goldthread::domain::record::{Record, RecordKind};

use super::{office, open_returns};
use crate::window::Window;

/// The window on the first of three conflicts: C11 and C12 of NEG20-03, and a form's status.
fn on_conflicts() -> Window {
    let folder = tempfile::tempdir().unwrap();
    office::merged_at_odds(folder.path());
    let mut window = Window::on_example_in(folder);
    open_returns(&mut window);
    window.click("Settle 3 conflicts");
    window
}

#[test]
fn both_versions_stand_side_by_side_with_what_differs() {
    let mut window = on_conflicts();
    window.must_see("Conflict 1 of 3");
    window.must_see("C11 of NEG20-03, GP");
    window.must_see("Practice safeguarding lead, GP");
    window.must_see("Business office");
    window.must_see("Said on the telephone: no review for a year.");
    window.must_see("The review was booked and did not take place.");
    // What differs stands in each, what does not stands below both.
    let labels = |window: &Window, words: &str| window.harness.query_all_by_label(words).count();
    assert!(labels(&window, "What worked") >= 2);
    window.must_see("Stands for the time being");
    // The decision is in sight without scrolling.
    let settle = window.harness.get_by_label("Settle this conflict").rect();
    assert!(settle.bottom() < 762.0, "{settle}");
    assert_eq!(window.unnamed(), Vec::<String>::new());
    window.click("Write a third version");
    assert_eq!(window.unnamed(), Vec::<String>::new());
    // A form's status: side by side and choose, nothing to write.
    window.click("Next conflict");
    window.click("Next conflict");
    window.must_see("The form of NEG20-07, GP");
    window.must_see("No capacity before the panel");
    assert!(!window.sees("Write a third version"));
    assert_eq!(window.unnamed(), Vec::<String>::new());
}

#[test]
fn all_are_settled_with_the_keyboard_alone() {
    let mut window = on_conflicts();
    // Without a choice, and without a reason, nothing is settled.
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.must_see("Choose what shall stand first.");
    window.type_key("2");
    window.must_see("Chosen");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.must_see("Say why: the reason is kept with the change.");
    window.press(Key::Enter);
    assert_eq!(window.focused(), "Why this one?");
    window.type_text("The practice read the whole record");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.must_see("Conflict 1 of 2");
    window.must_see("C12 of NEG20-03, GP");
    // To the next and back, then this one.
    window.press(Key::PageDown);
    window.must_see("Conflict 2 of 2");
    window.press(Key::PageUp);
    window.must_see("Conflict 1 of 2");
    for reason in ["Same grade", "The practice knows"] {
        window.type_key("1");
        window.press(Key::Enter);
        window.type_text(reason);
        window.press_with(Modifiers::COMMAND, Key::Enter);
    }
    window.must_see("Every conflict is settled");
    let (store, _folder) = window.close_and_read("example.goldthread");
    assert!(store.conflicts().unwrap().is_empty());
    assert!(store.check().unwrap().is_empty());
}

#[test]
fn the_version_chosen_stands_and_both_stay_in_the_history_with_the_reason() {
    let mut window = on_conflicts();
    let other = window.labelled("Version 2: ");
    window.click(&other);
    window.scroll_to("Why this one?");
    window.fill("Why this one?", "Read again together");
    window.click("Settle this conflict");
    window.must_see("Settled: C11 of NEG20-03, GP.");
    assert!(
        window.session().undo_label().is_none(),
        "said not to be undone"
    );
    let (store, _folder) = window.close_and_read("example.goldthread");
    let document = office_form(&store);
    let id = Answer::id(document, "C11");
    let Some(Record::Answer(stands)) = store.record(RecordKind::Answer, id).unwrap() else {
        panic!("the answer is gone");
    };
    let value = if other.contains("Business office") {
        "inadequate"
    } else {
        "requires_improvement"
    };
    assert_eq!(stands.given, Some(Given::Value(Value::one(value))));
    let history = store.history(id).unwrap();
    let said = |words: &str| {
        let bodies = history.iter().filter_map(|entry| entry.after.as_deref());
        bodies.filter(|body| body.contains(words)).count()
    };
    assert!(said("Said on the telephone") > 0 && said("booked and did not take place") > 0);
    let reason = history.last().unwrap().reason.as_deref();
    assert_eq!(reason, Some("Read again together"));
}

#[test]
fn a_third_version_takes_notes_from_either() {
    let mut window = on_conflicts();
    window.click("Write a third version");
    window.scroll_to("Inadequate, third version");
    window.click("Inadequate, third version");
    window.must_see("Version 1: Practice safeguarding lead, GP");
    window.click("What worries us: take version 2");
    window.scroll_to("Why this one?");
    window.fill("Why this one?", "Agreed on the telephone");
    window.click("Settle this conflict");
    window.must_see("Settled: C11");
    let (store, _folder) = window.close_and_read("example.goldthread");
    let id = Answer::id(office_form(&store), "C11");
    let Some(Record::Answer(stands)) = store.record(RecordKind::Answer, id).unwrap() else {
        panic!("the answer is gone");
    };
    assert_eq!(stands.given, Some(Given::Value(Value::one("inadequate"))));
    assert_eq!(
        stands.worries,
        "Said on the telephone: no review for a year."
    );
    assert_eq!(stands.worked, "Weight was taken at every visit.");
    assert_eq!(store.conflicts().unwrap().len(), 2);
}

/// GP's form for NEG20-03.
fn office_form(store: &goldthread::store::Store) -> goldthread::domain::id::RecordId {
    let register = store.register().unwrap();
    let audit = register.find_audit(office::AUDIT).unwrap();
    let cases = register.cases_of(audit);
    let (case, _) = cases
        .iter()
        .find(|(_, one)| one.reference == "NEG20-03")
        .unwrap();
    register.form_of(audit, "GP", *case).unwrap().0
}

#[test]
fn a_child_found_unsafe_while_settling_stops_the_form() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("example.goldthread");
    let sent = folder.path().join("gp.goldthread");
    let mut register = office::example(&path);
    office::issue(&mut register, "GP", &sent, None);
    let form = office::form(&register, "GP", "NEG20-03");
    office::Hand::of(&mut register, "Business office", "").answer(form, "C15b", "yes", |_| ());
    drop(register);
    let mut filled = office::open(&sent, None);
    let mut practice = office::Hand::of(&mut filled, "Practice safeguarding lead", "GP");
    practice.answer(form, "C15b", "yes", |answer| answer.worked = "Seen".into());
    drop(filled);
    let mut window = Window::on_example_in(folder);
    window.drop_files(&["gp.goldthread"]);
    window.click("Merge it");
    window.click("Settle 1 conflict");
    window.click("Write a third version");
    window.click("No, third version");
    window.scroll_to("Why this one?");
    window.fill("Why this one?", "The practice rang back");
    window.click("Settle this conflict");
    window.must_see("Every conflict is settled");
    window.click("Audits");
    window.must_see("A child may not be safe: who was told is not recorded yet");
    window.must_see("NEG20-03, GP, since");
}
