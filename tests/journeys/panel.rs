//! The panel day: one case after another, judged by keyboard.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use goldthread::domain::agreed_date::AgreedDate;
use goldthread::domain::answer::Value;
use goldthread::domain::attendance::{Attendance, Presence};
use goldthread::domain::id::RecordId;
use goldthread::domain::judgement::Judgement;
use goldthread::domain::record::{Record, RecordKind};
use goldthread::session::Accord;

use crate::window::Window;

fn open_panel(window: &mut Window, reference: &str) {
    window.click("Cases, Neglect re-audit 2020");
    window.click(&format!("Panel, {reference}"));
    window.must_see("Case ");
    assert_eq!(window.session().case().unwrap().reference, reference);
}

fn case(window: &Window) -> RecordId {
    window.session().case().unwrap().case
}

fn judgement(window: &Window, question: Option<&str>) -> Option<Judgement> {
    let id = Judgement::id(case(window), question);
    window.session().register().judgements.get(&id).cloned()
}

#[test]
fn a_case_is_judged_by_keyboard_and_everything_is_in_the_file() {
    let mut window = Window::on_example();
    open_panel(&mut window, "NEG20-01");
    let first = case(&window);
    // C03 differs and is not judged; the questions that differ stand first.
    for _ in 0..40 {
        if window.sees("Good, panel on C03") {
            break;
        }
        window.press(Key::ArrowDown);
    }
    window.must_see("Good, panel on C03");
    window.must_see("Judge first, then give the reason.");
    window.type_key("2");
    let value = judgement(&window, Some("C03")).unwrap().value;
    let options = window.session().case().unwrap().tool.clone();
    let scale = options.scale(&options.grade_scale).unwrap();
    assert_eq!(value, Value::one(scale.values[1].id.as_str()));

    window.press(Key::Enter);
    assert_eq!(window.focused(), "Reason, C03");
    window.type_text("The chronology shows it");
    window.wait(1.5);
    assert_eq!(
        judgement(&window, Some("C03")).unwrap().reason,
        "The chronology shows it",
        "kept after one idle second"
    );
    window.press(Key::Escape);
    assert_ne!(window.focused(), "Reason, C03");
    window.fill(
        "Who saw it differently, and why, C03",
        "Police: their own grade stands",
    );

    // Page Down belongs to the field while one types; Esc leaves it and keeps what is typed.
    window.press(Key::Escape);
    window.press(Key::PageDown);
    window.must_see("Case 2 of 7");
    assert_ne!(case(&window), first);
    window.press(Key::PageUp);
    assert_eq!(case(&window), first);
    let kept = judgement(&window, Some("C03")).unwrap();
    assert_eq!(kept.dissent, "Police: their own grade stands");

    let (store, _folder) = window.close_and_read("example.goldthread");
    assert_eq!(store.check().unwrap(), []);
    let id = Judgement::id(first, Some("C03"));
    let Some(Record::Judgement(stored)) = store.record(RecordKind::Judgement, id).unwrap() else {
        panic!("the judgement is not in the file");
    };
    assert_eq!(stored, kept);
    let history = store.history(id).unwrap();
    assert!(history.len() >= 3, "value, reason, dissent: {history:?}");
    assert!(history[0].before.is_none());
}

#[test]
fn what_is_typed_is_kept_when_another_question_or_case_is_chosen() {
    let mut window = Window::on_example();
    open_panel(&mut window, "NEG20-01");
    let first = case(&window);
    window.click("Read and judge, C07");
    window.fill("Reason, C07", "Typed and left at once");
    window.click("Read and judge, C11");
    assert_eq!(
        judgement(&window, Some("C07")).unwrap().reason,
        "Typed and left at once"
    );
    window.fill("Reason, C11", "Typed, then the next case");
    window.click("Next case");
    let id = Judgement::id(first, Some("C11"));
    let kept = &window.session().register().judgements[&id];
    assert_eq!(kept.reason, "Typed, then the next case");
}

