//! Workbooks filled in as a person would, and merged: in any order, again, corrected, beside return
//! files and beside changes made in the register.

use std::path::Path;

use goldthread::domain::answer::{Answer, Blank, Given, Value};
use goldthread::domain::form::FormStatus;
use goldthread::domain::record::RecordKind;
use goldthread::domain::revision::{Change, Edit};
use goldthread::session::jobs::ReturnFormat;
use goldthread::session::{Error, jobs};
use goldthread::store::Store;
use serde_json::json;

use super::editing::{ANSWER, Book, Put, WORRIES};
use super::office::{FIRST, Office, SECOND, author, fill_in, neglect, noon};

const MONDAY: &str = "2026-11-09T10:00:00Z";
const TUESDAY: &str = "2026-11-10T10:00:00Z";

fn given(office: &Office, reference: &str, question: &str) -> Option<Given> {
    office.answer("GP", reference, question)?.given
}

fn one(id: &str) -> Option<Given> {
    Some(Given::Value(Value::one(id)))
}

#[test]
fn a_workbook_filled_in_as_a_person_would_is_taken_whole() {
    let mut office = Office::new();
    let mut book = office.issue("GP");
    fill_in(&mut book, FIRST);
    book.put(SECOND, "form status", ANSWER, Put::Text("not known to us"));
    let back = office.back(&mut book, MONDAY);
    let preview = office.preview(&[&back]);
    let merged = office.merge(&[&back]);
    assert_eq!(preview, merged);
    let brought = merged.files[0].brings.as_ref().unwrap();
    let forms = brought
        .forms
        .iter()
        .map(|form| (form.status_after.unwrap(), form.new, form.conflicts.len()));
    let forms: Vec<_> = forms.collect();
    assert_eq!(
        forms,
        [(FormStatus::Submitted, 18, 0), (FormStatus::NotKnown, 0, 0)]
    );
    assert_eq!(given(&office, FIRST, "C02"), one("yes"));
    assert_eq!(given(&office, FIRST, "C05"), one("requires_improvement"));
    assert_eq!(
        given(&office, FIRST, "N07"),
        Some(Given::Blank(Blank::NotEvidenced))
    );
    assert_eq!(
        given(&office, FIRST, "C09"),
        Some(Given::Blank(Blank::NotApplicable))
    );
    let chosen = Value::Many(vec!["educational".into(), "supervision".into()]);
    assert_eq!(given(&office, FIRST, "N02"), Some(Given::Value(chosen)));
    let note = office.answer("GP", FIRST, "N03").unwrap().worries;
    assert_eq!(note, "=not followed up in May");
    let form = &office.document.register().forms[&office.form("GP", FIRST)];
    assert_eq!(
        (form.role.as_str(), form.overall.as_deref()),
        ("practice manager", Some("good"))
    );
    assert_eq!(form.submitted, Some(MONDAY.parse().unwrap()));
    let content = office
        .document
        .form_content(office.form("GP", FIRST))
        .unwrap();
    assert_eq!(content.dates["referral"], "2026-01-20".parse().unwrap());
}

#[test]
fn its_history_says_who_when_and_from_which_workbook() {
    let mut office = Office::new();
    let mut book = office.issue("GP");
    fill_in(&mut book, FIRST);
    let back = office.back(&mut book, MONDAY);
    office.merge(&[&back]);
    let answer = Answer::id(office.form("GP", FIRST), "C01");
    let history = office.document.store().history(answer).unwrap();
    assert_eq!(history.len(), 1);
    let by = &history[0].author;
    assert_eq!(
        (by.role.as_str(), by.agency.as_str()),
        ("practice manager", "GP")
    );
    assert!(by.device.starts_with("workbook "), "{}", by.device);
    assert_eq!(
        history[0].at,
        MONDAY.parse::<chrono::DateTime<chrono::Utc>>().unwrap()
    );
}

