//! Spoiling an SQLite file. Bytes alone are mostly refused for their pages; so most files are spoiled
//! by SQL, and then sealed: the hashes of their revisions are worked out anew and their heads made
//! to follow, as somebody who knows the program would.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use goldthread::domain::id::{RecordId, RevisionId};
use goldthread::domain::record::RecordKind;
use goldthread::domain::revision::{Author, Hash, Revision, body_hash};
use goldthread::store::Store;
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde_json::Value;

use super::choices::Choices;
use super::edits::{MOST, TEXTS, spoil_in_place, spoil_json};

/// Statements that no program of ours runs.
const STATEMENTS: &[&str] = &[
    "CREATE TRIGGER t AFTER INSERT ON revision BEGIN DELETE FROM revision; END",
    "CREATE VIEW v AS SELECT * FROM revision",
    "CREATE TABLE extra (x)",
    "CREATE INDEX i ON answer (lower(question))",
    "CREATE UNIQUE INDEX u ON revision (kind)",
    "CREATE INDEX p ON revision (at) WHERE body IS NOT NULL",
    "DROP INDEX revision_of_record",
    "DROP INDEX answer_of_form",
    "DROP TABLE key_date",
    "DROP TABLE document",
    "DROP TABLE revision_parent",
    "ALTER TABLE answer ADD COLUMN more TEXT",
    "ALTER TABLE answer ADD COLUMN made TEXT AS (hex(zeroblob(1000)))",
    "ALTER TABLE answer RENAME COLUMN worked TO worries2",
    "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT, ', '')",
    "UPDATE sqlite_schema SET sql = 'CREATE TABLE answer (id)' WHERE name = 'answer'",
    "UPDATE sqlite_schema SET rootpage = 2",
    "UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'revision'",
    "UPDATE sqlite_schema SET type = 'view' WHERE name = 'answer'",
    "DELETE FROM sqlite_schema WHERE type = 'index'",
    "PRAGMA user_version = 0",
    "PRAGMA user_version = 1",
    "PRAGMA user_version = 3",
    "PRAGMA user_version = -2147483648",
    "PRAGMA application_id = 0",
    "PRAGMA journal_mode = WAL",
    "PRAGMA auto_vacuum = INCREMENTAL; VACUUM",
    "PRAGMA page_size = 512; VACUUM",
    "PRAGMA page_size = 65536; VACUUM",
    "ANALYZE",
    "DELETE FROM document",
    "UPDATE document SET kind = 'register'",
    "UPDATE document SET kind = 'return'",
    "DELETE FROM partnership",
    "DELETE FROM revision_parent",
    "DELETE FROM record",
    "UPDATE revision SET redacted = 1, body = NULL WHERE seq % 3 = 0",
    "UPDATE revision SET seq = -seq",
    "UPDATE revision SET at = '+262142-12-31T23:59:59.999Z'",
    "INSERT OR IGNORE INTO revision_parent SELECT a.id, b.id FROM revision a, revision b LIMIT 2000",
];

/// Spoils a register or a return.
pub fn spoil(good: &[u8], choices: &mut Choices<'_>) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("spoiled.goldthread");
    fs::write(&path, good).unwrap();
    let how = choices.below(8);
    if how > 0 {
        // What SQLite itself refuses stays as it is.
        let _ = spoil_by_sql(&path, how > 1, choices);
        if how > 2
            && let Ok(mut store) = Store::open(&path, None, "elsewhere")
        {
            let _ = store.repair();
        }
    }
    let mut bytes = fs::read(&path).unwrap();
    if how == 0 || choices.below(16) == 15 {
        spoil_in_place(&mut bytes, choices);
    }
    if choices.below(32) == 31 {
        bytes.truncate(choices.below(bytes.len()));
    }
    bytes
}

fn spoil_by_sql(path: &Path, seal_after: bool, choices: &mut Choices<'_>) -> rusqlite::Result<()> {
    let db = Connection::open(path)?;
    db.execute_batch(
        "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
         PRAGMA ignore_check_constraints = ON; PRAGMA writable_schema = ON;",
    )?;
    for number in 0..=choices.below(MOST) {
        let _ = match choices.below(8) {
            0 | 1 => cell(&db, choices),
            2 | 3 => body(&db, choices),
            4 | 5 => new_revision(&db, number, choices),
            6 => row(&db, choices),
            _ => db.execute_batch(choices.of::<&str>(STATEMENTS)),
        };
    }
    if seal_after {
        seal(&db)?;
    }
    Ok(())
}

/// A table, and how many rows it has.
fn table(db: &Connection, choices: &mut Choices<'_>) -> rusqlite::Result<(String, usize)> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut statement = db.prepare(sql)?;
    let names = statement.query_map([], |row| row.get(0))?;
    let names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
    let name = choices.of(&names).clone();
    let sql = format!("SELECT count(*) FROM \"{name}\"");
    let rows: i64 = db.query_row(&sql, [], |row| row.get(0))?;
    Ok((name, rows as usize))
}

