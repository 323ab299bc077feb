//! What is not as it was sent out is told by sheet and cell, all at once, and changes nothing.

use std::fs;

use goldthread::exchange::return_workbook::CellProblem;
use goldthread::session::jobs::ReturnFormat;

use super::editing::{ANSWER, BLANK, Book, CODE, CONCERN, ID, Put, VERSION, WORDS, WORKED};
use super::office::{FIRST, Office, SECOND, fill_in, neglect};

const LATER: &str = "2026-11-12T14:02:00Z";
const ABOUT: &str = "About this return";

/// One way to spoil a workbook; gives the cell in which it has to be told, and words of how.
type Spoil = fn(&mut Book) -> (String, &'static str);

/// Puts something into a cell of the first case's sheet.
fn put(book: &mut Book, id: &str, column: &str, what: Put<'_>) -> String {
    book.put(FIRST, id, column, what)
}

const CELLS: &[(&str, Spoil)] = &[
    ("a value that is not on the list", |book| {
        (
            put(book, "C01", ANSWER, Put::Text("Fairly good")),
            "“Fairly good” is not on the list; choose one of “Outstanding”, “Good”",
        )
    }),
    ("a number where a list is", |book| {
        (
            put(book, "C01", ANSWER, Put::Number(2.0)),
            "2 is not on the list",
        )
    }),
    ("a mark that is not yes", |book| {
        (
            put(book, "C01", CONCERN, Put::Text("x")),
            "“x” is not on the list; choose one of “Yes”",
        )
    }),
    ("a date typed as text", |book| {
        (
            put(book, "date referral", ANSWER, Put::Text("04/01/2026")),
            "“04/01/2026” is text and not a date",
        )
    }),
    ("words where a date is", |book| {
        (
            put(book, "date referral", ANSWER, Put::Text("last spring")),
            "“last spring” is not a date",
        )
    }),
    ("a date of another century", |book| {
        (
            put(book, "date referral", ANSWER, Put::Date("1926-01-04")),
            "04/01/1926 is not a date between 1990 and 2100",
        )
    }),
    ("a formula where a grade is", |book| {
        (
            put(book, "C01", ANSWER, Put::Formula("C30")),
            "a formula is not on the list",
        )
    }),
    ("a formula in a note", |book| {
        (
            put(book, "C01", WORKED, Put::Formula("1+1")),
            "a formula stands here, and words belong here",
        )
    }),
    ("a formula where a date is", |book| {
        (
            put(book, "date referral", ANSWER, Put::Formula("TODAY()")),
            "a formula is not a date",
        )
    }),
    ("a date in a note", |book| {
        let day = Put::Date("2026-01-04");
        let cell = book.put(FIRST, "C01", WORKED, day);
        // The look of a date comes with a date that is pasted.
        let date = book.put(FIRST, "date referral", ANSWER, Put::Nothing);
        book.same_look(FIRST, &date, &cell);
        (cell, "this is a date (04/01/2026")
    }),
    ("the question changed", |book| {
        (
            put(book, "C07", WORDS, Put::Text("How well did you do?")),
            "the question was changed; it was “",
        )
    }),
    ("the code changed", |book| {
        (
            put(book, "C07", CODE, Put::Text("C70")),
            "the code was changed; it was “C07”",
        )
    }),
    ("the id changed", |book| {
        (
            put(book, "C07", ID, Put::Text("C99")),
            "the row “C99” is not of this return",
        )
    }),
    ("the version changed", |book| {
        (
            put(book, "form status", VERSION, Put::Text("mine")),
            "the version of this row was changed",
        )
    }),
    ("another version", |book| {
        let version = "0198c0de-0000-7000-8000-000000000001";
        (
            put(book, "form status", VERSION, Put::Text(version)),
            "this register does not have the version",
        )
    }),
    ("the version taken out", |book| {
        (
            put(book, "form status", VERSION, Put::Nothing),
            "this register does not have the version",
        )
    }),
    ("something beside a heading", |book| {
        (
            put(book, "section RR", WORKED, Put::Text("see below")),
            "nothing belongs in this cell and it would be lost",
        )
    }),
    ("something beside the table", |book| {
        (
            put(book, "C01", "M", Put::Text("see below")),
            "nothing belongs in this cell",
        )
    }),
    ("something under the table", |book| {
        book.put_at(FIRST, "B300", Put::Text("One more thing"));
        ("B300".into(), "nothing belongs in this cell")
    }),
    ("an answer and a blank", |book| {
        put(book, "C10 = report", ANSWER, Put::Text("Yes"));
        (
            put(book, "C10", BLANK, Put::Text("Not applicable")),
            "C10 has an answer and a reason for having none",
        )
    }),
    ("a heading of a column changed", |book| {
        book.put_at(FIRST, "F3", Put::Text("Worries"));
        (
            "F3".into(),
            "the column heading “What worries us” was changed",
        )
    }),
    ("the case's id changed", |book| {
        book.put_at(FIRST, "K1", Put::Text("another"));
        ("K1".into(), "this sheet is not the one of NEG26-01")
    }),
    ("declined without a reason", |book| {
        put(book, "form status", ANSWER, Put::Text("Declined"));
        (
            cell(book, "form declined", ANSWER),
            "the form is declined; say why",
        )
    }),
    ("a reason for declining, and not declined", |book| {
        (
            put(book, "form declined", ANSWER, Put::Text("No time")),
            "but the form is not declined",
        )
    }),
    ("not known, with answers", |book| {
        put(book, "C01", ANSWER, Put::Text("Good"));
        (
            put(book, "form status", ANSWER, Put::Text("Not known to us")),
            "the form is “Not known to us”, but answers",
        )
    }),
    ("a safety stop without its answer", |book| {
        (
            put(book, "stop lead role", ANSWER, Put::Text("named nurse")),
            "C15b does not say that the child may not be safe",
        )
    }),
    ("a day without its time", |book| {
        put(book, "C15b", ANSWER, Put::Text("Unsure"));
        put(book, "stop lead date", ANSWER, Put::Date("2026-11-12"));
        (cell(book, "stop lead time", ANSWER), "the time is missing")
    }),
    ("a time that is none", |book| {
        put(book, "C15b", ANSWER, Put::Text("Unsure"));
        put(book, "stop lead date", ANSWER, Put::Date("2026-11-12"));
        (
            put(book, "stop lead time", ANSWER, Put::Text("noon")),
            "“noon” is not a time of day",
        )
    }),
    ("a slip, and still unsafe", |book| {
        put(book, "C15b", ANSWER, Put::Text("No"));
        (
            put(book, "stop error", ANSWER, Put::Text("wrong line")),
            "so the stop was no slip",
        )
    }),
];

fn cell(book: &Book, id: &str, column: &str) -> String {
    format!("{column}{}", book.row(FIRST, id))
}

/// Reads the workbook back; gives its problems as (sheet, cell, message).
fn told(office: &Office, book: &mut Book) -> Vec<(String, String, String)> {
    let path = office.back(book, LATER);
    let before = fs::read(office.path("register.goldthread")).unwrap();
    let problems = office.problems(&path);
    assert_eq!(
        fs::read(office.path("register.goldthread")).unwrap(),
        before
    );
    let told = |one: CellProblem| {
        (
            one.sheet.clone(),
            one.cell().unwrap_or_default(),
            one.message,
        )
    };
    problems.into_iter().map(told).collect()
}

#[test]
fn each_is_told_in_its_cell() {
    let mut office = Office::new();
    let issued = office.issue("GP").bytes();
    for (what, spoil) in CELLS {
        let mut book = book_of(&office, &issued);
        let (cell, words) = spoil(&mut book);
        let told = told(&office, &mut book);
        let here = told
            .iter()
            .find(|(sheet, at, _)| sheet == FIRST && *at == cell);
        let (_, _, message) = here.unwrap_or_else(|| panic!("{what}: not in {cell}: {told:?}"));
        assert!(message.contains(words), "{what}: {message}");
    }
}

fn book_of(office: &Office, bytes: &[u8]) -> Book {
    let path = office.path("as issued.xlsx");
    fs::write(&path, bytes).unwrap();
    Book::open(&path)
}

#[test]
fn all_are_told_at_once_in_the_order_of_the_sheet() {
    let mut office = Office::new();
    let mut book = office.issue("GP");
    let mut expected = Vec::new();
    for sheet in [FIRST, SECOND] {
        let wrong = [
            ("date referral", ANSWER, Put::Text("4.1.26")),
            ("C01", ANSWER, Put::Text("Super")),
            ("C01", CONCERN, Put::Text("maybe")),
            ("N02", WORDS, Put::Text("Which?")),
            ("C11", ANSWER, Put::Formula("1")),
        ];
        for (id, column, what) in wrong {
            let cell = book.put(sheet, id, column, what);
            expected.push((sheet.to_owned(), cell));
        }
    }
    let told = told(&office, &mut book).into_iter();
    let told: Vec<_> = told.map(|(sheet, cell, _)| (sheet, cell)).collect();
    assert_eq!(told, expected);
    let path = office.back(&mut book, LATER);
    let why = office.refusal(&path);
    assert!(
        why.contains(
            "10 problems, and nothing of it was merged. The first: sheet “NEG26-01”, cell C"
        ),
        "{why}"
    );
}

/// Spoils the rows of the first sheet; gives the cells in which it has to be told, and words of how.
type SpoilRows = fn(&mut Book) -> Vec<(String, &'static str)>;

const ROWS: &[(&str, SpoilRows)] = &[
    ("a row taken out", |book| {
        let row = book.row(FIRST, "C05");
        book.take_row_out(FIRST, row);
        vec![(format!("J{row}"), "the row “C05” is missing")]
    }),
    ("a row put in", |book| {
        let row = book.row(FIRST, "C05");
        book.put_row_in(FIRST, row);
        vec![(
            format!("J{}", row + 1),
            "a row was put in or taken out above: “C05”",
        )]
    }),
    ("two rows changed about", |book| {
        let (one, other) = (book.row(FIRST, "C11"), book.row(FIRST, "C12"));
        book.swap_rows(FIRST, one, other);
        vec![(format!("J{one}"), "the row “C12” was moved here")]
    }),
    ("a row moved to the end", |book| {
        let row = book.row(FIRST, "C01");
        book.paste_row(FIRST, row, 200);
        vec![(
            "J200".into(),
            "the row “C01” was moved here; it belongs in row",
        )]
    }),
    ("a row copied over another", |book| {
        let (from, over) = (book.row(FIRST, "C11"), book.row(FIRST, "C12"));
        book.copy_row(FIRST, from, over);
        vec![
            (format!("J{over}"), "the row “C11” stands here and in row"),
            (format!("J{over}"), "the row “C12” is missing"),
        ]
    }),
];

#[test]
fn rows_out_of_place_are_told_and_never_guessed() {
    let mut office = Office::new();
    let issued = office.issue("GP").bytes();
    for (what, spoil) in ROWS {
        let mut book = book_of(&office, &issued);
        // What else is wrong is told with it, where it stands now.
        book.put(FIRST, "C15a", ANSWER, Put::Text("Much better"));
        let expected = spoil(&mut book);
        let elsewhere = (
            cell(&book, "C15a", ANSWER),
            "“Much better” is not on the list",
        );
        let told = told(&office, &mut book);
        for (cell, words) in expected.into_iter().chain([elsewhere]) {
            let found = told
                .iter()
                .any(|(_, at, message)| *at == cell && message.contains(words));
            assert!(found, "{what}: not “{words}” in {cell}: {told:?}");
        }
    }
}

#[test]
fn sheets_renamed_taken_out_or_put_in_are_told() {
    let mut office = Office::new();
    let issued = office.issue("GP").bytes();
    type SpoilSheets = fn(&mut Book);
    let cases: [(SpoilSheets, &str, &str, &str); 7] = [
        (
            |book| book.rename_sheet(FIRST, "Child A"),
            FIRST,
            "",
            "this sheet was renamed to “Child A”",
        ),
        (
            |book| book.take_sheet_out(FIRST),
            FIRST,
            "",
            "this sheet is missing; put it back",
        ),
        (
            |book| book.copy_sheet(FIRST, "NEG26-01 (2)"),
            "NEG26-01 (2)",
            "",
            "this sheet is not of this return",
        ),
        (
            |book| book.swap_names(FIRST, SECOND),
            FIRST,
            "K1",
            "this sheet is not the one of NEG26-01",
        ),
        (
            |book| book.take_sheet_out("Lists"),
            "Lists",
            "",
            "this sheet is missing",
        ),
        (
            |book| book.put_at(ABOUT, "B70", Put::Text("We are short of staff")),
            ABOUT,
            "B70",
            "nothing belongs in this cell",
        ),
        (
            |book| book.put_at(ABOUT, "C40", Put::Text("no id")),
            ABOUT,
            "C40",
            "the list of the sheets was changed",
        ),
    ];
    for (spoil, sheet, cell, words) in cases {
        let mut book = book_of(&office, &issued);
        spoil(&mut book);
        let told = told(&office, &mut book);
        let found = told
            .iter()
            .any(|(on, at, message)| on == sheet && at == cell && message.contains(words));
        assert!(found, "not “{words}”: {told:?}");
    }
}

#[test]
fn a_submitted_sheet_lacks_nothing() {
    let mut office = Office::new();
    let mut book = office.issue("GP");
    fill_in(&mut book, FIRST);
    let mut expected = Vec::new();
    for (id, column, words) in [
        ("form role", ANSWER, "your role is missing"),
        ("form overall", ANSWER, "the overall grade is missing"),
        (
            "stop lead role",
            ANSWER,
            "the safety stop is not complete: record who was told",
        ),
        (
            "stop frontdoor response",
            ANSWER,
            "the safety stop is not complete: record what they said",
        ),
        ("N02 = medical", ANSWER, "N02 has no answer"),
        ("C05", "F", "the answer to C05 needs a note"),
        ("C09", ANSWER, "C09 has no answer"),
    ] {
        let cell = match id {
            "C05" => book.put(FIRST, id, column, Put::Text("  ")),
            "N02 = medical" => {
                for other in ["N02 = educational", "N02 = supervision"] {
                    book.put(FIRST, other, ANSWER, Put::Nothing);
                }
                book.put(FIRST, id, column, Put::Nothing)
            }
            _ => book.put(FIRST, id, column, Put::Nothing),
        };
        expected.push((cell, words));
    }
    book.put(FIRST, "C15b", ANSWER, Put::Text("No"));
    let told = told(&office, &mut book);
    for (cell, words) in expected {
        let found = told
            .iter()
            .any(|(sheet, at, message)| sheet == FIRST && *at == cell && message.contains(words));
        assert!(found, "not “{words}” in {cell}: {told:?}");
    }
    // Eight parts of the safety stop, with the day standing for day and time; the unsafe answer
    // needs a note.
    assert_eq!(told.len(), 5 + 8 + 1, "{told:?}");
}

#[test]
fn an_alarming_answer_is_asked_about_again() {
    let mut data = neglect();
    data["audit"]["tool"] = "sexual-abuse-referrals@1".into();
    let mut office = Office::of(&data);
    let mut book = office.issue("POL");
    book.put(FIRST, "A03", ANSWER, Put::Text("Inadequate"));
    book.put(FIRST, "C15b", ANSWER, Put::Text("Yes"));
    book.put(FIRST, "form status", ANSWER, Put::Text("Submitted"));
    let cell = cell(&book, "C15b after A03", ANSWER);
    let here = |told: &[(String, String, String)]| told.iter().any(|(_, at, _)| *at == cell);
    assert!(here(&told(&office, &mut book)));
    book.put(FIRST, "C15b after A03", ANSWER, Put::Text("Yes"));
    assert!(!here(&told(&office, &mut book)));
    assert!(!told(&office, &mut book).is_empty());
}

#[test]
fn numbers_are_held_to_their_bounds() {
    let mut data = neglect();
    data["audit"]["tool"] = "children-in-need@1".into();
    let mut office = Office::of(&data);
    let mut book = office.issue("CSC");
    let mut expected = Vec::new();
    for (id, number, words) in [
        (
            "K09a",
            -1.0,
            "-1 is not a whole number between 0 and 1,000,000",
        ),
        ("K10a", 2.5, "2.5 is not a whole number"),
        (
            "K05 part",
            5.0,
            "5 of 4 cannot be: the part is larger than the whole",
        ),
        ("K09b part", 1_000_001.0, "1000001 is not a whole number"),
    ] {
        expected.push((book.put(FIRST, id, ANSWER, Put::Number(number)), words));
    }
    book.put(FIRST, "K05 whole", ANSWER, Put::Number(4.0));
    book.put(FIRST, "K09b whole", ANSWER, Put::Text("7"));
    book.put(FIRST, "K09c part", ANSWER, Put::Number(1.0));
    expected.push((
        cell(&book, "K09c whole", ANSWER),
        "the second number is missing",
    ));
    let told = told(&office, &mut book);
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (cell, words) in expected {
        let found = told
            .iter()
            .any(|(_, at, message)| *at == cell && message.contains(words));
        assert!(found, "not “{words}” in {cell}: {told:?}");
    }
}

#[test]
fn what_is_no_return_of_this_register_is_refused_in_one_sentence() {
    let mut office = Office::new();
    let other = Office::new().issue("GP");
    let mut cases = vec![(other.bytes(), "belongs to another partnership (Anywhere)")];
    let issued = office.issue("GP").bytes();
    type Spoil = fn(&mut Book);
    let spoils: [(Spoil, &str); 7] = [
        (
            |book| identity(book, "Format", "goldthread/return-workbook/2"),
            "a newer version of Goldthread",
        ),
        (
            |book| identity(book, "Format", "a form"),
            "it is not a return made by Goldthread",
        ),
        (
            |book| identity(book, "Audit id", "0198c0de-0000-7000-8000-000000000001"),
            "is for “Neglect 2026”, an audit that this register does not hold",
        ),
        (
            |book| identity(book, "Audit id", "this one"),
            "(“Audit id”) was changed",
        ),
        (
            |book| identity(book, "Agency code", "CSC"),
            "problems, and nothing of it was merged",
        ),
        (
            |book| identity(book, "Tool version", "neglect@7"),
            "made with neglect@7, and the audit uses neglect@1",
        ),
        (
            |book| book.rename_sheet(ABOUT, "Start here"),
            "it is not a return made by Goldthread",
        ),
    ];
    for (spoil, words) in spoils {
        let mut book = book_of(&office, &issued);
        spoil(&mut book);
        cases.push((book.bytes(), words));
    }
    let half = issued.len() / 2;
    cases.push((issued[..half].to_vec(), "it is damaged"));
    cases.push((
        b"PK\x03\x04 is how a letter begins".to_vec(),
        "it is damaged",
    ));
    cases.push((
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
        "has a password or is of the older .xls kind",
    ));
    for (bytes, words) in cases {
        let path = office.path("odd.xlsx");
        fs::write(&path, bytes).unwrap();
        let why = office.refusal(&path);
        assert!(why.contains(words), "not “{words}”: {why}");
    }
}

/// Changes what the first sheet says that the workbook is.
fn identity(book: &mut Book, label: &str, value: &str) {
    let row = book.row_labelled(ABOUT, label);
    book.put_at(ABOUT, &format!("B{row}"), Put::Text(value));
}

#[test]
fn a_sheet_that_claims_to_reach_to_the_last_cell_is_told_at_once() {
    let mut office = Office::new();
    let mut book = office.issue("GP");
    book.put_at(FIRST, "XFD1048576", Put::Text("far away"));
    let told = told(&office, &mut book);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].1, "XFD1048576");
}

