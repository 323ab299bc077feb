//! One window for each file: whoever opens a file that this person has open already brings that
//! window forward, as on any desktop.
//!
//! Without the network: the window that has a file open puts a small file into the person's own
//! runtime folder and looks now and then for another beside it. Both are named by a hash of the
//! document's path and are empty, so that nothing about the document stands there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};

use crate::domain::revision::in_hex;

/// How often the window that has the file looks whether it is asked for.
const LOOK: Duration = Duration::from_millis(250);
/// How long a second window waits for an answer. One that crashed does not answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The folder in which windows ask for one another.
#[derive(Clone, Debug)]
pub struct Doorbell(PathBuf);

impl Doorbell {
    /// The usual one of this person, where the system has a place for it.
    pub fn usual() -> Option<Self> {
        let folders = directories::ProjectDirs::from("", "", "Goldthread")?;
        let folder = folders.runtime_dir().map(Path::to_owned);
        Some(Self::at(folder.unwrap_or_else(|| {
            folders.data_local_dir().join("open windows")
        })))
    }

    /// In a given folder.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// Whether a window of this person says that it has the file open.
    pub fn is_answered(&self, document: &Path) -> bool {
        self.place(document, "open").exists()
    }

    /// Asks the window that has the file open to come forward. Says whether it answered; at once
    /// when there is none.
    pub fn ring(&self, document: &Path) -> bool {
        self.ring_for(document, PATIENCE)
    }

    fn ring_for(&self, document: &Path, patience: Duration) -> bool {
        let (open, ring) = (self.place(document, "open"), self.place(document, "ring"));
        if !open.exists() || fs::write(&ring, "").is_err() {
            return false;
        }
        let since = Instant::now();
        while since.elapsed() < patience {
            if !ring.exists() {
                return true;
            }
            std::thread::sleep(LOOK / 10);
        }
        for left in [ring, open] {
            if let Err(error) = fs::remove_file(left) {
                tracing::debug!(%error, "what a window left behind stays");
            }
        }
        false
    }

    /// Says that this window has the file open, and calls `rung` whenever it is asked for, until
    /// the answer is dropped.
    ///
    /// # Errors
    /// When nothing can be written to the folder, or the system gives no thread.
    pub fn answer(
        &self,
        document: &Path,
        rung: impl Fn() + Send + 'static,
    ) -> io::Result<Answering> {
        fs::create_dir_all(&self.0)?;
        let (open, ring) = (self.place(document, "open"), self.place(document, "ring"));
        fs::write(&open, "")?;
        let (stop, stopped) = channel();
        let watch = move || {
            while stopped.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                // Taking the file away is the answer.
                if ring.exists() && fs::remove_file(&ring).is_ok() {
                    rung();
                }
            }
        };
        let thread = std::thread::Builder::new()
            .name("goldthread doorbell".into())
            .spawn(watch)?;
        Ok(Answering {
            open,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    fn place(&self, document: &Path, ending: &str) -> PathBuf {
        let whole = fs::canonicalize(document)
            .or_else(|_| std::path::absolute(document))
            .unwrap_or_else(|_| document.to_owned());
        let hash = Sha256::digest(whole.as_os_str().as_encoded_bytes());
        let name = in_hex(&hash[..16]);
        self.0.join(format!("{name}.{ending}"))
    }
}

/// A window that can be asked for.
#[derive(Debug)]
pub struct Answering {
    open: PathBuf,
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the doorbell's thread ended by a panic");
        }
        if let Err(error) = fs::remove_file(&self.open) {
            tracing::debug!(%error, "the sign of an open window stays");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Longer than any machine is busy.
    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn a_second_window_brings_the_first_forward() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("register.goldthread");
        fs::write(&file, "x").unwrap();
        let bell = Doorbell::at(folder.path().join("bell"));
        assert!(!bell.ring(&file), "nobody has it open");
        let times = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&times);
        let answering = bell
            .answer(&file, move || {
                counted.fetch_add(1, Ordering::Relaxed);
            })
            .unwrap();
        assert!(bell.is_answered(&file));
        // The same file by another path.
        let other = folder
            .path()
            .join("bell")
            .join("..")
            .join("register.goldthread");
        assert!(bell.ring_for(&other, LONG));
        assert!(!bell.ring(&folder.path().join("other.goldthread")));
        drop(answering);
        assert_eq!(times.load(Ordering::Relaxed), 1);
        assert!(!bell.is_answered(&file));
        assert_eq!(fs::read_dir(folder.path().join("bell")).unwrap().count(), 0);
    }

    #[test]
    fn what_a_crashed_window_left_is_cleared_away_and_names_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let bell = Doorbell::at(folder.path());
        let file = Path::new("/somewhere/neglect 2019.goldthread");
        let answering = bell.answer(file, || ()).unwrap();
        for entry in fs::read_dir(folder.path()).unwrap() {
            let entry = entry.unwrap();
            assert!(!entry.file_name().to_string_lossy().contains("neglect"));
            assert_eq!(entry.metadata().unwrap().len(), 0);
        }
        drop(answering);
        fs::write(bell.place(file, "open"), "").unwrap();
        assert!(!bell.ring_for(file, Duration::ZERO));
        assert!(!bell.is_answered(file));
    }
}
