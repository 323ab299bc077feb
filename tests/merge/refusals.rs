//! What is refused, with one sentence each, and changes nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use goldthread::domain::answer::{Answer, Value};
use goldthread::domain::audit::{Audit, AuditState, Hypothesis};
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::id::RecordId;
use goldthread::domain::judgement::Judgement;
use goldthread::domain::partnership::Agency;
use goldthread::domain::record::RecordKind;
use goldthread::domain::revision::Edit;
use goldthread::session::Document;
use goldthread::session::jobs::{self, MergeRequest};
use goldthread::store::{DocumentKind, Store};
use rusqlite::Connection;

use super::office::{Office, answer, case, change};

/// A register on disk and a return of the police with one answer.
struct Desk {
    folder: tempfile::TempDir,
    office: Office,
    file: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.goldthread");
        let store = Store::create(&path, DocumentKind::Register, None, "desk").unwrap();
        let office = Office::in_store(store);
        let file = folder.path().join("pol (1).goldthread");
        let desk = Self {
            folder,
            office,
            file,
        };
        let issued = desk
            .office
            .register
            .issue(&desk.file, None, "desk", desk.office.audit, "POL");
        issued.unwrap();
        let form = desk.office.form("POL", 0);
        desk.edit(vec![answer(form, "C01", "good")]);
        desk
    }

    fn edit(&self, edits: Vec<Edit>) {
        let mut file = Store::open(&self.file, None, "laptop").unwrap();
        file.commit(&change("POL", edits)).unwrap();
    }

    fn sql(&self, sql: &str) {
        let db = Connection::open(&self.file).unwrap();
        db.pragma_update(None, "foreign_keys", false).unwrap();
        db.execute_batch(sql).unwrap();
    }

    fn refusal(&self, path: &Path) -> String {
        let before = fs::read(path).ok();
        let refused = self.office.register.look_at_return(path, &[]);
        assert_eq!(fs::read(path).ok(), before, "the file was changed");
        refused.unwrap_err().to_string()
    }
}

#[test]
fn a_good_return_is_taken_under_any_name() {
    let desk = Desk::new();
    let copy = desk
        .folder
        .path()
        .join("pol conflicted copy (2).goldthread");
    fs::copy(&desk.file, &copy).unwrap();
    for path in [&desk.file, &copy] {
        let taken = desk.office.register.look_at_return(path, &[]).unwrap();
        assert_eq!(taken.agency(), "POL");
    }
}