#[test]
fn whatever_is_done_to_its_bytes_a_workbook_is_read_or_refused() {
    let mut office = Office::new();
    let issued = office.issue("GP").bytes();
    let mut book = book_of(&office, &issued);
    let part = "xl/worksheets/sheet2.xml";
    // Every so many bytes of a sheet one is changed, and the rest left as it is.
    for step in 0..60 {
        book = book_of(&office, &issued);
        book.edit(part, |xml| {
            let mut bytes = xml.as_bytes().to_vec();
            let at = step * bytes.len() / 60;
            bytes[at] = [b'<', b'"', b'9', b'&'][step % 4];
            String::from_utf8_lossy(&bytes).into_owned()
        });
        let path = office.back(&mut book, LATER);
        let preview = office.preview(&[&path]);
        if let Err(why) = &preview.files[0].brings {
            assert!(!why.is_empty());
        }
    }
    drop(book);
}

#[test]
fn a_return_file_that_is_named_as_a_workbook_is_told_by_what_is_in_it() {
    let mut office = Office::new();
    let (path, _) = office.try_issue("GP", ReturnFormat::Goldthread).unwrap();
    let renamed = office.path("gp.xlsx");
    fs::rename(path, &renamed).unwrap();
    assert_eq!(office.news(&[&renamed]), 0);
    let mut book = office.issue("GP");
    fill_in(&mut book, FIRST);
    let path = office.back(&mut book, LATER);
    let renamed = office.path("gp.goldthread");
    fs::rename(path, &renamed).unwrap();
    assert!(office.news(&[&renamed]) > 0);
}
