//! The auditor: sets up, fills a form in by keyboard, is stopped, submits, reopens.

use egui::{Key, Modifiers};
use goldthread::domain::answer::{Answer, Given, Note, Value};
use goldthread::domain::form::FormStatus;
use goldthread::domain::id::RecordId;
use goldthread::domain::record::{Record, RecordKind};
use goldthread::domain::tool::{Kind, Question};
use goldthread::session::OpenForm;
use goldthread::session::SaveState;
use goldthread::ui::Route;

use crate::window::Window;

/// A new register with one neglect audit of two cases; the window shows the audit.
fn with_audit() -> Window {
    let mut window = Window::start(None);
    window.click("New register…");
    window.fill(
        "Name of the partnership",
        "Anyshire Safeguarding Children Partnership",
    );
    let path = window.path("register.goldthread").display().to_string();
    window.fill("Where to keep it", &path);
    window.click("No passphrase: the folder is protected another way");
    window.click("Make the register");
    window.must_see("Your first audit");
    window.click("New audit");
    window.click("Choose Neglect");
    window.fill("Title", "Neglect 2026");
    window.fill("From, day/month/year", "01/03/2025");
    window.fill("To, day/month/year", "28/02/2026");
    window.press(Key::Tab);
    window.click("Go on to hypotheses");
    window.click("Go on to agencies and cases");
    window.fill("Case references to add", "NEG26-01\nNEG26-02\n");
    window.click("Add these");
    window.click("Go on to check and make");
    window.must_see("2 cases, 7 agencies: 14 forms");
    window.click("Make the audit");
    window.must_see("Choose a form to fill it in or read it.");
    window
}

fn open_form(window: &mut Window) -> RecordId {
    window.click("NEG26-01, Social care: Not started");
    window.must_see("Case NEG26-01");
    window.session().form().unwrap().form
}

fn form(window: &Window) -> &OpenForm {
    window.session().form().unwrap()
}

fn status(window: &Window, id: RecordId) -> FormStatus {
    window.session().register().forms[&id].status
}

/// The first question that is asked and not answered.
fn next(window: &Window) -> Option<Question> {
    form(window).state().next_unanswered(None).cloned()
}

/// Answers the question worked on, by its keys alone.
fn answer_by_keys(window: &mut Window, question: &Question) {
    match question.kind {
        Kind::Grade => window.type_key("2"),
        Kind::YesPartlyNo => window.type_key("Y"),
        Kind::PickOne | Kind::PickMany => window.type_key("1"),
        Kind::Number => {
            window.press(Key::Enter);
            window.type_text("4");
        }
        Kind::Text => {
            window.press(Key::Enter);
            window.type_text("The health visitor named the pattern in March.");
        }
        Kind::Date => {
            window.press(Key::Enter);
            window.type_text("04/11/2025");
        }
        Kind::Ratio => unreachable!("no neglect question is a ratio"),
    }
}

fn value(window: &Window, question: &str) -> Option<Value> {
    form(window).content.answers.get(question)?.value().cloned()
}

#[test]
fn a_whole_neglect_form_by_keyboard_with_the_safety_stop_submit_and_reopen() {
    let mut window = with_audit();
    let id = open_form(&mut window);
    window.tab_to("Your role");
    window.type_text("team manager");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(window.session().register().forms[&id].role, "team manager");

    let mut answered = 0;
    while let Some(question) = next(&window) {
        assert!(answered < 60, "the keyboard is stuck at {}", question.id);
        answer_by_keys(&mut window, &question);
        window.press_with(Modifiers::COMMAND, Key::Enter);
        assert!(
            form(&window).state().is_answered(&question.id),
            "{} was not answered",
            question.id
        );
        answered += 1;
    }
    assert_eq!(answered, form(&window).state().asked().len());
    assert_eq!(value(&window, "N01"), Some(Value::Number(4)));
    assert_eq!(
        value(&window, "N04a"),
        Some(Value::one("2025-11-04")),
        "the date follows a Yes to N04"
    );

    the_overall_grade(&mut window, id);
    be_stopped(&mut window, id);
    submit_and_reopen(&mut window, id);
    the_file_has_it_all(window, id);
}

