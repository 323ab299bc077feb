//! Files and folders that cannot be written, files that somebody else has open, two windows.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use goldthread::store::{Store, StoreError};

use crate::desk::{AUDIT, Desk, change, number, open_with_any};
use crate::operation::sentence;
use crate::window::Window;

fn goldthread(arguments: &[&str], folder: &Path) -> Output {
    Command::new(assert_cmd::cargo::cargo_bin!("goldthread"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn permit(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Commands that write, each with what its sentence says of a file that cannot be written.
const WRITES: [&[&str]; 4] = [
    &["merge", "register.goldthread", "pol.goldthread"],
    &[
        "passphrase",
        "register.goldthread",
        "--new-passphrase-file",
        "new",
    ],
    &[
        "redact",
        "register.goldthread",
        "--text-file",
        "old",
        "--reason",
        "A name",
    ],
    &[
        "issue",
        "register.goldthread",
        "--audit",
        AUDIT,
        "--agency",
        "POL",
        "-o",
        "out.goldthread",
    ],
];

#[test]
fn a_read_only_file_is_read_and_never_written() {
    let desk = Desk::new(None);
    desk.filled_in_return();
    permit(&desk.file, 0o444);
    let before = fs::read(&desk.file).unwrap();
    for arguments in WRITES {
        let said = sentence(&goldthread(arguments, desk.folder.path()), arguments[0]);
        assert!(said.contains("cannot be written to"), "{said}");
    }
    for arguments in [
        ["summary", "register.goldthread"],
        ["check", "register.goldthread"],
    ] {
        assert!(
            goldthread(&arguments, desk.folder.path()).status.success(),
            "{arguments:?}"
        );
    }
    assert_eq!(fs::read(&desk.file).unwrap(), before);
    assert_eq!(
        desk.names(),
        ["new", "old", "pol.goldthread", "register.goldthread"]
    );
}

#[test]
fn in_a_folder_that_cannot_be_written_nothing_is_half_done() {
    // Whoever may do everything is not kept out by the rights of a folder; a folder of the system's
    // own is.
    let desk = Desk::new(None);
    let locked = desk.path("locked");
    fs::create_dir(&locked).unwrap();
    permit(&locked, 0o555);
    let writable = tempfile::tempfile_in(&locked).is_ok();
    let folder = if writable {
        Path::new("/proc")
    } else {
        &locked
    };
    let out = |name: &str| folder.join(name).display().to_string();
    let commands = [
        vec![
            "new".into(),
            out("a.goldthread"),
            "--partnership".into(),
            "Anytown".into(),
        ],
        vec!["demo".into(), out("a.goldthread")],
        vec![
            "backup".into(),
            "register.goldthread".into(),
            out("a.goldthread"),
        ],
        vec![
            "export".into(),
            "register.goldthread".into(),
            "--as".into(),
            "bmg-json".into(),
            "-o".into(),
            out("a.json"),
        ],
        vec![
            "issue".into(),
            "register.goldthread".into(),
            "--audit".into(),
            AUDIT.into(),
            "--agency".into(),
            "POL".into(),
            "-o".into(),
            out("a.goldthread"),
        ],
    ];
    for arguments in commands {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let said = sentence(&goldthread(&arguments, desk.folder.path()), arguments[0]);
        assert!(
            said.contains("cannot be written to; choose another folder"),
            "{said}"
        );
    }
    permit(&locked, 0o755);
    assert_eq!(fs::read_dir(&locked).unwrap().count(), 0);
    let store = open_with_any(&desk.file).unwrap();
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn a_file_that_is_open_elsewhere_is_only_read() {
    let desk = Desk::new(None);
    desk.filled_in_return();
    let mut held = Store::open(&desk.file, None, "office-7").unwrap();
    for arguments in WRITES {
        let said = sentence(&goldthread(arguments, desk.folder.path()), arguments[0]);
        assert!(said.contains("is already open on office-7 since"), "{said}");
    }
    assert!(
        goldthread(&["summary", "register.goldthread"], desk.folder.path())
            .status
            .success()
    );
    // Whoever has it goes on undisturbed.
    held.commit(&change(vec![number(desk.form, "N01", 4, "")]))
        .unwrap();
    let copy = Store::open_snapshot(&desk.file, None).unwrap();
    assert_eq!(desk.answered(&copy, "N01"), Some(4));
    assert!(copy.is_read_only());
}

#[test]
fn a_holder_that_was_killed_holds_nothing() {
    let desk = Desk::new(None);
    let lock = desk.path("register.goldthread-lock");
    fs::write(
        &lock,
        r#"{"device":"office-7","since":"01/01/2026 09:00 UTC"}"#,
    )
    .unwrap();
    let store = Store::open(&desk.file, None, "desk").unwrap();
    let refused = Store::open(&desk.file, None, "other").err().unwrap();
    assert!(
        refused.to_string().contains("already open on desk"),
        "{refused}"
    );
    drop(store);
    assert!(!lock.exists());
}

#[test]
fn a_second_window_reads_and_the_first_goes_on() {
    let first = Window::on_example();
    let file = first.path("example.goldthread");
    let folder = tempfile::tempdir_in(first.folder.path()).unwrap();
    let up = Path::new("..").join("example.goldthread");
    let mut second = Window::start_in(folder, up.to_str());
    second.must_see("is already open");
    second.click("Open a read-only copy");
    second.click("Audits");
    second.must_see("Neglect re-audit 2020");
    second.click("Cases, Neglect re-audit 2020");
    second.click("NEG20-03, GP: In progress");
    let before = fs::read(&file).unwrap();
    second.press(egui::Key::ArrowDown);
    second.press(egui::Key::Num1);
    assert!(second.session().file().read_only);
    assert!(!second.session().has_unsaved());
    assert_eq!(fs::read(&file).unwrap(), before);
    let refused = Store::open(&file, None, "test").err().unwrap();
    assert!(matches!(refused, StoreError::Locked { .. }), "{refused}");
}

#[test]
fn a_file_on_a_share_or_in_a_synchronised_folder_is_told_on_opening() {
    let folder = tempfile::tempdir().unwrap();
    let synced = folder.path().join("OneDrive - Anytown Council");
    fs::create_dir(&synced).unwrap();
    let desk = Desk::new(None);
    fs::copy(&desk.file, synced.join("register.goldthread")).unwrap();
    let mut window = Window::start_in(
        folder,
        Some("OneDrive - Anytown Council/register.goldthread"),
    );
    window.must_see("in a folder that OneDrive copies to other computers");
    window.click("Dismiss");
    assert!(!window.sees("that OneDrive copies"));
    window.click("Settings");
    window.click("Passphrase, lock and copies");
    window.must_see("in a folder that OneDrive copies to other computers");
    let window = Window::on_example();
    assert!(!window.sees("copies to other computers") && !window.sees("network share"));
}
