//! Counts, agreement and timescales of a small audit, each held against numbers counted by hand.

use goldthread::analysis::agreement::{self, Apart, NoAlpha, NotCovered, Over, agreement};
use goldthread::analysis::coverage::{Coverage, coverage};
use goldthread::analysis::missing::{self, Absence, missing};
use goldthread::analysis::panel_changes::{self, Move, panel_changes};
use goldthread::analysis::summary::{Heading, themes_across};
use goldthread::analysis::timescales::{DATES_DIFFER, RuleSummary, timescales};
use goldthread::analysis::{Basis, Filter};
use goldthread::domain::agreed_date::AgreedDate;
use goldthread::domain::answer::{Given, Value as Answered};
use goldthread::domain::id::RecordId;
use goldthread::domain::revision::Edit;
use goldthread::domain::timescale::Outcome;
use serde_json::{Value, json};

use super::{Audit, catalogue};

/// Three cases, three agencies; the police of case 3 have only begun, health is not known in case 3
/// and declined case 2.
pub(super) fn data() -> Value {
    let form = |case: &str, agency: &str, overall: &str, answers: Value, dates: Value| {
        json!({"case": case, "agency": agency, "status": "submitted", "overall": overall,
               "answers": answers, "dates": dates})
    };
    let yes = json!({"value": "yes"});
    let grade = |grade: &str| json!({"value": grade});
    json!({"schema": "goldthread/data/1",
        "audit": {"title": "Rounds", "tool": "rounds@1", "to": "2019-10-31",
                  "agencies": ["CSC", "POL", "HP"], "re_audit_of": null},
        "cases": [{"ref": "R-1", "sex": "F"}, {"ref": "R-2", "sex": "M"}, {"ref": "R-3", "sex": "F"}],
        "forms": [
            form("R-1", "CSC", "good", json!({"G1": grade("good"), "Y1": yes, "P1": {"value": "agreed"},
                "M1": {"value": ["medical", "emotional"]}, "N1": {"value": 3},
                "R1": {"value": {"part": 9, "whole": 9}}, "Z1": yes}),
                json!({"strategy_s47": "2019-03-01", "icpc": "2019-03-21"})),
            form("R-1", "POL", "inadequate", json!({"G1": grade("requires_improvement"),
                "Y1": {"value": "no"}, "Y1a": {"value": "Nobody rang."}, "P1": {"value": "silent"},
                "M1": {"value": ["medical"]}}),
                json!({"strategy_s47": "2019-03-01"})),
            form("R-1", "HP", "good", json!({"G1": grade("good"), "Y1": {"blank": "not_evidenced"}}), json!({})),
            form("R-2", "CSC", "good", json!({"G1": grade("inadequate"), "Y1": {"blank": "not_applicable"},
                "R1": {"value": {"part": 8, "whole": 9}}}),
                json!({"strategy_s47": "2019-03-01", "icpc": "2019-04-30"})),
            form("R-2", "POL", "good", json!({"G1": grade("outstanding")}),
                json!({"strategy_s47": "2019-03-04"})),
            {"case": "R-2", "agency": "HP", "status": "declined", "declined_reason": "No capacity"},
            form("R-3", "CSC", "good", json!({"G1": grade("good")}), json!({})),
            {"case": "R-3", "agency": "POL", "status": "in_progress", "overall": "inadequate",
             "answers": {"G1": grade("inadequate"), "Y1": yes}, "dates": {"icpc": "2019-03-21"}},
            {"case": "R-3", "agency": "HP", "status": "not_known"}],
        "judgements": [
            {"case": "R-1", "question": "G1", "value": "requires_improvement"},
            {"case": "R-3", "question": "G1", "value": "good"},
            {"case": "R-1", "question": "overall", "value": "requires_improvement"}]})
}

fn heading<'a>(headings: &'a [Heading], id: &str) -> &'a Heading {
    headings.iter().find(|heading| heading.id == id).unwrap()
}

fn counted(heading: &Heading) -> (usize, usize, usize, usize, usize) {
    (
        heading.favourable,
        heading.scored,
        heading.not_applicable,
        heading.not_evidenced,
        heading.cases,
    )
}

