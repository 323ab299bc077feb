//! What is refused, and that it is said where and why.

use serde_json::{Value, json};

use super::{Desk, complete};

/// A change to the complete file, where the problem is, and words in the message.
type Slip = (&'static str, &'static str, fn(&mut Value));

const SLIPS: &[Slip] = &[
    ("/schema", "goldthread/data/2", |d| {
        d["schema"] = "goldthread/data/2".into()
    }),
    ("/forms/0/answers/Q9", "no question “Q9”", |d| {
        d["forms"][0]["answers"]["Q9"] = json!({"value": "good"})
    }),
    (
        "/forms/0/answers/G1/value",
        "“splendid” is not one of",
        |d| d["forms"][0]["answers"]["G1"]["value"] = "splendid".into(),
    ),
    (
        "/forms/0/answers/N1/value",
        "it is not a whole number",
        |d| d["forms"][0]["answers"]["N1"]["value"] = "four".into(),
    ),
    ("/forms/0/answers/D1/value", "not a date", |d| {
        d["forms"][0]["answers"]["D1"]["value"] = "2019-3-1".into()
    }),
    ("/forms/0/answers/R1/value", "larger than the whole", |d| {
        d["forms"][0]["answers"]["R1"]["value"]["part"] = 10.into()
    }),
    ("/forms/0/answers/M1/value", "“x” is not one of", |d| {
        d["forms"][0]["answers"]["M1"]["value"] = json!(["x"])
    }),
    (
        "/forms/0/answers/G1/in_view_of",
        "only the safety question",
        |d| d["forms"][0]["answers"]["G1"]["in_view_of"] = json!(["Y1"]),
    ),
    ("/forms/4/answers/P1", "P1 is not asked of HP", |d| {
        d["forms"][4]["answers"]["P1"] = json!({"value": "agreed"})
    }),
    (
        "/forms/4/answers/Y1a",
        "Y1a is asked only when Y1 is partly or no",
        |d| d["forms"][4]["answers"]["Y1a"] = json!({"value": "late"}),
    ),
    ("/forms/0/dates/birth", "no key date “birth”", |d| {
        d["forms"][0]["dates"]["birth"] = "2010-01-01".into()
    }),
    ("/forms/0/overall", "“splendid” is not one of", |d| {
        d["forms"][0]["overall"] = "splendid".into()
    }),
    ("/forms/1/status", "holds no answers", |d| {
        d["forms"][1]["answers"] = json!({"G1": {"value": "good"}})
    }),
    ("/forms/2", "says why", |d| {
        d["forms"][2]["declined_reason"] = "  ".into()
    }),
    ("/forms/1", "already", |d| {
        d["forms"][1]["agency"] = "CSC".into()
    }),
    ("/forms/1/agency", "not one of the audit's agencies", |d| {
        d["forms"][1]["agency"] = "EDU".into()
    }),
    ("/forms/1/case", "no case “RND-99”", |d| {
        d["forms"][1]["case"] = "RND-99".into()
    }),
    ("/cases/1/ref", "RND-10 is there twice", |d| {
        d["cases"][1]["ref"] = "RND-10".into()
    }),
    ("/cases/1/ref", "use letters", |d| {
        d["cases"][1]["ref"] = "Alice".into()
    }),
    ("/cases/0/age_band", "not one of", |d| {
        d["cases"][0]["age_band"] = "7".into()
    }),
    ("/audit/tool", "no tool “other@1”", |d| {
        d["audit"]["tool"] = "other@1".into()
    }),
    ("/audit/agencies/0", "no agency “XYZ”", |d| {
        d["audit"]["agencies"][0] = "XYZ".into()
    }),
    ("/audit/agencies/1", "“CSC” is there twice", |d| {
        d["audit"]["agencies"][1] = "CSC".into()
    }),
    ("/audit/re_audit_of", "no audit called “Before”", |d| {
        d["audit"]["re_audit_of"] = "Before".into()
    }),
    ("/audit/to", "ends before it starts", |d| {
        d["audit"]["to"] = "2018-10-31".into()
    }),
    ("/audit/from", "not written as it should be", |d| {
        d["audit"]["from"] = "2018-02-30".into()
    }),
    ("/audit", "“title” is missing", |d| {
        drop(d["audit"].as_object_mut().unwrap().remove("title"))
    }),
    ("/audit", "“colour” does not belong here", |d| {
        d["audit"]["colour"] = "blue".into()
    }),
    ("/judgements/0/value", "“splendid” is not one of", |d| {
        d["judgements"][0]["value"] = "splendid".into()
    }),
    ("/judgements/3/value", "“splendid” is not one of", |d| {
        d["judgements"][3]["value"] = "splendid".into()
    }),
    ("/judgements/1", "already", |d| {
        d["judgements"][1]["question"] = "G1".into()
    }),
    ("/hypotheses/1/code", "H2 is there twice", |d| {
        d["hypotheses"][1]["code"] = "H2".into()
    }),
    ("/hypotheses/0/questions/1", "no question “Q9”", |d| {
        d["hypotheses"][0]["questions"][1] = "Q9".into()
    }),
    ("/findings/0/cases/1", "is there twice", |d| {
        let first = d["cases"][0]["ref"].clone();
        d["findings"][0]["cases"] = json!([first, first]);
    }),
    ("/findings/1/number", "2 is there twice", |d| {
        d["findings"][1]["number"] = 2.into()
    }),
    ("/findings/0/theme", "no theme “T99”", |d| {
        d["findings"][0]["theme"] = "T99".into()
    }),
    ("/findings/0/cases/0", "no case “RND-99”", |d| {
        d["findings"][0]["cases"][0] = "RND-99".into()
    }),
    ("/actions/0/finding", "no finding 7", |d| {
        d["actions"][0]["finding"] = 7.into()
    }),
    ("/actions/0/owner_agency", "no agency “XYZ”", |d| {
        d["actions"][0]["owner_agency"] = "XYZ".into()
    }),
    ("/agreed_dates/0/case", "no case “RND-99”", |d| {
        d["agreed_dates"][0]["case"] = "RND-99".into()
    }),
    (
        "/agreed_dates/0/date_id",
        "no key date “plan_start”",
        |d| d["agreed_dates"][0]["date_id"] = "plan_start".into(),
    ),
    ("/agreed_dates/1", "agreed already", |d| {
        let again = d["agreed_dates"][0].clone();
        d["agreed_dates"].as_array_mut().unwrap().push(again);
    }),
    (
        "/attendance/1/agency",
        "not one of the audit's agencies",
        |d| d["attendance"][1]["agency"] = "GP".into(),
    ),
    ("/attendance/2", "there already", |d| {
        d["attendance"][2]["agency"] = "CSC".into()
    }),
    (
        "/attendance/0/presence",
        "“perhaps” is not one of",
        |d| d["attendance"][0]["presence"] = "perhaps".into(),
    ),
    ("/safety_stops/0", "no form of this agency", |d| {
        d["safety_stops"][0]["case"] = "RND-3".into()
    }),
    (
        "/safety_stops/0/because",
        "“maybe” is not one of",
        |d| d["safety_stops"][0]["because"] = "maybe".into(),
    ),
    ("/worked_example", "invented", |d| {
        d["worked_example"] = true.into()
    }),
];

