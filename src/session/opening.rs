//! The ways in which a document comes to be open.

use std::sync::Arc;

use super::document::Document;
use super::worker::Opening;
use crate::domain::catalogue::Catalogue;
use crate::store::{self, Store};

/// Opens, copies or makes a document.
pub(super) fn open(
    opening: &Opening,
    device: &str,
    catalogue: Arc<Catalogue>,
) -> store::Result<Document> {
    match opening {
        Opening::Open(path, passphrase) => {
            Document::open(path, passphrase.as_ref(), device, catalogue)
        }
        Opening::Snapshot(path, passphrase) => {
            Document::of(Store::open_snapshot(path, passphrase.as_ref())?, catalogue)
        }
        Opening::Create(path, passphrase) => {
            Document::create(path, passphrase.as_ref(), device, catalogue)
        }
    }
}
