//! What every command needs: the built-in data, who we are, and the passphrase.

use std::io::{IsTerminal as _, stdin};
use std::path::Path;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::domain::catalogue::Catalogue;
use crate::domain::id::RecordId;
use crate::domain::revision::Author;
use crate::exchange::file;
use crate::session::{Document, Error};
use crate::store::{Passphrase, Store, StoreError};

use super::failure::Failure;

/// Up to this size a file is looked through whole before its numbers are given (64 MB).
const CHECKED_BEFORE_READING: u64 = 64_000_000;

/// Where and as whom a command runs.
pub(super) struct Place {
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) author: Author,
    pub(super) passphrase: Option<Passphrase>,
}

impl Place {
    pub(super) fn new(passphrase_file: Option<&Path>) -> Result<Self, Failure> {
        Ok(Self {
            catalogue: Arc::new(Catalogue::built_in()?),
            author: Author {
                role: "business office".into(),
                agency: String::new(),
                // The machine's own name may hold a person's.
                device: "command line".into(),
            },
            passphrase: passphrase_file.map(first_line).transpose()?,
        })
    }

    /// Opens a register.
    pub(super) fn open(&self, path: &Path) -> Result<Document, Failure> {
        let device = &self.author.device;
        Ok(self.with_passphrase(|passphrase, catalogue| {
            Document::open(path, passphrase, device, catalogue)
        })?)
    }

    /// Opens a register to read it: one that is open elsewhere or cannot be written as a copy.
    pub(super) fn open_to_read(&self, path: &Path) -> Result<Document, Failure> {
        let device = &self.author.device;
        Ok(self.with_passphrase(|passphrase, catalogue| {
            match Document::open(path, passphrase, device, Arc::clone(&catalogue)) {
                Err(StoreError::ReadOnlyFile(_) | StoreError::Locked { .. }) => {
                    Document::of(Store::open_snapshot(path, passphrase)?, catalogue)
                }
                other => other,
            }
        })?)
    }

    /// Opens with the passphrase given; where one is needed and there is a person, asks for it.
    fn with_passphrase(
        &self,
        open: impl Fn(Option<&Passphrase>, Arc<Catalogue>) -> Result<Document, StoreError>,
    ) -> Result<Document, StoreError> {
        let opened = open(self.passphrase.as_ref(), Arc::clone(&self.catalogue));
        match opened {
            Err(StoreError::NeedsPassphrase(path)) if stdin().is_terminal() => {
                let typed =
                    rpassword::prompt_password(format!("Passphrase of {}: ", path.display()));
                let Ok(typed) = typed else {
                    return Err(StoreError::NeedsPassphrase(path));
                };
                open(Some(&Passphrase::new(typed)), Arc::clone(&self.catalogue))
            }
            other => other,
        }
    }

    /// Opens a register whose numbers are going to be relied on: a damaged one is refused.
    pub(super) fn open_sound(&self, path: &Path) -> Result<Document, Failure> {
        let document = self.open_to_read(path)?;
        let small = path
            .metadata()
            .is_ok_and(|file| file.len() <= CHECKED_BEFORE_READING);
        if small && let Some(fault) = document.store().check()?.first() {
            return Err(Failure::from(Error::Damaged {
                path: path.to_owned(),
                what: fault.to_string(),
            }));
        }
        Ok(document)
    }
}

/// The audit named by id or exact title, where one is named.
pub(super) fn audit(document: &Document, name: Option<&str>) -> Result<Option<RecordId>, Failure> {
    let find = |name: &str| {
        let found = document.register().find_audit(name);
        found.ok_or_else(|| Failure::from(Error::NoAudit(name.to_owned())))
    };
    name.map(find).transpose()
}

pub(super) fn first_line(path: &Path) -> Result<Passphrase, Failure> {
    let text = Zeroizing::new(file::read_text(path)?);
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        let message = format!("The first line of {} is empty.", path.display());
        return Err(Failure::Refused(message));
    }
    Ok(Passphrase::new(line))
}
