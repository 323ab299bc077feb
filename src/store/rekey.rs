//! Giving a file a passphrase, another one, or none.
//!
//! The file is never changed in place: a whole copy with the new passphrase is written beside it,
//! looked through, and put in its place in one step. Whoever pulls the plug has the old file or the
//! new one.

use std::path::Path;

use rusqlite::Connection;

use super::unfinished::Unfinished;
use super::{Passphrase, Result, Store, StoreError};

impl Store {
    /// Protects the file with `new`, or takes its protection away. The store is opened again.
    ///
    /// # Errors
    /// When the copy cannot be written or is not whole: the file is then as it was, and closed.
    pub fn with_passphrase(mut self, new: Option<&Passphrase>, device: &str) -> Result<Self> {
        drop(self.begin_writing()?);
        if new.is_some() && !cfg!(feature = "encryption") {
            return Err(StoreError::NoEncryption);
        }
        let path = self.path.clone();
        let copy = Unfinished::towards(&path)?;
        write_copy(&self.db, copy.path(), new)
            .map_err(|error| StoreError::from_sql(error, &path))?;
        look_through(copy.path(), new, device)?;
        self.hand_on_access(copy.path());
        let kept_here = std::mem::take(&mut self.kept_here);
        copy.in_place_of(|| drop(self))?;
        let mut store = Self::open(&path, new, device)?;
        store.kept_here = kept_here;
        Ok(store)
    }
}

/// Writes everything into another file under the new passphrase.
fn write_copy(db: &Connection, to: &Path, new: Option<&Passphrase>) -> rusqlite::Result<()> {
    let pragma = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    let key = new.map_or("", Passphrase::reveal);
    if cfg!(feature = "encryption") {
        db.execute(
            "ATTACH DATABASE ?1 AS target KEY ?2",
            (to.to_string_lossy(), key),
        )?;
        let copied = db
            .query_row("SELECT sqlcipher_export('target')", [], |_| Ok(()))
            .and_then(|()| db.pragma_update(Some("target"), "application_id", application))
            .and_then(|()| db.pragma_update(Some("target"), "user_version", version));
        db.execute("DETACH DATABASE target", [])?;
        copied
    } else {
        db.execute("VACUUM INTO ?1", [to.to_string_lossy()])
            .map(drop)
    }
}

/// Opens the copy as its reader will, and looks through the whole of it.
fn look_through(path: &Path, passphrase: Option<&Passphrase>, device: &str) -> Result<()> {
    let copy = Store::open(path, passphrase, device)?;
    match copy.check()?.first() {
        None => Ok(()),
        Some(fault) => Err(StoreError::Damaged {
            path: path.to_owned(),
            what: fault.to_string(),
        }),
    }
}
