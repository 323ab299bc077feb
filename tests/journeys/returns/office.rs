//! Files as an office has them: the worked example, returns made from it and filled in elsewhere,
//! and a register as full as registers get.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Utc};
use goldthread::domain::answer::{Answer, Given, Value};
use goldthread::domain::catalogue::Catalogue;
use goldthread::domain::form::{AgencyReturn, CaseForm, FormStatus};
use goldthread::domain::id::RecordId;
use goldthread::domain::partnership::{Agency, Partnership};
use goldthread::domain::revision::{Author, Change, Edit};
use goldthread::session::{Document, IssueRequest, MergeRequest, ReturnFormat, jobs};
use goldthread::store::Passphrase;
use serde_json::json;

pub const AUDIT: &str = "Neglect re-audit 2020";

pub fn noon() -> DateTime<Utc> {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

pub fn author(role: &str, agency: &str) -> Author {
    Author {
        role: role.into(),
        agency: agency.into(),
        device: "test".into(),
    }
}

fn catalogue() -> Arc<Catalogue> {
    Arc::new(Catalogue::built_in().unwrap())
}

/// Makes the worked example.
pub fn example(path: &Path) -> Document {
    let office = author("Business office", "");
    jobs::demo(path, None, &office, noon(), &catalogue()).unwrap()
}

pub fn open(path: &Path, passphrase: Option<&str>) -> Document {
    let passphrase = passphrase.map(Passphrase::new);
    Document::open(path, passphrase.as_ref(), "test", catalogue()).unwrap()
}

/// Makes the return file of an agency.
pub fn issue(register: &mut Document, agency: &str, path: &Path, passphrase: Option<&str>) {
    let request = IssueRequest {
        format: ReturnFormat::Goldthread,
        audit: register.register().find_audit(AUDIT).unwrap(),
        agency: agency.into(),
        due: None,
        path: path.to_owned(),
        passphrase: passphrase.map(Passphrase::new),
        cover: None,
    };
    let office = author("Business office", "");
    jobs::issue(register, &request, &office, noon()).unwrap();
}

/// The form of an agency for a case.
pub fn form(document: &Document, agency: &str, case: &str) -> RecordId {
    let register = document.register();
    let audit = register.find_audit(AUDIT).unwrap();
    let cases = register.cases_of(audit);
    let (case, _) = cases.iter().find(|(_, one)| one.reference == case).unwrap();
    CaseForm::id(AgencyReturn::id(audit, agency), *case)
}

/// What somebody does to a document.
pub struct Hand<'a> {
    pub document: &'a mut Document,
    pub author: Author,
    pub at: DateTime<Utc>,
}

impl<'a> Hand<'a> {
    pub fn of(document: &'a mut Document, role: &str, agency: &str) -> Self {
        Self {
            document,
            author: author(role, agency),
            at: noon(),
        }
    }

    fn keep(&mut self, edit: Edit) {
        let change = Change {
            edits: vec![edit],
            author: self.author.clone(),
            at: self.at,
            reason: None,
        };
        self.document.commit(&change).unwrap();
    }

    pub fn answer(
        &mut self,
        form: RecordId,
        question: &str,
        value: &str,
        write: impl FnOnce(&mut Answer),
    ) {
        let mut answer = Answer::empty(form, question);
        answer.given = Some(Given::Value(Value::one(value)));
        write(&mut answer);
        self.keep(Edit::put(Answer::id(form, question), answer));
    }

    pub fn close(&mut self, form: RecordId, status: FormStatus, reason: &str) {
        let known = self.document.register().forms[&form].clone();
        let closed = known.closed_without_answers(status, reason);
        self.keep(Edit::put(form, closed));
    }
}

