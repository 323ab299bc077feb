//! A register on disk and what its exports say, read back from the files that were written.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use calamine::{Reader as _, Xlsx};
use chrono::Utc;
use goldthread::analysis::suppression::Suppression;
use goldthread::analysis::{Basis, Filter};
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::id::RecordId;
use goldthread::domain::partnership::Partnership;
use goldthread::domain::revision::{Author, Change, Edit};
use goldthread::session::{Document, ExportKind, ExportRequest, PaperKind, Year, jobs};
use goldthread::store::{DocumentKind, Store};
use serde_json::Value;

use super::hostile::{parts, words};

pub(super) struct Office {
    folder: tempfile::TempDir,
    pub(super) document: Document,
}

/// Who does everything here.
pub(super) fn author() -> Author {
    Author {
        role: "business office".into(),
        agency: String::new(),
        device: "test".into(),
    }
}

impl Office {
    /// The worked example.
    pub(super) fn with_example() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let catalogue = Arc::new(Catalogue::built_in().unwrap());
        let path = folder.path().join("r.goldthread");
        let document = jobs::demo(&path, None, &author(), Utc::now(), &catalogue).unwrap();
        Self { folder, document }
    }

    /// A register with the audits of this data.
    pub(super) fn with(audits: &[Value]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let catalogue = Arc::new(Catalogue::built_in().unwrap());
        let path = folder.path().join("r.goldthread");
        let partnership = Partnership {
            name: "Anywhere".into(),
            worked_example: false,
            local_rules: None,
            keep_months: None,
        };
        let mut document =
            jobs::new_register(&path, None, partnership, &author(), Utc::now(), &catalogue)
                .unwrap();
        for audit in audits {
            let text = audit.to_string();
            jobs::load_text(&mut document, &text, "data.json", &author(), Utc::now()).unwrap();
        }
        Self { folder, document }
    }

    pub(super) fn audit(&self, title: &str) -> RecordId {
        self.document.register().find_audit(title).unwrap()
    }

    /// Keeps edits that no screen would make.
    pub(super) fn keep(&mut self, edits: Vec<Edit>) {
        let change = Change {
            edits,
            author: author(),
            at: Utc::now(),
            reason: None,
        };
        self.document.commit(&change).unwrap();
    }

    /// Reads the register from its file again.
    pub(super) fn reopen(&mut self) {
        let nothing = Store::in_memory_of(DocumentKind::Register).unwrap();
        let catalogue = Arc::clone(self.document.catalogue());
        self.document = Document::of(nothing, Arc::clone(&catalogue)).unwrap();
        let path = self.folder.path().join("r.goldthread");
        self.document = Document::open(&path, None, "test", catalogue).unwrap();
    }

    /// An export as it is asked for without any option.
    pub(super) fn request(&self, kind: ExportKind) -> ExportRequest {
        ExportRequest {
            to: self.folder.path().join(RecordId::fresh().to_string()),
            kind,
            audit: None,
            basis: Basis::Agency,
            filter: Filter::default(),
            publish: None,
            with_notes: false,
            names_checked: false,
        }
    }

    /// Everything that the export says, or why it is refused.
    pub(super) fn export(&self, request: &ExportRequest) -> Result<String, String> {
        let never = AtomicBool::new(false);
        jobs::export(&self.document, request, &author(), &mut |_| (), &never)
            .map_err(|error| error.to_string())?;
        Ok(said_by(&request.to))
    }
}

/// Every kind of export that is told apart, of one audit of the worked example.
pub(super) fn every_kind() -> Vec<ExportKind> {
    let papers = [
        PaperKind::Bmg,
        PaperKind::Briefing,
        PaperKind::Agency("CSC".into()),
        PaperKind::Annual("2019-20".parse::<Year>().unwrap()),
    ];
    let files = [
        ExportKind::BmgJson,
        ExportKind::DataJson,
        ExportKind::ActionsJson,
        ExportKind::Workbook,
        ExportKind::Csv,
    ];
    files
        .into_iter()
        .chain(papers.map(ExportKind::Paper))
        .collect()
}

/// The usual rule of publishing.
pub(super) fn hiding() -> Option<Suppression> {
    Some(Suppression::default())
}

/// The words of a file, of a document's paragraphs, of a workbook's cells row by row under the name
/// of their sheet, or of a folder's files.
fn said_by(path: &Path) -> String {
    if path.is_dir() {
        let files = fs::read_dir(path).unwrap();
        return files.map(|file| said_by(&file.unwrap().path())).collect();
    }
    let bytes = fs::read(path).unwrap();
    if !bytes.starts_with(b"PK") {
        return String::from_utf8(bytes).unwrap();
    }
    let Ok(mut book) = Xlsx::new(Cursor::new(bytes.clone())) else {
        let parts = parts(bytes);
        let told = parts.iter().filter(|(name, _)| name.starts_with("word/"));
        return told.map(|(_, xml)| words(xml)).collect();
    };
    let mut said = String::new();
    for name in book.sheet_names() {
        for row in book.worksheet_range(&name).unwrap().rows() {
            let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
            said += &format!("{name}: {}\n", cells.join(" | "));
        }
    }
    said
}
