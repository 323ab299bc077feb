//! What an audit suggests, held against its summary, and what changed under a finding.

use std::sync::atomic::AtomicBool;

use goldthread::analysis::suggestions::{
    FEWEST_ANSWERS, FEWEST_CASES, Suggestions, covered_by, draft_from_mark, suggestions,
};
use goldthread::analysis::summary::summary;
use goldthread::analysis::{Basis, Filter};
use goldthread::domain::answer::{Answer, Flag, Given, Value};
use goldthread::domain::finding::FindingKind;
use goldthread::domain::id::RecordId;
use goldthread::domain::judgement::Judgement;
use goldthread::domain::record::{Record, RecordKind};
use goldthread::domain::revision::Edit;
use goldthread::session::{Document, jobs};

use super::{commit, example};

fn drawn(document: &Document, audit: RecordId) -> Suggestions {
    let facts = jobs::facts(document, &mut |_| (), &AtomicBool::new(false)).unwrap();
    let evidence = jobs::evidence(document).unwrap();
    let (register, catalogue) = (document.register(), document.catalogue());
    suggestions(register, catalogue, &facts, &evidence.marks, audit).unwrap()
}

fn audit(document: &Document, title: &str) -> RecordId {
    document.register().find_audit(title).unwrap()
}

#[test]
fn every_weak_theme_says_the_counts_of_the_summary() {
    let (document, _folder) = example();
    let audit = audit(&document, "Neglect 2019");
    let facts = jobs::facts(&document, &mut |_| (), &AtomicBool::new(false)).unwrap();
    let all = Filter::default();
    let summary = summary(document.register(), &facts, audit, Basis::Agency, &all).unwrap();
    let drawn = drawn(&document, audit);
    let mut weak = 0;
    for suggestion in &drawn.list {
        let Some(theme) = suggestion.key.strip_prefix("weak_theme:") else {
            continue;
        };
        weak += 1;
        let heading = summary
            .themes
            .iter()
            .find(|heading| heading.id == theme)
            .unwrap();
        assert!(heading.favourable * 2 <= heading.scored, "{suggestion:?}");
        assert!(heading.scored >= FEWEST_ANSWERS && heading.cases >= FEWEST_CASES);
        let counts = format!("{} of {} answers", heading.favourable, heading.scored);
        assert!(
            suggestion.rests_on.contains(&counts),
            "{}",
            suggestion.rests_on
        );
        assert!(
            suggestion.rests_on.to_lowercase().contains("panel"),
            "the panel stands apart"
        );
        assert!(!suggestion.draft.questions.is_empty() && !suggestion.draft.cases.is_empty());
        assert_eq!(suggestion.draft.kind, FindingKind::AreaForImprovement);
        assert_eq!(suggestion.draft.text, "", "a person words it");
    }
    assert!(weak > 0, "the example has weak themes");
    // Lived experience, 14 of 53, is weak and has a finding already.
    let lived = drawn
        .list
        .iter()
        .find(|suggestion| suggestion.key == "weak_theme:T07");
    assert!(covered_by(document.register(), lived.unwrap()).is_some());
}

#[test]
fn marks_are_counted_and_one_more_is_put_forward_again() {
    let (mut document, _folder) = example();
    let audit = audit(&document, "Neglect re-audit 2020");
    let evidence = jobs::evidence(&document).unwrap();
    let own = |flag| {
        let marks = evidence.marks.iter();
        marks
            .filter(|mark| mark.audit == audit && mark.flag == flag)
            .count()
    };
    assert_eq!(
        (own(Flag::PracticeConcern), own(Flag::GoodPractice)),
        (6, 7)
    );
    let concerns = |drawn: &Suggestions| -> Vec<String> {
        let keys = drawn.list.iter().map(|suggestion| suggestion.key.clone());
        keys.filter(|key| key.starts_with("concern:")).collect()
    };
    let before = concerns(&drawn(&document, audit));
    let mark = evidence
        .marks
        .iter()
        .find(|mark| mark.audit == audit)
        .unwrap();
    let draft = draft_from_mark(document.register(), mark);
    assert_eq!(
        (draft.cases, draft.questions, draft.agencies),
        (
            vec![mark.case],
            vec![mark.question.clone()],
            vec![mark.agency.clone()]
        )
    );
    let kind = match mark.flag {
        Flag::GoodPractice => FindingKind::Strength,
        Flag::PracticeConcern => FindingKind::PracticeConcern,
    };
    assert_eq!((draft.kind, draft.text.as_str()), (kind, ""));

    // The same question marked on one more form: another key, so that what was set aside comes back.
    let concern = evidence
        .marks
        .iter()
        .find(|m| m.flag == Flag::PracticeConcern && m.audit == audit);
    let question = &concern.unwrap().question;
    let forms = document.register().forms_of(audit);
    let mut answers = forms.iter().filter_map(|(form, ..)| {
        let id = Answer::id(*form, question);
        match document.store().record(RecordKind::Answer, id).unwrap() {
            Some(Record::Answer(answer)) if !answer.practice_concern => Some(answer),
            _ => None,
        }
    });
    let mut answer = answers.next().unwrap();
    drop(answers);
    answer.practice_concern = true;
    commit(
        &mut document,
        vec![Edit::put(Answer::id(answer.form, &answer.question), answer)],
    );
    assert_ne!(concerns(&drawn(&document, audit)), before);
}

