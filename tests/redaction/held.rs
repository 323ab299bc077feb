//! Forms under a legal hold here do not go because another state of the register has them removed,
//! nor the other way round: such a state is refused until the hold is released.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::retention::{KeptCounts, LegalHold, Retention};
use goldthread::session::Document;
use goldthread::session::jobs::{self, MergeRequest};
use goldthread::store::{DocumentKind, MergeError, Store, StoreError};

use super::office::{Office, change, noon};
use super::*;

const COPIES: [&str; 2] = ["r (1).goldthread", "r (2).goldthread"];

/// A register with a note, whose time is over, and two copies of it beside it.
struct Desk {
    folder: tempfile::TempDir,
    office: Office,
    form: RecordId,
}

impl Desk {
    fn new(held: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.goldthread");
        let store = Store::create(&path, DocumentKind::Register, None, "test").unwrap();
        let mut office = Office::in_store(store);
        let form = office.form("POL", 0);
        commit(&mut office.register, "POL", noted(form, "Seen at home."));
        let desk = Self {
            folder,
            office,
            form,
        };
        let audit = desk.office.audit;
        let mut desk = desk;
        keep(&mut desk.office.register, audit, held);
        for copy in COPIES {
            desk.office.register.backup(&desk.path(copy)).unwrap();
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn copy(&self, at: usize) -> Store {
        Store::open(&self.path(COPIES[at]), None, "test").unwrap()
    }

    /// Removes the forms in a copy.
    fn remove_in(&self, at: usize) {
        let mut copy = self.copy(at);
        let counts = KeptCounts::default();
        let audit = self.office.audit;
        copy.remove_forms(audit, counts, &author(""), noon())
            .unwrap();
    }

    fn look_at(&self, at: usize) -> Result<goldthread::store::Incoming, MergeError> {
        let register = &self.office.register;
        register.look_at_return(&self.path(COPIES[at]), &[])
    }

    fn is_all_here(&self) {
        let register = &self.office.register;
        assert_eq!(worries(register, self.form).unwrap(), "Seen at home.");
        assert_eq!(register.check().unwrap(), []);
        let sought = Sought::new("Seen at home").unwrap();
        assert_eq!(register.mentions(&sought).unwrap().len(), 1);
    }
}

/// Keeps an audit until a day that is past, under a hold or not.
fn keep(store: &mut Store, audit: RecordId, held: bool) {
    let retention = Retention {
        keep_until: "2026-01-31".parse().ok(),
        hold: held.then(|| LegalHold {
            reason: "Inquiry".into(),
            by: "Chair".into(),
            since: noon(),
        }),
        ..Retention::of(audit)
    };
    let edit = Edit::put(Retention::id(audit), retention);
    store.commit(&change("", vec![edit])).unwrap();
}

#[test]
fn a_copy_with_the_forms_removed_is_refused_until_the_hold_is_released() {
    let mut desk = Desk::new(false);
    let audit = desk.office.audit;
    desk.remove_in(0);
    keep(&mut desk.office.register, audit, true);
    let refused = desk.look_at(0).unwrap_err();
    let held = matches!(refused, MergeError::Store(StoreError::HeldHere { .. }));
    assert!(held, "{refused}");
    let said = refused.to_string();
    assert!(
        said.contains("“Neglect 2026” removed, which a legal hold"),
        "{said}"
    );
    desk.is_all_here();
    keep(&mut desk.office.register, audit, false);
    let taken = desk.look_at(0).unwrap();
    let register = &mut desk.office.register;
    register.merge(&[taken], &author(""), noon()).unwrap();
    assert_eq!(worries(register, desk.form), None);
    assert_eq!(register.check().unwrap(), []);
}

#[test]
fn the_preview_says_how_many_forms_and_answers_go() {
    let desk = Desk::new(false);
    desk.remove_in(0);
    let request = MergeRequest {
        files: vec![desk.path(COPIES[0])],
        ..MergeRequest::default()
    };
    let catalogue = Arc::new(Catalogue::built_in().unwrap());
    let document = Document::of(desk.office.register, catalogue).unwrap();
    let never = AtomicBool::new(false);
    let preview = jobs::merge_preview(&document, &request, &mut |_| (), &never).unwrap();
    let brought = preview.files[0].brings.clone().unwrap();
    let forms = 2 * office::AGENCIES.len();
    assert_eq!((brought.forms_away, brought.answers_away), (forms, 1));
}

#[test]
fn a_hold_and_a_removal_that_come_together_are_refused_in_either_order() {
    let desk = Desk::new(false);
    desk.remove_in(0);
    keep(&mut desk.copy(1), desk.office.audit, true);
    for order in [[0, 1], [1, 0]] {
        let mut store = desk.office.register.twin().unwrap();
        let looked = order.map(|at| desk.look_at(at).unwrap());
        let refused = store.merge(&looked, &author(""), noon()).unwrap_err();
        assert!(matches!(refused, StoreError::HeldHere { .. }), "{refused}");
        assert_eq!(worries(&store, desk.form).unwrap(), "Seen at home.");
    }
    desk.is_all_here();
}

#[test]
fn a_copy_that_holds_what_was_removed_here_is_kept_as_the_last_that_has_it() {
    let mut desk = Desk::new(false);
    let audit = desk.office.audit;
    keep(&mut desk.copy(0), audit, true);
    let counts = KeptCounts::default();
    let register = &mut desk.office.register;
    register
        .remove_forms(audit, counts, &author(""), noon())
        .unwrap();
    let refused = desk.look_at(0).unwrap_err().to_string();
    assert!(
        refused.contains("Keep that file as long as the hold lasts"),
        "{refused}"
    );
    keep(&mut desk.copy(0), audit, false);
    desk.look_at(0).unwrap();
}

#[test]
fn forms_that_were_removed_after_the_hold_was_released_go_here_too() {
    let mut desk = Desk::new(true);
    keep(&mut desk.copy(0), desk.office.audit, false);
    desk.remove_in(0);
    let taken = desk.look_at(0).unwrap();
    let register = &mut desk.office.register;
    register.merge(&[taken], &author(""), noon()).unwrap();
    assert_eq!(worries(register, desk.form), None);
}

#[test]
fn the_merge_of_a_removal_is_not_taken_back() {
    let mut desk = Desk::new(false);
    let audit = desk.office.audit;
    let old = desk.office.issue("POL");
    desk.remove_in(0);
    let taken = desk.look_at(0).unwrap();
    let register = &mut desk.office.register;
    let merged = register.merge(&[taken], &author(""), noon()).unwrap();
    let removed = register.register().unwrap().retention_of(audit).removed;
    assert!(removed.is_some());
    let span = merged.span.unwrap();
    let undone = desk.office.take_back(span);
    assert_eq!(undone.answers, 0);
    let register = &desk.office.register;
    let still = register.register().unwrap().retention_of(audit).removed;
    assert_eq!(still, removed);
    assert_eq!(worries(register, desk.form), None);
    assert_eq!(register.check().unwrap(), []);
    // So what an old file still has of it is refused as before.
    let refused = desk.office.merge(&old).unwrap_err();
    assert!(matches!(refused, MergeError::Removed { .. }), "{refused}");
    desk.office.bring_again(span, undone.span);
    let register = &desk.office.register;
    assert!(register.register().unwrap().forms_removed(audit));
}

#[cfg(unix)]
#[test]
fn a_state_in_the_place_of_the_open_file_takes_nothing_away_that_is_held_in_either() {
    for held_here in [true, false] {
        let mut desk = Desk::new(false);
        let audit = desk.office.audit;
        if held_here {
            desk.remove_in(0);
            keep(&mut desk.office.register, audit, true);
        } else {
            keep(&mut desk.copy(0), audit, true);
            let counts = KeptCounts::default();
            let register = &mut desk.office.register;
            let removed = register.remove_forms(audit, counts, &author(""), noon());
            removed.unwrap();
        }
        std::fs::rename(desk.path(COPIES[0]), desk.path("r.goldthread")).unwrap();
        let refused = desk.office.register.rejoin(None, "test").unwrap_err();
        assert!(
            refused
                .to_string()
                .contains("a legal hold keeps them in the other"),
            "{refused}"
        );
        if held_here {
            desk.is_all_here();
        }
        let there = Store::open(&desk.path("r.goldthread"), None, "test").unwrap();
        let kept = worries(&there, desk.form);
        assert_eq!(kept.is_some(), !held_here);
    }
}
