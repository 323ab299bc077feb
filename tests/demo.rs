//! The worked example gives the findings of the published annual report that it is modelled on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assert_cmd::Command;
use serde_json::Value;

struct Demo {
    summary: Value,
    text: String,
    bmg: Value,
}

fn demo() -> Demo {
    let folder = tempfile::tempdir().unwrap();
    let register = folder.path().join("demo.goldthread");
    let bmg = folder.path().join("bmg.json");
    let run = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("goldthread").unwrap();
        let done = command.args(arguments).assert().success();
        String::from_utf8(done.get_output().stdout.clone()).unwrap()
    };
    let (register, bmg) = (register.to_str().unwrap(), bmg.to_str().unwrap());
    run(&["demo", register]);
    assert!(run(&["check", register]).contains("is whole"));
    run(&["export", register, "--as", "bmg-json", "-o", bmg]);
    Demo {
        summary: serde_json::from_str(&run(&["summary", register, "--json"])).unwrap(),
        text: run(&["summary", register]),
        bmg: serde_json::from_str(&std::fs::read_to_string(bmg).unwrap()).unwrap(),
    }
}

impl Demo {
    fn audit(&self, title: &str) -> &Value {
        let audits = self.summary["audits"].as_array().unwrap();
        audits.iter().find(|audit| audit["title"] == title).unwrap()
    }

    /// Favourable and scored of a theme in an audit.
    fn theme(&self, title: &str, theme: &str) -> (u64, u64) {
        let themes = self.audit(title)["themes"].as_array().unwrap();
        let theme = themes.iter().find(|own| own["theme"] == theme).unwrap();
        (
            theme["favourable"].as_u64().unwrap(),
            theme["scored"].as_u64().unwrap(),
        )
    }

    /// How often a value was given to a question, over all agencies.
    fn count(&self, title: &str, question: &str, value: &str) -> u64 {
        let questions = self.audit(title)["questions"].as_array().unwrap();
        let rows = questions.iter().filter(|row| row["question"] == question);
        rows.map(|row| row["counts"][value].as_u64().unwrap_or(0))
            .sum()
    }
}

const SHORT: &str = "Short CP plans 2019";
const ABUSE: &str = "Sexual abuse referrals 2020";
const ALL: [&str; 4] = ["Neglect 2019", SHORT, ABUSE, "Neglect re-audit 2020"];

fn is_strong((favourable, scored): (u64, u64)) -> bool {
    favourable * 4 >= scored * 3
}

fn is_weak((favourable, scored): (u64, u64)) -> bool {
    favourable * 2 < scored
}

#[test]
fn the_published_findings_appear_in_the_summary() {
    let demo = demo();
    // All audits: recognition, communication and the voice of the child strong; lived experience
    // not always understood.
    for audit in ALL {
        for theme in ["T01", "T03", "T06"] {
            assert!(is_strong(demo.theme(audit, theme)), "{audit} {theme}");
        }
        assert!(is_weak(demo.theme(audit, "T07")), "{audit}");
    }
    // Short plans: the decision to start was right, the ending was not; nobody recorded dissent.
    let right_to_start = demo.count(SHORT, "S01", "yes");
    let not_right = demo.count(SHORT, "S01", "no") + demo.count(SHORT, "S01", "partly");
    assert!(
        right_to_start > 4 * not_right,
        "{right_to_start} {not_right}"
    );
    assert!(is_weak(demo.theme(SHORT, "T09")));
    assert!(is_weak(demo.theme(SHORT, "T10")));
    assert!(is_weak(demo.theme(SHORT, "T13")));
    assert_eq!(demo.count(SHORT, "S10", "dissent_recorded"), 0);
    assert!(demo.count(SHORT, "S10", "disagreed_silently") > 0);
    // Sexual abuse referrals: medicals, assessments and GPs.
    for theme in ["T12", "T11", "T04"] {
        assert!(is_weak(demo.theme(ABUSE, theme)), "{theme}");
    }
    // The re-audit is better than the first audit where the partnership acted.
    let share = |audit, theme| {
        let (favourable, scored) = demo.theme(audit, theme);
        favourable as f64 / scored as f64
    };
    assert!(share(ALL[3], "T14") > share(ALL[0], "T14"));
    assert_eq!(
        demo.audit(ALL[3])["compared_with"],
        demo.audit(ALL[0])["id"]
    );
}

#[test]
fn it_says_everywhere_that_its_cases_are_invented() {
    let demo = demo();
    assert_eq!(demo.summary["worked_example"], true);
    assert_eq!(demo.bmg["worked_example"], true);
    assert!(demo.text.contains("WORKED EXAMPLE"));
    assert_eq!(demo.bmg["audits"].as_array().unwrap().len(), 4);
    // Medicals are asked about in one audit only; the others did not ask, which is not none.
    let line = demo
        .text
        .lines()
        .find(|line| line.contains("T12") && line.contains("not asked"));
    assert_eq!(line.unwrap().matches("not asked").count(), 3);
}

#[test]
fn hypotheses_of_the_short_plans_have_the_published_verdicts() {
    let demo = demo();
    let audits = demo.bmg["audits"].as_array().unwrap();
    let short = audits.iter().find(|audit| audit["title"] == SHORT).unwrap();
    let hypotheses = short["hypotheses"].as_array().unwrap();
    let verdict = |code: &str| {
        let own = hypotheses
            .iter()
            .find(|hypothesis| hypothesis["code"] == code);
        own.unwrap()["verdict"].clone()
    };
    // The decision to start was correct; plans ended too soon; daily life had not changed.
    for code in ["H1", "H2", "H3"] {
        assert_eq!(verdict(code), "confirmed", "{code}");
    }
}
