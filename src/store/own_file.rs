//! Which file a store holds, whatever it is called. Opening and closing it a second time would give
//! up the lock on it: POSIX systems keep one lock of a file for the whole process.

use std::path::Path;

use super::{Result, Store, StoreError};

/// Device and number of a file; nothing on systems on which another handle takes no lock away.
pub(super) type Identity = (u64, u64);

/// The file that a path leads to now.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let file = std::fs::metadata(path).ok()?;
    Some((file.dev(), file.ino()))
}

/// The file that a path leads to now.
#[cfg(not(unix))]
pub(super) fn identity(_: &Path) -> Option<Identity> {
    None
}

impl Store {
    /// Whether `path` leads to the file of this store: by its name, through a link, or under the name
    /// that somebody gave it meanwhile.
    pub fn is_at(&self, path: &Path) -> bool {
        let whole = |path: &Path| path.canonicalize().ok();
        let named = whole(&self.path).is_some_and(|ours| whole(path) == Some(ours));
        let same = |ours: Option<Identity>| ours.is_some() && identity(path) == ours;
        named || same(self.held) || same(identity(&self.path))
    }

    /// Refuses a path that leads to the file of this store, before anything opens it.
    ///
    /// # Errors
    /// [`StoreError::Own`].
    pub fn refuse_own(&self, path: &Path) -> Result<()> {
        match self.is_at(path) {
            true => Err(StoreError::Own(path.to_owned())),
            false => Ok(()),
        }
    }
}
