//! `retention` with the real program.

use super::{Desk, refused_untouched};

const AUDIT: [&str; 4] = ["retention", "r.goldthread", "--audit", "Neglect 2019"];

fn of_audit<'a>(rest: &[&'a str]) -> Vec<&'a str> {
    [&AUDIT[..], rest].concat()
}

#[test]
fn forms_are_held_and_removed_after_their_date_with_a_certificate() {
    let desk = Desk::with_audit();
    let listed = desk.run(&["retention", "r.goldthread"]).done();
    assert!(
        listed.contains("Neglect 2019: 4 forms, kept until a date is set"),
        "{listed}"
    );
    let refused = refused_untouched(&desk, &of_audit(&["--remove"]));
    assert!(refused.contains("No date is set"), "{refused}");
    let set = desk.run(&of_audit(&["--date", "2199-01-01"])).done();
    assert!(
        set.contains("The forms of 0 audits can be removed."),
        "{set}"
    );
    let refused = refused_untouched(&desk, &of_audit(&["--remove"]));
    assert!(refused.contains("are kept until 01/01/2199"), "{refused}");
    desk.run(&of_audit(&["--date", "2024-12-31"])).done();
    let held = desk.run(&of_audit(&["--hold", "Inquiry of 2026"])).done();
    assert!(held.contains("legal hold since"), "{held}");
    let refused = refused_untouched(&desk, &of_audit(&["--remove"]));
    assert!(refused.contains("under a legal hold"), "{refused}");
    let released = desk.run(&of_audit(&["--release", "Inquiry closed"])).done();
    assert!(
        released.contains("The forms of 1 audit can be removed."),
        "{released}"
    );

    let removed = desk
        .run(&of_audit(&["--remove", "--certificate", "certificate.txt"]))
        .done();
    assert!(removed.contains("the file was written anew"), "{removed}");
    let certificate = desk.text("certificate.txt");
    for words in [
        "Audit: Neglect 2019",
        "Kept until: 31/12/2024",
        "  cases: 2\n",
        "  forms: 4\n",
        "  Forms: 1 not known to us, 2 not started, 1 submitted",
        "SHA-256 over those versions: ",
    ] {
        assert!(certificate.contains(words), "{words}: {certificate}");
    }
    assert!(!certificate.contains("NEG19-01"), "{certificate}");
    desk.run(&["check", "r.goldthread"]).done();
    let answer = desk.run(&["retention", "r.goldthread", "--json"]).done();
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["audits"][0]["removed"]["records"]["case"], 2);
    assert_eq!(answer["audits"][0]["forms"], 0);
    let history = desk
        .run(&["history", "r.goldthread", "retention of Neglect 2019"])
        .done();
    assert!(history.contains("Inquiry closed"), "{history}");
    // What is left can still be summed up and exported.
    desk.run(&["summary", "r.goldthread"]).done();
    for kind in ["bmg-json", "xlsx"] {
        desk.run(&["export", "r.goldthread", "--as", kind, "-o", kind])
            .done();
    }
}

#[test]
fn a_copy_that_still_holds_them_is_named() {
    let desk = Desk::with_audit();
    desk.run(&[
        "issue",
        "r.goldthread",
        "--audit",
        "Neglect 2019",
        "--agency",
        "POL",
        "-o",
        "pol.goldthread",
    ])
    .done();
    desk.run(&["merge", "r.goldthread", "pol.goldthread"])
        .done();
    desk.run(&["check", "r.goldthread", "--repair"]).done();
    desk.run(&of_audit(&["--date", "2024-12-31"])).done();
    let removed = desk.run(&of_audit(&["--remove"])).done();
    assert!(
        removed.contains("This copy still holds them: ./r before-repair")
            || removed.contains("This copy still holds them: r before-repair"),
        "{removed}"
    );
    let refused = refused_untouched(&desk, &["merge", "r.goldthread", "pol.goldthread"]);
    assert!(refused.contains("removed on"), "{refused}");
    let refused = refused_untouched(
        &desk,
        &[
            "issue",
            "r.goldthread",
            "--audit",
            "Neglect 2019",
            "--agency",
            "POL",
            "-o",
            "again.goldthread",
        ],
    );
    assert!(refused.contains("removed on"), "{refused}");
    let refused = refused_untouched(&desk, &["load", "r.goldthread", "data.json"]);
    assert!(refused.contains("Neglect 2019"), "{refused}");
}

#[test]
fn the_partnership_sets_a_period_and_a_return_has_none() {
    let desk = Desk::with_audit();
    desk.run(&["retention", "r.goldthread", "--months", "18"])
        .done();
    let answer = desk.run(&["retention", "r.goldthread", "--json"]).done();
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["keep_months"], 18);
    let refused = refused_untouched(&desk, &["retention", "r.goldthread", "--months", "5000"]);
    assert!(refused.contains("at most 1200 months"), "{refused}");
    let usage = desk.run(&["retention", "r.goldthread", "--remove"]);
    assert_eq!(usage.code, 2);
}
