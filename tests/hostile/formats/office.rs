//! The register that hostile files are shown to.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Utc};
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::revision::Author;
use goldthread::session::Document;

/// Good files, made once by `make_seeds`: the same in every run, so that a finding stays one.
pub const REGISTER: &[u8] = include_bytes!("../../fixtures/hostile/seeds/register.sqlite");
/// A return of that register, filled in further.
pub const RETURN: &[u8] = include_bytes!("../../fixtures/hostile/seeds/return.sqlite");
/// The same as a workbook, as it was sent out.
pub const WORKBOOK: &[u8] = include_bytes!("../../fixtures/hostile/seeds/return.xlsx");
/// A workbook with the register's actions, for the BMG to decide on.
pub const DECISIONS: &[u8] = include_bytes!("../../fixtures/hostile/seeds/decisions.xlsx");
/// The same as JSON.
pub const PLAN: &[u8] = include_bytes!("../../fixtures/hostile/seeds/decisions.json");

/// An open register and a folder for what comes.
pub struct Office {
    folder: tempfile::TempDir,
    pub document: Document,
    before: Vec<u8>,
}

pub fn author() -> Author {
    Author {
        role: "business office".into(),
        agency: String::new(),
        device: "office".into(),
    }
}

pub fn noon() -> DateTime<Utc> {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

/// Nobody presses cancel here.
pub fn never() -> AtomicBool {
    AtomicBool::new(false)
}

impl Office {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.goldthread");
        fs::write(&path, REGISTER).unwrap();
        let catalogue = Arc::new(Catalogue::built_in().unwrap());
        let document = Document::open(&path, None, "office", catalogue).unwrap();
        let before = fs::read(&path).unwrap();
        let office = Self {
            folder,
            document,
            before,
        };
        office.take_away_copies();
        office
    }

    /// Takes away the copies that are kept before a file of an older version is upgraded.
    pub fn take_away_copies(&self) {
        for entry in fs::read_dir(self.folder()).unwrap() {
            let path = entry.unwrap().path();
            if path.to_string_lossy().contains(" before-version-") {
                fs::remove_file(path).unwrap();
            }
        }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Puts a file that came into the folder.
    pub fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The same register in memory, to change.
    pub fn twin(&self) -> Document {
        let store = self.document.store().twin().unwrap();
        Document::of(store, Arc::clone(self.document.catalogue())).unwrap()
    }

    /// Panics where the register's file is not as it was.
    pub fn assert_unchanged(&self) {
        let now = fs::read(self.document.store().path()).unwrap();
        assert!(now == self.before, "the register was changed");
    }

    /// Takes away what came. Panics where more lies there than the register and it.
    pub fn clear(&self, came: &Path) {
        fs::remove_file(came).unwrap();
        let left = fs::read_dir(self.folder()).unwrap();
        let names = left.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let left: Vec<String> = names
            .filter(|name| !name.starts_with("register.goldthread"))
            .collect();
        for name in &left {
            fs::remove_file(self.folder().join(name)).unwrap();
        }
        assert!(left.is_empty(), "it left {left:?} behind");
    }
}
