//! The chair: from themes to answers, the export.

use goldthread::domain::audit::{Audit, AuditState, Scope};
use goldthread::domain::id::RecordId;
use goldthread::domain::revision::{Change, Edit};

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use crate::returns::office;
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
    // As on the summary and under Themes.
    window.must_see("Agencies' own answers");
    window.must_see("Panel judgements");
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

#[test]
fn a_paper_is_written_from_the_window_with_what_fits_it() {
    let mut window = Window::on_example();
    window.click("Export");
    window.click("Paper to the BMG");
    window.scroll_to("Choose the audit that is to be exported.");
    window.click("Neglect 2019");
    window.must_see("Neglect 2019: 8 cases, 48 of 56 forms submitted, 9 findings, 6 actions");
    window.click("To be published: hide small numbers");
    window.must_see("counts from 1 to 5 are hidden");
    let path = window.path("paper.docx");
    window.fill("Path of the export", &path.display().to_string());
    window.click("Write the export");
    assert!(std::fs::read(&path).unwrap().starts_with(b"PK"));
    window.scroll_to("1 audit as a paper to the BMG with small numbers hidden");
    window.scroll_to("Open it");
    window.click("All data of an audit (goldthread/data/1)");
    window.must_see("Never for publishing.");
    window.scroll_to("Choose where to write it.");
}

#[test]
fn audits_of_many_years_are_there_when_they_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut register = office::example(&folder.path().join("years.goldthread"));
    let audit = |number: usize| Audit {
        title: format!("Audit {number:02}"),
        tool: "neglect@1".into(),
        agencies: vec!["GP".into()],
        state: AuditState::Closed,
        scope: Scope::default(),
        re_audit_of: None,
    };
    let edits = (1..=49).map(|number| Edit::put(RecordId::fresh(), audit(number)));
    let change = Change {
        edits: edits.collect(),
        author: office::author("Business office", ""),
        at: office::noon(),
        reason: None,
    };
    register.commit(&change).unwrap();
    drop(register);
    let mut window = Window::start_in(folder, Some("years.goldthread"));
    let summaries = |window: &Window| {
        let all = window.buttons();
        all.iter()
            .filter(|name| name.starts_with("Summary, "))
            .count()
    };
    assert_eq!(summaries(&window), 50, "the latest");
    window.click("Show the 3 earlier audits");
    assert_eq!(summaries(&window), 53, "all");
    assert!(!window.sees("earlier audits"));
}

#[test]
fn a_list_for_a_re_audit_names_the_children_read_before() {
    let mut window = Window::on_example();
    window.click("New audit");
    window.click("Choose Neglect");
    window.fill("Title", "Neglect 2026");
    window.scroll_to("Re-audit of");
    window.click("Re-audit of");
    window.click("Neglect 2019");
    window.click("3. Hypotheses");
    window.click("Go on to agencies and cases");
    let list = "ref,same_as\nNEG26-01,NEG19-03\nNEG26-02,NEG19-99\n";
    window.fill("Case references to add", list);
    window.click("Add these");
    window.scroll_to("Row 3: in the column same_as, “NEG19-99” is no case");
    // The row that is right is taken; the same child cannot be two.
    let list = "ref,same_as\nNEG26-02,NEG19-03\nNEG26-03,\n";
    window.fill("Case references to add", list);
    window.click("Add these");
    window.scroll_to("Row 2: in the column same_as, NEG19-03 is said to be another case");
    window.click("Go on to check and make");
    window.click("Make the audit");
    let register = window.session().register();
    let audit = register.find_audit("Neglect 2026").unwrap();
    let cases = register.cases_of(audit).into_iter();
    let named: Vec<_> = cases
        .map(|(_, case)| (case.reference.as_str(), case.same_as.as_deref()))
        .collect();
    assert_eq!(named, [("NEG26-01", Some("NEG19-03")), ("NEG26-03", None)]);
}

/// The places of these controls from left to right.
fn from_the_left(window: &Window, names: &[&str]) -> Vec<String> {
    let place = |name: &&str| {
        window
            .harness
            .get_by_role_and_label(Role::Button, name)
            .rect()
    };
    let mut found: Vec<_> = names.iter().map(|name| (place(name).min.x, name)).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found
        .into_iter()
        .map(|(_, name)| name.to_string())
        .collect()
}

#[test]
fn ways_and_audits_stand_in_one_order_everywhere() {
    let mut window = Window::on_example();
    let card = ["Cases", "Summary", "Findings", "Export"].map(|way| format!("{way}, Neglect 2019"));
    let card = card.each_ref().map(String::as_str);
    assert_eq!(from_the_left(&window, &card), card);
    window.tab_to(card[0]);
    for way in &card[1..] {
        window.press(egui::Key::Tab);
        assert_eq!(window.focused(), *way, "Tab goes as the eye does");
    }
    window.click("Cases, Neglect 2019");
    let head = ["Returns", "Attendance", "Summary", "Findings"];
    assert_eq!(from_the_left(&window, &head), head);
    window.click("Summary");
    let beside = ["Cases", "Export what is shown"];
    assert_eq!(from_the_left(&window, &beside), beside);
    // The way back is the audit's title, as from its findings and returns.
    window.click("Neglect 2019");
    window.must_see("Choose a form to fill it in or read it.");
    // The newest audit comes first in every list.
    window.click("Settings");
    window.click("How long forms are kept");
    let list = [
        "Retention, Neglect re-audit 2020",
        "Retention, Short CP plans 2019",
    ];
    assert!(top(&window, list[0]) < top(&window, list[1]));
    window.click("Back");
    window.click("Back");
    window.click("Export");
    assert!(top(&window, "Neglect re-audit 2020") < top(&window, "Short CP plans 2019"));
}

fn top(window: &Window, name: &str) -> f32 {
    let found = window.harness.query_all_by_label(name);
    found.last().unwrap().rect().min.y
}

#[test]
fn an_audits_head_says_each_thing_once_and_its_links_stand_under_one_another() {
    let mut window = Window::on_example();
    window.click("Cases, Neglect re-audit 2020");
    window.must_see("State:");
    let panels = window.harness.query_all_by_label_contains("Panel, NEG20-");
    let lefts: Vec<f32> = panels.map(|panel| panel.rect().min.x.round()).collect();
    assert_eq!(lefts.len(), 7);
    assert!(lefts.iter().all(|left| *left == lefts[0]), "{lefts:?}");
}
