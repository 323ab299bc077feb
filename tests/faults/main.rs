//! What goes wrong outside the program: kills, full disks, power cuts, files that change underneath.
//! Each with the real program or the real store; after each, nothing that was acknowledged is lost.
//!
//! `cargo test` walks a sample. The long runs:
//!
//! ```sh
//! GOLDTHREAD_KILLS=1000 cargo test --test faults at_random -- --nocapture
//! GOLDTHREAD_STEPS=all cargo test --test faults every_step -- --nocapture
//! GOLDTHREAD_CRASHES=all cargo test --test faults power -- --nocapture
//! ```

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::print_stdout, reason = "each says how often it ran")]

mod access;
mod altered;
mod at_random;
mod beside;
mod clock;
mod desk;
mod no_access;
mod operation;
mod own_file;
mod underneath;
mod waiting;
#[allow(dead_code, reason = "shared with the journeys, which use all of it")]
#[path = "../journeys/window.rs"]
mod window;
mod written_over;

// These stand between the real program and the system, as Linux lets them.
#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod every_step;
#[cfg(target_os = "linux")]
mod full_window;
#[cfg(target_os = "linux")]
mod no_network;
#[cfg(target_os = "linux")]
mod power;
