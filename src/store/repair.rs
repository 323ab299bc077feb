//! Rebuilding how things stand from the revisions, which are the truth.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::revisions::{self, Lineages};
use super::{Result, Store, check, heads};
use crate::domain::record::RecordKind;

/// What a repair did, in counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repaired {
    /// Records whose head was not the one it had to be, or was missing.
    pub heads: usize,
    /// Rows of the tables of heads that were put in, taken out or corrected.
    pub rows: usize,
}

impl Store {
    /// Makes the heads what the revisions say. The revisions themselves are not touched: a content
    /// or a chain that does not hold cannot be repaired, only restored from a backup.
    ///
    /// # Errors
    /// When a revision cannot be read, or the file cannot be written; it is then as it was.
    pub fn repair(&mut self) -> Result<Repaired> {
        let _writing = self.begin_writing()?;
        let tx = self.db.unchecked_transaction();
        let tx = tx.map_err(|error| self.explain(error))?;
        let repaired = repair(&tx).map_err(|error| self.explain(error))?;
        tx.commit().map_err(|error| self.explain(error))?;
        Ok(repaired)
    }
}

fn repair(db: &Connection) -> rusqlite::Result<Repaired> {
    let heads = stand_by_their_heads(db)?;
    let before = all_heads(db)?;
    // Children first, so that no row is left without its parent on the way.
    for kind in RecordKind::ALL.iter().rev() {
        db.execute(&format!("DELETE FROM {}", heads::table(*kind)), [])?;
    }
    heads::bring_back(db)?;
    heads::hide_orphans(db)?;
    let after = all_heads(db)?;
    let put_in = after
        .iter()
        .filter(|(id, row)| before.get(*id) != Some(*row));
    let taken_out = before.keys().filter(|id| !after.contains_key(*id));
    Ok(Repaired {
        heads,
        rows: put_in.count() + taken_out.count(),
    })
}

/// Every row of the tables of heads, by table and id.
type Rows = BTreeMap<(&'static str, String), Vec<Value>>;

fn all_heads(db: &Connection) -> rusqlite::Result<Rows> {
    let mut all = Rows::new();
    for kind in RecordKind::ALL {
        let table = heads::table(*kind);
        let mut statement = db.prepare(&format!("SELECT * FROM {table}"))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let values = (0..columns).map(|at| row.get(at));
            all.insert(
                (table, row.get("id")?),
                values.collect::<rusqlite::Result<_>>()?,
            );
        }
    }
    Ok(all)
}

/// Every record by the revision it has to stand by; how many did not.
fn stand_by_their_heads(db: &Connection) -> rusqlite::Result<usize> {
    let mut lineages = Lineages::new();
    let mut unreadable = None;
    revisions::each(db, |read| match read {
        Ok(kept) => {
            let (_, lineage) = revisions::place(&mut lineages, &kept.revision);
            lineage.add(kept.revision.id, kept.said());
        }
        Err(error) => unreadable = Some(error),
    })?;
    if let Some(error) = unreadable {
        return Err(error);
    }
    let mut wrong = 0;
    for (record, kind, winner) in check::astray(db, &lineages)?.0 {
        let Some(winner) = winner else {
            continue;
        };
        db.execute("DELETE FROM record WHERE id = ?1", [record.to_string()])?;
        revisions::set_head(db, record, kind, winner)?;
        wrong += 1;
    }
    Ok(wrong)
}