#[test]
fn forms_are_told_apart_by_where_they_stand() {
    let audit = Audit::of(&data());
    let covered = coverage(&audit.register, audit.id, &Filter::default());
    let whole = Coverage {
        expected: 9,
        submitted: 6,
        not_known: 1,
        declined: 1,
        outstanding: 1,
    };
    assert_eq!((covered.cases, covered.whole), (3, whole));
    let (police, forms) = &covered.by_agency[1];
    assert_eq!(
        (police.as_str(), forms.submitted, forms.outstanding),
        ("POL", 2, 1)
    );
    let girls = Filter {
        sex: Some("F".into()),
        agency: Some("HP".into()),
        ..Filter::default()
    };
    let covered = coverage(&audit.register, audit.id, &girls);
    assert_eq!(
        (
            covered.cases,
            covered.whole.expected,
            covered.whole.not_known
        ),
        (2, 2, 1)
    );
}

#[test]
fn only_submitted_answers_to_questions_that_count_are_counted() {
    let audit = Audit::of(&data());
    let all = audit.summary(Basis::Agency, &Filter::default());
    // G1: CSC good, inadequate, good; POL requires improvement, outstanding; HP good. M1 is
    // contextual and not scored. The police's form in progress does not count.
    assert_eq!(counted(heading(&all.themes, "T01")), (4, 6, 0, 0, 3));
    // Y1: yes, no, not evidenced, not applicable. Y1a is text.
    assert_eq!(counted(heading(&all.themes, "T03")), (1, 2, 1, 1, 1));
    // R1: 9 of 9 is favourable from 100 %, 8 of 9 is not.
    assert_eq!(counted(heading(&all.themes, "T09")), (1, 2, 0, 0, 2));
    assert!(
        all.themes.iter().all(|theme| theme.id != "T05"),
        "numbers are never scored"
    );
    assert_eq!(counted(heading(&all.sections, "RR")), (6, 10, 1, 1, 3));
    let police = all
        .questions
        .iter()
        .find(|row| row.question == "M1" && row.agency.as_deref() == Some("POL"));
    let tally = &police.unwrap().tally;
    assert_eq!((tally.counts["medical"], tally.scored), (1, 0));
    let csc = &all.overall[0];
    assert_eq!((csc.0.as_str(), csc.1["good"]), ("CSC", 3));
    assert_eq!(all.overall[1].1.values().sum::<usize>(), 2);
    assert_eq!(all.overall_panel["requires_improvement"], 1);
}

#[test]
fn a_filter_leaves_its_part() {
    let audit = Audit::of(&data());
    let part = |filter: Filter| {
        let summary = audit.summary(Basis::Agency, &filter);
        let themes = summary.themes.iter();
        let sums = themes.map(|theme| (theme.favourable, theme.scored));
        sums.fold((0, 0), |(f, s), (favourable, scored)| {
            (f + favourable, s + scored)
        })
    };
    let with = |change: fn(&mut Filter)| {
        let mut filter = Filter::default();
        change(&mut filter);
        part(filter)
    };
    assert_eq!(part(Filter::default()), (8, 13));
    assert_eq!(with(|filter| filter.sex = Some("M".into())), (1, 3));
    assert_eq!(with(|filter| filter.agency = Some("HP".into())), (1, 1));
    assert_eq!(with(|filter| filter.theme = Some("T01".into())), (4, 6));
    assert_eq!(with(|filter| filter.section = Some("IM".into())), (2, 3));
    assert_eq!(with(|filter| filter.plan = Some("CP".into())), (0, 0));
}

#[test]
fn the_panel_is_counted_apart_from_the_agencies() {
    let audit = Audit::of(&data());
    let panel = audit.summary(Basis::Panel, &Filter::default());
    assert_eq!(counted(heading(&panel.themes, "T01")), (1, 2, 0, 0, 2));
    assert!(panel.questions.iter().all(|row| row.agency.is_none()));
    // R1 is asked of social care only: with another agency's filter it is not looked at.
    let health = Filter {
        agency: Some("HP".into()),
        ..Filter::default()
    };
    let panel = audit.summary(Basis::Panel, &health);
    assert!(panel.questions.iter().all(|row| row.question != "R1"));
}