#[test]
fn the_same_again_brings_nothing_also_when_it_was_saved_again() {
    let mut office = Office::new();
    let untouched = office.issue("CSC");
    let path = office.path("untouched.xlsx");
    std::fs::write(&path, untouched.bytes()).unwrap();
    assert_eq!(office.news(&[&path]), 0);
    let mut book = office.issue("GP");
    fill_in(&mut book, FIRST);
    let first = office.back(&mut book, MONDAY);
    let again = office.back(&mut book, TUESDAY);
    assert!(office.news(&[&first]) > 0);
    assert_eq!(office.news(&[&first]), 0);
    // One for the form, which says when it was saved last.
    assert_eq!(office.news(&[&again]), 1);
    assert_eq!(office.news(&[&again, &first]), 0);
}

/// Merges the files into two copies of the register, in this order and in the other; both have to
/// stand alike and to have no conflict.
fn both_orders(office: &Office, files: [&Path; 2]) -> [Office; 2] {
    let [one, other] = files;
    let mut copies = [office.copy(), office.copy()];
    for file in [one, other] {
        copies[0].merge(&[file]);
    }
    for file in [other, one] {
        copies[1].merge(&[file]);
    }
    assert_eq!(copies[0].summary(), copies[1].summary());
    assert_ne!(copies[0].summary(), office.summary());
    // At once is as one after the other.
    for files in [[one, other], [other, one]] {
        let mut copy = office.copy();
        copy.merge(&files);
        assert_eq!(copy.summary(), copies[0].summary());
    }
    copies
}

#[test]
fn a_corrected_workbook_takes_the_place_of_the_first_in_either_order() {
    let mut office = Office::new();
    let mut book = office.issue("GP");
    fill_in(&mut book, FIRST);
    let first = office.back(&mut book, MONDAY);
    book.put(FIRST, "C01", ANSWER, Put::Text("Inadequate"));
    book.put(FIRST, "C01", WORRIES, Put::Text("The referral was late"));
    // What was noted by mistake is taken away again.
    book.put(FIRST, "date referral", ANSWER, Put::Nothing);
    let corrected = office.back(&mut book, TUESDAY);
    for copy in both_orders(&office, [&first, &corrected]) {
        assert_eq!(copy.conflicts(), 0);
        assert_eq!(given(&copy, FIRST, "C01"), one("inadequate"));
        let form = copy.form("GP", FIRST);
        assert!(copy.document.form_content(form).unwrap().dates.is_empty());
        let history = copy
            .document
            .store()
            .history(Answer::id(form, "C01"))
            .unwrap();
        let good = history.iter().filter(|entry| {
            entry
                .after
                .as_ref()
                .is_some_and(|after| after.contains("\"good\""))
        });
        assert_eq!(good.count(), 1, "what was said first is kept");
    }
}

#[test]
fn two_people_fill_in_two_sheets_of_two_copies() {
    let mut office = Office::new();
    let mut one_copy = office.issue("GP");
    let bytes = one_copy.bytes();
    let path = office.path("second copy.xlsx");
    std::fs::write(&path, bytes).unwrap();
    let mut other_copy = Book::open(&path);
    fill_in(&mut one_copy, FIRST);
    fill_in(&mut other_copy, SECOND);
    let files = [
        office.back(&mut one_copy, MONDAY),
        office.back(&mut other_copy, TUESDAY),
    ];
    for copy in both_orders(&office, [&files[0], &files[1]]) {
        assert_eq!(copy.conflicts(), 0);
        for reference in [FIRST, SECOND] {
            assert_eq!(given(&copy, reference, "C07"), one("outstanding"));
        }
    }
}

#[test]
fn two_versions_of_one_moment_that_differ_are_a_conflict() {
    let mut office = Office::new();
    let mut book = office.issue("GP");
    fill_in(&mut book, FIRST);
    let first = office.back(&mut book, MONDAY);
    book.put(FIRST, "C01", ANSWER, Put::Text("Outstanding"));
    let second = office.back(&mut book, MONDAY);
    for copy in both_orders(&office, [&first, &second]) {
        assert_eq!(copy.conflicts(), 1);
    }
}

