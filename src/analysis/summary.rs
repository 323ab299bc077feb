//! One audit in numbers, and the themes that run through all of them.

use std::collections::BTreeMap;

use super::facts::{AuditFacts, Basis, Facts, Outcome, Taken, What};
use super::{AskedQuestion, Filter};
use crate::domain::answer::{Blank, Value};
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::domain::score::Tally;

/// How often each grade was given, by its id.
pub type GradeCounts = BTreeMap<String, usize>;

/// One question as one agency answered it over the cases.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionTally {
    /// The question.
    pub question: String,
    /// Its theme.
    pub theme: String,
    /// Its section.
    pub section: String,
    /// The agency; `None` for the panel.
    pub agency: Option<String>,
    /// What its answers add up to.
    pub tally: Tally,
}

/// The answers under one heading (a theme, a section) added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Id of the theme or section.
    pub id: String,
    /// Answers that count.
    pub scored: usize,
    /// Of those, how many speak well of practice.
    pub favourable: usize,
    /// Not applicable.
    pub not_applicable: usize,
    /// Not evidenced on the record.
    pub not_evidenced: usize,
    /// Cases with at least one answer that counts.
    pub cases: usize,
    /// How many answers there could be: cases times scored questions times agencies asked.
    pub askable: usize,
    /// The most of those that one form can hold.
    pub per_form: usize,
}

/// One audit in numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditSummary {
    /// The audit.
    pub audit: RecordId,
    /// Whose answers were counted.
    pub basis: Basis,
    /// Cases the filter leaves.
    pub cases: usize,
    /// Overall grades on submitted forms, agency by agency in the audit's order.
    pub overall: Vec<(String, GradeCounts)>,
    /// The panel's overall judgements.
    pub overall_panel: GradeCounts,
    /// Every question asked, agency by agency, in the order of the form.
    pub questions: Vec<QuestionTally>,
    /// By section in the order of the form; only sections with a question that is scored.
    pub sections: Vec<Heading>,
    /// By theme, T01 first; only themes with a question that is scored.
    pub themes: Vec<Heading>,
}

/// Counts one audit. `None` when the facts do not hold it.
pub fn summary(
    register: &Register,
    facts: &Facts,
    audit: RecordId,
    basis: Basis,
    filter: &Filter,
) -> Option<AuditSummary> {
    let facts = facts.audit(audit)?;
    let counted = Counted::of(facts, basis, filter);
    Some(AuditSummary {
        audit,
        basis,
        cases: counted.taken_cases,
        overall: overall(facts, filter),
        overall_panel: overall_panel(register, audit, filter),
        questions: counted.questions(),
        sections: counted.headings(|question| &question.section, &facts.sections),
        themes: counted.headings(|question| &question.theme, &themes_of(facts)),
    })
}

/// One theme through the audits.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeAcross {
    /// The theme.
    pub theme: String,
    /// The audits in time order; `None` where the audit's tool asks its agencies nothing that is
    /// scored on this theme.
    pub by_audit: Vec<(RecordId, Option<Heading>)>,
}

/// The themes through all audits, T01 first. Themes that no audit asks about are left out.
pub fn themes_across(facts: &Facts, basis: Basis, filter: &Filter) -> Vec<ThemeAcross> {
    let per_audit = |facts: &AuditFacts| {
        let counted = Counted::of(facts, basis, filter);
        let themes = counted.headings(|question| &question.theme, &themes_of(facts));
        (facts.audit, themes)
    };
    let counted: Vec<_> = facts.audits.iter().map(per_audit).collect();
    let audits = counted.iter();
    across(&audits.map(|(audit, themes)| (*audit, &themes[..])))
}

/// The same from audits that are summed up already, in time order.
pub fn themes_of_summaries(summaries: &[AuditSummary]) -> Vec<ThemeAcross> {
    across(&summaries.iter().map(|own| (own.audit, &own.themes[..])))
}

