//! How two histories of one record become one: their union. Which revisions are its heads, and
//! which head it stands by until somebody resolves the others, depends on nothing but that union.
//!
//! A merge that is taken back leaves revisions that say again what was said before it. Such a
//! *restoring* revision is no new word on the matter: it counts as the version that it restores. So
//! what a corrected return brings later follows that version as if the first merge had never been,
//! and a conflict that is brought back is the same conflict.

use std::collections::{BTreeMap, BTreeSet};

use super::id::RevisionId;
use super::revision::{Hash, body_hash};

/// Why a whole merge is brought back or taken back; the reason of each of the restoring revisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restoring {
    /// A merge is taken back.
    Undo,
    /// A merge that was taken back is done again.
    Redo,
    /// A file that was taken back with its merge is merged once more.
    Again,
}

impl Restoring {
    const ALL: [Self; 3] = [Self::Undo, Self::Redo, Self::Again];

    fn begins(self) -> &'static str {
        match self {
            Self::Undo => "Undo: merge of ",
            Self::Redo => "Redo: merge of ",
            Self::Again => "Again: merge of ",
        }
    }

    /// The reason that such a revision is kept with, such as "Undo: merge of 3 returns".
    pub fn reason(self, returns: usize) -> String {
        format!("{}{}", self.begins(), counted(returns))
    }

    /// Whether a revision with this reason is a restoring one.
    pub fn is_reason(reason: Option<&str>) -> bool {
        let begins = |reason: &str| Self::ALL.iter().any(|own| reason.starts_with(own.begins()));
        reason.is_some_and(begins)
    }
}

/// What undo and redo of a merge are called in the window, such as "merge of 3 returns".
pub fn label(returns: usize) -> String {
    format!("merge of {}", counted(returns))
}

fn counted(returns: usize) -> String {
    match returns {
        1 => "1 return".into(),
        more => format!("{more} returns"),
    }
}

/// A revision as far as its place in the history of its record goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The revisions it follows.
    pub parents: Vec<RevisionId>,
    /// The hash of its body, which stays when the body is redacted.
    pub body: Hash,
    /// Whether it is a restoring one.
    pub restores: bool,
}

/// The revisions of one record and how they follow each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lineage {
    /// Each with how many lead up to it.
    said: BTreeMap<RevisionId, (usize, Said)>,
    /// Those that another follows.
    followed: BTreeSet<RevisionId>,
}

impl Lineage {
    /// Adds a revision. Its parents have to be added before it.
    pub fn add(&mut self, revision: RevisionId, said: Said) {
        let above = said
            .parents
            .iter()
            .filter_map(|parent| self.said.get(parent));
        let depth = above
            .map(|(depth, _)| depth)
            .max()
            .map_or(0, |depth| depth + 1);
        self.followed.extend(&said.parents);
        self.said.insert(revision, (depth, said));
    }

    /// Whether the revision is there.
    pub fn contains(&self, revision: RevisionId) -> bool {
        self.said.contains_key(&revision)
    }

    /// The revisions that no other follows, in the order of their ids.
    pub fn newest(&self) -> Vec<RevisionId> {
        let all = self.said.keys().copied();
        all.filter(|id| !self.followed.contains(id)).collect()
    }

    /// The newest revisions without the restoring ones beyond whose version somebody has gone, in
    /// the order of their ids.
    pub fn heads(&self) -> Vec<RevisionId> {
        let newest = self.newest();
        let gone_beyond = |id: &RevisionId| {
            self.restores(*id) && {
                let version = self.stands_for(*id);
                let others = newest.iter().filter(|other| *other != id);
                others
                    .map(|other| self.stands_for(*other))
                    .any(|other| other != version && self.is_built_on(other, version))
            }
        };
        let heads = newest.iter().filter(|id| !gone_beyond(id));
        heads.copied().collect()
    }

    /// The head the record stands by: one that says something before one that deletes it, then the
    /// one with the longest history, of several such the one with the highest id. The same on every
    /// machine and after merging in any order.
    pub fn winner(&self) -> Option<RevisionId> {
        self.heads().into_iter().max_by_key(|id| {
            let version = self.stands_for(*id);
            (self.says(*id), self.depth(version), version, *id)
        })
    }

