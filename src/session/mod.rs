//! An open document without a window: commands in, views out; undo; the worker.
//!
//! Knows `domain`, `store`, `analysis` and `exchange`; the window and the command line are its two
//! clients.

mod document;
mod error;
pub mod history;
pub mod jobs;

pub use document::{Document, FormContent};
pub use error::{Error, Result};
pub use jobs::{ExportKind, ExportRequest, Progress};