/// Theme by theme what each audit's headings say.
fn across<'a>(
    audits: &(impl Iterator<Item = (RecordId, &'a [Heading])> + Clone),
) -> Vec<ThemeAcross> {
    let mut themes: Vec<&String> = audits
        .clone()
        .flat_map(|(_, themes)| themes.iter().map(|heading| &heading.id))
        .collect();
    themes.sort();
    themes.dedup();
    let across = |theme: &String| ThemeAcross {
        theme: theme.clone(),
        by_audit: audits
            .clone()
            .map(|(audit, themes)| {
                let own = themes.iter().find(|heading| heading.id == *theme);
                (audit, own.cloned())
            })
            .collect(),
    };
    themes.into_iter().map(across).collect()
}

fn themes_of(facts: &AuditFacts) -> Vec<String> {
    let mut themes: Vec<_> = facts.questions.iter().map(|q| q.theme.clone()).collect();
    themes.sort();
    themes.dedup();
    themes
}

/// What was answered, question by question and agency by agency.
struct Counted<'a> {
    facts: &'a AuditFacts,
    basis: Basis,
    taken_cases: usize,
    /// The wanted cells: question, position of the agency, tally.
    cells: Vec<(usize, usize, Tally)>,
    /// Whether a case has an answer to a question that counts: case after case, question by question.
    scored_cases: Vec<bool>,
}

impl<'a> Counted<'a> {
    fn of(facts: &'a AuditFacts, basis: Basis, filter: &Filter) -> Self {
        let taken = facts.taken(basis, filter);
        let mut counted = Self {
            facts,
            basis,
            taken_cases: taken.cases.iter().filter(|taken| **taken).count(),
            cells: Vec::new(),
            scored_cases: vec![false; facts.questions.len() * facts.cases.len()],
        };
        let outcomes = Outcomes::of(facts);
        let counts = counted.count(&taken, &outcomes);
        counted.cells = counted.cells(&taken, &outcomes, &counts);
        counted
    }

    /// How often each outcome was given: agency after agency, in each outcome by outcome.
    fn count(&mut self, taken: &Taken, outcomes: &Outcomes) -> Vec<u32> {
        // Looked up for every answer: flat lists, so that it costs next to nothing.
        let questions = self.facts.questions.len();
        let mut counts = vec![0; outcomes.all * self.facts.width(self.basis)];
        let sheets = self.facts.sheets(self.basis).iter();
        for sheet in sheets.filter(|sheet| taken.takes(sheet)) {
            let counts = &mut counts[outcomes.all * usize::from(sheet.agency)..][..outcomes.all];
            let scored_cases = &mut self.scored_cases[questions * sheet.case as usize..];
            for row in sheet.counted() {
                let question = usize::from(row.question);
                if taken.questions[question] {
                    let outcome = outcomes.starts[question] + row.outcome as usize;
                    counts[outcome] += 1;
                    scored_cases[question] |= outcomes.scored[outcome];
                }
            }
        }
        counts
    }

    /// The cells that are asked and taken, each added up.
    fn cells(
        &self,
        taken: &Taken,
        outcomes: &Outcomes,
        counts: &[u32],
    ) -> Vec<(usize, usize, Tally)> {
        let width = self.facts.width(self.basis);
        let questions = self.facts.questions.iter().enumerate();
        let cells = questions.flat_map(|(at, question)| {
            let asked = move |agency: &usize| {
                let asked = self.basis == Basis::Panel || question.asked_of[*agency];
                asked && taken.questions[at] && taken.agencies[*agency]
            };
            (0..width).filter(asked).map(move |agency| {
                let mut tally = Tally::default();
                let from = outcomes.all * agency + outcomes.starts[at];
                let given = &counts[from..from + question.outcomes.len()];
                for (number, count) in (0..).zip(given) {
                    add(&mut tally, question.outcomes.get(number), *count as usize);
                }
                (at, agency, tally)
            })
        });
        cells.collect()
    }

    fn questions(&self) -> Vec<QuestionTally> {
        let row = |(question, agency, tally): &(usize, usize, Tally)| {
            let question = &self.facts.questions[*question];
            QuestionTally {
                question: question.id.clone(),
                theme: question.theme.clone(),
                section: question.section.clone(),
                agency: self
                    .facts
                    .agency_at(self.basis, *agency)
                    .map(ToOwned::to_owned),
                tally: tally.clone(),
            }
        };
        self.cells.iter().map(row).collect()
    }

