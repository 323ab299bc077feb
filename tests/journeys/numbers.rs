//! Every number of the chair's screens leads to what it counts: as many answers, forms, cases or
//! pairs as it says. The numbers are taken from the screen, so that a new one is tried too.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use crate::window::Window;

/// What the name of a number says: how many, and how many of those speak well of practice.
#[derive(Debug, PartialEq)]
struct Says {
    count: usize,
    well: Option<usize>,
}

/// Reads "C01, Police: 6 of 7", "GP, submitted: 7 forms of 8", "R1: met 4 of 5", "Overall grade, GP: Good 3".
fn says(name: &str) -> Option<Says> {
    let (name, _) = name.split_once("; ").unwrap_or((name, ""));
    let (_, words) = name.rsplit_once(": ")?;
    let number = |word: &str| word.parse::<usize>().ok();
    let words: Vec<&str> = words.split(' ').collect();
    let counted = |count, well| Some(Says { count, well });
    match words.as_slice() {
        [well, "of", count] if number(well).is_some() => counted(number(count)?, number(well)),
        ["over" | "met", count, ..] => counted(number(count)?, None),
        [count, ..] if number(count).is_some() => counted(number(count)?, None),
        [.., count] => counted(number(count)?, None),
        [] => None,
    }
}

/// The names of all numbers on the screen that can be chosen.
fn numbers(window: &Window) -> BTreeSet<String> {
    let nodes = window.harness.query_all(By::new());
    let chosen = nodes.filter(|node| {
        let role = node.accesskit_node().role();
        matches!(role, Role::Button | Role::Link)
    });
    let names = chosen.filter_map(|node| node.accesskit_node().label());
    names.filter(|name| says(name).is_some()).collect()
}

/// What stands behind the number chosen last.
fn behind(window: &Window) -> Option<String> {
    let nodes = window.harness.query_all(By::new());
    let mut labels = nodes.filter_map(|node| node.accesskit_node().label());
    labels.find_map(|label| label.strip_prefix("Behind it: ").map(ToOwned::to_owned))
}

/// Every how many numbers of a page one is tried; each with `GOLDTHREAD_EVERY_NUMBER=1`.
fn stride() -> usize {
    match std::env::var_os("GOLDTHREAD_EVERY_NUMBER") {
        Some(_) => 1,
        None => 5,
    }
}

/// Chooses numbers of the page, from top to bottom, and holds what each leads to against what it
/// says; no other number may stand there that leads nowhere. Returns how many numbers there are.
#[track_caller]
fn each_leads_to_as_many(window: &mut Window) -> usize {
    no_number_is_plain_text(window);
    let mut seen = BTreeSet::new();
    let mut stood_still = 0;
    while stood_still < 3 {
        let new: Vec<String> = numbers(window).difference(&seen).cloned().collect();
        stood_still = if new.is_empty() { stood_still + 1 } else { 0 };
        for name in new {
            if seen.len().is_multiple_of(stride()) {
                leads_to_as_many(window, &name);
            }
            seen.insert(name);
        }
        window.scroll_down();
    }
    if behind(window).is_some() {
        window.click("Close");
    }
    seen.len()
}

/// A count in plain text is 0, or is said once more by a number that can be chosen.
#[track_caller]
fn no_number_is_plain_text(window: &Window) {
    let links: Vec<String> = numbers(window).into_iter().collect();
    let nodes = window.harness.query_all(By::new());
    let plain = nodes.filter(|node| node.accesskit_node().role() == Role::Label);
    for words in plain.filter_map(|node| node.accesskit_node().label().or(node.value())) {
        let begins = words.split(' ').next().and_then(|word| word.parse().ok());
        let is_part = words.split_once(" of ").is_some();
        let is_share = words.contains(" % (");
        if begins.is_some_and(|count: usize| count > 0) && !is_part && !is_share {
            panic!("“{words}” leads nowhere");
        }
        for count in parts(&words) {
            let linked = links.iter().any(|name| name.contains(&count));
            assert!(linked, "“{count}” in “{words}” leads nowhere");
        }
    }
}

/// Each "11 of 45" in a text.
fn parts(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split([' ', ',', ':']).collect();
    let number = |word: &str| word.parse::<usize>().is_ok();
    let three = words.windows(3);
    three
        .filter(|three| number(three[0]) && three[1] == "of" && number(three[2]))
        .map(|three| three.join(" "))
        .collect()
}

