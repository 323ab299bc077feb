//! Thousands of spoiled files of every kind, the same in every run.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::cost::{Cost, Meter};
use super::formats::{FORMATS, Format, Office, bytes_of};

/// How many of a hundred are of each kind, in the order of [`FORMATS`]: the more the cheaper.
const SHARES: [usize; 7] = [3, 4, 14, 13, 5, 14, 47];
/// The most one file may cost.
pub const MOST: Cost = Cost {
    ms: 1000,
    kb: 200_000,
};

/// What became of the files of one kind.
#[derive(Debug, Default)]
pub struct Tally {
    shown: usize,
    taken: usize,
    dearest: Cost,
    /// Time on the processor for all of them, in milliseconds.
    ms: u64,
    wrong: Vec<String>,
}

impl Tally {
    /// The files with which something went wrong, and what.
    pub fn wrong(&self) -> &[String] {
        &self.wrong
    }
}

/// Shows files to the program, one after the other.
pub struct Trial {
    office: Office,
}

impl Trial {
    pub fn new() -> Self {
        Self {
            office: Office::new(),
        }
    }

    /// Shows one file; `name` says which, should anything be wrong.
    pub fn show(&mut self, format: &Format, name: &str, file: &[u8], tally: &mut Tally) {
        note_last(name);
        let meter = Meter::start();
        let shown = catch_unwind(AssertUnwindSafe(|| (format.show)(&mut self.office, file)));
        let cost = meter.stop();
        tally.shown += 1;
        tally.ms += cost.ms;
        tally.dearest.ms = tally.dearest.ms.max(cost.ms);
        tally.dearest.kb = tally.dearest.kb.max(cost.kb);
        if cost.ms > MOST.ms || cost.kb > MOST.kb {
            tally.wrong.push(format!("{name}: {cost:?}"));
        }
        match shown {
            Ok(taken) => tally.taken += usize::from(taken),
            Err(panic) => {
                let text = panic.downcast_ref::<String>().cloned();
                let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).into()));
                tally
                    .wrong
                    .push(format!("{name}: {}", text.unwrap_or_default()));
                self.office = Office::new();
            }
        }
    }
}

/// Which file is looked at: where the process itself ends, no test can say.
fn note_last(name: &str) {
    let note = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-last.txt");
    fs::write(note, name).unwrap();
}

/// How many files in all: `GOLDTHREAD_MUTATIONS`, or ten thousand.
fn how_many() -> usize {
    let asked = std::env::var("GOLDTHREAD_MUTATIONS");
    asked.map_or(10_000, |text| text.parse().unwrap())
}

/// The files of one kind, from the first on.
fn all_of(format: &Format, count: usize) -> Tally {
    let mut tally = Tally::default();
    let mut trial = Trial::new();
    for number in 0..count {
        let file = format.file(&bytes_of(number as u64 + 1));
        let name = format!("{} {number}", format.name);
        trial.show(format, &name, &file, &mut tally);
    }
    tally
}

#[test]
fn spoiled_files_are_refused_in_words_or_taken_whole_and_cost_little() {
    let _alone = super::alone();
    let only = std::env::var("GOLDTHREAD_MUTATIONS_OF").ok();
    let mut wrong = Vec::new();
    for (format, share) in FORMATS.iter().zip(SHARES) {
        if only.as_ref().is_some_and(|only| only != format.name) {
            continue;
        }
        let tally = all_of(format, (how_many() * share).div_ceil(100));
        println!(
            "{}: {} shown, {} taken, {} ms in all, dearest {:?}",
            format.name, tally.shown, tally.taken, tally.ms, tally.dearest,
        );
        wrong.extend(tally.wrong);
    }
    assert!(
        wrong.is_empty(),
        "{} files went wrong, among them:\n{}",
        wrong.len(),
        wrong
            .iter()
            .take(40)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
}