    /// The scored questions added up by `heading`, in the given order; headings without a scored
    /// question are left out.
    fn headings(
        &self,
        heading: impl Fn(&AskedQuestion) -> &String,
        order: &[String],
    ) -> Vec<Heading> {
        let mut found: BTreeMap<&String, Heading> = BTreeMap::new();
        let mut cases: BTreeMap<&String, Vec<bool>> = BTreeMap::new();
        let mut on_form: BTreeMap<(&String, usize), usize> = BTreeMap::new();
        let questions = &self.facts.questions;
        let scored = self.cells.iter().filter(|(at, ..)| questions[*at].scored);
        for (at, agency, tally) in scored {
            let id = heading(&questions[*at]);
            let sum = found.entry(id).or_default();
            sum.scored += tally.scored;
            sum.favourable += tally.favourable;
            sum.not_applicable += tally.not_applicable;
            sum.not_evidenced += tally.not_evidenced;
            sum.askable += self.taken_cases;
            let on_form = on_form.entry((id, *agency)).or_default();
            *on_form += 1;
            sum.per_form = sum.per_form.max(*on_form);
            let seen = cases
                .entry(id)
                .or_insert_with(|| vec![false; self.facts.cases.len()]);
            let here = self.scored_cases.iter().skip(*at).step_by(questions.len());
            for (seen, here) in seen.iter_mut().zip(here) {
                *seen |= *here;
            }
        }
        let in_order = order.iter().filter_map(|id| {
            let mut heading = found.remove(id)?;
            heading.id = id.clone();
            heading.cases = cases.get(id)?.iter().filter(|seen| **seen).count();
            Some(heading)
        });
        in_order.collect()
    }
}

/// The outcomes of all questions in one list.
struct Outcomes {
    /// Where each question's begin.
    starts: Vec<usize>,
    /// How many there are.
    all: usize,
    /// Whether each counts.
    scored: Vec<bool>,
}

impl Outcomes {
    fn of(facts: &AuditFacts) -> Self {
        let (mut starts, mut scored) = (Vec::new(), Vec::new());
        for question in &facts.questions {
            starts.push(scored.len());
            let numbers = 0..question.outcomes.len() as u32;
            let outcomes = numbers.map(|number| question.outcomes.get(number));
            scored.extend(outcomes.map(|outcome| outcome.favourable.is_some()));
        }
        Self {
            starts,
            all: scored.len(),
            scored,
        }
    }
}

/// Adds `count` answers of one outcome, as [`Tally::add`] would one by one.
fn add(tally: &mut Tally, outcome: &Outcome, count: usize) {
    if count == 0 {
        return;
    }
    match &outcome.what {
        What::Blank(Blank::NotApplicable) => tally.not_applicable += count,
        What::Blank(Blank::NotEvidenced) => tally.not_evidenced += count,
        What::Picked(ids) => {
            for id in ids {
                *tally.counts.entry(id.clone()).or_default() += count;
            }
        }
        What::Ratio(..) | What::Typed => (),
    }
    if let Some(favourable) = outcome.favourable {
        tally.scored += count;
        tally.favourable += if favourable { count } else { 0 };
    }
}

/// Overall grades of submitted forms, by agency.
fn overall(facts: &AuditFacts, filter: &Filter) -> Vec<(String, GradeCounts)> {
    let mut counts = vec![vec![0_usize; facts.grades.len()]; facts.agencies.len()];
    for (sheet, grade) in facts.graded(filter) {
        counts[usize::from(sheet.agency)][usize::from(grade)] += 1;
    }
    let agencies = facts.agencies.iter().zip(counts);
    let taken = agencies.filter(|(code, _)| filter.takes_agency(code));
    let by_grade = |counts: Vec<usize>| {
        let given = facts.grades.iter().cloned().zip(counts);
        given.filter(|(_, count)| *count > 0).collect()
    };
    taken
        .map(|(code, counts)| (code.clone(), by_grade(counts)))
        .collect()
}

/// The panel's overall judgements, by grade.
fn overall_panel(register: &Register, audit: RecordId, filter: &Filter) -> GradeCounts {
    let mut counts = GradeCounts::new();
    let overall = register
        .judgements
        .values()
        .filter(|judgement| judgement.question.is_none());
    for judgement in overall {
        let case = register.cases.get(&judgement.case);
        if case.is_some_and(|case| case.audit == audit && filter.takes_case(judgement.case, case))
            && let Value::One(grade) = &judgement.value
        {
            *counts.entry(grade.clone()).or_default() += 1;
        }
    }
    counts
}