#[test]
fn what_is_no_return_of_this_register_is_refused_and_said_why() {
    type Break = fn(&Desk);
    let cases: &[(&str, Break)] = &[
        ("There is no file", |desk| {
            fs::remove_file(&desk.file).unwrap()
        }),
        ("is not a Goldthread file", |desk| {
            fs::write(&desk.file, "x".repeat(4096)).unwrap()
        }),
        ("newer version", |desk| desk.sql("PRAGMA user_version = 99")),
        ("damaged", |desk| {
            let bytes = fs::read(&desk.file).unwrap();
            fs::write(&desk.file, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("is a register, not a return", |desk| {
            desk.sql("UPDATE document SET kind = 'register'");
        }),
        ("altered by another program", |desk| {
            desk.sql("UPDATE revision SET body = replace(body, 'good', 'outstanding') WHERE kind = 'answer'");
        }),
        ("altered by another program", |desk| {
            desk.sql("UPDATE answer SET value = 'outstanding'");
        }),
        ("altered by another program", |desk| {
            desk.sql("DELETE FROM revision WHERE kind = 'answer'");
        }),
        ("altered by another program", |desk| {
            desk.sql("DELETE FROM audit_case");
        }),
        ("belongs to another partnership (Anywhere)", |desk| {
            let other = Office::new();
            fs::remove_file(&desk.file).unwrap();
            other
                .register
                .issue(&desk.file, None, "x", other.audit, "POL")
                .unwrap();
        }),
        (
            "changes something that is not for its agency to change (agency)",
            |desk| {
                let agency = Agency {
                    code: "POL".into(),
                    name: "Cops".into(),
                    short: "Cops".into(),
                };
                desk.edit(vec![Edit::put(Agency::id("POL"), agency)]);
            },
        ),
        ("not for its agency to change (judgement)", |desk| {
            let case = desk.office.cases[0];
            let judgement = Judgement {
                case,
                question: Some("C01".into()),
                value: Value::one("good"),
                reason: String::new(),
                dissent: String::new(),
            };
            let id = Judgement::id(case, Some("C01"));
            desk.edit(vec![Edit::put(id, judgement)]);
        }),
        ("not for its agency to change (answer)", |desk| {
            // Under the identity of another agency's answer.
            let mine = answer(desk.office.form("POL", 0), "C02", "good");
            let record = Answer::id(desk.office.form("CSC", 0), "C02");
            desk.edit(vec![Edit { record, ..mine }]);
        }),
    ];
    for (words, damage) in cases {
        let desk = Desk::new();
        damage(&desk);
        let why = desk.refusal(&desk.file);
        assert!(why.contains(words), "{words}: {why}");
        assert!(why.contains("pol (1).goldthread"), "{why}");
        assert_eq!(desk.office.register.check().unwrap(), []);
    }
}

#[test]
fn an_audit_that_is_not_in_this_register_is_refused() {
    let desk = Desk::new();
    let audit = desk.office.audit;
    let mut office = desk.office;
    // The same partnership, from a copy of the register in which the audit was never made.
    let mut edits = Vec::new();
    for (kind, id) in office.places() {
        if office.register.record(kind, id).unwrap().is_some() {
            edits.push(Edit::delete(id, kind));
        }
    }
    let register = office.register.register().unwrap();
    let returns = register.returns.keys();
    edits.extend(returns.map(|id| Edit::delete(*id, RecordKind::AgencyReturn)));
    let hypotheses = register.hypotheses.keys();
    edits.extend(hypotheses.map(|id| Edit::delete(*id, RecordKind::Hypothesis)));
    office.register.commit(&change("", edits)).unwrap();
    assert!(
        office.register.register().unwrap().audits.is_empty(),
        "{audit}"
    );
    let why = office
        .register
        .look_at_return(&desk.file, &[])
        .unwrap_err()
        .to_string();
    assert!(
        why.contains("“Neglect 2026”, an audit that this register does not hold"),
        "{why}"
    );
}

#[test]
fn the_register_itself_and_merging_into_a_return_are_refused_without_letting_go_of_the_lock() {
    let desk = Desk::new();
    let path = desk.folder.path().join("register.goldthread");
    let why = desk.refusal(&path);
    assert!(why.contains("is a register"), "{why}");
    let again = Store::open(&path, None, "other").err().unwrap().to_string();
    assert!(again.contains("already open"), "{again}");
    let file = Store::open(&desk.file, None, "x").unwrap();
    let other = desk.office.issue("CSC");
    let why = file.examine(&other).unwrap_err().to_string();
    assert!(why.contains("is a return, not a register"), "{why}");
}

#[test]
fn a_change_told_otherwise_than_the_register_has_it_is_refused() {
    let desk = Desk::new();
    let mut office = desk.office;
    let told = office.register.look_at_return(&desk.file, &[]).unwrap();
    office
        .register
        .merge(&[told], &super::office::author(""), super::office::noon())
        .unwrap();
    // The register knows the same revision by another hash: one of the two was rewritten.
    let register = desk.folder.path().join("register.goldthread");
    drop(office);
    let db = Connection::open(&register).unwrap();
    let changed = db.execute(
        "UPDATE revision SET chain_hash = zeroblob(32) WHERE kind = 'answer'",
        [],
    );
    assert_eq!(changed.unwrap(), 1);
    drop(db);
    let register = Store::open(&register, None, "desk").unwrap();
    let why = register
        .look_at_return(&desk.file, &[])
        .unwrap_err()
        .to_string();
    assert!(why.contains("otherwise than this register has it"), "{why}");
}

/// Withdraws a case, with everything of the police that hangs on it.
fn withdrawn(desk: &Desk, case: RecordId) -> Vec<Edit> {
    let store = Store::open(&desk.file, None, "laptop").unwrap();
    let form = desk.office.form("POL", 0);
    let answers = store.records_on_form(RecordKind::Answer, form).unwrap();
    let answers = answers.into_iter();
    let answers = answers.map(|(id, _)| Edit::delete(id, RecordKind::Answer));
    let own = [
        Edit::delete(case, RecordKind::Case),
        Edit::delete(form, RecordKind::CaseForm),
    ];
    own.into_iter().chain(answers).collect()
}

/// What a return can do to the audit that all its agencies share.
fn changes_to_the_audit(desk: &Desk) -> Vec<(&'static str, Vec<Edit>)> {
    let register = desk.office.register.register().unwrap();
    let (audit, case) = (desk.office.audit, desk.office.cases[0]);
    let rewritten = Audit {
        title: "X".into(),
        state: AuditState::Closed,
        agencies: vec!["POL".into()],
        ..register.audits[&audit].clone()
    };
    let (hypothesis, said) = register.hypotheses_of(audit)[0];
    let said = Hypothesis {
        text: "All is well".into(),
        ..said.clone()
    };
    let mut other = register.cases[&case].clone();
    other.reference = "X".into();
    vec![
        ("audit", vec![Edit::put(audit, rewritten)]),
        ("case", vec![Edit::put(case, other)]),
        ("case", withdrawn(desk, case)),
        ("hypothesis", vec![Edit::put(hypothesis, said)]),
        (
            "hypothesis",
            vec![Edit::delete(hypothesis, RecordKind::Hypothesis)],
        ),
    ]
}

#[test]
fn a_return_neither_withdraws_cases_nor_rewrites_the_audit() {
    for at in 0..5 {
        let desk = Desk::new();
        let (kind, edits) = changes_to_the_audit(&desk).swap_remove(at);
        let edit = edits[0].clone();
        let (record, kind_of) = (edit.record, edit.kind);
        let before = desk.office.register.record(kind_of, record).unwrap();
        desk.edit(edits);
        let why = desk.refusal(&desk.file);
        let words = format!("changes the audit itself ({kind}), which is for the business office");
        assert!(why.contains(&words), "{why}");
        // The register was put back from an older copy: the person takes it all the same.
        let request = MergeRequest {
            files: vec![desk.file.clone()],
            audit_too: true,
            ..MergeRequest::default()
        };
        let catalogue = Arc::new(Catalogue::built_in().unwrap());
        let mut document = Document::of(desk.office.register, catalogue).unwrap();
        assert_eq!(document.store().record(kind_of, record).unwrap(), before);
        let (never, author) = (AtomicBool::new(false), super::office::author(""));
        let noon = super::office::noon();
        let merged = jobs::merge(&mut document, &request, &author, noon, &mut |_| (), &never);
        merged.unwrap();
        let stands = document.store().record(kind_of, record).unwrap();
        assert_eq!(stands, edit.after);
        assert_eq!(document.store().check().unwrap(), []);
    }
}

#[test]
fn a_copy_of_the_register_still_brings_what_the_office_changed_of_the_audit() {
    let desk = Desk::new();
    let copy = desk.folder.path().join("register (1).goldthread");
    desk.office.register.backup(&copy).unwrap();
    let edit = changes_to_the_audit(&desk)[0].1[0].clone();
    let mut there = Store::open(&copy, None, "desk").unwrap();
    there.commit(&change("", vec![edit.clone()])).unwrap();
    drop(there);
    let mut office = desk.office;
    let taken = office.register.look_at_return(&copy, &[]).unwrap();
    let author = super::office::author("");
    office
        .register
        .merge(&[taken], &author, super::office::noon())
        .unwrap();
    let stands = office.register.record(RecordKind::Audit, edit.record);
    assert_eq!(stands.unwrap(), edit.after);
}

#[test]
fn a_case_the_auditor_added_is_taken() {
    let desk = Desk::new();
    let id = RecordId::fresh();
    desk.edit(vec![Edit::put(id, case(desk.office.audit, 3))]);
    let taken = desk
        .office
        .register
        .look_at_return(&desk.file, &[])
        .unwrap();
    let plan = desk.office.register.plan_merge(&[taken]).unwrap();
    assert!(plan[0].records.iter().any(|record| record.record == id));
}
