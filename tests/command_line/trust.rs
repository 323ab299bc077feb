//! Passphrases and repair with the real program.

use rusqlite::Connection;

use super::Desk;

#[test]
fn a_passphrase_is_set_and_taken_away_and_never_an_argument() {
    let desk = Desk::with_audit();
    desk.write("new.txt", "kettle ladder moss\n");
    let out = desk
        .run(&[
            "passphrase",
            "r.goldthread",
            "--new-passphrase-file",
            "new.txt",
        ])
        .done();
    assert!(out.contains("Forgotten, nobody can open it"), "{out}");
    let refused = desk.run(&["check", "r.goldthread"]).refused();
    assert!(refused.contains("protected by a passphrase"), "{refused}");
    desk.run(&["check", "r.goldthread", "--passphrase-file", "new.txt"])
        .done();
    let usage = desk.run(&["passphrase", "r.goldthread"]);
    assert_eq!(usage.code, 2);
    desk.run(&[
        "passphrase",
        "r.goldthread",
        "--remove",
        "--passphrase-file",
        "new.txt",
    ])
    .done();
    desk.run(&["check", "r.goldthread"]).done();
}

#[test]
fn a_weak_passphrase_is_told() {
    let desk = Desk::with_audit();
    desk.write("new.txt", "secret\n");
    let arguments = [
        "passphrase",
        "r.goldthread",
        "--new-passphrase-file",
        "new.txt",
    ];
    let out = desk.run(&arguments).done();
    assert!(out.contains("Weak: quickly guessed"), "{out}");
}

#[test]
fn a_repair_says_in_counts_what_it_did() {
    let desk = Desk::with_audit();
    let outside = Connection::open(desk.path("r.goldthread")).unwrap();
    outside
        .execute("UPDATE answer SET value = 'good' WHERE blank IS NULL", [])
        .unwrap();
    outside.execute("DELETE FROM judgement", []).unwrap();
    outside
        .execute("UPDATE audit SET title = 'Other'", [])
        .unwrap();
    outside.close().unwrap();
    desk.run(&["check", "r.goldthread"]).refused();
    let out = desk.run(&["check", "r.goldthread", "--repair"]).done();
    assert!(
        out.contains("0 records put right, 2 rows put right"),
        "{out}"
    );
    assert!(out.contains("before-repair"), "{out}");
    assert!(out.contains("is whole"), "{out}");
}
