//! Return files made, filled in, and merged.

use goldthread::domain::answer::{Answer, Given, Value};
use goldthread::domain::form::{AgencyReturn, CaseForm};
use goldthread::domain::id::RecordId;
use goldthread::domain::revision::{Author, Change, Edit};
use goldthread::store::{DocumentKind, Store};

use super::{Desk, data, refused_untouched, snapshot};

const POLICE: [&str; 6] = [
    "issue",
    "r.goldthread",
    "--audit",
    "Neglect 2019",
    "--agency",
    "POL",
];

/// Makes the return of the police as `name`.
fn issue(desk: &Desk, name: &str) {
    desk.run(&[&POLICE[..], &["-o", name]].concat()).done();
}

/// Answers a question on the police's form for the second case.
fn fill_in(desk: &Desk, name: &str, question: &str, value: &str) {
    let mut store = Store::open(&desk.path(name), None, "laptop").unwrap();
    let edit = answer(&store, "POL", question, value);
    let change = Change {
        edits: vec![edit],
        author: Author {
            role: "sergeant".into(),
            agency: "POL".into(),
            device: "laptop".into(),
        },
        at: chrono::Utc::now(),
        reason: None,
    };
    store.commit(&change).unwrap();
}

fn answer(store: &Store, agency: &str, question: &str, value: &str) -> Edit {
    let register = store.register().unwrap();
    let audit = *register.audits.keys().next().unwrap();
    let (case, _) = register.cases_of(audit)[1];
    let form: RecordId = CaseForm::id(AgencyReturn::id(audit, agency), case);
    let mut answer = Answer::empty(form, question);
    answer.given = Some(Given::Value(Value::one(value)));
    Edit::put(Answer::id(form, question), answer)
}

fn merge(desk: &Desk, more: &[&str]) -> serde_json::Value {
    let out = desk
        .run(&[&["merge", "r.goldthread", "--json"], more].concat())
        .done();
    serde_json::from_str(&out).unwrap()
}

#[test]
fn a_return_holds_its_agency_s_part_and_not_a_word_of_the_others() {
    let desk = Desk::new();
    let mut audit = data();
    let answers = [
        ("CSC", "Zebra of social care"),
        ("POL", "Walrus of the police"),
    ];
    audit["forms"] = answers
        .iter()
        .map(|(agency, words)| {
            serde_json::json!({"case": "NEG19-01", "agency": agency, "status": "in_progress",
                "role": format!("role {words}"),
                "answers": {"C01": {"value": "good", "worked": format!("note {words}")}}})
        })
        .collect();
    audit["judgements"][0]["reason"] = "Okapi of the panel".into();
    desk.write("data.json", audit.to_string());
    desk.run(&["new", "r.goldthread", "--partnership", "Anywhere"])
        .done();
    desk.run(&["load", "r.goldthread", "data.json"]).done();
    let out = desk
        .run(
            &[
                &POLICE[..],
                &["--due", "2026-12-01", "-o", "pol.goldthread"],
            ]
            .concat(),
        )
        .done();
    assert_eq!(
        out,
        "Made pol.goldthread for POL: “Neglect 2019”, 2 cases, due 01/12/2026.\n"
    );
    let bytes = std::fs::read(desk.path("pol.goldthread")).unwrap();
    let holds = |words: &str| {
        bytes
            .windows(words.len())
            .any(|part| part == words.as_bytes())
    };
    assert!(holds("Walrus of the police") && holds("NEG19-02") && holds("Anywhere"));
    let theirs = AgencyReturn::id(
        Store::open(&desk.path("r.goldthread"), None, "x")
            .unwrap()
            .register()
            .unwrap()
            .find_audit("Neglect 2019")
            .unwrap(),
        "CSC",
    )
    .to_string();
    for words in ["Zebra", "Okapi", "Children's social care", &theirs] {
        assert!(!holds(words), "{words}");
    }
    assert!(
        desk.run(&["check", "pol.goldthread"])
            .done()
            .contains("is whole")
    );
    let store = Store::open(&desk.path("pol.goldthread"), None, "x").unwrap();
    assert_eq!(store.kind(), DocumentKind::Return);
    let own = store
        .register()
        .unwrap()
        .returns
        .into_values()
        .next()
        .unwrap();
    let today = chrono::Local::now().date_naive();
    assert_eq!(
        (own.issued, own.due),
        (Some(today), "2026-12-01".parse().ok())
    );
}

