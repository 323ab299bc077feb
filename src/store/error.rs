//! What can go wrong with a file, each with its one sentence for the person.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::Underneath;
use crate::domain::plain::told;
use crate::domain::record::BadBody;

/// An error of the file. `Display` is the sentence shown to the person.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is something else.
    #[error("{} is not a Goldthread file; nothing in it was changed.", .0.display())]
    NotOurs(PathBuf),
    /// Written by a later version of the program.
    #[error("{} was saved by a newer version of Goldthread (file version {found}, this program reads up to {known}); open it with that version.", path.display())]
    TooNew {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// Structure or content does not hold together.
    #[error("{} is damaged ({what}); nothing in it was changed. Go back to the last backup, or send the file to whoever looks after the register.", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was seen.
        what: String,
    },
    /// Something was put into it that acts by itself.
    #[error("{} holds a trigger, a view or a virtual table, which no Goldthread file does; it was not opened. Ask whoever sent it for the file as the program saved it.", .0.display())]
    Strange(PathBuf),
    /// Its tables are not those of any version of the program.
    #[error("{} has tables, columns or rules that no Goldthread file has, so another program changed it; it was not opened. Ask whoever sent it for the file as Goldthread saved it, or go back to the last backup.", .0.display())]
    OtherTables(PathBuf),
    /// Larger than any file of its kind.
    #[error("{} is larger than {most} MB, which no return is; nothing of it was read.", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The most it may be, in MB.
        most: u64,
    },
    /// A text that was to be kept is longer than any file holds.
    #[error("A text for {} is longer than a file can hold; nothing was saved by this step. Shorten it and try again.", .0.display())]
    TooLong(PathBuf),
    /// Open elsewhere.
    #[error("{} is already open{by}; close it there first, or open a read-only copy.", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
        /// " on DEVICE since TIME", or nothing when that is not known.
        by: String,
    },
    /// The folder cannot be written.
    #[error("The folder {} cannot be written to; choose another folder, or ask for write access to it.", .0.display())]
    ReadOnlyFolder(PathBuf),
    /// The file cannot be written.
    #[error("{} cannot be written to; it is read-only, or you have no write access to it.", .0.display())]
    ReadOnlyFile(PathBuf),
    /// No room.
    #[error("The disk that holds {} is full; nothing was saved by this step. Free some space and try again.", .0.display())]
    DiskFull(PathBuf),
    /// Encrypted, and no passphrase was given.
    #[error("{} is protected by a passphrase; give the passphrase to open it.", .0.display())]
    NeedsPassphrase(PathBuf),
    /// The passphrase does not open it.
    #[error("The passphrase does not open {}: it is another one, or its first bytes are damaged. Look at capitals and spaces; if it is surely right, go back to a copy.", .0.display())]
    WrongPassphrase(PathBuf),
    /// A passphrase was given for a file that has none.
    #[error("{} is not protected by a passphrase; open it without one.", .0.display())]
    NotProtected(PathBuf),
    /// This build cannot read encrypted files.
    #[error("This build of Goldthread cannot open files protected by a passphrase.")]
    NoEncryption,
    /// There is no such file.
    #[error("There is no file {}.", .0.display())]
    NotFound(PathBuf),
    /// The file that is open was chosen where another is wanted.
    #[error("{} is the file that is open here; choose another one.", .0.display())]
    Own(PathBuf),
    /// A file that was to be deleted as a copy of the open one may be none.
    #[error("{} was left where it is, because {why}; look at it yourself, and delete it if it is a copy of this file.", path.display())]
    NotItsCopy {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// A new file would overwrite one.
    #[error("{} exists already; choose another name.", .0.display())]
    Exists(PathBuf),
    /// A read-only copy was asked to change.
    #[error("This is a read-only copy of {}; changes cannot be saved in it.", .0.display())]
    ReadOnlyCopy(PathBuf),
    /// Another program did something to the file while it was open.
    #[error("{} {what}; nothing was saved by this step, and nothing is lost. Try again to bring both together.", path.file_name().unwrap_or_default().display())]
    Underneath {
        /// The file.
        path: PathBuf,
        /// What it did.
        what: Underneath,
    },
    /// A conflict is otherwise by now than the person who settles it saw it.
    #[error(
        "This was changed while you looked at it; nothing was settled. Look at the versions as they are now, then choose once more."
    )]
    NotAsSeen,
    /// The file went away while it was closed to be brought together with another state of it.
    #[error("{} was moved or deleted by another program before both states of it were together. Put it back, or a copy of it, then try again. What you changed is kept until then, and is saved beside it when you close.", .0.display())]
    Gone(PathBuf),
    /// What another program put in the place of the file cannot be brought together with it.
    #[error("What lies at {} now is not this file as another program changed it ({why}). Nothing you typed is lost: move that file away, then try again.", path.display())]
    NotJoined {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// A change is told otherwise than it is known.
    #[error("{} tells a change otherwise than this file or another that is merged with it, so one of them was altered by another program; nothing of it was merged. Leave it out, or ask whoever sent it for the file as the program saved it.", .0.display())]
    ToldOtherwise(PathBuf),
    /// It would remove what a legal hold keeps here.
    #[error("{} has the forms of “{title}” removed, which a legal hold keeps here; nothing of it was merged. Release the hold first, if the forms may go.", path.display())]
    HeldHere {
        /// The file.
        path: PathBuf,
        /// The audit.
        title: String,
    },
    /// A legal hold keeps in it what was removed here.
    #[error("{} keeps the forms of “{title}” under a legal hold, and they were removed here; nothing of it was merged. Keep that file as long as the hold lasts; once it is released there, it can be merged.", path.display())]
    HeldThere {
        /// The file.
        path: PathBuf,
        /// The audit.
        title: String,
    },
    /// Any other trouble with the disk.
    #[error("{} could not be read or written ({source}); nothing was kept of this step. See whether the disk or share it lies on is still there and has room, then try again.", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A record of the file does not read.
    #[error("{} is damaged ({source}); nothing in it was changed. Go back to the last backup.", path.display())]
    BadRecord {
        /// The file.
        path: PathBuf,
        /// What does not read.
        source: BadBody,
    },
    /// SQLite refused for a reason that only a programming slip can cause.
    #[error("{} refused a step of the program: {}. Nothing was saved by this step.", path.display(), told(&source.to_string()))]
    Refused {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// Sorts an error of SQLite into what it means for the person.
    pub(super) fn from_sql(error: rusqlite::Error, path: &Path) -> Self {
        let path = path.to_owned();
        let rusqlite::Error::SqliteFailure(failure, words) = &error else {
            tracing::debug!(%error, "a row does not read");
            return Self::Damaged {
                path,
                what: "something in it cannot be read".into(),
            };
        };
        let code = match (failure.code, words) {
            (ErrorCode::Unknown, Some(words)) => code_of(words),
            (code, _) => code,
        };
        match code {
            ErrorCode::NotADatabase => Self::NotOurs(path),
            ErrorCode::DatabaseCorrupt => Self::Damaged {
                path,
                what: "its pages do not hold together".into(),
            },
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Locked {
                path,
                by: String::new(),
            },
            ErrorCode::DiskFull => Self::DiskFull(path),
            ErrorCode::TooBig => Self::TooLong(path),
            ErrorCode::ReadOnly => Self::ReadOnlyFile(path),
            ErrorCode::CannotOpen => cannot_open(path),
            ErrorCode::SystemIoFailure => Self::Io {
                path,
                source: io::Error::other(error.to_string()),
            },
            _ => Self::Refused {
                path,
                source: error,
            },
        }
    }

    pub(super) fn from_io(source: io::Error, path: &Path) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound(path),
            io::ErrorKind::PermissionDenied => Self::ReadOnlyFile(path),
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnlyFolder(folder_of(&path)),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(path),
            io::ErrorKind::AlreadyExists => Self::Exists(path),
            _ => Self::Io { path, source },
        }
    }
}

