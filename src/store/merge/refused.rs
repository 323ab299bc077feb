//! Why a return is not merged, each with its one sentence for the person.

use std::path::PathBuf;

use crate::store::StoreError;

/// Why a file is not merged. `Display` is the sentence shown to the person.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// It cannot be opened, or the register cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A register was given.
    #[error("{} is a register, not a return; choose the file that the agency sent back.", .0.display())]
    Register(PathBuf),
    /// The register to merge into is a return.
    #[error("{} is a return, not a register; returns are merged into the partnership's register.", .0.display())]
    IntoReturn(PathBuf),
    /// Of another partnership.
    #[error("{} belongs to another partnership ({name}); nothing of it was merged.", path.display())]
    OtherPartnership {
        /// The file.
        path: PathBuf,
        /// The partnership it names.
        name: String,
    },
    /// Of an audit that is not in the register.
    #[error("{} is for “{title}”, an audit that this register does not hold; nothing of it was merged.", path.display())]
    OtherAudit {
        /// The file.
        path: PathBuf,
        /// The audit it is for.
        title: String,
    },
    /// Of an audit whose forms were removed.
    #[error("{} is for “{title}”, whose forms were removed on {on} at the end of their retention; nothing of it was merged.", path.display())]
    Removed {
        /// The file.
        path: PathBuf,
        /// The audit.
        title: String,
        /// The day, as people write it.
        on: String,
    },
    /// The file does not hold together.
    #[error("{} is damaged or was altered by another program ({what}); nothing of it was merged. Ask the agency to send it again.", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// The first fault found.
        what: String,
    },
    /// A change is told otherwise than the register knows it.
    #[error("{} tells a change otherwise than this register has it, so one of them was altered by another program; nothing of it was merged. Ask whoever it came from for the file as the program saved it.", .0.display())]
    ToldOtherwise(PathBuf),
    /// It changes the audit that all agencies share.
    #[error("{} changes the audit itself ({kind}), which is for the business office alone; nothing of it was merged. Ask the agency what was done with the file; if this register was put back from an older copy, the return may still hold what was lost with it.", path.display())]
    ChangesAudit {
        /// The file.
        path: PathBuf,
        /// The kind of record.
        kind: &'static str,
    },
    /// It holds something that is not for its agency to say.
    #[error("{} changes something that is not for its agency to change ({kind}); nothing of it was merged. Ask the agency what was done with the file.", path.display())]
    NotTheirs {
        /// The file.
        path: PathBuf,
        /// The kind of record.
        kind: &'static str,
    },
}
