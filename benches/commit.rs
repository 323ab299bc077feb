//! How long it takes until an answer is on disk, beside a bare SQLite transaction that writes the
//! same rows under the same pragmas, in turn, in the same run. `cargo bench --bench commit`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::Utc;
use goldthread::domain::answer::{Answer, Given, Value};
use goldthread::domain::audit::{Audit, AuditState, Scope};
use goldthread::domain::case::Case;
use goldthread::domain::form::{AgencyReturn, CaseForm};
use goldthread::domain::id::RecordId;
use goldthread::domain::revision::{Author, Change, Edit};
use goldthread::store::{DocumentKind, Store};
use rusqlite::{Connection, params};

const ANSWERS: u32 = 400;

fn change(edits: Vec<Edit>) -> Change {
    Change {
        edits,
        author: Author {
            role: "team manager".into(),
            agency: "CSC".into(),
            device: "bench".into(),
        },
        at: Utc::now(),
        reason: None,
    }
}

/// A register with one form to answer on.
fn register(path: &Path) -> (Store, RecordId) {
    let mut store = Store::create(path, DocumentKind::Register, None, "bench").unwrap();
    let (audit, case) = (RecordId::fresh(), RecordId::fresh());
    let agency_return = AgencyReturn::id(audit, "CSC");
    let form = CaseForm::id(agency_return, case);
    let head = Audit {
        title: "Neglect".into(),
        tool: "neglect@1".into(),
        agencies: vec!["CSC".into()],
        state: AuditState::Open,
        scope: Scope::default(),
        re_audit_of: None,
    };
    let part = AgencyReturn {
        audit,
        agency: "CSC".into(),
        issued: None,
        due: None,
        merged: None,
        cover: String::new(),
        arrivals: BTreeMap::new(),
    };
    let child = Case {
        audit,
        reference: "NEG26-01".into(),
        age_band: None,
        sex: None,
        ethnicity: None,
        plan: None,
        same_as: None,
    };
    let edits = vec![
        Edit::put(audit, head),
        Edit::put(agency_return, part),
        Edit::put(case, child),
        Edit::put(form, CaseForm::new(agency_return, case)),
    ];
    store.commit(&change(edits)).unwrap();
    (store, form)
}

fn answer(form: RecordId, number: u32) -> Edit {
    let question = format!("Q{number}");
    let mut answer = Answer::empty(form, &question);
    answer.given = Some(Given::Value(Value::one("requires_improvement")));
    answer.worries =
        "The plan names services and not what will be different for the child. ".repeat(2);
    Edit::put(Answer::id(form, &question), answer)
}

/// A database of the same shape, written by nothing but SQLite.
fn bare(path: &Path) -> Connection {
    let (store, _) = register(path);
    drop(store);
    let db = Connection::open(path).unwrap();
    db.execute_batch("PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=FULL; PRAGMA journal_mode=TRUNCATE; PRAGMA foreign_keys=ON;").unwrap();
    db
}

/// The rows that one new answer leaves: a revision, a record, a head.
fn write_bare(db: &mut Connection, form: &str, number: u32, body: &str) {
    let tx = db.transaction().unwrap();
    let (id, record) = (RecordId::fresh().to_string(), RecordId::fresh().to_string());
    let hash = [7_u8; 32];
    let prepare = |sql| tx.prepare_cached(sql).unwrap();
    prepare("INSERT INTO revision (id, record, kind, body, body_hash, author_role, author_agency, device, at, chain_hash) VALUES (?1, ?2, 'answer', ?3, ?4, 'team manager', 'CSC', 'bench', '2026-01-01T00:00:00.000Z', ?4)")
        .execute(params![id, record, body, hash])
        .unwrap();
    prepare("INSERT INTO record (id, kind, head) VALUES (?1, 'answer', ?2)")
        .execute(params![record, id])
        .unwrap();
    prepare("INSERT INTO answer (id, form, question, value, worries, good_practice, practice_concern) VALUES (?1, ?2, ?3, 'requires_improvement', ?4, 0, 0)")
        .execute(params![record, form, format!("Q{number}"), body])
        .unwrap();
    tx.commit().unwrap();
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn main() {
    let folder = tempfile::tempdir_in(".").unwrap();
    let (mut store, form) = register(&folder.path().join("ours.goldthread"));
    let reference = folder.path().join("bare.goldthread");
    let mut db = bare(&reference);
    let known_form: String = db
        .query_row("SELECT id FROM case_form", [], |row| row.get(0))
        .unwrap();
    let body = answer(form, 0).after.unwrap().body();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for number in 0..ANSWERS {
        let edit = change(vec![answer(form, number)]);
        let start = Instant::now();
        store.commit(&edit).unwrap();
        ours.push(start.elapsed());
        let start = Instant::now();
        write_bare(&mut db, &known_form, number, &body);
        theirs.push(start.elapsed());
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!("answer committed        {ours:>10.1?}  (median of {ANSWERS})");
    println!("bare SQLite transaction {theirs:>10.1?}");
    println!(
        "ratio                   {:>10.2}",
        ours.as_secs_f64() / theirs.as_secs_f64()
    );
}
