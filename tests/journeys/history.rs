//! The history of a record in words, and taking a name out of it.

use std::fs;

use egui::Key;
use goldthread::domain::redaction::Sought;

use crate::window::Window;

const NAME: &str = "Zebedee Quill";

/// The GP's form with a name in two versions of a note.
fn with_a_name() -> Window {
    let mut window = Window::on_example();
    window.click("Cases, Neglect re-audit 2020");
    window.click("NEG20-03, GP: In progress");
    window.click("Referral and response, 4 of 4");
    for words in [
        format!("{NAME} was not seen"),
        format!("{NAME} was seen once"),
    ] {
        window.fill("What worries us, C01", &words);
        window.wait(1.5);
    }
    window
}

#[test]
fn a_history_reads_in_words() {
    let mut window = with_a_name();
    window.click("History, C01");
    window.must_see("Answer to C01, NEG20-03, GP");
    window.must_see("Every change, newest first. None is overwritten.");
    window.must_see("What worries us: ");
    window.must_hear(", now Zebedee Quill was seen once");
    assert!(!window.sees("worries:"), "no names of fields");
    window.click("Back");

    window.click("This case, 1 of 1");
    window.click("History of this form");
    window.must_see("Form, NEG20-03, GP");
    window.must_hear("Status: nothing, now In progress");
    window.click("Back");

    window.click("Audits");
    window.click("Cases, Neglect re-audit 2020");
    window.click("Panel, NEG20-01");
    window.click("Read and judge, C07");
    window.type_key("4");
    window.click("History, panel on C07");
    window.must_see("Panel judgement on C07, NEG20-01");
    window.must_see("Judgement: ");
    window.must_hear(", now Inadequate");
}

#[test]
fn a_name_is_taken_out_of_the_whole_file() {
    let mut window = with_a_name();
    window.click("History, C01");
    window.click("Take a name out…");
    window.fill("Text to look for", "z");
    window.click("Find");
    window.must_see("Give at least two characters.");
    window.fill("Text to look for", "Nobody At All");
    window.press(Key::Enter);
    window.must_see("Nothing this file ever held has this text in it.");
    window.fill("Text to look for", "zebedee quill");
    window.press(Key::Enter);
    window.must_see("Found in 2 changes");
    window.must_see("Answer to C01, NEG20-03, GP");
    window.must_see("Every change, newest first. None is overwritten.");
    window.must_see("stands now");
    window.must_see("Give a reason first.");
    window.fill("Reason, without the text itself", "About Zebedee Quill");
    window.click("Take it out of 2 changes…");
    window.click("Take it out");
    window.must_see("The reason holds the text that is to be taken out");
    window.fill("Reason, without the text itself", "A name was typed");
    window.click("Take it out of 2 changes…");
    window.must_see("This cannot be undone");
    assert_eq!(window.focused(), "Cancel");
    window.click("Take it out");
    window.must_see("Taken out of 2 changes.");
    assert!(!window.sees("Found in"), "the text is forgotten");
    assert_eq!(
        window.session().undo_label(),
        None,
        "undoing would bring it back"
    );

    window.click("Back");
    window.must_see("Reason: Redacted: A name was typed");
    window.must_see("What worries us: [name removed] was seen once");
    window.must_see("The text of this change was taken out.");
    window.click("Back");
    window.must_see("Referral and response");
    let path = window.path("example.goldthread");
    let (store, _folder) = window.close_and_read("example.goldthread");
    assert_eq!(store.check().unwrap(), []);
    assert_eq!(store.mentions(&Sought::new(NAME).unwrap()).unwrap(), []);
    drop(store);
    let bytes = fs::read(path).unwrap();
    assert!(!bytes.windows(7).any(|part| part == b"Zebedee"));
}
