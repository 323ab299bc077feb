//! One audit in numbers, and the themes that run through all of them.

use std::collections::BTreeMap;

use super::facts::{AuditFacts, Basis, Facts, Outcome, Taken, What};
use super::{AskedQuestion, Filter};
use crate::domain::answer::{Blank, Value};
use crate::domain::form::FormStatus;
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
        overall: overall(register, facts, filter),
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
    let mut themes: Vec<&String> = counted
        .iter()
        .flat_map(|(_, themes)| themes.iter().map(|heading| &heading.id))
        .collect();
    themes.sort();
    themes.dedup();
    let across = |theme: &&String| ThemeAcross {
        theme: (*theme).clone(),
        by_audit: counted
            .iter()
            .map(|(audit, themes)| {
                let own = themes.iter().find(|heading| heading.id == **theme);
                (*audit, own.cloned())
            })
            .collect(),
    };
    themes.iter().map(across).collect()
}

fn themes_of(facts: &AuditFacts) -> Vec<String> {
    let mut themes: Vec<_> = facts.questions.iter().map(|q| q.theme.clone()).collect();
    themes.sort();
    themes.dedup();
    themes
}

/// How often each outcome was given, question by question and agency by agency.
struct Counted<'a> {
    facts: &'a AuditFacts,
    basis: Basis,
    taken_cases: usize,
    /// Whether the question is asked of the agency and both are taken, by cell.
    wanted: Vec<bool>,
    /// Counts by outcome, cell after cell.
    counts: Vec<u32>,
    /// Where the counts of each cell begin.
    starts: Vec<usize>,
    /// For each question, which cases have an answer that counts.
    scored_cases: Vec<Vec<bool>>,
}

impl<'a> Counted<'a> {
    fn of(facts: &'a AuditFacts, basis: Basis, filter: &Filter) -> Self {
        let taken = facts.taken(basis, filter);
        let width = facts.width(basis);
        let cells = || (0..facts.questions.len()).flat_map(|q| (0..width).map(move |a| (q, a)));
        let asked = |q: usize, a: usize| basis == Basis::Panel || facts.questions[q].asked_of[a];
        let mut starts = vec![0];
        for (question, _) in cells() {
            let outcomes = facts.questions[question].outcomes.len();
            starts.push(starts[starts.len() - 1] + outcomes);
        }
        let mut counted = Self {
            facts,
            basis,
            taken_cases: taken.cases.iter().filter(|taken| **taken).count(),
            wanted: cells()
                .map(|(q, a)| taken.questions[q] && taken.agencies[a] && asked(q, a))
                .collect(),
            counts: vec![0; starts[starts.len() - 1]],
            starts,
            scored_cases: vec![vec![false; facts.cases.len()]; facts.questions.len()],
        };
        counted.count(&taken);
        counted
    }

    fn count(&mut self, taken: &Taken) {
        let width = self.facts.width(self.basis);
        // Looked up for every answer: flat lists, so that it costs next to nothing.
        let scored: Vec<Vec<bool>> = self.facts.questions.iter().map(scored_outcomes).collect();
        let sheets = self.facts.sheets(self.basis).iter();
        for sheet in sheets.filter(|sheet| taken.takes(sheet)) {
            for row in sheet.counted() {
                let (question, outcome) = (usize::from(row.question), row.outcome as usize);
                if taken.questions[question] {
                    let cell = question * width + usize::from(sheet.agency);
                    self.counts[self.starts[cell] + outcome] += 1;
                    self.scored_cases[question][sheet.case as usize] |= scored[question][outcome];
                }
            }
        }
    }

    /// The wanted cells: question, position of the agency, tally.
    fn cells(&self) -> impl Iterator<Item = (usize, usize, Tally)> + '_ {
        let width = self.facts.width(self.basis);
        let wanted = (0..self.wanted.len()).filter(|cell| self.wanted[*cell]);
        wanted.map(move |cell| {
            let (question, agency) = (cell / width, cell % width);
            let outcomes = &self.facts.questions[question].outcomes;
            let mut tally = Tally::default();
            let counts = &self.counts[self.starts[cell]..self.starts[cell + 1]];
            for (number, count) in (0..).zip(counts) {
                add(&mut tally, outcomes.get(number), *count as usize);
            }
            (question, agency, tally)
        })
    }

    fn questions(&self) -> Vec<QuestionTally> {
        let row = |(question, agency, tally): (usize, usize, Tally)| {
            let question = &self.facts.questions[question];
            QuestionTally {
                question: question.id.clone(),
                theme: question.theme.clone(),
                section: question.section.clone(),
                agency: self
                    .facts
                    .agency_at(self.basis, agency)
                    .map(ToOwned::to_owned),
                tally,
            }
        };
        self.cells().map(row).collect()
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
        for (at, agency, tally) in self
            .cells()
            .filter(|(at, ..)| self.facts.questions[*at].scored)
        {
            let id = heading(&self.facts.questions[at]);
            let sum = found.entry(id).or_default();
            sum.scored += tally.scored;
            sum.favourable += tally.favourable;
            sum.not_applicable += tally.not_applicable;
            sum.not_evidenced += tally.not_evidenced;
            sum.askable += self.taken_cases;
            let on_form = on_form.entry((id, agency)).or_default();
            *on_form += 1;
            sum.per_form = sum.per_form.max(*on_form);
            let seen = cases
                .entry(id)
                .or_insert_with(|| vec![false; self.facts.cases.len()]);
            for (seen, here) in seen.iter_mut().zip(&self.scored_cases[at]) {
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

/// For each outcome of a question, whether it counts.
fn scored_outcomes(question: &AskedQuestion) -> Vec<bool> {
    let numbers = 0..question.outcomes.len() as u32;
    numbers
        .map(|number| question.outcomes.get(number).favourable.is_some())
        .collect()
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
fn overall(register: &Register, facts: &AuditFacts, filter: &Filter) -> Vec<(String, GradeCounts)> {
    let codes = facts
        .agencies
        .iter()
        .filter(|code| filter.takes_agency(code));
    let mut found: Vec<_> = codes
        .map(|code| (code.clone(), GradeCounts::new()))
        .collect();
    for form in register.forms.values() {
        let (Some(grade), Some(agency_return)) =
            (&form.overall, register.returns.get(&form.agency_return))
        else {
            continue;
        };
        let case = register.cases.get(&form.case);
        if form.status == FormStatus::Submitted
            && agency_return.audit == facts.audit
            && case.is_some_and(|case| filter.takes_case(form.case, case))
            && let Some((_, counts)) = found
                .iter_mut()
                .find(|(code, _)| *code == agency_return.agency)
        {
            *counts.entry(grade.clone()).or_default() += 1;
        }
    }
    found
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
