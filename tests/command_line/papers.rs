//! Papers, workbooks and CSV files from the command line.

use std::fs;

use super::{Desk, refused_untouched};

const EXPORT: [&str; 3] = ["export", "d.goldthread", "--as"];

impl Desk {
    fn with_example() -> Self {
        let desk = Self::new();
        desk.run(&["demo", "d.goldthread"]).done();
        desk
    }

    /// Exports as the arguments say; what was said.
    fn export(&self, arguments: &[&str], out: &str) -> String {
        let all = [&EXPORT[..], arguments, &["-o", out]].concat();
        self.run(&all).done()
    }
}

#[test]
fn every_paper_is_written_whole_and_says_what_it_is() {
    let desk = Desk::with_example();
    let audit = ["--audit", "Neglect 2019"];
    let cases: [(&[&str], &str); 7] = [
        (&["--paper", "bmg"], "1 audit as a paper to the BMG"),
        (
            &["--paper", "bmg", "--publish", "--threshold", "9"],
            "to the BMG with small numbers hidden",
        ),
        (&["--paper", "briefing"], "as a learning briefing"),
        (&["--paper", "agency", "--agency", "GP"], "the feedback for"),
        (
            &["--paper", "annual", "--year", "2019-20"],
            "3 audits as the annual section 2019-20",
        ),
        (
            &["--paper", "form", "--tool", "neglect", "--blank"],
            "a blank form of neglect@1",
        ),
        (
            &["--paper", "form", "--agency", "CSC", "--case", "NEG19-01"],
            "the form for NEG19-01",
        ),
    ];
    for (at, (arguments, words)) in cases.into_iter().enumerate() {
        let out = format!("{at}.docx");
        let of_all = arguments.contains(&"annual");
        let audit = if of_all { &[][..] } else { &audit[..] };
        let said = desk.export(&[&["docx"], arguments, audit].concat(), &out);
        assert!(said.contains(words), "{said}");
        assert!(said.contains("worked example, invented cases"), "{said}");
        assert!(fs::read(desk.path(&out)).unwrap().starts_with(b"PK"));
    }
}

#[test]
fn a_workbook_and_csv_files_hold_answers_only_where_nothing_is_published() {
    let desk = Desk::with_example();
    desk.export(&["csv"], "whole");
    desk.export(&["csv", "--with-notes", "--audit", "Neglect 2019"], "notes");
    desk.export(&["csv", "--publish"], "published");
    desk.export(&["xlsx", "--publish"], "published.xlsx");
    let note = "The front door read a dirty home";
    assert!(desk.text("whole/answers.csv").contains("NEG19-01"));
    assert!(!desk.text("whole/answers.csv").contains(note));
    assert!(desk.text("notes/answers.csv").contains(note));
    assert!(!desk.path("published/answers.csv").exists());
    for file in fs::read_dir(desk.path("published")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(!text.contains("NEG19-0") && !text.contains(note));
    }
    assert!(
        desk.text("published/about.csv")
            .contains("Counts from 1 to 5")
    );
    assert!(desk.text("published/dictionary.csv").contains("grades.csv"));
}

#[test]
fn the_workbook_comes_back_with_decisions_just_as_it_went() {
    let desk = Desk::with_example();
    desk.export(&["xlsx"], "out.xlsx");
    let said = desk
        .run(&["decisions", "d.goldthread", "out.xlsx", "--dry-run"])
        .done();
    assert!(
        said.starts_with("0 actions decided on, 20 as before."),
        "{said}"
    );
}

