//! Files with which something once went wrong: a panic, a hang, a message that was no sentence. Each
//! is named after its kind; most were found by the targets in `tests/fuzz`.

use std::fs;

use super::formats::Format;
use super::mutations::{Tally, Trial};

pub const FOLDER: &str = "tests/fixtures/hostile/kept";

#[test]
fn what_once_went_wrong_does_no_more() {
    let _alone = super::alone();
    let mut trial = Trial::new();
    let mut tally = Tally::default();
    let mut names: Vec<_> = fs::read_dir(FOLDER)
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    names.sort_by_key(fs::DirEntry::file_name);
    for entry in &names {
        let name = entry.file_name().into_string().unwrap();
        let (kind, _) = name.split_once('-').unwrap();
        let format = Format::named(kind).unwrap();
        let file = fs::read(entry.path()).unwrap();
        trial.show(format, &name, &file, &mut tally);
    }
    assert!(!names.is_empty(), "there are none");
    assert_eq!(tally.wrong(), &[] as &[String]);
}