/// Three things on which the office and the general practice differ: the register holds what was
/// said on the telephone, `gp.goldthread` beside it what the practice filled in.
pub fn at_odds(folder: &Path) {
    let mut register = example(&folder.join("example.goldthread"));
    let sent = folder.join("gp.goldthread");
    issue(&mut register, "GP", &sent, None);
    let (third, seventh) = (
        form(&register, "GP", "NEG20-03"),
        form(&register, "GP", "NEG20-07"),
    );
    let mut office = Hand::of(&mut register, "Business office", "");
    office.answer(third, "C11", "inadequate", |answer| {
        answer.worries = "Said on the telephone: no review for a year.".into();
    });
    office.answer(third, "C12", "good", |_| ());
    office.close(
        seventh,
        FormStatus::Declined,
        "No capacity before the panel",
    );
    let mut filled = open(&sent, None);
    let mut practice = Hand::of(&mut filled, "Practice safeguarding lead", "GP");
    practice.at = noon() + chrono::TimeDelta::hours(3);
    practice.answer(third, "C11", "requires_improvement", |answer| {
        answer.worked = "Weight was taken at every visit.".into();
        answer.worries = "The review was booked and did not take place.".into();
    });
    practice.answer(third, "C12", "good", |answer| {
        answer.so_what = "The child was heard on the day.".into();
    });
    practice.close(seventh, FormStatus::NotKnown, "");
}

/// The register of [`at_odds`] with the return merged: three conflicts.
pub fn merged_at_odds(folder: &Path) {
    at_odds(folder);
    let mut register = open(&folder.join("example.goldthread"), None);
    let request = MergeRequest {
        files: vec![folder.join("gp.goldthread")],
        ..MergeRequest::default()
    };
    let office = author("Business office", "");
    let never = AtomicBool::new(false);
    jobs::merge(
        &mut register,
        &request,
        &office,
        noon(),
        &mut |_| (),
        &never,
    )
    .unwrap();
}

/// Twelve cases and nine agencies, in every state.
pub fn crowded(path: &Path) {
    let office = author("Business office", "");
    let partnership = Partnership {
        name: "Anytown Safeguarding Children Partnership".into(),
        worked_example: false,
        local_rules: None,
        keep_months: None,
    };
    let mut register =
        jobs::new_register(path, None, partnership, &office, noon(), &catalogue()).unwrap();
    let data = json!({"schema": "goldthread/data/1",
        "audit": {"title": "Neglect 2026", "tool": "neglect@1", "from": "2025-01-01",
                  "to": "2025-12-31", "agencies": ["CSC"], "re_audit_of": null,
                  "scope": {"due": "2026-02-20"}},
        "cases": (1..=12).map(|number| json!({"ref": format!("NEG26-{number:02}")}))
            .collect::<Vec<_>>(),
        "forms": [], "judgements": [],
        "hypotheses": [], "findings": [], "actions": [], "safety_stops": []});
    jobs::load_text(&mut register, &data.to_string(), "crowded", &office, noon()).unwrap();
    let mut edits = Vec::new();
    for (code, short) in [("YJS", "Youth justice"), ("EH", "Early help")] {
        let agency = Agency {
            code: code.into(),
            name: short.into(),
            short: short.into(),
        };
        edits.push(Edit::put(Agency::id(code), agency));
    }
    let (id, audit) = register.register().audits.iter().next().unwrap();
    let mut audit = audit.clone();
    let all = ["CSC", "POL", "GP", "HP", "CAMHS", "EDU", "CPR", "YJS", "EH"];
    audit.agencies = all.map(str::to_owned).to_vec();
    edits.push(Edit::put(*id, audit.clone()));
    let cases = register.register().cases_of(*id);
    for (column, agency) in all.iter().enumerate() {
        let part = AgencyReturn::id(*id, agency);
        let own = AgencyReturn {
            audit: *id,
            agency: (*agency).into(),
            issued: None,
            due: audit.scope.due,
            merged: None,
            cover: String::new(),
            arrivals: BTreeMap::new(),
        };
        edits.push(Edit::put(part, own));
        for (row, (case, _)) in cases.iter().enumerate() {
            let mut form = CaseForm::new(part, *case);
            form.status = FormStatus::ALL[(row * 2 + column * 3) % FormStatus::ALL.len()];
            match form.status {
                FormStatus::Submitted => form.submitted = Some(noon()),
                FormStatus::Declined => {
                    form.declined_reason = "A police investigation is under way".into();
                }
                _ => (),
            }
            edits.push(Edit::put(CaseForm::id(part, *case), form));
        }
    }
    let change = Change {
        edits,
        author: office,
        at: noon(),
        reason: None,
    };
    register.commit(&change).unwrap();
}
