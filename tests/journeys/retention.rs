//! How long forms are kept: the period, a date, a legal hold, and removing them for good.

use std::fs;

use egui::Key;

use crate::window::Window;

const AUDIT: &str = "Neglect 2019";

fn on_retention() -> Window {
    let mut window = Window::on_example();
    window.click("Settings");
    window.click("How long forms are kept");
    window.click(&format!("Retention, {AUDIT}"));
    window
}

fn give_date(window: &mut Window, date: &str) {
    window.fill("Keep the forms until, day/month/year", date);
    window.press(Key::Tab);
}

#[test]
fn a_hold_stops_the_removal_and_the_title_has_to_be_typed() {
    let mut window = on_retention();
    window.must_see("No date is set until which the forms");
    give_date(&mut window, "01/03/2026");
    window.must_see("Title of the audit, to say that you mean this one");
    window.click("Place a legal hold…");
    window.fill("Reason, such as who asked for it", "Inquiry of 2026");
    window.click("Place the hold");
    window.must_see("Held since");
    window.must_see("Inquiry of 2026");
    window.must_see("are under a legal hold");
    assert_eq!(window.unnamed(), Vec::<String>::new());
    window.click("Release the hold…");
    window.fill("Reason, such as who agreed to it", "The inquiry is closed");
    window.click("Release the hold");
    window.fill(
        "Title of the audit, to say that you mean this one",
        "Neglect",
    );
    window.click("Remove the forms for good…");
    assert!(!window.sees("This cannot be undone"), "another title");
    window.click("Every change of this");
    window.must_see("The inquiry is closed");
}

#[test]
fn forms_are_removed_with_a_certificate_and_the_older_copies_too() {
    let mut window = on_retention();
    give_date(&mut window, "01/03/2026");
    window.fill("Title of the audit, to say that you mean this one", AUDIT);
    window.click("Remove the forms for good…");
    window.must_see("This cannot be undone");
    // What is gone for good is not what Enter alone does.
    assert_eq!(window.focused(), "Cancel");
    window.press(Key::Enter);
    assert!(!window.sees("This cannot be undone"));
    window.click("Remove the forms for good…");
    window.click("Remove them for good");
    window.must_see("Certificate of removal");
    window.must_see("Audit: Neglect 2019");
    window.click("Save it beside the file");
    let certificate = window.path("Certificate of removal, Neglect 2019.txt");
    let text = fs::read_to_string(&certificate).unwrap();
    assert!(text.contains("  cases: 8\n"), "{text}");
    assert!(!text.contains("NEG19-0"), "{text}");
    // The copy of the day still holds them.
    window.scroll_to("Copies that still hold them");
    window.must_see("example copies");
    window.click("Delete this copy…");
    assert_eq!(window.focused(), "Cancel");
    window.click("Delete them");
    window.must_see("None of the copies that the program kept of this file.");
    let copies = fs::read_dir(window.path("example copies")).unwrap();
    assert_eq!(copies.count(), 1, "today's is kept anew");
    assert_eq!(window.unnamed(), Vec::<String>::new());
    // The audit and its findings stay, the forms are said to be gone.
    window.click("Audits");
    window.must_see("Forms removed on");
    window.click("Cases, Neglect 2019");
    window.must_see("The forms were removed on");
    assert!(!window.sees("Choose a form"), "there is none to choose");
    window.click("Findings");
    window.must_see("cases, removed");
    assert!(
        !window.sees("look at again"),
        "nobody changed what they rest on"
    );
    let (store, _folder) = window.close_and_read("example.goldthread");
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn closing_an_audit_sets_its_date_from_the_period() {
    let mut window = Window::on_example();
    window.click("Settings");
    window.click("How long forms are kept");
    window.fill("Months after an audit is closed", "12");
    window.click("Set the period");
    let register = window.session().register().clone();
    assert_eq!(register.partnership().unwrap().keep_months, Some(12));
    let audit = register.find_audit("Neglect re-audit 2020").unwrap();
    window.click("Audits");
    window.click("Cases, Neglect re-audit 2020");
    window.click("State of the audit");
    window.click("Closed");
    let kept = window.session().register().retention_of(audit).keep_until;
    assert_eq!(kept, "2027-03-02".parse().ok());
}
