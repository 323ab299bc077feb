//! Returns that an older or a newer version of the program wrote.

use std::fs;
use std::path::{Path, PathBuf};

use goldthread::store::{DocumentKind, Store};
use rusqlite::Connection;

use super::office::{Office, answer, author, change, noon};

/// Writes the return of the police, with one answer, as version 1 of the program wrote files.
fn of_version_1(office: &Office, folder: &Path) -> PathBuf {
    let today = folder.join("today.goldthread");
    let issued = office
        .register
        .issue(&today, None, "desk", office.audit, "POL");
    issued.unwrap();
    let mut file = Store::open(&today, None, "laptop").unwrap();
    let edits = vec![answer(office.form("POL", 0), "C01", "good")];
    file.commit(&change("POL", edits)).unwrap();
    drop(file);
    let path = folder.join("pol.goldthread");
    let db = Connection::open(&path).unwrap();
    let schema = fs::read_to_string("tests/fixtures/schema/v1.sql").unwrap();
    db.execute_batch(&schema).unwrap();
    db.execute("ATTACH ?1 AS today", [today.to_string_lossy().as_ref()])
        .unwrap();
    let sql = "SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY rowid";
    let tables: Vec<String> = {
        let mut statement = db.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    for table in tables {
        let columns: String = db
            .query_row(
                "SELECT group_concat(name) FROM pragma_table_info(?1, 'main')",
                [&table],
                |row| row.get(0),
            )
            .unwrap();
        let sql =
            format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}");
        db.execute_batch(&sql).unwrap();
    }
    path
}

#[test]
fn a_return_of_an_older_version_is_merged_through_a_copy_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.goldthread");
    let register = Store::create(&path, DocumentKind::Register, None, "desk").unwrap();
    let mut office = Office::in_store(register);
    let old = of_version_1(&office, folder.path());
    let version = |path: &Path| -> i64 {
        let db = Connection::open(path).unwrap();
        db.pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap()
    };
    assert_eq!(version(&old), 1);
    let sent = fs::read(&old).unwrap();
    let incoming = office.register.look_at_return(&old, &[]).unwrap();
    office
        .register
        .merge(&[incoming], &author(""), noon())
        .unwrap();
    assert_eq!(fs::read(&old).unwrap(), sent);
    assert_eq!(office.given(office.form("POL", 0), "C01").unwrap(), "good");
    assert_eq!(office.register.check().unwrap(), []);
    // Nothing is left beside it either.
    let names: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    let beside = names.iter().filter(|name| name.starts_with("pol"));
    assert_eq!(beside.count(), 1, "{names:?}");
}

#[test]
fn a_return_of_a_newer_version_is_refused_and_said_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::new();
    let file = of_version_1(&office, folder.path());
    Connection::open(&file)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let sent = fs::read(&file).unwrap();
    let why = office
        .register
        .look_at_return(&file, &[])
        .unwrap_err()
        .to_string();
    assert!(
        why.contains("was saved by a newer version of Goldthread (file version 99")
            && why.contains("open it with that version"),
        "{why}"
    );
    assert_eq!(fs::read(&file).unwrap(), sent);
}
