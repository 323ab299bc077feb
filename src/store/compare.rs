//! A copy beside the file it was made of: what each has that the other lacks, and a copy as a
//! document of its own.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::unfinished::{self, Unfinished};
use super::{Passphrase, Result, Store, StoreError, backup};
use crate::domain::id::RecordId;
use crate::domain::record::RecordKind;

/// How a file and a copy differ, in kept changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The copy.
    pub copy: PathBuf,
    /// Changes that both have.
    pub both: usize,
    /// Changes that only the file has: they came after the copy was made.
    pub only_here: usize,
    /// Changes that only the copy has.
    pub only_there: usize,
}

impl Store {
    /// Every copy that the program kept of this file: the daily ones in `folder`, and those beside
    /// it from before a merge, an upgrade or a repair.
    pub fn all_copies(&self, folder: &Path) -> Vec<PathBuf> {
        let daily = self.own_daily_copies(folder).into_iter();
        let daily = daily.map(|(_, path)| path);
        daily.chain(backup::copies_beside(&self.path)).collect()
    }

    /// Whether a copy has the forms of this audit, or may have: one that does not open may.
    pub fn may_hold_forms(
        &self,
        copy: &Path,
        passphrase: Option<&Passphrase>,
        audit: RecordId,
    ) -> bool {
        let holds = || {
            let other = self.open_copy(copy, passphrase)?;
            let there = other.record(RecordKind::Audit, audit)?.is_some();
            Ok::<_, StoreError>(there && other.retention_of(audit)?.removed.is_none())
        };
        holds().unwrap_or(true)
    }

    /// Deletes copies of this file, and nothing that is none; each that is still there, and why.
    pub fn delete_copies(&self, copies: &[PathBuf], folder: &Path) -> Vec<(PathBuf, StoreError)> {
        let ours = self.all_copies(folder);
        let daily = self.own_daily_copies(folder);
        let named = |copy: &PathBuf| daily.iter().any(|(_, own)| own == copy);
        let deleted = copies.iter().filter(|copy| ours.contains(copy));
        let failed = deleted.filter_map(|copy| {
            // A daily copy has the document's identity in its name; the others only its name.
            let own = if named(copy) {
                Ok(())
            } else {
                self.is_copy(copy)
            };
            let delete = || fs::remove_file(copy).map_err(|error| StoreError::from_io(error, copy));
            let error = own.and_then(|()| delete()).err()?;
            Some((copy.clone(), error))
        });
        failed.collect()
    }

    /// Makes sure that a file is a copy of this one, by what is in it.
    fn is_copy(&self, copy: &Path) -> Result<()> {
        let why = match self.open_copy(copy, self.key.as_ref()) {
            Ok(other) if other.document == self.document => return Ok(()),
            Ok(_) => "it is another document".into(),
            Err(StoreError::NeedsPassphrase(_) | StoreError::WrongPassphrase(_)) => {
                "it has another passphrase, so it cannot be told of which document it is".into()
            }
            Err(error) => format!("it cannot be told of which document it is ({error})"),
        };
        let path = copy.to_owned();
        Err(StoreError::NotItsCopy { path, why })
    }

    /// Compares this file with a copy of it, which is only read. The copy has this file's
    /// passphrase, or none.
    ///
    /// # Errors
    /// When the copy does not open.
    pub fn compare(&self, copy: &Path, passphrase: Option<&Passphrase>) -> Result<Comparison> {
        let other = self.open_copy(copy, passphrase)?;
        let (here, there) = (self.changes()?, other.changes()?);
        let both = here.intersection(&there).count();
        Ok(Comparison {
            copy: copy.to_owned(),
            both,
            only_here: here.len() - both,
            only_there: there.len() - both,
        })
    }

    /// Opens a copy of this file with the passphrase, or without one, to read it.
    pub(super) fn open_copy(&self, copy: &Path, passphrase: Option<&Passphrase>) -> Result<Self> {
        self.refuse_own(copy)?;
        match Self::open_snapshot(copy, passphrase) {
            Err(StoreError::NotProtected(_)) => Self::open_snapshot(copy, None),
            opened => opened,
        }
    }

    /// The ids of every kept change.
    pub(super) fn changes(&self) -> Result<HashSet<String>> {
        let read = || -> rusqlite::Result<HashSet<String>> {
            let mut ids = self.db.prepare("SELECT id FROM revision")?;
            ids.query_map([], |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.explain(error))
    }
}

/// Makes a copy a document of its own beside `file`, named after the day it was made. Neither is
/// changed.
///
/// # Errors
/// When there is such a document already, or the folder cannot be written.
pub fn restore(copy: &Path, file: &Path) -> Result<PathBuf> {
    let (copied, own) = (copy.file_stem(), file.file_stem());
    let copied = copied.unwrap_or_default().to_string_lossy();
    let own = own.unwrap_or_default().to_string_lossy();
    let date = copied.strip_prefix(&*own).unwrap_or(&copied).trim();
    let restored = file.with_file_name(format!("{own} restored {date}.goldthread"));
    if restored.exists() {
        return Err(StoreError::Exists(restored));
    }
    unfinished::take_away(&restored);
    let written = Unfinished::towards(&restored)?;
    let bytes = fs::read(copy).map_err(|error| StoreError::from_io(error, copy))?;
    fs::write(written.path(), bytes).map_err(|error| StoreError::from_io(error, &restored))?;
    written.into_place()?;
    Ok(restored)
}