#[test]
fn an_answer_that_is_no_longer_asked_for_or_never_was_does_not_count() {
    let audit = Audit::of(&data());
    let mut builder = audit.builder();
    let agreed = Given::Value(Answered::one("agreed"));
    let text = Given::Value(Answered::one("left over"));
    // Y1 is yes on this form, so Y1a is not asked; P1 is never asked of health.
    builder.answer(audit.form("CSC", "R-1"), "Y1a", Some(&text));
    builder.answer(audit.form("HP", "R-1"), "P1", Some(&agreed));
    builder.answer(audit.form("HP", "R-1"), "Q9", Some(&agreed));
    builder.answer(RecordId::fresh(), "G1", Some(&agreed));
    let more = builder.finish();
    assert_eq!(more.count(), audit.facts().count());
}

#[test]
fn behind_a_number_are_its_answers() {
    let audit = Audit::of(&data());
    let facts = audit.facts();
    let facts = facts.audit(audit.id).unwrap();
    let behind = facts.behind(Basis::Agency, &Filter::default(), Some("G1"));
    assert_eq!(behind.len(), 6);
    assert_eq!(
        behind
            .iter()
            .filter(|answer| answer.favourable == Some(true))
            .count(),
        4
    );
    let first = (facts.cases[0].0, Some("CSC"));
    assert_eq!((behind[0].case, behind[0].agency.as_deref()), first);
}

#[test]
fn what_is_not_there_is_unanswered_not_asked_or_not_judged() {
    let audit = Audit::of(&data());
    let all = audit.facts();
    let facts = all.audit(audit.id).unwrap();
    let everything = Filter::default();
    let agency = missing(facts, Basis::Agency, &everything);
    let of = |question: &str, code: &str| {
        let found = agency.by(question, &Some(code.to_owned()));
        let count = |why| found.get(&why).copied().unwrap_or_default();
        (count(Absence::Unanswered), count(Absence::NotAsked))
    };
    // Y1 is unanswered by social care in case 3 and by the police in case 2; not evidenced and not
    // applicable are answers. Y1a is asked where Y1 is no: the police answered it in case 1.
    assert_eq!(of("Y1", "CSC"), (1, 0));
    assert_eq!(of("Y1", "POL"), (1, 0));
    assert_eq!(of("Y1", "HP"), (0, 0));
    assert_eq!(of("Y1a", "POL"), (0, 1));
    // R1 is asked of social care only.
    assert_eq!(of("R1", "CSC"), (1, 0));
    assert_eq!(of("R1", "POL"), (0, 0));
    let places = missing::behind(
        facts,
        Basis::Agency,
        &everything,
        &["Y1"],
        Absence::Unanswered,
    );
    let cases: Vec<_> = places.iter().map(|own| own.case).collect();
    assert_eq!(cases, [facts.cases[1].0, facts.cases[2].0]);
    let panel = missing(facts, Basis::Panel, &everything);
    assert_eq!(panel.by("G1", &None)[&Absence::NotJudged], 1);
    assert_eq!(panel.of(["G1", "Y1"].into_iter())[&Absence::NotJudged], 4);
}

#[test]
fn a_theme_nobody_was_asked_about_is_not_none_of_none() {
    let mut audit = Audit::of(&data());
    let mut later = data();
    later["audit"]["title"] = "Rounds later".into();
    later["audit"]["to"] = "2020-10-31".into();
    later["audit"]["agencies"] = json!(["HP"]);
    for list in ["forms", "judgements"] {
        later[list] = json!([]);
    }
    audit.load(&later);
    let across = themes_across(&audit.facts(), Basis::Agency, &Filter::default());
    let theme = |id: &str| across.iter().find(|theme| theme.theme == id).unwrap();
    // R1 is asked of social care only, G1 of everybody though nobody has answered.
    assert!(theme("T09").by_audit[0].1.is_some());
    assert_eq!(theme("T09").by_audit[1].1, None);
    assert_eq!(
        counted(theme("T01").by_audit[1].1.as_ref().unwrap()),
        (0, 0, 0, 0, 0)
    );
}

