//! What cannot be known of an audit from what the file holds. Published audits often give counts and
//! little else, and an audit of one's own may leave out as much: what is not there is said, so that
//! nobody reads more into the numbers than they hold.
//!
//! Said of audits whose findings are agreed: before that, what is missing may still come.

use super::Filter;
use super::facts::{AuditFacts, Row, Sheet};
use crate::domain::audit::{Audit, AuditState};
use crate::domain::case::Case;
use crate::domain::register::Register;
use crate::domain::tool::Tool;

/// The most questions without an answer that are named.
const NAMED: usize = 6;

/// Something that cannot be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What, as exports name it.
    pub what: &'static str,
    /// What is not there, and what cannot be known without it: one sentence.
    pub words: String,
}

/// What cannot be known of an audit, what weighs most first.
pub fn unknown(register: &Register, facts: &AuditFacts) -> Vec<Unknown> {
    let Some(audit) = register.audits.get(&facts.audit) else {
        return Vec::new();
    };
    let look = Look {
        register,
        audit,
        facts,
    };
    if audit.state < AuditState::FindingsAgreed || look.answers().next().is_none() {
        return Vec::new();
    }
    let all: [(&'static str, Option<String>); 10] = [
        ("agreement", look.agreement()),
        ("unanswered_questions", look.unanswered_questions()),
        ("blanks", look.blanks()),
        ("notes", look.notes()),
        ("overall_grades", look.overall_grades()),
        ("panel", look.panel()),
        ("children", look.children()),
        ("dates", look.dates()),
        ("period", look.period()),
        ("sample", look.sample()),
    ];
    let told = all.into_iter();
    told.filter_map(|(what, words)| {
        Some(Unknown {
            what,
            words: words?,
        })
    })
    .collect()
}

/// Something that is said of a case: the word for it, and where it stands.
type Field = (&'static str, fn(&Case) -> &Option<String>);

/// An audit that is done, looked through for what is not there.
struct Look<'a> {
    register: &'a Register,
    audit: &'a Audit,
    facts: &'a AuditFacts,
}

impl Look<'_> {
    fn agreement(&self) -> Option<String> {
        if let [only] = &self.audit.agencies[..] {
            let only = self.register.agency_short(only);
            return Some(format!(
                "Every answer stands under one agency ({only}): whether agencies agree about the same child, or which of several said what, cannot be known."
            ));
        }
        (!self.two_answered_the_same()).then(|| {
            "No question about any child was answered by two agencies: whether they agree cannot be known.".into()
        })
    }

    /// Whether two agencies answered the same question about any child.
    fn two_answered_the_same(&self) -> bool {
        let questions = self.facts.questions.len();
        let mut answered = vec![false; questions * self.facts.cases.len()];
        let mut rows = self.answers();
        rows.any(|(sheet, row)| {
            let at = questions * sheet.case as usize + usize::from(row.question);
            std::mem::replace(&mut answered[at], true)
        })
    }

    /// The answers that count, each with its sheet.
    fn answers(&self) -> impl Iterator<Item = (&Sheet, &Row)> {
        let sheets = self.facts.forms.iter().filter(|sheet| sheet.submitted);
        sheets.flat_map(|sheet| sheet.counted().map(move |row| (sheet, row)))
    }

    /// Questions that no submitted form answers, though the audit asks them.
    fn unanswered_questions(&self) -> Option<String> {
        let mut answered = vec![false; self.facts.questions.len()];
        self.answers()
            .for_each(|(_, row)| answered[usize::from(row.question)] = true);
        let tool = self.tool()?;
        let questions = self.facts.questions.iter().zip(answered);
        let codes: Vec<&str> = questions
            .filter(|(asked, answered)| {
                !answered && asked.condition.is_none() && asked.asked_of.contains(&true)
            })
            .filter_map(|(asked, _)| Some(tool.question(&asked.id)?.code.as_str()))
            .collect();
        let more = if codes.len() > NAMED {
            " and others"
        } else {
            ""
        };
        let named = codes[..codes.len().min(NAMED)].join(", ");
        (!codes.is_empty())
            .then(|| format!("Nobody answered {named}{more}: what they ask about cannot be known."))
    }

    fn blanks(&self) -> Option<String> {
        let is_blank = |row: &Row| {
            let outcomes = &self.facts.questions[usize::from(row.question)].outcomes;
            outcomes.get(row.outcome).blank().is_some()
        };
        (!self.answers().any(|(_, row)| is_blank(row))).then(|| {
            "No answer says not applicable or not evidenced: where an answer is missing, which of the two it was, or whether it was left out, cannot be known.".into()
        })
    }

    fn notes(&self) -> Option<String> {
        (!self.answers().any(|(_, row)| row.noted)).then(|| {
            "No answer has a note: what the auditors saw, and why they answered so, cannot be known.".into()
        })
    }

    fn overall_grades(&self) -> Option<String> {
        let given = self.facts.graded(&Filter::default()).next();
        given.is_none().then(|| {
            "No form gives an overall grade: how good the work with any one child was as a whole cannot be known.".into()
        })
    }

    fn panel(&self) -> Option<String> {
        let mut judgements = self.register.judgements.values();
        let judged = judgements.any(|judgement| {
            let case = self.register.cases.get(&judgement.case);
            case.is_some_and(|case| case.audit == self.facts.audit)
        });
        (!judged).then(|| {
            "No judgement of a panel is kept: whether a panel saw the answers otherwise cannot be known.".into()
        })
    }

    /// What is said of no child at all.
    fn children(&self) -> Option<String> {
        let fields: [Field; 4] = [
            ("age", |case| &case.age_band),
            ("sex", |case| &case.sex),
            ("ethnicity", |case| &case.ethnicity),
            ("plan", |case| &case.plan),
        ];
        let nowhere = |field: fn(&Case) -> &Option<String>| {
            let mut cases = self.facts.cases.iter();
            cases.all(|(_, case)| field(case).is_none())
        };
        let absent = fields.into_iter().filter(|(_, field)| nowhere(*field));
        let absent: Vec<&str> = absent.map(|(words, _)| words).collect();
        let (last, first) = absent.split_last()?;
        let named = match first {
            [] => (*last).to_owned(),
            _ => format!("{} or {last}", first.join(", ")),
        };
        Some(format!(
            "No child's {named} is given: whether the picture differs by it cannot be known."
        ))
    }

    fn dates(&self) -> Option<String> {
        let given = |sheet: &Sheet| !sheet.dates.is_empty();
        let own = self.facts.forms.iter().filter(|sheet| sheet.submitted);
        let any = own.chain(&self.facts.judged).any(given);
        (!any).then(|| "There are no dates: whether timescales were met cannot be known.".into())
    }

    fn period(&self) -> Option<String> {
        let scope = &self.audit.scope;
        (scope.from.is_none() && scope.to.is_none()).then(|| {
            "The scope gives no period: of which months' practice the answers tell cannot be known.".into()
        })
    }

    fn sample(&self) -> Option<String> {
        let scope = &self.audit.scope;
        let nothing = scope.method.is_empty() && scope.population.is_none();
        nothing.then(|| {
            "The scope does not say how the cases were picked: for how many other children they stand cannot be known.".into()
        })
    }

    fn tool(&self) -> Option<&Tool> {
        self.register.tool(&self.facts.tool)
    }
}
