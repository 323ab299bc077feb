//! F1, the steps of a first audit, and the document for what is shown.

use egui::{Key, Modifiers};
use goldthread::ui::Route;

use crate::window::Window;

/// A new register of one agency's partnership, without a passphrase.
fn new_register() -> Window {
    let mut window = Window::start(None);
    window.click("New register…");
    window.fill("Name of the partnership", "Anyshire");
    let path = window.path("first").display().to_string();
    window.fill("Where to keep it", &path);
    window.click("No passphrase: the folder is protected another way");
    window.click("Make the register");
    window.must_see("Your first audit");
    window
}

#[test]
fn f1_opens_at_the_screen_one_is_on_and_leads_back() {
    let mut window = Window::on_example();
    window.click("Cases, Neglect re-audit 2020");
    window.click("NEG20-03, GP: In progress");
    let form = window.harness.state().route().clone();
    window.press(Key::F1);
    assert_eq!(window.focused(), "Search the help");
    window.must_see("Filling in a form");
    assert_eq!(window.unnamed(), Vec::<String>::new());
    window.press(Key::F1);
    assert_eq!(window.harness.state().route(), &form);
    assert!(window.session().form().is_some(), "the form stayed open");
}

#[test]
fn the_help_can_be_searched_and_each_line_leads_to_its_part() {
    let mut window = Window::start(None);
    window.press(Key::F1);
    window.must_see("A new register");
    // Whatever has the keyboard: what is typed is looked for.
    window.click("Keys");
    window.type_text("reminder");
    window.type_text(" clipboard");
    assert_eq!(window.value_of("Search the help"), "reminder clipboard");
    window.settle();
    let found = window.labelled("Returns: sending out and chasing");
    window.click(&found);
    window.must_see("puts an e-mail with the outstanding cases on the clipboard");
    window.type_text("zebra crossing");
    window.must_see("Nothing in the help has all these words");
    window.press(Key::Escape);
    assert_eq!(window.harness.state().route(), &Route::Start);
}

#[test]
fn the_steps_of_a_first_audit_lead_on_and_can_be_hidden() {
    let mut window = new_register();
    window.must_see("0 of 7 steps done");
    window.click("Make the audit, to do");
    assert_eq!(window.harness.state().route(), &Route::NewAudit);
    window.press_with(Modifiers::ALT, Key::ArrowLeft);
    window.click("Hide this list");
    assert!(!window.sees("Your first audit"));
    window.click("Settings");
    window.click("Show the steps of a first audit");
    window.click("Back");
    window.must_see("Your first audit");
    let mut example = Window::on_example();
    example.settle();
    assert!(
        !example.sees("Your first audit"),
        "not in the worked example"
    );
}

#[test]
fn ctrl_p_leads_to_the_form_one_is_on_and_writes_it() {
    let mut window = Window::on_example();
    window.click("Cases, Neglect re-audit 2020");
    window.click("NEG20-03, GP: In progress");
    window.press_with(Modifiers::COMMAND, Key::P);
    let path = window.value_of("Path of the export");
    assert!(
        path.ends_with("Neglect re-audit 2020 NEG20-03 GP form.docx"),
        "{path}"
    );
    window.click("Write the export");
    if window.sees("nobody is identified") {
        window.click(&window.control_with("nobody is identified"));
        window.click("Write the export");
    }
    window.must_see("Open it");
    assert!(std::path::Path::new(&path).exists());
}

#[test]
fn ctrl_p_on_a_summary_leads_to_the_paper_on_the_audit() {
    let mut window = Window::on_example();
    window.click("Summary, Neglect 2019");
    window.press_with(Modifiers::COMMAND, Key::P);
    let path = window.value_of("Path of the export");
    assert!(path.ends_with("Neglect 2019 paper to BMG.docx"), "{path}");
}

#[test]
fn a_register_without_an_audit_says_so_once() {
    let mut window = new_register();
    assert!(!window.sees("No audit yet"), "the steps say it already");
    window.click("Hide this list");
    window.must_see("No audit yet");
}