    /// Whether a merge of the record was ever taken back.
    pub fn any_restored(&self) -> bool {
        self.said.values().any(|(_, said)| said.restores)
    }

    /// The version that a revision counts as: itself, or the one that it restores. That is among its
    /// parents, and says the same. Absent when it restores that the record was not there at all.
    pub fn stands_for(&self, revision: RevisionId) -> Option<RevisionId> {
        let Some((_, own)) = self.said.get(&revision).filter(|(_, own)| own.restores) else {
            return Some(revision);
        };
        let says_the_same = |parent: &&RevisionId| {
            let parent = self.said.get(parent);
            parent.is_some_and(|(_, parent)| parent.body == own.body)
        };
        let restored = own.parents.iter().filter(says_the_same);
        let versions = restored.map(|parent| self.stands_for(*parent));
        match versions.max_by_key(|version| (self.depth(*version), *version)) {
            Some(version) => version,
            None => self.says(revision).then_some(revision),
        }
    }

    fn depth(&self, version: Option<RevisionId>) -> Option<usize> {
        let found = version.and_then(|version| self.said.get(&version));
        found.map(|(depth, _)| *depth)
    }

    /// Whether what `revision` said was taken back with its merge and is in no head any more,
    /// and nobody has changed the record in view of that.
    pub fn was_taken_back(&self, revision: RevisionId) -> bool {
        let heads = self.heads();
        let follows = |head: &RevisionId| {
            let own = self.said.get(head).filter(|(_, own)| own.restores);
            own.is_some_and(|(_, own)| self.ancestors(own).contains(&revision))
        };
        let said = |head: &RevisionId| self.is_built_on(self.stands_for(*head), Some(revision));
        self.newest().iter().any(follows) && !heads.iter().any(said)
    }

    fn restores(&self, revision: RevisionId) -> bool {
        self.said
            .get(&revision)
            .is_some_and(|(_, own)| own.restores)
    }

    fn says(&self, revision: RevisionId) -> bool {
        let own = self.said.get(&revision);
        own.is_some_and(|(_, own)| own.body != body_hash(None))
    }

    /// Everything that leads up to a revision.
    fn ancestors(&self, of: &Said) -> BTreeSet<RevisionId> {
        let mut found = BTreeSet::new();
        let mut open = of.parents.clone();
        while let Some(id) = open.pop() {
            if let Some((_, said)) = self.said.get(&id).filter(|_| found.insert(id)) {
                open.extend(&said.parents);
            }
        }
        found
    }

