//! Hostile files: whatever comes in, the program neither falls over nor hangs nor takes the machine,
//! says in a sentence what is wrong, and leaves the register as it is.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cost;
mod formats;
mod kept;
mod made;
mod mutations;
mod seeds;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// One at a time: what a file costs is measured for the whole process.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}
