//! Fuzzing what comes from outside: one target for each kind of file in `tests/hostile/formats`.
//!
//! An input is either a 0 and a whole file, or choices of what to spoil in a good one and how. See
//! `run.sh` for how it is run, and `tests/hostile` for how a finding is kept.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../hostile/formats/mod.rs"]
mod formats;

use std::cell::RefCell;

use formats::{Format, Office};

/// Shows the file that these bytes stand for to the program.
///
/// # Panics
/// Where the program broke a promise: that is what the fuzzer looks for.
pub fn show(name: &str, bytes: &[u8]) {
    thread_local! {
        static OFFICE: RefCell<Office> = RefCell::new(Office::new());
    }
    let format = Format::named(name).expect("the target is named after a format");
    let file = format.file(bytes);
    OFFICE.with_borrow_mut(|office| (format.show)(office, &file));
}
