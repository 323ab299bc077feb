//! A return as the agency opens it.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use goldthread::domain::form::FormStatus;
use goldthread::store::Store;

use super::office;
use crate::window::Window;

/// The window of the practice, on its return alone.
fn at_the_practice() -> Window {
    let elsewhere = tempfile::tempdir().unwrap();
    let mut register = office::example(&elsewhere.path().join("example.goldthread"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gp.goldthread");
    office::issue(&mut register, "GP", &path, None);
    Window::start_in(folder, Some("gp.goldthread"))
}

#[test]
fn the_auditor_sees_the_covering_page_the_own_cases_and_nothing_else() {
    let mut window = at_the_practice();
    window.must_see("Neglect re-audit 2020: GP");
    window.must_see("Before you begin");
    window.must_see("is the daily life of the child better understood?");
    window.must_see("Due back by 04/12/2020");
    window.scroll_to("5 of 7 finished");
    // What can be done with a case stands under the same of the others.
    let left = |name: &str| window.harness.get_by_label(name).rect().left();
    let (begun, new) = ("Decline…, NEG20-03", "Decline…, NEG20-07");
    assert_eq!(left(begun), left(new));
    for words in [
        "Themes", "Summary", "Panel", "Police", "Export", "Tools", "Returns",
    ] {
        let shown = window.buttons();
        assert!(
            !shown.iter().any(|name| name.contains(words)),
            "{words}: {shown:?}"
        );
    }
    assert_eq!(window.unnamed(), Vec::<String>::new());
}

#[test]
fn in_one_column_the_cases_come_first_once_a_form_is_begun() {
    let folder = at_the_practice().close();
    let mut document = office::open(&folder.path().join("gp.goldthread"), None);
    let forms: Vec<_> = document.register().forms.keys().copied().collect();
    let mut hand = office::Hand::of(&mut document, "Practice manager", "GP");
    for form in forms {
        hand.close(form, FormStatus::NotStarted, "");
    }
    drop(document);
    let mut window = Window::start_in(folder, Some("gp.goldthread"));
    for _ in 0..5 {
        window.press_with(Modifiers::COMMAND, Key::Plus);
    }
    let top = |window: &Window, words: &str| {
        let found = window.harness.query_all_by_label(words);
        // The last: the bar above has a place of this name too.
        found.last().expect(words).rect().top()
    };
    assert!(top(&window, "Before you begin") < top(&window, "My cases"));
    let case = window.labelled("Not known to us, ");
    window.click(&case);
    assert!(top(&window, "My cases") < top(&window, "Before you begin"));
    let words = "is the daily life of the child better understood?";
    assert!(!window.sees(words), "folded");
    window.click("Before you begin");
    window.scroll_to(words);
}

#[test]
fn the_search_of_a_return_finds_the_own_forms_and_leads_to_them() {
    let mut window = at_the_practice();
    window.press_with(Modifiers::COMMAND, Key::F);
    window.type_text("child");
    window.settle();
    window.must_see("Questions");
    window.must_see("Notes on forms");
    for heading in ["Audits", "Hypotheses", "Findings", "Actions", "The panel"] {
        assert!(
            !window.sees(heading),
            "{heading} is nothing of an auditor's"
        );
    }
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("NEG20-03");
    window.settle();
    window.press(Key::Enter);
    window.must_see("NEG20-03 · GP");
}

#[test]
fn not_known_is_one_click_and_can_be_undone() {
    let mut window = at_the_practice();
    window.click("Not known to us, NEG20-07");
    window.must_see("6 of 7 finished");
    assert!(!window.sees("Not known to us, NEG20-07"), "it is answered");
    window.must_see("Undo: “Not known to us”, NEG20-07");
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.scroll_to("5 of 7 finished");
    window.click("Not known to us, NEG20-07");
    let (store, _folder) = window.close_and_read("gp.goldthread");
    let form = store.register().unwrap();
    let form = form
        .forms
        .iter()
        .find(|(_, form)| form.status == FormStatus::NotKnown);
    let (id, _) = form.unwrap();
    let history = store.history(*id).unwrap();
    let last = history.last().unwrap();
    assert_eq!(
        last.author.agency, "GP",
        "the agency says so, not the office"
    );
    assert!(store.check().unwrap().is_empty());
}

#[test]
fn declining_a_form_with_answers_asks_first_and_keeps_them_in_the_history() {
    let mut window = at_the_practice();
    window.click("Not known to us…, NEG20-03");
    window.must_see("The answers on this form are taken away");
    window.click("Cancel");
    window.click("Decline…, NEG20-03");
    window.must_see("they stay in its history");
    window.type_text("The practice closed in spring");
    window.click("Decline");
    window.scroll_to("Reason: The practice closed in spring");
    window.must_see("6 of 7 finished");
    let (store, _folder) = window.close_and_read("gp.goldthread");
    let register = store.register().unwrap();
    let (form, _) = register
        .forms
        .iter()
        .find(|(_, form)| !form.declined_reason.is_empty())
        .unwrap();
    let kind = goldthread::domain::record::RecordKind::Answer;
    assert_eq!(store.records_on_form(kind, *form).unwrap(), []);
    let answer = goldthread::domain::answer::Answer::id(*form, "C01");
    assert_eq!(store.history(answer).unwrap().len(), 2);
}

#[test]
fn the_copy_to_send_has_a_clear_name_is_checked_and_never_written_over() {
    let mut window = at_the_practice();
    window.scroll_to("Send it back");
    window.must_see("2 forms are not finished. You can send the return now, and again");
    window.click("Save my return to send");
    window.scroll_to("Your return is ready to be sent");
    window.must_see("Neglect re-audit 2020 - GP - return.goldthread. It was opened and checked");
    window.must_see("Not finished in it: NEG20-03, NEG20-07.");
    window.click("Save my return to send");
    window.scroll_to("Neglect re-audit 2020 - GP - return (2).goldthread");
    let sent = window.path("Neglect re-audit 2020 - GP - return.goldthread");
    let store = Store::open(&sent, None, "test").unwrap();
    assert!(store.check().unwrap().is_empty());
    assert_eq!(store.register().unwrap().forms.len(), 7);
}

#[test]
#[cfg(feature = "encryption")]
fn the_copy_of_a_protected_return_is_protected_by_the_same_passphrase() {
    let elsewhere = tempfile::tempdir().unwrap();
    let mut register = office::example(&elsewhere.path().join("example.goldthread"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gp.goldthread");
    office::issue(&mut register, "GP", &path, Some("four plain old words"));
    let mut window = Window::start_in(folder, Some("gp.goldthread"));
    window.type_text("four plain old words");
    window.press(Key::Enter);
    window.must_see("Neglect re-audit 2020: GP");
    window.click("Save my return to send");
    window.scroll_to("Your return is ready to be sent");
    let sent = window.path("Neglect re-audit 2020 - GP - return.goldthread");
    assert!(Store::open(&sent, None, "test").is_err());
    drop(office::open(&sent, Some("four plain old words")));
}

#[test]
fn submitting_leads_back_to_the_own_cases() {
    let mut window = at_the_practice();
    window.click("Read, NEG20-01");
    window.click("Reopen…");
    window.type_text("A second record was found");
    window.click("Reopen");
    window.click("Review and submit");
    window.must_see("Check your answers: NEG20-01");
    window.click("Submit this form");
    window.must_see("Before you begin");
    window.scroll_to("5 of 7 finished");
}
