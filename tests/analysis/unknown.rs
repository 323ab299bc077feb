//! What cannot be known is said where it is not there, and only there.

use goldthread::analysis::unknown::unknown;
use serde_json::{Value, json};

use super::Audit;
use super::small_audit;

/// What cannot be known of an audit with this data.
fn what(data: &Value) -> Vec<&'static str> {
    let audit = Audit::of(data);
    let facts = audit.facts();
    let own = facts.audit(audit.id).unwrap();
    let found = unknown(&audit.register, own);
    found.iter().map(|own| own.what).collect()
}

/// The small audit, closed and with everything that can be known of it.
fn complete() -> Value {
    let mut data = small_audit::data();
    data["audit"]["state"] = "closed".into();
    data["audit"]["scope"] = json!({"method": "Every third case of the list."});
    data["forms"][0]["answers"]["G1"]["worked"] = "Seen alone.".into();
    for (field, value) in [("age_band", "5-9"), ("ethnicity", "white"), ("plan", "CP")] {
        data["cases"][1][field] = value.into();
    }
    data
}

fn submitted(data: &mut Value) -> impl Iterator<Item = &mut Value> {
    let forms = data["forms"].as_array_mut().unwrap().iter_mut();
    forms.filter(|form| form["status"] == "submitted")
}

fn without(record: &mut Value, field: &str) {
    record.as_object_mut().unwrap().remove(field);
}

/// What is told, and what takes it away.
type Absent = (&'static str, fn(&mut Value));

const ABSENT: [Absent; 10] = [
    ("agreement", |data| {
        data["audit"]["agencies"] = json!(["CSC"]);
        let forms = data["forms"].as_array_mut().unwrap();
        forms.retain(|form| form["agency"] == "CSC");
    }),
    ("agreement", |data| {
        for (at, form) in submitted(data).enumerate() {
            form["answers"] = match at {
                0 => json!({"G1": {"value": "good", "worked": "Seen alone."}}),
                1 => json!({"Y1": {"blank": "not_applicable"}}),
                _ => json!({}),
            };
        }
    }),
    ("blanks", |data| {
        for form in submitted(data) {
            let answers = form["answers"].as_object_mut().unwrap();
            answers.retain(|_, answer| answer.get("blank").is_none());
        }
    }),
    ("notes", |data| {
        without(&mut data["forms"][0]["answers"]["G1"], "worked");
    }),
    ("overall_grades", |data| {
        submitted(data).for_each(|form| without(form, "overall"));
    }),
    ("panel", |data| data["judgements"] = json!([])),
    ("children", |data| {
        without(&mut data["cases"][1], "plan");
    }),
    ("dates", |data| {
        submitted(data).for_each(|form| form["dates"] = json!({}));
    }),
    ("period", |data| without(&mut data["audit"], "to")),
    ("sample", |data| {
        data["audit"]["scope"] = json!({});
    }),
];

#[test]
fn what_is_not_there_is_told_and_nothing_else() {
    let whole = what(&complete());
    for (told, take_away) in ABSENT {
        assert!(!whole.contains(&told), "{told}: {whole:?}");
        let mut data = complete();
        take_away(&mut data);
        let found = what(&data);
        assert!(found.contains(&told), "{told}: {found:?}");
        if !["agreement", "blanks"].contains(&told) {
            // Taking answers away takes more with it; nothing else does.
            assert_eq!(found.len(), whole.len() + 1, "{told}: {found:?}");
        }
        // Before the findings are agreed it may still come.
        data["audit"]["state"] = "panel".into();
        assert_eq!(what(&data), Vec::<&str>::new(), "{told}");
    }
}

#[test]
fn the_sentences_name_what_is_missing() {
    let mut data = complete();
    for field in ["age_band", "ethnicity", "plan"] {
        without(&mut data["cases"][1], field);
    }
    for form in submitted(&mut data) {
        without(&mut form["answers"], "R1");
    }
    let audit = Audit::of(&data);
    let facts = audit.facts();
    let found = unknown(&audit.register, facts.audit(audit.id).unwrap());
    let words: Vec<&str> = found.iter().map(|own| own.words.as_str()).collect();
    assert!(words.contains(
        &"No child's age, ethnicity or plan is given: whether the picture differs by it cannot be known."
    ));
    let nobody = words
        .iter()
        .find(|words| words.starts_with("Nobody answered "));
    assert!(nobody.unwrap().contains("R1"), "{nobody:?}");
}
