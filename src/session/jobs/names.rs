//! What of an export's texts may identify somebody. It is told before anything is written.

use crate::domain::privacy::Finder;
use crate::exchange::free_text::Outgoing;
use crate::session::error::{Error, Result};

/// A text on its way out that may identify somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StillMarked {
    /// Where it stands, such as "NEG20-03, GP, C01, worked".
    pub place: String,
    /// What it looks like and what to write instead.
    pub warning: String,
}

/// Refuses texts that are still marked, unless a person said that they were looked at.
///
/// # Errors
/// [`Error::StillMarked`] with every one of them.
pub fn check_names(finder: &Finder, texts: &[Outgoing], checked: bool) -> Result<()> {
    if checked {
        return Ok(());
    }
    let marked: Vec<StillMarked> = texts
        .iter()
        .flat_map(|one| {
            let warnings = finder.warnings(&one.text).into_iter();
            warnings.map(|warning| StillMarked {
                place: one.place.clone(),
                warning,
            })
        })
        .collect();
    if marked.is_empty() {
        Ok(())
    } else {
        Err(Error::StillMarked(marked))
    }
}