#[test]
fn too_little_is_said_and_never_called_weak_or_strong() {
    let (document, _folder) = example();
    for (audit, record) in document.register().audits_in_order() {
        let drawn = drawn(&document, audit);
        let facts = jobs::facts(&document, &mut |_| (), &AtomicBool::new(false)).unwrap();
        let all = Filter::default();
        let summary = summary(document.register(), &facts, audit, Basis::Agency, &all).unwrap();
        let few = summary
            .themes
            .iter()
            .filter(|heading| heading.scored < FEWEST_ANSWERS || heading.cases < FEWEST_CASES);
        let few: Vec<&str> = few.map(|heading| heading.id.as_str()).collect();
        assert_eq!(drawn.too_little.len(), few.len(), "{}", record.title);
        for suggestion in &drawn.list {
            let theme = suggestion.key.split_once("_theme:").map(|(_, theme)| theme);
            assert!(
                theme.is_none_or(|theme| !few.contains(&theme)),
                "{suggestion:?}"
            );
        }
    }
}

#[test]
fn a_later_judgement_or_answer_flags_what_rests_on_it_and_nothing_else() {
    let (mut document, _folder) = example();
    assert!(
        jobs::evidence(&document).unwrap().changed.is_empty(),
        "nothing changed yet"
    );
    let audit = audit(&document, "Neglect 2019");
    let findings = document.register().findings_of(audit);
    let (id, finding) = findings
        .iter()
        .find(|(_, finding)| finding.questions == ["C04"])
        .map(|(id, finding)| (*id, (*finding).clone()))
        .unwrap();
    let case = finding.cases[0];
    let judgement = Judgement {
        case,
        question: Some("C04".into()),
        value: Value::one("partly"),
        reason: "A second chronology was found".into(),
        dissent: String::new(),
    };
    commit(
        &mut document,
        vec![Edit::put(Judgement::id(case, Some("C04")), judgement)],
    );
    let agency = &finding.agencies[0];
    let (form, _) = document.register().form_of(audit, agency, case).unwrap();
    let answered = Answer::id(form, "C04");
    let Some(Record::Answer(mut answer)) = document
        .store()
        .record(RecordKind::Answer, answered)
        .unwrap()
    else {
        panic!("the example answers C04");
    };
    answer.worries = "Only words".into();
    commit(&mut document, vec![Edit::put(answered, answer.clone())]);
    let changed = jobs::evidence(&document).unwrap().changed;
    assert_eq!(changed.keys().copied().collect::<Vec<_>>(), [id]);
    assert_eq!(
        changed[&id].len(),
        1,
        "words alone flag nothing: {changed:?}"
    );
    assert_eq!(
        (
            changed[&id][0].agency.as_deref(),
            changed[&id][0].after.as_str()
        ),
        (None, "Partly")
    );

    let value = if answer.value() == Some(&Value::one("yes")) {
        "no"
    } else {
        "yes"
    };
    answer.given = Some(Given::Value(Value::one(value)));
    commit(&mut document, vec![Edit::put(answered, answer)]);
    let changed = jobs::evidence(&document).unwrap().changed;
    let who: Vec<Option<&str>> = changed[&id]
        .iter()
        .map(|change| change.agency.as_deref())
        .collect();
    assert_eq!(who, [None, Some(agency.as_str())]);
}
