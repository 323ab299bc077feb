//! Bringing two states of one document together: the union of their revisions, as with a return, but
//! of everything.

use super::Incoming;
use crate::domain::revision::Author;
use crate::store::revisions::Kept;
use crate::store::{Result, Store, StoreError};

/// What bringing two states together did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Joined {
    /// Changes that only this state had.
    pub(in crate::store) brought: usize,
    /// Changes that only the other had.
    pub(in crate::store) added: usize,
    /// Records of which versions that differ stand side by side since.
    pub(in crate::store) differ: usize,
}

impl Store {
    /// Takes in every revision of another state of this document.
    ///
    /// # Errors
    /// When either cannot be read, or this one not be written; it is then as it was.
    pub(in crate::store) fn join(&mut self, other: &Self) -> Result<Joined> {
        let theirs = Incoming::of_state(&self.path, super::incoming::all_revisions(other)?);
        self.refuse_state(&theirs).map_err(not_joined)?;
        self.take_in(theirs.revisions)
    }

    /// Takes in revisions of another state of this document.
    ///
    /// # Errors
    /// When this one cannot be read or written; it is then as it was.
    pub(in crate::store) fn take_in(&mut self, revisions: Vec<Kept>) -> Result<Joined> {
        let _writing = self.begin_writing()?;
        let theirs = [Incoming::of_state(&self.path, revisions)];
        let plan = self.plan(&theirs).map_err(not_joined)?;
        let all = super::incoming::all_revisions(self)?.len();
        let added = plan.new.len();
        let mut anew = !plan.redacted.is_empty();
        if !plan.is_empty() {
            let (_, swept) = self.write(&plan, &[], &the_program(), chrono::Utc::now())?;
            anew |= swept;
        }
        if anew {
            self.write_anew()?;
        }
        let records = plan.files.iter().flat_map(|file| &file.records);
        let differ = records.filter(|record| record.conflict).count();
        self.remember();
        Ok(Joined {
            brought: (all + added).saturating_sub(theirs[0].revisions.len()),
            added,
            differ,
        })
    }
}

/// Why what lies in the place of the open file is not brought together with it.
fn not_joined(error: StoreError) -> StoreError {
    let (path, why) = match error {
        StoreError::ToldOtherwise(path) => {
            let why = "it tells a change otherwise, so another program altered it";
            (path, why.into())
        }
        StoreError::HeldHere { path, title } | StoreError::HeldThere { path, title } => {
            let why = format!(
                "the forms of “{title}” were removed in one of both, and a legal hold keeps them in the other"
            );
            (path, why)
        }
        other => return other,
    };
    StoreError::NotJoined { path, why }
}

/// Nobody brings anything of their own. What was removed for good on one side is removed again.
fn the_program() -> Author {
    Author {
        role: "program".into(),
        agency: String::new(),
        device: String::new(),
    }
}
