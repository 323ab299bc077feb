//! How two histories of one record become one: their union. Which revisions are its heads, and
//! which head it stands by until somebody resolves the others, depends on nothing but that union.

use std::collections::{BTreeMap, BTreeSet};

use super::id::RevisionId;

/// The revisions of one record and how they follow each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lineage {
    /// How many revisions lead up to each.
    depths: BTreeMap<RevisionId, usize>,
    /// Those that another follows.
    followed: BTreeSet<RevisionId>,
    /// Those that delete the record.
    deletions: BTreeSet<RevisionId>,
}

impl Lineage {
    /// Adds a revision. Its parents have to be added before it.
    pub fn add(&mut self, revision: RevisionId, parents: &[RevisionId], deletes: bool) {
        let above = parents.iter().filter_map(|parent| self.depths.get(parent));
        let depth = above.max().map_or(0, |depth| depth + 1);
        self.depths.insert(revision, depth);
        self.followed.extend(parents);
        if deletes {
            self.deletions.insert(revision);
        }
    }

    /// Whether the revision is there.
    pub fn contains(&self, revision: RevisionId) -> bool {
        self.depths.contains_key(&revision)
    }

    /// The revisions that no other follows, in the order of their ids.
    pub fn heads(&self) -> Vec<RevisionId> {
        let all = self.depths.keys().copied();
        all.filter(|id| !self.followed.contains(id)).collect()
    }

    /// The head the record stands by: one that says something before one that deletes it, then the
    /// one with the longest history, of several such the one with the highest id. The same on every
    /// machine and after merging in any order.
    pub fn winner(&self) -> Option<RevisionId> {
        let heads = self.heads().into_iter();
        heads.max_by_key(|id| {
            let says = !self.deletions.contains(id);
            (says, self.depths.get(id).copied(), *id)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> RevisionId {
        format!("0198c0de-0000-7000-8000-0000000000{number:02}")
            .parse()
            .unwrap()
    }

    #[test]
    fn the_longest_history_wins_and_then_the_highest_id() {
        type Case<'a> = (&'a [(u8, &'a [u8])], &'a [u8], Option<u8>);
        let cases: &[Case<'_>] = &[
            (&[], &[], None),
            (&[(1, &[])], &[1], Some(1)),
            (&[(1, &[]), (2, &[1])], &[2], Some(2)),
            // Two beginnings apart: the higher id.
            (&[(2, &[]), (1, &[])], &[1, 2], Some(2)),
            // A longer history wins over a higher id.
            (&[(9, &[]), (1, &[]), (2, &[1])], &[2, 9], Some(2)),
            (&[(1, &[]), (3, &[1]), (2, &[1])], &[2, 3], Some(3)),
            // A revision that follows both settles it.
            (
                &[(1, &[]), (3, &[1]), (2, &[1]), (0, &[2, 3])],
                &[0],
                Some(0),
            ),
            // What somebody wrote stands before its deletion (50 and more delete).
            (
                &[(1, &[]), (2, &[1]), (50, &[1]), (51, &[50])],
                &[2, 51],
                Some(2),
            ),
            (&[(1, &[]), (50, &[1])], &[50], Some(50)),
            // Twice the same is once.
            (&[(1, &[]), (1, &[])], &[1], Some(1)),
        ];
        for (revisions, heads, winner) in cases {
            let mut lineage = Lineage::default();
            for (revision, parents) in *revisions {
                let parents: Vec<_> = parents.iter().map(|parent| id(*parent)).collect();
                lineage.add(id(*revision), &parents, *revision >= 50);
            }
            let heads: Vec<_> = heads.iter().map(|head| id(*head)).collect();
            assert_eq!(lineage.heads(), heads, "{revisions:?}");
            assert_eq!(lineage.winner(), winner.map(id), "{revisions:?}");
        }
    }
}
