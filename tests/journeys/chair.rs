//! The chair: from themes to answers, the export.

use crate::window::Window;

#[test]
fn themes_lead_to_the_answers_behind_every_number() {
    let mut window = Window::on_example();
    window.click("Themes");
    window.must_see("What runs through the audits");
    window.must_see("Lived experience, Neglect 2019: 14 of 53");
    window.scroll_to("Neglect 2019: not asked");
    window.click("Lived experience, Neglect 2019: 14 of 53");
    window.must_see("Answers, those to look at first.");
    let links: Vec<String> = window.buttons();
    assert!(
        links.iter().any(|name| name.starts_with("NEG19-")) || window.sees("NEG19-01 · "),
        "{links:?}"
    );
    window.click("Panel judgements");
    window.must_see("Themes across audits");
}

#[test]
fn exports_are_written_and_can_be_shown_in_their_folder() {
    let mut window = Window::on_example();
    window.click("Export");
    let path = window.path("bmg.json");
    window.fill("Path of the export", &path.display().to_string());
    window.click("Write the export");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("goldthread/bmg/1"));
    assert!(
        !text.contains("NEG19-01"),
        "no case reference leaves with it"
    );
    window.must_see("Show in its folder");
}
