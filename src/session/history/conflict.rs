//! How a change stands to the others of its record: apart from them, in conflict, settling one.

use std::collections::BTreeSet;

use crate::domain::id::RevisionId;
use crate::store::Entry;

/// What is to be said of the entry `at` beside what it changed.
pub(super) fn marks(entries: &[Entry], at: usize) -> Vec<String> {
    let entry = &entries[at];
    let mut marks = Vec::new();
    if entry.parents.len() > 1 {
        let count = entry.parents.len();
        marks.push(format!("Follows {count} versions that stood side by side."));
    }
    if at > 0 && !ancestors(entries, entry).contains(&entries[at - 1].revision) {
        marks.push("Made elsewhere, without the change before it in this list.".into());
    }
    marks.extend(conflict(entries, entry).map(str::to_owned));
    marks
}

/// Where versions that differ stand side by side: which of them this is.
fn conflict(entries: &[Entry], entry: &Entry) -> Option<&'static str> {
    let heads = entries.iter().filter(|other| other.newest);
    let bodies: BTreeSet<&Option<String>> = heads.map(|head| &head.after).collect();
    if bodies.len() < 2 || !entry.newest {
        return None;
    }
    Some(match entry.stands {
        true => "In conflict: this version stands for the time being.",
        false => "In conflict: this version is kept beside the one that stands.",
    })
}

/// Every revision that led up to this one.
fn ancestors(entries: &[Entry], entry: &Entry) -> BTreeSet<RevisionId> {
    let mut found = BTreeSet::new();
    let mut next: Vec<RevisionId> = entry.parents.clone();
    while let Some(id) = next.pop() {
        if found.insert(id)
            && let Some(parent) = entries.iter().find(|other| other.revision == id)
        {
            next.extend(&parent.parents);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::revision::Author;
    use chrono::Utc;

    fn entry(number: u8, parents: &[u8], says: &str) -> Entry {
        let id = |number: &u8| -> RevisionId {
            let text = format!("0198c0de-0000-7000-8000-0000000000{number:02}");
            text.parse().unwrap()
        };
        Entry {
            revision: id(&number),
            parents: parents.iter().map(id).collect(),
            kind: "answer".into(),
            author: Author {
                role: String::new(),
                agency: String::new(),
                device: String::new(),
            },
            at: Utc::now(),
            reason: None,
            before: None,
            before_redacted: false,
            after: Some(says.into()),
            redacted: false,
            newest: false,
            stands: false,
        }
    }

    #[test]
    fn a_conflict_and_its_settling_are_said() {
        let mut entries = vec![entry(1, &[], "a"), entry(2, &[1], "b"), entry(3, &[1], "c")];
        let all = |entries: &[Entry]| -> Vec<Vec<String>> {
            (0..entries.len()).map(|at| marks(entries, at)).collect()
        };
        entries[1].newest = true;
        (entries[2].newest, entries[2].stands) = (true, true);
        let beside = "In conflict: this version is kept beside the one that stands.";
        let stands = "In conflict: this version stands for the time being.";
        let apart = "Made elsewhere, without the change before it in this list.";
        assert_eq!(all(&entries), [vec![], vec![beside], vec![apart, stands]]);
        entries.iter_mut().for_each(|entry| {
            entry.newest = false;
            entry.stands = false;
        });
        entries.push(entry(4, &[2, 3], "c"));
        let settled = "Follows 2 versions that stood side by side.";
        assert_eq!(all(&entries), [vec![], vec![], vec![apart], vec![settled]]);
    }
}
