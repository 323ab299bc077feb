//! Agreement between agencies, and what the panel changed, to read.

use std::io::{self, Write};

use crate::analysis::agreement::{Agreement, Alphas, NoAlpha, OnQuestion, Over, Pairs, agreement};
use crate::analysis::panel_changes::{Moves, panel_changes};
use crate::analysis::{AuditFacts, Filter};
use crate::cli::table::Table;
use crate::domain::register::Register;
use crate::domain::score::count_words;

/// How many questions that are read differently are listed.
const LISTED: usize = 5;

pub(super) fn write(
    register: &Register,
    facts: &AuditFacts,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (found, samples) = agreement(facts, &Filter::default());
    if found.pairs.all == 0 {
        return Ok(());
    }
    let alphas = samples.alphas();
    let alpha = match alphas.over(&Over::Grades) {
        Some(Ok(alpha)) => format!("{} (Krippendorff, ordinal, all grades)", alpha.words()),
        _ => words(&alphas, &Over::Grades),
    };
    writeln!(
        out,
        "\n  Agreement between agencies on {} questions: {} the same, {} one step apart; alpha {alpha}.",
        found.covered.len(),
        count_words(found.pairs.same, found.pairs.all),
        found.pairs.adjacent
    )?;
    questions(register, facts, (&found, &alphas), out)?;
    agencies(register, &found, out)
}

/// Alpha with its interval, or why there is none.
fn words(alphas: &Alphas, over: &Over) -> String {
    match alphas.over(over) {
        Some(Ok(alpha)) => alpha.words(),
        Some(Err(why)) => why.words().to_owned(),
        None => NoAlpha::TooFew.words().to_owned(),
    }
}

fn questions(
    register: &Register,
    facts: &AuditFacts,
    (found, alphas): (&Agreement, &Alphas),
    out: &mut dyn Write,
) -> io::Result<()> {
    let differing = |on: &&OnQuestion| on.pairs.same < on.pairs.all;
    let first = found.by_question.iter().filter(differing).take(LISTED);
    let mut table = Table::new(
        headings("Read most differently")
            .into_iter()
            .chain(["alpha"]),
    );
    for on in first {
        let tool = register.tool(&facts.tool);
        let code = tool.and_then(|tool| tool.question(&on.question));
        let code = code.map_or(on.question.as_str(), |question| &question.code);
        let alpha = words(alphas, &Over::Question(on.question.clone()));
        table.row(cells(code, on.pairs).into_iter().chain([alpha]));
    }
    writeln!(out)?;
    table.write(out)
}

fn agencies(register: &Register, found: &Agreement, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(headings("Between agencies"));
    for between in &found.by_agencies {
        let (first, second) = &between.agencies;
        let names = [first, second].map(|code| register.agency_short(code));
        table.row(cells(&names.join(" and "), between.pairs));
    }
    writeln!(out)?;
    table.write(out)
}

fn headings(first: &str) -> [&str; 5] {
    [
        first,
        "pairs",
        "the same",
        "one step apart",
        "further apart",
    ]
}

fn cells(name: &str, pairs: Pairs) -> [String; 5] {
    [
        name.to_owned(),
        pairs.all.to_string(),
        pairs.same.to_string(),
        pairs.adjacent.to_string(),
        pairs.further.to_string(),
    ]
}

/// What the panel changed; nothing where it judged nothing.
pub(super) fn write_changes(
    register: &Register,
    facts: &AuditFacts,
    out: &mut dyn Write,
) -> io::Result<()> {
    let changes = panel_changes(register, facts, &Filter::default());
    if changes.all.judged() + changes.all.from_blank() == 0 {
        return Ok(());
    }
    let mut table = Table::new([
        "Changed at the panel",
        "judged",
        "the same",
        "more favourable",
        "less favourable",
        "otherwise",
        "from blank",
        "not judged",
    ]);
    let mut row = |name: &str, moves: &Moves| {
        let counts = [
            moves.judged(),
            moves.same(),
            moves.favourable(),
            moves.unfavourable(),
            moves.sideways(),
            moves.from_blank(),
            moves.unjudged(),
        ];
        let counts = counts.map(|count| count.to_string());
        table.row([name.to_owned()].into_iter().chain(counts));
    };
    for (code, moves) in &changes.by_agency {
        row(register.agency_short(code), moves);
    }
    row("All agencies", &changes.all);
    writeln!(out)?;
    table.write(out)
}
