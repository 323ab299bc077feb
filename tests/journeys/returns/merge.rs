//! What comes back.

use goldthread::domain::revision::{Change, Edit};

use super::{office, open_returns};
use crate::window::Window;

#[test]
fn dropped_returns_are_looked_at_and_those_that_can_be_are_merged() {
    let folder = tempfile::tempdir().unwrap();
    office::at_odds(folder.path());
    std::fs::write(
        folder.path().join("letter.goldthread"),
        "Dear all, ".repeat(99),
    )
    .unwrap();
    let mut window = Window::on_example_in(folder);
    window.drop_files(&["gp.goldthread", "letter.goldthread"]);
    window.must_see("Merge returns");
    window.must_see("2 answers changed, 1 form moves on, 3 things differ in both");
    window.must_see("is not a Goldthread file");
    assert_eq!(window.unnamed(), Vec::<String>::new());
    window.click("Form by form, gp.goldthread");
    window.must_see("NEG20-03: In progress, 0 new, 2 changed");
    window.must_see("5 forms are as before.");
    window.click("Merge the other one");
    window.scroll_to("The file as it was before is");
    window.must_see("Left out: ");
    window.click("Settle 3 conflicts");
    window.must_see("Conflict 1 of 3");
    window.click("Back");
    window.click("Audits");
    window.must_see("Settle 3 conflicts");
    // What was merged is there after the file is closed and opened again, and so are the conflicts.
    let (store, _folder) = window.close_and_read("example.goldthread");
    assert_eq!(store.conflicts().unwrap().len(), 3);
    assert!(store.check().unwrap().is_empty());
}

#[test]
fn a_file_is_left_out_by_its_own_button() {
    let folder = tempfile::tempdir().unwrap();
    office::at_odds(folder.path());
    std::fs::write(
        folder.path().join("letter.goldthread"),
        "Dear all, ".repeat(99),
    )
    .unwrap();
    let mut window = Window::on_example_in(folder);
    window.drop_files(&["letter.goldthread", "gp.goldthread"]);
    window.click("Leave out letter.goldthread");
    assert!(!window.sees("is not a Goldthread file"));
    window.click("Merge it");
    window.scroll_to("The file as it was before is");
    // Again: nothing is new, and no second copy is kept.
    window.drop_files(&["gp.goldthread"]);
    window.must_see("nothing new, it was merged before");
    window.click("Merge it");
    window.scroll_to("Nothing was new");
}

#[test]
fn typed_paths_work_too_and_nothing_can_be_merged_when_all_are_refused() {
    let mut window = Window::on_example();
    std::fs::write(window.path("letter.goldthread"), "Dear all, ".repeat(200)).unwrap();
    open_returns(&mut window);
    window.click("Merge returns…");
    let path = window.path("letter.goldthread").display().to_string();
    window.fill("Paths of the files", &path);
    window.click("See what they bring");
    window.scroll_to("is not a Goldthread file");
    window.must_see("There is nothing that can be merged.");
    assert!(
        !window
            .buttons()
            .iter()
            .any(|name| name.starts_with("Merge it"))
    );
}

/// A return can change the audit only where the register was put back from an older copy, which the
/// person knows.
#[test]
fn what_a_return_changes_of_the_audit_is_taken_only_where_somebody_says_so() {
    let folder = tempfile::tempdir().unwrap();
    office::at_odds(folder.path());
    let mut file = office::open(&folder.path().join("gp.goldthread"), None);
    let (id, audit) = file.register().audits.iter().next().unwrap();
    let (id, mut audit) = (*id, audit.clone());
    audit.title = "Neglect, as it was".into();
    let change = Change {
        edits: vec![Edit::put(id, audit)],
        author: office::author("practice manager", "GP"),
        at: office::noon(),
        reason: None,
    };
    file.commit(&change).unwrap();
    drop(file);
    let mut window = Window::on_example_in(folder);
    window.drop_files(&["gp.goldthread"]);
    window.must_see("changes the audit itself (audit), which is for the business office alone");
    window.must_see("There is nothing that can be merged.");
    assert_eq!(window.unnamed(), Vec::<String>::new());
    window.click("Take its changes to the audit too, gp.goldthread");
    window.must_see("1 change to the audit itself");
    window.click("Merge it");
    window.scroll_to("The file as it was before is");
    let (store, _folder) = window.close_and_read("example.goldthread");
    let stands = store.register().unwrap();
    assert_eq!(stands.audits[&id].title, "Neglect, as it was");
}

