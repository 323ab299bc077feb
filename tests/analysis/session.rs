//! The counts of an open document follow every command.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use goldthread::analysis::{Basis, Facts};
use goldthread::domain::answer::{Blank, Given, Value};
use goldthread::domain::audit::{AuditState, Scope};
use goldthread::domain::id::RecordId;
use goldthread::domain::register::Register;
use goldthread::domain::revision::Author;
use goldthread::exchange::summary_json::summary_file;
use goldthread::session::command::{
    AgreeDateCommand, Command, FormCommand, JudgeCommand, NewAudit, NewCase,
};
use goldthread::session::{Document, Opening, Session, Start, jobs};
use goldthread::store::Store;

use super::catalogue;

fn said(register: &Register, facts: &Facts) -> [String; 2] {
    [Basis::Agency, Basis::Panel]
        .map(|basis| summary_file(register, catalogue(), facts, None, basis, &[]).text())
}

struct Desk<'a> {
    session: Session,
    path: &'a Path,
}

impl<'a> Desk<'a> {
    fn open(path: &'a Path) -> Self {
        let mut session = Session::start(Start {
            opening: Opening::Demo(path.to_owned()),
            catalogue: Arc::new(catalogue().clone()),
            author: Author {
                role: "business office".into(),
                agency: String::new(),
                device: "test".into(),
            },
            clock: Arc::new(chrono::Utc::now),
            wake: None,
        })
        .unwrap();
        session.notices();
        session.read_facts();
        session.notices();
        Self { session, path }
    }

    /// Carries out a command; the counts are then those of the file.
    fn does(&mut self, command: &Command) {
        let version = self.session.facts_version();
        self.session.apply(command).unwrap();
        self.session.notices();
        assert!(!self.session.has_unsaved());
        assert!(self.session.facts_version() > version, "{command:?}");
        let store = Store::open_snapshot(self.path, None).unwrap();
        let document = Document::of(store, Arc::new(catalogue().clone())).unwrap();
        let anew = jobs::facts(&document, &mut |_| (), &AtomicBool::new(false)).unwrap();
        let facts = self.session.facts().expect("the counts are at hand");
        assert_eq!(
            said(self.session.register(), facts),
            said(document.register(), &anew),
            "{command:?}"
        );
    }

    fn on_form(&mut self, form: RecordId, command: FormCommand) {
        self.does(&Command::Form(form, Box::new(command)));
    }

    fn give(&mut self, form: RecordId, question: &str, given: Option<Given>) {
        let question = question.into();
        self.on_form(form, FormCommand::Give { question, given });
    }
}

#[test]
fn every_command_is_counted_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.goldthread");
    let mut desk = Desk::open(&path);
    let register = desk.session.register();
    let audit = register.find_audit("Neglect re-audit 2020").unwrap();
    let (case, _) = register.cases_of(audit)[0];
    let (form, _) = register.form_of(audit, "CSC", case).unwrap();
    desk.session.open_form(form);
    desk.session.notices();
    let counted = desk.session.facts().unwrap().count();
    desk.on_form(form, FormCommand::Reopen("A slip".into()));
    assert!(
        desk.session.facts().unwrap().count() < counted,
        "a form in progress does not count"
    );
    desk.give(form, "C01", Some(Given::Value(Value::one("inadequate"))));
    desk.give(form, "C02", Some(Given::Blank(Blank::NotApplicable)));
    desk.give(form, "C02", None);
    desk.does(&Command::Undo);
    desk.does(&Command::Redo);
    let date = FormCommand::SetDate {
        date_id: "icpc".into(),
        date: "2020-02-12".parse().ok(),
    };
    desk.on_form(form, date);
    desk.session.close_form();
    desk.session.open_case(case);
    desk.session.notices();
    let judge = |value: Option<&str>| {
        let value = value.map(Value::one);
        let (reason, dissent) = ("Read together".into(), String::new());
        let question = Some("C01".into());
        Command::Judge(Box::new(JudgeCommand {
            case,
            question,
            value,
            reason,
            dissent,
        }))
    };
    desk.does(&judge(Some("outstanding")));
    desk.does(&judge(None));
    let agree = |date: Option<&str>| {
        let date = date.map(|date| date.parse().unwrap());
        let (date_id, reason) = ("icpc".into(), "The minutes".into());
        Command::AgreeDate(Box::new(AgreeDateCommand {
            case,
            date_id,
            date,
            reason,
        }))
    };
    desk.does(&agree(Some("2020-02-14")));
    desk.does(&agree(None));
    desk.does(&Command::SetAuditState(audit, AuditState::Closed));
}

#[test]
fn a_new_audit_is_read_from_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.goldthread");
    let mut desk = Desk::open(&path);
    let case = NewCase {
        reference: "NEG26-01".into(),
        age_band: None,
        sex: None,
        ethnicity: None,
        plan: None,
        same_as: None,
    };
    let new = NewAudit {
        title: "Neglect 2026".into(),
        tool: "neglect@1".into(),
        scope: Scope::default(),
        agencies: vec!["CSC".into()],
        hypotheses: Vec::new(),
        cases: vec![case],
        re_audit_of: None,
    };
    desk.does(&Command::CreateAudit(Box::new(new)));
    assert_eq!(desk.session.facts().unwrap().audits.len(), 5);
}