/// Puts something else into one cell.
fn cell(db: &Connection, choices: &mut Choices<'_>) -> rusqlite::Result<()> {
    let (table, rows) = table(db, choices)?;
    let columns = db.prepare(&format!("SELECT * FROM \"{table}\""))?;
    let columns: Vec<String> = columns.column_names().map(str::to_owned).collect();
    let (key, column) = (&columns[0], choices.of(&columns).clone());
    let at = choices.below(rows.max(1));
    let other = choices.below(rows.max(1));
    let from_other = format!("SELECT \"{column}\" FROM \"{table}\" LIMIT 1 OFFSET {other}");
    let value = match choices.below(8) {
        0 => Cell::Null,
        1 => Cell::Integer(*choices.of(&[0, -1, 1, i64::MIN, i64::MAX])),
        2 => Cell::Real(1e308),
        3 => Cell::Blob(vec![0xff; choices.below(64)]),
        4 => Cell::Text("long ".repeat(choices.below(20_000))),
        5 => db.query_row(&from_other, [], |row| row.get(0))?,
        _ => Cell::Text((*choices.of(TEXTS)).to_owned()),
    };
    let sql = format!(
        "UPDATE \"{table}\" SET \"{column}\" = ?1
         WHERE \"{key}\" = (SELECT \"{key}\" FROM \"{table}\" LIMIT 1 OFFSET {at})"
    );
    db.execute(&sql, [value]).map(drop)
}

/// Takes one row out.
fn row(db: &Connection, choices: &mut Choices<'_>) -> rusqlite::Result<()> {
    let (table, rows) = table(db, choices)?;
    let columns = db.prepare(&format!("SELECT * FROM \"{table}\""))?;
    let key = columns.column_name(0)?.to_owned();
    let at = choices.below(rows.max(1));
    let sql = format!(
        "DELETE FROM \"{table}\" WHERE \"{key}\" = (SELECT \"{key}\" FROM \"{table}\" LIMIT 1 OFFSET {at})"
    );
    db.execute(&sql, []).map(drop)
}

/// The number and content of some revision.
fn some_revision(
    db: &Connection,
    choices: &mut Choices<'_>,
) -> rusqlite::Result<Option<(i64, String)>> {
    let count: i64 = db.query_row("SELECT count(*) FROM revision", [], |row| row.get(0))?;
    let at = choices.below((count as usize).max(1));
    let sql = format!("SELECT seq, body FROM revision WHERE body NOT NULL LIMIT 1 OFFSET {at}");
    db.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

fn spoiled(body: &str, choices: &mut Choices<'_>) -> String {
    let mut value: Value = serde_json::from_str(body).unwrap_or_default();
    spoil_json(&mut value, choices);
    value.to_string()
}

/// Changes the content of a revision.
fn body(db: &Connection, choices: &mut Choices<'_>) -> rusqlite::Result<()> {
    let Some((seq, body)) = some_revision(db, choices)? else {
        return Ok(());
    };
    let body = spoiled(&body, choices);
    let sql = "UPDATE revision SET body = ?1 WHERE seq = ?2";
    db.execute(sql, (body, seq)).map(drop)
}

/// Adds a revision that says something strange, after one that is there.
fn new_revision(db: &Connection, number: usize, choices: &mut Choices<'_>) -> rusqlite::Result<()> {
    let Some((seq, body)) = some_revision(db, choices)? else {
        return Ok(());
    };
    let body = match choices.below(8) {
        0 => None,
        _ => Some(spoiled(&body, choices)),
    };
    let id = format!("0199ffff-ffff-7000-8000-{number:012}");
    db.execute(
        "INSERT INTO revision (id, record, kind, body, body_hash, redacted, author_role, author_agency, device, at, reason, chain_hash)
         SELECT ?1, record, kind, ?2, body_hash, 0, author_role, author_agency, device, at, ?3, chain_hash
         FROM revision WHERE seq = ?4",
        (&id, body, choices.of(TEXTS), seq),
    )?;
    if choices.below(4) != 0 {
        let sql = "INSERT INTO revision_parent (revision, parent) SELECT ?1, id FROM revision WHERE seq = ?2";
        db.execute(sql, (&id, seq))?;
    }
    Ok(())
}

/// Works out all hashes anew; a revision that cannot be read is left as it is.
pub fn seal(db: &Connection) -> rusqlite::Result<()> {
    let mut hashes: HashMap<RevisionId, Hash> = HashMap::new();
    let mut statement = db.prepare(
        "SELECT seq, id, record, kind, body, author_role, author_agency, device, at, reason FROM revision ORDER BY seq",
    )?;
    let mut parents =
        db.prepare("SELECT parent FROM revision_parent WHERE revision = ?1 ORDER BY parent")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, revision(row)?)))?;
    for (seq, revision) in rows.collect::<rusqlite::Result<Vec<_>>>()? {
        let Some(revision) = revision else { continue };
        let own = parents.query_map([revision.id.to_string()], |row| row.get::<_, String>(0))?;
        let own = own.flatten().filter_map(|id| id.parse::<RevisionId>().ok());
        let before: Vec<Hash> = own.filter_map(|id| hashes.get(&id).copied()).collect();
        let content = body_hash(revision.body.as_deref());
        let chain = revision.chain_hash(&before, &content);
        hashes.insert(revision.id, chain);
        let sql = "UPDATE revision SET body_hash = ?1, chain_hash = ?2 WHERE seq = ?3";
        db.execute(sql, (content, chain, seq))?;
    }
    Ok(())
}

fn revision(row: &Row<'_>) -> rusqlite::Result<Option<Revision>> {
    let text = |at| row.get::<_, String>(at);
    let read = || {
        Some(Revision {
            id: text(1).ok()?.parse().ok()?,
            record: text(2).ok()?.parse::<RecordId>().ok()?,
            kind: RecordKind::named(&text(3).ok()?)?,
            body: row.get(4).ok()?,
            parents: Vec::new(),
            author: Author {
                role: text(5).ok()?,
                agency: text(6).ok()?,
                device: text(7).ok()?,
            },
            at: text(8).ok()?.parse().ok()?,
            reason: row.get(9).ok()?,
        })
    };
    Ok(read())
}
