//! Notices when another program, such as one that synchronises folders, moves, replaces or changes
//! the file while it is open. Nothing more is written then until both are brought together.
//!
//! On Windows nobody can move or replace a file that is open here. One that is written over in place
//! there is not noticed: the system tells the time of a file that is being written too late.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use super::{Passphrase, Result, Store, StoreError, backup, lock::LockFile, whereabouts};

/// What another program did to the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Underneath {
    /// It is not there any more.
    Removed,
    /// Another file is in its place.
    Replaced,
    /// Something was written into it.
    Changed,
}

impl fmt::Display for Underneath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Removed => "was moved or deleted by another program while it was open here",
            Self::Replaced => "was replaced by another program while it was open here, perhaps by one that synchronises folders",
            Self::Changed => "was changed by another program while it was open here, perhaps by one that synchronises folders",
        })
    }
}

/// What the system says of a file: enough to see that it is another, or was written since.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seen {
    /// Device and number of the file there.
    identity: (u64, u64),
    /// Its length and when it was written last; not where a server tells the time.
    written: Option<(u64, SystemTime)>,
}

impl Seen {
    #[cfg(unix)]
    fn of(path: &Path, on_server: bool) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let file = std::fs::metadata(path).ok()?;
        let written = file.modified().ok().map(|at| (file.len(), at));
        Some(Self {
            identity: (file.dev(), file.ino()),
            written: written.filter(|_| !on_server),
        })
    }

    #[cfg(not(unix))]
    fn of(_: &Path, _: bool) -> Option<Self> {
        None
    }
}

/// How the file was when this program last wrote it.
#[derive(Clone, Debug, Default)]
pub(super) struct Watch {
    path: PathBuf,
    on_server: bool,
    seen: Arc<Mutex<Option<Seen>>>,
}

impl Watch {
    /// Begins once the file is held.
    pub(super) fn begin(path: &Path) -> Self {
        let on_server = whereabouts::of(path).is_some_and(whereabouts::Place::is_server);
        Self {
            path: path.to_owned(),
            on_server,
            seen: Arc::new(Mutex::new(Seen::of(path, on_server))),
        }
    }

    /// Whether anything would be noticed.
    pub(super) fn is_on(&self) -> bool {
        self.seen().is_some()
    }

    fn seen(&self) -> Option<Seen> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.clone()
    }

    /// What was done to the file since, if anything.
    pub(super) fn underneath(&self) -> Option<Underneath> {
        let seen = self.seen()?;
        match Seen::of(&self.path, self.on_server) {
            // A share that is away for a moment is no file that was removed: writing will say so.
            None => (!self.path.exists()).then_some(Underneath::Removed),
            Some(now) if now.identity != seen.identity => Some(Underneath::Replaced),
            Some(now) if now != seen => Some(Underneath::Changed),
            Some(_) => None,
        }
    }

    /// Another file is left alone: it was not this program that put it there.
    fn wrote(&self) {
        let now = Seen::of(&self.path, self.on_server);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let same = now.as_ref().map(|now| now.identity) == seen.as_ref().map(|seen| seen.identity);
        if same {
            *seen = now;
        }
    }

    /// Nothing is noticed any more.
    fn end(&self) {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// The program itself writes, as long as this is there.
pub(super) struct Writing(Watch);

impl Drop for Writing {
    fn drop(&mut self) {
        self.0.wrote();
    }
}

/// What bringing both together did. `Display` is the sentence for the person.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejoined {
    /// What had happened.
    pub what: Underneath,
    /// Changes that were in the file there and not here, where that can be told.
    pub brought: Option<usize>,
    /// Changes that were here and not in the file there.
    pub added: usize,
    /// Things that both have answered differently: both versions are kept.
    pub differ: usize,
    /// The file as it was here, kept beside.
    pub copy: Option<PathBuf>,
}

