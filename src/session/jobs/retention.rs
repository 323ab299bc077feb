//! How long forms are kept: which are due to be removed, and removing them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Progress, Watch};
use crate::analysis::summary::summary;
use crate::analysis::{Basis, Facts, Filter};
use crate::domain::audit::AuditState;
use crate::domain::id::RecordId;
use crate::domain::privacy::digest_of_reference;
use crate::domain::register::Register;
use crate::domain::retention::{KeptCounts, KeptTheme, Retention};
use crate::domain::revision::{Author, Change};
use crate::exchange::certificate;
use crate::exchange::file;
use crate::session::apply::{self, Ground};
use crate::session::command::{Command, RetentionCommand};
use crate::session::document::Document;
use crate::session::error::{Error, Result};
use crate::store::{FormsRemoved, Passphrase};

/// How the retention of one audit's forms stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The audit.
    pub audit: RecordId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: AuditState,
    /// Cases that are there now.
    pub cases: usize,
    /// Forms that are there now.
    pub forms: usize,
    /// The date, the hold, the certificate.
    pub retention: Retention,
    /// Whether the forms can be removed today.
    pub due: bool,
}

/// How the retention of every audit stands on this day, in the order of the audits.
pub fn kept_forms(register: &Register, today: NaiveDate) -> Vec<Kept> {
    let audits = register.audits_in_order().into_iter();
    let kept = audits.map(|(id, audit)| {
        let retention = register.retention_of(id);
        Kept {
            audit: id,
            title: audit.title.clone(),
            state: audit.state,
            cases: register.cases_of(id).len(),
            forms: register.forms_of(id).len(),
            due: retention.removable(&audit.title, today).is_ok(),
            retention,
        }
    });
    kept.collect()
}

/// Says how long forms are kept, or what holds them.
///
/// # Errors
/// When the command is refused, or the file cannot be written.
pub fn set_retention(
    document: &mut Document,
    command: RetentionCommand,
    author: &Author,
    now: DateTime<Utc>,
) -> Result<()> {
    let ground = Ground {
        register: document.register(),
        catalogue: document.catalogue(),
        form: None,
        case: None,
        now,
    };
    let step = apply::step(&ground, &Command::Retention(command))?;
    document.commit(&Change {
        edits: step.edits,
        author: author.clone(),
        at: now,
        reason: step.reason,
    })?;
    Ok(())
}

/// Removes the forms of an audit for good. `typed` is its title once more, as the person who does
/// it typed it.
///
/// # Errors
/// When the title is another, the forms are not due or held, or the file cannot be written.
pub fn remove_forms(
    document: &mut Document,
    audit: RecordId,
    typed: &str,
    author: &Author,
    now: DateTime<Utc>,
    report: &mut dyn FnMut(Progress),
    cancel: &AtomicBool,
) -> Result<FormsRemoved> {
    let title = document.register().audits.get(&audit);
    let title = title.map(|audit| audit.title.clone()).unwrap_or_default();
    if typed.trim() != title {
        return Err(Error::OtherTitle(title));
    }
    let mut watch = Watch { report, cancel };
    let facts = super::facts::read(document, &mut watch)?;
    watch.step("Removing the forms", 0, 0)?;
    let counts = counts(document.register(), &facts, audit);
    let removed = document.store.remove_forms(audit, counts, author, now)?;
    document.register = document.store.register()?;
    Ok(removed)
}

/// What the forms of an audit add up to.
fn counts(register: &Register, facts: &Facts, audit: RecordId) -> KeptCounts {
    let mut forms: BTreeMap<String, usize> = BTreeMap::new();
    for (_, _, form) in register.forms_of(audit) {
        *forms.entry(form.status.label().to_lowercase()).or_default() += 1;
    }
    let themes = |basis| {
        let summed = summary(register, facts, audit, basis, &Filter::default());
        let themes = summed.map(|summary| summary.themes).unwrap_or_default();
        let kept = themes.into_iter().map(|theme| KeptTheme {
            theme: theme.id,
            scored: theme.scored,
            favourable: theme.favourable,
            not_applicable: theme.not_applicable,
            not_evidenced: theme.not_evidenced,
        });
        kept.collect()
    };
    KeptCounts {
        cases: register.cases_of(audit).len(),
        forms,
        agencies: themes(Basis::Agency),
        panel: themes(Basis::Panel),
        references: references(register, audit),
    }
}

/// Digests of the references that cases of an audit have or had, and of those that no case has now.
fn references(register: &Register, audit: RecordId) -> Vec<String> {
    let cases = register.cases.values();
    let others: BTreeSet<&String> = cases
        .filter(|case| case.audit != audit)
        .map(|case| &case.reference)
        .collect();
    let all = register.references.iter();
    let own = all.filter(|reference| !others.contains(reference));
    own.map(|reference| digest_of_reference(reference))
        .collect()
}

/// Writes the certificate of an audit whose forms were removed, to be read and printed.
///
/// # Errors
/// When the forms are still there, or the file cannot be written.
pub fn save_certificate(document: &Document, audit: RecordId, to: &Path) -> Result<()> {
    let register = document.register();
    let text = certificate::text(register, document.catalogue(), audit);
    let text = text.ok_or(Error::NotRemoved)?;
    Ok(file::write(to, text.as_bytes())?)
}

/// Where the certificate of an audit is put unless a person says otherwise: beside the register.
pub fn usual_certificate(document: &Document, audit: RecordId) -> PathBuf {
    let title = document.register().audits.get(&audit);
    let title = title.map(|audit| audit.title.as_str()).unwrap_or_default();
    let title: String = title
        .chars()
        .map(|sign| if sign.is_alphanumeric() { sign } else { ' ' })
        .collect();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let path = document.store().path();
    path.with_file_name(format!("Certificate of removal, {title}.txt"))
}

/// The copies of the file, beside it and in `folder`, that still hold forms of this audit; one that
/// does not open is among them, for it may.
pub fn older_copies(
    document: &Document,
    audit: RecordId,
    folder: &Path,
    passphrase: Option<&Passphrase>,
) -> Vec<PathBuf> {
    let store = document.store();
    let copies = store.all_copies(folder).into_iter();
    copies
        .filter(|copy| store.may_hold_forms(copy, passphrase, audit))
        .collect()
}