#[test]
fn agreement_is_counted_pair_by_pair() {
    let audit = Audit::of(&data());
    let facts = audit.facts();
    let everything = Filter::default();
    let (found, samples) = agreement(facts.audit(audit.id).unwrap(), &everything);
    // G1 of case 1: good, requires improvement, good: one same, two adjacent. G1 of case 2:
    // inadequate, outstanding: further. Y1 of case 1: yes, no: further. P1: agreed, silent: a list
    // has no steps, so further.
    let pairs = found.pairs;
    assert_eq!(
        (pairs.all, pairs.same, pairs.adjacent, pairs.further),
        (6, 1, 2, 3)
    );
    let grades = samples.alphas().over(&Over::Grades);
    assert_eq!(grades, Some(Err(NoAlpha::TooFew)));
}

#[test]
fn a_timescale_needs_dates_on_which_the_agencies_agree() {
    let audit = Audit::of(&data());
    let facts = audit.facts();
    let read = |filter: &Filter| -> RuleSummary {
        let facts = facts.audit(audit.id).unwrap();
        let rules = timescales(facts, catalogue(), None, filter);
        rules.into_iter().find(|rule| rule.rule == "R4").unwrap()
    };
    let rule = read(&Filter::default());
    // Case 1: 14 working days, met. Case 2: the strategy discussion is dated differently. Case 3:
    // no date on a submitted form.
    assert_eq!((rule.met, rule.missed, rule.cannot_compute), (1, 0, 2));
    let outcomes: Vec<_> = rule
        .readings
        .iter()
        .map(|(_, reading)| &reading.outcome)
        .collect();
    assert_eq!(*outcomes[0], Outcome::Met);
    assert_eq!(*outcomes[1], Outcome::CannotCompute(DATES_DIFFER));
    let days = rule.days.unwrap();
    assert_eq!((days.cases, days.median, days.longest), (1, 20.0, 20));
    let boys = Filter {
        sex: Some("M".into()),
        ..Filter::default()
    };
    assert_eq!(read(&boys).cannot_compute, 1);
}

#[test]
fn an_agreed_date_stands_before_what_the_agencies_give() {
    let mut audit = Audit::of(&data());
    let case = audit.register.cases_of(audit.id)[1].0;
    let agreed = AgreedDate {
        case,
        date_id: "strategy_s47".into(),
        date: "2019-03-04".parse().unwrap(),
        reason: "The police's own log".into(),
    };
    let id = AgreedDate::id(case, &agreed.date_id);
    audit.register.apply(&Edit::put(id, agreed));
    let facts = audit.facts();
    let facts = facts.audit(audit.id).unwrap();
    let rules = timescales(facts, catalogue(), None, &Filter::default());
    let rule = rules.iter().find(|rule| rule.rule == "R4").unwrap();
    // Case 2 from 4 March to 30 April: more than 15 working days.
    assert_eq!((rule.met, rule.missed, rule.cannot_compute), (1, 1, 1));
}

