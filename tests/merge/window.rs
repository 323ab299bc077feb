//! Undo of a merge as the window has it: one step, with its name.

use std::path::PathBuf;
use std::sync::Arc;

use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::merge::Restoring;
use goldthread::domain::record::RecordKind;
use goldthread::domain::revision::Edit;
use goldthread::domain::tool::Tool;
use goldthread::session::command::Command;
use goldthread::session::{MergeRequest, Notice, Opening, Session, Start};
use goldthread::store::{DocumentKind, Store};

use super::office::{Office, answer, author, change, given, noon};

/// A register on disk, open in a session, and two returns that came back.
struct Desk {
    folder: tempfile::TempDir,
    session: Session,
    form: goldthread::domain::id::RecordId,
    files: Vec<PathBuf>,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.goldthread");
        let store = Store::create(&path, DocumentKind::Register, None, "desk").unwrap();
        let mut office = Office::in_store(store);
        let catalogue = Catalogue::built_in().unwrap();
        let tool = catalogue.tool("neglect@1").unwrap().clone();
        let tool = Edit::put(Tool::id("neglect@1"), tool);
        office.register.commit(&change("", vec![tool])).unwrap();
        let files = ["CSC", "POL"].map(|agency| {
            let path = folder.path().join(format!("{agency}.goldthread"));
            let issued = office
                .register
                .issue(&path, None, "desk", office.audit, agency);
            issued.unwrap();
            let mut file = Store::open(&path, None, "laptop").unwrap();
            let edits = vec![answer(office.form(agency, 0), "C01", "good")];
            file.commit(&change(agency, edits)).unwrap();
            path
        });
        let form = office.form("POL", 0);
        drop(office);
        let start = Start {
            opening: Opening::Open(path, None),
            catalogue: Arc::new(catalogue),
            author: author(""),
            clock: Arc::new(noon),
            wake: None,
        };
        let mut session = Session::start(start).unwrap();
        session.notices();
        Self {
            folder,
            session,
            form,
            files: files.to_vec(),
        }
    }

    fn merge(&mut self) {
        let files = self.files.clone();
        self.session.merge(MergeRequest {
            files,
            ..MergeRequest::default()
        });
        let notices = self.session.notices();
        assert!(
            matches!(notices[..], [Notice::Progress(_), .., Notice::Merged(_)]),
            "{notices:?}"
        );
    }

    /// Undoes or redoes, and gives the sentence that is shown.
    fn does(&mut self, command: &Command) -> String {
        self.session.apply(command).unwrap();
        let mut notices = self.session.notices();
        match notices.pop() {
            Some(Notice::MergeRestored(done)) => done.to_string(),
            other => panic!("{other:?}"),
        }
    }

    /// Whether the answers are on the forms, by what the session reads.
    fn has_answers(&mut self) -> bool {
        self.session.open_form(self.form);
        self.session.notices();
        let there = !self.session.form().unwrap().content.answers.is_empty();
        self.session.close_form();
        there
    }
}

#[test]
fn a_merge_is_one_step_of_undo_and_redo() {
    let mut desk = Desk::new();
    assert_eq!(desk.session.undo_label(), None);
    desk.merge();
    assert_eq!(desk.session.undo_label(), Some("merge of 2 returns"));
    assert!(desk.has_answers());
    let merged = |desk: &Desk| {
        let mut returns = desk.session.register().returns.values();
        returns.any(|own| own.merged.is_some() || !own.arrivals.is_empty())
    };
    assert!(merged(&desk));
    for _ in 0..2 {
        let told = desk.does(&Command::Undo);
        assert_eq!(told, "Undone: merge of 2 returns, 2 answers.");
        assert!(!desk.has_answers() && !merged(&desk));
        assert_eq!(desk.session.redo_label(), Some("merge of 2 returns"));
        let told = desk.does(&Command::Redo);
        assert_eq!(told, "Done again: merge of 2 returns, 2 answers.");
        assert!(desk.has_answers() && merged(&desk));
    }
    let (path, form) = (desk.folder.path().join("register.goldthread"), desk.form);
    drop(desk.session);
    let store = Store::open(&path, None, "desk").unwrap();
    assert_eq!(store.check().unwrap(), []);
    assert_eq!(given(&store, form, "C01").unwrap(), "good");
    let id = goldthread::domain::answer::Answer::id(form, "C01");
    let history = store.history(id).unwrap();
    let undo = Restoring::Undo.reason(2);
    assert_eq!(history[1].reason.as_deref(), Some(&*undo));
    assert!(store.record(RecordKind::Answer, id).unwrap().is_some());
}

#[test]
fn on_a_form_only_what_is_done_there_is_undone_and_the_merge_once_it_is_left() {
    let mut desk = Desk::new();
    desk.merge();
    desk.session.open_form(desk.form);
    desk.session.notices();
    assert_eq!(desk.session.undo_label(), None);
    desk.session.close_form();
    assert_eq!(desk.session.undo_label(), Some("merge of 2 returns"));
    desk.does(&Command::Undo);
    assert_eq!(desk.session.undo_label(), None);
    // The same files again bring nothing unless that is asked for, and say what they could bring.
    let request = MergeRequest {
        files: desk.files.clone(),
        ..MergeRequest::default()
    };
    desk.session.preview_merge(request.clone());
    let Some(Notice::MergePreviewed(preview)) = desk.session.notices().pop() else {
        panic!("no preview")
    };
    for file in &preview.files {
        let brings = file.brings.as_ref().unwrap();
        assert_eq!((brings.new_changes, brings.undone), (0, 1));
    }
    let again = MergeRequest {
        again: true,
        ..request
    };
    desk.session.merge(again);
    desk.session.notices();
    assert!(desk.has_answers());
    assert_eq!(desk.session.undo_label(), Some("merge of 2 returns"));
}
