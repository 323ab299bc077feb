//! A re-audit beside the audit that it repeats, question by question.
//!
//! Questions are the same where their identity is, whatever their printed number or the version of
//! the tool. They are compared only where they were answered on the same scale or from the same
//! list; scales are never converted. Counts are those of each audit's own summary, so that the two
//! can be found again there; which agencies took part in one only is said beside them.

mod again;
mod change;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use again::{SameCase, Turn, Turns};
pub use change::{Change, Direction, NotCompared};

use super::facts::{AuditFacts, Basis, Facts};
use super::interval::{Difference, difference};
use super::summary::{AuditSummary, Heading, summary};
use super::{Filter, coverage};
use crate::domain::audit::Audit;
use crate::domain::id::RecordId;
use crate::domain::register::Register;
use crate::domain::score::{Tally, count_words};
use crate::domain::tool::{Question, Tool};

/// One of the two audits, as far as the reader has to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The audit.
    pub audit: RecordId,
    /// Its title.
    pub title: String,
    /// Its tool, as `slug@version`.
    pub tool: String,
    /// Title of the scale of its grades.
    pub scale: String,
    /// First day of the practice looked at.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Cases that the filter leaves.
    pub cases: usize,
    /// Forms submitted for them.
    pub forms: usize,
    /// Codes of its agencies.
    pub agencies: Vec<String>,
}

/// What the answers to one question, or under one theme, add up to in one of the audits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Answers that speak well of practice.
    pub favourable: usize,
    /// Answers that count.
    pub scored: usize,
    /// Not applicable.
    pub not_applicable: usize,
    /// Not evidenced.
    pub not_evidenced: usize,
}

impl Counted {
    /// "5 of 8".
    pub fn words(&self) -> String {
        count_words(self.favourable, self.scored)
    }

    fn part(&self) -> (usize, usize) {
        (self.favourable, self.scored)
    }
}

impl From<&Tally> for Counted {
    fn from(tally: &Tally) -> Self {
        Self {
            favourable: tally.favourable,
            scored: tally.scored,
            not_applicable: tally.not_applicable,
            not_evidenced: tally.not_evidenced,
        }
    }
}

impl From<&Heading> for Counted {
    fn from(heading: &Heading) -> Self {
        Self {
            favourable: heading.favourable,
            scored: heading.scored,
            not_applicable: heading.not_applicable,
            not_evidenced: heading.not_evidenced,
        }
    }
}

/// A question or theme in both audits.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Identity of the question, or id of the theme.
    pub id: String,
    /// In the earlier audit.
    pub earlier: Counted,
    /// In the later one.
    pub later: Counted,
    /// What can be said about it.
    pub change: Change,
    /// Later less earlier, where both denominators are 20 or more.
    pub difference: Option<Difference>,
}

impl Compared {
    /// "5 of 8, then 7 of 9: too few to call a change".
    pub fn words(&self) -> String {
        let (earlier, later) = (self.earlier.words(), self.later.words());
        format!("{earlier}, then {later}: {}", self.change.words())
    }

    /// Whether both audits ask it in the same way, even where nothing counts in one of them.
    fn is_comparable(&self) -> bool {
        match self.change {
            Change::NotCompared(why) => why == NotCompared::NoneScored,
            _ => true,
        }
    }
}

/// Two audits side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Whose answers are counted.
    pub basis: Basis,
    /// The earlier audit.
    pub earlier: Side,
    /// The later audit.
    pub later: Side,
    /// Scored questions that both audits ask, in the later one's order.
    pub questions: Vec<Compared>,
    /// Themes over the questions that can be compared.
    pub themes: Vec<Compared>,
    /// Scored questions that only the earlier audit asks.
    pub only_earlier: Vec<String>,
    /// Scored questions that only the later audit asks.
    pub only_later: Vec<String>,
    /// Codes of agencies that took part in one of them only.
    pub agencies_differ: Vec<String>,
    /// Children whose case was looked at in both.
    pub same_cases: Vec<SameCase>,
}

impl Comparison {
    /// Whether the two were made with different versions of a tool.
    pub fn tools_differ(&self) -> bool {
        self.earlier.tool != self.later.tool
    }

    /// The questions that a theme's two counts are over. `later` are the later audit's facts.
    pub fn questions_of(&self, theme: &str, later: &AuditFacts) -> Vec<String> {
        let of_theme = |compared: &&Compared| {
            let asked = later.question(&compared.id);
            compared.is_comparable() && asked.is_some_and(|asked| asked.theme == theme)
        };
        let own = self.questions.iter().filter(of_theme);
        own.map(|compared| compared.id.clone()).collect()
    }
}

/// Compares an audit with the one it repeats; `None` where it repeats none that the facts hold.
pub fn re_audit(
    register: &Register,
    facts: &Facts,
    later: RecordId,
    basis: Basis,
    filter: &Filter,
) -> Option<Comparison> {
    let earlier = register.audits.get(&later)?.re_audit_of?;
    compare(register, facts, earlier, later, basis, filter)
}

