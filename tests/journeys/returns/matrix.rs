//! Who is behind, and how to remind them.

use egui_kittest::kittest::Queryable as _;

use super::{office, open_returns};
use crate::window::Window;

#[test]
fn every_place_of_the_table_says_row_column_and_status_and_leads_to_its_form() {
    let mut window = Window::on_example();
    open_returns(&mut window);
    for name in [
        "NEG20-03, GP: in progress, was due 04/12/2020",
        "NEG20-07, GP: not started, was due 04/12/2020",
        "NEG20-01, CAMHS: not known",
    ] {
        window.must_see(name);
    }
    window.must_see("NEG20-01, Police: submitted ");
    let names = window.buttons();
    let declined = names
        .iter()
        .find(|name| name.starts_with("NEG20-02, CAMHS: declined ("));
    assert!(declined.is_some_and(|name| name.len() > 40), "{declined:?}");
    window.must_see("44 of 49 forms are in: ");
    // The cell has no room for the reason: it stands below the table too.
    window.must_see("Declined: NEG20-02, CAMHS: Only mother was known");
    assert_eq!(window.unnamed(), Vec::<String>::new());
    window.click("NEG20-03, GP: in progress, was due 04/12/2020");
    window.must_see("NEG20-03 · GP");
}

#[test]
fn at_a_large_zoom_the_heads_keep_clear_of_the_cells() {
    let mut window = Window::on_example();
    open_returns(&mut window);
    for _ in 0..5 {
        window.press_with(egui::Modifiers::COMMAND, egui::Key::Plus);
    }
    let nodes = window.harness.query_all_by_label("was due 04/12/2020");
    let lowest = nodes.map(|node| node.rect().bottom()).fold(0.0, f32::max);
    let cell = window.labelled("NEG20-01, Police: submitted");
    let cell = window.harness.get_by_label(&cell).rect();
    assert!(lowest > 0.0 && lowest <= cell.top(), "{lowest} in {cell}");
}

#[test]
fn a_form_says_which_merge_brought_it_and_with_which_file() {
    let folder = tempfile::tempdir().unwrap();
    office::merged_at_odds(folder.path());
    let mut window = Window::on_example_in(folder);
    open_returns(&mut window);
    window.must_see(
        "NEG20-03, GP: in progress, was due 04/12/2020, merged 02/03/2026 with gp.goldthread",
    );
    window.must_see("NEG20-01, GP: submitted ");
    let names = window.buttons();
    let other = names.iter().find(|name| name.starts_with("NEG20-01, GP:"));
    assert!(
        !other.unwrap().contains("merged"),
        "nothing came of this form"
    );
}

#[test]
fn reminders_are_copied_for_all_or_for_one() {
    let mut window = Window::on_example();
    open_returns(&mut window);
    window.scroll_to("To chase");
    window.must_see("GP: NEG20-03, NEG20-07 (was due 04/12/2020)");
    let all = window.click_to_copy("Copy a reminder to all");
    assert!(all.contains("GP: NEG20-03, NEG20-07"), "{all}");
    assert!(all.contains("Police: NEG20-06"), "{all}");
    assert!(all.starts_with("Subject: Neglect re-audit 2020: forms still to come"));
    let one = window.click_to_copy("Copy a reminder to GP");
    assert!(
        one.contains("GP: NEG20-03, NEG20-07") && !one.contains("Police:"),
        "{one}"
    );
}

#[test]
fn a_crowded_table_can_be_read_in_a_narrow_window() {
    let folder = tempfile::tempdir().unwrap();
    office::crowded(&folder.path().join("crowded.goldthread"));
    let mut window = Window::start_in(folder, Some("crowded.goldthread"));
    for _ in 0..5 {
        window.press_with(egui::Modifiers::COMMAND, egui::Key::Plus);
    }
    window.click("Cases, Neglect 2026");
    window.click("Returns");
    let forms = window.buttons();
    let forms = forms.iter().filter(|name| name.starts_with("NEG26-"));
    assert_eq!(forms.count(), 12 * 9);
    assert_eq!(window.unnamed(), Vec::<String>::new());
    // Tab reaches the last agency, which is out of sight at first, and brings it into view.
    window.tab_to("NEG26-01, Early help: declined (A police investigation is under way)");
}
