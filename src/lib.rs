//! Goldthread: multi-agency case audits for safeguarding children partnerships.
//!
//! Dependencies point one way: `domain <- store, analysis, exchange <- session <- cli, ui`
//! (`exchange` may use `analysis`). `tests/layers.rs` fails on a wrong way.
#![forbid(unsafe_code)]
pub mod analysis;
pub mod cli;
pub mod domain;
pub mod exchange;
pub mod session;
pub mod store;
#[cfg(feature = "window")]
pub mod ui;
