//! `goldthread merge FILE RETURN... [--dry-run] [--json]`

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use chrono::Utc;
use serde_json::{Value, json};

use super::failure::Failure;
use super::place::{self, Place};
use super::words::counted;
use crate::domain::form::FormStatus;
use crate::exchange::return_workbook::CellProblem;
use crate::session::Error;
use crate::session::jobs::{self, Brought, FormBrought, MergePreview, MergeRequest};

/// Arguments of `merge`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The register.
    file: PathBuf,
    /// The returns, in any order.
    #[arg(required = true, value_name = "RETURN")]
    returns: Vec<PathBuf>,
    /// Say what merging would do, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
    /// Merge the other returns when some are refused.
    #[arg(long)]
    skip_refused: bool,
    /// Bring what was taken back of these files when an earlier merge was undone.
    #[arg(long)]
    again: bool,
    /// Take also what a return changes of the audit itself: this register was put back from a copy
    /// that is older than the return.
    #[arg(long)]
    audit_too: bool,
    /// File whose first line is the passphrase of a return; may be given several times.
    #[arg(long, value_name = "PATH")]
    return_passphrase_file: Vec<PathBuf>,
}

/// How it went.
struct Outcome {
    preview: MergePreview,
    again: bool,
    copy: Option<PathBuf>,
    merged: bool,
    /// Why nothing was merged.
    refused: Option<String>,
}

pub(super) fn run(
    arguments: &Arguments,
    place: &Place,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let own = arguments.return_passphrase_file.iter();
    let mut passphrases = own
        .map(|path| place::first_line(path))
        .collect::<Result<Vec<_>, _>>()?;
    passphrases.extend(place.passphrase.clone());
    let request = MergeRequest {
        files: arguments.returns.clone(),
        passphrases,
        skip_refused: arguments.skip_refused,
        again: arguments.again,
        audit_too: arguments.audit_too,
    };
    let outcome = if arguments.dry_run {
        preview(arguments, place, &request)?
    } else {
        merge(arguments, place, &request)?
    };
    if arguments.json {
        writeln!(out, "{:#}", in_json(arguments, &outcome))?;
    } else {
        tell(&outcome, out)?;
    }
    outcome
        .refused
        .map_or(Ok(()), |why| Err(Failure::Refused(why)))
}

fn preview(
    arguments: &Arguments,
    place: &Place,
    request: &MergeRequest,
) -> Result<Outcome, Failure> {
    let document = place.open_to_read(&arguments.file)?;
    let never = AtomicBool::new(false);
    let preview = jobs::merge_preview(&document, request, &mut |_| (), &never)?;
    let refused = preview.refused();
    Ok(Outcome {
        again: request.again,
        copy: None,
        merged: false,
        refused: (refused > 0 && !request.skip_refused).then(|| {
            let files = counted(refused, "file");
            format!("Nothing would be merged: {files} would be refused.")
        }),
        preview,
    })
}

fn merge(arguments: &Arguments, place: &Place, request: &MergeRequest) -> Result<Outcome, Failure> {
    let mut document = place.open(&arguments.file)?;
    let never = AtomicBool::new(false);
    let author = &place.author;
    let merged = jobs::merge(
        &mut document,
        request,
        author,
        Utc::now(),
        &mut |_| (),
        &never,
    );
    match merged {
        Ok(merged) => Ok(Outcome {
            preview: merged.preview,
            again: request.again,
            copy: merged.copy,
            merged: true,
            refused: None,
        }),
        Err(Error::SomeRefused { why, preview }) => Ok(Outcome {
            preview: *preview,
            again: request.again,
            copy: None,
            merged: false,
            refused: Some(why),
        }),
        Err(other) => Err(other.into()),
    }
}

fn tell(outcome: &Outcome, out: &mut dyn Write) -> Result<(), Failure> {
    let mut conflicts = 0;
    for file in &outcome.preview.files {
        let name = file.path.display();
        match &file.brings {
            Err(why) => {
                writeln!(out, "{name}: refused. {why}")?;
                for problem in &file.problems {
                    writeln!(out, "  {problem}")?;
                }
            }
            Ok(brought) => {
                conflicts += brought.conflicts();
                tell_brought(&file.path, brought, outcome.again, out)?;
            }
        }
    }
    if conflicts > 0 {
        let both = "both versions are kept, and one stands until somebody settles it";
        writeln!(out, "{}: {both}.", counted(conflicts, "conflict"))?;
    }
    if let Some(copy) = &outcome.copy {
        writeln!(out, "The file as it was before is {}.", copy.display())?;
    }
    Ok(())
}

