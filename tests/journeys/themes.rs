//! The chair before all audits: themes side by side, one theme's own page, pictures, other
//! partnerships.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::window::Window;

fn on_themes() -> Window {
    let mut window = Window::on_example();
    window.click("Themes");
    window
}

#[test]
fn the_demo_reads_like_the_published_findings() {
    let mut window = on_themes();
    // All audits: recognition, information sharing and the voice of the child strong.
    window.must_see("Three quarters or more in every audit");
    for strong in ["Recognition", "Information sharing", "Voice of the child"] {
        window.must_see(strong);
    }
    // The lived experience is not understood, in any of them.
    window.must_see("Less than half in every audit");
    for (title, count) in [
        ("Short CP plans 2019", "19 of 69"),
        ("Neglect 2019", "14 of 53"),
        ("Sexual abuse referrals 2020", "10 of 33"),
        ("Neglect re-audit 2020", "16 of 43"),
    ] {
        window.must_see(&format!("Lived experience, {title}: {count}"));
    }
    // Medicals were asked about in one audit; the others did not ask, which is not none.
    window.scroll_to("Sexual abuse referrals 2020: 7 of 21");
    window.must_see("Neglect 2019: not asked");
    // The re-audit is better where the partnership acted.
    window.scroll_to(
        "Neglect re-audit 2020: 29 of 42; beside Neglect 2019: 15 of 54, then 29 of 42: improved",
    );
}

#[test]
fn the_key_to_the_marks_stands_above_what_it_explains() {
    let key = |window: &Window| {
        for words in ["three quarters or more", "half or more", "less than half"] {
            window.must_see(words);
        }
        window.must_see("fewer than 8 answers, too few to say");
        let words = window.harness.query_all_by_label("less than half");
        words.last().unwrap().rect().max.y
    };
    let top = |window: &Window, cell: &str| {
        let cells = window.harness.query_all_by_label_contains(cell);
        cells.last().unwrap().rect().min.y
    };
    let mut window = on_themes();
    assert!(key(&window) < top(&window, "Assessment quality, Neglect 2019: "));
    window.click("Lived experience");
    window.must_see("Answers that speak well of practice, out of all that count.");
    assert!(key(&window) < top(&window, "Lived experience, Neglect 2019: 14 of 53"));
    window.click("Audits");
    window.click("Summary, Neglect 2019");
    for topic in ["Overview", "Questions", "Hypotheses"] {
        window.click(topic);
        key(&window);
    }
}

#[test]
fn nothing_runs_through_the_audits_where_few_answers_are_left() {
    let mut window = on_themes();
    window.must_see("What runs through the audits");
    window.must_see("Only audits with 8 answers or more on the theme, from 3 cases or more");
    // Boys of 5 to 9: one or two cases of each audit.
    for (field, which, choice) in [
        ("Sex", "Which sex", "Male"),
        ("Age band", "Which age band", "5 to 9"),
    ] {
        window.click("Filter by");
        window.click(field);
        window.click(which);
        window.click(choice);
    }
    assert!(!window.sees("What runs through the audits"));
}

#[test]
fn the_table_is_sorted_as_one_asks() {
    let mut window = on_themes();
    let first = |window: &Window| {
        let buttons = window.buttons();
        let cell = buttons
            .into_iter()
            .find(|name| name.contains(", Neglect 2019: "));
        cell.unwrap()
    };
    let by_number = first(&window);
    window.click("Weakest first");
    assert!(
        first(&window).starts_with("Lived experience"),
        "{}",
        first(&window)
    );
    window.click("By change");
    assert_ne!(first(&window), by_number);
    window.click("In theme order");
    assert_eq!(first(&window), by_number);
}

#[test]
fn a_theme_has_a_page_of_its_own() {
    let mut window = on_themes();
    window.click("Lived experience");
    window.must_see("T07 Lived experience");
    window.must_see("Lived experience, Neglect 2019: 14 of 53");
    window.click("C12, Neglect 2019: 11 of 45");
    window.must_see("NEG19-");
    window.scroll_to("Areas for improvement");
    window.scroll_to("Actions");
    assert_eq!(window.unnamed(), Vec::<String>::new());
    window.click("All themes");
    window.must_see("Themes across audits");
    window.click("Summary of Neglect 2019");
    window.must_see("Summary: Neglect 2019");
}

