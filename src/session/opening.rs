//! The ways in which a document comes to be open.

use std::sync::Arc;

use chrono::Utc;

use super::document::Document;
use super::error::Result;
use super::jobs;
use super::worker::Opening;
use crate::domain::catalogue::Catalogue;
use crate::domain::revision::Author;
use crate::store::Store;

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
