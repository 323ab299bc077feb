//! Filtering to a part and to the rest adds up to the whole, for every table and every filter; and
//! behind every number stand as many answers.

use std::collections::BTreeMap;

use goldthread::analysis::agreement::{Apart, agreement, behind, pairs};
use goldthread::analysis::coverage::coverage;
use goldthread::analysis::missing::{self, Absence, missing};
use goldthread::analysis::panel_changes::{self, panel_changes};
use goldthread::analysis::timescales::timescales;
use goldthread::analysis::{AuditFacts, Basis, Filter};
use goldthread::domain::case::Case;
use proptest::prelude::*;

use super::{Audit, catalogue, generated};

/// Numbers by what they count.
type Table = BTreeMap<String, usize>;

struct Tables<'a> {
    audit: &'a Audit,
    facts: &'a AuditFacts,
}

impl Tables<'_> {
    /// Questions, sections, themes and, on the agencies' basis, overall grades. `cases` are left out:
    /// one case stands in the parts of several agencies, sections and themes.
    fn answers(&self, basis: Basis, filter: &Filter) -> Table {
        let summary = self.audit.summary(basis, filter);
        let mut table = Table::new();
        let mut add = |key: String, count: usize| *table.entry(key).or_default() += count;
        for row in &summary.questions {
            let key = format!("{} {:?}", row.question, row.agency);
            for (value, count) in &row.tally.counts {
                add(format!("{key} {value}"), *count);
            }
            add(format!("{key} scored"), row.tally.scored);
            add(format!("{key} favourable"), row.tally.favourable);
            add(format!("{key} n/a"), row.tally.not_applicable);
            add(format!("{key} n/e"), row.tally.not_evidenced);
        }
        let headings = summary.sections.iter().chain(&summary.themes);
        for heading in headings {
            add(format!("{} scored", heading.id), heading.scored);
            add(format!("{} favourable", heading.id), heading.favourable);
            add(format!("{} n/a", heading.id), heading.not_applicable);
            add(format!("{} n/e", heading.id), heading.not_evidenced);
            add(format!("{} askable", heading.id), heading.askable);
        }
        table
    }

    /// What the panel changed, answer by answer.
    fn changes(&self, filter: &Filter) -> Table {
        let changes = panel_changes(&self.audit.register, self.facts, filter);
        let mut table = Table::new();
        let of_agencies = changes
            .by_agency
            .iter()
            .map(|(own, moves)| (own.as_str(), moves));
        let of_questions = changes
            .by_question
            .iter()
            .map(|(own, moves)| (own.as_str(), moves));
        for (key, moves) in of_agencies
            .chain(of_questions)
            .chain([("all", &changes.all)])
        {
            for (moved, count) in &moves.counts {
                *table.entry(format!("{key} {moved:?}")).or_default() += count;
            }
        }
        table
    }

    fn pairs(&self, filter: &Filter) -> Table {
        let (found, _) = agreement(self.facts, filter);
        let mut table = Table::new();
        let of_agencies = found
            .by_agencies
            .iter()
            .map(|own| (format!("{:?}", own.agencies), own.pairs));
        let of_questions = found
            .by_question
            .iter()
            .map(|own| (own.question.clone(), own.pairs));
        for (key, pairs) in of_agencies
            .chain(of_questions)
            .chain([("all".into(), found.pairs)])
        {
            table.insert(format!("{key} all"), pairs.all);
            table.insert(format!("{key} same"), pairs.same);
            table.insert(format!("{key} adjacent"), pairs.adjacent);
            table.insert(format!("{key} further"), pairs.further);
        }
        table
    }

    /// What belongs to a case as a whole: coverage, overall grades, timescales.
    fn of_cases(&self, filter: &Filter) -> Table {
        let summary = self.audit.summary(Basis::Agency, filter);
        let mut table = Table::from([("cases".into(), summary.cases)]);
        for (agency, counts) in summary
            .overall
            .iter()
            .chain([&("panel".into(), summary.overall_panel.clone())])
        {
            for (grade, count) in counts {
                table.insert(format!("{agency} {grade}"), *count);
            }
        }
        let covered = coverage(&self.audit.register, self.audit.id, filter);
        for (agency, forms) in &covered.by_agency {
            table.insert(format!("{agency} submitted"), forms.submitted);
            table.insert(format!("{agency} not known"), forms.not_known);
            table.insert(format!("{agency} declined"), forms.declined);
            table.insert(format!("{agency} outstanding"), forms.outstanding);
        }
        for rule in timescales(self.facts, catalogue(), None, filter) {
            table.insert(format!("{} met", rule.rule), rule.met);
            table.insert(format!("{} missed", rule.rule), rule.missed);
            table.insert(format!("{} one way", rule.rule), rule.one_convention_only);
            table.insert(format!("{} cannot", rule.rule), rule.cannot_compute);
            table.insert(format!("{} no limit", rule.rule), rule.no_limit);
        }
        table
    }
}

