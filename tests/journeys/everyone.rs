//! What holds on every screen.

use egui::{Key, Modifiers};

use crate::window::Window;

#[test]
fn every_control_on_every_screen_has_a_name() {
    let mut window = Window::on_example();
    let steps: [&[&str]; 20] = [
        &["Audits"],
        &["Summary, Neglect re-audit 2020"],
        &["Questions"],
        &["Hypotheses"],
        &["Timescales"],
        &["Agreement"],
        &["Re-audit"],
        &["Audits", "Cases, Neglect re-audit 2020"],
        &["Panel, NEG20-01"],
        &["Overall grade"],
        &["Timeline"],
        &["Audits", "Cases, Neglect re-audit 2020"],
        &["NEG20-03, GP: In progress"],
        &["This case, 1 of 1"],
        &["Review and submit"],
        &["Themes"],
        &["Lived experience"],
        &["Audits", "Cases, Neglect re-audit 2020", "Change the scope"],
        &["Tools"],
        &["Settings"],
    ];
    for step in steps {
        for name in step {
            window.click(name);
        }
        assert_eq!(window.unnamed(), Vec::<String>::new(), "{step:?}");
    }
    let start = Window::start(None);
    assert_eq!(start.unnamed(), Vec::<String>::new());
}

#[test]
fn zoom_and_the_word_on_saving() {
    let mut window = Window::on_example();
    window.press_with(Modifiers::COMMAND, Key::Plus);
    assert!((window.harness.ctx.zoom_factor() - 1.1).abs() < 0.01);
    window.press_with(Modifiers::COMMAND, Key::Num0);
    assert!((window.harness.ctx.zoom_factor() - 1.0).abs() < 0.01);
    window.press_with(Modifiers::COMMAND, Key::S);
    window.must_see("Already saved");
}

#[test]
fn a_page_with_a_button_to_keep_does_not_say_that_all_is_saved() {
    let mut window = Window::on_example();
    let all = "Everything is saved as you go";
    window.must_see(all);
    let steps: [(&[&str], &str); 4] = [
        (
            &["Findings, Neglect 2019", "Edit, finding 1"],
            "Keep this finding",
        ),
        (
            &["Cancel", "Add an action, finding 1", "Done"],
            "Keep this action",
        ),
        (&["Cancel", "Audits", "New audit"], "Make the audit"),
        (&["All audits"], ""),
    ];
    for (clicks, keep) in steps {
        for name in clicks {
            window.click(name);
        }
        let kept = format!("Kept when you choose “{keep}”");
        assert_eq!(window.sees(&kept), !keep.is_empty(), "{keep}");
        assert_eq!(window.sees(all), keep.is_empty(), "{keep}");
    }
}

#[test]
fn nothing_moves_for_who_does_not_want_it() {
    let mut window = Window::on_example();
    let moves = |window: &Window| window.harness.ctx.global_style().animation_time > 0.0;
    window.click("Settings");
    window.click("No movement: pages scroll and lists open at once");
    assert!(!moves(&window));
    window.click("No movement: pages scroll and lists open at once");
    assert!(moves(&window));
}

#[test]
fn a_file_that_is_not_ours_is_told_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("letter.goldthread"),
        "Dear all, ".repeat(200),
    )
    .unwrap();
    let window = Window::start_in(folder, Some("letter.goldthread"));
    window.must_see("is not a Goldthread file");
    assert!(window.harness.state().session().is_none());
}

#[test]
fn an_idle_window_asks_for_no_frames() {
    let mut window = Window::on_example();
    for steps in [
        &[][..],
        &["Cases, Neglect re-audit 2020", "Panel, NEG20-01"],
    ] {
        for name in steps {
            window.click(name);
        }
        window.settle();
        window.harness.step();
        let delay = window.harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
        assert!(delay > std::time::Duration::from_secs(60), "{delay:?}");
    }
}

#[cfg(feature = "encryption")]
#[test]
fn a_file_with_a_passphrase_asks_for_it_until_it_is_right() {
    let mut window = Window::start(None);
    window.click("New register…");
    window.fill("Name of the partnership", "Anyshire");
    let path = window.path("secret").display().to_string();
    window.fill("Where to keep it", &path);
    window.click("Make the register");
    window.must_see("Give a passphrase, or choose to have none.");
    window.fill("Passphrase for the new file", "four unconnected words here");
    window.must_see("Good.");
    window.fill("The same again", "four unconnected words");
    window.click("Make the register");
    window.must_see("The two passphrases differ.");
    window.fill("The same again", "four unconnected words here");
    window.click("Make the register");
    window.must_see("Your first audit");
    window.click("Close file");
    window.click("secret");
    window.must_see("secret.goldthread is protected");
    window.fill("Passphrase", "wrong words");
    window.click("Open the file");
    window.must_see("That passphrase does not open it.");
    window.fill("Passphrase", "four unconnected words here");
    window.press(Key::Enter);
    window.must_see("Your first audit");
    let bytes = std::fs::read(window.path("secret.goldthread")).unwrap();
    assert!(!bytes.windows(8).any(|part| part == b"Anyshire"));
}
