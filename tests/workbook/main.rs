//! The Excel return: written, filled in as a person would, read back, merged.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod editing;
mod merging;
mod office;
mod round_trip;
mod tampering;
