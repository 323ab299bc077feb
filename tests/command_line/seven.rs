//! Seven agencies: a return each, filled in in sessions of their own and one of them as a workbook,
//! merged in two orders.

use std::fs;
use std::io::Write as _;
use std::process::{Command as Process, Stdio};
use std::sync::Arc;

use goldthread::domain::answer::{Given, Note, Value};
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::form::{AgencyReturn, CaseForm};
use goldthread::domain::revision::Author;
use goldthread::domain::tool::{Kind, Tool};
use goldthread::session::command::{Command, FormCommand};
use goldthread::session::{Opening, SaveState, Session, Start};
use serde_json::{Value as Json, json};

use super::Desk;
use super::workbook::editing::{ANSWER, Book, Put, WORRIES};

const AGENCIES: [&str; 7] = ["CSC", "POL", "GP", "HP", "CAMHS", "EDU", "CPR"];
const CASES: [&str; 3] = ["NEG26-01", "NEG26-02", "NEG26-03"];

/// A register with an audit of seven agencies, nothing answered yet.
fn register() -> Desk {
    let desk = Desk::new();
    let cases: Vec<Json> = CASES.iter().map(|case| json!({"ref": case})).collect();
    let data = json!({"schema": "goldthread/data/1",
        "audit": {"title": "Neglect 2026", "tool": "neglect@1", "from": "2025-11-01",
                  "to": "2026-10-31", "agencies": AGENCIES, "re_audit_of": null},
        "cases": cases, "forms": [], "judgements": [], "hypotheses": [], "findings": [],
        "actions": [], "safety_stops": []});
    desk.write("data.json", data.to_string());
    desk.run(&["new", "r.goldthread", "--partnership", "Anywhere"])
        .done();
    desk.run(&["load", "r.goldthread", "data.json"]).done();
    desk
}

/// A session on a file of the desk, as a window has it.
fn session(desk: &Desk, file: &str, agency: &str) -> Session {
    let start = Start {
        opening: Opening::Open(desk.path(file), None),
        catalogue: Arc::new(Catalogue::built_in().unwrap()),
        author: Author {
            role: "auditor".into(),
            agency: agency.into(),
            device: format!("laptop of {agency}"),
        },
        clock: Arc::new(chrono::Utc::now),
        wake: None,
    };
    let mut session = Session::start(start).unwrap();
    session.notices();
    session
}

/// Does things to one form, in order, and sees that they are on disk.
fn on_form(session: &mut Session, agency: &str, case: usize, done: Vec<FormCommand>) {
    let register = session.register();
    let audit = register.find_audit("Neglect 2026").unwrap();
    let (case, _) = register.cases_of(audit)[case];
    let form = CaseForm::id(AgencyReturn::id(audit, agency), case);
    session.open_form(form);
    session.notices();
    for command in done {
        let applied = session.apply(&Command::Form(form, Box::new(command)));
        applied.unwrap_or_else(|refused| panic!("{agency}: {refused}"));
    }
    session.notices();
    assert!(matches!(session.save_state(), SaveState::Saved(_)));
    session.close_form();
}

/// What an agency says of a case: every grade it is asked for, some with a note, and a date.
fn answers(session: &Session, agency: &str, case: usize) -> Vec<FormCommand> {
    let register = session.register();
    let tool = register.tool_of(register.find_audit("Neglect 2026").unwrap());
    let asked = tool.unwrap().questions.iter();
    let asked = asked.filter(|question| question.is_for(agency) && question.kind == Kind::Grade);
    let turn = AGENCIES.iter().position(|own| *own == agency).unwrap() + case;
    let grades = ["good", "requires_improvement", "inadequate", "outstanding"];
    let mut done = vec![FormCommand::SetRole("team manager".into())];
    for (at, question) in asked.enumerate() {
        done.push(FormCommand::Give {
            question: question.id.clone(),
            given: Some(Given::Value(Value::one(grades[(turn + at) % 4]))),
        });
        done.push(FormCommand::WriteNote {
            question: question.id.clone(),
            note: Note::Worries,
            text: format!("Seen by {agency} on day {at}"),
        });
    }
    done.push(FormCommand::SetDate {
        date_id: "referral".into(),
        date: chrono::NaiveDate::from_ymd_opt(2026, 3, 2 + turn as u32),
    });
    done.push(FormCommand::SetOverall(Some(grades[turn % 4].into())));
    done
}

/// Makes the return of an agency, fills it in, and gives the name under which it comes back.
fn sent_back(desk: &Desk, agency: &str) -> String {
    if agency == "EDU" {
        return sent_back_as_workbook(desk, agency);
    }
    let issued = format!("{agency}.goldthread");
    let arguments = ["--audit", "Neglect 2026", "--agency", agency, "-o", &issued];
    desk.run(&[&["issue", "r.goldthread"], &arguments[..]].concat())
        .done();
    let mut session = session(desk, &issued, agency);
    for case in 0..CASES.len() {
        let done = match (agency, case) {
            ("GP", 1) => vec![FormCommand::MarkNotKnown],
            ("CAMHS", 2) => vec![FormCommand::Decline("Nobody is free to look".into())],
            _ => answers(&session, agency, case),
        };
        on_form(&mut session, agency, case, done);
    }
    drop(session);
    let back = format!("{agency} (1).goldthread");
    fs::rename(desk.path(&issued), desk.path(&back)).unwrap();
    back
}

