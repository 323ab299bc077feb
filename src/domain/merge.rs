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

/// A revision in its lineage.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    /// How many lead up to it.
    depth: usize,
    /// The version that it counts as ([`Lineage::stands_for`]).
    stands_for: Option<RevisionId>,
    said: Said,
}

/// The revisions of one record and how they follow each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lineage {
    places: BTreeMap<RevisionId, Place>,
    /// Those that another follows.
    followed: BTreeSet<RevisionId>,
}

impl Lineage {
    /// Adds a revision. Its parents have to be added before it.
    pub fn add(&mut self, revision: RevisionId, said: Said) {
        let above = said.parents.iter();
        let above = above.filter_map(|parent| self.places.get(parent));
        let depth = above.map(|parent| parent.depth + 1).max();
        let place = Place {
            depth: depth.unwrap_or(0),
            stands_for: self.version(revision, &said),
            said,
        };
        self.followed.extend(&place.said.parents);
        self.places.insert(revision, place);
    }

    /// What a revision counts as, from what its parents do. Worked out once, as it is added: anybody
    /// can write a history in which asking each time would take for ever.
    fn version(&self, revision: RevisionId, own: &Said) -> Option<RevisionId> {
        if !own.restores {
            return Some(revision);
        }
        let parents = own.parents.iter();
        let parents = parents.filter_map(|parent| self.places.get(parent));
        let restored = parents.filter(|parent| parent.said.body == own.body);
        let versions = restored.map(|parent| parent.stands_for);
        match versions.max_by_key(|version| (self.depth(*version), *version)) {
            Some(version) => version,
            None => (own.body != body_hash(None)).then_some(revision),
        }
    }

    /// Whether the revision is there.
    pub fn contains(&self, revision: RevisionId) -> bool {
        self.places.contains_key(&revision)
    }

    /// The revisions that no other follows, in the order of their ids.
    pub fn newest(&self) -> Vec<RevisionId> {
        let all = self.places.keys().copied();
        all.filter(|id| !self.followed.contains(id)).collect()
    }

    /// The newest revisions without the restoring ones beyond whose version somebody has gone, in
    /// the order of their ids.
    pub fn heads(&self) -> Vec<RevisionId> {
        let mut newest = self.newest();
        if newest.iter().any(|id| self.restores(*id)) {
            let versions: Vec<_> = newest.iter().map(|id| self.stands_for(*id)).collect();
            let beneath = self.beneath(&versions);
            let anything = versions.iter().any(Option::is_some);
            // Everything goes back to nothing.
            let gone_beyond = |version: Option<RevisionId>| {
                version.map_or(anything, |version| beneath.contains(&version))
            };
            newest.retain(|id| !(self.restores(*id) && gone_beyond(self.stands_for(*id))));
        }
        newest
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
        self.places.values().any(|place| place.said.restores)
    }

    /// The version that a revision counts as: itself, or the one that it restores. That is among its
    /// parents, and says the same. Absent when it restores that the record was not there at all.
    pub fn stands_for(&self, revision: RevisionId) -> Option<RevisionId> {
        let place = self.places.get(&revision);
        place.map_or(Some(revision), |place| place.stands_for)
    }

    fn depth(&self, version: Option<RevisionId>) -> Option<usize> {
        let place = version.and_then(|version| self.places.get(&version));
        place.map(|place| place.depth)
    }

    /// The revisions of which what they said was taken back with their merge and is in no head any
    /// more, and of which nobody has changed the record in view of that.
    pub fn taken_back(&self) -> BTreeSet<RevisionId> {
        let newest = self.newest().into_iter();
        let restoring: Vec<_> = newest.filter(|id| self.restores(*id)).collect();
        let mut taken_back = self.ancestors(&restoring);
        if !taken_back.is_empty() {
            let heads = self.heads().into_iter();
            let said: Vec<_> = heads.map(|head| self.stands_for(head)).collect();
            let still_said = self.beneath(&said);
            taken_back.retain(|id| !still_said.contains(id) && !said.contains(&Some(*id)));
        }
        taken_back
    }

    fn restores(&self, revision: RevisionId) -> bool {
        let place = self.places.get(&revision);
        place.is_some_and(|place| place.said.restores)
    }

    fn says(&self, revision: RevisionId) -> bool {
        let place = self.places.get(&revision);
        place.is_some_and(|place| place.said.body != body_hash(None))
    }

    /// Everything that leads up to any of these revisions.
    fn ancestors(&self, of: &[RevisionId]) -> BTreeSet<RevisionId> {
        self.reached(of.to_vec(), Some)
    }

