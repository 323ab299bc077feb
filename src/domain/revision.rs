//! Revisions: the one mechanism behind autosave, undo, the audit trail and merging.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::id::{RecordId, RevisionId};
use super::record::{Record, RecordKind};

/// A SHA-256.
pub type Hash = [u8; 32];

/// Who made a change. A role and an agency, never a name; the device tells two laptops apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Role, such as "team manager".
    pub role: String,
    /// Agency code, or empty for the partnership itself.
    pub agency: String,
    /// A random name of the device, made once a machine.
    pub device: String,
}

/// One record as it shall be from now on; `None` deletes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// The record.
    pub record: RecordId,
    /// Its kind, known even when it is deleted.
    pub kind: RecordKind,
    /// Its new content.
    pub after: Option<Record>,
}

impl Edit {
    /// Creates or replaces a record.
    pub fn put(record: RecordId, after: impl Into<Record>) -> Self {
        let after = after.into();
        Self {
            record,
            kind: after.kind(),
            after: Some(after),
        }
    }

    /// Deletes a record.
    pub fn delete(record: RecordId, kind: RecordKind) -> Self {
        Self {
            record,
            kind,
            after: None,
        }
    }
}

/// Edits that belong together and are kept together or not at all.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The edits, in order.
    pub edits: Vec<Edit>,
    /// Who makes it.
    pub author: Author,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, where a reason is asked for.
    pub reason: Option<String>,
}

/// One kept change of one record. Immutable.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Its identity.
    pub id: RevisionId,
    /// The record it changes.
    pub record: RecordId,
    /// That record's kind.
    pub kind: RecordKind,
    /// The body from now on; `None` when deleted.
    pub body: Option<String>,
    /// The revisions it follows: none for the first, two or more where a conflict was resolved.
    pub parents: Vec<RevisionId>,
    /// Who.
    pub author: Author,
    /// When, by the author's clock. Order comes from the parents, not from here.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: Option<String>,
}

/// An instant as it is written in the file and hashed: RFC 3339 in UTC, to the millisecond.
pub fn written_instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Bytes of a hash in hexadecimal digits.
pub fn in_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash of a body. A deleted record and an empty body differ.
pub fn body_hash(body: Option<&str>) -> Hash {
    let mut sha = Sha256::new();
    match body {
        None => sha.update([0]),
        Some(text) => {
            sha.update([1]);
            sha.update(text.as_bytes());
        }
    }
    sha.finalize().into()
}

impl Revision {
    /// The hash that chains this revision to its parents.
    ///
    /// It covers the parents' hashes (in the order of their ids), every field of the revision and
    /// the *hash* of the body, so that a body blanked by redaction still verifies. Each part is
    /// preceded by its length: moving a character from one field to the next changes the hash.
    pub fn chain_hash(&self, parent_hashes: &[Hash], body_hash: &Hash) -> Hash {
        let mut sha = Sha256::new();
        let mut add = |part: &[u8]| {
            sha.update((part.len() as u64).to_le_bytes());
            sha.update(part);
        };
        for hash in parent_hashes {
            add(hash);
        }
        add(self.id.to_string().as_bytes());
        add(self.record.to_string().as_bytes());
        add(self.kind.name().as_bytes());
        add(self.author.role.as_bytes());
        add(self.author.agency.as_bytes());
        add(self.author.device.as_bytes());
        add(written_instant(self.at).as_bytes());
        add(self.reason.as_deref().unwrap_or("").as_bytes());
        add(body_hash);
        sha.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn revision() -> Revision {
        Revision {
            id: "0198c0de-0000-7000-8000-000000000001".parse().unwrap(),
            record: "0198c0de-0000-7000-8000-000000000002".parse().unwrap(),
            kind: RecordKind::Answer,
            body: Some("{}".into()),
            parents: Vec::new(),
            author: Author {
                role: "nurse".into(),
                agency: "HP".into(),
                device: "d".into(),
            },
            at: "2026-03-02T14:02:00Z".parse().unwrap(),
            reason: None,
        }
    }

    fn hash(revision: &Revision) -> Hash {
        revision.chain_hash(&[], &body_hash(revision.body.as_deref()))
    }

    #[test]
    fn every_field_is_in_the_hash() {
        let base = revision();
        // The same characters, moved from one field to the next.
        let mut moved = base.clone();
        moved.author.role = "nurseH".into();
        moved.author.agency = "P".into();
        let changed = [
            Revision {
                id: RevisionId::fresh(),
                ..base.clone()
            },
            Revision {
                record: RecordId::fresh(),
                ..base.clone()
            },
            Revision {
                kind: RecordKind::Case,
                ..base.clone()
            },
            Revision {
                body: None,
                ..base.clone()
            },
            Revision {
                body: Some(String::new()),
                ..base.clone()
            },
            Revision {
                at: Utc::now(),
                ..base.clone()
            },
            Revision {
                reason: Some("slip".into()),
                ..base.clone()
            },
            moved,
        ];
        for other in changed {
            assert_ne!(hash(&other), hash(&base), "{other:?}");
        }
        let with_parent = base.chain_hash(&[[7; 32]], &body_hash(base.body.as_deref()));
        assert_ne!(with_parent, hash(&base));
    }
}
