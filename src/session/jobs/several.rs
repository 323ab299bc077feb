//! The themes of several partnerships in one view. Each register is opened as a read-only copy and
//! closed again; only counts are kept of it.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Progress, Watch};
use crate::analysis::several::PartnershipThemes;
use crate::analysis::{Basis, Filter};
use crate::session::document::Document;
use crate::session::error::{Error, Result};
use crate::store::{DocumentKind, Passphrase, Store};

/// A register of another partnership.
#[derive(Clone, Debug)]
pub struct OtherRegister {
    /// Where it lies.
    pub path: PathBuf,
    /// Its passphrase, if it has one.
    pub passphrase: Option<Passphrase>,
}

/// The themes of each of these registers beside one's own, in their order.
///
/// # Errors
/// When a file is one's own or no register, is damaged, needs another passphrase, or the job was cancelled.
pub fn themes_of_several(
    own: &Document,
    registers: &[OtherRegister],
    basis: Basis,
    filter: &Filter,
    report: &mut dyn FnMut(Progress),
    cancel: &std::sync::atomic::AtomicBool,
) -> Result<Vec<PartnershipThemes>> {
    let mut watch = Watch { report, cancel };
    let total = registers.len();
    let read = |(done, register): (usize, &OtherRegister)| {
        watch.step("Reading registers", done, total)?;
        let document = open(own, register)?;
        let facts = super::facts::read(&document, &mut watch)?;
        Ok(PartnershipThemes::of(
            document.register(),
            &facts,
            basis,
            filter,
        ))
    };
    registers.iter().enumerate().map(read).collect()
}

/// Opens a whole and sound register, which may be open elsewhere.
fn open(own: &Document, register: &OtherRegister) -> Result<Document> {
    own.store().refuse_own(&register.path)?;
    let store = Store::open_snapshot(&register.path, register.passphrase.as_ref())?;
    if store.kind() == DocumentKind::Return {
        return Err(Error::NoRegister(register.path.clone()));
    }
    if let Some(fault) = store.check()?.first() {
        return Err(Error::Damaged {
            path: register.path.clone(),
            what: fault.to_string(),
        });
    }
    Ok(Document::of(store, Arc::clone(own.catalogue()))?)
}
