//! The chair before one audit's numbers: every one of them leads to its answers.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::window::Window;

const NEGLECT: &str = "Summary, Neglect 2019";
const AGAIN: &str = "Summary, Neglect re-audit 2020";

fn on(audit: &str) -> Window {
    let mut window = Window::on_example();
    window.click(audit);
    window
}

#[test]
fn coverage_and_overall_grades_lead_to_their_forms() {
    let mut window = on(NEGLECT);
    window.must_see("All forms: 48 submitted of 56 expected");
    window.must_see("All forms: 7 not known to the agency");
    window.click("GP, declined: 1");
    window.must_see(" · GP");
    window.click("Overall grade, Police: Requires improvement 4");
    window.must_see("Police: Requires improvement");
    let panel = "Overall grade, Panel: Good 3";
    window.click(panel);
    window.must_see("Panel: Good");
    window.must_see("NEG19-");
    assert_eq!(window.unnamed(), Vec::<String>::new());
}

#[test]
fn numbers_stand_at_the_right_of_their_column_and_text_begins_on_one_edge() {
    let window = on(NEGLECT);
    let place = |name: &str| {
        let nodes = window.harness.query_all_by_label(name);
        nodes.last().unwrap().rect()
    };
    let rights = ["Social care", "CP chairs"].map(|agency| {
        let count = if agency == "CP chairs" { 4 } else { 8 };
        place(&format!("{agency}, submitted: {count} forms of 8"))
            .max
            .x
    });
    let all = place("All agencies, submitted: 48 forms of 56").max.x;
    assert!((rights[0] - all).abs() < 1.0, "{rights:?}, {all}");
    assert!((rights[1] - all).abs() < 1.0, "{rights:?}, {all}");
    let left = place("All forms: 48 submitted of 56 expected").min.x;
    let above = place("Coverage").min.x;
    assert!((left - above).abs() < 1.0, "{left}, {above}");
}

#[test]
fn bars_of_overall_grades_are_drawn_to_one_scale() {
    let window = on(NEGLECT);
    window.must_see("Good 2 · Requires improvement 2 · 4 cases without a grade");
    let wide = |name: &str| {
        let nodes = window.harness.query_all_by_label(name);
        nodes.last().unwrap().rect().width()
    };
    // Four of eight cases each, whoever else graded the others.
    let health = wide("Overall grade, Health: Good 4");
    let chairs = wide("Overall grade, CP chairs: Good 2");
    assert!((health - 2.0 * chairs).abs() < 1.0, "{health}, {chairs}");
}

#[test]
fn the_filter_in_force_stays_in_sight_and_goes_into_the_export() {
    let mut window = on(NEGLECT);
    window.must_see("Shown: everything");
    window.click("Filter by");
    window.click("Agency");
    window.click("Which agency");
    window.click("Police");
    window.must_see("Take away the filter Agency: Police");
    window.must_see("All forms: 7 submitted of 8 expected");
    window.click("Filter by");
    window.click("Age band");
    window.click("Which age band");
    window.click("0 to 4");
    window.click("Questions");
    window.scroll_to("C15b, Police: ");
    // However far down the page: the bar stands above it.
    window.must_see("Take away the filter Age band: 0 to 4");
    window.click("Take away the filter Age band: 0 to 4");
    window.click("Export what is shown");
    window.must_see("Only a part is counted, as on the summary: Agency: Police.");
    window.click("For the BMG's own tools");
    let path = window.path("police.json");
    window.fill("Path of the export", &path.display().to_string());
    window.click("Write the export");
    let text = std::fs::read_to_string(&path).unwrap();
    let written: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        written["filters"]["agency"], "POL",
        "{}",
        written["filters"]
    );
    window.click("Count everything instead");
    assert!(!window.sees("as on the summary"));
}

#[test]
fn show_everything_takes_every_filter_away() {
    let mut window = on(NEGLECT);
    for (field, which, choice) in [
        ("Theme", "Which theme", "Lived experience of the child"),
        ("Plan", "Which plan", "Child protection"),
    ] {
        window.click("Filter by");
        window.click(field);
        window.click(which);
        if !window.sees(choice) {
            window.click("Cancel");
            continue;
        }
        window.click(choice);
        window.must_see(&format!("Take away the filter {field}: {choice}"));
    }
    window.click("Show everything");
    window.must_see("Shown: everything, from submitted forms");
}

#[test]
fn the_spread_of_answers_is_read_part_by_part() {
    let mut window = on(NEGLECT);
    window.click("Questions");
    window.scroll_to("C01, all agencies: 42 of 47");
    window.click("C01, all agencies: Inadequate 5");
    window.must_see("C01, all agencies: Inadequate");
    window.must_see("· C01 · Inadequate");
    window.click("C01, all agencies: 1 not evidenced");
    window.must_see("· GP · C01 · Not evidenced on our record");
    window.click("Agencies, C01");
    window.click("C01, Police: Good 6");
    window.must_see("· Police · C01 · Good");
    window.click("Agencies side by side");
    let buttons = window.buttons();
    let cell = buttons
        .iter()
        .find(|name| name.starts_with("C01, Police: "));
    window.click(&cell.unwrap().clone());
    window.must_see("Answers, those to look at first.");
    assert_eq!(window.unnamed(), Vec::<String>::new());
}

#[test]
fn the_notes_behind_a_number_stand_beside_it() {
    let mut window = on(NEGLECT);
    window.click("Questions");
    window.scroll_to("C12, all agencies: ");
    window.click("C12, all agencies: Inadequate 4");
    let prompts = ["What worked", "What worries us", "So what for the child"];
    assert!(prompts.iter().any(|prompt| window.sees(prompt)));
}

