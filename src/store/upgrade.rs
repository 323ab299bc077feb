//! The schema and its upgrades. `schema.sql` at the top of the project is the newest schema;
//! `upgrade/vN.sql` brings a file from version N-1 to N and is never edited once released.

use rusqlite::Connection;

/// The newest schema.
pub(super) const SCHEMA: &str = include_str!("../../schema.sql");

/// "Goldthread file" in the header of every file (`PRAGMA application_id`).
pub(super) const APPLICATION_ID: i64 = 1_198_484_580;

/// Steps to each version after the first: `STEPS[0]` leads from 1 to 2.
const STEPS: &[&str] = &[
    include_str!("upgrade/v2.sql"),
    include_str!("upgrade/v3.sql"),
];

/// The version of [`SCHEMA`].
pub(super) const VERSION: i64 = 1 + STEPS.len() as i64;

/// Brings a file of version `from` to [`VERSION`], whole or not at all.
pub(super) fn upgrade(db: &mut Connection, from: i64) -> rusqlite::Result<()> {
    let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive)?;
    for (at, step) in STEPS.iter().enumerate() {
        if at as i64 + 1 >= from {
            tx.execute_batch(step)?;
        }
    }
    tx.pragma_update(None, "user_version", VERSION)?;
    tx.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(db: &Connection) -> Vec<String> {
        let sql = "SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY type, name";
        let mut statement = db.prepare(sql).unwrap();
        let rows = statement
            .query_map([], |row| row.get::<_, String>(0))
            .unwrap();
        // Comments and white space may differ between a step and the schema.
        rows.map(|row| {
            row.unwrap()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
    }

    #[test]
    fn every_old_schema_upgrades_to_exactly_the_newest() {
        let newest = Connection::open_in_memory().unwrap();
        newest.execute_batch(SCHEMA).unwrap();
        let version: i64 = newest
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        let id: i64 = newest
            .pragma_query_value(None, "application_id", |row| row.get(0))
            .unwrap();
        assert_eq!((version, id), (VERSION, APPLICATION_ID));
        let fixtures = std::path::Path::new("tests/fixtures/schema");
        for from in 1..=VERSION {
            let old = std::fs::read_to_string(fixtures.join(format!("v{from}.sql"))).unwrap();
            let mut db = Connection::open_in_memory().unwrap();
            db.execute_batch(&old).unwrap();
            upgrade(&mut db, from).unwrap();
            assert_eq!(shape(&db), shape(&newest), "from version {from}");
        }
    }
}
