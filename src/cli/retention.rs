//! `goldthread retention FILE [--json]`, and with `--audit AUDIT` one thing to do about its forms.

use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use chrono::{Local, NaiveDate, Utc};
use serde_json::{Value as Json, json};

use super::failure::Failure;
use super::place::{Place, audit};
use super::words::counted;
use crate::domain::id::RecordId;
use crate::session::Document;
use crate::session::command::RetentionCommand;
use crate::session::jobs::{
    Kept, kept_forms, older_copies, remove_forms, save_certificate, set_retention,
};
use crate::session::settings::{Settings, SettingsFile};
use crate::store::FormsRemoved;

/// Arguments of `retention`.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").args(["date", "no_date", "hold", "release", "remove"]))]
pub struct Arguments {
    /// The register.
    file: PathBuf,
    /// Answer in JSON.
    #[arg(long, conflicts_with = "what")]
    json: bool,
    /// The audit whose forms it is about, by id or exact title.
    #[arg(long, value_name = "AUDIT", requires = "what")]
    audit: Option<String>,
    /// Keep the forms until this day, such as 2027-03-31.
    #[arg(long, requires = "audit", value_parser = super::words::day)]
    date: Option<NaiveDate>,
    /// Keep the forms until a date is set.
    #[arg(long, requires = "audit")]
    no_date: bool,
    /// Place a legal hold, for this reason: nothing can be removed.
    #[arg(long, value_name = "WORDS", requires = "audit")]
    hold: Option<String>,
    /// Release the legal hold, for this reason.
    #[arg(long, value_name = "WORDS", requires = "audit")]
    release: Option<String>,
    /// Remove the forms for good, once their date is over. Name the audit by its exact title.
    #[arg(long, requires = "audit")]
    remove: bool,
    /// Write the certificate of the removal here.
    #[arg(long, value_name = "OUT", requires = "remove")]
    certificate: Option<PathBuf>,
    /// Keep forms for so many months after an audit is closed, from now on.
    #[arg(long, value_name = "NUMBER", conflicts_with = "what")]
    months: Option<u32>,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if let Some(months) = arguments.months {
        let command = RetentionCommand::Period(Some(months));
        return set(&mut place.open(&arguments.file)?, command, place, out);
    }
    let Some(name) = arguments.audit.as_deref() else {
        let document = place.open_to_read(&arguments.file)?;
        return list(&document, arguments.json, out);
    };
    let mut document = place.open(&arguments.file)?;
    let Some(audit) = audit(&document, Some(name))? else {
        return Ok(());
    };
    match command(arguments, audit, place) {
        Some(command) => set(&mut document, command, place, out),
        None => remove(&mut document, audit, name, arguments, place, out),
    }
}

/// What is to be set; nothing where the forms are to be removed.
fn command(arguments: &Arguments, audit: RecordId, place: &Place) -> Option<RetentionCommand> {
    let date = arguments.date;
    let hold = arguments.hold.clone();
    let release = arguments.release.clone();
    if date.is_some() || arguments.no_date {
        return Some(RetentionCommand::KeepUntil(audit, date));
    }
    let by = place.author.role.clone();
    hold.map(|reason| RetentionCommand::Hold { audit, reason, by })
        .or_else(|| release.map(|reason| RetentionCommand::Release { audit, reason }))
}

fn set(
    document: &mut Document,
    command: RetentionCommand,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    set_retention(document, command, &place.author, Utc::now())?;
    list(document, false, out)
}

fn remove(
    document: &mut Document,
    audit: RecordId,
    title: &str,
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let (author, now) = (&place.author, Utc::now());
    let cancel = AtomicBool::new(false);
    let removed = remove_forms(document, audit, title, author, now, &mut |_| (), &cancel)?;
    told(&removed, out)?;
    if let Some(to) = &arguments.certificate {
        save_certificate(document, audit, to)?;
        writeln!(out, "The certificate is in {}.", to.display())?;
    }
    let settings: Settings = SettingsFile::usual().read();
    let folder = settings.copies_folder(document.store().path());
    for copy in older_copies(document, audit, &folder, place.passphrase.as_ref()) {
        writeln!(out, "This copy still holds them: {}", copy.display())?;
    }
    writeln!(
        out,
        "Backups, return files, workbooks and exports made before may hold them too: look for them and delete them."
    )?;
    Ok(())
}

fn told(removed: &FormsRemoved, out: &mut dyn Write) -> Result<(), Failure> {
    let removal = &removed.removal;
    let records: usize = removal.records.values().sum();
    writeln!(
        out,
        "Removed {} with {}; the file was written anew without them.",
        counted(records, "record"),
        counted(removal.versions, "kept version"),
    )?;
    Ok(())
}

fn list(document: &Document, as_json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let today = Utc::now().with_timezone(&Local).date_naive();
    let kept = kept_forms(document.register(), today);
    if as_json {
        let partnership = document.register().partnership();
        let months = partnership.and_then(|own| own.keep_months);
        let audits: Vec<Json> = kept.iter().map(in_json).collect();
        let answer = json!({"keep_months": months, "audits": audits});
        writeln!(out, "{answer:#}")?;
        return Ok(());
    }
    for own in &kept {
        writeln!(out, "{}: {}", own.title, stands(own))?;
    }
    let due = kept.iter().filter(|own| own.due).count();
    writeln!(
        out,
        "The forms of {} can be removed.",
        counted(due, "audit")
    )?;
    Ok(())
}

fn stands(own: &Kept) -> String {
    let retention = &own.retention;
    if let Some(removed) = &retention.removed {
        return format!("forms removed on {}", removed.at.date_naive());
    }
    let until = retention.keep_until.map_or_else(
        || "kept until a date is set".to_owned(),
        |date| format!("kept until {date}"),
    );
    let forms = counted(own.forms, "form");
    match &retention.hold {
        Some(hold) => {
            let since = hold.since.date_naive();
            format!(
                "{forms}, {until}; legal hold since {since}: {}",
                hold.reason
            )
        }
        None if own.due => format!("{forms}, {until}; can be removed"),
        None => format!("{forms}, {until}"),
    }
}

fn in_json(own: &Kept) -> Json {
    let retention = &own.retention;
    json!({
        "audit": own.audit,
        "title": own.title,
        "cases": own.cases,
        "forms": own.forms,
        "keep_until": retention.keep_until,
        "hold": retention.hold,
        "due": own.due,
        "removed": retention.removed,
    })
}