impl fmt::Display for Rejoined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.what == Underneath::Removed {
            return f.write_str(
                "The file had been moved or deleted by another program; it was written anew in its place, with everything in it.",
            );
        }
        let changes = |count| match count {
            1 => "1 change".to_owned(),
            more => format!("{more} changes"),
        };
        let theirs = match self.brought {
            Some(count) => format!("{} of the other file came in", changes(count)),
            None => "what the other program wrote stays".to_owned(),
        };
        write!(
            f,
            "The file {}. Both are together now: {theirs}, {} of yours were written into it, and nothing was left out.",
            self.what,
            changes(self.added)
        )?;
        match self.differ {
            0 => (),
            1 => f.write_str(" One thing was answered differently in both: both versions are kept, to be settled under the audit’s returns.")?,
            more => write!(f, " {more} things were answered differently in both: both versions are kept, to be settled under the audit’s returns.")?,
        }
        if let Some(copy) = &self.copy {
            write!(f, " The file as it was here is kept as {}.", copy.display())?;
        }
        Ok(())
    }
}

impl Store {
    /// Whether this is still the file that was opened, as this program last wrote it.
    ///
    /// # Errors
    /// [`StoreError::Underneath`] when another program moved, replaced or changed it.
    pub fn still_there(&self) -> Result<()> {
        match self.watch.underneath() {
            None => Ok(()),
            Some(what) => Err(StoreError::Underneath {
                path: self.path.clone(),
                what,
            }),
        }
    }

    /// Says that this program writes, which it must not into another's file.
    ///
    /// # Errors
    /// When this is a read-only copy, or as [`Store::still_there`].
    pub(super) fn begin_writing(&self) -> Result<Writing> {
        if self.read_only {
            return Err(StoreError::ReadOnlyCopy(self.path.clone()));
        }
        self.still_there()?;
        Ok(Writing(self.watch.clone()))
    }

    /// Brings the file as it is here and the one that is there now together, as one document, open in
    /// place of this one. Where nothing was done to it, nothing is.
    ///
    /// # Errors
    /// When what is there is not another state of this document, or does not open. Nothing is lost
    /// then and nothing written; it can be tried again.
    pub fn rejoin(
        &mut self,
        passphrase: Option<&Passphrase>,
        device: &str,
    ) -> Result<Option<Rejoined>> {
        let found = self.watch.underneath();
        if self.closed {
            let what = found.unwrap_or(Underneath::Changed);
            return self.join_kept(what, passphrase, device).map(Some);
        }
        let Some(what) = found else {
            return Ok(None);
        };
        match what {
            Underneath::Removed => self.write_back(passphrase, device)?,
            Underneath::Replaced => return self.join_other(passphrase, device).map(Some),
            Underneath::Changed => return self.join_changed(passphrase, device).map(Some),
        }
        Ok(Some(Rejoined {
            what,
            brought: None,
            added: 0,
            differ: 0,
            copy: None,
        }))
    }

    /// What is open here is still whole, though it has no name any more.
    fn write_back(&mut self, passphrase: Option<&Passphrase>, device: &str) -> Result<()> {
        self.backup(&self.path)?;
        self.let_the_journal_go()?;
        let mut other = Self::open(&self.path, passphrase, device)?;
        other.kept_here = std::mem::take(&mut self.kept_here);
        self.go_over_to(other, device);
        Ok(())
    }

    fn join_other(&mut self, passphrase: Option<&Passphrase>, device: &str) -> Result<Rejoined> {
        self.is_of_this_document(passphrase)?;
        let copy = backup::keep_copy(&self.db, &self.path, "before-joining")?;
        self.let_the_journal_go()?;
        let mut other = Self::open(&self.path, passphrase, device)?;
        let joined = other.join(self)?;
        self.go_over_to(other, device);
        Ok(Rejoined {
            what: Underneath::Replaced,
            brought: Some(joined.brought),
            added: joined.added,
            differ: joined.differ,
            copy: Some(copy),
        })
    }