#[test]
fn agreeing_lists_what_it_does_and_is_one_step_of_undo() {
    let mut window = Window::on_example();
    open_panel(&mut window, "NEG20-01");
    let before = window.session().register().judgements.len();
    let open = window.session().case().unwrap();
    let register = window.session().register();
    let agreed: Vec<String> = open
        .to_agree(register)
        .iter()
        .map(|(question, _)| question.id.clone())
        .collect();
    assert!(agreed.contains(&"C04".to_owned()), "{agreed:?}");
    assert!(!agreed.contains(&"C07".to_owned()), "judged already");
    assert!(!agreed.contains(&"C02".to_owned()), "a blank differs");
    assert!(!agreed.contains(&"C15b".to_owned()), "judged by itself");
    let c15b = open.tool.question("C15b").unwrap();
    assert_eq!(open.accord(c15b), Accord::Agree);
    let c02 = open.tool.question("C02").unwrap();
    assert_eq!(open.accord(c02), Accord::Differ);

    window.click("Agree where all who answered agree…");
    window.must_see("All 4 who answered: Yes");
    window.must_see("judged by itself: C15b.");
    window.click("Cancel");
    assert_eq!(window.session().register().judgements.len(), before);

    window.click("Agree where all who answered agree…");
    let button = match agreed.len() {
        1 => "Make this judgement".to_owned(),
        count => format!("Make these {count} judgements"),
    };
    window.click(&button);
    assert_eq!(
        window.session().register().judgements.len(),
        before + agreed.len()
    );
    let made = judgement(&window, Some("C04")).unwrap();
    assert_eq!(
        (made.value, made.reason.as_str()),
        (Value::one("yes"), "All 4 agencies that answered agree")
    );
    window.must_see("Nothing is left on which all who answered agree.");
    window.click("Undo: what agencies agree on, NEG20-01");
    assert_eq!(window.session().register().judgements.len(), before);
}

#[test]
fn a_judgement_can_be_taken_away_and_undone_from_another_case() {
    let mut window = Window::on_example();
    open_panel(&mut window, "NEG20-01");
    let standing = judgement(&window, Some("C07")).unwrap();
    window.click("Read and judge, C07");
    window.type_key("2");
    assert_eq!(
        judgement(&window, Some("C07")),
        Some(standing.clone()),
        "the same grade again changes nothing"
    );
    window.click("Take the judgement away, C07");
    assert_eq!(judgement(&window, Some("C07")), None);
    window.press(Key::PageDown);
    window.click("Undo: panel judgement on C07, NEG20-01");
    window.press(Key::PageUp);
    assert_eq!(judgement(&window, Some("C07")), Some(standing));
}

#[test]
fn an_overall_grade_above_the_suggestion_needs_a_reason() {
    let mut window = Window::on_example();
    open_panel(&mut window, "NEG20-01");
    window.click("Overall grade");
    window.must_see("The limiting rules suggest no ceiling for this case.");
    window.click("Questions, 18 differ");
    window.must_see("Outstanding, panel on C01");
    for code in ["C01", "C14"] {
        if code == "C14" {
            window.click("Read and judge, C14");
        }
        window.type_key("4");
        assert_eq!(
            judgement(&window, Some(code)).unwrap().value,
            Value::one("inadequate")
        );
    }
    window.click("Overall grade");
    window.must_see("The limiting rules suggest no better than requires improvement");
    window.must_see("The panel's grade is better; its reason is below.");
    window.click("Take the judgement away, overall grade");
    assert_eq!(judgement(&window, None), None);
    window.must_see("a better grade needs a reason");

    window.type_key("2");
    window.must_see("Above what the limiting rules suggest");
    assert_eq!(
        judgement(&window, None),
        None,
        "nothing is given without a reason"
    );
    window.type_text("The two sections concern one visit");
    window.click("Give this grade");
    let given = judgement(&window, None).unwrap();
    assert_eq!(given.value, Value::one("good"));
    assert_eq!(given.reason, "The two sections concern one visit");

    window.fill("Reason, overall grade", " ");
    window.press(Key::Escape);
    window.must_see("A reason for a grade above what the limiting rules suggest is needed.");
    assert_eq!(judgement(&window, None), Some(given), "the reason stays");
    window.type_key("3");
    let followed = judgement(&window, None).unwrap();
    assert_eq!(followed.value, Value::one("requires_improvement"));
}

