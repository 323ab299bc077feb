//! The Excel return, from the command line and back.

use serde_json::{Value, json};

#[allow(dead_code)]
#[path = "../workbook/editing.rs"]
pub mod editing;

use super::{Desk, refused_untouched};
use editing::{ANSWER, Book, Put};

const ISSUE: [&str; 8] = [
    "issue",
    "r.goldthread",
    "--audit",
    "Neglect 2019",
    "--agency",
    "POL",
    "--as",
    "xlsx",
];
const SHEET: &str = "NEG19-01";

/// A register and the workbook of its police.
fn issued() -> (Desk, Book) {
    let desk = Desk::with_audit();
    let arguments = [&ISSUE[..], &["--due", "2026-12-01", "-o", "pol.xlsx"]].concat();
    assert_eq!(
        desk.run(&arguments).done(),
        "Made pol.xlsx for POL: “Neglect 2019”, 2 cases, due 01/12/2026.\n"
    );
    let book = Book::open(&desk.path("pol.xlsx"));
    (desk, book)
}

fn merged(desk: &Desk, arguments: &[&str]) -> Value {
    let all = [&["merge", "r.goldthread", "--json"], arguments].concat();
    serde_json::from_str(&desk.run(&all).done()).unwrap()
}

#[test]
fn a_workbook_goes_out_is_filled_in_and_merged_once() {
    let (desk, mut book) = issued();
    assert_eq!(
        book.sheets(),
        ["About this return", "NEG19-01", "NEG19-02", "Lists"]
    );
    book.put(SHEET, "C01", ANSWER, Put::Text("Good"));
    book.put(SHEET, "date referral", ANSWER, Put::Date("2019-01-04"));
    book.put(SHEET, "form role", ANSWER, Put::Text("sergeant"));
    book.save_at(&desk.path("pol back.xlsx"), "2026-11-12T14:02:00Z");
    let text = desk
        .run(&["merge", "r.goldthread", "pol back.xlsx", "--dry-run"])
        .done();
    let line =
        "NEG19-01: In progress (was: Not started); 2 new, 0 changed, 0 taken back, 0 unchanged";
    assert!(text.contains(line), "{text}");
    let dry = merged(&desk, &["pol back.xlsx", "--dry-run"]);
    let wet = merged(&desk, &["pol back.xlsx"]);
    assert_eq!(dry["returns"], wet["returns"]);
    assert_eq!(wet["returns"][0]["new_changes"], 3);
    let again = merged(&desk, &["pol back.xlsx", "pol.xlsx"]);
    assert_eq!(
        (&again["returns"][0]["new_changes"], &again["copy"]),
        (&json!(0), &Value::Null)
    );
    assert!(
        desk.run(&["check", "r.goldthread"])
            .done()
            .contains("is whole")
    );
    let history = desk
        .run(&["history", "r.goldthread", "NEG19-01 POL C01"])
        .done();
    assert!(
        history.contains("sergeant") && history.to_lowercase().contains("good"),
        "{history}"
    );
}

#[test]
fn what_is_wrong_with_a_workbook_is_said_by_sheet_and_cell() {
    let (desk, mut book) = issued();
    let grade = book.put(SHEET, "C01", ANSWER, Put::Text("Fairly good"));
    let date = book.put("NEG19-02", "date referral", ANSWER, Put::Text("04/01/2019"));
    book.save_at(&desk.path("back.xlsx"), "2026-11-12T14:02:00Z");
    let merge = ["merge", "r.goldthread", "back.xlsx"];
    let why = refused_untouched(&desk, &merge);
    assert!(
        why.contains("back.xlsx: 2 problems, and nothing of it was merged."),
        "{why}"
    );
    let ended = desk.run(&[&merge[..], &["--dry-run"]].concat());
    assert_eq!(ended.code, 1);
    for line in [
        format!("  sheet “NEG19-01”, cell {grade}: “Fairly good” is not on the list"),
        format!("  sheet “NEG19-02”, cell {date}: “04/01/2019” is text and not a date"),
    ] {
        assert!(ended.out.contains(&line), "{}", ended.out);
    }
    let ended = desk.run(&[&merge[..], &["--json"]].concat());
    let told: Value = serde_json::from_str(&ended.out).unwrap();
    let problems = told["returns"][0]["problems"].as_array().unwrap();
    let places: Vec<_> = problems
        .iter()
        .map(|one| (&one["sheet"], &one["cell"]))
        .collect();
    let expected = [
        (json!(SHEET), json!(grade)),
        (json!("NEG19-02"), json!(date)),
    ];
    assert_eq!(
        places,
        expected
            .iter()
            .map(|(sheet, cell)| (sheet, cell))
            .collect::<Vec<_>>()
    );
}