    /// What was changed in place cannot be read here any more without mixing both. What was kept
    /// since the file was opened is taken in as from any other state of it: whatever differs stands
    /// beside what is there. It is the same where somebody wrote into it through SQLite, because a
    /// share lost the lock: what is in the file already is not taken in twice.
    fn join_changed(&mut self, passphrase: Option<&Passphrase>, device: &str) -> Result<Rejoined> {
        self.is_of_this_document(passphrase)?;
        self.close_between()?;
        self.join_kept(Underneath::Changed, passphrase, device)
    }

    /// The file has to be closed before it can be opened: until then nothing is written or read.
    fn close_between(&mut self) -> Result<()> {
        let mut between = Self::in_memory_of(self.kind)?;
        between.read_only = true;
        between.closed = true;
        between.path.clone_from(&self.path);
        between.document.clone_from(&self.document);
        between.watch = self.watch.clone();
        between.kept_here = std::mem::take(&mut self.kept_here);
        between.key.clone_from(&self.key);
        *self = between;
        Ok(())
    }

    /// Opens what is there now and takes in what was kept here, while this is closed.
    fn join_kept(
        &mut self,
        what: Underneath,
        passphrase: Option<&Passphrase>,
        device: &str,
    ) -> Result<Rejoined> {
        if what == Underneath::Removed {
            return Err(StoreError::Gone(self.path.clone()));
        }
        self.is_of_this_document(passphrase)?;
        let mut other = Self::open(&self.path, passphrase, device)?;
        let kept = other.as_it_follows(self.kept_here.revisions())?;
        let joined = other.take_in(kept.clone())?;
        other.kept_here.is_all_of(kept);
        other.remember_anew();
        self.go_over_to(other, device);
        Ok(Rejoined {
            what,
            brought: None,
            added: joined.added,
            differ: joined.differ,
            copy: None,
        })
    }

    /// Becomes `other`, which is open at the same place.
    fn go_over_to(&mut self, other: Self, device: &str) {
        // What lies beside the file is the other's from now on.
        self.watch.end();
        self.read_only = true;
        drop(self._lock.take());
        *self = other;
        // Both said so under the same name, and one has just taken it away.
        drop(self._lock.take());
        self._lock = Some(LockFile::place(&self.path, device));
    }

    /// The journal has the name of the file, which is about to be another's.
    fn let_the_journal_go(&self) -> Result<()> {
        let mode = |name| {
            self.db
                .pragma_update_and_check(None, "journal_mode", name, |_| Ok(()))
        };
        mode("MEMORY").map_err(|error| self.explain(error))?;
        self.take_empty_journal_away();
        Ok(())
    }

    /// Looks at what is there now, through a copy.
    fn is_of_this_document(&self, passphrase: Option<&Passphrase>) -> Result<()> {
        let other = |why: String| StoreError::NotJoined {
            path: self.path.clone(),
            why,
        };
        let there = Self::open_snapshot(&self.path, passphrase);
        let there = there.map_err(|error| other(error.to_string()))?;
        if there.document != self.document {
            return Err(other("it is another document".into()));
        }
        match there.check()?.first() {
            None => Ok(()),
            Some(fault) => Err(other(format!("it is damaged: {fault}"))),
        }
    }

    /// Whether the file is closed between two states of it, and nothing can be read.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Closing a file that another program moved, replaced or changed would be the end of what is
    /// only here: that is kept beside it, or written into what was changed.
    pub(super) fn keep_aside(&mut self) {
        let kept = match self.watch.underneath() {
            _ if self.closed && self.kept_here.is_empty() => Ok(()),
            _ if self.closed => self.join_or_keep_aside(),
            Some(Underneath::Removed | Underneath::Replaced) if !self.read_only => {
                backup::keep_copy(&self.db, &self.path, "before-joining").map(drop)
            }
            Some(Underneath::Changed) if !self.kept_here.is_empty() => self.join_or_keep_aside(),
            _ => Ok(()),
        };
        if let Err(error) = kept {
            tracing::error!(%error, "what is only here could not be kept aside");
        }
    }