#[track_caller]
fn leads_to_as_many(window: &mut Window, name: &str) {
    window.click(name);
    let found = behind(window).or_else(|| {
        // Another number stood for the same: choosing it once more closed it.
        window.click(name);
        behind(window)
    });
    let found = found.unwrap_or_else(|| panic!("“{name}” leads nowhere"));
    let says = says(name).unwrap();
    let mut words = found.split(' ');
    assert_eq!(
        words.next().unwrap().parse(),
        Ok(says.count),
        "“{name}” leads to “{found}”"
    );
    if let Some(well) = says.well {
        let speaks = if well == 1 { "speaks" } else { "speak" };
        let told = format!(", {well} of them {speaks} well of practice");
        assert!(found.ends_with(&told), "“{name}” leads to “{found}”");
    }
}

#[test]
fn the_names_of_numbers_are_read_right() {
    let counted = |count, well| Some(Says { count, well });
    for (name, expected) in [
        ("C01, Police: 6 of 7", counted(7, Some(6))),
        (
            "T14, Again: 29 of 42; beside First: 15 of 54",
            counted(42, Some(29)),
        ),
        ("GP, submitted: 7 forms of 8", counted(7, None)),
        ("R1: met 4 of 5", counted(4, None)),
        (
            "Overall grade, GP: Requires improvement 3",
            counted(3, None),
        ),
        ("C01, GP: 1 not evidenced", counted(1, None)),
        ("Take away the filter Sex: Female", None),
        ("Summary, Neglect 2019", None),
    ] {
        assert_eq!(says(name), expected, "{name}");
    }
}

fn on(audit: &str, topic: &str) -> Window {
    let mut window = Window::on_example();
    window.click(&format!("Summary, {audit}"));
    window.click(topic);
    window
}

fn filter(window: &mut Window, field: &str, choice: &str) {
    window.click("Filter by");
    window.click(field);
    window.click(&format!("Which {}", field.to_lowercase()));
    window.click(choice);
}

#[test]
fn every_number_of_the_overview_leads_to_what_it_counts() {
    let mut window = on("Neglect 2019", "Overview");
    let all = each_leads_to_as_many(&mut window);
    assert!(all > 100, "{all}");
    filter(&mut window, "Agency", "Police");
    window.click("Panel judgements");
    let panel = each_leads_to_as_many(&mut window);
    assert!(panel > 20 && panel < all, "{panel} of {all}");
}

#[test]
fn every_number_of_the_questions_leads_to_what_it_counts() {
    let mut window = on("Short CP plans 2019", "Questions");
    let spread = each_leads_to_as_many(&mut window);
    assert!(spread > 150, "{spread}");
    filter(&mut window, "Section", "Voice and lived experience");
    window.click("Agencies side by side");
    let beside = each_leads_to_as_many(&mut window);
    assert!(beside > 15, "{beside}");
    window.click("Panel judgements");
    window.click("Spread of answers");
    let judged = each_leads_to_as_many(&mut window);
    assert!(judged > 5, "{judged}");
}

#[test]
fn every_number_of_the_other_topics_leads_to_what_it_counts() {
    for (audit, topic, least) in [
        ("Short CP plans 2019", "Hypotheses", 60),
        ("Short CP plans 2019", "Timescales", 15),
        ("Neglect 2019", "Agreement", 100),
        ("Neglect re-audit 2020", "Re-audit", 60),
    ] {
        let mut window = on(audit, topic);
        let all = each_leads_to_as_many(&mut window);
        assert!(all >= least, "{topic}: {all}");
    }
}

#[test]
fn every_number_of_the_themes_leads_to_what_it_counts() {
    let mut window = Window::on_example();
    window.click("Themes");
    let table = each_leads_to_as_many(&mut window);
    assert!(table > 50, "{table}");
    filter(&mut window, "Sex", "Female");
    let girls = each_leads_to_as_many(&mut window);
    assert!(girls > 40, "{girls}");
    // The theme's page goes on with what is shown.
    window.click("Lived experience");
    window.must_see("Take away the filter Sex: Female");
    let page = each_leads_to_as_many(&mut window);
    assert!(page > 15, "{page}");
}
