//! A re-audit beside the audit it repeats, and what is carried forward.

use goldthread::analysis::carry_forward::{carried_into, left_by};
use goldthread::analysis::comparison::{
    Change, Comparison, Direction, NotCompared, Turn, re_audit,
};
use goldthread::analysis::{Basis, Filter};
use goldthread::domain::revision::Edit;
use goldthread::domain::tool::Tool;
use goldthread::domain::tool::check::read_tool;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Audit, catalogue, generated, small_audit};

/// The small audit, and a second one of it with this data.
fn repeated(change: impl Fn(&mut Value)) -> Audit {
    let mut first = small_audit::data();
    first["findings"] = json!([
        {"number": 2, "kind": "area_for_improvement", "theme": "T01", "text": "Late."},
        {"number": 1, "kind": "strength", "theme": "T03", "text": "Told."},
        {"number": 3, "kind": "area_for_improvement", "theme": "T03", "text": "Not told."}]);
    first["actions"] = json!([
        {"finding": 3, "what": "Tell.", "status": "in_progress"},
        {"finding": 2, "what": "Be early.", "status": "agreed"},
        {"what": "Done already.", "status": "done"}]);
    let mut audit = Audit::of(&first);
    let mut second = small_audit::data();
    second["audit"]["title"] = "Rounds again".into();
    second["audit"]["from"] = "2019-11-01".into();
    second["audit"]["to"] = "2020-10-31".into();
    second["audit"]["re_audit_of"] = "Rounds".into();
    change(&mut second);
    audit.load(&second);
    audit
}

fn compared(audit: &Audit, basis: Basis) -> Comparison {
    re_audit(
        &audit.register,
        &audit.facts(),
        audit.id,
        basis,
        &Filter::default(),
    )
    .unwrap()
}

#[test]
fn the_same_answers_are_too_few_to_call_a_change() {
    let audit = repeated(|_| ());
    let found = compared(&audit, Basis::Agency);
    let g1 = &found.questions[0];
    assert_eq!(g1.words(), "4 of 6, then 4 of 6: too few to call a change");
    assert_eq!(
        (g1.change, g1.difference),
        (Change::TooFew(Direction::Level), None)
    );
    let ids: Vec<_> = found.questions.iter().map(|own| own.id.as_str()).collect();
    assert_eq!(
        ids,
        ["G1", "Y1", "P1", "R1", "Z1"],
        "scored questions in the order of the form"
    );
    assert_eq!((found.earlier.cases, found.later.forms), (3, 6));
    assert_eq!(found.later.from, "2019-11-01".parse().ok());
    assert!(!found.tools_differ());
    assert!(found.only_earlier.is_empty() && found.only_later.is_empty());
    assert!(found.same_cases.is_empty());
    let panel = compared(&audit, Basis::Panel);
    assert_eq!(
        panel.questions[0].words(),
        "1 of 2, then 1 of 2: too few to call a change"
    );
    let none = re_audit(
        &audit.register,
        &audit.facts(),
        found.earlier.audit,
        Basis::Agency,
        &Filter::default(),
    );
    assert!(none.is_none(), "the first audit repeats none");
}

#[test]
fn another_version_is_compared_by_the_questions_identity() {
    let other: Value = serde_json::from_str(include_str!("../fixtures/tools/rounds.json")).unwrap();
    let with = |change: &dyn Fn(&mut Vec<Value>)| {
        let mut tool = other.clone();
        tool["version"] = 2.into();
        change(tool["questions"].as_array_mut().unwrap());
        let mut audit = repeated(|_| ());
        let tool = read_tool(&tool.to_string(), catalogue()).unwrap();
        let id = Tool::id(&tool.name());
        audit.register.apply(&Edit::put(id, tool));
        let mut record = audit.register.audits[&audit.id].clone();
        record.tool = "rounds@2".into();
        audit.register.apply(&Edit::put(audit.id, record));
        compared(&audit, Basis::Agency)
    };
    // Renumbered and reworded, it is the same question.
    let renumbered = with(&|questions| {
        questions[0]["code"] = "G7".into();
        questions[0]["text"] = "Was need recognised?".into();
    });
    assert!(renumbered.tools_differ());
    assert_eq!(
        renumbered.questions[0].words(),
        "4 of 6, then 4 of 6: too few to call a change"
    );
    let another = with(&|questions| questions[0]["id"] = "G2".into());
    assert_eq!(
        (another.only_earlier, another.only_later),
        (vec!["G1".to_owned()], vec!["G2".to_owned()])
    );
    let choices = with(&|questions| {
        questions[3]["choices"][0]["favourable"] = false.into();
        questions[3]["choices"][1]["favourable"] = true.into();
    });
    let p1 = choices.questions.iter().find(|own| own.id == "P1").unwrap();
    assert_eq!(p1.change, Change::NotCompared(NotCompared::Choices));
    let theme = choices.themes.iter().find(|own| own.id == "T13");
    assert!(
        theme.is_none(),
        "what is not compared is in no theme either"
    );
}