    /// Every version to which any of these goes back, each restoring revision on the way counted as
    /// the version it restores.
    fn beneath(&self, versions: &[Option<RevisionId>]) -> BTreeSet<RevisionId> {
        let versions = versions.iter().copied().flatten();
        self.reached(versions.collect(), |parent| self.stands_for(parent))
    }

    /// What can be reached from these by going from each to its parents, as `counted`: in one walk,
    /// however many there are.
    fn reached(
        &self,
        mut open: Vec<RevisionId>,
        counted: impl Fn(RevisionId) -> Option<RevisionId>,
    ) -> BTreeSet<RevisionId> {
        let mut found = BTreeSet::new();
        while let Some(place) = open.pop().map(|id| self.places.get(&id)) {
            let parents = place.into_iter().flat_map(|place| &place.said.parents);
            for parent in parents.filter_map(|parent| counted(*parent)) {
                if found.insert(parent) {
                    open.push(parent);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            let all = lineage.taken_back();
            let back: Vec<_> = back.filter(|id| all.contains(id)).collect();
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
        assert!(!lineage.taken_back().contains(&id(2)));
        // In conflict with a correction of what was taken back.
        lineage.add(id(3), said(&[2], Some(3), false));
        assert_eq!(lineage.heads(), [id(3), id(4)]);
    }

    /// What the comments on [`Lineage`] say, word for word, whatever it takes.
    struct Plainly<'a>(&'a BTreeMap<RevisionId, Said>);

    impl Plainly<'_> {
        fn stands_for(&self, id: RevisionId, lineage: &Lineage) -> Option<RevisionId> {
            let own = &self.0[&id];
            let same = own.parents.iter().filter(|id| self.0[*id].body == own.body);
            let versions = same.map(|id| self.stands_for(*id, lineage));
            let longest = versions.max_by_key(|version| (lineage.depth(*version), *version));
            match longest.filter(|_| own.restores) {
                Some(version) => version,
                None => (!own.restores || own.body != body_hash(None)).then_some(id),
            }
        }

        fn goes_back_to(&self, at: RevisionId, base: RevisionId, lineage: &Lineage) -> bool {
            let parents = self.0[&at].parents.iter();
            let mut parents = parents.filter_map(|id| self.stands_for(*id, lineage));
            at == base || parents.any(|parent| self.goes_back_to(parent, base, lineage))
        }

        fn follows(&self, at: RevisionId, base: RevisionId) -> bool {
            let mut parents = self.0[&at].parents.iter();
            parents.any(|parent| *parent == base || self.follows(*parent, base))
        }
    }

    /// What a revision says, whether it restores, and which of those before it it may follow.
    type Drawn = (Option<u8>, bool, u8);

    fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
        let says = prop_oneof![Just(None), (1..4_u8).prop_map(Some)];
        proptest::collection::vec((says, any::<bool>(), any::<u8>()), 1..9)
    }

    proptest! {
        #[test]
        fn what_is_worked_out_at_once_is_what_it_means(drawn in drawn()) {
            let mut lineage = Lineage::default();
            let mut all = BTreeMap::new();
            for (at, (says, restores, follows)) in drawn.into_iter().enumerate() {
                let at = at as u8;
                let parents: Vec<u8> = (0..at).filter(|bit| follows >> bit & 1 == 1).collect();
                let own = said(&parents, says, restores);
                all.insert(id(at), own.clone());
                lineage.add(id(at), own);
            }
            let plainly = Plainly(&all);
            let stands_for = |id| plainly.stands_for(id, &lineage);
            let newest = lineage.newest();
            let gone_beyond = |id: &RevisionId| {
                let others = newest.iter().map(|other| stands_for(*other));
                let mut beyond = others.filter(|other| *other != stands_for(*id));
                all[id].restores && beyond.any(|other| match (other, stands_for(*id)) {
                    (_, None) => true,
                    (None, Some(_)) => false,
                    (Some(other), Some(own)) => plainly.goes_back_to(other, own, &lineage),
                })
            };
            let heads: Vec<_> = newest.iter().copied().filter(|id| !gone_beyond(id)).collect();
            prop_assert_eq!(lineage.heads(), heads.clone());
            let taken_back = lineage.taken_back();
            for id in all.keys() {
                prop_assert_eq!(lineage.stands_for(*id), stands_for(*id));
                let followed = newest.iter().any(|head| all[head].restores && plainly.follows(*head, *id));
                let mut versions = heads.iter().filter_map(|head| stands_for(*head));
                let said = versions.any(|version| plainly.goes_back_to(version, *id, &lineage));
                prop_assert_eq!(taken_back.contains(id), followed && !said, "{}", id);
            }
        }
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
