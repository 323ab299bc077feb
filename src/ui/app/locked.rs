//! A file that is locked. Nothing of it is shown; it is closed, and its keys forgotten, once its last
//! changes are on disk and the job under way has ended.

use crate::session::{Notice, Opening, Progress, SaveState, Session};
use crate::store::Passphrase;
use crate::ui::screens::{UnderWay, UnlockScreen};

/// A locked file.
pub(super) struct Locked {
    pub(super) opening: Opening,
    pub(super) screen: UnlockScreen,
    /// Until it is closed.
    session: Option<Session>,
    /// What keeps it from being closed.
    pub(super) under_way: UnderWay,
    /// The passphrase that was given before it was closed.
    pub(super) given: Option<Passphrase>,
    /// What was done behind the lock, in words to say once it is open again.
    pub(super) done: Vec<String>,
}

impl Locked {
    pub(super) fn new(session: Session) -> Self {
        let file = session.file();
        let opening = match file.read_only {
            true => Opening::Snapshot(file.path.clone(), None),
            false => Opening::Open(file.path.clone(), None),
        };
        Self {
            opening,
            screen: UnlockScreen::default(),
            session: Some(session),
            under_way: UnderWay::Nothing,
            given: None,
            done: Vec::new(),
        }
    }

    /// Whether it is closed; closes it when nothing is under way any more.
    pub(super) fn closed(&mut self) -> bool {
        let Some(session) = &mut self.session else {
            return true;
        };
        for notice in session.notices() {
            match notice {
                Notice::Progress(progress) => self.under_way = UnderWay::Job(in_words(&progress)),
                other => self.done.extend(words(&other)),
            }
        }
        let failed = match session.save_state() {
            SaveState::Failed(why) if session.has_unsaved() => Some(why.clone()),
            _ => None,
        };
        if let Some(why) = failed {
            self.under_way = UnderWay::NotSaved(why);
            return false;
        }
        if session.has_unsaved() || session.is_busy() {
            if !matches!(self.under_way, UnderWay::Job(_)) {
                self.under_way = UnderWay::Job("Writing what you typed".into());
            }
            return false;
        }
        // The file is closed, and with it go its keys.
        self.session = None;
        self.under_way = UnderWay::Nothing;
        true
    }

    pub(super) fn stop_job(&self) {
        if let Some(session) = &self.session {
            session.cancel_job();
        }
    }

    pub(super) fn try_again(&mut self) {
        if let Some(session) = &mut self.session {
            session.try_again();
        }
    }

    /// Whether changes are kept in memory that the disk refused.
    pub(super) fn is_refused(&self) -> bool {
        matches!(self.under_way, UnderWay::NotSaved(_))
    }
}

fn in_words(progress: &Progress) -> String {
    match progress.total {
        0 => progress.stage.clone(),
        total => format!("{}: {} of {total}", progress.stage, progress.done),
    }
}

/// What was done, for a person who was not there. Nothing of any case.
fn words(notice: &Notice) -> Option<String> {
    Some(match notice {
        Notice::Exported(path, _) => format!("Exported while locked: {}", path.display()),
        Notice::Merged(_) => "The returns were merged while the file was locked.".into(),
        Notice::Issued(_) => "The return files were made while the file was locked.".into(),
        Notice::SavedToSend(_) => "Your return was saved to send while it was locked.".into(),
        Notice::Redacted(_) => "The text was taken out while the file was locked.".into(),
        Notice::Retained(_) => "The forms were removed while the file was locked.".into(),
        Notice::Failed(why) => why.clone(),
        Notice::NotOpened(error) => error.to_string(),
        _ => return None,
    })
}

#[cfg(feature = "encryption")]
#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::analysis::{Basis, Filter};
    use crate::domain::catalogue::Catalogue;
    use crate::domain::revision::Author;
    use crate::session::jobs::{ExportKind, demo};
    use crate::session::{ExportRequest, Start};
    use crate::store::{Store, StoreError};

    /// A session with a thread of its own on a protected worked example.
    fn session(path: &std::path::Path, passphrase: &Passphrase) -> Session {
        let author = Author {
            role: "Business office".into(),
            agency: String::new(),
            device: "test".into(),
        };
        let catalogue = Arc::new(Catalogue::built_in().unwrap());
        let now = chrono::Utc::now();
        drop(demo(path, Some(passphrase), &author, now, &catalogue).unwrap());
        let mut session = Session::start(Start {
            opening: Opening::Open(path.to_owned(), Some(passphrase.clone())),
            catalogue,
            author,
            clock: Arc::new(chrono::Utc::now),
            wake: Some(Arc::new(|| ())),
        })
        .unwrap();
        while !session
            .notices()
            .iter()
            .any(|n| matches!(n, Notice::Opened(_)))
        {
            std::thread::sleep(Duration::from_millis(5));
        }
        session
    }

    #[test]
    fn a_job_is_finished_behind_the_lock_and_then_the_keys_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("example.goldthread");
        let passphrase = Passphrase::new("kettle ladder moss");
        let mut session = session(&path, &passphrase);
        let to = folder.path().join("out.xlsx");
        session.export(ExportRequest {
            to: to.clone(),
            kind: ExportKind::Workbook,
            audit: None,
            basis: Basis::Agency,
            filter: Filter::default(),
            publish: None,
            with_notes: false,
            names_checked: true,
        });
        let mut locked = Locked::new(session);
        assert!(!locked.closed(), "the job is under way");
        assert!(matches!(locked.under_way, UnderWay::Job(_)));
        let held = Store::open(&path, Some(&passphrase), "other")
            .err()
            .unwrap();
        assert!(matches!(held, StoreError::Locked { .. }), "{held}");
        while !locked.closed() {
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(to.exists());
        let said = locked.done.join(" ");
        assert!(said.starts_with("Exported while locked: "), "{said}");
        assert_eq!(locked.under_way, UnderWay::Nothing);
        Store::open(&path, Some(&passphrase), "other").unwrap();
    }
}
