//! How long it takes to look for words in 10,000 forms of 40 answers, a note at every second of
//! them, beside the same search with SQLite's LIKE. `cargo bench --bench search [FORMS]`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

use std::path::Path;
use std::sync::Arc;

use goldthread::domain::catalogue::Catalogue;
use goldthread::session::search::SearchRequest;
use goldthread::session::{Document, jobs};
use rusqlite::Connection;

mod generated;
use generated::{ANSWERS, median, register};

const TIMES: usize = 11;

/// Notes of usual length; one in 256 speaks of the dentist.
const NOTES: &str = "
    UPDATE answer SET worries =
      'The health visitor wrote to the practice twice about weight and missed appointments and '
      || 'nobody at the next core group asked what had come of it for the child. '
      || CASE WHEN substr(id, 2, 2) = '42' THEN 'Two Dental checks were missed.' ELSE substr(id, 1, 8) END
    WHERE substr(id, -1) < '8'";

const LIKE: &str = "SELECT count(*) FROM answer
    WHERE worked LIKE '%dental%' OR worries LIKE '%dental%' OR so_what LIKE '%dental%'";

/// A register with notes.
fn generate(path: &Path, forms: usize) {
    drop(register(path, forms, 250));
    Connection::open(path).unwrap().execute(NOTES, []).unwrap();
}

fn main() {
    let forms = std::env::args().find_map(|word| word.parse().ok());
    let forms: usize = forms.unwrap_or(10_000);
    let folder = tempfile::tempdir_in(".").unwrap();
    let path = folder.path().join("generated.goldthread");
    generate(&path, forms);
    let db = Connection::open(&path).unwrap();
    let like = || db.query_row(LIKE, [], |row| row.get::<_, i64>(0)).unwrap();
    let notes = like();
    let theirs = median(TIMES, || assert_eq!(like(), notes));
    drop(db);
    let catalogue = Arc::new(Catalogue::built_in().unwrap());
    let document = Document::open(&path, None, "bench", catalogue).unwrap();
    println!("{forms} forms, {} answers", forms * ANSWERS);
    for (words, expected) in [
        ("dental", Some(notes)),
        ("practice child", None),
        ("zebra", Some(0)),
    ] {
        let request = SearchRequest {
            words: words.into(),
            audit: None,
        };
        let mut total = 0;
        let ours = median(TIMES, || {
            total = jobs::search(&document, &request, &|| false)
                .unwrap()
                .total();
        });
        println!("  “{words}”, {total} found  {ours:>10.1?}");
        assert!(expected.is_none_or(|notes| notes as usize == total));
    }
    println!("  “dental” with LIKE, notes only  {theirs:>10.1?}");
}
