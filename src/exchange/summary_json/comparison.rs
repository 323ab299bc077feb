//! A re-audit beside the audit that it repeats.

use chrono::NaiveDate;
use serde::Serialize;

use super::rounded;
use crate::analysis::comparison::{Change, Compared, Comparison, Counted, Side, Turn};

#[derive(Clone, Debug, Serialize)]
pub(super) struct ComparisonPart {
    earlier: SidePart,
    later: SidePart,
    questions: Vec<QuestionPart>,
    themes: Vec<ThemePart>,
    only_earlier: Vec<String>,
    only_later: Vec<String>,
    agencies_differ: Vec<String>,
    same_cases: SameCasesPart,
}

#[derive(Clone, Debug, Serialize)]
struct SidePart {
    audit: String,
    title: String,
    tool: String,
    scale: String,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    cases: usize,
    forms: usize,
}

#[derive(Clone, Debug, Serialize)]
struct QuestionPart {
    question: String,
    #[serde(flatten)]
    compared: ComparedPart,
}

#[derive(Clone, Debug, Serialize)]
struct ThemePart {
    theme: String,
    #[serde(flatten)]
    compared: ComparedPart,
}

#[derive(Clone, Debug, Serialize)]
struct ComparedPart {
    earlier: CountedPart,
    later: CountedPart,
    change: &'static str,
    words: String,
    difference: Option<DifferencePart>,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct CountedPart {
    favourable: usize,
    scored: usize,
    not_applicable: usize,
    not_evidenced: usize,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct DifferencePart {
    value: f64,
    low: f64,
    high: f64,
}

/// The same children looked at again, added up: how their answers turned out.
#[derive(Clone, Copy, Debug, Serialize)]
struct SameCasesPart {
    cases: usize,
    still_favourable: usize,
    became_favourable: usize,
    became_unfavourable: usize,
    still_unfavourable: usize,
}

pub(super) fn part(comparison: Comparison) -> ComparisonPart {
    let turns = |turn: Turn| {
        let cases = comparison.same_cases.iter();
        cases.map(|case| case.turns.count(turn)).sum()
    };
    ComparisonPart {
        same_cases: SameCasesPart {
            cases: comparison.same_cases.len(),
            still_favourable: turns(Turn::StillFavourable),
            became_favourable: turns(Turn::BecameFavourable),
            became_unfavourable: turns(Turn::BecameUnfavourable),
            still_unfavourable: turns(Turn::StillUnfavourable),
        },
        earlier: side(&comparison.earlier),
        later: side(&comparison.later),
        questions: (comparison.questions.into_iter())
            .map(|question| QuestionPart {
                question: question.id.clone(),
                compared: compared(&question),
            })
            .collect(),
        themes: (comparison.themes.into_iter())
            .map(|theme| ThemePart {
                theme: theme.id.clone(),
                compared: compared(&theme),
            })
            .collect(),
        only_earlier: comparison.only_earlier,
        only_later: comparison.only_later,
        agencies_differ: comparison.agencies_differ,
    }
}

fn side(side: &Side) -> SidePart {
    SidePart {
        audit: side.audit.to_string(),
        title: side.title.clone(),
        tool: side.tool.clone(),
        scale: side.scale.clone(),
        from: side.from,
        to: side.to,
        cases: side.cases,
        forms: side.forms,
    }
}

fn compared(compared: &Compared) -> ComparedPart {
    ComparedPart {
        earlier: counted(compared.earlier),
        later: counted(compared.later),
        change: match compared.change {
            Change::Improved => "improved",
            Change::Worse => "worse",
            Change::NoClearChange(_) => "no_clear_change",
            Change::TooFew(_) => "too_few",
            Change::NotCompared(_) => "not_compared",
        },
        words: compared.words(),
        difference: compared.difference.map(|difference| DifferencePart {
            value: rounded(difference.value),
            low: rounded(difference.low),
            high: rounded(difference.high),
        }),
    }
}

fn counted(counted: Counted) -> CountedPart {
    CountedPart {
        favourable: counted.favourable,
        scored: counted.scored,
        not_applicable: counted.not_applicable,
        not_evidenced: counted.not_evidenced,
    }
}