#[test]
fn agreement_names_what_it_covers_and_what_lies_behind() {
    let audit = Audit::of(&data());
    let facts = audit.facts();
    let facts = facts.audit(audit.id).unwrap();
    let everything = Filter::default();
    let (found, _) = agreement(facts, &everything);
    assert_eq!(found.covered, ["G1", "Y1", "P1", "Z1"]);
    let why = |id: &str| {
        found
            .not_covered
            .iter()
            .find(|(own, _)| own == id)
            .unwrap()
            .1
    };
    assert_eq!(why("R1"), NotCovered::NotOneChoice);
    assert_eq!(why("M1"), NotCovered::NotOneChoice);
    // Y1 has one pair, further apart, G1 four, one of them further apart; but neither has five, and
    // the list comes last.
    let order: Vec<_> = found
        .by_question
        .iter()
        .map(|on| on.question.as_str())
        .collect();
    assert_eq!(order, ["Y1", "G1", "P1"]);
    let pairs = |one: &str, other: &str| {
        let between =
            |own: &&agreement::BetweenAgencies| own.agencies == (one.into(), other.into());
        let own = found.by_agencies.iter().find(between).unwrap().pairs;
        (own.all, own.same, own.adjacent, own.further)
    };
    assert_eq!(pairs("CSC", "POL"), (4, 0, 1, 3));
    assert_eq!(pairs("CSC", "HP"), (1, 1, 0, 0));
    let behind = |question, agencies, apart| {
        let answers = agreement::behind(facts, &everything, question, agencies, apart);
        let answers = answers
            .iter()
            .map(|answer| (answer.agency.clone().unwrap(), &answer.question));
        answers
            .map(|(agency, question)| format!("{agency} {question}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        behind(None, Some(("HP", "CSC")), None),
        ["CSC G1", "HP G1"],
        "in either order"
    );
    assert_eq!(
        behind(None, None, Some(Apart::Further)),
        ["CSC G1", "POL G1", "CSC Y1", "POL Y1", "CSC P1", "POL P1"]
    );
    // Each answer once, though POL of case 1 stands in two pairs.
    assert_eq!(behind(Some("G1"), None, None).len(), 5);
}

#[test]
fn what_the_panel_changed_and_which_way() {
    let audit = Audit::of(&data());
    let facts = audit.facts();
    let facts = facts.audit(audit.id).unwrap();
    let everything = Filter::default();
    let found = panel_changes(&audit.register, facts, &everything);
    // G1: the panel judged case 1 requires improvement (CSC good, POL the same, HP good) and case 3
    // good (CSC the same). Case 2 and every other question are unjudged: G1 of CSC and POL; Y1 of
    // CSC, POL, HP and CSC; P1 twice; R1 twice; Z1 once.
    let all = &found.all;
    assert_eq!((all.judged(), all.same(), all.changed()), (4, 2, 2));
    assert_eq!((all.unfavourable(), all.favourable()), (2, 0));
    assert_eq!(all.counts[&Move::Unfavourable(Some(1))], 2);
    assert_eq!((all.unjudged(), all.from_blank()), (11, 0));
    let police = &found.by_agency[1];
    assert_eq!(
        (police.0.as_str(), police.1.same(), police.1.unjudged()),
        ("POL", 1, 3)
    );
    // Overall of case 1: CSC and HP good, POL inadequate; the panel requires improvement.
    let overall: Vec<_> = found
        .overall
        .iter()
        .map(|(_, moves)| (moves.favourable(), moves.unfavourable(), moves.unjudged()))
        .collect();
    assert_eq!(overall, [(0, 1, 2), (1, 0, 1), (0, 1, 0)]);
    let lowered = |moved| matches!(moved, Move::Unfavourable(_));
    let behind = panel_changes::behind(facts, &everything, None, Some("G1"), lowered);
    let agencies: Vec<_> = behind
        .iter()
        .map(|answer| answer.agency.as_deref().unwrap())
        .collect();
    assert_eq!(agencies, ["CSC", "HP"]);
    let police = panel_changes::behind(facts, &everything, Some("POL"), None, |_| true);
    assert_eq!(police.len(), 4);
}

#[test]
fn an_answer_left_blank_and_a_list_move_in_their_own_ways() {
    let mut changed = data();
    let judgements = changed["judgements"].as_array_mut().unwrap();
    judgements.extend([
        json!({"case": "R-1", "question": "Y1", "value": "partly"}),
        json!({"case": "R-1", "question": "P1", "value": "agreed"}),
    ]);
    let audit = Audit::of(&changed);
    let facts = audit.facts();
    let found = panel_changes(
        &audit.register,
        facts.audit(audit.id).unwrap(),
        &Filter::default(),
    );
    let moves = |id: &str| {
        &found
            .by_question
            .iter()
            .find(|(own, _)| own == id)
            .unwrap()
            .1
    };
    // Y1 of case 1: yes, no, not evidenced; the panel says partly.
    let partly = moves("Y1");
    assert_eq!(
        (partly.judged(), partly.from_blank(), partly.unjudged()),
        (2, 1, 1)
    );
    assert_eq!(partly.counts[&Move::Favourable(Some(1))], 1);
    assert_eq!(partly.counts[&Move::Unfavourable(Some(1))], 1);
    let list = moves("P1");
    assert_eq!((list.same(), list.counts[&Move::Favourable(None)]), (1, 1));
}