#[test]
fn a_change_made_in_the_register_meanwhile_is_a_conflict() {
    let mut office = Office::new();
    let mut book = office.issue("GP");
    fill_in(&mut book, FIRST);
    let form = office.form("GP", FIRST);
    for (question, value) in [("C01", "inadequate"), ("C03", "good")] {
        let mut answer = Answer::empty(form, question);
        answer.given = one(value);
        office.keep(vec![Edit::put(Answer::id(form, question), answer)]);
    }
    let back = office.back(&mut book, MONDAY);
    office.merge(&[&back]);
    // Both said good to C03: that is no conflict.
    assert_eq!(office.conflicts(), 1);
    let history = office
        .document
        .store()
        .history(Answer::id(form, "C01"))
        .unwrap();
    assert_eq!(history.len(), 2);
}

#[test]
fn workbooks_and_return_files_merge_in_either_order() {
    let mut office = Office::new();
    let mut book = office.issue("GP");
    let (police, _) = office.try_issue("POL", ReturnFormat::Goldthread).unwrap();
    fill_in(&mut book, FIRST);
    let back = office.back(&mut book, MONDAY);
    let form = office.form("POL", SECOND);
    let mut answer = Answer::empty(form, "C01");
    answer.given = one("inadequate");
    let mut file = Store::open(&police, None, "laptop").unwrap();
    let change = Change {
        edits: vec![Edit::put(Answer::id(form, "C01"), answer)],
        author: author("POL", "sergeant"),
        at: noon(),
        reason: None,
    };
    file.commit(&change).unwrap();
    drop(file);
    for copy in both_orders(&office, [&back, &police]) {
        assert_eq!(copy.conflicts(), 0);
        assert_eq!(given(&copy, FIRST, "C01"), one("good"));
        assert!(copy.answer("POL", SECOND, "C01").is_some());
    }
}

#[test]
fn what_the_register_has_is_filled_in_already_and_only_changes_come_back() {
    let mut data = neglect();
    data["forms"] = json!([{"case": FIRST, "agency": "GP", "status": "in_progress", "role": "named GP",
        "answers": {"C01": {"value": "good", "worked": " Seen twice. "}, "C10": {"value": ["report", "invited"]}},
        "dates": {"referral": "2026-01-20"}}]);
    let mut office = Office::of(&data);
    let mut book = office.issue("GP");
    book.put(FIRST, "C01", ANSWER, Put::Text("Outstanding"));
    book.put(FIRST, "date referral", ANSWER, Put::Nothing);
    let back = office.back(&mut book, MONDAY);
    let merged = office.merge(&[&back]);
    let forms = &merged.files[0].brings.as_ref().unwrap().forms;
    let counts = (
        forms[0].new,
        forms[0].changed,
        forms[0].taken_back,
        forms[0].unchanged,
    );
    assert_eq!(counts, (0, 1, 1, 1));
    assert_eq!(office.conflicts(), 0);
    let answer = office.answer("GP", FIRST, "C01").unwrap();
    assert_eq!(
        (answer.given, answer.worked.as_str()),
        (one("outstanding"), " Seen twice. ")
    );
}

#[test]
fn a_form_that_was_complete_by_older_rules_comes_back_untouched() {
    let mut data = neglect();
    // Loaded from elsewhere: submitted, with most questions unanswered.
    data["forms"] = json!([{"case": FIRST, "agency": "GP", "status": "submitted", "role": "named GP",
        "answers": {"C01": {"value": "good"}}}]);
    let mut office = Office::of(&data);
    let mut book = office.issue("GP");
    book.put(SECOND, "form status", ANSWER, Put::Text("Not known to us"));
    let back = office.back(&mut book, MONDAY);
    assert_eq!(office.news(&[&back]), 1);
    // What is changed on it is held to today's.
    book.put(FIRST, "C01", ANSWER, Put::Text("Outstanding"));
    let back = office.back(&mut book, TUESDAY);
    assert!(office.problems(&back).len() > 10);
}

