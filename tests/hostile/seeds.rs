//! The good files that everything is spoiled from. They are kept, so that the same choices spoil the
//! same bytes; made anew only when they no longer open.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use goldthread::domain::answer::{Answer, Given, Value};
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::form::{AgencyReturn, CaseForm};
use goldthread::domain::id::RecordId;
use goldthread::domain::partnership::Partnership;
use goldthread::domain::record::RecordKind;
use goldthread::domain::revision::{Change, Edit};
use goldthread::domain::tool::Tool;
use goldthread::domain::tool::check::read_tool;
use goldthread::session::Document;
use goldthread::session::jobs::{self, ExportKind, ExportRequest, IssueRequest, ReturnFormat};
use goldthread::store::Store;

use super::formats::office::{author, never, noon};
use super::formats::{FORMATS, bytes_of};

const FOLDER: &str = "tests/fixtures/hostile/seeds";

/// A register with the small tool, every kind of record, and one agency.
fn register(path: &Path) -> Document {
    let catalogue = Arc::new(Catalogue::built_in().unwrap());
    let mut document = Document::create(path, None, "office", Arc::clone(&catalogue)).unwrap();
    let partnership = Partnership {
        name: "Anywhere".into(),
        worked_example: false,
        local_rules: None,
        keep_months: None,
    };
    let tool = read_tool(include_str!("../fixtures/tools/rounds.json"), &catalogue).unwrap();
    let edits = vec![
        Edit::put(RecordId::fresh(), partnership),
        Edit::put(Tool::id(&tool.name()), tool),
    ];
    commit(&mut document, edits);
    let data = include_str!("../fixtures/data/complete.json");
    jobs::load_text(&mut document, data, "complete.json", &author(), noon()).unwrap();
    document
}

fn commit(document: &mut Document, edits: Vec<Edit>) {
    let change = Change {
        edits,
        author: author(),
        at: noon(),
        reason: None,
    };
    document.commit(&change).unwrap();
}

fn issue(document: &mut Document, format: ReturnFormat, path: &Path) {
    let request = IssueRequest {
        format,
        audit: *document.register().audits.keys().next().unwrap(),
        agency: "CSC".into(),
        due: None,
        path: path.to_owned(),
        passphrase: None,
        cover: None,
    };
    jobs::issue(document, &request, &author(), noon()).unwrap();
}

/// What the agency changed: one answer of its first form.
fn fill_in(path: &Path, case: RecordId, audit: RecordId) {
    let mut store = Store::open(path, None, "agency").unwrap();
    let form = CaseForm::id(AgencyReturn::id(audit, "CSC"), case);
    let mut answer = Answer::empty(form, "G1");
    answer.given = Some(Given::Value(Value::one("inadequate")));
    answer.worked = "Nobody was told in time.".into();
    let change = Change {
        edits: vec![Edit::put(Answer::id(form, "G1"), answer)],
        author: goldthread::domain::revision::Author {
            agency: "CSC".into(),
            ..author()
        },
        at: noon(),
        reason: None,
    };
    store.commit(&change).unwrap();
    assert!(!store.records(RecordKind::Answer).unwrap().is_empty());
}

fn export(document: &Document, kind: ExportKind, to: &Path) {
    let request = ExportRequest {
        to: to.to_owned(),
        kind,
        audit: None,
        basis: goldthread::analysis::Basis::default(),
        filter: goldthread::analysis::Filter::default(),
        publish: None,
        with_notes: false,
        names_checked: true,
    };
    jobs::export(document, &request, &author(), &mut |_| (), &never()).unwrap();
}

#[test]
#[ignore = "makes the files that are kept"]
fn make_seeds() {
    let work = tempfile::tempdir().unwrap();
    let work = work.path();
    let path = work.join("register.goldthread");
    let mut document = register(&path);
    let returned = work.join("return.goldthread");
    issue(&mut document, ReturnFormat::Goldthread, &returned);
    issue(
        &mut document,
        ReturnFormat::Workbook,
        &work.join("return.xlsx"),
    );
    export(
        &document,
        ExportKind::Workbook,
        &work.join("decisions.xlsx"),
    );
    export(
        &document,
        ExportKind::ActionsJson,
        &work.join("decisions.json"),
    );
    let case = *document.register().cases.keys().next().unwrap();
    let audit = *document.register().audits.keys().next().unwrap();
    drop(document);
    fill_in(&returned, case, audit);
    fs::create_dir_all(FOLDER).unwrap();
    // Not named as a document, which no repository should hold.
    for (from, to) in [
        ("register.goldthread", "register.sqlite"),
        ("return.goldthread", "return.sqlite"),
        ("return.xlsx", "return.xlsx"),
        ("decisions.xlsx", "decisions.xlsx"),
        ("decisions.json", "decisions.json"),
    ] {
        fs::copy(work.join(from), Path::new(FOLDER).join(to)).unwrap();
    }
}

/// Good and spoiled files for the fuzzer to begin with: a 0 and a whole file, or what to spoil.
#[test]
#[ignore = "makes the files that tests/fuzz begins with"]
fn make_corpora() {
    for format in &FORMATS {
        let folder = Path::new("tests/fuzz/corpus").join(format.name);
        fs::create_dir_all(&folder).unwrap();
        for (number, good) in (format.good)().into_iter().enumerate() {
            let whole = [&[0], good.as_slice()].concat();
            fs::write(folder.join(format!("good-{number}")), whole).unwrap();
        }
        for number in 0..200 {
            let choices = bytes_of(number);
            fs::write(folder.join(format!("spoiled-{number}")), choices).unwrap();
        }
    }
}

/// Turns what the fuzzer found into the files that it showed to the program.
#[test]
#[ignore = "keeps what tests/fuzz found"]
fn keep_findings() {
    fs::create_dir_all(super::kept::FOLDER).unwrap();
    for format in &FORMATS {
        let folder = Path::new("tests/fuzz/artifacts").join(format.name);
        for found in fs::read_dir(folder).into_iter().flatten() {
            let found = found.unwrap().path();
            let hash = found.file_name().unwrap().to_string_lossy().into_owned();
            let (_, hash) = hash.split_once('-').unwrap();
            let name = format!("{}-{hash:.8}", format.name);
            let file = format.file(&fs::read(&found).unwrap());
            fs::write(Path::new(super::kept::FOLDER).join(name), file).unwrap();
        }
    }
}
