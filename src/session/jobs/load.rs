//! Loads the case-level data of an audit from a file: all of it in one change, or nothing.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Utc};

use super::{Progress, Watch};
use crate::domain::revision::{Author, Change};
use crate::exchange::data_json::{self, Loaded};
use crate::exchange::{ExchangeError, file};
use crate::session::document::Document;
use crate::session::error::Result;

/// Loads the data file at `path` as a new audit.
///
/// # Errors
/// When the file cannot be read or holds anything that cannot be taken, with every problem; when
/// the document cannot be written; when the job was cancelled. The document is then as it was.
pub fn load(
    document: &mut Document,
    path: &Path,
    author: &Author,
    now: DateTime<Utc>,
    report: &mut dyn FnMut(Progress),
    cancel: &AtomicBool,
) -> Result<Loaded> {
    let mut watch = Watch { report, cancel };
    watch.step("Reading the file", 0, 0)?;
    document.store().refuse_own(path)?;
    let text = file::read_text(path)?;
    take(document, &text, path, author, now, &mut watch)
}

/// Loads the text of a data file that is not on disk; `name` stands for it in errors.
///
/// # Errors
/// As [`load`].
pub fn load_text(
    document: &mut Document,
    text: &str,
    name: &str,
    author: &Author,
    now: DateTime<Utc>,
) -> Result<Loaded> {
    let never = AtomicBool::new(false);
    let mut watch = Watch {
        report: &mut |_| (),
        cancel: &never,
    };
    take(document, text, Path::new(name), author, now, &mut watch)
}

fn take(
    document: &mut Document,
    text: &str,
    path: &Path,
    author: &Author,
    now: DateTime<Utc>,
    watch: &mut Watch<'_>,
) -> Result<Loaded> {
    watch.step("Checking the data", 0, 0)?;
    let loaded =
        data_json::load(text, document.register(), document.catalogue()).map_err(|problems| {
            ExchangeError::BadData {
                path: path.to_owned(),
                problems,
            }
        })?;
    watch.step("Saving", 0, loaded.edits.len())?;
    document.commit(&Change {
        edits: loaded.edits.clone(),
        author: author.clone(),
        at: now,
        reason: Some(format!("Loaded from {}", file_name(path))),
    })?;
    Ok(loaded)
}

/// The name alone: the folders on somebody's laptop do not belong in the audit trail.
fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
