//! The power goes at every moment of a series of commits. What was written since a file was last
//! synced is then on the disk in part: any of it, none of it, or a sector of it; in whatever order
//! the disk liked. In every such state the file opens, is whole, and holds every answer that was
//! acknowledged before.
//!
//! The states are worked out from what the real program did (`disk.c` writes it down): for each file
//! the content at its last sync, and the calls since, of which a state has some. A new file is there
//! for sure once its folder was synced, and one that was taken away may come back until then.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use goldthread::store::Store;

use crate::desk::{Desk, open_with_any};
use crate::disk::{self, Record};
use crate::operation::{Operation, Prepared};

/// What a disk writes whole or not at all, in bytes.
const SECTOR: usize = 512;

/// How many states are tried unless all are asked for.
const SAMPLE: usize = 400;

/// A file of the disk.
#[derive(Clone, Default)]
struct OnDisk {
    /// As of its last sync; `None` while it is not there for sure.
    synced: Option<Vec<u8>>,
    /// What was done to it since.
    pending: Vec<Record>,
}

/// One part of what was done since, as a state has it.
#[derive(Clone, Copy, Debug)]
enum Part {
    None,
    All,
    /// All but one.
    Without(usize),
    /// Only one.
    Only(usize),
    /// All up to one, and of that one the first sectors.
    Torn(usize),
    /// A scattering, different for each number.
    Some(u64),
}

impl Part {
    fn has(self, at: usize) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Without(left_out) => at != left_out,
            Self::Only(one) => at == one,
            Self::Torn(last) => at <= last,
            Self::Some(seed) => {
                let mixed = (seed + at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                (mixed >> 40) & 1 == 1
            }
        }
    }
}

fn apply(content: &mut Option<Vec<u8>>, record: &Record, torn: bool) {
    match record.kind {
        'C' => drop(content.get_or_insert_default()),
        'U' => *content = None,
        'T' => content.get_or_insert_default().resize(record.offset, 0),
        'W' => {
            let content = content.get_or_insert_default();
            let length = match torn {
                true => record.data.len() / 2 / SECTOR * SECTOR,
                false => record.data.len(),
            };
            let end = record.offset + length;
            if content.len() < end {
                content.resize(end, 0);
            }
            content[record.offset..end].copy_from_slice(&record.data[..length]);
        }
        _ => (),
    }
}

impl OnDisk {
    fn state(&self, part: Part) -> Option<Vec<u8>> {
        let mut content = self.synced.clone();
        for (at, record) in self.pending.iter().enumerate() {
            if part.has(at) {
                let torn = matches!(part, Part::Torn(last) if last == at);
                apply(&mut content, record, torn);
            }
        }
        content
    }

    /// The file is synced: its content is as it is. Whether it is there at all, the folder says.
    fn sync(&mut self) {
        let names = |record: &Record| matches!(record.kind, 'C' | 'U');
        let (named, done): (Vec<_>, Vec<_>) = self.pending.drain(..).partition(names);
        for record in &done {
            apply(&mut self.synced, record, false);
        }
        self.pending = named;
    }

    fn folder_synced(&mut self) {
        let names = |record: &Record| matches!(record.kind, 'C' | 'U');
        let (named, rest): (Vec<_>, Vec<_>) = self.pending.drain(..).partition(names);
        for record in &named {
            apply(&mut self.synced, record, false);
        }
        self.pending = rest;
    }

    /// The states it can be in.
    fn parts(&self) -> Vec<Part> {
        let count = self.pending.len();
        if count == 0 {
            return vec![Part::All];
        }
        let mut parts = vec![Part::None, Part::All];
        parts.extend((0..count).map(Part::Torn));
        if count > 1 {
            parts.extend((0..count).map(Part::Without));
            parts.extend((0..count).map(Part::Only));
            parts.extend((0..4).map(Part::Some));
        }
        parts
    }
}

/// The disk at one moment, and the last answer acknowledged by then.
struct Moment {
    files: BTreeMap<PathBuf, OnDisk>,
    acknowledged: i64,
}