#[test]
fn the_covering_page_comes_from_a_file_or_is_the_usual_one() {
    let desk = Desk::with_audit();
    let cover = |name: &str| {
        let store = Store::open(&desk.path(name), None, "x").unwrap();
        let returns = store.register().unwrap().returns;
        returns.into_values().next().unwrap().cover
    };
    issue(&desk, "usual.goldthread");
    assert!(cover("usual.goldthread").contains("This is the audit “Neglect 2019” of Anywhere."));
    desk.write("cover.txt", "  Read the paper records too.\n");
    let own = ["--cover-file", "cover.txt", "-o", "own.goldthread"];
    desk.run(&[&POLICE[..], &own].concat()).done();
    assert_eq!(cover("own.goldthread"), "Read the paper records too.");
    // Made once more without one, it keeps what was said before.
    issue(&desk, "again.goldthread");
    assert_eq!(cover("again.goldthread"), "Read the paper records too.");
    desk.write("cover.txt", " \n");
    let own = ["--cover-file", "cover.txt", "-o", "empty.goldthread"];
    let why = refused_untouched(&desk, &[&POLICE[..], &own].concat());
    assert!(why.contains("cover.txt is empty"), "{why}");
    desk.write("cover.txt", "long ".repeat(1000));
    let why = refused_untouched(&desk, &[&POLICE[..], &own].concat());
    assert!(why.contains("a covering page has at most 4000"), "{why}");
}

#[test]
fn what_cannot_be_issued_leaves_everything_as_it_was() {
    let desk = Desk::with_audit();
    issue(&desk, "pol.goldthread");
    let cases: [(&[&str], &str); 4] = [
        (
            &[
                "issue",
                "r.goldthread",
                "--audit",
                "Neglect 2019",
                "--agency",
                "POL",
                "-o",
                "pol.goldthread",
            ],
            "exists already",
        ),
        (
            &[
                "issue",
                "r.goldthread",
                "--audit",
                "Neglect 2019",
                "--agency",
                "GP",
                "-o",
                "gp.goldthread",
            ],
            "GP takes no part in “Neglect 2019”; its agencies are CSC, POL",
        ),
        (
            &[
                "issue",
                "r.goldthread",
                "--audit",
                "Nothing",
                "--agency",
                "POL",
                "-o",
                "x.goldthread",
            ],
            "no audit called",
        ),
        (
            &[
                "issue",
                "pol.goldthread",
                "--audit",
                "Neglect 2019",
                "--agency",
                "POL",
                "-o",
                "x.goldthread",
            ],
            "is itself a return",
        ),
    ];
    for (arguments, words) in cases {
        let why = refused_untouched(&desk, arguments);
        assert!(why.contains(words), "{why}");
    }
    // A folder that is not there: the register does not say that the return went out.
    let arguments = [
        &POLICE[..4],
        &["--agency", "CSC", "-o", "no/such/csc.goldthread"],
    ]
    .concat();
    desk.run(&arguments).refused();
    let register = Store::open(&desk.path("r.goldthread"), None, "x")
        .unwrap()
        .register()
        .unwrap();
    let issued = register
        .returns
        .values()
        .find(|own| own.agency == "CSC")
        .unwrap()
        .issued;
    assert_eq!(issued, None);
}

#[test]
fn a_dry_run_says_what_a_merge_then_does_and_changes_nothing() {
    let desk = Desk::with_audit();
    issue(&desk, "pol.goldthread");
    // The police had said that they do not know the child; now they answer all the same.
    fill_in(&desk, "pol.goldthread", "C01", "good");
    let before = snapshot(desk.0.path());
    let text = desk
        .run(&["merge", "r.goldthread", "pol.goldthread", "--dry-run"])
        .done();
    assert!(
        text.contains("pol.goldthread: POL, “Neglect 2019”: 1 new change"),
        "{text}"
    );
    assert!(
        text.contains("NEG19-02: Not known to us; 1 new, 0 changed, 0 taken back, 0 unchanged"),
        "{text}"
    );
    let dry = merge(&desk, &["pol.goldthread", "--dry-run"]);
    assert_eq!(snapshot(desk.0.path()), before);
    let wet = merge(&desk, &["pol.goldthread"]);
    assert_eq!(dry["returns"], wet["returns"]);
    assert_eq!(
        (&dry["merged"], &wet["merged"]),
        (&false.into(), &true.into())
    );
    let copy = wet["copy"].as_str().unwrap();
    assert!(desk.run(&["check", copy]).done().contains("is whole"));
    assert!(
        desk.run(&["check", "r.goldthread"])
            .done()
            .contains("is whole")
    );
    // Again, under the name that a browser gives a second copy.
    std::fs::copy(desk.path("pol.goldthread"), desk.path("pol (1).goldthread")).unwrap();
    let again = merge(&desk, &["pol (1).goldthread", "pol.goldthread"]);
    for file in again["returns"].as_array().unwrap() {
        assert_eq!(
            (&file["new_changes"], &file["refused"]),
            (&0.into(), &serde_json::Value::Null)
        );
    }
    assert_eq!(again["copy"], serde_json::Value::Null);
}