fn tell_brought(
    path: &Path,
    brought: &Brought,
    again: bool,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let (agency, title) = (&brought.agency, &brought.audit_title);
    let mut news = match brought.new_changes {
        0 => "nothing new".to_owned(),
        some => counted(some, "new change"),
    };
    news += &match (brought.undone, again) {
        (0, _) => String::new(),
        (some, true) => format!(", {} brought back", counted(some, "record")),
        (some, false) => format!(
            ", but {} of it taken back when a merge was undone; --again brings that back",
            counted(some, "record")
        ),
    };
    match brought.is_state {
        true => writeln!(out, "{}: a copy of this file: {news}", path.display())?,
        false => writeln!(out, "{}: {agency}, “{title}”: {news}", path.display())?,
    }
    // The forms of every audit and agency are too many to be told one by one.
    let told = |form: &&FormBrought| !brought.is_state || form.is_news();
    for form in brought.forms.iter().filter(told) {
        writeln!(out, "  {}", line(form))?;
    }
    if brought.forms_away + brought.answers_away > 0 {
        let forms = counted(brought.forms_away, "form");
        let answers = counted(brought.answers_away, "answer");
        writeln!(
            out,
            "  It takes away {forms} that are here, with {answers}."
        )?;
    }
    if brought.audit_records_changed > 0 {
        let records = counted(brought.audit_records_changed, "record");
        let of = match brought.is_state {
            true => "that are on no form",
            false => "of the audit itself",
        };
        writeln!(out, "  It changes {records} {of}.")?;
    }
    Ok(())
}

fn line(form: &FormBrought) -> String {
    let status = |status: Option<FormStatus>| status.map_or("no form", FormStatus::label);
    let (before, after) = (status(form.status_before), status(form.status_after));
    let mut line = format!("{}: {after}", form.case);
    if before != after {
        line += &format!(" (was: {before})");
    }
    line += &format!(
        "; {} new, {} changed, {} taken back, {} unchanged",
        form.new, form.changed, form.taken_back, form.unchanged
    );
    if !form.conflicts.is_empty() {
        line += &format!(", {}", counted(form.conflicts.len(), "conflict"));
    }
    if form.withdrawn {
        line += "; the case was withdrawn, so this is kept in the history only";
    }
    line
}

fn in_json(arguments: &Arguments, outcome: &Outcome) -> Value {
    let returns = outcome.preview.files.iter().map(|file| {
        let name = file.path.display().to_string();
        match &file.brings {
            Err(why) => json!({
                "file": name,
                "refused": why,
                "problems": file.problems.iter().map(problem_in_json).collect::<Vec<_>>(),
            }),
            Ok(brought) => json!({
                "file": name,
                "refused": null,
                "copy": brought.is_state,
                "agency": brought.agency,
                "audit": brought.audit,
                "title": brought.audit_title,
                "new_changes": brought.new_changes,
                "undone": brought.undone,
                "forms_away": brought.forms_away,
                "answers_away": brought.answers_away,
                "audit_records_changed": brought.audit_records_changed,
                "audit_records_conflicting": brought.audit_records_conflicting,
                "forms": brought.forms.iter().map(form_in_json).collect::<Vec<_>>(),
            }),
        }
    });
    json!({
        "file": arguments.file.display().to_string(),
        "dry_run": arguments.dry_run,
        "again": arguments.again,
        "merged": outcome.merged,
        "copy": outcome.copy.as_ref().map(|copy| copy.display().to_string()),
        "returns": returns.collect::<Vec<_>>(),
    })
}

fn problem_in_json(problem: &CellProblem) -> Value {
    json!({"sheet": problem.sheet, "cell": problem.cell(), "message": problem.message})
}

fn form_in_json(form: &FormBrought) -> Value {
    json!({
        "form": form.form,
        "case": form.case,
        "status_before": form.status_before,
        "status_after": form.status_after,
        "new": form.new,
        "changed": form.changed,
        "taken_back": form.taken_back,
        "unchanged": form.unchanged,
        "conflicts": form.conflicts,
        "withdrawn": form.withdrawn,
    })
}
