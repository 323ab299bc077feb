//! A register on disk with one audit of two cases, and the workbooks made from it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Utc};
use goldthread::analysis::Basis;
use goldthread::domain::answer::Answer;
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::id::RecordId;
use goldthread::domain::partnership::Partnership;
use goldthread::domain::record::{Record, RecordKind};
use goldthread::domain::revision::{Author, Change, Edit};
use goldthread::domain::safety_stop::SafetyStop;
use goldthread::exchange::return_workbook::CellProblem;
use goldthread::session::jobs::{
    self, IssueRequest, Issued, MergePreview, MergeRequest, ReturnFormat,
};
use goldthread::session::{Document, Error};
use serde_json::{Value, json};

use super::editing::{ANSWER, Book, Put, WORRIES};

pub const FIRST: &str = "NEG26-01";
pub const SECOND: &str = "NEG26-02";

pub struct Office {
    folder: tempfile::TempDir,
    pub document: Document,
}

pub fn noon() -> DateTime<Utc> {
    "2026-11-05T12:00:00Z".parse().unwrap()
}

pub fn author(agency: &str, role: &str) -> Author {
    Author {
        role: role.into(),
        agency: agency.into(),
        device: "office".into(),
    }
}

/// The audit of most tests: two cases, three agencies, nothing filled in.
pub fn neglect() -> Value {
    json!({"schema": "goldthread/data/1",
        "audit": {"title": "Neglect 2026", "tool": "neglect@1", "from": "2025-11-01",
                  "to": "2026-10-31", "agencies": ["CSC", "POL", "GP"], "re_audit_of": null},
        "cases": [{"ref": FIRST}, {"ref": SECOND}],
        "forms": [], "judgements": [], "hypotheses": [], "findings": [], "actions": [],
        "safety_stops": []})
}

impl Office {
    pub fn new() -> Self {
        Self::of(&neglect())
    }