fn the_overall_grade(window: &mut Window, id: RecordId) {
    window.must_see("Overall grade");
    window.type_key("3");
    window.press(Key::Enter);
    window.type_text("Drift was named late.");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    let form = &window.session().register().forms[&id];
    assert_eq!(form.overall.as_deref(), Some("requires_improvement"));
    assert_eq!(form.overall_reason, "Drift was named late.");
    assert_eq!(window.harness.state().route(), &Route::Review(id));
    window.must_see("Everything is answered.");
}

/// Goes back, says that the child may not be safe, and is held until it is recorded who was told.
fn be_stopped(window: &mut Window, id: RecordId) {
    window.tab_to("Change C15b");
    window.press(Key::Enter);
    assert_eq!(window.harness.state().route(), &Route::Form(id));
    window.type_key("2"); // the second choice: no
    window.must_see("Stop. This child may not be safe today.");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.must_see("Stop. This child may not be safe today.");
    for who in [
        "safeguarding lead for this case",
        "front door of children's social care",
    ] {
        for (field, text) in [
            (
                "Role of the person told (never a name)".to_owned(),
                "Duty manager",
            ),
            ("Date told".to_owned(), "02/03/2026"),
            ("Time told".to_owned(), "11:40"),
            (
                "Route: telephone, secure e-mail, in person".to_owned(),
                "Telephone",
            ),
            (
                "What they said they would do".to_owned(),
                "Strategy discussion today",
            ),
        ] {
            let name = if field == "Date told" {
                format!("{field}, {who}, day/month/year")
            } else {
                format!("{field}, {who}")
            };
            window.tab_to(&name);
            window.type_text(text);
            assert!(
                !window
                    .session()
                    .register()
                    .safety_stop(id)
                    .is_some_and(|stop| stop.is_resolved())
            );
        }
    }
    window.tab_to("Record and go on");
    window.press(Key::Enter);
    assert!(
        window
            .session()
            .register()
            .safety_stop(id)
            .unwrap()
            .is_resolved()
    );
    assert!(!window.sees("Stop. This child may not be safe today."));
    assert_eq!(
        value(window, "C15b"),
        Some(Value::one("no")),
        "the answer stays as it was given"
    );
}

fn submit_and_reopen(window: &mut Window, id: RecordId) {
    window.tab_to("Review and submit");
    window.press(Key::Enter);
    // No has to say why.
    window.must_see("C15b: say why in a note");
    window.tab_to("C15b: say why in a note");
    window.press(Key::Enter);
    window.press(Key::Enter);
    window.type_text("New partner in the home, not assessed.");
    window.tab_to("Review and submit");
    window.press(Key::Enter);
    window.tab_to("Submit this form");
    window.press(Key::Enter);
    assert_eq!(status(window, id), FormStatus::Submitted);
    window.click("NEG26-01, Social care: Submitted");
    window.must_see("This form is submitted.");
    window.type_key("1");
    assert_eq!(
        value(window, "C01"),
        Some(Value::one("good")),
        "a submitted form does not change"
    );
    window.tab_to("Reopen…");
    window.press(Key::Enter);
    window.press(Key::Tab);
    window.tab_to("Why is it reopened?");
    window.type_text("A second file was found");
    window.tab_to("Reopen");
    window.press(Key::Enter);
    assert_eq!(status(window, id), FormStatus::InProgress);
}

fn the_file_has_it_all(window: Window, id: RecordId) {
    let (store, _folder) = window.close_and_read("register.goldthread");
    assert_eq!(store.check().unwrap(), []);
    let answers = store.records_on_form(RecordKind::Answer, id).unwrap();
    assert!(answers.len() >= 25, "{}", answers.len());
    let history = store.history(Answer::id(id, "C15b")).unwrap();
    assert!(history[0].after.as_ref().unwrap().contains("\"yes\""));
    assert!(history[1].before.as_ref().unwrap().contains("\"yes\""));
    assert!(history[1].after.as_ref().unwrap().contains("\"no\""));
    assert_eq!(history[0].author.role, "team manager");
    assert_eq!(history[0].author.agency, "CSC");
    let form = store.history(id).unwrap();
    assert_eq!(
        form.last().unwrap().reason.as_deref(),
        Some("A second file was found")
    );
    let Some(Record::SafetyStop(stop)) = store
        .record(
            RecordKind::SafetyStop,
            goldthread::domain::safety_stop::SafetyStop::id(id),
        )
        .unwrap()
    else {
        panic!("the safety stop is not in the file");
    };
    assert!(stop.is_resolved());
    assert_eq!(stop.lead.route, "Telephone");
}