/// The parts of a whole: for each value of one filter, that filter.
fn parts(facts: &AuditFacts) -> Vec<(&'static str, Vec<Filter>)> {
    let everything = Filter::default;
    let of_cases = |value: fn(&Case) -> &Option<String>, filter: fn(String) -> Filter| {
        let mut values: Vec<_> = facts
            .cases
            .iter()
            .filter_map(|(_, case)| value(case).clone())
            .collect();
        values.sort();
        values.dedup();
        values.into_iter().map(filter).collect::<Vec<_>>()
    };
    let mut themes: Vec<_> = facts
        .questions
        .iter()
        .map(|own| own.theme.clone())
        .collect();
    themes.sort();
    themes.dedup();
    let agencies = facts.agencies.iter().map(|own| Filter {
        agency: Some(own.clone()),
        ..everything()
    });
    let sections = facts.sections.iter().map(|own| Filter {
        section: Some(own.clone()),
        ..everything()
    });
    let themes = themes.into_iter().map(|own| Filter {
        theme: Some(own),
        ..everything()
    });
    let cases = facts.cases.iter().map(|(id, _)| Filter {
        case: Some(*id),
        ..everything()
    });
    vec![
        ("agency", agencies.collect()),
        ("section", sections.collect()),
        ("theme", themes.collect()),
        ("case", cases.collect()),
        (
            "age band",
            of_cases(
                |case| &case.age_band,
                |own| Filter {
                    age_band: Some(own),
                    ..Filter::default()
                },
            ),
        ),
        (
            "sex",
            of_cases(
                |case| &case.sex,
                |own| Filter {
                    sex: Some(own),
                    ..Filter::default()
                },
            ),
        ),
        (
            "ethnicity",
            of_cases(
                |case| &case.ethnicity,
                |own| Filter {
                    ethnicity: Some(own),
                    ..Filter::default()
                },
            ),
        ),
        (
            "plan",
            of_cases(
                |case| &case.plan,
                |own| Filter {
                    plan: Some(own),
                    ..Filter::default()
                },
            ),
        ),
    ]
}

fn without_nothing(table: Table) -> Table {
    table.into_iter().filter(|(_, count)| *count > 0).collect()
}

fn added_up(parts: &[Filter], table: impl Fn(&Filter) -> Table) -> Table {
    let mut sum = Table::new();
    for (key, count) in parts.iter().flat_map(table) {
        *sum.entry(key).or_default() += count;
    }
    without_nothing(sum)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn a_part_and_the_rest_are_the_whole(data in generated::audit(5)) {
        let audit = Audit::of(&data);
        let all = audit.facts();
        let tables = Tables { audit: &audit, facts: all.audit(audit.id).unwrap() };
        let everything = Filter::default();
        for (name, parts) in parts(tables.facts) {
            let whole = without_nothing(tables.answers(Basis::Agency, &everything));
            prop_assert_eq!(added_up(&parts, |part| tables.answers(Basis::Agency, part)), whole, "{}", name);
            let whole = without_nothing(tables.changes(&everything));
            prop_assert_eq!(added_up(&parts, |part| tables.changes(part)), whole, "{} changes", name);
            if name == "agency" {
                // One agency has nothing to be compared with, and the panel judges for all of them.
                continue;
            }
            let whole = without_nothing(tables.answers(Basis::Panel, &everything));
            prop_assert_eq!(added_up(&parts, |part| tables.answers(Basis::Panel, part)), whole, "{} panel", name);
            let whole = without_nothing(tables.pairs(&everything));
            prop_assert_eq!(added_up(&parts, |part| tables.pairs(part)), whole, "{} pairs", name);
            if name != "section" && name != "theme" {
                let whole = without_nothing(tables.of_cases(&everything));
                prop_assert_eq!(added_up(&parts, |part| tables.of_cases(part)), whole, "{} cases", name);
            }
        }
    }

    #[test]
    fn behind_every_number_stand_as_many_answers(data in generated::audit(5)) {
        let audit = Audit::of(&data);
        let all = audit.facts();
        let facts = all.audit(audit.id).unwrap();
        for (_, parts) in parts(facts) {
            for filter in parts.iter().chain([&Filter::default()]) {
                behind_answers(&audit, facts, filter)?;
                behind_pairs(facts, filter)?;
                behind_changes(&audit, facts, filter)?;
                behind_missing(&audit, facts, filter)?;
            }
        }
    }
}

