//! A return that was opened, looked through, and found to belong to this register.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::ours::Ours;
use super::{MergeError, ahead};
use crate::domain::dates::written_date;
use crate::domain::form::AgencyReturn;
use crate::domain::id::RecordId;
use crate::domain::plain::told;
use crate::domain::record::{Record, RecordKind};
use crate::domain::register::Register;
use crate::store::revisions::{self, Kept};
use crate::store::{DocumentKind, Passphrase, Store, StoreError};

/// The largest return that is read, in MB. One of a hundred cases has about 5.
pub(in crate::store) const LARGEST_MB: u64 = 100;

/// What one return holds.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub(super) path: PathBuf,
    pub(super) audit: RecordId,
    pub(super) agency: String,
    pub(super) agency_return: RecordId,
    pub(super) register: Register,
    pub(super) on_forms: Vec<(RecordId, RecordKind, RecordId)>,
    pub(super) revisions: Vec<Kept>,
    /// The versions of a workbook's sheets, by form.
    pub(super) sheets: BTreeMap<RecordId, String>,
    pub(super) again: bool,
    /// Whether what it changes of the audit itself may be taken.
    pub(super) audit_too: bool,
    /// Whether it is another state of the whole document.
    pub(super) state: bool,
}

impl Incoming {
    /// Another state of the document: of no agency, and for no audit alone.
    fn state_of(file: ReturnFile) -> Self {
        let audit = RecordId::derived("whole", &[]);
        Self {
            path: file.path,
            audit,
            agency: String::new(),
            agency_return: AgencyReturn::id(audit, ""),
            register: file.register,
            on_forms: file.on_forms,
            revisions: file.revisions,
            sheets: BTreeMap::new(),
            again: false,
            audit_too: false,
            state: true,
        }
    }

