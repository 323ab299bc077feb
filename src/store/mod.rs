//! The file. The only folder that knows SQL: opening, the one way to write ([`Store::commit`]),
//! reading heads, history, checking, backup.
//!
//! Knows `domain` and nothing else of the program.

mod backup;
mod beside;
mod changed_since;
mod check;
mod commit;
mod compare;
mod daily;
mod defend;
mod error;
mod heads;
mod history;
mod in_view;
mod issue;
mod kept_here;
mod lock;
mod merge;
mod open;
mod own_file;
mod passphrase;
mod read;
mod redact;
mod rekey;
mod repair;
mod retention;
mod revisions;
mod underneath;
mod unfinished;
mod upgrade;
pub mod whereabouts;

use std::path::PathBuf;

use rusqlite::Connection;

pub use beside::{CopyBeside, NamedBy, Relation};
pub use changed_since::{Arrival, Since};
pub use check::Fault;
pub use commit::Saved;
pub use compare::{Comparison, restore};
pub use daily::Kept as DailyCopy;
pub use error::StoreError;
pub use history::Entry;
pub use in_view::Stood;
pub use merge::{
    Conflict, FilePlan, Incoming, MergeError, Merged, RecordPlan, Restored, Restorer, ReturnFile,
    SaidOfForm, SaidOfRecord, SeenVersion, Span, TakenBack, WorkbookReturn,
};
pub use open::DocumentKind;
pub use passphrase::{Passphrase, Strength};
pub use read::{AnswerRow, NoteRow};
pub use redact::{Mention, RedactError, Redacted, Redaction};
pub use repair::Repaired;
pub use retention::{FormsRemoved, RemoveError};
pub use underneath::{Rejoined, Underneath};

use lock::LockFile;

/// The result of everything here.
pub type Result<T> = std::result::Result<T, StoreError>;

/// An open file, held exclusively until it is dropped.
pub struct Store {
    db: Connection,
    /// Empty for a store in memory.
    path: PathBuf,
    kind: DocumentKind,
    read_only: bool,
    /// The identity that copies of this document share.
    document: String,
    /// Which file is held, whatever it is called by now.
    held: Option<own_file::Held>,
    /// Whether another program moves, replaces or changes the file.
    watch: underneath::Watch,
    /// Whether this only stands in memory for a file that is closed between two states of it.
    closed: bool,
    /// What was kept since the file was opened.
    kept_here: kept_here::KeptHere,
    /// What the file was opened with, to open what another program makes of it.
    key: Option<Passphrase>,
    _lock: Option<LockFile>,
    /// What a read-only store reads; taken away with it.
    _copy: Option<tempfile::NamedTempFile>,
}

impl Drop for Store {
    fn drop(&mut self) {
        self.keep_aside();
        if self.read_only {
            return;
        }
        // Leaving this mode takes the empty journal file away, so that nothing stays beside the file.
        let left = self
            .db
            .pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()));
        if let Err(error) = left {
            tracing::debug!(%error, "the journal stays");
        }
        self.take_empty_journal_away();
    }
}

impl Store {
    /// An empty journal that a kill left is none of SQLite's that it would take away itself, unless
    /// something was written since.
    fn take_empty_journal_away(&self) {
        if self.read_only || self.path.as_os_str().is_empty() {
            return;
        }
        let journal = backup::journal_of(&self.path);
        if std::fs::metadata(&journal).is_ok_and(|journal| journal.len() == 0)
            && let Err(error) = std::fs::remove_file(&journal)
        {
            tracing::debug!(%error, "the empty journal stays");
        }
    }

    /// Where the file lies; empty for a store in memory.
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// Whether this is a register or an agency's return.
    pub fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// Whether this is a read-only snapshot of a file that somebody else has open.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Gives an error of this file its sentence.
    fn explain(&self, error: rusqlite::Error) -> StoreError {
        StoreError::from_sql(error, &self.path)
    }
}
