//! The action plan out and the BMG's decisions back: unchanged it changes nothing, changed it says
//! what, and where both sides changed a person decides.

use std::path::Path;

use goldthread::domain::action::{Action, ActionStatus, ActionUpdate, DueTerm};
use goldthread::domain::id::RecordId;
use goldthread::domain::record::{Record, RecordKind};
use goldthread::domain::revision::Edit;
use goldthread::exchange::decisions::{DecisionPreview, Field};
use goldthread::session::{Decisions, Document, jobs};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::{Value, json};

use super::{author, commit, empty, example, now};

const HEADINGS: [&str; 10] = [
    "Action id",
    "Finding",
    "What will change",
    "Owner agency",
    "Owner role",
    "Due term",
    "Due",
    "Status",
    "Evidence of impact",
    "Update",
];

/// A register with one audit and these actions.
fn with_actions(actions: &[Action]) -> (Document, Vec<RecordId>) {
    let mut document = empty();
    let audit = RecordId::fresh();
    let body = json!({"title": "Neglect 2019", "tool": "neglect@1", "agencies": ["CSC", "POL"], "scope": {}});
    let record = Record::read(RecordKind::Audit, &body.to_string()).unwrap();
    let mut edits = vec![Edit::put(audit, record)];
    let case = json!({"audit": audit, "ref": "NEG19-01"});
    let case = Record::read(RecordKind::Case, &case.to_string()).unwrap();
    edits.push(Edit::put(RecordId::fresh(), case));
    let agencies = document.catalogue().agencies.clone();
    edits.extend(agencies.into_iter().map(|agency| {
        Edit::put(
            goldthread::domain::partnership::Agency::id(&agency.code),
            agency,
        )
    }));
    let ids: Vec<RecordId> = actions.iter().map(|_| RecordId::fresh()).collect();
    for (id, action) in ids.iter().zip(actions) {
        edits.push(Edit::put(
            *id,
            Action {
                audit,
                ..action.clone()
            },
        ));
    }
    commit(&mut document, edits);
    (document, ids)
}

fn action(what: &str) -> Action {
    Action {
        what: what.into(),
        owner_agency: "CSC".into(),
        owner_role: "Head of service".into(),
        due: "2026-06-30".parse().ok(),
        status: ActionStatus::Agreed,
        ..Action::new(RecordId::fresh(), None)
    }
}

fn plan(document: &Document) -> Value {
    let text = jobs::action_plan(document, None, now()).unwrap().text();
    let value: Value = serde_json::from_str(&text).unwrap();
    let schema: Value =
        serde_json::from_str(include_str!("../../assets/schemas/actions-1.schema.json")).unwrap();
    let schema = jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    let errors: Vec<String> = schema.iter_errors(&value).map(|e| e.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    value
}

fn preview(document: &Document, file: &[u8]) -> Result<DecisionPreview, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("decisions");
    std::fs::write(&path, file).unwrap();
    jobs::preview_decisions(document, Path::new(&path)).map_err(|error| error.to_string())
}

/// The sheet Actions as the workbook for the subgroup has it.
fn workbook(document: &Document, change: impl Fn(&mut [String; 10])) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Actions").unwrap();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (column, heading) in HEADINGS.iter().enumerate() {
        sheet.write(2, column as u16, *heading).unwrap();
    }
    for (row, (id, action)) in document.register().actions.iter().enumerate() {
        let mut cells = [
            id.to_string(),
            String::new(),
            action.what.clone(),
            action.owner_agency.clone(),
            action.owner_role.clone(),
            action.due_term.map_or("", DueTerm::label).to_owned(),
            action.due.map_or_else(String::new, |due| due.to_string()),
            action.status.label().to_owned(),
            action.evidence_of_impact.clone(),
            String::new(),
        ];
        change(&mut cells);
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (row as u32 + 3, column as u16);
            let due = ExcelDateTime::parse_from_str(cell)
                .ok()
                .filter(|_| column == 6);
            match due {
                Some(due) => sheet.write_with_format(row, column, &due, &date).unwrap(),
                None => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,40}",
        "\\PC{0,20}",
        Just("  spaces, a\ttab\nand a line ".to_owned()),
        Just("=1+1".to_owned()),
        Just("See NEG19-01 and ask again".to_owned()),
        Just("\u{202e}turned\u{202c} 👧".to_owned()),
    ]
}

