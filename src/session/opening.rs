//! The ways in which a document comes to be open.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::Utc;

use super::document::Document;
use super::error::Result;
use super::jobs;
use crate::domain::catalogue::Catalogue;
use crate::domain::revision::Author;
use crate::store::{Passphrase, Store};

/// Which file to open, and how.
#[derive(Clone, Debug)]
pub enum Opening {
    /// An existing file.
    Open(PathBuf, Option<Passphrase>),
    /// A read-only copy of a file that is open elsewhere.
    Snapshot(PathBuf, Option<Passphrase>),
    /// A new, empty register.
    Create(PathBuf, Option<Passphrase>),
    /// A new register with the worked example in it.
    Demo(PathBuf),
}

impl Opening {
    /// The same, with a passphrase.
    pub fn with_passphrase(self, passphrase: Passphrase) -> Self {
        match self {
            Self::Open(path, _) => Self::Open(path, Some(passphrase)),
            Self::Snapshot(path, _) => Self::Snapshot(path, Some(passphrase)),
            Self::Create(path, _) => Self::Create(path, Some(passphrase)),
            Self::Demo(path) => Self::Demo(path),
        }
    }

    /// The passphrase given, if any.
    pub(super) fn passphrase(&self) -> Option<&Passphrase> {
        match self {
            Self::Open(_, passphrase)
            | Self::Snapshot(_, passphrase)
            | Self::Create(_, passphrase) => passphrase.as_ref(),
            Self::Demo(_) => None,
        }
    }

    /// The file.
    pub fn path(&self) -> &PathBuf {
        match self {
            Self::Open(path, _)
            | Self::Snapshot(path, _)
            | Self::Create(path, _)
            | Self::Demo(path) => path,
        }
    }
}

/// Opens, copies or makes a document.
pub(super) fn open(
    opening: &Opening,
    author: &Author,
    catalogue: &Arc<Catalogue>,
) -> Result<Document> {
    let device = &author.device;
    let document = match opening {
        Opening::Open(path, passphrase) => {
            Document::open(path, passphrase.as_ref(), device, Arc::clone(catalogue))?
        }
        Opening::Snapshot(path, passphrase) => {
            let store = Store::open_snapshot(path, passphrase.as_ref())?;
            Document::of(store, Arc::clone(catalogue))?
        }
        Opening::Create(path, passphrase) => {
            Document::create(path, passphrase.as_ref(), device, Arc::clone(catalogue))?
        }
        Opening::Demo(path) => jobs::demo(path, None, author, Utc::now(), catalogue)?,
    };
    Ok(document)
}