/// The same for schools, whose laptops may not run the program: somebody types into the cells.
fn sent_back_as_workbook(desk: &Desk, agency: &str) -> String {
    let issue = ["issue", "r.goldthread", "--audit", "Neglect 2026"];
    let as_workbook = ["--agency", agency, "--as", "xlsx", "-o", "EDU.xlsx"];
    desk.run(&[&issue[..], &as_workbook].concat()).done();
    let mut book = Book::open(&desk.path("EDU.xlsx"));
    let register = session(desk, "r.goldthread", "");
    let catalogue = Catalogue::built_in().unwrap();
    let tool = catalogue.tool("neglect").unwrap();
    for (case, sheet) in CASES.iter().enumerate() {
        for done in answers(&register, agency, case) {
            type_in(&mut book, sheet, tool, done);
        }
    }
    book.save_at(&desk.path("EDU (1).xlsx"), "2026-11-20T15:30:00Z");
    "EDU (1).xlsx".into()
}

fn type_in(book: &mut Book, sheet: &str, tool: &Tool, done: FormCommand) {
    let grade = |id: &str| tool.grade_label(id).to_owned();
    let (id, column, text) = match done {
        FormCommand::SetRole(role) => ("form role".to_owned(), ANSWER, role),
        FormCommand::SetOverall(Some(overall)) => ("form overall".into(), ANSWER, grade(&overall)),
        FormCommand::Give {
            question,
            given: Some(Given::Value(Value::One(value))),
        } => (question, ANSWER, grade(&value)),
        FormCommand::WriteNote { question, text, .. } => (question, WORRIES, text),
        FormCommand::SetDate {
            date_id,
            date: Some(date),
        } => {
            let day = date.to_string();
            book.put(sheet, &format!("date {date_id}"), ANSWER, Put::Date(&day));
            return;
        }
        other => panic!("nobody types {other:?} into a cell"),
    };
    book.put(sheet, &id, column, Put::Text(&text));
}

/// Answers a number through a session of the real program.
fn answer(desk: &Desk, file: &str, agency: &str, line: &str) {
    let mut child = Process::new(assert_cmd::cargo::cargo_bin!("goldthread"))
        .args(["answer", file, "--audit", "Neglect 2026"])
        .args(["--agency", agency, "--case", CASES[0]])
        .current_dir(desk.0.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(child.stdin.take().unwrap(), "{line}").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        format!("saved {line}\n")
    );
}

#[test]
fn seven_returns_merged_in_two_orders_leave_the_same_summary_to_the_byte() {
    let desk = register();
    let mut files: Vec<String> = AGENCIES
        .iter()
        .map(|agency| sent_back(&desk, agency))
        .collect();
    answer(&desk, &files[0], "CSC", "N01 4");
    // What the police said by telephone, before their return came with another answer.
    let by_telephone = vec![FormCommand::Give {
        question: "C01".into(),
        given: Some(Given::Value(Value::one("inadequate"))),
    }];
    let mut office = session(&desk, "r.goldthread", "");
    on_form(&mut office, "POL", 0, by_telephone);
    drop(office);
    for copy in ["left.goldthread", "right.goldthread"] {
        fs::copy(desk.path("r.goldthread"), desk.path(copy)).unwrap();
    }
    // In conflict are the answer, and where the form stands.
    // All at once; and the other way round, one by one, one of them twice.
    let all: Vec<&str> = files.iter().map(String::as_str).collect();
    let told = desk
        .run(&[&["merge", "left.goldthread"], &all[..]].concat())
        .done();
    assert!(
        told.contains("2 conflicts: both versions are kept"),
        "{told}"
    );
    files.reverse();
    files.push(files[2].clone());
    for file in &files {
        desk.run(&["merge", "right.goldthread", file]).done();
    }
    let summary = |register: &str| desk.run(&["summary", register, "--json"]).done();
    let left = summary("left.goldthread");
    assert_eq!(left, summary("right.goldthread"));
    for register in ["left.goldthread", "right.goldthread"] {
        assert!(desk.run(&["check", register]).done().contains("is whole"));
    }
    // And it is a summary of what was sent.
    let summary: Json = serde_json::from_str(&left).unwrap();
    let audit = &summary["audits"][0];
    let forms = &audit["forms"];
    assert_eq!(
        (&forms["expected"], &forms["not_known"], &forms["declined"]),
        (&json!(21), &json!(1), &json!(1))
    );
    let questions = audit["questions"].as_array().unwrap();
    let answered = |agency: &str| questions.iter().any(|row| row["agency"] == agency);
    assert!(AGENCIES.iter().all(|agency| answered(agency)), "{left}");
}