#[test]
fn a_workbook_beside_return_files_leads_to_the_same_in_any_order() {
    let (desk, mut book) = issued();
    book.put(SHEET, "C01", ANSWER, Put::Text("Inadequate"));
    book.save_at(&desk.path("pol back.xlsx"), "2026-11-12T14:02:00Z");
    let file = [&ISSUE[..4], &["--agency", "CSC", "-o", "csc.goldthread"]].concat();
    desk.run(&file).done();
    std::fs::copy(desk.path("r.goldthread"), desk.path("s.goldthread")).unwrap();
    for (register, order) in [
        ("r.goldthread", ["pol back.xlsx", "csc.goldthread"]),
        ("s.goldthread", ["csc.goldthread", "pol back.xlsx"]),
    ] {
        for file in order {
            desk.run(&["merge", register, file]).done();
        }
    }
    let summary = |register| desk.run(&["summary", register, "--json"]).done();
    assert_eq!(summary("r.goldthread"), summary("s.goldthread"));
}

#[test]
fn a_workbook_with_a_passphrase_makes_no_sense() {
    let desk = Desk::with_audit();
    desk.write("pass", "battery\n");
    let arguments = [
        &ISSUE[..],
        &["-o", "x.xlsx", "--return-passphrase-file", "pass"],
    ]
    .concat();
    let ended = desk.run(&arguments);
    assert_eq!(ended.code, 2);
    assert!(
        ended.error.contains("cannot carry a passphrase"),
        "{}",
        ended.error
    );
    assert!(!desk.path("x.xlsx").exists());
}

#[test]
fn the_covering_page_stands_on_the_first_sheet() {
    let desk = Desk::with_audit();
    let page =
        "Please look at the last twelve months.\n\nRing the business office with any question.";
    std::fs::write(desk.path("cover.txt"), page).unwrap();
    let arguments = [&ISSUE[..], &["--cover-file", "cover.txt", "-o", "pol.xlsx"]].concat();
    desk.run(&arguments).done();
    let mut book = Book::open(&desk.path("pol.xlsx"));
    let texts = book.texts();
    assert!(texts.contains("To read first"), "{texts}");
    assert!(texts.contains("Ring the business office"), "{texts}");
    book.put(SHEET, "C01", ANSWER, Put::Text("Good"));
    book.save_at(&desk.path("back.xlsx"), "2026-11-12T14:02:00Z");
    assert_eq!(
        merged(&desk, &["back.xlsx"])["returns"][0]["new_changes"],
        2
    );
}

#[test]
fn a_name_in_a_returns_file_name_is_redacted_too() {
    let (desk, mut book) = issued();
    book.put(SHEET, "C01", ANSWER, Put::Text("Good"));
    book.save_at(&desk.path("Zebedee Quill.xlsx"), "2026-11-12T14:02:00Z");
    merged(&desk, &["Zebedee Quill.xlsx"]);
    std::fs::write(desk.path("name.txt"), "Zebedee Quill\n").unwrap();
    let redact = [
        "redact",
        "r.goldthread",
        "--text-file",
        "name.txt",
        "--reason",
        "A name",
    ];
    let told = desk.run(&redact).done();
    assert!(!told.contains("nothing"), "{told}");
    let bytes = std::fs::read(desk.path("r.goldthread")).unwrap();
    let name = b"Quill";
    assert!(!bytes.windows(name.len()).any(|part| part == name));
    // And the same return is still known.
    let again = merged(&desk, &["Zebedee Quill.xlsx"]);
    assert_eq!(again["returns"][0]["new_changes"], 0);
}
