//! What can go wrong with a file in or out, each with its one sentence for the person.

use std::io;
use std::path::{Path, PathBuf};

use super::data_json::BadData;
use super::decisions::BadDecisions;
use super::return_workbook::BadWorkbook;

/// An error of a file in or out. `Display` is the sentence shown to the person.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// There is no such file.
    #[error("There is no file {}.", .0.display())]
    NotFound(PathBuf),
    /// A folder was named instead of a file.
    #[error("{} is a folder; name a file.", .0.display())]
    Folder(PathBuf),
    /// The folder cannot be written, or is not there.
    #[error("The folder {} cannot be written to; choose another folder, or ask for write access to it.", .0.display())]
    ReadOnlyFolder(PathBuf),
    /// The file cannot be read.
    #[error("{} cannot be read; you have no access to it.", .0.display())]
    NoAccess(PathBuf),
    /// No room.
    #[error("The disk that holds {} is full; nothing was written. Free some space and try again.", .0.display())]
    DiskFull(PathBuf),
    /// An export would take the place of a Goldthread file.
    #[error("{} is a Goldthread file and is not written over; choose another name.", .0.display())]
    WouldReplaceDocument(PathBuf),
    /// An export would take the place of what cannot be one.
    #[error("{} is there already and is no export: it may be a register, or belong to another program. It is not written over; choose another name.", .0.display())]
    NotAnExport(PathBuf),
    /// A device, a pipe, or a link to nothing was named instead of a file.
    #[error("{} is not a file (a device, a pipe, or a link to nothing); name a file.", .0.display())]
    NotAFile(PathBuf),
    /// More than any audit holds.
    #[error("{} is larger than {most} MB, which no audit needs; nothing was read.", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The most it may be, in MB.
        most: u64,
    },
    /// Not text.
    #[error("{} is not a text file in UTF-8; nothing was read. Save it as UTF-8 and try again.", .0.display())]
    NotText(PathBuf),
    /// Data that cannot be taken.
    #[error("{}: {problems}", path.display())]
    BadData {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problems: BadData,
    },
    /// A workbook was asked for that cannot hold what is on the forms.
    #[error("This return does not fit into a workbook ({0}); make a return file instead.")]
    NotForWorkbook(String),
    /// A file that should be a workbook, and is none that can be read.
    #[error("{} cannot be read as a return: {what}. Nothing of it was merged.", path.display())]
    NotAWorkbook {
        /// The file.
        path: PathBuf,
        /// Why, and what to do.
        what: String,
    },
    /// A workbook that is not as it was sent out or should be.
    #[error("{}: {problems}", path.display())]
    BadWorkbook {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problems: BadWorkbook,
    },
    /// Decisions that cannot be taken.
    #[error("{}: {problems}", path.display())]
    BadDecisions {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problems: BadDecisions,
    },
    /// A published export was asked for part of an audit: two of those could be subtracted.
    #[error(
        "A published export always covers the whole audit; take the filter off and export again."
    )]
    FilteredPublication,
    /// An audit was to be published on which work still goes on.
    #[error(
        "The findings of “{0}” are not agreed yet, so its figures may still change; it is published once they are."
    )]
    NotAgreed(String),
    /// No audit can be published.
    #[error("No audit here can be published: an audit is published once its findings are agreed.")]
    NothingAgreed,
    /// A folder of files was to be written where files are already.
    #[error("{} holds files already; choose a new folder, so that old and new files are not mixed.", .0.display())]
    FolderTaken(PathBuf),
    /// A paper that could not be made.
    #[error("The paper could not be made ({0}); nothing was written.")]
    Document(String),
    /// A workbook that could not be made.
    #[error("The workbook could not be made ({0}); nothing was written.")]
    Workbook(String),
    /// CSV that could not be made.
    #[error("The CSV files could not be made ({0}); nothing was written.")]
    Csv(String),
    /// A picture that could not be drawn.
    #[error("A picture could not be drawn ({0}); nothing was written.")]
    Picture(String),
    /// Any other trouble with the disk.
    #[error("{} could not be read or written ({source}); nothing was kept of this step. See whether the disk or share it lies on is still there and has room, then try again.", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl ExchangeError {
    /// Sorts an error of reading `path` into what it means for the person.
    pub(super) fn reading(source: io::Error, path: &Path) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound(path),
            io::ErrorKind::PermissionDenied => Self::NoAccess(path),
            io::ErrorKind::IsADirectory => Self::Folder(path),
            _ => Self::Io { path, source },
        }
    }

    /// Sorts an error of writing `path` into what it means for the person.
    pub(super) fn writing(source: io::Error, path: &Path) -> Self {
        match source.kind() {
            io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::PermissionDenied
            | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnlyFolder(folder_of(path)),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Self::DiskFull(path.to_owned())
            }
            _ => Self::Io {
                path: path.to_owned(),
                source,
            },
        }
    }
}

/// The folder a path lies in; the current one when the path is a bare name.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}
