//! The disk that goes wrong when it is told to (`disk.c`), built once with the C compiler that the
//! program itself needs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Builds a file of C beside this one into `name`.
pub fn build(source: &str, name: &str, how: &[&str]) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let own = target.with_extension(std::process::id().to_string());
    let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    let built = Command::new(compiler)
        .args(how)
        .args(["-O1", "-Wall", "-o"])
        .arg(&own)
        .arg(Path::new("tests/faults").join(source))
        .arg("-ldl")
        .output()
        .unwrap();
    assert!(built.status.success(), "{built:?}");
    fs::rename(own, &target).unwrap();
    target
}

fn disk() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| build("disk.c", "disk.so", &["-shared", "-fPIC"]))
}

/// What goes wrong at a step, which is a call that changes a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no room any more.
    Full,
    /// The process is killed half way through what it writes there, or before it if that is nothing.
    Kill,
}

/// Puts the disk between the program and what lies below `folder`.
pub fn watch(command: &mut Command, folder: &Path) {
    command.env("LD_PRELOAD", disk()).env("FAULT_UNDER", folder);
}

/// Lets it go wrong at a step.
pub fn disturb(command: &mut Command, folder: &Path, fault: Fault, step: usize) {
    watch(command, folder);
    let word = match fault {
        Fault::Full => "full",
        Fault::Kill => "kill",
    };
    command
        .env("FAULT_DO", word)
        .env("FAULT_AT", step.to_string());
}

/// A step as the log tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// C created, W written, T truncated, S synced, U unlinked, R renamed, P printed.
    pub kind: char,
    /// Where a write begins, or the length after a truncation.
    pub offset: usize,
    /// What was written or printed.
    pub data: Vec<u8>,
    /// The file.
    pub path: PathBuf,
}

/// Reads a log.
pub fn read_log(path: &Path) -> Vec<Record> {
    let bytes = fs::read(path).unwrap_or_default();
    let mut rest = bytes.as_slice();
    let mut records = Vec::new();
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8_lossy(&rest[..end]).into_owned();
        let mut parts = head.splitn(5, ' ');
        let mut next = || parts.next().unwrap();
        let kind = next().chars().next().unwrap();
        let _ = next();
        let offset = next().parse().unwrap();
        let length: usize = next().parse().unwrap();
        let path = PathBuf::from(next());
        let data = rest[end + 1..][..length].to_vec();
        rest = &rest[end + 1 + length + 1..];
        records.push(Record {
            kind,
            offset,
            data,
            path,
        });
    }
    records
}
