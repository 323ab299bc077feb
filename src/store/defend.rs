//! What a connection to a file may do. A file may have been made by somebody who wants the program to
//! run something, read something else, or take the machine.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OptionalExtension as _};

use super::{Result, StoreError, upgrade};

/// What SQLite lets a file do, and what of it is let: nothing. Extensions are not loaded either;
/// that is SQLite's own default, and the library in use has no way to change it by SQL.
const SWITCHES: &[(DbConfig, bool)] = &[
    (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
    (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
    (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
    (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
    (DbConfig::SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, false),
    (DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, false),
    (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
];

/// Far more than this program needs, and far less than SQLite allows.
const LIMITS: &[(Limit, i32)] = &[
    // The largest row, in bytes: a tool of the largest size that is read, several times over.
    (Limit::SQLITE_LIMIT_LENGTH, 32 << 20),
    (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (Limit::SQLITE_LIMIT_COLUMN, 100),
    (Limit::SQLITE_LIMIT_EXPR_DEPTH, 50),
    (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 10),
    (Limit::SQLITE_LIMIT_VDBE_OP, 100_000),
    (Limit::SQLITE_LIMIT_FUNCTION_ARG, 50),
    // The copy that VACUUM INTO and a change of passphrase write.
    (Limit::SQLITE_LIMIT_ATTACHED, 1),
    (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100),
    (Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 100),
    (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
];

/// Takes from a connection what a file could misuse, before anything of the file is read.
pub(super) fn defend(db: &Connection) -> rusqlite::Result<()> {
    for (switch, on) in SWITCHES {
        db.set_db_config(*switch, *on)?;
    }
    for (limit, most) in LIMITS {
        db.set_limit(*limit, *most)?;
    }
    db.pragma_update(None, "cell_size_check", true)
}

/// No version of the program made a trigger, a view or a virtual table: they would run or read
/// something that is not ours as soon as the file is used.
///
/// # Errors
/// [`StoreError::Strange`] when there is one.
pub(super) fn refuse_what_acts(db: &Connection, path: &Path) -> Result<()> {
    let sql = "SELECT name FROM sqlite_schema WHERE type NOT IN ('table', 'index')
               OR sql LIKE '%CREATE%VIRTUAL%' LIMIT 1";
    let found: Option<rusqlite::types::Value> = db
        .query_row(sql, [], |row| row.get(0))
        .optional()
        .map_err(|error| StoreError::from_sql(error, path))?;
    match found {
        None => Ok(()),
        Some(_) => Err(StoreError::Strange(path.to_owned())),
    }
}

/// A file has the tables and indexes of its version and no others, each as the program made it: a
/// rule or a computed column of somebody else's would be worked out whenever the file is read.
///
/// # Errors
/// [`StoreError::OtherTables`] when it does not.
pub(super) fn refuse_other_tables(db: &Connection, path: &Path, version: i64) -> Result<()> {
    let explain = |error| StoreError::from_sql(error, path);
    let expected = upgrade::parts_of(version).map_err(explain)?;
    match upgrade::parts(db).map_err(explain)? == expected {
        true => Ok(()),
        false => Err(StoreError::OtherTables(path.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defended() -> Connection {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE t (x)").unwrap();
        defend(&db).unwrap();
        db
    }

    #[test]
    fn what_a_file_could_ask_for_is_not_done() {
        let db = defended();
        let cases = [
            ("SELECT load_extension('x')", "not authorized"),
            ("SELECT fts3_tokenizer('a', x'00')", "fts3tokenize disabled"),
            ("UPDATE sqlite_schema SET sql = ''", "may not be modified"),
            ("SELECT \"no such column\" FROM t", "no such column"),
            ("CREATE VIEW v AS SELECT 1; SELECT * FROM v", "view"),
            ("SELECT zeroblob(40000000)", "too big"),
            (
                "ATTACH ':memory:' AS a; ATTACH ':memory:' AS b",
                "too many attached",
            ),
        ];
        for (sql, words) in cases {
            let refused = db.execute_batch(sql).unwrap_err().to_string();
            assert!(refused.contains(words), "{sql}: {refused}");
        }
        db.execute_batch("CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; END")
            .unwrap();
        db.execute_batch("INSERT INTO t VALUES (1)").unwrap();
        let kept: i64 = db
            .query_row("SELECT count(*) FROM t", [], |row| row.get(0))
            .unwrap();
        assert_eq!(kept, 1, "the trigger ran");
    }

    #[test]
    fn every_switch_and_limit_is_set() {
        let db = defended();
        for (switch, on) in SWITCHES {
            assert_eq!(db.db_config(*switch).unwrap(), *on, "{switch:?}");
        }
        for (limit, most) in LIMITS {
            assert_eq!(db.limit(*limit).unwrap(), *most, "{limit:?}");
        }
        let checked: bool = db
            .pragma_query_value(None, "cell_size_check", |row| row.get(0))
            .unwrap();
        assert!(checked);
    }
}