/// SQLCipher hands on the words of an error of SQLite without its code, where it copies a file.
fn code_of(words: &str) -> ErrorCode {
    match words {
        "unable to open database file" => ErrorCode::CannotOpen,
        "database or disk is full" => ErrorCode::DiskFull,
        "disk I/O error" => ErrorCode::SystemIoFailure,
        "attempt to write a readonly database" => ErrorCode::ReadOnly,
        _ => ErrorCode::Unknown,
    }
}

/// SQLite does not say why it could not make a file beside this one: the folder does.
fn cannot_open(path: PathBuf) -> StoreError {
    let folder = folder_of(&path);
    match tempfile::tempfile_in(&folder) {
        Err(error) if error.kind() == io::ErrorKind::StorageFull => StoreError::DiskFull(path),
        _ => StoreError::ReadOnlyFolder(folder),
    }
}

/// What is wrong with a row, in words.
pub(super) fn row_in_words(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::FromSqlConversionFailure(_, _, why) => told(&why.to_string()),
        rusqlite::Error::SqliteFailure(_, Some(why)) => told(why),
        _ => "a value is of another kind than it has to be".into(),
    }
}

/// The folder a path lies in; the current one when the path is a bare name.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_without_its_code_is_sorted_by_its_words() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.goldthread");
        let said = |words: &str| {
            let unknown = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_ERROR);
            let error = rusqlite::Error::SqliteFailure(unknown, Some(words.into()));
            StoreError::from_sql(error, &path)
        };
        let full = said("database or disk is full");
        assert!(matches!(full, StoreError::DiskFull(_)), "{full}");
        let folder = said("unable to open database file");
        assert!(matches!(folder, StoreError::ReadOnlyFolder(_)), "{folder}");
        let other = said("no such table: answer");
        assert!(matches!(other, StoreError::Refused { .. }), "{other}");
    }
}
