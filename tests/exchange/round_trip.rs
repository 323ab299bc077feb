//! What goes in comes out, exactly.

use std::collections::BTreeMap;

use goldthread::domain::form::FormStatus;
use goldthread::exchange::data_json::Loaded;
use proptest::prelude::*;

use super::invented::invented;
use super::{Desk, complete};

/// The records of a load with every id replaced by its place of first appearance: fresh ids differ
/// from load to load, and derived ones with them.
fn records(loaded: &Loaded) -> String {
    let text = format!("{:#?}", loaded.edits);
    let mut places: BTreeMap<&str, String> = BTreeMap::new();
    let mut result = String::new();
    for word in text.split_inclusive(|c: char| !c.is_ascii_hexdigit() && c != '-') {
        let id = word.trim_end_matches(|c: char| !c.is_ascii_hexdigit());
        if id.len() == 36 {
            let next = places.len();
            let place = places.entry(id).or_insert_with(|| format!("#{next}"));
            result.push_str(place);
            result.push_str(&word[id.len()..]);
        } else {
            result.push_str(word);
        }
    }
    assert!(!places.is_empty());
    result
}

#[test]
fn a_complete_file_comes_back_character_by_character() {
    let mut desk = Desk::new();
    let loaded = desk.load(&complete());
    assert_eq!(
        desk.export(&loaded),
        include_str!("../fixtures/data/complete.json")
    );
    assert_eq!((loaded.cases, loaded.forms, loaded.answers), (3, 5, 12));
    assert_eq!(loaded.notices, Vec::<String>::new());
}

#[test]
fn every_agency_has_a_form_for_every_case() {
    let mut desk = Desk::new();
    desk.load(&complete());
    assert_eq!(desk.register.forms.len(), 9);
    assert_eq!(desk.register.returns.len(), 3);
}

#[test]
fn an_unsafe_child_with_nobody_told_is_said() {
    let mut data = complete();
    data["safety_stops"] = serde_json::json!([]);
    let loaded = Desk::new().load(&data);
    assert_eq!(loaded.notices.len(), 1);
    assert!(
        loaded.notices[0].contains("CSC of RND-10"),
        "{:?}",
        loaded.notices
    );
}

#[test]
fn a_re_audit_names_its_first_audit_by_title() {
    let mut desk = Desk::new();
    let first = desk.load(&complete());
    let mut second = complete();
    second["audit"]["title"] = "Rounds 2020".into();
    second["audit"]["re_audit_of"] = "Rounds 2019".into();
    let loaded = desk.load(&second);
    assert_eq!(
        desk.register.audits[&loaded.audit].re_audit_of,
        Some(first.audit)
    );
    let exported: serde_json::Value = serde_json::from_str(&desk.export(&loaded)).unwrap();
    assert_eq!(exported, second);
}

#[test]
fn an_answer_that_is_no_longer_asked_for_is_not_exported() {
    let mut desk = Desk::new();
    let loaded = desk.load(&complete());
    for (answers, _) in desk.contents.values_mut() {
        if let Some(answer) = answers.get_mut("Y1") {
            answer.given = None;
        }
    }
    assert!(!desk.export(&loaded).contains("Y1a"));
}

#[test]
fn a_form_that_was_answered_and_then_is_not_known_comes_back_without_answers() {
    let mut desk = Desk::new();
    let loaded = desk.load(&complete());
    for form in desk.register.forms.values_mut() {
        form.status = FormStatus::NotKnown;
    }
    let text = desk.export(&loaded);
    assert!(
        !text.contains("\"answers\"") && !text.contains("\"dates\""),
        "{text}"
    );
    Desk::new().load(&serde_json::from_str(&text).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_is_loaded_is_exported_and_loads_to_the_same_records(
        tape in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let data = invented(&tape);
        let mut first = Desk::new();
        let loaded = first.load(&data);
        let text = first.export(&loaded);
        let exported: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&exported, &data);

        let mut second = Desk::new();
        let again = second.load(&exported);
        prop_assert_eq!(records(&again), records(&loaded));
        prop_assert_eq!(second.export(&again), text);
    }
}
