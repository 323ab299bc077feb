//! Work that nobody waits for any more once it is asked for anew.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};

/// Counts how often something was asked for.
#[derive(Debug, Default)]
pub(super) struct Newest(Arc<AtomicU64>);

impl Newest {
    /// Asks once more: whatever was asked before is overtaken.
    pub(super) fn ask(&self) -> Asked {
        Asked {
            number: self.0.fetch_add(1, Ordering::Relaxed) + 1,
            newest: Arc::downgrade(&self.0),
        }
    }
}

/// One time that it was asked for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    number: u64,
    newest: Weak<AtomicU64>,
}

impl Asked {
    /// Whether it was asked for again since, or the document was closed.
    pub(super) fn is_overtaken(&self) -> bool {
        let newest = self.newest.upgrade();
        newest.is_none_or(|newest| newest.load(Ordering::Relaxed) != self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_is_waited_for() {
        let newest = Newest::default();
        let first = newest.ask();
        assert!(!first.is_overtaken());
        let second = newest.ask();
        assert!(first.is_overtaken() && !second.is_overtaken());
        drop(newest);
        assert!(second.is_overtaken(), "nobody is left to wait");
    }
}