#[test]
fn declined_with_a_reason_is_an_answer() {
    let mut office = Office::new();
    let mut book = office.issue("GP");
    book.put(FIRST, "form status", ANSWER, Put::Text("Declined"));
    book.put(
        FIRST,
        "form declined",
        ANSWER,
        Put::Text("The practice has closed"),
    );
    let back = office.back(&mut book, MONDAY);
    office.merge(&[&back]);
    let form = &office.document.register().forms[&office.form("GP", FIRST)];
    assert_eq!(
        (form.status, form.declined_reason.as_str()),
        (FormStatus::Declined, "The practice has closed")
    );
}

fn tell(book: &mut Book, whom: &str) {
    for (field, what) in [
        ("role", Put::Text("named nurse")),
        ("date", Put::Date("2026-11-09")),
        ("time", Put::Time("14:05")),
        ("route", Put::Text("telephone")),
        ("response", Put::Text("strategy discussion today")),
    ] {
        book.put(FIRST, &format!("stop {whom} {field}"), ANSWER, what);
    }
}

#[test]
fn a_safety_stop_comes_with_who_was_told_when_and_how() {
    let mut office = Office::new();
    let mut book = office.issue("GP");
    fill_in(&mut book, FIRST);
    book.put(FIRST, "C15b", ANSWER, Put::Text("No"));
    book.put(FIRST, "C15b", WORRIES, Put::Text("Alone at home at night"));
    tell(&mut book, "lead");
    tell(&mut book, "frontdoor");
    book.put(FIRST, "stop 999", ANSWER, Put::Text("Yes"));
    let back = office.back(&mut book, MONDAY);
    office.merge(&[&back]);
    let stop = office.stop("GP", FIRST).unwrap();
    assert!(stop.is_resolved() && stop.called_999);
    assert_eq!(
        (stop.because.as_str(), stop.opened),
        ("no", MONDAY.parse().unwrap())
    );
    assert_eq!(stop.lead.at, "2026-11-09T14:05:00".parse().ok());
    // Saved again, it was not opened again.
    let again = office.back(&mut book, TUESDAY);
    assert_eq!(office.news(&[&again]), 1);
    assert_eq!(office.stop("GP", FIRST), Some(stop));
}

#[test]
fn a_child_who_may_not_be_safe_is_seen_before_the_sheet_is_complete() {
    let mut office = Office::new();
    let mut book = office.issue("GP");
    book.put(FIRST, "C15b", ANSWER, Put::Text("Unsure"));
    let back = office.back(&mut book, MONDAY);
    office.merge(&[&back]);
    assert!(!office.stop("GP", FIRST).unwrap().is_resolved());
    assert_eq!(office.document.register().open_safety_stops().len(), 1);
    // Told meanwhile: the same stop, complete.
    tell(&mut book, "lead");
    tell(&mut book, "frontdoor");
    let later = office.back(&mut book, TUESDAY);
    office.merge(&[&later]);
    assert!(office.stop("GP", FIRST).unwrap().is_resolved());
    assert_eq!(office.conflicts(), 0);
}

#[test]
fn one_bad_workbook_keeps_everything_out() {
    let mut office = Office::new();
    let mut good = office.issue("GP");
    let mut bad = office.issue("CSC");
    fill_in(&mut good, FIRST);
    bad.put(FIRST, "C01", ANSWER, Put::Text("Fine"));
    let files = [
        office.back(&mut good, MONDAY),
        office.back(&mut bad, MONDAY),
    ];
    let before = office.summary();
    let request = jobs::MergeRequest {
        files: files.to_vec(),
        ..jobs::MergeRequest::default()
    };
    let never = std::sync::atomic::AtomicBool::new(false);
    let by = author("", "business office");
    let refused = jobs::merge(
        &mut office.document,
        &request,
        &by,
        noon(),
        &mut |_| (),
        &never,
    );
    let Err(Error::SomeRefused { preview, .. }) = refused else {
        panic!("it was merged");
    };
    assert_eq!(preview.files[1].problems.len(), 1);
    assert_eq!(office.summary(), before);
}

