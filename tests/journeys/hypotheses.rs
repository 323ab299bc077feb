//! Hypotheses and the scope: stated, worded, decided, taken back; all with its history.

use goldthread::domain::audit::Verdict;
use goldthread::domain::record::RecordKind;

use crate::window::Window;

fn on_hypotheses(audit: &str) -> Window {
    let mut window = Window::on_example();
    window.click(&format!("Summary, {audit}"));
    window.click("Hypotheses");
    window
}

#[test]
fn a_hypothesis_shows_its_questions_with_counts_and_the_panel_decides() {
    let mut window = on_hypotheses("Short CP plans 2019");
    window.must_see("Statements this audit set out to test");
    let buttons = window.buttons();
    let count = buttons.iter().find(|name| name.starts_with("H2, "));
    let count = count.expect("a question bears on H2").clone();
    window.click(&count);
    window.must_see("Answers, those to look at first.");
    window.click("Partly confirmed, H1");
    let verdict = |window: &Window| {
        let register = window.session().register();
        let audit = register.find_audit("Short CP plans 2019").unwrap();
        register.hypotheses_of(audit)[0].1.verdict
    };
    assert_eq!(verdict(&window), Some(Verdict::PartlyConfirmed));
    window.click("Undo: verdict of H1");
    assert_eq!(verdict(&window), Some(Verdict::Confirmed));
    window.fill("Why, H1", "Six of six conferences weighed the harm.");
    window.wait(1.5);
    let (store, _folder) = window.close_and_read("example.goldthread");
    let register = store.register().unwrap();
    let audit = register.find_audit("Short CP plans 2019").unwrap();
    let (id, kept) = register.hypotheses_of(audit)[0];
    assert_eq!(kept.rationale, "Six of six conferences weighed the harm.");
    let history = store.history(id).unwrap();
    assert!(
        history.len() >= 4,
        "made, decided, taken back, reasoned: {}",
        history.len()
    );
    assert!(store.record(RecordKind::Hypothesis, id).unwrap().is_some());
}

#[test]
fn statements_are_added_while_an_audit_is_open_and_fixed_afterwards() {
    let mut window = on_hypotheses("Neglect re-audit 2020");
    window.click("Cases");
    window.click("State of the audit");
    window.click("Open");
    window.click("Hypotheses");
    window.scroll_to("Another statement to test");
    window.fill("Another statement to test", "Bedrooms are seen unannounced");
    window.click("Add the statement");
    let codes = |window: &Window| -> Vec<String> {
        let register = window.session().register();
        let audit = register.find_audit("Neglect re-audit 2020").unwrap();
        let own = register.hypotheses_of(audit).into_iter();
        own.map(|(_, hypothesis)| hypothesis.code.clone()).collect()
    };
    let all = codes(&window);
    let last = all.last().unwrap().clone();
    window.click(&format!("Choose its questions, {last}"));
    window.click("N11  Did the social worker see where this child lives, sleeps and eats?");
    let questions = |window: &Window| {
        let register = window.session().register();
        let audit = register.find_audit("Neglect re-audit 2020").unwrap();
        let own = register.hypotheses_of(audit);
        own.last().unwrap().1.questions.clone()
    };
    assert_eq!(questions(&window), ["N11"]);
    window.click("Cases");
    window.click("State of the audit");
    window.click("Findings agreed");
    window.click("Hypotheses");
    window.scroll_to("Statements are added and reworded while an audit is Scoping or Open.");
    assert!(!window.sees("Add the statement"));
    assert_eq!(codes(&window), all);
}

#[test]
fn the_scope_of_an_audit_is_changed_and_undone() {
    let mut window = Window::on_example();
    window.click("Cases, Neglect re-audit 2020");
    window.click("Change the scope");
    window.must_see("Scope: Neglect re-audit 2020");
    window.fill(
        "The question this audit is to answer",
        "Is neglect seen as it builds up?",
    );
    window.fill("How many children that is", "61");
    window.click("Back");
    let scope = |window: &Window| {
        let register = window.session().register();
        let audit = register.find_audit("Neglect re-audit 2020").unwrap();
        register.audits[&audit].scope.clone()
    };
    assert_eq!(scope(&window).question, "Is neglect seen as it builds up?");
    assert_eq!(scope(&window).population, Some(61));
    window.must_see("Is neglect seen as it builds up?");
    window.click("Undo: scope of Neglect re-audit 2020");
    assert_ne!(scope(&window).question, "Is neglect seen as it builds up?");
}

#[test]
fn a_title_that_is_taken_is_refused_in_words() {
    let mut window = Window::on_example();
    window.click("Cases, Neglect re-audit 2020");
    window.click("Change the scope");
    window.fill("Title", "Neglect 2019");
    window.fill("How many children that is", "61");
    window.must_see("There is an audit called “Neglect 2019” already");
    window.click("Back");
    assert!(
        window
            .session()
            .register()
            .find_audit("Neglect re-audit 2020")
            .is_some()
    );
}

#[test]
fn a_new_audit_carries_forward_what_the_last_one_left() {
    let mut window = Window::on_example();
    window.click("New audit");
    window.click("Choose Neglect");
    window.fill("Title", "Neglect 2021");
    window.click("Re-audit of");
    window.click("Neglect 2019");
    window.must_see("Carry forward from the audit it repeats");
    window.click("4. Agencies and cases");
    window.fill("Case references to add", "NEG21-01");
    window.click("Add these");
    window.click("5. Check and make");
    window.click("Make the audit");
    let register = window.session().register();
    let audit = register.find_audit("Neglect 2021").unwrap();
    let first = register.find_audit("Neglect 2019").unwrap();
    assert_eq!(register.audits[&audit].re_audit_of, Some(first));
    assert!(!register.audits[&audit].scope.carried.is_empty());
    window.must_see("Carried: area for improvement");
}
