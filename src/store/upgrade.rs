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

/// The schema of version 1, from which [`STEPS`] lead on. It is never edited.
const FIRST: &str = include_str!("../../tests/fixtures/schema/v1.sql");

/// What a file consists of: kind, name, the table it belongs to and how it was made, of each part.
pub(super) type Parts = Vec<(String, String, String, String)>;

/// The parts of a file, without the comments and spaces of how they were made.
pub(super) fn parts(db: &Connection) -> rusqlite::Result<Parts> {
    let sql =
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name";
    let mut statement = db.prepare(sql)?;
    let rows = statement.query_map([], |row| {
        let made: String = row.get(3)?;
        let code = made
            .lines()
            .map(|line| line.split("--").next().unwrap_or(line));
        let words: Vec<&str> = code.flat_map(str::split_whitespace).collect();
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, words.join(" ")))
    })?;
    rows.collect()
}

/// The parts of a file of this version.
pub(super) fn parts_of(version: i64) -> rusqlite::Result<Parts> {
    let db = Connection::open_in_memory()?;
    if version == VERSION {
        db.execute_batch(SCHEMA)?;
    } else {
        db.execute_batch(FIRST)?;
        for (_, step) in (2..=version).zip(STEPS) {
            db.execute_batch(step)?;
        }
    }
    parts(&db)
}

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
            assert_eq!(
                parts(&db).unwrap(),
                parts_of(from).unwrap(),
                "version {from}"
            );
            upgrade(&mut db, from).unwrap();
            assert_eq!(
                parts(&db).unwrap(),
                parts(&newest).unwrap(),
                "from version {from}"
            );
        }
    }
}