#[test]
fn one_dropped_register_is_opened_and_a_return_is_not() {
    let folder = tempfile::tempdir().unwrap();
    office::at_odds(folder.path());
    office::crowded(&folder.path().join("crowded.goldthread"));
    let mut window = Window::on_example_in(folder);
    window.drop_files(&["crowded.goldthread"]);
    window.must_see("Anytown Safeguarding Children Partnership");
    window.drop_files(&["gp.goldthread"]);
    window.must_see("Merge returns");
    window.must_see("belongs to another partnership");
    // A register among several files is refused, and can be opened instead.
    window.drop_files(&["example.goldthread", "gp.goldthread"]);
    window.must_see("is a register, not a return");
    window.click("Open example.goldthread instead");
    window.must_see("Cases, Neglect re-audit 2020");
}

#[test]
#[cfg(feature = "encryption")]
fn the_passphrase_is_asked_for_by_file_and_tried_on_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut register = office::example(&folder.path().join("example.goldthread"));
    for (agency, name, passphrase) in [
        ("GP", "gp.goldthread", "first four plain words"),
        ("POL", "police.goldthread", "second four plain words"),
        ("EDU", "school.goldthread", "second four plain words"),
    ] {
        office::issue(
            &mut register,
            agency,
            &folder.path().join(name),
            Some(passphrase),
        );
    }
    drop(register);
    let mut window = Window::on_example_in(folder);
    window.drop_files(&["gp.goldthread", "police.goldthread", "school.goldthread"]);
    window.must_see("is protected by a passphrase");
    window.must_see("There is nothing that can be merged.");
    assert_eq!(window.unnamed(), Vec::<String>::new());
    window.fill("Passphrase of gp.goldthread", "not this one");
    window.click("Try this passphrase, gp.goldthread");
    window.must_see("The passphrase does not open");
    window.fill("Passphrase of gp.goldthread", "first four plain words");
    window.click("Try this passphrase, gp.goldthread");
    window.must_see("GP, Neglect re-audit 2020: nothing new");
    window.fill("Passphrase of police.goldthread", "second four plain words");
    window.click("Try this passphrase, police.goldthread");
    window.must_see("Police, Neglect re-audit 2020: nothing new");
    window.scroll_to("Education, Neglect re-audit 2020: nothing new");
    window.scroll_to("Merge all 3");
}

#[test]
fn a_merge_is_undone_as_one_step_and_brought_again_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    office::at_odds(folder.path());
    let mut window = Window::on_example_in(folder);
    window.drop_files(&["gp.goldthread"]);
    window.click("Merge it");
    window.must_see("Settle 3 conflicts");
    window.press_with(egui::Modifiers::COMMAND, egui::Key::Z);
    window.click("Audits");
    assert!(
        !window.sees("Settle 3 conflicts"),
        "they went with the merge"
    );
    window.drop_files(&["gp.goldthread"]);
    window.must_see("nothing new, it was merged before.");
    window.must_see("were taken back with an earlier merge");
    window.click("Bring it again");
    window.must_see("What was taken back with an earlier merge comes again.");
    window.must_see("3 conflicts");
    assert_eq!(window.unnamed(), Vec::<String>::new());
    window.click("Merge it");
    window.must_see("Settle 3 conflicts");
    let (store, _folder) = window.close_and_read("example.goldthread");
    assert!(store.check().unwrap().is_empty());
}