fn behind_answers(audit: &Audit, facts: &AuditFacts, filter: &Filter) -> Result<(), TestCaseError> {
    for basis in [Basis::Agency, Basis::Panel] {
        let summary = audit.summary(basis, filter);
        let favourable = |question| {
            let behind = facts.behind(basis, filter, question);
            let scored = behind.iter().filter(|own| own.favourable.is_some()).count();
            let good = behind
                .iter()
                .filter(|own| own.favourable == Some(true))
                .count();
            (scored, good, behind.len())
        };
        for row in &summary.questions {
            let rows = summary
                .questions
                .iter()
                .filter(|own| own.question == row.question);
            let sum = rows.fold((0, 0), |(scored, good), own| {
                (scored + own.tally.scored, good + own.tally.favourable)
            });
            let (scored, good, _) = favourable(Some(row.question.as_str()));
            prop_assert_eq!((scored, good), sum, "{}", row.question);
        }
        let whole: usize = summary.themes.iter().map(|theme| theme.scored).sum();
        prop_assert_eq!(favourable(None).0, whole);
    }
    Ok(())
}

fn behind_pairs(facts: &AuditFacts, filter: &Filter) -> Result<(), TestCaseError> {
    let (found, _) = agreement(facts, filter);
    let all = pairs(facts, filter);
    prop_assert_eq!(all.len(), found.pairs.all);
    for on in &found.by_question {
        let further = all
            .iter()
            .filter(|own| own.question == on.question && own.apart == Apart::Further);
        prop_assert_eq!(further.count(), on.pairs.further);
        // Every answer of a unit is behind its question's number, once.
        let answers = behind(facts, filter, Some(&on.question), None, None);
        let mut cases: Vec<_> = answers.iter().map(|own| own.case).collect();
        cases.dedup();
        prop_assert_eq!(cases.len(), on.units);
    }
    Ok(())
}

fn behind_changes(audit: &Audit, facts: &AuditFacts, filter: &Filter) -> Result<(), TestCaseError> {
    let changes = panel_changes(&audit.register, facts, filter);
    for (agency, moves) in &changes.by_agency {
        for (moved, count) in &moves.counts {
            let is = |own| own == *moved;
            let behind = panel_changes::behind(facts, filter, Some(agency), None, is);
            prop_assert_eq!(behind.len(), *count);
        }
    }
    Ok(())
}

/// What is answered and what is not there make up every question of every form, and behind each count
/// of what is not there stand as many places.
fn behind_missing(audit: &Audit, facts: &AuditFacts, filter: &Filter) -> Result<(), TestCaseError> {
    let covered = coverage(&audit.register, audit.id, filter);
    for basis in [Basis::Agency, Basis::Panel] {
        let counted = missing(facts, basis, filter);
        for row in &audit.summary(basis, filter).questions {
            let absences = counted.by(&row.question, &row.agency);
            let own = filter.of_agency(row.agency.as_deref());
            let part = if basis == Basis::Agency { &own } else { filter };
            let id = [row.question.as_str()];
            for why in Absence::ALL {
                let places = missing::behind(facts, basis, part, &id, why);
                prop_assert_eq!(
                    places.len(),
                    absences.get(&why).copied().unwrap_or_default()
                );
            }
            let answered = facts.behind(basis, part, Some(&row.question)).len();
            let there = match &row.agency {
                None => covered.cases,
                Some(code) => {
                    let mut agencies = covered.by_agency.iter();
                    agencies
                        .find(|(own, _)| own == code)
                        .map_or(0, |(_, own)| own.submitted)
                }
            };
            let absent: usize = absences.values().sum();
            prop_assert_eq!(answered + absent, there, "{:?} {}", basis, row.question);
        }
    }
    Ok(())
}