    /// Revisions of another state of the document alone.
    pub(super) fn of_state(path: &Path, revisions: Vec<Kept>) -> Self {
        Self::state_of(ReturnFile {
            path: path.to_owned(),
            register: Register::default(),
            on_forms: Vec::new(),
            revisions,
            audit_too: false,
            state: true,
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it is another state of the whole document, and no agency's return.
    pub fn is_state(&self) -> bool {
        self.state
    }

    /// The audit it is for.
    pub fn audit(&self) -> RecordId {
        self.audit
    }

    /// The code of the agency it is from.
    pub fn agency(&self) -> &str {
        &self.agency
    }

    /// The record of this agency's part in this audit.
    pub fn agency_return(&self) -> RecordId {
        self.agency_return
    }

    /// The same, to be merged with what was taken back of it since.
    #[must_use]
    pub fn again(mut self) -> Self {
        self.again = true;
        self
    }

    /// Its light records as they stand in it.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// The answers and key dates that stand in it: id, kind, and the form they stand on.
    pub fn on_forms(&self) -> &[(RecordId, RecordKind, RecordId)] {
        &self.on_forms
    }
}

/// What was read of a return, before it is known whether it belongs to this register.
#[derive(Clone, Debug)]
pub struct ReturnFile {
    path: PathBuf,
    register: Register,
    on_forms: Vec<(RecordId, RecordKind, RecordId)>,
    revisions: Vec<Kept>,
    audit_too: bool,
    state: bool,
}

/// What has to be known of the document to tell another state of it, which lies beside it, from a
/// register that is none of its returns.
struct Whose {
    document: String,
    named_as_copy: bool,
}

impl ReturnFile {
    /// The same, to be taken with what it changes of the audit itself: where the register was put
    /// back from a copy that is older than the return, only the return still has that.
    #[must_use]
    pub fn audit_too(mut self) -> Self {
        self.audit_too = true;
        self
    }

    /// Reads a return through a copy and looks through the whole of it.
    fn read(path: &Path, passphrases: &[Passphrase], whose: &Whose) -> Result<Self, MergeError> {
        let length = std::fs::metadata(path).map_or(0, |file| file.len());
        if length > LARGEST_MB * 1_000_000 {
            return Err(MergeError::Store(StoreError::TooLarge {
                path: path.to_owned(),
                most: LARGEST_MB,
            }));
        }
        Self::of(&open_with_any(path, passphrases)?, whose)
    }

    fn of(file: &Store, whose: &Whose) -> Result<Self, MergeError> {
        let path = file.path.clone();
        let state = whose.named_as_copy && file.document == whose.document;
        if file.kind == DocumentKind::Register && !state {
            return Err(MergeError::Register(path));
        }
        if let Some(fault) = file.check()?.first() {
            let what = fault.to_string();
            return Err(match state {
                true => StoreError::Damaged { path, what }.into(),
                false => MergeError::Broken { path, what },
            });
        }
        Ok(Self {
            path,
            register: file.register()?,
            on_forms: on_forms(file)?,
            revisions: all_revisions(file)?,
            audit_too: false,
            state,
        })
    }
}

impl Store {
    /// Opens a return through a copy and looks whether it can be merged into this register. The
    /// passphrases are tried in turn where it has one. Neither file is changed.
    ///
    /// # Errors
    /// [`MergeError`], with every reason for which a file is refused.
    pub fn look_at_return(
        &self,
        path: &Path,
        passphrases: &[Passphrase],
    ) -> Result<Incoming, MergeError> {
        if self.is_at(path) {
            return Err(MergeError::Register(path.to_owned()));
        }
        self.accept(ReturnFile::read(path, passphrases, &self.whose(path))?)
    }

    fn whose(&self, path: &Path) -> Whose {
        Whose {
            document: self.document.clone(),
            named_as_copy: self.is_named_as_copy(path),
        }
    }

    /// Reads returns, several at once, through copies. `go_on` is told how many are read and says
    /// whether to go on; when it does not, the answer is shorter than the list.
    ///
    /// # Errors
    /// File by file, as [`Store::look_at_return`].
    pub fn read_returns(
        &self,
        paths: &[PathBuf],
        passphrases: &[Passphrase],
        go_on: &mut dyn FnMut(usize) -> bool,
    ) -> Vec<Result<ReturnFile, MergeError>> {
        let own: Vec<bool> = paths.iter().map(|path| self.is_at(path)).collect();
        let whose: Vec<Whose> = paths.iter().map(|path| self.whose(path)).collect();
        let read = |at: usize| match own[at] {
            true => Err(MergeError::Register(paths[at].clone())),
            false => ReturnFile::read(&paths[at], passphrases, &whose[at]),
        };
        ahead::of_all(paths.len(), &read, go_on)
    }

    /// Looks whether an open return can be merged into this register.
    ///
    /// # Errors
    /// As [`Store::look_at_return`].
    pub fn examine(&self, file: &Self) -> Result<Incoming, MergeError> {
        self.refuse_into_return()?;
        self.accept(ReturnFile::of(file, &self.whose(&file.path))?)
    }

    fn refuse_into_return(&self) -> Result<(), MergeError> {
        match self.kind {
            DocumentKind::Register => Ok(()),
            DocumentKind::Return => Err(MergeError::IntoReturn(self.path.clone())),
        }
    }

    /// Looks whether a return that was read can be merged into this register.
    ///
    /// # Errors
    /// As [`Store::look_at_return`].
    pub fn accept(&self, file: ReturnFile) -> Result<Incoming, MergeError> {
        if file.state {
            let state = Incoming::state_of(file);
            self.refuse_state(&state)?;
            return Ok(state);
        }
        self.refuse_into_return()?;
        let (audit, agency_return, agency) = self.belongs(&file.path, &file.register)?;
        let incoming = Incoming {
            path: file.path,
            audit,
            agency,
            agency_return,
            register: file.register,
            on_forms: file.on_forms,
            revisions: file.revisions,
            sheets: BTreeMap::new(),
            again: false,
            audit_too: file.audit_too,
            state: false,
        };
        Ours::new(self, &incoming)?.allow_all()?;
        Ok(incoming)
    }

    /// The audit and agency of a return, once it is known to be of this register.
    fn belongs(
        &self,
        path: &Path,
        theirs: &Register,
    ) -> Result<(RecordId, RecordId, String), MergeError> {
        let ours = self.records(RecordKind::Partnership)?;
        let known = |id: &RecordId| ours.iter().any(|(known, _)| known == id);
        if theirs.partnerships.is_empty() || !theirs.partnerships.keys().all(known) {
            let name = theirs.partnership().map(|own| own.name.clone());
            return Err(MergeError::OtherPartnership {
                path: path.to_owned(),
                name: name.map_or_else(|| "not named".into(), |name| told(&name)),
            });
        }
        let mut returns = theirs.returns.iter();
        let (Some((id, own)), None) = (returns.next(), returns.next()) else {
            return Err(MergeError::Broken {
                path: path.to_owned(),
                what: "it is not of one agency".into(),
            });
        };
        if self.record(RecordKind::Audit, own.audit)?.is_none() {
            let audit = theirs.audits.get(&own.audit);
            return Err(MergeError::OtherAudit {
                path: path.to_owned(),
                title: audit.map(|audit| told(&audit.title)).unwrap_or_default(),
            });
        }
        self.refuse_removed(path, own.audit)?;
        Ok((own.audit, *id, own.agency.clone()))
    }

    /// What was removed at the end of its retention does not come back with a return.
    pub(super) fn refuse_removed(&self, path: &Path, audit: RecordId) -> Result<(), MergeError> {
        let Some(removal) = self.retention_of(audit)?.removed else {
            return Ok(());
        };
        Err(MergeError::Removed {
            path: path.to_owned(),
            title: self.title_of(audit)?,
            on: written_date(removal.at.date_naive()),
        })
    }

    pub(super) fn title_of(&self, audit: RecordId) -> Result<String, StoreError> {
        Ok(match self.record(RecordKind::Audit, audit)? {
            Some(Record::Audit(audit)) => audit.title,
            _ => String::new(),
        })
    }
}

/// Without a passphrase first: most returns have none, and one given for others is no reason to
/// refuse them.
fn open_with_any(path: &Path, passphrases: &[Passphrase]) -> Result<Store, StoreError> {
    let mut opened = Store::open_snapshot(path, None);
    for passphrase in passphrases {
        match &opened {
            Err(StoreError::NeedsPassphrase(_) | StoreError::WrongPassphrase(_)) => {
                opened = Store::open_snapshot(path, Some(passphrase));
            }
            _ => break,
        }
    }
    opened
}

fn on_forms(file: &Store) -> Result<Vec<(RecordId, RecordKind, RecordId)>, StoreError> {
    let mut found = Vec::new();
    for kind in [RecordKind::Answer, RecordKind::KeyDate] {
        let table = crate::store::heads::table(kind);
        let read = || -> rusqlite::Result<Vec<_>> {
            let sql = format!("SELECT id, form FROM {table} ORDER BY id");
            let mut statement = file.db.prepare(&sql)?;
            let row = |row: &rusqlite::Row<'_>| {
                let id = crate::store::read::parsed(row, 0)?;
                Ok((id, kind, crate::store::read::parsed(row, 1)?))
            };
            statement.query_map([], row)?.collect()
        };
        found.extend(read().map_err(|error| file.explain(error))?);
    }
    Ok(found)
}

pub(super) fn all_revisions(file: &Store) -> Result<Vec<Kept>, StoreError> {
    let mut all = Ok(Vec::new());
    let read = revisions::each(&file.db, |kept| match (&mut all, kept) {
        (Ok(all), Ok(kept)) => all.push(kept),
        (_, Err(error)) => all = Err(error),
        (Err(_), _) => (),
    });
    read.and(all).map_err(|error| file.explain(error))
}