#[test]
fn an_answer_typed_meanwhile_is_a_conflict() {
    let desk = Desk::with_audit();
    issue(&desk, "pol.goldthread");
    fill_in(&desk, "pol.goldthread", "C01", "good");
    fill_in(&desk, "r.goldthread", "C01", "inadequate");
    let merged = merge(&desk, &["pol.goldthread"]);
    let forms = merged["returns"][0]["forms"].as_array().unwrap();
    let conflicts: Vec<_> = forms
        .iter()
        .map(|form| form["conflicts"].as_array().unwrap().len())
        .collect();
    assert_eq!(conflicts, [0, 1]);
    assert!(
        desk.run(&["check", "r.goldthread"])
            .done()
            .contains("is whole")
    );
}

#[test]
fn what_was_taken_back_comes_again_only_when_asked_for() {
    let desk = Desk::with_audit();
    issue(&desk, "pol.goldthread");
    fill_in(&desk, "pol.goldthread", "C01", "good");
    // Merged and taken back, as undo in the window does.
    let mut register = Store::open(&desk.path("r.goldthread"), None, "office").unwrap();
    let author = Author {
        role: "business office".into(),
        agency: String::new(),
        device: "office".into(),
    };
    let incoming = register.look_at_return(&desk.path("pol.goldthread"), &[]);
    let at = chrono::Utc::now();
    let merged = register.merge(&[incoming.unwrap()], &author, at).unwrap();
    let by = goldthread::store::Restorer {
        author: &author,
        at,
        reason: goldthread::domain::merge::Restoring::Undo.reason(1),
    };
    register.take_back(merged.span.unwrap(), &by).unwrap();
    drop(register);

    let told = desk
        .run(&["merge", "r.goldthread", "pol.goldthread"])
        .done();
    let words =
        "nothing new, but 1 record of it taken back when a merge was undone; --again brings";
    assert!(told.contains(words), "{told}");
    assert_eq!(merge(&desk, &["pol.goldthread"])["returns"][0]["undone"], 1);
    let again = merge(&desk, &["pol.goldthread", "--again"]);
    assert_eq!(again["returns"][0]["forms"][1]["new"], 1, "{again}");
    assert_eq!(merge(&desk, &["pol.goldthread"])["returns"][0]["undone"], 0);
    assert!(
        desk.run(&["check", "r.goldthread"])
            .done()
            .contains("is whole")
    );
}

#[test]
fn one_refused_file_stops_all_unless_it_is_left_out() {
    let desk = Desk::with_audit();
    issue(&desk, "pol.goldthread");
    fill_in(&desk, "pol.goldthread", "C01", "good");
    desk.write("letter.goldthread", "Dear all");
    let both = [
        "merge",
        "r.goldthread",
        "letter.goldthread",
        "pol.goldthread",
    ];
    let why = refused_untouched(&desk, &both);
    assert!(
        why.contains("Nothing was merged, because of letter.goldthread"),
        "{why}"
    );
    let why = refused_untouched(&desk, &[&both[..], &["--dry-run"]].concat());
    assert!(why.contains("1 file would be refused"), "{why}");
    let out = desk.run(&[&both[..], &["--skip-refused"]].concat()).done();
    assert!(out.contains("letter.goldthread: refused."), "{out}");
    assert!(out.contains("1 new change"), "{out}");
}

#[test]
#[cfg(feature = "encryption")]
fn a_return_has_a_passphrase_of_its_own() {
    let desk = Desk::new();
    desk.write("office", "correct horse\n")
        .write("police", "battery\n");
    desk.write("wrong", "staple\n")
        .write("data.json", data().to_string());
    let own = ["--passphrase-file", "office"];
    let with = |arguments: &[&str]| desk.run(&[arguments, &own[..]].concat());
    with(&["new", "r.goldthread", "--partnership", "Anywhere"]).done();
    with(&["load", "r.goldthread", "data.json"]).done();
    let theirs = ["--return-passphrase-file", "police"];
    with(&[&POLICE[..], &theirs, &["-o", "pol.goldthread"]].concat()).done();
    let bytes = std::fs::read(desk.path("pol.goldthread")).unwrap();
    assert!(!bytes.windows(7).any(|part| part == b"NEG19-0"));
    desk.run(&["check", "pol.goldthread", "--passphrase-file", "police"])
        .done();
    let merge = ["merge", "r.goldthread", "pol.goldthread"];
    with(&[&merge[..], &theirs].concat()).done();
    let wrong = ["--return-passphrase-file", "wrong"];
    let why = with(&[&merge[..], &wrong].concat()).refused();
    assert!(why.contains("does not open pol.goldthread"), "{why}");
    // The one that fits is found among several.
    with(&[&merge[..], &wrong, &theirs].concat()).done();
}
