//! What exports say of a whole register, read back from what was written.

use std::sync::atomic::AtomicBool;

use chrono::{NaiveDate, Utc};
use goldthread::analysis::{Basis, Filter};
use goldthread::domain::answer::{Answer, Value};
use goldthread::domain::form::FormStatus;
use goldthread::domain::id::RecordId;
use goldthread::domain::record::RecordKind;
use goldthread::domain::retention::Retention;
use goldthread::domain::revision::Edit;
use goldthread::session::{ExportKind, ExportRequest, FormRequest, PaperKind, jobs};
use serde_json::{Value as Json, json};

use super::office::{Office, author, every_kind, hiding};
use super::schemas::valid;

/// Its own answers are called its own: what the panel judged is never among them.
#[test]
fn feedback_counts_the_agencys_own_answers_whatever_the_basis() {
    let office = Office::with_example();
    let kind = ExportKind::Paper(PaperKind::Agency("GP".into()));
    let of = |basis| {
        let said = office.export(&ExportRequest {
            audit: Some(office.audit("Neglect 2019")),
            basis,
            names_checked: true,
            ..office.request(kind.clone())
        });
        let said = said.unwrap();
        // The minute it was made in may have passed.
        let lines = said.lines().filter(|line| !line.starts_with("Made by"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let own = of(Basis::Agency);
    assert!(own.iter().any(|line| line.contains(" of ")));
    assert_eq!(of(Basis::Panel), own);
}

/// What names somebody in these tests.
const NAMED: &str = "Seen by Mrs Hannah Wilkinson.";

impl Office {
    /// Every export there is of “Neglect 2019”: the tables with notes too, and a filled form.
    fn every_request(&self, agency: &str, case: &str) -> Vec<ExportRequest> {
        let form = FormRequest {
            tool: None,
            agency: Some(agency.into()),
            case: Some(case.into()),
        };
        let mut kinds = every_kind();
        kinds.push(ExportKind::Paper(PaperKind::Agency(agency.into())));
        kinds.push(ExportKind::Paper(PaperKind::Form(form)));
        let notes = [ExportKind::Workbook, ExportKind::Csv];
        let of = |kind, with_notes| ExportRequest {
            audit: Some(self.audit("Neglect 2019")),
            with_notes,
            ..self.request(kind)
        };
        let plain = kinds.into_iter().map(|kind| of(kind, false));
        plain.chain(notes.map(|kind| of(kind, true))).collect()
    }

    /// A submitted form of “Neglect 2019” on which `question` was answered so: form, agency, case.
    fn form_with(&self, question: &str, value: &str) -> (RecordId, String, String) {
        let register = self.document.register();
        let forms = register.forms_of(self.audit("Neglect 2019")).into_iter();
        let mut forms = forms.filter(|(id, _, form)| {
            let answers = self.document.form_content(*id).unwrap().answers;
            let given = answers.get(question).and_then(Answer::value);
            form.status == FormStatus::Submitted && given == Some(&Value::One(value.into()))
        });
        let (id, agency, form) = forms.next().unwrap();
        (
            id,
            agency.to_owned(),
            register.cases[&form.case].reference.clone(),
        )
    }

    /// Puts a note on a form's question, marked as a practice concern.
    fn note(&mut self, form: RecordId, question: &str) {
        let mut answers = self.document.form_content(form).unwrap().answers;
        let mut answer = answers
            .remove(question)
            .unwrap_or_else(|| Answer::empty(form, question));
        answer.worries = NAMED.into();
        answer.practice_concern = true;
        self.keep(vec![Edit::put(Answer::id(form, question), answer)]);
    }
}

/// The toolkit was said not to have been used: on what day is asked no longer, and a note that was
/// left there goes out with nothing.
#[test]
fn what_is_no_longer_asked_goes_out_with_no_export() {
    let mut office = Office::with_example();
    let (form, agency, case) = office.form_with("N04", "no");
    office.note(form, "N04a");
    for request in office.every_request(&agency, &case) {
        let said = office.export(&request).unwrap();
        assert!(!said.contains("Wilkinson"), "{:?}", request.kind);
        let feedback = matches!(request.kind, ExportKind::Paper(PaperKind::Agency(_)));
        assert!(!(feedback && said.contains("N04a")), "{said}");
    }
}

/// Whatever writes a note that names somebody asks first.
#[test]
fn a_name_on_a_form_goes_out_with_no_export_unasked() {
    let mut office = Office::with_example();
    let (form, agency, case) = office.form_with("N04", "no");
    office.note(form, "N04");
    let mut asked = 0;
    for request in office.every_request(&agency, &case) {
        match office.export(&request) {
            Ok(said) => assert!(!said.contains("Wilkinson"), "{:?}", request.kind),
            Err(why) => {
                assert!(why.contains("text of this export"), "{why}");
                asked += 1;
            }
        }
        let checked = ExportRequest {
            names_checked: true,
            to: office.request(ExportKind::Csv).to,
            ..request
        };
        office.export(&checked).unwrap();
    }
    // The data, two agencies' feedback, the form, and both kinds of tables with notes.
    assert_eq!(asked, 6);
}

/// An audit of eight cases, agreed, whose sentences name some of them in several ways.
fn told_by_reference() -> Json {
    let references: Vec<String> = (1..=7)
        .map(|n| format!("NEG26-0{n}"))
        .chain(["K/7".into()])
        .collect();
    let cases: Vec<Json> = references.iter().map(|one| json!({"ref": one})).collect();
    let forms: Vec<Json> = references
        .iter()
        .flat_map(|one| {
            ["CSC", "POL"].map(|agency| {
                json!({
            "case": one, "agency": agency, "status": "submitted", "role": "team manager",
            "overall": "good", "answers": {"C01": {"value": "good"}, "C07": {"value": "good"}}})
            })
        })
        .collect();
    json!({"schema": "goldthread/data/1",
        "audit": {"title": "Neglect and the care of NEG26-01", "tool": "neglect@1",
            "from": "2025-04-01", "to": "2026-03-31", "agencies": ["CSC", "POL"],
            "re_audit_of": null, "state": "findings_agreed",
            "scope": {"question": "q", "due": "2026-05-01", "lead_role": "lead for neg26–02"}},
        "cases": cases, "forms": forms, "judgements": [], "hypotheses": [],
        "findings": [{"number": 1, "kind": "area_for_improvement", "theme": "T01",
            "text": "In NEG26-01, neg 26-01 and K/7 nobody asked; k-7 and NEG26-1 neither.",
            "agencies": ["POL"], "cases": ["NEG26-01", "K/7"], "questions": ["C01"]}],
        "actions": [{"finding": 1, "what": "See NEG26-03 again", "owner_agency": "POL",
            "owner_role": "social worker of NEG26-04", "status": "agreed", "due": "2026-06-01"}],
        "safety_stops": []})
}

const TOLD: &str = "Neglect and the care of NEG26-01";

/// No export that leaves the partnership names a case.
fn names_no_case(office: &Office) {
    let kinds = every_kind().into_iter().filter(|kind| {
        !matches!(
            kind,
            ExportKind::DataJson | ExportKind::Paper(PaperKind::Agency(_))
        )
    });
    let kinds = kinds.map(|kind| match kind {
        ExportKind::Paper(PaperKind::Annual(_)) => {
            ExportKind::Paper(PaperKind::Annual("2026-27".parse().unwrap()))
        }
        other => other,
    });
    for kind in kinds {
        for publish in [None, hiding()] {
            let request = ExportRequest {
                audit: Some(office.audit(TOLD)),
                publish: publish.filter(|_| kind.can_be_published()),
                names_checked: true,
                ..office.request(kind.clone())
            };
            let said = office.export(&request).unwrap().to_lowercase();
            assert!(said.contains("[case]"), "{kind:?}");
            // Answers case by case stand by reference; they are never published.
            let answers = ["answers: ", ",c01,", ",c07,"];
            let rows = said.lines().filter(|line| {
                publish.is_some() || !answers.iter().any(|mark| line.contains(mark))
            });
            for row in rows {
                for reference in ["neg26", "neg 26", "k/7", "k-7"] {
                    assert!(!row.contains(reference), "{kind:?}: {row}");
                }
            }
        }
    }
}

#[test]
fn sentences_name_no_case() {
    names_no_case(&Office::with(&[told_by_reference()]));
}

#[test]
fn sentences_name_no_case_after_it_is_withdrawn() {
    let mut office = Office::with(&[told_by_reference()]);
    let register = office.document.register();
    let mut edits = Vec::new();
    for form in register.forms.keys() {
        let answers = office.document.form_content(*form).unwrap().answers;
        let answers = answers.keys().map(|question| Answer::id(*form, question));
        edits.extend(answers.map(|id| Edit::delete(id, RecordKind::Answer)));
        edits.push(Edit::delete(*form, RecordKind::CaseForm));
    }
    let cases = register.cases.keys();
    edits.extend(cases.map(|id| Edit::delete(*id, RecordKind::Case)));
    office.keep(edits);
    names_no_case(&office);
    office.reopen();
    names_no_case(&office);
}

impl Office {
    /// Removes the forms of an audit, as at the end of their retention.
    fn remove_forms(&mut self, title: &str) {
        let audit = self.audit(title);
        let kept = Retention {
            keep_until: NaiveDate::from_ymd_opt(2020, 1, 31),
            ..Retention::of(audit)
        };
        self.keep(vec![Edit::put(Retention::id(audit), kept)]);
        let never = AtomicBool::new(false);
        let document = &mut self.document;
        jobs::remove_forms(
            document,
            audit,
            title,
            &author(),
            Utc::now(),
            &mut |_| (),
            &never,
        )
        .unwrap();
    }
}

#[test]
fn sentences_name_no_case_after_the_forms_are_removed() {
    let mut office = Office::with(&[told_by_reference()]);
    office.remove_forms(TOLD);
    names_no_case(&office);
    office.reopen();
    names_no_case(&office);
}

/// An agreed audit A of eight cases, and an open audit B of which so many forms are in.
fn two_audits(forms_of_b: usize) -> Office {
    let agencies = ["CSC", "POL", "EDU", "HP"];
    let cases: Vec<String> = (1..=8).map(|n| format!("BBB26-0{n}")).collect();
    let places = cases
        .iter()
        .flat_map(|case| agencies.map(|agency| (case, agency)));
    let forms = places.take(forms_of_b).enumerate().map(|(at, (case, agency))| {
        let value = |odd| if odd { "good" } else { "inadequate" };
        json!({"case": case, "agency": agency, "status": "submitted", "role": "t", "overall": "good",
            "answers": {"C01": {"value": value(at % 3 != 0)}, "C12": {"value": value(at % 2 == 0)}}})
    });
    let audit =
        |title: &str, state: &str, cases: &[String], agencies: &[&str], forms: Vec<Json>| {
            let cases: Vec<Json> = cases.iter().map(|one| json!({"ref": one})).collect();
            json!({"schema": "goldthread/data/1",
            "audit": {"title": title, "tool": "neglect@1", "from": "2025-04-01", "to": "2026-03-31",
                "agencies": agencies, "re_audit_of": null, "state": state},
            "cases": cases, "forms": forms, "judgements": [], "hypotheses": [], "findings": [],
            "actions": [], "safety_stops": []})
        };
    let own: Vec<String> = (1..=8).map(|n| format!("AAA26-0{n}")).collect();
    Office::with(&[
        audit(
            "Audit of schools",
            "findings_agreed",
            &own,
            &["CSC"],
            vec![],
        ),
        audit("Audit of homes", "open", &cases, &agencies, forms.collect()),
    ])
}

/// Two publications of one audit, before and after a form of another came in, say the same.
#[test]
fn a_publication_holds_nothing_of_an_audit_it_is_not_of() {
    let kinds = [
        ExportKind::BmgJson,
        ExportKind::Workbook,
        ExportKind::Csv,
        ExportKind::Paper(PaperKind::Bmg),
    ];
    let published = |office: &Office, kind: &ExportKind, named: bool| {
        let said = office.export(&ExportRequest {
            audit: named.then(|| office.audit("Audit of schools")),
            publish: hiding(),
            ..office.request(kind.clone())
        });
        let said = said.unwrap();
        assert!(!said.contains("Audit of homes"), "{kind:?}");
        let lines = said.lines().filter(|line| {
            // Ids and the minute differ.
            !["\"id\"", "\"audit\"", "\"time\"", "Made "]
                .iter()
                .any(|mark| line.contains(mark))
        });
        let mut lines: Vec<String> = lines.map(str::to_owned).collect();
        // Files of a folder come in any order.
        lines.sort();
        lines
    };
    let (before, after) = (two_audits(23), two_audits(24));
    for kind in &kinds {
        for named in [true, matches!(kind, ExportKind::Paper(_))] {
            let first = published(&before, kind, named);
            assert_eq!(first, published(&after, kind, named), "{kind:?}");
        }
        let homes = after.export(&ExportRequest {
            audit: Some(after.audit("Audit of homes")),
            publish: hiding(),
            ..after.request(kind.clone())
        });
        let why = homes.unwrap_err();
        assert!(why.contains("“Audit of homes” are not agreed yet"), "{why}");
    }
}

/// The sheet's rows, cell by cell.
fn sheet<'a>(said: &'a str, name: &str) -> Vec<Vec<&'a str>> {
    let start = format!("{name}: ");
    let rows = said.lines().filter_map(|line| line.strip_prefix(&start));
    // The heading is no row.
    rows.skip(1).map(|row| row.split(" | ").collect()).collect()
}

#[test]
fn a_filter_reaches_every_answer_and_judgement_of_a_workbook() {
    let office = Office::with_example();
    let audit = office.audit("Neglect 2019");
    let of = |filter: Filter| {
        office
            .export(&ExportRequest {
                audit: Some(audit),
                filter,
                names_checked: true,
                ..office.request(ExportKind::Workbook)
            })
            .unwrap()
    };
    let register = office.document.register();
    let tool = register.tool_of(audit).unwrap();
    let question = |code: &str| tool.questions.iter().find(|one| one.code == code).unwrap();
    let whole = of(Filter::default());
    let girls = Filter {
        sex: Some("F".into()),
        ..Filter::default()
    };
    let is_girl = |reference: &str| {
        let mut cases = register.cases_of(audit).into_iter();
        cases.any(|(_, case)| case.reference == reference && case.sex.as_deref() == Some("F"))
    };
    let police = Filter {
        agency: Some("POL".into()),
        ..Filter::default()
    };
    let theme = Filter {
        theme: Some("T07".into()),
        ..Filter::default()
    };
    let section = Filter {
        section: Some("VO".into()),
        ..Filter::default()
    };
    // By case, agency and code: whether the part takes the row.
    type Takes<'a> = &'a dyn Fn(&str, Option<&str>, &str) -> bool;
    let parts: [(Filter, Takes<'_>); 4] = [
        (girls, &|case, _, _| is_girl(case)),
        (police, &|_, agency, code| match agency {
            Some(agency) => agency == "Police",
            None => code == "Overall" || question(code).is_for("POL"),
        }),
        (theme, &|_, _, code| {
            code != "Overall" && question(code).theme == "T07"
        }),
        (section, &|_, _, code| {
            code != "Overall" && question(code).section == "VO"
        }),
    ];
    for (filter, takes) in parts {
        let said = of(filter);
        let answers = |said| sheet(said, "Answers").into_iter();
        let expected: Vec<_> = answers(&whole)
            .filter(|row| takes(row[1], Some(row[2]), row[3]))
            .collect();
        assert!(!expected.is_empty() && expected.len() < answers(&whole).count());
        assert_eq!(answers(&said).collect::<Vec<_>>(), expected);
        let judgements = |said| sheet(said, "Judgements").into_iter();
        let expected: Vec<_> = judgements(&whole)
            .filter(|row| takes(row[1], None, row[2]))
            .collect();
        assert!(!expected.is_empty());
        assert_eq!(judgements(&said).collect::<Vec<_>>(), expected);
        assert!(said.contains("About: Always whole | Findings, hypotheses and actions"));
        assert_eq!(
            sheet(&said, "Findings").len(),
            sheet(&whole, "Findings").len()
        );
    }
}

/// Whatever was kept is told, and what was not is never told as none.
#[test]
fn an_audit_whose_forms_were_removed_is_told_by_what_was_kept() {
    let mut office = Office::with(&[told_by_reference()]);
    let of = |office: &Office, kind: &ExportKind, publish: bool| {
        let said = office.export(&ExportRequest {
            audit: Some(office.audit(TOLD)),
            publish: hiding().filter(|_| publish),
            names_checked: true,
            ..office.request(kind.clone())
        });
        said.unwrap()
    };
    let bmg = |office: &Office, publish| valid("bmg", &of(office, &ExportKind::BmgJson, publish));
    let before = bmg(&office, false);
    assert!(before["audits"][0]["removed"].is_null());
    office.remove_forms(TOLD);
    let after = bmg(&office, false);
    let (before, now) = (&before["audits"][0], &after["audits"][0]);
    assert_eq!(
        now["removed"].as_str().map(str::len),
        Some("2026-01-01".len())
    );
    assert_eq!(now["sample"], before["sample"]);
    for count in [
        "expected",
        "submitted",
        "not_known",
        "declined",
        "outstanding",
    ] {
        assert_eq!(now["coverage"][count], before["coverage"][count], "{count}");
    }
    assert_eq!(now["coverage"]["submitted"], 16);
    assert_eq!(now["findings"], before["findings"]);
    assert_eq!(now["findings"][0]["cases"], 2);
    assert_eq!(now["grades"]["agencies"]["counts"], json!({}));
    let themes = |audit: &Json| {
        let themes = audit["themes"].as_array().unwrap().clone();
        let share = |theme: &Json| {
            (
                theme["theme"].clone(),
                theme["favourable"].clone(),
                theme["scored"].clone(),
            )
        };
        themes.iter().map(share).collect::<Vec<_>>()
    };
    assert_eq!(themes(now), themes(before));
    assert_eq!(after["themes"][0]["by_audit"][0]["scored"], 16);
    let published = &bmg(&office, true)["audits"][0];
    assert_eq!(published["sample"]["cases"], 8);
    assert_eq!(published["coverage"]["submitted"], "c");
    assert!(
        themes(published)
            .iter()
            .all(|(_, part, whole)| part == "c" && whole == "c")
    );
    for kind in every_kind() {
        if matches!(
            kind,
            ExportKind::DataJson | ExportKind::ActionsJson | ExportKind::BmgJson
        ) {
            continue; // All that is there, and no figures; looked at above.
        }
        for publish in [false, kind.can_be_published()] {
            let kind = match &kind {
                ExportKind::Paper(PaperKind::Annual(_)) => {
                    ExportKind::Paper(PaperKind::Annual("2026-27".parse().unwrap()))
                }
                other => other.clone(),
            };
            let said = of(&office, &kind, publish);
            assert!(said.contains("forms were removed on"), "{kind:?}");
            for none in ["0 cases", "0 of 0", "No answers yet", "gives no grades"] {
                assert!(!said.contains(none), "{kind:?} {none}: {said}");
            }
        }
    }
    let workbook = of(&office, &ExportKind::Workbook, false);
    let title = "Neglect and the care of [case]";
    assert_eq!(
        sheet(&workbook, "Coverage"),
        [[title, "All agencies", "16", "16", "0", "0", "0"]]
    );
    assert_eq!(sheet(&workbook, "Grades").len(), 0);
}

/// A case that is named twice, or is gone, is not counted behind a finding.
#[test]
fn a_finding_rests_on_distinct_cases_of_its_audit() {
    let mut office = Office::with(&[told_by_reference()]);
    let audit = office.audit(TOLD);
    let register = office.document.register();
    let (id, mut finding) = register
        .findings
        .iter()
        .next()
        .map(|(id, one)| (*id, one.clone()))
        .unwrap();
    assert_eq!(finding.cases.len(), 2);
    finding.cases.extend(finding.cases.clone());
    finding.cases.push(RecordId::fresh());
    office.keep(vec![Edit::put(id, finding)]);
    let said = office.export(&ExportRequest {
        audit: Some(audit),
        ..office.request(ExportKind::BmgJson)
    });
    assert_eq!(
        valid("bmg", &said.unwrap())["audits"][0]["findings"][0]["cases"],
        2
    );
}

/// An answer that was left blank, and for which the panel saw a grade, is a difference too.
#[test]
fn feedback_tells_where_the_panel_judged_what_was_left_blank() {
    let office = Office::with_example();
    let said = office.export(&ExportRequest {
        audit: Some(office.audit("Neglect 2019")),
        names_checked: true,
        ..office.request(ExportKind::Paper(PaperKind::Agency("GP".into())))
    });
    let said = said.unwrap();
    let (_, differences) = said
        .split_once("Where the panel judged differently")
        .unwrap();
    let (differences, _) = differences
        .split_once("Practice concerns to follow up")
        .unwrap();
    // A row is four lines: case, question, answer, judgement.
    let lines: Vec<&str> = differences.lines().collect();
    let blanks: Vec<_> = lines
        .windows(3)
        .filter(|row| {
            ["Not evidenced", "Not applicable", "Unanswered"]
                .iter()
                .any(|blank| row[2].starts_with(blank))
        })
        .map(|row| (row[0], row[1].split(' ').next().unwrap()))
        .collect();
    for expected in [
        ("NEG19-02", "C01"),
        ("NEG19-04", "C14"),
        ("NEG19-06", "C12"),
    ] {
        assert!(blanks.contains(&expected), "{blanks:?}");
    }
    assert_eq!(blanks.len(), 3, "{blanks:?}");
}