#[test]
fn a_form_that_is_not_submitted_is_named_and_does_not_count() {
    let mut window = Window::on_example();
    open_panel(&mut window, "NEG20-03");
    window.must_see("GP (in progress)");
    let open = window.session().case().unwrap();
    assert!(open.forms.iter().any(|form| form.agency == "GP"));
    assert!(open.submitted().all(|form| form.agency != "GP"));
    window.click("Agree where all who answered agree…");
    window.must_see("Not submitted, and not counted here: GP, CAMHS.");
    window.press(Key::Escape);
}

#[test]
fn the_timeline_marks_differing_dates_and_reads_every_rule() {
    let mut window = Window::on_example();
    open_panel(&mut window, "NEG20-07");
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.must_see("Initial child protection conference");
    window.must_see("25/02/2020: ");
    window.must_see("26/02/2020: ");
    window.must_see("Agencies differ");
    window.must_see("Statutory, at most 1 working day.");
    window.must_see("Counted from the day after: by ");
    window.must_see("Counted with the first day as day 1: by ");
    window.must_see(
        "Cannot be computed: CP chairs and Social care give different dates for “Initial child protection conference”.",
    );
    window.press(Key::ArrowDown);
    window.press(Key::PageUp);
    window.must_see("Case 6 of 7");
    window.must_see("What the timescale rules say");
}

#[test]
fn a_date_is_agreed_by_keyboard_taken_back_and_undone() {
    let mut window = Window::on_example();
    open_panel(&mut window, "NEG20-07");
    let id = AgreedDate::id(case(&window), "icpc");
    let agreed = |window: &Window| {
        let register = window.session().register();
        register.agreed_dates.get(&id).cloned()
    };
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.must_see("The agencies differ (1)");
    window.must_see("Dates that may differ");
    window.must_see("No timescale rule needs it");
    window.must_see("3 timescale rules wait for it.");
    window.type_key("2");
    window.must_see("Agree a date: Initial child protection conference");
    // No key stands beside Cancel.
    assert!(!window.sees("Ctrl+Enter"));
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.must_see("Say why the panel agrees this date.");
    assert_eq!(agreed(&window), None, "nothing is agreed without a reason");
    assert_eq!(window.focused(), "Reason for the agreed date");
    window.type_text("The minutes of the conference");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    let kept = agreed(&window).unwrap();
    assert_eq!(kept.date, "2020-02-26".parse().unwrap());
    assert_eq!(kept.reason, "The minutes of the conference");
    window.must_see("The panel agreed 26/02/2020");
    window.must_see("3 timescale rules use it.");
    window.must_see("The agencies differ (1, all agreed)");
    assert!(
        !window.sees("give different dates"),
        "the rules read the agreed date"
    );

    // Enter asks for a date that no agency gives.
    window.press(Key::Enter);
    window.type_text("27/02/2020");
    window.press(Key::Tab);
    assert_eq!(window.focused(), "Reason for the agreed date");
    window.type_text("The chair's own note");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(agreed(&window).unwrap().date, "2020-02-27".parse().unwrap());

    window.click("Take the agreed date back, Initial child protection conference");
    assert_eq!(agreed(&window), None);
    window.must_see("give different dates");
    window.click("Undo: agreed date “Initial child protection conference”, NEG20-07");
    assert_eq!(agreed(&window).unwrap().date, "2020-02-27".parse().unwrap());
    let (store, _folder) = window.close_and_read("example.goldthread");
    assert_eq!(store.check().unwrap(), []);
    assert_eq!(store.history(id).unwrap().len(), 4);
}