#[test]
fn what_makes_no_sense_is_refused_and_nothing_is_written() {
    let desk = Desk::with_example();
    let audit = ["--audit", "Neglect 2019"];
    let cases: [(&[&str], &str); 4] = [
        (
            &["docx", "--paper", "agency", "--agency", "ZZ"],
            "takes no part",
        ),
        (
            &["docx", "--paper", "annual", "--year", "2001-02"],
            "No audit falls into 2001-02",
        ),
        (
            &["docx", "--paper", "form", "--tool", "nothing"],
            "no audit tool",
        ),
        (
            &[
                "docx", "--paper", "form", "--agency", "GP", "--case", "NEG19-99",
            ],
            "no form for a case",
        ),
    ];
    for (arguments, words) in cases {
        let of_all = arguments.contains(&"annual");
        let audit = if of_all { &[][..] } else { &audit[..] };
        let all = [&EXPORT[..], arguments, audit, &["-o", "x.docx"]].concat();
        let message = refused_untouched(&desk, &all);
        assert!(message.contains(words), "{message}");
    }
    let feedback = ["docx", "--paper", "agency", "--agency", "GP", "--publish"];
    let ended = desk.run(&[&EXPORT[..], &feedback, &audit, &["-o", "x.docx"]].concat());
    assert_eq!(ended.code, 2, "{}", ended.error);
    assert!(ended.error.contains("never published"), "{}", ended.error);
    assert!(!desk.path("x.docx").exists());
    desk.export(&["csv"], "tables");
    let again = [&EXPORT[..], &["csv", "-o", "tables"]].concat();
    assert!(refused_untouched(&desk, &again).contains("choose a new folder"));
}

/// An option that would be passed over in silence makes somebody believe in what was not done.
#[test]
fn every_option_that_an_export_does_not_take_is_a_usage_error() {
    let desk = Desk::with_example();
    let options: [(&str, &[&str]); 8] = [
        ("audit", &["--audit", "Neglect 2019"]),
        ("agency", &["--agency", "POL"]),
        ("year", &["--year", "2019-20"]),
        ("tool", &["--tool", "neglect"]),
        ("case", &["--agency", "POL", "--case", "NEG19-01"]),
        ("blank", &["--blank"]),
        ("basis", &["--basis", "panel"]),
        ("with-notes", &["--with-notes"]),
    ];
    let audit = ["--audit", "Neglect 2019"];
    let kinds: [(&[&str], &[&str]); 10] = [
        (&["bmg-json"], &["audit", "basis"]),
        (&["data-json"], &["audit"]),
        (&["actions-json"], &["audit"]),
        (&["xlsx"], &["audit", "basis", "with-notes"]),
        (&["csv"], &["audit", "basis", "with-notes"]),
        (&["docx", "--paper", "bmg"], &["audit", "basis"]),
        (&["docx", "--paper", "briefing"], &["audit"]),
        (
            &["docx", "--paper", "agency", "--agency", "POL"],
            &["audit", "agency"],
        ),
        (
            &["docx", "--paper", "annual", "--year", "2019-20"],
            &["year", "basis"],
        ),
        (
            &["docx", "--paper", "form"],
            &["audit", "agency", "tool", "case", "blank"],
        ),
    ];
    let mut written = 0;
    for (kind, taken) in kinds {
        for (name, option) in options {
            let twice = kind.contains(&option[0]);
            let out = format!("out-{written}");
            let rest = if name == "audit" || !taken.contains(&"audit") {
                &[][..]
            } else {
                &audit[..]
            };
            let all = [&EXPORT[..], kind, if twice { &[] } else { option }, rest].concat();
            let all = [&all[..], &["--names-checked", "-o", &out]].concat();
            if kind.contains(&"agency") && name == "case" {
                continue; // The agency would stand there twice.
            }
            let ended = desk.run(&all);
            if taken.contains(&name) {
                ended.done();
                written += 1;
            } else {
                assert_eq!(ended.code, 2, "{all:?}: {}", ended.error);
                assert!(!desk.path(&out).exists(), "{all:?}");
                // --paper needed or not is the parser's to say.
                let ours = ended.error.contains("has no meaning with --as");
                assert!(ours || ended.error.contains("required"), "{}", ended.error);
            }
        }
    }
    assert_eq!(written, 22);
}

#[test]
fn a_registers_own_tool_is_found_by_its_name_alone() {
    let desk = Desk::with_example();
    let rounds = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/tools/rounds.json"
    );
    desk.run(&["tool", "add", "d.goldthread", rounds]).done();
    for (at, name) in ["rounds", "rounds@1"].into_iter().enumerate() {
        let said = desk.export(
            &["docx", "--paper", "form", "--tool", name],
            &format!("{at}.docx"),
        );
        assert!(said.contains("a blank form of rounds@1"), "{said}");
    }
}
