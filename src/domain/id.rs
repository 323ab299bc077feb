//! Identities of records and revisions.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Root of every derived id. Never change it: two files would stop recognising each other's records.
const NAMESPACE: Uuid = Uuid::from_u128(0x8f0c_52b6_1a7e_4d53_9f36_70a4_4e1b_c0de);

/// Identity of a record, the same in every file that holds it.
///
/// Records that a person creates freely (an audit, a case) get a fresh UUIDv7. Records that can
/// exist only once for their place (the answer to one question on one form) get an id *derived*
/// from that place, so that two files that create it apart mean the same record when merged.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordId(Uuid);

impl RecordId {
    /// A new id for a record that a person creates.
    pub fn fresh() -> Self {
        Self(Uuid::now_v7())
    }

    /// The id of the only record of `kind` at the place named by `parts`.
    pub fn derived(kind: &str, parts: &[&str]) -> Self {
        Self(derived(kind, parts))
    }
}

/// The id that follows from a kind and parts, the same on every machine.
fn derived(kind: &str, parts: &[&str]) -> Uuid {
    // The unit separator cannot occur in an id, a code or a question id.
    let name = std::iter::once(kind)
        .chain(parts.iter().copied())
        .collect::<Vec<_>>()
        .join("\u{1f}");
    Uuid::new_v5(&NAMESPACE, name.as_bytes())
}

/// Identity of one revision: a UUIDv7, so revisions of one device sort by the time they were made.
/// What a workbook says has no revisions of its own; they are derived from all they say, so that
/// every register that reads the same workbook makes the same ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RevisionId(Uuid);

impl RevisionId {
    /// A new id for a revision made now.
    pub fn fresh() -> Self {
        Self(Uuid::now_v7())
    }

    /// The id of a revision that follows from everything in it.
    pub fn derived(parts: &[&str]) -> Self {
        Self(derived("revision", parts))
    }
}

macro_rules! shown_as_uuid {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}
shown_as_uuid!(RecordId);
shown_as_uuid!(RevisionId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_id_depends_on_kind_and_every_part() {
        let id = RecordId::derived("answer", &["form", "C01"]);
        assert_eq!(id, RecordId::derived("answer", &["form", "C01"]));
        assert_ne!(id, RecordId::derived("answer", &["form", "C02"]));
        assert_ne!(id, RecordId::derived("key_date", &["form", "C01"]));
        assert_ne!(
            RecordId::derived("a", &["bc"]),
            RecordId::derived("a", &["b", "c"])
        );
    }

    #[test]
    fn ids_survive_printing() {
        let id = RecordId::fresh();
        assert_eq!(id.to_string().parse::<RecordId>().unwrap(), id);
    }
}
