//! Files on their way: written whole under a name of their own, put to disk, then into place in one
//! step. Nobody ever sees half of one under its final name.
//!
//! A kill or a power cut can leave such a file. It begins with a dot and the name of what it was to
//! be, ends in [`ENDING`], and is taken away the next time that file is opened or written.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::error::folder_of;
use super::{Result, StoreError};

/// How the name of a file on its way ends; what SQLite puts beside it goes on after that.
const ENDING: &str = ".unfinished";

/// A file on its way. Dropped before it is in place, it is taken away.
pub(super) struct Unfinished {
    written: NamedTempFile,
    target: PathBuf,
}

impl Unfinished {
    /// An empty file, which only its owner can read, on its way to `target`.
    ///
    /// # Errors
    /// When the folder cannot be written, or the disk is full.
    pub(super) fn towards(target: &Path) -> Result<Self> {
        Self::of(target, target)
    }

    /// The same, to be taken away with what else is left of `document` if it stays behind.
    pub(super) fn of(document: &Path, target: &Path) -> Result<Self> {
        let folder = folder_of(target);
        let written = tempfile::Builder::new()
            .prefix(&beginning(document))
            .suffix(ENDING)
            .tempfile_in(&folder)
            .map_err(|error| match StoreError::from_io(error, target) {
                StoreError::NotFound(_) | StoreError::ReadOnlyFile(_) => {
                    StoreError::ReadOnlyFolder(folder)
                }
                other => other,
            })?;
        Ok(Self {
            written,
            target: target.to_owned(),
        })
    }

    /// Where it is written.
    pub(super) fn path(&self) -> &Path {
        self.written.path()
    }

    /// Puts it to disk and into place, where there must not be a file.
    ///
    /// # Errors
    /// When there is one, or the disk refuses; then nothing is in place.
    pub(super) fn into_place(self) -> Result<()> {
        let Self { written, target } = self;
        let io = |error| StoreError::from_io(error, &target);
        written.as_file().sync_all().map_err(io)?;
        if let Err(failed) = written.persist_noclobber(&target) {
            if failed.error.kind() == ErrorKind::AlreadyExists || target.exists() {
                return Err(StoreError::Exists(target));
            }
            // Some shares cannot refuse to replace a file; there is none, as was just seen.
            let moved = failed.file.persist(&target);
            moved.map_err(|failed| io(failed.error))?;
        }
        sync_folder(&target);
        Ok(())
    }

    /// Puts it to disk and in the place of the file that is there, in one step. `let_go` closes that
    /// file: an open one cannot be replaced on every system.
    ///
    /// # Errors
    /// When the disk refuses; then the file there is as it was.
    pub(super) fn in_place_of(self, let_go: impl FnOnce()) -> Result<()> {
        let Self { written, target } = self;
        let io = |error| StoreError::from_io(error, &target);
        written.as_file().sync_all().map_err(io)?;
        let_go();
        let moved = written.persist(&target);
        moved.map_err(|failed| io(failed.error))?;
        sync_folder(&target);
        Ok(())
    }
}

/// How the names of files on their way to `target`, or made for it, begin.
fn beginning(target: &Path) -> std::ffi::OsString {
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".");
    name
}

/// Takes away what a kill left on its way to `target`. Only whoever holds that file, or is about to
/// write it anew, may.
pub(super) fn take_away(target: &Path) {
    let begins = beginning(target).to_string_lossy().into_owned();
    take_away_in(&folder_of(target), &begins);
}

/// Takes away what a kill left in `folder` under a name that begins so.
pub(super) fn take_away_in(folder: &Path, begins: &str) {
    let here = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in here {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(begins)
            && name.contains(ENDING)
            && let Err(error) = fs::remove_file(entry.path())
        {
            tracing::debug!(%error, "an unfinished file stays");
        }
    }
}

/// The new name is on disk only once the folder is. Not every system can; then the file system
/// itself has to be relied on.
fn sync_folder(path: &Path) {
    let synced = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
    if let Err(error) = synced {
        tracing::debug!(%error, "the folder was not synced");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_left_of_a_file_is_taken_away_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.goldthread");
        let left = Unfinished::towards(&target).unwrap();
        let path = left.path().to_owned();
        let (_, path) = (left.written.keep().unwrap(), path);
        let journal = format!("{}-journal", path.display());
        fs::write(journal, "x").unwrap();
        let others = [".b.goldthread.1.unfinished", "a.goldthread", "a.unfinished"];
        for other in others {
            fs::write(folder.path().join(other), "x").unwrap();
        }
        assert_eq!(names(folder.path()).len(), 5);
        take_away(&target);
        assert_eq!(names(folder.path()), others);
    }

    #[test]
    fn a_file_that_is_there_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.goldthread");
        let written = Unfinished::towards(&target).unwrap();
        fs::write(&target, "theirs").unwrap();
        let refused = written.into_place().unwrap_err();
        assert!(matches!(refused, StoreError::Exists(_)), "{refused}");
        assert_eq!(names(folder.path()), ["a.goldthread"]);
        let written = Unfinished::towards(&target).unwrap();
        fs::write(written.path(), "ours").unwrap();
        written.in_place_of(|| ()).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"ours");
        assert_eq!(names(folder.path()), ["a.goldthread"]);
    }
}
