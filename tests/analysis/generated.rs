//! Audits made up at random: any mixture of forms, answers, blanks, dates and judgements.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

pub const AGENCIES: [&str; 3] = ["CSC", "POL", "HP"];
const GRADES: &[&str] = &["outstanding", "good", "requires_improvement", "inadequate"];

fn one_of(ids: &'static [&'static str]) -> impl Strategy<Value = Value> {
    proptest::sample::select(ids).prop_map(|id| json!({"value": id}))
}

fn blank() -> impl Strategy<Value = Value> {
    let blanks: &'static [&'static str] = &["not_applicable", "not_evidenced"];
    proptest::sample::select(blanks).prop_map(|id| json!({"blank": id}))
}

fn answer(question: &'static str) -> BoxedStrategy<Value> {
    let values = match question {
        "G1" => one_of(GRADES).boxed(),
        "Y1" => one_of(&["yes", "partly", "no"]).boxed(),
        "Y1a" => Just(json!({"value": "Nobody rang."})).boxed(),
        "P1" => one_of(&["agreed", "silent"]).boxed(),
        "M1" => {
            let ids: &'static [&'static str] = &["medical", "supervision", "emotional"];
            let some = proptest::sample::subsequence(ids, 1..=3);
            some.prop_map(|ids| json!({"value": ids})).boxed()
        }
        "N1" => (0..9_i64)
            .prop_map(|number| json!({"value": number}))
            .boxed(),
        "R1" => (1..4_u32, 0..2_u32)
            .prop_map(|(whole, less)| json!({"value": {"part": whole - less, "whole": whole}}))
            .boxed(),
        "D1" => Just(json!({"value": "2019-05-05"})).boxed(),
        _ => one_of(&["yes"]).boxed(),
    };
    prop_oneof![4 => values, 1 => blank()].boxed()
}

/// Which questions each agency of the small tool is asked.
pub fn questions(agency: &str) -> Vec<&'static str> {
    let all = ["G1", "Y1", "Y1a", "P1", "M1", "N1", "R1", "D1", "Z1"];
    let asked = all.into_iter().filter(|question| match *question {
        "P1" => agency != "HP",
        "R1" => agency == "CSC",
        _ => true,
    });
    asked.collect()
}

fn answers(agency: &'static str) -> BoxedStrategy<Value> {
    let each = questions(agency).into_iter().map(|question| {
        option::weighted(0.8, answer(question)).prop_map(move |given| (question, given))
    });
    let each: Vec<_> = each.collect();
    each.prop_map(|all| {
        let mut given: Map<String, Value> = all
            .into_iter()
            .filter_map(|(question, given)| Some((question.to_owned(), given?)))
            .collect();
        // The condition is kept: data with an answer that is not asked for is refused.
        let asked = given
            .get("Y1")
            .is_some_and(|y1| y1["value"] == "partly" || y1["value"] == "no");
        if !asked {
            given.remove("Y1a");
        }
        Value::Object(given)
    })
    .boxed()
}

fn dates() -> impl Strategy<Value = Value> {
    let day =
        |days: &'static [&'static str]| proptest::sample::select(days).prop_map(|day| json!(day));
    // Few agencies give dates and mostly the same ones, so that some rules can be read.
    let given = (
        option::weighted(0.4, day(&["2019-03-04", "2019-03-04", "2019-03-05"])),
        option::weighted(
            0.4,
            day(&["2019-03-21", "2019-03-25", "2019-03-26", "2019-03-01"]),
        ),
    );
    given.prop_map(|(strategy, icpc)| {
        let mut dates = Map::new();
        if let Some(date) = strategy {
            dates.insert("strategy_s47".into(), date);
        }
        if let Some(date) = icpc {
            dates.insert("icpc".into(), date);
        }
        Value::Object(dates)
    })
}

fn form(case: String, agency: &'static str) -> BoxedStrategy<Value> {
    let filled = (
        proptest::bool::weighted(0.85),
        option::weighted(0.9, proptest::sample::select(GRADES)),
        answers(agency),
        dates(),
    );
    let at = case.clone();
    let filled = filled.prop_map(move |(submitted, overall, answers, dates)| {
        let status = if submitted {
            "submitted"
        } else {
            "in_progress"
        };
        let mut form = json!({"case": at, "agency": agency, "status": status,
                              "answers": answers, "dates": dates});
        if let Some(grade) = overall {
            form["overall"] = json!(grade);
        }
        form
    });
    let other = proptest::sample::select(&["not_known", "declined"][..]);
    let other = other.prop_map(move |status| {
        let mut form = json!({"case": case, "agency": agency, "status": status});
        if status == "declined" {
            form["declined_reason"] = json!("No capacity");
        }
        form
    });
    prop_oneof![9 => filled, 1 => other].boxed()
}

fn case(at: usize) -> impl Strategy<Value = Value> {
    let pick = |ids: &'static [&'static str]| proptest::sample::select(ids);
    (
        pick(&["0-4", "5-9"]),
        pick(&["F", "M", "U"]),
        pick(&["white", "not_stated"]),
        pick(&["CP", "CIN", "none"]),
    )
        .prop_map(move |(age_band, sex, ethnicity, plan)| {
            json!({"ref": format!("R-{}", at + 1), "age_band": age_band, "sex": sex,
                   "ethnicity": ethnicity, "plan": plan})
        })
}

fn judgements(cases: usize) -> impl Strategy<Value = Vec<Value>> {
    let judged: &'static [&'static str] = &["G1", "Y1", "P1", "overall"];
    let key = (0..cases, proptest::sample::select(judged));
    btree_map(key, 0..4_usize, 0..=cases * 3).prop_map(|judged| {
        let judged = judged.into_iter().map(|((case, question), at)| {
            let value = match question {
                "Y1" => ["yes", "partly", "no", "no"][at],
                "P1" => ["agreed", "silent", "agreed", "silent"][at],
                _ => GRADES[at],
            };
            json!({"case": format!("R-{}", case + 1), "question": question, "value": value})
        });
        judged.collect()
    })
}

/// The data of an audit with up to `most` cases.
pub fn audit(most: usize) -> BoxedStrategy<Value> {
    let sizes = 1..=most;
    sizes
        .prop_flat_map(|cases| {
            let forms = (0..cases).flat_map(|at| {
                AGENCIES
                    .map(|agency| form(format!("R-{}", at + 1), agency))
                    .to_vec()
            });
            let forms: Vec<_> = forms.collect();
            let all: Vec<_> = (0..cases).map(case).collect();
            (
                all,
                forms,
                judgements(cases),
                vec(any::<bool>(), cases * AGENCIES.len()),
            )
        })
        .prop_map(|(cases, forms, judgements, begun)| {
            // Some forms were never begun.
            let forms = forms.into_iter().zip(begun.iter().enumerate());
            let forms = forms.filter(|(_, (at, begun))| **begun || at % 4 != 3);
            let forms: Vec<_> = forms.map(|(form, _)| form).collect();
            json!({"schema": "goldthread/data/1",
                "audit": {"title": "Rounds", "tool": "rounds@1", "to": "2019-10-31",
                          "agencies": AGENCIES, "re_audit_of": null},
                "cases": cases, "forms": forms, "judgements": judgements})
        })
        .boxed()
}
