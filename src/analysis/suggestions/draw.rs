//! How each sort of suggestion is drawn up.

use std::collections::{BTreeMap, BTreeSet};

use super::super::agreement::{Apart, OnQuestion, agreement, pairs};
use super::super::facts::{AuditFacts, Basis, Facts};
use super::super::interval::share;
use super::super::steps::is_enough;
use super::super::summary::{Heading, summary};
use super::super::timescales::{RuleSummary, timescales};
use super::super::{Behind, Filter};
use super::{FEWEST_ANSWERS, FEWEST_CASES, MOST_OF_A_SORT, Marked, Suggestion};
use crate::domain::answer::Flag;
use crate::domain::catalogue::Catalogue;
use crate::domain::finding::{Finding, FindingKind};
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::domain::score::count_words;
use crate::domain::timescale::Outcome;

/// The theme that timescales feed.
const TIMELINESS: &str = "T02";

pub(super) struct Draw<'a> {
    register: &'a Register,
    catalogue: &'a Catalogue,
    facts: &'a AuditFacts,
    marks: Vec<&'a Marked>,
    audit: RecordId,
    /// The themes as the agencies answered.
    themes: Vec<Heading>,
    /// The themes as the panel judged.
    judged: Vec<Heading>,
}

impl<'a> Draw<'a> {
    pub(super) fn new(
        register: &'a Register,
        catalogue: &'a Catalogue,
        facts: &'a Facts,
        marks: &'a [Marked],
        audit: RecordId,
    ) -> Option<Self> {
        let everything = Filter::default();
        let themes = |basis| Some(summary(register, facts, audit, basis, &everything)?.themes);
        register.tool_of(audit)?;
        Some(Self {
            register,
            catalogue,
            facts: facts.audit(audit)?,
            marks: marks.iter().filter(|mark| mark.audit == audit).collect(),
            audit,
            themes: themes(Basis::Agency)?,
            judged: themes(Basis::Panel)?,
        })
    }

    fn theme(&self, id: &str) -> String {
        let known = self.catalogue.theme(id);
        known.map_or_else(|| id.to_owned(), |theme| theme.name.clone())
    }

    fn code(&self, question: &str) -> String {
        let tool = self.register.tool_of(self.audit);
        let known = tool.and_then(|tool| tool.question(question));
        known.map_or_else(|| question.to_owned(), |question| question.code.clone())
    }

    fn draft(&self, kind: FindingKind, theme: &str) -> Finding {
        Finding {
            theme: theme.to_owned(),
            ..Finding::new(self.audit, kind)
        }
    }

    /// At most half of the answers speak well of practice; weakest first.
    pub(super) fn weak_themes(&self) -> Vec<Suggestion> {
        let mut weak: Vec<&Heading> = self
            .enough()
            .filter(|h| h.favourable * 2 <= h.scored)
            .collect();
        weak.sort_by(|a, b| by_share(a, b));
        let weak = weak.into_iter().take(MOST_OF_A_SORT);
        weak.map(|heading| self.of_theme(heading, FindingKind::AreaForImprovement))
            .collect()
    }

    /// At least three quarters do; strongest first.
    pub(super) fn strong_themes(&self) -> Vec<Suggestion> {
        let mut strong: Vec<&Heading> = self
            .enough()
            .filter(|h| h.favourable * 4 >= h.scored * 3)
            .collect();
        strong.sort_by(|a, b| by_share(b, a));
        let strong = strong.into_iter().take(MOST_OF_A_SORT);
        strong
            .map(|heading| self.of_theme(heading, FindingKind::Strength))
            .collect()
    }

    fn enough(&self) -> impl Iterator<Item = &Heading> {
        self.themes.iter().filter(|heading| is_enough(heading))
    }

    pub(super) fn too_little(&self) -> Vec<String> {
        let few = self.themes.iter().filter(|heading| !is_enough(heading));
        few.map(|heading| {
            format!(
                "{}: {} in {}, which is too little to call it weak or strong.",
                self.theme(&heading.id),
                count_words(heading.favourable, heading.scored),
                cases(heading.cases)
            )
        })
        .collect()
    }

