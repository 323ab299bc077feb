//! A small register in a folder of its own, and what has to hold of it whatever happened.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::Utc;
use goldthread::domain::answer::{Answer, Given, Value};
use goldthread::domain::audit::{Audit, AuditState, Scope};
use goldthread::domain::case::Case;
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::form::{AgencyReturn, CaseForm, FormStatus};
use goldthread::domain::id::RecordId;
use goldthread::domain::partnership::{Agency, Partnership};
use goldthread::domain::record::{Record, RecordKind};
use goldthread::domain::revision::{Author, Change, Edit};
use goldthread::domain::tool::Tool;
use goldthread::store::{DocumentKind, Passphrase, Store, StoreError};
use rusqlite::Connection;

/// Words of an answer that stand nowhere else: what must not be read without the passphrase.
pub const KNOWN: &str = "the glass lighthouse of a Tuesday";
pub const AUDIT: &str = "Neglect 2026";
pub const CASE: &str = "NEG26-01";

/// The passphrases that a file has here, before and after.
pub const OLD: &str = "kettle ladder moss";
pub const NEW: &str = "granite ferry plum";

pub fn change(edits: Vec<Edit>) -> Change {
    Change {
        edits,
        author: Author {
            role: "sergeant".into(),
            agency: "POL".into(),
            device: "laptop".into(),
        },
        at: Utc::now(),
        reason: None,
    }
}

/// An answer to a question that wants a number, with notes.
pub fn number(form: RecordId, question: &str, number: i64, worked: &str) -> Edit {
    let mut answer = Answer::empty(form, question);
    answer.given = Some(Given::Value(Value::Number(number)));
    answer.worked = worked.into();
    Edit::put(Answer::id(form, question), answer)
}

/// The answer that every register here holds from the beginning.
fn known(form: RecordId) -> Edit {
    let mut answer = Answer::empty(form, "C01");
    answer.given = Some(Given::Value(Value::one("good")));
    answer.worked = KNOWN.into();
    Edit::put(Answer::id(form, "C01"), answer)
}

/// A register with one audit, one case and the police's form, in which C01 is answered.
pub struct Desk {
    pub folder: tempfile::TempDir,
    pub file: PathBuf,
    pub audit: RecordId,
    pub form: RecordId,
}

impl Desk {
    pub fn new(passphrase: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("register.goldthread");
        let (audit, case) = (RecordId::fresh(), RecordId::fresh());
        let passphrase = passphrase.map(Passphrase::new);
        let kind = DocumentKind::Register;
        let mut store = Store::create(&file, kind, passphrase.as_ref(), "desk").unwrap();
        let form = fill(&mut store, audit, case);
        for (path, passphrase) in [("old", OLD), ("new", NEW)] {
            fs::write(folder.path().join(path), passphrase).unwrap();
        }
        Self {
            folder,
            file,
            audit,
            form,
        }
    }

    pub fn open(&self) -> Store {
        open_with_any(&self.file).unwrap()
    }

    /// Keeps a number as the answer to a question of the police's form.
    pub fn give(&self, store: &mut Store, question: &str, value: i64) -> Result<(), StoreError> {
        let edit = number(self.form, question, value, "");
        store.commit(&change(vec![edit])).map(drop)
    }

