//! A tool on paper: a blank form for an agency, or the form it has filled in for one case.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::answer::{Answer, Blank, Given, Note, Value};
use crate::domain::dates::written_date;
use crate::domain::flow::{Answers, FormState};
use crate::domain::form::CaseForm;
use crate::domain::tool::{Choice, Kind, Question, Tool};
use crate::exchange::document::{Grid, Paper};
use crate::exchange::free_text::Outgoing;

const EMPTY_BOX: char = '☐';
const TICKED_BOX: char = '☒';
/// Room to write by hand.
const ROOM: &str = "\n\n";

/// A form that is filled in.
#[derive(Clone, Copy)]
pub struct FilledForm<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// The form.
    pub form: &'a CaseForm,
    /// Its answers.
    pub answers: &'a Answers,
    /// Its key dates.
    pub dates: &'a BTreeMap<String, NaiveDate>,
}

impl FilledForm<'_> {
    /// What people wrote on the form of the agency with this code and goes onto paper, each with its
    /// place.
    pub fn written(&self, tool: &Tool, code: &str) -> Vec<Outgoing> {
        let form = self.form;
        let own = [
            ("role", &form.role),
            ("overall reason", &form.overall_reason),
        ];
        let own = own.map(|(name, text)| (name.to_owned(), text.clone()));
        let asked = asked(tool, Some((code, "")), Some(self), self.answers);
        let answered = asked.into_iter().filter_map(|question| {
            let answer = self.answers.get(&question.id)?;
            Some((&question.code, answer))
        });
        let answers = answered.flat_map(|(code, answer)| {
            let place = move |part: &str| format!("{code}, {}", part.to_lowercase());
            let value = answer.value().map(Value::chosen).unwrap_or_default();
            let value = value.iter().map(move |text| (place("value"), text.clone()));
            let notes = Note::ALL.map(|note| (place(note.label()), answer.note(note).to_owned()));
            value.chain(notes)
        });
        let all = own.into_iter().chain(answers);
        all.filter(|(_, text)| !text.is_empty())
            .map(|(place, text)| Outgoing {
                place: format!("{}, {code}, {place}", self.reference),
                text,
            })
            .collect()
    }
}

/// Makes the form of `tool` for the agency with this code and name, or for every agency; blank, or
/// as it is filled in. `footer` stands on every page.
pub fn form_paper(
    tool: &Tool,
    agency: Option<(&str, &str)>,
    filled: Option<&FilledForm<'_>>,
    footer: &str,
) -> Paper {
    let title = format!("{} (version {})", tool.title, tool.version);
    let mut paper = Paper::new(title.clone(), footer);
    paper.title(title);
    paper.paragraph(tool.purpose.clone());
    head(&mut paper, agency, filled);
    if tool.safety_question.is_some() {
        paper.note(SAFETY);
    }
    key_dates(&mut paper, tool, agency, filled);
    let nothing = Answers::new();
    let answers = filled.map_or(&nothing, |filled| filled.answers);
    let asked = asked(tool, agency, filled, answers);
    for section in &tool.sections {
        let own: Vec<_> = asked
            .iter()
            .filter(|question| question.section == section.id)
            .collect();
        if own.is_empty() {
            continue;
        }
        paper.heading(1, section.title.clone());
        for question in own {
            ask(
                &mut paper,
                tool,
                question,
                answers.get(&question.id),
                filled.is_some(),
            );
        }
    }
    overall(&mut paper, tool, filled);
    paper
}

const SAFETY: &str = "If anything you read makes you think that a child may not be safe today, stop: \
tell your agency’s safeguarding lead and the front door the same day by the usual route, and dial \
999 if the danger is immediate. This form is not a referral.";

/// What is asked: on a blank form everything the agency could be asked, on a filled one what it was.
fn asked<'a>(
    tool: &'a Tool,
    agency: Option<(&'a str, &'a str)>,
    filled: Option<&FilledForm<'_>>,
    answers: &'a Answers,
) -> Vec<&'a Question> {
    match (agency, filled) {
        (Some((code, _)), Some(_)) => FormState {
            tool,
            agency: code,
            answers,
        }
        .asked(),
        (Some((code, _)), None) => tool.questions.iter().filter(|q| q.is_for(code)).collect(),
        (None, _) => tool.questions.iter().collect(),
    }
}

fn head(paper: &mut Paper, agency: Option<(&str, &str)>, filled: Option<&FilledForm<'_>>) {
    let form = filled.map(|filled| filled.form);
    let rows = [
        (
            "Case reference",
            filled.map_or("", |filled| filled.reference),
        ),
        ("Agency", agency.map_or("", |(_, name)| name)),
        (
            "Auditor’s role (never a name)",
            form.map_or("", |form| form.role.as_str()),
        ),
        ("Status", form.map_or("", |form| form.status.label())),
    ];
    let rows = rows.map(|(name, words)| vec![name.to_owned(), words.to_owned()]);
    paper.table(Grid::of_rows(rows.to_vec()), "");
}

