//! Counts as they are written: a number, or “c” where it is hidden.

use serde::{Serialize, Serializer};

use super::contents::{PercentPart, ShareJson};
use crate::analysis::interval;
use crate::analysis::suppression::{Band, Cell, HIDDEN, PublishedShare, Suppression};

/// A count as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::exchange) struct Count(pub(in crate::exchange) Cell);

impl Count {
    /// A count that stands by itself.
    pub(super) fn of(count: usize, hiding: Option<Suppression>) -> Self {
        Self(hiding.map_or(Cell::Count(count), |rule| rule.cell(count)))
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Count(count) => out.serialize_u64(count as u64),
            Cell::Hidden => out.serialize_str(HIDDEN),
        }
    }
}

impl ShareJson {
    /// The answers under a heading, as they stand.
    pub(super) fn whole(favourable: usize, scored: usize) -> Self {
        Self {
            favourable: Count(Cell::Count(favourable)),
            scored: Count(Cell::Count(scored)),
            words: None,
            percent: percent(favourable, scored),
        }
    }

    /// The answers under a heading, as they are published.
    pub(super) fn published(published: PublishedShare) -> Self {
        Self {
            favourable: Count(published.part),
            scored: Count(published.whole),
            words: published.band.map(Band::words),
            percent: match (published.part, published.whole) {
                (Cell::Count(part), Cell::Count(whole)) => percent(part, whole),
                _ => None,
            },
        }
    }
}

/// In percent to one decimal, where the sample is large enough for a percentage at all.
fn percent(part: usize, whole: usize) -> Option<PercentPart> {
    let round = |share: f64| (share * 1000.0).round() / 10.0;
    interval::share(part, whole).map(|share| PercentPart {
        value: round(share.value),
        low: round(share.low),
        high: round(share.high),
    })
}