    fn join_or_keep_aside(&mut self) -> Result<()> {
        let key = self.key.clone();
        let Err(why) = self.rejoin(key.as_ref(), "") else {
            return Ok(());
        };
        tracing::warn!(%why, "what was kept here is kept beside the file");
        let kept = self.kept_here.revisions().to_vec();
        // Said once.
        self.watch.end();
        let path = backup::name_of_copy(&self.path, "before-joining");
        let (written, mut aside) = Self::begin(&path, self.kind, key.as_ref())?;
        aside.become_document(&self.document)?;
        aside.take_in(aside.as_it_follows(&kept)?)?;
        drop(aside);
        written.into_place()
    }

    /// Takes the identity of another document.
    fn become_document(&mut self, id: &str) -> Result<()> {
        let renamed = self.db.execute("UPDATE document SET id = ?1", [id]);
        renamed.map_err(|error| self.explain(error))?;
        self.document = id.to_owned();
        Ok(())
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::domain::partnership::Agency;
    use crate::domain::record::RecordKind;
    use crate::domain::revision::{Author, Change, Edit};
    use crate::store::DocumentKind;

    fn named(store: &mut Store, name: &str) {
        let agency = Agency {
            code: name.into(),
            name: name.into(),
            short: name.into(),
        };
        let change = Change {
            edits: vec![Edit::put(Agency::id(name), agency)],
            author: Author {
                role: String::new(),
                agency: String::new(),
                device: String::new(),
            },
            at: chrono::Utc::now(),
            reason: None,
        };
        store.commit(&change).unwrap();
    }

    fn names(store: &Store) -> Vec<String> {
        let agencies = store.records(RecordKind::Agency).unwrap().into_iter();
        let mut names: Vec<String> = agencies
            .map(|(_, record)| format!("{record:?}"))
            .map(|told| told.split('"').nth(1).unwrap().to_owned())
            .collect();
        names.sort();
        names
    }

    /// A file that holds A, closed between two states of it after B was kept in it.
    fn closed() -> (tempfile::TempDir, PathBuf, PathBuf, Store) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("register.goldthread");
        let mut store = Store::create(&file, DocumentKind::Register, None, "desk").unwrap();
        named(&mut store, "A");
        drop(store);
        let other = folder.path().join("other");
        fs::copy(&file, &other).unwrap();
        let mut elsewhere = Store::open(&other, None, "laptop").unwrap();
        named(&mut elsewhere, "C");
        drop(elsewhere);
        let mut store = Store::open(&file, None, "desk").unwrap();
        named(&mut store, "B");
        store.close_between().unwrap();
        fs::write(&file, fs::read(&other).unwrap()).unwrap();
        assert!(store.is_closed());
        (folder, file, other, store)
    }

    #[test]
    fn what_was_kept_waits_while_the_file_is_closed_whatever_comes_next() {
        let (_folder, file, other, mut store) = closed();
        fs::remove_file(&file).unwrap();
        let refused = store.rejoin(None, "desk").unwrap_err();
        assert!(matches!(refused, StoreError::Gone(_)), "{refused}");
        assert!(!file.exists(), "nothing empty is put in its place");
        fs::rename(&other, &file).unwrap();
        let rejoined = store.rejoin(None, "desk").unwrap().unwrap();
        assert_eq!((rejoined.what, rejoined.added), (Underneath::Replaced, 1));
        assert!(!store.is_closed());
        assert_eq!(names(&store), ["A", "B", "C"]);
    }

    #[test]
    fn closing_then_writes_it_into_what_is_there_or_beside() {
        let (_folder, file, _, store) = closed();
        drop(store);
        assert_eq!(
            names(&Store::open(&file, None, "desk").unwrap()),
            ["A", "B", "C"]
        );

        let (folder, file, _, store) = closed();
        fs::remove_file(&file).unwrap();
        drop(store);
        assert!(!file.exists());
        let entries = fs::read_dir(folder.path()).unwrap();
        let mut paths = entries.map(|entry| entry.unwrap().path());
        let aside = paths.find(|path| path.display().to_string().contains("before-joining"));
        let aside = Store::open(&aside.unwrap(), None, "desk").unwrap();
        assert_eq!(names(&aside), ["B"]);
    }
}