#[test]
fn grades_of_two_scales_are_not_compared() {
    let mut tool: Value =
        serde_json::from_str(include_str!("../fixtures/tools/rounds.json")).unwrap();
    tool["version"] = 2.into();
    tool["grade_scale"] = "ofsted-2011".into();
    let scales: Vec<_> = catalogue()
        .scales
        .iter()
        .map(|scale| scale.id.clone())
        .collect();
    let older = scales
        .iter()
        .find(|id| id.starts_with("ofsted") && *id != "ofsted-2013");
    tool["grade_scale"] = older.unwrap().as_str().into();
    let tool = read_tool(&tool.to_string(), catalogue()).unwrap();
    let mut audit = repeated(|_| ());
    audit
        .register
        .apply(&Edit::put(Tool::id(&tool.name()), tool));
    let mut record = audit.register.audits[&audit.id].clone();
    record.tool = "rounds@2".into();
    audit.register.apply(&Edit::put(audit.id, record));
    let found = compared(&audit, Basis::Agency);
    assert_eq!(
        found.questions[0].change,
        Change::NotCompared(NotCompared::Scale)
    );
    assert_ne!(found.earlier.scale, found.later.scale);
    assert!(
        found.questions[0]
            .words()
            .ends_with("not compared: the scales differ")
    );
}

#[test]
fn a_child_looked_at_again_is_paired_by_agency_and_question() {
    let audit = repeated(|data| {
        data["cases"][1]["same_as"] = "R-1".into();
        data["audit"]["agencies"] = json!(["CSC", "POL", "HP", "EDU"]);
        data["forms"][3]["answers"]["Y1"] = json!({"value": "no"});
    });
    let found = compared(&audit, Basis::Agency);
    assert_eq!(found.agencies_differ, ["EDU"]);
    let [same] = found.same_cases.as_slice() else {
        panic!("{:?}", found.same_cases)
    };
    assert_eq!(
        (
            same.earlier_reference.as_str(),
            same.later_reference.as_str()
        ),
        ("R-1", "R-2")
    );
    // CSC: G1 good, then inadequate; Y1 yes, then no; R1 9 of 9, then 8 of 9. POL: G1 requires
    // improvement, then outstanding. P1, Z1 and M1 have no answer that counts in both.
    let answers: Vec<_> = same
        .turns
        .answers
        .iter()
        .map(|(question, agency, turn)| (agency.as_deref().unwrap(), question.as_str(), *turn))
        .collect();
    assert_eq!(
        answers,
        [
            ("CSC", "G1", Turn::BecameUnfavourable),
            ("CSC", "Y1", Turn::BecameUnfavourable),
            ("CSC", "R1", Turn::BecameUnfavourable),
            ("POL", "G1", Turn::BecameFavourable),
        ]
    );
    assert_eq!(same.turns.count(Turn::StillFavourable), 0);
}

#[test]
fn areas_and_open_actions_are_carried_forward() {
    let audit = repeated(|data| {
        data["audit"]["scope"] = json!({"carried": [{"finding": 3}, {"action": 1}]});
    });
    let first = audit.register.audits[&audit.id].re_audit_of.unwrap();
    let left = left_by(&audit.register, first);
    let areas: Vec<_> = left
        .areas
        .iter()
        .map(|(_, own)| own.text.as_str())
        .collect();
    assert_eq!(areas, ["Late.", "Not told."]);
    let actions: Vec<_> = left
        .actions
        .iter()
        .map(|(_, own)| own.what.as_str())
        .collect();
    assert_eq!(
        actions,
        ["Be early.", "Tell."],
        "in the order of their areas, without what is done"
    );
    assert_eq!(left.ids().len(), 4);
    let carried = carried_into(&audit.register, audit.id);
    assert_eq!(carried.areas[0].1.text, "Not told.");
    assert_eq!(carried.actions[0].1.what, "Tell.");
    assert_eq!((carried.areas.len(), carried.actions.len()), (1, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]
    #[test]
    fn both_sides_are_the_counts_of_their_own_summaries(
        first in generated::audit(8), second in generated::audit(8)
    ) {
        let mut audit = Audit::of(&first);
        let earlier = audit.id;
        let mut later = second;
        later["audit"]["title"] = "Rounds again".into();
        later["audit"]["re_audit_of"] = "Rounds".into();
        audit.load(&later);
        let facts = audit.facts();
        for basis in [Basis::Agency, Basis::Panel] {
            let found = compared(&audit, basis);
            for question in &found.questions {
                for (id, side) in [(earlier, question.earlier), (audit.id, question.later)] {
                    let behind = facts.audit(id).unwrap().behind(basis, &Filter::default(), Some(&question.id));
                    let scored = behind.iter().filter(|own| own.favourable.is_some()).count();
                    let good = behind.iter().filter(|own| own.favourable == Some(true)).count();
                    prop_assert_eq!((side.favourable, side.scored), (good, scored));
                }
                let enough = question.earlier.scored >= 20 && question.later.scored >= 20;
                prop_assert_eq!(question.difference.is_some(), enough);
            }
        }
    }
}
