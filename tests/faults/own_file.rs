//! The file that is open is chosen where another is wanted: it is refused unread. Opening and closing
//! it a second time would give up the lock on it, and a second program would write into it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use goldthread::analysis::{Basis, Filter};
use goldthread::domain::catalogue::Catalogue;
use goldthread::session::jobs::{self, MergeRequest, OtherRegister};
use goldthread::session::{Document, Error};

use crate::desk::{Desk, change};

/// Another program tries to write into the file.
fn is_still_locked(path: &Path, after: &str) {
    let tool = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/tools/neglect/v1.json");
    let mut other = Command::new(assert_cmd::cargo::cargo_bin!("goldthread"));
    let ended = other.args(["tool", "add"]).arg(path).arg(tool).output();
    let said = String::from_utf8(ended.unwrap().stderr).unwrap();
    assert!(said.contains("is already open"), "after {after}: {said}");
}

/// The file under its own name, through a link of either kind, by a way round, and, once somebody
/// has renamed it, under the new name.
fn names(desk: &Desk) -> Vec<PathBuf> {
    let (hard, soft) = ("register (1).goldthread", "register-LAPTOP7.goldthread");
    fs::hard_link(&desk.file, desk.path(hard)).unwrap();
    std::os::unix::fs::symlink(&desk.file, desk.path(soft)).unwrap();
    fs::create_dir(desk.path("audits")).unwrap();
    let round = "audits/../register.goldthread";
    let before = "register before-merge 2026-01-01-120503.goldthread";
    fs::hard_link(&desk.file, desk.path(before)).unwrap();
    let names = [hard, soft, round, before].map(|name| desk.path(name));
    [vec![desk.file.clone()], names.to_vec()].concat()
}

fn own<T>(result: Result<T, Error>) {
    let why = result.err().map(|error| error.to_string());
    let told = "is the file that is open here; choose another one.";
    assert!(
        why.as_ref().is_some_and(|why| why.ends_with(told)),
        "{why:?}"
    );
}

#[test]
fn the_own_file_is_refused_unread_under_any_name() {
    let desk = Desk::new(None);
    let catalogue = Arc::new(Catalogue::built_in().unwrap());
    let mut document = Document::open(&desk.file, None, "desk", catalogue).unwrap();
    let names = names(&desk);
    is_still_locked(&desk.file, "opening");
    let (never, author) = (AtomicBool::new(false), change(Vec::new()).author);
    for path in &names {
        let request = MergeRequest {
            files: vec![path.clone()],
            ..MergeRequest::default()
        };
        let preview = jobs::merge_preview(&document, &request, &mut |_| (), &never).unwrap();
        let why = preview.files[0].brings.clone().unwrap_err();
        assert!(why.contains("is a register, not a return"), "{why}");
        is_still_locked(&desk.file, "a preview");
        let dropped = jobs::dropped(&document, vec![path.clone()]);
        assert_eq!(dropped, jobs::Dropped::Open(path.clone()));
        is_still_locked(&desk.file, "a drop");
        let other = OtherRegister {
            path: path.clone(),
            passphrase: None,
        };
        let (basis, all) = (Basis::Agency, Filter::default());
        let others = [other];
        let read = jobs::themes_of_several(&document, &others, basis, &all, &mut |_| (), &never);
        own(read);
        is_still_locked(&desk.file, "another partnership");
        own(jobs::preview_decisions(&document, path));
        is_still_locked(&desk.file, "decisions");
        let now = chrono::Utc::now();
        own(jobs::load(
            &mut document,
            path,
            &author,
            now,
            &mut |_| (),
            &never,
        ));
        is_still_locked(&desk.file, "loading");
        own(document.store().compare(path, None).map_err(Error::from));
        is_still_locked(&desk.file, "comparing");
    }
    assert_eq!(document.store().copies_beside(&[]), []);
    is_still_locked(&desk.file, "looking for copies");
    assert!(document.store().may_hold_forms(&names[4], None, desk.audit));
    is_still_locked(&desk.file, "looking through copies");
}

#[test]
fn a_file_that_was_renamed_while_it_is_open_is_still_the_own_one() {
    let desk = Desk::new(None);
    let catalogue = Arc::new(Catalogue::built_in().unwrap());
    let document = Document::open(&desk.file, None, "desk", catalogue).unwrap();
    let renamed = desk.path("from the police.goldthread");
    fs::rename(&desk.file, &renamed).unwrap();
    let request = MergeRequest {
        files: vec![renamed.clone()],
        ..MergeRequest::default()
    };
    let never = AtomicBool::new(false);
    jobs::merge_preview(&document, &request, &mut |_| (), &never).unwrap();
    assert_eq!(
        jobs::dropped(&document, vec![renamed.clone()]),
        jobs::Dropped::Open(renamed.clone())
    );
    is_still_locked(&renamed, "a preview of it renamed");
}