    fn of_theme(&self, heading: &Heading, kind: FindingKind) -> Suggestion {
        let name = self.theme(&heading.id);
        let (key, words, favourable) = match kind {
            FindingKind::Strength => ("strong_theme", "Strong", true),
            _ => ("weak_theme", "Weak", false),
        };
        let filter = Filter {
            theme: Some(heading.id.clone()),
            ..Filter::default()
        };
        let mut behind = self.facts.behind(Basis::Agency, &filter, None);
        behind.retain(|answer| answer.favourable == Some(favourable));
        Suggestion {
            key: format!("{key}:{}", heading.id),
            heading: format!("{words}: {name}"),
            rests_on: self.theme_words(heading),
            draft: Finding {
                agencies: in_order(&self.facts.agencies, &agencies_of(&behind)),
                cases: cases_of(&behind),
                questions: questions_of(&behind),
                ..self.draft(kind, &heading.id)
            },
        }
    }

    /// The agencies' answers and, apart from them, the panel's judgements.
    fn theme_words(&self, heading: &Heading) -> String {
        let percent = share(heading.favourable, heading.scored)
            .map(|share| format!(", {}, 95 % interval", share.words()))
            .unwrap_or_default();
        let judged = self.judged.iter().find(|judged| judged.id == heading.id);
        let judged = match judged.filter(|judged| judged.scored > 0) {
            Some(judged) => format!(
                "Panel: {} judgements.",
                count_words(judged.favourable, judged.scored)
            ),
            None => "The panel judged none of its questions.".into(),
        };
        format!(
            "Agencies: {} answers speak well of practice{percent}, in {}; {} not evidenced. {judged}",
            count_words(heading.favourable, heading.scored),
            cases(heading.cases),
            heading.not_evidenced,
        )
    }

    /// The question that agencies answered most differently about the same children, where it is
    /// not a matter of a pair or two.
    pub(super) fn disagreement(&self) -> Option<Suggestion> {
        let everything = Filter::default();
        // Those read most differently come first.
        let (found, _) = agreement(self.facts, &everything);
        let found = found.by_question.into_iter();
        let mut found = found.filter(|question| {
            question.pairs.all >= FEWEST_ANSWERS && question.pairs.same * 2 < question.pairs.all
        });
        let found = found.next()?;
        let pairs = pairs(self.facts, &everything).into_iter();
        let differing: BTreeSet<RecordId> = pairs
            .filter(|pair| pair.question == found.question && pair.apart != Apart::Same)
            .map(|pair| pair.answers[0].case)
            .collect();
        (differing.len() >= FEWEST_CASES).then(|| self.on_question(&found, differing))
    }

    fn on_question(&self, found: &OnQuestion, differing: BTreeSet<RecordId>) -> Suggestion {
        let code = self.code(&found.question);
        let pairs = found.pairs;
        let asked = self.facts.questions.iter().find(|q| q.id == found.question);
        let theme = asked.map_or("", |question| question.theme.as_str());
        Suggestion {
            key: format!("disagreement:{}", found.question),
            heading: format!("Agencies see the same children differently: {code}"),
            rests_on: format!(
                "Of {} pairs of agencies that answered {code} for the same child, {} gave the same answer, {} were one step apart and {} further; they differ in {}.",
                pairs.all,
                pairs.same,
                pairs.adjacent,
                pairs.further,
                cases(differing.len()),
            ),
            draft: Finding {
                cases: differing.into_iter().collect(),
                questions: vec![found.question.clone()],
                ..self.draft(FindingKind::AreaForImprovement, theme)
            },
        }
    }

    /// Timescales missed in at least one case, however few: each is a child who waited.
    pub(super) fn missed_timescales(&self) -> Vec<Suggestion> {
        let place = self.register.partnership();
        let place = place.and_then(|partnership| partnership.local_rules.as_deref());
        let rules = timescales(self.facts, self.catalogue, place, &Filter::default());
        rules
            .iter()
            .filter(|rule| rule.missed > 0)
            .map(|rule| self.missed(rule))
            .collect()
    }

