//! Which file a store holds, whatever it is called, and who may read and write it. Opening and
//! closing it a second time would give up the lock on it: POSIX systems keep one lock of a file for
//! the whole process.

use std::path::Path;

use super::{Result, Store, StoreError};

/// A file as the system knows it.
#[cfg(unix)]
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    device: u64,
    number: u64,
    mode: u32,
    group: u32,
}

#[cfg(unix)]
impl Held {
    /// The file that a path leads to now.
    pub(super) fn at(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let file = std::fs::metadata(path).ok()?;
        Some(Self {
            device: file.dev(),
            number: file.ino(),
            mode: file.mode(),
            group: file.gid(),
        })
    }

    fn is(&self, other: &Self) -> bool {
        (self.device, self.number) == (other.device, other.number)
    }

    /// Lets a file that is to take this one's place be read and written by the same people. Where it
    /// cannot be given to the same group, no other group may.
    pub(super) fn hand_on(&self, to: &Path) -> std::io::Result<()> {
        use std::os::unix::fs::{PermissionsExt as _, chown};
        let same = Self::at(to).is_some_and(|new| new.group == self.group);
        let same = same || chown(to, None, Some(self.group)).is_ok();
        let mode = self.mode & if same { 0o777 } else { 0o707 };
        std::fs::set_permissions(to, std::fs::Permissions::from_mode(mode))
    }
}

/// Elsewhere a second handle takes no lock away, and the folder says who may read a new file.
#[cfg(not(unix))]
#[derive(Clone, Copy, Debug)]
pub(super) struct Held;

#[cfg(not(unix))]
impl Held {
    /// Nothing is known of the file.
    pub(super) fn at(_: &Path) -> Option<Self> {
        None
    }

    fn is(&self, _: &Self) -> bool {
        false
    }

    /// Nothing has to be done.
    pub(super) fn hand_on(&self, _: &Path) -> std::io::Result<()> {
        Ok(())
    }
}

impl Store {
    /// Whether `path` leads to the file of this store: by its name, through a link, or under the name
    /// that somebody gave it meanwhile.
    pub fn is_at(&self, path: &Path) -> bool {
        let whole = |path: &Path| path.canonicalize().ok();
        let named = whole(&self.path).is_some_and(|ours| whole(path) == Some(ours));
        let there = Held::at(path);
        let same =
            |ours: Option<Held>| ours.zip(there).is_some_and(|(ours, there)| ours.is(&there));
        named || same(self.held) || same(Held::at(&self.path))
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

    /// Lets a file that is to take the place of this one be read and written by the same people:
    /// colleagues on a share would be left outside. Failing to is no reason not to write it.
    pub(super) fn hand_on_access(&self, to: &Path) {
        let held = Held::at(&self.path).or(self.held);
        if let Some(Err(error)) = held.map(|held| held.hand_on(to)) {
            tracing::warn!(%error, "who may read the file could not be kept");
        }
    }
}