#[test]
fn a_note_is_kept_after_a_second_and_when_the_field_is_left() {
    let mut window = with_audit();
    open_form(&mut window);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.press(Key::Enter);
    assert_eq!(window.focused(), "What worked, C01");
    window.type_text("Seen");
    window.wait(2.0);
    let note = |window: &Window| {
        form(window).content.answers["C01"]
            .note(Note::Worked)
            .to_owned()
    };
    assert_eq!(
        note(&window),
        "Seen",
        "kept while the field still has the keyboard"
    );
    window.type_text(" at home");
    window.press(Key::Escape);
    assert_eq!(note(&window), "Seen at home");
    assert!(matches!(window.session().save_state(), SaveState::Saved(_)));
    window.must_see("Saved ");
}

#[test]
fn undo_takes_back_answers_and_a_minute_of_typing_at_once() {
    let mut window = with_audit();
    open_form(&mut window);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.type_key("2");
    window.type_key("3");
    assert_eq!(
        value(&window, "C01"),
        Some(Value::one("requires_improvement"))
    );
    window.must_see("Undo: answer to C01, NEG26-01");
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(value(&window, "C01"), Some(Value::one("good")));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(value(&window, "C01"), None);
    window.press_with(Modifiers::COMMAND, Key::Y);
    assert_eq!(value(&window, "C01"), Some(Value::one("good")));
    window.press(Key::Enter);
    for part in ["The", " school", " rang"] {
        window.type_text(part);
        window.wait(1.5);
    }
    window.press(Key::Escape);
    let note = |window: &Window| {
        form(window).content.answers["C01"]
            .note(Note::Worked)
            .to_owned()
    };
    assert_eq!(note(&window), "The school rang");
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(note(&window), "");
}

#[test]
fn both_blanks_and_taking_an_answer_back() {
    let mut window = with_audit();
    open_form(&mut window);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    let given = |window: &Window| {
        form(window)
            .content
            .answers
            .get("C01")
            .and_then(|answer| answer.given.clone())
    };
    for (key, blank) in [("A", "not_applicable"), ("E", "not_evidenced")] {
        window.type_key(key);
        let Some(Given::Blank(found)) = given(&window) else {
            panic!("{key}")
        };
        assert_eq!(serde_json::to_value(found).unwrap(), blank);
    }
    window.type_key("E");
    assert_eq!(given(&window), None);
}

#[test]
fn not_known_takes_the_answers_away_and_declining_needs_a_reason() {
    let mut window = with_audit();
    let id = open_form(&mut window);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.type_key("2");
    window.click("This case, 0 of 1");
    window.click("Not known to us…");
    assert_eq!(window.focused(), "Cancel", "it takes an answer away");
    window.click("Mark as not known");
    assert_eq!(status(&window, id), FormStatus::NotKnown);
    assert!(form(&window).content.answers.is_empty());
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(status(&window, id), FormStatus::InProgress);
    assert_eq!(value(&window, "C01"), Some(Value::one("good")));
    window.click("Decline…");
    window.click("Decline");
    assert_eq!(
        status(&window, id),
        FormStatus::InProgress,
        "no reason, no declining"
    );
    window.fill("Why is it declined?", "Records are with the court");
    window.click("Decline");
    assert_eq!(status(&window, id), FormStatus::Declined);
    window.must_see("Records are with the court");
}

#[test]
fn the_keys_told_are_those_on_the_buttons_and_the_look_for_lines_have_a_heading() {
    let mut window = with_audit();
    open_form(&mut window);
    window.must_see("The key on a button: that answer");
    assert!(!window.sees("1 to 4"), "a list may have six");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    for _ in 0..5 {
        window.press_with(Modifiers::COMMAND, Key::Plus);
    }
    window.must_see("What good evidence looks like");
}

