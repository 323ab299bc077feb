//! The files that go out.

use std::path::Path;

use goldthread::store::{DocumentKind, Passphrase, Store};

use super::open_returns;
use crate::window::Window;

fn make(window: &mut Window) {
    open_returns(window);
    window.click("Make return files…");
    window.click("Choose none");
}

fn folder(window: &Window) -> String {
    window.folder.path().display().to_string()
}

fn opened(path: &Path, passphrase: &str) -> Store {
    Store::open(path, Some(&Passphrase::new(passphrase)), "test").unwrap()
}

#[test]
#[cfg(feature = "encryption")]
fn several_agencies_each_get_a_file_with_a_passphrase_of_its_own() {
    let mut window = Window::on_example();
    make(&mut window);
    window.click("GP");
    window.click("Police");
    window.scroll_to("Passphrase for GP");
    window.fill("Passphrase for GP", "correct horse battery staple");
    window.must_see("Good.");
    window.fill("Passphrase for Police", "letmein");
    window.must_see("Weak: quickly guessed.");
    let place = folder(&window);
    window.scroll_to("Folder to keep the files in");
    window.fill("Folder to keep the files in", &place);
    window.must_see(
        "Neglect re-audit 2020 - Police.goldthread, Neglect re-audit 2020 - GP.goldthread",
    );
    assert_eq!(window.unnamed(), Vec::<String>::new());
    window.click("Make 2 return files");
    window.scroll_to("2 return files were made and checked");
    let path = window.path("Neglect re-audit 2020 - GP.goldthread");
    let store = opened(&path, "correct horse battery staple");
    assert_eq!(store.kind(), DocumentKind::Return);
    assert!(Store::open(&path, Some(&Passphrase::new("letmein")), "x").is_err());
    drop(opened(
        &window.path("Neglect re-audit 2020 - Police.goldthread"),
        "letmein",
    ));
}

#[test]
fn what_is_missing_is_said_and_what_exists_is_not_written_over() {
    let mut window = Window::on_example();
    std::fs::write(window.path("Neglect re-audit 2020 - GP.goldthread"), "kept").unwrap();
    make(&mut window);
    window.click("Make 0 return files");
    window.scroll_to("Choose at least one agency.");
    window.click("Say in which folder to keep the files.");
    assert_eq!(window.focused(), "Folder to keep the files in");
    window.click("Choose at least one agency.");
    assert_eq!(window.focused(), "Social care");
    window.click("GP");
    window.click("Education");
    if cfg!(feature = "encryption") {
        window.click("Make 2 return files");
        window.click("Give a passphrase for GP, or choose to have none.");
        assert_eq!(window.focused(), "Passphrase for GP");
        window.click("None: the files travel by a route that is itself protected");
    }
    let place = folder(&window);
    window.scroll_to("Folder to keep the files in");
    window.fill("Folder to keep the files in", &place);
    window.click("Make 2 return files");
    window.scroll_to("These files were not made");
    window.must_see("exists already; choose another name.");
    window.must_see("1 return file was made and checked");
    let kept = std::fs::read(window.path("Neglect re-audit 2020 - GP.goldthread")).unwrap();
    assert_eq!(kept, b"kept");
    assert!(
        window
            .path("Neglect re-audit 2020 - Education.goldthread")
            .exists()
    );
}

#[test]
fn the_covering_page_and_the_due_date_travel_in_the_file() {
    let mut window = Window::on_example();
    make(&mut window);
    window.click("Health");
    window.fill("Due back by, day/month/year", "20/03/2026");
    window.press(egui::Key::Tab);
    if cfg!(feature = "encryption") {
        window.click("None: the files travel by a route that is itself protected");
    }
    window.scroll_to("Folder to keep the files in");
    let page = window.value_of("Covering page");
    assert!(
        page.contains("by 20/03/2026"),
        "the usual words follow the date: {page}"
    );
    window.fill(
        "Covering page",
        "Please read the drawer of paper records too.",
    );
    window.must_see("Back to the usual words");
    let place = folder(&window);
    window.fill("Folder to keep the files in", &place);
    window.click("Make 1 return file");
    window.scroll_to("1 return file was made");
    window.click("Close file");
    let path = window.path("Neglect re-audit 2020 - Health.goldthread");
    window.fill("Path of the file to open", &path.display().to_string());
    window.press(egui::Key::Enter);
    window.must_see("Please read the drawer of paper records too.");
    window.must_see("Due back by 20/03/2026: 18 days left");
}