#[test]
fn attendance_is_recorded_shown_above_the_questions_and_absences_warned_of() {
    let mut window = Window::on_example();
    open_panel(&mut window, "NEG20-01");
    let audit = window.session().case().unwrap().audit;
    window.must_see("Nobody's attendance at the panel is recorded.");
    window.press_with(Modifiers::COMMAND, Key::Num4);
    window.must_see("Attendance at the panel");
    window.must_see("Panel of 02/03/2026");
    window.click("Attended, Social care");
    window.fill("Roles that were there, Social care", "Service manager");
    window.click("Absent, Police");
    window.click("Apologies, GP");
    window.click("Attended, Chair and business office");
    let day = "2026-03-02".parse().unwrap();
    let register = window.session().register();
    let care = &register.attendances[&Attendance::id(audit, day, "CSC")];
    assert_eq!(
        (care.presence, care.roles.as_str()),
        (Presence::Attended, "Service manager")
    );
    window.click("Back");
    window.must_see(
        "Panel of 02/03/2026: Social care. Apologies: GP. Absent: Police. Not recorded: Health",
    );
    window.must_see("Judged upon, but not at the panel of 02/03/2026 (absent): Police");

    window.press_with(Modifiers::COMMAND, Key::Num4);
    // Once more takes it away.
    window.click("Absent, Police");
    window.click("Undo: attendance of Police, 02/03/2026");
    window.click("Absent, Police");
    let place = |window: &Window| {
        let button = window.harness.get_by_label("Apologies, Health");
        button.rect()
    };
    let before = place(&window);
    window.click("Attended, Health");
    assert_eq!(place(&window), before, "nothing moves for a choice");
    window.click("Attended, Health");
    window.fill("Another panel day, day/month/year", "03/03/2026");
    window.press(Key::Tab);
    assert!(!window.sees("Panel of 03/03/2026"));
    window.click("Add this day");
    window.must_see("Panel of 03/03/2026");
    window.click("Attended, Police");
    window.must_see("03/03/2026: attendance is recorded on the day or after it.");
    let (store, _folder) = window.close_and_read("example.goldthread");
    assert_eq!(store.check().unwrap(), []);
    let kept = store.records(RecordKind::Attendance).unwrap();
    let own = kept
        .iter()
        .filter(|(_, record)| matches!(record, Record::Attendance(own) if own.audit == audit));
    assert_eq!(own.count(), 3);
}

#[test]
fn a_judgement_shows_the_panel_day_it_was_made_on() {
    let mut window = Window::on_example();
    window.click("Cases, Short CP plans 2019");
    window.click("Panel, SCP19-01");
    // Loaded long after the panel: the last of its two days.
    window.must_see("Panel of 12/11/2019: Social care");
    window.must_see("Apologies: Police");
}

#[test]
fn a_whole_case_is_done_by_keyboard() {
    let mut window = Window::on_example();
    open_panel(&mut window, "NEG20-06");
    for _ in 0..5 {
        window.press(Key::PageDown);
    }
    window.must_see("Case 7 of 7");
    let here = case(&window);
    let judged = |window: &Window| {
        let judgements = window.session().register().judgements.values();
        let own =
            judgements.filter(|judgement| judgement.case == here && judgement.question.is_some());
        own.count()
    };
    let before = judged(&window);
    // Down through every question; a grade where a grade is asked and none stands.
    for _ in 0..60 {
        let standing = judged(&window);
        window.type_key("2");
        if judged(&window) > standing {
            window.press(Key::Enter);
            window.type_text("Agreed at the table");
            window.press(Key::Escape);
        }
        window.press(Key::ArrowDown);
    }
    assert!(
        judged(&window) > before + 5,
        "{} then {}",
        before,
        judged(&window)
    );
    let reasons = window.session().register().judgements.values();
    let reasons = reasons
        .filter(|judgement| judgement.case == here && judgement.reason == "Agreed at the table");
    assert!(reasons.count() > 5);

    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.type_key("1");
    window.type_text("The chairs' own record");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    let agreed = AgreedDate::id(here, "icpc");
    assert!(
        window
            .session()
            .register()
            .agreed_dates
            .contains_key(&agreed)
    );

    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.type_key("4");
    window.press(Key::Enter);
    assert_eq!(window.focused(), "Reason, overall grade");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("Not heard, not seen");
    window.press(Key::Escape);
    let overall = judgement(&window, None).unwrap();
    assert_eq!(overall.value, Value::one("inadequate"));
    assert_eq!(overall.reason, "Not heard, not seen");
    window.press(Key::PageUp);
    window.must_see("Case 6 of 7");
}

#[test]
fn safety_stops_and_practice_concerns_stand_on_top() {
    let mut window = Window::on_example();
    window.click("Cases, Neglect re-audit 2020");
    window.click("NEG20-03, GP: In progress");
    window.click("Impact, 0 of 2");
    window.click("No, C15b");
    window.click("Audits");
    open_panel(&mut window, "NEG20-03");
    window.must_see("Safety stop, GP, 02/03/2026: OPEN.");
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.must_see("Safety stop, GP");
    window.must_see("Practice concerns");
    window.click("N11, Social care");
    window.must_see("Yes, panel on N11");
    window.click("Read the form, GP");
    window.must_see("This child may not be safe today");
}