#[test]
fn work_is_taken_up_where_it_was_left() {
    let mut window = with_audit();
    open_form(&mut window);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    for _ in 0..4 {
        window.type_key("A");
        window.press_with(Modifiers::COMMAND, Key::Enter);
    }
    let expected = next(&window).unwrap();
    let Window { harness, folder } = window;
    drop(harness);
    let mut window = Window::start_in(folder, Some("register.goldthread"));
    window.click("Cases, Neglect 2026");
    window.click("NEG26-01, Social care: In progress");
    window.must_see(&expected.text);
    window.type_key("A");
    assert!(form(&window).state().is_answered(&expected.id));
}

#[test]
fn a_list_of_cases_from_a_file_says_what_is_wrong_row_by_row() {
    let mut window = with_audit();
    window.click("Audits");
    window.click("New audit");
    window.click("Choose Neglect");
    window.click("3. Hypotheses");
    window.click("Go on to agencies and cases");
    window.scroll_to("or the path of a CSV file");
    window.fill(
        "Path of a CSV file of cases",
        "tests/fixtures/cases/references-bad.csv",
    );
    window.click("Read");
    window.scroll_to("Some rows were not taken");
    window.scroll_to("Row ");
    window.fill(
        "Path of a CSV file of cases",
        "tests/fixtures/cases/references-good.csv",
    );
    window.click("Read");
    window.scroll_to("NEG26-08");
}

#[test]
fn undo_does_not_make_a_safety_stop_go_away_but_a_reason_does() {
    let mut window = with_audit();
    let id = open_form(&mut window);
    window.click("Impact, 0 of 2");
    window.click("Unsure, C15b");
    window.must_see("Stop. This child may not be safe today.");
    window.click("Undo: answer to C15b, NEG26-01");
    assert_eq!(value(&window, "C15b"), None);
    window.must_see("Stop. This child may not be safe today.");
    assert!(
        !window
            .session()
            .register()
            .safety_stop(id)
            .unwrap()
            .is_resolved()
    );
    window.fill(
        "Why the first answer was a mistake, slip",
        "Wrong key, child seen today",
    );
    window.click("The child is safe: go on");
    assert!(!window.sees("Stop. This child may not be safe today."));
    let stop = window.session().register().safety_stop(id).unwrap();
    assert_eq!(stop.opened_in_error, "Wrong key, child seen today");
    // The same answer again opens it again.
    window.click("No, C15b");
    window.must_see("Stop. This child may not be safe today.");
}

#[test]
fn an_alarming_answer_asks_the_safety_question_again_on_every_page() {
    let mut window = Window::on_example();
    window.click("Cases, Sexual abuse referrals 2020");
    window.click("CSA20-01, Police: Submitted");
    window.click("Reopen…");
    window.fill("Why is it reopened?", "To look again");
    window.click("Reopen");
    let section = window
        .buttons()
        .into_iter()
        .find(|name| name.starts_with("Referral and response"))
        .unwrap();
    window.click(&section);
    window.scroll_to("Inadequate, A03");
    window.click("Inadequate, A03");
    window.must_see("Your answer to A03 raises a safety question. Please answer again:");
    let other = window
        .buttons()
        .into_iter()
        .find(|name| name.starts_with("Overall grade"))
        .unwrap();
    window.click(&other);
    window.must_see("raises a safety question");
    window.click("Yes, C15b asked again");
    assert!(!window.sees("raises a safety question"));
    assert_eq!(form(&window).content.answers["C15b"].in_view_of, ["A03"]);
}

#[test]
fn nothing_typed_is_lost_by_going_elsewhere_at_once() {
    let mut window = with_audit();
    open_form(&mut window);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.press(Key::Enter);
    window.type_text("Half a sentence");
    window.click("Themes");
    window.click("Audits");
    window.click("Cases, Neglect 2026");
    window.click("NEG26-01, Social care: In progress");
    assert_eq!(
        form(&window).content.answers["C01"].worked,
        "Half a sentence"
    );
    window.click("Key dates, 0 of 12");
    let field = form(&window)
        .tool
        .key_dates
        .iter()
        .find(|date| date.id == "referral")
        .unwrap();
    let name = format!("{}, day/month/year", field.label);
    window.fill(&name, "04/11/2025");
    window.click("This case, 0 of 1");
    let kept = form(&window).content.dates.get("referral").copied();
    assert_eq!(kept, "2025-11-04".parse().ok());
}
