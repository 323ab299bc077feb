//! What every command needs: the built-in data, who we are, and the passphrase.

use std::env;
use std::path::Path;
use std::sync::Arc;

use crate::domain::catalogue::Catalogue;
use crate::domain::id::RecordId;
use crate::domain::revision::Author;
use crate::exchange::file;
use crate::session::{Document, Error};
use crate::store::Passphrase;

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
        let device = ["HOSTNAME", "COMPUTERNAME"]
            .iter()
            .find_map(|name| env::var(name).ok())
            .filter(|name| !name.trim().is_empty())
            .unwrap_or_else(|| "command line".into());
        Ok(Self {
            catalogue: Arc::new(Catalogue::built_in()?),
            author: Author {
                role: "business office".into(),
                agency: String::new(),
                device,
            },
            passphrase: passphrase_file.map(first_line).transpose()?,
        })
    }

    /// Opens a register.
    pub(super) fn open(&self, path: &Path) -> Result<Document, Failure> {
        let catalogue = Arc::clone(&self.catalogue);
        let passphrase = self.passphrase.as_ref();
        Ok(Document::open(
            path,
            passphrase,
            &self.author.device,
            catalogue,
        )?)
    }

    /// Opens a register whose numbers are going to be relied on: a damaged one is refused.
    pub(super) fn open_sound(&self, path: &Path) -> Result<Document, Failure> {
        let document = self.open(path)?;
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

fn first_line(path: &Path) -> Result<Passphrase, Failure> {
    let text = file::read_text(path)?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        let message = format!("The first line of {} is empty.", path.display());
        return Err(Failure::Refused(message));
    }
    Ok(Passphrase::new(line))
}
