//! Taking a text out of a file with the real program.

use super::Desk;

const NAME: &str = "Zebedee Quill";

/// A register in which the name stands in a note.
fn with_the_name() -> Desk {
    let desk = Desk::with_audit();
    let mut data = desk.json("data.json");
    data["audit"]["title"] = "Neglect once more".into();
    data["forms"][0]["answers"]["C01"]["worries"] = format!("{NAME} was not seen.").into();
    desk.write("named.json", data.to_string());
    desk.run(&["load", "r.goldthread", "named.json"]).done();
    desk.write("name.txt", "zebedee  quill\n");
    desk
}

fn holds(desk: &Desk) -> bool {
    let bytes = std::fs::read(desk.path("r.goldthread")).unwrap();
    bytes
        .windows(NAME.len())
        .any(|part| part == NAME.as_bytes())
}

#[test]
fn a_dry_run_lists_and_changes_nothing_and_the_redaction_takes_it_out() {
    let desk = with_the_name();
    let redact = ["redact", "r.goldthread", "--text-file", "name.txt"];
    let listed = desk.run(&[&redact[..], &["--dry-run"]].concat()).done();
    assert!(listed.contains("Answer to C01, "), "{listed}");
    assert!(listed.contains("stands now"), "{listed}");
    assert!(
        listed.contains("1 change of this file holds the text."),
        "{listed}"
    );
    assert!(!listed.contains("Zebedee") && holds(&desk));

    let done = desk
        .run(&[&redact[..], &["--reason", "A name was typed"]].concat())
        .done();
    assert!(done.contains("Taken out of 1 change in 1 record"), "{done}");
    assert!(!holds(&desk));
    desk.run(&["check", "r.goldthread"]).done();
    let again = desk.run(&[&redact[..], &["--reason", "Once more"]].concat());
    assert_eq!(again.code, 1);
    assert!(
        again.error.contains("nowhere in this file"),
        "{}",
        again.error
    );
}

#[test]
fn a_reason_is_needed_and_must_not_hold_the_text() {
    let desk = with_the_name();
    let redact = ["redact", "r.goldthread", "--text-file", "name.txt"];
    assert_eq!(desk.run(&redact).code, 2);
    let args = [&redact[..], &["--reason", "About Zebedee Quill"]].concat();
    let message = super::refused_untouched(&desk, &args);
    assert!(message.contains("The reason holds the text"), "{message}");
    desk.write("empty.txt", "\n");
    let args = [
        "redact",
        "r.goldthread",
        "--text-file",
        "empty.txt",
        "--dry-run",
    ];
    let message = super::refused_untouched(&desk, &args);
    assert!(message.contains("at least two characters"), "{message}");
}
