//! A return goes out, is filled in by an agency, and comes back.

use egui::{Key, Modifiers};

use crate::window::Window;

#[test]
fn a_return_is_made_filled_in_sent_back_and_merged() {
    let mut window = Window::on_example();
    window.click("Cases, Neglect re-audit 2020");
    window.click("Returns");
    window.must_see("To chase");
    window.must_see("GP: NEG20-03, NEG20-07 (due 04/12/2020");
    window.scroll_to("Make a return file");
    window.click("GP");
    let path = window.path("gp.goldthread");
    window.fill("Where to keep the return file", &path.display().to_string());
    window.click("Make the return file");
    window.must_see("7 cases of Neglect re-audit 2020");
    let bytes = std::fs::read(&path).unwrap();
    let says = |words: &str| {
        bytes
            .windows(words.len())
            .any(|part| part == words.as_bytes())
    };
    assert!(says("NEG20-03"));
    window.click("Close file");

    // At the practice: nothing but the own cases.
    window.fill("Path of the file to open", &path.display().to_string());
    window.press(Key::Enter);
    window.must_see("My cases");
    assert!(
        !window
            .buttons()
            .iter()
            .any(|name| name == "Themes" || name == "New audit")
    );
    window.click("Cases, Neglect re-audit 2020");
    assert!(!window.sees("NEG20-03, Police"));
    window.click("NEG20-07, GP: Not started");
    window.tab_to("Your role");
    window.type_text("practice safeguarding lead");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.type_key("2");
    window.click("Save my return to send");
    window.must_see("Saved a copy to send");
    window.click("Close file");
    let sent = std::fs::read_dir(window.folder.path()).unwrap();
    let sent = sent
        .map(|entry| entry.unwrap().path())
        .find(|path| path.display().to_string().contains("returned"))
        .unwrap();

    // Back in the register: first what it brings, then the merge.
    let register = window.path("example.goldthread");
    window.fill("Path of the file to open", &register.display().to_string());
    window.press(Key::Enter);
    window.click("Cases, Neglect re-audit 2020");
    window.must_see("NEG20-07, GP: Not started");
    window.click("Returns");
    window.scroll_to("Merge returns");
    window.fill("Files that came back", &sent.display().to_string());
    window.click("See what they bring");
    window.scroll_to("NEG20-07: In progress, 1 new, 0 changed");
    window.click("Merge them");
    window.must_see("The register as it was before is");
    window.click("Neglect re-audit 2020");
    window.must_see("NEG20-07, GP: In progress");
    assert_eq!(window.unnamed(), Vec::<String>::new());
}

#[test]
fn a_file_that_is_no_return_is_refused_before_anything_is_merged() {
    let mut window = Window::on_example();
    std::fs::write(window.path("letter.goldthread"), "Dear all, ".repeat(200)).unwrap();
    window.click("Cases, Neglect re-audit 2020");
    window.click("Returns");
    window.scroll_to("Merge returns");
    let path = window.path("letter.goldthread").display().to_string();
    window.fill("Files that came back", &path);
    window.click("See what they bring");
    window.scroll_to("is not a Goldthread file");
    window.must_see("Take the refused files out of the list first");
}
