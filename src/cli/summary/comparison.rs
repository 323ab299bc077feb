//! A re-audit beside the audit that it repeats, to read.

use std::io::{self, Write};

use crate::analysis::comparison::{Comparison, Side, Turn};
use crate::cli::table::Table;
use crate::cli::words::counted;
use crate::domain::dates::written_date;
use crate::domain::register::Register;

pub(super) fn write(
    register: &Register,
    comparison: &Comparison,
    out: &mut dyn Write,
) -> io::Result<()> {
    sides(comparison, out)?;
    let tool = register.tool(&comparison.later.tool);
    let code = |id: &str| {
        let question = tool.and_then(|tool| tool.question(id));
        question.map_or_else(|| id.to_owned(), |question| question.code.clone())
    };
    let mut table = Table::new(["Question by question", "earlier", "later", "", "difference"]);
    for question in &comparison.questions {
        table.row([
            code(&question.id),
            question.earlier.words(),
            question.later.words(),
            question.change.words().to_owned(),
            question
                .difference
                .map_or_else(String::new, |own| own.words()),
        ]);
    }
    writeln!(out)?;
    table.write(out)?;
    only(
        "Asked in the earlier audit only",
        &comparison.only_earlier,
        out,
    )?;
    only("Asked in the later audit only", &comparison.only_later, out)?;
    only(
        "Took part in one of them only",
        &comparison.agencies_differ,
        out,
    )?;
    same_cases(comparison, out)
}

fn sides(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(["Compared", "tool", "scale", "practice of", "cases", "forms"]);
    let mut row = |side: &Side| {
        let date = |date: Option<_>| date.map_or_else(|| "?".to_owned(), written_date);
        table.row([
            side.title.clone(),
            side.tool.clone(),
            side.scale.clone(),
            format!("{} to {}", date(side.from), date(side.to)),
            side.cases.to_string(),
            side.forms.to_string(),
        ]);
    };
    row(&comparison.earlier);
    row(&comparison.later);
    writeln!(out)?;
    table.write(out)
}

fn only(words: &str, ids: &[String], out: &mut dyn Write) -> io::Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    writeln!(out, "  {words}: {}.", ids.join(", "))
}

fn same_cases(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    if comparison.same_cases.is_empty() {
        return Ok(());
    }
    let sum = |turn: Turn| {
        let cases = comparison.same_cases.iter();
        let count: usize = cases.map(|case| case.turns.count(turn)).sum();
        format!("{count} {}", turn.words())
    };
    let turns = [
        Turn::StillFavourable,
        Turn::BecameFavourable,
        Turn::BecameUnfavourable,
        Turn::StillUnfavourable,
    ];
    writeln!(
        out,
        "  {} looked at again: {}.",
        counted(comparison.same_cases.len(), "case"),
        turns.map(sum).join(", ")
    )
}