#[test]
fn marks_of_good_practice_and_concern_lead_to_their_notes() {
    let mut window = on(NEGLECT);
    window.scroll_to("Marked by auditors");
    let marks = window.buttons();
    let concern = marks
        .iter()
        .find(|name| name.starts_with("Practice concern, "));
    let praise = marks
        .iter()
        .find(|name| name.starts_with("Good practice, "));
    let (concern, praise) = (concern.cloned(), praise.cloned());
    assert!(concern.is_some() || praise.is_some(), "{marks:?}");
    for mark in [concern, praise].into_iter().flatten() {
        window.click(&mark);
        window.must_see("Answers, those to look at first.");
    }
}

#[test]
fn what_changed_at_the_panel_is_counted_by_agency() {
    let mut window = on(NEGLECT);
    window.scroll_to("What changed at the panel");
    window.must_see("answers judged");
    let buttons = window.buttons();
    let less = buttons
        .iter()
        .find(|name| name.starts_with("All agencies, less favourable: "));
    let less = less
        .expect("some answers were judged less favourably")
        .clone();
    window.click(&less);
    window.must_see("beside the panel's judgement");
    window.must_see("The panel: ");
}

#[test]
fn timescales_stand_apart_by_kind_and_lead_to_their_cases() {
    let mut window = on(NEGLECT);
    window.click("Timescales");
    window.must_see("Statutory");
    window.click("R1: met 5 of 7");
    window.must_see("R1: met");
    window.must_see("NEG19-");
    window.click("R4: 4 cannot be computed");
    window.must_see("R4: cannot be computed");
    window.scroll_to("Indicative");
    window.must_see("R2b");
}

#[test]
fn how_long_it_took_is_told_in_what_the_limit_counts() {
    let mut window = on("Summary, Short CP plans 2019");
    window.click("Timescales");
    window.must_see("R4  Initial child protection conference (at most 15 working days)");
    window.must_see("From 12 to 16 working days, over");
    window.must_see("R6  First review conference (at most 3 calendar months)");
    window.must_see("From 85 to 92 days, over");
    assert!(!window.sees("Median"), "of six cases");
    window.click("R4: 1 missed");
    window.must_see(" working days (");
}

#[test]
fn agreement_lists_what_is_read_differently_first_and_shows_both_answers() {
    let mut window = on(NEGLECT);
    window.click("Agreement");
    window.must_see("Every question covered: 1338 pairs");
    window.must_see("They come from 8 cases, on ");
    window.must_see("Grades, all together (ordinal): alpha 0.22");
    window.must_hear("Grades, all together (ordinal): over ");
    window.must_see(" sets of answers");
    window.must_see("alpha: too few to say, 8 of the 20 sets of answers it takes");
    window.must_see("Those that people read most differently come first");
    window.click("Every question covered: 169 further apart");
    window.must_see("further apart");
    window.must_see("NEG19-01 · C");
    window.scroll_to("By pair of agencies");
    window.scroll_to("Social care and Police: ");
}

#[test]
fn a_re_audit_stands_beside_the_first_in_words_that_fit() {
    let mut window = on(AGAIN);
    window.click("Re-audit");
    window.must_see("Beside the audit it repeats");
    window.must_see("01/11/2018 to 31/10/2019");
    window.must_see("01/11/2019 to 31/10/2020");
    window.must_see("Neglect, version 1");
    // 15 of 54, then 29 of 42: both above 20, and the interval lies above 0.
    window.must_see("T14, Neglect re-audit 2020: 29 of 42");
    window.must_see("Improved · +41 points");
    assert!(!window.sees(", then 29 of 42"), "the cells say it already");
    window.click("T14, Neglect 2019: 15 of 54");
    window.must_see("NEG19-");
    window.scroll_to("The same children looked at again");
    window.click("Overview");
    let mut first = on(NEGLECT);
    first.click("Re-audit");
    first.must_see("This audit repeats no other");
}

#[test]
fn which_children_were_read_before_is_said_in_the_window() {
    let mut window = on(AGAIN);
    window.click("Re-audit");
    window.scroll_to("NEG19-06, then NEG20-05");
    let turned = window.labelled("NEG19-06, then NEG20-05: ");
    window.click(&turned);
    window.must_hear("Behind it: 15 answers given both times");
    window.click("Say which children were read before");
    window.click("Same child as, NEG20-03");
    window.click("NEG19-03");
    window.scroll_to("NEG19-03, then NEG20-03");
    // One child cannot be two.
    window.click("Same child as, NEG20-01");
    window.click("NEG19-03");
    window.must_see("NEG20-03 is said to be NEG19-03 already");
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(!window.sees("NEG19-03, then NEG20-03"));
    let cases = &window.session().register().cases;
    let said = cases.values().filter(|case| case.same_as.is_some());
    assert_eq!(said.count(), 2);
}

#[test]
fn a_share_stands_only_beside_all_the_answers_that_count() {
    let mut window = on(NEGLECT);
    window.click("Questions");
    window.click(&window.labelled("C01, all agencies: Inadequate"));
    window.must_hear("Behind it: 5 answers");
    // Those picked for speaking ill speak ill: no result.
    assert!(!window.sees("0 of 5"));
    window.click("C01, all agencies: 42 of 47");
    window.must_hear("Behind it: 47 answers, 42 of them speak well of practice");
    let shares = window.harness.query_all_by_label("42 of 47");
    assert_eq!(shares.count(), 1);
}
