//! How long the command line takes to merge 100 returns of 8 cases × 28 questions, beside a raw
//! INSERT … SELECT of the rows that this leaves, from an attached database, in the same run.
//! `cargo bench --bench merge`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::Utc;
use goldthread::domain::answer::{Answer, Given, Value};
use goldthread::domain::audit::{Audit, AuditState, Scope};
use goldthread::domain::case::Case;
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::form::{AgencyReturn, CaseForm, FormStatus};
use goldthread::domain::id::RecordId;
use goldthread::domain::partnership::{Agency, Partnership};
use goldthread::domain::revision::{Author, Change, Edit};
use goldthread::domain::tool::Tool;
use goldthread::store::{DocumentKind, Store};
use rusqlite::Connection;

const AUDITS: usize = 10;
const AGENCIES: usize = 10;
const CASES: usize = 8;
const QUESTIONS: usize = 28;
const ROUNDS: usize = 5;

fn change(agency: &str, edits: Vec<Edit>) -> Change {
    Change {
        edits,
        author: Author {
            role: "team manager".into(),
            agency: agency.into(),
            device: "bench".into(),
        },
        at: Utc::now(),
        reason: None,
    }
}

fn agency(number: usize) -> String {
    format!("A{number:02}")
}

/// An audit with its cases and every agency's forms, nothing in them.
fn audit(id: RecordId, title: String) -> Vec<Edit> {
    let agencies: Vec<String> = (0..AGENCIES).map(agency).collect();
    let head = Audit {
        title,
        tool: "neglect@1".into(),
        agencies: agencies.clone(),
        state: AuditState::Open,
        scope: Scope::default(),
        re_audit_of: None,
    };
    let mut edits = vec![Edit::put(id, head)];
    let cases: Vec<RecordId> = (0..CASES).map(|_| RecordId::fresh()).collect();
    for (at, case) in cases.iter().enumerate() {
        let child = Case {
            audit: id,
            reference: format!("NEG26-{at:02}"),
            age_band: None,
            sex: None,
            ethnicity: None,
            plan: None,
            same_as: None,
        };
        edits.push(Edit::put(*case, child));
    }
    for code in agencies {
        let own = AgencyReturn::id(id, &code);
        let part = AgencyReturn {
            audit: id,
            agency: code,
            issued: None,
            due: None,
            merged: None,
            cover: String::new(),
            arrivals: BTreeMap::new(),
        };
        edits.push(Edit::put(own, part));
        let form = |case: &RecordId| Edit::put(CaseForm::id(own, *case), CaseForm::new(own, *case));
        edits.extend(cases.iter().map(form));
    }
    edits
}

/// A register with 10 audits and 10 agencies.
fn register(path: &Path, tool: &Tool) -> (Store, Vec<RecordId>) {
    let mut store = Store::create(path, DocumentKind::Register, None, "bench").unwrap();
    let partnership = Partnership {
        name: "Anywhere".into(),
        worked_example: false,
        local_rules: None,
        keep_months: None,
    };
    let mut edits = vec![
        Edit::put(RecordId::fresh(), partnership),
        Edit::put(Tool::id(&tool.name()), tool.clone()),
    ];
    edits.extend((0..AGENCIES).map(|number| {
        let code = agency(number);
        let named = Agency {
            code: code.clone(),
            name: code.clone(),
            short: code.clone(),
        };
        Edit::put(Agency::id(&code), named)
    }));
    let audits: Vec<RecordId> = (0..AUDITS).map(|_| RecordId::fresh()).collect();
    for (at, id) in audits.iter().enumerate() {
        edits.extend(audit(*id, format!("Neglect {at}")));
    }
    store.commit(&change("", edits)).unwrap();
    (store, audits)
}

/// Fills in every form of a return, a commit for each as if in one sitting.
fn fill_in(path: &Path, agency: &str, tool: &Tool) {
    let mut store = Store::open(path, None, "laptop").unwrap();
    for (id, form) in store.register().unwrap().forms {
        let questions = tool.questions.iter().take(QUESTIONS);
        let mut edits: Vec<Edit> = questions
            .map(|question| {
                let mut answer = Answer::empty(id, &question.id);
                answer.given = Some(Given::Value(Value::one("requires_improvement")));
                answer.worries =
                    "The plan names services and not what will be different for the child. "
                        .repeat(2);
                Edit::put(Answer::id(id, &question.id), answer)
            })
            .collect();
        edits.push(Edit::put(
            id,
            CaseForm {
                status: FormStatus::Submitted,
                role: "team manager".into(),
                ..form
            },
        ));
        store.commit(&change(agency, edits)).unwrap();
    }
}

