//! Reads every answer and key date that counts into columns.

use std::sync::atomic::AtomicBool;

use super::{Progress, Watch};
use crate::analysis::{Facts, FactsBuilder};
use crate::session::document::Document;
use crate::session::error::Result;

/// How many answers are read between two reports.
const STEP: usize = 10_000;

/// Reads the facts of a document.
///
/// # Errors
/// When the file cannot be read, or the job was cancelled.
pub fn facts(
    document: &Document,
    report: &mut dyn FnMut(Progress),
    cancel: &AtomicBool,
) -> Result<Facts> {
    read(document, &mut Watch { report, cancel })
}

pub(super) fn read(document: &Document, watch: &mut Watch<'_>) -> Result<Facts> {
    let store = document.store();
    let total = store.count_answers()?;
    let mut builder = FactsBuilder::new(document.register());
    let (mut done, mut stopped) = (0, watch.step("Reading answers", 0, total));
    store.each_answer(|row| {
        builder.answer(row.form, &row.question, row.given.as_ref());
        if row.noted {
            builder.noted(row.form, &row.question);
        }
        done += 1;
        if done % STEP == 0 && stopped.is_ok() {
            stopped = watch.step("Reading answers", done, total);
        }
        stopped.is_ok()
    })?;
    stopped?;
    watch.step("Reading key dates", 0, 0)?;
    store.each_key_date(|form, date_id, date| {
        builder.date(form, date_id, date);
        true
    })?;
    Ok(builder.finish())
}