#[test]
fn what_comes_back_for_a_case_withdrawn_meanwhile_is_kept() {
    let mut office = Office::new();
    let mut book = office.issue("GP");
    fill_in(&mut book, FIRST);
    fill_in(&mut book, SECOND);
    let form = office.form("GP", FIRST);
    let case = office.document.register().forms[&form].case;
    let forms = ["CSC", "POL", "GP"].map(|agency| office.form(agency, FIRST));
    let forms = forms.map(|form| Edit::delete(form, RecordKind::CaseForm));
    let case = Edit::delete(case, RecordKind::Case);
    office.keep(forms.into_iter().chain([case]).collect());
    let back = office.back(&mut book, MONDAY);
    let merged = office.merge(&[&back]);
    let forms = &merged.files[0].brings.as_ref().unwrap().forms;
    let withdrawn: Vec<_> = forms
        .iter()
        .map(|form| (form.case.as_str(), form.withdrawn))
        .collect();
    assert_eq!(withdrawn, [(FIRST, true), (SECOND, false)]);
    let history = office
        .document
        .store()
        .history(Answer::id(form, "C01"))
        .unwrap();
    assert_eq!(history.len(), 1);
}

#[test]
fn it_holds_its_agency_s_part_and_not_a_word_of_the_others() {
    let mut data = neglect();
    data["forms"] = json!([
        {"case": FIRST, "agency": "CSC", "status": "in_progress", "role": "Zebra manager",
         "answers": {"C01": {"value": "good", "worked": "Zebra note"}}},
        {"case": FIRST, "agency": "GP", "status": "in_progress", "role": "Walrus manager",
         "answers": {"C01": {"value": "good", "worked": "Walrus note"}}}]);
    data["judgements"] =
        json!([{"case": FIRST, "question": "C01", "value": "good", "reason": "Okapi"}]);
    let mut office = Office::of(&data);
    let texts = office.issue("GP").texts();
    for words in ["Walrus manager", "Walrus note", "NEG26-02", "Anywhere"] {
        assert!(texts.contains(words), "{words}");
    }
    for words in ["Zebra", "Okapi", "N04", "Children’s social care manager"] {
        assert!(!texts.contains(words), "{words}");
    }
    // Nothing is hidden, and nothing runs.
    for mark in [
        "hidden=\"1\"",
        "veryHidden",
        "vbaProject",
        "<f>",
        "externalLink",
    ] {
        assert!(!texts.contains(mark), "{mark}");
    }
}

#[test]
fn a_workbook_has_no_passphrase_and_takes_no_place_that_is_taken() {
    let mut office = Office::new();
    let path = office.path("gp.xlsx");
    let mut request = jobs::IssueRequest {
        format: ReturnFormat::Workbook,
        audit: office.audit(),
        agency: "GP".into(),
        due: "2026-12-18".parse().ok(),
        path: path.clone(),
        passphrase: Some(goldthread::store::Passphrase::new("battery")),
        cover: None,
    };
    let by = author("", "business office");
    let refused = jobs::issue(&mut office.document, &request, &by, noon());
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("cannot carry a passphrase")
    );
    assert!(!path.exists());
    request.passphrase = None;
    let issued = jobs::issue(&mut office.document, &request, &by, noon()).unwrap();
    assert_eq!((issued.cases, issued.due), (2, request.due));
    let refused = jobs::issue(&mut office.document, &request, &by, noon());
    assert!(refused.unwrap_err().to_string().contains("exists already"));
}
