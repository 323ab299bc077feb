//! Alphas over many forms are worked out beside the window, and said as far as they are.

use std::path::Path;
use std::sync::Arc;

use goldthread::analysis::Filter;
use goldthread::analysis::agreement::{Over, agreement};
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::partnership::Partnership;
use goldthread::domain::revision::Author;
use goldthread::session::jobs::{self, Size};

use crate::window::{Window, noon};

/// A register with one audit of ninety cases, seven agencies and ten questions.
fn many_forms(path: &Path) {
    let author = Author {
        role: "Business office".into(),
        agency: String::new(),
        device: "test".into(),
    };
    let partnership = Partnership {
        name: "Generated".into(),
        worked_example: true,
        local_rules: None,
        keep_months: None,
    };
    let catalogue = Arc::new(Catalogue::built_in().unwrap());
    let made = jobs::new_register(path, None, partnership, &author, noon(), &catalogue);
    let size = Size {
        forms: 630,
        answers: 10,
        forms_of_audit: 630,
    };
    let model = catalogue.tool("neglect").unwrap();
    jobs::generate(&mut made.unwrap(), model, size, &author, noon()).unwrap();
}

/// The line of all grades together, worked out anew.
fn grades(window: &Window, filter: &Filter) -> String {
    let facts = &window.session().facts().unwrap().audits[0];
    let (_, samples) = agreement(facts, filter);
    let alpha = samples.alphas().over(&Over::Grades).unwrap().unwrap();
    format!("Grades, all together (ordinal): alpha {}", alpha.words())
}

const WORKING: &str = "alpha: working it out…";
const HEARD: &str = "Working out alpha and its intervals…";

#[test]
fn alphas_over_many_forms_fill_in_and_follow_the_filter() {
    let folder = tempfile::tempdir().unwrap();
    many_forms(&folder.path().join("many.goldthread"));
    let (mut window, gate) = Window::behind_a_gate(folder, "many.goldthread");
    window.until(|window| window.sees("Summary, Generated 1"));
    window.click("Summary, Generated 1");
    window.until(|window| window.sees("Shown: everything"));
    // The file's thread gets no further than the first of them.
    gate.close();
    window.click("Agreement");
    window.must_see("Every question covered: ");
    window.must_see(WORKING);
    window.must_hear(HEARD);
    // Another part is asked for while the first is worked out: only that is still wanted.
    let girls = Filter {
        sex: Some("F".into()),
        ..Filter::default()
    };
    window.click("Filter by");
    window.click("Sex");
    window.click("Which sex");
    window.click("Female");
    window.must_see(WORKING);
    let (all, part) = (grades(&window, &Filter::default()), grades(&window, &girls));
    assert!(all != part && !window.sees(&part));
    gate.open();
    window.until(|window| !window.sees(WORKING));
    window.must_see(&part);
    window.must_hear("Each interval comes from drawing the same answers anew");
    window.click("Take away the filter Sex: Female");
    window.until(|window| !window.sees(WORKING));
    window.must_see(&all);
    // Kept as long as the counts and the part stay.
    gate.close();
    window.click("Overview");
    window.click("Agreement");
    window.must_see(&all);
    assert!(!window.sees(WORKING));
    gate.open();
}

#[test]
fn a_small_audit_has_its_alphas_at_once() {
    let mut window = Window::on_example();
    window.click("Summary, Neglect 2019");
    window.click_for_a_frame("Agreement");
    window.must_see("Grades, all together (ordinal): alpha 0.22");
    assert!(!window.sees(WORKING));
}