fn key_dates(
    paper: &mut Paper,
    tool: &Tool,
    agency: Option<(&str, &str)>,
    filled: Option<&FilledForm<'_>>,
) {
    let asked = tool.key_dates.iter().filter(|date| {
        agency.is_none_or(|(code, _)| {
            let mut codes = date.agencies.iter();
            codes.any(|own| own == code || own == crate::domain::tool::EVERY_AGENCY)
        })
    });
    let rows: Vec<Vec<String>> = asked
        .map(|date| {
            let given = filled.and_then(|filled| filled.dates.get(&date.id));
            let words = given.map_or_else(String::new, |given| written_date(*given));
            vec![date.label.clone(), words]
        })
        .collect();
    if !rows.is_empty() {
        paper.heading(1, "Key dates (day/month/year)");
        paper.table(Grid::of_rows(rows), "");
    }
}

fn ask(paper: &mut Paper, tool: &Tool, question: &Question, answer: Option<&Answer>, filled: bool) {
    paper.heading(3, format!("{} {}", question.code, question.text));
    let mut hints = vec![question.hint.clone(), condition(tool, question)];
    if !question.look_for.is_empty() {
        hints.push(format!("Look for: {}", question.look_for.join("; ")));
    }
    hints.retain(|hint| !hint.is_empty());
    if !hints.is_empty() {
        paper.hint(hints.join("\n"));
    }
    let mut rows = vec![vec![
        "Answer".to_owned(),
        answer_line(tool, question, answer),
    ]];
    rows.extend(Note::ALL.map(|note| {
        let words = answer.map_or("", |answer| answer.note(note));
        let words = if filled { words } else { ROOM };
        vec![note.label().to_owned(), words.to_owned()]
    }));
    // A filled form shows what was written, not what was not.
    rows.retain(|row| !filled || row[0] == "Answer" || !row[1].is_empty());
    paper.table(Grid::of_rows(rows), "");
}

fn condition(tool: &Tool, question: &Question) -> String {
    let Some(condition) = &question.asked_if else {
        return String::new();
    };
    let Some(earlier) = tool.question(&condition.question) else {
        return String::new();
    };
    let options = tool.options(earlier);
    let answers: Vec<&str> = options
        .iter()
        .filter(|option| condition.is.contains(&option.id))
        .map(|option| option.label.as_str())
        .collect();
    format!(
        "Only if {} is answered: {}",
        earlier.code,
        answers.join(" or ")
    )
}

/// The boxes to tick, or the line to write on.
fn answer_line(tool: &Tool, question: &Question, answer: Option<&Answer>) -> String {
    let value = answer.and_then(Answer::value);
    let mut parts: Vec<String> = tool
        .options(question)
        .iter()
        .map(|option: &Choice| {
            let ticked = value.is_some_and(|value| value.chosen().contains(&option.id));
            boxed(ticked, &option.label)
        })
        .collect();
    if !question.kind.is_picked() {
        let words = value.map_or_else(String::new, |value| tool.words(question, value));
        parts.push(if words.is_empty() {
            line(question)
        } else {
            words
        });
    }
    for blank in Blank::ALL {
        let ticked = answer.is_some_and(|answer| answer.given == Some(Given::Blank(blank)));
        parts.push(boxed(ticked, blank.label()));
    }
    parts.join("   ")
}

fn boxed(ticked: bool, label: &str) -> String {
    let mark = if ticked { TICKED_BOX } else { EMPTY_BOX };
    // A box stays with its words when the line breaks.
    format!("{mark}\u{a0}{}", label.replace(' ', "\u{a0}"))
}

fn line(question: &Question) -> String {
    match (question.kind, &question.ratio) {
        (Kind::Date, _) => "__ / __ / ____".into(),
        (Kind::Number, _) => format!("______ {}", question.unit),
        (Kind::Ratio, Some(words)) => format!("____ {} of ____ {}", words.part, words.whole),
        _ => ROOM.into(),
    }
}

fn overall(paper: &mut Paper, tool: &Tool, filled: Option<&FilledForm<'_>>) {
    let graded = tool
        .questions
        .iter()
        .any(|question| question.kind == Kind::Grade);
    let Some(scale) = tool.scale(&tool.grade_scale).filter(|_| graded) else {
        return;
    };
    let form = filled.map(|filled| filled.form);
    let given = form.and_then(|form| form.overall.as_deref());
    let boxes: Vec<String> = scale
        .values
        .iter()
        .map(|value| boxed(given == Some(value.id.as_str()), &value.label))
        .collect();
    let reason = form.map_or(ROOM, |form| form.overall_reason.as_str());
    paper.heading(1, "Overall grade of our own agency’s practice");
    paper.table(
        Grid::of_rows(vec![
            vec!["Grade".to_owned(), boxes.join("   ")],
            vec!["Why".to_owned(), reason.to_owned()],
        ]),
        "",
    );
}