#[test]
fn pictures_are_saved_as_png_and_svg_with_their_words() {
    let mut window = on_themes();
    window.click("Picture…");
    window.must_see("A picture for a paper");
    for (name, begins) in [("themes.png", &b"\x89PNG"[..]), ("themes.svg", b"<svg")] {
        let path = window.path(name);
        window.fill("Path of the picture", &path.display().to_string());
        window.click("Save the picture");
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.starts_with(begins), "{name}");
    }
    let svg = std::fs::read_to_string(window.path("themes.svg")).unwrap();
    assert!(svg.contains("14 of 53") && svg.contains("agencies' own answers"));
    window.click("Copy the picture");
    window.click("Close the picture");
    assert!(!window.sees("A picture for a paper"));
}

#[test]
fn another_partnership_stands_beside_ones_own_and_is_closed_again() {
    let other = Window::on_example();
    let path = other.path("example.goldthread");
    let before = std::fs::read(&path).unwrap();
    let mut window = on_themes();
    window.click("Add a register…");
    window.must_see("Where the other register is");
    window.click("Cancel");
    assert!(!window.sees("Where the other register is"));
    window.click("Add a register…");
    window.fill("Path of the other register", "/nowhere/county.goldthread");
    window.click("Read it");
    window.must_see("/nowhere/county.goldthread");
    window.fill("Path of the other register", &path.display().to_string());
    window.click("Read it");
    window.scroll_to("Themes by partnership");
    window.must_see("Beside one another, never added up");
    window.must_see("14 of 53");
    // The other register is as it was, and no case of it is in ours.
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(window.session().register().audits.len(), 4);
    let buttons = window.buttons();
    let close = buttons
        .into_iter()
        .find(|name| name.starts_with("Close Nottingham"));
    window.click(&close.unwrap());
    assert!(!window.sees("Themes by partnership"));
    // Closed is closed: another view does not read it again.
    window.click("Panel judgements");
    window.settle();
    assert!(!window.sees("Themes by partnership"));
}

#[test]
fn the_answers_beside_the_table_do_not_cover_it_when_zoomed() {
    let mut window = on_themes();
    for _ in 0..5 {
        window.press_with(Modifiers::COMMAND, Key::Plus);
    }
    window.click("Lived experience, Neglect 2019: 14 of 53");
    window.settle();
    let rect = |name: &str| {
        let mut nodes = window.harness.query_all_by_label_contains(name);
        nodes.next().unwrap().rect()
    };
    let side = rect("Close").min.x;
    let page = rect("Answers that speak well of practice").max.x;
    assert!(
        page < side,
        "the page ends at {page}, the side begins at {side}"
    );
    let answer = rect("NEG19-01 · Social care · C12");
    let edge = window.harness.ctx.content_rect().max.x;
    assert!(answer.max.x <= edge, "{answer:?} ends beyond {edge}");
}

#[test]
fn the_filter_in_force_goes_with_the_themes_wherever_they_go() {
    let mut window = on_themes();
    window.must_see("Shown: everything, from submitted forms");
    let all = window.labelled("Lived experience, Neglect 2019: ");
    for (field, choice) in [("Agency", "Police"), ("Sex", "Female")] {
        window.click("Filter by");
        window.click(field);
        window.click(&format!("Which {}", field.to_lowercase()));
        window.click(choice);
    }
    assert_ne!(window.labelled("Lived experience, Neglect 2019: "), all);
    // Into the picture,
    window.click("Picture…");
    let path = window.path("themes.svg");
    window.fill("Path of the picture", &path.display().to_string());
    window.click("Save the picture");
    let svg = std::fs::read_to_string(&path).unwrap();
    assert!(svg.contains("only Agency: Police, Sex: Female"), "{svg}");
    window.click("Close the picture");
    // the theme's own page,
    window.click("Lived experience");
    window.must_see("Take away the filter Sex: Female");
    window.click("Lived experience, Neglect 2019: over 3 cases");
    window.must_hear("Behind it: 3 cases");
    // beside other partnerships,
    window.click("All themes");
    window.must_see("Take away the filter Agency: Police");
    // and into the export.
    window.click("Export what is shown");
    window.must_see("Only a part is counted, as under Themes: Agency: Police, Sex: Female.");
    let path = window.path("themes.json");
    window.fill("Path of the export", &path.display().to_string());
    window.click("Write the export");
    let written: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(written["filters"]["agency"], "POL");
    assert_eq!(written["filters"]["sex"], "F");
}
