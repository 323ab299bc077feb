//! `goldthread answer FILE --audit … --agency … --case …` (not listed in the help): fills in a form
//! from lines of `QUESTION NUMBER` on standard input, through the very session and worker that the
//! window uses, and says `saved QUESTION NUMBER` when an answer is on disk. The tests kill it.

use std::io::{BufRead as _, Write, stdin};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use chrono::Utc;

use super::failure::Failure;
use super::place::Place;
use crate::domain::answer::{Given, Value};
use crate::domain::form::{AgencyReturn, CaseForm};
use crate::domain::id::RecordId;
use crate::session::command::{Command, FormCommand};
use crate::session::{Notice, Opening, SaveState, Session, Start};

/// Arguments of `answer`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The file.
    file: PathBuf,
    /// Id or exact title of the audit.
    #[arg(long)]
    audit: String,
    /// Code of the agency.
    #[arg(long)]
    agency: String,
    /// Reference of the case.
    #[arg(long)]
    case: String,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let (wake, woken) = channel();
    let opening = Opening::Open(arguments.file.clone(), place.passphrase.clone());
    let start = Start {
        opening,
        catalogue: Arc::clone(&place.catalogue),
        author: place.author.clone(),
        clock: Arc::new(Utc::now),
        wake: Some(Arc::new(move || {
            // Nobody waits any more once this command has ended.
            let _ = wake.send(());
        })),
    };
    let mut session = Session::start(start)?;
    until(&mut session, &woken, |notice| {
        matches!(notice, Notice::Opened(_))
    })?;
    let form = form(&session, arguments)?;
    session.open_form(form);
    until(&mut session, &woken, |notice| {
        matches!(notice, Notice::FormOpened)
    })?;
    for line in stdin().lock().lines() {
        let line = line?;
        answer(&mut session, form, &line)?;
        while session.has_unsaved() {
            if woken.recv().is_err() {
                return Err(Failure::Refused("The file's thread ended.".into()));
            }
            session.notices();
            if let SaveState::Failed(why) = session.save_state() {
                return Err(Failure::Refused(why.clone()));
            }
        }
        writeln!(out, "saved {line}")?;
        out.flush()?;
    }
    Ok(())
}

/// Waits for the notice that `is_it` knows.
fn until(
    session: &mut Session,
    woken: &Receiver<()>,
    is_it: fn(&Notice) -> bool,
) -> Result<(), Failure> {
    loop {
        for notice in session.notices() {
            match notice {
                Notice::NotOpened(error) => return Err(error.into()),
                Notice::Failed(why) => return Err(Failure::Refused(why)),
                notice if is_it(&notice) => return Ok(()),
                _ => (),
            }
        }
        if woken.recv().is_err() {
            return Err(Failure::Refused("The file's thread ended.".into()));
        }
    }
}

fn form(session: &Session, arguments: &Arguments) -> Result<RecordId, Failure> {
    let register = session.register();
    let audit = register.find_audit(&arguments.audit);
    let audit = audit.ok_or_else(|| {
        Failure::Refused(format!(
            "There is no audit called “{}” in this file.",
            arguments.audit
        ))
    })?;
    let cases = register.cases_of(audit);
    let case = cases
        .iter()
        .find(|(_, case)| case.reference == arguments.case);
    let (case, _) = case.ok_or_else(|| {
        Failure::Refused(format!(
            "There is no case “{}” in this audit.",
            arguments.case
        ))
    })?;
    Ok(CaseForm::id(
        AgencyReturn::id(audit, &arguments.agency),
        *case,
    ))
}

fn answer(session: &mut Session, form: RecordId, line: &str) -> Result<(), Failure> {
    let usage = || Failure::Usage(format!("“{line}” is not a question and a number."));
    let (question, number) = line.split_once(' ').ok_or_else(usage)?;
    let Ok(number) = number.parse::<i64>() else {
        return Err(usage());
    };
    let give = FormCommand::Give {
        question: question.to_owned(),
        given: Some(Given::Value(Value::Number(number))),
    };
    let applied = session.apply(&Command::Form(form, Box::new(give)));
    applied.map_err(|refused| Failure::Refused(refused.to_string()))
}