/// 100 returns, filled in.
fn returns(folder: &Path, store: &Store, audits: &[RecordId], tool: &Tool) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for (at, audit) in audits.iter().enumerate() {
        for code in (0..AGENCIES).map(agency) {
            let path = folder.join(format!("neglect {at} {code}.goldthread"));
            store.issue(&path, None, "bench", *audit, &code).unwrap();
            fill_in(&path, &code, tool);
            files.push(path);
        }
    }
    files
}

/// The whole command, from start to exit, on a copy of the register.
fn command(register: &Path, files: &[PathBuf]) -> Duration {
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_goldthread"))
        .arg("merge")
        .arg(register)
        .args(files)
        .output()
        .unwrap();
    let took = start.elapsed();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    took
}

/// Looking at the files, and merging what was seen.
fn in_parts(register: &Path, files: &[PathBuf]) -> (Duration, Duration) {
    let mut store = Store::open(register, None, "bench").unwrap();
    let start = Instant::now();
    let look = |path: &PathBuf| store.look_at_return(path, &[]).unwrap();
    let incoming: Vec<_> = files.iter().map(look).collect();
    let looked = start.elapsed();
    let start = Instant::now();
    let author = change("", Vec::new()).author;
    let merged = store.merge(&incoming, &author, Utc::now()).unwrap();
    let took = start.elapsed();
    let forms = CASES * (QUESTIONS + 1);
    assert!(merged.files.iter().all(|file| file.new_revisions == forms));
    (looked, took)
}

/// The rows of `merged` that `before` does not have, by nothing but SQLite.
fn raw(before: &Path, merged: &Path) -> Duration {
    let db = Connection::open(before).unwrap();
    db.execute_batch("PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=FULL; PRAGMA journal_mode=TRUNCATE; PRAGMA foreign_keys=ON;").unwrap();
    let merged = merged.to_string_lossy();
    db.execute("ATTACH ?1 AS merged", [merged.as_ref()])
        .unwrap();
    let start = Instant::now();
    db.execute_batch(
        "BEGIN;
         INSERT INTO revision SELECT * FROM merged.revision WHERE seq > (SELECT max(seq) FROM main.revision);
         INSERT INTO revision_parent SELECT * FROM merged.revision_parent
           WHERE revision NOT IN (SELECT revision FROM main.revision_parent);
         INSERT OR REPLACE INTO record SELECT r.* FROM merged.record r JOIN merged.revision v ON v.id = r.head
           WHERE NOT EXISTS (SELECT 1 FROM main.record o WHERE o.id = r.id AND o.head = r.head);
         INSERT INTO answer SELECT * FROM merged.answer;
         INSERT OR REPLACE INTO case_form SELECT * FROM merged.case_form;
         COMMIT;",
    )
    .unwrap();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn main() {
    let folder = tempfile::tempdir_in(".").unwrap();
    let tool = Catalogue::built_in()
        .unwrap()
        .tool("neglect@1")
        .unwrap()
        .clone();
    let original = folder.path().join("register.goldthread");
    let (store, audits) = register(&original, &tool);
    let files = returns(folder.path(), &store, &audits, &tool);
    drop(store);
    let mut copies = 0;
    let mut copy = || {
        copies += 1;
        let path = folder.path().join(format!("copy {copies}.goldthread"));
        fs::copy(&original, &path).unwrap();
        path
    };
    let [mut whole, mut looking, mut merging, mut bare] = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        let merged = copy();
        whole.push(command(&merged, &files));
        let (looked, took) = in_parts(&copy(), &files);
        looking.push(looked);
        merging.push(took);
        bare.push(raw(&copy(), &merged));
    }
    let [whole, looking, merging, bare] = [whole, looking, merging, bare].map(median);
    let answers = files.len() * CASES * QUESTIONS;
    println!(
        "{} returns, {answers} answers; medians of {ROUNDS}",
        files.len()
    );
    println!("the whole command        {whole:>10.1?}");
    println!("  looking at the files   {looking:>10.1?}");
    println!("  merging                {merging:>10.1?}");
    println!("raw INSERT … SELECT      {bare:>10.1?}");
    let speed = |took: Duration| bare.as_secs_f64() / took.as_secs_f64();
    println!("speed of merging to raw  {:>10.2}", speed(merging));
    println!("speed of all to raw      {:>10.2}", speed(whole));
}
