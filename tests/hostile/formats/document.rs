//! A register or a return, shown to the program: opened, looked through, read in every way, merged.

use std::path::Path;
use std::sync::Arc;

use goldthread::analysis::Basis;
use goldthread::domain::record::RecordKind;
use goldthread::session::jobs::{self, MergeRequest};
use goldthread::session::{Document, Error};
use goldthread::store::{Store, StoreError};

use super::office::{Office, author, never, noon};
use super::sentence::{assert_sentence, assert_words};

/// Opens a file as one's own register, and for reading beside the one that is open.
pub fn show_register(office: &mut Office, bytes: &[u8]) -> bool {
    let path = office.put("came.goldthread", bytes);
    let copy = told(Store::open_snapshot(&path, None));
    assert!(std::fs::read(&path).unwrap() == bytes, "looking changed it");
    drop(copy);
    let compared = office.document.store().compare(&path, None);
    drop(told(compared));
    assert!(
        std::fs::read(&path).unwrap() == bytes,
        "comparing changed it"
    );
    let opened = told(Store::open(&path, None, "office"));
    office.take_away_copies();
    let Some(store) = opened else {
        assert!(
            std::fs::read(&path).unwrap() == bytes,
            "refusing changed it"
        );
        office.clear(&path);
        return false;
    };
    let faults = told(store.check());
    for fault in faults.iter().flatten() {
        assert_words(&fault.to_string());
    }
    let whole = faults.is_some_and(|faults| faults.is_empty());
    let catalogue = Arc::clone(office.document.catalogue());
    if let Some(mut document) = told(Document::of(store, catalogue)) {
        read_everything(&document);
        let repaired = told(document.repair());
        let left = told(document.store().check());
        if whole {
            assert_eq!((repaired.is_some(), left), (true, Some(Vec::new())));
        }
        read_everything(&document);
    }
    office.clear(&path);
    whole
}

/// What there is; the error has to be a sentence.
fn told<T>(found: Result<T, StoreError>) -> Option<T> {
    if let Err(error) = &found {
        assert_sentence(&error.to_string());
    }
    found.ok()
}

fn told_job<T>(found: Result<T, Error>) -> Option<T> {
    if let Err(error) = &found {
        assert_sentence(&error.to_string());
    }
    found.ok()
}

/// Reads a document in the ways in which its screens and exports do.
fn read_everything(document: &Document) {
    let store = document.store();
    told(store.conflicts());
    for kind in RecordKind::ALL {
        for (id, _) in told(store.records(*kind)).unwrap_or_default() {
            told(store.history(id));
        }
    }
    for case in document.register().cases.keys() {
        told(document.case_content(*case));
    }
    for basis in [Basis::Agency, Basis::Panel] {
        told_job(jobs::summary(
            document,
            None,
            basis,
            &[],
            &mut |_| (),
            &never(),
        ));
    }
}

/// Merges a return; what was refused changed nothing, and what was merged is whole and all there.
pub fn show_return(office: &mut Office, bytes: &[u8]) -> bool {
    show_file_of_return(office, "back.goldthread", bytes)
}

/// The same of a return file or a workbook.
pub fn show_file_of_return(office: &mut Office, name: &str, bytes: &[u8]) -> bool {
    let path = office.put(name, bytes);
    let preview = jobs::merge_preview(&office.document, &request(&path), &mut |_| (), &never());
    let preview = preview.unwrap();
    office.assert_unchanged();
    assert!(std::fs::read(&path).unwrap() == bytes, "looking changed it");
    let [file] = &preview.files[..] else {
        panic!("{} files", preview.files.len());
    };
    for problem in &file.problems {
        assert_words(&problem.to_string());
    }
    match &file.brings {
        Err(why) => assert_sentence(why),
        Ok(brought) => assert_words(&brought.audit_title),
    }
    if file.brings.is_ok() {
        merge_twice(office, &path);
    }
    office.clear(&path);
    file.brings.is_ok()
}

fn request(path: &Path) -> MergeRequest {
    MergeRequest {
        files: vec![path.to_owned()],
        ..MergeRequest::default()
    }
}

fn merge_twice(office: &Office, path: &Path) {
    let mut twin = office.twin();
    for again in [false, true] {
        let merged = jobs::merge(
            &mut twin,
            &request(path),
            &author(),
            noon(),
            &mut |_| (),
            &never(),
        );
        let merged = merged.unwrap_or_else(|error| panic!("{error}"));
        let brought = merged.preview.files[0].brings.clone().unwrap();
        assert!(!again || brought.new_changes == 0, "it brings more again");
        assert_eq!(twin.store().check().unwrap(), []);
    }
    read_everything(&twin);
}
