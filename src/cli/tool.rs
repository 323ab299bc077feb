//! `goldthread tool list | show | check | add`

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::add_tool;
use super::failure::Failure;
use super::place::Place;
use super::words::counted;
use crate::domain::tool::check::read_tool;
use crate::domain::tool::{Kind, Question, Tool};
use crate::exchange::file;

/// The subcommands of `tool`.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// List the tools that come with the program.
    List {
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print a tool to read: its sections, questions and who answers.
    Show {
        /// The tool, such as neglect or neglect@1.
        id: String,
    },
    /// List everything that is wrong with a tool file.
    Check {
        /// The tool file.
        tool: PathBuf,
    },
    /// Add a tool file to a register.
    Add {
        /// The register.
        file: PathBuf,
        /// The tool file.
        tool: PathBuf,
    },
}

pub(super) fn run(command: &Command, place: &Place, out: &mut dyn Write) -> Result<(), Failure> {
    match command {
        Command::List { json } => list(place, *json, out),
        Command::Show { id } => {
            let tool = place.catalogue.tool(id);
            let none = || Failure::Refused(format!("There is no built-in tool “{id}”."));
            show(tool.ok_or_else(none)?, out)
        }
        Command::Check { tool } => {
            let found = read(tool, place, out)?;
            let (name, count) = (found.name(), main_questions(&found));
            writeln!(
                out,
                "{} is in order: {name}, {count} questions.",
                tool.display()
            )?;
            Ok(())
        }
        Command::Add { file, tool } => add_tool::run(file, &read(tool, place, out)?, place, out),
    }
}

/// Reads a tool file; its problems, each with line and column, go to stdout.
fn read(path: &Path, place: &Place, out: &mut dyn Write) -> Result<Tool, Failure> {
    let text = file::read_text(path)?;
    let problems = match read_tool(&text, &place.catalogue) {
        Ok(tool) => return Ok(tool),
        Err(problems) => problems,
    };
    for problem in &problems {
        writeln!(out, "{}: {problem}", path.display())?;
    }
    Err(Failure::Refused(format!(
        "{} is not a tool that can be used: {}.",
        path.display(),
        counted(problems.len(), "problem")
    )))
}

/// Questions that are not a part of another one's card.
fn main_questions(tool: &Tool) -> usize {
    let questions = tool.questions.iter();
    questions
        .filter(|question| question.part_of.is_none())
        .count()
}

fn list(place: &Place, json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let tools = &place.catalogue.tools;
    if json {
        let tools: Vec<_> = tools
            .iter()
            .map(|tool| {
                json!({"id": tool.name(), "title": tool.title, "purpose": tool.purpose,
                       "prefix": tool.prefix, "grade_scale": tool.grade_scale,
                       "questions": main_questions(tool)})
            })
            .collect();
        writeln!(out, "{:#}", json!({ "tools": tools }))?;
        return Ok(());
    }
    let width = tools.iter().map(|tool| tool.name().chars().count()).max();
    for tool in tools {
        let width = width.unwrap_or(0);
        let questions = main_questions(tool);
        writeln!(
            out,
            "{:width$}  {} ({questions} questions)",
            tool.name(),
            tool.title
        )?;
    }
    Ok(())
}

fn show(tool: &Tool, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{} ({})", tool.title, tool.name())?;
    writeln!(out, "{}", tool.purpose)?;
    if !tool.hypotheses.is_empty() {
        writeln!(out, "\nHypotheses")?;
        for hypothesis in &tool.hypotheses {
            writeln!(out, "  {}  {}", hypothesis.id, hypothesis.text)?;
        }
    }
    for section in &tool.sections {
        let questions: Vec<_> = tool.questions_in(&section.id).collect();
        if !questions.is_empty() {
            writeln!(out, "\n{}", section.title)?;
        }
        for question in questions {
            show_question(tool, question, out)?;
        }
    }
    if !tool.key_dates.is_empty() {
        writeln!(out, "\nKey dates")?;
        for date in &tool.key_dates {
            writeln!(out, "  {} ({})", date.label, date.agencies.join(", "))?;
        }
    }
    Ok(())
}

fn show_question(tool: &Tool, question: &Question, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "\n  {}  {}", question.code, question.text)?;
    let agencies = question.agencies.join(", ");
    let theme = &question.theme;
    writeln!(out, "       {}; {agencies}; {theme}", kind(tool, question))?;
    if let Some(condition) = &question.asked_if {
        let answers = condition.is.join(" or ");
        writeln!(out, "       only if {} is {answers}", condition.question)?;
    }
    for line in &question.look_for {
        writeln!(out, "       - {line}")?;
    }
    Ok(())
}

fn kind(tool: &Tool, question: &Question) -> String {
    let labels = || {
        let options = tool.options(question).into_iter();
        options.map(|option| option.label).collect::<Vec<_>>()
    };
    match question.kind {
        Kind::Grade | Kind::YesPartlyNo | Kind::PickOne => labels().join(" / "),
        Kind::PickMany => format!("any of: {}", labels().join(" / ")),
        Kind::Date => "a date".into(),
        Kind::Text => "words".into(),
        Kind::Number if question.unit.is_empty() => "a number".into(),
        Kind::Number => format!("a number of {}", question.unit),
        Kind::Ratio => question.ratio.as_ref().map_or_else(
            || "a count out of a count".to_owned(),
            |words| format!("{} out of {}", words.part, words.whole),
        ),
    }
}