    /// Whether `version` is `base` or goes back to it, each restoring revision on the way counted
    /// as the version it restores. Everything goes back to nothing.
    fn is_built_on(&self, version: Option<RevisionId>, base: Option<RevisionId>) -> bool {
        let (mut open, mut seen) = (vec![version], BTreeSet::new());
        while let Some(at) = open.pop() {
            if at == base || base.is_none() {
                return true;
            }
            let Some((_, said)) = at
                .filter(|id| seen.insert(*id))
                .and_then(|id| self.said.get(&id))
            else {
                continue;
            };
            open.extend(said.parents.iter().map(|parent| self.stands_for(*parent)));
        }
        false
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

    fn said(parents: &[u8], says: Option<u8>, restores: bool) -> Said {
        Said {
            parents: parents.iter().map(|parent| id(*parent)).collect(),
            body: body_hash(says.map(|says| says.to_string()).as_deref()),
            restores,
        }
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
                let says = (*revision < 50).then_some(*revision);
                lineage.add(id(*revision), said(parents, says, false));
            }
            let heads: Vec<_> = heads.iter().map(|head| id(*head)).collect();
            assert_eq!(lineage.heads(), heads, "{revisions:?}");
            assert_eq!(lineage.winner(), winner.map(id), "{revisions:?}");
        }
    }

    /// What is there, what restores what, the heads, the winner, and what of it was taken back.
    type Restored<'a> = (
        &'a [(u8, &'a [u8])],
        &'a [(u8, &'a [u8], Option<u8>)],
        &'a [u8],
        &'a [u8],
    );

    #[test]
    fn a_restoring_revision_counts_as_the_version_it_restores() {
        // In the register 1 stands; 2 and 3 follow it and come with returns.
        let cases: &[Restored<'_>] = &[
            (&[(1, &[]), (2, &[1])], &[], &[2], &[]),
            // 2 is taken back: the register says 1 again.
            (
                &[(1, &[]), (2, &[1])],
                &[(70, &[1, 2], Some(1))],
                &[70],
                &[2],
            ),
            // A corrected return, or another copy of it, is in conflict with nothing.
            (
                &[(1, &[]), (2, &[1]), (3, &[2])],
                &[(70, &[1, 2], Some(1))],
                &[3],
                &[],
            ),
            (
                &[(1, &[]), (2, &[1]), (3, &[1])],
                &[(70, &[1, 2], Some(1))],
                &[3],
                &[2],
            ),
            // There was nothing before: the same with a deletion.
            (&[(2, &[])], &[(70, &[2], None)], &[70], &[2]),
            (&[(2, &[]), (3, &[2])], &[(70, &[2], None)], &[3], &[]),
            (&[(2, &[]), (3, &[])], &[(70, &[2], None)], &[3], &[2]),
            // Merged again: 2 is said again, and 3 follows it as it followed 2.
            (
                &[(1, &[]), (2, &[1])],
                &[(70, &[1, 2], Some(1)), (71, &[2], Some(2))],
                &[71],
                &[],
            ),
            (
                &[(1, &[]), (2, &[1]), (3, &[2])],
                &[(70, &[1, 2], Some(1)), (71, &[2], Some(2))],
                &[3],
                &[],
            ),
            // A conflict between 2 and 3, taken back to 3 alone and brought back as it was.
            (
                &[(1, &[]), (2, &[1]), (3, &[1])],
                &[(70, &[2, 3], Some(3))],
                &[70],
                &[2],
            ),
            (
                &[(1, &[]), (2, &[1]), (3, &[1])],
                &[
                    (70, &[2, 3], Some(3)),
                    (71, &[2, 70], Some(2)),
                    (72, &[3, 70], Some(3)),
                ],
                &[71, 72],
                &[],
            ),
        ];
        for (revisions, restoring, heads, taken_back) in cases {
            let mut lineage = Lineage::default();
            for (revision, parents) in *revisions {
                lineage.add(id(*revision), said(parents, Some(*revision), false));
            }
            for (revision, parents, says) in *restoring {
                lineage.add(id(*revision), said(parents, *says, true));
            }
            let heads: Vec<_> = heads.iter().map(|head| id(*head)).collect();
            let told = format!("{revisions:?} {restoring:?}");
            assert_eq!(lineage.heads(), heads, "{told}");
            assert!(
                lineage
                    .winner()
                    .is_some_and(|winner| heads.contains(&winner)),
                "{told}"
            );
            let back = revisions.iter().map(|(revision, _)| id(*revision));
            let back: Vec<_> = back.filter(|id| lineage.was_taken_back(*id)).collect();
            let expected: Vec<_> = taken_back.iter().map(|number| id(*number)).collect();
            assert_eq!(back, expected, "{told}");
        }
    }

    #[test]
    fn what_somebody_typed_after_a_merge_was_taken_back_is_a_word_of_its_own() {
        let mut lineage = Lineage::default();
        lineage.add(id(1), said(&[], Some(1), false));
        lineage.add(id(2), said(&[1], Some(2), false));
        lineage.add(id(70), said(&[1, 2], Some(1), true));
        lineage.add(id(4), said(&[70], Some(4), false));
        assert!(!lineage.was_taken_back(id(2)));
        // In conflict with a correction of what was taken back.
        lineage.add(id(3), said(&[2], Some(3), false));
        assert_eq!(lineage.heads(), [id(3), id(4)]);
    }

    #[test]
    fn only_a_merge_s_own_reasons_are_restoring_ones() {
        for restoring in Restoring::ALL {
            assert!(Restoring::is_reason(Some(&restoring.reason(3))));
        }
        for other in [
            None,
            Some("Undo: answer to C07"),
            Some("Merged"),
            Some("merge of 3 returns"),
        ] {
            assert!(!Restoring::is_reason(other), "{other:?}");
        }
        assert_eq!(Restoring::Undo.reason(1), "Undo: merge of 1 return");
    }
}
