//! SQLite files.

use std::fs;

use rusqlite::Connection;

use super::{Made, refuse_all};
use crate::formats::office::{REGISTER, RETURN};

/// A file after SQL of somebody else's.
fn after(good: &[u8], sql: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made.goldthread");
    fs::write(&path, good).unwrap();
    let db = Connection::open(&path).unwrap();
    let before = "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;
                  PRAGMA writable_schema = ON; PRAGMA synchronous = OFF;";
    db.execute_batch(before).unwrap();
    db.execute_batch(sql)
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    db.close().unwrap();
    fs::read(path).unwrap()
}

macro_rules! made {
    ($($what:literal, $kind:literal, $sql:expr, $words:literal;)*) => {
        &[$(($what, $kind, || after(if $kind == "register" { REGISTER } else { RETURN }, $sql), $words)),*]
    };
}

const ACTS: &str = "CREATE TRIGGER t AFTER INSERT ON revision BEGIN DELETE FROM revision; END";
const COSTLY: &str =
    "CREATE INDEX i ON answer (length(replace(hex(zeroblob(4000000)), '0', question)))";
const RULE: &str = "UPDATE sqlite_schema SET sql = replace(sql, 'practice_concern INTEGER NOT NULL',
    'practice_concern INTEGER NOT NULL CHECK (length(hex(zeroblob(4000000))) > 0)') WHERE name = 'answer'";
const LOOSE: &str =
    "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT, ', '') WHERE name = 'answer'";
const BEHIND_A_COMMENT: &str =
    "UPDATE sqlite_schema SET sql = replace(sql, 'reviewed TEXT', 'reviewed TEXT AS (id), x --' || char(10) || ' TEXT')
     WHERE name = 'concern_follow_up'";
const LONG: &str =
    "UPDATE revision SET body = '{\"a\":\"' || hex(zeroblob(20000000)) || '\"}' WHERE seq = 1";
const DEEP: &str = "UPDATE revision SET body = replace(hex(zeroblob(500)), '00', '[') || replace(hex(zeroblob(500)), '00', ']') WHERE seq = 9";

const CASES: &[Made] = made! {
    "a trigger", "register", ACTS, "holds a trigger";
    "a trigger", "return", ACTS, "holds a trigger";
    "a view", "return", "CREATE VIEW v AS SELECT body FROM revision", "holds a trigger";
    "a virtual table", "return", "CREATE VIRTUAL TABLE f USING fts5(body)", "holds a trigger";
    "a virtual table in other words", "return", "CREATE /**/ VIRTUAL TABLE f USING rtree(id, a, b)", "holds a trigger";
    "a table as a view", "return", "UPDATE sqlite_schema SET type = 'view' WHERE name = 'answer'", "";
    "a table more", "return", "CREATE TABLE more (x)", "tables, columns or rules";
    "a column more", "register", "ALTER TABLE answer ADD COLUMN more TEXT", "tables, columns or rules";
    "a computed column", "return", "ALTER TABLE answer ADD COLUMN more TEXT AS (hex(zeroblob(9000000)))", "tables, columns or rules";
    "a costly index", "return", COSTLY, "tables, columns or rules";
    "a costly rule", "return", RULE, "tables, columns or rules";
    "a column behind a comment", "return", BEHIND_A_COMMENT, "tables, columns or rules";
    "a table that takes everything", "return", LOOSE, "tables, columns or rules";
    "an index less", "register", "DROP INDEX answer_of_form", "tables, columns or rules";
    "a table less", "register", "DROP TABLE key_date", "tables, columns or rules";
    "counts for the planner", "return", "ANALYZE", "tables, columns or rules";
    "another program's file", "register", "PRAGMA application_id = 7", "is not a Goldthread file";
    "a file of no version", "register", "PRAGMA user_version = 0", "is not a Goldthread file";
    "a file of a version that is long ago", "register", "PRAGMA user_version = -9", "is not a Goldthread file";
    "a file of another version", "register", "PRAGMA user_version = 1", "tables, columns or rules";
    "a file of the future", "return", "PRAGMA user_version = 99", "newer version of Goldthread";
    "a file that is nothing", "return", "DELETE FROM document", "does not say what it is";
    "a text of 40 MB", "return", LONG, "";
    "a body nested deeply", "return", DEEP, "damaged or was altered";
    "a register as a return", "return", "UPDATE document SET kind = 'register'", "is a register, not a return";
    "pages read twice", "return", "UPDATE sqlite_schema SET rootpage = 5 WHERE type = 'table'", "";
    "a schema that is none", "return", "UPDATE sqlite_schema SET sql = 'CREATE TABLE' WHERE name = 'answer'", "";
};

#[test]
fn what_a_file_could_make_sqlite_do_is_refused() {
    refuse_all(CASES);
}

#[test]
fn a_file_in_any_size_of_page_is_read() {
    let _alone = crate::alone();
    let mut office = crate::formats::Office::new();
    let format = crate::formats::Format::named("return").unwrap();
    for size in [512, 4096, 65536] {
        let file = after(RETURN, &format!("PRAGMA page_size = {size}; VACUUM"));
        assert!((format.show)(&mut office, &file), "{size}");
    }
}

#[test]
fn a_return_of_any_size_is_refused_before_it_is_read() {
    let cases: &[Made] = &[
        (
            "a file cut short",
            "return",
            || RETURN[..RETURN.len() - 4096].to_vec(),
            "its end is missing",
        ),
        (
            "a file of 101 MB",
            "return",
            || {
                let mut file = RETURN.to_vec();
                file.resize(101_000_000, 0);
                file
            },
            "larger than 100 MB",
        ),
        ("nothing", "return", Vec::new, "is not a Goldthread file"),
        (
            "a header alone",
            "register",
            || REGISTER[..512].to_vec(),
            "",
        ),
    ];
    refuse_all(cases);
}