prop_compose! {
    fn any_action()(
        what in words(), role in words(), evidence in words(), owner in 0_usize..3,
        due in proptest::option::of(0_i64..4000), term in 0_usize..4, status in 0_usize..6,
    ) -> Action {
        let first: chrono::NaiveDate = "2019-01-01".parse().unwrap();
        Action {
            what: format!("Change {what}"),
            owner_agency: ["", "CSC", "POL"][owner].into(),
            owner_role: role,
            due: due.map(|days| first + chrono::TimeDelta::days(days)),
            due_term: DueTerm::ALL.get(term).copied(),
            status: ActionStatus::ALL[status],
            evidence_of_impact: evidence,
            ..Action::new(RecordId::fresh(), None)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn an_export_read_back_changes_nothing(actions in prop::collection::vec(any_action(), 1..5)) {
        let (document, ids) = with_actions(&actions);
        let json = plan(&document).to_string();
        for file in [json.into_bytes(), workbook(&document, |_| ())] {
            let preview = preview(&document, &file).unwrap();
            prop_assert_eq!(&preview.decided, &[]);
            prop_assert_eq!(preview.unchanged, ids.len());
        }
    }

    #[test]
    fn an_old_export_read_back_takes_back_nothing_of_ours(
        before in any_action(), after in any_action(),
    ) {
        let (mut document, ids) = with_actions(&[before]);
        let old = plan(&document).to_string();
        let audit = document.register().actions[&ids[0]].audit;
        commit(&mut document, vec![Edit::put(ids[0], Action { audit, ..after })]);
        let preview = preview(&document, old.as_bytes()).unwrap();
        prop_assert_eq!(&preview.decided, &[]);
    }
}

#[test]
fn decisions_are_taken_in_one_change_and_a_second_time_change_nothing() {
    let (mut document, ids) = with_actions(&[action("One"), action("Two"), action("Three")]);
    let mut file = plan(&document);
    file["actions"][0]["status"] = "done".into();
    file["actions"][0]["evidence_of_impact"] = "Seen in nine of ten plans.".into();
    file["actions"][0]["update"] = "Closed by the BMG in March.".into();
    file["actions"][1] = json!({"id": ids[1], "due": null});
    let file = file.to_string();
    let first = preview(&document, file.as_bytes()).unwrap();
    assert_eq!(
        (first.decided.len(), first.unchanged, first.conflicts()),
        (2, 1, 0)
    );
    let fields: Vec<Field> = first.decided[0].changes.iter().map(|c| c.field).collect();
    assert_eq!(fields, [Field::Status, Field::EvidenceOfImpact]);
    jobs::take_decisions(
        &mut document,
        Decisions::of("bmg.json", &first),
        &author(),
        now(),
    )
    .unwrap();
    let register = document.register();
    assert_eq!(register.actions[&ids[0]].status, ActionStatus::Done);
    assert_eq!(
        register.updates_of(ids[0])[0].text,
        "Closed by the BMG in March."
    );
    assert_eq!(register.actions[&ids[1]].due, None);
    assert_eq!(
        register.actions[&ids[2]],
        Action {
            audit: register.actions[&ids[2]].audit,
            ..action("Three")
        }
    );
    let history = document.store().history(ids[0]).unwrap();
    assert_eq!(
        history.last().unwrap().reason.as_deref(),
        Some("Decisions read in from bmg.json")
    );
    let again = preview(&document, file.as_bytes()).unwrap();
    assert_eq!((again.decided.len(), again.unchanged), (0, 3), "{again:?}");
}

#[test]
fn where_both_sides_changed_a_person_decides() {
    let (mut document, ids) = with_actions(&[action("One")]);
    let mut file = plan(&document);
    file["actions"][0]["owner_role"] = "Named nurse".into();
    file["actions"][0]["due"] = "2026-09-30".into();
    let audit = document.register().actions[&ids[0]].audit;
    let ours = Action {
        audit,
        owner_role: "Team manager".into(),
        ..action("One")
    };
    commit(&mut document, vec![Edit::put(ids[0], ours.clone())]);
    let found = preview(&document, file.to_string().as_bytes()).unwrap();
    let conflicts: Vec<Field> = found.decided[0].conflicts().map(|c| c.field).collect();
    assert_eq!((found.conflicts(), conflicts), (1, vec![Field::OwnerRole]));
    let day = now().date_naive();
    let kept = found.decided[0].outcome(&[].into(), day);
    assert_eq!(
        (kept.owner_role.as_str(), kept.due),
        ("Team manager", "2026-09-30".parse().ok())
    );
    let theirs = found.decided[0].outcome(&[Field::OwnerRole].into(), day);
    assert_eq!(theirs.owner_role, "Named nurse");

    // Shown, and then changed here: nothing is taken.
    let later = Action {
        what: "One, and more".into(),
        ..ours
    };
    commit(&mut document, vec![Edit::put(ids[0], later.clone())]);
    let refused = jobs::take_decisions(&mut document, Decisions::of("x", &found), &author(), now());
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("look at them again")
    );
    assert_eq!(document.register().actions[&ids[0]], later);
}

#[test]
fn a_workbook_says_what_changes_and_an_old_cell_is_a_conflict() {
    let (mut document, ids) = with_actions(&[action("One")]);
    let decided = workbook(&document, |cells| {
        cells[7] = "in progress".into();
        cells[3] = "Police".into();
        cells[9] = "Begun.".into();
    });
    let found = preview(&document, &decided).unwrap();
    let fields: Vec<Field> = found.decided[0].changes.iter().map(|c| c.field).collect();
    assert_eq!(
        (fields, found.conflicts()),
        (vec![Field::OwnerAgency, Field::Status], 0)
    );
    assert_eq!(found.decided[0].note.as_deref(), Some("Begun."));

    // The workbook has no revision: a cell with what we once said ourselves is most likely old.
    let audit = document.register().actions[&ids[0]].audit;
    let ours = Action {
        audit,
        owner_role: "Team manager".into(),
        ..action("One")
    };
    commit(&mut document, vec![Edit::put(ids[0], ours)]);
    let found = preview(&document, &decided).unwrap();
    let conflicts: Vec<Field> = found.decided[0].conflicts().map(|c| c.field).collect();
    assert_eq!(conflicts, [Field::OwnerRole]);
}

#[test]
fn everything_wrong_is_told_at_once_by_its_place() {
    let (document, _) = with_actions(&[action("One"), action("Two")]);
    let bad = workbook(&document, |cells| {
        cells[7] = "finished".into();
        cells[6] = "soon".into();
        cells[3] = "Fire service".into();
        cells[5] = "next year".into();
    });
    let why = preview(&document, &bad).unwrap_err();
    for place in [
        "Actions!H4",
        "Actions!G4",
        "Actions!D4",
        "Actions!F5",
        "Actions!H5",
    ] {
        assert!(why.contains(place), "{place}: {why}");
    }
    let mut twice = plan(&document);
    let first = twice["actions"][0].clone();
    twice["actions"].as_array_mut().unwrap().push(first);
    let mut done = plan(&document);
    done["actions"][0]["status"] = "done".into();
    done["actions"][1]["status"] = "not_done".into();
    let mut unknown = plan(&document);
    unknown["actions"][1]["id"] = "0198c0de-0000-7000-8000-000000000001".into();
    let mut wrong = plan(&document);
    wrong["actions"][0]["status"] = "finished".into();
    let cases = [
        (twice, "/actions/2: this action is there twice"),
        (
            done.clone(),
            "/actions/0: it is done, and there is no evidence",
        ),
        (
            done,
            "/actions/1: it is not done or superseded, and no update says why",
        ),
        (unknown, "/actions/1: there is no action 0198c0de"),
        (wrong, "/actions/0/status"),
        (json!({"schema": "goldthread/bmg/1"}), "not of the format"),
    ];
    for (file, words) in cases {
        let why = preview(&document, file.to_string().as_bytes()).unwrap_err();
        assert!(why.contains(words), "{words}: {why}");
    }
    for file in [&b"PK\x03\x04 not a workbook"[..], b"\xff\xfe", b"{", b""] {
        let why = preview(&document, file).unwrap_err();
        assert!(why.contains("nothing was taken"), "{why}");
    }
}

#[test]
fn the_plan_carries_no_case_reference_and_its_notes_come_back_once() {
    let (mut document, ids) = with_actions(&[action("Look at NEG19-01 again")]);
    let note = ActionUpdate {
        action: ids[0],
        at: now(),
        text: "NEG19-01 was visited".into(),
    };
    commit(&mut document, vec![Edit::put(RecordId::fresh(), note)]);
    let mut file = plan(&document);
    assert!(!file.to_string().contains("NEG19-01"), "{file}");
    file["actions"][0]["update"] = file["actions"][0]["updates"][0]["text"].clone();
    let found = preview(&document, file.to_string().as_bytes()).unwrap();
    assert_eq!(found.decided, [], "our own note is not a new one");
}

#[test]
fn the_example_goes_out_and_comes_back() {
    let (document, _folder) = example();
    let file = plan(&document);
    let count = document.register().actions.len();
    assert!(count > 10 && file["actions"].as_array().unwrap().len() == count);
    assert_eq!(file["worked_example"], true);
    let found = preview(&document, file.to_string().as_bytes()).unwrap();
    assert_eq!((found.decided.len(), found.unchanged), (0, count));
}

#[test]
fn what_is_done_keeps_its_evidence() {
    let done = Action {
        status: ActionStatus::Done,
        evidence_of_impact: "Seen in ten files.".into(),
        ..action("Train staff")
    };
    let (document, _) = with_actions(&[done]);
    let mut file = plan(&document);
    file["actions"][0]["evidence_of_impact"] = "".into();
    let why = preview(&document, file.to_string().as_bytes()).unwrap_err();
    assert!(
        why.contains("/actions/0: it is done, and there is no evidence"),
        "{why}"
    );
    file["actions"][0]["evidence_of_impact"] = "Seen in twelve files.".into();
    let decided = preview(&document, file.to_string().as_bytes()).unwrap();
    assert_eq!(decided.decided.len(), 1);
}