#[test]
fn every_slip_is_told_at_its_place() {
    let desk = Desk::new();
    for (place, words, change) in SLIPS {
        let mut data = complete();
        change(&mut data);
        let found = desk.refusal(&data.to_string());
        assert!(
            found
                .iter()
                .any(|line| (line.starts_with(&format!("{place}:"))
                    || line.starts_with(&format!("{place} (")))
                    && line.contains(words)),
            "{place} {words}: {found:#?}"
        );
    }
}

#[test]
fn a_problem_names_case_agency_and_question() {
    let mut data = complete();
    data["forms"][0]["answers"]["G1"]["value"] = "splendid".into();
    let found = Desk::new().refusal(&data.to_string());
    assert_eq!(
        found,
        [
            "/forms/0/answers/G1/value (RND-10, CSC, G1): “splendid” is not one of outstanding, good, requires_improvement, inadequate"
        ]
    );
}

#[test]
fn a_title_is_there_once() {
    let mut desk = Desk::new();
    desk.load(&complete());
    let found = desk.refusal(&complete().to_string());
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("“Rounds 2019” already"), "{found:?}");
}

#[test]
fn all_problems_are_told_at_once_but_never_more_than_fifty() {
    let mut data = complete();
    let cases = data["cases"].as_array_mut().unwrap();
    cases.extend((0..80).map(|_| json!({"ref": "RND-2"})));
    let desk = Desk::new();
    assert_eq!(desk.refusal(&data.to_string()).len(), 50);
    let bad =
        goldthread::exchange::data_json::load(&data.to_string(), &desk.register, &desk.catalogue);
    let line = bad.unwrap_err().to_string();
    assert!(
        line.starts_with("more than 50 problems; nothing was loaded."),
        "{line}"
    );
}

#[test]
fn what_is_not_json_or_not_this_format_is_one_sentence() {
    let desk = Desk::new();
    let cases = [
        ("", "not JSON"),
        ("[]", "not audit data"),
        ("{\"schema\": 3}", "not audit data"),
        ("{\"schema\": \"goldthread/tool/1\"}", "goldthread/tool/1"),
        (
            "{\"schema\": \"goldthread/data/1\", \"schema\": \"goldthread/data/1\"}",
            "twice",
        ),
    ];
    for (text, words) in cases {
        let found = desk.refusal(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].contains(words), "{text}: {found:?}");
    }
    let nested = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert!(desk.refusal(&nested)[0].contains("nested far deeper"));
}

#[test]
fn a_note_about_a_child_is_never_repeated_in_a_message() {
    let mut data = complete();
    let note = "She said that nobody is there at night and that she is afraid of the lodger";
    data["forms"][0]["answers"]["G1"] = json!({"value": "good", "worked": [note]});
    data["cases"][0]["sex"] = note.into();
    let found = Desk::new().refusal(&data.to_string());
    assert!(!found.is_empty());
    assert!(
        found.iter().all(|line| !line.contains("lodger")),
        "{found:?}"
    );
}