    /// A copy of the file under another name, as another computer has it, with more answers.
    pub fn copied(&self, name: &str, answers: &[(&str, i64)]) -> PathBuf {
        let copy = self.path(name);
        fs::copy(&self.file, &copy).unwrap();
        let mut store = open_with_any(&copy).unwrap();
        for (question, value) in answers {
            self.give(&mut store, question, *value).unwrap();
        }
        copy
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Whether a file still holds the answer that it held from the beginning.
    pub fn holds_the_known_answer(&self, store: &Store) -> bool {
        let id = Answer::id(self.form, "C01");
        let record = store.record(RecordKind::Answer, id).unwrap();
        matches!(record, Some(Record::Answer(answer)) if answer.value() == Some(&Value::one("good")))
    }

    /// The number that stands as the answer to a question, if there is one.
    pub fn answered(&self, store: &Store, question: &str) -> Option<i64> {
        let id = Answer::id(self.form, question);
        match store.record(RecordKind::Answer, id).unwrap() {
            Some(Record::Answer(answer)) => match answer.value() {
                Some(Value::Number(number)) => Some(*number),
                other => panic!("{other:?}"),
            },
            _ => None,
        }
    }

    /// The police's return, in which N01 was answered with 7.
    pub fn filled_in_return(&self) -> PathBuf {
        let path = self.path("pol.goldthread");
        let register = Store::open(&self.file, None, "desk").unwrap();
        register
            .issue(&path, None, "desk", self.audit, "POL")
            .unwrap();
        let mut store = Store::open(&path, None, "desk").unwrap();
        let edit = number(self.form, "N01", 7, "Shared the log");
        store.commit(&change(vec![edit])).unwrap();
        path
    }

    /// Makes the register what version 1 of the program would have written.
    pub fn turn_into_version_1(&self) {
        let newest = self.path("newest");
        fs::rename(&self.file, &newest).unwrap();
        let db = Connection::open(&self.file).unwrap();
        let schema = fs::read_to_string("tests/fixtures/schema/v1.sql").unwrap();
        db.execute_batch(&schema).unwrap();
        db.execute("ATTACH ?1 AS newest", [newest.to_str().unwrap()])
            .unwrap();
        let tables: Vec<String> = db
            .prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        for table in tables {
            db.execute_batch(&format!(
                "INSERT INTO main.{table} SELECT * FROM newest.{table}"
            ))
            .unwrap();
        }
        db.execute_batch("DETACH newest").unwrap();
        db.close().unwrap();
        fs::remove_file(newest).unwrap();
    }

    /// The names of everything in the folder.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Every file below the folder.
    pub fn files(&self) -> Vec<PathBuf> {
        fn below(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => below(&path, found),
                    false => found.push(path),
                }
            }
        }
        let mut found = Vec::new();
        below(self.folder.path(), &mut found);
        found.sort();
        found
    }

    /// The files in which the known words can be read without a passphrase.
    pub fn in_the_clear(&self) -> Vec<PathBuf> {
        let holds = |path: &PathBuf| {
            let bytes = fs::read(path).unwrap_or_default();
            bytes
                .windows(KNOWN.len())
                .any(|window| window == KNOWN.as_bytes())
        };
        self.files().into_iter().filter(holds).collect()
    }
}

/// Opens a file with whichever of these passphrases it has.
pub fn open_with_any(path: &Path) -> Result<Store, StoreError> {
    let mut opened = Store::open(path, None, "desk");
    for passphrase in [OLD, NEW] {
        if let Err(StoreError::NeedsPassphrase(_) | StoreError::WrongPassphrase(_)) = opened {
            opened = Store::open(path, Some(&Passphrase::new(passphrase)), "desk");
        }
    }
    opened
}

fn fill(store: &mut Store, audit: RecordId, case: RecordId) -> RecordId {
    let agency_return = AgencyReturn::id(audit, "POL");
    let form = CaseForm::id(agency_return, case);
    let catalogue = Catalogue::built_in().unwrap();
    let tool = catalogue.tool("neglect@1").unwrap().clone();
    let edits = vec![
        Edit::put(
            RecordId::fresh(),
            Partnership {
                name: "Anywhere".into(),
                worked_example: false,
                local_rules: None,
                keep_months: None,
            },
        ),
        Edit::put(
            Agency::id("POL"),
            Agency {
                code: "POL".into(),
                name: "Police".into(),
                short: "Police".into(),
            },
        ),
        Edit::put(Tool::id("neglect@1"), tool),
        Edit::put(
            audit,
            Audit {
                title: AUDIT.into(),
                tool: "neglect@1".into(),
                agencies: vec!["POL".into()],
                state: AuditState::Open,
                scope: Scope::default(),
                re_audit_of: None,
            },
        ),
        Edit::put(
            case,
            Case {
                audit,
                reference: CASE.into(),
                age_band: None,
                sex: None,
                ethnicity: None,
                plan: None,
                same_as: None,
            },
        ),
        Edit::put(
            agency_return,
            AgencyReturn {
                audit,
                agency: "POL".into(),
                issued: None,
                due: None,
                merged: None,
                cover: String::new(),
                arrivals: BTreeMap::new(),
            },
        ),
        Edit::put(form, own_form(agency_return, case)),
        known(form),
    ];
    store.commit(&change(edits)).unwrap();
    form
}

fn own_form(agency_return: RecordId, case: RecordId) -> CaseForm {
    let mut form = CaseForm::new(agency_return, case);
    form.role = "sergeant".into();
    form.status = FormStatus::InProgress;
    form
}
