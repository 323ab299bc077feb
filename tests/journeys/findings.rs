//! From an answer to a finding, to an action, to a decision of the BMG read back.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use goldthread::domain::action::{ActionStatus, DueTerm};
use goldthread::domain::finding::FindingKind;
use goldthread::domain::id::RecordId;
use serde_json::Value;

use crate::window::Window;

fn audit(window: &Window, title: &str) -> RecordId {
    window.session().register().find_audit(title).unwrap()
}

/// The findings of an audit as they are numbered: number and text.
fn numbered(window: &Window, audit: RecordId) -> Vec<(u32, String)> {
    let findings = window.session().register().findings_of(audit);
    findings
        .iter()
        .map(|(_, finding)| (finding.number, finding.text.clone()))
        .collect()
}

#[test]
fn from_an_answer_to_a_finding_to_an_action_to_a_decision_read_back() {
    let mut window = Window::on_example();
    let audit = audit(&window, "Neglect re-audit 2020");

    // An answer marked as a practice concern, on the panel's day.
    window.click("Cases, Neglect re-audit 2020");
    window.click("Panel, NEG20-03");
    window.must_see("Practice concerns");
    window.click("Make it a finding, NEG20-03, Social care, N11");
    window.must_see("New finding");
    window.click("Keep this finding");
    window.click("Say what was found");
    assert_eq!(window.focused(), "The finding");
    window.fill(
        "The finding",
        "Children were seen without being asked about home.",
    );
    window.click("Keep this finding");
    window.must_see("Practice concerns");
    let found = window.session().register().findings_of(audit);
    let (id, finding) = found.last().unwrap();
    let (id, finding) = (*id, (*finding).clone());
    assert_eq!(
        (finding.number, finding.kind),
        (7, FindingKind::PracticeConcern)
    );
    assert_eq!(
        (finding.questions.as_slice(), finding.agencies.as_slice()),
        (&["N11".to_owned()][..], &["CSC".to_owned()][..])
    );

    // An action from it.
    window.click("Audits");
    window.click("Findings, Neglect re-audit 2020");
    window.scroll_to("Children were seen without being asked about home.");
    window.click("Add an action, finding 7");
    window.must_see("New action");
    window.click("Keep this action");
    window.must_see("Say what will change");
    window.fill(
        "What will change",
        "Ask every child about home at every visit",
    );
    window.click("Within three months");
    window.must_see("The date follows once it is agreed.");
    window.click("Keep this action");
    let (action, record) = window.session().register().actions_from(id)[0];
    let made = record.clone();
    assert_eq!(
        (made.due_term, made.due, made.status),
        (Some(DueTerm::ThreeMonths), None, ActionStatus::Proposed)
    );

    // Out to the BMG, decided on, and back.
    window.click("Export");
    window.click("The action plan, to decide on");
    let path = window.path("plan.json");
    window.fill("Path of the export", &path.display().to_string());
    window.click("Write the export");
    window.must_see("Show in its folder");
    let mut plan: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let entry = plan["actions"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .find(|entry| entry["id"] == action.to_string())
        .unwrap();
    entry["status"] = "agreed".into();
    entry["owner_agency"] = "CSC".into();
    entry["owner_role"] = "Principal social worker".into();
    entry["update"] = "Agreed at the March meeting.".into();
    std::fs::write(&path, plan.to_string()).unwrap();
    window.click("Actions");
    window.click("Read decisions in…");
    window.fill("File of decisions", &path.display().to_string());
    window.click("See what it decides");
    window.must_see("1 action changes");
    window.must_see("Status: from Proposed to Agreed");
    window.must_see("Owner role: from nothing to Principal social worker");
    assert_eq!(
        window.session().register().actions[&action],
        made,
        "a preview changes nothing"
    );
    window.click("Take these decisions");
    window.must_see("Took the decisions on 1 action.");
    let decided = &window.session().register().actions[&action];
    assert_eq!(decided.status, ActionStatus::Agreed);
    assert_eq!(
        decided.due,
        "2026-06-02".parse().ok(),
        "three months from today"
    );
    assert_eq!(window.session().register().updates_of(action).len(), 1);

    window.click("Undo: decisions from plan.json");
    assert_eq!(window.session().register().actions[&action], made);
    assert!(window.session().register().updates_of(action).is_empty());
    let (store, _folder) = window.close_and_read("example.goldthread");
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn suggestions_are_drafted_set_aside_and_brought_back() {
    let mut window = Window::on_example();
    let audit = audit(&window, "Neglect 2019");
    window.click("Findings, Neglect 2019");
    window.scroll_to("Suggested by the summary");
    window.scroll_to("14 of 53 answers speak well of practice");
    window.scroll_to("Finding 4 rests on the same.");
    window.click("Set aside: Weak: Lived experience");
    window.click("Set it aside");
    assert!(
        window.session().register().dismissals.is_empty(),
        "not without a reason"
    );
    window.fill("Why", "Finding 4 says it");
    window.click("Set it aside");
    assert_eq!(window.session().register().dismissals.len(), 1);
    window.scroll_to("Show what was set aside (1)");
    window.click("Show what was set aside (1)");
    window.scroll_to("Set aside: Finding 4 says it");
    window.click("Bring back: Weak: Lived experience");
    assert!(window.session().register().dismissals.is_empty());
    window.click("Draft: Weak: Lived experience");
    window.must_see("New finding");
    window.fill(
        "The finding",
        "A day in the child's life is seldom described.",
    );
    // Going elsewhere keeps what is written.
    window.click("Audits");
    let findings = numbered(&window, audit);
    assert_eq!(
        findings.last().unwrap().1,
        "A day in the child's life is seldom described."
    );
}

#[test]
fn the_order_is_changed_by_button_and_keyboard_and_numbers_stay_tidy() {
    let mut window = Window::on_example();
    let audit = audit(&window, "Neglect re-audit 2020");
    window.click("Findings, Neglect re-audit 2020");
    let before = numbered(&window, audit);
    let texts = |window: &Window| -> Vec<String> {
        numbered(window, audit)
            .into_iter()
            .map(|(_, text)| text)
            .collect()
    };
    let tidy = |window: &Window| {
        let numbers: Vec<u32> = numbered(window, audit)
            .iter()
            .map(|(number, _)| *number)
            .collect();
        assert_eq!(numbers, (1..=numbers.len() as u32).collect::<Vec<_>>());
    };
    window.click("Move down, finding 1");
    assert_eq!(
        texts(&window)[..2],
        [before[1].1.clone(), before[0].1.clone()]
    );
    tidy(&window);
    window.tab_to("Edit, finding 2");
    window.press_with(Modifiers::COMMAND, Key::ArrowUp);
    assert_eq!(numbered(&window, audit), before);
    window.press_with(Modifiers::COMMAND, Key::ArrowDown);
    window.press_with(Modifiers::COMMAND, Key::ArrowDown);
    assert_eq!(
        texts(&window)[2],
        before[0].1,
        "the keyboard stays with the finding: {}",
        window.focused()
    );
    tidy(&window);
    window.click("Undo: order of the findings");
    window.click("Undo: order of the findings");
    assert_eq!(numbered(&window, audit), before);

    // Finding 1 has no action: it can be taken away, and those after it move up.
    window.click("Take away, finding 1");
    window.fill("Why", "Said in finding 3");
    window.click("Take it away");
    assert_eq!(
        texts(&window),
        before[1..]
            .iter()
            .map(|(_, text)| text.clone())
            .collect::<Vec<_>>()
    );
    tidy(&window);
    // Finding 5 of old has actions, and stays.
    window.click("Take away, finding 4");
    window.fill("Why", "Not needed");
    window.click("Take it away");
    window.must_see("take them away first");
    assert_eq!(texts(&window).len(), before.len() - 1);
}

#[test]
fn a_judgement_changed_later_flags_the_finding_until_it_is_looked_at_again() {
    let mut window = Window::on_example();
    let audit = audit(&window, "Neglect re-audit 2020");
    let findings = window.session().register().findings_of(audit);
    let (id, finding) = findings
        .iter()
        .find(|(_, f)| f.questions.contains(&"C07".to_owned()))
        .unwrap();
    let (id, number) = (*id, finding.number);
    assert!(window.session().changed_under(id).is_empty());
    window.click("Cases, Neglect re-audit 2020");
    window.click("Panel, NEG20-01");
    window.click("Read and judge, C07");
    window.type_key("4");
    window.click("Audits");
    window.must_see("1 finding to look at again");
    window.click("1 finding to look at again, Neglect re-audit 2020");
    window.must_see("NEG20-01, C07, panel: ");
    window.must_see("is Inadequate");
    // Another place in the order is no second look.
    window.click(&format!("Move down, finding {number}"));
    let number = window.session().register().findings[&id].number;
    assert!(!window.session().changed_under(id).is_empty());
    window.click(&format!("It stands, finding {number}"));
    assert!(window.session().changed_under(id).is_empty());
    window.click(&format!("Undo: finding {number} looked at again"));
    assert!(
        !window.session().changed_under(id).is_empty(),
        "the look was taken back"
    );
}

#[test]
fn an_action_is_done_with_evidence_and_not_done_with_a_reason() {
    let mut window = Window::on_example();
    window.click("Actions");
    window.must_see("Overdue (");
    window.must_see("No owner");
    let what =
        "Action: Train two toolkit leads in each locality and report repeat use each quarter.";
    let id = {
        let mut actions = window.session().register().actions.iter();
        *actions
            .find(|(_, action)| what.ends_with(&action.what))
            .unwrap()
            .0
    };
    window.click(what);
    window.fill("Evidence of impact", "");
    window.press(Key::Backspace);
    window.click("Done");
    window.click("Keep this action");
    window.must_see("Say what shows that it made a difference");
    window.click("Not done");
    window.click("Keep this action");
    window.must_see("Say why it is not done");
    window.fill("Why", "The toolkit is being replaced");
    window.click("Keep this action");
    let action = &window.session().register().actions[&id];
    assert_eq!(action.status, ActionStatus::NotDone);
    let notes = window.session().register().updates_of(id);
    assert_eq!(notes.last().unwrap().text, "The toolkit is being replaced");
    window.must_see("Actions");
    window.click("Board");
    window.must_see("Ended (");
    window.click("Begin: Adopt one framework for assessing sexual abuse in the family and train assessing social workers in it.");
}

#[test]
fn what_an_action_lacks_is_said_beside_its_field_and_leads_there() {
    let mut window = Window::on_example();
    window.click("Findings, Neglect 2019");
    window.click("Add an action, finding 1");
    window.click("Done");
    window.click("Keep this action");
    for (words, field) in [
        ("Say what will change", "What will change"),
        (
            "Say what shows that it made a difference: an action is done with evidence",
            "Evidence of impact",
        ),
    ] {
        assert!(
            window.harness.query_all_by_label(words).count() > 1,
            "{words}"
        );
        window.click(words);
        assert_eq!(window.focused(), field);
    }
    window.type_text("Seen in six of eight files");
    assert!(!window.sees("Say what shows"), "it is there now");
}

#[test]
fn practice_concerns_are_followed_up_one_by_one() {
    let mut window = Window::on_example();
    let audit = audit(&window, "Neglect re-audit 2020");
    let open = window.session().open_concerns(audit);
    window.click(&format!(
        "{open} practice concerns to follow up, Neglect re-audit 2020"
    ));
    window.must_see(&format!("{open} open"));
    window.fill(
        "Own review done on, NEG20-03, Social care, N11, day/month/year",
        "14/02/2026",
    );
    window.fill(
        "By which role, NEG20-03, Social care, N11",
        "Service manager",
    );
    window.fill(
        "Outcome, NEG20-03, Social care, N11",
        "Supervision now asks about the school day.",
    );
    window.click("Audits");
    assert_eq!(window.session().open_concerns(audit), open - 1);
    let follow_ups: Vec<_> = window
        .session()
        .register()
        .concern_follow_ups
        .values()
        .filter(|f| f.question == "N11")
        .cloned()
        .collect();
    assert_eq!(follow_ups.len(), 1);
    assert_eq!(follow_ups[0].reviewed, "2026-02-14".parse().ok());
    assert_eq!(follow_ups[0].by_role, "Service manager");
}

#[test]
fn a_safety_stop_says_who_was_told_and_a_concern_what_is_still_to_be_filled_in() {
    let mut window = Window::on_example();
    window.click("Findings, Neglect 2019");
    window.click("Practice concerns");
    window.must_see("Answered Unsure on 28/11/2019.");
    window.must_see("Safeguarding lead: told 28/11/2019 10:40 (Named nurse; Telephone). Agreed");
    window.must_see("Front door: told 28/11/2019 11:05 (Duty team manager; ");
    window.must_see("Followed up once the date and the outcome are filled in.");
}

#[test]
fn a_file_of_decisions_that_is_wrong_is_refused_and_changes_nothing() {
    let mut window = Window::on_example();
    let before = window.session().register().actions.clone();
    window.click("Actions");
    window.click("Read decisions in…");
    let path = window.path("letter.json");
    std::fs::write(&path, "Dear all,").unwrap();
    window.fill("File of decisions", &path.display().to_string());
    window.click("See what it decides");
    window.must_see("This file is refused, and nothing was changed");
    window.must_see("line 1, column 1: it is not JSON");
    assert_eq!(window.session().register().actions, before);
}

#[test]
fn every_control_of_findings_and_actions_has_a_name() {
    let mut window = Window::on_example();
    let steps: [&[&str]; 9] = [
        &["Findings, Neglect 2019"],
        &["New finding"],
        &["Cancel", "Edit, finding 1"],
        &["Cancel", "Practice concerns"],
        &["Actions"],
        &["Board"],
        &["Table", "Read decisions in…"],
        &[
            "Audits",
            "Findings, Neglect 2019",
            "Add an action, finding 1",
        ],
        &["Done"],
    ];
    for step in steps {
        for name in step {
            window.click(name);
        }
        assert_eq!(window.unnamed(), Vec::<String>::new(), "{step:?}");
    }
}

#[test]
fn an_owner_is_named_alike_in_the_list_and_on_the_action() {
    let mut window = Window::on_example();
    window.click("Actions");
    window.must_see("Health, Named nurse");
    window.click("Action: Run three sessions on disagreeing well at conference, led by a chair, a head teacher and a health visitor.");
    assert!(!window.sees("Health providers"));
}

#[test]
fn under_overdue_the_date_alone_is_told() {
    let mut window = Window::on_example();
    window.click("Actions");
    window.must_see("Overdue (11)");
    window.must_see("28/02/2020");
    assert!(!window.sees("since 28/02/2020"));
    // Grouped otherwise, each row has to say it.
    window.click("Group by");
    window.click("Group by owner");
    window.must_see("since 28/02/2020");
}

#[test]
fn a_suggestions_title_does_not_repeat_its_badge() {
    let mut window = Window::on_example();
    window.click("Findings, Neglect 2019");
    window.scroll_to("Suggested by the summary");
    window.must_see("Practice concern");
    // Named in full where it stands alone, as for an assistive program.
    let drafts = window.buttons();
    let draft = |name: &&String| name.starts_with("Draft: Practice concern: ");
    let theme = drafts.iter().find(draft).unwrap()["Draft: Practice concern: ".len()..].to_owned();
    let shown = format!("Practice concern: {theme}");
    assert_eq!(
        window.harness.query_all_by_label(&shown).count(),
        0,
        "{shown}"
    );
    assert!(
        window.harness.query_all_by_label(&theme).count() > 0,
        "{theme}"
    );
}
