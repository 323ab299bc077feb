//! Copies of a file: kept before upgrades and merges, made by hand, or taken of a file in use.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::Local;
use rusqlite::Connection;
use tempfile::NamedTempFile;

use super::error::folder_of;
use super::unfinished::{self, Unfinished};
use super::{Passphrase, Result, Store, StoreError};

impl Store {
    /// Writes a whole, consistent copy to `to`, protected by the same passphrase as this file.
    ///
    /// # Errors
    /// When `to` exists, or cannot be written; then there is no half copy.
    pub fn backup(&self, to: &Path) -> Result<()> {
        if to.exists() {
            return Err(StoreError::Exists(to.to_owned()));
        }
        unfinished::take_away(to);
        let copy = Unfinished::towards(to)?;
        copy_whole(&self.db, copy.path()).map_err(|error| StoreError::from_sql(error, to))?;
        if to == self.path {
            // Written anew where another program took it away: it is no copy, but the file itself.
            self.hand_on_access(copy.path());
        }
        copy.into_place()
    }
}

impl Store {
    /// Writes a copy to send to somebody: as [`Store::backup`], then opened and looked through as
    /// its reader will. The passphrase is this file's own.
    ///
    /// # Errors
    /// As [`Store::backup`]; and when what was written is not whole. There is no copy then.
    pub fn copy_to_send(
        &self,
        to: &Path,
        passphrase: Option<&Passphrase>,
        device: &str,
    ) -> Result<()> {
        self.backup(to)?;
        super::issue::sound(to, passphrase, device).inspect_err(|_| {
            // Only what was made a moment ago is taken away again.
            let _ = fs::remove_file(to);
        })
    }

    /// The same document once more, in memory. For tests that take a file two ways.
    ///
    /// # Errors
    /// When SQLite has no memory.
    #[doc(hidden)]
    pub fn twin(&self) -> Result<Self> {
        let copy = || {
            let mut twin = Connection::open_in_memory()?;
            rusqlite::backup::Backup::new(&self.db, &mut twin)?.run_to_completion(
                1000,
                Duration::ZERO,
                None,
            )?;
            Self::of_memory(twin, self.kind)
        };
        copy().map_err(|error| self.explain(error))
    }
}

impl Store {
    /// Keeps a copy beside the file, named after the reason and the time.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_copy(&self, why: &str) -> Result<PathBuf> {
        keep_copy(&self.db, &self.path, why)
    }
}

/// Copies a document through SQLite, encrypted as it is. Never by opening the file a second time:
/// on POSIX systems closing that would give up every lock this process holds on it.
fn copy_whole(db: &Connection, to: &Path) -> rusqlite::Result<()> {
    db.execute("VACUUM INTO ?1", [to.to_string_lossy()])
        .map(drop)
}

/// Keeps a copy of the file beside it, named after the reason and the time.
pub(super) fn keep_copy(db: &Connection, path: &Path, why: &str) -> Result<PathBuf> {
    let copy = name_of_copy(path, why);
    let written = Unfinished::of(path, &copy)?;
    copy_whole(db, written.path()).map_err(|error| StoreError::from_sql(error, &copy))?;
    written.into_place()?;
    Ok(copy)
}

/// A name beside the file that is free, made of the reason and the time.
pub(super) fn name_of_copy(path: &Path, why: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let stamp = Local::now().format("%Y-%m-%d-%H%M%S");
    let name = format!("{stem} {why} {stamp}");
    // Two within a second are both kept.
    let names = (2..).map(|number| format!("{name} ({number})"));
    let names = std::iter::once(name.clone()).chain(names);
    let mut paths = names.map(|name| path.with_file_name(format!("{name}.goldthread")));
    let copy = paths.find(|copy| !copy.exists());
    copy.unwrap_or_else(|| path.with_extension("copy"))
}

/// The copies of the file that were kept beside it, by name.
pub(super) fn copies_beside(path: &Path) -> Vec<PathBuf> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let begins = format!("{stem} before-");
    let here = fs::read_dir(folder_of(path))
        .into_iter()
        .flatten()
        .flatten();
    let copies = here.map(|entry| entry.path()).filter(|other| {
        let name = other.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&begins) && name.ends_with(".goldthread")
    });
    let mut copies: Vec<PathBuf> = copies.collect();
    copies.sort();
    copies
}

/// Where SQLite keeps the journal of a file.
pub(super) fn journal_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push("-journal");
    path.with_file_name(name)
}

/// A copy of a file that another process may be writing: taken again until the file did not
/// change and had no journal while it was copied.
pub(super) fn quiet_copy(path: &Path) -> Result<NamedTempFile> {
    let io = |error| StoreError::from_io(error, path);
    let journal = journal_of(path);
    let state = || -> std::io::Result<_> {
        let writing = fs::metadata(&journal).is_ok_and(|journal| journal.len() > 0);
        let file = fs::metadata(path)?;
        Ok((writing, file.len(), file.modified()?))
    };
    for _ in 0..20 {
        let before = state().map_err(io)?;
        // Into a file that only its owner can read. Copied as a file, it would be as open as the one
        // it is of, which perhaps only its folder protects.
        let mut copy = NamedTempFile::new().map_err(io)?;
        let mut whole = fs::File::open(path).map_err(io)?;
        std::io::copy(&mut whole, copy.as_file_mut()).map_err(io)?;
        if !before.0 && state().map_err(io)? == before {
            return Ok(copy);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(StoreError::Locked {
        path: path.to_owned(),
        by: super::lock::holder(path),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_copy_of_a_file_in_use_can_be_read_by_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.goldthread");
        fs::write(&path, vec![7; 100_000]).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).unwrap();
        let copy = quiet_copy(&path).unwrap();
        let mode = fs::metadata(copy.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read(copy.path()).unwrap(), fs::read(&path).unwrap());
    }
}