    pub fn of(data: &Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let catalogue = Arc::new(Catalogue::built_in().unwrap());
        let path = folder.path().join("register.goldthread");
        let mut document = Document::create(&path, None, "office", catalogue).unwrap();
        let partnership = Partnership {
            name: "Anywhere".into(),
            worked_example: true,
            local_rules: None,
            keep_months: None,
        };
        let change = Change {
            edits: vec![Edit::put(RecordId::fresh(), partnership)],
            author: author("", "business office"),
            at: noon(),
            reason: None,
        };
        document.commit(&change).unwrap();
        let author = author("", "business office");
        jobs::load_text(
            &mut document,
            &data.to_string(),
            "data.json",
            &author,
            noon(),
        )
        .unwrap();
        Self { folder, document }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Another register that holds what this one does now.
    pub fn copy(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.goldthread");
        self.document.store().backup(&path).unwrap();
        let catalogue = Arc::clone(self.document.catalogue());
        let document = Document::open(&path, None, "copy", catalogue).unwrap();
        Self { folder, document }
    }

    pub fn audit(&self) -> RecordId {
        *self.document.register().audits.keys().next().unwrap()
    }

    /// Makes the return of an agency.
    pub fn try_issue(
        &mut self,
        agency: &str,
        format: ReturnFormat,
    ) -> Result<(PathBuf, Issued), Error> {
        let path = self.path(&format!(
            "{agency} {}.{}",
            RecordId::fresh(),
            format.extension()
        ));
        let request = IssueRequest {
            format,
            audit: self.audit(),
            agency: agency.into(),
            due: None,
            path: path.clone(),
            passphrase: None,
            cover: None,
        };
        let author = author("", "business office");
        let issued = jobs::issue(&mut self.document, &request, &author, noon())?;
        Ok((path, issued))
    }

    pub fn issue(&mut self, agency: &str) -> Book {
        let (path, _) = self.try_issue(agency, ReturnFormat::Workbook).unwrap();
        Book::open(&path)
    }

    /// Saves a workbook as it came back, under a name of its own.
    pub fn back(&self, book: &mut Book, at: &str) -> PathBuf {
        let path = self.path(&format!("back {}.xlsx", RecordId::fresh()));
        book.save_at(&path, at);
        path
    }

    pub fn preview(&self, files: &[&Path]) -> MergePreview {
        let request = request(files);
        let never = AtomicBool::new(false);
        jobs::merge_preview(&self.document, &request, &mut |_| (), &never).unwrap()
    }

    /// What is wrong with one workbook: sheet, cell, message.
    pub fn problems(&self, file: &Path) -> Vec<CellProblem> {
        let preview = self.preview(&[file]);
        let file = &preview.files[0];
        assert!(file.brings.is_err(), "it was accepted");
        file.problems.clone()
    }

    pub fn refusal(&self, file: &Path) -> String {
        self.preview(&[file]).files[0].brings.clone().unwrap_err()
    }

    pub fn merge(&mut self, files: &[&Path]) -> MergePreview {
        let request = request(files);
        let never = AtomicBool::new(false);
        let author = author("", "business office");
        let merged = jobs::merge(
            &mut self.document,
            &request,
            &author,
            noon(),
            &mut |_| (),
            &never,
        );
        let merged = merged.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(self.document.store().check().unwrap(), []);
        merged.preview
    }

    /// How many revisions merging these files brings.
    pub fn news(&mut self, files: &[&Path]) -> usize {
        let merged = self.merge(files);
        let brought = merged
            .files
            .iter()
            .map(|file| file.brings.as_ref().unwrap().new_changes);
        brought.sum()
    }

    pub fn summary(&self) -> String {
        let never = AtomicBool::new(false);
        let summary = jobs::summary(
            &self.document,
            None,
            Basis::Agency,
            &[],
            &mut |_| (),
            &never,
        );
        serde_json::to_string_pretty(&summary.unwrap()).unwrap()
    }

    pub fn form(&self, agency: &str, reference: &str) -> RecordId {
        let register = self.document.register();
        let cases = register.cases_of(self.audit());
        let (case, _) = cases
            .iter()
            .find(|(_, case)| case.reference == reference)
            .unwrap();
        register.form_of(self.audit(), agency, *case).unwrap().0
    }

    pub fn answer(&self, agency: &str, reference: &str, question: &str) -> Option<Answer> {
        let form = self.form(agency, reference);
        let record = self
            .document
            .store()
            .record(RecordKind::Answer, Answer::id(form, question));
        match record.unwrap() {
            Some(Record::Answer(answer)) => Some(answer),
            _ => None,
        }
    }

    pub fn stop(&self, agency: &str, reference: &str) -> Option<SafetyStop> {
        self.document
            .register()
            .safety_stop(self.form(agency, reference))
            .cloned()
    }

    /// Keeps edits in the register, as somebody does who types them in there.
    pub fn keep(&mut self, edits: Vec<Edit>) {
        let change = Change {
            edits,
            author: author("", "chair"),
            at: noon(),
            reason: None,
        };
        self.document.commit(&change).unwrap();
    }

    pub fn conflicts(&self) -> usize {
        let conflicts = self.document.store().conflicts().unwrap();
        let counts = conflicts
            .iter()
            .filter(|one| one.kind != RecordKind::AgencyReturn);
        counts.count()
    }
}

fn request(files: &[&Path]) -> MergeRequest {
    MergeRequest {
        files: files.iter().map(|path| (*path).to_owned()).collect(),
        ..MergeRequest::default()
    }
}

/// Fills in one whole sheet of the GP's neglect tool, as a practice manager would.
pub fn fill_in(book: &mut Book, sheet: &str) {
    let answers = [
        ("C01", "Good"),
        ("C02", "yes "),
        ("N03", "Partly"),
        ("C03", "good"),
        ("C05", "Requires Improvement"),
        ("N07", "Not evidenced on our record"),
        ("C07", "Outstanding"),
        ("C08", "Sent a report"),
        ("C09", "Not applicable"),
        ("C11", "Good"),
        ("C12", "Good"),
        ("C13", "Good"),
        ("C14", "Good"),
        ("C15a", "Somewhat better"),
        ("C15b", "Yes"),
        ("N02 = educational", "Yes"),
        ("N02 = supervision", "Yes"),
        ("C10 = report", "Yes"),
        ("form status", "Submitted"),
        ("form role", "practice manager"),
        ("form overall", "Good"),
    ];
    for (id, text) in answers {
        book.put(sheet, id, ANSWER, Put::Text(text));
    }
    book.put(sheet, "date referral", ANSWER, Put::Date("2026-01-20"));
    book.put(
        sheet,
        "C05",
        WORRIES,
        Put::Text("- asthma reviews were missed twice"),
    );
    book.put(sheet, "N03", WORRIES, Put::Text("=not followed up in May"));
}