/// Compares any two audits. The filter's case is passed over: a case belongs to one audit.
pub fn compare(
    register: &Register,
    facts: &Facts,
    earlier: RecordId,
    later: RecordId,
    basis: Basis,
    filter: &Filter,
) -> Option<Comparison> {
    let filter = Filter {
        case: None,
        ..filter.clone()
    };
    let part = |audit| Part::of(register, facts, audit, basis, &filter);
    let (earlier, later) = (part(earlier)?, part(later)?);
    let common = later.scored().filter(|question| earlier.asks(&question.id));
    let questions = common.map(|question| compared(&earlier, &later, question));
    let only = |one: &Part<'_>, other: &Part<'_>| {
        let missing = one.scored().filter(|question| !other.asks(&question.id));
        missing.map(|question| question.id.clone()).collect()
    };
    let questions: Vec<Compared> = questions.collect();
    let comparable = questions.iter().filter(|question| question.is_comparable());
    let comparable: Vec<&str> = comparable.map(|question| question.id.as_str()).collect();
    let same_cases = again::same_cases(earlier.facts, later.facts, basis, &filter, &comparable);
    Some(Comparison {
        basis,
        themes: themes(&earlier, &later, &questions),
        questions,
        only_earlier: only(&earlier, &later),
        only_later: only(&later, &earlier),
        agencies_differ: agencies_differ(&earlier.side, &later.side),
        same_cases,
        earlier: earlier.side,
        later: later.side,
    })
}

/// One of the audits with what is counted of it.
struct Part<'a> {
    facts: &'a AuditFacts,
    tool: &'a Tool,
    counted: AuditSummary,
    side: Side,
}

impl<'a> Part<'a> {
    fn of(
        register: &'a Register,
        facts: &'a Facts,
        id: RecordId,
        basis: Basis,
        filter: &Filter,
    ) -> Option<Self> {
        let audit: &Audit = register.audits.get(&id)?;
        let tool = register.tool(&audit.tool)?;
        let covered = coverage::coverage(register, id, filter);
        let scale = tool.scale(&tool.grade_scale);
        Some(Self {
            facts: facts.audit(id)?,
            tool,
            counted: summary(register, facts, id, basis, filter)?,
            side: Side {
                audit: id,
                title: audit.title.clone(),
                tool: audit.tool.clone(),
                scale: scale.map_or_else(String::new, |scale| scale.title.clone()),
                from: audit.scope.from,
                to: audit.scope.to,
                cases: covered.cases,
                forms: covered.whole.submitted,
                agencies: audit.agencies.clone(),
            },
        })
    }

    /// The scored questions that the filter leaves, in the order of the form.
    fn scored(&self) -> impl Iterator<Item = &'a Question> + '_ {
        let questions = self.tool.questions.iter();
        questions.filter(|question| question.is_scored() && self.asks(&question.id))
    }

    fn asks(&self, question: &str) -> bool {
        let mut rows = self.counted.questions.iter();
        rows.any(|row| row.question == question)
    }

    /// The answers to one question over all agencies.
    fn tally(&self, question: &str) -> Tally {
        let rows = self.counted.questions.iter();
        let mut sum = Tally::default();
        rows.filter(|row| row.question == question)
            .for_each(|row| sum.merge(&row.tally));
        sum
    }
}

fn compared(earlier: &Part<'_>, later: &Part<'_>, question: &Question) -> Compared {
    let before = Counted::from(&earlier.tally(&question.id));
    let after = Counted::from(&later.tally(&question.id));
    let refused = earlier
        .tool
        .question(&question.id)
        .map_or(Some(NotCompared::Kind), |first| {
            change::refused((earlier.tool, first), (later.tool, question))
        });
    told(question.id.clone(), before, after, refused)
}

fn told(id: String, earlier: Counted, later: Counted, refused: Option<NotCompared>) -> Compared {
    let (before, after) = (earlier.part(), later.part());
    let difference = match refused {
        None => difference(before, after),
        Some(_) => None,
    };
    Compared {
        id,
        change: Change::between(before, after, refused, difference),
        earlier,
        later,
        difference,
    }
}

/// The questions that can be compared, added up by the theme they have in the later audit.
fn themes(earlier: &Part<'_>, later: &Part<'_>, questions: &[Compared]) -> Vec<Compared> {
    let theme = |question: &Compared| later.tool.question(&question.id).map(|q| q.theme.clone());
    let of: Vec<_> = questions
        .iter()
        .filter(|question| question.is_comparable())
        .filter_map(|question| Some((theme(question)?, question.id.as_str())))
        .collect();
    let themes: BTreeSet<&String> = of.iter().map(|(theme, _)| theme).collect();
    let sum = |part: &Part<'_>, wanted: &String| {
        let mut sum = Tally::default();
        let own = of.iter().filter(|(theme, _)| theme == wanted);
        own.for_each(|(_, question)| sum.merge(&part.tally(question)));
        Counted::from(&sum)
    };
    themes
        .into_iter()
        .map(|theme| told(theme.clone(), sum(earlier, theme), sum(later, theme), None))
        .collect()
}

fn agencies_differ(earlier: &Side, later: &Side) -> Vec<String> {
    let only = |one: &Side, other: &Side| -> Vec<String> {
        let codes = one.agencies.iter();
        let missing = codes.filter(|code| !other.agencies.contains(code));
        missing.cloned().collect()
    };
    [only(earlier, later), only(later, earlier)].concat()
}

/// The audit that `later` is set beside: the one it repeats, or else the last before it that was
/// made with the same tool, of whichever version.
pub fn audit_before(register: &Register, facts: &Facts, later: RecordId) -> Option<RecordId> {
    let record = register.audits.get(&later)?;
    let repeated = record
        .re_audit_of
        .filter(|first| facts.audit(*first).is_some());
    let slug = |facts: &AuditFacts| facts.tool.split('@').next().map(ToOwned::to_owned);
    let at = facts.audits.iter().position(|own| own.audit == later)?;
    let own = slug(&facts.audits[at]);
    repeated.or_else(|| {
        let mut earlier = facts.audits[..at].iter().rev();
        earlier
            .find(|other| slug(other) == own)
            .map(|other| other.audit)
    })
}