    fn missed(&self, rule: &RuleSummary) -> Suggestion {
        let missed = rule.readings.iter();
        let missed = missed.filter(|(_, reading)| reading.outcome == Outcome::Missed);
        Suggestion {
            // With the count: what was set aside comes back when one more case misses it.
            key: format!("timescale:{}:{}", rule.rule, rule.missed),
            heading: format!("Timescale missed: {}", rule.title),
            rests_on: format!(
                "{} ({}): missed in {} of {} with a verdict, met in {}; {} cannot be computed.",
                rule.rule,
                rule.kind.label().to_lowercase(),
                rule.missed,
                cases(rule.with_verdict()),
                rule.met,
                rule.cannot_compute,
            ),
            draft: Finding {
                cases: missed.map(|(case, _)| *case).collect(),
                ..self.draft(FindingKind::AreaForImprovement, TIMELINESS)
            },
        }
    }

    /// The marks of one sort, theme by theme.
    pub(super) fn marks(&self, flag: Flag) -> Vec<Suggestion> {
        let mut by_theme: BTreeMap<&str, Vec<&Marked>> = BTreeMap::new();
        for mark in self.marks.iter().filter(|mark| mark.flag == flag) {
            let asked = self.facts.questions.iter().find(|q| q.id == mark.question);
            let theme = asked.map_or("", |question| question.theme.as_str());
            by_theme.entry(theme).or_default().push(mark);
        }
        by_theme
            .into_iter()
            .map(|(theme, marks)| self.marked(flag, theme, &marks))
            .collect()
    }

    fn marked(&self, flag: Flag, theme: &str, marks: &[&Marked]) -> Suggestion {
        let (key, kind) = match flag {
            Flag::GoodPractice => ("good_practice", FindingKind::Strength),
            Flag::PracticeConcern => ("concern", FindingKind::PracticeConcern),
        };
        let agencies: BTreeSet<&str> = marks.iter().map(|mark| mark.agency.as_str()).collect();
        let found: BTreeSet<RecordId> = marks.iter().map(|mark| mark.case).collect();
        let questions: BTreeSet<&str> = marks.iter().map(|mark| mark.question.as_str()).collect();
        let codes: Vec<String> = questions.iter().map(|id| self.code(id)).collect();
        let answers = match marks.len() {
            1 => "1 answer is".to_owned(),
            count => format!("{count} answers are"),
        };
        Suggestion {
            // With the count: what was set aside comes back when one more answer is marked.
            key: format!("{key}:{theme}:{}", marks.len()),
            heading: format!("{}: {}", flag.label(), self.theme(theme)),
            rests_on: format!(
                "{answers} marked as {}, in {}: {}.",
                flag.label().to_lowercase(),
                cases(found.len()),
                codes.join(", ")
            ),
            draft: Finding {
                agencies: in_order(&self.facts.agencies, &agencies),
                cases: found.into_iter().collect(),
                questions: questions.into_iter().map(str::to_owned).collect(),
                ..self.draft(kind, theme)
            },
        }
    }
}

/// Compares two shares as fractions; more answers go first where the shares are the same.
fn by_share(a: &Heading, b: &Heading) -> std::cmp::Ordering {
    (a.favourable * b.scored)
        .cmp(&(b.favourable * a.scored))
        .then(b.scored.cmp(&a.scored))
        .then(a.id.cmp(&b.id))
}

fn cases(count: usize) -> String {
    match count {
        1 => "1 case".into(),
        count => format!("{count} cases"),
    }
}

fn agencies_of(behind: &[Behind]) -> BTreeSet<&str> {
    behind
        .iter()
        .filter_map(|answer| answer.agency.as_deref())
        .collect()
}

fn in_order(all: &[String], wanted: &BTreeSet<&str>) -> Vec<String> {
    let all = all.iter();
    all.filter(|code| wanted.contains(code.as_str()))
        .cloned()
        .collect()
}

fn cases_of(behind: &[Behind]) -> Vec<RecordId> {
    let all: BTreeSet<RecordId> = behind.iter().map(|answer| answer.case).collect();
    all.into_iter().collect()
}

fn questions_of(behind: &[Behind]) -> Vec<String> {
    let all: BTreeSet<&str> = behind
        .iter()
        .map(|answer| answer.question.as_str())
        .collect();
    all.into_iter().map(str::to_owned).collect()
}