/// Everything that was done, as moments before each call.
fn moments(desk: &Desk, log: &[Record]) -> Vec<Moment> {
    let journal = desk.path("register.goldthread-journal");
    let begins = OnDisk {
        synced: Some(fs::read(&desk.file).unwrap()),
        pending: Vec::new(),
    };
    let mut files = BTreeMap::from([(desk.file.clone(), begins), (journal, OnDisk::default())]);
    let mut acknowledged = 0;
    let mut moments = Vec::new();
    for record in log {
        match record.kind {
            'P' => {
                let text = String::from_utf8_lossy(&record.data).into_owned();
                let mut saved = text
                    .lines()
                    .filter_map(|line| line.strip_prefix("saved N01 "));
                acknowledged = saved
                    .next_back()
                    .map_or(acknowledged, |n| n.parse().unwrap());
            }
            'S' if record.path == desk.folder.path() => {
                files.values_mut().for_each(OnDisk::folder_synced);
            }
            'S' => {
                if let Some(file) = files.get_mut(&record.path) {
                    file.sync();
                }
            }
            _ => {
                if let Some(file) = files.get_mut(&record.path) {
                    file.pending.push(record.clone());
                }
            }
        }
        moments.push(Moment {
            files: files.clone(),
            acknowledged,
        });
    }
    moments
}

impl Moment {
    /// Every combination of the states of the files.
    fn combinations(&self) -> Vec<Vec<Part>> {
        let mut all = vec![Vec::new()];
        for file in self.files.values() {
            let parts = file.parts();
            let longer = all.iter().flat_map(|combination: &Vec<Part>| {
                let with = |part| combination.iter().copied().chain([part]).collect();
                parts.iter().copied().map(with)
            });
            all = longer.collect();
        }
        all
    }

    fn state(&self, parts: &[Part]) -> State {
        let files = self.files.iter().zip(parts);
        files
            .map(|((path, file), part)| (path.clone(), file.state(*part)))
            .collect()
    }
}

/// What a disk holds once the power is back.
type State = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// Opens the file as it is in one state, in a folder of its own.
fn open_state(state: &State, into: &Path) -> Result<Store, String> {
    for (path, content) in state {
        let path = into.join(path.file_name().unwrap());
        let _ = fs::remove_file(&path);
        if let Some(content) = content {
            fs::write(path, content).unwrap();
        }
    }
    let opened = open_with_any(&into.join("register.goldthread"));
    opened.map_err(|error| error.to_string())
}

/// What the real program does to the disk while it answers.
fn recorded() -> (Desk, Vec<Record>) {
    let prepared = Prepared::new(Operation::Answer);
    let run = prepared.run();
    let before = fs::read(&run.desk.file).unwrap();
    let logs = tempfile::tempdir().unwrap();
    let log = logs.path().join("log");
    let child = run.start(|command| {
        disk::watch(command, run.desk.folder.path());
        command.env("FAULT_LOG", &log);
    });
    assert!(run.end(child).status.success());
    let records = disk::read_log(&log);
    // The moments begin with the file as it was.
    fs::write(&run.desk.file, before).unwrap();
    (run.desk, records)
}

#[test]
fn a_power_cut_at_any_moment_loses_no_acknowledged_answer() {
    let (desk, log) = recorded();
    let moments = moments(&desk, &log);
    let all = || {
        let combinations = |moment| {
            Moment::combinations(moment)
                .into_iter()
                .map(move |c| (moment, c))
        };
        moments.iter().flat_map(combinations)
    };
    let count = all().count();
    let every = match std::env::var("GOLDTHREAD_CRASHES") {
        Ok(which) if which == "all" => 1,
        _ => count.div_ceil(SAMPLE),
    };
    let into = tempfile::tempdir().unwrap();
    let (mut tried, mut kept) = (0, BTreeSet::new());
    for (moment, parts) in all().step_by(every) {
        let acknowledged = moment.acknowledged;
        let what = format!("{acknowledged} acknowledged, {parts:?}");
        let store = open_state(&moment.state(&parts), into.path());
        let store = store.unwrap_or_else(|why| panic!("{what}: {why}"));
        assert_eq!(store.check().unwrap(), [], "{what}");
        assert!(desk.holds_the_known_answer(&store), "{what}");
        let number = desk.answered(&store, "N01").unwrap_or(0);
        assert!(number >= acknowledged, "{what}: {number}");
        assert!(number <= acknowledged + 1, "{what}: {number}");
        kept.insert(number);
        tried += 1;
    }
    println!(
        "{} moments, {count} states, {tried} tried, none lost",
        moments.len()
    );
    assert_eq!(
        kept,
        (0..=5).collect(),
        "each answer was on its way at some moment"
    );
}

/// The simulation can fail: a disk that answers a sync without doing it loses acknowledged answers.
#[test]
fn on_a_disk_that_lies_about_syncing_answers_are_lost() {
    let (desk, mut log) = recorded();
    log.retain(|record| record.kind != 'S');
    let into = tempfile::tempdir().unwrap();
    let last = moments(&desk, &log).pop().unwrap();
    let parts = vec![Part::None; last.files.len()];
    let store = open_state(&last.state(&parts), into.path()).unwrap();
    assert_eq!(last.acknowledged, 5);
    assert_eq!(desk.answered(&store, "N01"), None);
}
