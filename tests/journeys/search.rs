//! Ctrl+F: words typed, results under headings, each leading to its place, by keyboard alone.

use egui::{Key, Modifiers};

use goldthread::ui::Route;

use crate::window::Window;

fn look_for(window: &mut Window, words: &str) {
    window.press_with(Modifiers::COMMAND, Key::F);
    window.settle();
    assert_eq!(window.focused(), "Words to look for");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(words);
    window.settle();
}

#[test]
fn a_note_is_found_and_leads_to_its_question_by_keyboard_alone() {
    let mut window = Window::on_example();
    look_for(&mut window, "dental neglect20 nosuchword");
    window.must_see("Nothing found");
    look_for(&mut window, "dental");
    window.must_see("Notes on forms");
    let note = window.labelled("Answer to ");
    window.tab_to(&note);
    window.press(Key::Space);
    window.settle();
    assert!(matches!(window.harness.state().route(), Route::Form(_)));
    let words = note.split(": ").nth(1).unwrap().trim_matches('…');
    let middle: String = words.chars().skip(10).take(40).collect();
    window.scroll_to(&middle);
    // Back to the results, as they were.
    window.press_with(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(window.labelled("Answer to "), note);
}

#[test]
fn arrows_choose_and_enter_goes_there() {
    let mut window = Window::on_example();
    look_for(&mut window, "NEG20-0");
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.settle();
    window.must_see("NEG20-03");
    assert!(matches!(window.harness.state().route(), Route::Panel(_)));
}

#[test]
fn a_question_is_shown_on_the_form_one_came_from() {
    let mut window = Window::on_example();
    window.click("Cases, Neglect re-audit 2020");
    window.click("NEG20-03, GP: In progress");
    let form = window.harness.state().route().clone();
    look_for(&mut window, "wishes feelings terms");
    window.must_see("Questions");
    window.press(Key::Enter);
    assert_eq!(window.harness.state().route(), &form);
    window.must_see("How well did your agency find out this child's wishes and feelings");
    window.click("Audits");
    look_for(&mut window, "wishes feelings terms");
    window.press(Key::Enter);
    assert!(matches!(window.harness.state().route(), Route::Summary(_)));
    window.must_see("Spread of answers");
}

#[test]
fn only_the_audit_one_came_from_can_be_looked_in() {
    let mut window = Window::on_example();
    window.click("Cases, Neglect re-audit 2020");
    look_for(&mut window, "-01");
    window.must_see("NEG19-01");
    window.click("Only in Neglect re-audit 2020");
    window.settle();
    window.must_see("NEG20-01");
    assert!(!window.sees("NEG19-01"), "of another audit");
}

#[test]
fn what_is_looked_for_is_kept_nowhere() {
    let mut window = Window::on_example();
    let before = std::fs::read(window.path("example.goldthread")).unwrap();
    look_for(&mut window, "unmistakable words");
    window.press(Key::Escape);
    let after = std::fs::read(window.path("example.goldthread")).unwrap();
    assert_eq!(before, after);
    assert_eq!(window.harness.state().route(), &Route::Audits);
}
