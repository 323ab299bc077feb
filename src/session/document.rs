//! An open file together with its register in memory; what the command line and the worker use.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::catalogue::Catalogue;
use crate::domain::flow::Answers;
use crate::domain::id::RecordId;
use crate::domain::record::{Record, RecordKind};
use crate::domain::register::Register;
use crate::domain::revision::Change;
use crate::store::{
    self, DocumentKind, Passphrase, Rejoined, Repaired, Saved, SeenVersion, Stood, Store,
};

/// What one form holds besides its head: answers and key dates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormContent {
    /// Answers by question id.
    pub answers: Answers,
    /// Key dates by date id.
    pub dates: BTreeMap<String, NaiveDate>,
}

/// The content of several forms, by their ids.
pub type FormContents = BTreeMap<RecordId, FormContent>;

/// When judgements were made, by their ids.
pub type JudgedAt = BTreeMap<RecordId, DateTime<Utc>>;

/// An open file and its register.
pub struct Document {
    pub(crate) store: Store,
    pub(crate) register: Register,
    pub(crate) catalogue: Arc<Catalogue>,
}

impl Document {
    /// Makes a new, empty file.
    ///
    /// # Errors
    /// As [`Store::create`].
    pub fn create(
        path: &Path,
        passphrase: Option<&Passphrase>,
        device: &str,
        catalogue: Arc<Catalogue>,
    ) -> store::Result<Self> {
        let store = Store::create(path, DocumentKind::Register, passphrase, device)?;
        Self::of(store, catalogue)
    }

    /// Opens a file.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open(
        path: &Path,
        passphrase: Option<&Passphrase>,
        device: &str,
        catalogue: Arc<Catalogue>,
    ) -> store::Result<Self> {
        Self::of(Store::open(path, passphrase, device)?, catalogue)
    }

    /// Takes an open store and reads its register.
    ///
    /// # Errors
    /// When a record does not read.
    pub fn of(store: Store, catalogue: Arc<Catalogue>) -> store::Result<Self> {
        let register = store.register()?;
        Ok(Self {
            store,
            register,
            catalogue,
        })
    }

    /// The light records.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// The file.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Gives up the register in memory and keeps the file.
    pub fn into_store(self) -> Store {
        self.store
    }

    /// Gives the file another passphrase, or none. The inner error says why it stays as it was.
    ///
    /// # Errors
    /// When the file could not be opened again; nothing can be kept in this document then.
    pub fn set_passphrase(
        &mut self,
        present: Option<&Passphrase>,
        new: Option<&Passphrase>,
        device: &str,
    ) -> store::Result<store::Result<()>> {
        let path = self.store.path().to_owned();
        // The file has to be closed while another takes its place.
        let nothing = Store::in_memory_of(self.store.kind())?;
        let store = std::mem::replace(&mut self.store, nothing);
        match store.with_passphrase(new, device) {
            Ok(store) => {
                self.store = store;
                Ok(Ok(()))
            }
            Err(why) => {
                self.store = Store::open(&path, present, device)?;
                Ok(Err(why))
            }
        }
    }

    /// Brings the file together with what another program made of it; see [`Store::rejoin`].
    ///
    /// # Errors
    /// As [`Store::rejoin`].
    pub fn rejoin(
        &mut self,
        passphrase: Option<&Passphrase>,
        device: &str,
    ) -> store::Result<Option<Rejoined>> {
        let rejoined = self.store.rejoin(passphrase, device)?;
        if rejoined.is_some() {
            self.register = self.store.register()?;
        }
        Ok(rejoined)
    }

    /// Rebuilds how things stand from the revisions.
    ///
    /// # Errors
    /// As [`Store::repair`].
    pub fn repair(&mut self) -> store::Result<Repaired> {
        let repaired = self.store.repair()?;
        self.register = self.store.register()?;
        Ok(repaired)
    }

    /// The built-in data.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// Keeps a change on disk, then in the register.
    ///
    /// # Errors
    /// As [`Store::commit`]; the register is then as it was.
    pub fn commit(&mut self, change: &Change) -> store::Result<Saved> {
        let saved = self.store.commit(change)?;
        for edit in &change.edits {
            self.register.apply(edit);
        }
        Ok(saved)
    }

    /// Reads the register once more, and says whether that changed it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read_anew(&mut self) -> store::Result<bool> {
        let register = self.store.register()?;
        let changed = register != self.register;
        self.register = register;
        Ok(changed)
    }

    /// Keeps a change that was made in view of how its records stood, edit by edit.
    ///
    /// # Errors
    /// As [`Store::commit_in_view`]; the register is then as it was.
    pub fn commit_in_view(&mut self, change: &Change, stood: &[Stood]) -> store::Result<Saved> {
        let saved = self.store.commit_in_view(change, stood)?;
        if saved.beside {
            self.register = self.store.register()?;
            return Ok(saved);
        }
        for edit in &change.edits {
            self.register.apply(edit);
        }
        Ok(saved)
    }

    /// Settles the conflict of a record whose versions a person has seen.
    ///
    /// # Errors
    /// As [`Store::settle`]; the register is then as it was.
    pub fn settle(
        &mut self,
        change: &Change,
        record: RecordId,
        seen: &[SeenVersion],
    ) -> store::Result<Saved> {
        let saved = self.store.settle(change, record, seen)?;
        // What waited for its parent may have come back with it.
        self.register = self.store.register()?;
        Ok(saved)
    }

    /// The content of every agency's form for a case, and when each judgement on it was made.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn case_content(&self, case: RecordId) -> store::Result<(FormContents, JudgedAt)> {
        let forms = self.register.forms.iter();
        let contents = forms
            .filter(|(_, form)| form.case == case)
            .map(|(id, _)| Ok((*id, self.form_content(*id)?)))
            .collect::<store::Result<_>>()?;
        let mut judged = JudgedAt::new();
        for (id, judgement) in &self.register.judgements {
            if judgement.case == case {
                judged.extend(self.store.last_changed(*id)?.map(|at| (*id, at)));
            }
        }
        Ok((contents, judged))
    }

    /// The answers and key dates of one form.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn form_content(&self, form: RecordId) -> store::Result<FormContent> {
        let mut content = FormContent::default();
        for kind in [RecordKind::Answer, RecordKind::KeyDate] {
            for (_, record) in self.store.records_on_form(kind, form)? {
                match record {
                    Record::Answer(answer) => {
                        content.answers.insert(answer.question.clone(), answer);
                    }
                    Record::KeyDate(date) => {
                        content.dates.insert(date.date_id, date.date);
                    }
                    _ => (),
                }
            }
        }
        Ok(content)
    }
}
